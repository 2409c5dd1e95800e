import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterEach, describe, expect, it, test } from 'vitest';
import { parse } from 'yaml';
import { claudeModel } from '../../src/adapters/claude.ts';
import { explainStart } from '../../src/cli/explain.ts';
import type { CaseRun } from '../../src/evals/case-run.ts';
import { openGrading } from '../../src/evals/grading.ts';
import { openStages } from '../../src/evals/run-cases.ts';
import { wilson } from '../../src/evals/statistics.ts';
import type { Case } from '../../src/evals/suite.ts';
import { startMockClaude } from '../../src/testing/mock-claude.ts';
import { configFor, have, SHOP, shopCopy, stageOf } from './stage-for-tests.ts';
import { casesOf } from './suite-folders.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** The Messages API that refuses everything with this status. */
async function refusing(status: number) {
  const mock = await startMockClaude({ script: () => ({ fault: { status } }) });
  closers.push(mock.close);
  return mock;
}

const KEY = 'sk-ant-test-0123456789abcdef';

describe('what says nothing of the agent', () => {
  it('a model that refuses the call is the error of a scripted case, and no reply of the agent', async () => {
    const mock = await refusing(401);
    const stage = await stageOf(SHOP, { ANTHROPIC_API_KEY: KEY, ANTHROPIC_BASE_URL: mock.url });
    const [one = expect.fail()] = await casesOf('cases: [{ name: a, ask: When are you open? }]');
    expect(await have(stage, one)).toMatchObject({ error: 'The model did not answer (model_rejected).' });
  });

  it.each([
    ['a rubric', { rubric: ['It is polite.'] }, true],
    ['a reference answer', { answer: 'At nine.' }, true],
    ['nothing', {}, false],
  ])('a grader that cannot be asked, where %s is expected', async (_, wanted, throws) => {
    const mock = await refusing(401);
    const model = claudeModel({ apiKey: KEY, baseUrl: mock.url });
    const signal = AbortSignal.timeout(10_000);
    const grading = openGrading({ embedder: null, judge: { model, modelId: 'm', costOf: () => 0, signal } });
    const act = { kind: 'say', text: 'When do you open?' };
    const turn = { act, reply: 'At nine.', citations: [], calls: [], guards: [], found: [], outcome: 'completed' };
    const run = { turns: [turn], steps: [], changes: [], prompt: '', stuck: null } as unknown as CaseRun;
    const customerSide = { kind: 'script', turns: [{ line: 1, act, modelSays: null, expect: {} }] };
    const graded = grading.grade({ customerSide, measures: [], expect: wanted } as unknown as Case, run);
    if (throws) await expect(graded).rejects.toThrow('The model that grades gave no verdict (');
    else expect((await graded).filter(({ passed }) => passed === null).length).toBeGreaterThan(0);
  });
});

test('an interval holds its share, also where none or all hit', () => {
  for (let n = 1; n <= 400; n += 1) {
    for (const hits of new Set([0, 1, n - 1, n])) {
      const { low, high } = wilson(hits, n) ?? expect.fail();
      expect(low).toBeGreaterThanOrEqual(0);
      expect(low).toBeLessThanOrEqual(hits / n);
      expect(high).toBeGreaterThanOrEqual(hits / n);
      expect(high).toBeLessThanOrEqual(1);
    }
  }
});

test('a case whose tool hangs is given up after its time, and the next one is had', async () => {
  const folder = shopCopy();
  const file = join(folder, 'tools/get-order-details.ts');
  const text = readFileSync(file, 'utf8');
  const hanging = text.replace(/async run\(.*\) \{/, '$&\n    await new Promise(() => {});');
  expect(hanging).not.toBe(text);
  writeFileSync(file, hanging);
  const cases = await casesOf(
    'cases: [{ name: hangs, customer: cus_1001, ask: Where is order A-1042? }, { name: next, ask: When are you open? }]',
  );
  const staging = { config: configFor(folder), preparedFolder: null, processes: 1, atOnce: 1, caseSeconds: 6 };
  const stages = await openStages(staging);
  closers.push(() => stages.close());
  const runs: CaseRun[] = [];
  const jobs = cases.map((one) => ({ case: one, attempt: 0 }));
  for await (const run of stages.run(jobs, new AbortController().signal)) runs.push(run);
  expect(runs.map(({ error }) => error)).toEqual(['It took longer than 6 s.', null]);
});

test('an operator decides a card that waits for one, and the refund is made or not', async () => {
  const cases = await casesOf(`cases:
  - name: "{what}"
    customer: cus_1002
    table: [{ what: confirm }, { what: decline }]
    turns: [{ customer: Refund 150 euros of B-1990. }, { operator: "{what}" }]`);
  const stage = await stageOf(shopCopy());
  expect(cases).toHaveLength(2);
  for (const one of cases) {
    const { error, stuck, actions, changes } = await have(stage, one);
    const paid = changes.some(({ path }) => path === 'refunds.B-1990');
    expect({ error, stuck, actions, paid }).toMatchObject({
      ...{ error: null, stuck: null, paid: one.name === 'confirm' },
      actions: [{ by: 'operator', state: one.name === 'confirm' ? 'done' : 'declined' }],
    });
  }
});

describe('a data folder to which nothing can be written', () => {
  const config = { ...configFor(SHOP), dataFolder: '/srv/desk' };
  const failed = (code: string, more: object) => Object.assign(new Error(`${code}: no`), { code, ...more });

  test.each(['EACCES', 'EROFS', 'ENOSPC', 'ENOTDIR'])('%s names the folder and its variable', (code) => {
    const told = explainStart(failed(code, { path: '/srv/desk/evals/knowledge' }), config);
    expect(told).toContain('/srv/desk');
    expect(told).toContain('FRONTDESK_DATA');
  });

  test('a port that is not allowed, and a folder elsewhere, are not it', () => {
    expect(explainStart(failed('EACCES', { syscall: 'listen' }), config)).toContain('PORT');
    expect(explainStart(failed('ENOTDIR', { path: '/srv/desks/a' }), config)).toBe('ENOTDIR: no');
  });
});

test('the job for CI is YAML, has the gate, and keeps the files of the run', () => {
  const blocks = [...readFileSync('docs/evals.md', 'utf8').matchAll(/```yaml\n([\s\S]*?)```/g)];
  const [, text = ''] = blocks.find(([, block = '']) => block.includes('jobs:')) ?? [];
  const { jobs } = parse(text) as { jobs: { evals: { steps: Record<string, unknown>[] } } };
  expect(jobs.evals.steps.map(({ run }) => run)).toContain('npx frontdesk eval ./my-agent --gate');
  const kept = jobs.evals.steps.find(({ uses }) => String(uses).startsWith('actions/upload-artifact@'));
  const path = join(configFor(SHOP).dataFolder, 'evals/runs');
  expect(kept).toMatchObject({ if: 'always()', with: { 'include-hidden-files': true } });
  expect(kept?.with).toHaveProperty('path', relative(process.cwd(), path));
});
