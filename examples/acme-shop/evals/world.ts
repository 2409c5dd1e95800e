import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { defineWorld } from 'frontdesk';
import { openDatabase, type ShopDatabase } from '../tools/shop/database.ts';
import { type Address, addressLine, euros } from '../tools/shop/rules.ts';
import { addCustomer, addOrder, CUSTOMERS, type NewCustomer, type NewOrder, seed } from '../tools/shop/seed.ts';
import { defaultFile } from '../tools/shop/start-shop.ts';

/** Besides the seed, somebody who paid enough to be refunded more than the shop gives back in a day. */
const NORA: NewCustomer = { id: 'cus_1900', name: 'Nora Lind', email: 'nora.lind@mail.example', phone: null };
const NORAS: NewOrder = {
  id: 'E-9001',
  customer: NORA.id,
  state: 'delivered',
  age: 8,
  items: [{ name: 'Copper cookware set', quantity: 1, price: 64_000 }],
  address: { street: 'Torgata 5', postcode: '0181', city: 'Oslo', country: 'Norway' },
};

/** The shop's database, looked at beside its API. Days are left out of the state: the seed counts them back from today. */
export default defineWorld({
  reset: async () => withDatabase(putBack),
  state: async () =>
    withDatabase((database) => ({
      orders: ordersIn(database),
      refunds: refundsIn(database),
      effects: effectsIn(database),
    })),
  customer(id) {
    const found = [...CUSTOMERS, NORA].find((customer) => customer.id === id);
    return { email: found?.email ?? null, name: found?.name ?? null };
  },
});

/** A connection of its own: whether the shop has been started yet makes no difference. */
function withDatabase<Result>(use: (database: ShopDatabase) => Result): Result {
  const file = fileForEvals();
  mkdirSync(dirname(file), { recursive: true });
  const database = openDatabase(file);
  try {
    return use(database);
  } finally {
    database.close();
  }
}

/** Resetting empties the database, so that one that somebody keeps is never taken. */
function fileForEvals(): string {
  const { SHOP_URL, SHOP_FILE, FRONTDESK_DATA } = process.env;
  if (SHOP_URL || SHOP_FILE)
    throw new Error(
      'The evals empty the shop before each case, and so have one of their own: unset SHOP_URL and SHOP_FILE.',
    );
  if (!FRONTDESK_DATA)
    throw new Error('The evals empty the shop before each case: set FRONTDESK_DATA to a folder that is thrown away.');
  return defaultFile();
}

function putBack(database: ShopDatabase): void {
  const empty = database.transaction(() => {
    for (const table of ['answers', 'effects', 'items', 'orders', 'customers'])
      database.prepare(`delete from ${table}`).run();
    const now = Date.now();
    seed(database, now);
    addCustomer(database, NORA);
    addOrder(database, NORAS, now);
  });
  empty.immediate();
}

type OrderRow = Address & { id: string; customer_id: string; state: string };

/** By number: whose it is, its status, where it goes. */
function ordersIn(database: ShopDatabase) {
  const rows = database.prepare('select * from orders order by id').all() as OrderRow[];
  const entries = rows.map(({ id, customer_id: customer, state: status, ...row }) => {
    return [id, { customer, status, address: addressLine(row) }] as const;
  });
  return Object.fromEntries(entries);
}

/** What went back to the customer, by order, such as "20.00 EUR"; what was cancelled is paid back, too. */
function refundsIn(database: ShopDatabase): Record<string, string> {
  const rows = database
    .prepare(
      "select order_id, sum(amount_cents) as cents from effects where kind in ('refund', 'cancel') group by order_id",
    )
    .all() as { order_id: string; cents: number }[];
  return Object.fromEntries(rows.map(({ order_id, cents }) => [order_id, euros(cents)]));
}

/** How many there were of each kind; a kind that never was is not there. */
function effectsIn(database: ShopDatabase): Record<string, number> {
  const rows = database.prepare('select kind, count(*) as times from effects group by kind').all();
  return Object.fromEntries((rows as { kind: string; times: number }[]).map(({ kind, times }) => [kind, times]));
}
