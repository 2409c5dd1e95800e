import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Which core the process under test has for itself; null where that cannot be arranged, and then why. */
export type Pinning = { core: number | null; note: string };

/** Moves this process off the last core it may use, which then belongs to the processes under test. */
export function pinGenerator(): Pinning {
  const cores = allowedCores();
  const core = cores.at(-1);
  if (core === undefined || cores.length < 2) {
    return { core: null, note: 'Not pinned: there are no two cores to part the load from what it loads.' };
  }
  const others = cores.slice(0, -1).join(',');
  const moved = spawnSync('taskset', ['-a', '-cp', others, String(process.pid)], { stdio: 'ignore' });
  if (moved.status !== 0) return { core: null, note: 'Not pinned: there is no taskset. The figures are rougher.' };
  return { core, note: `The process under test has core ${core} for itself, the load has ${others}.` };
}

/** Nothing on systems without /proc. */
function allowedCores(): number[] {
  try {
    const list = /^Cpus_allowed_list:\s*(\S+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '';
    return list.split(',').flatMap((range) => {
      const [first = 0, last = first] = range.split('-').map(Number);
      return Array.from({ length: last - first + 1 }, (_, n) => first + n);
    });
  } catch {
    return [];
  }
}
