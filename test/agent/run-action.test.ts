import { describe, expect, test } from 'vitest';
import { type ActionCall, runAction } from '../../src/agent/run-action.ts';
import { type Tool, type ToolOutcome, ToolProblem } from '../../src/agent/tool.ts';
import { writeTool } from '../conversations/action-stage.ts';

const LOST = () => Promise.reject(new Error('the connection was lost'));
const DONE: ToolOutcome = { content: 'Done.' };

type Case = {
  run?: Tool['run'];
  lookup?: () => Promise<ToolOutcome | null>;
  idempotent?: boolean;
} & Partial<ActionCall>;

async function run({ run, lookup, idempotent = false, ...more }: Case) {
  const { tool, effects } = writeTool({
    fields: { idempotent, ...(lookup ? { lookup } : {}) },
    more: { timeoutMs: 50 },
    ...(run ? { run } : {}),
  });
  const began: number[] = [];
  const signal = new AbortController().signal;
  const context = {
    conversationId: 'c',
    turnId: 't',
    language: null,
    status: 'open' as const,
    customer: null,
    route: 'general',
  };
  const end = await runAction({
    ...{ tool, input: { word: '1' }, context: { ...context, idempotencyKey: 'act_1', signal } },
    ...{ attempts: 0, stop: signal, pausesMs: [0, 0, 0] },
    async begin(attempt) {
      began.push(attempt);
    },
    ...more,
  });
  return { ...end, began, keys: effects.keys };
}

/** Gives the first, then the second, and so on; the last over and over. */
function inTurn<Result>(...results: (() => Promise<Result>)[]): () => Promise<Result> {
  let at = 0;
  return () => (results[Math.min(at++, results.length - 1)] ?? results[0] ?? LOST)();
}

function lostThenError(): Tool['run'] {
  return inTurn<ToolOutcome>(LOST, async () => ({ content: 'Gone.', isError: true }));
}

describe('a confirmed action', () => {
  test('is done with its key, and what it gave is told', async () => {
    expect(await run({})).toMatchObject({ outcome: 'done', began: [1], keys: ['act_1'] });
    const hidden = await run({ run: async () => ({ content: 'Paid\u{200b} back.\u{202e}' }) });
    expect(hidden.result).toEqual({ content: '[Data from refund]\nPaid back.', isError: false });
  });

  test('failed where the tool says so: it is not called again', async () => {
    const refuses = await run({ run: () => Promise.reject(new ToolProblem('It was sent.')), idempotent: true });
    expect(refuses).toMatchObject({
      outcome: 'failed',
      result: { content: '[Data from refund]\nIt was sent.', isError: true },
      began: [1],
    });
    const error = await run({ run: async () => ({ content: 'No such order.', isError: true }), idempotent: true });
    expect(error).toMatchObject({ outcome: 'failed', began: [1] });
  });

  test.each([
    ['an error', LOST],
    ['a time-out', () => new Promise<never>(() => {})],
  ])('is unknown after %s where nobody can find out, and was called once', async (_, lost) => {
    expect(await run({ run: lost })).toMatchObject({ outcome: 'unknown', began: [1], keys: ['act_1'] });
  });

  test('is called again with the same key where that is safe, three times at most', async () => {
    const second = await run({ run: inTurn(LOST, async () => DONE), idempotent: true });
    expect(second).toMatchObject({ outcome: 'done', began: [1, 2], keys: ['act_1', 'act_1'] });
    expect(await run({ run: LOST, idempotent: true })).toMatchObject({ outcome: 'unknown', began: [1, 2, 3] });
    expect(await run({ run: LOST, lookup: async () => null })).toMatchObject({ outcome: 'unknown', began: [1, 2, 3] });
  });

  test('is looked up first: what is there is not done again', async () => {
    const found = await run({ run: LOST, lookup: async () => DONE, idempotent: true });
    expect(found).toMatchObject({ outcome: 'done', result: { content: '[Data from refund]\nDone.' }, began: [1] });
    // The last of the calls may have come through as well.
    const last = inTurn(
      async () => null,
      async () => null,
      async () => DONE,
    );
    expect(await run({ run: LOST, lookup: last })).toMatchObject({ outcome: 'done', began: [1, 2, 3] });
  });

  const REFUSED = () => Promise.reject(new ToolProblem('No such order.'));
  const NOT_THERE = async () => null;

  test.each<[string, Case, string, number[]]>([
    ['nobody can look', { idempotent: true }, 'unknown', [1, 2]],
    ['the look-up finds it', { lookup: inTurn<ToolOutcome | null>(NOT_THERE, async () => DONE) }, 'done', [1, 2]],
    ['the look-up says it is not there', { lookup: NOT_THERE }, 'failed', [1, 2]],
    ['the look-up does not answer then', { lookup: inTurn<ToolOutcome | null>(NOT_THERE, LOST) }, 'unknown', [1, 2]],
    ['it was called before a crash', { idempotent: true, run: REFUSED, attempts: 1 }, 'unknown', [2]],
    ['the tool gives an error back', { idempotent: true, run: lostThenError() }, 'unknown', [1, 2]],
  ])('that is refused after a lost call, where %s', async (_, given, outcome, began) => {
    const end = await run({ run: inTurn<ToolOutcome>(LOST, REFUSED), ...given });
    expect(end).toMatchObject({ outcome, began });
    if (outcome === 'unknown') expect(end.result.content).toMatch(/^It is NOT known/);
  });

  test('is unknown where the look-up does not answer, which is asked several times', async () => {
    let looks = 0;
    const broken = () => {
      looks += 1;
      return LOST();
    };
    expect(await run({ run: LOST, lookup: broken })).toMatchObject({ outcome: 'unknown', began: [1] });
    expect(looks).toBe(3);
    expect(await run({ run: LOST, lookup: inTurn(LOST, async () => DONE) })).toMatchObject({ outcome: 'done' });
  });

  test('that somebody called before is found out about, before anything else', async () => {
    expect(await run({ attempts: 1 })).toMatchObject({ outcome: 'unknown', began: [], keys: [] });
    expect(await run({ attempts: 1, idempotent: true })).toMatchObject({ outcome: 'done', began: [2] });
    expect(await run({ attempts: 1, lookup: async () => null })).toMatchObject({ outcome: 'done', began: [2] });
    expect(await run({ attempts: 1, lookup: async () => DONE })).toMatchObject({
      outcome: 'done',
      began: [],
      keys: [],
    });
    expect(await run({ attempts: 3, idempotent: true })).toMatchObject({ outcome: 'unknown', began: [] });
  });

  test('is not begun where it is to stop, or where the log refuses', async () => {
    const stop = AbortSignal.abort(new Error('stopped'));
    await expect(run({ stop })).rejects.toThrow('stopped');
    let calls = 0;
    const begin = () => Promise.reject(new Error('not ours'));
    await expect(run({ begin, run: async () => ({ content: `${++calls}` }) })).rejects.toThrow('not ours');
    expect(calls).toBe(0);
  });
});
