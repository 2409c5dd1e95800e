import type Anthropic from '@anthropic-ai/sdk';
import type { Model, ModelEvent, ModelRequest } from '../agent/model.ts';
import { withBreakpoint } from './claude/breakpoint.ts';
import { cleaner, connect } from './claude/connect.ts';
import { eventQueue } from './claude/event-queue.ts';
import { readBody } from './claude/read-body.ts';
import { watchSilence } from './claude/silence.ts';
import { type Trouble, troubleOf } from './claude/trouble.ts';

export type ClaudeOptions = {
  /** Sent as a Bearer token. May be missing where `baseUrl` is given: then no authorization is sent at all. */
  apiKey?: string | null | undefined;
  /** Where the Messages API is served, without `/v1`. Default: Anthropic's own address. */
  baseUrl?: string | null | undefined;
  /** A ready client (Vertex, Foundry) in place of `apiKey` and `baseUrl`; its streams must be server-sent events. */
  client?: Pick<Anthropic, 'messages'> | undefined;
  /** Calls in all, the first one included. Default 3. */
  maxAttempts?: number | undefined;
  /** Delay before the second attempt, milliseconds; doubled each time, less up to a quarter at random. Default 1,000. */
  backoffMs?: number | undefined;
  /** A server that asks for a longer pause than this is not asked again. Default 60,000 ms. */
  longestRetryAfterMs?: number | undefined;
  /** Silence on the wire, not even a ping, after which an attempt counts as stalled. Default 30,000 ms. */
  idleMs?: number | undefined;
  /** Time without an event after which `waiting` is yielded, once an attempt. Default 4,000 ms. */
  waitingMs?: number | undefined;
};

const DEFAULTS = { maxAttempts: 3, backoffMs: 1_000, longestRetryAfterMs: 60_000, idleMs: 30_000, waitingMs: 4_000 };
const LONGEST_BACKOFF_MS = 8_000;
/** How long a server may take to close a finished stream before we close it (and lose the connection's reuse). */
const DRAIN_MS = 100;

type Link = Required<{ [K in keyof typeof DEFAULTS]: number }> & {
  client: Pick<Anthropic, 'messages'>;
  /** What may be logged of an error's text. */
  clean(text: string): string;
};

/**
 * Claude, or whatever else speaks the Messages API at `baseUrl`, behind the `Model` seam: streaming, one cache
 * breakpoint on the newest message, retries, a watchdog over a silent body.
 * Reads no environment. Throws at once on a key or an address that can never work; later failures are events.
 */
export function claudeModel(options: ClaudeOptions): Model {
  const key = options.apiKey?.trim();
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const link: Link = {
    ...DEFAULTS,
    ...given,
    client: options.client ?? connect(key, options.baseUrl ?? undefined),
    clean: cleaner(key),
  };
  return (request, signal) => ({
    [Symbol.asyncIterator]() {
      const gone = new AbortController();
      const queue = eventQueue<ModelEvent>(() => gone.abort());
      const call = { link, body: withBreakpoint(request), signal: AbortSignal.any([signal, gone.signal]) };
      void answer({ ...call, emit: queue.push }).then(queue.end);
      return queue.reader;
    },
  });
}

type Call = { link: Link; body: ModelRequest; signal: AbortSignal; emit(event: ModelEvent): void };

/** The attempts of one call, one after the other. Never rejects. */
async function answer(call: Call): Promise<void> {
  const { link, signal, emit } = call;
  for (let attempt = 1; !signal.aborted; attempt++) {
    const trouble = await tryOnce(call);
    if (!trouble || signal.aborted) return;
    const detail = link.clean(trouble.detail);
    if (!trouble.retry || attempt >= link.maxAttempts) return emit({ type: 'failed', code: trouble.code, detail });
    if ((trouble.retryAfterMs ?? 0) > link.longestRetryAfterMs) {
      return emit({ type: 'failed', code: 'rate_limited', detail });
    }
    const delayMs = trouble.retryAfterMs ?? backoff(link.backoffMs, attempt);
    emit({ type: 'retrying', attempt: attempt + 1, delayMs, detail });
    await sleep(delayMs, signal);
  }
}

function backoff(firstMs: number, attempt: number): number {
  return Math.round(Math.min(firstMs * 2 ** (attempt - 1), LONGEST_BACKOFF_MS) * (1 - Math.random() / 4));
}

/** Resolves after `ms`, or at once when `signal` aborts. */
function sleep(ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, Math.max(ms, 0));
  const abort = () => resolve();
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  return promise.finally(() => {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  });
}

/** One HTTP call. Emits its events; resolves with what went wrong, or null when it ended well or was aborted. */
async function tryOnce({ link, body, signal, emit }: Call): Promise<Trouble | null> {
  const { promise: over, resolve: end } = Promise.withResolvers<Trouble | null>();
  const call = new AbortController();
  const abort = () => end(null);
  signal.addEventListener('abort', abort, { once: true });
  const wire = watchSilence(link.idleMs, () => end(stalled(link.idleMs)));
  const patience = watchSilence(link.waitingMs, () => emit({ type: 'waiting' }));
  let complete = false;
  const onEvent = (event: ModelEvent) => {
    // What still comes of an attempt that was given up.
    if (call.signal.aborted) return;
    patience.touch();
    emit(event);
    if (event.type !== 'message_stop') return;
    complete = true;
    end(null);
  };
  const reading = readAnswer({ link, body, signal: call.signal }, { onBytes: wire.touch, onEvent }).then(end);
  const trouble = await over;
  wire.stop();
  patience.stop();
  signal.removeEventListener('abort', abort);
  // A finished stream is left to the server to close, so that the connection can be used again.
  if (complete) void Promise.race([reading, sleep(DRAIN_MS, call.signal)]).then(() => call.abort());
  else call.abort();
  return trouble;
}

function stalled(idleMs: number): Trouble {
  return { code: 'stalled', retry: true, detail: `nothing came for ${idleMs} ms` };
}

/** Asks, and reads the answer to its end. Never rejects. */
async function readAnswer(
  { link, body, signal }: Omit<Call, 'emit'>,
  listener: Parameters<typeof readBody>[1],
): Promise<Trouble | null> {
  try {
    const answer = link.client.messages.create({ ...body, stream: true }, { signal, maxRetries: 0 });
    const response = await answer.asResponse();
    listener.onBytes();
    const detail = await readBody(response, listener);
    return detail === null ? null : { code: 'unreachable', retry: true, detail };
  } catch (error) {
    return troubleOf(error);
  }
}
