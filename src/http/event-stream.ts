/** Milliseconds that a client waits before it connects again: half as long to half as long again, so that not all come at once. */
const RETRY_MS = 1_000;
const HEARTBEAT_MS = 15_000;

export type EventStreamOptions = {
  /** Default 15,000. */
  heartbeatMs?: number | undefined;
  /** Ends the stream, so that the client connects again, elsewhere or later. */
  closing?: AbortSignal | undefined;
  /** Further headers of the answer. */
  headers?: Record<string, string>;
  /** Called when the stream has ended, however it did. */
  onEnd?(): void;
  /** Told when the events broke off; the stream then ends and the client resumes by `Last-Event-ID`. */
  onTrouble(error: unknown): void;
};

/** One server-sent event. `data` is written as JSON, or as it is where it is a text. */
export type Frame = { id: number; data: unknown };

/**
 * Frames as a `text/event-stream`, a comment after each silence.
 *
 * `follow` is called when the body is first read and its signal aborts when the client goes away or the stream ends.
 * The next event is asked for only when the client has taken the one before: a slow reader holds nothing in memory.
 */
export function eventStream(
  follow: (signal: AbortSignal) => AsyncIterable<Frame>,
  options: EventStreamOptions,
): Response {
  const { closing, heartbeatMs = HEARTBEAT_MS } = options;
  const ended = new AbortController();
  const encoder = new TextEncoder();
  let cancelled = false;
  let events: AsyncIterator<Frame> | undefined;
  let coming: Promise<IteratorResult<Frame>> | undefined;

  const start = () => {
    if (closing?.aborted) ended.abort();
    closing?.addEventListener('abort', () => ended.abort(), { signal: ended.signal });
    events = follow(ended.signal)[Symbol.asyncIterator]();
    return `retry: ${Math.round(RETRY_MS * (0.5 + Math.random()))}\n\n`;
  };
  /** The next frame, or a comment after a silence; null at the end. */
  const nextFrame = (iterator: AsyncIterator<Frame>) =>
    new Promise<string | null>((resolve, reject) => {
      const silence = setTimeout(resolve, heartbeatMs, ': still here\n\n');
      coming ??= iterator.next();
      coming
        .finally(() => clearTimeout(silence))
        .then((next) => {
          coming = undefined;
          resolve(next.done ? null : written(next.value));
        })
        .catch(reject);
    });

  const end = () => {
    ended.abort();
    options.onEnd?.();
    // The abort wakes an iterator that waits; this lets go of one that had given an event.
    events?.return?.().catch(options.onTrouble);
  };

  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const frame = events ? await nextFrame(events) : start();
          if (cancelled) return;
          if (frame !== null) return controller.enqueue(encoder.encode(frame));
        } catch (error) {
          if (!ended.signal.aborted) options.onTrouble(error);
        }
        end();
        if (!cancelled) controller.close();
      },
      cancel() {
        cancelled = true;
        end();
      },
    },
    // Nothing is read ahead of the client; a body that is never read (HEAD) never starts to follow.
    { highWaterMark: 0 },
  );
  return new Response(body, {
    headers: {
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-store, no-transform',
      'X-Accel-Buffering': 'no',
      ...options.headers,
    },
  });
}

function written({ id, data }: Frame): string {
  return `id: ${id}\ndata: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;
}

/** True where the `Accept` header asks for an event stream. */
export function wantsEvents(accept: string | undefined): boolean {
  return (accept ?? '').split(',').some((range) => {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    return type === 'text/event-stream' && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  });
}
