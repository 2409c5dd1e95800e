import type { RouteChoice } from '../protocol/events.ts';
import { GENERAL, type Verdict } from './route.ts';

/*
 * Chosen on one half of `test/routing/acme-messages.ts`; what they come to on the other is in docs/decisions/0014.
 */

/** From this confidence on a verdict is sure of a desk. */
const SURE = 0.75;
/** From this one on it takes the conversation away from a specialised desk. */
const SURE_TO_MOVE = 0.85;
/** From this one on it takes the conversation back to the desk that it left in the turn before: no ping-pong. */
const SURE_TO_RETURN = 0.9;
/** From this probability on a message is for no desk. */
export const OUT = 0.5;
/** From this probability on another desk is worth a question to the model. */
const POSSIBLE = 0.15;

/** Where a conversation is, before a message is looked at. */
export type Place = {
  /** The desk that has it. */
  route: string;
  /** The desk that it left in the turn before, if it left one. */
  left: string | null;
  /** True where the agent's last words asked the customer something: what is out of scope is then probably the answer. */
  asked: boolean;
};

/** `answers`: the message does no more than answer what was asked, or go on with what was said. */
type Facing = Place & { answers?: boolean };

/**
 * Which desk answers. `verdict` is null where the router did not answer in time: the conversation then stays where it is.
 * So it does wherever the verdict is not sure enough, or names a desk that `routes` does not have.
 */
export function chooseRoute(
  verdict: Verdict | null,
  { route: from, left, asked, answers = false }: Facing,
  routes: ReadonlyMap<string, unknown>,
): RouteChoice {
  const by = 'router';
  if (!verdict) return { ...NOTHING_KNOWN, route: from, from, by };
  const { route, confidence, outOfScope, intent, language } = verdict;
  const isOut = outOfScope >= OUT;
  const isThere = route === GENERAL || routes.has(route);
  const sure = !isOut && isThere && confidence >= neededFor(route, { from, left, asked, answers });
  return {
    route: sure ? route : from,
    from,
    by,
    sure,
    offTopic: isOut && !asked,
    ...{ confidence, outOfScope, intent, language, scores: [...verdict.scores] },
  };
}

const NOTHING_KNOWN = {
  ...{ sure: false, offTopic: false, confidence: null, outOfScope: null, intent: null, language: null },
  scores: [],
};

function neededFor(route: string, { from, left, asked, answers }: Omit<Facing, 'route'> & { from: string }): number {
  if (route === from) return SURE;
  // "No accidents" is about accidents all the same, whatever was asked: there the model decides.
  if (answers) return Number.POSITIVE_INFINITY;
  // What answers a question often sounds like no desk's in particular.
  if (route === left || (asked && route === GENERAL)) return SURE_TO_RETURN;
  return from === GENERAL ? SURE : SURE_TO_MOVE;
}

/** The desks that the router has thought of for any message of the customer's. */
export function likelyDesks(choices: readonly RouteChoice[]): Set<string> {
  const thought = choices.filter(({ by }) => by === 'router');
  return new Set(
    thought.flatMap(({ scores }) =>
      scores.filter(({ probability }) => probability >= POSSIBLE).map(({ route }) => route),
    ),
  );
}

/** The model's own choice, of which nothing was computed. */
export function modelsChoice(route: string, from: string): RouteChoice {
  return { ...NOTHING_KNOWN, route, from, by: 'model', sure: true };
}

/**
 * The desks that the model should think of before it answers, likeliest first; null where it need not. Empty where it is
 * to look through them all.
 */
export function desksToAskFor({ by, sure, offTopic, outOfScope, route, scores }: RouteChoice): string[] | null {
  if (by === 'model' || sure || offTopic) return null;
  if (scores.length === 0) return route === GENERAL ? [] : null;
  if (outOfScope !== null && outOfScope >= OUT) return null;
  const others = scores.filter((score) => score.route !== route && score.probability >= POSSIBLE);
  return others.length > 0 ? others.map((score) => score.route) : null;
}
