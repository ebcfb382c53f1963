// What many tests do with a page.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';

/**
 * Fails when the page shuts somebody out, by day or by night: axe's serious and critical findings.
 *
 * `but` names rules of which the caller says why they are broken.
 */
export async function axe(page: Page, but: string[] = []): Promise<void> {
  const found = await withScripts(page, async (page) => {
    const light = await examiner(page).analyze();
    // The dark page is the same but for its colours; axe is not shown one on its way to another. To wait for it would
    // be wrong: in a page that stands behind others it does not move on.
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.evaluate(() => document.getAnimations().forEach((one) => one instanceof CSSTransition && one.finish()));
    const dark = await examiner(page).withRules(['color-contrast', 'link-in-text-block']).analyze();
    await page.emulateMedia({ colorScheme: null });
    return [...light.violations, ...dark.violations];
  });
  const grave = found
    .filter(({ id }) => !but.includes(id))
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.map(({ html }) => `  ${html}`).join('\n')}`);
  expect(grave, `axe on ${page.url()}`).toEqual([]);
}

/** axe as quick as it can be: no page of ours has frames of others, for which alone it would open a page of its own. */
function examiner(page: Page): AxeBuilder {
  return new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode();
}

/**
 * axe is a script: with JavaScript off it looks at a copy of the page, in a browser where axe may run
 * and the page's own scripts may not, and where what stands in `noscript` is shown.
 */
async function withScripts<T>(page: Page, look: (page: Page) => Promise<T>): Promise<T> {
  const browser = page.context().browser();
  if (!browser || test.info().project.use.javaScriptEnabled !== false) return look(page);
  const html = (await page.content()).replace(/<\/?noscript[^>]*>/g, '');
  const context = await browser.newContext({
    javaScriptEnabled: true,
    storageState: await page.context().storageState(),
    viewport: page.viewportSize(),
  });
  try {
    const copy = await context.newPage();
    await copy.route(page.url(), (route) =>
      route.fulfill({
        body: html,
        contentType: 'text/html; charset=utf-8',
        headers: { 'content-security-policy': "script-src 'none'" },
      }),
    );
    await copy.goto(page.url());
    return await look(copy);
  } finally {
    await context.close();
  }
}

/** A moment as an organiser in Vietnam writes it, to the minute; and its day. */
export function written(at: number): { at: string; date: string } {
  const vietnam = new Date(at + 7 * 3_600_000).toISOString();
  const [year, month, day] = vietnam.slice(0, 10).split('-');
  const date = `${day}/${month}/${year}`;
  return { at: `${vietnam.slice(11, 13)} giờ ${vietnam.slice(14, 16)} ngày ${date}`, date };
}

/** Signs in through the form, as a person does, and ends on the page that follows. */
export async function signIn(page: Page, login: string, password: string): Promise<void> {
  await page.goto('/dang-nhap');
  await page.locator('input[name="login"]').fill(login);
  await page.locator('input[name="password"]').fill(password);
  await page.locator('form:has(input[name="password"]) button[type="submit"]').click();
  await expect(page).not.toHaveURL(/\/dang-nhap/);
}
