/** How the numbers of one kind are written: "A-1234". Separators may be left out or be others, case does not matter. */
export type CodeShape = { pattern: RegExp; canonical: (parts: readonly string[]) => string };

/** Where a code stands in a text, and how it is written properly. */
export type FoundCode = { code: string; start: number; end: number };

const NAMED = /(?:^|_)(?:id|number|no|code|reference|ref|key)$/;

/** The shapes of a field that holds a code, such as an order number; none where it is another kind of text. */
export function codeShapes(field: { name: string; examples: readonly string[] }): CodeShape[] {
  const coded = field.examples.length > 0 && field.examples.every((one) => /\d/.test(one) && !/\s/.test(one));
  if (!coded || !NAMED.test(field.name)) return [];
  const shapes = new Map(field.examples.map((one) => [shapeKey(one), shapeOf(one)]));
  return [...shapes.values()];
}

/** What stands before a thing that is left out: "all but A-1234", "and keep my order A-1234". */
const LEAVES_OUT =
  /(?:\b(?:not|except(?:ing)?|exclud(?:ing|e)|other than|apart from|aside from|save|but for|rather than|instead of|(?:all|any|every\w*) but|skip|spare)|\b(?:but|and|only|just|then)[\s,]+(?:please )?(?:leave|keep|spare))(?:\s+(?:for|of|the|my|this|that|one|number|no\.?|order|booking|invoice|policy|contract))*[\s:#]*$/i;
/** And behind it: "A-1234 excepted", "leave A-1234 alone". */
const LEFT_OUT =
  /^[\s,(–-]*(?:(?:is |being )?(?:excepted|excluded|exempt(?:ed)?|aside|not included)|alone|untouched|as (?:it|they) (?:is|are)|(?:(?:can|should|must|may|has to) )?stays?)\b/i;
/** What joins the next code to the one before, so that it shares its fate. */
const JOINED = /^\s*(?:,|,?\s*(?:and|or|nor)|&|\+)\s*$/i;

/** The codes of a text that are meant, and those that it leaves out ("all of them, A-1234 excepted"). */
export function meantCodes(text: string, shapes: readonly CodeShape[]): { meant: FoundCode[]; leftOut: FoundCode[] } {
  const meant: FoundCode[] = [];
  const leftOut: FoundCode[] = [];
  for (const code of findCodes(text, shapes)) {
    const joined = leftOut.some(({ end }) => end <= code.start && JOINED.test(text.slice(end, code.start)));
    const isOut = joined || LEAVES_OUT.test(text.slice(0, code.start)) || LEFT_OUT.test(text.slice(code.end));
    (isOut ? leftOut : meant).push(code);
  }
  return { meant, leftOut };
}

/** All codes of these shapes in a text, each once, in the order in which they are said. */
export function findCodes(text: string, shapes: readonly CodeShape[]): FoundCode[] {
  const found = shapes.flatMap(({ pattern, canonical }) =>
    [...text.matchAll(pattern)].map((match) => ({
      code: canonical(match.slice(1)),
      start: match.index,
      end: match.index + match[0].length,
    })),
  );
  found.sort((a, b) => a.start - b.start);
  return found.filter(({ code }, at) => found.findIndex((other) => other.code === code) === at);
}

const SEPARATOR = '[\\s\\-–_/.#]?';

type Run = { kind: 'letters' | 'digits' | 'sign'; text: string };

function runsOf(example: string): Run[] {
  return [...example.matchAll(/[A-Za-z]+|\d+|[^A-Za-z\d]+/g)].map(([text]) => {
    const kind = /^\d/.test(text) ? 'digits' : /^[A-Za-z]/.test(text) ? 'letters' : 'sign';
    return { kind, text };
  });
}

function shapeKey(example: string): string {
  return runsOf(example)
    .map(({ kind, text }) => (kind === 'sign' ? text : `${kind}${text.length}`))
    .join(' ');
}

function shapeOf(example: string): CodeShape {
  const runs = runsOf(example);
  const parts = runs.map(({ kind, text }, at) => {
    if (kind === 'sign') return SEPARATOR;
    const follows = at > 0 && runs[at - 1]?.kind !== 'sign';
    return `${follows ? SEPARATOR : ''}(${kind === 'digits' ? '\\d' : '[A-Za-z]'}{${text.length}})`;
  });
  // A code is no part of a longer word or number.
  const pattern = new RegExp(`(?<![\\p{L}\\d])${parts.join('')}(?![\\p{L}\\d])`, 'gu');
  const large = runs.every(({ kind, text }) => kind !== 'letters' || text === text.toUpperCase());
  const canonical = (given: readonly string[]) => {
    const rest = [...given];
    const text = runs.map((run) => (run.kind === 'sign' ? run.text : (rest.shift() ?? ''))).join('');
    return large ? text.toUpperCase() : text;
  };
  return { pattern, canonical };
}
