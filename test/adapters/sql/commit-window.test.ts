import { describe, expect, it } from 'vitest';
import { createCommitWindow } from '../../../src/adapters/sql/commit-window.ts';

function recording(commit: (items: number[]) => Promise<(number | Error)[]>, windowMs = 5, limit = 100) {
  const batches: number[][] = [];
  const window = createCommitWindow<number, number>({
    windowMs,
    limit,
    commit: (items) => {
      batches.push(items);
      return commit(items);
    },
  });
  return { window, batches };
}

describe('commit window', () => {
  it('items added together share one commit and get their own results, in order', async () => {
    const { window, batches } = recording(async (items) => items.map((item) => item * 10));
    expect(await Promise.all([1, 2, 3].map((item) => window.add(item)))).toEqual([10, 20, 30]);
    expect(batches).toEqual([[1, 2, 3]]);
  });

  it('collects while a commit runs, one commit at a time, at most the limit in each', async () => {
    let open = 0;
    let finish = () => {};
    const first = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const { window, batches } = recording(
      async (items) => {
        open += 1;
        expect(open).toBe(1);
        if (items[0] === 0) await first;
        open -= 1;
        return items;
      },
      1,
      3,
    );
    const early = window.add(0);
    await expect.poll(() => batches.length).toBe(1);
    const later = [1, 2, 3, 4].map((item) => window.add(item));
    finish();
    expect(await Promise.all([early, ...later])).toEqual([0, 1, 2, 3, 4]);
    expect(batches).toEqual([[0], [1, 2, 3], [4]]);
  });

  it('a failed commit rejects all of its items, and the next one works', async () => {
    let down = true;
    const { window } = recording(async (items) => {
      if (down) throw new Error('the disk is full');
      return items;
    });
    const results = await Promise.allSettled([window.add(1), window.add(2)]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    down = false;
    expect(await window.add(3)).toBe(3);
  });

  it('a result that is an Error rejects its own item only', async () => {
    const { window } = recording(async (items) => items.map((item) => (item === 2 ? new Error('two') : item)));
    const results = await Promise.allSettled([1, 2, 3].map((item) => window.add(item)));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('close settles what was added and refuses the rest', async () => {
    const { window } = recording(async (items) => items);
    const added = window.add(1);
    await window.close();
    expect(await added).toBe(1);
    await expect(window.add(2)).rejects.toThrow(/closed/);
  });
});
