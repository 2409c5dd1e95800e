import { expect, onTestFinished, test } from 'vitest';
import { followStore } from '../../src/ingest/follow-store.ts';
import { liveKnowledge } from '../../src/knowledge/live-knowledge.ts';
import { AGENT, article, openCorpus } from './corpus.ts';

async function followed(corpus: Awaited<ReturnType<typeof openCorpus>>) {
  const index = liveKnowledge({ embedder: null, patienceMs: 0 });
  const trouble: unknown[] = [];
  const following = await followStore({
    store: corpus.knowledge,
    agent: AGENT,
    index,
    onTrouble: (error) => trouble.push(error),
  });
  onTestFinished(() => following.close());
  const finds = async (query: string) =>
    (await index.search({ query, limit: 5 })).passages.map(({ passage }) => passage.id);
  return { index, following, finds, trouble };
}

test('an index has what the store has, and sees each change of it', async () => {
  const corpus = await openCorpus({ 'a.md': article('A', 'Apples are red.') });
  await corpus.sync();
  const { index, finds, trouble } = await followed(corpus);
  expect(await finds('apples')).toEqual(['a.md#1']);
  const { version } = index;
  corpus.write('b.md', article('B', 'Bananas are bent.'));
  await corpus.sync();
  await expect.poll(() => finds('bananas')).toEqual(['b.md#1']);
  expect(index.version).not.toBe(version);
  corpus.remove('b.md');
  await corpus.sync();
  await expect.poll(() => finds('bananas')).toEqual([]);
  expect(index.version).toBe(version);
  expect(trouble).toEqual([]);
});

test('a store that is away for a moment is asked again', async () => {
  const corpus = await openCorpus({ 'a.md': article('A', 'Apples are red.') });
  let down = false;
  const { changes } = corpus.knowledge;
  const parts = {
    ...corpus,
    knowledge: {
      ...corpus.knowledge,
      changes: (agent: string, after: number) => {
        if (down) throw new Error('away');
        return changes(agent, after);
      },
    },
  };
  const { finds, trouble } = await followed(parts);
  down = true;
  await corpus.sync();
  await expect.poll(() => trouble.length).toBeGreaterThan(0);
  expect(await finds('apples')).toEqual([]);
  down = false;
  await expect.poll(() => finds('apples')).toEqual(['a.md#1']);
});
