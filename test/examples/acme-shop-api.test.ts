import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { shopApi } from '../../examples/acme-shop/tools/shop/api.ts';
import { CUSTOMERS, ORDERS } from '../../examples/acme-shop/tools/shop/seed.ts';
import { Shop } from '../../examples/acme-shop/tools/shop/shop.ts';
import { startShop } from '../../examples/acme-shop/tools/shop/start-shop.ts';

const TOKEN = 'the-token-of-the-shop';
const MIA = 'cus_1001';
const ADDRESS = { street: 'Am Ufer 8', postcode: '20095', city: 'Hamburg', country: 'Germany' };
const WRITES = [
  ['POST', 'cancel', {}],
  ['POST', 'refunds', { amount_cents: 100 }],
  ['PUT', 'address', ADDRESS],
] as const;

let shop: Shop;
let api: ReturnType<typeof shopApi>;
let keys = 0;
const open = (options: { ignoreKeys?: boolean } = {}) => {
  shop?.close();
  shop = new Shop({ file: ':memory:', ...options });
  api = shopApi({ shop, token: TOKEN });
};
beforeEach(() => open());
afterAll(() => shop.close());

type Asked = { method?: string; body?: unknown; key?: string | null; token?: string };
async function ask(path: string, { method = 'GET', body, key = `key-${++keys}-of-test`, token = TOKEN }: Asked = {}) {
  const headers: Record<string, string> = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  if (key !== null) headers['idempotency-key'] = key;
  const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  const response = await api.request(`/customers/${path}`, init);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
const effects = () => shop.database.prepare('select kind, order_id, amount_cents from effects order by id').all();

describe('the shop', () => {
  it('shows a customer what is theirs', async () => {
    expect((await ask(MIA)).body).toEqual({
      name: 'Mia Keller',
      email: 'mia.keller@mail.example',
      phone: '+49 30 5550 101',
      orders: 4,
    });
    const { body } = await ask(`${MIA}/orders`);
    expect((body.orders as { order_id: string }[]).map((one) => one.order_id)).toEqual([
      'A-1042',
      'A-1038',
      'A-1017',
      'A-0988',
    ]);
    expect((await ask(`${MIA}/orders/A-1042`)).body).toMatchObject({
      state: 'processing',
      total_cents: 5_990,
      refunded_cents: 0,
    });
  });

  it.each(['', 'wrong', `${TOKEN}x`])('answers nobody with the token "%s"', async (token) => {
    expect((await ask(`${MIA}/orders`, { token })).status).toBe(401);
    expect((await ask(`${MIA}/orders/A-1042/cancel`, { method: 'POST', token })).status).toBe(401);
    expect(effects()).toEqual([]);
  });

  it('has no difference between an order of somebody else and one that is not', async () => {
    for (const { id: customer } of CUSTOMERS) {
      for (const { id, customer: owner } of ORDERS.filter((order) => order.customer !== customer)) {
        const paths = [
          ['GET', '', undefined] as const,
          ...WRITES.map(([method, at, body]) => [method, `/${at}`, body] as const),
        ];
        for (const [method, at, body] of paths) {
          const foreign = await ask(`${customer}/orders/${id}${at}`, { method, body });
          const missing = await ask(`${customer}/orders/Z-9999${at}`, { method, body });
          expect(foreign.status, `${customer} ${method} ${id} of ${owner}`).toBe(404);
          expect(JSON.stringify(foreign.body).replaceAll(id, 'Z-9999')).toBe(JSON.stringify(missing.body));
        }
      }
    }
    expect(effects()).toEqual([]);
  });

  it('cancels what has not left, once', async () => {
    const cancel = (id: string) => ask(`${MIA}/orders/${id}/cancel`, { method: 'POST' });
    expect(await cancel('A-1042')).toMatchObject({ status: 200, body: { amount_cents: 5_990 } });
    expect(await cancel('A-1042')).toMatchObject({ status: 409, body: { error: { code: 'already_cancelled' } } });
    expect(await cancel('A-1038')).toMatchObject({ status: 409, body: { error: { code: 'not_cancellable' } } });
    expect(shop.order(MIA, 'A-1042')).toMatchObject({ state: 'cancelled', refunded_cents: 5_990 });
    expect(effects()).toEqual([{ kind: 'cancel', order_id: 'A-1042', amount_cents: 5_990 }]);
  });

  it.each([
    [MIA, 'A-1017', 15_851, 'too_much'],
    [MIA, 'A-1042', 100, 'not_refundable'],
    [MIA, 'A-1038', 100, 'not_refundable'],
    [MIA, 'A-0988', 100, 'not_refundable'],
    ['cus_1002', 'B-1903', 100, 'too_late'],
  ])('refuses %s a refund of %s over %d', async (customer, id, amount_cents, code) => {
    const refused = await ask(`${customer}/orders/${id}/refunds`, { method: 'POST', body: { amount_cents } });
    expect(refused).toMatchObject({ status: 409, body: { error: { code } } });
    expect(effects()).toEqual([]);
  });

  it('refunds no more than was paid, whoever asks how often at once', async () => {
    const body = { amount_cents: 2_000 };
    const all = await Promise.all(
      Array.from({ length: 50 }, () => ask(`${MIA}/orders/A-1017/refunds`, { method: 'POST', body })),
    );
    expect(all.filter(({ status }) => status === 200)).toHaveLength(7);
    expect(all.filter(({ status }) => status === 409)).toHaveLength(43);
    expect(shop.order(MIA, 'A-1017')?.refunded_cents).toBe(14_000);
  });

  it('changes the address of what has not left', async () => {
    const change = (id: string) => ask(`${MIA}/orders/${id}/address`, { method: 'PUT', body: ADDRESS });
    expect((await change('A-1042')).status).toBe(200);
    expect(shop.order(MIA, 'A-1042')?.address).toEqual(ADDRESS);
    expect(await change('A-1017')).toMatchObject({ status: 409, body: { error: { code: 'address_fixed' } } });
  });

  it.each([{}, { amount_cents: 0 }, { amount_cents: 1.5 }, { amount_cents: '5' }, { amount_cents: 5, to: 'me' }])(
    'does not take %j for a refund',
    async (body) => {
      expect((await ask(`${MIA}/orders/A-1017/refunds`, { method: 'POST', body })).status).toBe(400);
      expect(effects()).toEqual([]);
    },
  );
});

describe('an idempotency key', () => {
  const refund = (key: string | null, amount_cents = 500, customer = MIA) =>
    ask(`${customer}/orders/A-1017/refunds`, { method: 'POST', body: { amount_cents }, key });

  it('is needed for a write', async () => {
    expect(await refund(null)).toMatchObject({ status: 400, body: { error: { code: 'key_missing' } } });
  });

  it('has one effect and one answer, also of many calls at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => refund('the-same-key')));
    expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(answers[0]?.status).toBe(200);
    expect(effects()).toHaveLength(1);
    expect(await ask(`${MIA}/effects/the-same-key`)).toEqual(answers[0]);
  });

  it('answers as before when the order has changed since', async () => {
    const cancel = () => ask(`${MIA}/orders/A-1042/cancel`, { method: 'POST', key: 'cancel-once' });
    expect(await cancel()).toEqual(await cancel());
    expect(effects()).toHaveLength(1);
  });

  it('is refused with another request', async () => {
    await refund('a-used-key');
    expect(await refund('a-used-key', 501)).toMatchObject({ status: 409, body: { error: { code: 'key_reused' } } });
    const elsewhere = await ask(`${MIA}/orders/A-1042/cancel`, { method: 'POST', key: 'a-used-key' });
    expect(elsewhere.body).toMatchObject({ error: { code: 'key_reused' } });
    expect(effects()).toHaveLength(1);
  });

  it('says nothing to another customer, and of what was refused', async () => {
    await refund('key-of-mia');
    await refund('refused-key', 99_999);
    expect((await ask('cus_1002/effects/key-of-mia')).status).toBe(404);
    expect((await ask(`${MIA}/effects/refused-key`)).status).toBe(404);
  });

  it('does nothing where keys are ignored: the test above can fail', async () => {
    open({ ignoreKeys: true });
    await refund('the-same-key');
    await refund('the-same-key');
    expect(effects()).toHaveLength(2);
  });
});

it('has done what it did also where the answer never came', async () => {
  const knobs = { delayBeforeMs: 0, delayAfterMs: 60_000 };
  const server = await startShop({ file: ':memory:', token: TOKEN, knobs });
  const headers = { authorization: `Bearer ${TOKEN}`, 'idempotency-key': 'cut-off-after' };
  const path = `${server.url}/customers/${MIA}`;
  const cut = fetch(`${path}/orders/A-1042/cancel`, { method: 'POST', headers });
  await expect.poll(() => server.shop.answered(MIA, 'cut-off-after')).not.toBeNull();
  const found = await fetch(`${path}/effects/cut-off-after`, { headers });
  expect(await found.json()).toMatchObject({ kind: 'cancel', order_id: 'A-1042' });
  await server.close();
  await expect(cut).rejects.toThrow();
});
