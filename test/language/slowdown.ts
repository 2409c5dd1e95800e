/** How much longer a text takes than the same characters in 64 texts: about 1 where time is linear, 64 where it is square. */
export function slowdown(run: (text: string) => unknown, text: (length: number) => string): number {
  const [short, long] = [text(4_000), text(256_000)];
  const time = (times: number, one: string) => {
    const start = performance.now();
    for (let done = 0; done < times; done += 1) run(one);
    return performance.now() - start;
  };
  time(4, short);
  const least = (times: number, one: string) => Math.min(...[1, 2, 3].map(() => time(times, one)));
  // A millisecond is what a clock may be wrong by.
  return least(1, long) / (least(64, short) + 1);
}
