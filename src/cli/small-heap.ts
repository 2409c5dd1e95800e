import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Keeps the memory of a server with many streams small (docs/decisions/0010): V8 is made for programs that are alone on a
 * machine, and lets garbage be until the heap is several times what lives. For a server that has loaded its program.
 * `waits`: its database is another program, so that what a stream makes lives longer and more of it grows old.
 */
export function keepHeapSmall({ waits }: { waits: boolean }): void {
  // The room for young objects doubles up to 128 MB whenever some outlive a collection, as those of a stream do. What
  // loading the program has taken is enough.
  setFlagsFromString('--semi-space-growth-factor=1');
  // The old ones may double between two collections. Where few grow old, each collection would only hold the streams up.
  if (waits) setFlagsFromString('--heap-growing-percent=100');
  // That is counted from the last full collection; before the first there is no limit.
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
}
