// Makes each kind of database once; every server of the run starts from a copy.
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder, run } from './server';

export default async function makeTemplates(): Promise<() => void> {
  const folder = makeFolder();
  const [empty, demo] = [join(folder, 'empty'), join(folder, 'demo')];
  try {
    mkdirSync(empty);
    await run(empty, 'migrate');
    cpSync(empty, demo, { recursive: true });
    await run(demo, 'seed', 'demo');
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  process.env.CCHC_TEMPLATES = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
