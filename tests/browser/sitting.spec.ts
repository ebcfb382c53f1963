// Taking part: start, answer, save, look again, hand in; with scripts and without, and where the network fails.
import { devices, type Page } from '@playwright/test';
import { axe, expect, signIn, test } from './harness/test';
import { answer, begin, NEWCOMER_PASSWORD, newcomer, saved } from './harness/sheet';

test.use({ seed: 'demo' });

const PASSWORD = 'Dung-thu-2026';
const CONTEST = 'dich-vu-cong-truc-tuyen';

/** The sheet as it stands on the server. */
async function answeredOnServer(page: Page): Promise<string> {
  await page.goto(`${new URL(page.url()).pathname.replace(/\/nop$/, '')}/nop`);
  return page.locator('dl.facts dd').first().innerText();
}

test('a contestant answers every kind, sees what is missing, goes back, hands in and keeps a code', async ({ page, javaScriptEnabled }) => {
  const scripts = javaScriptEnabled !== false;
  await signIn(page, 'congchuc1', PASSWORD);
  await begin(page, CONTEST);
  await expect(page.locator('.sheet-bar .clock')).toContainText(scripts ? 'Còn lại' : 'Hết giờ lúc');
  await axe(page);
  const cards = page.locator('fieldset.question:not(.prediction)');
  const count = await cards.count();
  for (let i = 2; i < count; i += 1) await answer(cards.nth(i));
  await page.locator('#prediction').fill('14 492');
  if (scripts) {
    await expect(saved(page)).toHaveText(/Đã lưu \d\d:\d\d:\d\d/);
  } else {
    await page.getByRole('button', { name: 'Lưu', exact: true }).click();
    await expect(saved(page)).toHaveText(/Đã lưu \d\d:\d\d:\d\d/);
  }
  await expect(page.locator('.prediction .echo')).toContainText('Anh/chị dự đoán: 14.492 người');
  await expect(page.locator('.navigator a[href="#cau-3"]')).toHaveAttribute('data-state', 'answered');

  await page.locator('form.sheet > p.actions button[value="hand-in"]').click();
  await expect(page).toHaveURL(/\/nop$/);
  await expect(page.getByRole('main')).toContainText(`${count - 2}/${count} câu`);
  await expect(page.getByRole('main')).toContainText('Chưa trả lời câu 1, 2.');
  await axe(page);
  await page.getByRole('link', { name: 'Quay lại làm tiếp' }).click();
  await expect(page.locator('#prediction')).toHaveValue(/14.?492/);
  await answer(cards.first());
  await page.locator('form.sheet > p.actions button[value="hand-in"]').click();
  await expect(page.getByRole('main')).toContainText('Chưa trả lời câu 2.');
  await page.getByRole('main').getByRole('button', { name: 'Nộp bài' }).click();
  await expect(page).toHaveURL(/\/ket-qua$/);
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/Đã nhận bài lúc \d\d:\d\d:\d\d/);
  const code = await page.locator('.receipt code').innerText();
  expect(code).not.toBe('');
  await expect(page.getByRole('main')).toContainText('Kết quả sẽ được công bố sau khi Ban Tổ chức phê duyệt');
  await axe(page);

  await page.goto('/luot-thi');
  await expect(page.getByRole('row').filter({ hasText: code })).toContainText('Đã nộp bài');
  await axe(page);
});

test('a sheet that has ended leads to its receipt, and Back does not reopen it', async ({ page }) => {
  await newcomer(page);
  await begin(page, CONTEST);
  const sheet = page.url();
  await page.goto(`${sheet}/nop`);
  await page.getByRole('main').getByRole('button', { name: 'Nộp bài' }).click();
  await expect(page).toHaveURL(/\/ket-qua$/);
  await page.goto(sheet);
  await expect(page).toHaveURL(/\/ket-qua$/);
});

test('what is answered without a network is told, kept and saved when it is back @js', async ({ page, context, tolerate }) => {
  tolerate(/ERR_INTERNET_DISCONNECTED|Failed to load resource/);
  await newcomer(page);
  await begin(page, CONTEST);
  await expect(page.locator('.sheet-bar .clock')).toContainText('Còn lại');
  await context.setOffline(true);
  const cards = page.locator('fieldset.question:not(.prediction)');
  await answer(cards.nth(0));
  await answer(cards.nth(1));
  await expect(saved(page)).toContainText(/Còn [12] câu chưa lưu lên máy chủ, đang thử lại/);
  await expect(saved(page)).toHaveAttribute('data-state', 'offline');
  await page.locator('form.sheet > p.actions button[value="hand-in"]').click();
  await expect(saved(page)).toContainText('Còn 2 câu chưa lưu lên máy chủ, đang thử lại. Đừng đóng trang này.');
  await context.setOffline(false);
  await expect(page).toHaveURL(/\/nop$/, { timeout: 30_000 });
  await expect(page.getByRole('main')).toContainText(/Đã trả lời\s*2\//);
});

test('another tab takes the sheet over, and the first is told and can have it back @js', async ({ page, context, tolerate }) => {
  tolerate(/status of 409/);
  await newcomer(page);
  await begin(page, CONTEST);
  await expect(page.locator('.sheet-bar .clock')).toContainText('Còn lại');
  const cards = page.locator('fieldset.question:not(.prediction)');
  await answer(cards.first());
  await expect(saved(page)).toHaveText(/Đã lưu/);
  const second = await context.newPage();
  await second.goto(page.url());
  await expect(second.locator('.navigator a[href="#cau-1"]')).toHaveAttribute('data-state', 'answered');
  await answer(second.locator('fieldset.question:not(.prediction)').nth(1));
  await expect(saved(second)).toHaveText(/Đã lưu/);
  await expect(second.locator('#bao-bai-thi'), 'the same device').toHaveCount(0);
  await expect(page.locator('#bao-bai-thi')).toContainText('Bài thi đang được làm ở thẻ hoặc thiết bị khác', { timeout: 30_000 });
  await axe(page);
  await page.getByRole('button', { name: 'Tiếp tục trên thiết bị này' }).click();
  await expect(page.locator('.navigator a[href="#cau-2"]')).toHaveAttribute('data-state', 'answered');
  await expect(second.locator('#bao-bai-thi')).toContainText('ở thẻ hoặc thiết bị khác', { timeout: 30_000 });
});

test('another device takes the sheet over, and both are told @js', async ({ page, person, tolerate }) => {
  tolerate(/status of 409/);
  const login = await newcomer(page);
  await begin(page, CONTEST);
  await expect(page.locator('.sheet-bar .clock')).toContainText('Còn lại');
  await answer(page.locator('fieldset.question:not(.prediction)').first());
  await expect(saved(page)).toHaveText(/Đã lưu/);
  await expect(page.locator('#bao-bai-thi'), 'whoever starts takes nothing over').toHaveCount(0);
  const device = await person();
  await signIn(device, login, NEWCOMER_PASSWORD);
  await device.goto(page.url());
  const [told, toldThere] = [page.locator('#bao-bai-thi'), device.locator('#bao-bai-thi')];
  await expect(toldThere).toHaveText('Bài thi đã chuyển sang thiết bị này.');
  await expect(device.locator('.navigator a[href="#cau-1"]')).toHaveAttribute('data-state', 'answered');
  await axe(device);
  await expect(page.locator('form.sheet')).toHaveAttribute('data-state', 'taken', { timeout: 15_000 });
  await expect(told).toContainText('Bài thi đang được làm ở thẻ hoặc thiết bị khác.');
  await page.getByRole('button', { name: 'Tiếp tục trên thiết bị này' }).click();
  await expect(told).toHaveText('Bài thi đã chuyển sang thiết bị này.');
  await expect(device.locator('form.sheet')).toHaveAttribute('data-state', 'taken', { timeout: 15_000 });
  await expect(toldThere).toContainText('Bài thi đang được làm ở thẻ hoặc thiết bị khác.');
});

test('an answer survives a closed page @js', async ({ page, context, tolerate }) => {
  tolerate(/ERR_INTERNET_DISCONNECTED|Failed to load resource/);
  await newcomer(page);
  await begin(page, CONTEST);
  await expect(page.locator('.sheet-bar .clock')).toContainText('Còn lại');
  const sheet = page.url();
  await context.setOffline(true);
  await answer(page.locator('fieldset.question:not(.prediction)').nth(2));
  await page.close();
  await context.setOffline(false);
  const again = await context.newPage();
  await again.goto(sheet);
  await expect(saved(again)).toHaveText(/Đã lưu \d\d/);
  await expect(again.locator('.navigator a[href="#cau-3"]')).toHaveAttribute('data-state', 'answered');
  expect(await answeredOnServer(again)).toMatch(/^1\//);
});

const PHONES = {
  'Zalo on an old Android': {
    userAgent:
      'Mozilla/5.0 (Linux; Android 9; SM-J530Y Build/PPR1.180610.011; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/109.0.5414.118 Mobile Safari/537.36 Zalo android/12100692',
    viewport: { width: 360, height: 592 },
  },
  'Zalo on an iPhone': {
    userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 15_8 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Zalo iOS/480',
    viewport: devices['iPhone 8'].viewport,
  },
};

for (const [phone, { userAgent, viewport }] of Object.entries(PHONES)) {
  test.describe(phone, () => {
    test.use({ userAgent, viewport, isMobile: true, hasTouch: true, deviceScaleFactor: 2 });

    test('the sheet is comfortable and hands in', async ({ page, javaScriptEnabled }) => {
      await newcomer(page);
      await begin(page, CONTEST);
      const cards = page.locator('fieldset.question:not(.prediction)');
      expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
      for (const row of await page.locator('label.option').all()) {
        expect((await row.boundingBox())?.height, 'a row is a target for a thumb').toBeGreaterThanOrEqual(48);
      }
      expect(await cards.first().evaluate((card) => Number.parseFloat(getComputedStyle(card).fontSize))).toBeGreaterThanOrEqual(17);
      await answer(cards.first());
      if (javaScriptEnabled !== false) await expect(saved(page)).toHaveText(/Đã lưu/);
      await page.locator('form.sheet > p.actions button[value="hand-in"]').tap();
      await expect(page.getByRole('main')).toContainText(/Đã trả lời\s*1\//);
      await page.goBack();
      await expect(cards.first()).toBeVisible(); // Back from the summary returns to the sheet
      await page.goForward();
      await page.getByRole('main').getByRole('button', { name: 'Nộp bài' }).tap();
      await expect(page.locator('.receipt code')).toBeVisible();
    });
  });
}
