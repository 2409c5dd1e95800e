import { existsSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const MEMORY = '/dev/shm';
const ROOM = 2 ** 31;

/**
 * For databases and browser profiles: in memory where it has room, since on a disk each commit waits for it. What the tests
 * kill are processes; no test needs the disk.
 */
function temporaryFolder(): string {
  if (!existsSync(MEMORY)) return tmpdir();
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize > ROOM ? MEMORY : tmpdir();
}

/** `deep`: those that look at a part of what there is otherwise look at all, alone. */
export default defineConfig(({ mode }) => ({
  resolve: { alias: { 'frontdesk/testing': file('./src/testing/index.ts'), frontdesk: file('./src/index.ts') } },
  test: {
    include: mode === 'deep' ? ['test/**/*.deep.test.ts'] : ['test/**/*.test.ts', 'src/**/*.test.ts'],
    // What is waited for comes when it comes: a machine that others use is no failure. This ends what hangs.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 30_000 } },
    // The compiled code is for the programs that tests start: each would compile all its sources anew.
    env: { TMPDIR: temporaryFolder(), NODE_COMPILE_CACHE: file('./.cache'), TEST_DEPTH: mode },
    globalSetup: file('./test/read-ahead.ts'),
    // Half of the time a test waits for another process.
    maxWorkers: 4,
    // Each worker loads the project once: a third of the time. A test that changes what others share puts it back.
    isolate: false,
  },
}));
