/** Doubling delays up to `max`, with jitter so that a thousand pages do not come back at the same moment. Milliseconds. */
export function backoff(attempt: number, base: number, max: number): number {
  const full = Math.min(max, base * 2 ** Math.min(attempt, 16));
  return full * (0.5 + Math.random() / 2);
}

/** Resolves after `ms`, or as soon as `signal` aborts or the browser comes back online. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      globalThis.window?.removeEventListener('online', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
    globalThis.window?.addEventListener('online', done);
  });
}
