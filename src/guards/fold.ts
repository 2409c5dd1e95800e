import { REFERENCES } from '../language/references.ts';

/** Letters that look, or in Cyrillic are spoken, like a Latin one, beside those that Unicode itself takes apart. */
const LOOK_ALIKES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    a: 'аαɑᴀ',
    b: 'вβʙьƅб',
    c: 'сϲᴄ¢',
    d: 'ԁđᴅд',
    e: 'еεєᴇəэ',
    f: 'ƒғꜰф',
    g: 'ɡɢԍг',
    h: 'һнʜħ',
    i: 'іιıɪи¡',
    j: 'јᴊ',
    k: 'кκᴋ',
    l: 'ӏłʟл',
    m: 'мᴍ',
    n: 'пηɴո',
    o: 'оοσøᴏօ',
    p: 'рρᴘ',
    q: 'ԛ',
    r: 'ʀ',
    s: 'ѕꜱ',
    t: 'тτᴛŧ',
    u: 'υսᴜ',
    v: 'νѵᴠ',
    w: 'ԝωᴡш',
    x: 'хχ×',
    y: 'уγʏү¥',
    z: 'ᴢʐз',
    ss: 'ß',
    ae: 'æ',
    oe: 'œ',
  }).flatMap(([letter, alike]) => [...alike].map((one) => [one, letter] as const)),
);

/** Capitals that look like a Latin one, where their lower case looks like none or like another. */
const CAPITALS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ a: 'ᎪꓮА', b: 'ᏴꓐВ', c: 'ᏟꓚϹ', d: 'ᎠꓓԀ', e: 'ᎬꓰΕ', f: 'ꓝϜ', g: 'ᏀꓖԌ', h: 'ᎻꓧΗН', j: 'ᎫꓙЈ', k: 'ᏦꓗΚ' },
    ...{ l: 'ᏞꓡԼ', m: 'ᎷꓟϺΜ', n: 'ꓠΝ', o: 'ꓳՕ', p: 'ᏢꓑΡ', r: 'ᎡᏒꓣ', s: 'ᏚꓢՏЅ', t: 'ᎢꓔΤ', u: 'ꓴՍ', v: 'ᏙꓦѴ', w: 'ᎳꓪԜ' },
    ...{ x: 'ꓫΧ', y: 'ꓬΥҮ', z: 'ᏃꓜΖ', I: 'IІΙ' },
  }).flatMap(([letter, alike]) => [...alike].map((one) => [one, letter] as const)),
);

const IGNORED = /[\p{Default_Ignorable_Code_Point}\p{M}]/u;
/** An HTML tag, which no address in angles is, a comment, or a character spelt as a reference: both show nothing of themselves. */
const MARKUP =
  /<\/?[a-z](?![a-z]+:\/\/)[^<>@]{0,40}>|<!--[^<>]{0,40}-->|&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,16}));/iy;
/** References by a letter and its mark or its face, of two letters as one, and those of Greek and Cyrillic letters by their names. */
const MARKED = /^([a-z])(?:acute|grave|circ|uml|tilde|cedil|ring|slash|caron|breve|macr|ogon|dot|strok|scr|fr|opf)$/i;
const LIGATURE = /^(ae|oe|fi|fl|sz)lig$/i;
const GREEK =
  'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigmaf sigma tau upsilon phi chi psi omega'.split(
    ' ',
  );
const CYRILLIC = {
  acy: 'а',
  vcy: 'в',
  iecy: 'е',
  kcy: 'к',
  mcy: 'м',
  ncy: 'н',
  ocy: 'о',
  rcy: 'р',
  scy: 'с',
  tcy: 'т',
  ucy: 'у',
  khcy: 'х',
};

/** A text with its letters made plain, and where each character of it stands in the original. */
export type Folded = {
  text: string;
  /** Start and end in the original of the character at each index, and the original's length behind the last. */
  at: Places;
  to: Places;
};

export type Places = readonly number[] | Uint32Array;

/** Several guards ask for the same text, one after the other. */
let last: { text: string; folded: Folded } = { text: '', folded: { text: '', at: [0], to: [] } };

/**
 * Letters in lower case without marks, look-alikes from other scripts as the Latin letter, invisible characters and HTML
 * tags left out, references as their characters; an upper-case I stays as it is, since it can be read as an l. Anything else stays. Linear.
 */
export function fold(text: string): Folded {
  if (text !== last.text) last = { text, folded: folded(text) };
  return last.folded;
}

/** The text alone, of a word that nobody asks for twice. */
export function foldWord(word: string): string {
  return /^[a-z]*$/.test(word) ? word : folded(word).text.toLowerCase();
}

/** What stands for itself: most of most texts. An ampersand or a bracket may begin a reference or a tag. */
const PLAIN_RUN = /[\0-%'-;=-\u007f]+/y;

/** The places of a text that stands for itself, each its own: most texts are, and need no list of them. */
const OWN_PLACES = Uint32Array.from({ length: 4_096 }, (_, place) => place);

function folded(text: string): Folded {
  const { length } = text;
  PLAIN_RUN.lastIndex = 0;
  if (length < OWN_PLACES.length && PLAIN_RUN.test(text) && PLAIN_RUN.lastIndex === length) {
    return { text: lowerOf(text), at: OWN_PLACES.subarray(0, length + 1), to: OWN_PLACES.subarray(1, length + 1) };
  }
  const result = { text: '', at: [] as number[], to: [] as number[] };
  for (let at = 0; at < text.length; ) {
    PLAIN_RUN.lastIndex = at;
    const run = PLAIN_RUN.exec(text)?.[0];
    if (run !== undefined) {
      result.text += lowerOf(run);
      for (const end = at + run.length; at < end; at += 1) {
        result.at.push(at);
        result.to.push(at + 1);
      }
      continue;
    }
    const [shown, length] = read(text, at);
    const plain = plainOf(shown);
    result.text += plain;
    for (let index = 0; index < plain.length; index += 1) {
      result.at.push(at);
      result.to.push(at + length);
    }
    at += length;
  }
  result.at.push(text.length);
  return result;
}

/** Of letters of ASCII. */
function lowerOf(text: string): string {
  return text.includes('I') ? text.replace(/[A-HJ-Z]+/g, (capitals) => capitals.toLowerCase()) : text.toLowerCase();
}

/** The character that stands at a place, and how long it is written; none for a tag. */
function read(text: string, at: number): [string, number] {
  const first = text[at] ?? '';
  if (first === '<' || first === '&') {
    MARKUP.lastIndex = at;
    const found = MARKUP.exec(text);
    const named = found?.[3] === undefined ? null : referred(found[3]);
    if (found && named !== null) return [named, found[0].length];
    if (found && found[3] === undefined) {
      const code = found[1] ? Number(found[1]) : Number.parseInt(found[2] ?? '', 16);
      return [code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '', found[0].length];
    }
  }
  const character = first < '\ud800' ? first : String.fromCodePoint(text.codePointAt(at) ?? 0);
  return [character, character.length];
}

/** What a reference by name stands for; null where it is not known. */
function referred(name: string): string | null {
  const letters = (MARKED.exec(name) ?? LIGATURE.exec(name))?.[1];
  if (letters !== undefined) return letters;
  const lower = name.toLowerCase();
  const sign = REFERENCES.get(lower);
  // A bracket of a tag stays a reference: written so, it is none.
  if (sign !== undefined && !/[<>]/.test(sign)) return sign;
  const known = (CYRILLIC as Record<string, string>)[lower];
  const greek = GREEK.indexOf(lower);
  const character = known ?? (greek < 0 ? null : String.fromCodePoint(0x3b1 + greek));
  return character !== null && lower !== name ? character.toUpperCase() : character;
}

function plainOf(character: string): string {
  if (character <= '\u007f') return lowerOf(character);
  const known = FOLDED.get(character);
  if (known !== undefined) return known;
  const plain = [...(inSquare(character) ?? character.normalize('NFKD'))]
    .map((part) => CAPITALS.get(part) ?? (IGNORED.test(part) ? '' : part.toLowerCase()))
    .map((part) => LOOK_ALIKES.get(part) ?? part)
    .join('');
  // Marks of lower case may come of upper case, as in Turkish.
  const shown = plain.replace(/\p{M}/gu, '');
  if (FOLDED.size < 5_000) FOLDED.set(character, shown);
  return shown;
}

/** Letters of flags and in dark circles or squares, which Unicode does not take apart. */
function inSquare(character: string): string | null {
  const code = character.codePointAt(0) ?? 0;
  const first = [0x1f1e6, 0x1f150, 0x1f170].find((start) => code >= start && code < start + 26);
  return first === undefined ? null : String.fromCharCode(97 + code - first);
}

/** What was folded before: a language has few letters, and to normalise each takes most of the time. */
const FOLDED = new Map<string, string>();
