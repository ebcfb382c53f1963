// Waiting for the opening: the button wakes at one's own moment of the server's clock; without scripts the page goes on by itself.
import type { Page } from '@playwright/test';
import { setTimeout as sleep } from 'node:timers/promises';
import { clock, newcomer } from './harness/sheet';
import { axe, expect, signIn, test, written } from './harness/test';

test.use({ seed: 'demo' });

const CONTEST = 'sang-kien-chuyen-doi-so';
const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
/** Where nobody loses by it, starts are spread over so much. */
const SPREAD = 10 * SECOND;

// The tests of other files want a server whose clock is right.
test.afterAll(async ({ server }) => server.restart(0));

/** An organiser adds a round in which nobody loses a place by starting some seconds later; gives when it opens. */
async function addRound(desk: Page): Promise<number> {
  await signIn(desk, 'bantochuc1', 'Dung-thu-2026');
  const minute = 60 * SECOND;
  const opens = Math.floor((Date.now() + 2 * HOUR) / minute) * minute;
  await desk.goto(`/quan-tri/cuoc-thi/${CONTEST}/dot-moi`);
  await desk.locator('#label').fill('Vòng thử');
  await desk.locator('#opens_at').fill(written(opens).at);
  await desk.locator('#closes_at').fill(written(opens + 2 * HOUR).at);
  await desk.locator('#headcount_as_of').fill(written(Date.now()).date);
  for (const [i, key] of ['correct', 'duration', '', '', ''].entries()) await desk.locator(`#ranking${i}`).selectOption(key);
  await desk.getByRole('button', { name: 'Thêm đợt thi' }).click();
  await expect(desk).toHaveURL(/\/dot\/[0-9a-f-]{36}\/bang-thi$/);
  const round = desk.url().replace(/\/bang-thi$/, '');
  await desk.goto(`${round}/bang-thi/civil_servant`);
  await desk.locator('#minutes').fill('20');
  await desk.locator('table.matrix td input').first().fill('1');
  await desk.getByRole('button', { name: 'Lưu bảng thi' }).click();
  await expect(desk).toHaveURL(round);
  await desk.getByRole('button', { name: 'Chốt và lên lịch' }).click();
  await expect(desk.locator('ol.path [aria-current="step"]')).toHaveText('Chốt, chờ mở');
  return opens;
}

/** By how much one's own start comes after what is there when the page is made, as the page was told. */
async function wait(page: Page): Promise<number> {
  const props = await page.locator('leptos-island').evaluateAll((islands) => islands.map((island) => island.getAttribute('data-props') ?? ''));
  return Number(/"wait":(\d+)/.exec(props.join())?.[1]);
}

test('whoever waits starts when the round opens, by the clock of the server', async ({ page, person, server, javaScriptEnabled }) => {
  test.setTimeout(150_000);
  const scripts = javaScriptEnabled !== false;
  const opens = await addRound(await person());
  await newcomer(page);
  await page.goto(`/cuoc-thi/${CONTEST}/cho`);
  await expect(page, 'what the contest asks is asked before the opening').toHaveURL(/\/tham-gia$/);
  await page.getByRole('main').getByRole('button', { name: 'Tham gia' }).click();
  await page.getByRole('link', { name: 'Vào phòng chờ' }).click();
  const start = page.getByRole('main').getByRole('button', { name: /Bắt đầu/ });
  await expect(page.locator('.countdown')).toContainText('Vòng thử mở sau');
  await expect(start).toBeDisabled();
  // The opening is a real-time event, for which WCAG 2.2.1 allows that a page goes on by itself; and it can be turned off.
  await axe(page, scripts ? [] : ['meta-refresh']);
  if (!scripts) {
    await page.getByRole('link', { name: 'Tắt tự chuyển trang' }).click();
    await expect(page.getByRole('link', { name: 'Bật tự chuyển trang' })).toBeVisible();
    await expect(page.locator('meta[http-equiv="refresh"]')).toHaveCount(0);
    await axe(page);
  }

  const shift = opens - Date.now() - 15 * SECOND;
  await server.restart(shift);
  // A line so slow that whoever counted from the end of loading would start late.
  await page.route('**/*.wasm', async (route) => {
    await sleep(3 * SECOND);
    await route.continue();
  });
  const asked = Date.now() + shift;
  await page.goto(`/cuoc-thi/${CONTEST}/cho`, { waitUntil: 'commit' });
  const answered = Date.now() + shift;
  await expect(start).toBeDisabled();
  if (scripts) {
    const own = await wait(page);
    const woken = await page.waitForFunction(() => document.querySelector('main form button:not([disabled])') && Date.now(), undefined, { timeout: 30_000 });
    const woke = Number(await woken.jsonValue()) + shift;
    expect(woke, 'never before the opening').toBeGreaterThanOrEqual(opens);
    expect(woke, 'and at the own moment').toBeGreaterThanOrEqual(asked + own);
    expect(woke).toBeLessThanOrEqual(answered + own + SECOND);
    expect(woke, 'which is soon').toBeLessThanOrEqual(opens + SPREAD + SECOND);
    await expect(page.getByRole('status').filter({ hasText: 'Đợt thi đã mở' })).toBeVisible();
    await axe(page);
  } else {
    await expect(page).toHaveURL(/\/thi$/, { timeout: 40_000 });
    expect(Date.now() + shift, 'never before the opening').toBeGreaterThanOrEqual(opens);
    await expect(start).toBeEnabled();
  }
  await start.click();
  await expect(page).toHaveURL(/\/thi\/[0-9a-f-]{36}$/);
  await expect(clock(page)).toContainText(scripts ? 'Còn lại' : 'Hết giờ lúc');
});
