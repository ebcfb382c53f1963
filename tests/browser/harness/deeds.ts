// What many tests do with a page.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Fails when the page shuts somebody out: axe's serious and critical findings. */
export async function axe(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const grave = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.map(({ html }) => `  ${html}`).join('\n')}`);
  expect(grave, `axe on ${page.url()}`).toEqual([]);
}

/** Signs in through the form, as a person does, and ends on the page that follows. */
export async function signIn(page: Page, login: string, password: string): Promise<void> {
  await page.goto('/dang-nhap');
  await page.locator('input[name="login"]').fill(login);
  await page.locator('input[name="password"]').fill(password);
  await page.locator('form:has(input[name="password"]) button[type="submit"]').click();
  await expect(page).not.toHaveURL(/\/dang-nhap/);
}
