// A newcomer finds the own unit by a name from before the merger, signs up, and looks after the own data.
import type { Page } from '@playwright/test';
import { axe, expect, signIn, test } from './harness/test';

test.use({ seed: 'demo' });

const PASSWORD = 'Song-Trà-1959';

/** A number that nobody in this run has. */
function freshNumber(): string {
  return `09${String(Date.now() % 100_000_000).padStart(8, '0')}`;
}

/** From the door to the form: audience, then the unit found as the browser allows. */
async function findUnit(page: Page, scripts: boolean): Promise<void> {
  await page.goto('/dang-ky?tiep=%2Fdu-lieu-cua-toi');
  await axe(page);
  await page.getByText('Cán bộ, công chức').click();
  await page.getByRole('button', { name: 'Tiếp tục' }).click();
  const search = page.getByLabel('Tìm theo tên');
  if (scripts) {
    // The search answers while one types; before the script has woken, typing is only typing.
    const found = page.getByRole('link', { name: 'Phường Cẩm Thành' });
    await expect(async () => {
      await search.fill('');
      await search.pressSequentially('chanh lo');
      await expect(found).toBeVisible({ timeout: 1_500 });
    }).toPass();
  } else {
    await search.fill('chanh lo');
    await page.getByRole('button', { name: 'Tìm' }).click();
  }
  await axe(page);
  await page.getByRole('link', { name: 'Phường Cẩm Thành' }).click();
  await expect(page.locator('.chosen')).toContainText('Anh/chị dự thi cho đơn vị: Phường Cẩm Thành');
}

test('a newcomer signs up for the unit found by its former name', async ({ page, tolerate, javaScriptEnabled }) => {
  const number = freshNumber();
  await findUnit(page, javaScriptEnabled !== false);
  tolerate(/status of 422/);

  await page.getByLabel('Họ và tên').fill('Nguyễn Thị Lan');
  await page.getByLabel('Số điện thoại').fill(number);
  await page.locator('#password').fill('hoithi2026');
  await page.getByRole('button', { name: 'Đăng ký' }).click();
  await expect(page.getByRole('alert')).toContainText('Mật khẩu này quá phổ biến');
  await expect(page.getByLabel('Họ và tên')).toHaveValue('Nguyễn Thị Lan');
  await expect(page.locator('#password')).toHaveValue('');
  await expect(page.locator('#consent_process')).not.toBeChecked();
  await axe(page);

  await page.locator('#password').fill(PASSWORD);
  await page.locator('#consent_process').check();
  await page.getByRole('button', { name: 'Đăng ký' }).click();
  await expect(page).toHaveURL(/\/du-lieu-cua-toi$/);
  await expect(page.locator('dl.facts')).toContainText(number);
  await expect(page.locator('dl.facts')).toContainText('Phường Cẩm Thành');
  await axe(page);
});

test('a typed password can be shown @js', async ({ page }) => {
  await findUnit(page, true);
  await page.locator('#password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Hiện' }).click();
  await expect(page.locator('#password')).toHaveAttribute('type', 'text');
  await expect(page.locator('#password')).toHaveValue(PASSWORD);
  await page.getByRole('button', { name: 'Hiện' }).click();
  await expect(page.locator('#password')).toHaveAttribute('type', 'password');
});

test('without scripts there is no button that would do nothing @nojs', async ({ page }) => {
  await findUnit(page, false);
  await expect(page.getByRole('button', { name: 'Hiện' })).toHaveCount(0);
});

test('the own account, data and notices shut nobody out', async ({ page, javaScriptEnabled }) => {
  const number = freshNumber();
  await findUnit(page, javaScriptEnabled !== false);
  await page.getByLabel('Họ và tên').fill('Trần Văn Hai');
  await page.getByLabel('Số điện thoại').fill(number);
  await page.locator('#password').fill(PASSWORD);
  await page.locator('#consent_process').check();
  await page.getByRole('button', { name: 'Đăng ký' }).click();
  for (const address of ['/tai-khoan', '/tai-khoan/don-vi', '/du-lieu-cua-toi', '/thong-bao-du-lieu', '/khong-thay-don-vi', '/dang-xuat']) {
    await page.goto(address);
    await axe(page);
  }
  await page.getByRole('main').getByRole('button', { name: 'Đăng xuất' }).click();
  await page.goto('/dang-nhap');
  await axe(page);
  await signIn(page, number, PASSWORD);
});
