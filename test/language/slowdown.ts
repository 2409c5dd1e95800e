/** How often a text may seem slow, since the machine does other things as well. */
const MOST_TRIES = 3;
/** So much longer is not looked at again. */
const LINEAR = 4;

/** How much longer a text takes than the same characters in 64 texts: about 1 where time is linear, 64 where it is square. */
export function slowdown(run: (text: string) => unknown, text: (length: number) => string): number {
  const [short, long] = [text(4_000), text(256_000)];
  const time = (times: number, one: string) => {
    const start = performance.now();
    for (let done = 0; done < times; done += 1) run(one);
    return performance.now() - start;
  };
  time(4, short);
  // A millisecond is what a clock may be wrong by.
  const short64 = time(64, short) + 1;
  let least = Number.POSITIVE_INFINITY;
  for (let tried = 0; tried < MOST_TRIES && least > LINEAR * short64; tried += 1)
    least = Math.min(least, time(1, long));
  return least / short64;
}
