import type { ActionView } from '../../protocol/conversation.ts';
import type { RunTurn } from '../case-run.ts';
import type { CustomerSide, NextAct } from '../customer-side.ts';
import { matches } from '../match-text.ts';
import type { Simulation } from '../suite.ts';
import { askedFor } from './asked.ts';
import { phrasesOf } from './phrases.ts';

/** Replies in a row that lead nowhere, after which a customer leaves. */
const PATIENCE = 3;

/**
 * A customer by rules, in English: opens with `opening`, answers what is asked from `facts`, decides on cards, and leaves once the goal is
 * reached, a person comes, or the talk leads nowhere. What it says last shows how it was treated. It keeps nothing: what it does follows from
 * the turns alone. Its rules are its own, and none of the offline model's.
 */
export function engineCustomer(simulation: Simulation): CustomerSide {
  return { next: async (turns, open) => nextAct(simulation, turns, open) };
}

function nextAct(simulation: Simulation, turns: readonly RunTurn[], open: readonly ActionView[]): NextAct {
  const { opening, goal, decides, most } = simulation;
  const last = turns.at(-1);
  if (!last) return say(opening ?? goal);
  const said = turns.filter(({ act }) => act.kind === 'say');
  const before = farewellIn(simulation, said);
  if (before) return { kind: 'leave', left: before };
  const card = open.findLast(({ by }) => by === 'customer');
  if (card) return { kind: 'act', act: { kind: 'decide', decision: decides, by: 'customer' }, modelSays: null };
  const phrases = phrasesOf(simulation);
  if (isDone(simulation, turns)) return say(phrases.thanks);
  if (turns.some(isHandedOver)) return say(phrases.handedOver);
  if (said.length >= most - 1)
    return said.length >= most ? { kind: 'leave', left: 'out_of_turns' } : say(phrases.givingUp);
  return say(answerTo(simulation, said));
}

/** What was said last, where that was a farewell. */
function farewellIn(simulation: Simulation, said: readonly RunTurn[]): 'satisfied' | 'gave_up' | null {
  const act = said.at(-1)?.act;
  const phrases = phrasesOf(simulation);
  if (act?.kind !== 'say') return null;
  if (act.text === phrases.thanks || act.text === phrases.handedOver) return 'satisfied';
  return act.text === phrases.givingUp ? 'gave_up' : null;
}

function isDone({ done }: Simulation, turns: readonly RunTurn[]): boolean {
  return turns.some(({ reply }) => done.some((pattern) => matches(pattern, reply)));
}

function isHandedOver({ outcome }: RunTurn): boolean {
  return outcome === 'handed_off';
}

/** What the newest reply leads to: facts, a yes, or more and more trouble. */
function answerTo(simulation: Simulation, said: readonly RunTurn[]): string {
  const phrases = phrasesOf(simulation);
  const reply = said.at(-1)?.reply ?? '';
  const asked = askedFor(reply, simulation.facts);
  const repeated = said.slice(0, -1).some((turn) => turn.reply === reply);
  const nowhere = leadingNowhere(simulation, said);
  if (nowhere >= PATIENCE) return phrases.givingUp;
  if (asked.kind === 'facts') {
    const told = asked.facts.map((name) => phrases.fact(name, simulation.facts[name] ?? ''));
    const isAgain = told.every((one) => said.some(({ act }) => act.kind === 'say' && act.text.includes(one)));
    return isAgain ? phrases.again(told.join(' ')) : phrases.answer(told.join(' '));
  }
  if (asked.kind === 'yes_no' && !repeated) return phrases.yes;
  if (asked.kind === 'unknown' && !repeated) return phrases.unknown;
  return nowhere > 1 ? phrases.complaint(simulation.goal) : phrases.goal(simulation.goal);
}

/** How many of the newest replies asked for nothing that the customer knows. */
function leadingNowhere({ facts }: Simulation, said: readonly RunTurn[]): number {
  let count = 0;
  for (const { reply } of said.toReversed()) {
    if (askedFor(reply, facts).kind === 'facts') break;
    count += 1;
  }
  return count;
}

function say(text: string): NextAct {
  return { kind: 'act', act: { kind: 'say', text }, modelSays: null };
}
