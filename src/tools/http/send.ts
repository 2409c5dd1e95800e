import { setTimeout as sleep } from 'node:timers/promises';
import { type FetchProblem, guardedFetch } from '../../net/guarded-fetch.ts';
import type { Outgoing } from './outgoing.ts';

/** `body` is null where it could not be read whole, though the status had come. */
export type Reply = { status: number; headers: Headers; body: Uint8Array | null };

/** No status came. `unsent`: the request certainly reached nobody. The message names the host, never path or values. */
export class NoReplyError extends Error {
  override name = 'NoReplyError';
  readonly unsent: boolean;
  constructor(message: string, unsent: boolean) {
    super(message);
    this.unsent = unsent;
  }
}

export type SendOptions = {
  /** A GET without effect: asked again where it came to nothing, and redirects are followed. */
  repeatable: boolean;
  /** Sent as `Idempotency-Key`; null for what has no effect. */
  idempotencyKey: string | null;
  /** For all attempts together. */
  timeoutMs: number;
  maxBytes: number;
  signal: AbortSignal;
};

const ATTEMPTS = 3;
const FIRST_PAUSE_MS = 250;
const PASSING: ReadonlySet<number> = new Set([429, 500, 502, 503, 504]);
const REDIRECTS = 5;

/**
 * Sends a call and gives back whatever status came. The host that the configuration named may be anywhere; a redirect to
 * another only public. What has no effect is asked up to three times where the server is in trouble, after the pause it
 * asked for, if that fits the time; what has one goes out once and follows no redirect.
 */
export async function send(call: Outgoing, options: SendOptions): Promise<Reply> {
  const until = Date.now() + options.timeoutMs;
  for (let attempt = 1; ; attempt++) {
    const reply = await sendOnce(call, { ...options, timeoutMs: Math.max(1, until - Date.now()) });
    const again = options.repeatable && attempt < ATTEMPTS && isPassing(reply);
    const pause = again ? pauseMs(reply, attempt) : 0;
    if (!again || Date.now() + pause >= until) {
      if (reply instanceof NoReplyError) throw reply;
      return reply;
    }
    await sleep(pause, undefined, { signal: options.signal });
  }
}

async function sendOnce(call: Outgoing, options: SendOptions): Promise<Reply | NoReplyError> {
  const { repeatable, idempotencyKey, timeoutMs, maxBytes, signal } = options;
  let head: { status: number; headers: Headers } | null = null;
  const answer = await guardedFetch(call.url.href, {
    method: call.method,
    headers: {
      accept: 'application/json, text/plain;q=0.9, */*;q=0.1',
      'user-agent': 'Frontdesk',
      ...call.headers,
      ...(idempotencyKey !== null && { 'idempotency-key': idempotencyKey }),
    },
    ...(call.body !== undefined && { body: call.body }),
    network: { trusted: [call.url.origin] },
    maxRedirects: repeatable ? REDIRECTS : 0,
    wantsBody: (came) => {
      head = came;
      return true;
    },
    ...{ timeoutMs, maxBytes, signal },
  });
  if (answer.ok) return { status: answer.status, headers: answer.headers, body: answer.bytes };
  return withoutBody(head, answer.problem) ?? new NoReplyError(answer.problem.message, answer.problem.unsent === true);
}

/** The status of an answer whose body was too long, too slow or broken. */
function withoutBody(
  head: { status: number; headers: Headers } | null,
  { code }: FetchProblem['problem'],
): Reply | null {
  return head && code !== 'redirect_refused' ? { status: head.status, headers: head.headers, body: null } : null;
}

function isPassing(reply: Reply | NoReplyError): boolean {
  return reply instanceof NoReplyError || PASSING.has(reply.status);
}

/** What the server asked for, else longer with every attempt, and not for all callers the same. */
function pauseMs(reply: Reply | NoReplyError, attempt: number): number {
  const asked = reply instanceof NoReplyError ? null : retryAfterMs(reply.headers.get('retry-after'));
  return asked ?? FIRST_PAUSE_MS * 3 ** (attempt - 1) * (0.5 + Math.random() / 2);
}

function retryAfterMs(header: string | null): number | null {
  if (header === null || header.trim() === '') return null;
  const ms = /^\s*\d+\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isNaN(ms) ? null : Math.max(0, ms);
}
