import { describe, expect, test } from 'vitest';
import type { Model, ModelEvent } from '../../src/agent/model.ts';
import { answerMessage } from '../../src/conversations/answer-message.ts';
import { cancelTurn, startConversation } from '../../src/conversations/conversation.ts';
import { NO_LIMITS } from '../../src/conversations/limits.ts';
import { isPriced, priceTable } from '../../src/conversations/prices.ts';
import { type Budgets, spentByAll } from '../../src/conversations/spending.ts';
import type { MockTurn } from '../../src/testing/mock-claude-script.ts';
import { scriptedModel } from '../../src/testing/scripted-model.ts';
import { wordTool } from '../agent/play-turn.ts';
import { type Target, testDatabaseUrl } from '../contracts/databases.ts';
import { isDeep } from '../depth.ts';
import { checkLog, eventually, newCustomer, openDesk, settled, testTargets } from './test-desk.ts';

const UNCACHED = { cache_read_input_tokens: 0, cache_creation_input_tokens: 0 };
/** A cent and a half: 1,000 tokens at 5 dollars and 400 at 25 dollars a million. */
const TURN: MockTurn = { text: 'Yes.', usage: { ...UNCACHED, input_tokens: 1_000, output_tokens: 400 } };
const TURN_COSTS = 0.015;
const VISITORS = isDeep ? 100 : 30;
const PLENTY: Budgets = { conversation: 1_000, visitor: 1_000, day: 1_000 };
const prices = priceTable({ scripted: { input: 5, output: 25 } });

const always =
  (turn: MockTurn): Model =>
  (request, signal) =>
    scriptedModel([turn]).model(request, signal);

async function paidDesk(budgets: Partial<Budgets>, options: { model?: Model; target?: Target } = {}) {
  const clock = { now: 1_795_341_600_000 };
  const limits = { ...NO_LIMITS, spending: { budgets: { ...PLENTY, ...budgets }, prices } };
  let calls = 0;
  const model: Model = (request, signal) => {
    calls += 1;
    return (options.model ?? always(TURN))(request, signal);
  };
  const desk = { limits, now: () => clock.now };
  const opened = await openDesk({ model, desk, ...(options.target && { target: options.target }) });
  return { ...opened, clock, calls: () => calls };
}

const budgetSpent = { code: 'budget_spent', status: 429, retryAfter: 86_400 };

describe('money', () => {
  test('a conversation is answered until its budget is spent, and again a day later', async () => {
    const opened = await paidDesk({ conversation: 0.025 });
    const { desk, clock, calls } = opened;
    const customer = await newCustomer(opened);
    expect(await customer.ask('One')).toBe('Yes.');
    expect(await customer.ask('Two')).toBe('Yes.');
    expect(await spentByAll(desk)).toBeCloseTo(2 * TURN_COSTS, 6);
    await expect(customer.send('Three')).rejects.toMatchObject(budgetSpent);
    expect(calls()).toBe(2);
    expect(await (await newCustomer(opened)).ask('Another conversation')).toBe('Yes.');
    clock.now += 86_400_000;
    expect(await customer.ask('Tomorrow')).toBe('Yes.');
  });

  test('a visitor pays for all their conversations', async () => {
    const opened = await paidDesk({ visitor: 0.025 });
    const { desk } = opened;
    const { id, visitor } = await startConversation(desk, {});
    const again = await startConversation(desk, { visitor });
    await answerMessage(opened, { conversationId: id, text: 'One' });
    await settled(opened);
    await answerMessage(opened, { conversationId: again.id, text: 'Two' });
    await settled(opened);
    const third = answerMessage(opened, { conversationId: again.id, text: 'Three' });
    await expect(third).rejects.toMatchObject(budgetSpent);
  });

  test('what the cache serves is cheaper, what it takes in dearer', async () => {
    const usage = { input_tokens: 1_000, cache_read_input_tokens: 10_000, cache_creation_input_tokens: 2_000 };
    const opened = await paidDesk({}, { model: always({ text: 'Yes.', usage: { ...usage, output_tokens: 100 } }) });
    await (await newCustomer(opened)).ask('One');
    // (1,000 + 10,000 / 10 + 2,000 * 1.25) * 5 + 100 * 25 dollars for a million tokens.
    expect(await spentByAll(opened.desk)).toBeCloseTo(0.025, 6);
  });

  test('a reply whose budget ends in the middle says so and ends', async () => {
    const rounds: MockTurn = { usage: { ...UNCACHED, input_tokens: 1_000, output_tokens: 400 } };
    let n = 0;
    const model: Model = (request, signal) =>
      scriptedModel([{ ...rounds, tools: [{ name: 'lookup', input: { word: `word ${n++}` } }] }]).model(
        request,
        signal,
      );
    const limits = { ...NO_LIMITS, spending: { budgets: { ...PLENTY, conversation: 0.05 }, prices } };
    const opened = await openDesk({
      model,
      desk: { limits },
      agent: { tools: [wordTool('lookup', async () => ({ content: 'found' }))] },
    });
    const customer = await newCustomer(opened);
    expect(await customer.ask('Look everything up')).toMatch(/answered as much as I may for now.*saved/);
    const ended = (await customer.log()).find((event) => event.type === 'turn.ended');
    expect(ended).toMatchObject({ outcome: 'failed', code: 'budget_spent' });
    expect(await spentByAll(opened.desk)).toBeLessThan(0.05 + TURN_COSTS);
  });

  test.each(testDatabaseUrl() ? ['sqlite', 'postgres'] : ['sqlite'])(
    `${10 * VISITORS} messages of ${VISITORS} visitors spend the budget of the day and one call at most (%s)`,
    async (kind) => {
      const targets = testTargets();
      const target = kind === 'sqlite' ? targets.folder() : targets.schema();
      const opened = await paidDesk({ day: 0.5 }, { target });
      const { desk, calls } = opened;
      const customers = await Promise.all(Array.from({ length: VISITORS }, () => newCustomer(opened)));
      const outcomes: PromiseSettledResult<unknown>[] = [];
      for (let n = 0; n < 10; n++) {
        const sent = customers.map(async ({ send, wait }) => wait(await send(`Message ${n}`)));
        outcomes.push(...(await Promise.allSettled(sent)));
      }
      await settled(opened);
      const codes = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason.code] : []));
      expect(new Set(codes)).toEqual(new Set(['budget_spent']));
      expect(await spentByAll(desk)).toBeCloseTo(calls() * TURN_COSTS, 6);
      expect(await spentByAll(desk)).toBeLessThanOrEqual(0.5 + TURN_COSTS);
      // Until nearly all is spent there is room: what is set aside is given back.
      expect(calls() * TURN_COSTS).toBeGreaterThan(0.4);
      for (const customer of customers) checkLog(await customer.log());
    },
  );

  test('an attempt that broke off is paid as far as it came', async () => {
    const whole = await Array.fromAsync(always(TURN)(emptyRequest, new AbortController().signal));
    const broken: ModelEvent[] = [
      ...whole.slice(0, 3),
      { type: 'retrying', attempt: 1, delayMs: 0, detail: 'cut' },
      ...whole,
    ];
    const opened = await paidDesk({}, { model: (request, signal) => scriptedModel([broken]).model(request, signal) });
    await (await newCustomer(opened)).ask('One');
    expect(await spentByAll(opened.desk)).toBeGreaterThanOrEqual(TURN_COSTS + 0.005);
    expect(await spentByAll(opened.desk)).toBeLessThan(TURN_COSTS + 0.006);
  });

  test('a call that nobody counted, or that was cancelled before its first word, is paid by an estimate', async () => {
    const uncounted: Model = async function* (request, signal) {
      for await (const event of always(TURN)(request, signal)) {
        if (event.type === 'message_start') yield { ...event, message: { ...event.message, usage: null as never } };
        else if (event.type === 'message_delta') yield { ...event, usage: null as never };
        else yield event;
      }
    };
    const opened = await paidDesk({}, { model: uncounted });
    expect(await (await newCustomer(opened)).ask('One')).toBe('Yes.');
    const spent = await spentByAll(opened.desk);
    expect(spent).toBeGreaterThan(0);
    expect(spent).toBeLessThan(TURN_COSTS);

    const silent: Model = async function* (_request, signal) {
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    };
    const waiting = await paidDesk({}, { model: silent });
    const customer = await newCustomer(waiting);
    await customer.send('Two');
    await eventually(async () => (await customer.log()).some(({ type }) => type === 'step.started'));
    await eventually(() => waiting.calls() > 0);
    await cancelTurn(waiting.desk, customer.id);
    await settled(waiting);
    expect(await spentByAll(waiting.desk)).toBeGreaterThan(0);
    expect(await spentByAll(waiting.desk)).toBeLessThan(TURN_COSTS);
  });

  test('what costs nothing is not counted', async () => {
    const free = {
      ...NO_LIMITS,
      spending: { budgets: PLENTY, prices: priceTable({ scripted: { input: 0, output: 0 } }) },
    };
    const opened = await openDesk({ model: always(TURN), desk: { limits: free } });
    await (await newCustomer(opened)).ask('One');
    expect(await spentByAll(opened.desk)).toBe(0);
  });
});

const emptyRequest = {
  ...{ model: 'scripted', max_tokens: 1, system: [], tools: [] },
  messages: [{ role: 'user' as const, content: '' }],
};

describe('prices', () => {
  test('are those of the family, one’s own first, and the dearest where nothing is known', () => {
    const table = priceTable({ mine: { input: 1, output: 2 }, 'claude-haiku-4-5': { input: 9, output: 9 } });
    expect(table('mine')).toEqual({ input: 1, output: 2 });
    expect(table('claude-haiku-4-5')).toEqual({ input: 9, output: 9 });
    expect(table('us.anthropic.claude-opus-4-6-v1:0')).toEqual({ input: 5, output: 25 });
    expect(table('claude-opus-4-20250514')).toEqual({ input: 15, output: 75 });
    expect(table('llama3')).toEqual({ input: 15, output: 75 });
    expect([isPriced('claude-sonnet-4-6', {}), isPriced('llama3', {}), isPriced('x', { x: table('mine') })]).toEqual([
      true,
      false,
      true,
    ]);
  });
});
