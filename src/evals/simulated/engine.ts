import type { ActionView } from '../../protocol/conversation.ts';
import type { RunTurn } from '../case-run.ts';
import type { CustomerSide, NextAct } from '../customer-side.ts';
import { matches } from '../match-text.ts';
import type { Simulation } from '../suite.ts';
import { type Asked, askedFor } from './asked.ts';
import { phrasesOf } from './phrases.ts';

/** Replies in a row that lead nowhere, after which a customer leaves. */
const PATIENCE = 3;

/**
 * A customer by rules, in English: opens with `opening`, answers what is asked from `facts`, decides on cards, and leaves once the goal is
 * reached, a person comes or must agree, or the talk leads nowhere. What it says last shows how it was treated. It keeps nothing: what it
 * does follows from the turns alone. Its rules are its own, and none of the offline model's.
 */
export function engineCustomer(simulation: Simulation): CustomerSide {
  return { next: async (turns, open) => nextAct(simulation, turns, open) };
}

function nextAct(simulation: Simulation, turns: readonly RunTurn[], open: readonly ActionView[]): NextAct {
  const { opening, goal, decides, most } = simulation;
  const last = turns.at(-1);
  if (!last) return say(opening ?? goal);
  const phrases = phrasesOf(simulation);
  const farewell = farewellOf(simulation, turns, open);
  if (isSaying(last, phrases.givingUp)) return { kind: 'leave', left: 'gave_up' };
  if (farewell !== null && (isSaying(last, farewell) || turns.length >= most)) {
    return { kind: 'leave', left: 'satisfied' };
  }
  if (turns.length >= most) return { kind: 'leave', left: 'out_of_turns' };
  if (open.some(({ by }) => by === 'customer')) {
    return { kind: 'act', act: { kind: 'decide', decision: decides, by: 'customer' }, modelSays: null };
  }
  return say(farewell ?? answerTo(simulation, turns));
}

/** What the customer has to say when there is nothing more to do; null while there is. */
function farewellOf(simulation: Simulation, turns: readonly RunTurn[], open: readonly ActionView[]): string | null {
  const phrases = phrasesOf(simulation);
  if (open.some(({ by }) => by === 'customer')) return null;
  if (isDone(simulation, turns)) return phrases.thanks;
  const isWaiting = open.length > 0 || turns.some(({ outcome }) => outcome === 'handed_off');
  return isWaiting ? phrases.waiting : null;
}

/** Where nobody wrote how to tell: what answers with a source or a call, and asks nothing back. */
function isDone({ done, facts }: Simulation, turns: readonly RunTurn[]): boolean {
  if (done.length > 0) return turns.some(({ reply }) => done.some((pattern) => matches(pattern, reply)));
  return turns.some(
    ({ reply, citations, calls }) =>
      (citations.length > 0 || calls.some(({ ok }) => ok)) && askedFor(reply, facts).kind === 'nothing',
  );
}

/** What the newest reply leads to: facts, a yes or no, or more and more trouble. */
function answerTo(simulation: Simulation, turns: readonly RunTurn[]): string {
  const phrases = phrasesOf(simulation);
  const at = turns.length - 1;
  const asked = askedAt(simulation, turns, at);
  const nowhere = leadingNowhere(simulation, turns);
  if (nowhere >= PATIENCE) return phrases.givingUp;
  if (asked.kind === 'facts') {
    const told = asked.facts.map((name) => phrases.fact(name, simulation.facts[name] ?? '')).join(' ');
    return isNews(simulation, turns, at) ? told : phrases.again(told);
  }
  if (!isRepeated(turns, at)) {
    if (asked.kind === 'offer') return phrases[simulation.decides];
    if (asked.kind === 'check') return phrases.right;
    if (asked.kind === 'unknown') return phrases.unknown;
  }
  if (turns.some(({ act }) => act.kind === 'decide' && act.decision === 'decline')) return phrases.changedMind;
  return nowhere > 1 ? phrases.complaint(simulation.goal) : phrases.goal(simulation.goal);
}

/** How many of the newest replies asked for nothing that the customer had not said, and offered nothing. */
function leadingNowhere(simulation: Simulation, turns: readonly RunTurn[]): number {
  const led = turns.findLastIndex((_, at) => isLeading(simulation, turns, at));
  return turns.length - 1 - led;
}

function isLeading(simulation: Simulation, turns: readonly RunTurn[], at: number): boolean {
  if (turns[at + 1]?.act.kind === 'decide') return true;
  const { kind } = askedAt(simulation, turns, at);
  if (kind === 'facts') return isNews(simulation, turns, at);
  return (kind === 'offer' || kind === 'check') && !isRepeated(turns, at);
}

function askedAt({ facts }: Simulation, turns: readonly RunTurn[], at: number): Asked {
  return askedFor(turns[at]?.reply ?? '', facts);
}

/** Whether any of what is asked was not told by then. */
function isNews(simulation: Simulation, turns: readonly RunTurn[], at: number): boolean {
  const asked = askedAt(simulation, turns, at);
  const before = turns.slice(0, at + 1);
  return (
    asked.kind === 'facts' &&
    asked.facts.some((name) => {
      const told = phrasesOf(simulation).fact(name, simulation.facts[name] ?? '');
      return !before.some(({ act }) => act.kind === 'say' && act.text.includes(told));
    })
  );
}

function isRepeated(turns: readonly RunTurn[], at: number): boolean {
  return turns.slice(0, at).some(({ reply }) => reply === turns[at]?.reply);
}

function isSaying({ act }: RunTurn, text: string): boolean {
  return act.kind === 'say' && act.text === text;
}

function say(text: string): NextAct {
  return { kind: 'act', act: { kind: 'say', text }, modelSays: null };
}
