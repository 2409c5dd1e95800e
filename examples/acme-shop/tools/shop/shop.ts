import { createHash } from 'node:crypto';
import { openDatabase, type ShopDatabase } from './database.ts';
import {
  type Address,
  addressLine,
  type CustomerInfo,
  type Effect,
  euros,
  mayCancel,
  mayChangeAddress,
  mayRefund,
  type Order,
  type OrderState,
  ShopRefusal,
  unknownOrder,
} from './rules.ts';
import { seed } from './seed.ts';

/** Who wants something changed, and under which key: the same key never has a second effect. */
export type Write = { customer: string; order: string; key: string };

export type ShopOptions = {
  /** `:memory:` for one that is forgotten. */
  file: string;
  /** Keys are written down and otherwise ignored: for a test that must see that they matter. */
  ignoreKeys?: boolean;
  now?: () => number;
};

/**
 * The shop. It checks itself whose an order is: an order of somebody else is as unknown as one that never was. Reads give
 * null for what the customer does not have; writes throw `ShopRefusal` and then have changed nothing.
 */
export class Shop {
  readonly database: ShopDatabase;
  readonly #ignoreKeys: boolean;
  readonly #now: () => number;

  constructor({ file, ignoreKeys = false, now = Date.now }: ShopOptions) {
    this.database = openDatabase(file);
    this.#ignoreKeys = ignoreKeys;
    this.#now = now;
    seed(this.database, now());
  }

  close(): void {
    this.database.close();
  }

  customer(id: string): CustomerInfo | null {
    const row = this.database
      .prepare(
        'select name, email, phone, (select count(*) from orders where customer_id = c.id) as orders from customers c where id = ?',
      )
      .get(id);
    return (row as CustomerInfo | undefined) ?? null;
  }

  /** Newest first. */
  orders(customer: string): Order[] {
    const rows = this.database
      .prepare('select * from orders where customer_id = ? order by placed_at desc, id')
      .all(customer);
    return (rows as OrderRow[]).map((row) => this.#orderOf(row));
  }

  order(customer: string, id: string): Order | null {
    const row = this.database.prepare('select * from orders where id = ? and customer_id = ?').get(id, customer);
    return row ? this.#orderOf(row as OrderRow) : null;
  }

  cancel(write: Write): Effect {
    return this.#once(write, { kind: 'cancel' }, (order) => {
      const amount = order.total_cents - order.refunded_cents;
      mayCancel(order);
      this.database.prepare("update orders set state = 'cancelled' where id = ?").run(order.order_id);
      return {
        amount,
        summary: `Order ${order.order_id} is cancelled. ${euros(amount)} go back the way they were paid.`,
      };
    });
  }

  /** `amount` in whole cents. */
  refund(write: Write, { amount }: { amount: number }): Effect {
    return this.#once(write, { kind: 'refund', amount }, (order) => {
      mayRefund(order, amount, this.#now());
      return { amount, summary: `${euros(amount)} of order ${order.order_id} are refunded the way they were paid.` };
    });
  }

  changeAddress(write: Write, address: Address): Effect {
    const { street, postcode, city, country } = address;
    return this.#once(write, { kind: 'address', street, postcode, city, country }, (order) => {
      mayChangeAddress(order);
      this.database
        .prepare(
          'update orders set street = @street, postcode = @postcode, city = @city, country = @country where id = @id',
        )
        .run({ street, postcode, city, country, id: order.order_id });
      return { amount: null, summary: `Order ${order.order_id} now goes to ${addressLine(address)}.` };
    });
  }

  /** What was answered under this key of this customer; null where nothing was done under it. */
  answered(customer: string, key: string): Effect | null {
    const row = this.database
      .prepare('select answer from answers where customer_id = ? and idempotency_key = ?')
      .get(customer, key) as { answer: string } | undefined;
    return row ? (JSON.parse(row.answer) as Effect) : null;
  }

  /** Effect, its row in `effects` and the answer under its key are one transaction. */
  #once(
    write: Write,
    request: { kind: Effect['kind'] } & Record<string, unknown>,
    act: (order: Order) => { amount: number | null; summary: string },
  ): Effect {
    const { customer, order: id, key } = write;
    const hash = createHash('sha256')
      .update(JSON.stringify([id, request]))
      .digest('hex');
    const run = this.database.transaction((): Effect => {
      const before = this.#ignoreKeys ? null : this.#requestUnder(customer, key);
      if (before && before !== hash)
        throw new ShopRefusal('key_reused', 409, 'This idempotency key was used before for something else.');
      const answer = before ? this.answered(customer, key) : null;
      if (answer) return answer;
      const order = this.order(customer, id);
      if (!order) throw unknownOrder(id);
      const { amount, summary } = act(order);
      const effect: Effect = { order_id: id, kind: request.kind, amount_cents: amount, summary };
      this.database
        .prepare(
          'insert into effects (at, kind, customer_id, order_id, idempotency_key, amount_cents) values (?, ?, ?, ?, ?, ?)',
        )
        .run(this.#now(), request.kind, customer, id, key, amount);
      if (!this.#ignoreKeys)
        this.database
          .prepare('insert into answers values (?, ?, ?, ?)')
          .run(customer, key, hash, JSON.stringify(effect));
      return effect;
    });
    return run.immediate();
  }

  #requestUnder(customer: string, key: string): string | null {
    const row = this.database
      .prepare('select request_hash from answers where customer_id = ? and idempotency_key = ?')
      .get(customer, key) as { request_hash: string } | undefined;
    return row?.request_hash ?? null;
  }

  #orderOf(row: OrderRow): Order {
    const items = this.database
      .prepare('select name, quantity, price_cents from items where order_id = ? order by rowid')
      .all(row.id) as Order['items'];
    const { refunded } = this.database
      .prepare(
        "select coalesce(sum(amount_cents), 0) as refunded from effects where order_id = ? and kind in ('refund', 'cancel')",
      )
      .get(row.id) as { refunded: number };
    return {
      order_id: row.id,
      state: row.state,
      placed_on: dayOf(row.placed_at),
      shipped_on: row.shipped_at === null ? null : dayOf(row.shipped_at),
      delivered_on: row.delivered_at === null ? null : dayOf(row.delivered_at),
      carrier: row.carrier,
      tracking: row.tracking,
      items,
      total_cents: items.reduce((sum, { quantity, price_cents }) => sum + quantity * price_cents, 0),
      refunded_cents: refunded,
      address: { street: row.street, postcode: row.postcode, city: row.city, country: row.country },
      note: row.note,
    };
  }
}

type OrderRow = Address & {
  id: string;
  state: OrderState;
  placed_at: number;
  shipped_at: number | null;
  delivered_at: number | null;
  carrier: string | null;
  tracking: string | null;
  note: string | null;
};

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
