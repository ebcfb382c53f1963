// The folder of databases from which the servers of one run start: made before the first test, gone after the last.
import { rmSync } from 'node:fs';
import { makeFolder } from './server';

export default function keepTemplates(): () => void {
  const folder = makeFolder();
  process.env.CCHC_TEMPLATES = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
