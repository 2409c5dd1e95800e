import type { LoggedEvent } from '../../src/protocol/events.ts';
import { type ApiError, errorOf, toApiError } from './api-error.ts';
import { backoff, pause } from './backoff.ts';
import type { Delays, FollowOptions } from './client.ts';
import { createEventReader } from './event-reader.ts';

type Transport = { delays: Delays; open(lastSeq: number, signal: AbortSignal): Promise<Response> };

type Progress = {
  lastSeq: number;
  /** Attempts since the last sign of life. */
  failures: number;
  /** The first delay before a new attempt; the server may set it with `retry:`. */
  baseDelay: number;
  /** Where a gap was seen, so that it is asked for once and not for ever. */
  gapAfter: number | null;
};

/** See `Client.follow`. */
export async function followEvents(options: FollowOptions, transport: Transport): Promise<void> {
  const progress: Progress = {
    lastSeq: options.after,
    failures: 0,
    baseDelay: transport.delays.base,
    gapAfter: null,
  };
  while (!options.signal.aborted) {
    let problem: ApiError | null = null;
    try {
      await oneConnection(options, transport, progress);
    } catch (error) {
      problem = toApiError(error);
      if (problem.gone && !options.signal.aborted) throw problem;
    }
    if (options.signal.aborted) return;
    options.onConnection('lost', problem?.status ? problem.problem : null);
    const delay = backoff(progress.failures, progress.baseDelay, transport.delays.max);
    await pause(Math.max(delay, (problem?.wait ?? 0) * 1000), options.signal);
    progress.failures += 1;
  }
}

/** Reads one response to its end; rejects where it breaks or falls silent. */
async function oneConnection(options: FollowOptions, transport: Transport, progress: Progress): Promise<void> {
  const silence = new AbortController();
  let watchdog: ReturnType<typeof setTimeout> | undefined;
  const rewind = () => {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => silence.abort(), transport.delays.idle);
  };
  const signal = AbortSignal.any([options.signal, silence.signal]);
  rewind();
  try {
    const response = await transport.open(progress.lastSeq, signal);
    if (!response.ok || !response.body) throw await errorOf(response);
    options.onConnection('live', null);
    const read = createEventReader({
      onData: (data) => deliver(parseEvent(data), options, progress),
      onComment: () => {
        progress.failures = 0;
      },
      onRetry: (ms) => {
        progress.baseDelay = Math.min(ms, transport.delays.max);
      },
    });
    const decoder = new TextDecoder();
    const reader = response.body.getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      rewind();
      read(decoder.decode(part.value, { stream: true }));
    }
  } finally {
    clearTimeout(watchdog);
    silence.abort();
  }
}

function deliver(event: LoggedEvent | null, options: FollowOptions, progress: Progress): void {
  if (!event || event.seq <= progress.lastSeq || options.signal.aborted) return;
  if (event.seq > progress.lastSeq + 1 && progress.gapAfter !== progress.lastSeq) {
    progress.gapAfter = progress.lastSeq;
    throw new Error('events are missing');
  }
  progress.lastSeq = event.seq;
  progress.failures = 0;
  options.onEvent(event);
}

function parseEvent(data: string): LoggedEvent | null {
  try {
    const event: unknown = JSON.parse(data);
    const known = typeof event === 'object' && event !== null && 'seq' in event && 'type' in event;
    return known && Number.isInteger(event.seq) ? (event as LoggedEvent) : null;
  } catch {
    return null;
  }
}
