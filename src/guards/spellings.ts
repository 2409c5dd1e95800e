import { stemsOf } from './endings.ts';
import { fold } from './fold.ts';
import { languagesOf } from './ordinary-words.ts';

/** What stands for all the letters and signs that can be taken for each other. */
const SHAPE: Readonly<Record<string, string>> = {
  ...{ '0': 'o', '1': 'l', '3': 'e', '4': 'a', '5': 's', '6': 'g', '7': 't', '8': 'b', '9': 'g' },
  ...{ '@': 'a', $: 's', '!': 'l', '|': 'l', '€': 'e', I: 'l', i: 'l' },
};

/** Shorter names are looked for without endings and repeated letters, and with few disguises: they could be part of anything. */
export const LONG = 5;

/** `runs`: how often each letter stands there, `length`: all of them; `joints`: after how many a space or a dot stands in the name itself, `humps`: a capital. */
export type Spelling = {
  letters: string;
  shape: string;
  runs: number[];
  length: number;
  joints: ReadonlySet<number>;
  humps: ReadonlySet<number>;
  isStem: boolean;
};

/** The name with repeated letters as one, as `shapesOf` has them, or apart, as one that is spelt out has them; its stems. */
export function spellingsOf(written: string, isInvented: boolean): Spelling[] {
  const plain = fold(written).text.replaceAll('I', 'i').trim();
  const humps = humpsOf(written);
  const whole = runsOf(plain).map((runs) => spelling(runs, humps));
  // `FreshHarbor`
  const joined = /(\p{L}) \1/u.test(plain)
    ? runsOf(plain.replaceAll(' ', '')).map((runs) => spelling(runs, NO_HUMPS))
    : [];
  // `ZlPPELlN`: side by side, letters that look alike are one that is repeated
  if (isInvented && /(?:li|il)\p{L}/u.test(plain) && plain.length > LONG)
    whole.push(spelling(runsIn(plain.replace(/[li]{2,}/g, (alike) => 'l'.repeat(alike.length))), humps));
  const dotted = plain.includes('.') ? [spelling(runsIn(plain.replaceAll('.', ' dot ')), NO_HUMPS)] : [];
  const stems = isInvented
    ? stemsOf(plain)
        .filter(isNoWord)
        .map((stem) => spelling(runsIn(stem), NO_HUMPS, true))
    : [];
  return [
    ...[...whole, ...joined, ...dotted].filter(({ length }) => length > 1),
    ...stems.filter(({ length }) => length >= LONG),
  ];
}

/** Not as `tutor` of Tutoro, which people everywhere are called, with the same endings. */
function isNoWord(stem: string): boolean {
  return !languagesOf(stem).includes('en');
}

const NO_HUMPS: ReadonlySet<number> = new Set();
/** Of more letters that are repeated in a name only all are taken apart, or none. */
const MOST_REPEATED = 3;

/** A text as letters, repeated ones as one. */
function runsIn(plain: string): string[] {
  return plain.match(/(.)\1*/gsu) ?? [];
}

/** The same with each of the repeated letters as one or apart: `gif-fgaff`. */
function runsOf(plain: string): string[][] {
  const runs = runsIn(plain);
  const repeated = runs.filter((run) => run.length > 1 && isShape(run.charAt(0))).length;
  if (repeated > MOST_REPEATED) return [runs, [...plain]];
  return runs.reduce<string[][]>(
    (all, run) => {
      const joined = all.map((before) => [...before, run]);
      return run.length > 1 && isShape(run.charAt(0))
        ? [...joined, ...all.map((before) => [...before, ...run])]
        : joined;
    },
    [[]],
  );
}

/** After how many letters a capital stands behind a small one, or a figure beside a letter: `SoundCloud`, `Drive4Less`. */
function humpsOf(written: string): ReadonlySet<number> {
  const humps = new Set<number>();
  const isHump = /\p{L}.*\p{L}.*\p{L}/u.test(written) ? /\p{Ll}\p{Lu}|\p{L}\p{N}|\p{N}\p{L}/u : /\p{Ll}\p{Lu}/u;
  let [letters, before] = [0, ''];
  for (const letter of written) {
    if (isHump.test(before + letter)) humps.add(letters);
    if (/[\p{L}\p{N}]/u.test(letter)) letters += 1;
    before = letter;
  }
  return humps;
}

function spelling(parts: readonly string[], inName: ReadonlySet<number>, isStem = false): Spelling {
  const [joints, humps] = [new Set<number>(), new Set<number>()];
  const found = { letters: '', shape: '', runs: [] as number[], length: 0, joints, humps, isStem };
  for (const part of parts) {
    const letter = part.charAt(0);
    if (isShape(letter)) {
      found.letters += letter;
      found.shape += shapeOf(letter);
      found.runs.push(part.length);
      found.length += part.length;
      if (inName.has(found.length)) humps.add(found.letters.length);
    } else if (/[\s.]/.test(letter)) joints.add(found.letters.length);
  }
  return found;
}

export function isShape(character: string): boolean {
  if (character >= 'a' && character <= 'z') return true;
  return (
    SHAPE[character] !== undefined || (character > '\u007f' ? /[\p{L}\p{N}]/u.test(character) : isDigit(character))
  );
}

function isDigit(character: string): boolean {
  return character >= '0' && character <= '9';
}

export function shapeOf(character: string): string {
  return SHAPE[character] ?? character;
}

/** The letters and signs of a text that can be part of a word, one beside the other, each with its place in the text as it is `read`. */
export type Shapes = { read: string; text: string; from: number[]; till: number[] };

/** Repeated letters count once, unless something stands between them. */
export function shapesOf(text: string): Shapes {
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
