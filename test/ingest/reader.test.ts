import {
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createReader, loadFile, type Reader } from '../../src/ingest/reader.ts';
import { docxParagraph, docxWith, pdfWith } from './hostile-files.ts';

const MB = 1024 * 1024;
const fixture = (name: string) => readFileSync(new URL(`../fixtures/documents/${name}`, import.meta.url));
const text = (content: string) => new TextEncoder().encode(content);
const nested = (tags: string, depth: number) =>
  tags.repeat(depth) +
  docxParagraph('x') +
  tags
    .split('<')
    .reverse()
    .map((tag) => (tag === '' ? '' : `</${tag}`))
    .join('')
    .repeat(depth);
const good = { name: 'good.md', bytes: text('# Good\n\nText.\n') };
const readGood = { documents: [{ id: 'good.md', title: 'Good', url: null, text: '# Good\n\nText.\n' }] };

describe('a process reads files', () => {
  let reader: Reader;
  beforeAll(() => {
    reader = createReader({ workers: 2, bounds: { timeMs: 20_000, memoryBytes: 200 * MB } });
  });
  afterAll(() => reader.close());

  it('several at a time, each answered with its own', async () => {
    const names = ['manual.docx', 'manual.pdf', 'faq-plain.csv', 'docs-site.html'];
    const results = await Promise.all(names.map((name) => reader.read({ name, bytes: fixture(name) })));
    expect(results.map((result) => 'documents' in result && result.documents[0]?.title)).toEqual([
      'Harbor 3 manual',
      'Harbor 3 manual',
      'Can I change my name?',
      'Webhooks',
    ]);
  });

  it.each([
    ['a PDF that unpacks to 300 MB', 'out_of_memory', { name: 'a.pdf', bytes: pdfWith(Buffer.alloc(300 * MB)) }],
    ['a page of 300,000 paragraphs', 'out_of_memory', { name: 'a.html', bytes: text('<p><b>x</b>.'.repeat(300_000)) }],
    ['tables in tables', 'unreadable', { name: 'a.docx', bytes: docxWith(nested('<w:tbl><w:tr><w:tc>', 9000)) }],
  ])('%s costs itself only', async (_, code, file) => {
    const results = await Promise.all([reader.read(file), reader.read(good), reader.read(good)]);
    expect(results).toEqual([{ problem: { code, message: expect.stringMatching(/: .+\.$/) } }, readGood, readGood]);
    expect(await reader.read(good)).toEqual(readGood);
  });

  it('and so does what would take for ever', async () => {
    const hasty = createReader({ bounds: { timeMs: 500 } });
    await hasty.read(good);
    const endless = hasty.read({ name: 'a.html', bytes: text('<div>'.repeat(400_000)) });
    expect(await hasty.read(good)).toEqual(readGood);
    expect(await endless).toMatchObject({ problem: { code: 'took_too_long' } });
    await hasty.close();
  });

  it.runIf(process.platform === 'linux')('has nothing of the environment, and may not write files', async () => {
    await reader.read(good);
    const commands = readdirSync('/proc').flatMap((pid) => {
      if (!/^\d+$/.test(pid)) return [];
      try {
        const parent = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1];
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        if (Number(parent) !== process.pid || !command.includes('reader-process')) return [];
        return [{ command, environment: readFileSync(`/proc/${pid}/environ`, 'utf8') }];
      } catch {
        return [];
      }
    });
    expect(commands).not.toEqual([]);
    for (const { command, environment } of commands) {
      expect(command).toContain('--permission\0');
      expect(command).not.toContain('--allow-fs-write');
      expect(environment.replace(/NODE_CHANNEL_\w+=\w+\0/g, '')).toBe('');
    }
  });
});

it('a reader that is closed says so', async () => {
  const reader = createReader();
  const waiting = [reader.read(good), reader.read(good)];
  await reader.close();
  const closed = { problem: { code: 'interrupted', message: expect.any(String) } };
  expect(await Promise.all([...waiting, reader.read(good)])).toEqual([closed, closed, closed]);
});

describe('a file is loaded', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'frontdesk-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('with its bytes', async () => {
    const path = join(folder, 'a.md');
    writeFileSync(path, 'Text.');
    expect(await loadFile(path)).toEqual({ bytes: Buffer.from('Text.') });
  });

  it('unless its size says no: 200 MB are not read', async () => {
    const path = join(folder, 'large.pdf');
    closeSync(openSync(path, 'w'));
    truncateSync(path, 200 * MB);
    const before = process.memoryUsage.rss();
    expect(await loadFile(path)).toEqual({
      problem: { code: 'too_large', message: 'The file has 200 MB, and at most 50 MB are read: split it.' },
    });
    expect(process.memoryUsage.rss() - before).toBeLessThan(50 * MB);
  });

  it('or it is none', async () => {
    expect(await loadFile(folder)).toMatchObject({ problem: { code: 'unreadable' } });
    expect(await loadFile(join(folder, 'missing.md'))).toMatchObject({ problem: { code: 'unreadable' } });
  });
});
