import { UNITS } from '../language/figure-words.ts';
import { isStopWord } from '../language/stop-words.ts';
import { beside, isAbroad, isOfChat } from './beside.ts';
import { isCommonWord, isKnownCompany, isOfCountry } from './common-words.ts';
import { BELONGING_AFTER, FIRM_AFTER } from './company-signs.ts';
import { type Disguise, disguiseOf, FORMATS, fits, wordsOf } from './disguises.ts';
import {
  isCommonEnding,
  isDeclined,
  isEnding,
  isPossessive,
  isProduct,
  isStemEnding,
  withoutMarks,
} from './endings.ts';
import { type Folded, fold, foldWord } from './fold.ts';
import { CJK_AFTER, isNamed, isPartOfName, MODEL_OF_BEFORE, NUMBERED_BEFORE } from './named.ts';
import { isNamesake } from './namesakes.ts';
import { areOrdinary, languagesOf } from './ordinary-words.ts';
import { readingsOf } from './readings.ts';
import { LONG, type Shapes, type Spelling, shapesOf, spellingsOf } from './spellings.ts';
import { ABOUT_A_SIGN } from './variants.ts';

/** A place in a text where a name stands, whatever it is written like. */
export type Found = { start: number; end: number; name: string };

const WORD = /[\p{sc=Latn}\p{sc=Cyrl}\p{sc=Grek}\p{N}]/u;
/** What nobody writes into a word without intent; a soft hyphen may be there for the layout. */
const HIDDEN = /[^\P{Default_Ignorable_Code_Point}\u00ad]/u;
const IGNORED = /\p{Default_Ignorable_Code_Point}/gu;
/** No ordinary words are joined so: "Harbor & Pine". */
const SIGNED = /\p{L}\s*[&+]\s*\p{L}/u;

/** `isCompany`: told from ordinary words; `isOrdinary`: made of such words itself. */
type Pattern = { name: string; written: string; spellings: Spelling[]; isCompany: boolean; isOrdinary: boolean };

/**
 * Finds names in texts, also where somebody has hidden them: other case, marks, look-alike letters, digits for letters,
 * signs, spaces or line ends between the letters, letters drawn with signs, repeated letters, invisible characters, tags. Names of `companies` are found with the
 * endings of declensions, too, and not in other words; one that is an ordinary word itself counts only where it is meant as a
 * name (`named.ts`). Linear in the text for each name.
 */
export function nameFinder(
  names: Iterable<readonly [name: string, spelling: string]>,
  companies = false,
): (text: string) => Found[] {
  const patterns = [...names].flatMap(([name, written]): Pattern[] => {
    const isOrdinary = companies && !SIGNED.test(written) && (CODE.test(written) || areWords(written));
    const spellings = spellingsOf(written, companies && !isOrdinary);
    return spellings.length > 0 ? [{ name, written, spellings, isCompany: companies, isOrdinary }] : [];
  });
  const byBeginning = Map.groupBy(
    patterns.flatMap((pattern) => pattern.spellings.map(({ shape }) => ({ pattern, shape }))),
    ({ shape }) => beginningOf(shape, 0),
  );
  const beginnings = new Uint8Array(BEGINNINGS);
  for (const beginning of byBeginning.keys()) beginnings[beginning % BEGINNINGS] = 1;
  const short = byBeginning.get(Number.NaN)?.map(({ pattern }) => pattern);
  return (text) => {
    const folded = fold(text);
    if (last.folded !== folded) last = { folded, readings: readingsOf(folded.text).map(shapesOf) };
    return last.readings.flatMap((shapes, reading) => {
      // Of many names hardly one begins like anything in the text.
      const begun = new Set(short);
      for (let at = 0; at < shapes.text.length - 2; at += 1) {
        const beginning = beginningOf(shapes.text, at);
        if (beginnings[beginning % BEGINNINGS] === 0) continue;
        for (const { pattern } of byBeginning.get(beginning) ?? []) begun.add(pattern);
      }
      if (begun.size === 0) return [];
      return patterns.flatMap((pattern) =>
        begun.has(pattern) ? occurrences(pattern, shapes, folded, text, reading > 0 ? LONG : 0) : [],
      );
    });
  };
}

/** With their marks or without: `Décathlon`. */
function areWords(written: string): boolean {
  return [written, withoutMarks(written)].some((one) => areOrdinary(wordsOf(one).filter((word) => !isOfCountry(word))));
}

/** `A9`: a road and a seat as well. */
const CODE = /^\p{L}\d{1,3}$/u;

/** Of so many groups it is known at once whether some name begins so. */
const BEGINNINGS = 4_096;

/** The same for places that begin with the same three letters; not a number for two letters alone. */
function beginningOf(shape: string, at: number): number {
  return (shape.charCodeAt(at) * 64 + shape.charCodeAt(at + 1)) * 64 + shape.charCodeAt(at + 2);
}

/** Several lists are looked for in the same text, one after the other. */
let last: { folded: Folded | null; readings: Shapes[] } = { folded: null, readings: [] };

/** `least`: letters of a name; fewer stand in cells and words by chance where a text is read otherwise than it stands. */
function occurrences(pattern: Pattern, shapes: Shapes, folded: Folded, text: string, least: number): Found[] {
  const found: Found[] = [];
  for (const spelling of pattern.spellings) {
    if (spelling.letters.length < least) continue;
    for (let at = shapes.text.indexOf(spelling.shape); at !== -1; at = shapes.text.indexOf(spelling.shape, at + 1)) {
      const place = placeAt(at, pattern, spelling, shapes, folded, text);
      if (place) found.push(place);
    }
  }
  return found;
}

/** Null where it is not the name. */
function placeAt(
  at: number,
  pattern: Pattern,
  spelling: Spelling,
  shapes: Shapes,
  folded: Folded,
  text: string,
): Found | null {
  const last = at + spelling.letters.length - 1;
  const till = lastLetter(spelling, shapes, last, pattern, (index) => text[folded.at[index] ?? 0] ?? '');
  const place = { start: folded.at[shapes.from[at] ?? 0] ?? 0, end: folded.to[till] ?? 0, name: pattern.name };
  const written = text.slice(place.start, place.end);
  const disguise = disguiseOf(spelling, shapes, at);
  if (
    disguise === null ||
    !fits(disguise, spelling.length, { ...pattern, isWithin: isWithin(text, place.start) }, written)
  )
    return null;
  if (spelling.isStem && disguise.spaces > 0) return null;
  // `the Healthy Pet Plan`
  if (
    disguise.spaces > 0 &&
    /^\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+$/u.test(written) &&
    isPartOfName(text.slice(Math.max(0, place.start - 60), place.start), '')
  )
    return null;
  // `0R4N-6E71`
  if (disguise.signs > 0 && /\d/.test(text[place.end] ?? '')) return null;
  // `Sound Cloud` and `Drive 24`, but not `click up` and `Drive 24 hours`.
  if (
    spelling.humps.size > 0 &&
    disguise.joints > 0 &&
    disguise.spaces === 0 &&
    !/\s/.test(pattern.written) &&
    isApart(text, place)
  )
    return null;
  // `4471 1175`, of 11TS
  if (/\p{L}/u.test(pattern.written) && !/[^\d\s]/.test(written) && !isOfZero(written, text.slice(place.end)))
    return null;
  // `o código de booking com seis letras`
  if (/^\p{Ll}+ \p{Ll}{2,3}$/u.test(written) && /\.\p{Ll}{2,3}$/u.test(pattern.written)) return null;
  // `on Monday. Come back`, `with Microsoft. Project owners`
  if (/\.\s/.test(written) && WORD.test(text[place.end] ?? '')) return null;
  if (/\p{Ll}{3}[.!?]\s+\p{Lu}/u.test(written)) return null;
  // `Click 'Up one level'`
  if (/\p{L}\s['‘](?!n\b)\p{L}{2}/u.test(written)) return null;
  // `blue-kettle.jpg`
  if (/^\p{Ll}+-\p{Ll}+$/u.test(written) && FILE_AFTER.test(text.slice(place.end))) return null;
  if (pattern.isCompany && isOtherThing(pattern, text, place)) return null;
  if (!isWhole(text, place, spelling, pattern)) return null;
  if (pattern.isCompany && (isOtherWord(pattern, text, place) || isThing(text, place))) return null;
  return !pattern.isOrdinary || isMeant(pattern, disguise, text, place) ? place : null;
}

/** True where the parts of a name, as they stand with spaces between them, are words and numbers. */
function isApart(text: string, { start, end }: Found): boolean {
  const written = text.slice(start, end);
  return /^\p{Ll}.*[^-]\s|[^-]\s\p{Ll}/u.test(written) || (/\s\d+$/.test(written) && isCounted(text.slice(end)));
}

const FILE_AFTER = /^(?:-\p{L}+)*\.(?:jpe?g|png|gif|svg|webp|pdf|csv|xlsx?|docx?|zip|mp[34])\b/u;

/** `02 mobile`, of O2: what is counted has no zero before it. */
function isOfZero(written: string, after: string): boolean {
  return /^0\d$/.test(written) && BELONGING_AFTER.test(after);
}

/** `24 hours` */
function isCounted(after: string): boolean {
  return UNITS.has(/^\s(\p{L}+)/u.exec(after)?.[1] ?? '');
}

/** Where the last letter of a name stands: one more of the same may begin an ending ("Nubelii") or a product ("NubeliaApp"). */
function lastLetter(
  { isStem, runs }: Spelling,
  { from, till }: Shapes,
  at: number,
  { isCompany }: Pattern,
  shown: (index: number) => string,
): number {
  const [first, last] = [from[at] ?? 0, till[at] ?? 0];
  const own = Math.min(last, first + (runs.at(-1) ?? 1) - 1);
  if (isStem) return own;
  return isCompany && own < last && isCapital(shown(own + 1)) && !isCapital(shown(own)) ? own : last;
}

function isCode(text: string): boolean {
  return /^\p{Lu}{3,}$/u.test(text);
}

function isCapital(letter: string): boolean {
  return /\p{Lu}/u.test(letter);
}

function isWhole(
  text: string,
  { start, end }: Found,
  { length, isStem }: Spelling,
  { isCompany, isOrdinary, written }: Pattern,
): boolean {
  const before = text.slice(Math.max(0, start - 1), start);
  const rest = text.slice(end, end + 24).replace(IGNORED, '');
  const shown = text.slice(start, end);
  const [first, last, next] = [text[start] ?? '', text[end - 1] ?? '', rest.charAt(0)];
  const hump = (left: string, right: string) =>
    length >= (isCompany ? 4 : LONG + 1) && /\p{Ll}/u.test(left) && /\p{Lu}/u.test(right);
  // `#byebyeAXA`
  const isTag =
    /\p{Ll}/u.test(before) &&
    /\p{Lu}/u.test(first) &&
    /#[\p{L}\p{N}]{1,40}$/u.test(text.slice(Math.max(0, start - 41), start));
  const isJoined =
    hump(before, first) ||
    (length >= LONG &&
      (!isOrdinary || /\s/.test(written)) &&
      RUN_TOGETHER.test(text.slice(Math.max(0, start - 8), start)));
  if (isOrdinary && isRunTogether(text, { start, end }, written)) return true;
  if (WORD.test(before) && !isTag && !isJoined) return false;
  if (isStem) return isStemEnding(rest, /\p{Lu}/u.test(first));
  const isSplit = /\s/.test(shown) && !/\s/.test(written);
  if (!WORD.test(next) || (isPossessive(rest) && !(isSplit && next === 's'))) return true;
  // `our seats are wide`, of SEAT S.A., `alpine trekking` of Alpinetrek
  if (/\s\S{1,2}$/.test(shown) || isSplit) return false;
  // `THY’nin`
  if (isCompany && length > 2 && /\p{Lu}/u.test(first) && /^['’]\p{Ll}{1,5}(?!\p{L})/u.test(rest)) return true;
  if (isCompany && (isProduct(rest) || (isCode(shown) && joinsWord(rest, 4) && !endsInWord(shown, rest, 1))))
    return true;
  // `theUberapp`
  if (hump(last, next) || (isJoined && isEnding(rest)))
    return !isOrdinary || isKnownCompany(written) || /[@#]/.test(before);
  if (/^\d/.test(rest)) return length >= LONG && !/\d/.test(last);
  const isAsWritten = shown.toLowerCase() === written.toLowerCase();
  if (length < (isAsWritten ? 4 : LONG)) return false;
  // `asosaccount`, `deichmannshoes`
  const least = before === '#' ? 4 : length < LONG ? 7 : length < 8 ? 6 : 5;
  return (
    (length >= LONG &&
      (isCommonEnding(rest) || (isEnding(rest) && !isOfChat(text, start))) &&
      !(isOrdinary && rest.startsWith('com'))) ||
    (isCompany && !isOrdinary && !/\s/.test(shown) && joinsWord(rest, least) && !endsInWord(written, rest))
  );
}

/** `Nordautobahn` of Nordauto, `AWStats` of AWS: what is joined is a word with the end of the name. */
function endsInWord(name: string, rest: string, least = 3): boolean {
  const word = /^\p{Ll}*/u.exec(rest)?.[0] ?? '';
  return [least, least + 1, least + 2].some(
    (length) => name.length > length + 1 && languagesOf(name.slice(-length) + word).length > 0,
  );
}

/** `youdsavemorewithglobex` */
const RUN_TOGETHER = /(?:switchto|the|with|than|to|fly|get|visit|ask|choose|from|goto|join|called|like|try|use)$/i;

/** Of an ordinary word: what is left with it, or has it in one word that is none: `SWITCHFROMBEACON`, `Kestrelinsured`. */
function isRunTogether(text: string, { start, end }: { start: number; end: number }, name: string): boolean {
  const shown = text.slice(start, end);
  const before = /\p{L}*$/u.exec(text.slice(Math.max(0, start - 24), start))?.[0] ?? '';
  const after = /^\p{L}*/u.exec(text.slice(end, end + 24))?.[0] ?? '';
  if ((before === '') === (after === '') || languagesOf(before + shown + after).length > 0) return false;
  if (after === '') return LEFT_WITH.test(before);
  if (/\s/.test(shown) || TOWN_AFTER.test(after)) return false;
  const isNoThing =
    isCapital(shown.charAt(0)) && !isCode(shown) ? shown.length > 6 : shown.length > 7 && !isCommonWord(name);
  return isNoThing && joinsWord(after, 4);
}

/** `Farmersville` */
const TOWN_AFTER = /^(?:ville|burgh?|ton|town|dale|field|ford|wood|port|haven|stadt|dorf|heim|hausen|berg)(?!\p{L})/u;

const LEFT_WITH = /(?:switch(?:from|to)?|bye|leave|leaving|quit|ditch)$/i;

/** Whether a word of some letters at least is joined to a name, as in German, Dutch or Swedish also a short one: `Globexrad`. */
function joinsWord(rest: string, least: number): boolean {
  const word = /^\p{Ll}{3,}(?!\p{L})/u.exec(rest)?.[0] ?? '';
  return languagesOf(word).some((language) => word.length >= least || JOINING.has(language));
}

const JOINING: ReadonlySet<string> = new Set(['de', 'nl', 'sv']);

/** Where a capital says something. */
const WITHIN = /[\p{Ll},]\s$/u;

function isWithin(text: string, start: number): boolean {
  return WITHIN.test(text.slice(Math.max(0, start - 2), start));
}

/** True where the word at the place is another one, as people write it: "planet" for Planett, "herons" for Heron. */
function isOtherWord({ written }: Pattern, text: string, { start, end }: Found): boolean {
  const ending = /^\p{Ll}+/u.exec(text.slice(end, end + 24))?.[0] ?? '';
  const word = text.slice(start, end) + ending;
  // `żyła` and Zyla
  if (/^\p{Ll}+$/u.test(word) && marksOf(word) > marksOf(written) && languagesOf(word).length > 0) return true;
  if (
    !/^\p{L}+$/u.test(word) ||
    foldWord(word) === foldWord(written.replace(/\P{L}+$/u, '')) ||
    languagesOf(word).length === 0
  )
    return false;
  return !(
    ending === 's' &&
    isCapital(word.charAt(0)) &&
    (isWithin(text, start) || isAbroad([word], text, { start, end }))
  );
}

const PLATE_BEFORE = /(?:^|\s)(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z\d]{2,4}\s$/;
const COUNTED_BEFORE = /(?:^|[^\p{L}])(?:every|each|per|an?|any|some|many|several)\s$/iu;

/** Of `H&M`, not of `Hund M` or `1+1`. */
const SIGN_WITHIN = /&|\p{L}\s?\+|\p{L}\s(?:und|and|et|y|e|en)\s\p{L}/iu;
/** `rows H and M` */
const LETTERED_BEFORE =
  /(?:^|[^\p{L}])(?:rows?|gates?|sizes?|blocks?|buildings?|columns?|terminals?|zones?|halls?|letters?|Größen?|Reihen?|Gebäude|Spalten?|Hallen?|Buchstaben?|tailles?|tallas?|lettres?|letras?)\s$/iu;
/** Of a place, where no article stands between. */
const IN_BEFORE = /(?:^|[^\p{L}])(?:en|em|in|à|nach|near|te)\s$/iu;
/** What is letters as such. */
const LETTERS_BEFORE =
  /(?:[^\p{L}]\.|%\s|(?:percent|per cent|marked)\s|(?:start|begin|end)(?:s|ing|ed)? (?:with|in)(?: the letters)?\s)$/iu;

/** True for a person, a street, an abbreviation or a thing of the same name. */
function isOtherThing({ name, written, isOrdinary }: Pattern, text: string, { start, end }: Found): boolean {
  const [before, after] = [text.slice(Math.max(0, start - 60), start), text.slice(end, end + 40)];
  const shown = text.slice(start, end);
  const isLongName = !isOrdinary && shown.length > 3 && shown.toLowerCase() === written.toLowerCase();
  if (ABOUT_A_SIGN.test(written) && (!SIGN_WITHIN.test(shown) || LETTERED_BEFORE.test(before))) return true;
  // `en Santander`, of Banco Santander
  if (!written.includes(' ') && name !== written && ` ${name} `.includes(` ${written} `) && IN_BEFORE.test(before))
    return true;
  // `.ee`, `Postcodes that start with BT`, `NB-77K2Q`
  if (/^\p{L}{2,3}$/u.test(written) && (LETTERS_BEFORE.test(before) || /^-\d/.test(after))) return true;
  // `Chase M. is waiting`
  if (isOrdinary && /^ \p{Lu}\.(?:\s(?![AV]\.)|$)/u.test(after)) return true;
  // `SN19 DLG`
  if (/^\p{Lu}{2,3}$/u.test(written) && PLATE_BEFORE.test(before)) return true;
  // `Ing.` of ING
  if (
    /^\p{Lu}{2,4}$/u.test(written) &&
    /^\p{Lu}\p{Ll}+$/u.test(shown) &&
    (before.endsWith('.-') || /^\.\s\p{Lu}/u.test(after))
  )
    return true;
  if (
    /^\p{Ll}+$/u.test(shown) &&
    COUNTED_BEFORE.test(before) &&
    !isLongName &&
    /\s/.test(written) === /\s/.test(shown) &&
    !FIRM_AFTER.test(after) &&
    !BELONGING_AFTER.test(after)
  )
    return true;
  // `über` is a word of its own, and so is `expedía`.
  if (shown.toLowerCase() !== written.toLowerCase() && isStopWord(shown.toLowerCase())) return true;
  if (/^[a-z]*[áéíóúàèìòù][a-z]*$/.test(shown) && /^[\0-\x7f]*$/.test(written) && MAY_END.test(shown)) return true;
  // Behind its ending: `Northgat-e Street`.
  const behind = after.replace(/^\p{Ll}{1,4}(?!\p{L})/u, '');
  return isAbbreviation(written, before, after) || [after, behind].some((one) => isNamesake(shown, before, one));
}

/** `business continuity plan (BCP)`, `Asheville (AVL)`: short for other words, no names. */
function isAbbreviation(written: string, before: string, after: string): boolean {
  if (!/^\p{Lu}{2,5}$/u.test(written) || !before.endsWith('(') || !after.startsWith(')')) return false;
  const words = before
    .slice(0, -1)
    .trim()
    .split(/[\s-]+/)
    .slice(-written.length);
  if (words.map((word) => word.charAt(0)).join('') === written.toLowerCase()) return true;
  const [first, ...more] = written;
  return new RegExp(`^${first}${more.map((letter) => `.*${letter}`).join('')}`, 'iu').test(words.at(-1) ?? '');
}

const ARTICLE =
  /(?:^|[^\p{L}])(?:der|das|dem|den|des|ein|eine|einen|einem|einer|el|los|la|las|un|una|unos|unas|le|les|une|il|lo|gli|uno|het|een|um|uma|os|as)\s$/iu;

/** As words end in the languages that have such articles, where a noun of German has a capital. */
const MAY_END = /[aeiouyáéíóúàèìòùnrsldzmt]$/u;

/** What is of a kind, in Spanish or Portuguese: `línea telefónica`. */
const ADJECTIVE = /^\p{Ll}*[áéíóúâêô]\p{Ll}{1,2}ic[oa]s?$/u;

/** True for words in lower case after an article of another language than English: a thing, of which our lists may not know. */
function isThing(text: string, { start, end }: Found): boolean {
  const shown = text.slice(start, end);
  if (!/^\p{Ll}+(?: \p{Ll}+)*$/u.test(shown) || /^-\p{L}/u.test(text.slice(end, end + 2))) return false;
  return (MAY_END.test(shown) && ARTICLE.test(text.slice(Math.max(0, start - 8), start))) || ADJECTIVE.test(shown);
}

function marksOf(text: string): number {
  return text.normalize('NFD').match(/\p{M}/gu)?.length ?? 0;
}

/** `row O2`, `Samsung Galaxy A54`, `A54-17`, `That’s 9 %`: no company of that letter and figures. */
function isNumber(shown: string, before: string, after: string): boolean {
  return (
    NUMBERED_BEFORE.test(before) ||
    MODEL_OF_BEFORE.test(before) ||
    /^(?:-|[.,]?)\d/.test(after) ||
    /^\p{Ll}\s/u.test(shown)
  );
}

/** With soft hyphens, where no other word has any. */
function isOnlyHyphenated(text: string, start: number, end: number): boolean {
  return text.slice(start, end).includes('\u00ad') && !(text.slice(0, start) + text.slice(end)).includes('\u00ad');
}

const EX_BEFORE = /(?:^|[^\p{L}])(?:ex|non|anti|pro|my)$/iu;

function isMeant(
  { written }: Pattern,
  { signs, spaces, joints, between, breaks, repeats }: Disguise,
  text: string,
  { start, end }: Found,
): boolean {
  const [left, right] = beside(text, { start, end });
  const [before, after] = [left.replace(/[*_~]+$/, ''), right.replace(/^[*_~]+/, '')];
  if (CODE.test(written)) return !isNumber(text.slice(start, end), before, after);
  if (HIDDEN.test(text.slice(start, end)) || isOnlyHyphenated(text, start, end)) return true;
  if (/[+!]$/.test(written) && after.startsWith(written.slice(-1))) return true;
  if (signs > 0 || spaces > 1 || between > 1 || breaks > 0 || joints < wordsOf(written).length - 1) return true;
  const shown = text
    .slice(start, end)
    .replace(FORMATS, '')
    .replace(IGNORED, '')
    .replace(/[·•]/g, '.')
    .replace(/-?\s*\n\s*|\s+/g, ' ');
  // `Home 360 users`, but not `Home 360 days a year`.
  if (shown === written && /\d$/.test(written)) return !isCounted(after);
  // Nor does English have marks, and no language so many: `Yodél`, `Téslä`.
  if (marksOf(shown) > marksOf(written) + 1) return true;
  if (
    isCapital(shown.charAt(0)) &&
    marksOf(shown) > marksOf(written) &&
    languagesOf(written).join('') === 'en' &&
    !isAbroad(wordsOf(written), text, { start, end })
  )
    return true;
  // Nobody writes a word so: `bEaCoN`, `Har-bor`, `Lemmonaade`.
  if (repeats > 1 && languagesOf(shown).length === 0) return true;
  if (
    /\p{L}[-.]\p{L}/u.test(shown) &&
    isCapital(shown.charAt(0)) &&
    !/[-.]/.test(written) &&
    !areOrdinary(wordsOf(shown), languagesOf(written))
  )
    return true;
  if (/\p{Ll}\p{Lu}\p{Ll}/u.test(shown) && !/\p{Ll}\p{Lu}/u.test(written)) return true;
  // `Farmer's Insurance`
  if (/^\p{Lu}\p{Ll}+['’]s$/u.test(shown) && FIRM_AFTER.test(after)) return true;
  // Letters of other scripts, references and tags are not there by chance; nor are declensions that the word does not have itself.
  if (/[<;]|[^\0-\u024f’]/.test(shown)) return true;
  // `octopus.energy`
  if (/^\p{Ll}+\.\p{Ll}+$/u.test(shown) && /^\p{L}+ \p{L}+$/u.test(written)) return true;
  // `exForkful`, `UPSdriver`
  if (
    isRunTogether(text, { start, end }, written) ||
    EX_BEFORE.test(before) ||
    /[@#]$/.test(before) ||
    (isKnownCompany(written) && isCapital(after.charAt(0))) ||
    (isCode(shown) && joinsWord(after, 4))
  )
    return true;
  if (!/^\p{L}/u.test(after) || isProduct(after) || CJK_AFTER.test(after))
    return isNamed({ name: written, written: shown, before, after });
  if (!isCapital(shown.charAt(0))) return false;
  if (isDeclined(after) && !isOfChat(text, start)) return true;
  if (!isPossessive(after)) return false;
  const hasForm = () => languagesOf(`${wordsOf(shown).at(-1)}s`).length > 0;
  if (!hasForm() || isAbroad(wordsOf(written), text, { start, end })) return true;
  // `I see two Asanas`
  return (
    (WITHIN.test(before) || /\s/.test(written)) &&
    isNamed({ name: written, written: shown, before, after: after.slice(1) })
  );
}
