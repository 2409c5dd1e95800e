import { NUMBERS } from '../language/figure-words.ts';
import { LANGUAGES } from '../language/languages.ts';
import { once } from '../language/once.ts';
import { isOfCountry } from './common-words.ts';
import { FIRM } from './company-signs.ts';
import { wordsOf } from './disguises.ts';
import { areOrdinary } from './ordinary-words.ts';

/** Single letters or figures about a sign: without it they are other ones. */
export const ABOUT_A_SIGN = /^(?:\p{L}|\p{N}+)(?:\s*[&+]\s*|\s(?:and|und|et|y)\s)(?:\p{L}|\p{N}+)$/u;
/** How `&` is read out, in some languages, and written. */
const AND = [' and ', ' und ', ' et ', ' y ', ' n ', " 'n' ", ' + '];
/** A figure beside some letters: of fewer, "O two" is anything. */
const FIGURED = /^(\p{L}{3,}) ?(\d{1,2})(\p{L}*)$/u;
const ORDINALS: Readonly<Record<string, string>> = { first: '1st', second: '2nd', third: '3rd' };
/** What sounds like a figure between words. */
const SOUND: Readonly<Record<string, string>> = { 2: 'to', 4: 'for' };

/** The other ways in which a name is written out, itself first: `M and T Bank`, `Basket ’n’ Vine`, `Tele Two`, `Free Two Move`, `JP Morgan`, `Bluefem`. */
export function variantsOf(written: string): string[] {
  const parted = written.replace(/(?<!\p{L})(\p{Lu}{2,4})(?=\p{Lu}\p{Ll}{2})/gu, '$1 ');
  const drawn = written.replace(/rn/g, 'm');
  return [
    ...new Set([
      ...readOut(written),
      parted,
      ...(written.length > 5 && !areOrdinary(wordsOf(written)) ? [drawn] : []),
      ...ownOf(written),
      ...respelt(written),
      ...declined(written),
      ...singular(written),
    ]),
  ];
}

/** Of what trade a company is, behind a name of its own. */
const TRADE = new RegExp(
  `^(?:${FIRM}|Casualty|Auto|Banking|Broadband|Fib(?:er|re)|Financial|Software|Labs|Hosting|Invoicing)\\.?$`,
);
/** The same before it: `Banco Santander`. */
const TRADE_BEFORE =
  /^(?:Banco|Banca|Banque|Bank|Sparkasse|Grupo|Groupe|Gruppo|Mutua|Seguros|Assurances|Assicurazioni|Verzekeringen|Versicherung|Compagnie|Compañía)$/;
/** `British`: what many things are. */
const ADJECTIVE = /(?:ish|ese|ian|can|iss|sche[rs]?|oise?)$/;

const A_TO_Z = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
/** In all our languages: Bank Austria is not Austria. */
const countries = once(() => {
  const codes = A_TO_Z.flatMap((one) => A_TO_Z.map((other) => one + other));
  const names = LANGUAGES.map((language) => new Intl.DisplayNames([language], { type: 'region' }));
  return new Set(names.flatMap((of) => codes.map((code) => of.of(code))));
});

function isCountry(name: string): boolean {
  return countries().has(name);
}

/** `Contoso` of Contoso Insurance, `Santander` of Banco Santander. */
function ownOf(written: string): string[] {
  const words = written.split(' ');
  const isOf = (trade: RegExp, all: readonly string[]) => all.length > 0 && all.every((word) => trade.test(word));
  const [first = '', last = ''] = [words[0], words.at(-1)];
  const own = isOf(TRADE, words.slice(1)) ? first : isOf(TRADE_BEFORE, words.slice(0, -1)) ? last : '';
  return own.length > 4 && !areOrdinary([own]) && !isOfCountry(own) && !isCountry(own) && !ADJECTIVE.test(own)
    ? [own]
    : [];
}

/** As the other side of the Atlantic spells it: `Happy Harbour`. */
const SPELT: readonly (readonly [RegExp, string])[] = [
  [/(?<=[a-z]{2}[bdlnv])or(?![a-z])/, 'our'],
  [/(?<=[a-z]{2}[bdlnv])our(?![a-z])/, 'or'],
  [/(?<=[a-z]{2}t)er(?![a-z])/, 're'],
  [/(?<=[a-z]{2}t)re(?![a-z])/, 'er'],
];

function respelt(written: string): string[] {
  return SPELT.flatMap(([from, to]) => (from.test(written) ? [written.replace(from, to)] : []));
}

/** `Amazon web service` */
function singular(written: string): string[] {
  return / \p{L}+ \p{L}{4,}[^s]s$/u.test(` ${written}`) ? [written.slice(0, -1)] : [];
}

/** As German puts an adjective behind an article: `der Treuen Pfote`. */
function declined(written: string): string[] {
  return /^\p{Lu}\p{Ll}{3,}e \p{Lu}\p{Ll}+$/u.test(written)
    ? ['en', 'er'].map((ending) => written.replace(/e (?=\p{Lu})/u, `${ending} `))
    : [];
}

function readOut(written: string): string[] {
  if (written.includes('&')) {
    if (!/\p{L}/u.test(written)) return [written];
    const read = AND.map((sign) => written.replace(/\s*&\s*/, sign));
    return [written, ...(ABOUT_A_SIGN.test(written) ? read.filter((one) => ABOUT_A_SIGN.test(one)) : read)];
  }
  // `About You` of ABOUT YOU
  if (/^\p{Lu}[\p{Lu} ]{3,}$/u.test(written))
    return [written, written.replace(/\p{L}+/gu, (word) => inCapital(word.toLowerCase()))];
  // `2 Rivers`, `1st Hearth`
  if (/\p{L} \p{L}/u.test(written)) return [written, ...withFigures(written)];
  const [, letters, figure = '', more = ''] = FIGURED.exec(written) ?? [];
  if (letters === undefined) return [written];
  const words = [...NUMBERS].filter(([, { value }]) => value === Number(figure)).map(([word]) => word);
  if (more !== '' && SOUND[figure]) words.push(SOUND[figure]);
  return [written, ...words.map((word) => `${letters} ${inCapital(word)} ${inCapital(more)}`.trim())];
}

function withFigures(written: string): string[] {
  const figured = written.replace(/\p{L}+/gu, (word) => {
    const number = NUMBERS.get(word.toLowerCase());
    const ordinal = ORDINALS[word.toLowerCase()];
    if (ordinal) return ordinal;
    return number?.sure ? String(number.value) : word;
  });
  return figured === written || !/\p{L}{3}/u.test(figured) ? [] : [figured];
}

function inCapital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
