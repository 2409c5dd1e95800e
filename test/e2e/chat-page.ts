import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Message } from '../../src/protocol/conversation.ts';

/** What the tests do and see in a chat, be it a page of its own or a widget. */
export const QUESTION = 'Does your cover for electric cars include a home charger?';
export const PATIENCE = 60_000;

type Probed = { firstPiece?: () => void };

/**
 * Runs in the page: notes every length that the second text of the agent has had. At its first piece it tells the test
 * or reloads the page, as the test asked: from outside, a quick reply is over before anyone sees it begin.
 */
export function watchReply(): void {
  const lengths: number[] = [];
  Object.assign(window, { seenLengths: lengths });
  const look = (root: ShadowRoot) => {
    const text = root.querySelectorAll('[data-role="agent"] .fd-text')[1]?.textContent;
    if (!text || text.length === lengths.at(-1)) return;
    if (lengths.push(text.length) > 1) return;
    (window as Probed).firstPiece?.();
    if (sessionStorage.getItem('reload-at-first-piece') === null) return;
    sessionStorage.removeItem('reload-at-first-piece');
    sessionStorage.setItem('begun', text);
    location.reload();
  };
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (init) {
    const root = attach.call(this, init);
    new MutationObserver(() => look(root)).observe(root, { childList: true, subtree: true, characterData: true });
    return root;
  };
}

export async function send(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox').fill(text);
  await page.getByRole('textbox').press('Enter');
}

/** Resolves when the agent has said `count` messages, greeting included, and none of them is being written. */
export async function replied(page: Page, count: number): Promise<void> {
  await page.waitForFunction(
    (wanted) => {
      const root = document.querySelector('frontdesk-chat')?.shadowRoot;
      return (
        (root?.querySelectorAll('[data-role="agent"][data-state="done"]').length ?? 0) >= wanted &&
        !root?.querySelector('[data-state="streaming"], [data-thinking], [data-outgoing]')
      );
    },
    count,
    { timeout: PATIENCE * 2 },
  );
}

export function agentTexts(page: Page): Promise<string[]> {
  return texts(page, '[data-role="agent"] .fd-text');
}

export function allTexts(page: Page): Promise<string[]> {
  return texts(page, '.fd-text, .fd-bubble');
}

/** The texts as they are shown, chips left out. */
function texts(page: Page, selector: string): Promise<string[]> {
  return page.locator(selector).evaluateAll((elements) =>
    elements.map((element) => {
      const copy = element.cloneNode(true) as HTMLElement;
      for (const chip of copy.querySelectorAll('sup')) chip.remove();
      for (const block of copy.querySelectorAll('p, li, td, th, br')) block.append(' ');
      return copy.textContent ?? '';
    }),
  );
}

/** What the API says about the conversation on the page. */
export async function history(page: Page, server: string): Promise<Message[]> {
  const stored = await page.evaluate(() => {
    const key = Object.keys(localStorage).find((name) => name.startsWith('frontdesk ')) ?? '';
    return localStorage.getItem(key);
  });
  const { access } = JSON.parse(stored ?? '{}') as { access: { id: string; token: string } };
  const response = await fetch(`${server}v1/conversations/${access.id}`, {
    headers: { Authorization: `Bearer ${access.token}` },
  });
  expect(response.status).toBe(200);
  return ((await response.json()) as { messages: Message[] }).messages;
}

/** Markdown without its signs. */
export function plain(markdown: string): string {
  return markdown.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/^\s*([-*>|]|\d+\.|#+)\s/gm, ' ');
}

export function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** The whole conversation of a customer who wants a quote. */
export async function holdConversation(page: Page): Promise<void> {
  const ask = async (text: string, count: number) => {
    await send(page, text);
    await replied(page, count);
    return (await agentTexts(page)).at(-1) ?? '';
  };
  expect(await ask('I have just bought an electric car. What cover do you have for it?', 2)).toMatch(/electric car/i);
  expect(await ask('What is so special about insuring electric cars?', 3)).toMatch(/battery/i);
  expect(await page.locator('.fd-sources button').count()).toBeGreaterThan(0);
  expect(await ask('Who won the football on Sunday?', 4)).toMatch(/cannot help with that/);
  expect(await ask('All right. Can I get a quote for a 2022 Tesla Model 3?', 5)).toMatch(/mileage/);
  expect(await ask('15,000 miles', 6)).toMatch(/age/);
  expect(await ask("I'm 34", 7)).toContain('$112.32 per month');
  expect(await ask('Do you insure my house too?', 8)).toMatch(/does not (?:offer|sell)/);
  expect(await ask('When can I call you?', 9)).toMatch(/Monday to Friday/);
  expect(await ask("Thanks, that's all. Bye!", 10)).toMatch(/welcome/i);
}
