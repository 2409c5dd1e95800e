/**
 * Starts the shop by itself: its API for a Frontdesk that is told SHOP_URL, and a page with the chat, signed in:
 *
 *   npm run shop
 *
 * The page needs FRONTDESK_URL (http://localhost:3000) and FRONTDESK_JWT_SECRET as Frontdesk has it.
 * SHOP_PORT (4400), SHOP_FILE (./.frontdesk/acme-shop.sqlite), SHOP_TOKEN (a fixed one for development).
 * For tests: SHOP_IGNORE_KEYS=on, SHOP_DELAY_BEFORE_MS, SHOP_DELAY_AFTER_MS.
 */
import { tokenSettings } from './customer-token.ts';
import { shopPage } from './page.ts';
import { startShop } from './start-shop.ts';

const { env } = process;
const settings = { frontdeskUrl: env.FRONTDESK_URL || 'http://localhost:3000', tokens: tokenSettings() };
const port = Number(env.SHOP_PORT || 4400);
const shop = await startShop({
  port,
  page: (as) => shopPage(settings, as),
  ignoreKeys: env.SHOP_IGNORE_KEYS === 'on',
  knobs: { delayBeforeMs: Number(env.SHOP_DELAY_BEFORE_MS || 0), delayAfterMs: Number(env.SHOP_DELAY_AFTER_MS || 0) },
}).catch((error: NodeJS.ErrnoException) => {
  if (error.code !== 'EADDRINUSE') throw error;
  console.error(`Another program already listens on 127.0.0.1:${port}. Stop it, or choose another SHOP_PORT.`);
  process.exit(1);
});
console.log(`Acme Shop: ${shop.url}, with the chat of ${settings.frontdeskUrl}; its database is ${shop.file}`);
console.log(`Frontdesk must have been started with FRONTDESK_ORIGINS=${shop.url} and the same FRONTDESK_JWT_SECRET.`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void shop.close());
