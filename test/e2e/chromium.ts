import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Without a window to draw for, the shell needs three quarters of the time: the same engine, as Playwright's own. */
const NAMES = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'];
const PATHS = [process.env.CHROMIUM_PATH, ...NAMES.map((name) => `/usr/bin/${name}`)];

const ARGS =
  '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking ' +
  '--disable-component-update --disable-sync';

/** The browser of this machine, or undefined where there is none. */
export const chromiumPath: string | undefined = PATHS.find((path) => path !== undefined && existsSync(path));

/** Browser tests are left out where no browser is, except in CI: there a missing browser is a failure. */
export const skipBrowserTests: boolean = chromiumPath === undefined && !process.env.CI;

export async function launchChromium(): Promise<Browser> {
  if (chromiumPath === undefined) throw new Error('No Chromium was found: install it or set CHROMIUM_PATH.');
  return chromium.launch({ executablePath: chromiumPath, args: ARGS.split(' ') });
}
