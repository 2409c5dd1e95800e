import { afterAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { asked, draftsOf, newDrafts, withDrafts } from '../../src/evals/draft-cases.ts';
import { chunkDocument } from '../../src/knowledge/chunk.ts';
import { scriptedModel } from '../../src/testing/scripted-model.ts';
import { createProcesses } from '../e2e/server/processes.ts';
import { shopCopy } from './stage-for-tests.ts';
import { problemsOf } from './suite-folders.ts';

const processes = createProcesses({ FRONTDESK_ENCODER: 'off' });
afterAll(() => processes.cleanUp());

const TEXT =
  '# Returns\n\nEverything can be sent back. It takes {30} days.\n\n## How long does a refund take?\n\nFive business days.\n';
const drafts = draftsOf(chunkDocument({ id: 'returns.md', title: 'Returns', url: null, text: TEXT }));

test('a section is a question with its article and its first sentences', () => {
  expect(drafts.at(-1)).toMatchObject({
    article: 'returns.md',
    ask: 'How long does a refund take?',
    answer: expect.stringContaining('Five business days.'),
  });
});

test('drafts are marked, read without a problem, and not made twice', async () => {
  const yaml = withDrafts('', drafts);
  expect(await problemsOf(yaml)).toEqual([]);
  expect((parse(yaml) as { cases: { tags: string[] }[] }).cases.every(({ tags }) => tags.includes('draft'))).toBe(true);
  expect(yaml.match(/# draft: read it/g)).toHaveLength(drafts.length);
  expect(newDrafts(drafts, yaml, 50)).toEqual([]);
  expect(newDrafts(drafts, '', 1)).toHaveLength(1);
  expect(() => withDrafts('a: 1', drafts)).toThrow('it is no suite');
});

test('the fast model words a question; one that words none is told', async () => {
  const [draft] = drafts;
  if (!draft) throw new Error('no draft');
  const model = (input: object) =>
    scriptedModel([{ tools: [{ name: 'write_question', input: input as Record<string, unknown> }] }]).model;
  const signal = new AbortController().signal;
  const worded = await asked({ model: model({ question: 'can i send it back?' }), modelId: 'fast', signal }, draft);
  expect(worded).toEqual({ ...draft, ask: 'can i send it back?' });
  await expect(asked({ model: model({}), modelId: 'fast', signal }, draft)).rejects.toThrow('no question');
});

test('the command writes drafts of every article that its own gate can read', async () => {
  const folder = shopCopy();
  const env = { FRONTDESK_DATA: processes.folder() };
  const { code, stdout, stderr } = await processes.run(['eval', 'draft', folder, '--most', '3'], { env }).ended;
  expect(code, stderr).toBe(0);
  expect(stdout).toContain('3 drafts in');
  const again = await processes.run(['eval', folder, '--tag', 'draft'], { env }).ended;
  expect(again.code, again.stderr).toBe(0);
  expect(again.stdout).toMatch(/of 3 cases passed/);
});
