import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LoggedEvent } from '../../src/protocol/events.ts';
import { decided, newAction } from './action-events.ts';
import { itKeepsActionsStraight } from './action-histories.ts';
import { itSurvivesCuts } from './cuts.ts';
import { createTargets, openTarget, testDatabaseUrl } from './databases.ts';
import { itKeepsWhatItAcknowledged } from './durability.ts';
import { documentOf, stateOf } from './knowledge-contract.ts';
import { itKeepsActions } from './reopening.ts';
import { describeStore } from './store-contract.ts';
import { received, started } from './store-events.ts';
import { newConversation, type TestStore } from './store-helpers.ts';

describe.skipIf(!testDatabaseUrl())('PostgreSQL', () => {
  const targets = createTargets();
  afterAll(() => targets.cleanUp());

  describeStore('PostgreSQL store', () => openTarget(targets.schema()));

  describe('opened again', () => itKeepsActions(() => targets.schema()));

  describe('under trouble', () => {
    itSurvivesCuts('two nodes', async () => {
      const target = targets.schema();
      const stores = await Promise.all([openTarget(target), openTarget(target)]);
      return stores.map((store) => ({ store, done: () => store.close() }));
    });
    itKeepsActionsStraight('one node', async () => [await openTarget(targets.schema())]);
    itKeepsActionsStraight('two nodes', async () => {
      const shared = targets.schema();
      return await Promise.all([openTarget(shared), openTarget(shared)]);
    });
    const target = targets.schema();
    itKeepsWhatItAcknowledged(() => target);
  });

  describe('two nodes on one schema', () => {
    let one: TestStore;
    let two: TestStore;
    beforeAll(async () => {
      const target = targets.schema();
      // At once: the migrations run on one of them and the other waits.
      [one, two] = await Promise.all([openTarget(target), openTarget(target)]);
    });
    afterAll(async () => {
      await Promise.all([one?.close(), two?.close()]);
    });

    it('a follower on one sees what the other commits, told and not by polling', async () => {
      const id = await newConversation(one);
      const seen: LoggedEvent[] = [];
      const abort = new AbortController();
      const following = (async () => {
        for await (const event of two.log.follow(id, 1, abort.signal)) seen.push(event);
      })();
      // Each waits for the one before: at the poll's pace these would take longer than a test may.
      for (let n = 1; n <= 20; n += 1) {
        await one.log.append(id, { events: [received(`m${n}`)] });
        await expect.poll(() => seen.length, { interval: 5 }).toBe(n);
      }
      abort.abort();
      await following;
      expect(seen).toEqual(await one.log.events(id, 1));
    });

    it('new knowledge on one is heard of on the other, told and not by polling', async () => {
      const agent = crypto.randomUUID();
      const took: number[] = [];
      // Each waits for the one before: at the poll's pace these would take longer than a test may.
      for (let n = 1; n <= 20; n += 1) {
        const begun = performance.now();
        const heard = new Promise<void>((resolve) => {
          const stop = two.knowledge.onChange(async () => {
            if ((await two.knowledge.version(agent)) < n) return;
            stop();
            resolve();
          });
        });
        const change = {
          source: 's',
          key: `k${n}`,
          seen: null,
          state: stateOf('h'),
          documents: [documentOf(`d${n}`, 'x')],
        };
        await one.knowledge.commit(agent, [change]);
        await heard;
        took.push(performance.now() - begun);
      }
      expect(took.sort((a, b) => a - b)[10]).toBeLessThan(1_000);
    });

    it('writers on both get contiguous seqs, over many conversations at once', async () => {
      const ids = await Promise.all(Array.from({ length: 6 }, () => newConversation(one)));
      for (let round = 0; round < 10; round += 1) {
        const appends = Array.from({ length: 24 }, async (_, n) => {
          const id = ids[(n >> 1) % ids.length] ?? '';
          const appended = await (n % 2 ? one : two).log.append(id, { events: [received(`a${n}`), received(`b${n}`)] });
          expect(appended.ok).toBe(true);
        });
        await Promise.all(appends);
      }
      for (const id of ids) {
        const seqs = (await two.log.events(id)).map(({ seq }) => seq);
        expect(seqs).toEqual(Array.from({ length: 1 + 80 }, (_, index) => index + 1));
      }
    });

    it('a claim on one excludes the other, and makes its old lease stale there', async () => {
      const id = await newConversation(one);
      const claims = await Promise.all(
        Array.from({ length: 10 }, (_, n) => (n % 2 ? one : two).leases.claim(id, `node-${n}`, 60_000)),
      );
      const [held, ...others] = claims.filter((claim) => claim !== null);
      if (!held) throw new Error('nobody got the lease');
      expect(others).toEqual([]);
      await one.leases.release(held);
      expect(await two.leases.claim(id, 'newer', 60_000)).not.toBeNull();
      const late = { events: [received('m')], lease: held };
      expect(await one.log.append(id, late)).toEqual({ ok: false, why: 'stale_lease' });
    });

    it('an append and a newer claim are ordered: never both the old lease and a later seq', async () => {
      for (let round = 0; round < 20; round += 1) {
        const id = await newConversation(one);
        const old = await one.leases.claim(id, 'same', 60_000);
        if (!old) throw new Error('no lease');
        const [appended, claimed] = await Promise.all([
          one.log.append(id, { events: [received('old')], lease: old }),
          two.leases.claim(id, 'same', 60_000),
        ]);
        if (!claimed) throw new Error('no newer lease');
        const newer = await two.log.append(id, { events: [received('new')], lease: claimed });
        expect(newer).toMatchObject({ ok: true, events: [{ seq: appended.ok ? 3 : 2 }] });
        expect(await one.log.append(id, { events: [received('old')], lease: old })).toMatchObject({ ok: false });
      }
    });

    it('of appends with one key on both nodes exactly one wins', async () => {
      const id = await newConversation(one);
      for (let round = 1; round <= 10; round += 1) {
        const tries = await Promise.all(
          [one, two, one, two].map((store, n) =>
            store.log.append(id, { events: [received(`m${round}-${n}`)], idempotencyKey: `k${round}` }),
          ),
        );
        expect(tries.filter(({ ok }) => ok)).toHaveLength(1);
        const committed = await one.log.events(id, round);
        expect(committed).toHaveLength(1);
        for (const tried of tries) expect(tried).toMatchObject({ events: committed });
      }
    });

    it('of decisions on both nodes exactly one counts, and the other hears where it stands', async () => {
      const id = await newConversation(one);
      for (let round = 1; round <= 10; round += 1) {
        const action = await newAction(one, id);
        const tries = await Promise.all([
          one.log.append(id, { events: [decided(action, 'confirm')] }),
          two.log.append(id, { events: [decided(action, 'decline')] }),
        ]);
        const state = tries[0]?.ok ? 'confirmed' : 'declined';
        expect(tries.map(({ ok }) => ok).sort()).toEqual([false, true]);
        expect(tries.find(({ ok }) => !ok)).toEqual({ ok: false, why: 'action_not_there', actionId: action, state });
        expect(await two.actions.get(id, action)).toMatchObject({ state });
      }
    });

    it('strict uses on both nodes never pass the limit', async () => {
      const key = crypto.randomUUID();
      const use = { key, amount: 700, most: 10_000, windowMs: 1_000, strict: true as const };
      const takes = await Promise.all(Array.from({ length: 50 }, (_, n) => (n % 2 ? one : two).tallies.take([use], 5)));
      expect(takes.filter((refused) => refused === null)).toHaveLength(14);
      expect((await one.tallies.read([key], 5)).get(key)?.value).toBe(9_800);
    });

    it('of creations with one id on both nodes exactly one wins', async () => {
      const conversation = {
        id: crypto.randomUUID(),
        agent: 'a',
        tokenHash: 'h',
        visitor: 'v',
        language: null,
        metadata: {},
      };
      const tries = await Promise.allSettled([one, two].map((store) => store.log.create(conversation, [started])));
      expect(tries.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(await one.log.events(conversation.id)).toHaveLength(1);
    });
  });
});
