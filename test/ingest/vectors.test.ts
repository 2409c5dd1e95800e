import { expect, test } from 'vitest';
import { makeVectors } from '../../src/ingest/make-vectors.ts';
import { withStoredVectors } from '../../src/knowledge/stored-vectors.ts';
import { textKey } from '../../src/knowledge/vectors.ts';
import type { Embedder } from '../../src/language/embedder.ts';
import { AGENT, article, openCorpus } from './corpus.ts';

/** An encoder by the letters of a text, and the texts that it was given. */
function letters(unit: 'sentence' | 'passage' = 'sentence') {
  const given: string[] = [];
  const embedder: Embedder = {
    id: `letters-${unit}`,
    unit,
    async embed(texts) {
      given.push(...texts);
      return texts.map((text) => Float32Array.of(text.length, text.charCodeAt(0)));
    },
  };
  return { embedder, given: () => given.splice(0).sort() };
}

const { signal } = new AbortController();

test('makes the vectors of what is new, once, and they go with their text', async () => {
  const corpus = await openCorpus({
    'a.md': article('A', 'Apples are red. Everyone likes fruit.'),
    'b.md': article('B', 'Bananas are bent. Everyone likes fruit.'),
  });
  await corpus.sync();
  const { embedder, given } = letters();
  const parts = { store: corpus.knowledge, agent: AGENT, embedder };
  expect(await makeVectors(parts, { signal })).toBe(5);
  expect(given()).toEqual(['A', 'Apples are red.', 'B', 'Bananas are bent.', 'Everyone likes fruit.']);
  expect(await makeVectors(parts, { signal })).toBe(0);
  corpus.write('a.md', article('A', 'Apples are green. Everyone likes fruit.'));
  await corpus.sync();
  expect(await makeVectors(parts, { signal })).toBe(1);
  expect(given()).toEqual(['Apples are green.']);
  const stored = async (text: string) => (await corpus.knowledge.vectors.read(embedder.id, [textKey(text)])).size;
  expect(await stored('Apples are red.')).toBe(0);
  expect(await stored('Everyone likes fruit.')).toBe(1);
});

test('an encoder of passages gets a passage whole', async () => {
  const corpus = await openCorpus({ 'a.md': article('A', '## Colour\n\nApples are red. All of them.') });
  await corpus.sync();
  const { embedder, given } = letters('passage');
  expect(await makeVectors({ store: corpus.knowledge, agent: AGENT, embedder }, { signal })).toBe(1);
  expect(given()).toEqual(['A – Colour\nApples are red. All of them.']);
});

test('what was made before the encoder failed is kept', async () => {
  const texts = Array.from({ length: 40 }, (_, n) => `Sentence number ${n} of the article.`);
  const corpus = await openCorpus({ 'a.md': article('A', texts.join(' ')) });
  await corpus.sync();
  const { embedder, given } = letters();
  let calls = 0;
  const failing: Embedder = {
    ...embedder,
    embed: (some) => (++calls > 2 ? Promise.reject(new Error('gone')) : embedder.embed(some)),
  };
  const parts = { store: corpus.knowledge, agent: AGENT };
  await expect(makeVectors({ ...parts, embedder: failing }, { signal })).rejects.toThrow('gone');
  const before = given().length;
  expect(before).toBeGreaterThan(0);
  await makeVectors({ ...parts, embedder }, { signal });
  expect(given().length + before).toBe(41);
});

test('an encoder with a store behind it reads only what the store does not have', async () => {
  const corpus = await openCorpus({ 'a.md': article('A', 'Apples are red.') });
  await corpus.sync();
  const { embedder, given } = letters();
  await makeVectors({ store: corpus.knowledge, agent: AGENT, embedder }, { signal });
  given();
  const stored = withStoredVectors(embedder, corpus.knowledge.vectors);
  const texts = ['Apples are red.', 'new', 'A', 'new'];
  expect(await stored.embed(texts, 'document')).toEqual(await embedder.embed(texts));
  given();
  await stored.embed(texts, 'document');
  expect(given()).toEqual([]);
  await stored.embed(['A'], 'query');
  expect(given()).toEqual(['A']);
  const down = withStoredVectors(embedder, { ...corpus.knowledge.vectors, read: () => Promise.reject(new Error('x')) });
  expect(await down.embed(['A'], 'document')).toEqual([Float32Array.of(1, 65)]);
});

test('an encoder that does not answer is not waited for once nobody wants it', async () => {
  const corpus = await openCorpus({ 'a.md': article('A', 'Apples are red.') });
  await corpus.sync();
  const silent: Embedder = { id: 'silent', embed: () => new Promise(() => {}) };
  const closing = new AbortController();
  const parts = { store: corpus.knowledge, agent: AGENT, embedder: silent };
  const making = makeVectors(parts, { signal: closing.signal });
  setTimeout(() => closing.abort(new Error('closed')), 20);
  await expect(making).rejects.toThrow('closed');
});
