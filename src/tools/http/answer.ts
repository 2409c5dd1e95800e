import { isRecord } from '../schema-words.ts';
import type { Redact } from './redact.ts';
import type { Reply } from './send.ts';
import { valueAtPath } from './template.ts';

/** What of an answer the model gets to see. */
export type AnswerRules = {
  /** Paths of a JSON answer, such as `status` or `lines.sku` through lists; null for all of it. */
  pick: readonly string[] | null;
  /** Sentences for a status that means "refused, nothing was done". */
  problems: Readonly<Record<number, string>>;
  /** Path of the text in a refusal's JSON that may be told; null for none. */
  errorMessage: string | null;
  maxBytes: number;
};

export const WHOLE_ANSWER: AnswerRules = { pick: null, problems: {}, errorMessage: null, maxBytes: 1_000_000 };

/** An answer that is not what a tool can use. Its message names no content. */
export class UnreadableError extends Error {
  override name = 'UnreadableError';
}

const LONGEST_MESSAGE = 300;

/** The text for the model: JSON as it came or as picked, or plain text. Throws `UnreadableError` for anything else. */
export function contentOf({ status, headers, body }: Reply, { pick }: Pick<AnswerRules, 'pick'>): string {
  if (body === null) throw new UnreadableError('the answer could not be read whole');
  if (status === 204 || body.length === 0) return 'Done.';
  const text = decode(body);
  const type = headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const isJson = /[/+]json$/.test(type) || (type === '' && /^\s*[[{]/.test(text));
  if (isJson) return JSON.stringify(picked(parsed(text), pick));
  if (pick !== null || !isPlain(type)) throw new UnreadableError(`the answer is no JSON but ${type || 'of no type'}`);
  return text;
}

/** The sentence about a refusal, which comes from the author, or from the place in the answer that the author named. */
export function refusalOf({ status, body }: Reply, { problems, errorMessage }: AnswerRules, redact: Redact): string {
  const own = Object.hasOwn(problems, status) ? problems[status] : undefined;
  if (own !== undefined) return own;
  const said = errorMessage !== null && body !== null ? messageAt(body, errorMessage, redact) : null;
  return said ?? sentenceFor(status);
}

function messageAt(body: Uint8Array, path: string, redact: Redact): string | null {
  try {
    const value = valueAtPath(parsed(decode(body)), path);
    if (typeof value !== 'string' || value.trim() === '') return null;
    // Before it is cut: half a secret would not be found.
    return redact(value).replace(/\s+/g, ' ').trim().slice(0, LONGEST_MESSAGE).toWellFormed();
  } catch {
    return null;
  }
}

function sentenceFor(status: number): string {
  if (status === 401 || status === 403) return 'The service did not allow this.';
  if (status === 404 || status === 410) return 'Nothing was found for this.';
  if (status === 409) return 'The service says that this does not go together with how things stand.';
  if (status === 429) return 'The service is too busy at the moment. It may work in a few minutes.';
  return 'The service did not accept this.';
}

/** Only the fields at `paths`, nested as they were; the entries of lists each. */
function picked(value: unknown, paths: readonly string[] | null): unknown {
  return paths === null
    ? value
    : pickFrom(
        value,
        paths.map((path) => path.split('.')),
      );
}

function pickFrom(value: unknown, paths: readonly (readonly string[])[]): unknown {
  if (Array.isArray(value)) return value.map((entry) => pickFrom(entry, paths));
  if (!isRecord(value)) return value;
  const entries = [...new Set(paths.map(([name = '']) => name))].filter((name) => Object.hasOwn(value, name));
  return Object.fromEntries(
    entries.map((name) => {
      const deeper = paths.filter(([first]) => first === name).map((path) => path.slice(1));
      return [name, deeper.some(({ length }) => length === 0) ? value[name] : pickFrom(value[name], deeper)];
    }),
  );
}

function parsed(text: string): unknown {
  try {
    return /\d{16}/.test(text) ? JSON.parse(text, exact as (key: string, value: unknown) => unknown) : JSON.parse(text);
  } catch {
    throw new UnreadableError('the answer is not valid JSON');
  }
}

/** A whole number that would be rounded stays as it was written, as text: it may be the number of an order. */
function exact(_key: string, value: unknown, { source = '' }: { source?: string }): unknown {
  return Number.isInteger(value) && !Number.isSafeInteger(value) && /^-?\d+$/.test(source) ? source : value;
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8').decode(bytes);
}

function isPlain(type: string): boolean {
  return type.startsWith('text/') && !/html|xml/.test(type);
}
