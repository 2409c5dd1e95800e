import type { Source } from '../../../agent/guard.ts';
import { BySource } from '../../by-source.ts';
import type { Claim } from '../claims/claims.ts';
import { plainSource } from '../reading/tokens.ts';
import { wordOf } from '../reading/words.ts';
import { type Ground, groundsOf } from './grounds.ts';

/**
 * Things with a name of their own that sources tell apart, as they are written with capitals: fares, plans, places. What is said of one of
 * them supports nothing of another.
 */

/** The names in a source, plain, and which of them it names together as one of the other. */
type Named = {
  names: ReadonlySet<string>;
  rows: ReadonlySet<string>;
  together: readonly ReadonlySet<string>[];
  held: readonly string[];
};

const NAMED = new BySource<Named>();
/** A name: words with capitals, numbers behind them. */
const NAME =
  /(?<![\p{L}\p{N}])\p{Lu}[\p{L}\p{N}’'-]*(?: (?:\p{Lu}[\p{L}\p{N}’'-]*|\d{1,4}(?![\p{N}.,:%]| ?(?:years?|months?|weeks?|days?|hours?|minutes?|kg|km|GB|MB|points?|people|persons?|nights?|euros?|dollars?)(?!\p{L}))))*/gu;
const SENTENCE = /[^.!?\n;]+/g;
/** What a customer has, by the names of fields. */
const HELD =
  /"(?:(?:customer|current|your|my|active|selected|booked)_)?(?:plan|policy|product|tier|class|fare|rate|ticket|tariff|membership|account|contract|subscription|cover|package|zone|country|region|hotel|range|rate_type|fare_type)(?:_(?:name|type))?"\s*:\s*"([^"]{2,40})"/g;
const NO_NAMES: ReadonlySet<string> = new Set(
  'i monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december'.split(
    ' ',
  ),
);

/** Whether a claim is about a named thing, and a clause about others alone. */
export function isOfAnotherThing({ all }: Claim, { text, clause, isRow }: Ground, sources: readonly Source[]): boolean {
  const { named, names: inPassages, rows } = allIn(sources);
  const names = isRow ? rows : inPassages;
  if (names.length < 2) return false;
  const theirs = names.filter((name) => has(text, name));
  if (theirs.length === 0) return false;
  // `the early-bird price`
  const whole = all.replaceAll('-', ' ');
  const said = names.filter((name) => has(all, name) || has(whole, name));
  const ours = said.length > 0 ? said : named.flatMap(({ held }) => held).filter((name) => names.includes(name));
  if (ours.length === 0) return false;
  if (ours.some((name) => has(text, name))) {
    // `Basic €1,200, Comfort €400`
    const near = theirs.filter((name) => has(clause.text, name));
    return near.length > 0 && !DENIES.test(clause.text) && !near.some((name) => ours.includes(name));
  }
  const areOne = (one: string, other: string) =>
    named.some(({ together }) => together.some((of) => of.has(one) && of.has(other)));
  return !theirs.some((their) => ours.some((own) => areOne(own, their)));
}

type All = { named: readonly Named[]; names: readonly string[]; rows: readonly string[] };

const ALL = new WeakMap<readonly Source[], All>();

function allIn(sources: readonly Source[]): All {
  const known = ALL.get(sources);
  if (known) return known;
  const named = sources.map((source) => NAMED.get(source, namesIn));
  const all = {
    named,
    names: [...new Set(named.flatMap(({ names }) => [...names]))],
    rows: [...new Set(named.flatMap(({ rows }) => [...rows]))],
  };
  ALL.set(sources, all);
  return all;
}

function has(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    if (!LETTER.test(text[at - 1] ?? '') && !LETTER.test(text[at + name.length] ?? '')) return true;
  }
  return false;
}

const LETTER = /[a-z\d]/;

function namesIn({ kind, text }: Source): Named {
  const names = new Set<string>();
  const together: Set<string>[] = [];
  const held: string[] = [];
  if (kind === 'tool') {
    for (const [, value = ''] of text.slice(0, 20_000).matchAll(HELD)) held.push(plainSource(value));
    return { names, rows: new Set(rowsIn(text)), together, held };
  }
  // German writes every noun so.
  if (groundsOf({ kind, text, from: '', version: '' }).language === 'de')
    return { names, rows: NO_ROWS, together, held };
  for (const [sentence] of text.matchAll(SENTENCE)) {
    const own = new Set<string>();
    for (const { 0: found, index } of sentence.matchAll(NAME)) {
      const words = found.replace(/['’]s$/, '').split(' ');
      const before = sentence.slice(0, index);
      const behind = sentence.slice(index + found.length);
      let isFirst = !/[\p{L}\p{N},)%] ?$/u.test(before);
      // `The Gold card`
      if (isFirst && words.length > 1 && isIdle(words[0] ?? '')) {
        words.shift();
        isFirst = false;
      } else if (isFirst && KIND.test(behind)) isFirst = isIdle(words[0] ?? '');
      const name = plainSource(words.join(' '));
      if (NO_NAMES.has(name) || name.length < 2 || isCode(words)) continue;
      // The first word of a sentence has its capital anyway.
      if (!isFirst || words.length > 1) own.add(name);
    }
    for (const name of own) names.add(name);
    if (own.size > 1 && !DENIES.test(sentence)) together.push(own);
  }
  return { names, rows: NO_ROWS, together, held };
}

const NO_ROWS: ReadonlySet<string> = new Set();

/** What tells the objects of a list apart by name. */
function rowsIn(text: string): string[] {
  try {
    return listsIn(JSON.parse(text)).flatMap((list) => {
      const keys = Object.keys(list[0] ?? {}).filter((key) =>
        /^(?:name|type|plan|title|product|tier|label|fare|rate|room|option)$/.test(key),
      );
      return keys.flatMap((key) =>
        list.map((row) => row[key]).flatMap((value) => (typeof value === 'string' ? [plainSource(value)] : [])),
      );
    });
  } catch {
    return [];
  }
}

function listsIn(value: unknown, depth = 0): Record<string, unknown>[][] {
  if (typeof value !== 'object' || value === null || depth > 6) return [];
  const own =
    Array.isArray(value) && value.length > 1 && value.every((one) => typeof one === 'object' && one !== null)
      ? [value as Record<string, unknown>[]]
      : [];
  return [...own, ...Object.values(value).flatMap((one) => listsIn(one, depth + 1))];
}

/** `GBP`, `CET`: no name of a thing, but for places. */
function isCode(words: readonly string[]): boolean {
  return words.every((word) => !/\p{Ll}/u.test(word) && !PLACES.has(word));
}

const PLACES: ReadonlySet<string> = new Set(['EU', 'UK', 'US', 'USA', 'EEA', 'UAE']);

/** Behind a name of one of several, even where it stands first. */
const KIND =
  /^ (?:card|plan|rate|fare|ticket|member(?:ship)?|customer|account|cover|tariff|package|room|cabin|class|pass|licen[cs]e|edition|policy|tier)s?\b/;

function isIdle(word: string): boolean {
  return !wordOf(word.toLowerCase()).content;
}

const DENIES = /\b(?:not|no|nor|never|except|excluding|but|only)\b/;
