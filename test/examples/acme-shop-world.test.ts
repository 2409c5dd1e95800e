import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import world from '../../examples/acme-shop/evals/world.ts';
import { type ShopServer, startShop } from '../../examples/acme-shop/tools/shop/start-shop.ts';

/** A shop that was just put back, in the data folder of a run. */
async function openWorld(): Promise<ShopServer> {
  const data = await mkdtemp(join(tmpdir(), 'shop-world-'));
  for (const [name, value] of Object.entries({ FRONTDESK_DATA: data, SHOP_URL: '', SHOP_FILE: '' }))
    vi.stubEnv(name, value);
  await world.reset();
  const shop = await startShop();
  onTestFinished(async () => {
    await shop.close();
    vi.unstubAllEnvs();
    await rm(data, { recursive: true });
  });
  return shop;
}

function write(shop: ShopServer, path: string, { method = 'POST', key = 'a-key-of-its-own', body = {} } = {}) {
  const headers = { authorization: `Bearer ${shop.token}`, 'idempotency-key': key };
  return fetch(`${shop.url}/customers/${path}`, { method, headers, body: JSON.stringify(body) });
}

const SEED = {
  orders: {
    'A-1042': { customer: 'cus_1001', status: 'processing', address: 'Lindenweg 12, 10435 Berlin, Germany' },
    'B-1903': { customer: 'cus_1002', status: 'delivered', address: 'Isarstrasse 40, 80469 Munich, Germany' },
    'C-3007': { customer: 'cus_1003', status: 'shipped', address: '7 Harbour Lane, D02 X285 Dublin, Ireland' },
  },
  refunds: {},
  effects: {},
};

describe('the world of the shop', () => {
  it('is the seed at first, and JSON', async () => {
    await openWorld();
    const state = await world.state();
    expect(state).toMatchObject(SEED);
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
  });

  it('tells one cancelled order, however often the same call was made', async () => {
    const shop = await openWorld();
    const before = (await world.state()) as typeof SEED;
    for (const _ of [1, 2]) expect((await write(shop, 'cus_1001/orders/A-1042/cancel')).status).toBe(200);
    expect(await world.state()).toEqual({
      orders: { ...before.orders, 'A-1042': { ...before.orders['A-1042'], status: 'cancelled' } },
      refunds: { 'A-1042': '59.90 EUR' },
      effects: { cancel: 1 },
    });
  });

  it('adds up what was refunded of an order, and has the new address', async () => {
    const shop = await openWorld();
    for (const [key, amount_cents] of [
      ['first-key', 2_000],
      ['second-key', 550],
    ] as const)
      expect((await write(shop, 'cus_1001/orders/A-1017/refunds', { key, body: { amount_cents } })).status).toBe(200);
    const address = { street: 'Mill Road 14', postcode: '50667', city: 'Cologne', country: 'Germany' };
    await write(shop, 'cus_1001/orders/A-1042/address', { method: 'PUT', body: address });
    expect(await world.state()).toMatchObject({
      orders: { 'A-1042': { status: 'processing', address: 'Mill Road 14, 50667 Cologne, Germany' } },
      refunds: { 'A-1017': '25.50 EUR' },
      effects: { refund: 2, address: 1 },
    });
  });

  it('shows nothing where the shop refuses', async () => {
    const shop = await openWorld();
    const before = await world.state();
    expect((await write(shop, 'cus_1001/orders/A-1038/cancel')).status).toBe(409);
    expect((await write(shop, 'cus_1001/orders/B-2001/cancel')).status).toBe(404);
    expect(await world.state()).toEqual(before);
  });

  it('puts back all that was changed while the shop runs, and lets it go on', async () => {
    const shop = await openWorld();
    const before = await world.state();
    await write(shop, 'cus_1001/orders/A-1042/cancel');
    await write(shop, 'cus_1002/orders/B-1990/refunds', { body: { amount_cents: 9_900 } });
    expect(await world.state()).not.toEqual(before);
    await world.reset();
    expect(await world.state()).toEqual(before);
    expect((await write(shop, 'cus_1001/orders/A-1042/cancel')).status).toBe(200);
    expect(await world.state()).toMatchObject({ effects: { cancel: 1 } });
  });

  it('knows the customers of the seed, and nobody else', () => {
    expect(world.customer?.('cus_1003')).toEqual({ email: 'amara.okafor@mail.example', name: 'Amara Okafor' });
    expect(world.customer?.('cus_9999')).toEqual({ email: null, name: null });
  });

  it.each([
    [{ SHOP_URL: 'http://127.0.0.1:4400' }, 'unset SHOP_URL and SHOP_FILE'],
    [{ SHOP_FILE: 'kept.sqlite' }, 'unset SHOP_URL and SHOP_FILE'],
    [{ FRONTDESK_DATA: '' }, 'set FRONTDESK_DATA to a folder that is thrown away'],
  ])('never empties a shop that somebody keeps: %o', async (variables, why) => {
    await openWorld();
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
    await expect(world.reset()).rejects.toThrow(why);
  });
});
