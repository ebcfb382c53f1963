// Takes the pictures of the README (`make screenshots`), from the demo and at both widths.
import { join } from 'node:path';
import { test } from './harness/test';

const folder = join(__dirname, '../../docs/screenshots');
const widths = { phone: 360, desk: 1280 };

// What the picture is called, and where it is taken.
const pages = {
  contest: '/cuoc-thi/dich-vu-cong-truc-tuyen',
  results: '/ket-qua/tim-hieu-cai-cach-hanh-chinh/1',
};

test.use({ seed: 'demo' });

for (const [name, address] of Object.entries(pages)) {
  for (const [device, width] of Object.entries(widths)) {
    test(`${name}, ${device}`, async ({ page }) => {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(address);
      await page.screenshot({ path: join(folder, `${name}-${device}.png`), animations: 'disabled' });
    });
  }
}
