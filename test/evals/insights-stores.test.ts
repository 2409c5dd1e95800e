import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { OFFLINE_MODEL_ID } from '../../src/adapters/offline-model/offline-model.ts';
import type { StepRecord } from '../../src/agent/step.ts';
import type { Store } from '../../src/conversations/log.ts';
import { priceTable } from '../../src/conversations/prices.ts';
import { type Insights, insightsOf } from '../../src/evals/insights.ts';
import type { EventBody } from '../../src/protocol/events.ts';
import { createTargets, openTarget, testDatabaseUrl } from '../contracts/databases.ts';
import type { TestStore } from '../contracts/store-helpers.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 10, 20, 12);
const FROM = NOW - 7 * DAY;

const targets = createTargets();
afterAll(() => targets.cleanUp());

describe('insights over SQLite', () => tellTruly(() => openTarget(targets.folder())));
describe.skipIf(!testDatabaseUrl())('insights over PostgreSQL', () => tellTruly(() => openTarget(targets.schema())));

function tellTruly(open: () => Promise<TestStore>): void {
  let store: TestStore;

  beforeEach(async () => {
    store = await open();
    vi.useFakeTimers({ toFake: ['Date'], now: NOW });
  });

  afterEach(async () => {
    vi.useRealTimers();
    await store.close();
  });

  const insights = (more: object = {}): Promise<Insights> => {
    vi.setSystemTime(NOW);
    const wish = {
      agent: 'workshop',
      from: FROM,
      to: NOW,
      humanSeconds: null,
      prices: priceTable({}),
      onProgress() {},
    };
    return insightsOf(store, { ...wish, ...more });
  };

  test('a conversation belongs to the time in which its customer began it', async () => {
    await had(store, [at(FROM - MINUTE, said('Before.')), at(FROM + DAY, said('Again.'), rated(1))]);
    await had(store, [at(FROM - MINUTE, GREETED), at(FROM, said('Just in time.'), rated(4))]);
    await had(store, [at(NOW - 1, said('At the last moment.'), rated(5))]);
    await had(store, [at(FROM + DAY, GREETED, sent('operator', 'Hello? Anybody?'))]);
    const { conversations, criteria, days } = await insights();
    expect(conversations).toBe(2);
    expect(criteria.csat).toMatchObject({ value: 4.5, n: 2 });
    expect(days.map(({ day, conversations: of }) => [day, of])).toEqual([
      ['2026-11-13', 1],
      ['2026-11-20', 1],
    ]);
  });

  test('over is what was resolved or closed, and what was quiet for a day', async () => {
    const quiet = NOW - DAY - 1;
    await had(store, [at(quiet, said('Quiet, alone.'))]);
    await had(store, [at(quiet, said('Quiet, with a person.'), HANDOFF)]);
    await had(store, [at(quiet, said('Not quiet.')), at(NOW - DAY, said('A day ago to the millisecond.'))]);
    await had(store, [at(NOW - MINUTE, said('Closed.'), status('closed'))]);
    await had(store, [at(NOW - MINUTE, said('Taken over.'), status('with_human')), at(NOW - 1, status('resolved'))]);
    await had(store, [at(NOW - MINUTE, said('Resolved by a person.'), sent('operator', 'Done.'), status('resolved'))]);
    await had(store, [at(NOW - MINUTE, said('Still going on.'), HANDOFF)]);
    const { criteria, figures } = await insights();
    expect(criteria.deflection).toMatchObject({ value: 2 / 5, n: 5, pass: false });
    // Wilson's interval of two of five.
    expect(criteria.deflection?.low).toBeCloseTo(0.1176, 3);
    expect(criteria.deflection?.high).toBeCloseTo(0.7693, 3);
    expect(figures.escalated).toBe(4 / 7);
  });

  test('times go from the first message to the first words and to the last answer, whoever gave it', async () => {
    const start = FROM + DAY;
    await had(store, [
      at(start - HOUR, GREETED),
      at(start, said('One.')),
      at(start + 2_000, ...answered()),
      at(start + 60_000, said('Two.')),
      at(start + 63_000, ...answered()),
      at(start + 90_000, said('Thanks.')),
    ]);
    await had(store, [
      at(start, said('A person, please.'), HANDOFF),
      at(start + 600_000, sent('operator', 'Here I am.')),
    ]);
    await had(store, [at(start, GREETED, said('Nobody answers.'))]);
    await had(store, [at(NOW - 5_000, said('Not over.')), at(NOW - 1_000, ...answered())]);
    const { criteria, figures } = await insights({ humanSeconds: 300 });
    expect(criteria.handle_time).toMatchObject({ n: 2, value: (63 + 600) / 2, target: 300, pass: false });
    expect(figures.firstReply?.p50).toBe(3);
    expect(figures.firstReply?.p95).toBeCloseTo(3.9);
    const unanswered = await insights({ from: start, to: start + 1, agent: 'nobody' });
    expect(unanswered.criteria.handle_time).toMatchObject({ value: null, reason: expect.stringContaining('answered') });
  });

  test('a mood counts only where the words are known to be English', async () => {
    await had(store, [at(FROM, said('I am so happy with the bike.'), said('This is a terrible disaster.'))]);
    await had(store, [at(FROM, said('This is a terrible disaster.'), said('I am so happy with the bike.'))]);
    await had(store, [
      at(FROM, said('Ich bin sehr zufrieden mit dem Rad.'), said('Das ist eine Katastrophe und nicht gut.')),
    ]);
    await had(store, [at(FROM, said('Terima kasih'), said('Rusak'))]);
    await had(store, [at(FROM, said('Great'), said('Awful'))], { language: 'en-GB' });
    await had(store, [at(FROM, said('This is the only thing that I have said.'))]);
    const { criteria } = await insights();
    expect(criteria.sentiment_maintenance).toMatchObject({ value: 1 / 3, n: 3 });
  });

  test('the last rating of a conversation counts, with an interval that stays on the scale', async () => {
    await had(store, [at(FROM, said('One.'), rated(1), rated(5))]);
    expect((await insights()).criteria.csat).toMatchObject({ value: 5, n: 1, low: null, high: null, pass: true });
    await had(store, [at(FROM, said('Two.'), rated(1))]);
    expect((await insights()).criteria.csat).toMatchObject({ value: 3, n: 2, low: 1, high: 5, pass: false });
    for (const score of [4, 4, 5, 5]) await had(store, [at(FROM, said('More.'), rated(score))]);
    const { csat } = (await insights()).criteria;
    // 5, 1, 4, 4, 5, 5: mean 4, standard deviation 1.549, t of 2.571 at five degrees of freedom.
    expect(csat).toMatchObject({ value: 4, n: 6, high: 5, pass: true });
    expect(csat?.low).toBeCloseTo(4 - (2.571 * 1.549) / Math.sqrt(6), 2);
  });

  test('costs are those of the models that were paid, whatever the conversation began with', async () => {
    const usage = { input: 1_000_000, output: 100_000, cacheRead: 1_000_000, cacheWrite: 0 };
    const id = await had(store, [at(FROM, said('Offline first.'), TURN)]);
    for (const model of [OFFLINE_MODEL_ID, 'claude-haiku-4-5'])
      await store.log.append(id, { events: [], step: step(model, usage) });
    await had(store, [at(FROM, said('For nothing.'))]);
    // 1 for the input, 0.1 for what the cache gave, 0.5 for the output: of two conversations.
    expect((await insights()).figures.costUsd).toBeCloseTo(1.6 / 2, 9);
  });

  test('desks, sources and several agents are kept apart', async () => {
    await had(store, [
      at(FROM, said('My brakes squeal.'), TURN, toDesk('repairs'), ...cited(), ENDED, HANDOFF, rated(2)),
    ]);
    await had(store, [at(FROM, said('Do you hire out tandems?'), ...answered(), rated(4))]);
    await had(store, [at(FROM, said('May I borrow it?'), ...answered(), rated(1))], { agent: 'library' });
    const { figures, routes, conversations } = await insights();
    expect(conversations).toBe(2);
    expect(figures).toMatchObject({ cited: 0.5, messages: 1 });
    expect(routes).toEqual([
      { route: 'general', conversations: 1, withHuman: 0, csat: 4 },
      { route: 'repairs', conversations: 1, withHuman: 1, csat: 2 },
    ]);
  });

  test('gaps are all counted, of this agent and time', async () => {
    const gap = (n: number, more: object = {}) => ({
      ...{
        id: `gap_${n}`,
        agent: 'workshop',
        language: 'en',
        wording: `w${n}`,
        example: 'e',
        relevance: 0,
        lastAt: FROM,
      },
      ...more,
    });
    for (let n = 0; n < 1_050; n += 1) await store.gaps.note(gap(n), 10_000);
    for (let n = 0; n < 3; n += 1) await store.gaps.note(gap(n), 10_000);
    await store.gaps.note(gap(2_000, { lastAt: FROM - 1 }), 10_000);
    await store.gaps.note(gap(2_001, { lastAt: NOW }), 10_000);
    await store.gaps.note(gap(2_002, { agent: 'library' }), 10_000);
    expect((await insights()).figures.gaps).toBe(1_050);
  });

  test('what a running server touches while the list is read is counted, and once', async () => {
    vi.setSystemTime(FROM);
    const made = await Promise.all(Array.from({ length: 450 }, () => begun(store, { agent: 'workshop' })));
    await Promise.all(made.map((id) => append(store, id, [said('Hello.')])));
    vi.setSystemTime(NOW);
    const [oldest] = (await store.conversations.list({ limit: 450 })).slice(-1);
    let pages = 0;
    const conversations: Store['conversations'] = {
      ...store.conversations,
      async list(filter) {
        const page = await store.conversations.list(filter);
        pages += 1;
        if (pages === 1 && oldest) await append(store, oldest.id, [said('Are you there?')]);
        return page;
      },
    };
    const wish = { agent: 'workshop', from: FROM, to: NOW, humanSeconds: null, prices: priceTable({}) };
    const reached: number[] = [];
    const found = await insightsOf(
      { ...store, conversations },
      { ...wish, onProgress: (_, last) => reached.push(last) },
    );
    expect(found).toMatchObject({ conversations: 450, figures: { messages: 451 / 450 } });
    expect([reached[0], reached.at(-1)]).toEqual([FROM, NOW]);
  });
}

const GREETED = sent('agent', 'Hello! I am an AI.');
const HANDOFF: EventBody = { type: 'handoff.requested', by: 'customer', reason: 'asked' };
const TURN = turn('turn_0');
const ENDED: EventBody = { type: 'turn.ended', turnId: 'turn_0', messageId: 'reply', outcome: 'completed' };

type Moment = { at: number; events: EventBody[] };

function at(time: number, ...events: EventBody[]): Moment {
  return { at: time, events };
}

function said(text: string): EventBody {
  return { type: 'message.received', messageId: `msg_${Math.random()}`, text };
}

function sent(role: 'agent' | 'operator', text: string): EventBody {
  return { type: 'message.sent', messageId: `msg_${Math.random()}`, role, text };
}

function rated(score: number): EventBody {
  return { type: 'rating.given', score, comment: null };
}

function status(now: 'with_human' | 'resolved' | 'closed'): EventBody {
  return { type: 'status.changed', status: now };
}

function turn(turnId: string): EventBody {
  return { type: 'turn.started', turnId, messageId: 'reply', answers: [], model: 'm', offline: false };
}

function answered(): EventBody[] {
  const turnId = `turn_${Math.random()}`;
  return [
    turn(turnId),
    { type: 'segment.released', turnId, step: 0, start: 0, text: 'Yes.' },
    { type: 'turn.ended', turnId, messageId: 'reply', outcome: 'completed' },
  ];
}

function cited(): EventBody[] {
  const where = { turnId: 'turn_0', step: 0, start: 0 };
  const source = { passageId: 'brakes.md#1', title: 'Brakes', url: null, quote: 'They squeal.', location: null };
  return [
    { type: 'segment.released', ...where, text: 'Yes.' },
    { type: 'citation.added', ...where, end: 4, citation: { number: 1, ...source } },
  ];
}

function toDesk(route: string): EventBody {
  const sure = { by: 'router', sure: true, offTopic: false, confidence: 0.9, outOfScope: 0 } as const;
  return {
    type: 'route.chosen',
    turnId: 'turn_0',
    route,
    from: 'general',
    ...sure,
    intent: null,
    language: 'en',
    scores: [],
  };
}

function step(model: string, usage: StepRecord['usage']): StepRecord {
  const nothing = { input: [], output: [], toolResults: [], stopReason: null };
  return {
    turnId: 'turn_0',
    step: 0,
    kind: 'answer',
    model,
    promptHash: 'h',
    knowledgeVersion: 'v',
    ...nothing,
    usage,
  };
}

type Made = { agent?: string; language?: string };

/** A conversation in which these things happen at these times; gives its id. */
async function had(store: Store, moments: readonly Moment[], made: Made = {}): Promise<string> {
  vi.setSystemTime(moments[0]?.at ?? NOW);
  const id = await begun(store, made);
  for (const { at: time, events } of moments) {
    vi.setSystemTime(time);
    await append(store, id, events);
  }
  return id;
}

async function begun(store: Store, { agent = 'workshop', language }: Made): Promise<string> {
  const id = `conv_${Math.random()}`;
  const started: EventBody = {
    type: 'conversation.started',
    agent,
    language: language ?? null,
    model: 'm',
    offline: true,
  };
  const nobody = { tokenHash: 'h', visitor: 'v', metadata: {} };
  await store.log.create({ id, agent, language: language ?? null, ...nobody }, [started]);
  return id;
}

async function append(store: Store, id: string, events: EventBody[]): Promise<void> {
  const appended = await store.log.append(id, { events });
  if (!appended.ok) throw new Error(appended.why);
}
