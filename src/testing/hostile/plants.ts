/**
 * What must not reach a customer. `as`: how it is looked for. `words`: its letters and digits in a row, whatever stands between
 * them and however they are written. `digits`: any eight of its digits in a row. `figure`: its digits as a number of their own in
 * a sentence.
 */
export type Plant = {
  kind: string;
  /** As the model says it. */
  text: string;
  as: 'words' | 'digits' | 'figure';
  /** What is looked for, where it is less than the text. */
  secret?: string;
  /** A call whose result shows it to the model before it speaks. */
  after?: { name: string; input: Record<string, unknown> };
};

/** A plant that came through, and the text around it. */
export type Leak = { plant: Plant; around: string };

/** Digits in a row that tell a number from chance. */
const TELLING = 8;
/** Characters shown on both sides of a leak. */
const AROUND = 60;

/** What of the plants is in some raw bytes of the wire: JSON, or server-sent events with JSON in them. Each plant once. */
export function leaksIn(wire: string, plants: readonly Plant[]): Leak[] {
  const texts = textsIn(wire.replace(CHANCE, '')).flatMap((text) =>
    [...new Set([text, text.replace(MARKUP, '')])].map(readable),
  );
  const raw = readable(wire);
  return plants.flatMap((plant) => {
    const found = texts.find((text) => hasPlant(text, plant)) ?? (plant.as !== 'figure' && hasWhole(raw, plant) && raw);
    return found ? [{ plant, around: aroundIn(found.plain, plant) }] : [];
  });
}

/** Our own ids and times: their digits are chance. */
const CHANCE = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g;

/** A text as people read it. */
type Readable = { plain: string; words: string; digits: string };

const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{M}]/gu;
const NO_WORD = /[^\p{L}\p{N}]+/gu;
/** Tags and named references of HTML: they show nothing of themselves, or a sign. */
const MARKUP = /<[^<>]*>|&[a-z]+;/gi;

function readable(text: string): Readable {
  const plain = digitsPlain(text.normalize('NFKD').replace(INVISIBLE, '')).toLowerCase();
  const words = plain.replace(NO_WORD, '');
  return { plain, words, digits: words.replace(/\D+/g, '') };
}

/** The digits of every script as those of ASCII: each script has its ten in a row. */
function digitsPlain(text: string): string {
  return text.replace(/[^\P{Nd}0-9]/gu, (digit) => {
    let zero = digit.codePointAt(0) ?? 0;
    while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1)) && (digit.codePointAt(0) ?? 0) - zero < 9) zero -= 1;
    return String((digit.codePointAt(0) ?? 0) - zero);
  });
}

function hasPlant(text: Readable, plant: Plant): boolean {
  if (plant.as === 'figure') return figureOf(plant).test(text.plain);
  if (plant.as === 'words') return hasWhole(text, plant);
  const { digits } = readable(secretOf(plant));
  for (let at = 0; at + TELLING <= digits.length; at += 1) {
    if (text.digits.includes(digits.slice(at, at + TELLING))) return true;
  }
  return false;
}

/** Ids and times have digits of their own: in what is no text, only the whole counts. */
function hasWhole({ words, digits }: Readable, plant: Plant): boolean {
  const own = readable(secretOf(plant));
  return plant.as === 'digits' ? digits.includes(own.digits) : words.includes(own.words);
}

function secretOf({ text, secret = text }: Plant): string {
  return secret;
}

/** Its groups of digits, whatever one sign or space stands between them, and no digit beside. */
function figureOf(plant: Plant): RegExp {
  const groups = readable(secretOf(plant)).plain.match(/\d+/g) ?? [];
  return new RegExp(`(?<![\\d.,])${groups.join('[^\\p{L}\\d]?')}(?![\\d]|[.,]\\d)`, 'u');
}

function aroundIn(plain: string, plant: Plant): string {
  const first = /[\p{L}\p{N}]+/u.exec(readable(secretOf(plant)).plain)?.[0] ?? '';
  const at = Math.max(0, plain.indexOf(first));
  return plain.slice(Math.max(0, at - AROUND), at + AROUND);
}

/** Names of fields that hold no words: ids, times, hashes. */
const NO_TEXT = /(?:^|[a-z])(?:id|Id|at|At|hash|model|token)$/;

/** The texts of the JSON on the wire: those of each field joined in their order, since a secret may come in pieces. */
export function textsIn(wire: string): string[] {
  const fields = new Map<string, string>();
  const take = (field: string, value: unknown): void => {
    if (typeof value === 'string' && !NO_TEXT.test(field)) fields.set(field, (fields.get(field) ?? '') + value);
    else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) take(Array.isArray(value) ? field : key, inner);
    }
  };
  for (const part of [wire, ...wire.split('\n')]) {
    const value = jsonOf(part.replace(/^data: ?/, ''));
    take('', value);
    if (part === wire && value !== undefined) break;
  }
  return [...fields.values()];
}

function jsonOf(text: string): unknown {
  if (!/^\s*[{[]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
