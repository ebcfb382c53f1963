// Taking part however one can: by keyboard alone, one question at a time, on an engine without WebAssembly, in large type.
import type { Locator, Page } from '@playwright/test';
import { answer, begin, newcomer, saved } from './harness/sheet';
import { expect, test } from './harness/test';
import { wider } from './harness/width';

// A trace keeps a picture of the page for each key that is pressed: with it the keyboard takes a minute.
test.use({ seed: 'demo', trace: 'off' });

const CONTEST = 'dich-vu-cong-truc-tuyen';

const cards = (page: Page) => page.locator('fieldset.question:not(.prediction)');

/** Presses Tab, or Shift+Tab, until the keyboard is there; no stop on the way is beneath the bar or out of the window. */
async function tabTo(page: Page, target: Locator, key = 'Tab'): Promise<void> {
  for (let stops = 0; stops < 150; stops += 1) {
    await page.keyboard.press(key);
    const { there, beneath } = await target.evaluate((element) => {
      const one = document.activeElement ?? document.body;
      const seen = one.closest('label') ?? one;
      const box = seen.getClientRects()[0];
      const over = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
      const visible = one === document.body || (over && (seen.contains(over) || over.contains(seen)));
      return { there: one === element, beneath: visible ? '' : `${one.outerHTML.slice(0, 120)} beneath ${over?.outerHTML.slice(0, 60)}` };
    });
    expect(beneath, 'the keyboard is in sight').toBe('');
    if (there) return;
  }
  throw new Error(`the keyboard does not reach ${target}`);
}

test('the sheet is answered and handed in by keyboard alone', async ({ page, javaScriptEnabled }) => {
  await newcomer(page);
  await begin(page, CONTEST);
  if (javaScriptEnabled !== false) await expect(page.locator('.sheet-bar .clock')).toContainText('Còn lại');
  const choice = page.locator('fieldset.question:has(input[type="radio"])').first();
  const options = choice.locator('input[type="radio"]');
  await tabTo(page, options.first());
  await page.keyboard.press('Space');
  await expect(options.first()).toBeChecked();
  await page.keyboard.press('ArrowDown');
  await expect(options.nth(1)).toBeChecked();
  const flag = choice.getByRole('checkbox', { name: 'Xem lại' });
  await tabTo(page, flag);
  await page.keyboard.press('Space');
  await expect(flag).toBeChecked();
  await tabTo(page, choice.getByRole('link', { name: 'Câu sau' }));
  await page.keyboard.press('Enter');
  await tabTo(page, page.locator('.navigator a[href="#du-doan"]'), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await tabTo(page, page.locator('#prediction'));
  await page.keyboard.type('14492');
  const last = cards(page).nth(-3).getByRole('checkbox', { name: 'Xem lại' });
  await tabTo(page, last, 'Shift+Tab');
  await tabTo(page, page.locator('form.sheet > p.actions button[value="hand-in"]'));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/nop$/);
  await expect(page.getByRole('main')).toContainText(/Đã trả lời\s*1\//);
  await expect(page.getByRole('main')).toContainText('14.492');
  await tabTo(page, page.getByRole('main').getByRole('button', { name: 'Nộp bài' }));
  await page.keyboard.press('Enter');
  await expect(page.locator('.receipt code')).toBeVisible();
});

test('one question at a time: nothing moves on by itself, and nothing is lost @js', async ({ page }) => {
  await newcomer(page);
  await begin(page, CONTEST);
  const sheet = page.url();
  const [shown, count] = [page.locator('fieldset.question:visible'), await cards(page).count()];
  const single = page.getByRole('button', { name: 'Xem từng câu' });
  await single.click();
  await expect(single).toHaveAttribute('aria-pressed', 'true');
  await expect(shown).toHaveCount(1);
  await answer(cards(page).first());
  await expect(saved(page)).toHaveText(/Đã lưu/);
  await expect(shown).toHaveAttribute('id', 'cau-1');
  await shown.getByRole('link', { name: 'Câu sau' }).click();
  await expect(shown).toHaveAttribute('id', 'cau-2');
  await expect(shown).toBeFocused();
  await answer(shown);
  await page.locator('.navigator a[href="#du-doan"]').click();
  await expect(shown).toHaveAttribute('id', 'du-doan');
  await page.locator('#prediction').fill('900');
  await shown.getByRole('link', { name: 'Câu trước' }).click();
  await expect(shown).toHaveAttribute('id', `cau-${count}`);
  await expect(page.locator(`.navigator a[href="#cau-${count}"]`)).toHaveAttribute('aria-current', 'true');
  await single.click();
  await expect(shown).toHaveCount(count + 1);
  expect(page.url(), 'Back leaves the sheet at once').toBe(sheet);
  await page.locator('.sheet-bar button[value="hand-in"]').click();
  await expect(page.getByRole('main')).toContainText(/Đã trả lời\s*2\//);
  await expect(page.getByRole('main')).toContainText('900');
});

for (const [engine, spoil] of [
  ['without WebAssembly', () => Reflect.deleteProperty(globalThis, 'WebAssembly')],
  ['too old for our WebAssembly', () => {
    const refuse = () => Promise.reject(new WebAssembly.CompileError('WebAssembly: invalid opcode'));
    Object.assign(WebAssembly, { instantiate: refuse, instantiateStreaming: refuse, compile: refuse, compileStreaming: refuse });
  }],
] as const) {
  test(`an engine ${engine} gets the plain sheet, which saves and hands in @js`, async ({ page, tolerate }) => {
    tolerate(/WebAssembly/);
    await page.addInitScript(spoil);
    await newcomer(page);
    await begin(page, CONTEST);
    await page.waitForLoadState('networkidle');
    await expect(page.locator('.sheet-bar .clock')).toContainText('Hết giờ lúc');
    await expect(page.getByRole('button', { name: 'Xem từng câu' })).toBeHidden();
    await answer(cards(page).nth(1));
    await page.locator('#prediction').fill('14 492');
    await page.getByRole('button', { name: 'Lưu', exact: true }).click();
    await expect(saved(page)).toHaveText(/Đã lưu \d\d:\d\d:\d\d/);
    await expect(page.locator('.prediction .echo')).toContainText('14.492');
    await answer(cards(page).nth(2));
    await page.locator('form.sheet > p.actions button[value="hand-in"]').click();
    await expect(page.getByRole('main')).toContainText(/Đã trả lời\s*2\//);
    await page.getByRole('main').getByRole('button', { name: 'Nộp bài' }).click();
    await expect(page.locator('.receipt code')).toBeVisible();
  });
}

/** The controls that cannot be pressed: beside the window, or beneath something else. */
async function unreachable(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const controls = [...document.querySelectorAll('main :is(a[href], button, input, select, summary)')];
    return controls.filter((one) => {
      if (!one.checkVisibility({ visibilityProperty: true }) || one.closest('.visually-hidden')) return false;
      one.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
      const box = one.getClientRects()[0];
      const over = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
      return box.left < -1 || box.right > document.documentElement.clientWidth + 1 || !over || !(one.contains(over) || over.contains(one));
    }).map((one) => one.outerHTML.slice(0, 160));
  });
}

test.describe('on a phone whose owner reads large type', () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test('pages at 200 % are no wider than the phone, and everything can be pressed @js', async ({ page }) => {
    await newcomer(page);
    await begin(page, CONTEST);
    await expect(page.locator('.sheet-bar .clock')).toContainText('Còn lại');
    // What the setting "text size" of a phone does: all that is in rem grows.
    const session = await page.context().newCDPSession(page);
    const published = 'tim-hieu-cai-cach-hanh-chinh';
    const sheet = new URL(page.url()).pathname;
    for (const path of [sheet, `${sheet}/nop`, '/', `/cuoc-thi/${CONTEST}`, `/cuoc-thi/${published}`, '/dang-nhap', '/ket-qua', `/ket-qua/${published}/1`]) {
      if (path === '/dang-nhap') await page.context().clearCookies();
      await page.goto(path);
      await page.waitForLoadState('networkidle');
      await session.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } });
      const size = await page.evaluate(() => Number.parseFloat(getComputedStyle(document.body).fontSize));
      expect(size, 'twice as large').toBeGreaterThanOrEqual(2 * 17);
      expect.soft(await wider(page), `${path} is wider than a phone`).toBe('');
      expect.soft(await unreachable(page), `${path} has what cannot be pressed`).toEqual([]);
    }
  });
});
