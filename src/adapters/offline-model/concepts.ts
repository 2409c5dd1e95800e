import { stem } from '../../language/stem.ts';
import { tokenize, words } from '../../language/tokens.ts';
import { type Candidate, meets } from './sources.ts';
import { alike, otherWords } from './synonyms.ts';

/** Words that ask, and say nothing of what is asked for. */
const FILLER = new Set(
  words(
    `want wants know tell ask asking question wonder wondering help please need like just really think thinking get got give explain
     looking look interested information info thing things stuff something anything else hi hello hey thanks thank quick quickly maybe sure possible
     actually also currently recently let going go use say said kind sort type lot curious anyway well could would should bought
     have has do does can offer provide available detail details specific specifically mean means main happen happens work works
     ok okay good great nice yes no special unique different need needs new own about much many any way ever able best guys there hear
     monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays weekend
     still yet recommend suggest advise advice recommendation
     regular normal ordinary come comes came time times then exactly around
     next last night yesterday today tonight tomorrow morning ago already
     hmm hm um uh oh ah well anyways please alright
     pls plz lol btw asap brand pick picking picked guys folks hows whats someone somebody anyone everybody
     shopping shop buying im ive dont doesnt whats hows thats isnt right long own see understand basically exactly find make sell sold deal`,
  ).map(stem),
);

/** `aside`: said before or beside the question; it steers, and is not asked for. */
export type Concept = { forms: Set<string>; weight: number; known: boolean; aside?: boolean };

export function conceptsOf(
  candidates: readonly Candidate[],
  {
    question,
    earlier,
    told,
    company,
    asideWeight,
  }: { question: string; earlier: string; told: string; company: string; asideWeight: number | null },
): Concept[] {
  // The company's own name is in every other sentence: it asks for nothing.
  const name = new Set(tokenize(company).slice(0, 1));
  const now = contentStems(question).filter((token) => !name.has(token));
  const before = contentStems(earlier).filter((token) => !now.includes(token));
  const aside = asideWeight ?? (now.length === 0 ? 1 : now.length === 1 ? 0.3 : 0.15);
  const story = new Set(contentStems(told));
  const weigh = (token: string, factor: number): Concept => {
    const forms = alike(token);
    const literal = candidates.filter(({ tokens }) => tokens.has(token)).length;
    const df = literal || candidates.filter(({ tokens }) => meets(forms, tokens)).length;
    const rarity = Math.log(1 + (candidates.length - df + 0.5) / (df + 0.5));
    return { forms, weight: factor * Math.min(3.2, Math.max(1.2, rarity)), known: df > 0 };
  };
  const distinct = subjects(question).filter((token) => now.includes(token));
  return [
    ...distinct.map((token) => {
      const concept = weigh(token, 1);
      return !concept.known && story.has(token) ? { ...concept, aside: true } : concept;
    }),
    ...before.map((token) => ({ ...weigh(token, aside), aside: contentStems(question).length > 0 })),
  ];
}

/** What a text asks for, each thing once: "phone" and "number" are one. */
export function subjects(text: string): string[] {
  const all = contentStems(text);
  return all.filter((token, at) => !all.slice(0, at).some((other) => alike(token).has(other)));
}

/** The stems of what a text speaks of. */
export function contentStems(text: string): string[] {
  return [...new Set(tokenize(text))].filter(
    (token) => !FILLER.has(token) && token.length > 1 && !/^\d+k?$/.test(token),
  );
}

/** A question in more words, for a search that found too little. */
export function widened(question: string): string {
  const others = contentStems(question).flatMap(otherWords);
  return others.length > 0 ? `${question} ${[...new Set(others)].join(' ')}` : question;
}
