import { OUT } from '../agent/choose-route.ts';
import type { Conversation, Store } from '../conversations/log.ts';
import { cleanText } from '../language/invisible.ts';
import { words } from '../language/tokens.ts';
import type { LoggedEvent, RouteChoice } from '../protocol/events.ts';

/** Conversations that are read, those with the newest activity. */
const CONVERSATIONS = 2_000;
const PAGE = 100;
/** Suggestions for a desk. */
const MOST = 20;
/** Words of a message that says of itself what it is about; shorter ones mostly answer a question. */
const FEWEST_WORDS = 3;
const LONGEST = 300;
/** Digits from which on a number may say who somebody is. */
const TELLING_DIGITS = 3;

/**
 * A message that the router was unsure of. `model`: the model then chose the desk. `stayed`: nobody did, and the
 * conversation stayed at the desk, which may be right or not. `at`: when it was said last, epoch ms.
 */
export type Suggestion = { desk: string; by: 'model' | 'stayed'; text: string; at: number; times: number };

/**
 * Messages of stored conversations that would teach the router, by desk, the newest first, with what may tell who wrote them masked.
 * `known`: examples that it has.
 */
export async function suggestUtterances(
  { conversations, log }: Pick<Store, 'conversations' | 'log'>,
  { agent, known }: { agent: string; known: readonly string[] },
): Promise<Suggestion[]> {
  const learned = new Set(known.map(wording));
  const found = new Map<string, Suggestion>();
  for await (const { id } of newest({ conversations }, agent)) {
    for (const suggestion of suggestionsIn(await log.events(id))) {
      const key = wording(suggestion.text);
      if (learned.has(key)) continue;
      const before = found.get(key);
      found.set(key, before ? joined(before, suggestion) : suggestion);
    }
  }
  const all = [...found.values()].sort((a, b) => b.at - a.at);
  return [...Map.groupBy(all, placeOf).values()].flatMap((list) => list.slice(0, MOST));
}

/** Lines to be pasted below the utterances of each desk. */
export function suggestionLines(suggestions: readonly Suggestion[]): string[] {
  const places = Map.groupBy(suggestions, placeOf);
  return [...places.values()].flatMap((list) => {
    const [{ desk, by } = { desk: '', by: 'model' }] = list;
    const why =
      by === 'model'
        ? 'the router was unsure, and the model chose this desk'
        : 'the router was unsure, and the conversation stayed here; leave out what belongs elsewhere';
    return ['', `# routes/${desk}/utterances.txt: ${why}`, ...list.map(({ text }) => text)];
  });
}

/** What one conversation shows, oldest first. */
export function suggestionsIn(events: readonly LoggedEvent[]): Suggestion[] {
  const said = new Map<string, string>();
  const answered = new Map<string, string[]>();
  const choices = new Map<string, (RouteChoice & { at: number })[]>();
  for (const event of events) {
    if (event.type === 'message.received') said.set(event.messageId, event.text);
    else if (event.type === 'turn.started') answered.set(event.turnId, event.answers);
    else if (event.type === 'route.chosen') choices.set(event.turnId, [...(choices.get(event.turnId) ?? []), event]);
  }
  return [...choices].flatMap(([turnId, list]) => {
    const messages = (answered.get(turnId) ?? []).flatMap((id) => said.get(id) ?? []);
    const text = asLine(messages.join(' '));
    const suggestion = suggestionOf(list);
    return suggestion && isTelling(text) ? [{ ...suggestion, text, times: 1 }] : [];
  });
}

function suggestionOf(
  choices: readonly (RouteChoice & { at: number })[],
): Pick<Suggestion, 'desk' | 'by' | 'at'> | null {
  const router = choices.find(({ by }) => by === 'router');
  const model = choices.find(({ by }) => by === 'model');
  if (!router || router.sure) return null;
  if (model) return { desk: model.route, by: 'model', at: model.at };
  // An answer to a question of the agent's, most likely, or nothing of the company's.
  const isNothing = router.outOfScope === null || router.outOfScope >= OUT;
  return isNothing ? null : { desk: router.route, by: 'stayed', at: router.at };
}

async function* newest({ conversations }: Pick<Store, 'conversations'>, agent: string): AsyncGenerator<Conversation> {
  let before: Pick<Conversation, 'updatedAt' | 'id'> | undefined;
  for (let read = 0; read < CONVERSATIONS; ) {
    const page = await conversations.list({ ...(before && { before }), limit: PAGE });
    yield* page.filter((conversation) => conversation.agent === agent);
    before = page.at(-1);
    if (page.length < PAGE) return;
    read += page.length;
  }
}

/** What the model has chosen tells more than what nobody has. */
function joined(one: Suggestion, other: Suggestion): Suggestion {
  const { desk, by } = other.by === 'model' && one.by !== 'model' ? other : one;
  return { desk, by, text: one.text, at: Math.max(one.at, other.at), times: one.times + other.times };
}

function placeOf({ desk, by }: Suggestion): string {
  return `${by}/${desk}`;
}

function isTelling(text: string): boolean {
  return words(text).length >= FEWEST_WORDS;
}

function wording(text: string): string {
  return words(text).join(' ');
}

/** A line that `utterances.txt` takes for an utterance, without what may tell who wrote it. Names stay: nobody can tell them. */
function asLine(text: string): string {
  const line = cleanText(text).replace(/\s+/g, ' ').slice(0, LONGEST).toWellFormed();
  return masked(line)
    .replace(/^[#[\s]+/, '')
    .trim();
}

/** E-mail addresses, links, and numbers of three digits and more, also with signs between them. */
export function masked(text: string): string {
  return text
    .replace(/[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*/gu, 'name@example.com')
    .replace(/\bhttps?:\/\/\S+/gi, 'https://example.com')
    .replace(/\p{N}(?:[\s().\-/]{0,2}\p{N})*/gu, (number) => {
      const digits = number.match(/\p{N}/gu)?.length ?? 0;
      return digits < TELLING_DIGITS ? number : number.replace(/\p{N}/gu, '0');
    });
}
