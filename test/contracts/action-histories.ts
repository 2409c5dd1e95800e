import { expect, it } from 'vitest';
import type { Appended, LogEntry, Store } from '../../src/conversations/log.ts';
import type { ActionState } from '../../src/protocol/conversation.ts';
import type { EventBody } from '../../src/protocol/events.ts';
import { type Random, randomFrom, seeded } from '../e2e/server/random.ts';
import { actionOf, actionStarted, decided, finished } from './action-events.ts';
import { turnStarted } from './store-events.ts';
import { append, newConversation } from './store-helpers.ts';

const BATCHES = 30;
const ENTRIES_A_BATCH = 10;

/** All that can happen to an action, a letter an event: Proposed, Confirmed, Negated, Started, Done, Failed, Unknown. */
const LEGAL = /^P(N|C(F|S+[DFU]?)?)?$/;
const STATES: Record<string, ActionState> = {
  ...{ P: 'proposed', C: 'confirmed', N: 'declined', S: 'running', D: 'done', F: 'failed', U: 'unknown' },
};

/** What has happened to the actions of a conversation, by id. Those whose id ends with `late` had expired when proposed. */
type Histories = Map<string, string>;

/**
 * Random events of actions, many at once, on a random one of the stores. Afterwards each log is a legal history that
 * holds what was acknowledged and nothing else, and the rows say the same; with one store, every answer is as foretold.
 */
export function itKeepsActionsStraight(name: string, open: () => Promise<Store[]>): void {
  it(`${name}: random histories of actions are legal, and told by the rows`, async () => {
    const stores = await open();
    try {
      await seeded((seed) => tryHistories(stores, randomFrom(seed)));
    } finally {
      for (const store of stores) await store.close();
    }
  });
}

async function tryHistories(stores: Store[], random: Random): Promise<void> {
  const [store] = stores as [Store];
  const conversations = await Promise.all([1, 2, 3].map(() => newConversation(store)));
  for (const id of conversations) await append(store, id, { events: [turnStarted('t', [])] });
  const foretold = new Map<string, Histories>(conversations.map((id) => [id, new Map()]));
  const acknowledged = new Map(conversations.map((id) => [id, 2]));
  const refusals = new Set<string>();

  for (let batch = 0; batch < BATCHES; batch += 1) {
    const tries = Array.from({ length: ENTRIES_A_BATCH }, () => {
      const id = anyOf(conversations, random);
      const histories = foretold.get(id) ?? new Map();
      const entry = randomEntry(histories, random);
      return { id, entry, expected: foretell(histories, entry) };
    });
    const answers = await Promise.all(tries.map(({ id, entry }) => anyOf(stores, random).log.append(id, entry)));
    for (const [index, { id, expected }] of tries.entries()) {
      const answer = answers[index] as Appended;
      if (answer.ok) acknowledged.set(id, (acknowledged.get(id) ?? 0) + answer.events.length);
      else refusals.add(answer.why);
      if (stores.length === 1) expect(answer.ok ? { ok: true } : answer).toEqual(expected);
    }
  }
  expect([...refusals]).toEqual(['action_not_there']);
  for (const id of conversations) await compare(anyOf(stores, random), id, acknowledged.get(id) ?? 0);
}

/** One to three events, most of them such as can come next. */
function randomEntry(histories: Histories, random: Random): LogEntry {
  const events: EventBody[] = [];
  for (let n = 0; n < 1 + Math.floor(random() * 3); n += 1) {
    const known = [...histories.keys()].slice(-4);
    const isNew = known.length === 0 || random() < 0.2;
    const actionId = isNew ? `${histories.size}-${n}${random() < 0.2 ? 'late' : ''}` : anyOf(known, random);
    const history = (histories.get(actionId) ?? '') + events.map((event) => letterOf(event, actionId)).join('');
    const any = [...'PCNSSDFU'];
    const next = any.filter((letter) => LEGAL.test(history + letter));
    events.push(eventOf(anyOf(next.length > 0 && random() < 0.8 ? next : any, random), actionId, history));
  }
  const proposals = events.flatMap((event) => {
    return event.type === 'action.proposed' ? { id: event.action.id, customerId: null } : [];
  });
  return { events, proposals };
}

function eventOf(letter: string, actionId: string, history: string): EventBody {
  const attempts = history.split('S').length;
  if (letter === 'P') {
    const expiresAt = actionId.endsWith('late') ? 1 : Date.now() + 600_000;
    return { type: 'action.proposed', turnId: 't', step: 0, action: actionOf(actionId, { expiresAt }) };
  }
  if (letter === 'C' || letter === 'N') return decided(actionId, letter === 'C' ? 'confirm' : 'decline');
  // Now and then another attempt than the next.
  if (letter === 'S') return actionStarted(actionId, history.length % 5 === 4 ? attempts + 1 : attempts);
  return finished(actionId, letter === 'D' ? 'done' : letter === 'F' ? 'failed' : 'unknown');
}

/** The letter of an event of this action; nothing where it is of another. */
function letterOf(event: EventBody, actionId: string): string {
  if (event.type === 'action.proposed') return event.action.id === actionId ? 'P' : '';
  if (!('actionId' in event) || event.actionId !== actionId) return '';
  if (event.type === 'action.decided') return event.decision === 'confirm' ? 'C' : 'N';
  if (event.type === 'action.started') return 'S';
  return event.outcome === 'done' ? 'D' : event.outcome === 'failed' ? 'F' : 'U';
}

/** Whether the event may follow; an attempt has to be the next one. */
function mayFollow(history: string, event: EventBody, actionId: string): boolean {
  if (event.type === 'action.started' && event.attempt !== history.split('S').length) return false;
  const after = history + letterOf(event, actionId);
  return LEGAL.test(after) && !(actionId.endsWith('late') && after.length > 1);
}

/** What the entry is answered, and the histories with it where it is admitted. */
function foretell(histories: Histories, { events }: LogEntry) {
  const after = new Map(histories);
  for (const event of events) {
    const actionId = event.type === 'action.proposed' ? event.action.id : 'actionId' in event ? event.actionId : '';
    const history = after.get(actionId) ?? '';
    if (!mayFollow(history, event, actionId)) {
      return { ok: false, why: 'action_not_there', actionId, state: STATES[history.at(-1) ?? ''] ?? null };
    }
    after.set(actionId, history + letterOf(event, actionId));
  }
  for (const [id, history] of after) histories.set(id, history);
  return { ok: true };
}

async function compare(store: Store, id: string, acknowledged: number): Promise<void> {
  const events = await store.log.events(id);
  expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: acknowledged }, (_, index) => index + 1));
  const histories: Histories = new Map();
  expect(foretell(histories, { events: events.slice(2) })).toEqual({ ok: true });

  const rows = await store.actions.of(id);
  expect(rows.map((row) => row.id)).toEqual([...histories.keys()]);
  for (const row of rows) {
    const history = histories.get(row.id) ?? '';
    const decision = events.find((event) => event.type === 'action.decided' && event.actionId === row.id);
    expect(row).toMatchObject({
      ...{ state: STATES[history.at(-1) ?? ''], attempts: history.split('S').length - 1 },
      ...{ decidedSeq: decision?.seq ?? null, decidedAt: decision?.at ?? null },
    });
    expect(await store.actions.get(id, row.id)).toEqual(row);
  }
  expect(await store.conversations.get(id)).toMatchObject({
    pendingActions: [...histories.values()].filter((history) => /[CS]$/.test(history)).length,
    receivedSeq: events.findLast(({ type }) => type === 'action.decided')?.seq ?? 0,
  });
}

function anyOf<Item>(items: readonly Item[], random: Random): Item {
  return items[Math.floor(random() * items.length)] as Item;
}
