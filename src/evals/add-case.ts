import { Document, isMap, isSeq, parseDocument } from 'yaml';
import type { StepRecord } from '../agent/step.ts';
import type { ActionRecord } from '../conversations/action-store.ts';
import type { Conversation } from '../conversations/log.ts';
import { passageSource } from '../knowledge/citations.ts';
import type { LoggedEvent } from '../protocol/events.ts';
import { createMasking, type Known, type Masking } from './masking.ts';

/** All that is stored of a conversation. */
export type Stored = {
  conversation: Pick<Conversation, 'id' | 'language' | 'status' | 'customer'>;
  events: readonly LoggedEvent[];
  steps: readonly StepRecord[];
  actions: readonly ActionRecord[];
};

type Expected = { calls?: { tool: string; with: unknown }[]; cites?: string[]; route?: string; reply: string };
type Said = { act: Record<string, unknown>; turnIds: string[]; expected: Expected };
type Drafting = { masking: Masking; ownTools: ReadonlySet<string> };

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
  const masking = bracesKept(createMasking({ known: knownOf(conversation), keepIdentifiers }));
  const said = saidIn(stored, { masking, ownTools });
  if (!said.some(({ act }) => 'customer' in act)) {
    throw new Error(`In the conversation ${conversation.id} no customer has said anything: there is nothing to test.`);
  }
  if (file.split('\n').some((line) => line.trimEnd().endsWith(mark))) {
    throw new Error(`The ${mark} is a case of this file already. Delete that case to have it made again.`);
  }
  const document = file.trim() === '' ? new Document({ suite: 'From life', cases: [] }) : parseDocument(file);
  if (document.errors.length > 0) throw new Error(`The file is no YAML: ${document.errors[0]?.message}`);
  const cases = document.get('cases');
  if (!isSeq(cases)) throw new Error('The file has no list of cases: it is no suite. Name another with --to.');
  const names = new Set(cases.items.flatMap((item) => (isMap(item) ? [String(item.get('name'))] : [])));
  const node = document.createNode({
    name: nameOf(said, names),
    tags: ['from-life'],
    ...(conversation.language && { language: conversation.language }),
    turns: said.map(turnOf),
    expect: { ends: endOf(stored) },
  });
  node.commentBefore = commentOf(mark, conversation);
  if (isMap(node)) commentTurns(node.get('turns'), said);
  cases.flow = false;
  cases.add(node);
  return document.toString({ lineWidth: 0 });
}

function knownOf({ customer }: Stored['conversation']): Known[] {
  const { name = null, email = null, id = null } = customer ?? {};
  const whole = name === null ? [] : [{ value: name, standIn: 'Alex Doe' }];
  const parts = (name ?? '').split(/\s+/).filter((part) => part.length > 2);
  return [
    ...whole,
    ...parts.map((value, at) => ({ value, standIn: at === 0 ? 'Alex' : 'Doe' })),
    ...(email ? [{ value: email, standIn: 'customer@example.com' }] : []),
    ...(id ? [{ value: id, standIn: 'the-customer' }] : []),
  ];
}

/** What was done on the customer's side, each with what the agent did then. */
function saidIn({ events, steps, actions }: Stored, drafting: Drafting): Said[] {
  const said: Said[] = [];
  const byTurn = new Map<string, Said>();
  const replies = new Map<string, string>();
  const { masking } = drafting;
  const begin = (act: Said['act']) => said.push({ act, turnIds: [], expected: { reply: '' } });
  for (const event of events) {
    if (event.type === 'message.received') begin({ customer: masking.text(event.text) });
    else if (event.type === 'action.decided')
      begin({ [event.by === 'operator' ? 'operator' : 'decides']: event.decision });
    const last = said.at(-1);
    if (!last) continue;
    if (event.type === 'turn.started') {
      byTurn.set(event.turnId, last);
      last.turnIds.push(event.turnId);
    }
    const of = 'turnId' in event ? byTurn.get(event.turnId) : undefined;
    if (!of || !('turnId' in event)) continue;
    if (event.type === 'route.chosen') of.expected.route = event.route;
    else if (event.type === 'citation.added') {
      of.expected.cites = [...new Set([...(of.expected.cites ?? []), passageSource(event.citation.passageId)])];
    } else if (event.type === 'segment.released') {
      replies.set(event.turnId, (replies.get(event.turnId) ?? '').slice(0, event.start) + event.text);
    } else if (event.type === 'segments.superseded') {
      replies.set(event.turnId, (replies.get(event.turnId) ?? '').slice(0, event.start));
    }
  }
  for (const one of said) {
    one.expected.reply = masking.text(one.turnIds.map((id) => replies.get(id) ?? '').join(' '));
    const calls = callsOf(one.turnIds, { steps, actions, drafting });
    if (calls.length > 0) one.expected.calls = calls;
  }
  return said;
}

function callsOf(
  turnIds: readonly string[],
  { steps, actions, drafting }: Pick<Stored, 'steps' | 'actions'> & { drafting: Drafting },
): { tool: string; with: unknown }[] {
  const proposed = new Map(actions.map(({ callId, input }) => [callId, input]));
  return steps
    .filter(({ turnId }) => turnIds.includes(turnId))
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

function endOf({ events }: Stored): 'escalated' | 'declined' | 'resolved' {
  if (events.some(({ type }) => type === 'handoff.requested')) return 'escalated';
  const last = events.findLast((event) => event.type === 'route.chosen');
  return last?.type === 'route.chosen' && last.offTopic ? 'declined' : 'resolved';
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
    if (typeof one === 'string') return one.replaceAll('{', '{{');
    if (Array.isArray(one)) return one.map(kept);
    if (typeof one !== 'object' || one === null) return one;
    return Object.fromEntries(Object.entries(one).map(([key, inner]) => [key, kept(inner)]));
  };
  return { text: (raw) => text(raw).replaceAll('{', '{{'), value: (raw) => kept(value(raw)) };
}

function commentOf(mark: string, { customer }: Stored['conversation']): string {
  const signedIn = ' The customer was signed in: add `customer:` with an id that the tools know.';
  return [
    ' draft: read it, and put right what is expected. Names that nobody gave as such are not masked.',
    ...(customer ? [signedIn] : []),
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
