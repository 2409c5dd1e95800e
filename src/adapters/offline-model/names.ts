import { words } from '../../language/tokens.ts';
import type { Field } from './fields.ts';

/** Words that end a name in running text. */
const STOP = new Set(
  `with and that which has have having is are was at about around approximately driven from for in on of my i i'm im i've it its it's
  this the a an who but please miles mile mileage year years old car cars vehicle truck bike quote insurance insured insure or what how do does can
  could would to by bought used just so if when where because not no yes currently now here there we you your am me age aged
  driver driving cost price much today tomorrow thanks thank instead too also then one actually sorry sure okay ok make model brand km k be been
  had got get getting need want like looking should`.split(/\s+/),
);
const LEADING = new Set(
  "new used brand-new electric a an the my our his her it its it's is red blue black white grey gray silver old own drive have got".split(
    ' ',
  ),
);

type Token = { text: string; start: number; end: number };

/** A maker's name and the name of its product, as in "2022 Hyundai Ioniq 5". */
export type BrandAndModel = { brand?: string; model?: string };

/** Takes out the parts of `text` that other fields have claimed; the places stay the same. */
export function blank(text: string, spans: readonly { start: number; end: number }[]): string {
  let rest = text;
  for (const { start, end } of spans) rest = rest.slice(0, start) + '|'.repeat(end - start) + rest.slice(end);
  return rest;
}

/**
 * Finds a brand and a model: by the schema's examples, beside a year, as capitalised words, or as the bare answer when
 * they were asked for. `year` is where the model year stands in `text`.
 */
export function findBrandAndModel(
  text: string,
  { brand, model, asked, year }: { brand: Field; model: Field; asked: boolean; year: Token | null },
): BrandAndModel {
  const known = longestExample(text, brand.examples);
  if (known) {
    const rest = run(text, known.end);
    return { brand: known.example, ...(rest ? { model: pretty(rest) } : {}) };
  }
  const product = longestExample(
    text,
    model.examples.filter((example) => /[a-z]/i.test(example)),
  );
  const phrase =
    (year && (run(text, year.end) || capitalsBefore(text, year.start))) ||
    capitals(text) ||
    (asked ? bareAnswer(text) : '') ||
    '';
  if (phrase === '') return product ? { model: product.example } : {};
  const [first, ...rest] = phrase.split(' ');
  if (!first) return {};
  if (rest.length === 0 && product) return { model: product.example };
  return { brand: pretty(first), ...(rest.length > 0 ? { model: pretty(rest.join(' ')) } : {}) };
}

/** A single name: quoted, after "called", capitalised, or the bare answer when it was asked for. */
export function findName(text: string, field: Field, asked: boolean): string | null {
  const quoted = /["“”«]([^"“”«»]{2,80})["“”»]|(?:^|\s)'([^']{2,80})'(?=\s|[.,!?]|$)/.exec(text);
  if (quoted) return (quoted[1] ?? quoted[2] ?? '').trim();
  const known = longestExample(text, field.examples);
  if (known) return known.example;
  const called = /\b(?:called|titled|named|entitled)\s+([^,.!?\n]{2,80})/i.exec(text)?.[1];
  if (called) return called.trim();
  const title =
    /(?<=[a-z,]\s)((?:[A-Z][\w'’-]*|\d+)(?:\s+(?:of|the|and|a|an|in|to|for|on|de|la|&)\b|\s+[A-Z0-9][\w'’-]*)*)/.exec(
      text,
    )?.[1];
  if (title && !/^(I|I'm|I’m|OK|Hi|Hello)$/.test(title))
    return title.replace(/\s+(of|the|and|a|an|in|to|for|on)$/i, '');
  return asked ? bareAnswer(text) || null : null;
}

/** The words from `from` on that belong to a name: up to a stop word, punctuation or a claimed part. */
function run(text: string, from: number): string {
  const taken: string[] = [];
  for (const { text: token, start } of tokens(text.slice(from))) {
    if (/^[|,.;:!?()]/.test(token)) break;
    const word = token.toLowerCase().replace(/[’']/g, "'");
    if (taken.length === 0 && LEADING.has(word)) continue;
    // "Model 3" is a name; "the model is" is not.
    const named = word === 'model' && /^model \w{1,2}\b/i.test(text.slice(from + start));
    if ((STOP.has(word) && !named) || taken.length === 4) break;
    taken.push(token);
  }
  return taken.join(' ');
}

function tokens(text: string): Token[] {
  return [...text.matchAll(/[|]+|[,.;:!?()](?=\s|$)|[^\s,;:!?()|]+?(?=[.]?(?:[\s,;:!?()|]|$))/g)].map((match) => ({
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** Capitalised words that end right before `at`: "Kia EV6 from 2023", "Kia EV6 (2023)". */
function capitalsBefore(text: string, at: number): string {
  const before = text.slice(0, at).replace(/(?:\s+(?:from|of|built in|made in)|[\s,(]+)$/i, '');
  const match = /(?:^|[\s(])((?:[A-Z0-9][\w-]*\s+)*[A-Z0-9][\w-]*)$/.exec(before);
  return tidy(match?.[1] ?? '');
}

/** Two or more capitalised words in a row, not the beginning of a sentence alone. */
function capitals(text: string): string {
  for (const match of text.matchAll(/\b([A-Z][A-Za-z-]+(?:\s+(?:[A-Z][\w-]*|\d+[A-Za-z]*))+)/g)) {
    const phrase = tidy(match[1] ?? '');
    if (phrase.includes(' ')) return phrase;
  }
  return '';
}

function tidy(phrase: string): string {
  const parts = phrase.split(/\s+/);
  while (parts[0] && (STOP.has(parts[0].toLowerCase()) || LEADING.has(parts[0].toLowerCase()))) parts.shift();
  return parts.slice(0, 5).join(' ');
}

/** The answer to "what is …?" without the words around it. */
function bareAnswer(text: string): string {
  if (/\?\s*$/.test(text)) return '';
  const first = text
    .split(/[|,.;!?\n]/)
    .find((part) => words(part).some((word) => !STOP.has(word) && !LEADING.has(word)));
  if (!first || words(first).length > 8) return '';
  const rest = first
    .trim()
    .replace(
      /^(?:(?:it'?s|it is|that'?s|that is|its|the|this is|i have|i've got|i drive|i own|my|name|title|make|model|brand|car|vehicle|would be|is|was|called|an?|well|um|oh|yes|sure|ok|okay)\b[\s,:]*)+/gi,
      '',
    );
  return run(rest, 0);
}

function longestExample(text: string, examples: readonly string[]): { example: string; end: number } | null {
  let best: { example: string; end: number } | null = null;
  for (const example of examples) {
    const pattern = new RegExp(
      `(?<![\\w-])${example.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/[\s-]+/g, '[\\s-]*')}(?![\\w])`,
      'i',
    );
    const match = pattern.exec(text);
    if (match && example.length > (best?.example.length ?? 0)) best = { example, end: match.index + match[0].length };
  }
  return best;
}

/** Gives lower-case words a capital, and codes such as "ev6" capitals: how the name would be printed. */
function pretty(phrase: string): string {
  return phrase
    .split(' ')
    .map((word) => {
      if (word !== word.toLowerCase()) return word;
      if (/\d/.test(word) && /[a-z]/.test(word) && word.length <= 5) return word.toUpperCase();
      return (word[0] ?? '').toUpperCase() + word.slice(1);
    })
    .join(' ');
}
