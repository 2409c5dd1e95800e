import { stopWordsOf } from '../language/stop-words.ts';
import { isCommonWord } from './common-words.ts';
import { type Folded, fold } from './fold.ts';

/** A place in a text where a name stands, whatever it is written like. */
export type Found = { start: number; end: number; name: string };

/** Signs and digits that are written for a letter. */
const FOR_LETTERS: Readonly<Record<string, string>> = {
  ...{ '0': 'o', '1': 'il', '3': 'e', '4': 'a', '5': 's', '6': 'g', '7': 't', '8': 'b', '9': 'g' },
  ...{ '@': 'a', $: 's', '!': 'il', '|': 'il', '€': 'e', I: 'il', l: 'i' },
};
/** What stands for all the letters and signs that can be taken for each other. */
const SHAPE: Readonly<Record<string, string>> = {
  ...{ '0': 'o', '1': 'l', '3': 'e', '4': 'a', '5': 's', '6': 'g', '7': 't', '8': 'b', '9': 'g' },
  ...{ '@': 'a', $: 's', '!': 'l', '|': 'l', '€': 'e', I: 'l', i: 'l' },
};

/** More signs than these between two letters, and the letters are no word. */
const MOST_BETWEEN = 4;
/** What makes letters bold and the like, and is not seen. */
const FORMATS = /[*_`~\\]+/g;
/** Shorter names are looked for without endings and repeated letters, and with few disguises: they could be part of anything. */
const LONG = 5;

const WORD = /[\p{sc=Latn}\p{sc=Cyrl}\p{sc=Grek}\p{N}]/u;
const IGNORED = /\p{Default_Ignorable_Code_Point}/gu;
/** What may follow a name in one word: plurals and cases of several languages, and what German joins to it. */
const ENDING =
  /^(?:['’´`]\p{L}{1,5}|e?s|e?s['’]|in|n|a|u|em|om|ie|ami|ów|ban|ben|ot|nak|nek|ssa|lta|lle|[- ]?(?:versicherung|tarif|kund|police|vertr|angebot)\p{L}*)(?![\p{L}\p{N}])/iu;
const POSSESSIVE = /^(?:['’´`]s?|s)(?![\p{L}\p{N}])/iu;
/** Where a sentence, an item or a cell begins: a capital there says nothing. */
const BEGINS = /(?:^|[.!?:;|\n]|^[ \t]*(?:[-*+•>#]|\d{1,3}[.)]))[\s"“”'‘’(*_]*$/u;
/** What follows a company at the beginning of a sentence, and no other noun or adjective. */
const COMPANY_FOLLOWS =
  /^(?:['’]s\b|,? +(?:Inc|LLC|Ltd|Corp|Co|GmbH|AG|SA|Insurance)\b| +(?:offers|charges|sells|insures|quotes|advertises|provides)\b)/;

/** The letters and signs of a text that can be part of a word, one beside the other, each with its place in the fold. */
type Shapes = { text: string; from: number[]; till: number[] };

/** `runs`: how often each letter stands there; `joints`: after how many letters a space stands in the name itself. */
type Spelling = { letters: string; shape: string; runs: number[]; joints: ReadonlySet<number> };
type Pattern = { name: string; written: string; spellings: Spelling[]; common: boolean };

/**
 * Finds names in texts, also where somebody has hidden them: other case, marks, look-alike letters, digits for letters,
 * signs or spaces between the letters, repeated letters, invisible characters, tags. `isCommon` says of which names the
 * word itself is an ordinary one: they count only with their capital, and not as the first word of a sentence unless what
 * follows shows that a company is meant. Linear in the text for each name.
 */
export function nameFinder(
  names: Iterable<readonly [name: string, spelling: string]>,
  isCommon: (spelling: string) => boolean = () => false,
): (text: string) => Found[] {
  const patterns = [...names].flatMap(([name, written]) => {
    const spellings = spellingsOf(written);
    return spellings.length > 0 ? [{ name, written, spellings, common: isCommon(written) }] : [];
  });
  return (text) => {
    const folded = fold(text);
    const shapes = SHAPES.get(folded) ?? shapesOf(folded.text);
    SHAPES.set(folded, shapes);
    return patterns.flatMap((pattern) => occurrences(pattern, shapes, folded, text));
  };
}

/** The name letter by letter, as one that is spelt out has it; and with repeated letters as one, as `shapesOf` has them. */
function spellingsOf(written: string): Spelling[] {
  const plain = fold(written).text.replaceAll('I', 'i').trim();
  const all = [spelling(plain, /./gsu), spelling(plain, /(.)\1*/gsu)].filter(({ letters }) => letters.length > 1);
  return all[0]?.letters === all[1]?.letters ? all.slice(1) : all;
}

function spelling(plain: string, run: RegExp): Spelling {
  const found = { letters: '', shape: '', runs: [] as number[], joints: new Set<number>() };
  for (const [repeated] of plain.matchAll(run)) {
    const letter = repeated.charAt(0);
    if (isShape(letter)) {
      found.letters += letter;
      found.shape += shapeOf(letter);
      found.runs.push(repeated.length);
    } else if (/\s/.test(letter)) found.joints.add(found.letters.length);
  }
  return found;
}

function isShape(character: string): boolean {
  if (character >= 'a' && character <= 'z') return true;
  return (
    SHAPE[character] !== undefined || (character > '\u007f' ? /[\p{L}\p{N}]/u.test(character) : isDigit(character))
  );
}

function isDigit(character: string): boolean {
  return character >= '0' && character <= '9';
}

function shapeOf(character: string): string {
  return SHAPE[character] ?? character;
}

const SHAPES = new WeakMap<Folded, Shapes>();

/** Repeated letters count once, unless something stands between them. */
function shapesOf(text: string): Shapes {
  const shapes: Shapes = { text: '', from: [], till: [] };
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (!isShape(character)) continue;
    const last = shapes.till.length - 1;
    if (shapes.till[last] === at - 1 && text[at - 1] === character) {
      shapes.till[last] = at;
      continue;
    }
    shapes.text += shapeOf(character);
    shapes.from.push(at);
    shapes.till.push(at);
  }
  return shapes;
}

function occurrences(pattern: Pattern, shapes: Shapes, folded: Folded, text: string): Found[] {
  const found: Found[] = [];
  for (const spelling of pattern.spellings) {
    for (let at = shapes.text.indexOf(spelling.shape); at !== -1; at = shapes.text.indexOf(spelling.shape, at + 1)) {
      const last = at + spelling.shape.length - 1;
      const place = {
        start: folded.at[shapes.from[at] ?? 0] ?? 0,
        end: folded.to[shapes.till[last] ?? 0] ?? 0,
        name: pattern.name,
      };
      const written = text.slice(place.start, place.end);
      const disguise = disguiseOf(spelling, folded.text, shapes, at);
      const length = spelling.runs.reduce((sum, run) => sum + run, 0);
      if (disguise === null || !fits(disguise, length, pattern, written)) continue;
      if (isWhole(text, place, length) && (!pattern.common || isNamed(pattern, disguise, text, place))) {
        found.push(place);
      }
    }
  }
  return found;
}

/** How a name is written: letters that others stand for, places with a space, with one of the name's own, with other signs, letters more or fewer. */
type Disguise = { signs: number; spaces: number; joints: number; between: number; repeats: number };

/** Null where it is not the name at all. */
function disguiseOf(
  { letters, runs, joints }: Spelling,
  text: string,
  { from, till }: Shapes,
  first: number,
): Disguise | null {
  const disguise: Disguise = { signs: 0, spaces: 0, joints: 0, between: 0, repeats: 0 };
  for (let index = 0; index < letters.length; index += 1) {
    const [start, end] = [from[first + index] ?? 0, till[first + index] ?? 0];
    const [written, meant] = [text[start] ?? '', letters[index] ?? ''];
    if (written !== meant && !FOR_LETTERS[written]?.includes(meant)) return null;
    if (written !== meant && written !== 'I') disguise.signs += 1;
    disguise.repeats += Math.abs(end - start + 1 - (runs[index] ?? 1));
    if (index === letters.length - 1) break;
    const gap = text.slice(end + 1, from[first + index + 1]).replace(FORMATS, '');
    if (gap.length > MOST_BETWEEN) return null;
    if (gap === '') continue;
    if (joints.has(index + 1)) disguise.joints += 1;
    else if (/\s/.test(gap)) disguise.spaces += 1;
    else disguise.between += 1;
  }
  return disguise;
}

function fits(
  { signs, spaces, joints, repeats }: Disguise,
  length: number,
  { common }: Pattern,
  written: string,
): boolean {
  if (2 * signs > length || (length < 4 && signs > 0) || (length <= LONG && repeats > 0)) return false;
  const spelledOut = spaces >= length - 1 - joints;
  if (spaces === 0 || spelledOut) return true;
  // A word in two or three pieces could be two or three words.
  return !common && spaces <= 2 && length > LONG && /^\p{Lu}/u.test(written) && !written.split(/\s+/).some(isOrdinary);
}

function isOrdinary(word: string): boolean {
  return isCommonWord(word) || stopWordsOf('en').has(word.toLowerCase());
}

function isWhole(text: string, { start, end }: Found, length: number): boolean {
  const before = text.slice(Math.max(0, start - 1), start);
  const rest = text.slice(end, end + 24).replace(IGNORED, '');
  const hump = (left: string, right: string) => length > LONG && /\p{Ll}/u.test(left) && /\p{Lu}/u.test(right);
  if (WORD.test(before) && !hump(before, text[start] ?? '')) return false;
  if (!WORD.test(rest.charAt(0)) || POSSESSIVE.test(rest)) return true;
  return length >= LONG && (ENDING.test(rest) || /^\d/.test(rest) || hump(text[end - 1] ?? '', rest.charAt(0)));
}

/** An ordinary word that is meant as a name. */
function isNamed(
  { written }: Pattern,
  { signs, spaces, between }: Disguise,
  text: string,
  { start, end }: Found,
): boolean {
  if (signs > 0 || spaces > 1 || between > 1) return true;
  if (text.slice(start, end) !== written || /["“”„«‘]$/u.test(text.slice(0, start))) return false;
  return !BEGINS.test(text.slice(Math.max(0, start - 40), start)) || COMPANY_FOLLOWS.test(text.slice(end, end + 20));
}
