// What organisers do at their desk.
import type { Page } from '@playwright/test';

/** As an organiser: the address of the round of the contest that is open. */
export async function openRound(desk: Page, contest: string): Promise<string> {
  await desk.goto(`/quan-tri/cuoc-thi/${contest}`);
  const links = await desk.locator('main a[href^="/quan-tri/dot/"]').evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
  for (const address of links.filter((link) => /\/dot\/[0-9a-f-]{36}$/.test(link))) {
    await desk.goto(address);
    if ((await desk.locator('.badge', { hasText: 'Đang mở' }).count()) > 0) return address;
  }
  throw new Error('the contest has no open round');
}
