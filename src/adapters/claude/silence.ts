/**
 * Calls `onSilence` once when `touch` was not called for `ms`. A touch is two instructions: the timer is not re-armed
 * for each, it looks at the time of the last one when it fires.
 */
export function watchSilence(ms: number, onSilence: () => void): { touch(): void; stop(): void } {
  let last = performance.now();
  let timer = setTimeout(check, ms);

  function check(): void {
    const left = last + ms - performance.now();
    if (left <= 0) onSilence();
    else timer = setTimeout(check, Math.ceil(left));
  }

  return {
    touch() {
      last = performance.now();
    },
    stop() {
      clearTimeout(timer);
    },
  };
}
