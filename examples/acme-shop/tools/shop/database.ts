import Database from 'better-sqlite3';

export type ShopDatabase = Database.Database;

/** Amounts are whole cents (EUR), times are milliseconds since 1970. */
const SCHEMA = `
  create table if not exists customers (
    id text primary key,
    name text not null,
    email text not null,
    phone text
  ) strict;
  create table if not exists orders (
    id text primary key,
    customer_id text not null references customers (id),
    state text not null check (state in ('processing', 'shipped', 'delivered', 'cancelled')),
    placed_at integer not null,
    shipped_at integer,
    delivered_at integer,
    carrier text,
    tracking text,
    street text not null,
    postcode text not null,
    city text not null,
    country text not null,
    note text
  ) strict;
  create table if not exists items (
    order_id text not null references orders (id),
    name text not null,
    quantity integer not null check (quantity > 0),
    price_cents integer not null check (price_cents > 0)
  ) strict;
  create table if not exists effects (
    id integer primary key,
    at integer not null,
    kind text not null check (kind in ('cancel', 'refund', 'address')),
    customer_id text not null,
    order_id text not null references orders (id),
    idempotency_key text not null,
    amount_cents integer
  ) strict;
  create table if not exists answers (
    customer_id text not null,
    idempotency_key text not null,
    request_hash text not null,
    answer text not null,
    primary key (customer_id, idempotency_key)
  ) strict;
  create index if not exists orders_of_customer on orders (customer_id, placed_at);
  create index if not exists items_of_order on items (order_id);
  create index if not exists effects_of_order on effects (order_id);
`;

/**
 * The shop's database. `effects` has one row for everything that ever happened to an order, so that whoever counts from
 * outside need not believe the API; `answers` holds what each idempotency key was answered.
 * `file` may be `:memory:`.
 */
export function openDatabase(file: string): ShopDatabase {
  const database = new Database(file);
  database.pragma('busy_timeout = 5000');
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  database.exec(SCHEMA);
  return database;
}
