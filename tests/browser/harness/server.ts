// Starts and stops the real `cchc`, each on a port and a data folder of its own.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

/** What the database holds when the server starts: nothing but its tables, or the demo. */
export type Seed = 'empty' | 'demo';

const root = resolve(__dirname, '../../..');
const binary = resolve(root, process.env.CCHC_BIN ?? 'target/debug/cchc');
const site = resolve(root, process.env.CCHC_SITE ?? 'target/site');

/** A new folder; whoever makes one removes it. */
export function makeFolder(): string {
  return mkdtempSync(join(tmpdir(), 'cchc-browser-'));
}

/** The settings of the machine's owner have no say in a test. */
function environment(data: string, port?: number, shiftMs = 0): NodeJS.ProcessEnv {
  const foreign = (name: string) => name.startsWith('CCHC_') || name.startsWith('LEPTOS_');
  const kept = Object.entries(process.env).filter(([name]) => !foreign(name));
  return {
    ...Object.fromEntries(kept),
    CCHC_DATA: data,
    CCHC_SITE: site,
    ...(port && {
      CCHC_LISTEN: `127.0.0.1:${port}`,
      CCHC_PUBLIC_URL: `http://127.0.0.1:${port}`,
    }),
    ...(shiftMs && { CCHC_CLOCK_SHIFT_MS: String(Math.round(shiftMs)) }),
  };
}

/** Runs one command of `cchc` on a data folder and gives what it printed. */
export async function run(data: string, ...words: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(binary, words, {
    cwd: data,
    env: environment(data),
    maxBuffer: 64 << 20,
  });
  return stdout;
}

/** The data folder that servers with this seed start from: made by the first that asks, copied by all. */
async function template(seed: Seed): Promise<string> {
  const folder = join(process.env.CCHC_TEMPLATES ?? '', seed);
  if (existsSync(folder)) return folder;
  const draft = `${folder}-${process.pid}`;
  mkdirSync(draft);
  await run(draft, 'migrate');
  if (seed === 'demo') await run(draft, 'seed', 'demo');
  try {
    renameSync(draft, folder);
  } catch {
    rmSync(draft, { recursive: true }); // another worker was quicker
  }
  return folder;
}

async function findPort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer();
    probe.once('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === 'object' ? found(address.port) : failed(address)));
    });
  });
}

/** A running `cchc serve`. */
export class Server {
  private child: ChildProcess;

  private constructor(
    readonly data: string,
    private readonly port: number,
  ) {
    this.child = this.launch(0);
    process.once('exit', this.kill);
  }

  get address(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  static async start(seed: Seed): Promise<Server> {
    const origin = await template(seed);
    const data = makeFolder();
    cpSync(origin, data, { recursive: true });
    const server = new Server(data, await findPort());
    try {
      await server.becomeReady();
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  private launch(shiftMs: number): ChildProcess {
    const log = openSync(join(this.data, 'server.log'), 'a');
    const child = spawn(binary, ['serve'], {
      cwd: this.data,
      env: environment(this.data, this.port, shiftMs),
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    return child;
  }

  /** Starts anew on the same data and address, with the clock so far from the machine's. */
  async restart(shiftMs: number): Promise<void> {
    await this.end();
    this.child = this.launch(shiftMs);
    await this.becomeReady();
  }

  /** Runs a command of `cchc` on this server's data, such as `admin create`. */
  async run(...words: string[]): Promise<string> {
    return run(this.data, ...words);
  }

  /** The last lines of what the server said. */
  log(): string {
    return readFileSync(join(this.data, 'server.log'), 'utf8').split('\n').slice(-200).join('\n');
  }

  /** Asks the process to end, and waits for it. */
  private async end(): Promise<void> {
    if (!this.isRunning()) return;
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    await Promise.race([gone, sleep(10_000, undefined, { ref: false })]);
    this.kill();
    await gone;
  }

  async stop(): Promise<void> {
    await this.end();
    process.removeListener('exit', this.kill);
    rmSync(this.data, { recursive: true, force: true });
  }

  private isRunning(): boolean {
    return this.child.pid !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  private readonly kill = () => {
    if (this.isRunning()) this.child.kill('SIGKILL');
  };

  private async becomeReady(): Promise<void> {
    let problem: unknown;
    this.child.once('error', (error) => (problem = error));
    for (const end = Date.now() + 30_000; Date.now() < end; await sleep(50)) {
      if (problem || !this.isRunning()) break;
      const answer = await fetch(`${this.address}/readyz`).catch(() => undefined);
      if (answer?.ok) return;
    }
    throw new Error(`cchc serve is not ready ${problem ?? ''}\n${this.log()}`);
  }
}
