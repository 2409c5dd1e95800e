import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { KeptSummaries } from '../../../src/adapters/fast-model/summaries/kept-summaries.ts';
import { openSqliteStore } from '../../../src/adapters/sql/sqlite.ts';
import { type MockClaude, type MockHandler, type MockRequest, startMockClaude } from '../../../src/testing/index.ts';
import { embeddingsOf, send, serveEmbeddings } from '../../adapters/embeddings/embeddings-server.ts';
import { Customer } from './customer.ts';
import { createProcesses, type Environment } from './processes.ts';

const ACME = new URL('../../../examples/acme-insurance', import.meta.url).pathname;
const LIBRARY = new URL('../../agents/harbor-library', import.meta.url).pathname;
const KEY = 'sk-ant-canary-0123456789';
const ENCODER_KEY = 'pa-canary-0123456789';

const processes = createProcesses();
const closers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
afterAll(() => processes.cleanUp());

const toolOf = ({ tools = [] }: MockRequest) => tools.map((tool) => ('name' in tool ? tool.name : ''));

/** The fast model's part, and an answer that cites the first passage. */
const helpful: MockHandler = (request) => {
  const tools = toolOf(request);
  if (tools.includes('order_passages')) return { tools: [{ name: 'order_passages', input: { order: [4, 1] } }] };
  if (!tools.includes('note_summaries')) return { citations: [{ text: 'So it is.', cites: [{ result: 0 }] }] };
  const [, from = 0, to = 0] = (/passages (\d+) to (\d+)/.exec(JSON.stringify(request.messages)) ?? []).map(Number);
  const summaries = Array.from({ length: to - from + 1 }, (_, n) => ({ passage: from + n, summary: 'About zebras.' }));
  return { tools: [{ name: 'note_summaries', input: { summaries } }] };
};

async function start(claude: MockClaude, env: Environment) {
  const server = await processes.start({
    ...{ FRONTDESK_AGENT: LIBRARY, FRONTDESK_ENCODER: 'off', ANTHROPIC_BASE_URL: claude.url, ANTHROPIC_API_KEY: KEY },
    ...env,
  });
  closers.push(() => server.stop());
  return server;
}

async function mock({ batchLooks = 0 } = {}) {
  const claude = await startMockClaude({ script: helpful, batchLooks });
  closers.push(() => claude.close());
  return claude;
}

const asking = (claude: MockClaude, tool: string) =>
  claude.requests.map(({ body }) => body).filter((body) => toolOf(body).includes(tool));

describe('what a key adds to the search', { timeout: 240_000 }, () => {
  test('the fast model orders passages, and writes summaries that are paid for once', async () => {
    const claude = await mock();
    const env = { FRONTDESK_DATA: processes.folder(), FRONTDESK_RERANK: 'on', FRONTDESK_SUMMARIES: 'on' };
    const first = await start(claude, env);
    const reply = await (await Customer.start(first)).say('How long may I keep a book?');
    const [ordering] = asking(claude, 'order_passages');
    const fourth = /<passage number="4">\n(.+)/.exec(String(ordering?.messages[0]?.content))?.[1];
    expect(fourth?.startsWith(reply.citations[0]?.title ?? '?')).toBe(true);
    await expect.poll(() => asking(claude, 'note_summaries').length).toBeGreaterThan(5);
    await expect.poll(() => claude.requests.every(({ status }) => status === 200)).toBe(true);
    await first.stop();

    const written = asking(claude, 'note_summaries').length;
    const second = await start(claude, env);
    await (await Customer.start(second)).say('Anything about zebras?');
    expect(asking(claude, 'order_passages')).toHaveLength(2);
    expect(asking(claude, 'note_summaries')).toHaveLength(written);
    expect(JSON.stringify(asking(claude, 'order_passages')[1]?.messages)).not.toContain('About zebras');
    expect(first.output.stderr + second.output.stderr).not.toContain(KEY);
  });

  test('a batch of summaries survives a server that is killed', async () => {
    const claude = await mock({ batchLooks: 1 });
    const env = {
      FRONTDESK_DATA: processes.folder(),
      FRONTDESK_AGENT: ACME,
      FRONTDESK_SUMMARIES: 'on',
      FRONTDESK_OPERATOR_TOKEN: 'a-token-of-the-tests',
    };
    const first = await start(claude, env);
    await expect.poll(() => claude.batches[0]?.looks).toBe(1);
    await first.kill();
    const second = await start(claude, env);
    const find = async () => {
      const answer = await fetch(`${second.url}/v1/operator/search`, {
        method: 'POST',
        headers: { Authorization: 'Bearer a-token-of-the-tests', 'Content-Type': 'application/json' },
        body: JSON.stringify({ query: 'zebras' }),
      });
      return ((await answer.json()) as { passages: unknown[] }).passages.length;
    };
    await expect.poll(find).toBeGreaterThan(0);
    await second.stop();
    const store = await openSqliteStore({ folder: env.FRONTDESK_DATA });
    closers.push(() => store.close());
    const found = await new KeptSummaries(store.settings).of('account/about.md');
    expect(Object.values(found)).toContain('About zebras.');
    expect(claude.batches).toHaveLength(1);
    expect(asking(claude, 'note_summaries')).toEqual([]);
  });

  test('an encoder behind an API reads passages and questions; when it is down, words must do', async () => {
    let down = false;
    const encoder = await serveEmbeddings((asked, _n, response) => {
      if (down) send(response, `no such key: ${asked.headers.authorization}`, 500);
      else send(response, embeddingsOf(asked));
    });
    closers.push(encoder.close);
    const server = await start(await mock(), {
      ...{ FRONTDESK_DATA: processes.folder(), FRONTDESK_ENCODER: 'voyage', VOYAGE_API_KEY: ENCODER_KEY },
      FRONTDESK_ENCODER_URL: encoder.url,
    });
    const customer = await Customer.start(server);
    await customer.say('How long may I keep a book?');
    const types = encoder.requests.map(({ body }) => body.input_type);
    expect(types).toContain('query');
    expect(types).toContain('document');
    down = true;
    const reply = await customer.say('When is the library open on Sundays?');
    expect(reply.citations).toHaveLength(1);
    expect(server.output.stderr).toContain('the encoder did not read a question: 500');
    expect(server.output.stderr).not.toContain(ENCODER_KEY);
  });
});
