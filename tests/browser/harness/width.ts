// Whether a page fits the window it is shown in.
import type { Page } from '@playwright/test';

/** What sticks out sideways, where nothing around it scrolls. */
export async function wider(page: Page): Promise<string> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return '';
    const scrolls = (one: Element | null): boolean =>
      one !== null && one !== document.body && (getComputedStyle(one).overflowX !== 'visible' || scrolls(one.parentElement));
    const over = [...document.body.querySelectorAll('*')].filter((one) => one.getBoundingClientRect().right > width + 1);
    const own = over.filter((one) => !scrolls(one.parentElement)).map((one) => one.outerHTML.slice(0, 120));
    return own.slice(0, 5).join('\n  ') || 'something';
  });
}
