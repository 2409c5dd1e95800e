import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createAdaptorServer } from '@hono/node-server';
import Database from 'better-sqlite3';
import { shopApi } from '../../examples/acme-shop/tools/shop/api.ts';
import { addCustomer, addOrder } from '../../examples/acme-shop/tools/shop/seed.ts';
import { Shop } from '../../examples/acme-shop/tools/shop/shop.ts';
import type { Effect } from './check.ts';
import type { Moments } from './moments.ts';
import type { Plan } from './plan.ts';

export type CrashShop = {
  token: string;
  /** The address that a server of that number is given, so that the shop knows who calls. */
  url(node: number): string;
  /** Everything that ever happened to an order, read from the shop's file by another connection. */
  effects(): Effect[];
  close(): Promise<void>;
};

export type CrashShopOptions = {
  folder: string;
  moments: Moments;
  plans: readonly Plan[];
  random: () => number;
  /** Keys are written down and otherwise ignored. */
  ignoreKeys: boolean;
};

/** Of the writes: how many are done late, so that their caller may be dead by then, and how many answers are lost. */
const LATE = 0.04;
const LOST = 0.03;
const LONGEST_LATE_MS = 1_500;
const USUAL_MS = 12;

const TOKEN = 'crash-harness-of-acme-shop';
const ADDRESS = { street: 'Lindenweg 12', postcode: '10435', city: 'Berlin', country: 'Germany' };

/** Acme Shop with the customers and orders of the plans, its API as servers meet it: not always quick, not always answering. */
export async function startShop({ folder, moments, plans, random, ignoreKeys }: CrashShopOptions): Promise<CrashShop> {
  const file = join(folder, 'shop.sqlite');
  const shop = new Shop({ file, ignoreKeys });
  stock(shop, plans);
  const api = shopApi({ shop, token: TOKEN });
  const answer = async (request: Request, { incoming }: { incoming: IncomingMessage }) => {
    const url = new URL(request.url);
    const [, node = '', path = ''] = /^\/(\d+)(\/.*)$/.exec(url.pathname) ?? [];
    url.pathname = path;
    const passed = new Request(url, request);
    if (request.method === 'GET') return api.fetch(passed);
    moments.happened('arrived', Number(node));
    await sleep(random() < LATE ? random() * LONGEST_LATE_MS : random() * USUAL_MS);
    const response = await api.fetch(passed);
    moments.happened('effected', Number(node));
    await sleep(random() * USUAL_MS);
    if (random() < LOST) incoming.socket.destroy();
    setImmediate(() => moments.happened('answered', Number(node)));
    return response;
  };
  const server = createAdaptorServer({ fetch: answer as never, overrideGlobalObjects: false }) as Server;
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    token: TOKEN,
    url: (node) => `http://127.0.0.1:${port}/${node}`,
    effects: () => readEffects(file),
    async close() {
      await new Promise((closed) => {
        server.close(closed);
        server.closeAllConnections();
      });
      shop.close();
    },
  };
}

function readEffects(file: string): Effect[] {
  const database = new Database(file, { readonly: true });
  try {
    const rows = database.prepare(
      'select at, kind, customer_id as customer, order_id as "order", idempotency_key as key from effects order by id',
    );
    return rows.all() as Effect[];
  } finally {
    database.close();
  }
}

function stock({ database }: Shop, plans: readonly Plan[]): void {
  const now = Date.now();
  const fill = database.transaction(() => {
    for (const { customer, rounds } of plans) {
      addCustomer(database, { id: customer, name: customer, email: `${customer}@mail.example`, phone: null });
      for (const { order, what } of rounds) {
        const delivered = what === 'refund' || what === 'pay back';
        addOrder(
          database,
          {
            ...{ id: order, customer, state: delivered ? 'delivered' : 'processing', age: delivered ? 10 : 0 },
            ...{ items: [{ name: 'Tea kettle', quantity: 2, price: 4_000 }], address: ADDRESS },
          },
          now,
        );
      }
    }
  });
  fill.immediate();
}
