import { onTestFinished } from 'vitest';
import { answerMessage, type ReceivedMessage, turnEvents } from '../../src/conversations/answer-message.ts';
import { type NewConversationWish, startConversation } from '../../src/conversations/conversation.ts';
import type { Desk } from '../../src/conversations/desk.ts';
import { RunningTurns } from '../../src/conversations/running-turns.ts';
import type { LoggedEvent } from '../../src/protocol/events.ts';
import { readReply } from '../agent/play-turn.ts';
import { createTargets, openTarget, type Target } from '../contracts/databases.ts';
import type { TestStore } from '../contracts/store-helpers.ts';
import { type DeskOptions, makeDesk } from './make-desk.ts';

export type Options = {
  /** Default: a new SQLite folder, removed when the test is over. */
  target?: Target;
  /** A store that is open already, and that the test closes. */
  store?: TestStore;
  owner?: string;
} & DeskOptions;

export type TestDesk = Awaited<ReturnType<typeof openDesk>>;

/** Places for stores that are gone when the test is over; hooks run newest first, so the stores are closed by then. */
export function testTargets(): ReturnType<typeof createTargets> {
  const targets = createTargets();
  onTestFinished(() => targets.cleanUp());
  return targets;
}

/** A real store, the use cases over it, and turns that run; nothing is left when the test is over. */
export async function openDesk(options: Options) {
  const targets = testTargets();
  // One customer at a time would wait for company with each commit; that commits are shared the contracts show.
  const store = options.store ?? (await openTarget(options.target ?? targets.folder(), { commitWindowMs: 0 }));
  const { desk, logged } = makeDesk(store, options);
  const turns = new RunningTurns(desk, options.owner ?? 'test');
  const close = async () => {
    await turns.close();
    if (!options.store) await store.close();
  };
  onTestFinished(close);
  return { desk, turns, store, logged, close };
}

/** A customer in a conversation of their own. */
export async function newCustomer({ desk, turns }: Pick<TestDesk, 'desk' | 'turns'>, wish: NewConversationWish = {}) {
  const { id } = await startConversation(desk, wish);
  const send = (text: string) => answerMessage({ desk, turns }, { conversationId: id, text });
  const wait = (message: ReceivedMessage) => eventsOf(desk, id, message);
  return {
    id,
    send,
    /** The events of the turn that answers the message; all there will be, however it ends. */
    wait,
    /** Sends and waits for the reply's text. */
    ask: async (text: string) => readReply((await wait(await send(text))).filter((event) => 'turnId' in event)).text,
    log: () => desk.store.log.events(id),
  };
}

async function eventsOf(desk: Desk, conversationId: string, message: ReceivedMessage): Promise<LoggedEvent[]> {
  const signal = AbortSignal.timeout(20_000);
  const events = await Array.fromAsync(turnEvents(desk, { conversationId, ...message, signal }));
  if (signal.aborted) throw new Error('the turn did not end in time');
  return events;
}

/**
 * Checks a whole log: seqs without a gap, every event of a turn within it, each turn ended once, each reply put
 * together from its segments without a gap. Gives the turns, oldest first.
 */
export function checkLog(events: readonly LoggedEvent[]) {
  const turns: { turnId: string; answers: string[]; events: LoggedEvent[]; outcome: string; text: string }[] = [];
  let open: LoggedEvent[] | null = null;
  events.forEach((event, index) => {
    if (event.seq !== index + 1) throw new Error(`seq ${event.seq} at ${index + 1}`);
    if (event.type === 'turn.started') {
      if (open) throw new Error('a turn within a turn');
      open = [];
      turns.push({ turnId: event.turnId, answers: event.answers, events: open, outcome: '', text: '' });
    }
    const turn = turns.at(-1);
    if (!('turnId' in event)) return;
    if (!open || turn?.turnId !== event.turnId) throw new Error(`${event.type} outside of its turn`);
    open.push(event);
    if (event.type !== 'turn.ended') return;
    Object.assign(turn, { outcome: event.outcome, text: readReply(open).text });
    open = null;
  });
  if (open) throw new Error('a turn has not ended');
  return turns;
}

/** Repeats until it gives something, or fails after twenty seconds. */
export async function eventually<Value>(look: () => Value | Promise<Value>): Promise<NonNullable<Value>> {
  const end = Date.now() + 20_000;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error('it did not happen within twenty seconds');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Resolves when nobody runs a turn, and checks that no follower is left behind. */
export async function settled({ turns, store }: Pick<TestDesk, 'turns' | 'store'>): Promise<void> {
  await eventually(() => turns.size === 0);
  if (store.followers() > 0) throw new Error(`${store.followers()} followers are left`);
}
