import { readText } from '../bounded-text.ts';
import { type EmbeddingsAnswer, readEmbeddings } from './embeddings-answer.ts';
import type { EmbeddingsApi } from './embeddings-api.ts';

/** One request that came to nothing. */
export type CallTrouble = {
  /** For logs: without the key. */
  detail: string;
  /** Another attempt may help. */
  retry: boolean;
  /** The pause that the server asked for. */
  retryAfterMs?: number;
};

type Read = Extract<EmbeddingsAnswer, { vectors: unknown }>;

const LONGEST_DETAIL = 300;
/** A thousand vectors of 2,048 numbers written out are 40 MB. */
const LARGEST_ANSWER = 64_000_000;

/** Asks once. Never rejects; follows no redirect, so that the key goes nowhere else. */
export async function callEmbeddings(
  api: EmbeddingsApi,
  { body, count, signal }: { body: object; count: number; signal: AbortSignal },
): Promise<Read | CallTrouble> {
  try {
    const response = await fetch(api.address, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        ...(api.key !== null && { authorization: `Bearer ${api.key}` }),
      },
      body: JSON.stringify(body),
      redirect: 'error',
      signal,
    });
    const text = await readText(response, LARGEST_ANSWER);
    if (!response.ok) return refused(response, clean(text, api.key));
    const answer = readEmbeddings(parseJson(text), count);
    return 'problem' in answer ? { detail: answer.problem, retry: true } : answer;
  } catch (error) {
    const causes = signal.aborted ? 'it took too long' : causesOf(error).join(': ');
    return { detail: clean(causes, api.key), retry: true };
  }
}

function refused({ status, headers }: Response, text: string): CallTrouble {
  const retryAfterMs = readRetryAfter(headers.get('retry-after'));
  return {
    detail: `${status} ${text}`.trim(),
    retry: status === 408 || status === 429 || status >= 500,
    ...(retryAfterMs !== null && { retryAfterMs }),
  };
}

function readRetryAfter(value: string | null): number | null {
  if (value === null) return null;
  const ms = /^\s*\d/.test(value) ? Number.parseFloat(value) * 1_000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.max(ms, 0) : null;
}

/** First the key, then the cut: a cut through the key would leave half of it. */
function clean(text: string, key: string | null): string {
  return (key ? text.replaceAll(key, '[key]') : text).replace(/\s+/g, ' ').slice(0, LONGEST_DETAIL);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function causesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return error === undefined ? [] : [String(error)];
  return [error.message || error.name, ...causesOf(error.cause)];
}
