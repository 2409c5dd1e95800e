/**
 * Starts the shop by itself, for a Frontdesk that is told SHOP_URL, and for whoever wants to look into it:
 *
 *   npm run shop
 *
 * SHOP_PORT (4400), SHOP_FILE (./.frontdesk/acme-shop.sqlite), SHOP_TOKEN (a fixed one for development).
 * For tests: SHOP_IGNORE_KEYS=on, SHOP_DELAY_BEFORE_MS, SHOP_DELAY_AFTER_MS.
 */
import { startShop } from './start-shop.ts';

const { env } = process;
const shop = await startShop({
  port: Number(env.SHOP_PORT || 4400),
  ignoreKeys: env.SHOP_IGNORE_KEYS === 'on',
  knobs: { delayBeforeMs: Number(env.SHOP_DELAY_BEFORE_MS || 0), delayAfterMs: Number(env.SHOP_DELAY_AFTER_MS || 0) },
});
console.log(`Acme Shop listens on ${shop.url}; its database is ${shop.file}`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void shop.close());
