export type OrderState = 'processing' | 'shipped' | 'delivered' | 'cancelled';

export type Address = { street: string; postcode: string; city: string; country: string };

export type CustomerInfo = { name: string; email: string; phone: string | null; orders: number };

export type Order = {
  order_id: string;
  state: OrderState;
  /** Days as year-month-day. */
  placed_on: string;
  shipped_on: string | null;
  delivered_on: string | null;
  carrier: string | null;
  tracking: string | null;
  items: { name: string; quantity: number; price_cents: number }[];
  total_cents: number;
  refunded_cents: number;
  address: Address;
  note: string | null;
};

/** What a write answers, the first time and every further time under its key. */
export type Effect = {
  order_id: string;
  kind: 'cancel' | 'refund' | 'address';
  amount_cents: number | null;
  summary: string;
};

/** Why the shop refuses: a stable code, the HTTP status, and a sentence that a customer may hear. */
export class ShopRefusal extends Error {
  readonly code: string;
  readonly status: 404 | 409;
  constructor(code: string, status: 404 | 409, message: string) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** For how long after its delivery an order may be refunded. */
export const RETURN_DAYS = 30;

const DAY = 86_400_000;

// What may be done with an order. The tools ask the same before they propose anything; the shop asks again when it acts.

/** Throws `ShopRefusal` where the order cannot be cancelled any more. */
export function mayCancel({ order_id, state }: Order): void {
  if (state === 'processing') return;
  if (state === 'cancelled') throw new ShopRefusal('already_cancelled', 409, `Order ${order_id} is cancelled already.`);
  const how = 'It can be sent back once it has arrived.';
  throw new ShopRefusal(
    'not_cancellable',
    409,
    `Order ${order_id} has left our warehouse and cannot be cancelled. ${how}`,
  );
}

/** Throws `ShopRefusal` where `amount` cents cannot be refunded. */
export function mayRefund({ order_id, state, delivered_on, ...order }: Order, amount: number, now: number): void {
  const refuse = (code: string, message: string) => new ShopRefusal(code, 409, message);
  if (state === 'processing')
    throw refuse('not_refundable', `Order ${order_id} has not been sent yet: it can be cancelled instead of refunded.`);
  if (state === 'cancelled')
    throw refuse('not_refundable', `Order ${order_id} is cancelled, and its money was sent back then.`);
  if (state === 'shipped' || delivered_on === null)
    throw refuse('not_refundable', `Order ${order_id} is on its way: it can be refunded once it has arrived.`);
  if (now - Date.parse(delivered_on) > (RETURN_DAYS + 1) * DAY)
    throw refuse(
      'too_late',
      `Order ${order_id} arrived more than ${RETURN_DAYS} days ago and cannot be refunded in the chat.`,
    );
  const left = order.total_cents - order.refunded_cents;
  if (left <= 0) throw refuse('nothing_left', `Order ${order_id} is fully refunded already.`);
  if (amount > left) throw refuse('too_much', `At most ${euros(left)} of order ${order_id} can be refunded.`);
}

/** Throws `ShopRefusal` where the order goes where it goes. */
export function mayChangeAddress({ order_id, state }: Order): void {
  if (state === 'processing') return;
  const why = state === 'cancelled' ? 'is cancelled' : 'has left our warehouse';
  throw new ShopRefusal('address_fixed', 409, `Order ${order_id} ${why}, so its address cannot be changed.`);
}

/** The same for an order of somebody else. */
export function unknownOrder(id: string): ShopRefusal {
  return new ShopRefusal('not_found', 404, `There is no order ${id} in your account.`);
}

/** "59.90 EUR". */
export function euros(cents: number): string {
  return `${(cents / 100).toFixed(2)} EUR`;
}

export function addressLine({ street, postcode, city, country }: Address): string {
  return `${street}, ${postcode} ${city}, ${country}`;
}
