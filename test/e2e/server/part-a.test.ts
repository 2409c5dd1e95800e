import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import getQuote from '../../../examples/acme-insurance/tools/get-quote.ts';
import type { ToolContext } from '../../../src/agent/tool.ts';
import { checkLog } from './check-log.ts';
import { Customer, toolsOf } from './customer.ts';
import { createProcesses, type Server } from './processes.ts';

const LIBRARY = fileURLToPath(new URL('../../agents/harbor-library', import.meta.url));
const ACME_PAGE = /^https:\/\/www\.acme-insurance\.example\//;

// A machine that is too busy for the router in 250 ms is worth a warning, and no error.
const processes = createProcesses({ FRONTDESK_LOG: 'error' });
afterAll(() => processes.cleanUp());

describe('a conversation with Eva of Acme Insurance, by the offline model', { timeout: 240_000 }, () => {
  let server: Server;
  beforeAll(async () => {
    server = await processes.start({ FRONTDESK_DATA: processes.folder() });
  });
  afterAll(async () => {
    expect(await server.stop()).toMatchObject({ code: 0, stderr: '' });
  });

  test('from the greeting over a quote to the good-bye', async () => {
    const customer = await Customer.start(server);
    const [greeting] = (await customer.read()).messages;
    expect(greeting).toMatchObject({ role: 'agent', text: expect.stringMatching(/\bAI\b/) });

    const cover = await customer.say('I just bought an electric car. What would your insurance cover for me?');
    expect(cover.text).toMatch(/electric|charg|battery/i);
    const special = await customer.say(
      'What is special about the insurance of electric cars, the battery for instance?',
    );
    expect(special.text).toMatch(/batter|charg/i);
    expect(special.citations.length).toBeGreaterThan(0);
    for (const { url, quote } of special.citations) {
      expect(url).toMatch(ACME_PAGE);
      expect(quote).not.toBe('');
    }

    const stray = await customer.say('By the way, who won the football game last night?');
    expect(stray.text).toContain('Acme');
    expect(stray.citations).toEqual([]);

    await customer.say("I'd like a quote for it, please. It is a Hyundai Ioniq 5.");
    await customer.say('It was built in 2023 and has 21,500 miles on it.');
    expect(toolsOf(await customer.events(5))).not.toContain('get_quote');
    const quote = await customer.say("I'm 41 years old and the main driver.");
    expect(quote.text).toContain(
      await priceOf({ make: 'Hyundai', model: 'Ioniq 5', year: 2023, mileage: 21_500, driver_age: 41 }),
    );
    expect(quote.text).toMatch(/month/);

    const next = await customer.say('Good. How do I buy the policy now?');
    expect(next.text).toMatch(/acme-insurance\.example\/quote|1-800-123-4567/);
    const home = await customer.say('Do you also sell home insurance?');
    expect(home.text).toMatch(/\b(not|no)\b/i);
    expect(home.text).toMatch(/car/i);
    const hours = await customer.say('When can I call you, and on which number?');
    expect(hours.text).toMatch(/Mon.*Fri.*9.*5.*EST/);
    expect(hours.text).toContain('1-800-123-4567');
    await customer.say('That was everything, thank you. Good-bye!');
    expect((await customer.read()).status).toBe('resolved');

    const log = await customer.events(10);
    expect(toolsOf(log).filter((tool) => tool === 'get_quote')).toEqual(['get_quote']);
    expect(log[0]).toMatchObject({ type: 'conversation.started', offline: true });
    for (const event of log) if (event.type === 'turn.ended') expect(event.outcome).toBe('completed');
    checkLog(log);
  });

  test('a quote in one sentence, corrected afterwards', async () => {
    const customer = await Customer.start(server);
    const first = { make: 'Toyota', model: 'Camry', year: 2015, mileage: 62_000, driver_age: 22 };
    const said = 'How much is insurance for a 2015 Toyota Camry with 62,000 miles? The main driver is 22 years old.';
    expect((await customer.say(said)).text).toContain(await priceOf(first));
    expect((await customer.say('Sorry, it is a 2016, not a 2015.')).text).toContain(
      await priceOf({ ...first, year: 2016 }),
    );
    expect(toolsOf(await customer.events(2))).toEqual(['get_quote', 'get_quote']);
  });

  test('a person, when one is asked for', async () => {
    const customer = await Customer.start(server);
    const reply = await customer.say('Can I talk to a human being, please?');
    expect(reply.text).toContain('1-800-123-4567');
    expect((await customer.read()).status).toBe('waiting_for_human');
    const log = await customer.events(1);
    expect(toolsOf(log)).toEqual(['hand_off']);
    expect(log.at(-1)).toMatchObject({ type: 'turn.ended', outcome: 'handed_off' });
  });
});

test('the same program serves another folder: a library', { timeout: 240_000 }, async () => {
  const server = await processes.start({ FRONTDESK_DATA: processes.folder(), FRONTDESK_AGENT: LIBRARY });
  expect(server.output.stdout).toMatch(/^Frontdesk serves \S+ of .*Librar/);
  const customer = await Customer.start(server);
  const book = await customer.say('Please look up a book in your catalogue: The Odyssey');
  expect(book.text).toContain('The Odyssey by Homer is held at Central');
  await customer.say('I need a meeting room at the Pier branch for 6 people on 2027-03-04.');
  const rooms = await customer.say('No, we do not need a projector.');
  expect(rooms.text).toContain('Chart Room');
  const fact = await customer.say('What does it cost when I bring a book back late?');
  expect(fact.citations.length).toBeGreaterThan(0);
  expect((await customer.say('Can you insure my car?')).text).not.toMatch(/Acme|premium/);
  const log = await customer.events(5);
  expect(toolsOf(log).filter((tool) => !tool.startsWith('search'))).toEqual([
    'look_up_book',
    'check_room_availability',
  ]);
  checkLog(log);
  expect((await server.stop()).code).toBe(0);
});

/** What the rating table says, as it is written to a customer. */
async function priceOf(input: z.input<typeof getQuote.input>): Promise<string> {
  const context: ToolContext = {
    conversationId: 'c',
    turnId: 't',
    language: null,
    customer: null,
    route: 'general',
    idempotencyKey: null,
    status: 'open',
    signal: new AbortController().signal,
  };
  const outcome = await getQuote.run(getQuote.input.parse(input), context);
  return `$${z.object({ monthly_premium_usd: z.number() }).parse(outcome).monthly_premium_usd.toFixed(2)}`;
}
