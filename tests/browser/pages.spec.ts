// Every page, for everybody who may open it: it answers, shuts nobody out, complains of nothing, fits a phone and a desk.
import type { Page } from '@playwright/test';
import { axe, expect, signIn, test } from './harness/test';
import { wider } from './harness/width';

const PHONE = { width: 360, height: 740 };
const DESK = { width: 1280, height: 800 };

test.use({ seed: 'demo', viewport: PHONE, screenshot: 'off', trace: 'off' });
// Each person walks alone: as many at once as there are workers.
test.describe.configure({ mode: 'parallel' });

const PASSWORD = 'Dung-thu-2026';
const ACCOUNTS = ['bantochuc1', 'nguoirade', 'thamdinh', 'bientap', 'daumoi', 'quantri', 'kiemtra', 'congchuc1', 'nguoidan'];

/** Who has nothing to do behind the scenes. */
const CONTESTANTS = ['congchuc1', 'nguoidan'];

/** The pages that nobody should have to find by a link. */
const DOORSTEPS = [
  '/', '/cuoc-thi', '/ket-qua', '/tin-tuc', '/dien-hinh', '/vinh-danh', '/tai-lieu', '/dang-nhap', '/dang-xuat', '/dang-ky',
  '/dang-ky?doi-tuong=civil_servant', '/kich-hoat', '/dat-lai-mat-khau', '/thong-bao-du-lieu', '/khong-thay-don-vi',
];

const OWN = ['/', '/quan-tri', '/dau-moi', '/luot-thi', '/tai-khoan', '/tai-khoan/don-vi', '/du-lieu-cua-toi', '/dang-xuat'];

/** Where what is shown depends on who looks; on the rest axe finds for everybody what it finds for nobody in particular. */
const PERSONAL = /^\/(quan-tri|dau-moi|thi|luot-thi|tai-khoan|du-lieu-cua-toi)(\/|$)|^\/cuoc-thi\/[^/]+\/(thi|tham-gia)$|^\/ket-qua\/[^/]+\/\d+$/;

/** Where one page stands for all of its kind, and where several stages of a life must each be seen. */
const MOST = { contest: 3, round: 3, other: 1 };

/** The kind of a page: its address without ids, names and numbers. */
function kind(path: string): string {
  return path
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id')
    .replace(/[0-9a-f]{64}/g, ':hash')
    .replace(/^\/(quan-tri\/)?cuoc-thi\/(?!moi)[^/]+/, '/$1cuoc-thi/:slug')
    .replace(/^\/tin-tuc\/[^/]+/, '/tin-tuc/:slug')
    .replace(/^\/ket-qua\/[^/]+/, '/ket-qua/:slug')
    .replace(/\/don-vi\/(?!moi)[^/]+$/, '/don-vi/:code')
    .replace(/\/\d+(?=\/|$)/g, '/:n');
}

/** A link that leads to a page of the site, rather than to a file. */
function leadsToPage(path: string): boolean {
  return !/^\/(tep|the|pkg|fonts)\/|\/tep\/|\/bao-cao\/.+|\.(xlsx|csv|svg|atom|xml|txt|png|pdf)$/.test(path);
}

/** Follows links from these pages, a few of each kind, and tells what is wrong with each page. */
async function walk(page: Page, begin: string[], examined: RegExp): Promise<{ wrong: string[]; seen: string[] }> {
  const [queue, seen, wrong] = [[...begin], [] as string[], [] as string[]];
  const found = new Set(begin);
  const times = new Map<string, number>();
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    const of = kind(path.split('?')[0]);
    const most = of.startsWith('/cuoc-thi/:slug') ? MOST.contest : of.startsWith('/quan-tri/dot/') ? MOST.round : MOST.other;
    const before = times.get(of) ?? 0;
    if (before >= most && !begin.includes(path)) continue;
    times.set(of, before + 1);
    seen.push(path);
    await look(page, path, examined.test(path)).catch((error: Error) => wrong.push(`${path}: ${error.message}`));
    for (const link of await page.locator('a[href]').evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href))) {
      const to = new URL(link);
      if (to.origin === new URL(page.url()).origin && leadsToPage(to.pathname) && !found.has(to.pathname)) {
        found.add(to.pathname);
        queue.push(to.pathname);
      }
    }
  }
  return { wrong, seen };
}

/**
 * Opens one page and looks at it. Its width and what axe finds do not depend on scripts: with JavaScript off the page
 * only has to answer without a complaint.
 */
async function look(page: Page, path: string, examined: boolean): Promise<void> {
  const answer = await page.goto(path);
  expect(answer?.status(), 'status').toBeLessThan(400);
  if (test.info().project.use.javaScriptEnabled === false) return;
  // A page with islands is left only when they have arrived.
  if ((await page.locator('head link[rel=modulepreload]').count()) > 0) await page.waitForLoadState('networkidle');
  expect(await wider(page), 'wider than a phone').toBe('');
  if (examined) await axe(page);
  await page.setViewportSize(DESK);
  expect(await wider(page), 'wider than a desk').toBe('');
  await page.setViewportSize(PHONE);
}

test('every public page answers, fits and shuts nobody out', async ({ page }) => {
  test.setTimeout(300_000);
  const { wrong, seen } = await walk(page, DOORSTEPS, /^\//);
  expect(seen.length, 'pages seen').toBeGreaterThan(30);
  expect(wrong).toEqual([]);
});

for (const login of ACCOUNTS) {
  test(`every page that ${login} is led to answers, fits and shuts nobody out`, async ({ page }) => {
    test.setTimeout(300_000);
    await signIn(page, login, PASSWORD);
    const staff = !CONTESTANTS.includes(login);
    const coordinator = login === 'daumoi';
    const own = OWN.filter((path) => (path !== '/quan-tri' || staff) && (path !== '/dau-moi' || coordinator));
    const { wrong, seen } = await walk(page, [...new Set([...own, ...DOORSTEPS])], PERSONAL);
    expect(seen.length, 'pages seen').toBeGreaterThan(30);
    expect(wrong).toEqual([]);
  });
}

/** What a page loads until it rests, in bytes as they travel. */
async function weigh(page: Page, path: string): Promise<Map<string, number>> {
  const sizes = new Map<string, number>();
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  const addresses = new Map<string, string>();
  session.on('Network.responseReceived', ({ requestId, response }) => addresses.set(requestId, new URL(response.url).pathname));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    sizes.set(addresses.get(requestId) ?? requestId, encodedDataLength);
  });
  await page.goto(path);
  await page.waitForLoadState('networkidle');
  await session.detach();
  return sizes;
}

function sum(sizes: Map<string, number>, counts: (path: string) => boolean): number {
  return [...sizes].filter(([path]) => counts(path)).reduce((total, [, size]) => total + size, 0);
}

test('the first load of a contest stays within 100 kB without wasm @js', async ({ page }) => {
  const sizes = await weigh(page, '/cuoc-thi/dich-vu-cong-truc-tuyen');
  expect(sum(sizes, (path) => !path.endsWith('.wasm')), JSON.stringify([...sizes])).toBeLessThanOrEqual(100_000);
});

test('the sheet stays within 250 kB all told @js', async ({ page, person }) => {
  await signIn(page, 'congchuc2', PASSWORD);
  await page.goto('/cuoc-thi/dich-vu-cong-truc-tuyen/tham-gia');
  const enter = page.getByRole('main').getByRole('button', { name: 'Tham gia' });
  if (await enter.isVisible()) await enter.click();
  await page.goto('/cuoc-thi/dich-vu-cong-truc-tuyen/thi');
  await page.getByRole('main').getByRole('button', { name: /Bắt đầu/ }).click();
  await page.waitForURL(/\/thi\//);
  const other = await person(); // with nothing in its cache
  await signIn(other, 'congchuc2', PASSWORD);
  await other.goto('about:blank');
  const fresh = await person();
  await fresh.context().addCookies(await other.context().cookies());
  const sizes = await weigh(fresh, page.url());
  expect([...sizes.keys()].some((path) => path.endsWith('.wasm')), 'the sheet has its wasm').toBe(true);
  expect(sum(sizes, () => true), JSON.stringify([...sizes])).toBeLessThanOrEqual(250_000);
});
