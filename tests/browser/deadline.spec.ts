// The end of the time: what is announced on the way, and what becomes of answers that wait for the network.
import type { Page } from '@playwright/test';
import { answer, begin, clock, left, newcomer, saved } from './harness/sheet';
import { axe, expect, test } from './harness/test';

test.use({ seed: 'demo' });

const CONTEST = 'dich-vu-cong-truc-tuyen';
const SECOND = 1_000;
const MINUTE = 60 * SECOND;

// The tests of other files want a server whose clock is right.
test.afterAll(async ({ server }) => server.restart(0));

/** A newcomer on a sheet of the island's, in a browser whose time can be moved on. */
async function start(page: Page): Promise<void> {
  await newcomer(page);
  await page.clock.install();
  await begin(page, CONTEST);
  await expect(clock(page)).toContainText('Còn lại');
}

/** Begins to write down what a screen reader is told: each new text of a live region. */
async function listen(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    new MutationObserver((changes) => {
      for (const { target } of changes) {
        const near = target instanceof Element ? target : target.parentElement;
        const region = near?.closest('[aria-live], [role="status"], [role="alert"], [role="log"]');
        if (region && region.getAttribute('aria-live') !== 'off') heard.push(region.textContent ?? '');
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  return () => page.evaluate(() => (window as unknown as { heard: string[] }).heard);
}

test('the time left is announced at ten, five and one minute, and not each second @js', async ({ page, context, tolerate }) => {
  tolerate(/ERR_INTERNET_DISCONNECTED|Failed to load resource/);
  await start(page);
  await context.setOffline(true); // the server would say that no minute has passed
  const heard = await listen(page);
  const told = async () => (await heard()).filter((words) => !words.includes('máy chủ'));
  const announced: string[] = [];
  for (const minutes of [10, 5, 1]) {
    await page.clock.fastForward((await left(page)) - minutes * MINUTE - 3 * SECOND);
    await page.clock.runFor(5 * SECOND);
    announced.push(`Còn ${minutes} phút.`);
    await expect.poll(told).toEqual(announced);
    const before = await left(page);
    await page.clock.runFor(40 * SECOND);
    expect(before - (await left(page)), 'the clock goes on').toBeGreaterThanOrEqual(39 * SECOND);
    expect(await told(), 'and nothing is said').toEqual(announced);
  }
  await expect(clock(page)).toHaveAttribute('data-level', 'last');
  await axe(page); // the colours of the last minute, without a network
  expect((await heard()).length, 'the network is not spoken of at each try').toBeLessThan(10);
});

test('at the deadline the sheet locks, sends what waited for the network, and is handed in with it @js', async ({ page, context, server, tolerate }) => {
  tolerate(/ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED|Failed to load resource/);
  await start(page);
  const cards = page.locator('fieldset.question:not(.prediction)');
  const count = await cards.count();
  await answer(cards.nth(0));
  await expect(saved(page)).toHaveText(/Đã lưu/);
  const pulse = await page.request.get(`${page.url()}/nhip`, { headers: { accept: 'application/json' } });
  const { deadline } = (await pulse.json()) as { deadline: number };
  await context.setOffline(true);
  await answer(cards.nth(1));
  await expect(saved(page)).toContainText('Còn 1 câu chưa lưu lên máy chủ');

  await page.clock.fastForward((await left(page)) + SECOND);
  await expect(page.locator('form.sheet')).toHaveAttribute('data-state', 'locked');
  await expect(clock(page)).toContainText('00:00');
  await expect(page.locator('#loi-nhac')).toHaveText('Đã hết giờ làm bài.');
  await expect(saved(page)).toContainText('Đừng đóng trang này');
  const late = cards.locator('label.option input').last();
  await late.evaluate((input: HTMLInputElement) => input.closest('label')?.scrollIntoView({ block: 'center', behavior: 'instant' }));
  const row = await late.locator('xpath=ancestor::label').boundingBox();
  await page.mouse.click((row?.x ?? 0) + 20, (row?.y ?? 0) + 20);
  await expect(late, 'a locked sheet takes no answer').not.toBeChecked();
  await expect(page, 'nothing is handed in that the server does not have').not.toHaveURL(/ket-qua/);

  await server.restart(deadline - Date.now() + 2 * SECOND); // within the grace of 30 seconds
  await context.setOffline(false);
  await expect(page).toHaveURL(/\/ket-qua$/, { timeout: 25_000 });
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/Đã nhận bài lúc \d\d:\d\d:\d\d/);
  await expect(page.locator('.receipt code')).toBeVisible();
  await expect(page.locator('dl.facts')).toContainText(`2/${count} câu`);
});
