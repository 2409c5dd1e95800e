import { randomInt } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Store } from '../../src/conversations/log.ts';
import type { LoggedEvent } from '../../src/protocol/events.ts';
import { randomFrom } from '../e2e/server/random.ts';
import { received } from './store-events.ts';
import { newConversation, take } from './store-helpers.ts';

const ENTRIES = 400;
const FOLLOWERS = 12;
const CUTS_EACH = 26;

/**
 * Followers are cut off at random points, by abort or by walking away, and come back with the last seq they saw, on a
 * random one of the stores, while others append. Whatever happens, each ends with the log: nothing missing, nothing twice.
 */
export function itSurvivesCuts(name: string, stores: () => Promise<{ store: Store; done(): Promise<void> }[]>): void {
  it(`${name}: followers cut off at ${FOLLOWERS * CUTS_EACH} random points end with the identical sequence`, async () => {
    const seed = Number(process.env.TEST_SEED ?? randomInt(2 ** 31));
    const opened = await stores();
    try {
      await cutAndCompare(
        opened.map(({ store }) => store),
        randomFrom(seed),
      );
    } catch (error) {
      throw new Error(`failed with TEST_SEED=${seed}`, { cause: error });
    } finally {
      for (const { done } of opened) await done();
    }
  });
}

async function cutAndCompare(stores: Store[], random: () => number): Promise<void> {
  const any = () => stores[Math.floor(random() * stores.length)] as Store;
  const id = await newConversation(any());
  let expected = 1;
  const write = async () => {
    for (let n = 0; n < ENTRIES; n += 1) {
      const events = Array.from({ length: 1 + Math.floor(random() * 4) }, (_, i) => received(`m${n}-${i}`));
      expected += events.length;
      const appended = any().log.append(id, { events });
      pending.push(appended);
      if (random() < 0.6) await appended;
      else if (random() < 0.3) await new Promise((resolve) => setTimeout(resolve, random() * 4));
    }
  };
  const pending: Promise<{ ok: boolean }>[] = [];
  const written = write().then(async () => {
    for (const { ok } of await Promise.all(pending)) expect(ok).toBe(true);
    return expected;
  });
  const seen = await Promise.all(Array.from({ length: FOLLOWERS }, () => followWithCuts({ any, id, written, random })));
  const log = await any().log.events(id);
  expect(log.map(({ seq }) => seq)).toEqual(Array.from({ length: expected }, (_, index) => index + 1));
  for (const events of seen) expect(events).toEqual(log);
}

async function followWithCuts(options: {
  any(): Store;
  id: string;
  written: Promise<number>;
  random(): number;
}): Promise<LoggedEvent[]> {
  const { any, id, written, random } = options;
  const seen: LoggedEvent[] = [];
  const last = () => seen.at(-1)?.seq ?? 0;
  for (let cut = 0; cut < CUTS_EACH; cut += 1) {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), random() * 60);
    const walkAwayAfter = 1 + Math.floor(random() * 60);
    let count = 0;
    for await (const event of any().log.follow(id, last(), abort.signal)) {
      seen.push(event);
      count += 1;
      if (count === walkAwayAfter) break;
      if (random() < 0.02) await new Promise((resolve) => setTimeout(resolve, random() * 10));
    }
    clearTimeout(timer);
  }
  const total = await written;
  seen.push(...(await take(any().log.follow(id, last(), new AbortController().signal), total - last())));
  return seen;
}
