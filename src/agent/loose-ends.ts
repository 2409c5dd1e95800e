import { splitSentences } from '../language/sentences.ts';
import { ALLOW, type Guard, type Seen } from './guard.ts';

/** Characters at the end of what is released that are looked at. */
const NEAR = 100;
/** Digits that are more than a price or a year. */
const LONG = 6;

/** A number at the end, in groups, with the letters that an account has among them. */
const NUMBER = /(?:[\p{Lu}\p{N}]+[^\p{L}\p{N}]{1,16})*\p{L}*\p{N}[\p{L}\p{N}]*[^\p{L}\p{N}]{0,16}$/u;
/** Tags show nothing; the last one may be cut off. */
const TAGS = /<\/?[a-z][^<>]{0,60}(?:>|$)/gi;
/** A last word that is written as addresses, hosts and codes are. */
const ADDRESS = /(?!\S{0,5}$)\S*(?:@|\/\/|[\p{L}\p{N}]{2}[._][\p{L}\p{N}]|\p{L}-?\p{N}|\p{N}-?\p{L})\S*\s*$/u;

/**
 * Keeps back a long number or an address with which a step breaks off, unless this conversation has it: what would go on in the
 * next step, beyond a tool's result, is only told by both. For text that more of the model's follows, and that is no cut.
 */
export const looseEnds: Guard = {
  name: 'loose-ends',
  check(candidate, seen) {
    const text = seen.released.slice(-NEAR) + candidate.slice(-NEAR);
    const shown = text.replace(TAGS, (tag) => ' '.repeat(tag.length));
    const found = [NUMBER.exec(shown), ADDRESS.exec(text)]
      .map((match) => match?.[0] ?? '')
      .filter((end, at) => end !== '' && isLong(end, at) && !isKnown(end, seen));
    if (found.length === 0) return ALLOW;
    const kept = candidate.length - Math.max(...found.map(({ length }) => length));
    return { action: 'redact', text: `${candidate.slice(0, Math.max(0, kept))}…`, found: ['loose-end'] };
  },
};

/** A number of more than one digit, or with a sign that makes it an amount or a share; no mark of a list. */
const FIGURE = /\p{Sc}\s?\p{N}|\p{N}\s?[\p{Sc}%]|\p{N}[\p{N}.,'’ ]{0,40}\p{N}(?![.)]\s)/gu;

/**
 * Keeps back the figures of a sentence with which a step breaks off, and what follows them there, unless this conversation has
 * them: what they promise is only told by its end. Else as `looseEnds`.
 */
export const looseFigures: Guard = {
  name: 'loose-ends',
  check(candidate, seen) {
    const sentence = splitSentences(candidate).at(-1) ?? '';
    if (!/\p{N}/u.test(sentence) || WHOLE.test(sentence)) return ALLOW;
    const texts = [...seen.said, ...seen.sources.map(({ text }) => text)];
    const unknown = [...sentence.matchAll(FIGURE)].find(
      ({ 0: figure }) => !texts.some((text) => hasNumber(text, figure)),
    );
    if (!unknown) return ALLOW;
    const kept = candidate.length - sentence.length + unknown.index;
    return { action: 'redact', text: `${candidate.slice(0, kept)}…`, found: ['loose-end'] };
  },
};

const WHOLE = /[\p{Sentence_Terminal}…:;][^\p{L}\p{N}]*$/u;

/** Whether a text has the digits as a number of their own. */
function hasNumber(text: string, figure: string): boolean {
  const digits = figure.match(/\p{N}+/gu) ?? [];
  return new RegExp(`(?<!\\p{N})${digits.join('[^\\p{L}\\p{N}]{0,2}')}(?!\\p{N})`, 'v').test(text);
}

/** An address is long by its form; a number by its digits. */
function isLong(end: string, at: number): boolean {
  return at === 1 || (end.match(/\p{N}/gu) ?? []).length >= LONG;
}

function isKnown(end: string, { said, sources, contact, customer, company }: Seen): boolean {
  const known = [
    ...said,
    ...sources.map(({ text }) => text),
    company,
    ...Object.values(contact),
    JSON.stringify(customer),
  ];
  const own = plain(end);
  // Capitals before a number may be no part of it.
  const number = /\p{N}.*$/u.exec(own)?.[0] ?? own;
  return known.map(plain).some((text) => text.includes(own) || (number.length >= LONG && text.includes(number)));
}

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}
