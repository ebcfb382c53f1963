// What the browser is sent holds no keys: nothing of the demo's answers, and no word of how keys are written down.
import { expect, test } from '@playwright/test';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');
const pkg = join(resolve(root, process.env.CCHC_SITE ?? 'target/site'), 'pkg');

/** Everything that is built for the browser, as text: its data stands in it as it is. */
function built(): { name: string; text: string }[] {
  const names = readdirSync(pkg).filter((name) => /\.(wasm|js)$/.test(name));
  return names.map((name) => ({ name, text: readFileSync(join(pkg, name)).toString('utf8') }));
}

/** The explanations of the demo's questions: texts that no page shows before release. */
function explanations(): string[] {
  const bank = readFileSync(join(root, 'server/engine/demo/questions.toml'), 'utf8');
  return [...bank.matchAll(/^explanation = "(.{30,})"$/gm)].map(([, words]) => words);
}

/** How keys are stored and read (`domain::bank::Key`, `domain::attempt::marking`), and where: words that the wasm would hold if it knew them. */
const WORDS = ['as_written', 'AsWritten', 'tolerance', 'scaled', 'question_version', 'bank/key.rs', 'attempt/marking.rs', 'bank/check.rs'];

/** What only the server is made of. */
const SERVER = ['insert into', 'select cast(', 'audit_note', 'argon2', 'sqlx', 'pulldown'];

test('the wasm and its script hold no key and nothing of the server @js', () => {
  const files = built();
  expect(files.map(({ name }) => name.split('.').pop()).sort(), pkg).toEqual(['js', 'wasm']);
  const wasm = files.find(({ name }) => name.endsWith('.wasm'))?.text ?? '';
  // What the islands say stands there in clear, so what is looked for would be found.
  expect(wasm).toContain('Chưa lưu được: mất kết nối, đang thử lại.');
  const secrets = [...WORDS, ...SERVER, ...explanations()];
  expect(secrets.length).toBeGreaterThan(80);
  for (const { name, text } of files) {
    expect(secrets.filter((words) => text.includes(words)), name).toEqual([]);
  }
});
