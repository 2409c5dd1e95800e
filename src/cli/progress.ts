const WIDTH = 24;
const EVERY_MS = 100;
const PLAIN_EVERY_MS = 5_000;

/** How far something is. `of` may grow. `note`: what else is to be told, such as what it has cost so far. */
export type Step = { what: string; done: number; of: number; note?: string };

export type Progress = { show(step: Step): void; end(): void };

/**
 * Tells how far something is: in a terminal one line that is written over and over, elsewhere a line every five seconds.
 */
export function progressOn(stream: NodeJS.WriteStream, now: () => number = Date.now): Progress {
  const isTerminal = stream.isTTY === true;
  let begun = { what: '', at: 0, done: 0 };
  let last = 0;
  let shownAt = 0;
  let isShown = false;
  return {
    show(step) {
      const at = now();
      // Another thing, or the same from its beginning.
      if (begun.what !== step.what || step.done < last) {
        begun = { what: step.what, at, done: step.done };
        shownAt = isTerminal ? 0 : at;
      }
      last = step.done;
      if (at - shownAt < (isTerminal ? EVERY_MS : PLAIN_EVERY_MS)) return;
      shownAt = at;
      const line = describe(step, { done: step.done - begun.done, ms: at - begun.at });
      if (!isTerminal) stream.write(`${line}\n`);
      else stream.write(`\r\u001b[2K${bar(step)} ${line}`.slice(0, Math.max(20, stream.columns ?? 80) + 5));
      isShown = isTerminal;
    },
    end() {
      if (isShown) stream.write('\r\u001b[2K');
      isShown = false;
    },
  };
}

function bar({ done, of }: Step): string {
  const full = of === 0 ? 0 : Math.round((WIDTH * Math.min(done, of)) / of);
  return `[${'#'.repeat(full)}${'-'.repeat(WIDTH - full)}]`;
}

/** `412/1000 files, 38/s, 0:15 left`; rate and rest only once they mean something. */
export function describe({ what, done, of, note }: Step, since: { done: number; ms: number }): string {
  const counts = `${done}/${of} ${what}${note === undefined ? '' : `, ${note}`}`;
  const rate = (since.done * 1000) / since.ms;
  if (since.ms < 500 || since.done === 0) return counts;
  const left = Math.max(0, Math.round((of - done) / rate));
  const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
  return `${counts}, ${rate < 10 ? rate.toFixed(1) : Math.round(rate)}/s, ${clock} left`;
}
