import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import type { SqlStore } from '../../src/adapters/sql/store.ts';
import { createTargets, openTarget, testDatabaseUrl } from '../contracts/databases.ts';
import { openNode } from './open-node.ts';

const targets = createTargets();
afterAll(() => targets.cleanUp());

async function node(store: SqlStore, folder: string) {
  const knowledge = await openNode({ store: store.knowledge, agent: 'shop', folder });
  const finds = async (query: string) =>
    (await knowledge.index.search({ query, limit: 3 })).passages.map(({ passage }) => passage.documentId);
  return { ...knowledge, finds };
}

function corpus(): string {
  const root = mkdtempSync(join(tmpdir(), 'frontdesk-nodes-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const folder = join(root, 'knowledge');
  mkdirSync(folder);
  for (const name of ['apples', 'pears', 'plums'])
    writeFileSync(join(folder, `${name}.md`), `# ${name}\n\nAll ${name}.\n`);
  return folder;
}

describe.skipIf(!testDatabaseUrl())('two nodes on one PostgreSQL', () => {
  test('both start with the same folder at once, and each sees within a second what the other one changes', async () => {
    const target = targets.schema();
    const stores = await Promise.all([openTarget(target), openTarget(target)]);
    const folder = corpus();
    const [one, two] = await Promise.all([node(stores[0], folder), node(stores[1], folder)]);
    onTestFinished(async () => {
      await Promise.all([one.close(), two.close()]);
      await Promise.all(stores.map((store) => store.close()));
    });
    expect([one.warnings, two.warnings]).toEqual([[], []]);
    expect(await one.finds('plums')).toEqual(['plums.md']);
    await expect.poll(() => two.index.version).toBe(one.index.version);

    const took: number[] = [];
    for (const [n, [writer, reader]] of [
      [one, two],
      [two, one],
      [one, two],
    ].entries() as ArrayIterator<[number, [typeof one, typeof two]]>) {
      const begun = performance.now();
      await writer.upkeep.put({ id: 'news', title: 'News', markdown: `The newsword${n} of today.` });
      await expect.poll(() => reader.finds(`newsword${n}`), { interval: 5 }).toEqual(['push/news']);
      took.push(performance.now() - begun);
    }
    expect(Math.min(...took)).toBeLessThan(1_000);
    await two.upkeep.remove('news');
    await expect.poll(() => one.finds('newsword2')).toEqual([]);
    expect(one.index.version).toBe(two.index.version);
  });
});
