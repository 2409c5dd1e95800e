import type { LoggedEvent } from '../protocol/events.ts';
import type { Desk } from './desk.ts';

/** Milliseconds for which a turn that has ended is still replayed to a client that lost its connection. */
export const REPLAYED_MS = 60_000;

/**
 * The turn that is running, or has just ended, from its start: what was withdrawn is left out. Then what comes, until the
 * turn ends. Null where nothing is being said.
 */
export async function replayTurn(
  desk: Desk,
  { conversationId, signal }: { conversationId: string; signal: AbortSignal },
): Promise<AsyncIterable<LoggedEvent> | null> {
  const past = await desk.store.log.events(conversationId);
  const after = past.at(-1)?.seq ?? 0;
  const rest = { desk, conversationId, after, signal };
  if (await isWaiting(desk, conversationId)) return goOn([], { ...rest, ended: false });
  const started = past.findLast((event) => event.type === 'turn.started');
  if (!started) return null;
  const ended = past.find((event) => event.type === 'turn.ended' && event.turnId === started.turnId);
  if (ended && desk.now() - ended.at > REPLAYED_MS) return null;
  const turn = past.filter((event) => event.seq >= started.seq && (!ended || event.seq <= ended.seq));
  return goOn(withoutWithdrawn(turn), { ...rest, ended: ended !== undefined });
}

/** True where a message is in the log that a turn is about to take up. */
async function isWaiting(desk: Desk, conversationId: string): Promise<boolean> {
  const conversation = await desk.store.conversations.get(conversationId);
  if (!conversation || conversation.openTurn !== null) return false;
  const { status, receivedSeq, takenSeq } = conversation;
  return receivedSeq > takenSeq && status !== 'with_human' && status !== 'closed';
}

/** A turn's events without those that a later one withdraws. */
function withoutWithdrawn(events: readonly LoggedEvent[]): LoggedEvent[] {
  let kept: LoggedEvent[] = [];
  for (const event of events) {
    if (event.type === 'segments.superseded') kept = kept.filter((one) => !('step' in one) || one.step < event.step);
    else kept.push(event);
  }
  return kept;
}

type Rest = { desk: Desk; conversationId: string; after: number; ended: boolean; signal: AbortSignal };

async function* goOn(past: readonly LoggedEvent[], rest: Rest): AsyncGenerator<LoggedEvent> {
  yield* past;
  if (rest.ended) return;
  for await (const event of rest.desk.store.log.follow(rest.conversationId, rest.after, rest.signal)) {
    yield event;
    if (event.type === 'turn.ended') return;
  }
}
