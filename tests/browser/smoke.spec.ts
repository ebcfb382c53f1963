// The front page opens for anybody.
import { axe, expect, test } from './harness/test';

test('the front page answers in Vietnamese and shuts nobody out', async ({ page }) => {
  const answer = await page.goto('/');
  expect(answer?.status()).toBe(200);
  await expect(page.locator('html')).toHaveAttribute('lang', 'vi');
  await axe(page);
});
