/** What a text holds: `values`, and the text around them. */
export type Structure = { values: readonly object[]; rest: string };

const MOST_VALUES = 50;

/**
 * The values that a tool's result holds: JSON, one or several, with words around it or cut off at its end, else lines of the
 * form `Name: Ann Lee`, of which each paragraph is an object. Takes time linear in the text.
 */
export function structureOf(text: string): Structure {
  const values: object[] = [];
  let rest = '';
  let at = 0;
  for (let tries = 0; tries < MOST_VALUES; tries += 1) {
    const from = text.slice(at).search(/[[{]/);
    if (from < 0) break;
    const { value, length } = jsonAt(text, at + from);
    rest += text.slice(at, at + from + (value === null ? length : 0));
    if (value !== null) values.push(value);
    at += from + length;
  }
  return values.length > 0 ? { values, rest: rest + text.slice(at) } : linesOf(text);
}

/** The value that begins there, closed where the text ends before it does; null where none does. */
function jsonAt(text: string, start: number): { value: object | null; length: number } {
  const open: string[] = [];
  let whole = { end: start, closing: '' };
  let at = start;
  for (; at < text.length; at += 1) {
    const character = text[at] as string;
    if (character === '"') {
      at = endOfString(text, at);
      continue;
    }
    if (character === '{') open.push('}');
    else if (character === '[') open.push(']');
    else if (character === '}' || character === ']') open.pop();
    const ends = character === '}' || character === ']';
    if (ends || character === ',') whole = { end: ends ? at + 1 : at, closing: open.toReversed().join('') };
    if (open.length === 0) break;
  }
  const value = parsed(text.slice(start, whole.end) + whole.closing);
  return { value, length: open.length === 0 ? at + 1 - start : value === null ? 1 : text.length - start };
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}

function parsed(json: string): object | null {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}

const LINE = /^[ \t]*(?:[-*•] )?\*{0,2}(\p{L}[\p{L}\p{N} _-]{0,40})\*{0,2}:\*{0,2}[ \t]+(\S.{0,300})$/u;

function linesOf(text: string): Structure {
  const values: object[] = [];
  const rest: string[] = [];
  for (const paragraph of text.split(/\n[ \t]*\n/)) {
    const fields = paragraph.split('\n').flatMap((line) => {
      const [, name = '', value = ''] = LINE.exec(line.trimEnd()) ?? [];
      return name === '' ? [] : [[name, value]];
    });
    if (fields.length > 1) values.push(Object.fromEntries(fields));
    else rest.push(paragraph);
  }
  return { values, rest: rest.join('\n\n') };
}
