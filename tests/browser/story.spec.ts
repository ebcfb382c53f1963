// From an empty bank to published results, through pages only: an administrator, an author, a reviewer, two organisers, three contestants.
import type { Page } from '@playwright/test';
import { axe, expect, test, written } from './harness/test';
import { answer, begin } from './harness/sheet';

test.use({ seed: 'empty', actionTimeout: 15_000 });

const PASSWORD = 'Song-Trà-1959';
const HOUR = 3_600_000;
const SLUG = 'cai-cach-hanh-chinh';
const UNITS = 'Mã đơn vị;Tên đơn vị;Loại đơn vị;Khối;Số CBCCVC và người lao động;Chốt đến ngày\nso-noi-vu;Sở Nội vụ;Sở, ban, ngành;Khối sở, ban, ngành;120;01/01/2026\n';
const STATEMENTS = ['Thủ tục hành chính được niêm yết', 'Phản ánh, kiến nghị được tiếp nhận', 'Kết quả giải quyết được trả'];

/** A moment so many hours from now. */
const moment = (hours: number) => written(Date.now() + hours * HOUR);

const press = (page: Page, name: string) => page.getByRole('main').getByRole('button', { name, exact: true }).click();

/** Presses a button and waits for the page that follows: the same address, or another. */
async function done(page: Page, name: string, after: RegExp): Promise<void> {
  await press(page, name);
  await expect(page).toHaveURL(after);
  await expect(page.locator('.notice[data-kind="error"]')).toHaveCount(0);
}

async function signUp(page: Page, name: string, login: string): Promise<void> {
  await page.goto('/dang-ky?doi-tuong=civil_servant');
  await page.locator('select[name="don-vi"]').selectOption({ label: 'Sở Nội vụ' });
  await page.locator('form:has(select[name="don-vi"])').getByRole('button', { name: 'Tiếp tục' }).click();
  await page.getByLabel('Họ và tên').fill(name);
  await page.getByLabel('Số điện thoại').fill(login);
  await page.locator('#password').fill(PASSWORD);
  await page.locator('#consent_process').check();
  await page.locator('#consent_publish').check();
  await press(page, 'Đăng ký');
  await expect(page).not.toHaveURL(/dang-ky/);
}

/** Writes a question and sends it to review; the right option says that it is. */
async function write(page: Page, statement: string): Promise<void> {
  await page.goto('/quan-tri/cau-hoi/moi');
  await page.locator('#kind').selectOption('single');
  await page.locator('#text').fill(`${statement} ở đâu?`);
  await done(page, 'Tạo bản nháp', /cau-hoi\/[0-9a-f-]{36}$/);
  for (const [i, words] of ['Đúng nơi quy định', 'Nơi thứ hai', 'Nơi thứ ba', 'Nơi thứ tư'].entries()) await page.locator(`#option${i + 1}`).fill(words);
  await page.getByRole('radio', { name: 'Phương án 1 đúng' }).check();
  await page.locator('#explanation').fill('Theo quy định về công khai thủ tục hành chính.');
  await page.locator('#legal_document').fill('Kế hoạch của Ban Tổ chức');
  await press(page, 'Gửi thẩm định');
  await expect(page.getByRole('main')).toContainText('Chờ thẩm định');
}

/** Makes the contest, its round of one division and its prizes, and freezes it; gives the round's address. */
async function setUp(page: Page): Promise<string> {
  await page.goto('/quan-tri/cuoc-thi/moi');
  await page.locator('#title').fill('Tìm hiểu cải cách hành chính');
  await page.locator('#slug').fill(SLUG);
  await page.locator('#host').fill('Sở Nội vụ');
  await page.locator('#help_line').fill('0255 000 0000');
  await page.locator('#introduction').fill('Cuộc thi về **cải cách hành chính**.');
  await done(page, 'Tạo cuộc thi', new RegExp(`/cuoc-thi/${SLUG}$`));
  await page.goto(`/quan-tri/cuoc-thi/${SLUG}/the-le`);
  await page.locator('#text').fill('## Điều 1\n\nMỗi người thi một lượt.');
  await press(page, 'Ban hành');
  await expect(page.locator('ol.history')).toContainText('bản 1');
  await page.goto(`/quan-tri/cuoc-thi/${SLUG}`);
  await press(page, 'Công bố cuộc thi');
  await expect(page.getByRole('link', { name: 'Xem trang cuộc thi' })).toBeVisible();

  await page.goto(`/quan-tri/cuoc-thi/${SLUG}/dot-moi`);
  await page.locator('#opens_at').fill(moment(1).at);
  await page.locator('#closes_at').fill(moment(3).at);
  await page.locator('#results_expected').fill(moment(72).date);
  await page.locator('#headcount_as_of').fill(moment(0).date);
  const keys = ['correct', 'prediction_distance', 'handed_in_at', '', ''];
  for (const [i, key] of keys.entries()) await page.locator(`#ranking${i}`).selectOption(key);
  await done(page, 'Thêm đợt thi', /\/dot\/[0-9a-f-]{36}\/bang-thi$/);
  const round = page.url().replace(/\/bang-thi$/, '');
  await page.goto(`${round}/bang-thi/civil_servant`);
  await page.locator('#minutes').fill('10');
  await page.locator('td').filter({ hasText: 'có 3' }).locator('input').fill('3');
  await page.locator('#predicts').check();
  await page.locator('#question').fill('Có bao nhiêu người dự thi?');
  await page.locator('#target').selectOption('people');
  await done(page, 'Lưu bảng thi', /\/dot\/[0-9a-f-]{36}$/);
  await page.goto(`${round}/giai-thuong`);
  for (const [i, name] of ['Nhất', 'Nhì'].entries()) {
    await page.locator(`#scope${i}`).selectOption('person-civil_servant');
    await page.locator(`#name${i}`).fill(name);
    await page.locator(`#quantity${i}`).fill('1');
    await page.locator(`#value${i}`).fill('1.000.000');
  }
  await press(page, 'Lưu cơ cấu giải');
  await page.goto(round);
  await axe(page);
  await press(page, 'Chốt và lên lịch');
  await expect(page.locator('ol.path [aria-current="step"]')).toHaveText('Chốt, chờ mở');
  return round;
}

/** Sits the paper: so many right answers and a prediction. */
async function sit(page: Page, right: number, prediction: string): Promise<void> {
  await begin(page, SLUG);
  // With scripts the sheet is the island's once the clock runs.
  if (test.info().project.use.javaScriptEnabled !== false) await expect(page.locator('.sheet-bar .clock')).toContainText('Còn lại');
  const cards = page.locator('fieldset.question:not(.prediction)');
  await expect(cards).toHaveCount(STATEMENTS.length);
  for (const [i, card] of (await cards.all()).entries()) {
    const options = await card.locator('label.option').allInnerTexts();
    const key = options.findIndex((words) => words.includes('Đúng nơi quy định'));
    await answer(card, i < right ? key : (key + 1) % options.length);
  }
  await page.locator('#prediction').fill(prediction);
  await page.locator('form.sheet > p.actions button[value="hand-in"]').click();
  await expect(page.getByRole('main')).toContainText('Anh/chị đã trả lời tất cả các câu hỏi.');
  await press(page, 'Nộp bài');
  await expect(page.locator('.receipt code')).toBeVisible();
  await expect(page.getByRole('main')).not.toContainText('Trả lời đúng');
}

test('from an empty bank to published results', async ({ page: admin, person, server, tolerate }) => {
  test.setTimeout(400_000);
  const slip = await server.run('admin', 'create', 'quantri', 'Bùi Đức Long');
  await admin.goto('/kich-hoat');
  await admin.locator('#code').fill(/Activation code: (\S+)/.exec(slip)?.[1] ?? '');
  await admin.locator('#password').fill(PASSWORD);
  await admin.locator('#consent_process').check();
  await press(admin, 'Kích hoạt và đăng nhập');
  await expect(admin).not.toHaveURL(/kich-hoat/);
  await admin.goto('/quan-tri/danh-sach');
  await admin.locator('input[type="file"]').setInputFiles({ name: 'don-vi.csv', mimeType: 'text/csv', buffer: Buffer.from(UNITS) });
  await done(admin, 'Đọc thử', /danh-sach\/[0-9a-f]+$/);
  await done(admin, 'Chấp nhận', /xong/);

  const names = ['Lê Văn Sơn', 'Võ Thị Mai', 'Trần Quốc Bảo', 'Phạm Thị Hạnh', 'Nguyễn Thị Lan', 'Phan Văn Hùng', 'Đỗ Minh Châu'];
  const people: Page[] = [];
  for (const [i, name] of names.entries()) {
    const page = await person();
    await signUp(page, name, `090500000${i + 1}`);
    people.push(page);
  }
  const [author, reviewer, organiser, second, ...contestants] = people;
  for (const [i, role] of ['author', 'reviewer', 'organiser', 'organiser'].entries()) {
    await admin.goto('/quan-tri/phan-quyen');
    await admin.locator('#login').fill(`090500000${i + 1}`);
    await admin.locator('#role').selectOption(role);
    await press(admin, 'Giao vai trò');
    await expect(admin.getByRole('row').filter({ hasText: names[i] })).toBeVisible();
  }

  for (const statement of STATEMENTS) await write(author, statement);
  for (const _ of STATEMENTS) {
    await reviewer.goto('/quan-tri/tham-dinh');
    await reviewer.getByRole('main').locator('a[href^="/quan-tri/cau-hoi/"]:not([href$="/moi"])').first().click();
    await press(reviewer, 'Duyệt');
    await expect(reviewer.getByRole('main')).toContainText('Đã duyệt');
  }
  const round = await setUp(organiser);

  await server.restart(1.1 * HOUR);
  await sit(contestants[0], 3, '3');
  await sit(contestants[1], 3, '10');
  await sit(contestants[2], 1, '3');
  tolerate(/status of 404/);
  const answerBefore = await contestants[0].goto(`/ket-qua/${SLUG}/1`);
  expect(answerBefore?.status(), 'no results before publication').toBe(404);

  await server.restart(4 * HOUR);
  await organiser.goto(`${round}/ket-qua`);
  await press(organiser, 'Bắt đầu rà soát');
  await expect(organiser.locator('ol.path [aria-current="step"]')).toHaveText('Rà soát');
  await press(organiser, 'Chốt và xếp hạng');
  await expect(organiser.locator('ol.todo')).toContainText(names[4]);
  await axe(organiser);
  for (let left = 2; left > 0; left -= 1) {
    await expect(organiser.getByRole('button', { name: 'Đã xác minh' })).toHaveCount(left);
    await organiser.getByRole('button', { name: 'Đã xác minh' }).first().click();
  }
  await press(organiser, 'Trình duyệt kết quả');
  await expect(organiser.getByRole('main')).toContainText('phải do người thứ hai duyệt');
  await second.goto(`${round}/ket-qua`);
  await press(second, 'Duyệt kết quả');
  await second.locator('#number').fill('12/QĐ-BTC');
  await second.locator('#date').fill(moment(4).date);
  await press(second, 'Công bố kết quả');
  await expect(second.getByRole('heading', { name: 'Đã công bố' })).toBeVisible();

  const reader = await person();
  await reader.goto(`/ket-qua/${SLUG}/1`);
  for (const words of ['Kết quả chính thức', '12/QĐ-BTC', names[4], names[5]]) await expect(reader.getByRole('main')).toContainText(words);
  await expect(reader.getByRole('main')).not.toContainText(names[6]);
  await axe(reader);
  await contestants[1].goto(`/ket-qua/${SLUG}/1`);
  await expect(contestants[1].getByRole('main')).toContainText(/lệch 7 người/);
});
