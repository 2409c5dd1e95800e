import { mkdir } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, resolve } from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import { type ApiOptions, type Knobs, shopApi } from './api.ts';
import { Shop } from './shop.ts';

export type ShopServerOptions = {
  /** 0, the default, takes any free port. */
  port?: number;
  /** Default: SHOP_FILE, else `acme-shop.sqlite` in Frontdesk's data folder. */
  file?: string;
  /** Default: SHOP_TOKEN, else one for development. */
  token?: string;
  ignoreKeys?: boolean;
  /** May be changed while it runs. */
  knobs?: Knobs;
  page?: ApiOptions['page'];
};

export type ShopServer = { url: string; token: string; file: string; shop: Shop; close(): Promise<void> };

/** A token that is good enough on loopback. */
const DEVELOPMENT_TOKEN = 'acme-shop-development';

/** The shop's API on loopback. It does not keep a process alive that has nothing else to do, unless it has a port. */
export async function startShop(options: ShopServerOptions = {}): Promise<ShopServer> {
  const file = options.file ?? defaultFile();
  const token = options.token ?? (process.env.SHOP_TOKEN || DEVELOPMENT_TOKEN);
  if (file !== ':memory:') await mkdir(dirname(file), { recursive: true });
  const shop = new Shop({ file, ignoreKeys: options.ignoreKeys ?? false });
  const knobs = options.knobs ?? { delayBeforeMs: 0, delayAfterMs: 0 };
  const server = createAdaptorServer({ fetch: shopApi({ shop, token, knobs, page: options.page }).fetch }) as Server;
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(options.port ?? 0, '127.0.0.1', listening);
  });
  if (!options.port) server.unref();
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    await new Promise((closed) => {
      server.close(closed);
      server.closeAllConnections();
    });
    shop.close();
  };
  return { url: `http://127.0.0.1:${port}`, token, file, shop, close };
}

/** SHOP_FILE, else `acme-shop.sqlite` in Frontdesk's data folder. */
export function defaultFile(): string {
  const { SHOP_FILE, FRONTDESK_DATA } = process.env;
  return resolve(SHOP_FILE || resolve(FRONTDESK_DATA || '.frontdesk', 'acme-shop.sqlite'));
}
