import { runCommand } from 'citty';
import { afterAll, expect, test } from 'vitest';
import { searchCommand } from '../../src/cli/search.ts';
import { readConfig } from '../../src/config.ts';
import { createProcesses } from '../e2e/server/processes.ts';
import { captured } from './captured.ts';

const processes = createProcesses();
afterAll(() => processes.cleanUp());

const search = (...args: string[]) =>
  processes.run(['search', ...args], { env: { FRONTDESK_ENCODER: 'off', FRONTDESK_DATA: processes.folder() } }).ended;

test('search prints passages with why they were found, plain where it is piped, and the verdict', async () => {
  const { code, stdout, stderr } = await search('Do you cover home chargers?', '--limit', '2');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const [query, first = '', second, verdict, ...rest] = stdout.trimEnd().split('\n\n');
  expect(query).toBe('Do you cover home chargers?');
  expect(first).toMatch(/^1\. Home charger/);
  expect(first).toMatch(/\n {3}electric\/home-charging\.md#\d+ {2}.*https:\/\/www\.acme-insurance\.example\//);
  expect(first).toMatch(/\n {3}score [\d.]+ = words [\d.]+.*, \d+ % of the query\n/);
  expect(first).toMatch(/in its text: (?:cover )?home chargers; in its headings: home chargers/);
  expect(second).toMatch(/^2\. /);
  expect(verdict).toMatch(/^Relevance \d+ %: the agent would answer\.$/);
  expect(rest).toEqual([]);
  // No colours.
  expect(stdout).not.toContain('\u001b');
});

test('search --json gives the same as data, narrowed to what was asked for', async () => {
  const { code, stdout } = await search('zeppelins', '--json', '--language', 'es', '--label', 'product=bikes');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ answers: false });
});

test('search says what was given wrong', async () => {
  const said = (...rawArgs: string[]) => captured(() => runCommand(searchCommand(readConfig({})), { rawArgs }));
  const none = await said();
  const many = await said('x', '--limit', '51');
  const label = await said('x', '--label', 'product');
  const language = await said('x', '--language', 'Spanish, please');
  expect([none.code, none.stderr]).toEqual([1, 'Give a question: frontdesk search "How do I cancel?"\n']);
  expect([many.code, many.stderr]).toEqual([1, '--limit must be a whole number from 1 to 50.\n']);
  expect([language.code, language.stderr]).toEqual([
    1,
    '--language has "Spanish, please": write a tag such as es or pt-BR.\n',
  ]);
  expect([label.code, label.stderr]).toEqual([1, '--label has "product": write it as name=value.\n']);
});
