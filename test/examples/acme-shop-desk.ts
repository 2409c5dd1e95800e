import { fileURLToPath } from 'node:url';
import { onTestFinished, vi } from 'vitest';
import { CUSTOMERS } from '../../examples/acme-shop/tools/shop/seed.ts';
import { type ShopServer, startShop } from '../../examples/acme-shop/tools/shop/start-shop.ts';
import { offlineModel } from '../../src/adapters/offline-model/offline-model.ts';
import type { Customer } from '../../src/agent/customer.ts';
import type { Model } from '../../src/agent/model.ts';
import { loadAgent } from '../../src/agent-folder/load-agent.ts';
import { bindCustomerTo } from '../../src/conversations/identify.ts';
import { toDeskAgent } from '../../src/desk-agent.ts';
import { createApp } from '../../src/http/app.ts';
import { buildKnowledgeIndex } from '../../src/knowledge/lexical-index.ts';
import type { ActionView, Decision } from '../../src/protocol/conversation.ts';
import { openDesk } from '../conversations/test-desk.ts';
import { customer, type Started, startOne } from '../http/requests.ts';
import { OPERATOR_TOKEN } from '../http/test-desk.ts';
import { folderIndex } from '../knowledge/folder-index.ts';

export const SHOP = fileURLToPath(new URL('../../examples/acme-shop', import.meta.url));

const AN_HOUR = 3_600_000;

/** A shop that is new, on a port of its own, where the agent's tools find it; gone when the test is over. */
export async function openShop(): Promise<ShopServer> {
  const shop = await startShop({ file: ':memory:', token: 'the-token-of-the-shop' });
  vi.stubEnv('SHOP_URL', shop.url);
  vi.stubEnv('SHOP_TOKEN', shop.token);
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await shop.close();
  });
  return shop;
}

/** Everything that ever happened to an order, oldest first. */
export function effectsIn({ shop }: ShopServer): unknown[] {
  return shop.database.prepare('select kind, customer_id, order_id, amount_cents from effects order by id').all();
}

/** As the token of a signed-in customer of the shop would say it. */
export function shopCustomer(id: string): Customer {
  const found = CUSTOMERS.find((one) => one.id === id);
  if (!found) throw new Error(`no customer ${id}`);
  return { id, email: found.email, name: found.name, claims: { sub: id } };
}

const index = folderIndex(SHOP);

/** The shop's agent over a real store and its HTTP API. Without a `model` the offline one answers, by words alone. */
export async function shopDesk(model: Model = offlineModel({ embedder: null })) {
  const shop = await openShop();
  const { agent } = await loadAgent(SHOP);
  const setup = { model: 'test', fastModel: 'test', staffed: true, index: await index };
  const desk = await openDesk({ model, agent: toDeskAgent(agent, setup) });
  const app = createApp({
    desk: desk.desk,
    turns: desk.turns,
    knowledge: buildKnowledgeIndex([]),
    settings: {
      ...{ origins: [], webFolder: null, proxies: 0, streamsPerAddress: null, version: '1.2.3' },
      operatorToken: OPERATOR_TOKEN,
    },
  });
  return { ...desk, app, shop };
}

export type ShopDesk = Awaited<ReturnType<typeof shopDesk>>;

export type ShopReply = { text: string; actions: ActionView[]; status: string };

/** A conversation over the API; `as`: the customer who is signed in. */
export async function talkTo({ app, desk }: ShopDesk, as: string | null) {
  const started: Started = await startOne({ app });
  if (as !== null) {
    const conversation = { id: started.id, customer: null, verifiedUntil: 0 };
    const identified = { customer: shopCustomer(as), verifiedUntil: Date.now() + AN_HOUR };
    await bindCustomerTo(desk, conversation, identified);
  }
  const post = async (path: string, body: unknown) => {
    const response = await app.request(...customer(started, body).at(path));
    return { status: response.status, body: (await response.json()) as Answer };
  };
  return {
    ...started,
    post,
    /** Sends a message and waits for the reply. */
    async say(text: string): Promise<ShopReply> {
      const { status, body } = await post('/messages', { text });
      if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
      return replyOf(body);
    },
    /** Decides the newest action that is open, by its hash, and waits for the reply. */
    async decide(decision: Decision, { actions }: Pick<ShopReply, 'actions'>): Promise<ShopReply> {
      const action = actions.findLast(({ state }) => state === 'proposed');
      const { status, body } = await post(`/actions/${action?.id}`, { decision, hash: action?.hash });
      if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
      return replyOf(body);
    },
  };
}

type Answer = { message: { text: string } | null; actions: ActionView[]; conversation: { status: string } };

function replyOf({ message, actions, conversation }: Answer): ShopReply {
  return { text: message?.text ?? '', actions, status: conversation.status };
}
