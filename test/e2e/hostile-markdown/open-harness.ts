import type { BrowserContext, Page } from 'playwright-core';
import { launchChromium } from '../chromium.ts';
import type { Harness } from './harness.tsx';
import { serveHarness } from './serve-harness.ts';

declare global {
  const harness: Harness;
}

export type OpenHarness = {
  page: Page;
  context: BrowserContext;
  url: string;
  /** Every request that leaves the harness, whichever page makes it. All of them are refused. */
  requests: string[];
  /** Dialogs, and errors that nobody caught. */
  troubles: string[];
  close(): Promise<void>;
};

/** The harness in a browser of its own. */
export async function openHarness(): Promise<OpenHarness> {
  const [browser, served] = await Promise.all([launchChromium(), serveHarness()]);
  const requests: string[] = [];
  const troubles: string[] = [];
  const context = await browser.newContext();
  await context.route('**/*', (route) => {
    const url = route.request().url();
    if (new URL(url).origin === new URL(served.url).origin) return route.continue();
    requests.push(url);
    return route.abort();
  });
  context.on('dialog', (dialog) => {
    troubles.push(dialog.message());
    void dialog.dismiss();
  });
  context.on('weberror', (error) => troubles.push(String(error.error())));
  const page = await context.newPage();
  await page.goto(served.url);
  await page.waitForFunction(() => 'harness' in globalThis);
  const close = async () => {
    await browser.close();
    await served.close();
  };
  return { page, context, url: served.url, requests, troubles, close };
}
