import type Anthropic from '@anthropic-ai/sdk';
import { chooseRoute, desksToAskFor, likelyDesks } from '../agent/choose-route.ts';
import { OFF_TOPIC, perhapsNote } from '../agent/notes.ts';
import { GENERAL } from '../agent/route.ts';
import { type Desks, deskText } from '../agent/switch-desk.ts';
import { leansOnContext, turnsElsewhere } from '../language/question.ts';
import { Searchable } from '../language/values/searchable.ts';
import type { EventBody } from '../protocol/events.ts';
import type { Desk, DeskAgent } from './desk.ts';
import type { History } from './history.ts';
import { inTime } from './in-time.ts';

/** Milliseconds that a turn waits for the router, which needs a few. */
const LONGEST_WAIT_MS = 250;

/** The choice of the desk for a turn about to begin, as an event beside its `turn.started`; null where there is nothing to choose. */
export async function chooseDesk(
  { desk, agent, turnId }: { desk: Desk; agent: DeskAgent; turnId: string },
  { waiting, place }: Pick<History, 'waiting' | 'place'>,
): Promise<Extract<EventBody, { type: 'route.chosen' }> | null> {
  const { router } = agent;
  if (!router || waiting.length === 0) return null;
  const text = waiting.map((message) => message.text).join('\n');
  const verdict = await inTime(() => router.classify(text), router.patienceMs ?? LONGEST_WAIT_MS).catch(
    (error: unknown) => {
      desk.logger.warn(
        { turnId, error: String(error) },
        'the router did not answer: the conversation stays where it is',
      );
      return null;
    },
  );
  // Alone, "how much is that" is about prices; after a crash it is about the repair. Only the model has both.
  const answers = place.route !== GENERAL && ((place.asked && !turnsElsewhere(text)) || leansOnContext(text));
  const choice = chooseRoute(verdict, { ...place, route: routeOf(agent, place.route), answers }, agent.routes);
  return { type: 'route.chosen', turnId, ...choice };
}

/** The desk that has the conversation; the agent may have lost the route of that name since. */
function routeOf({ routes }: DeskAgent, route: string): string {
  return routes.has(route) ? route : GENERAL;
}

/** Where a turn stands with the desks, by its log. */
export function desksOf(
  agent: DeskAgent,
  {
    place,
    open,
    choices,
    waiting,
    customerMessages,
  }: Pick<History, 'place' | 'open' | 'choices' | 'waiting' | 'customerMessages'>,
): Desks {
  const ofTurn = open?.turn.choices ?? [];
  const moved = ofTurn.some(({ route, from }) => route !== from);
  const likely = likelyDesks(choices);
  const said = new Searchable(customerMessages);
  const isNamed = (route: string) => route.split('-').every((word) => said.hasWord(word));
  const spokenFor = [...agent.routes.keys()].filter((route) => likely.has(route) || isNamed(route));
  const newest = choices.at(-1);
  // A message that came since is the customer's word for the desk that answers it.
  const isAnswered = waiting.length > 0 && newest !== ofTurn.at(-1);
  const closed = newest?.by === 'model' && !isAnswered && !spokenFor.includes(newest.route);
  const held = open?.turn.screened != null;
  return { routes: agent.routes, route: routeOf(agent, place.route), moved, spokenFor, closed, ...(held && { held }) };
}

/** What stands before the customer's words because of the desk: its brief, and what the router was not sure of. */
export function deskNotes(
  desks: Desks,
  { messages, open }: Pick<History, 'messages' | 'open'>,
): Anthropic.TextBlockParam[] {
  const choice = open?.turn.choices.find(({ by }) => by === 'router');
  const likely = choice ? desksToAskFor(choice) : null;
  const notes = [deskText(messages, desks), choice?.offTopic ? OFF_TOPIC : null, likely && perhapsNote(likely)];
  return notes.flatMap((text) => (text === null ? [] : [{ type: 'text', text }]));
}
