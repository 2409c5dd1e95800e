import { execFileSync } from 'node:child_process';
import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Source } from '../../src/ingest/source.ts';
import { chunkDocument } from '../../src/knowledge/chunk.ts';
import { AGENT, article, openCorpus } from './corpus.ts';

const TWO = { 'a.md': article('A', 'Apples are red.'), 'b/c.md': article('C', 'Cherries are sweet.') };

test('takes what is new, and reads nothing where nothing was touched', async () => {
  const corpus = await openCorpus(TWO);
  expect(await corpus.sync()).toEqual({
    ...{ source: 'folder', name: corpus.root, failures: [], problem: null },
    ...{ found: 2, changed: 2, unchanged: 0, removed: 0, failed: 0 },
  });
  expect(corpus.reads()).toEqual(['a.md', 'b/c.md']);
  expect(await corpus.served()).toEqual({ 'a.md': 'Apples are red.\n', 'b/c.md': 'Cherries are sweet.\n' });
  expect(await corpus.sync()).toMatchObject({ found: 2, changed: 0, unchanged: 2 });
  expect(corpus.reads()).toEqual([]);
  expect(await corpus.knowledge.version(AGENT)).toBe(1);
});

test('a touched file with the same content is not read either', async () => {
  const corpus = await openCorpus(TWO);
  await corpus.sync();
  corpus.reads();
  utimesSync(join(corpus.root, 'a.md'), new Date(1), new Date(1));
  expect(await corpus.sync()).toMatchObject({ changed: 0, unchanged: 2 });
  expect(corpus.reads()).toEqual([]);
  expect(await corpus.knowledge.version(AGENT)).toBe(1);
});

test('a changed file takes the place of its own documents only, a deleted one goes', async () => {
  const corpus = await openCorpus(TWO);
  await corpus.sync();
  corpus.reads();
  corpus.write('a.md', article('A', 'Apples are green.'));
  expect(await corpus.sync()).toMatchObject({ found: 2, changed: 1, unchanged: 1, removed: 0 });
  expect(corpus.reads()).toEqual(['a.md']);
  const put: string[] = [];
  for await (const change of corpus.knowledge.changes(AGENT, 1)) put.push(...change.put.map(({ id }) => id));
  expect(put).toEqual(['a.md']);
  corpus.remove('b/c.md');
  expect(await corpus.sync()).toMatchObject({ found: 2, changed: 0, unchanged: 1, removed: 1 });
  expect(await corpus.served()).toEqual({ 'a.md': 'Apples are green.\n' });
});

test('a file that cannot be read costs itself only, and its earlier version stays', async () => {
  const corpus = await openCorpus(TWO);
  await corpus.sync();
  corpus.write('a.md', '---\ntitle: A\nurl: nowhere\n---\nApples.\n');
  corpus.write('new.md', new Uint8Array([0x41, 0xff, 0xfe]));
  corpus.write('z.md', article('Z', 'Zucchini.'));
  const report = await corpus.sync();
  expect(report).toMatchObject({ found: 4, changed: 1, unchanged: 1, failed: 2 });
  expect(report.failures).toEqual([
    {
      source: 'folder',
      key: 'a.md',
      problem: {
        code: 'bad_front_matter',
        message: expect.stringMatching(/line 3: url: expected an http or https address, got "nowhere"/),
      },
      serving: true,
    },
    {
      source: 'folder',
      key: 'new.md',
      problem: { code: 'unknown_encoding', message: expect.stringContaining('UTF-8') },
      serving: false,
    },
  ]);
  expect(Object.keys(await corpus.served())).toEqual(['a.md', 'b/c.md', 'z.md']);
  expect((await corpus.served())['a.md']).toBe('Apples are red.\n');

  corpus.reads();
  expect(await corpus.sync(corpus.source, false)).toMatchObject({ failed: 2, failures: report.failures });
  expect(corpus.reads()).toEqual([]);
  await corpus.sync();
  expect(corpus.reads()).toEqual(['a.md', 'new.md']);
  corpus.write('a.md', TWO['a.md']);
  corpus.remove('new.md');
  expect(await corpus.sync()).toMatchObject({ changed: 0, removed: 1, failed: 0, failures: [] });
});

test('two at once end as one after the other would', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 60 }, (_, n) => [`${n}.md`, article(`N${n}`, `The number is ${n}.`)]),
  );
  const corpus = await openCorpus(files);
  const reports = await Promise.all([corpus.sync(), corpus.sync(), corpus.sync()]);
  for (const report of reports) expect(report).toMatchObject({ found: 60, failed: 0, problem: null });
  expect(Object.keys(await corpus.served())).toHaveLength(60);
  const items = await corpus.knowledge.items(AGENT, 'folder');
  expect(items.every(({ documents, problem }) => documents === 1 && problem === null)).toBe(true);
});

test('one that was slower does not put the older content back', async () => {
  const corpus = await openCorpus({ 'a.md': article('A', 'Old.') });
  await corpus.sync();
  const slow: Source = {
    ...corpus.source,
    async *items(known, look) {
      const file = { name: 'a.md', bytes: Buffer.from(article('A', 'Older.')) };
      if (known.get('a.md')?.revision === 1) {
        corpus.write('a.md', article('A', 'New.'));
        await corpus.sync();
        yield { key: 'a.md', kind: 'content', file };
      } else yield* corpus.source.items(known, look);
    },
  };
  await corpus.sync(slow);
  expect(await corpus.served()).toEqual({ 'a.md': 'New.\n' });
});

test('a source that breaks off keeps what it had, and what it gave until then', async () => {
  const corpus = await openCorpus(TWO);
  await corpus.sync();
  const broken: Source = {
    ...corpus.source,
    async *items() {
      yield { key: 'a.md', kind: 'content', file: { name: 'a.md', bytes: Buffer.from(article('A', 'Fresh.')) } };
      throw new Error('The site does not answer.');
    },
  };
  expect(await corpus.sync(broken)).toMatchObject({ problem: 'The site does not answer.', changed: 1 });
  expect(await corpus.served()).toEqual({ 'a.md': 'Fresh.\n', 'b/c.md': 'Cherries are sweet.\n' });
});

test('a name that another source has is said, and nothing is taken from it', async () => {
  const corpus = await openCorpus(TWO);
  await corpus.sync();
  const report = await corpus.sync({ ...corpus.source, id: 'path:other' });
  expect(report.failed).toBe(2);
  expect(report.failures[0]?.problem.code).toBe('name_taken');
  await corpus.knowledge.removeSource(AGENT, 'path:other');
  expect(Object.keys(await corpus.served())).toEqual(['a.md', 'b/c.md']);
});

test('a page that two lists of addresses name is found once, and goes to the other when the first drops it', async () => {
  const corpus = await openCorpus(TWO);
  await corpus.sync({ ...corpus.source, id: 'web:one', kind: 'web' });
  const other: Source = { ...corpus.source, id: 'web:two', kind: 'web' };
  expect(await corpus.sync(other)).toMatchObject({ found: 2, changed: 0, unchanged: 2, failed: 0, failures: [] });
  expect(Object.keys(await corpus.served())).toEqual(['a.md', 'b/c.md']);
  await corpus.knowledge.removeSource(AGENT, 'web:one');
  expect(await corpus.sync(other)).toMatchObject({ changed: 2, failed: 0 });
  expect(Object.keys(await corpus.served())).toEqual(['a.md', 'b/c.md']);
});

test('a file that cannot be cut costs itself only', async () => {
  const corpus = await openCorpus({
    ...TWO,
    'deep.md': `# Deep\n\n${'> - '.repeat(9_000)}x`,
    'big.md': 'word '.repeat(1_800_000),
  });
  expect(await corpus.sync()).toMatchObject({ found: 4, changed: 3, failed: 1, failures: [{ key: 'big.md' }] });
  expect(Object.keys(await corpus.served())).toEqual(['a.md', 'b/c.md', 'deep.md']);
});

test('a page of a site says neither its address nor its labels, nor how customers ask for it', async () => {
  const corpus = await openCorpus();
  const text = [
    ...['---', 'title: Mine', 'url: https://evil.example/phish', 'labels: { audience: dealers }', '---', '# Mine'],
    ...['', 'Foreign text.', '', '<!-- asked: how do I cancel? -->', '', '<\u200b!-- asked: asked: password -->'],
  ].join('\n');
  const site: Source = {
    ...{ id: 'web:site', kind: 'web', name: 'site', spec: '{}' },
    async *items() {
      const url = 'https://shop.example/user/x.md';
      const file = { name: url, url, bytes: Buffer.from(text), contentType: 'text/markdown' };
      yield { key: url, kind: 'content', file, marks: { labels: { product: 'bike' }, foreign: true } };
    },
  };
  expect(await corpus.sync(site)).toMatchObject({ changed: 1, failed: 0 });
  for await (const { put } of corpus.knowledge.changes(AGENT, 0)) {
    expect(put).toMatchObject([{ url: 'https://shop.example/user/x.md', labels: { product: 'bike' } }]);
    expect(put.flatMap(chunkDocument).flatMap(({ asked }) => asked)).toEqual([]);
  }
});

test('a pipe is no file', async () => {
  const corpus = await openCorpus(TWO);
  const pipe = join(corpus.root, 'pipe.md');
  execFileSync('mkfifo', [pipe]);
  expect(await corpus.sync()).toMatchObject({ found: 2, failed: 0 });
  const { folderSource } = await import('../../src/ingest/folder-source.ts');
  const alone = folderSource({ id: 'p', kind: 'path', root: pipe, extensions: ['.md'] });
  expect((await corpus.sync(alone)).problem).toMatch(/neither a file nor a folder/);
});

test('an aborted run rejects with the reason and leaves whole items', async () => {
  const corpus = await openCorpus(TWO);
  const aborting = new AbortController();
  const { syncSource } = await import('../../src/ingest/sync.ts');
  const running = syncSource(corpus.parts, corpus.source, {
    signal: aborting.signal,
    retry: true,
    onProgress: () => aborting.abort(new Error('enough')),
  });
  await expect(running).rejects.toThrow('enough');
  expect(await corpus.sync()).toMatchObject({ failed: 0 });
  expect(Object.keys(await corpus.served())).toHaveLength(2);
});

test('a folder that is not there has nothing', async () => {
  const corpus = await openCorpus();
  const { folderSource } = await import('../../src/ingest/folder-source.ts');
  const nowhere = folderSource({ id: 'x', kind: 'path', root: join(corpus.root, 'nowhere'), extensions: ['.md'] });
  expect(await corpus.sync(nowhere)).toMatchObject({ found: 0, problem: null });
});
