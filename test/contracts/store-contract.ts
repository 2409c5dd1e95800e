import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actionContract } from './action-contract.ts';
import { answerContract, gapContract } from './answer-contract.ts';
import { commitmentContract } from './commitment-contract.ts';
import { customerContract } from './customer-contract.ts';
import { followContract } from './follow-contract.ts';
import { deliveryContract, indexContract, leaseContract } from './index-contract.ts';
import { knowledgeContract } from './knowledge-contract.ts';
import { keyContract, logContract, turnContract } from './log-contract.ts';
import { pendingContract } from './pending-contract.ts';
import { received } from './store-events.ts';
import { newConversation, type TestStore, take, upTo } from './store-helpers.ts';
import { settingContract, tallyContract } from './tally-contract.ts';

/** The contract of `Store`, for every implementation. `open` gives a fresh, empty store. */
export function describeStore(name: string, open: () => Promise<TestStore>): void {
  describe(name, () => {
    let store: TestStore;
    beforeAll(async () => {
      store = await open();
    });
    afterAll(async () => {
      await store?.close();
    });
    const it_ = (title: string, test: (store: TestStore) => Promise<void>) => it(title, () => test(store));

    describe('log', () => logContract(it_));
    describe('turns', () => turnContract(it_));
    describe('idempotency', () => keyContract(it_));
    describe('follow', () => followContract(it_));
    describe('conversations', () => indexContract(it_));
    describe('leases', () => leaseContract(it_));
    describe('deliveries', () => deliveryContract(it_));
    describe('tallies', () => tallyContract(it_));
    describe('settings', () => settingContract(it_));
    describe('knowledge', () => knowledgeContract(it_));
    describe('answers', () => answerContract(it_));
    describe('gaps', () => gapContract(it_));
    describe('commitments', () => commitmentContract(it_));
    describe('actions', () => actionContract(it_));
    describe('pending actions', () => pendingContract(it_));
    describe('customers', () => customerContract(it_));
    describe('closing', () => closeContract(open));
  });
}

function closeContract(open: () => Promise<TestStore>): void {
  it('ping answers; close commits what is under way, ends followers, and refuses what comes later', async () => {
    const store = await open();
    await store.ping();
    const id = await newConversation(store);
    const following = take(store.log.follow(id, 1, new AbortController().signal), 1000);
    await expect.poll(() => store.followers()).toBe(1);
    const appends = upTo(5).map((n) => store.log.append(id, { events: [received(`m${n}`)] }));
    await Promise.all([store.close(), store.close()]);
    for (const appended of await Promise.all(appends)) expect(appended.ok).toBe(true);
    await following;
    expect(store.followers()).toBe(0);
    await expect(store.log.append(id, { events: [received('late')] })).rejects.toThrow(/closed/);
    await expect(store.ping()).rejects.toThrow();
  });
}
