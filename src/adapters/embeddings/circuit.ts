export type Circuit = {
  /** False while the other side is left alone; one attempt after each pause is let through. */
  closed(): boolean;
  succeeded(): void;
  failed(): void;
};

/**
 * Leaves a failing server alone: after `failures` in a row for `firstMs`, twice as long each time it fails again, at
 * most `longestMs`. `onChange` hears when that begins and when it is over.
 */
export function circuit(options: {
  failures: number;
  firstMs: number;
  longestMs: number;
  onChange(open: boolean): void;
}): Circuit {
  let failed = 0;
  let pauseMs = options.firstMs;
  let openUntil = 0;
  return {
    closed() {
      if (failed < options.failures) return true;
      if (performance.now() < openUntil) return false;
      // The others wait for what becomes of this attempt.
      openUntil = performance.now() + pauseMs;
      return true;
    },
    succeeded() {
      if (failed >= options.failures) options.onChange(false);
      failed = 0;
      pauseMs = options.firstMs;
    },
    failed() {
      failed++;
      if (failed < options.failures) return;
      if (failed === options.failures) options.onChange(true);
      else pauseMs = Math.min(2 * pauseMs, options.longestMs);
      openUntil = performance.now() + pauseMs;
    },
  };
}
