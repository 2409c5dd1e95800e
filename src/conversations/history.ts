import type Anthropic from '@anthropic-ai/sdk';
import type { Place } from '../agent/choose-route.ts';
import { colleagueNote, customerText, dateNote, expiredNote, LEFT_OUT, summaryNote } from '../agent/notes.ts';
import { GENERAL } from '../agent/route.ts';
import type { StepRecord } from '../agent/step.ts';
import { mergeRoles, stepMessages } from '../agent/transcript.ts';
import type { ResumedTurn } from '../agent/turn.ts';
import { waitsForAnswer } from '../language/question.ts';
import type { LoggedEvent, RouteChoice } from '../protocol/events.ts';
import type { ActionRecord } from './action-store.ts';
import {
  type FoldedItem,
  type FoldedMessage,
  type FoldedTurn,
  foldLog,
  replyCitations,
  replyText,
} from './fold-log.ts';
import { actionMessages, isEnded, isPending } from './told-actions.ts';

/** What a conversation's history is made from. `actions`: in the order of their proposal. */
export type WholeLog = {
  events: readonly LoggedEvent[];
  steps: readonly StepRecord[];
  actions: readonly ActionRecord[];
};

/** A conversation as the model is shown it, and what a turn needs besides. */
export type History = {
  /** Everything before the turn's question, without the prompt's opening; ends with the decisions that the turn takes up. */
  messages: Anthropic.MessageParam[];
  /** What stands on the customer's side then: notes, and the messages that the turn answers. Empty for decisions only. */
  question: Anthropic.ContentBlockParam[];
  /** The customer's messages that wait for a turn, or that the open turn answers. */
  waiting: FoldedMessage[];
  /** Ids of the decided actions that wait for a turn. */
  decided: string[];
  /** Actions that nobody has decided; the time of some may have passed. */
  openProposals: ActionRecord[];
  /** Arguments of actions that somebody has said yes to. */
  agreed: unknown[];
  /** True where an action is confirmed and has not come to its end: no turn begins before it has. */
  isPending: boolean;
  /** Every message of the customer up to those, oldest first; those that are answered together count as one. */
  customerMessages: string[];
  /** Which desk has the conversation, with what the open turn, if any, has chosen. */
  place: Place;
  /** Every choice of a desk so far, oldest first. */
  choices: RouteChoice[];
  /** The turns of `messages`, for compaction. */
  turns: FoldedTurn[];
  /** The open turn's complete steps; null where none is open. */
  open: { turn: FoldedTurn; resumed: ResumedTurn; brokenStep: number | null } | null;
};

/**
 * Rebuilds what the model has seen and said from the log. Appending a turn only ever appends to the result, so that
 * the provider's prompt cache holds; only a summary replaces the beginning.
 */
export function buildHistory(log: WholeLog): History {
  const { events, steps, actions } = log;
  const items = foldLog(events);
  const openTurn = items.find((item): item is FoldedTurn => item.kind === 'turn' && item.outcome === null);
  const taken = new Set(items.flatMap((item) => (item.kind === 'turn' && item !== openTurn ? item.answers : [])));
  const forOperator = leftToOperator(events);
  const isWaiting = (id: string) => (openTurn ? openTurn.answers.includes(id) : !taken.has(id) && !forOperator.has(id));
  const customer = items.filter((item): item is FoldedMessage => item.kind === 'message' && item.role === 'customer');
  const waiting = customer.filter(({ id }) => isWaiting(id));
  const decided = actions.filter((action) => isEnded(action) && isWaiting(action.id));
  const { summary, rest } = afterSummary(items, steps);
  const past = openTurn ? rest.slice(0, rest.indexOf(openTurn)) : rest;
  const earlier = waiting[0] ? customer.slice(0, customer.indexOf(waiting[0])) : customer;
  const messages = past.flatMap((item) => itemMessages(item, { items, steps, actions, forOperator }));
  messages.push(...actionMessages(decided));
  if (summary) messages.unshift({ role: 'user', content: [summary] });
  return {
    messages: mergeRoles(messages),
    question: openTurn ? questionBlocks(waiting, expiredBefore(openTurn, items, actions)) : [],
    waiting,
    decided: decided.map(({ id }) => id),
    openProposals: actions.filter(({ state }) => state === 'proposed'),
    agreed: actions.flatMap(({ state, input }) => (state === 'proposed' || state === 'declined' ? [] : [input])),
    isPending: actions.some(isPending),
    customerMessages: [...earlier.map(({ text }) => text), waiting.map(({ text }) => text).join('\n')],
    place: placeOf(items),
    choices: items.flatMap((item) => (item.kind === 'turn' ? item.choices : [])),
    turns: past.filter((item) => item.kind === 'turn'),
    open: openTurn ? resume(openTurn, steps) : null,
  };
}

function placeOf(items: readonly FoldedItem[]): Place {
  const turns = items.filter((item) => item.kind === 'turn');
  // Turns that take up decisions only choose nothing, and so move nothing.
  const choices = turns.findLast((turn) => turn.choices.length > 0)?.choices ?? [];
  const route = choices.at(-1)?.route ?? GENERAL;
  const last = turns.at(-1);
  return {
    route,
    left: choices.find((choice) => choice.route !== choice.from)?.from ?? null,
    // The general desk's question is mostly whether there is anything else.
    asked: route !== GENERAL && last !== undefined && waitsForAnswer(replyText(last)),
  };
}

/** The messages of `buildHistory` up to and with the end of a turn. */
export function messagesThrough(turnId: string, log: WholeLog): Anthropic.MessageParam[] {
  const end = log.events.findIndex((event) => event.type === 'turn.ended' && event.turnId === turnId);
  const events = log.events.slice(0, end + 1);
  const decided = new Set(events.map((event) => (event.type === 'action.decided' ? event.actionId : '')));
  return buildHistory({ ...log, events, actions: log.actions.filter(({ id }) => decided.has(id)) }).messages;
}

/** The customer's message as blocks; the date stands before it, since nothing that changes may stand in the prompt. */
function questionBlocks(
  messages: readonly FoldedMessage[],
  expired: readonly ActionRecord[] = [],
): Anthropic.ContentBlockParam[] {
  const last = messages.at(-1);
  const notes = [...expired.map(({ summary }) => expiredNote(summary)), ...(last ? [dateNote(last.at)] : [])];
  return [
    ...notes.map((text): Anthropic.TextBlockParam => ({ type: 'text', text })),
    ...messages.map(({ text }) => customerText(text)),
  ];
}

type Told = { items: readonly FoldedItem[]; steps: readonly StepRecord[]; actions: readonly ActionRecord[] };

function itemMessages(item: FoldedItem, log: Told & { forOperator: Set<string> }): Anthropic.MessageParam[] {
  if (item.kind === 'turn') return turnMessages(item, log);
  // The other decisions stand with the turn that takes them up, as the customer's messages do.
  if (item.kind === 'decision') {
    return log.forOperator.has(item.actionId)
      ? actionMessages(log.actions.filter(({ id }) => id === item.actionId))
      : [];
  }
  if (item.role === 'agent') return [{ role: 'assistant', content: item.text }];
  if (item.role === 'operator') return [{ role: 'user', content: colleagueNote(item.text) }];
  // The customer's other messages stand with the turn that answers them.
  return log.forOperator.has(item.id) ? [{ role: 'user', content: [customerText(item.text)] }] : [];
}

function turnMessages(turn: FoldedTurn, log: Told): Anthropic.MessageParam[] {
  const messages = actionMessages(log.actions.filter(({ id }) => turn.answers.includes(id)));
  if (turn.code === 'model_refused') {
    messages.push({ role: 'user', content: LEFT_OUT }, { role: 'assistant', content: replyText(turn).trim() });
    return messages;
  }
  const records = stepsOf(turn, log.steps);
  const answered = log.items.filter(
    (item): item is FoldedMessage => item.kind === 'message' && turn.answers.includes(item.id),
  );
  if (!records[0]) {
    const question = questionBlocks(answered, expiredBefore(turn, log.items, log.actions));
    messages.push({ role: 'user', content: question });
  }
  for (const record of records) messages.push(...stepMessages(record, turn.released.get(record.step) ?? '', false));
  // What was said in a step that has no record: one that was stopped, or a sentence of our own.
  for (const [step, text] of turn.released) {
    if (!records.some((record) => record.step === step)) messages.push({ role: 'assistant', content: text.trim() });
  }
  return messages;
}

/** Proposals whose time has passed, undecided, since the turn before this one began: this turn is told. */
function expiredBefore(
  turn: FoldedTurn,
  items: readonly FoldedItem[],
  actions: readonly ActionRecord[],
): ActionRecord[] {
  const before = items.slice(0, items.indexOf(turn)).findLast((item) => item.kind === 'turn');
  const since = before?.at ?? 0;
  return actions.filter(({ state, expiresAt }) => state === 'proposed' && expiresAt >= since && expiresAt < turn.at);
}

function stepsOf(turn: FoldedTurn, steps: readonly StepRecord[]): StepRecord[] {
  return steps
    .filter((record) => record.turnId === turn.turnId && record.kind === 'answer')
    .sort((a, b) => a.step - b.step);
}

/** Messages and decisions that no turn had taken when an operator gave the conversation back: the agent knows them, no more. */
function leftToOperator(events: readonly LoggedEvent[]): Set<string> {
  const ids = new Set<string>();
  const untaken = new Set<string>();
  let withHuman = false;
  for (const event of events) {
    if (event.type === 'message.received') untaken.add(event.messageId);
    if (event.type === 'action.decided') untaken.add(event.actionId);
    if (event.type === 'turn.started') for (const id of event.answers) untaken.delete(id);
    if (event.type !== 'status.changed') continue;
    if (withHuman && event.status !== 'with_human') for (const id of untaken) ids.add(id);
    if (withHuman && event.status !== 'with_human') untaken.clear();
    withHuman = event.status === 'with_human';
  }
  return ids;
}

function afterSummary(
  items: FoldedItem[],
  steps: readonly StepRecord[],
): { summary: Anthropic.TextBlockParam | null; rest: FoldedItem[] } {
  const record = steps.findLast((step) => step.kind === 'summary');
  if (!record) return { summary: null, rest: items };
  const covered = items.findIndex((item) => item.kind === 'turn' && item.turnId === record.covers);
  const text = record.output.map((block) => (block.type === 'text' ? block.text : '')).join('');
  return {
    summary: { type: 'text', text: summaryNote(text) },
    rest: items.slice(covered + 1),
  };
}

function resume(turn: FoldedTurn, steps: readonly StepRecord[]): History['open'] {
  const records = stepsOf(turn, steps);
  const broken = [...turn.released.keys()].find((step) => step >= records.length) ?? null;
  const kept = { ...turn, citations: turn.citations.filter(({ step }) => step !== broken) };
  return {
    turn,
    resumed: {
      steps: records.map((record) => ({ record, released: turn.released.get(record.step) ?? '' })),
      citations: replyCitations(kept),
      handedOff: turn.handedOff,
    },
    brokenStep: broken,
  };
}
