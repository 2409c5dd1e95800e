import { cpSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { startMockClaude } from '../../src/testing/index.ts';
import { testDatabaseUrl } from '../contracts/databases.ts';
import { Customer } from '../e2e/server/customer.ts';
import { Follower } from '../e2e/server/follower.ts';
import { createPlace } from '../e2e/server/places.ts';
import { createProcesses } from '../e2e/server/processes.ts';

const SENTENCES = Array.from({ length: 40 }, (_, n) => `This is sentence number ${n + 1} of a long answer. `);
const LIBRARY = fileURLToPath(new URL('../agents/harbor-library', import.meta.url));
/** A small agent starts sooner: what is shown is the server's. */
const processes = createProcesses({ FRONTDESK_ENCODER: 'off', FRONTDESK_AGENT: LIBRARY });
const closers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
afterAll(() => processes.cleanUp());

describe('frontdesk start', { timeout: 240_000 }, () => {
  test('prints address, model and data, and answers there', async () => {
    const data = processes.folder();
    const server = await processes.start({ FRONTDESK_DATA: data, FRONTDESK_ENCODER: '', FRONTDESK_AGENT: '' });
    expect(server.output.stdout.trimEnd().split('\n')).toEqual([
      `Frontdesk serves Eva of Acme Insurance at http://localhost:${server.port}`,
      'Model: the offline model, which is not Claude. Set ANTHROPIC_API_KEY for Claude.',
      `Data: ${data}`,
      `API: http://localhost:${server.port}/docs`,
      expect.stringMatching(/^Warning: Nobody can see who asks for a person.*FRONTDESK_OPERATOR_TOKEN/),
    ]);
    for (const path of ['/healthz', '/readyz', '/docs', '/v1/agent']) {
      expect((await fetch(server.url + path)).status, path).toBe(200);
    }
    expect(await server.stop()).toMatchObject({ code: 0, stderr: '' });
  });

  test('rehearses beside the store, and leaves nothing behind', async () => {
    const [data, temporary] = [processes.folder(), processes.folder()];
    const claude = await startMockClaude({ script: () => ({ text: 'Nobody should ask.' }) });
    closers.push(() => claude.close());
    const env = {
      FRONTDESK_DATA: data,
      TMPDIR: temporary,
      FRONTDESK_REHEARSAL: 'on',
      FRONTDESK_LOG: 'info',
      FRONTDESK_OPERATOR_TOKEN: 'a-token-of-the-tests',
      ANTHROPIC_BASE_URL: claude.url,
    };
    const server = await processes.start(env);
    const list = await fetch(`${server.url}/v1/operator/conversations`, {
      headers: { Authorization: 'Bearer a-token-of-the-tests' },
    });
    expect(((await list.json()) as { conversations: unknown[] }).conversations).toEqual([]);
    expect(claude.requests).toEqual([]);
    expect(await server.stop()).toMatchObject({ code: 0, stderr: '' });
    expect(readdirSync(temporary)).toEqual([]);
  });

  test('does not promise a person where nobody can see who asks for one, and ends cleanly at two signals', async () => {
    const alone = await processes.start({ FRONTDESK_DATA: processes.folder() });
    const watched = await processes.start({
      FRONTDESK_DATA: processes.folder(),
      FRONTDESK_OPERATOR_TOKEN: 'a-token-of-the-tests',
    });
    expect(watched.output.stdout).not.toContain('Nobody can see');
    const told = async (server: { url: string }) => {
      const customer = await Customer.start(server);
      return (await customer.say('let me talk to a person')).text;
    };
    expect(await told(alone)).toMatch(/nobody can join this chat.*555-0142/);
    expect(await told(watched)).toMatch(/they will answer here.*555-0142/);
    await watched.stop();
    // Two signals at once end it as cleanly as one.
    alone.signal('SIGINT');
    alone.signal('SIGINT');
    expect(await alone.ended).toMatchObject({ code: 0, signal: null, stderr: '' });
  });

  test.skipIf(!testDatabaseUrl())('keeps its data in PostgreSQL, and shows no password', async () => {
    const place = await createPlace('PostgreSQL', processes);
    closers.push(() => place.cleanUp());
    const url = new URL(place.env.DATABASE_URL ?? '');
    url.password = 'hidden';
    const data = join(processes.folder(), 'never-made');
    const server = await processes.start({ DATABASE_URL: url.href, FRONTDESK_DATA: data });
    expect(server.output.stdout).toMatch(/^Data: postgres(ql)?:\/\/.*@.*$/m);
    expect(server.output.stdout).not.toMatch(/hidden|search_path/);
    const customer = await Customer.start(server);
    expect((await server.stop()).code).toBe(0);
    const again = await processes.start({ DATABASE_URL: url.href, FRONTDESK_DATA: data });
    expect((await new Customer(again, customer).read()).messages).toHaveLength(1);
    expect((await again.stop()).code).toBe(0);
    expect(existsSync(data)).toBe(false);
  });

  test('names the model, keeps the limits of its configuration, and warns where they do not hold as one may think', async () => {
    const cached = { cache_read_input_tokens: 0, cache_creation_input_tokens: 0 };
    const usage = { ...cached, input_tokens: 4_000, output_tokens: 400 };
    const claude = await startMockClaude({ script: () => ({ text: 'Yes.', usage }) });
    closers.push(() => claude.close());
    const bounded = await processes.start({
      ...{ FRONTDESK_DATA: processes.folder(), ANTHROPIC_BASE_URL: claude.url, FRONTDESK_BUDGET_DAY: '0.05' },
      ...{ FRONTDESK_MODEL: 'my-model', FRONTDESK_PRICES: 'my-model=5/25' },
    });
    expect(bounded.output.stdout).toContain(`\nModel: my-model at ${claude.url}\n`);
    expect(await (await fetch(`${bounded.url}/v1/agent`)).json()).toMatchObject({ offline: false, model: 'my-model' });
    const codeOf = async (customer: Customer) => {
      const answer = await customer.post('/messages', { text: 'Hello' });
      return answer.status === 200 ? 200 : ((await answer.json()) as { error: { code: string } }).error.code;
    };
    const [one, two] = [await Customer.start(bounded), await Customer.start(bounded)];
    expect([await codeOf(one), await codeOf(one)]).toEqual([200, 200]);
    expect(await codeOf(two)).toBe('budget_spent');
    const free = await processes.start({
      ...{ FRONTDESK_DATA: processes.folder(), FRONTDESK_VISITOR_MESSAGES: '1', FRONTDESK_RATE_LIMIT: 'off' },
      ...{ FRONTDESK_PAUSED: 'on' },
    });
    expect(free.output.stdout).toMatch(/^Warning: Visitors can send and spend without limit/m);
    expect(free.output.stdout).toMatch(/^Warning: The agent is switched off by FRONTDESK_PAUSED/m);
    expect(await codeOf(await Customer.start(free))).toBe('paused');
    const unpriced = await processes.start({
      ...{ FRONTDESK_DATA: processes.folder(), ANTHROPIC_BASE_URL: claude.url, FRONTDESK_MODEL: 'my-model' },
      ...{ FRONTDESK_VISITOR_MESSAGES: '1', FRONTDESK_ADDRESS_CONVERSATIONS: '1' },
    });
    const three = await Customer.start(unpriced);
    expect([await codeOf(three), await codeOf(three)]).toEqual([200, 'too_many_messages']);
    expect((await fetch(`${unpriced.url}/v1/conversations`, { method: 'POST' })).status).toBe(429);
    expect(unpriced.output.stdout).toMatch(/^Warning: The price of my-model is not known/m);
    for (const server of [bounded, free, unpriced]) expect((await server.stop()).code).toBe(0);
  });

  test('warns of a prompt that the model does not cache', async () => {
    const server = await processes.start({
      FRONTDESK_DATA: processes.folder(),
      ANTHROPIC_BASE_URL: 'http://127.0.0.1:9',
    });
    expect(server.output.stdout).toMatch(/^Warning: The prompt has about \d+ tokens, and claude-opus-4-6 caches none/m);
    await server.kill();
  });

  test('a taken port and a data folder in use are one sentence and a non-zero exit', async () => {
    const data = processes.folder();
    const server = await processes.start({ FRONTDESK_DATA: data });
    const samePort = processes.run(['start'], {
      env: { PORT: String(server.port), FRONTDESK_DATA: processes.folder() },
    });
    const sameFolder = processes.run(['start'], { env: { PORT: '0', FRONTDESK_DATA: data } });
    const portTaken = await samePort.ended;
    expect(portTaken).toMatchObject({
      code: 1,
      stdout: '',
      stderr: `Another program already listens on 127.0.0.1:${server.port}. Stop it, or choose another PORT.\n`,
    });
    const folderTaken = await sameFolder.ended;
    expect(folderTaken).toMatchObject({
      code: 1,
      stdout: '',
      stderr: `The data folder ${data} is in use by the process with pid ${server.pid}. Stop it, or choose another FRONTDESK_DATA.\n`,
    });
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    // It waits for nobody: beside another start that fails it takes about as long.
    expect(folderTaken.ms).toBeLessThan(2 * portTaken.ms + 2_000);
    await server.kill();
    // A holder that was killed leaves nothing to clean up.
    expect((await (await processes.start({ FRONTDESK_DATA: data })).stop()).code).toBe(0);
  });

  test('a wrong configuration is printed whole', async () => {
    const { code, stdout, stderr } = await processes.run(['start'], {
      env: { PORT: 'http', FRONTDESK_MODEL: 'a b', FRONTDESK_ORGINS: 'x', FRONTDESK_WEBHOOK_URL: 'https://a.example' },
    }).ended;
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^The configuration has 4 problems:\n/);
    for (const name of ['PORT', 'FRONTDESK_MODEL', 'FRONTDESK_ORGINS', 'FRONTDESK_WEBHOOK_SECRET']) {
      expect(stderr).toMatch(new RegExp(`^ {2}${name} .*\\n {4}Example: `, 'm'));
    }
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test('a wrong agent folder is printed whole, with files and lines', async () => {
    const agent = join(processes.folder(), 'agent');
    cpSync(LIBRARY, agent, { recursive: true });
    writeFileSync(join(agent, 'greeting.md'), '');
    writeFileSync(join(agent, 'tools', 'broken.ts'), 'export default {\n  name: 7,\n};\n');
    const { code, stdout, stderr } = await processes.run(['start'], {
      env: { PORT: '0', FRONTDESK_DATA: processes.folder(), FRONTDESK_AGENT: agent },
    }).ended;
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    for (const place of ['greeting\\.md:1', 'tools/broken\\.ts:\\d+']) {
      expect(stderr).toMatch(new RegExp(`^ {2}${place} `, 'm'));
    }
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test('a foreign host, a data folder that is a file and a database out of reach are one sentence', async () => {
    const env = { PORT: '0', FRONTDESK_DATA: processes.folder() };
    const file = join(processes.folder(), 'file');
    writeFileSync(file, '');
    const [host, noFolder, database] = [
      processes.run(['start'], { env: { ...env, HOST: '192.0.2.1' } }),
      processes.run(['start'], { env: { ...env, FRONTDESK_DATA: file } }),
      processes.run(['start'], { env: { ...env, DATABASE_URL: 'postgres://someone:hidden@127.0.0.1:1/desk' } }),
    ];
    expect(await host.ended).toMatchObject({
      code: 1,
      stdout: '',
      stderr: '192.0.2.1 is not an address of this machine. Change HOST.\n',
    });
    const folderProblem = await noFolder.ended;
    expect(folderProblem).toMatchObject({ code: 1, stdout: '' });
    expect(folderProblem.stderr).toMatch(new RegExp(`^The data folder ${file} cannot be used: .*\\.\\n$`));
    const { code, stdout, stderr } = await database.ended;
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^PostgreSQL at 127\.0\.0\.1:1\/desk cannot be used: .*ECONNREFUSED.*\.\n$/);
    expect(stderr).not.toContain('hidden');
  });

  test('SIGTERM ends it in the middle of a reply and with open streams; the next start finishes the reply', async () => {
    const claude = await startMockClaude({ script: () => ({ text: SENTENCES, deltaMs: 50 }) });
    closers.push(() => claude.close());
    const env = { FRONTDESK_DATA: processes.folder(), ANTHROPIC_BASE_URL: claude.url };
    let server = await processes.start(env);
    const place = { url: server.url };
    const customer = await Customer.start(place);
    const follower = new Follower(customer);
    const following = follower.follow({ port: server.port, until: () => false });
    // As browsers open it in advance.
    const spare = connect(server.port, '127.0.0.1').on('error', () => {});
    closers.push(async () => spare.destroy());
    const waiting = customer.post('/messages', { text: 'Tell me all about electric cars.' });
    await follower.has('segment.released');

    const stopped = performance.now();
    expect(await server.stop()).toMatchObject({ code: 0, stderr: '' });
    // Not the five seconds after which open connections are cut off.
    expect(performance.now() - stopped).toBeLessThan(4_500);
    expect(await following).toBe('ended');
    expect((await waiting).status).toBe(503);
    expect(follower.seen.some(({ type }) => type === 'turn.ended')).toBe(false);

    server = await processes.start(env);
    place.url = server.url;
    expect(await follower.follow({ port: server.port, until: ({ type }) => type === 'turn.ended' })).toBe('done');
    expect(follower.seen.at(-1)).toMatchObject({ outcome: 'completed' });
    expect(follower.seen).toEqual(await customer.events(1));
    expect((await customer.read()).messages.at(-1)?.text).toBe(SENTENCES.join('').trim());
    expect(claude.requests).toHaveLength(2);
    expect((await server.stop()).code).toBe(0);
  });

  test('a second signal does not wait for requests that hang', async () => {
    const server = await processes.start({ FRONTDESK_DATA: processes.folder() });
    const hanging = connect(server.port, '127.0.0.1').on('error', () => {});
    closers.push(async () => hanging.destroy());
    hanging.write('POST /v1/conversations HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{');
    // Answered after it on another connection, so the server knows of the hanging one by now.
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    // Two at once are one, as with Ctrl+C under npm.
    server.signal('SIGINT');
    server.signal('SIGINT');
    const again = setInterval(() => server.signal('SIGTERM'), 200);
    closers.push(async () => clearInterval(again));
    expect(await server.ended).toMatchObject({ code: null, signal: 'SIGTERM' });
  });
});
