import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Config } from '../../src/config.ts';
import { checkSuites } from '../../src/evals/check-suites.ts';
import { evalAdd } from '../../src/evals/eval-add.ts';
import { checkRun } from '../../src/evals/graders/expectations.ts';
import { readSuites } from '../../src/evals/read-suites.ts';
import { openStage } from '../../src/evals/stage.ts';
import type { Case } from '../../src/evals/suite.ts';
import { configFor, have, scratch, shopCopy } from './stage-for-tests.ts';
import { casesOf } from './suite-folders.ts';

const TALK = `
cases:
  - name: declined, then a person
    customer: cus_1001
    turns:
      - customer: What does shipping cost for an order below 50 euros?
      - customer: Cancel order A-1042, I ordered it by mistake.
      - decides: decline
      - customer: I want to talk to a human.
  - name: signs in, and confirms
    turns:
      - customer: Cancel order A-1042, I ordered it by mistake.
      - signIn: cus_1001
      - customer: Cancel order A-1042, I ordered it by mistake.
      - decides: confirm
  - name: a yes in words
    customer: cus_1001
    turns:
      - customer: Cancel order A-1042, I ordered it by mistake.
      - customer: Yes, please
`;

test('conversations with a source, cards, a sign-in and a person are cases that the same agent passes', async () => {
  const folder = shopCopy();
  const { config, ids } = await talked(folder, await casesOf(TALK));
  expect(ids).toHaveLength(3);
  for (const conversation of ids) {
    const told = await evalAdd(config, { conversation, folder, to: 'evals/life.yaml', keepIdentifiers: true });
    expect(told).toContain('Added a draft to');
  }
  const [declined, confirmed, inWords] = await lifeOf(folder);
  expect(declined?.customer?.id).toBe('cus_1001');
  expect(actsOf(declined)).toEqual(['say', 'say', 'decide', 'say']);
  expect(declined?.expect).toEqual({ ends: 'escalated' });
  expect(turnsOf(declined)[0]?.expect.cites).toContain('orders/delivery.md');
  expect(turnsOf(declined)[1]?.expect.calls).toContainEqual({
    tool: 'cancel_order',
    with: expect.objectContaining({ order_id: 'A-1042' }),
  });
  expect(confirmed?.customer).toBeNull();
  expect(actsOf(confirmed)).toEqual(['say', 'sign_in', 'say', 'decide']);
  expect(actsOf(inWords)).toEqual(['say', 'say']);

  const text = readFileSync(join(folder, 'evals/life.yaml'), 'utf8');
  expect(text.match(/# cancel_order changed something/g)).toHaveLength(2);
  const stage = await openStage(configFor(folder), scratch());
  onTestFinished(stage.close);
  expect(await failuresOf(declined)).toEqual([]);
  // What a call changed stands in no log: the draft asks for it, and fails until it is said.
  expect(await failuresOf(confirmed)).toEqual(['changes']);
  expect(await failuresOf(inWords)).toEqual(['changes']);

  async function failuresOf(one: Case | undefined): Promise<string[]> {
    if (!one) throw new Error('the case was not added');
    const run = await have(stage, one);
    expect(run).toMatchObject({ error: null, stuck: null });
    return checkRun(one, run).flatMap(({ kind, passed }) => (passed === false ? [kind] : []));
  }
});

test('without identifiers nothing of the customer is in the file, which is read all the same', async () => {
  const folder = shopCopy();
  const { config, ids } = await talked(folder, (await casesOf(TALK)).slice(0, 1));
  await evalAdd(config, { conversation: ids[0] ?? '', folder, to: null, keepIdentifiers: false });
  const text = readFileSync(join(folder, 'evals/from-life.yaml'), 'utf8');
  expect(text).not.toMatch(/cus_1001|1042|mia|berg/i);
  expect((await lifeOf(folder))[0]?.customer?.id).toBe('the-customer');
});

/** Has the conversations with the agent, and leaves them in a store: their ids, oldest first. */
async function talked(folder: string, cases: readonly Case[]): Promise<{ config: Config; ids: string[] }> {
  const data = scratch();
  // The shop lives as long as this process, and its file is here also for a later stage.
  vi.stubEnv('FRONTDESK_DATA', data);
  onTestFinished(() => void vi.unstubAllEnvs());
  const stage = await openStage(configFor(folder), data);
  try {
    for (const one of cases) expect(await have(stage, one)).toMatchObject({ error: null, stuck: null });
    const stored = await stage.frontdesk.desk.store.conversations.list({ limit: 10 });
    return { config: configFor(folder, { FRONTDESK_DATA: data }), ids: stored.map(({ id }) => id).reverse() };
  } finally {
    await stage.close();
  }
}

/** The cases from life, as the reader has them, and which name nothing that the shop does not have. */
async function lifeOf(folder: string): Promise<Case[]> {
  const { suites, problems, warnings } = await readSuites(folder);
  expect({ problems, warnings }).toEqual({ problems: [], warnings: [] });
  const life = suites.filter(({ name }) => name === 'From life');
  const known = { tools: ['cancel_order', 'get_order_details', 'get_customer_info', 'list_orders'], guards: [] };
  const routes = ['orders', 'returns', 'payment', 'account'];
  const sources = ['orders/delivery.md', 'orders/cancelling.md'];
  expect(checkSuites(life, { ...known, routes, sources })).toEqual([]);
  return life.flatMap(({ cases }) => cases);
}

function turnsOf(one: Case | undefined) {
  return one?.customerSide.kind === 'script' ? one.customerSide.turns : [];
}

function actsOf(one: Case | undefined): string[] {
  return turnsOf(one).map(({ act }) => act.kind);
}
