import { cpSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { openSqliteStore } from '../../src/adapters/sql/sqlite.ts';
import { ingestHere } from '../../src/cli/ingest-here.ts';
import { ingestThere } from '../../src/cli/ingest-there.ts';
import { readConfig } from '../../src/config.ts';
import { createProcesses, type Environment } from '../e2e/server/processes.ts';

const LIBRARY = fileURLToPath(new URL('../agents/harbor-library', import.meta.url));
const AGENT = 'agent';
const TOKEN = 'a-token-of-the-tests';
const processes = createProcesses({ FRONTDESK_ENCODER: 'off' });
const closers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
afterAll(() => processes.cleanUp());

/** An agent with these files in its knowledge, and a data folder for it. */
function place(files: Record<string, string | Uint8Array>) {
  const agent = join(processes.folder(), AGENT);
  cpSync(LIBRARY, agent, { recursive: true });
  rmSync(join(agent, 'knowledge'), { recursive: true });
  mkdirSync(join(agent, 'knowledge'));
  const write = (name: string, text: string | Uint8Array) => writeFileSync(join(agent, 'knowledge', name), text);
  for (const [name, text] of Object.entries(files)) write(name, text);
  const data = join(processes.folder(), 'data');
  const env = { FRONTDESK_DATA: data, FRONTDESK_AGENT: agent, FRONTDESK_ENCODER: 'off' };
  return {
    agent,
    env,
    write,
    remove: (name: string) => rmSync(join(agent, 'knowledge', name)),
    ingest: (args: string[] = [], more: Environment = {}) =>
      processes.run(['ingest', ...args], { env: { ...env, ...more } }).ended,
    /** The same in this process, which is quicker. */
    async here(
      places: string[] = [],
      { remove = false, ...more }: { remove?: boolean; [variable: string]: unknown } = {},
    ) {
      const config = readConfig({ ...env, ...(more as Environment) });
      const options = { places, agentFolder: agent, watch: false, remove };
      return ingestHere(config, options, { show() {}, report() {} });
    },
    /** What is in the database: the text of each document by its id. */
    async served(): Promise<Record<string, string>> {
      const store = await openSqliteStore({ folder: data });
      const texts: Record<string, string> = {};
      for await (const { put } of store.knowledge.changes(AGENT, 0)) for (const { id, text } of put) texts[id] = text;
      await store.close();
      return texts;
    },
  };
}

const article = (title: string, text: string) => `# ${title}\n\n${text}\n`;

/** A site of these pages on loopback. */
async function site(pages: Record<string, string>) {
  const server = createServer((request, response) => {
    const page = pages[request.url ?? ''];
    if (page === undefined) return response.writeHead(404).end();
    const type = request.url?.endsWith('.xml') ? 'application/xml' : 'text/html; charset=utf-8';
    return response.writeHead(200, { 'Content-Type': type }).end(page);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => new Promise((resolve) => server.close(resolve)));
  return { pages, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const page = (title: string, text: string) =>
  `<html><head><title>${title}</title></head><body><main><h1>${title}</h1><p>${text}</p></main></body></html>`;

describe('frontdesk ingest', { timeout: 240_000 }, () => {
  test('takes what changed, lists what it cannot read, and says so with its exit code', async () => {
    const at = place({ 'a.md': article('A', 'Apples.'), 'b.txt': 'Bananas\n\nBananas are bent.\n' });
    const first = await at.ingest();
    expect([first.code, first.stderr]).toEqual([0, '']);
    expect(first.stdout).toMatch(/^agent: 2 found, 2 changed, 0 unchanged \(\d+\.\d s\)\n$/);
    at.write('a.md', article('A', 'Avocados.'));
    at.write('broken.pdf', 'no PDF at all');
    at.remove('b.txt');
    const second = await at.ingest(['--json']);
    expect(second.code).toBe(1);
    expect(JSON.parse(second.stdout)).toEqual({
      ...{ agent: AGENT, found: 3, changed: 1, unchanged: 0, removed: 1, failed: 1, problems: [], vectors: 0 },
      failures: [
        { source: 'folder', key: 'broken.pdf', code: expect.any(String), message: expect.any(String), serving: false },
      ],
      ms: expect.any(Number),
    });
    expect(await at.served()).toEqual({ 'a.md': '# A\n\nAvocados.\n' });
    at.remove('broken.pdf');
    at.write('a.md', new Uint8Array([0x41, 0xff, 0xfe, 0x00]));
    const third = await at.ingest();
    expect(third.code).toBe(1);
    expect(third.stderr).toMatch(/^ {2}a\.md: .*Its earlier version is still found\.$/m);
    expect(await at.served()).toEqual({ 'a.md': '# A\n\nAvocados.\n' });
  });

  test('says what is in the way where nothing can be done, with exit code 2', async () => {
    const at = place({ 'a.md': article('A', 'Apples.') });
    const said = async (args: string[]) => {
      const { code, stdout, stderr } = await at.ingest(args);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).not.toMatch(/\n\s+at /);
      return stderr;
    };
    expect(await said(['--agnet', 'x'])).toContain('has no option --agnet');
    await expect(at.here([join(at.agent, 'nothing.pdf')])).rejects.toThrow('There is no ');
    await expect(at.here(['/never/added'], { remove: true })).rejects.toThrow('was not added');
    at.write('sources.yaml', '- sitemap: nowhere\n');
    expect(await said([])).toMatch(/^ {2}knowledge\/sources\.yaml:1 {2}sitemap: expected an http or https address$/m);
  });

  test('takes files and folders from elsewhere, remembers them, and forgets them', async () => {
    const at = place({ 'a.md': article('A', 'Apples.') });
    const elsewhere = join(processes.folder(), 'handbook');
    mkdirSync(join(elsewhere, 'part'), { recursive: true });
    writeFileSync(join(elsewhere, 'part', 'one.md'), article('One', 'First.'));
    expect(await at.here([elsewhere])).toMatchObject({ changed: 1, failed: 0 });
    expect(Object.keys(await at.served())).toEqual(['handbook/part/one.md']);
    writeFileSync(join(elsewhere, 'two.md'), article('Two', 'Second.'));
    expect(await at.here()).toMatchObject({ changed: 2, unchanged: 1, failed: 0 });
    expect(Object.keys(await at.served()).sort()).toEqual(['a.md', 'handbook/part/one.md', 'handbook/two.md']);
    expect(await at.here([elsewhere], { remove: true })).toMatchObject({ removed: 2 });
    expect(Object.keys(await at.served())).toEqual(['a.md']);
  });

  test('reads the sites that the folder names, and forgets those that it does not name any more', async () => {
    const { url, pages } = await site({
      '/help': page('Help', 'We answer within a day.'),
      '/sitemap.xml': '',
      '/docs/one': page('One', 'The first page of the documents.'),
      '/docs/two': page('Two', 'The second page of the documents.'),
    });
    const map = (...paths: string[]) =>
      `<urlset>${paths.map((path) => `<url><loc>${url}${path}</loc></url>`).join('')}</urlset>`;
    pages['/sitemap.xml'] = map('/docs/one', '/docs/two');
    const at = place({});
    const help = `- url: ${url}/help\n  labels: { product: bike }\n`;
    at.write('sources.yaml', `${help}- name: Docs\n  sitemap: ${url}/sitemap.xml\n  language: en\n`);
    expect(await at.here()).toMatchObject({
      changed: 0,
      failures: [{ code: 'address_refused' }, { code: 'address_refused' }],
    });
    expect(await at.served()).toEqual({});
    const env = { FRONTDESK_FETCH_LOOPBACK: 'on' };
    expect(await at.here([], env)).toMatchObject({ changed: 3, failures: [] });
    expect(Object.keys(await at.served()).sort()).toEqual([`${url}/docs/one`, `${url}/docs/two`, `${url}/help`]);
    pages['/sitemap.xml'] = map('/docs/one');
    delete pages['/docs/two'];
    pages['/docs/one'] = page('One', 'The only page of the documents.');
    expect(await at.here([], env)).toMatchObject({ changed: 1, unchanged: 1, removed: 1 });
    expect((await at.served())[`${url}/docs/one`]).toContain('only page');
    at.write('sources.yaml', help);
    expect(await at.here([], env)).toMatchObject({ unchanged: 1, failures: [] });
    expect(Object.keys(await at.served())).toEqual([`${url}/help`]);
  });

  test('killed in the middle, the old version serves and the next run completes', async () => {
    const files = (word: string) => {
      const numbers = Array.from({ length: 400 }, (_, n) => n);
      return Object.fromEntries(numbers.map((n) => [`${n}.md`, article(`N${n}`, `The ${word} number is ${n}.`)]));
    };
    const at = place(files('first'));
    await at.here();
    for (const [name, text] of Object.entries(files('second'))) at.write(name, text);
    const run = processes.run(['ingest'], { env: at.env });
    // The first commit is under way.
    const log = join(at.env.FRONTDESK_DATA, 'frontdesk.db-wal');
    const size = () => statSync(log, { throwIfNoEntry: false })?.size ?? 0;
    await expect.poll(size, { interval: 1 }).toBeGreaterThan(0);
    run.signal('SIGKILL');
    expect((await run.ended).signal).toBe('SIGKILL');
    const after = Object.values(await at.served());
    expect(after).toHaveLength(400);
    for (const text of after) expect(text).toMatch(/^# N\d+\n\nThe (first|second) number is \d+\.\n$/);
    expect(await at.here()).toMatchObject({ found: 400, failed: 0 });
    expect(Object.values(await at.served()).every((text) => text.includes('second'))).toBe(true);
  });

  test('a running server is told by its address; without it the command says what to do', async () => {
    const at = place({ 'a.md': article('A', 'Apples.') });
    const server = await processes.start({ ...at.env, FRONTDESK_OPERATOR_TOKEN: TOKEN }, ['--watch']);
    const refused = await at.ingest();
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/in use by the process with pid \d+.*FRONTDESK_URL.*start --watch/);
    const env = { FRONTDESK_URL: server.url, FRONTDESK_OPERATOR_TOKEN: TOKEN };
    const state = async () => {
      const headers = { Authorization: `Bearer ${TOKEN}` };
      return (await fetch(`${server.url}/v1/operator/knowledge`, { headers })).json();
    };
    expect(await state()).toMatchObject({ passages: 1, last: null });
    at.write('b.md', article('B', 'Bananas.'));
    // Watched: nobody has to tell it.
    await expect.poll(async () => (await state()).passages).toBe(2);
    expect(await at.ingest([], env)).toMatchObject({ code: 0, stdout: expect.stringContaining('2 found, 0 changed') });
    const file = join(processes.folder(), 'faq.csv');
    writeFileSync(file, 'question,answer\nDo you lend tools?,"Yes, for a week."\n');
    const there = (places: string[], { remove = false } = {}, more: Environment = {}) => {
      const options = { places, agentFolder: at.agent, watch: false, remove };
      return ingestThere(readConfig({ ...env, ...more }), options, { show() {}, report() {} });
    };
    expect(await there([file])).toMatchObject({ changed: 1, failed: 0 });
    writeFileSync(file, 'PK\u0003\u0004');
    expect(await there([file])).toMatchObject({ failed: 1, failures: [{ code: 'unreadable_document' }] });
    expect(await there([file], { remove: true })).toMatchObject({ removed: 1 });
    await expect(there([], {}, { FRONTDESK_OPERATOR_TOKEN: 'another-token-of-tests' })).rejects.toThrow(
      'operator token',
    );
    expect((await server.stop()).code).toBe(0);
    expect(Object.keys(await at.served())).toEqual(['a.md', 'b.md']);
    await expect(there([])).rejects.toThrow('does not answer');
  });

  test('watches: a saved file is found', async () => {
    const at = place({ 'a.md': article('A', 'Apples.') });
    const run = processes.run(['ingest', '--watch'], { env: at.env });
    await run.printed(/1 changed/);
    at.write('b.md', article('B', 'Bananas.'));
    await run.printed(/2 found, 1 changed, 1 unchanged/);
    run.signal('SIGINT');
    expect((await run.ended).code).toBe(0);
    expect(Object.keys(await at.served())).toEqual(['a.md', 'b.md']);
  });
});
