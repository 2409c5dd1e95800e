import type { Source } from '../../../agent/guard.ts';
import type { Claim } from '../claims/claims.ts';
import { byText } from '../reading/by-text.ts';
import { COUNT_WORDS } from '../reading/numbers.ts';
import { wordOf } from '../reading/words.ts';
import { type Ground, groundsOf } from './grounds.ts';

/** `ten sessions`, `the second bag`: what a row of a list is told by, beside its name. */
const COUNTED = new RegExp(`\\b(\\d{1,4}|${COUNT_WORDS.slice(1, 13).join('|')}) ([a-z]{3,})`, 'g');
const PLACED = /\b(first|second|third|fourth|fifth) ([a-z]{3,})/g;
const ORDINALS = ['', 'first', 'second', 'third', 'fourth', 'fifth'];
/** Fields that number the rows of a list. */
const NUMBERS = /^(?:n|nr|no|number|position|index|rank)$/;
const FIELD = /([a-z]+) (\d{1,4})(?=[;.]| [a-z]+[;.]|$)/g;

type Mark = { of: string; value: number; isOrdinal: boolean };

const marksIn = byText((text): readonly Mark[] => [
  ...[...text.matchAll(COUNTED)].map(([, number = '', of = '']) => ({
    ...{ of: wordOf(of).key, value: Number(number) || COUNT_WORDS.indexOf(number), isOrdinal: false },
  })),
  ...[...text.matchAll(PLACED)].map(([, ordinal = '', of = '']) => ({
    ...{ of: wordOf(of).key, value: ORDINALS.indexOf(ordinal), isOrdinal: true },
  })),
]);

const fieldsIn = byText((text): readonly { name: string; key: string; value: number }[] =>
  [...text.matchAll(FIELD)].map(([, name = '', value]) => ({ name, key: wordOf(name).key, value: Number(value) })),
);

/** Whether a row is of another count or place than the one that a claim names, and another row of the same list is of that. */
export function isOfAnotherRow({ text, figure }: Claim, ground: Ground, sources: readonly Source[]): boolean {
  if (!figure || !ground.isRow) return false;
  return marksIn(text).some((mark) => {
    const isOf = (key: string, name: string) => key === mark.of || (mark.isOrdinal && NUMBERS.test(name));
    const values = (of: string) => fieldsIn(of).filter(({ key, name }) => isOf(key, name));
    const own = values(ground.text);
    if (own.length === 0 || own.some(({ value }) => value === mark.value)) return false;
    return sources.some(
      (source) =>
        source.kind === 'tool' &&
        groundsOf(source).all.some(
          ({ text: other }) => other !== ground.text && values(other).some(({ value }) => value === mark.value),
        ),
    );
  });
}
