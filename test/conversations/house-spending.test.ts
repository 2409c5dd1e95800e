import { describe, expect, test } from 'vitest';
import { NO_LIMITS } from '../../src/conversations/limits.ts';
import { houseModel } from '../../src/conversations/model-calls.ts';
import { pause } from '../../src/conversations/pause.ts';
import { priceTable } from '../../src/conversations/prices.ts';
import { setAside, spentByAll } from '../../src/conversations/spending.ts';
import { scriptedModel } from '../../src/testing/scripted-model.ts';
import { openDesk } from './test-desk.ts';

const REQUEST = {
  model: 'scripted',
  max_tokens: 100,
  system: [],
  messages: [{ role: 'user' as const, content: 'x' }],
  tools: [],
};
/** A cent: 1,000 tokens at 5 dollars and 200 at 25 dollars a million. */
const TURN = {
  text: 'Yes.',
  usage: { input_tokens: 1_000, output_tokens: 200, cache_read_input_tokens: 0, cache_creation_input_tokens: 0 },
};
const SUMMARIES = { name: 'summaries', dollars: 0.015 };

async function paidDesk(day: number) {
  const budgets = { conversation: 1, visitor: 1, day };
  const limits = { ...NO_LIMITS, spending: { budgets, prices: priceTable({ scripted: { input: 5, output: 25 } }) } };
  const { model } = scriptedModel(Array.from({ length: 9 }, () => TURN));
  return openDesk({ model, desk: { limits } });
}

async function call(model: ReturnType<typeof houseModel>): Promise<string> {
  const events = await Array.fromAsync(model(REQUEST, AbortSignal.timeout(5_000)));
  const last = events.at(-1);
  return last?.type === 'failed' ? last.code : (last?.type ?? 'nothing');
}

describe('calls that belong to no conversation', () => {
  test('are paid from the budget of all, and from one of their own', async () => {
    const { desk, logged } = await paidDesk(100);
    const summaries = houseModel(desk, 'summaries', SUMMARIES);
    expect([await call(summaries), await call(summaries), await call(summaries)]).toEqual([
      'message_stop',
      'message_stop',
      'budget_spent',
    ]);
    expect(await call(houseModel(desk, 'rerank'))).toBe('message_stop');
    expect(await spentByAll(desk)).toBeCloseTo(0.03, 6);
    expect(JSON.stringify(logged)).toContain('"purpose":"summaries"');
  });

  test('end with the budget of all', async () => {
    const { desk } = await paidDesk(0.005);
    const rerank = houseModel(desk, 'rerank');
    expect([await call(rerank), await call(rerank)]).toEqual(['message_stop', 'budget_spent']);
  });

  test('are not made while the agent is switched off', async () => {
    const { desk } = await paidDesk(100);
    await pause(desk, null);
    expect(await call(houseModel(desk, 'rerank'))).toBe('paused');
  });

  test('a batch sets aside what it may cost and gives back the rest', async () => {
    const { desk } = await paidDesk(100);
    const settle = await setAside(desk, SUMMARIES, 1);
    expect(await spentByAll(desk)).toBeCloseTo(1, 6);
    expect(await setAside(desk, SUMMARIES, 0.001)).toBeNull();
    await settle?.(0.004);
    expect(await spentByAll(desk)).toBeCloseTo(0.004, 6);
    expect(await setAside(desk, SUMMARIES, 0.001)).not.toBeNull();
  });
});
