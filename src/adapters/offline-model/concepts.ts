import { stem } from '../../language/stem.ts';
import { termsOf, words } from '../../language/tokens.ts';
import { alike } from './synonyms.ts';

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

/** What a text asks for, each thing once: "phone" and "number" are one. */
export function subjects(text: string): string[] {
  const all = contentStems(text);
  return all.filter((token, at) => !all.slice(0, at).some((other) => alike(token).has(other)));
}

/** The stems of what a text speaks of; none for a text that says nothing by itself ("by when should I?"). */
export function contentStems(text: string): string[] {
  return [...new Set(words(text).flatMap((word) => termsOf('en', word)))].filter(
    (token) => !FILLER.has(token) && token.length > 1 && !/^\d+k?$/.test(token),
  );
}
