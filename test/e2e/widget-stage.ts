import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { Citation, CitedPassage } from '../../src/protocol/conversation.ts';
import { FakeFrontdesk, type ReplyPart } from '../web/fake-frontdesk.ts';
import { PATIENCE, send } from './chat-page.ts';
import { launchChromium } from './chromium.ts';
import { type Host, type HostPage, startHost } from './host-page.ts';
import { buildWeb } from './page-target.ts';

const SOURCE = {
  title: 'Home charger and charging cable coverage',
  url: 'https://www.acme-insurance.example/help/electric/home-charging',
  quote: 'A wallbox that is fixed to your house is covered up to $2,500.',
};
const ANSWER =
  'Yes. Your **home charger** is covered up to $2,500, and the cable too.\n\n- Fixed wallboxes\n- Portable cables\n\n' +
  'Ask us for the exact terms.';

/** A source that is a PDF: its quote stands in the middle of a list on its third page. */
const TERMS = {
  title: 'Terms of cover 2026 – Home charging – What counts as part of your house',
  url: 'https://www.acme-insurance.example/files/terms-of-cover-2026.pdf',
  quote: '- The cable that belongs to it, up to 7 metres (23 feet) long.',
  location: { page: 3, headings: ['Home charging', 'What counts as part of your house'], start: 4, end: 5 },
};
export const TERMS_TEXT = [
  'Section 4 applies to every policy with the option "Electric". ',
  'Words in bold are explained on page 12.\n\n',
  'The following counts as part of your house:\n\n',
  '- A wallbox that a qualified electrician has fixed to a wall or a post.\n',
  '- The cable that belongs to it, up to 7 metres (23 feet) long.\n',
  '- The line from your fuse box to the wallbox.\n\n',
  'Item | Limit a year\n',
  'Wallbox | $2,500\n',
  'Cable | $400\n\n',
  'A charger that you carry with you counts as part of the car, wherever it is plugged in.\n\n',
];

/** Replies that a test can hold, by what the customer writes. */
function replies(text: string): ReplyPart[] {
  if (/later/.test(text)) return [{ wait: 'later' }, { text: 'Here it is. ' }, { text: 'And more.' }];
  if (/quote/.test(text)) return [{ toolStarted: 'get_quote' }, { wait: 'quote' }, { text: 'It is $112.32.' }];
  if (/terms/.test(text))
    return [{ text: 'Yes, the cable counts too.' }, { cite: { start: 0, end: 26, number: 1, ...TERMS } }];
  if (/orders of mine/.test(text)) return [{ text: 'You have to be signed in for that.' }, { signIn: true }];
  if (/^cancel/i.test(text)) return [{ text: 'I can cancel it for you.' }, ...proposalsFor(text)];
  if (/bye/.test(text)) return [{ text: 'You are welcome. Bye!' }, { status: 'resolved' }];
  const end = ANSWER.indexOf('.', 20) + 1;
  return [
    { text: ANSWER },
    { cite: { start: 0, end, number: 1, ...SOURCE } },
    { cite: { start: end + 1, end: ANSWER.length, number: 2, ...SOURCE, title: 'Terms', url: null } },
  ];
}

/** What is asked to be confirmed: ids count up with the widget's conversations. */
function proposalsFor(text: string): ReplyPart[] {
  if (/hostile/.test(text)) return [{ propose: HOSTILE }];
  if (/refund/.test(text)) return [{ propose: { ...REFUND, by: 'operator' } }];
  if (/soon/.test(text)) return [{ propose: { id: 'soon', expiresAt: Date.now() + 2_500 } }];
  if (/two/.test(text)) return [{ propose: { id: 'first' } }, { propose: { ...REFUND, hash: '2'.repeat(64) } }];
  return [{ propose: { id: 'asked' } }];
}

const REFUND = {
  id: 'refund',
  tool: 'request_refund',
  summary: 'Refund $389.00 for order A-1043 to the card ending in 4242?',
  input: { order_id: 'A-1043', amount: 389, address: { street: 'Mill Lane 3', city: 'Boston' } },
};

const MARKUP = '<img src=x onerror="document.title=1"> **bold** [link](javascript:alert(1)) \u202Eevil\u202C';

/** Everything in it came from outside. */
export const HOSTILE = {
  id: 'hostile',
  summary: `${MARKUP} ${'unbroken'.repeat(40)}`,
  input: Object.fromEntries([
    ['note', MARKUP],
    ['<b>field</b>', { 'x\u202Ey': ['<script>1</script>', null, true] }],
    ['long', 'y'.repeat(3_000)],
    ...Array.from({ length: 50 }, (_, index) => [`field_${index}`, `value ${index}`]),
  ]) as Record<string, unknown>,
};

function passageOf({ title, url }: Citation): Partial<CitedPassage> {
  if (title !== TERMS.title) return { changed: url === null };
  return { sentences: TERMS_TEXT, location: TERMS.location, link: `${url}#page=3` };
}

export type Stage = {
  fake: FakeFrontdesk;
  host: Host;
  /** A site that the desk does not know. */
  stranger: Host;
  /** A page of the host in a browser of its own, with its troubles: what the console says, requests elsewhere. */
  visit(page?: Partial<HostPage>, options?: BrowserContextOptions & { at?: Host }): Promise<Visit>;
  closePages(): Promise<void>;
  close(): Promise<void>;
};
export type Visit = { page: Page; context: BrowserContext; troubles: string[] };

/** The widget on a site of another origin, in a real browser, against a desk that does what the test says. */
export async function setStage(): Promise<Stage> {
  await buildWeb();
  const browser = await launchChromium();
  const [host, stranger] = [await startHost(), await startHost()];
  const fake = await FakeFrontdesk.start({ webRoot: 'dist/web', origins: [host.url], replies, passage: passageOf });
  const contexts: BrowserContext[] = [];
  return {
    fake,
    host,
    stranger,
    async visit(shown = {}, { at = host, ...options } = {}) {
      at.serve({ desk: fake.url, ...shown });
      const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1024, height: 768 }, ...options });
      contexts.push(context);
      return { context, ...(await openPage(context, { url: at.url, allowed: [at.url, fake.url] })) };
    },
    async closePages() {
      fake.faults.length = 0;
      for (const context of contexts.splice(0)) await context.close();
    },
    async close() {
      await browser.close();
      await fake.stop();
      await Promise.all([host.close(), stranger.close()]);
    },
  };
}

export async function openPage(
  context: BrowserContext,
  { url, allowed }: { url: string; allowed: string[] },
): Promise<{ page: Page; troubles: string[] }> {
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  const troubles: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') troubles.push(message.text());
  });
  page.on('pageerror', (error) => troubles.push(String(error)));
  page.on('request', (request) => {
    if (!allowed.some((origin) => request.url().startsWith(origin))) troubles.push(`a request to ${request.url()}`);
  });
  await page.goto(url);
  return { page, troubles };
}

export async function openPanel(page: Page): Promise<void> {
  await page.locator('.fd-launcher').click();
  await page.locator('[data-role="agent"]').first().waitFor();
}

/** Asks what is answered with citations. */
export async function askWithSources(page: Page): Promise<void> {
  await send(page, 'Is my charger covered?');
  await page.locator('.fd-sources').last().waitFor();
  await page.locator('[data-state="streaming"]').waitFor({ state: 'detached' });
}
