import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Use } from '../../src/conversations/log.ts';
import { type It, upTo } from './store-helpers.ts';

const NOW = 1_000_000;

function use(key: string, most: number | null, amount = 1): Use {
  return { key, amount, most, windowMs: 1_000 };
}

export function tallyContract(it: It): void {
  it('take counts up to the most, then refuses and tells how the tally stands', async ({ tallies }) => {
    const key = randomUUID();
    for (const n of upTo(3)) {
      expect(await tallies.take([use(key, 3)], NOW + n)).toBeNull();
    }
    const refused = { key, tally: { value: 3, until: NOW + 1 + 1_000 } };
    expect(await tallies.take([use(key, 3)], NOW + 4)).toEqual(refused);
    expect(await tallies.read([key, randomUUID()], NOW + 4)).toEqual(new Map([[key, refused.tally]]));
  });

  it('a window begins with the first use and ends with its time', async ({ tallies }) => {
    const key = randomUUID();
    expect(await tallies.take([use(key, 1)], NOW)).toBeNull();
    expect(await tallies.take([use(key, 1)], NOW + 999)).not.toBeNull();
    expect(await tallies.read([key], NOW + 1_000)).toEqual(new Map());
    expect(await tallies.take([use(key, 1)], NOW + 1_000)).toBeNull();
    expect(await tallies.read([key], NOW + 1_001)).toEqual(new Map([[key, { value: 1, until: NOW + 2_000 }]]));
  });

  it('take adds all of the uses or none', async ({ tallies }) => {
    const [free, full] = [randomUUID(), randomUUID()];
    await tallies.take([use(full, null, 5)], NOW);
    expect(await tallies.take([use(free, 10), use(full, 5)], NOW)).toMatchObject({ key: full });
    expect(await tallies.read([free], NOW)).toEqual(new Map());
    expect(await tallies.take([use(free, 10, 4), use(full, 6, 4)], NOW)).toBeNull();
    const values = [...(await tallies.read([free, full], NOW)).entries()].map(([key, { value }]) => [key, value]);
    expect(new Map(values as [string, number][])).toEqual(
      new Map([
        [free, 4],
        [full, 9],
      ]),
    );
    expect(await tallies.take([], NOW)).toBeNull();
    expect(await tallies.take([use(randomUUID(), 0)], NOW)).not.toBeNull();
  });

  it('of concurrent takes as many pass as there is room for, whatever the order of their uses', async ({ tallies }) => {
    const [one, two] = [randomUUID(), randomUUID()];
    const takes = await Promise.all(
      upTo(40).map((n) => tallies.take(n % 2 ? [use(one, 10), use(two, 100)] : [use(two, 100), use(one, 10)], NOW)),
    );
    expect(takes.filter((refused) => refused === null)).toHaveLength(10);
    const tally = { value: 10, until: NOW + 1_000 };
    expect(await tallies.read([one, two], NOW)).toEqual(
      new Map([
        [one, tally],
        [two, tally],
      ]),
    );
  });

  it('a strict use is refused where it would pass the most; its sum never does, however many come at once', async ({
    tallies,
  }) => {
    const key = randomUUID();
    const strict = (amount: number, most = 10_000) => ({ ...use(key, most, amount), strict: true as const });
    const amounts = upTo(50).map((n) => 300 + ((n * 137) % 500));
    const takes = await Promise.all(amounts.map((amount) => tallies.take([strict(amount)], NOW)));
    const passed = amounts.filter((_, index) => takes[index] === null);
    const sum = passed.reduce((total, amount) => total + amount, 0);
    expect(sum).toBeLessThanOrEqual(10_000);
    expect((await tallies.read([key], NOW)).get(key)?.value).toBe(sum);
    // None was refused for which there was room.
    const refused = amounts.filter((_, index) => takes[index] !== null);
    expect(refused.length).toBeGreaterThan(0);
    expect(Math.min(...refused) + sum).toBeGreaterThan(10_000);
    expect(await tallies.take([strict(10_001 - sum)], NOW)).toEqual({ key, tally: { value: sum, until: NOW + 1_000 } });
    expect(await tallies.take([strict(10_000 - sum)], NOW)).toBeNull();
    expect(await tallies.take([strict(1)], NOW)).not.toBeNull();
    await tallies.add([key], -1, NOW);
    expect(await tallies.take([strict(1)], NOW)).toBeNull();
    expect(await tallies.take([{ ...strict(5, 4), key: randomUUID() }], NOW)).toMatchObject({ tally: { value: 0 } });
    expect(await tallies.take([strict(10_000)], NOW + 1_000)).toBeNull();
  });

  it('add settles, also with less than nothing, and leaves what has lapsed', async ({ tallies }) => {
    const key = randomUUID();
    await tallies.add([key], 3, NOW);
    expect(await tallies.read([key], NOW)).toEqual(new Map());
    await tallies.take([use(key, null, 7)], NOW);
    await Promise.all(upTo(4).map(() => tallies.add([key], -1, NOW + 1)));
    expect((await tallies.read([key], NOW + 1)).get(key)?.value).toBe(3);
    await tallies.add([key], 100, NOW + 1_000);
    expect(await tallies.read([key], NOW + 1_000)).toEqual(new Map());
  });

  it('amounts beyond 32 bits are kept', async ({ tallies }) => {
    const key = randomUUID();
    await tallies.take([use(key, null, 6_000_000_000)], NOW);
    await tallies.take([use(key, 7_000_000_000, 6_000_000_000)], NOW);
    expect((await tallies.read([key], NOW)).get(key)?.value).toBe(12_000_000_000);
  });
}

export function settingContract(it: It): void {
  it('what is written is read, until it is written again or taken away', async ({ settings }) => {
    const name = randomUUID();
    expect(await settings.read(name)).toBeNull();
    await settings.write(name, 'one');
    await settings.write(name, 'two "ä"');
    expect(await settings.read(name)).toBe('two "ä"');
    await settings.write(name, null);
    await settings.write(name, null);
    expect(await settings.read(name)).toBeNull();
  });
}
