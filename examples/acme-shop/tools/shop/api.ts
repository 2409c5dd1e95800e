import { createHash, timingSafeEqual } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { ShopRefusal, unknownOrder } from './rules.ts';
import type { Shop, Write } from './shop.ts';

/** What a test may turn while the shop runs: milliseconds to wait before and after the effect of a write. */
export type Knobs = { delayBeforeMs: number; delayAfterMs: number };

export type ApiOptions = { shop: Shop; token: string; knobs?: Knobs };

const refundBody = z.strictObject({ amount_cents: z.int().min(1).max(10_000_000) });
const line = z.string().trim().min(1).max(100);
const addressBody = z.strictObject({
  street: line,
  postcode: z.string().trim().min(3).max(12),
  city: line,
  country: line,
});
const KEY = /^[\x21-\x7e]{8,200}$/;

/**
 * The shop's HTTP API, as other programs of the company see it. Every path names the customer, and whoever calls stands
 * for that customer only: the order of somebody else is 404, as is one that does not exist. Errors are
 * `{ error: { code, message } }`; writes need an `Idempotency-Key`.
 */
export function shopApi({ shop, token, knobs = { delayBeforeMs: 0, delayAfterMs: 0 } }: ApiOptions): Hono {
  const app = new Hono();
  app.use('/customers/*', async (context, next) => {
    if (!sameSecret(context.req.header('authorization') ?? '', `Bearer ${token}`))
      return fail(context, { status: 401, code: 'unauthorized', message: 'The API token is missing or wrong.' });
    await next();
    return undefined;
  });
  app.onError((error, context) => {
    if (error instanceof ShopRefusal) return fail(context, error);
    console.error(error);
    return fail(context, { status: 500, code: 'internal', message: 'The shop failed.' });
  });
  app.notFound((context) => fail(context, { status: 404, code: 'not_found', message: 'There is nothing here.' }));

  app.get('/health', (context) => context.json({ ok: true }));
  app.get('/customers/:customer', (context) => {
    const found = shop.customer(context.req.param('customer'));
    return found ? context.json(found) : context.notFound();
  });
  app.get('/customers/:customer/orders', (context) =>
    context.json({ orders: shop.orders(context.req.param('customer')) }),
  );
  app.get('/customers/:customer/orders/:order', (context) => {
    const { customer, order } = context.req.param();
    const found = shop.order(customer, order);
    if (!found) throw unknownOrder(order);
    return context.json(found);
  });
  app.get('/customers/:customer/effects/:key', (context) => {
    const { customer, key } = context.req.param();
    const answer = shop.answered(customer, key);
    return answer ? context.json(answer) : context.notFound();
  });

  app.post('/customers/:customer/orders/:order/cancel', (context) =>
    write(context, { knobs, body: z.strictObject({}), act: (to) => shop.cancel(to) }),
  );
  app.post('/customers/:customer/orders/:order/refunds', (context) =>
    write(context, {
      knobs,
      body: refundBody,
      act: (to, { amount_cents }) => shop.refund(to, { amount: amount_cents }),
    }),
  );
  app.put('/customers/:customer/orders/:order/address', (context) =>
    write(context, { knobs, body: addressBody, act: (to, address) => shop.changeAddress(to, address) }),
  );
  return app;
}

type Writing<Body> = { knobs: Knobs; body: z.ZodType<Body>; act: (to: Write, body: Body) => unknown };

async function write<Body>(context: Context, { knobs, body, act }: Writing<Body>): Promise<Response> {
  const { customer = '', order = '' } = context.req.param() as Record<string, string>;
  const key = context.req.header('idempotency-key') ?? '';
  if (!KEY.test(key))
    return fail(context, {
      status: 400,
      code: 'key_missing',
      message: 'Send an Idempotency-Key of 8 to 200 characters.',
    });
  const parsed = body.safeParse(await bodyOf(context));
  if (!parsed.success) return fail(context, { status: 400, code: 'invalid', message: z.prettifyError(parsed.error) });
  if (knobs.delayBeforeMs > 0) await sleep(knobs.delayBeforeMs, undefined, { ref: false });
  const effect = act({ customer, order, key }, parsed.data);
  if (knobs.delayAfterMs > 0) await sleep(knobs.delayAfterMs, undefined, { ref: false });
  return context.json(effect);
}

/** An empty body is an empty object; what is no JSON is nothing. */
async function bodyOf(context: Context): Promise<unknown> {
  const text = await context.req.text();
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    return undefined;
  }
}

type Failure = { status: 400 | 401 | 404 | 409 | 500; code: string; message: string };

function fail(context: Context, { status, code, message }: Failure): Response {
  return context.json({ error: { code, message } }, status);
}

function sameSecret(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
