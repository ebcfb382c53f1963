// Writing a question: with the keyboard alone, with and without scripts, in two tabs, with gaps, and across a leave.
import type { Page } from '@playwright/test';
import { axe, expect, signIn, test } from './harness/test';

test.use({ seed: 'demo' });
test.describe.configure({ mode: 'parallel' });

const PASSWORD = 'Dung-thu-2026';
const OPTIONS = ['Bộ Nội vụ', 'VCCI', 'UNDP', 'Bộ Tư pháp'];

const option = (page: Page, n: number) => page.locator(`#option${n}`);
const right = (page: Page, n: number) => page.getByRole('radio', { name: `Phương án ${n} đúng` });
const saved = (page: Page) => page.locator('#da-luu');
const main = (page: Page) => page.getByRole('main');
const step = (page: Page, deed: string) => page.locator(`button[name="deed"][value="${deed}"]`);

/** Whether the island has woken: only then the keys do something, and the page says so. */
async function awake(page: Page, scripts: boolean): Promise<void> {
  if (scripts) await expect(page.locator('#phim-tat')).toBeVisible();
}

/** What was typed is kept by itself, and the page says so. */
async function savedByItself(page: Page): Promise<void> {
  await expect(saved(page)).toHaveAttribute('data-state', 'saved');
  await expect(saved(page)).toHaveText(/^Đã lưu bản nháp \d\d:\d\d:\d\d$/);
}

/** A fresh draft; gives the address of its editor. */
async function begin(page: Page, text: string, scripts: boolean): Promise<string> {
  await page.goto('/quan-tri/cau-hoi/moi');
  await page.locator('#kind').selectOption('single');
  await page.locator('#text').fill(text);
  await main(page).getByRole('button', { name: 'Tạo bản nháp' }).click();
  await expect(page).toHaveURL(/cau-hoi\/[0-9a-f-]{36}$/);
  await awake(page, scripts);
  return page.url();
}

/** Presses Tab until it is there: whatever cannot be reached fails. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 120; presses += 1) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`The keyboard does not reach ${selector} on ${page.url()}`);
}

async function typeInto(page: Page, selector: string, words: string): Promise<void> {
  await tabTo(page, selector);
  await page.keyboard.type(words);
}

test('a question is written with the keyboard alone and saved by itself @js', async ({ page }) => {
  await signIn(page, 'nguoirade', PASSWORD);
  await page.goto('/quan-tri/cau-hoi/moi');
  await typeInto(page, '#text', 'Cơ quan nào công bố **PAR INDEX**?');
  await tabTo(page, 'main form button');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/cau-hoi\/[0-9a-f-]{36}$/);
  await awake(page, true);
  await axe(page);

  await page.locator('body').focus();
  await tabTo(page, 'input[name="right"][value="1"]');
  await page.keyboard.press('Space');
  for (const [i, words] of OPTIONS.entries()) await typeInto(page, `#option${i + 1}`, words);
  await expect(page.locator('#xem-truoc')).toContainText('UNDP');
  await expect(page.locator('#xem-truoc strong')).toHaveText('PAR INDEX');
  await savedByItself(page);

  await option(page, 1).focus();
  await page.keyboard.press('Alt+ArrowDown');
  await expect(option(page, 1)).toHaveValue('VCCI');
  await expect(option(page, 2)).toHaveValue('Bộ Nội vụ');
  await expect(option(page, 2)).toBeFocused();
  await expect(right(page, 2)).toBeChecked();
  await tabTo(page, 'button[value="up-2"]');
  await page.keyboard.press('Enter');
  await expect(option(page, 1)).toHaveValue('Bộ Nội vụ');
  await expect(right(page, 1)).toBeChecked();
  await expect(step(page, 'down-1')).toBeFocused();

  await typeInto(page, '#explanation', 'Bộ Nội vụ công bố hằng năm.');
  await typeInto(page, '#legal_document', 'Kế hoạch của Ban Tổ chức');
  await page.keyboard.press('Control+Enter');
  await savedByItself(page);
  await tabTo(page, 'button[value="submit"]');
  await page.keyboard.press('Enter');
  await expect(main(page)).toContainText('Chờ thẩm định');
});

test('whoever leaves and comes back finds the draft', async ({ page, javaScriptEnabled }) => {
  const scripts = javaScriptEnabled !== false;
  await signIn(page, 'nguoirade', PASSWORD);
  const address = await begin(page, 'Câu hỏi viết dở?', scripts);
  await option(page, 1).fill(OPTIONS[0]);
  await right(page, 1).check();
  if (scripts) await savedByItself(page);
  else await main(page).getByRole('button', { name: 'Lưu nháp' }).click();
  await page.goto('/quan-tri/cau-hoi');
  await page.goto(address);
  await expect(option(page, 1)).toHaveValue(OPTIONS[0]);
  await expect(right(page, 1)).toBeChecked();
  await expect(page.locator('.preview')).toContainText(OPTIONS[0]);
  await savedByItself(page);
});

test('the second of two tabs is told, and keeps what was typed', async ({ page, tolerate, javaScriptEnabled }) => {
  const scripts = javaScriptEnabled !== false;
  tolerate(/status of 409/);
  await signIn(page, 'nguoirade', PASSWORD);
  const address = await begin(page, 'Câu hỏi ở hai thẻ?', scripts);
  const other = await page.context().newPage();
  await other.goto(address);
  await awake(other, scripts);
  await page.locator('#explanation').fill('Viết ở thẻ thứ nhất.');
  if (scripts) await savedByItself(page);
  else await main(page).getByRole('button', { name: 'Lưu nháp' }).click();
  await other.locator('#explanation').fill('Viết ở thẻ thứ hai.');
  if (scripts) {
    await expect(saved(other)).toHaveAttribute('data-state', 'refused');
    await expect(saved(other)).toContainText('vừa được người khác thay đổi');
  }
  await main(other).getByRole('button', { name: 'Lưu nháp' }).click();
  await expect(other.locator('body')).toContainText('vừa được người khác thay đổi');
  await expect(other.locator('#explanation')).toHaveValue('Viết ở thẻ thứ hai.');
  await page.goto(address);
  await expect(page.locator('#explanation')).toHaveValue('Viết ở thẻ thứ nhất.');
});

test('what is missing is said at its field, and nothing that was typed is lost', async ({ page, tolerate, javaScriptEnabled }) => {
  tolerate(/status of 422/);
  await signIn(page, 'nguoirade', PASSWORD);
  await begin(page, 'Câu hỏi còn thiếu?', javaScriptEnabled !== false);
  await option(page, 1).fill('Bộ Nội vụ');
  await option(page, 2).fill('bộ nội vụ');
  await right(page, 2).check();
  await page.locator('#tags').fill('PAR INDEX');
  await main(page).getByRole('button', { name: 'Gửi thẩm định' }).click();
  const errors = page.getByRole('alert');
  await expect(errors).toContainText('Phương án 2: Có hai phương án giống nhau.');
  await expect(errors).toContainText('Căn cứ pháp lý');
  await expect(page.locator('#option2')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.locator('#option2-error')).toBeVisible();
  await expect(option(page, 2)).toHaveValue('bộ nội vụ');
  await expect(right(page, 2)).toBeChecked();
  await expect(page.locator('#tags')).toHaveValue('PAR INDEX');
  await axe(page);
  await errors.getByRole('link', { name: /Phương án 2/ }).click();
  await expect(page).toHaveURL(/#option2$/);
});

test('options are moved, added and removed', async ({ page, javaScriptEnabled }) => {
  const scripts = javaScriptEnabled !== false;
  await signIn(page, 'nguoirade', PASSWORD);
  const address = await begin(page, 'Câu hỏi có nhiều phương án?', scripts);
  for (const [i, words] of OPTIONS.entries()) await option(page, i + 1).fill(words);
  await right(page, 1).check();
  await step(page, 'down-1').click();
  await expect(option(page, 1)).toHaveValue('VCCI');
  await expect(option(page, 2)).toHaveValue('Bộ Nội vụ');
  await expect(right(page, 2)).toBeChecked();
  await expect(step(page, 'up-1')).toHaveCount(0);
  await expect(step(page, 'down-4')).toHaveCount(0);

  await step(page, 'more').click();
  await expect(option(page, 5)).toBeVisible();
  await awake(page, scripts);
  await option(page, 5).fill('Tất cả các đáp án trên');
  await page.getByRole('checkbox', { name: 'giữ nguyên vị trí của phương án 5' }).check();
  await step(page, 'remove-1').click();
  await expect(option(page, 5)).toHaveCount(0);
  await awake(page, scripts);
  await expect(option(page, 1)).toHaveValue('Bộ Nội vụ');
  await expect(right(page, 1)).toBeChecked();
  await expect(option(page, 4)).toHaveValue('Tất cả các đáp án trên');
  await expect(page.getByRole('checkbox', { name: 'giữ nguyên vị trí của phương án 4' })).toBeChecked();
  await axe(page);

  if (!scripts) {
    await expect(saved(page)).toHaveText('Chưa lưu …');
    await main(page).getByRole('button', { name: 'Lưu nháp' }).click();
  }
  await savedByItself(page);
  await page.goto(address);
  await expect(option(page, 1)).toHaveValue('Bộ Nội vụ');
  await expect(option(page, 4)).toHaveValue('Tất cả các đáp án trên');
});

test('a button that is pressed in the middle of a save waits for it @js', async ({ page }) => {
  await signIn(page, 'nguoirade', PASSWORD);
  await begin(page, 'Câu hỏi gặp mạng chậm?', true);
  let free = (): void => undefined;
  const slow = new Promise<void>((resolve) => (free = resolve));
  await page.route('**/api/bank/autosave', async (route) => {
    await slow;
    await route.continue();
  });
  await option(page, 1).fill(OPTIONS[0]);
  await expect(saved(page)).toHaveText('Đang lưu …');
  await step(page, 'more').click();
  await expect(option(page, 5)).toHaveCount(0);
  free();
  await expect(option(page, 5)).toBeVisible();
  await expect(option(page, 1)).toHaveValue(OPTIONS[0]);
  await savedByItself(page);
});

test('without a network nothing is lost, and it is said @js', async ({ page, context, tolerate }) => {
  tolerate(/ERR_INTERNET_DISCONNECTED|Failed to fetch/);
  await signIn(page, 'nguoirade', PASSWORD);
  await begin(page, 'Câu hỏi viết khi mất mạng?', true);
  await context.setOffline(true);
  await option(page, 1).fill(OPTIONS[0]);
  await expect(saved(page)).toHaveText('Chưa lưu được: mất kết nối, đang thử lại.');
  await context.setOffline(false);
  await page.keyboard.press('Control+Enter');
  await savedByItself(page);
});

test('another kind asks for other things and carries the rest along', async ({ page, javaScriptEnabled }) => {
  const scripts = javaScriptEnabled !== false;
  await signIn(page, 'nguoirade', PASSWORD);
  await begin(page, 'Bao nhiêu phần trăm?', scripts);
  await option(page, 1).fill(OPTIONS[0]);
  await page.locator('#kind').selectOption('number');
  if (!scripts) await main(page).getByRole('button', { name: 'Đổi dạng' }).click();
  await expect(page.locator('#answer')).toBeVisible();
  await awake(page, scripts);
  await page.locator('#answer').fill('88,37');
  await page.locator('#kind').selectOption('single');
  if (!scripts) await main(page).getByRole('button', { name: 'Đổi dạng' }).click();
  await expect(option(page, 1)).toHaveValue(OPTIONS[0]);
});
