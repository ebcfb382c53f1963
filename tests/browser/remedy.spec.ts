// What organisers do to open sheets: more time for one person, a pause of the round; each with a second person.
import type { Page } from '@playwright/test';
import { openRound } from './harness/desk';
import { answer, begin, clock, left, newcomer, saved } from './harness/sheet';
import { axe, expect, signIn, test } from './harness/test';

test.use({ seed: 'demo' });

const PASSWORD = 'Dung-thu-2026';
const CONTEST = 'dich-vu-cong-truc-tuyen';
const MINUTE = 60_000;
/** An open sheet hears of it so soon. */
const SOON = { timeout: 15_000 };

const told = (page: Page) => page.locator('#bao-bai-thi');
const state = (page: Page) => page.locator('form.sheet');

/** Whether what is told stands in the window, with nothing over it. */
async function isSeen(page: Page): Promise<boolean> {
  return told(page).evaluate((notice) => {
    const box = notice.getBoundingClientRect();
    return notice.contains(document.elementFromPoint(box.x + box.width / 2, box.y + 2));
  });
}

/** When the time of this sheet is up, as the server says. */
async function deadline(page: Page): Promise<number> {
  const pulse = await page.request.get(`${page.url()}/nhip`, { headers: { accept: 'application/json' } });
  return ((await pulse.json()) as { deadline: number }).deadline;
}

/** A newcomer with one answer on a sheet; gives the login. */
async function sit(page: Page, scripts: boolean): Promise<string> {
  const login = await newcomer(page);
  await begin(page, CONTEST);
  if (scripts) await expect(clock(page)).toContainText('Còn lại');
  await answer(page.locator('fieldset.question').first());
  if (!scripts) await page.getByRole('button', { name: 'Lưu', exact: true }).click();
  await expect(saved(page)).toHaveText(/Đã lưu/);
  return login;
}

/** Two organisers, the first at the page of the open round's day. */
async function organisers(person: () => Promise<Page>): Promise<[Page, Page, string]> {
  const [first, second] = [await person(), await person()];
  await signIn(first, 'bantochuc1', PASSWORD);
  await signIn(second, 'bantochuc2', PASSWORD);
  const day = `${await openRound(first, CONTEST)}/trong-gio-thi`;
  await first.goto(day);
  return [first, second, day];
}

/** The first sends what stands in the form, and may not decide it; the second agrees. */
async function agree([first, second, day]: [Page, Page, string]): Promise<void> {
  await first.getByRole('button', { name: 'Gửi người thứ hai quyết định' }).click();
  await expect(first.getByRole('button', { name: 'Rút đề nghị' })).toBeVisible();
  await expect(first.getByRole('button', { name: 'Đồng ý', exact: true })).toHaveCount(0);
  await second.goto(day);
  await axe(second);
  await second.getByRole('button', { name: 'Đồng ý', exact: true }).click();
  await expect(second.getByRole('button', { name: 'Đồng ý', exact: true })).toHaveCount(0);
}

test('extra time reaches the open sheet within fifteen seconds, and says so', async ({ page, person, javaScriptEnabled }) => {
  const scripts = javaScriptEnabled !== false;
  const login = await sit(page, scripts);
  const desks = await organisers(person);
  const [first, second, day] = desks;
  await first.goto(`${day}?loai=time`);
  await first.locator('#person').fill(login);
  await first.locator('#minutes').fill('10');
  await first.locator('#reason').fill('Mất điện tại điểm thi.');
  await axe(first);
  const before = await deadline(page);
  const shown = scripts ? await left(page) : 0;
  await agree(desks);
  if (scripts) {
    await expect(told(page)).toHaveText('Anh/chị được thêm 10 phút.', SOON);
    expect(await left(page), 'the clock jumps').toBeGreaterThan(shown + 9 * MINUTE);
    await axe(page);
  } else {
    const shift = 7 * 60 * MINUTE;
    await page.reload();
    await expect(clock(page)).toContainText(`Hết giờ lúc ${new Date(before + 10 * MINUTE + shift).toISOString().slice(11, 19)}`);
  }
  expect((await deadline(page)) - before).toBe(10 * MINUTE);
  await second.getByRole('link', { name: 'Biên bản' }).first().click();
  await expect(second.locator('article.paper')).toContainText('Mất điện tại điểm thi.');
  await axe(second);
});

test('a pause holds the open sheet within fifteen seconds, and when it is over nobody has lost any time', async ({ page, person, javaScriptEnabled }) => {
  test.setTimeout(120_000);
  const scripts = javaScriptEnabled !== false;
  await sit(page, scripts);
  const desks = await organisers(person);
  const [first, second] = desks;
  const before = await deadline(page);
  await first.locator('#reason').fill('Mất mạng diện rộng.');
  const began = [Date.now(), 0];
  await first.getByRole('button', { name: 'Tạm dừng ngay' }).click();
  await expect(first.getByRole('main')).toContainText('Đợt thi đang tạm dừng từ');
  began[1] = Date.now();
  if (!scripts) await page.reload();
  await expect(state(page)).toHaveAttribute('data-state', 'paused', SOON);
  await expect(told(page)).toContainText('Ban Tổ chức tạm dừng đợt thi');
  await expect(clock(page)).toContainText('Tạm dừng, còn');
  await expect.poll(() => isSeen(page), 'it is not said beneath the bar').toBe(true);
  const held = scripts ? await left(page) : 0;
  await axe(page);
  if (scripts) {
    await expect(page.locator('fieldset.question').first(), 'nothing is answered').toHaveAttribute('inert', '');
    expect(await left(page), 'no time passes').toBe(held);
  }

  await first.locator('#reason').fill('Mạng đã có lại.');
  const ended = [Date.now(), 0];
  await agree(desks);
  ended[1] = Date.now();
  if (!scripts) await page.reload();
  await expect(state(page)).toHaveAttribute('data-state', 'running', SOON);
  const moved = (await deadline(page)) - before;
  expect(moved, 'the deadline moves by the pause').toBeGreaterThanOrEqual(ended[0] - began[1]);
  expect(moved).toBeLessThanOrEqual(ended[1] - began[0]);
  if (scripts) {
    const gone = Date.now() - ended[0];
    expect(await left(page), 'what was left then is left now').toBeGreaterThanOrEqual(held - gone - 1_000);
  } else {
    await expect(clock(page)).toContainText('Hết giờ lúc');
  }
  await expect(told(page)).toHaveCount(0);
  await answer(page.locator('fieldset.question').nth(1));
  if (!scripts) await page.getByRole('button', { name: 'Lưu', exact: true }).click();
  await expect(saved(page)).toHaveText(/Đã lưu \d\d:\d\d:\d\d/);
  await expect(second.getByRole('row').filter({ hasText: 'Mất mạng diện rộng.' })).toContainText('Trần Quốc Bảo');
});
