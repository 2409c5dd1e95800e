import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openSqliteStore } from '../../src/adapters/sql/sqlite.ts';
import { loadAgent } from '../../src/agent-folder/load-agent.ts';
import { openRouting, type RoutingParts, trainingSetOf } from '../../src/compose-routing.ts';
import type { Embedder } from '../../src/language/embedder.ts';
import { ROUTES, WORKSHOP, workshopWith } from '../agent-folder/folders.ts';

const MESSAGE = 'my brakes squeal when it rains, can you repair them';

it('an agent without routes has no router, and nothing is written', async () => {
  const folder = dataFolder();
  const { routing } = await open({ folder, files: WORKSHOP });
  expect(routing).toBeNull();
  expect(readdirSync(folder)).toEqual([]);
});

it('learns once, and is the same from what it has kept', async () => {
  const folder = dataFolder();
  const first = await open({ folder });
  const [file = ''] = readdirSync(folder);
  expect(file).toMatch(/^routing-[0-9a-f]{32}\.bin$/);
  expect(first.steps()).toBeGreaterThan(0);
  const second = await open({ folder });
  expect(second.steps()).toBe(0);
  expect(second.routing?.router.version).toBe(first.routing?.router.version);
  expect(await second.routing?.router.classify(MESSAGE)).toEqual(await first.routing?.router.classify(MESSAGE));
  expect(await second.routing?.router.classify(MESSAGE)).toMatchObject({ route: 'repairs' });
});

it('learns anew where the file is damaged, cut off or empty', async () => {
  const folder = dataFolder();
  await open({ folder });
  const path = join(folder, readdirSync(folder)[0] ?? '');
  const whole = readFileSync(path);
  const flipped = Uint8Array.from(whole);
  flipped[whole.length >> 1] = (flipped[whole.length >> 1] ?? 0) ^ 1;
  for (const bytes of [flipped, whole.subarray(0, whole.length - 100), new Uint8Array()]) {
    writeFileSync(path, bytes);
    const again = await open({ folder });
    expect(again.steps()).toBeGreaterThan(0);
    expect(readFileSync(path)).toEqual(whole);
  }
});

it('learns anew where an example is another one, and keeps a few of those before', async () => {
  const folder = dataFolder();
  const learn = (more: string) =>
    open({
      folder,
      files: { ...ROUTES, 'routes/repairs/utterances.txt': `${ROUTES['routes/repairs/utterances.txt']}${more}` },
    });
  await learn('');
  const [first = ''] = readdirSync(folder);
  expect((await learn('my bell is mute\n')).steps()).toBeGreaterThan(0);
  expect(readdirSync(folder)).toHaveLength(2);
  expect((await learn('')).steps()).toBe(0);
  utimesSync(join(folder, first), 1, 1);
  for (let more = 1; more <= 7; more++) await learn(`my bell is mute ${'again '.repeat(more)}\n`);
  expect(readdirSync(folder)).toHaveLength(8);
  expect(readdirSync(folder)).not.toContain(first);
});

it('is in memory where nothing can be written', async () => {
  const file = join(dataFolder(), 'a file');
  writeFileSync(file, '');
  const { routing, troubles } = await open({ folder: file });
  expect(await routing?.router.classify(MESSAGE)).toMatchObject({ route: 'repairs' });
  expect(troubles).toHaveLength(1);
});

it('leaves nothing behind where the file cannot be put in its place', async () => {
  const folder = dataFolder();
  await open({ folder });
  const [file = ''] = readdirSync(folder);
  rmSync(join(folder, file));
  mkdirSync(join(folder, file));
  const { routing, troubles } = await open({ folder });
  expect(await routing?.router.classify(MESSAGE)).toMatchObject({ route: 'repairs' });
  expect(troubles).toHaveLength(1);
  expect(readdirSync(folder)).toEqual([file]);
});

it('learns from words alone where the encoder fails, and again at the next start', async () => {
  const folder = dataFolder();
  const embedder: Embedder = { id: 'gone', embed: () => Promise.reject(new Error('The encoder stopped.')) };
  const { routing, troubles } = await open({ folder, embedder });
  expect(await routing?.router.classify(MESSAGE)).toMatchObject({ route: 'repairs' });
  expect(troubles.map(String)).toEqual(['Error: The encoder stopped.']);
  expect(readdirSync(folder)).toEqual([]);
});

it('another node does not have the encoder read the examples again', async () => {
  const store = await openSqliteStore({ folder: dataFolder() });
  onTestFinished(() => store.close());
  const read: string[] = [];
  const embedder: Embedder = {
    id: 'lengths',
    async embed(texts) {
      read.push(...texts);
      return texts.map((text) => Float32Array.from([Math.cos(text.length), Math.sin(text.length)]));
    },
  };
  await open({ folder: dataFolder(), embedder, vectors: store.knowledge.vectors });
  expect(read).toContain('my brakes squeal');
  const before = read.length;
  await open({ folder: dataFolder(), embedder, vectors: store.knowledge.vectors });
  expect(read).toHaveLength(before);
});

it('a large set is learned while the router says that it is unsure', async () => {
  const folder = dataFolder();
  const { agent } = await loadAgent(workshopWith(ROUTES));
  const [hire, repairs] = agent.routes;
  if (!hire || !repairs) throw new Error('The workshop has two routes.');
  const many = Array.from({ length: 2_000 }, (_, at) => ({ text: `wheel ${at} is flat`, intent: null, line: at + 1 }));
  const large = { ...agent, routes: [hire, { ...repairs, utterances: many }] };
  const troubles: unknown[] = [];
  const parts: RoutingParts = {
    ...{ agent: large, keptIn: folder, embedder: null, vectors: null, signal: new AbortController().signal },
    onTrouble: (trouble) => void troubles.push(trouble),
  };
  const routing = await openRouting(parts);
  expect(await routing?.router.classify('my wheel is flat')).toMatchObject({ confidence: 0, scores: [] });
  await routing?.ready;
  expect(await routing?.router.classify('my wheel is flat')).toMatchObject({ route: 'repairs' });
  expect(troubles).toEqual([]);
});

it('labels are desks and their intents, with their names in words', async () => {
  const { agent } = await loadAgent(workshopWith(ROUTES));
  const { examples, names, outside } = trainingSetOf(agent);
  expect(names).toEqual({
    'bike-hire': 'Bike hire: Renting a bike for a day or longer.',
    repairs: 'The workbench: Something on a bike is broken or worn: repairs, spare parts, free slots.',
    'repairs/flat_tyre': 'flat tyre',
    'repairs/chain': 'chain',
  });
  expect(examples.filter(({ label }) => label === 'general')).toHaveLength(5);
  expect(outside).toContain('tell me a joke');
});

function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'routing-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

type Opening = { folder: string; files?: Record<string, string> } & Partial<Pick<RoutingParts, 'embedder' | 'vectors'>>;

/** A start, until nothing is left to learn. */
async function open({ folder, files = ROUTES, embedder = null, vectors = null }: Opening) {
  const { agent } = await loadAgent(workshopWith(files));
  const troubles: unknown[] = [];
  let steps = 0;
  const routing = await openRouting({
    ...{ agent, keptIn: folder, embedder, vectors, signal: new AbortController().signal },
    onProgress: () => {
      steps++;
    },
    onTrouble: (trouble) => void troubles.push(trouble),
  });
  await routing?.ready;
  return { routing, troubles, steps: () => steps };
}
