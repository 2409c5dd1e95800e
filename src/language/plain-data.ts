import { cleanText } from './invisible.ts';
import { withoutMarkup } from './markup.ts';

/** A text as data is shown to a model: nothing invisible, no markup. */
export function plainText(text: string): string {
  return cleanText(withoutMarkup(cleanText(text)));
}

/**
 * What a tool gave, at most `longest` characters of it, as data is shown: JSON stays JSON, with its texts made plain, and is cut
 * after a whole entry; anything else is one text. `cut` is true where something is missing.
 */
export function plainData(given: string, longest: number): { text: string; cut: boolean } {
  const cut = given.length > longest;
  const isJson = /^\s*[[{]/.test(given);
  const whole = cut ? (isJson && cutJson(given, longest)) || given.slice(0, longest) : given;
  return { text: (isJson && plainJson(whole)) || plainText(whole), cut };
}

/** Null where it is no JSON. */
function plainJson(json: string): string | null {
  try {
    let changed = false;
    const plain = (text: string) => {
      const made = plainText(text);
      changed ||= made !== text;
      return made;
    };
    const value: unknown = JSON.parse(json, ((_key: string, inner: unknown, { source = '' }: { source?: string }) => {
      if (typeof inner === 'string') return plain(inner);
      // As it was written: 12345678901234567890 would be another number.
      if (typeof inner === 'number' && String(inner) !== source) return rawJson(source);
      return isPlainObject(inner)
        ? Object.fromEntries(Object.entries(inner).map(([key, one]) => [plain(key), one]))
        : inner;
    }) as (key: string, value: unknown) => unknown);
    return changed ? JSON.stringify(value) : json;
  } catch {
    return null;
  }
}

const rawJson = (JSON as unknown as { rawJSON(source: string): object }).rawJSON;
const isRawJson = (JSON as unknown as { isRawJSON(value: unknown): boolean }).isRawJSON;

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isRawJson(value);
}

/** The beginning of a JSON text, up to a whole entry, closed; null where there is none. */
function cutJson(json: string, longest: number): string | null {
  const open: string[] = [];
  let inText = false;
  let end = 0;
  let closers = '';
  for (let at = 0; at < longest - open.length; at += 1) {
    const character = json[at];
    if (inText) {
      if (character === '\\') at += 1;
      else if (character === '"') inText = false;
    } else if (character === '"') inText = true;
    else if (character === '{' || character === '[') open.push(character === '{' ? '}' : ']');
    else if (character === '}' || character === ']') open.pop();
    else if (character === ',') {
      end = at;
      closers = '';
      if (open.length < 64) closers = open.toReversed().join('');
    }
  }
  return end > 0 && closers !== '' ? json.slice(0, end) + closers : null;
}
