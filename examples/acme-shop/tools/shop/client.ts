import { type ToolContext, ToolProblem } from 'frontdesk';
import { type CustomerInfo, type Effect, type Order, ShopRefusal } from './rules.ts';

type Signal = Pick<ToolContext, 'signal'>;
type Request = { method?: 'GET' | 'POST' | 'PUT'; body?: unknown; key?: string | null };

/** What is known of this customer. */
export function customerOf(customer: string, context: Signal): Promise<CustomerInfo> {
  return ask<CustomerInfo>([customer], {}, context);
}

/** The orders of this customer, newest first. */
export async function ordersOf(customer: string, context: Signal): Promise<Order[]> {
  return (await ask<{ orders: Order[] }>([customer, 'orders'], {}, context)).orders;
}

/** An order of this customer. Throws a `ToolProblem` where the customer has none of that number. */
export function orderOf(customer: string, order: string, context: Signal): Promise<Order> {
  return ask<Order>([customer, 'orders', order], {}, context);
}

/** Changes an order of this customer, once for each idempotency key. */
export function change(
  at: { customer: string; order: string; what: 'cancel' | 'refunds' | 'address' },
  body: unknown,
  context: ToolContext,
): Promise<Effect> {
  const request = { method: at.what === 'address' ? 'PUT' : 'POST', body, key: context.idempotencyKey } as const;
  return ask<Effect>([at.customer, 'orders', at.order, at.what], request, context);
}

/** What was done under the key of this call; null where nothing was. */
export async function effectOf(customer: string, context: ToolContext): Promise<Effect | null> {
  const response = await send([customer, 'effects', context.idempotencyKey ?? ''], {}, context);
  if (response.status === 404) return null;
  if (!response.ok) throw new Error(`The shop answered ${response.status}.`);
  return (await response.json()) as Effect;
}

/** Asks one of the shop's own rules before anybody is asked to confirm. What it refuses is a problem to tell. */
export function unlessRefused(rule: () => void): void {
  try {
    rule();
  } catch (error) {
    throw error instanceof ShopRefusal ? new ToolProblem(error.message) : error;
  }
}

/**
 * What the shop refuses is a `ToolProblem` with its sentence, and then nothing was changed. Anything else that goes wrong
 * (no connection, an answer that never came) is thrown as it is, because nobody knows what became of it.
 */
async function ask<Answer>(path: readonly string[], request: Request, context: Signal): Promise<Answer> {
  const response = await send(path, request, context);
  if (response.ok) return (await response.json()) as Answer;
  const { error } = (await response.json()) as { error: { code: string; message: string } };
  if (response.status === 404 || response.status === 409) throw new ToolProblem(error.message);
  if (response.status < 500) throw new ToolProblem('The shop does not take this request. A colleague can help.');
  throw new Error(`The shop answered ${response.status} ${error.code}.`);
}

/** Every path begins with the customer, who comes from the verified sign-in and never from the model. */
async function send(path: readonly string[], { method = 'GET', body, key }: Request, { signal }: Signal) {
  const { url, token } = await shopAddress();
  const headers: Record<string, string> = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  if (key) headers['idempotency-key'] = key;
  const address = `${url}/customers/${path.map(encodeURIComponent).join('/')}`;
  return fetch(address, { method, headers, signal, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
}

type ShopAddress = { url: string; token: string };

let started: Promise<ShopAddress> | null = null;

/** SHOP_URL with SHOP_TOKEN; where it is not set, a shop in this process, its database in Frontdesk's data folder. */
function shopAddress(): Promise<ShopAddress> {
  const { SHOP_URL, SHOP_TOKEN } = process.env;
  if (SHOP_URL) return Promise.resolve({ url: SHOP_URL.replace(/\/$/, ''), token: SHOP_TOKEN ?? '' });
  started ??= import('./start-shop.ts').then(({ startShop }) => startShop());
  return started;
}
