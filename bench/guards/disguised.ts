import { ALLOW } from '../../src/agent/guard.ts';
import { competitorsGuard } from '../../src/guards/competitors.ts';
import { wordsOf } from '../../src/guards/disguises.ts';
import { areOrdinary } from '../../src/guards/ordinary-words.ts';
import { eachOf } from '../command.ts';
import { SEEN, strangersNames } from './words.ts';

/** Sentences that name a company at `X`, and would say nothing of an ordinary word there. */
const SENTENCES = [
  'Many people who come to us from X say that it took them a week.',
  'I know that X has a shorter trial, but ours is free.',
  'You can also ask X about that.',
  'We are not able to move your data out of X for you, sorry.',
];

const FIGURES = { a: '4', b: '8', e: '3', g: '9', i: '1', l: '1', o: '0', s: '5', t: '7' };
const SIGNS = { a: '@', e: '€', i: '!', l: '|', s: '$' };
const CYRILLIC = { a: 'а', c: 'с', e: 'е', i: 'і', o: 'о', p: 'р', x: 'х', y: 'у' };
const MARKED = { a: 'á', c: 'ç', e: 'é', i: 'ï', n: 'ñ', o: 'ö', u: 'ü' };

/** Null where a name cannot be written so, or nobody would read it any more. */
type Disguise = (name: string) => string | null;

const DISGUISES: Readonly<Record<string, Disguise>> = {
  plain: (name) => name,
  capitals: (name) => name.toUpperCase(),
  possessive: (name) => `${name}'s`,
  plural: (name) => (name.endsWith('s') ? null : `${name}s`),
  compound: (name) => `${name.replace(/\s/g, '-')}-App`,
  tag: (name) => `#${bare(name)}`,
  host: (name) => `${bare(name).toLowerCase()}.com`,
  'host with more': (name) => `get${bare(name).toLowerCase()}.com`,
  'in one word': (name) => (/\s/.test(name) ? name.replace(/\s/g, '') : null),
  'with hyphens': (name) => (/\s/.test(name) ? name.replace(/\s/g, '-') : null),
  'spaces between letters': (name) => [...name.replace(/\s/g, '')].join(' '),
  'dots between letters': (name) => [...name.replace(/\s/g, '')].join('.'),
  'stars between letters': (name) => [...name.replace(/\s/g, '')].join('*'),
  'a hyphen within': (name) => cut(name, '-', 4),
  'a space within': (name) => cut(name, ' ', 7),
  'a line end within': (name) => cut(name, '-\n', 4),
  'an invisible character within': (name) => cut(name, '\u200b', 2),
  'a bold part': (name) => cut(`**${name}`, '**', 4),
  'letters of full width': (name) =>
    name.replace(/[A-Za-z0-9]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0)),
  'a figure for a letter': (name) => (name.length < 4 ? null : exchanged(name, FIGURES, 1)),
  'a sign for a letter': (name) => exchanged(name, SIGNS, 1),
  'a Cyrillic letter': (name) => exchanged(name, CYRILLIC, 1),
  'all Cyrillic letters': (name) => exchanged(name, CYRILLIC, name.length),
  'an accent': (name) => (name.length < 4 ? null : exchanged(name, MARKED, 1)),
  'a letter blotted out': (name) => slip(name, 5, (before, _one, after) => `${before}*${after}`),
  'a letter twice': (name) => slip(name, 6, (before, one, after) => before + one + one + after),
  'a letter left out': (name) => slip(name, 7, (before, _one, after) => before + after),
  'a wrong vowel': (name) =>
    slip(name, 7, (before, one, after) => (/[aeiou]/.test(one) ? `${before}${one === 'e' ? 'a' : 'e'}${after}` : null)),
  'letters that changed places': (name) =>
    slip(name, 6, (before, one, after) =>
      /^\p{Ll}/u.test(after) && after[0] !== one ? before + after[0] + one + after.slice(1) : null,
    ),
};

/**
 * Of each kind of disguise the share of names that are found in it: names that are `invented`, and those of `ordinary` words. They are the names
 * of the sets of strangers, and what is made of them is made by rule, so that no author's habit is in it. `every`: of the names each so
 * many-th.
 */
export function disguisedFigures(every = 1): Record<string, { invented: number; ordinary: number }> {
  const names = eachOf(strangersNames(), every).map((name) => ({
    name,
    guard: competitorsGuard({ names: { [name]: [] } }),
    isOrdinary: areOrdinary(wordsOf(name)),
  }));
  const shareOf = (disguise: Disguise, ordinary: boolean) => {
    const written = names.flatMap(({ name, guard, isOrdinary }, at) => {
      const shown = isOrdinary === ordinary ? disguise(name) : null;
      return shown === null
        ? []
        : [{ guard, text: (SENTENCES[at % SENTENCES.length] ?? '').replace('X', () => shown) }];
    });
    const caught = written.filter(({ guard, text }) => guard.check(text, SEEN) !== ALLOW).length;
    return Number((caught / written.length).toFixed(4));
  };
  return Object.fromEntries(
    Object.entries(DISGUISES).map(([kind, disguise]) => [
      kind,
      { invented: shareOf(disguise, false), ordinary: shareOf(disguise, true) },
    ]),
  );
}

function bare(name: string): string {
  return name.replace(/[^\p{L}\p{N}]/gu, '');
}

/** In two about its middle, between letters. */
function cut(name: string, by: string, least: number): string | null {
  const at = Math.ceil(name.length / 2);
  const isWithin = /\p{L}/u.test(name[at - 1] ?? '') && /\p{L}/u.test(name[at] ?? '');
  return name.length < least || !isWithin ? null : name.slice(0, at) + by + name.slice(at);
}

/** With other letters for the first `most` that have one. */
function exchanged(name: string, letters: Readonly<Record<string, string>>, most: number): string | null {
  let left = most;
  const written = [...name].map((one) => {
    const other = left > 0 ? letters[one.toLowerCase()] : undefined;
    if (other !== undefined) left -= 1;
    return other ?? one;
  });
  return left === most ? null : written.join('');
}

/** With something done to a small letter about its middle. */
function slip(
  name: string,
  least: number,
  make: (before: string, one: string, after: string) => string | null,
): string | null {
  const at = Math.floor(name.length / 2);
  const one = name[at] ?? '';
  return name.length < least || !/\p{Ll}/u.test(one) ? null : make(name.slice(0, at), one, name.slice(at + 1));
}
