import { ABUSE_ALONE, ABUSE_TOGETHER, ABUSE_WORDS, NOT_THEM, OF_ME, TOLD } from './abuse-words.ts';
import { type Likeness, learnedOf } from './likeness.ts';
import { isLike } from './parts.ts';
import { readingsOf } from './readings.ts';
import { either, found, plainWords, type Rule } from './words.ts';

const OF_LANGUAGES = ABUSE_WORDS.flatMap(({ will, willYou, harm, people, you, insult, curse }): Rule[] => [
  { name: 'threat', slots: [will, harm, people], within: 9, ordered: true, unless: either(NOT_THEM, TOLD) },
  { name: 'threat', slots: [will, people, harm], within: 6, ordered: true, unless: either(NOT_THEM, TOLD) },
  { name: 'threat', slots: [willYou, harm], within: 3, ordered: true, unless: either(NOT_THEM, TOLD) },
  { name: 'curse', slots: [curse], within: 5, unless: TOLD },
  { name: 'insult', slots: [you, insult], within: 6, ordered: true, unless: OF_ME },
  { name: 'insult', slots: [insult, you], within: 1, ordered: true, unless: OF_ME },
]);

const RULES: readonly Rule[] = [
  ...OF_LANGUAGES,
  ...ABUSE_TOGETHER.map(
    ([name, ...slots]): Rule => ({ name, slots, within: 6, ordered: true, unless: either(NOT_THEM, TOLD) }),
  ),
  { name: 'curse', slots: [ABUSE_ALONE], within: 5, unless: TOLD },
];

/** A word with signs in place of letters, and what it may stand for. */
const MASKED = /(?<!\p{L})\p{L}{1,20}[*#@•]{1,6}\p{L}{0,20}/gu;
const MASKABLE =
  'fuck fucking fucker fuckers shit bitch bitches asshole assholes cunt cunts bastard nigger faggot retard whore slut puta mierda connard salope encule arschloch fotze wichser stronzo klootzak'.split(
    ' ',
  );
const SIGN = /[*#@•]/;
const STRETCHED = /(\p{L})\1{2,}/gu;

const LEAST = { words: 0.42, joined: 0.2, beside: -0.2 };

/**
 * The rules by which a message threatens or abuses whoever answers, or somebody of the company, `likeness` where it is only like such
 * messages; none where it does not. Swearing at a matter is none.
 */
export function abuseIn(
  text: string,
  vector: Float32Array | null = null,
  model: Likeness = learnedOf('abuse'),
): string[] {
  const readings = readingsOf(text);
  const read = [readings.plain, ...readings.hidden].map((one) => one.replace(MASKED, unmasked)).flatMap(unstretched);
  const rules = read.flatMap((one) => found(RULES, plainWords(one)));
  if (rules.length > 0) return [...new Set(rules)];
  return isLike(model, readings, vector, LEAST) ? ['likeness'] : [];
}

function unmasked(word: string): string {
  const letters = [...word.toLowerCase()];
  const fits = (one: string) =>
    one.length === letters.length && letters.every((letter, at) => SIGN.test(letter) || letter === one[at]);
  return MASKABLE.find(fits) ?? word;
}

/** `Fuuuck` as `fuck`, and `killl` as `kill`. */
function unstretched(text: string): string[] {
  if (text.search(STRETCHED) < 0) return [text];
  return [text.replace(STRETCHED, '$1'), text.replace(STRETCHED, '$1$1')];
}
