import { setTimeout as pause } from 'node:timers/promises';
import type { TextRole } from '../../language/embedder.ts';
import { circuit } from './circuit.ts';
import type { EmbeddingsApi } from './embeddings-api.ts';
import { type CallTrouble, callEmbeddings } from './embeddings-call.ts';

export type AskOptions = {
  /** Hears sentences for the log, without the key. */
  onTrouble?: (sentence: string) => void;
  /** For a question, in which there is one attempt. Default 1,000 ms. */
  questionMs?: number;
  /** For one attempt at documents. Default 60,000 ms. */
  documentsMs?: number;
  /** Attempts at documents in all. Default 5. */
  attempts?: number;
  /** Before the second attempt; doubled each time. Default 1,000 ms. */
  backoffMs?: number;
  /** A server that asks for a longer pause is not asked again. Default 120,000 ms. */
  longestRetryAfterMs?: number;
  /** How long a server that has failed three questions is left alone; doubled each time. Default 30,000 ms. */
  restMs?: number;
};

const DEFAULTS = {
  ...{ questionMs: 1_000, documentsMs: 60_000, attempts: 5, backoffMs: 1_000 },
  ...{ longestRetryAfterMs: 120_000, restMs: 30_000 },
};
const FAILURES = 3;
const LONGEST_REST_MS = 300_000;
const LONGEST_BACKOFF_MS = 30_000;
/** How servers say that a batch is too large for them. */
const TOO_LARGE = /^413|^400.*(token|too l|length|large|batch|maximum|context)/i;

/** One batch at a time: a question once, documents until they are read or it is hopeless. Rejects with a sentence. */
export type Asker = {
  question(texts: readonly string[], as: TextRole | undefined): Promise<Float32Array[]>;
  documents(texts: readonly string[]): Promise<Float32Array[]>;
  spent(): { requests: number; tokens: number };
};

/** `signal` ends everything. */
export function asker(api: EmbeddingsApi, options: AskOptions, signal: AbortSignal): Asker {
  const own = { onTrouble: () => {}, ...DEFAULTS, ...options };
  const spent = { requests: 0, tokens: 0 };
  let dimensions: number | null = null;
  const rest = circuit({
    ...{ failures: FAILURES, firstMs: own.restMs, longestMs: LONGEST_REST_MS },
    onChange: (open) =>
      own.onTrouble(open ? 'the encoder is left alone for a while: words must do' : 'the encoder reads again'),
  });

  async function attempt(texts: readonly string[], as: TextRole | undefined): Promise<Float32Array[] | CallTrouble> {
    const limit = AbortSignal.timeout(as === 'document' ? own.documentsMs : own.questionMs);
    const call = { body: api.body(texts, as), count: texts.length, signal: AbortSignal.any([limit, signal]) };
    spent.requests++;
    const answer = await callEmbeddings(api, call);
    if (!('vectors' in answer)) return answer;
    spent.tokens += answer.tokens;
    const found = answer.vectors[0]?.length ?? 0;
    dimensions ??= found;
    const detail = `its vectors have ${found} numbers now, not ${dimensions}: is it another model?`;
    return found === dimensions ? answer.vectors : { detail, retry: false };
  }

  async function question(texts: readonly string[], as: TextRole | undefined): Promise<Float32Array[]> {
    if (!rest.closed()) throw new Error('The encoder failed, and is left alone for a while.');
    const answer = await attempt(texts, as);
    if (Array.isArray(answer)) {
      rest.succeeded();
      return answer;
    }
    if (!signal.aborted) own.onTrouble(`the encoder did not read a question: ${answer.detail}`);
    rest.failed();
    throw new Error(`The encoder did not read a question: ${answer.detail}`);
  }

  async function documents(texts: readonly string[]): Promise<Float32Array[]> {
    for (let tried = 1; ; tried++) {
      const answer = await attempt(texts, 'document');
      if (Array.isArray(answer)) {
        rest.succeeded();
        return answer;
      }
      if (texts.length > 1 && TOO_LARGE.test(answer.detail)) return halves(texts);
      const tooLong = (answer.retryAfterMs ?? 0) > own.longestRetryAfterMs;
      if (signal.aborted || !answer.retry || tooLong || tried >= own.attempts)
        throw new Error(`The encoder did not read ${texts.length} texts: ${answer.detail}`);
      own.onTrouble(`the encoder is asked again for ${texts.length} texts: ${answer.detail}`);
      await pause(answer.retryAfterMs ?? backoff(own.backoffMs, tried), undefined, { signal });
    }
  }

  async function halves(texts: readonly string[]): Promise<Float32Array[]> {
    const middle = Math.ceil(texts.length / 2);
    const first = await documents(texts.slice(0, middle));
    return [...first, ...(await documents(texts.slice(middle)))];
  }

  return { question, documents, spent: () => ({ ...spent }) };
}

function backoff(firstMs: number, tried: number): number {
  return Math.min(firstMs * 2 ** (tried - 1), LONGEST_BACKOFF_MS) * (1 - Math.random() / 4);
}
