import { Document, isMap, isSeq, parseDocument } from 'yaml';
import type { StepRecord } from '../agent/step.ts';
import type { ActionRecord } from '../conversations/action-store.ts';
import type { Conversation } from '../conversations/log.ts';
import { consentOf } from '../language/consent.ts';
import { literal } from '../language/literal.ts';
import type { LoggedEvent } from '../protocol/events.ts';
import { createMasking, type Known, type Masking } from './masking.ts';
import { isExpression } from './pattern.ts';
import { type Held, peopleIn } from './people-in-text.ts';
import { documentOf } from './run-turn.ts';
import type { Ending } from './suite.ts';
import { MOST } from './suite-file.ts';

/** All that is stored of a conversation. */
export type Stored = {
  conversation: Pick<Conversation, 'id' | 'language' | 'status' | 'customer'>;
  events: readonly LoggedEvent[];
  steps: readonly StepRecord[];
  actions: readonly ActionRecord[];
};

type Expected = { calls?: { tool: string; with: unknown }[]; cites?: string[]; route?: string; reply: string };
type Said = { act: Record<string, unknown>; turnIds: string[]; expected: Expected };
type Drafting = { masking: Masking; ownTools: ReadonlySet<string>; customer: string | null };

const REPLY_SHOWN = 200;
const NAME_SHOWN = 60;

/**
 * The YAML of a suite, with a case added that says again what the customer of a stored conversation said, and expects what happened then,
 * as a draft. `file`: what the suite was before, or ''; its comments stay. `ownTools`: the names of the folder's tools. Throws, with a
 * sentence, where nothing was said, where the case is there already, and where the file is no suite.
 */
export function caseFrom(
  stored: Stored,
  { file, ownTools, keepIdentifiers }: { file: string; ownTools: ReadonlySet<string>; keepIdentifiers: boolean },
): string {
  const { conversation } = stored;
  const mark = `conversation ${conversation.id}`;
  const known = [...knownOf(conversation, keepIdentifiers), ...peopleIn(heldIn(stored))];
  const masking = bracesKept(createMasking({ known, keepIdentifiers }));
  const customer = conversation.customer && masking.text(conversation.customer.id);
  const all = saidIn(stored, { masking, ownTools, customer });
  // Whoever is signed in before anything is said is so from the start.
  const wasSignedIn = all[0] !== undefined && 'signIn' in all[0].act;
  const said = wasSignedIn ? all.slice(1) : all;
  if (!said.some(({ act }) => 'customer' in act)) {
    throw new Error(`In the conversation ${conversation.id} no customer has said anything: there is nothing to test.`);
  }
  if (said.length > MOST.turns) {
    throw new Error(
      `The ${mark} has ${said.length} turns; a case has ${MOST.turns} at most. Write one of its beginning.`,
    );
  }
  if (file.split('\n').some((line) => line.trimEnd().endsWith(mark))) {
    throw new Error(`The ${mark} is a case of this file already. Delete that case to have it made again.`);
  }
  const document = file.trim() === '' ? new Document({ suite: 'From life', cases: [] }) : parseDocument(file);
  if (document.errors.length > 0) throw new Error(`The file is no YAML: ${document.errors[0]?.message}`);
  const cases = document.get('cases');
  if (!isSeq(cases)) throw new Error('The file has no list of cases: it is no suite. Name another with --to.');
  const names = new Set(cases.items.flatMap((item) => (isMap(item) ? [String(item.get('name'))] : [])));
  const ends = endOf(stored);
  const node = document.createNode({
    name: nameOf(said, names),
    tags: ['from-life'],
    ...(conversation.language && { language: conversation.language }),
    ...(wasSignedIn && { customer }),
    turns: said.map(turnOf),
    ...(ends && { expect: { ends } }),
  });
  node.commentBefore = commentOf(mark, stored, ends);
  if (isMap(node)) commentTurns(node.get('turns'), said);
  cases.flow = false;
  cases.add(node);
  return document.toString({ lineWidth: 0 });
}

function knownOf({ customer }: Stored['conversation'], keepIdentifiers: boolean): Known[] {
  const { name = null, email = null, id = null } = customer ?? {};
  const whole = name === null ? [] : [{ value: name, standIn: 'Alex Doe' }];
  const parts = (name ?? '').split(/\s+/).filter((part) => part.length > 2);
  return [
    ...whole,
    ...parts.map((value, at) => ({ value, standIn: at === 0 ? 'Alex' : 'Doe' })),
    ...(email ? [{ value: email, standIn: 'customer@example.com' }] : []),
    ...(id && !keepIdentifiers ? [{ value: id, standIn: 'the-customer' }] : []),
  ];
}

/** What was said by either side, in its order, and what tools were called with. */
function heldIn({ events, steps, actions }: Stored): Held {
  const texts = events.flatMap((event) => {
    if (event.type === 'message.received') return [event.text];
    return event.type === 'segment.released' ? [event.text] : [];
  });
  const calls = steps.flatMap(({ output }) =>
    output.flatMap((block) => (block.type === 'tool_use' ? [block.input] : [])),
  );
  return { texts, inputs: [...calls, ...actions.map(({ input }) => input)] };
}

/** What was done on the customer's side, each with what the agent did then. */
function saidIn(stored: Stored, drafting: Drafting): Said[] {
  const said: Said[] = [];
  const byId = new Map<string, Said>();
  const byTurn = new Map<string, Said>();
  const replies = new Map<string, string>();
  const { masking } = drafting;
  for (const [at, event] of stored.events.entries()) {
    const act = actOf(event, drafting);
    const isRepeated = typedYes(event, stored.events[at - 1]) || (act && 'signIn' in act && signsInAgain(said));
    if (act && !isRepeated) said.push({ act, turnIds: [], expected: { reply: '' } });
    const last = said.at(-1);
    if (!last) continue;
    if (event.type === 'message.received') byId.set(event.messageId, last);
    if (event.type === 'action.decided') byId.set(event.actionId, last);
    if (event.type === 'turn.started') {
      const answered = byId.get(event.answers.at(-1) ?? '') ?? last;
      byTurn.set(event.turnId, answered);
      answered.turnIds.push(event.turnId);
    }
    const of = 'turnId' in event ? byTurn.get(event.turnId) : undefined;
    if (of) note(event, of, replies);
  }
  for (const one of said) {
    one.expected.reply = masking.text(one.turnIds.map((id) => replies.get(id) ?? '').join(' '));
    const calls = callsOf(one.turnIds, { ...stored, drafting });
    if (calls.length > 0) one.expected.calls = calls;
  }
  return said;
}

/** Null for what is no act of the customer's, or of a colleague's on a card. */
function actOf(event: LoggedEvent, { masking, customer }: Drafting): Said['act'] | null {
  if (event.type === 'message.received') return { customer: masking.text(event.text) };
  if (event.type === 'action.decided') return { [event.by === 'operator' ? 'operator' : 'decides']: event.decision };
  return event.type === 'customer.identified' && customer !== null ? { signIn: customer } : null;
}

/** A yes in words is a message and its decision at once; said again, it is both again. */
function typedYes(event: LoggedEvent, before: LoggedEvent | undefined): boolean {
  if (event.type !== 'action.decided' || event.by !== 'customer' || before?.type !== 'message.received') return false;
  const consent = consentOf(before.text);
  return consent !== null && (consent === 'yes') === (event.decision === 'confirm');
}

/** Each page shows the token anew. */
function signsInAgain(said: readonly Said[]): boolean {
  return said.some(({ act }) => 'signIn' in act);
}

function note(event: LoggedEvent, { expected }: Said, replies: Map<string, string>): void {
  if (event.type === 'route.chosen') expected.route = event.route;
  else if (event.type === 'citation.added') {
    expected.cites = [...new Set([...(expected.cites ?? []), documentOf(event.citation.passageId)])];
  } else if (event.type === 'segment.released') {
    replies.set(event.turnId, (replies.get(event.turnId) ?? '').slice(0, event.start) + event.text);
  } else if (event.type === 'segments.superseded') {
    replies.set(event.turnId, (replies.get(event.turnId) ?? '').slice(0, event.start));
  }
}

function callsOf(
  turnIds: readonly string[],
  { steps, actions, drafting }: Pick<Stored, 'steps' | 'actions'> & { drafting: Drafting },
): { tool: string; with: unknown }[] {
  const proposed = new Map(actions.map(({ callId, input }) => [callId, input]));
  return steps
    .filter(({ turnId, kind }) => kind === 'answer' && turnIds.includes(turnId))
    .flatMap(({ output, toolResults }) => {
      const failed = new Set(toolResults.flatMap((result) => (result.is_error ? [result.tool_use_id] : [])));
      return output.flatMap((block) => {
        if (block.type !== 'tool_use' || failed.has(block.id) || !drafting.ownTools.has(block.name)) return [];
        return [{ tool: block.name, with: drafting.masking.value(proposed.get(block.id) ?? block.input) }];
      });
    });
}

function turnOf({ act, expected: { calls, cites, route } }: Said): Record<string, unknown> {
  const expect = { ...(route && { route }), ...(calls && { calls }), ...(cites && { cites }) };
  return { ...act, ...(Object.keys(expect).length > 0 && { expect }) };
}

/** Null where it did not end as a conversation should: what went wrong then is not what is expected. */
function endOf({ events }: Stored): Ending | null {
  const turns = events.filter((event) => event.type === 'turn.ended');
  const isUnknown = events.some((event) => event.type === 'action.finished' && event.outcome === 'unknown');
  if (isUnknown || turns.some(({ outcome }) => outcome === 'failed')) return null;
  if (events.some(({ type }) => type === 'handoff.requested')) return 'escalated';
  const last = turns.at(-1);
  if (!last || last.outcome === 'stopped') return null;
  const choice = events.findLast((event) => event.type === 'route.chosen');
  return choice?.offTopic ? 'declined' : 'resolved';
}

function nameOf(said: readonly Said[], names: ReadonlySet<string>): string {
  const first = String(said.find(({ act }) => typeof act.customer === 'string')?.act.customer);
  const name =
    first
      .replace(/[\s{}]+/g, ' ')
      .trim()
      .slice(0, NAME_SHOWN)
      .toWellFormed()
      .trim() || 'a conversation';
  for (let number = 1; ; number++) {
    const tried = number === 1 ? name : `${name} (${number})`;
    if (!names.has(tried)) return tried;
  }
}

/** A suite takes `{name}` for a variable. */
function bracesKept({ text, value }: Masking): Masking {
  const kept = (one: unknown): unknown => {
    if (typeof one === 'string') return notAnExpression(one).replaceAll('{', '{{');
    if (Array.isArray(one)) return one.map(kept);
    if (typeof one !== 'object' || one === null) return one;
    return Object.fromEntries(Object.entries(one).map(([key, inner]) => [key, kept(inner)]));
  };
  return { text: (raw) => text(raw).replaceAll('{', '{{'), value: (raw) => kept(value(raw)) };
}

/** A customer's `/…/` is the characters that it is of; a brace would begin a variable there, too. */
function notAnExpression(text: string): string {
  if (!isExpression(text)) return text;
  return `/^${literal(text).replaceAll('\\{', '\\x7b')}$/`;
}

function commentOf(mark: string, { conversation, actions }: Stored, ends: Ending | null): string {
  const done = [...new Set(actions.flatMap(({ state, tool }) => (state === 'done' ? [tool] : [])))];
  return [
    ' draft: read it, and put right what is expected. Names that nobody gave as such are not masked.',
    ...(conversation.customer ? [' The customer was signed in: the id must be one that the tools know.'] : []),
    ...(done.length > 0
      ? [` ${done.join(', ')} changed something: where there is a world, say what in changes:.`]
      : []),
    ...(ends === null ? [' It came to no good end, so that none is expected: say which it should have been.'] : []),
    ` ${mark}`,
  ].join('\n');
}

/** What was replied, for whoever writes what must be said. */
function commentTurns(turns: unknown, said: readonly Said[]): void {
  if (!isSeq(turns)) return;
  for (const [at, turn] of turns.items.entries()) {
    const reply = said[at]?.expected.reply.replace(/\s+/g, ' ').trim() ?? '';
    if (!isMap(turn) || reply === '') continue;
    const shown = reply.length > REPLY_SHOWN ? `${reply.slice(0, REPLY_SHOWN).toWellFormed()}…` : reply;
    turn.comment = ` says: what it must hold. It said: ${shown}`;
  }
}
