import type { Source } from '../../../agent/guard.ts';
import { BySource } from '../../by-source.ts';
import { COUNT_WORDS } from '../reading/numbers.ts';
import type { Clause } from '../reading/statements.ts';
import { UNITS } from '../reading/units.ts';
import { wordOf } from '../reading/words.ts';
import { groundsOf } from './grounds.ts';

/** How many of what a clause names: `ten family members`. `of`: its words that may be counted. */
export type Count = { value: number; of: readonly string[] };

const FEW = COUNT_WORDS.slice(1, 13);
const COUNT = new RegExp(
  `(?<![\\p{L}\\d.,])(\\d{1,3}(?:,\\d{3})?|${FEW.join('|')}) ([a-z]{3,})(?: ([a-z]{3,}))?`,
  'gu',
);

/** The counts of a clause, but for those of units, which are figures. */
export function countsIn({ text, start, numbers, figures }: Clause): Count[] {
  return [...text.matchAll(COUNT)].flatMap(({ index, 1: number = '', 2: one, 3: other }) => {
    const spelt = FEW.indexOf(number) + 1;
    const at = start + index;
    if (spelt === 0 ? !numbers.includes(number) : figures.some((one) => one.start <= at && at < one.end)) return [];
    const of = [one, other].filter((word) => word !== undefined && !UNITS.has(word) && wordOf(word).content);
    return of.length > 0
      ? [{ value: spelt || Number(number.replace(',', '')), of: of.map((word = '') => wordOf(word).key) }]
      : [];
  });
}

const FIELD = /^(.*\D) (\d{1,3})$/;
const COUNTED = new BySource<{ values: ReadonlySet<number>; of: ReadonlyMap<string, ReadonlySet<number>> }>();

function countedIn(source: Source) {
  return COUNTED.get(source, () => {
    const [values, of] = [new Set<number>(), new Map<string, Set<number>>()];
    for (const { clause, isRow } of groundsOf(source).all) {
      for (const number of clause.numbers) values.add(Number(number.replace(/,(?=\d{3}\b)/g, '')));
      for (const count of countsIn(clause)) {
        values.add(count.value);
        for (const word of count.of) of.set(word, (of.get(word) ?? new Set()).add(count.value));
      }
      // `seats 12`
      const [, names = '', count] = (isRow && FIELD.exec(clause.text)) || [];
      if (count !== undefined) values.add(Number(count));
      for (const word of count === undefined ? [] : (names.match(/[a-z]{3,}s\b/g) ?? []))
        if (!UNITS.has(word)) of.set(wordOf(word).key, (of.get(wordOf(word).key) ?? new Set()).add(Number(count)));
    }
    return { values, of };
  });
}

/** Whether the sources say how many there are of a thing, and never as many. */
export function isMiscounted({ value, of }: Count, sources: readonly Source[]): boolean {
  const counted = sources.map(countedIn);
  if (value < 2 || counted.some(({ values }) => values.has(value))) return false;
  return counted.some((source) => of.some((word) => source.of.has(word)));
}
