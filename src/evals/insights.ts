import { OFFLINE_MODEL_ID } from '../adapters/offline-model/offline-model.ts';
import type { Gap } from '../conversations/answer-store.ts';
import { foldLog } from '../conversations/fold-log.ts';
import type { Conversation, Store } from '../conversations/log.ts';
import { costOf, type PriceTable } from '../conversations/spending.ts';
import { detectLanguage } from '../language/detect.ts';
import type { LoggedEvent } from '../protocol/events.ts';
import { CRITERIA, type CriterionName } from './criteria.ts';
import type { Criterion } from './graded.ts';
import { SENTIMENT, valenceOf } from './graders/sentiment.ts';
import { meanInterval, quantile, wilson } from './statistics.ts';

/** A conversation in which nothing has happened for so long is over. */
const QUIET_MS = 24 * 3_600_000;
const DAY_MS = 24 * 3_600_000;
const PAGE = 200;
/** Nodes that share a database may differ by so much in the time. */
const CLOCKS_MS = 60_000;
const LOWEST_RATING = 1;
const HIGHEST_RATING = 5;

/** What a conversation shows of itself; null where it shows nothing of the kind. */
export type Shown = {
  /** Epoch ms of its first message of a customer's. */
  at: number;
  route: string;
  messages: number;
  isOver: boolean;
  /** A person was asked for, or took over. */
  hadHuman: boolean;
  rating: number | null;
  /** From the customer's first message to the last answer, whoever gave it; null before it is over. */
  handleSeconds: number | null;
  /** To the agent's first words. */
  firstReplySeconds: number | null;
  cited: boolean;
  /** Whether the customer's last message is in no worse a mood than the first. */
  moodKept: boolean | null;
  costUsd: number;
};

export type Insights = {
  from: number;
  to: number;
  agent: string;
  /** Those in which a customer said something. */
  conversations: number;
  criteria: Partial<Record<CriterionName, Criterion>>;
  /** Shares of 1, dollars, seconds, messages; null where nothing is known. */
  figures: {
    escalated: number | null;
    cited: number | null;
    messages: number | null;
    costUsd: number | null;
    firstReply: { p50: number; p95: number } | null;
    gaps: number;
  };
  days: { day: string; conversations: number; withHuman: number; csat: number | null }[];
  routes: { route: string; conversations: number; withHuman: number; csat: number | null }[];
};

export type InsightsWish = {
  agent: string;
  from: number;
  to: number;
  /** Seconds that a person takes, to hold the agent's against; null where nobody says. */
  humanSeconds: number | null;
  prices: PriceTable;
  /** How many conversations are counted, and the last activity (epoch ms) of the one just read: from `to` back to `from`. */
  onProgress(conversations: number, reached: number): void;
};

/**
 * What the stored conversations of an agent show, those that a customer began in the time from `from` to `to` (epoch ms), each as it stands
 * now: page by page, so that memory holds a few numbers of each.
 */
export async function insightsOf(
  store: Pick<Store, 'conversations' | 'log' | 'gaps'>,
  wish: InsightsWish,
): Promise<Insights> {
  const shown: Shown[] = [];
  for await (const conversation of newest(store, wish)) {
    const one = await shownBy(store, conversation, wish);
    if (one && one.at >= wish.from && one.at < wish.to) shown.push(one);
    wish.onProgress(shown.length, conversation.updatedAt);
  }
  const { agent, from, to } = wish;
  return {
    ...{ agent, from, to, conversations: shown.length, criteria: criteriaOf(shown, wish) },
    figures: { ...figuresOf(shown), gaps: await gapsIn(store, wish) },
    days: groups(shown, dayOf).map(({ name, ...rest }) => ({
      day: name,
      ...rest,
    })),
    routes: groups(shown, ({ route }) => route).map(({ name, ...rest }) => ({ route: name, ...rest })),
  };
}

/** Each once. A second look finds what a running server has moved to the top of the list while it was read. */
async function* newest(
  { conversations }: Pick<Store, 'conversations'>,
  { agent, from }: InsightsWish,
): AsyncGenerator<Conversation> {
  const seen = new Set<string>();
  for (const since of [from, Date.now() - CLOCKS_MS]) {
    for await (const one of touchedSince(conversations, since)) {
      if (one.agent !== agent || seen.has(one.id)) continue;
      seen.add(one.id);
      yield one;
    }
  }
}

/** Nothing that began later was touched earlier. */
async function* touchedSince(conversations: Store['conversations'], since: number): AsyncGenerator<Conversation> {
  let before: Conversation | undefined;
  for (;;) {
    const page: Conversation[] = await conversations.list({ limit: PAGE, ...(before && { before }) });
    for (const one of page) {
      if (one.updatedAt < since) return;
      yield one;
    }
    before = page.at(-1);
    if (page.length < PAGE) return;
  }
}

/** Null where no customer said anything. */
async function shownBy(
  { log }: Pick<Store, 'log'>,
  conversation: Conversation,
  { prices }: InsightsWish,
): Promise<Shown | null> {
  const [events, steps] = await Promise.all([log.events(conversation.id), log.steps(conversation.id)]);
  const said = events.flatMap((event) => (event.type === 'message.received' ? [event] : []));
  const [first] = said;
  if (!first) return null;
  const turns = foldLog(events).filter((item) => item.kind === 'turn');
  const paid = steps.filter(({ model }) => model !== OFFLINE_MODEL_ID);
  const isOver = conversation.status === 'resolved' || conversation.status === 'closed' || isQuiet(events);
  return {
    at: first.at,
    route: conversation.route,
    messages: said.length,
    isOver,
    hadHuman: events.some((event) => event.type === 'handoff.requested' || isHuman(event)),
    rating: events.findLast((event) => event.type === 'rating.given')?.score ?? null,
    handleSeconds: isOver ? secondsBetween(first, lastAnswer(events)) : null,
    firstReplySeconds: secondsBetween(
      first,
      events.find(({ type }) => type === 'segment.released'),
    ),
    cited: turns.some(({ citations }) => citations.length > 0),
    moodKept: moodKept(
      said.map(({ text }) => text),
      conversation.language,
    ),
    costUsd: paid.reduce((sum, { model, usage }) => sum + costOf(usage, prices(model)), 0),
  };
}

function isQuiet(events: readonly LoggedEvent[]): boolean {
  return (events.at(-1)?.at ?? 0) < Date.now() - QUIET_MS;
}

function isHuman(event: LoggedEvent): boolean {
  return (
    (event.type === 'message.sent' && event.role === 'operator') ||
    (event.type === 'status.changed' && event.status === 'with_human')
  );
}

/** What the company's side said last, in answer to somebody. */
function lastAnswer(events: readonly LoggedEvent[]): LoggedEvent | undefined {
  return events.findLast(({ type }) => type === 'segment.released' || type === 'turn.ended' || type === 'message.sent');
}

function secondsBetween(from: LoggedEvent, to: LoggedEvent | undefined): number | null {
  return to && to.seq > from.seq ? Math.max(0, to.at - from.at) / 1_000 : null;
}

/** Null of a single message, and where the language is another than that of the list, or nothing tells it. */
function moodKept(said: readonly string[], spoken: string | null): boolean | null {
  const [first, last] = [said[0], said.at(-1)];
  if (first === undefined || last === undefined || said.length < 2) return null;
  const language = detectLanguage(said.join('\n')) ?? spoken ?? '';
  return /^en\b/i.test(language) ? valenceOf(last) >= valenceOf(first) : null;
}

function criteriaOf(shown: readonly Shown[], { humanSeconds }: InsightsWish): Insights['criteria'] {
  const over = shown.filter(({ isOver }) => isOver);
  const moods = shown.flatMap(({ moodKept: kept }) => kept ?? []);
  return {
    csat: csatOf(shown),
    deflection: shareOf(
      'deflection',
      over.map(({ hadHuman }) => !hadHuman),
      'no conversation is over',
      'stored conversations',
    ),
    handle_time: handleTimeOf(over, humanSeconds),
    sentiment_maintenance: shareOf('sentiment_maintenance', moods, 'no customer wrote twice in English', SENTIMENT),
  };
}

function csatOf(shown: readonly Shown[]): Criterion {
  const ratings = shown.flatMap(({ rating }) => rating ?? []);
  const { target } = CRITERIA.csat;
  const interval = meanInterval(ratings);
  const grader = 'ratings of customers';
  if (!interval) return { ...NOTHING, target, reason: 'nobody gave a rating', grader };
  const { mean: value } = interval;
  // One rating says nothing of others, and no rating is outside of the scale.
  const bounds =
    ratings.length === 1
      ? { low: null, high: null }
      : { low: Math.max(LOWEST_RATING, interval.low), high: Math.min(HIGHEST_RATING, interval.high) };
  return { value, target, n: ratings.length, ...bounds, pass: value >= (target ?? 0), grader };
}

function shareOf(name: CriterionName, held: readonly boolean[], reason: string, grader: string): Criterion {
  const { target } = CRITERIA[name];
  const hits = held.filter(Boolean).length;
  const interval = wilson(hits, held.length);
  if (!interval) return { ...NOTHING, target, reason, grader };
  const value = hits / held.length;
  return { value, target, n: held.length, ...interval, pass: value >= (target ?? 0), grader };
}

function handleTimeOf(over: readonly Shown[], target: number | null): Criterion {
  const times = over.flatMap(({ handleSeconds }) => handleSeconds ?? []).sort((a, b) => a - b);
  const grader = 'stored conversations, the median';
  const value = quantile(times, 0.5);
  if (value === null) return { ...NOTHING, target, reason: 'no conversation that is over was answered', grader };
  const interval = { low: quantile(times, 0.25), high: quantile(times, 0.75) };
  const counted = { value, target, n: times.length, ...interval, grader };
  if (target === null) return { ...counted, pass: null, reason: 'say with --human-seconds what a person takes' };
  return { ...counted, pass: value < target };
}

const NOTHING = { value: null, n: 0, low: null, high: null, pass: null };

function figuresOf(shown: readonly Shown[]): Omit<Insights['figures'], 'gaps'> {
  const replies = shown.flatMap(({ firstReplySeconds }) => firstReplySeconds ?? []).sort((a, b) => a - b);
  const [p50, p95] = [quantile(replies, 0.5), quantile(replies, 0.95)];
  return {
    escalated: mean(shown.map(({ hadHuman }) => Number(hadHuman))),
    cited: mean(shown.map(({ cited }) => Number(cited))),
    messages: mean(shown.map(({ messages }) => messages)),
    costUsd: mean(shown.map(({ costUsd }) => costUsd)),
    firstReply: p50 === null || p95 === null ? null : { p50, p95 },
  };
}

function groups(shown: readonly Shown[], nameOf: (one: Shown) => string) {
  return [...Map.groupBy(shown, nameOf)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, list]) => ({
      name,
      conversations: list.length,
      withHuman: list.filter(({ hadHuman }) => hadHuman).length,
      csat: mean(list.flatMap(({ rating }) => rating ?? [])),
    }));
}

/** In UTC. */
function dayOf({ at }: Shown): string {
  return new Date(at).toISOString().slice(0, 10);
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Questions that the knowledge did not answer, last asked in that time. */
async function gapsIn({ gaps }: Pick<Store, 'gaps'>, { agent, from, to }: InsightsWish): Promise<number> {
  let found = 0;
  let before: Gap | undefined;
  for (;;) {
    const page: Gap[] = await gaps.list({ limit: PAGE, ...(before && { before }) });
    found += page.filter((gap) => gap.agent === agent && gap.lastAt >= from && gap.lastAt < to).length;
    before = page.at(-1);
    if (page.length < PAGE) return found;
  }
}

/** The time that `days` name, up to now. */
export function lastDays(days: number, now: number): { from: number; to: number } {
  return { from: now - days * DAY_MS, to: now };
}
