import { globSync, readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { LoggedEvent } from '../../../src/protocol/events.ts';
import {
  type MockClaude,
  type MockRequest,
  type MockScript,
  type MockTurn,
  startMockClaude,
} from '../../../src/testing/index.ts';
import { checkLog } from './check-log.ts';
import { Customer } from './customer.ts';
import { createProcesses, type Server } from './processes.ts';

const ACME = new URL('../../../examples/acme-insurance/', import.meta.url);
const KEY = 'sk-mine-123';
const QUESTION = 'What does electric car insurance cover?';
const PHONE = '1-800-123-4567';
/** How soon a customer hears of trouble, milliseconds. */
const SOON = 5_000;
const OVERLOADED: MockTurn = { fault: { status: 529 } };
const VEHICLE = { make: 'Toyota', model: 'Camry', year: 2018, mileage: 62_000, driver_age: 45 };

const processes = createProcesses({ FRONTDESK_ENCODER: 'off' });
const closers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
afterAll(() => processes.cleanUp());

let server: Server;
/** Of mock Claude, which is another in each test, always at the same address. */
let port = 0;

/** A customer of the server, which takes mock Claude for Claude. */
async function meet(turns: MockScript['turns']) {
  const claude = await startMockClaude({ script: { turns }, port });
  closers.push(() => claude.close());
  return { claude, customer: await Customer.start(server) };
}

describe('with Claude behind it', { timeout: 240_000 }, () => {
  beforeAll(async () => {
    const claude = await startMockClaude({ script: { turns: [{ text: 'Nobody asks for this.' }] } });
    port = Number(new URL(claude.url).port);
    server = await processes.start({
      FRONTDESK_DATA: processes.folder(),
      FRONTDESK_ENCODER: 'off',
      ANTHROPIC_BASE_URL: claude.url,
      ANTHROPIC_API_KEY: KEY,
    });
    await claude.close();
  });

  test('a question goes out in the layout that the cache wants, and comes back with citations', async () => {
    const answer = {
      citations: [{ text: 'It covers the battery. ', cites: [{ result: 0 }] }, { text: 'Anything else?' }],
    };
    const { claude, customer } = await meet([answer, { text: 'You are welcome.' }]);
    const reply = await customer.say(QUESTION);
    expect(reply).toMatchObject({ role: 'agent', text: 'It covers the battery. Anything else?' });
    const first = requestOf(claude, 0);
    const result = blocksOf(first.messages.at(-1)).find((block) => block.type === 'search_result');
    if (result?.type !== 'search_result') throw new Error('no passage stands before the question');
    const quote = result.content[0]?.text.trim() ?? '';
    const url = expect.stringMatching(/^https:\/\/www\.acme-insurance\.example\//);
    const passageId = result.source.replace('passage:', '');
    const location = { page: null, headings: expect.any(Array), start: 0, end: 1 };
    expect(reply.citations).toEqual([{ title: result.title, url, quote, passageId, location }]);
    expect(knowledge()).toContain(quote);
    checkLayout(first);
    expect(claude.requests[0]?.headers.authorization).toBe('Bearer [redacted]');

    await customer.say('Thank you!');
    // The second request begins with every byte of the first: the cache holds.
    const [before, after] = [withoutMarks(first).messages, withoutMarks(requestOf(claude, 1)).messages];
    expect(after.slice(0, before.length)).toEqual(before);
    expect(blocksOf(after[before.length])).toContainEqual(
      expect.objectContaining({ text: 'It covers the battery. Anything else?' }),
    );
    expect((await customer.events(2))[0]).toMatchObject({ offline: false, model: 'claude-opus-4-6' });
    claude.assertDone();
  });

  test('a tool round: get_quote runs here and its result goes back', async () => {
    const { claude, customer } = await meet([
      {
        text: 'One moment. ',
        tools: [
          { name: 'get_quote', input: VEHICLE },
          { name: 'get_quote', input: { make: 'Tesla' } },
        ],
      },
      { expect: { toolResult: '"monthly_premium_usd":' }, text: 'That is all.' },
    ]);
    const reply = await customer.say('What would my Camry cost?');
    expect(reply.text).toMatch(/^One moment\.\s+That is all\.$/);
    const log = await customer.events(1);
    const finished = log.filter((event) => event.type === 'tool.finished');
    // The second call lacks most of its input: the model is told, the customer is not.
    expect(finished.map(({ tool, ok }) => [tool, ok])).toEqual([
      ['get_quote', true],
      ['get_quote', false],
    ]);
    const results = blocksOf(requestOf(claude, 1).messages.at(-1)).filter((block) => block.type === 'tool_result');
    expect(results.map((block) => block.is_error ?? false)).toEqual([false, true]);
    expect(JSON.stringify(results[1]?.content)).toContain('mileage');
    checkLog(log);
    claude.assertDone();
  });

  test('an overload that passes is told within five seconds, and the answer is right', async () => {
    const { claude, customer } = await meet([OVERLOADED, { text: 'Here I am.' }]);
    expect((await customer.say('Hello')).text).toBe('Here I am.');
    const log = await customer.events(1);
    expect(noticeDelay(log, 'model_retrying')).toBeLessThan(SOON);
    expect(checkLog(log)).toEqual(['Here I am.']);
    claude.assertDone();
  });

  test('a model that does not come within five seconds is told as well', async () => {
    const { customer } = await meet([{ text: 'Here I am.', delayMs: 6_000 }]);
    expect((await customer.say('Hello')).text).toBe('Here I am.');
    expect(noticeDelay(await customer.events(1), 'model_slow')).toBeLessThan(SOON);
  });

  test('when every attempt fails the customer gets an honest sentence and a way to a person; the next message works', async () => {
    const { claude, customer } = await meet([OVERLOADED, OVERLOADED, OVERLOADED, { text: 'Here I am again.' }]);
    const reply = await customer.say(QUESTION);
    expect(reply.text).toContain('technical problem');
    expect(reply.text).toContain(PHONE);
    const log = await customer.events(1);
    expect(noticeDelay(log, 'model_retrying')).toBeLessThan(SOON);
    expect(log.at(-1)).toMatchObject({ type: 'turn.ended', outcome: 'failed', code: 'model_overloaded' });
    expect(checkLog(log)).toEqual([reply.text]);
    expect((await customer.say('And now?')).text).toBe('Here I am again.');
    // Claude is told what the customer was told.
    expect(JSON.stringify(requestOf(claude, 3).messages)).toContain(JSON.stringify(reply.text).slice(1, -1));
    claude.assertDone();
  });

  test('a body that is cut off in the middle is withdrawn, and the clean text takes its place', async () => {
    const pieces = Array.from({ length: 12 }, (_, n) => `This is sentence ${n}. `);
    const { claude, customer } = await meet([
      { text: pieces, deltaMs: 20, fault: { cut: 9 } },
      { text: ['A clean ', 'answer. ', 'With a second sentence.'] },
    ]);
    expect((await customer.say(QUESTION)).text).toBe('A clean answer. With a second sentence.');
    const log = await customer.events(1);
    expect(log.filter(({ type }) => type === 'segments.superseded')).toMatchObject([{ start: 0, step: 0 }]);
    expect(log.some((event) => event.type === 'segment.released' && event.text.includes('sentence 0'))).toBe(true);
    // The model has to be called anew before.
    expect(noticeDelay(log, 'reply_restarted')).toBeLessThan(3 * SOON);
    expect(checkLog(log)).toEqual(['A clean answer. With a second sentence.']);
    expect((await customer.read()).messages.at(-1)?.text).toBe('A clean answer. With a second sentence.');
    claude.assertDone();
  });

  test('a key that is refused is an honest sentence at once, and the key is nowhere', async () => {
    const { claude, customer } = await meet([{ fault: { status: 401, message: `invalid x-api-key ${KEY}` } }]);
    expect((await customer.say('Hello')).text).toContain(PHONE);
    const log = await customer.events(1);
    expect(log.at(-1)).toMatchObject({ outcome: 'failed', code: 'model_rejected' });
    expect(JSON.stringify(log)).not.toContain('sk-mine');
    claude.assertDone();
  });
});

/** The prompt's static part first and marked for the cache; passages, the desk's brief, date and question last, marked again. */
function checkLayout({ model, stream, system, messages, tools, ...rest }: MockRequest): void {
  expect({ model, stream }).toEqual({ model: 'claude-opus-4-6', stream: true });
  expect(Object.keys(rest)).toEqual(['max_tokens']);
  expect(tools?.map((tool) => 'name' in tool && tool.name)).toEqual([
    'claim_checklist',
    'get_quote',
    'hand_off',
    'resolve',
    'search_knowledge',
    'switch_route',
  ]);
  expect(system).toMatchObject([{ type: 'text', text: expect.stringContaining('Eva') }]);
  expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
  const [opening] = blocksOf(messages[0]);
  expect(opening).toMatchObject({ type: 'text', cache_control: { type: 'ephemeral' } });
  const bulk = opening?.type === 'text' ? opening.text : '';
  const guardrails = readFileSync(new URL('guardrails.md', ACME), 'utf8').trim();
  expect(bulk.indexOf('<context ')).toBeLessThan(bulk.indexOf('<examples>'));
  expect(bulk.indexOf('<examples>')).toBeLessThan(bulk.indexOf(guardrails));
  const last = blocksOf(messages[2]);
  const passages = last.filter(({ type }) => type === 'search_result');
  expect(passages.length).toBeGreaterThan(0);
  expect(passages).toEqual(last.slice(0, passages.length));
  expect(passages[0]).toMatchObject({ citations: { enabled: true } });
  expect(last.slice(passages.length)).toMatchObject([
    { type: 'text', text: expect.stringMatching(/^<route name="electric">/) },
    { type: 'text', text: expect.stringMatching(/^\[.*\d{4}\]$/) },
    { type: 'text', text: QUESTION, cache_control: { type: 'ephemeral' } },
  ]);
  expect(JSON.stringify({ system, messages }).match(/"cache_control"/g)).toHaveLength(2);
}

/** All articles, each on one line. */
function knowledge(): string {
  const files = globSync('**/*.md', { cwd: new URL('knowledge/', ACME) });
  return files.map((file) => readFileSync(new URL(`knowledge/${file}`, ACME), 'utf8').replace(/\s+/g, ' ')).join('\n');
}

function requestOf(claude: MockClaude, index: number): MockRequest {
  const request = claude.requests[index];
  if (!request) throw new Error(`there was no request ${index}`);
  return request.body;
}

function blocksOf(message: MockRequest['messages'][number] | undefined) {
  const content = message?.content ?? [];
  return typeof content === 'string' ? [{ type: 'text' as const, text: content }] : content;
}

function withoutMarks(request: MockRequest): MockRequest {
  return JSON.parse(JSON.stringify(request, (key, value) => (key === 'cache_control' ? undefined : value)));
}

/** Milliseconds from the customer's message to the notice. */
function noticeDelay(log: LoggedEvent[], code: string): number {
  const received = log.find(({ type }) => type === 'message.received');
  const notice = log.find((event) => event.type === 'notice' && event.code === code);
  return (notice?.at ?? Number.POSITIVE_INFINITY) - (received?.at ?? 0);
}
