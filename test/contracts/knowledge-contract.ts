import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { SourceDocument } from '../../src/knowledge/documents.ts';
import type { ItemChange, ItemState, KnowledgeStore, NewDocument } from '../../src/knowledge/store.ts';
import { textKey } from '../../src/knowledge/vectors.ts';
import { type It, type TestStore, upTo } from './store-helpers.ts';

/** How an item stands that was read without trouble. */
export function stateOf(hash: string, more: Partial<ItemState> = {}): ItemState {
  return { hash, stamp: null, etag: null, lastModified: null, problem: null, checkedAt: 1, ...more };
}

/** A document whose lines are its sentences. */
export function documentOf(id: string, text: string, more: Partial<SourceDocument> = {}): NewDocument {
  const document = { id, title: id, url: null, text, language: null, labels: {}, ...more };
  return { document, texts: { sentence: text.split('\n').map(textKey), passage: [textKey(`${id}:${text}`)] } };
}

function put(key: string, documents: NewDocument[], seen: number | null = null): ItemChange {
  return { source: 'folder', key, seen, state: stateOf(JSON.stringify(documents)), documents };
}

/** What a node that begins with nothing has in the end. */
async function loaded({ knowledge }: Pick<TestStore, 'knowledge'>, agent: string, after = 0) {
  const documents = new Map<string, string>();
  const removed: string[] = [];
  let version = after;
  for await (const change of knowledge.changes(agent, after)) {
    expect(change.version).toBeGreaterThanOrEqual(version);
    version = change.version;
    removed.push(...change.removed);
    for (const { id, text } of change.put) documents.set(id, text);
  }
  return { version, documents: Object.fromEntries(documents), removed: removed.sort() };
}

async function revisionOf(knowledge: KnowledgeStore, agent: string, key: string): Promise<number> {
  const item = await knowledge.item(agent, { source: 'folder', key });
  if (!item) throw new Error(`no item ${key}`);
  return item.revision;
}

/** The contract of `KnowledgeStore`. */
export function knowledgeContract(it: It): void {
  changeContract(it);
  itemContract(it);
  vectorContract(it);
}

function changeContract(it: It): void {
  it('an unknown agent has nothing', async (store) => {
    const agent = randomUUID();
    expect(await store.knowledge.version(agent)).toBe(0);
    expect(await loaded(store, agent)).toEqual({ version: 0, documents: {}, removed: [] });
    expect(await store.knowledge.items(agent, 'folder')).toEqual([]);
    expect(await store.knowledge.totals(agent)).toEqual([]);
    expect(await store.knowledge.document(agent, 'a')).toBeNull();
  });

  it('counts a version a commit, and gives only what came after one', async (store) => {
    const agent = randomUUID();
    const { knowledge } = store;
    const first = [put('a.md', [documentOf('a.md', 'one')]), put('b.md', [documentOf('b.md', 'two')])];
    expect(await knowledge.commit(agent, first)).toEqual(['changed', 'changed']);
    expect(await loaded(store, agent)).toEqual({
      version: 1,
      documents: { 'a.md': 'one', 'b.md': 'two' },
      removed: [],
    });
    const seen = await revisionOf(knowledge, agent, 'a.md');
    expect(await knowledge.commit(agent, [put('a.md', [documentOf('a.md', 'three')], seen)])).toEqual(['changed']);
    expect(await loaded(store, agent, 1)).toEqual({ version: 2, documents: { 'a.md': 'three' }, removed: [] });
    expect(await loaded(store, agent, 2)).toEqual({ version: 2, documents: {}, removed: [] });
    expect(await knowledge.version(randomUUID())).toBe(0);
  });

  it('keeps every field of a document', async ({ knowledge }) => {
    const agent = randomUUID();
    const more = { url: 'https://a.example/x', language: 'pt-BR', labels: { product: 'bike', audience: 'all' } };
    const one = documentOf('x', 'NUL \0, half \ud800, \\u0000 and 文字', more);
    expect(await knowledge.commit(agent, [put('x', [one])])).toEqual(['changed']);
    expect(await knowledge.document(agent, 'x')).toEqual(one.document);
  });

  it('a document that is the same makes no new version', async ({ knowledge }) => {
    const agent = randomUUID();
    const labels = { a: '1', b: '2' };
    await knowledge.commit(agent, [put('a', [documentOf('a', 'one', { labels })])]);
    const seen = await revisionOf(knowledge, agent, 'a');
    const again = put('a', [documentOf('a', 'one', { labels: { b: '2', a: '1' } })], seen);
    expect(await knowledge.commit(agent, [again])).toEqual(['same']);
    expect(await knowledge.version(agent)).toBe(1);
    expect(await revisionOf(knowledge, agent, 'a')).toBeGreaterThan(seen);
  });

  it('an item takes its documents with it, and a piece of it likewise', async (store) => {
    const agent = randomUUID();
    const { knowledge } = store;
    const pairs = upTo(3).map((n) => documentOf(`faq#${n}`, `answer ${n}`));
    await knowledge.commit(agent, [put('faq', pairs), put('other', [documentOf('other', 'stays')])]);
    const fewer = put('faq', pairs.slice(0, 2), await revisionOf(knowledge, agent, 'faq'));
    expect(await knowledge.commit(agent, [fewer])).toEqual(['changed']);
    expect(await loaded(store, agent, 1)).toEqual({ version: 2, documents: {}, removed: ['faq#3'] });
    const seen = await revisionOf(knowledge, agent, 'faq');
    expect(await knowledge.commit(agent, [{ source: 'folder', key: 'faq', seen, remove: true }])).toEqual(['changed']);
    const { removed } = await loaded(store, agent, 2);
    expect(removed).toEqual(['faq#1', 'faq#2']);
    expect((await loaded(store, agent)).documents).toEqual({ other: 'stays' });
    await knowledge.commit(agent, [put('faq', pairs)]);
    expect((await loaded(store, agent, 3)).removed).toEqual([]);
  });

  it('many documents come in pieces, all of them', async (store) => {
    const agent = randomUUID();
    const many = upTo(70).map((n) => documentOf(`d${n}`, `text ${n}`));
    await store.knowledge.commit(agent, [put('one', many)]);
    await store.knowledge.commit(
      agent,
      upTo(80).map((n) => put(`i${n}`, [documentOf(`e${n}`, 'same')])),
    );
    const all = await loaded(store, agent);
    expect(all.version).toBe(2);
    expect(Object.keys(all.documents)).toHaveLength(150);
    expect(Object.keys((await loaded(store, agent, 1)).documents)).toHaveLength(80);
  });

  it('calls back after a commit, and not once nobody listens', async ({ knowledge }) => {
    const agent = randomUUID();
    let rung = 0;
    const stop = knowledge.onChange(() => {
      rung += 1;
    });
    await knowledge.commit(agent, [put('a', [documentOf('a', 'one')])]);
    expect(rung).toBeGreaterThan(0);
    stop();
  });
}

function itemContract(it: It): void {
  it('keeps how an item stands, and its documents while it cannot be read', async (store) => {
    const agent = randomUUID();
    const { knowledge } = store;
    const state = stateOf('h', { stamp: '12:34', etag: '"x"', lastModified: 'Thu, 01 Jan 1970 00:00:00 GMT' });
    await knowledge.commit(agent, [
      { source: 'web', key: 'k', seen: null, state, documents: [documentOf('d', 'one')] },
    ]);
    const [item] = await knowledge.items(agent, 'web');
    expect(item).toEqual({ ...state, source: 'web', key: 'k', documents: 1, revision: expect.any(Number) });
    const problem = { code: 'unreadable', message: 'It is broken.' };
    const broken = { source: 'web', key: 'k', seen: item?.revision ?? null, state: { ...state, problem } };
    expect(await knowledge.commit(agent, [broken])).toEqual(['same']);
    expect((await knowledge.items(agent, 'web'))[0]).toMatchObject({ problem, documents: 1, hash: 'h' });
    expect((await loaded(store, agent)).documents).toEqual({ d: 'one' });
    expect(await knowledge.items(agent, 'folder')).toEqual([]);
    await knowledge.commit(agent, [put('pairs', [documentOf('p1', 'x'), documentOf('p2', 'y')])]);
    expect(await knowledge.totals(agent)).toEqual([
      { source: 'folder', items: 1, documents: 2, failed: 0 },
      { source: 'web', items: 1, documents: 1, failed: 1 },
    ]);
    const [first] = await knowledge.list(agent, { limit: 1 });
    expect(first).toMatchObject({ source: 'folder', key: 'pairs' });
    expect(await knowledge.list(agent, { after: first, limit: 5 })).toMatchObject([{ source: 'web', key: 'k' }]);
  });

  it('refuses a change by somebody who has not seen the newest', async (store) => {
    const agent = randomUUID();
    const { knowledge } = store;
    expect(await knowledge.commit(agent, [put('a', [documentOf('a', 'one')], 7)])).toEqual(['refused']);
    const tries = await Promise.all(
      upTo(4).map((n) => knowledge.commit(agent, [put('a', [documentOf('a', `by ${n}`)])])),
    );
    expect(tries.flat().sort()).toEqual(['changed', 'refused', 'refused', 'refused']);
    const seen = await revisionOf(knowledge, agent, 'a');
    await knowledge.commit(agent, [put('a', [documentOf('a', 'newer')], seen)]);
    const late = [
      put('a', [documentOf('a', 'older')], seen),
      { source: 'folder', key: 'a', seen, remove: true } as const,
    ];
    expect(await knowledge.commit(agent, late)).toEqual(['refused', 'refused']);
    expect((await loaded(store, agent)).documents).toEqual({ a: 'newer' });
  });

  it("does not take another item's document", async (store) => {
    const agent = randomUUID();
    const { knowledge } = store;
    await knowledge.commit(agent, [put('a', [documentOf('a', 'one')])]);
    const both = put('b', [documentOf('fresh', 'x'), documentOf('a', 'stolen')]);
    expect(await knowledge.commit(agent, [both])).toEqual(['taken']);
    const twice = put('c', [documentOf('same', 'x'), documentOf('same', 'y')]);
    expect(await knowledge.commit(agent, [twice])).toEqual(['taken']);
    expect(await loaded(store, agent)).toEqual({ version: 1, documents: { a: 'one' }, removed: [] });
    expect((await knowledge.items(agent, 'folder')).map(({ key }) => key)).toEqual(['a']);
  });

  it('takes summaries of what is still the same, and keeps them while the document changes', async (store) => {
    const agent = randomUUID();
    const { knowledge } = store;
    const [a, b] = [documentOf('a', 'one'), documentOf('b', 'two')];
    await knowledge.commit(agent, [put('a', [a]), put('b', [b])]);
    const about = (document: NewDocument, summaries: Record<string, string>): NewDocument => {
      return { ...document, document: { ...document.document, summaries } };
    };
    const stale = about(documentOf('b', 'as it was before'), { k: 'of another text' });
    const work = [about(a, { k2: 'second', k1: 'first' }), stale, about(documentOf('gone', 'x'), { k: 'y' })];
    expect(await knowledge.summarise(agent, work)).toBe(1);
    expect(await knowledge.document(agent, 'a')).toMatchObject({ summaries: { k1: 'first', k2: 'second' } });
    expect((await knowledge.document(agent, 'b'))?.summaries).toBeUndefined();
    expect(await knowledge.summarise(agent, work)).toBe(0);
    expect(await loaded(store, agent, 1)).toEqual({ version: 2, documents: { a: 'one' }, removed: [] });
    const again = put('a', [a], await revisionOf(knowledge, agent, 'a'));
    expect(await knowledge.commit(agent, [again])).toEqual(['same']);
    const longer = put('a', [documentOf('a', 'one\nmore')], await revisionOf(knowledge, agent, 'a'));
    expect(await knowledge.commit(agent, [longer])).toEqual(['changed']);
    expect(await knowledge.document(agent, 'a')).toMatchObject({ text: 'one\nmore', summaries: { k1: 'first' } });
  });

  it('forgets a source with all that it gave', async (store) => {
    const agent = randomUUID();
    const { knowledge } = store;
    const site = { id: 'web:site', kind: 'web', spec: '{"url":"https://a.example"}' };
    await knowledge.putSource(agent, { ...site, spec: '{}' });
    await knowledge.putSource(agent, site);
    expect(await knowledge.sources(agent)).toEqual([site]);
    const page = { source: site.id, key: 'p', seen: null, state: stateOf('h'), documents: [documentOf('p', 'page')] };
    await knowledge.commit(agent, [page, put('a', [documentOf('a', 'one')])]);
    await knowledge.removeSource(agent, site.id);
    expect(await knowledge.sources(agent)).toEqual([]);
    expect((await knowledge.items(agent, 'folder')).map(({ key }) => key)).toEqual(['a']);
    expect(await loaded(store, agent, 1)).toEqual({ version: 2, documents: {}, removed: ['p'] });
  });
}

function vectorContract(it: It): void {
  const vector = (n: number) => Float32Array.of(n, -n / 3, 1e-7);

  it('a vector is kept by text and encoder until the last document with the text is gone', async ({ knowledge }) => {
    const agent = randomUUID();
    const [shared, own] = [randomUUID(), randomUUID()];
    const [encoder, other] = [randomUUID(), randomUUID()];
    const a = documentOf('a', `${shared}\n${own}`);
    await knowledge.commit(agent, [put('a', [a]), put('b', [documentOf('b', shared)])]);
    const keys = [shared, own].map(textKey);
    const of = { agent, unit: 'sentence', after: '', limit: 10 } as const;
    expect([await knowledge.size(agent), await knowledge.size(randomUUID())]).toEqual([2, 0]);
    expect(await knowledge.vectors.missing(encoder, of)).toEqual({ documents: ['a', 'b'], next: null });
    await knowledge.vectors.write(encoder, new Map([[keys[0] ?? '', vector(1)]]));
    expect(await knowledge.vectors.missing(encoder, of)).toEqual({ documents: ['a'], next: null });
    expect(await knowledge.vectors.missing(encoder, { ...of, unit: 'passage', limit: 1 })).toEqual({
      documents: ['a'],
      next: 'a',
    });
    expect(await knowledge.vectors.missing(encoder, { ...of, unit: 'passage', after: 'a' })).toEqual({
      documents: ['b'],
      next: null,
    });
    await knowledge.vectors.write(encoder, new Map(keys.map((key, n) => [key, vector(n + 2)])));
    await knowledge.vectors.write(other, new Map([[keys[1] ?? '', vector(9)]]));
    expect(await knowledge.vectors.missing(encoder, of)).toEqual({ documents: [], next: null });
    expect(await knowledge.vectors.read(encoder, [...keys, 'unknown'])).toEqual(
      new Map(keys.map((key, n) => [key, vector(n + 2)])),
    );
    const seen = await revisionOf(knowledge, agent, 'a');
    await knowledge.commit(agent, [put('a', [documentOf('a', 'quite different')], seen)]);
    expect([...(await knowledge.vectors.read(encoder, keys)).keys()]).toEqual([keys[0]]);
    expect((await knowledge.vectors.read(other, keys)).size).toBe(0);
    const last = await revisionOf(knowledge, agent, 'b');
    await knowledge.commit(agent, [{ source: 'folder', key: 'b', seen: last, remove: true }]);
    expect((await knowledge.vectors.read(encoder, keys)).size).toBe(0);
  });

  it('many vectors are written and read', async ({ knowledge }) => {
    const encoder = randomUUID();
    const vectors = new Map(upTo(150).map((n) => [textKey(`${encoder} ${n}`), vector(n)]));
    await Promise.all([knowledge.vectors.write(encoder, vectors), knowledge.vectors.write(encoder, vectors)]);
    expect(await knowledge.vectors.read(encoder, [...vectors.keys()])).toEqual(vectors);
  });
}
