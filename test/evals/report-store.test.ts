import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { earlierRuns, keepRun, readRun, runId } from '../../src/evals/report/store.ts';
import { runReport } from './run-reports.ts';

const PAGES = { html: '<!doctype html>', junit: '<testsuites/>' };
const START = Date.UTC(2026, 10, 27);
let data: string;

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'runs-'));
});
afterEach(() => rm(data, { recursive: true, force: true }));

describe('the kept runs', () => {
  it('are read by id, by the beginning of one, by path, and as the last', async () => {
    const first = small(START);
    const second = small(START + 60_000);
    const files = await keepRun(data, first, PAGES);
    await keepRun(data, second, PAGES);
    expect(await readRun(data, first.id)).toEqual(json(first));
    expect(await readRun(data, first.id.slice(0, 15))).toEqual(json(first));
    expect(await readRun(data, files.json)).toEqual(json(first));
    expect((await readRun(data, 'last')).id).toBe(second.id);
  });

  it('are of their agent, where one is asked for', async () => {
    const other = { ...small(START + 60_000), agent: 'Shop' };
    await keepRun(data, small(START), PAGES);
    await keepRun(data, other, PAGES);
    expect((await readRun(data, 'last', 'Acme Insurance')).id).toBe(small(START).id);
    expect(await earlierRuns(data, { ...small(START + 120_000), agent: 'Shop' })).toHaveLength(1);
  });

  it('are the newest fifty, each with its page', async () => {
    for (let n = 0; n < 53; n += 1) await keepRun(data, small(START + n * 60_000), PAGES);
    const names = await readdir(join(data, 'evals', 'runs'));
    expect(names).toHaveLength(50 * 4);
    expect(names.some((name) => name.startsWith(small(START + 2 * 60_000).id))).toBe(false);
    const earlier = await earlierRuns(data, small(START + 52 * 60_000), 10);
    expect(earlier.map(({ at }) => at)).toEqual(Array.from({ length: 10 }, (_, n) => START + (42 + n) * 60_000));
    expect(earlier[0]).not.toHaveProperty('cases');
  });

  it('say what is wrong with what was asked for', async () => {
    await expect(readRun(data, 'last')).rejects.toThrow('run "frontdesk eval" first');
    await keepRun(data, small(START), PAGES);
    await keepRun(data, small(START + 60_000), PAGES);
    await expect(readRun(data, '1999')).rejects.toThrow(/No run "1999".*The newest: 20261127-000100/);
    await expect(readRun(data, '2026')).rejects.toThrow('More than one run begins with "2026"');
    const file = join(data, 'x.json');
    await expect(readRun(data, file)).rejects.toThrow('does not exist');
    await writeFile(file, '{}');
    await expect(readRun(data, file)).rejects.toThrow('is no report');
    await writeFile(file, '{');
    await expect(readRun(data, file)).rejects.toThrow('is not JSON');
    await expect(keepRun(data, { ...small(START), id: '../x' }, PAGES)).rejects.toThrow('no id of a run');
  });
});

describe('runId', () => {
  it('sorts by time', () => {
    const ids = [0, 1_000, 86_400_000].map((later) => small(START + later).id);
    expect(ids.toSorted()).toEqual(ids);
    expect(runId(small(START))).toMatch(/^20261127-000000-[0-9a-f]{6}$/);
  });
});

function small(at: number) {
  return runReport({ cases: 2, failing: [1], at });
}

function json<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
