import { axe, expect, signIn, test } from './harness/test';
test('axe fails', async ({ page }) => { test.fail(); await page.goto('/axe'); await axe(page); });
test('throws', { tag: '@js' }, async ({ page }) => { await page.goto('/throw'); await page.waitForTimeout(200); });
test('csp', async ({ page }) => { await page.goto('/csp'); });
test('console', { tag: '@js' }, async ({ page }) => { await page.goto('/error'); });
test('404 untolerated', async ({ page }) => { await page.goto('/nope'); });
test('404 tolerated', async ({ page, tolerate }) => { tolerate(/status of 404/); expect((await page.goto('/nope'))?.status()).toBe(404); await axe(page); });
test('sign in and another person', async ({ page, person, javaScriptEnabled }) => {
  await signIn(page, 'a', 'b'); await page.goto('/who'); await expect(page.locator('#w')).toHaveText('cchc=1');
  const other = await person(); await other.goto('/who'); await expect(other.locator('#w')).toHaveText('none');
  await other.setContent('<noscript>off</noscript>'); console.log('js', javaScriptEnabled, (await other.locator('body').innerText()));
});
test('other complains', async ({ person }) => { const p = await person(); await p.goto('/csp'); });
test('only nojs', { tag: '@nojs' }, async ({ page }) => { await page.goto('/'); });
