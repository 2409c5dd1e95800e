import { ABUSE_WORDS, NOT_THEM, OF_ME, TOLD } from './abuse-words.ts';
import { readingsOf } from './readings.ts';
import { either, found, plainWords, type Rule } from './words.ts';

const RULES: readonly Rule[] = ABUSE_WORDS.flatMap(({ will, willYou, harm, people, you, insult, curse }): Rule[] => [
  { name: 'threat', slots: [will, harm, people], within: 9, ordered: true, unless: either(NOT_THEM, TOLD) },
  { name: 'threat', slots: [will, people, harm], within: 6, ordered: true, unless: either(NOT_THEM, TOLD) },
  { name: 'threat', slots: [willYou, harm], within: 3, ordered: true, unless: either(NOT_THEM, TOLD) },
  { name: 'curse', slots: [curse], within: 5, unless: TOLD },
  { name: 'insult', slots: [you, insult], within: 6, ordered: true, unless: OF_ME },
  { name: 'insult', slots: [insult, you], within: 1, ordered: true, unless: OF_ME },
]);

/** A word with signs in place of letters, and what it may stand for. */
const MASKED = /(?<!\p{L})\p{L}{1,20}[*#@•]{1,6}\p{L}{0,20}/gu;
const MASKABLE =
  'fuck fucking fucker fuckers shit bitch bitches asshole assholes cunt cunts bastard nigger faggot retard whore slut puta mierda connard salope encule arschloch fotze wichser stronzo klootzak'.split(
    ' ',
  );
const SIGN = /[*#@•]/;
const STRETCHED = /(\p{L})\1{2,}/gu;

/** The rules by which a message threatens or abuses whoever answers, or somebody of the company; none where it does not. Swearing at a matter is none. */
export function abuseIn(text: string): string[] {
  const { plain, hidden } = readingsOf(text);
  const readings = [plain, ...hidden].map((one) => one.replace(MASKED, unmasked)).flatMap(unstretched);
  return [...new Set(readings.flatMap((one) => found(RULES, plainWords(one))))];
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
