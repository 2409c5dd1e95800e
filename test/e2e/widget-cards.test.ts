import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { send } from './chat-page.ts';
import { skipBrowserTests } from './chromium.ts';
import { openPage, openPanel, type Stage, setStage } from './widget-stage.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let stage: Stage;

describe.skipIf(skipBrowserTests)('cards in the widget', { timeout: 240_000 }, () => {
  beforeAll(async () => {
    stage = await setStage();
  });
  afterEach(() => stage.closePages());
  afterAll(() => stage?.close());

  test('an action is confirmed once, by keyboard, and every tab follows it to its end', async () => {
    const { page, context, troubles } = await stage.visit({}, { reducedMotion: 'reduce' });
    const { page: other } = await openPage(context, { url: stage.host.url, allowed: [''] });
    await openPanel(page);
    await send(page, 'Cancel my order');
    const card = page.getByRole('group', { name: /Please confirm|Your request/ });
    await card.getByText('Cancel order A-1043').waitFor();
    expect(await card.locator('dt, dd').allTextContents()).toEqual([
      'Order id',
      'A-1043',
      'Reason',
      'Ordered twice',
      'Notify by email',
      'Yes',
    ]);
    await expect.poll(() => page.locator('[data-announcer]').textContent()).toContain('Please confirm: Cancel order');
    await card.getByText('You have 14 minutes to decide.').waitFor();
    await openPanel(other);
    await page.keyboard.press('Escape');
    await page.locator('.fd-launcher').click();
    expect(decisions()).toEqual([]);
    await card.getByRole('button', { name: 'Yes, confirm' }).evaluate((button: HTMLElement) => {
      button.focus();
      button.click();
      button.click();
    });
    await stateIs(page, 'confirmed');
    await stateIs(other, 'confirmed');
    expect(decisions()).toEqual([{ decision: 'confirm', hash: 'f'.repeat(64) }]);
    expect(await card.getByRole('button').count()).toBe(0);
    expect(await card.getByRole('status').textContent()).toBe('Doing it…');
    expect(await focused(page)).toBe('Your message');
    stage.fake.append(conversation(), { type: 'action.started', actionId: 'asked', attempt: 1 });
    stage.fake.append(conversation(), { type: 'action.finished', actionId: 'asked', outcome: 'done' });
    for (const tab of [page, other]) await stateIs(tab, 'done');
    await page.reload();
    await page.locator('.fd-launcher').click();
    await stateIs(page, 'done');
    expect(troubles).toEqual([]);
  });

  test('it is declined; decided elsewhere; not sent and sent again; too late; a colleague’s', async () => {
    const { page } = await stage.visit({}, { reducedMotion: 'reduce' });
    await openPanel(page);
    await send(page, 'Cancel two of them');
    const cards = page.getByRole('group', { name: /Please confirm|Your request/ });
    const [first, second] = [cards.nth(0), cards.nth(1)];
    stage.fake.faults.push({ path: /actions/, status: 429, code: 'too_many_requests', times: 1 });
    await first.getByRole('button', { name: 'No, leave it' }).click();
    await first.getByRole('alert').getByText('Your answer did not arrive.').waitFor();
    await first.getByRole('button', { name: 'No, leave it' }).click();
    await first.getByText('You said no. Nothing was done.').waitFor();
    // The answer to the card is lost, and it was taken.
    stage.fake.faults.push({ path: /actions/, status: 409, code: 'action_decided', times: 1 });
    await second.getByRole('button', { name: 'Yes, confirm' }).click();
    await second.getByText('Sending your answer…').waitFor();
    const refund = { type: 'action.decided', actionId: 'refund', decision: 'confirm', by: 'customer' } as const;
    stage.fake.append(conversation(), refund);
    stage.fake.append(conversation(), { type: 'action.finished', actionId: 'refund', outcome: 'unknown' });
    await second.getByText('A person will look at it.').waitFor();
    await send(page, 'Cancel soon');
    await stateIs(page, 'proposed');
    await stateIs(page, 'expired');
    await send(page, 'cancel with a refund');
    const checked = page.getByRole('group', { name: 'Our team is checking' });
    await checked.getByText('We are checking this; you will hear from us.').waitFor();
    expect(await checked.getByRole('button').count()).toBe(0);
  });

  test('to sign in is the site’s: its code hears of it, and one tap asks again', async () => {
    const { page } = await stage.visit({}, { reducedMotion: 'reduce' });
    await openPanel(page);
    await send(page, 'Show the orders of mine');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Please sign in on this website, then ask again.').waitFor();
    await page.evaluate(() =>
      document.addEventListener('frontdesk:sign-in', (event) => {
        event.preventDefault();
        (document.querySelector('frontdesk-chat') as unknown as { identify(token: string): void }).identify('ann');
      }),
    );
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'Ask again' }).click();
    await expect.poll(() => page.locator('[data-role="customer"]').count()).toBe(2);
    const stored = await page.evaluate(() => JSON.stringify(localStorage) + location.href);
    expect(stored).not.toContain('ann');
  });

  test('a site may name its own page to sign in, but no script', async () => {
    for (const [address, href] of [
      ['/account/sign-in', `${stage.host.url}/account/sign-in`],
      ['javascript:alert(1)', null],
      ['mailto:a@b.example', null],
    ] as const) {
      const { page } = await stage.visit({ attributes: `data-sign-in-url="${address}"` });
      await openPanel(page);
      await send(page, 'Show the orders of mine');
      await page.locator('[data-sign-in]').waitFor();
      const links = page.locator('[data-sign-in] a');
      expect(await links.evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href))).toEqual(
        href ? [href] : [],
      );
    }
  });

  test('another customer in the same browser never sees what was said to the first', async () => {
    const { page, context } = await stage.visit({ attributes: 'data-customer-token="ann"' });
    await openPanel(page);
    await send(page, 'The secret of Ann');
    await page.locator('[data-state="done"]').last().waitFor();
    const first = conversation();
    expect(first.customer).toBe('ann');
    stage.host.serve({ desk: stage.fake.url, attributes: 'data-customer-token="bob"' });
    const { page: later } = await openPage(context, { url: stage.host.url, allowed: [''] });
    await later.evaluate(() => {
      const seen: string[] = [];
      Object.assign(window, { seen });
      const look = () => {
        seen.push(document.querySelector('frontdesk-chat')?.shadowRoot?.textContent ?? '');
        requestAnimationFrame(look);
      };
      look();
    });
    await openPanel(later);
    expect(await later.evaluate(() => (window as unknown as { seen: string[] }).seen.join())).not.toContain('secret');
    expect([conversation().customer, conversation() === first]).toEqual(['bob', false]);
    const before = stage.fake.conversations.size;
    await later.evaluate(() => (document.querySelector('frontdesk-chat') as unknown as { signOut(): void }).signOut());
    // Ann's tab is still open, and nobody's as well: who signs out has left this browser.
    const begun = () => [...stage.fake.conversations.values()].slice(before).map(({ customer }) => customer);
    await expect.poll(begun).toContain(null);
    expect(begun().filter((customer) => customer !== null)).toEqual([]);
  });

  test.each(['light', 'dark'] as const)('axe finds nothing, and what is hostile is text: %s', async (colorScheme) => {
    const { page, troubles } = await stage.visit(
      {},
      { colorScheme, reducedMotion: 'reduce', viewport: { width: 360, height: 740 } },
    );
    await openPanel(page);
    await send(page, 'cancel hostile');
    await page.locator('.fd-card-more summary').click();
    expect(await page.locator('.fd-card dd').count()).toBeGreaterThan(50);
    expect(await page.locator('.fd-card :is(img, script, a, strong)').count()).toBe(0);
    expect(await page.locator('.fd-card').textContent()).not.toMatch(/[\u202A-\u202E]/);
    const wide = await page.locator('.fd-scroll').evaluate((box) => box.scrollWidth > box.clientWidth);
    expect([wide, await page.title()]).toEqual([false, 'Shop']);
    stage.fake.faults.push({ path: /actions/, status: 403, code: 'sign_in_required', times: 1 });
    await page.getByRole('button', { name: 'Yes, confirm' }).click();
    await page.locator('.fd-card-problem').waitFor();
    await send(page, 'cancel with a refund');
    await stateIs(page, 'waiting');
    for (const outcome of ['done', 'failed', 'unknown'] as const) {
      stage.fake.append(conversation(), { type: 'action.finished', actionId: 'refund', outcome });
      await stateIs(page, outcome);
      expect(await found(page)).toEqual([]);
    }
    await send(page, 'Show the orders of mine');
    await page.locator('[data-sign-in]').waitFor();
    expect(await found(page)).toEqual([]);
    expect(troubles.filter((trouble) => !trouble.includes('403'))).toEqual([]);
  });
});

function conversation() {
  const newest = [...stage.fake.conversations.values()].at(-1);
  if (!newest) throw new Error('there is no conversation');
  return newest;
}

function decisions(): unknown[] {
  return stage.fake.requests
    .filter(({ path }) => path.startsWith(`/v1/conversations/${conversation().id}/actions/`))
    .map(({ body }) => body);
}

async function stateIs(page: Page, state: string): Promise<void> {
  await page.locator(`[data-action="${state}"]`).last().waitFor();
}

function focused(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.getAttribute('aria-label') ?? '');
}

/** What axe finds against the page, as one line each. */
async function found(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const { violations } = (await page.evaluate('axe.run({ resultTypes: ["violations"] })')) as AxeResults;
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${target.join(' ')}`));
}
