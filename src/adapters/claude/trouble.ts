import type { APIError } from '@anthropic-ai/sdk';
import type { ModelFailure } from '../../agent/model.ts';

/** What went wrong with one attempt, and whether another one may help. */
export type Trouble = {
  code: ModelFailure['code'];
  detail: string;
  retry: boolean;
  /** The pause that the server asked for, milliseconds. */
  retryAfterMs?: number;
};

/** The status that stands for an error type: an error event in the middle of a stream has no status of its own. */
const STATUS_OF: Record<string, number> = {
  invalid_request_error: 400,
  authentication_error: 401,
  billing_error: 402,
  permission_error: 403,
  not_found_error: 404,
  conflict_error: 409,
  request_too_large: 413,
  rate_limit_error: 429,
  api_error: 500,
  timeout_error: 504,
  overloaded_error: 529,
};

/** Error codes and sentences of a limit on money: waiting seconds does not help, and each retry is one more refusal. */
const SPEND_CODE = /spend_limit|billing|credit/;
const SPEND_WORDS = /\b(spend(ing)?|usage|credit|billing) (limit|cap|balance|quota)s?\b/i;
const CONTEXT_WORDS = /prompt is too long|context[ _](limit|window|length|size)|exceeds? the maximum number of tokens/i;

/** The part without which an event of that type cannot be read; null where there is none. */
const PARTS: Record<string, string | null> = {
  message_start: 'message',
  content_block_start: 'content_block',
  content_block_delta: 'delta',
  content_block_stop: null,
  message_delta: 'delta',
  message_stop: null,
};

/** A type that the API may add at any time: to be passed over. */
export const UNKNOWN_EVENT = 'unknown event';

/** What is wrong with a parsed stream event, or null. */
export function streamProblem(event: unknown): string | null {
  if (typeof event !== 'object' || event === null) return 'the stream has an event that is not an object';
  const { type } = event as { type?: unknown };
  if (typeof type !== 'string' || !Object.hasOwn(PARTS, type)) return UNKNOWN_EVENT;
  const part = PARTS[type];
  return part && typeof (event as Record<string, unknown>)[part] !== 'object'
    ? `the stream has a ${type} without its ${part}`
    : null;
}

/** Reads whatever the SDK threw. By its fields, not its class: an injected client may bring a copy of its own. */
export function troubleOf(error: unknown): Trouble {
  const api = (error instanceof Error ? error : {}) as Partial<APIError>;
  const status = api.status ?? STATUS_OF[api.type ?? ''];
  const detail = describe(error, api);
  if (status === undefined) return { code: 'unreachable', retry: true, detail };
  const message = api.apiMessage ?? api.message ?? '';
  if (isSpendLimit(status, api, message)) return { code: 'spend_limit', retry: false, detail };
  if (status === 400 && CONTEXT_WORDS.test(message)) return { code: 'context_overflow', retry: false, detail };
  if (status !== 408 && status !== 409 && status !== 429 && status < 500)
    return { code: 'rejected', retry: false, detail };
  const retryAfterMs = readRetryAfter(api.headers);
  return {
    code: status === 429 ? 'rate_limited' : 'overloaded',
    retry: api.headers?.get('x-should-retry') !== 'false',
    detail,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

/**
 * A limit on money comes in four shapes: 402; type `billing_error`; 429 with an error code; and 400 or 429 whose
 * sentence alone says so (a limit that the company set itself answers 400).
 */
function isSpendLimit(status: number, api: Partial<APIError>, message: string): boolean {
  if (status === 402 || api.type === 'billing_error') return true;
  if (status !== 429 && status !== 400) return false;
  if (api.errorCode) return SPEND_CODE.test(api.errorCode);
  return SPEND_WORDS.test(message);
}

/** Milliseconds, or undefined where the header is missing or unreadable. */
function readRetryAfter(headers: Headers | undefined): number | undefined {
  const ms = Number.parseFloat(headers?.get('retry-after-ms') ?? '');
  if (ms >= 0) return ms;
  const value = headers?.get('retry-after') ?? '';
  const seconds = Number.parseFloat(value);
  if (seconds >= 0) return seconds * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(date - Date.now(), 0);
}

/** One line for logs: status, type and sentence of the API, or the causes of a broken connection. Not yet redacted. */
function describe(error: unknown, api: Partial<APIError>): string {
  const known = [api.status, api.type, api.errorCode, api.apiMessage].filter(Boolean).join(' ');
  const text = known && api.apiMessage ? known : causes(error).join(': ');
  const id = api.requestID ? `request-id ${api.requestID}: ` : '';
  return (id + text).replace(/\s+/g, ' ');
}

function causes(error: unknown): string[] {
  if (!(error instanceof Error)) return error === undefined ? [] : [String(error)];
  return [error.message, ...causes(error.cause)];
}
