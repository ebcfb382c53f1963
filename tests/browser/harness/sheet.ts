// Filling in a sheet as a contestant does, whatever the kind of question.
import { expect, type Locator, type Page } from '@playwright/test';

/** Enters the contest if one has not yet, and starts: ends on the sheet. */
export async function begin(page: Page, contest: string): Promise<void> {
  await page.goto(`/cuoc-thi/${contest}/thi`);
  if (page.url().endsWith('/tham-gia')) {
    await page.getByRole('main').getByRole('button', { name: 'Tham gia' }).click();
    await expect(page).toHaveURL(/\/thi$/);
  }
  await page.getByRole('main').getByRole('button', { name: /Bắt đầu/ }).click();
  await expect(page).toHaveURL(/\/thi\/[0-9a-f-]{36}$/);
}

/** Answers one card: `n` is the option, counted from 0, where there are options. */
export async function answer(card: Locator, n = 0): Promise<void> {
  const kind = await card.getAttribute('data-kind');
  const rows = card.locator('label.option');
  const selects = card.locator('ol.pairs select');
  if ((await rows.count()) > 0) {
    await rows.nth(n).click();
    await expect(rows.nth(n).locator('input')).toBeChecked();
  } else if ((await selects.count()) > 0) {
    for (const [i, select] of (await selects.all()).entries()) await select.selectOption(String(i + 1));
  } else {
    await card.locator('.field input').fill(kind === 'number' ? '10' : 'công khai');
  }
}

/** The password of newcomers. */
export const NEWCOMER_PASSWORD = 'Song-Trà-1959';

/** Signs up a civil servant for the demo's contests, because its accounts have three attempts for all tests of a file; gives the login. */
export async function newcomer(page: Page): Promise<string> {
  await page.goto(`/dang-ky?doi-tuong=civil_servant`);
  await page.locator('select[name="don-vi"]').selectOption({ label: 'Sở Nội vụ' });
  await page.locator('form:has(select[name="don-vi"])').getByRole('button', { name: 'Tiếp tục' }).click();
  await page.getByLabel('Họ và tên').fill('Võ Thị Sáng');
  const [seconds, nanoseconds] = process.hrtime();
  const login = `09${String((seconds * 1_000_000 + Math.floor(nanoseconds / 1_000)) % 100_000_000).padStart(8, '0')}`;
  await page.getByLabel('Số điện thoại').fill(login);
  await page.locator('#password').fill(NEWCOMER_PASSWORD);
  await page.locator('#consent_process').check();
  await page.getByRole('button', { name: 'Đăng ký' }).click();
  await expect(page).not.toHaveURL(/dang-ky/);
  return login;
}

/** The line of the bar that says what is saved. */
export const saved = (page: Page) => page.locator('.sheet-bar .saved');

/** The clock of the bar. */
export const clock = (page: Page) => page.locator('.sheet-bar .clock');

/** Milliseconds left, as the island's clock shows them. */
export async function left(page: Page): Promise<number> {
  const [seconds, minutes, hours = 0] = (await clock(page).locator('b').innerText()).split(':').map(Number).reverse();
  return ((hours * 60 + minutes) * 60 + seconds) * 1_000;
}
