import { afterAll, describe, expect, it } from 'vitest';
import { GENERAL } from '../../src/agent/route.ts';
import { loadAgent } from '../../src/agent-folder/load-agent.ts';
import { openRouting } from '../../src/compose-routing.ts';
import type { Embedder } from '../../src/language/embedder.ts';
import { keptEncoder } from '../knowledge/kept-encoder.ts';
import { INSURANCE, type Said, SHOP } from './acme-messages.ts';
import { type Figures, figuresOf, readAll } from './measure.ts';

const encoder = keptEncoder();
afterAll(() => encoder.close());

/** A little below what was measured. `wrongAndSure`, `mixedWrong` and `moved` are ceilings. */
type Bounds = Omit<Figures, 'mixedSure' | 'accuracySure'>;

describe.each<[name: string, messages: readonly Said[], how: string, embedder: Embedder | null, bounds: Bounds]>([
  [
    'acme-insurance',
    INSURANCE,
    'with the encoder',
    encoder,
    { accuracy: 0.86, sure: 0.75, wrongAndSure: 0.02, mixedWrong: 0, moved: 0.06, offRecall: 0.8, offPrecision: 0.9 },
  ],
  [
    'acme-insurance',
    INSURANCE,
    'by words alone',
    null,
    { accuracy: 0.82, sure: 0.68, wrongAndSure: 0.02, mixedWrong: 0, moved: 0.06, offRecall: 0.45, offPrecision: 0.9 },
  ],
  [
    'acme-shop',
    SHOP,
    'with the encoder',
    encoder,
    { accuracy: 0.94, sure: 0.87, wrongAndSure: 0.03, mixedWrong: 0, moved: 0.1, offRecall: 0.66, offPrecision: 0.9 },
  ],
  [
    'acme-shop',
    SHOP,
    'by words alone',
    null,
    { accuracy: 0.94, sure: 0.84, wrongAndSure: 0.03, mixedWrong: 0, moved: 0.1, offRecall: 0.25, offPrecision: 0.9 },
  ],
])('%s', (name, messages, how, embedder, bounds) => {
  it(`sends free wording in five languages to the right desk, ${how}`, async () => {
    const { agent } = await loadAgent(`examples/${name}`);
    await agent.closeTools();
    const desks = new Set(messages.flatMap((one) => one.desks.filter((desk) => desk !== '' && desk !== GENERAL)));
    expect(agent.routes.map((route) => route.name)).toEqual(expect.arrayContaining([...desks]));
    const routing = await openRouting({
      ...{ agent, keptIn: null, embedder, vectors: null, signal: new AbortController().signal },
      onTrouble: (trouble) => {
        throw trouble;
      },
    });
    await routing?.ready;
    if (!routing) throw new Error(`${name} has no routes.`);
    // What the encoder is too slow for on a busy machine it knows the second time.
    await readAll(routing.router, messages);
    const figures = figuresOf(
      await readAll(routing.router, messages),
      agent.routes.map((route) => route.name),
    );
    const { wrongAndSure, mixedWrong, moved, ...floors } = bounds;
    for (const [figure, floor] of Object.entries(floors)) {
      expect({ figure, share: figures[figure as keyof Figures] }).toSatisfy(({ share }) => share >= floor);
    }
    for (const [figure, most] of Object.entries({ wrongAndSure, mixedWrong, moved })) {
      expect({ figure, share: figures[figure as keyof Figures] }).toSatisfy(({ share }) => share <= most);
    }
  });
});
