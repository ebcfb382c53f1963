// How the browser tests run: the real server, a real Chromium, JavaScript on and off.
import { defineConfig } from '@playwright/test';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const results = join(__dirname, '../../target/test');

// A named one, else the system's; where there is none Playwright takes its own.
const chromium = [process.env.CCHC_CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (path) => path && existsSync(path),
);

export default defineConfig({
  testDir: '.',
  outputDir: join(results, 'browser'),
  globalSetup: './harness/templates.ts',
  reporter: [['list'], ['json', { outputFile: join(results, 'browser.json') }]],
  forbidOnly: Boolean(process.env.CI),
  // A test that passes at the second try has found something: it fails.
  retries: 0,
  workers: Number(process.env.CCHC_BROWSERS ?? 2),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    launchOptions: {
      executablePath: chromium,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
    locale: 'vi-VN',
    // Far from Vietnam on purpose: a page that shows the browser's time instead of +07:00 is found out.
    timezoneId: 'America/Los_Angeles',
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
  },
  // Each test runs twice; what cannot be said of one browser carries the tag @js or @nojs.
  projects: process.env.CCHC_SCREENSHOTS
    ? [{ name: 'screenshots', testMatch: 'screenshots.ts' }]
    : [
        { name: 'js', grepInvert: /@nojs\b/ },
        { name: 'nojs', grepInvert: /@js\b/, use: { javaScriptEnabled: false } },
      ],
});
