import { expect, onTestFinished, test } from 'vitest';
import { summaryUpkeep } from '../../src/ingest/summary-upkeep.ts';
import { chunkDocument } from '../../src/knowledge/chunk.ts';
import type { SourceDocument } from '../../src/knowledge/documents.ts';
import { passageKey, type Summariser } from '../../src/knowledge/summaries.ts';
import { AGENT, article, openCorpus } from './corpus.ts';

/** Writes of each passage which document it is from, and remembers what it was asked to write. */
function scribe() {
  const asked: string[] = [];
  const known = new Map<string, string>();
  const withKnown = (document: SourceDocument): SourceDocument => {
    const keys = chunkDocument(document).map(({ sentences }) => passageKey(sentences));
    const own = keys.flatMap((key) => (known.has(key) ? [[key, known.get(key) ?? ''] as const] : []));
    return own.length > 0 ? { ...document, summaries: Object.fromEntries(own) } : document;
  };
  const summariser: Summariser = {
    known: async (documents) => documents.map(withKnown),
    async summarise(documents) {
      for (const document of documents) {
        for (const { sentences } of chunkDocument(document)) {
          const key = passageKey(sentences);
          if (known.has(key)) continue;
          asked.push(document.id);
          known.set(key, `This stands in the article on ${document.title}.`);
        }
      }
      return documents.map(withKnown);
    },
  };
  return { summariser, asked: () => asked.splice(0) };
}

test('what is new gets summaries, once, and they are in the store for every node', async () => {
  const corpus = await openCorpus({ 'a.md': article('Apples', 'Red.'), 'b.md': article('Pears', 'Green.') });
  await corpus.sync();
  const { summariser, asked } = scribe();
  const closing = new AbortController();
  const { signal } = closing;
  const trouble: unknown[] = [];
  const onTrouble = (error: unknown) => trouble.push(error);
  const upkeep = summaryUpkeep({ store: corpus.knowledge, agent: AGENT, summariser, onTrouble }, signal);
  const stop = corpus.knowledge.onChange(upkeep.wake);
  onTestFinished(async () => {
    stop();
    closing.abort();
    await upkeep.ended();
  });
  upkeep.begin();
  const summariesOf = async (id: string) => {
    return Object.values((await corpus.knowledge.document(AGENT, id))?.summaries ?? {});
  };
  await expect.poll(() => summariesOf('a.md')).toEqual(['This stands in the article on Apples.']);
  await expect.poll(() => summariesOf('b.md')).toEqual(['This stands in the article on Pears.']);
  expect(asked()).toEqual(['a.md', 'b.md']);
  corpus.write('b.md', article('Pears', 'Yellow.'));
  await corpus.sync();
  const isCurrent = async () => {
    const document = await corpus.knowledge.document(AGENT, 'b.md');
    const keys = document ? chunkDocument(document).map(({ sentences }) => passageKey(sentences)) : [];
    return document?.text === 'Yellow.\n' && String(Object.keys(document.summaries ?? {})) === String(keys);
  };
  await expect.poll(isCurrent).toBe(true);
  expect(asked()).toEqual(['b.md']);
  const version = await corpus.knowledge.version(AGENT);
  upkeep.wake();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await corpus.knowledge.version(AGENT)).toBe(version);
  expect(trouble).toEqual([]);
});
