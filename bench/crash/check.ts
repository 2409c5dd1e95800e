import { isDeepStrictEqual } from 'node:util';
import type { Decision } from '../../src/protocol/conversation.ts';
import type { LoggedEvent } from '../../src/protocol/events.ts';
import { type LoggedAction, readActions } from './logged-actions.ts';

/** A row of the shop's own table. */
export type Effect = { at: number; kind: string; customer: string; order: string; key: string };

export type SentMessage = { text: string; key: string; acknowledged: boolean };

/** What a customer decided, or tried to: `accepted` where the server said so. */
export type Wish = { actionId: string; decision: Decision; accepted: boolean };

/** What one client has done and seen, kept by itself. */
export type Witness = {
  conversation: string;
  customer: string;
  messages: SentMessage[];
  wishes: Wish[];
  /** Every event, in the order in which it came. */
  seen: LoggedEvent[];
  /** Events that came where another should have. */
  breaks: string[];
  /** Answers that no client should ever get. */
  surprises: string[];
};

export type Kind =
  | 'lost_messages'
  | 'double_messages'
  | 'duplicate_effects'
  | 'missing_effects'
  | 'unconfirmed_effects'
  | 'silent_turns'
  | 'gaps'
  | 'unlogged_events'
  | 'lost_decisions'
  | 'surprises';

export type Violation = { kind: Kind; conversation: string; sentence: string };

export type Outcomes = { turns: number; confirmed: number; done: number; failed: number; unknown: number };

type Report = (kind: Kind, sentence: string) => void;

/** Compares what the clients, the logs and the shop say of the same time. Everything has to be quiet by now. */
export function checkHistory(
  witnesses: readonly Witness[],
  logs: ReadonlyMap<string, readonly LoggedEvent[]>,
  effects: readonly Effect[],
): { violations: Violation[]; outcomes: Outcomes } {
  const violations: Violation[] = [];
  const outcomes: Outcomes = { turns: 0, confirmed: 0, done: 0, failed: 0, unknown: 0 };
  const byKey = Map.groupBy(effects, ({ key }) => key);
  for (const witness of witnesses) {
    const { conversation } = witness;
    const report: Report = (kind, sentence) => violations.push({ kind, conversation, sentence });
    const log = logs.get(conversation) ?? [];
    const actions = readActions(log);
    checkMessages(witness, log, report);
    checkSeen(witness, log, report);
    checkTurns(log, actions, report);
    for (const action of actions.values()) {
      checkDecision(action, witness, report);
      checkEffects(action, { customer: witness.customer, effects: byKey.get(action.id) ?? [] }, report);
      byKey.delete(action.id);
      if (action.decision === 'confirm') outcomes.confirmed += 1;
      if (action.outcome) outcomes[action.outcome] += 1;
    }
    outcomes.turns += log.filter(({ type }) => type === 'turn.ended').length;
  }
  for (const [key, { length }] of byKey)
    for (let n = 0; n < length; n += 1)
      violations.push({ kind: 'unconfirmed_effects', conversation: '-', sentence: `no log has the action ${key}` });
  return { violations, outcomes };
}

function checkMessages({ messages, surprises }: Witness, log: readonly LoggedEvent[], report: Report): void {
  for (const { text, acknowledged } of messages) {
    const found = log.filter((event) => event.type === 'message.received' && event.text === text).length;
    if (found === 0 && acknowledged) report('lost_messages', `"${text}" was acknowledged`);
    if (found > 1) report('double_messages', `"${text}" is there ${found} times`);
  }
  for (const sentence of surprises) report('surprises', sentence);
}

function checkSeen({ seen, breaks }: Witness, log: readonly LoggedEvent[], report: Report): void {
  for (const sentence of breaks) report('gaps', sentence);
  for (const event of seen)
    if (!isDeepStrictEqual(event, log[event.seq - 1]))
      report('unlogged_events', `the client saw ${JSON.stringify(event)}`);
  for (const [n, { seq }] of log.entries()) if (seq !== n + 1) report('gaps', `the log has ${seq} at ${n + 1}`);
  const last = seen.at(-1)?.seq ?? 0;
  if (last < log.length) report('gaps', `the client saw no more than ${last} of ${log.length} events`);
}

/** Every message and every decision is taken up by a turn that ends, once. */
function checkTurns(log: readonly LoggedEvent[], actions: ReadonlyMap<string, LoggedAction>, report: Report): void {
  const answers = log.flatMap((event) => (event.type === 'turn.started' ? event.answers : []));
  const owed = log.flatMap((event) => (event.type === 'message.received' ? [event.messageId] : []));
  for (const { id, decision } of actions.values()) if (decision) owed.push(id);
  for (const id of owed) if (!answers.includes(id)) report('silent_turns', `no turn took up ${id}`);
  for (const event of log) {
    if (event.type !== 'turn.started') continue;
    const ends = log.filter((other) => other.type === 'turn.ended' && other.turnId === event.turnId).length;
    if (ends !== 1) report('silent_turns', `the turn ${event.turnId} ended ${ends} times`);
  }
}

function checkDecision({ id, decision }: LoggedAction, { wishes }: Witness, report: Report): void {
  const own = wishes.filter(({ actionId }) => actionId === id);
  const accepted = own.filter((wish) => wish.accepted);
  if (decision && !own.some((wish) => wish.decision === decision))
    report('unconfirmed_effects', `nobody decided to ${decision} ${id}`);
  if (accepted.length > 1) report('lost_decisions', `${accepted.length} decisions on ${id} were accepted`);
  if (accepted[0] && accepted[0].decision !== decision)
    report('lost_decisions', `${accepted[0].decision} of ${id} was accepted; the log says ${decision}`);
}

/** Done: exactly one. Unknown: at most one, and a human was asked. Anything else: none. */
function checkEffects(
  action: LoggedAction,
  { customer, effects }: { customer: string; effects: readonly Effect[] },
  report: Report,
): void {
  const { id, tool, decision, startedAt, outcome } = action;
  if (decision === 'confirm' && outcome === null) report('silent_turns', `${tool} ${id} was confirmed and never ended`);
  if (outcome === 'unknown' && !action.handedOver) report('silent_turns', `${id} is unknown and nobody was asked`);
  const is = `${tool} ${id} (${decision ?? 'undecided'}, ${outcome ?? 'not ended'})`;
  for (const effect of effects) {
    const isMeant = effect.customer === customer && effect.order === action.order;
    const isIntended = decision === 'confirm' && startedAt !== null && startedAt <= effect.at;
    if (!isMeant || !isIntended)
      report('unconfirmed_effects', `${is} had an effect on ${effect.order} of ${effect.customer}`);
  }
  for (let extra = effects.length; extra > 1; extra -= 1)
    report('duplicate_effects', `${is} had ${effects.length} effects`);
  if (outcome === 'done' && effects.length === 0) report('missing_effects', `${is} had no effect`);
  if (outcome === 'failed' && effects.length > 0) report('unconfirmed_effects', `${is} had an effect all the same`);
}
