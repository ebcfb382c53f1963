// The `test` that every browser test uses: a server to talk to, people to act, and no complaint unheard.
import { type BrowserContext, type Page, test as base } from '@playwright/test';
import { type Seed, Server } from './server';

export { expect } from '@playwright/test';
export { axe, signIn, written } from './deeds';

type PerWorker = {
  /** What the database holds: `test.use({ seed: 'demo' })` at the top of a file asks for the demo. */
  seed: Seed;
  /** The server; its data lives as long as the worker, so tests of a file may see each other's deeds. */
  server: Server;
};

type PerTest = {
  /** A page of another person: a browser of one's own, with cookies of one's own. */
  person: () => Promise<Page>;
  /** Names a complaint that the test brings about on purpose, such as /status of 422/. */
  tolerate: (expected: RegExp) => void;
  /** What the pages complained of: console errors, exceptions, refusals by the content security policy. */
  complaints: Complaints;
};

/** Hears what goes wrong in any page of a test. */
class Complaints {
  private readonly heard: string[] = [];
  private readonly tolerated: RegExp[] = [];

  listen(context: BrowserContext): void {
    // Chromium reports what the content security policy refuses, and what fails to load, as console errors.
    context.on('console', (message) => {
      if (message.type() === 'error') this.heard.push(`${message.text()} (${message.location().url})`);
    });
    context.on('weberror', (error) => this.heard.push(`uncaught: ${error.error().stack ?? error.error()}`));
  }

  tolerate(expected: RegExp): void {
    this.tolerated.push(expected);
  }

  unexpected(): string[] {
    return this.heard.filter((complaint) => !this.tolerated.some((expected) => expected.test(complaint)));
  }
}

export const test = base.extend<PerTest, PerWorker>({
  seed: ['empty', { option: true, scope: 'worker' }],

  server: [
    async ({ seed }, use) => {
      const server = await Server.start(seed);
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 180_000 },
  ],

  baseURL: async ({ server }, use) => use(server.address),

  complaints: [
    async ({ context, server }, use, about) => {
      const complaints = new Complaints();
      complaints.listen(context);
      await use(complaints);
      if (about.status !== about.expectedStatus) {
        await about.attach('server.log', { body: server.log(), contentType: 'text/plain' });
      }
      const unexpected = complaints.unexpected();
      if (unexpected.length > 0) throw new Error(`The pages complained:\n${unexpected.join('\n')}`);
    },
    { auto: true },
  ],

  tolerate: async ({ complaints }, use) => use((expected) => complaints.tolerate(expected)),

  person: async ({ browser, complaints }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async () => {
      const context = await browser.newContext();
      contexts.push(context);
      complaints.listen(context);
      return context.newPage();
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
});
