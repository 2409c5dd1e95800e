import { describe, expect, test } from 'vitest';
import type { Model, ModelRequest } from '../../src/agent/model.ts';
import { blocksOf } from '../../src/agent/transcript.ts';
import { NEW_TURN } from '../../src/agent/turn.ts';
import { cancelTurn, readConversation } from '../../src/conversations/conversation.ts';
import { buildHistory } from '../../src/conversations/history.ts';
import type { LogEntry } from '../../src/conversations/log.ts';
import { RunningTurns } from '../../src/conversations/running-turns.ts';
import type { LoggedEvent } from '../../src/protocol/events.ts';
import type { MockTurn } from '../../src/testing/mock-claude-script.ts';
import { type ScriptedStep, scriptedModel } from '../../src/testing/scripted-model.ts';
import { PASSAGE, readReply, wordTool } from '../agent/play-turn.ts';
import { type Target, testDatabaseUrl } from '../contracts/databases.ts';
import type { TestStore } from '../contracts/store-helpers.ts';
import { leftBehind, prefixes, recording } from './crashes.ts';
import { stage } from './stage.ts';
import { checkLog, eventually, newCustomer, openDesk, settled, type TestDesk, testTargets } from './test-desk.ts';

/** What the model says next, as a function of what it is shown: so it says the same after a crash. */
const STEPS: MockTurn[] = [
  {
    citations: [
      { text: 'A charger is covered. ', cites: [{ result: 0 }] },
      { text: 'Let me look up the rest.', cites: [{ result: 0, start: 1 }] },
    ],
    tools: [{ name: 'lookup', input: { word: 'a' }, id: 'call_a' }],
  },
  {
    citations: [{ text: 'The cable is, too. ', cites: [{ result: 1, start: 1 }] }, { text: 'One more look.' }],
    tools: [
      { name: 'lookup', input: { word: 'b' }, id: 'call_b' },
      { name: 'hand_off', input: { word: 'c' }, id: 'call_c' },
    ],
  },
  { citations: [{ text: 'All of it is covered. ', cites: [{ result: 0 }] }, { text: 'A colleague joins us.' }] },
];
const WHOLE =
  'A charger is covered. Let me look up the rest.\n\nThe cable is, too. One more look.\n\nAll of it is covered. A colleague joins us.';

const bySteps: Model = (request, signal) => {
  const results = request.messages.flatMap((message) => blocksOf(message)).filter(({ type }) => type === 'tool_result');
  const step = STEPS[results.length === 0 ? 0 : results.length === 1 ? 1 : 2] ?? {};
  return scriptedModel([step]).model(request, signal);
};

const tools = [
  wordTool('lookup', async () => ({ content: [PASSAGE] })),
  wordTool('hand_off', async () => ({
    content: 'A colleague was asked.',
    events: [
      { type: 'handoff.requested', by: 'agent', reason: 'asked' },
      { type: 'status.changed', status: 'waiting_for_human' },
    ],
  })),
];

/** A reply of three steps, with citations, tools and a handoff, as it was appended. */
async function recorded(desk: TestDesk): Promise<{ id: string; entries: LogEntry[] }> {
  const entries = recording(desk);
  const customer = await newCustomer(desk);
  expect(await customer.ask('Is my charger covered?')).toBe(WHOLE);
  return { id: customer.id, entries: [...entries] };
}

describe('a turn whose server died', () => {
  test('at any of its events ends once, says everything once, and withdraws explicitly', async () => {
    const desk = await openDesk({ model: bySteps, agent: { tools } });
    const { id: original, entries } = await recorded(desk);
    const citations = await citationsOf(desk, original);
    expect(citations.map(({ number }) => number)).toEqual([1, 2]);
    let withdrawn = 0;
    for (const [index, prefix] of prefixes(entries).entries()) {
      const id = await leftBehind(desk, prefix);
      const before = await desk.store.log.events(id);
      const title = `cut ${index} after ${before.at(-1)?.type}`;
      const steps = (await desk.store.log.steps(id)).length;
      const isOver = before.at(-1)?.type === 'turn.ended';
      const isBroken = before.some((event) => event.type === 'segment.released' && event.step >= steps) && !isOver;
      desk.turns.wake(id);
      await settled(desk);
      const after = await desk.store.log.events(id);
      expect(after.slice(0, before.length), title).toEqual(before);
      expect(checkLog(after), title).toMatchObject([{ text: WHOLE, outcome: 'handed_off' }]);
      expect(await citationsOf(desk, id), title).toEqual(citations);
      // What the broken step had released is withdrawn by an event before anything else is said.
      const said = after.slice(before.length).filter(({ type }) => type !== 'turn.started');
      expect(said[0]?.type === 'segments.superseded', title).toBe(isBroken);
      if (isBroken) expect(said[1], title).toMatchObject({ type: 'notice', code: 'reply_restarted' });
      if (isBroken) withdrawn += 1;
    }
    expect(withdrawn).toBeGreaterThan(5);
  });

  test('and whose customer had cancelled meanwhile ends as stopped, without a further word', async () => {
    const desk = await openDesk({ model: bySteps, agent: { tools } });
    const { entries } = await recorded(desk);
    const withText = entries.findIndex(({ events }) => events.some(({ type }) => type === 'segment.released'));
    const id = await leftBehind(desk, entries.slice(0, withText + 1));
    expect(await cancelTurn(desk.desk, id)).toBe(true);
    desk.turns.wake(id);
    await settled(desk);
    expect(checkLog(await desk.store.log.events(id))).toMatchObject([{ outcome: 'stopped' }]);
  });

  test('after a message of ours came in the middle is shown the same as before', async () => {
    const theatre = stage();
    const desk = await openDesk({ model: theatre.model });
    const customer = await newCustomer(desk);
    await customer.send('Hello');
    await theatre.call(0);
    const inBetween = { type: 'message.sent', messageId: 'm', role: 'agent', text: 'A colleague comes.' } as const;
    await desk.store.log.append(customer.id, { events: [inBetween] });
    const { messages } = buildHistory({ events: await customer.log(), steps: [], actions: [] });
    expect(JSON.stringify(messages)).not.toContain('A colleague comes.');
    (await theatre.call(0)).end('refusal');
    await settled(desk);
  });
});

async function citationsOf({ desk }: TestDesk, id: string) {
  return (await readConversation(desk, id)).messages.at(-1)?.citations ?? [];
}

describe('a shutdown', () => {
  test('in mid-reply leaves the turn open, hangs up, and the next start ends it', async () => {
    const targets = testTargets();
    const target = targets.folder();
    const theatre = stage();
    const first = await openDesk({ model: theatre.model, target });
    const customer = await newCustomer(first);
    await customer.send('Hello');
    const call = await theatre.call(0);
    call.say('Half of it. The rest');
    await eventually(async () => (await customer.log()).some(({ type }) => type === 'segment.released'));
    await first.close();
    await call.over;

    const script: ScriptedStep[] = [{ text: 'All of it. Done.' }];
    const second = await openDesk({ model: scriptedModel(script).model, target, owner: 'next' });
    expect((await second.store.conversations.get(customer.id))?.openTurn).not.toBeNull();
    second.turns.start();
    await eventually(async () => (await second.store.conversations.get(customer.id))?.openTurn === null);
    expect(checkLog(await second.store.log.events(customer.id))).toMatchObject([
      { outcome: 'completed', text: 'All of it. Done.' },
    ]);
    await second.close();
  });

  test('while the store answers the sweep leaves nothing behind', async () => {
    const desk = await openDesk({ model: stage().model });
    desk.turns.start();
    await desk.close();
    expect(desk.logged).toEqual([]);
  });
});

type Place = (targets: ReturnType<typeof testTargets>) => Target;
const places: [string, Place][] = [['SQLite', (targets) => targets.folder()]];
if (testDatabaseUrl()) places.push(['PostgreSQL', (targets) => targets.schema()]);

describe.each(places)('two owners on %s', (_name, place) => {
  /** The same store with leases that lapse at once and are never renewed: an owner that has gone silent. */
  function silent(store: TestStore): TestStore {
    const { leases } = store;
    return {
      ...store,
      leases: { ...leases, claim: (id, owner) => leases.claim(id, owner, 1), renew: async () => true },
    };
  }

  test('a turn is taken over from the silent one, whose later words are refused and whose model is hung up on', async () => {
    const targets = testTargets();
    const theatre = stage();
    const { model } = scriptedModel([{ text: 'All of it. Done.' }]);
    const desk = await openDesk({ model, target: place(targets), owner: 'second' });
    const zombieDesk = { ...desk.desk, store: silent(desk.store), model: theatre.model };
    const zombie = new RunningTurns(zombieDesk, 'first');
    const customer = await newCustomer({ desk: zombieDesk, turns: zombie });
    await customer.send('Hello');
    const call = await theatre.call(0);
    call.say('Half of it. The rest');
    await eventually(async () => (await customer.log()).some(({ type }) => type === 'segment.released'));
    desk.turns.wake(customer.id);
    await eventually(async () => (await desk.store.conversations.get(customer.id))?.openTurn === null);
    call.say(' never. Never. And');
    await call.over;
    await eventually(() => zombie.size === 0);
    await settled(desk);
    const text = 'All of it. Done.';
    expect(checkLog(await customer.log())).toMatchObject([{ outcome: 'completed', text }]);
    await zombie.close();
    await desk.close();
  });

  test('a message that finds the lease taken is answered by the one who holds it', async () => {
    const targets = testTargets();
    const model: Model = (request: ModelRequest, signal) => scriptedModel([{ text: 'Yes.' }]).model(request, signal);
    const desk = await openDesk({ model, target: place(targets), owner: 'first' });
    const other = new RunningTurns(desk.desk, 'second');
    for (let round = 0; round < 10; round++) {
      const here = await newCustomer(desk);
      const first = await here.send('One');
      other.wake(here.id);
      const second = await here.send('Two');
      other.wake(here.id);
      await Promise.all([here.wait(first), here.wait(second)]);
      await eventually(() => other.size === 0 && desk.turns.size === 0);
      checkLog(await here.log());
    }
    await other.close();
    await desk.close();
  });
});

test('an open turn without steps begins anew', () => {
  const events: LoggedEvent[] = [
    { seq: 1, at: 1, type: 'message.received', messageId: 'm1', text: 'Hello' },
    { seq: 2, at: 2, type: 'turn.started', turnId: 't', messageId: 'r', answers: ['m1'], model: 'x', offline: false },
  ];
  const history = buildHistory({ events, steps: [], actions: [] });
  expect(history.open).toMatchObject({ resumed: NEW_TURN, brokenStep: null });
  expect(readReply([])).toEqual({ text: '', citations: [] });
});
