import type Anthropic from '@anthropic-ai/sdk';
import type { SpokenReply } from '../agent/replay.ts';
import type { StepRecord } from '../agent/step.ts';
import { asksSomething, ENDS_ASKING } from '../language/question.ts';
import type { EventType, LoggedEvent } from '../protocol/events.ts';
import type { KnownReply } from './answer-store.ts';
import { foldLog, replyText } from './fold-log.ts';

/** The one tool whose results are the same for everybody. */
const SEARCH_TOOL = 'search_knowledge';
const LONGEST_QUESTION = 200;
const LONGEST_REPLY = 8_000;
/**
 * What happens while a plain reply is made, beside commitments. Anything else, such as a handoff, a guard that acted or trouble
 * with the model, was not plain.
 */
const PLAIN: ReadonlySet<EventType> = new Set<EventType>([
  'turn.started',
  'route.chosen',
  'step.started',
  'tool.started',
  'tool.finished',
  'segment.released',
  'citation.added',
  'message.received',
  'turn.ended',
]);
/** Links, addresses, and numbers as long as those of a phone, a card or a policy. */
const PERSONAL = /https?:|www\.|\S@\S|(?:\d[\s./-]?){6}|\b(?:my name is|mein name|me llamo|je m'appelle|mi chiamo)\b/i;
/** What is true only on the day, in the languages of the search. */
const OF_THE_DAY = new RegExp(
  `(?<![\\p{L}\\p{M}])(?:${[
    'today|tonight|tomorrow|yesterday|now|currently|at the moment|this (?:morning|afternoon|evening|week|weekend|month)',
    'heute|morgen|gestern|jetzt|gerade|derzeit|hoy|mañana|ayer|ahora|aujourd.hui|demain|hier|maintenant|actuellement',
    'hoje|amanhã|ontem|agora|oggi|domani|ieri|adesso|vandaag|gisteren|momenteel',
  ].join('|')})(?![\\p{L}\\p{M}])`,
  'iu',
);
/** Whether the answer to a question may be for everybody: short, a question, nobody's own, of no particular day. */
export function mayBeShared(question: string): boolean {
  return (
    question.length <= LONGEST_QUESTION &&
    asksSomething(question) &&
    !question.includes('\n') &&
    !PERSONAL.test(question) &&
    !OF_THE_DAY.test(question)
  );
}

/**
 * A turn's reply as it can be given to others, or null where it cannot: it must have ended well, without trouble, rest on
 * the knowledge alone and cite it, ask nothing back, hold on every day, and come out the same when it is said again.
 */
export function replyToKeep(made: {
  turnId: string;
  events: readonly LoggedEvent[];
  steps: readonly StepRecord[];
  spoken: SpokenReply;
}): KnownReply | null {
  const { turnId, spoken } = made;
  const steps = made.steps.filter((step) => step.turnId === turnId);
  const events = eventsOf(turnId, made.events);
  const [started, ended] = [events[0], events.at(-1)];
  if (!started || ended?.type !== 'turn.ended' || ended.outcome !== 'completed' || ended.code !== undefined)
    return null;
  if (!events.every(happensPlainly) || !events.some(({ type }) => type === 'citation.added')) return null;
  if (!steps.every(isPlain) || steps.at(-1)?.stopReason !== 'end_turn') return null;
  const turn = foldLog(events).find((item) => item.kind === 'turn');
  const text = turn ? replyText(turn).trim() : '';
  const isFaithful = sameWords(text, spoken.map((piece) => piece.text).join(''));
  if (!isFaithful || text.length > LONGEST_REPLY || ENDS_ASKING.test(text) || OF_THE_DAY.test(text)) return null;
  const passages = passagesOf(steps);
  const usage = steps.map((step) => ({ model: step.model, usage: step.usage }));
  return passages && { spoken, passages, tookMs: ended.at - started.at, usage };
}

/** What is committed to must be so for everybody; the guards find it in the reply again each time that it is given. */
function happensPlainly(event: LoggedEvent): boolean {
  if (event.type !== 'commitment.made') return PLAIN.has(event.type);
  const { kind } = event.commitment.evidence;
  return kind === 'passage' || kind === 'context';
}

/** A step's end is released with more or less white space. */
function sameWords(one: string, other: string): boolean {
  return one.replace(/\s+/g, ' ') === other.replace(/\s+/g, ' ');
}

/** Everything in the log from the beginning of the turn to its end. */
function eventsOf(turnId: string, events: readonly LoggedEvent[]): LoggedEvent[] {
  const start = events.findIndex((event) => event.type === 'turn.started' && event.turnId === turnId);
  const end = events.findIndex((event) => event.type === 'turn.ended' && event.turnId === turnId);
  return start < 0 ? [] : events.slice(start, end + 1);
}

function isPlain({ kind, cached, output, toolResults }: StepRecord): boolean {
  const searches = output.every((block) => block.type !== 'tool_use' || block.name === SEARCH_TOOL);
  return kind === 'answer' && !cached && searches && toolResults.every((result) => !result.is_error);
}

/** All passages that the model was shown, once each; null where one was shown in two states. */
function passagesOf(steps: readonly StepRecord[]): Anthropic.SearchResultBlockParam[] | null {
  const shown = steps.flatMap(({ input, toolResults }) => [
    ...input,
    ...toolResults.flatMap(({ content }) => (Array.isArray(content) ? content : [])),
  ]);
  const bySource = new Map<string, Anthropic.SearchResultBlockParam>();
  for (const block of shown) {
    if (block.type !== 'search_result') continue;
    const known = bySource.get(block.source);
    if (known && JSON.stringify(known.content) !== JSON.stringify(block.content)) return null;
    bySource.set(block.source, known ?? block);
  }
  return [...bySource.values()];
}
