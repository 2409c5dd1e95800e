import { stripVTControlCharacters } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { openSqliteStore } from '../../src/adapters/sql/sqlite.ts';
import { insightLines } from '../../src/cli/insights.ts';
import type { Store } from '../../src/conversations/log.ts';
import { priceTable } from '../../src/conversations/prices.ts';
import { insightsOf, lastDays } from '../../src/evals/insights.ts';
import { kappaOf, meanInterval, passPowK, quantile, wilson } from '../../src/evals/statistics.ts';
import type { EventBody } from '../../src/protocol/events.ts';
import { createProcesses } from '../e2e/server/processes.ts';
import { scratch } from './stage-for-tests.ts';

const processes = createProcesses({ FRONTDESK_ENCODER: 'off' });
afterAll(() => processes.cleanUp());

const RATED = (score: number): EventBody => ({ type: 'rating.given', score, comment: null });
const RESOLVED: EventBody = { type: 'status.changed', status: 'resolved' };
const HANDOFF: EventBody = { type: 'handoff.requested', by: 'agent', reason: 'asked' };

let made = 0;

/** A conversation of a customer who says these things, each answered, and then what else happened. */
async function conversation(store: Store, said: readonly string[], then: readonly EventBody[], agent = 'workshop') {
  made += 1;
  const id = `conv_${made}`;
  const started: EventBody = { type: 'conversation.started', agent, language: null, model: 'm', offline: false };
  await store.log.create({ id, agent, tokenHash: 'h', visitor: 'v', language: null, metadata: {} }, [started]);
  for (const [at, text] of said.entries()) {
    const [messageId, turnId, replyId] = [`msg_${at}`, `turn_${at}`, `reply_${at}`];
    const turn: EventBody = {
      type: 'turn.started',
      turnId,
      messageId: replyId,
      answers: [messageId],
      model: 'm',
      offline: false,
    };
    const reply = { type: 'segment.released', turnId, step: 0, start: 0, text: 'Yes.' } as const;
    const ended = { type: 'turn.ended', turnId, messageId: replyId, outcome: 'completed' } as const;
    await store.log.append(id, { events: [{ type: 'message.received', messageId, text }, turn, reply, ended] });
  }
  if (then.length > 0) await store.log.append(id, { events: [...then] });
}

const wish = (more: object = {}) => ({
  ...{ agent: 'workshop', ...lastDays(30, Date.now() + 1_000), humanSeconds: null, prices: priceTable({}) },
  onProgress() {},
  ...more,
});

describe('insights', () => {
  test('count what customers did, of this agent only', async () => {
    const store = await openSqliteStore({ folder: scratch(), durable: false });
    await conversation(
      store,
      ['My bike broke, this is terrible.', 'Great, thank you so much!'],
      [RATED(2), RATED(5), RESOLVED],
    );
    await conversation(store, ['Hello, nice shop.', 'This is awful, I am angry.'], [HANDOFF, RATED(2)]);
    await conversation(store, ['Are you open?'], [RESOLVED]);
    await conversation(store, [], []);
    await conversation(store, ['Another agent’s customer'], [RATED(1), RESOLVED], 'library');
    const { conversations, criteria, figures, days } = await insightsOf(store, wish());
    expect(conversations).toBe(3);
    expect(criteria.csat).toMatchObject({ value: 3.5, n: 2, target: 4, pass: false });
    expect(criteria.deflection).toMatchObject({ value: 1, n: 2, target: 0.7, pass: true });
    expect(criteria.sentiment_maintenance).toMatchObject({ value: 0.5, n: 2 });
    expect(criteria.handle_time).toMatchObject({
      n: 2,
      pass: null,
      reason: expect.stringContaining('--human-seconds'),
    });
    expect(figures).toMatchObject({ escalated: 1 / 3, messages: 5 / 3, costUsd: 0, gaps: 0 });
    expect(days).toMatchObject([{ conversations: 3, withHuman: 1, csat: 3.5 }]);
    const human = await insightsOf(store, wish({ humanSeconds: 300 }));
    expect(human.criteria.handle_time).toMatchObject({ target: 300, pass: true });
    await store.close();
  });

  test('of no conversation there are no figures, and each says why', async () => {
    const store = await openSqliteStore({ folder: scratch(), durable: false });
    const { conversations, criteria } = await insightsOf(store, wish());
    expect(conversations).toBe(0);
    for (const criterion of Object.values(criteria)) {
      expect(criterion).toMatchObject({ value: null, n: 0, pass: null, reason: expect.any(String) });
    }
    await store.close();
  });

  test('the command prints one object, and a sentence where there is nothing to read', async () => {
    const data = scratch();
    const env = { FRONTDESK_DATA: data, FRONTDESK_AGENT: '/anywhere/workshop' };
    const empty = await processes.run(['insights'], { env }).ended;
    expect(empty).toMatchObject({ code: 1, stderr: expect.stringContaining('There are no conversations in') });
    const store = await openSqliteStore({ folder: data, durable: false });
    await conversation(store, ['Are you open?'], [RATED(4), RESOLVED]);
    await store.close();
    const { code, stdout } = await processes.run(['insights', '--json'], { env }).ended;
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ agent: 'workshop', conversations: 1, criteria: { csat: { value: 4 } } });
    const people = await processes.run(['insights'], { env }).ended;
    expect(people.stdout).toContain('✓ CSAT');
    const wrong = await processes.run(['insights', '--days', 'many'], { env }).ended;
    expect(wrong).toMatchObject({ code: 1, stderr: expect.stringContaining('--days is a whole number') });
    const person = await processes.run(['insights', '--human-seconds', '0'], { env }).ended;
    expect(person).toMatchObject({ code: 1, stderr: expect.stringContaining('--human-seconds is a whole number') });
  });

  test('the command says who has the folder, and what to do where no customer came', async () => {
    const data = scratch();
    const env = { FRONTDESK_DATA: data, FRONTDESK_AGENT: '/anywhere/workshop' };
    const store = await openSqliteStore({ folder: data, durable: false });
    const inUse = await processes.run(['insights'], { env }).ended;
    expect(inUse).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/is in use by the process with pid/),
    });
    await store.close();
    const nobody = await processes.run(['insights'], { env }).ended;
    expect(nobody).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^workshop {2}0 conversations, .*\nNo customer/),
    });
  });

  test('the lines for people hold the last days, and nothing that acts on a terminal', async () => {
    const store = await openSqliteStore({ folder: scratch(), durable: false });
    const empty = await insightsOf(store, wish());
    await store.close();
    const counts = { conversations: 2, withHuman: 1, csat: 4 };
    const days = Array.from({ length: 40 }, (_, day) => ({ day: `day ${day}`, ...counts }));
    const routes = ['general', 'a\u001b[2Jb'].map((route) => ({ route, ...counts }));
    const lines = insightLines({ ...empty, conversations: 80, days, routes }).map(stripVTControlCharacters);
    expect(lines).toContain('Days, the last 31 of 40');
    expect(lines.filter((line) => line.startsWith('  day '))).toHaveLength(31);
    expect(lines).toContain(`  day 39  ${'█'.repeat(12)}${'░'.repeat(12)}  2, 1 with a person, rated 4.0`);
    const raw = insightLines({ ...empty, conversations: 80, days, routes }).join('\n');
    expect(raw).not.toContain('\u001b[2J');
  });
});

test('statistics agree with tables', () => {
  expect(wilson(0, 0)).toBeNull();
  expect(wilson(9, 10)?.low).toBeCloseTo(0.5958, 3);
  expect(wilson(9, 10)?.high).toBeCloseTo(0.9821, 3);
  expect(passPowK(2, 3, 3)).toBe(0);
  expect(passPowK(2, 3, 1)).toBeCloseTo(2 / 3);
  expect(passPowK(3, 4, 2)).toBeCloseTo(0.5);
  expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5);
  expect(quantile([], 0.5)).toBeNull();
  // t of 2.776 at four degrees of freedom.
  const interval = meanInterval([1, 2, 3, 4, 5]);
  expect(interval?.mean).toBe(3);
  expect((interval?.high ?? 0) - 3).toBeCloseTo(2.776 * Math.sqrt(2.5 / 5), 1);
  expect(
    kappaOf([
      [true, true],
      [false, false],
      [true, false],
      [false, true],
    ]),
  ).toBe(0);
});
