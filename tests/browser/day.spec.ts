// The day itself: the trial paper with its cut network, messages and answers on open sheets, live figures.
import type { Page } from '@playwright/test';
import { axe, expect, signIn, test } from './harness/test';
import { openRound } from './harness/desk';
import { answer, begin } from './harness/sheet';

test.use({ seed: 'demo' });

const PASSWORD = 'Dung-thu-2026';
const CONTEST = 'dich-vu-cong-truc-tuyen';

const saved = (page: Page) => page.locator('.sheet-bar .saved');

/** Begins the trial paper, as anybody does. */
async function beginTrial(page: Page): Promise<void> {
  await page.goto('/thu-may');
  await page.getByRole('button', { name: 'Bắt đầu làm thử' }).click();
  await expect(page).toHaveURL(/\/thu-may\/\d+$/);
}

test('the trial shows what a cut network does, and loses nothing @js', async ({ page }) => {
  await beginTrial(page);
  await expect(page.locator('.sheet-bar .clock')).toContainText('Còn lại');
  const cards = page.locator('fieldset.question');
  await answer(cards.nth(0), 2);
  await expect(saved(page)).toHaveText(/Đã lưu \d\d:\d\d:\d\d/);
  await axe(page);
  await page.getByRole('button', { name: /Ngắt mạng thử/ }).click();
  await answer(cards.nth(1), 1);
  await expect(saved(page)).toHaveAttribute('data-state', 'offline');
  await expect(saved(page)).toContainText('Còn 1 câu chưa lưu lên máy chủ, đang thử lại');
  await expect(saved(page)).toHaveText(/Đã lưu \d\d:\d\d:\d\d/, { timeout: 20_000 });
  await cards.nth(2).locator('.field input').fill('2026');
  await expect(saved(page)).toHaveText(/Đã lưu \d\d:\d\d:\d\d/);
  await page.locator('form.sheet > p.actions button[value="hand-in"]').click();
  await expect(page).toHaveURL(/\/nop$/);
  await page.getByRole('main').getByRole('button', { name: 'Nộp bài' }).click();
  await expect(page.getByRole('main')).toContainText('Máy chủ đã nhận đủ các câu trả lời.');
  await axe(page);
});

test('the trial works without scripts, and then has nothing to cut @nojs', async ({ page }) => {
  await beginTrial(page);
  await expect(page.getByRole('button', { name: /Ngắt mạng thử/ })).toBeHidden();
  await answer(page.locator('fieldset.question').first(), 2);
  await page.getByRole('button', { name: 'Lưu', exact: true }).click();
  await expect(saved(page)).toHaveText(/Đã lưu \d\d:\d\d:\d\d/);
  await axe(page);
});

test('a trial hands itself in when its minute is over @js', async ({ page }) => {
  test.setTimeout(120_000);
  await beginTrial(page);
  await answer(page.locator('fieldset.question').first(), 2);
  await expect(saved(page)).toHaveText(/Đã lưu/);
  await expect(page).toHaveURL(/\/ket-qua$/, { timeout: 75_000 });
  await expect(page.getByRole('main')).toContainText('1/3 câu');
});

test('a message reaches an open sheet within fifteen seconds, and an answer the one who asked @js', async ({ page, person }) => {
  await signIn(page, 'congchuc2', PASSWORD);
  await begin(page, CONTEST);
  await expect(page.locator('.sheet-bar .clock')).toContainText('Còn lại');
  const desk = await person();
  await signIn(desk, 'bantochuc1', PASSWORD);
  const round = await openRound(desk, CONTEST);
  await desk.goto(`${round}/nhan-tin`);
  await desk.locator('#words').fill('Còn 10 phút, anh/chị kiểm tra lại bài.');
  await desk.getByRole('button', { name: 'Gửi lời nhắn' }).click();
  await expect(desk.getByRole('main')).toContainText('Còn 10 phút');
  await expect(page.locator('#loi-nhan')).toContainText('Còn 10 phút', { timeout: 15_000 });
  await expect(page.locator('#loi-nhan')).toHaveAttribute('aria-live', 'polite');
  await page.getByRole('link', { name: 'Có lời nhắn mới' }).click();
  await expect(page.locator('#co-loi-nhan')).toBeHidden();
  await axe(page);

  const sheet = page.url().split('#')[0];
  await page.getByRole('link', { name: 'hỏi Ban Giám khảo' }).click();
  await page.locator('#words').fill('Câu 2 hỏi về cấp xã?');
  await page.getByRole('button', { name: 'Gửi câu hỏi' }).click();
  await expect(page.getByRole('main')).toContainText('Đang chờ Ban Giám khảo trả lời.');
  await axe(page);
  await page.getByRole('link', { name: 'Quay lại làm bài' }).click();
  await expect(page).toHaveURL(sheet);
  await desk.reload();
  await axe(desk);
  await desk.getByRole('button', { name: 'Anh/chị vui lòng đọc lại đề bài.' }).first().click();
  await expect(page.locator('#loi-nhan')).toContainText('đọc lại đề bài', { timeout: 15_000 });
});

test('live figures move without loading the page again @js', async ({ page }) => {
  await signIn(page, 'bantochuc1', PASSWORD);
  const round = await openRound(page, CONTEST);
  await page.goto(`${round}/truc-tiep`);
  await page.getByRole('button', { name: 'Mở số liệu trực tiếp' }).click();
  const counted = page.getByText(/Số liệu lúc \d\d:\d\d:\d\d/);
  const first = await counted.innerText();
  await page.evaluate(() => document.body.setAttribute('data-same', ''));
  await expect(counted).not.toHaveText(first, { timeout: 15_000 });
  await expect(page.locator('body[data-same]')).toHaveCount(1);
  await axe(page);
});
