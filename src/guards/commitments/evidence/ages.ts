import type { Claim } from '../claims/claims.ts';
import { byText } from '../reading/by-text.ts';
import { COUNT_WORDS } from '../reading/numbers.ts';
import type { Clause } from '../reading/statements.ts';
import type { Ground } from './grounds.ts';

/** Whether all ages of a claim are below that of a clause: `5, 8 and 11` of `children under 12`; null where one has none. */
export function areYounger({ scope, text: claimed, all }: Claim, { text }: Clause): boolean | null {
  const [, to, limit] = younger(text) ?? [];
  if (limit === undefined) return null;
  const own = yearsOldIn(claimed);
  const told = own.length > 0 ? own : yearsOldIn(all);
  const ages = told.length > 0 ? told : [...scope].filter((word) => /^\d{1,2}$/.test(word)).map(Number);
  if (ages.length === 0) return null;
  const isBelow = ages.every((age) => age < Number(limit) || (to !== undefined && age === Number(limit)));
  return isBelow ? true : told.length > 0 ? false : null;
}

/** Whether somebody's age that a claim names is none of those that a clause is for: `at 31`, of `ages 18 to 25`. */
export function isOfOtherAge({ text: claimed, all }: Claim, { clause, text, isRow }: Ground): boolean {
  if (isRow) return false;
  const near = rangesIn(clause.text);
  const whole = rangesIn(text);
  const range = near.length > 0 ? near[0] : whole.length === 1 ? whole[0] : undefined;
  if (range === undefined) return false;
  const own = agesIn(claimed);
  const ages = own.length > 0 ? own : agesIn(all);
  if (ages.length === 0 || (own.length === 0 && ages.length > 1)) return false;
  return ages.every((age) => age < range.from || age > range.to);
}

function readAges(said: RegExp, text: string): number[] {
  return [...text.matchAll(said)].flatMap((found) => {
    const written = found.slice(1).find((one) => one !== undefined) ?? '';
    const age = Number(written) || COUNT_WORDS.indexOf(written);
    return age > 0 ? [age] : [];
  });
}

const rangesIn = byText((text): { from: number; to: number }[] =>
  [...text.matchAll(RANGE)].map(({ groups: { from, to, below, upTo, over } = {} }) => {
    if (from !== undefined) return { from: Number(from), to: Number(to) };
    if (over !== undefined) return { from: Number(over), to: Number.POSITIVE_INFINITY };
    return { from: 0, to: below === undefined ? Number(upTo) : Number(below) - 1 };
  }),
);

const PEOPLE = '(?:children|child|kids?|anyone|those|guests?|people|passengers?|visitors?|drivers?|members?|players?)';
/** `ages 18 to 25`, `children under 12`, `guests up to 16`, `65 and over` */
const RANGE = new RegExp(
  `\\b(?:ages?|aged)(?: from)? (?<from>\\d{1,2}) ?(?:to|-|and) ?(?<to>\\d{1,2})\\b|\\b${PEOPLE} (?:aged )?(?:under|below|younger than) (?:the age of )?(?<below>\\d{1,2})\\b|\\b${PEOPLE} (?:aged )?up to (?:the age of )?(?<upTo>\\d{1,2})\\b|\\b(?:aged? )?(?<over>\\d{2})(?:\\+| and (?:over|older|above)| or (?:over|older|above))(?! ?(?:kg|km|%))`,
  'g',
);
const YOUNGER =
  /\b(?:children|kids|anyone|those|guests|people)\b[^.;]{0,20}?\b(?:(up to)|under|below|younger than) (?:the age of )?(\d{1,2})\b/;
const YEARS_OLD =
  /\b(?:(?:son|daughter|child|kid|he|she|boy|girl)(?:'s| is|,) )?(\d{1,2}|[a-z]+)(?:[- ]years?[- ]olds?\b|(?<=\b(?:son|daughter|child|kid|he|she|boy|girl)(?:'s| is|,) \d{1,2})(?=[.,;!]| (?:and|so|now)\b|$))/g;
/** The customer's own, too: `at 31 you'd be on …`. */
const AGED = new RegExp(
  `${YEARS_OLD.source}|\\b(?:at|being|aged|as you(?:'re| are)|since you(?:'re| are)) (\\d{1,2})(?=,? (?:you|he|she|they|so)\\b|,)`,
  'g',
);

const younger = byText((text) => YOUNGER.exec(text));
const yearsOldIn = byText((text) => readAges(YEARS_OLD, text));
const agesIn = byText((text) => readAges(AGED, text));
