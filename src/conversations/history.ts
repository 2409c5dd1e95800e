import type Anthropic from '@anthropic-ai/sdk';
import { colleagueNote, customerText, dateNote, LEFT_OUT, summaryNote } from '../agent/notes.ts';
import type { StepRecord } from '../agent/step.ts';
import { mergeRoles, stepMessages } from '../agent/transcript.ts';
import type { ResumedTurn } from '../agent/turn.ts';
import type { LoggedEvent } from '../protocol/events.ts';
import { type FoldedMessage, type FoldedTurn, foldLog, replyCitations, replyText } from './fold-log.ts';

type Item = FoldedMessage | FoldedTurn;

/** A conversation as the model is shown it, and what a turn needs besides. */
export type History = {
  /** Everything before the turn, without the prompt's opening. */
  messages: Anthropic.MessageParam[];
  /** The customer's messages that wait for a turn, or that the open turn answers. */
  waiting: FoldedMessage[];
  /** Every message of the customer up to those, oldest first; those that are answered together count as one. */
  customerMessages: string[];
  /** The turns of `messages`, for compaction. */
  turns: FoldedTurn[];
  /** The open turn's complete steps; null where none is open. */
  open: { turn: FoldedTurn; resumed: ResumedTurn; brokenStep: number | null } | null;
};

/**
 * Rebuilds what the model has seen and said from the log. Appending a turn only ever appends to the result, so that
 * the provider's prompt cache holds; only a summary replaces the beginning.
 */
export function buildHistory(events: readonly LoggedEvent[], steps: readonly StepRecord[]): History {
  const items = foldLog(events);
  const openTurn = items.find((item): item is FoldedTurn => item.kind === 'turn' && item.outcome === null);
  const taken = new Set(items.flatMap((item) => (item.kind === 'turn' && item !== openTurn ? item.answers : [])));
  const forOperator = messagesForOperator(events);
  const customer = items.filter((item): item is FoldedMessage => item.kind === 'message' && item.role === 'customer');
  const waiting = openTurn
    ? customer.filter((message) => openTurn.answers.includes(message.id))
    : customer.filter((message) => !taken.has(message.id) && !forOperator.has(message.id));
  const { summary, rest } = afterSummary(items, steps);
  const past = openTurn ? rest.slice(0, rest.indexOf(openTurn)) : rest;
  const earlier = waiting[0] ? customer.slice(0, customer.indexOf(waiting[0])) : customer;
  const messages = past.flatMap((item) => itemMessages(item, { items, steps, forOperator }));
  if (summary) messages.unshift({ role: 'user', content: [summary] });
  return {
    messages: mergeRoles(messages),
    waiting,
    customerMessages: [...earlier.map(({ text }) => text), waiting.map(({ text }) => text).join('\n')],
    turns: past.filter((item) => item.kind === 'turn'),
    open: openTurn ? resume(openTurn, steps) : null,
  };
}

/** The messages of `buildHistory` up to and with the end of a turn. */
export function messagesThrough(
  turnId: string,
  events: readonly LoggedEvent[],
  steps: readonly StepRecord[],
): Anthropic.MessageParam[] {
  const end = events.findIndex((event) => event.type === 'turn.ended' && event.turnId === turnId);
  return buildHistory(events.slice(0, end + 1), steps).messages;
}

/** The customer's message as blocks; date and notes stand before it, since nothing that changes may stand in the prompt. */
export function questionBlocks(
  messages: readonly FoldedMessage[],
  notes: readonly Anthropic.TextBlockParam[] = [],
): Anthropic.ContentBlockParam[] {
  const last = messages.at(-1);
  if (!last) return [];
  return [{ type: 'text', text: dateNote(last.at) }, ...notes, ...messages.map(({ text }) => customerText(text))];
}

function itemMessages(
  item: Item,
  log: { items: Item[]; steps: readonly StepRecord[]; forOperator: Set<string> },
): Anthropic.MessageParam[] {
  if (item.kind === 'turn') return turnMessages(item, log);
  if (item.role === 'agent') return [{ role: 'assistant', content: item.text }];
  if (item.role === 'operator') return [{ role: 'user', content: colleagueNote(item.text) }];
  // The customer's other messages stand with the turn that answers them.
  return log.forOperator.has(item.id) ? [{ role: 'user', content: [customerText(item.text)] }] : [];
}

function turnMessages(
  turn: FoldedTurn,
  log: { items: Item[]; steps: readonly StepRecord[] },
): Anthropic.MessageParam[] {
  if (turn.code === 'model_refused') {
    return [
      { role: 'user', content: LEFT_OUT },
      { role: 'assistant', content: replyText(turn).trim() },
    ];
  }
  const records = stepsOf(turn, log.steps);
  const answered = log.items.filter(
    (item): item is FoldedMessage => item.kind === 'message' && turn.answers.includes(item.id),
  );
  const messages: Anthropic.MessageParam[] = records[0] ? [] : [{ role: 'user', content: questionBlocks(answered) }];
  for (const record of records) messages.push(...stepMessages(record, turn.released.get(record.step) ?? '', false));
  // What was said in a step that has no record: one that was stopped, or a sentence of our own.
  for (const [step, text] of turn.released) {
    if (!records.some((record) => record.step === step)) messages.push({ role: 'assistant', content: text.trim() });
  }
  return messages;
}

function stepsOf(turn: FoldedTurn, steps: readonly StepRecord[]): StepRecord[] {
  return steps
    .filter((record) => record.turnId === turn.turnId && record.kind === 'answer')
    .sort((a, b) => a.step - b.step);
}

/** Messages that no turn had taken when an operator gave the conversation back: the agent knows them, no more. */
function messagesForOperator(events: readonly LoggedEvent[]): Set<string> {
  const ids = new Set<string>();
  const untaken = new Set<string>();
  let withHuman = false;
  for (const event of events) {
    if (event.type === 'message.received') untaken.add(event.messageId);
    if (event.type === 'turn.started') for (const id of event.answers) untaken.delete(id);
    if (event.type !== 'status.changed') continue;
    if (withHuman && event.status !== 'with_human') for (const id of untaken) ids.add(id);
    if (withHuman && event.status !== 'with_human') untaken.clear();
    withHuman = event.status === 'with_human';
  }
  return ids;
}

function afterSummary(
  items: Item[],
  steps: readonly StepRecord[],
): { summary: Anthropic.TextBlockParam | null; rest: Item[] } {
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
