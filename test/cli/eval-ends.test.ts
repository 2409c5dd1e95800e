import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WORKSHOP } from '../agent-folder/folders.ts';
import { createProcesses } from '../e2e/server/processes.ts';

const processes = createProcesses({ FRONTDESK_ENCODER: 'off' });
afterAll(() => processes.cleanUp());

const TOOL = WORKSHOP['tools/get-slot.ts'] ?? '';
const SUITE = `suite: Workshop
cases:
  - name: a slot
    ask: What is the next free repair slot for brakes in 2 weeks?
    expect: { calls: { get_slot: { service: brakes, weeks: 2 } }, says: in 2 weeks }
  - name: a known failure
    ask: Where are you?
    expect: { says: on the moon }
`;

/** The workshop with these files, its world telling in \`begun.txt\` which process begins a case, and taking its time for it. */
function workshop(files: Record<string, string>, ms = 0) {
  const folder = join(processes.folder(), 'workshop');
  const begun = join(folder, '..', 'begun.txt');
  const world = `import { appendFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { defineWorld } from 'frontdesk';
export default defineWorld({
  reset: async () => { appendFileSync(${JSON.stringify(begun)}, process.pid + '\\n'); await setTimeout(${ms}); },
  state: async () => ({}),
});
`;
  for (const [file, text] of Object.entries({ ...WORKSHOP, 'evals/world.ts': world, ...files })) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  const pids = () => (existsSync(begun) ? readFileSync(begun, 'utf8').trim().split('\n').map(Number) : []);
  return { folder, pids };
}

const data = processes.folder();
const start = (args: string[], more: Record<string, string> = {}) =>
  processes.run(['eval', ...args], { env: { FRONTDESK_DATA: data, ...more } });
const evals = (args: string[], more?: Record<string, string>) => start(args, more).ended;

describe('against a baseline', () => {
  const { folder, pids } = workshop({ 'evals/workshop.yaml': SUITE });
  const baseline = join(folder, 'evals/baseline.json');
  beforeAll(async () => {
    // A database that is not there: evals have a store of their own.
    const { code, stderr } = await evals([folder, '--update-baseline'], {
      DATABASE_URL: 'postgres://desk:x@127.0.0.1:9/desk',
    });
    expect(code, stderr).toBe(0);
  });

  test('had anew it is no change, from the cache nothing is begun, and a known failure leaves the gate open', async () => {
    expect(pids()).toHaveLength(2);
    const cached = await evals([folder, '--compare', 'last', '--gate']);
    expect({ code: cached.code, begun: pids().length }).toEqual({ code: 0, begun: 2 });
    const anew = await evals([folder, '--compare', 'last', '--no-cache']);
    expect({ code: anew.code, begun: pids().length }).toEqual({ code: 0, begun: 4 });
    for (const { stdout } of [cached, anew]) expect(stdout).toContain('No change: all 2 cases ended as before.');
  });

  test('with --targets a missed one shuts it', async () => {
    const { code, stdout } = await evals([folder, '--gate', '--targets']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/✗ Response accuracy is 50 %; its target is 100 %/);
  });

  test('a tool that fails shuts the gate', async () => {
    const broken = TOOL.replace(/run: .*/, "run: () => { throw new Error('out of order'); },");
    expect(broken).not.toBe(TOOL);
    const files = { 'tools/get-slot.ts': broken, 'evals/baseline.json': readFileSync(baseline, 'utf8') };
    const { code, stdout } = await evals([workshop({ 'evals/workshop.yaml': SUITE, ...files }).folder, '--gate']);
    expect(code).toBe(1);
    expect(stdout).toContain('Workshop/a slot (evals/workshop.yaml:3) passed in the baseline and fails now.');
  });

  test('one of another model is no gate at all', async () => {
    const text = readFileSync(baseline, 'utf8');
    writeFileSync(baseline, text.replace('"offline": true', '"offline": false'));
    const { code, stdout } = await evals([folder, '--gate']).finally(() => writeFileSync(baseline, text));
    expect(code).toBe(2);
    expect(stdout).toContain('The gate cannot be used: The baseline was written with Claude');
  });

  test('a data folder that is a file is told of', async () => {
    const { code, stdout, stderr } = await evals([folder], { FRONTDESK_DATA: join(folder, 'agent.ts') });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/Nothing can be written to the data folder .*agent\.ts \(\w+\).*FRONTDESK_DATA/);
  });
});

test('Ctrl+C leaves a report of what is done and no process, and the next run goes on from there', async () => {
  const many =
    'cases:\n  - { name: n, ask: Where are you?, expect: { never: midnight }, table: [ROWS], tags: ["{n}"] }\n';
  const rows = Array.from({ length: 24 }, (_, n) => `{ n: t${n} }`).join(', ');
  const { folder, pids } = workshop({ 'evals/many.yaml': many.replace('ROWS', rows) }, 200);
  const run = start([folder, '--json', '--processes', '2']);
  for (let waited = 0; pids().length < 8 && waited < 30_000; waited += 20) await sleep(20);
  // A terminal signals everybody in it.
  const children = [...new Set(pids())];
  run.signal('SIGINT');
  for (const pid of children) process.kill(pid, 'SIGINT');
  const { code, stdout, stderr } = await run.ended;
  expect(code).toBe(130);
  expect(stderr).toContain('Stopping: what is done is reported and kept.');
  const { cases: done } = JSON.parse(stdout) as { cases: number };
  expect(done).toBeGreaterThanOrEqual(4);
  expect(done).toBeLessThan(24);
  expect(stderr).toContain(`Cut off: ${24 - done} cases not run.`);
  for (const pid of children) expect(() => process.kill(pid, 0)).toThrow('ESRCH');

  const before = pids().length;
  const again = await evals([folder, '--json', '--processes', '2']);
  expect(JSON.parse(again.stdout)).toMatchObject({ cases: 24, passed: 24 });
  expect(pids().length - before).toBe(24 - done);
});
