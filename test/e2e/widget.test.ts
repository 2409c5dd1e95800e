import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { agentTexts, allTexts, history, holdConversation, QUESTION, replied, send, watchReply } from './chat-page.ts';
import { launchChromium, skipBrowserTests } from './chromium.ts';
import { startCuttableProxy } from './cuttable-proxy.ts';
import { startHost } from './host-page.ts';
import { startTarget } from './page-target.ts';
import { askWithSources, openPage, openPanel, type Stage, setStage } from './widget-stage.ts';

const HOSTILE_CSS = `
  * { all: unset !important; color: red !important; font: 40px fantasy !important; letter-spacing: 9px !important }
  frontdesk-chat { display: none !important; transform: rotate(9deg) !important; width: 3px !important }
  button, textarea { display: none !important } body { direction: ltr; text-transform: uppercase; line-height: 4 }`;

let stage: Stage;

describe.skipIf(skipBrowserTests)('the widget on another site', { timeout: 240_000 }, () => {
  beforeAll(async () => {
    stage = await setStage();
  });
  afterEach(() => stage.closePages());
  afterAll(() => stage?.close());

  test('opens, closes and is opened by the site, under the strictest policy', async () => {
    const { page, troubles } = await stage.visit();
    const heard = page.evaluate(
      () =>
        new Promise((resolve) => {
          const names: string[] = [];
          for (const name of ['open', 'close']) {
            document.addEventListener(`frontdesk:${name}`, () => {
              names.push(name);
              if (names.length === 4) resolve(names);
            });
          }
        }),
    );
    await page.locator('.fd-launcher').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await expect.poll(() => focused(page)).toBe('Open the chat');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Eva · Acme Insurance' }).waitFor();
    await expect.poll(() => focused(page)).toBe('Your message');
    // What comes after it was closed would be news.
    await page.locator('[data-role="agent"]').first().waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => focused(page)).toBe('Open the chat');
    await page.evaluate(() => (document.querySelector('frontdesk-chat') as unknown as { open(): void }).open());
    await page.getByRole('dialog').waitFor();
    await page.getByRole('button', { name: 'Close the chat' }).click();
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    expect(await heard).toEqual(['open', 'close', 'open', 'close']);
    expect(troubles).toEqual([]);
  });

  test("typing is not the site's, whose shortcuts would swallow it, and a composition keeps its Escape", async () => {
    const { page } = await stage.visit();
    await openPanel(page);
    await page.evaluate(() => {
      const heard: string[] = [];
      Object.assign(window, { heard });
      for (const type of ['keydown', 'keypress', 'keyup']) {
        document.addEventListener(type, (event) => {
          heard.push((event as KeyboardEvent).key);
          event.preventDefault();
        });
      }
    });
    const field = page.getByRole('textbox');
    await field.pressSequentially('a/k');
    await field.dispatchEvent('keydown', { key: 'Escape', isComposing: true, bubbles: true, composed: true });
    expect(await field.inputValue()).toBe('a/k');
    expect(await page.evaluate(() => (window as unknown as { heard: string[] }).heard)).toEqual([]);
    await page.keyboard.down('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(await page.evaluate(() => (window as unknown as { heard: string[] }).heard)).toEqual([]);
  });

  test('a citation opens its passage, by keyboard too, and Escape leads back', async () => {
    const { page, troubles } = await stage.visit();
    await openPanel(page);
    await askWithSources(page);
    await page.getByRole('button', { name: 'Source 1: Home charger' }).focus();
    await page.keyboard.press('Enter');
    const passage = page.getByRole('dialog', { name: 'Home charger and charging cable coverage' });
    expect(await passage.locator('mark').textContent()).toBe(
      'A wallbox that is fixed to your house is covered up to $2,500.',
    );
    const link = passage.getByRole('link');
    expect(await link.getAttribute('href')).toBe('https://www.acme-insurance.example/help/electric/home-charging');
    expect(await link.getAttribute('rel')).toContain('noopener');
    await page.keyboard.press('Escape');
    await passage.waitFor({ state: 'detached' });
    expect(await focused(page)).toBe('Source 1: Home charger and charging cable coverage');
    await page.locator('.fd-sources button').nth(1).click();
    await page.getByText('The source has changed since.').waitFor();
    expect(await page.locator('.fd-passage a').count()).toBe(0);
    await page.locator('.fd-cover').click({ position: { x: 9, y: 9 } });
    await page.locator('.fd-cover').waitFor({ state: 'detached' });
    expect(await page.locator('.fd').count()).toBe(1);
    expect(troubles).toEqual([]);
  });

  test('where the style of rare things does not come, they work without it, and the next opening brings it', async () => {
    const { page } = await stage.visit();
    await page.route('**/assets/later-*.js', (route) => route.abort());
    await openPanel(page);
    await askWithSources(page);
    await page.locator('.fd-sources button').first().click();
    await page.getByRole('dialog', { name: 'Home charger' }).getByRole('link').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.fd-cover').waitFor({ state: 'detached' });
    await page.unroute('**/assets/later-*.js');
    await page.keyboard.press('Escape');
    await page.locator('.fd-launcher').click();
    await page.locator('.fd-sources button').first().click();
    await page.waitForFunction(() => {
      const cover = document.querySelector('frontdesk-chat')?.shadowRoot?.querySelector('.fd-cover');
      return cover && getComputedStyle(cover).display === 'grid';
    });
  });

  test('a reply that comes while it is closed is marked and announced, and in whole sentences when it is open', async () => {
    const { page } = await stage.visit();
    await openPanel(page);
    await send(page, 'Tell me later');
    await page.locator('[data-thinking]').waitFor();
    await page.keyboard.press('Escape');
    stage.fake.gate('later').open();
    await page.getByRole('button', { name: 'Open the chat, 1 new message' }).waitFor();
    await expect.poll(() => page.locator('.fd-launch [role="status"]').textContent()).toBe('1 new message');
    await page.locator('.fd-launcher').click();
    await expect
      .poll(() => page.locator('[data-announcer] p').allTextContents())
      .toEqual(expect.arrayContaining([expect.stringContaining('Here it is.')]));
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Open the chat', exact: true }).waitFor();
  });

  test('a reply that is there at once is announced too, however soon the customer asked', async () => {
    const { page } = await stage.visit();
    await openPanel(page);
    await send(page, 'bye');
    await expect
      .poll(() => page.locator('[data-announcer] p').allTextContents())
      .toEqual(expect.arrayContaining([expect.stringContaining('You are welcome.')]));
  });

  test('a tab that stays hidden lets go of its stream, and has it again when it is looked at', async () => {
    const { page } = await stage.visit();
    await openPanel(page);
    const streams = () => [...stage.fake.conversations.values()].at(-1)?.streams.size;
    const hide = (hidden: boolean) =>
      page.evaluate((value) => {
        Object.defineProperty(document, 'hidden', { value, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      }, hidden);
    expect(streams()).toBe(1);
    await hide(true);
    await expect.poll(streams).toBe(0);
    await hide(false);
    await expect.poll(streams).toBe(1);
  });

  test('nothing of a hostile stylesheet gets in', async () => {
    const look = async (css?: string) => {
      const { page } = await stage.visit(css ? { css } : {}, { reducedMotion: 'reduce' });
      await openPanel(page);
      return page.evaluate(() => {
        const root = document.querySelector('frontdesk-chat')?.shadowRoot;
        return ['.fd', '.fd-name', '.fd-text', '.fd-field textarea', '.fd-button'].map((selector) => {
          const element = root?.querySelector(selector) as Element;
          const { color, font, letterSpacing, textTransform, display } = getComputedStyle(element);
          const { x, y, width, height } = element.getBoundingClientRect();
          return { selector, color, font, letterSpacing, textTransform, display, x, y, width, height };
        });
      });
    };
    expect(await look(HOSTILE_CSS)).toEqual(await look());
  });

  test('a page that is written from the right does not mirror it, and each text has its own direction', async () => {
    const { page } = await stage.visit({ css: 'html { direction: rtl }' });
    await openPanel(page);
    await send(page, 'שלום');
    await page.locator('[data-role="customer"] .fd-bubble').waitFor();
    const directions = await page.evaluate(() =>
      ['.fd', '.fd-text', '.fd-bubble'].map((selector) => {
        const element = document.querySelector('frontdesk-chat')?.shadowRoot?.querySelector(selector);
        return getComputedStyle(element as Element).direction;
      }),
    );
    expect(directions).toEqual(['ltr', 'ltr', 'rtl']);
  });

  test('attributes decide, may change, and wrong ones are told once', async () => {
    const { page, troubles } = await stage.visit({
      attributes: 'data-theme="dark" data-color="#ffd400" data-position="left" data-locale="es" data-open',
    });
    await page.getByRole('button', { name: 'Hablar con una persona' }).waitFor();
    const facts = () =>
      page.evaluate(() => {
        const root = document.querySelector('frontdesk-chat')?.shadowRoot;
        const avatar = getComputedStyle(root?.querySelector('.fd-avatar') as Element);
        const panel = root?.querySelector('.fd-panel') as Element;
        const { backgroundColor } = getComputedStyle(panel);
        return [avatar.backgroundColor, avatar.color, backgroundColor, panel.getBoundingClientRect().x < 100];
      });
    expect(await facts()).toEqual(['rgb(255, 212, 0)', 'rgb(0, 0, 0)', 'rgb(23, 27, 33)', true]);
    const begun = () => stage.fake.requests.findLast(({ path }) => path === '/v1/conversations')?.body;
    await expect.poll(begun).toEqual({ language: 'es' });
    expect(troubles).toEqual([]);
    await page.evaluate(() => {
      const element = document.querySelector('frontdesk-chat') as HTMLElement;
      const wrong = { theme: 'pink', color: 'red', position: 'top', locale: 'x' };
      Object.assign(element.dataset, wrong);
      Object.assign(element.dataset, wrong);
    });
    await page.getByRole('button', { name: 'Hablar con una persona' }).waitFor();
    expect(await facts()).toEqual(['rgb(47, 91, 215)', 'rgb(255, 255, 255)', 'rgb(255, 255, 255)', false]);
    expect(troubles.map((trouble) => /data-(\w+)=/.exec(trouble)?.[1]).sort()).toEqual([
      'color',
      'locale',
      'position',
      'theme',
    ]);
  });

  test('an element that the site has written is the only one; a page fills its container', async () => {
    const body = '<div id="box"><frontdesk-chat data-mode="page"></frontdesk-chat></div>';
    const { page } = await stage.visit({ body, css: '#box { width: 500px; height: 400px }' });
    await page.locator('[data-role="agent"]').first().waitFor();
    expect(await page.locator('frontdesk-chat').count()).toBe(1);
    expect(await page.locator('.fd').boundingBox()).toMatchObject({ width: 500, height: 400 });
    expect(await page.locator('.fd-launcher, [role="dialog"]').count()).toBe(0);
    expect(await focused(page)).toBe('');
    await page.getByRole('textbox').press('Escape');
    expect(await page.locator('.fd').isVisible()).toBe(true);
  });

  test('a module finds its tag, and a site that replaces its body has the chat again', async () => {
    const { page, troubles } = await stage.visit({ attributes: 'type="module"' });
    await openPanel(page);
    await page.evaluate((src) => {
      document.body.replaceWith(document.createElement('body'));
      document.body.append(Object.assign(document.createElement('script'), { src }));
    }, `${stage.fake.url}widget.js`);
    await openPanel(page);
    expect(await page.locator('frontdesk-chat').count()).toBe(1);
    expect(troubles).toEqual([]);
  });

  test('what has the focus may go, the focus does not', async () => {
    const { page } = await stage.visit();
    await openPanel(page);
    const press = async (name: string) => {
      await page.getByRole('button', { name, exact: true }).focus();
      await page.keyboard.press('Enter');
    };
    const focusIs = (name: string) => expect.poll(() => focused(page)).toBe(name);
    stage.fake.faults.push({ path: /messages/, status: 413, code: 'message_too_long', times: 1 });
    await send(page, 'A quote, please');
    await page.locator('.fd-unsent').waitFor();
    await press('Edit');
    await focusIs('Your message');
    await page.keyboard.press('Enter');
    await page.locator('[data-thinking]').waitFor();
    await press('Stop the reply');
    await focusIs('Your message');
    await press('New conversation');
    await expect.poll(() => focusedText(page)).toBe('Start new');
    await press('Keep this one');
    await focusIs('New conversation');
    await press('Talk to a person');
    await page.locator('[data-status="waiting_for_human"]').waitFor();
    await focusIs('Your message');
    await send(page, 'bye');
    await page.getByRole('radio').first().check();
    await press('Send rating');
    await page.getByText('Thank you for your rating.').waitFor();
    await focusIs('Your message');
    await press('New conversation');
    await press('Start new');
    await page.locator('[data-role="customer"]').first().waitFor({ state: 'detached' });
    await focusIs('Your message');
  });

  test('a site that the server does not know is told so', async () => {
    const { page, troubles } = await stage.visit({}, { at: stage.stranger });
    await page.locator('.fd-launcher').click();
    await page.getByText('The chat is not set up for this website.').waitFor();
    await page.getByRole('button', { name: 'Try again' }).waitFor();
    expect(troubles.filter((trouble) => trouble.includes('FRONTDESK_ORIGINS'))).toHaveLength(1);
  });

  test('limits are told in words; nothing is lost and nothing is tried again before its time', async () => {
    const { page } = await stage.visit();
    await openPanel(page);
    const asked = (action: string) => stage.fake.requests.filter(({ path }) => path.endsWith(action)).length;
    const before = asked('messages');
    stage.fake.faults.push({ path: /messages/, status: 429, code: 'too_many_messages', times: 1, retryAfter: 40 });
    await send(page, 'Is my charger covered?');
    await page.getByText('Please try again in 40 seconds.').waitFor();
    await page.waitForTimeout(1_500);
    expect(asked('messages') - before).toBe(1);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator('.fd-sources').waitFor();

    stage.fake.faults.push({ path: /messages/, status: 503, code: 'paused', times: 1, retryAfter: 60 });
    await send(page, 'Anyone there?');
    await page.getByText('The assistant is switched off at the moment.').waitFor();
    await page.locator('.fd-unsent').getByRole('button', { name: 'Talk to a person' }).click();
    await page.locator('[data-status="waiting_for_human"]').waitFor();
    expect(await page.locator('.fd-status').textContent()).not.toContain('can still answer');
    expect(await page.locator('[data-outgoing="failed"] .fd-bubble').textContent()).toBe('Anyone there?');

    const streams = asked('events');
    stage.fake.faults.push({ path: /events/, status: 429, code: 'too_many_streams', times: 1, retryAfter: 10 });
    stage.fake.dropStreams();
    await page.getByText('Close other tabs; we try again in 10 seconds.').waitFor();
    await page.waitForTimeout(1_000);
    expect(asked('events') - streams).toBe(1);
    await page.locator('.fd-bar-quiet').waitFor({ state: 'detached' });
  });

  test('fills a phone and leaves room for its keyboard', async () => {
    const { page } = await stage.visit({}, { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
    await openPanel(page);
    await send(page, `Is my charger covered? ${'unbroken'.repeat(30)}`);
    await page.locator('.fd-sources').waitFor();
    const whole = { x: 0, y: 0, width: 360, height: 740 };
    // It opens with a movement.
    await expect.poll(() => page.locator('.fd').boundingBox()).toEqual(whole);
    const wide = await page.evaluate(() => {
      const inside = document.querySelector('frontdesk-chat')?.shadowRoot?.querySelectorAll('.fd, .fd-scroll') ?? [];
      return [...inside].filter((element) => element.scrollWidth > element.clientWidth).length;
    });
    expect(wide).toBe(0);
    await page.setViewportSize({ width: 360, height: 380 });
    await page.getByRole('textbox').click();
    await expect.poll(async () => bottomOf(await page.getByRole('textbox').boundingBox())).toBeLessThanOrEqual(380);
  });

  test('two tabs show one conversation, whichever began it', async () => {
    const { page, context } = await stage.visit();
    const { page: other } = await openPage(context, { url: stage.host.url, allowed: [''] });
    await openPanel(page);
    await openPanel(other);
    await askWithSources(page);
    await other.locator('.fd-sources').waitFor();
    await send(other, 'And bye');
    await page.locator('[data-status="resolved"]').waitFor();
    // Each tab follows the log by itself.
    await expect.poll(async () => [await allTexts(other), await allTexts(page)]).toSatisfy(isTwice);
    await page.getByRole('button', { name: 'New conversation' }).click();
    await page.getByRole('button', { name: 'Start new' }).click();
    await other.locator('[data-role="customer"]').first().waitFor({ state: 'detached' });
    await expect.poll(async () => [await allTexts(other), await allTexts(page)]).toSatisfy(isTwice);
  });
});

/** True where both tabs show the same, and something. */
function isTwice([one = [], other = []]: string[][]): boolean {
  return one.length > 0 && JSON.stringify(one) === JSON.stringify(other);
}

describe.skipIf(skipBrowserTests)('the widget with the real server', { timeout: 240_000 }, () => {
  test('holds the whole conversation, over a reload and a network that fails', async () => {
    const real = await setStageWithServer();
    try {
      const { page, troubles, network, server } = real;
      await openPanel(page);
      await holdConversation(page);
      expect(troubles).toEqual([]);
      const before = await allTexts(page);

      await page.getByRole('button', { name: 'New conversation' }).click();
      await page.getByRole('button', { name: 'Start new' }).click();
      await page.locator('[data-role="customer"]').first().waitFor({ state: 'detached' });
      expect(before.length).toBeGreaterThan(10);
      await page.reload();
      await openPanel(page);
      await page.evaluate(() => sessionStorage.setItem('reload-at-first-piece', 'yes'));
      await send(page, QUESTION);
      await page.waitForFunction(() => sessionStorage.getItem('begun') !== null);
      await page.getByRole('button', { name: /1 new message|2 new messages/ }).click();
      await replied(page, 2);
      const finished = await agentTexts(page);

      network.cut();
      await page.locator('.fd-bar-quiet').waitFor();
      network.restore();
      await page.locator('.fd-bar-quiet').waitFor({ state: 'detached' });
      await send(page, 'Thank you!');
      await replied(page, 3);
      expect((await agentTexts(page)).slice(0, 2)).toEqual(finished);
      expect((await history(page, server)).map(({ role }) => role)).toEqual([
        'agent',
        'customer',
        'agent',
        'customer',
        'agent',
      ]);

      // The messages of the conversation before count: it was the same visitor's.
      await send(page, 'One more');
      await page
        .getByText(/That was a lot of messages in a short time\. Please try again in (an hour|\d+ minutes)/)
        .waitFor();
    } finally {
      await real.close();
    }
  });
});

/** The real server, for few messages, behind a network that can be cut, and a site that it allows. */
async function setStageWithServer() {
  const host = await startHost();
  const [browser, target] = await Promise.all([
    launchChromium(),
    startTarget({ FRONTDESK_ORIGINS: host.url, FRONTDESK_VISITOR_MESSAGES: '11' }),
  ]);
  const network = await startCuttableProxy(target.url);
  host.serve({ desk: network.url });
  const context = await browser.newContext({ locale: 'en-US' });
  await context.addInitScript(watchReply);
  const opened = await openPage(context, { url: host.url, allowed: [host.url, network.url] });
  return {
    ...opened,
    network,
    server: target.url,
    async close() {
      await browser.close();
      await network.close();
      await target.close();
      await host.close();
    },
  };
}

/** The name of what has the focus, within the widget too. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const outer = document.activeElement;
    const element = outer?.shadowRoot?.activeElement ?? outer;
    return element?.getAttribute('aria-label') ?? '';
  });
}

function focusedText(page: Page): Promise<string | null | undefined> {
  return page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.textContent);
}

function bottomOf(box: { y: number; height: number } | null): number {
  return box ? box.y + box.height : Number.POSITIVE_INFINITY;
}
