const WIDTH = 24;

/** Draws a bar on standard error where that is a terminal, else nothing. */
export function progressBar(name: string): { show(done: number, all: number): void; end(): void } {
  if (!process.stderr.isTTY) return { show: () => {}, end: () => {} };
  const start = performance.now();
  return {
    show(done, all) {
      const share = all === 0 ? 1 : done / all;
      const full = Math.round(share * WIDTH);
      const left = share > 0 ? ((performance.now() - start) * (1 - share)) / share / 1_000 : 0;
      const bar = `${'█'.repeat(full)}${'░'.repeat(WIDTH - full)}`;
      process.stderr.write(`\r\u001b[K${name} ${bar} ${done} of ${all}, ${Math.ceil(left)} s left`);
    },
    end: () => void process.stderr.write('\r\u001b[K'),
  };
}
