import { type AST, RegExpParser } from '@eslint-community/regexpp';

/** `exact`: all that may stand there, where that is little; `needed`: of these one is in every match. Null where it is not known. */
type Known = { exact: readonly string[] | null; needed: readonly string[] | null };

/** Of so many groups of three letters it is known at once whether a text has them. */
const GROUPS = 16_384;
/** Characters. Shorter ones are in every text. */
const SHORTEST = 3;
/** So many texts are told apart at most for a part of an expression. */
const MOST = 32;
const NOTHING_KNOWN: Known = { exact: null, needed: null };

/**
 * Texts of which every match of an expression has one, as Google Code Search finds files for one
 * (Cox, "Regular Expression Matching with a Trigram Index", 2012); null where it may match without. The expression tells large from
 * small letters.
 */
export function needlesOf({ source, flags }: RegExp): readonly string[] | null {
  if (flags.includes('i')) return null;
  const mode = { unicode: flags.includes('u'), unicodeSets: flags.includes('v') };
  const { exact, needed } = ofAny(new RegExpParser().parsePattern(source, 0, source.length, mode).alternatives);
  const needles = rarer(needed, long(exact));
  return needles?.filter((one) => !needles.some((other) => other !== one && one.includes(other))) ?? null;
}

function ofAny(alternatives: readonly AST.Alternative[]): Known {
  const all = alternatives.map(ofSequence);
  const needed = all.map((one) => rarer(one.needed, long(one.exact)));
  return {
    exact: together(all.map(({ exact }) => exact)),
    needed: needed.every((one) => one !== null) ? needed.flat() : null,
  };
}

function ofSequence({ elements }: AST.Alternative): Known {
  let needed: readonly string[] | null = null;
  let run: readonly string[] = [''];
  let isWhole = true;
  for (const element of elements) {
    const one = of(element);
    const joined = joinedWith(run, one.exact);
    if (joined === null) {
      for (const known of [long(run), one.needed, long(one.exact)]) needed = rarer(needed, known);
      isWhole = false;
    }
    run = joined ?? one.exact ?? [''];
  }
  return { exact: isWhole ? run : null, needed: rarer(needed, long(run)) };
}

function of(element: AST.Element): Known {
  switch (element.type) {
    case 'Character':
      return { exact: [String.fromCodePoint(element.value)], needed: null };
    case 'Assertion':
      return { exact: [''], needed: null };
    case 'Group':
      return element.modifiers ? NOTHING_KNOWN : ofAny(element.alternatives);
    case 'CapturingGroup':
      return ofAny(element.alternatives);
    case 'CharacterClass':
      return { exact: ofClass(element), needed: null };
    case 'Quantifier': {
      const { exact, needed } = of(element.element);
      if (element.min === 0) return { exact: element.max === 1 && exact ? ['', ...exact] : null, needed: null };
      return element.max === 1 ? { exact, needed } : { exact: null, needed: rarer(needed, long(exact)) };
    }
    default:
      return NOTHING_KNOWN;
  }
}

function ofClass({ negate, elements }: AST.CharacterClass): readonly string[] | null {
  const letters = elements.flatMap((one) => (one.type === 'Character' ? [String.fromCodePoint(one.value)] : []));
  return negate || letters.length < elements.length || letters.length > MOST ? null : letters;
}

function joinedWith(run: readonly string[], next: readonly string[] | null): readonly string[] | null {
  if (next === null || run.length * next.length > MOST) return null;
  return run.flatMap((one) => next.map((other) => one + other));
}

function together(all: readonly (readonly string[] | null)[]): readonly string[] | null {
  const texts = all.every((one) => one !== null) ? all.flat() : null;
  return texts !== null && texts.length <= MOST ? texts : null;
}

function long(texts: readonly string[] | null): readonly string[] | null {
  return texts?.every(({ length }) => length >= SHORTEST) ? texts : null;
}

/** Those of which a text is less likely to have one. */
function rarer(one: readonly string[] | null, other: readonly string[] | null): readonly string[] | null {
  if (one === null || other === null) return one ?? other;
  return oddsOf(one) <= oddsOf(other) ? one : other;
}

/** Each letter more makes a text about four times as rare, until it is a word. */
function oddsOf(needles: readonly string[]): number {
  return needles.reduce((odds, { length }) => odds + 4 ** -Math.min(length, 6), 0);
}

/** The groups of a text's letters, three by three, at each place. */
type Looked = { text: string; at: Uint16Array };

/** The text that was asked last: several tables are asked about the same, one after the other. */
const looked: Looked = { text: '', at: new Uint16Array(1_024) };

function groupsOf(text: string): Uint16Array {
  if (looked.text === text) return looked.at;
  if (looked.at.length < text.length) looked.at = new Uint16Array(2 * text.length);
  let [first, second] = [text.charCodeAt(0), text.charCodeAt(1)];
  for (let at = 0; at < text.length - 2; at += 1) {
    const third = text.charCodeAt(at + 2);
    looked.at[at] = groupOf(first, second, third);
    [first, second] = [second, third];
  }
  looked.text = text;
  return looked.at;
}

type Needle = { text: string; at: number; of: readonly number[] };

/**
 * Many expressions, of which a text matches few or none: only those are tried of whose needles it has one. They are looked up by
 * three of their letters, in one pass over the text. What the needles are is worked out with the first text: a program that reads none starts
 * sooner.
 */
export class Expressions<Expression extends RegExp | { said: RegExp }> {
  readonly #all: readonly Expression[];
  #always: readonly number[] | null = null;
  /** Of each group of letters the place of its needles in `#needles`; 0 for none. */
  readonly #places = new Uint16Array(GROUPS);
  readonly #needles: Needle[][] = [[]];
  readonly #found: Uint8Array;

  constructor(all: readonly Expression[]) {
    this.#all = all;
    this.#found = new Uint8Array(all.length);
  }

  #read(): readonly number[] {
    const needles = this.#all.map((one) => needlesOf(one instanceof RegExp ? one : one.said));
    const byText = Map.groupBy(
      needles.flatMap((known, of) => (known ?? []).map((text) => ({ text, of }))),
      ({ text }) => text,
    );
    for (const [text, of] of byText) this.#add({ text, at: rarestOf(text), of: of.map((one) => one.of) });
    return needles.flatMap((known, at) => (known === null ? [at] : []));
  }

  #add(needle: Needle): void {
    const group = groupAt(needle.text, needle.at);
    const known = this.#needles[this.#places[group] as number] as Needle[];
    if (this.#places[group] !== 0) known.push(needle);
    else this.#places[group] = this.#needles.push([needle]) - 1;
  }

  /** Those that may match the text from a place on, in their order. */
  mayMatch(text: string, from = 0): readonly Expression[] {
    const groups = groupsOf(text);
    const found = this.#found;
    this.#always ??= this.#read();
    for (const one of this.#always) found[one] = 1;
    let any = this.#always.length > 0;
    for (let at = from; at < text.length - 2; at += 1) {
      const place = this.#places[groups[at] as number] as number;
      if (place === 0) continue;
      for (const needle of this.#needles[place] as Needle[]) {
        if (at - needle.at < from || !text.startsWith(needle.text, at - needle.at)) continue;
        any = true;
        for (const one of needle.of) found[one] = 1;
      }
    }
    return any ? this.#all.filter((_, one) => this.#take(one)) : [];
  }

  #take(one: number): boolean {
    const isFound = this.#found[one] === 1;
    this.#found[one] = 0;
    return isFound;
  }
}

/** The same for the same three letters. */
function groupOf(first: number, second: number, third: number): number {
  return (first * 961 + second * 31 + third) % GROUPS;
}

function groupAt(text: string, at: number): number {
  return groupOf(text.charCodeAt(at), text.charCodeAt(at + 1), text.charCodeAt(at + 2));
}

/** Letters in the order of how often English has them: the words of other languages differ little in the rare ones. */
const FREQUENT = " etaoinshrdlu'cmwfgypbvk";

/** Where the three letters of a needle stand that few texts have. */
function rarestOf(needle: string): number {
  let [best, most] = [0, -1];
  for (let at = 0; at + SHORTEST <= needle.length; at += 1) {
    const rarity = [...needle.slice(at, at + SHORTEST)].reduce((sum, letter) => {
      const place = FREQUENT.indexOf(letter);
      return sum + (place < 0 ? FREQUENT.length : place);
    }, 0);
    if (rarity > most) [best, most] = [at, rarity];
  }
  return best;
}
