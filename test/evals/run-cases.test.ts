import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { openCache } from '../../src/evals/cache.ts';
import type { CaseRun } from '../../src/evals/case-run.ts';
import { openStages, type Stages } from '../../src/evals/run-cases.ts';
import type { Case } from '../../src/evals/suite.ts';
import { configFor, scratch, shopCopy } from './stage-for-tests.ts';
import { casesOf } from './suite-folders.ts';

const LIBRARY = fileURLToPath(new URL('../agents/harbor-library', import.meta.url));

/** A world whose process ends with every case of the name, as long as a file of `left` deaths is not used up. */
const DEADLY = (counter: string, deaths: number) => `
  import { existsSync, readFileSync, writeFileSync } from 'node:fs';
  import { defineWorld } from 'frontdesk';
  const file = ${JSON.stringify(counter)};
  export default defineWorld({
    reset: async () => {
      const times = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
      writeFileSync(file, String(times + 1));
      if (times < ${deaths}) process.kill(process.pid, 'SIGKILL');
    },
    state: async () => ({}),
  });`;

async function stagesOf(agentFolder: string, processes: number, caseSeconds = 90): Promise<Stages> {
  const staging = { config: configFor(agentFolder), preparedFolder: null, processes, atOnce: 1, caseSeconds };
  const stages = await openStages(staging);
  onTestFinished(() => stages.close());
  return stages;
}

/** A small agent, which each process loads. */
function deadly(deaths: number): string {
  const folder = join(scratch(), 'library');
  cpSync(LIBRARY, folder, { recursive: true });
  mkdirSync(join(folder, 'evals'), { recursive: true });
  writeFileSync(join(folder, 'evals/world.ts'), DEADLY(join(scratch(), 'times'), deaths));
  return folder;
}

async function all(stages: Stages, cases: readonly Case[], signal = new AbortController().signal): Promise<CaseRun[]> {
  const runs: CaseRun[] = [];
  const jobs = cases.map((one) => ({ case: one, attempt: 0 }));
  for await (const run of stages.run(jobs, signal)) runs.push(run);
  return runs;
}

function foldersLeft(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith('frontdesk-eval-'));
}

const THREE = 'cases: [{ name: a, ask: When are you open? }, { name: b, ask: Hello }, { name: c, ask: Who are you? }]';

it('has a case once more whose process has died, tells of one whose process dies twice, and has the others', async () => {
  const before = foldersLeft();
  const stages = await stagesOf(deadly(3), 1);
  const [first, ...others] = await casesOf(THREE);
  if (!first) expect.fail();
  const runs = await all(stages, [first]);
  expect(runs).toMatchObject([{ caseId: 'a/a', error: expect.stringContaining('ended twice') }]);
  const rest = await all(stages, others);
  expect(rest.map(({ error }) => error)).toEqual([null, null]);
  expect(rest.map(({ caseId }) => caseId).sort()).toEqual(['a/b', 'a/c']);
  await stages.close();
  // Other tests have folders of their own for a while.
  const own = () => foldersLeft().filter((name) => !before.includes(name));
  await expect.poll(own, { timeout: 90_000 }).toEqual([]);
});

it('ends with its signal, with what was had until then, and leaves no process', async () => {
  const stages = await stagesOf(deadly(0), 2);
  const [one] = await casesOf(THREE);
  if (!one) expect.fail();
  const many = Array.from({ length: 500 }, (_, at) => ({ ...one, id: `a/${at}` }));
  const stop = new AbortController();
  const runs: CaseRun[] = [];
  const jobs = many.map((each) => ({ case: each, attempt: 0 }));
  for await (const run of stages.run(jobs, stop.signal)) {
    runs.push(run);
    if (runs.length === 5) stop.abort();
  }
  expect(runs.length).toBeGreaterThanOrEqual(5);
  expect(runs.length).toBeLessThan(20);
  expect(new Set(runs.map(({ caseId }) => caseId)).size).toBe(runs.length);
  expect(runs.every(({ error }) => error === null)).toBe(true);
});

it('rejects with the sentence of an agent that cannot be had', async () => {
  const folder = shopCopy();
  writeFileSync(join(folder, 'evals/world.ts'), 'export default { reset: 1 };');
  await expect(stagesOf(folder, 1)).rejects.toThrow('reset: missing, expected a function');
});

it('keeps what was had until something changes that makes a difference to what is done', async () => {
  const agentFolder = shopCopy();
  const folder = join(scratch(), 'cache');
  const facts = {
    ...{ agent: 'acme-shop', model: 'm', offline: true, promptHash: 'p', knowledgeVersion: 'k', hasWorld: false },
    ...{ tools: [], routes: [], guards: [] },
  };
  const open = (more = {}) => openCache({ folder, agentFolder, program: '1', models: ['f'], facts, ...more });
  const [one, other] = await casesOf(
    'cases: [{ name: a, ask: Hi, expect: { says: /x/ } }, { name: b, ask: Hi, customer: cus_1 }]',
  );
  if (!one || !other) expect.fail();
  const cache = await open();
  const key = cache.keyOf(one, 0);
  const run = { caseId: one.id, attempt: 0, key, error: null, turns: [] } as unknown as CaseRun;
  await cache.put(run);
  expect(await cache.get(key)).toEqual(run);
  const expectsMore = { ...one, line: 9, file: 'evals/z.yaml', expect: { says: [] } };
  expect((await open()).keyOf(expectsMore, 0)).toBe(key);
  writeFileSync(join(agentFolder, 'evals/orders.yaml'), 'cases: []');
  expect((await open()).keyOf(one, 0)).toBe(key);

  const different = [
    cache.keyOf(one, 1),
    cache.keyOf(other, 0),
    (await open({ program: '2' })).keyOf(one, 0),
    (await open({ models: ['g'] })).keyOf(one, 0),
    (await open({ facts: { ...facts, knowledgeVersion: 'k2' } })).keyOf(one, 0),
  ];
  writeFileSync(join(agentFolder, 'guardrails.md'), '- Say nothing.\n');
  different.push((await open()).keyOf(one, 0));
  writeFileSync(join(agentFolder, 'evals/world.ts'), 'export default 1;');
  different.push((await open()).keyOf(one, 0));
  expect(new Set([key, ...different]).size).toBe(8);

  const failed = { ...run, key: cache.keyOf(other, 0), error: 'no' };
  await cache.put(failed);
  expect(await cache.get(failed.key)).toBeNull();
  const [file = ''] = readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => name.includes(key));
  writeFileSync(join(folder, file), readFileSync(join(folder, file), 'utf8').slice(0, -3));
  expect(await cache.get(key)).toBeNull();
});
