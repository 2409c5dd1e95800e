import { UNITS } from '../language/figure-words.ts';
import { LANGUAGES } from '../language/languages.ts';
import { isStopWord, stopWordsOf } from '../language/stop-words.ts';
import { BELONGING_AFTER, FIRM_AFTER } from './company-signs.ts';
import { isDeclined, isEnding, isPossessive, isProduct, isStemEnding } from './endings.ts';
import { type Folded, fold, foldWord } from './fold.ts';
import { CJK_AFTER, isNamed, isOfOtherLanguage, MODEL_OF_BEFORE, NUMBERED_BEFORE } from './named.ts';
import { isNamesake } from './namesakes.ts';
import { areOrdinary, languagesOf, WORD_LANGUAGES } from './ordinary-words.ts';
import { DRAWN, readingsOf } from './readings.ts';
import { isShape, LONG, type Spelling, shapeOf, spellingsOf } from './spellings.ts';

/** A place in a text where a name stands, whatever it is written like. */
export type Found = { start: number; end: number; name: string };

/** Signs and digits that are written for a letter. */
const FOR_LETTERS: Readonly<Record<string, string>> = {
  ...{ '0': 'o', '1': 'il', '3': 'e', '4': 'a', '5': 's', '6': 'g', '7': 't', '8': 'b', '9': 'g' },
  ...{ '@': 'a', $: 's', '!': 'il', '|': 'il', '€': 'e', I: 'il', l: 'i' },
};
/** More signs than these between two letters, and the letters are no word. */
const MOST_BETWEEN = 4;
/** What makes letters bold and the like, or is part of a drawn one, and is not seen. */
const FORMATS = new RegExp(`[*_\`~\\\\${DRAWN}]+`, 'g');
/** A line that ends within a word, perhaps with a hyphen. */
const LINE_BREAK = /^-?[^\S\n]*\n[^\S\n]*$/;
const WORD = /[\p{sc=Latn}\p{sc=Cyrl}\p{sc=Grek}\p{N}]/u;
/** What nobody writes into a word without intent; a soft hyphen may be there for the layout. */
const HIDDEN = /[^\P{Default_Ignorable_Code_Point}\u00ad]/u;
const IGNORED = /\p{Default_Ignorable_Code_Point}/gu;
/** The letters and signs of a text that can be part of a word, one beside the other, each with its place in the text as it is `read`. */
type Shapes = { read: string; text: string; from: number[]; till: number[] };

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
  const patterns = [...names].flatMap(withAnd).flatMap(([name, written]): Pattern[] => {
    const isOrdinary = companies && !SIGNED.test(written) && (CODE.test(written) || areOrdinary(wordsOf(written)));
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

/** `M&T Bank`, `M and T Bank` and `M n T Bank`; two letters alone are anything. */
function withAnd([name, written]: readonly [string, string]): (readonly [string, string])[] {
  if (!written.includes('&') || ABOUT_A_SIGN.test(written)) return [[name, written]];
  return ['&', ' and ', ' n '].map((sign) => [name, sign === '&' ? written : written.replace(/\s*&\s*/, sign)]);
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

/** Repeated letters count once, unless something stands between them. */
function shapesOf(text: string): Shapes {
  const shapes: Shapes = { read: text, text: '', from: [], till: [] };
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (!isShape(character)) continue;
    const last = shapes.till.length - 1;
    const before = text[at - 1];
    if (shapes.till[last] === at - 1 && (before === character || (before === 'I' && character === 'i'))) {
      shapes.till[last] = at;
      continue;
    }
    shapes.text += shapeOf(character);
    shapes.from.push(at);
    shapes.till.push(at);
  }
  return shapes;
}

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
  if (disguise === null || !fits(disguise, spelling.length, pattern, written)) return null;
  if (spelling.isStem && disguise.spaces > 0) return null;
  // `Sound Cloud` and `Drive 24`, but not `click up` and `Drive 24 hours`.
  if (spelling.humps.size > 0 && disguise.joints > 0 && disguise.spaces === 0 && isApart(text, place)) return null;
  // `4471 1175`, of 11TS
  if (/\p{L}/u.test(pattern.written) && !/[^\d\s]/.test(written)) return null;
  // `o código de booking com seis letras`
  if (/^\p{Ll}+ \p{Ll}{2,3}$/u.test(written) && /\.\p{Ll}{2,3}$/u.test(pattern.written)) return null;
  // `on Monday. Come back`
  if (/\.\s/.test(written) && WORD.test(text[place.end] ?? '')) return null;
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

/**
 * How a name is written: letters that others stand for, places with a space, with one of the name's own, with other signs, with the
 * end of a line, letters more or fewer, `lost`: fewer. `isBroken`: over what parts sentences and lists.
 */
type Disguise = {
  signs: number;
  spaces: number;
  joints: number;
  between: number;
  breaks: number;
  repeats: number;
  lost: number;
  isBroken: boolean;
};

/** Where a name has a dot or a space: `monday (dot) com`. */
const DOT = /^(?: ?\. ?| ?[([{] ?| ?[)\]}] ?)$/;

/** Null where it is not the name at all. */
function disguiseOf(
  { letters, runs, joints, humps, isStem }: Spelling,
  { read: text, from, till }: Shapes,
  first: number,
): Disguise | null {
  const disguise: Disguise = {
    signs: 0,
    spaces: 0,
    joints: 0,
    between: 0,
    breaks: 0,
    repeats: 0,
    lost: 0,
    isBroken: false,
  };
  for (let index = 0; index < letters.length; index += 1) {
    const [start, end] = [from[first + index] ?? 0, till[first + index] ?? 0];
    const [written, meant] = [text[start] ?? '', letters[index] ?? ''];
    if (written !== meant && !FOR_LETTERS[written]?.includes(meant)) return null;
    if (written !== meant && written !== 'I') disguise.signs += 1;
    const isLast = index === letters.length - 1;
    const more = isLast && isStem ? 0 : end - start + 1 - (runs[index] ?? 1);
    disguise.repeats += Math.abs(more);
    disguise.lost += Math.max(0, -more);
    if (isLast) break;
    const between = text.slice(end + 1, from[first + index + 1]);
    if (between.includes(DRAWN)) disguise.signs += 1;
    const gap = between.replace(FORMATS, '').replace(/ +/g, ' ');
    if (gap.length > MOST_BETWEEN) return null;
    if (gap === '') continue;
    const isJoint = joints.has(index + 1);
    if (!isJoint && LINE_BREAK.test(gap)) {
      disguise[humps.has(index + 1) ? 'joints' : 'breaks'] += 1;
      continue;
    }
    if (!(isJoint && (DOT.test(gap) || LINE_BREAK.test(gap))) && /[,;:!?()|]|[^\s&+]\s|\s[^\s&+]/.test(gap))
      disguise.isBroken = true;
    if (isJoint || (humps.has(index + 1) && gap === ' ')) disguise.joints += 1;
    else if (/\s/.test(gap)) {
      disguise.spaces += 1;
      if (gap.includes('\n')) disguise.isBroken = true;
    } else disguise.between += 1;
  }
  return disguise;
}

function fits(
  { signs, spaces, joints, repeats, lost, between, breaks, isBroken }: Disguise,
  length: number,
  { isOrdinary, written: name }: Pattern,
  written: string,
): boolean {
  const isSpelt = spaces + between + breaks >= length - 1 - joints;
  // Of a long name most letters may be written as digits: there is no other word so.
  const isSmall = !/\p{Lu}/u.test(written);
  const mostSigns = isSpelt || (length === LONG && isSmall) ? length - 2 : length / (length < 7 ? 2 : 1.5);
  if (signs > mostSigns || (length < 4 && signs > 0) || lost > 1) return false;
  // `Geeeico`, but not `Hoolli`.
  if (repeats > 0 && (length < LONG || (length === LONG && (lost > 0 || repeats < 2)))) return false;
  // `Racks A, W and S`, `8 x 8`
  if (isSpelt) return length >= LONG || !(/,\s/.test(written) || (spaces > 0 && /^\d+x\d+$/i.test(name)));
  const isOfWords = () => areOrdinary(wordsOf(written), isOrdinary ? languagesOf(name) : WORD_LANGUAGES);
  if (spaces === 0 && !isBroken) {
    // `all-state`, and what ends one line and begins the next, but `All-` at the end of a line goes on.
    const isApart = breaks > 0 || (between === 1 && !/\p{Lu}/u.test(written));
    const isCut = !isOrdinary && /^\p{Lu}.*-\s*\n/u.test(written);
    return !isApart || isCut || !isOfWords();
  }
  // A word in two or three pieces could be two or three words, or the end of one list item and the beginning of the next.
  if (isOrdinary || isBroken || repeats > (length > 7 ? 1 : 0) || spaces > 2 || length < LONG) return false;
  const parts = wordsOf(written);
  if (/^\p{Lu}/u.test(written)) return !isOfWords() && (length > LONG || /^\p{Lu}\p{Ll}+ \p{Ll}+$/u.test(written));
  if (length === LONG) return false;
  return spaces === 1 && !/\p{Lu}/u.test(written) && !isOfWords() && !parts.some(isLittleWord);
}

/** Of another language than English: its articles and prepositions stand before anything. */
function isLittleWord(word: string): boolean {
  return word.length < 4 && LANGUAGES.some((language) => language !== 'en' && stopWordsOf(language).has(word));
}

function wordsOf(written: string): string[] {
  return written.split(/[^\p{L}\p{M}\p{N}'’]+/u).filter((word) => word !== '');
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
  if (WORD.test(before) && !isTag && !isJoined) return false;
  if (isStem) return isStemEnding(rest, /\p{Lu}/u.test(first));
  if (!WORD.test(next) || isPossessive(rest)) return true;
  // `our seats are wide`, of SEAT S.A.
  if (/\s\S{1,2}$/.test(shown)) return false;
  // `THY’nin`
  if (isCompany && length > 2 && /\p{Lu}/u.test(first) && /^['’]\p{Ll}{1,5}(?!\p{L})/u.test(rest)) return true;
  if (isCompany && (isProduct(rest) || (isCode(shown) && joinsWord(rest, 4)))) return true;
  // `theUberapp`
  if (hump(last, next) || (isJoined && isEnding(rest))) return !isOrdinary;
  if (/^\d/.test(rest)) return length >= LONG && !/\d/.test(last);
  if (length < LONG) return false;
  return isEnding(rest) || (isCompany && !isOrdinary && !/\s/.test(shown) && joinsWord(rest, 6));
}

/** `youdsavemorewithglobex` */
const RUN_TOGETHER = /(?:the|with|than|to|fly|get|visit|ask|choose|from|goto|join|called|like|try|use)$/;

/** Whether a word of some letters at least is joined to a name, as in German, Dutch or Swedish also a short one: `Globexrad`. */
function joinsWord(rest: string, least: number): boolean {
  const word = /^\p{Ll}{3,}(?!\p{L})/u.exec(rest)?.[0] ?? '';
  return languagesOf(word).some((language) => word.length >= least || JOINING.has(language));
}

const JOINING: ReadonlySet<string> = new Set(['de', 'nl', 'sv']);

/** Where a capital says something. */
const WITHIN = /[\p{Ll},]\s$/u;

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
  const isWithin = WITHIN.test(text.slice(Math.max(0, start - 2), start));
  return !(ending === 's' && isCapital(word.charAt(0)) && (isWithin || isAbroad([word], text, { start, end })));
}

/** True where ordinary words stand in a text of a language that does not have them. */
function isAbroad(words: readonly string[], text: string, { start, end }: { start: number; end: number }): boolean {
  return isOfOtherLanguage(words, text.slice(Math.max(0, start - 60), start), text.slice(end, end + 60));
}

/** Single letters or figures about a sign: without it they are other ones. */
const ABOUT_A_SIGN = /^(\p{L}|\p{N}+)\s*&\s*(?:\p{L}|\p{N}+)$/u;
const COUNTED_BEFORE = /(?:^|[^\p{L}])(?:every|each|per|an?|any|some|many|several)\s$/iu;

/** What is letters as such. */
const LETTERS_BEFORE = /(?:[^\p{L}]\.|(?:start|begin|end)(?:s|ing|ed)? (?:with|in)(?: the letters)?\s)$/iu;

/** True for a person, a street, an abbreviation or a thing of the same name. */
function isOtherThing({ written }: Pattern, text: string, { start, end }: Found): boolean {
  const [before, after] = [text.slice(Math.max(0, start - 60), start), text.slice(end, end + 40)];
  const shown = text.slice(start, end);
  if (ABOUT_A_SIGN.test(written) && !/&|\b(?:und|and|et|y|e|en)\b/iu.test(shown)) return true;
  // `.ee`, `Postcodes that start with BT`, `NB-77K2Q`
  if (/^\p{L}{2,3}$/u.test(written) && (LETTERS_BEFORE.test(before) || /^-\d/.test(after))) return true;
  // `Ing.` of ING
  if (/^\p{Lu}{2,4}$/u.test(written) && /^\p{Lu}\p{Ll}+$/u.test(shown) && /^\.\s\p{Lu}/u.test(after)) return true;
  if (
    /^\p{Ll}+$/u.test(shown) &&
    COUNTED_BEFORE.test(before) &&
    /\s/.test(written) === /\s/.test(shown) &&
    !FIRM_AFTER.test(after) &&
    !BELONGING_AFTER.test(after)
  )
    return true;
  // `über` is a word of its own, and so is `expedía`.
  if (shown.toLowerCase() !== written.toLowerCase() && isStopWord(shown.toLowerCase())) return true;
  if (/^[a-z]*[áéíóúàèìòù][a-z]*$/.test(shown) && /^[\0-\x7f]*$/.test(written) && MAY_END.test(shown)) return true;
  return isAbbreviation(written, before, after) || isNamesake(shown, before, after);
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

function isMeant(
  { written }: Pattern,
  { signs, spaces, joints, between, breaks, repeats }: Disguise,
  text: string,
  { start, end }: Found,
): boolean {
  const [before, after] = [text.slice(Math.max(0, start - 60), start), text.slice(end, end + 60)];
  if (CODE.test(written)) return !isNumber(text.slice(start, end), before, after);
  if (HIDDEN.test(text.slice(start, end))) return true;
  if (/[+!]$/.test(written) && after.startsWith(written.slice(-1))) return true;
  if (signs > 0 || spaces > 1 || between > 1 || breaks > 0 || joints < wordsOf(written).length - 1) return true;
  const shown = text
    .slice(start, end)
    .replace(FORMATS, '')
    .replace(IGNORED, '')
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
    /\p{L}-\p{L}/u.test(shown) &&
    isCapital(shown.charAt(0)) &&
    !/-/.test(written) &&
    !areOrdinary(wordsOf(shown), languagesOf(written))
  )
    return true;
  if (/\p{Ll}\p{Lu}\p{Ll}/u.test(shown) && !/\p{Ll}\p{Lu}/u.test(written)) return true;
  // Letters of other scripts, references and tags are not there by chance; nor are declensions that the word does not have itself.
  if (/[<;]|[^\0-\u024f’]/.test(shown)) return true;
  if (!/^\p{L}/u.test(after) || isProduct(after) || CJK_AFTER.test(after))
    return isNamed({ name: written, written: shown, before, after });
  if (!isCapital(shown.charAt(0))) return false;
  if (isDeclined(after)) return true;
  if (!isPossessive(after)) return false;
  const hasForm = () => languagesOf(`${wordsOf(shown).at(-1)}s`).length > 0;
  if (!hasForm() || isAbroad(wordsOf(written), text, { start, end })) return true;
  // `I see two Asanas`
  return WITHIN.test(before) && isNamed({ name: written, written: shown, before, after: after.slice(1) });
}
