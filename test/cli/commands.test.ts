import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand } from 'citty';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { doctorCommand } from '../../src/cli/doctor.ts';
import { main } from '../../src/cli/main.ts';
import { readConfig } from '../../src/config.ts';
import { startMockClaude } from '../../src/testing/index.ts';
import { embeddingsOf, send, serveEmbeddings } from '../adapters/embeddings/embeddings-server.ts';
import { ROUTES, workshopWith } from '../agent-folder/folders.ts';
import { actingAgent } from '../agents/acting-agent.ts';
import { testDatabaseUrl } from '../contracts/databases.ts';
import { createProcesses, type Environment } from '../e2e/server/processes.ts';
import { captured } from './captured.ts';

const LIBRARY = fileURLToPath(new URL('../agents/harbor-library', import.meta.url));
const processes = createProcesses({ FRONTDESK_ENCODER: 'off' });
const closers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
afterAll(() => processes.cleanUp());

const run = (args: string[], env: Environment = {}, input?: string) =>
  processes.run(args, { env, ...(input === undefined ? {} : { input }) }).ended;

/** `frontdesk doctor` in this process: a process of its own takes two seconds of a core. */
const doctor = (rawArgs: string[], env: Environment) =>
  captured(() => runCommand(doctorCommand(readConfig({ FRONTDESK_ENCODER: 'off', ...env })), { rawArgs }));

async function mainWith(args: string[]): Promise<void> {
  const before = process.argv;
  process.argv = [...before.slice(0, 2), ...args];
  await main().finally(() => {
    process.argv = before;
  });
}

describe('frontdesk chat', { timeout: 240_000 }, () => {
  test('holds a conversation that is piped in, and leaves nothing behind', async () => {
    const [TMPDIR, data] = [processes.folder(), join(processes.folder(), 'data')];
    const lines = ['Hi there', 'When are you open, and what is your phone number?', '', 'never read'];
    const env = { TMPDIR, FRONTDESK_DATA: data, FRONTDESK_ENCODER: 'off' };
    const { code, stdout, stderr } = await run(['chat'], env, lines.join('\n'));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^The offline model answers, which is not Claude\./);
    const [greeting = '', ...replies] = stdout.split(/^Eva: /m).slice(1);
    expect(greeting).toMatch(/\bAI\b/);
    expect(replies).toHaveLength(2);
    expect(replies[1]).toContain('1-800-123-4567');
    expect(readdirSync(TMPDIR)).toEqual([]);
    expect(existsSync(data)).toBe(false);
  });

  test('goes on after what cannot be taken, shows sources, takes y and n, and talks to Claude where told to', async () => {
    const cited = { citations: [{ text: 'Here is what we know.', cites: [{ result: 0 }] }] };
    const asking = { tools: [{ name: 'call_back', input: { phone: '555-0101' } }] };
    const declined = { text: 'As you like.', expect: { toolResult: 'NOT done' } };
    const done = { text: 'At nine, then.', expect: { toolResult: 'We call at nine.' } };
    const claude = await startMockClaude({
      script: { turns: [{ text: 'Hello!', expect: { text: 'Hi' } }, cited, asking, declined, asking, done] },
    });
    closers.push(() => claude.close());
    const question = 'What does electric car insurance cover?';
    const lines = ['Hi', 'x'.repeat(8_001), question, 'Call me back', 'n', 'Call me back', 'y'];
    const agent = actingAgent(processes.folder());
    const env = { ANTHROPIC_BASE_URL: claude.url, FRONTDESK_AGENT: agent, FRONTDESK_ENCODER: 'off' };
    const { code, stdout, stderr } = await run(['chat'], env, `${lines.join('\n')}\n`);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Model: claude-opus-4-6\./);
    expect(stdout).toContain('\nEva: Hello!\n');
    expect(stdout).toContain('\nThe message is too long. At most 8,000 characters.\n');
    expect(stdout).toMatch(/\nEva: Here is what we know\.\n {2}\[1\] \S.* {2}https:\/\/www\.acme-insurance\.example\//);
    const card = '  Please confirm: Call you back on 555-0101?\n    "phone": "555-0101"\n';
    const [, afterNo = '', afterYes = ''] = stdout.split(card);
    expect(afterNo).toContain('Eva: As you like.');
    expect(afterNo).not.toContain('(Done.)');
    expect(afterYes).toMatch(/\(Done\.\)\n\nEva: At nine, then\./);
    claude.assertDone();
  });
});

describe('frontdesk doctor', { timeout: 240_000 }, () => {
  test('finds nothing wrong with an empty configuration, and says that the offline model answers', async () => {
    const data = join(processes.folder(), 'not', 'made', 'yet');
    const { code, stdout, stderr } = await run(['doctor'], { PORT: '0', FRONTDESK_DATA: data });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(existsSync(data)).toBe(false);
    for (const line of [
      '✓ Node \\d',
      '✓ 127\\.0\\.0\\.1:0',
      `✓ Data folder ${data}$`,
      '✓ Agent Eva of Acme Insurance',
      '✓ Knowledge: 56 articles in Markdown, 0 sites$',
    ]) {
      expect(stdout).toMatch(new RegExp(`^${line}`, 'm'));
    }
    expect(stdout).toMatch(/^! No key: the offline model answers, which is not Claude\n {2}.*ANTHROPIC_API_KEY/m);
  });

  test('finds a taken port, a data folder that is a file, a wrong agent folder: all at once', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    closers.push(() => new Promise((resolve) => taken.close(resolve)));
    const port = (taken.address() as { port: number }).port;
    const folder = processes.folder();
    const data = join(folder, 'file');
    writeFileSync(data, '');
    const { code, stdout } = await doctor([], {
      PORT: String(port),
      FRONTDESK_DATA: data,
      FRONTDESK_AGENT: join(folder, 'nowhere'),
    });
    expect(code).toBe(1);
    expect(stdout).toMatch(
      new RegExp(`^✗ 127\\.0\\.0\\.1:${port} cannot be used\\n {2}Another program .* PORT\\.$`, 'm'),
    );
    expect(stdout).toMatch(new RegExp(`^✗ Data folder ${data}\\n {2}.*FRONTDESK_DATA`, 'm'));
    expect(stdout).toMatch(/^✗ The agent folder cannot be used\n {2}\S/m);
  });

  test('checks the routes of an agent with the rest', async () => {
    const env = { PORT: '0', FRONTDESK_DATA: processes.folder() };
    const utterances = (ROUTES['routes/bike-hire/utterances.txt'] ?? '').split('\n').slice(0, 2).join('\n');
    const few = workshopWith({ ...ROUTES, 'routes/bike-hire/utterances.txt': utterances });
    const { code, stdout } = await doctor([], { ...env, FRONTDESK_AGENT: few });
    expect(code).toBe(0);
    expect(stdout).toContain('\n✓ Routes: bike-hire (2 utterances), repairs (5 utterances, 2 tools of its own)\n');
    expect(stdout).toContain('\n! routes/bike-hire/utterances.txt:1 2 utterances: ');
    const wrong = workshopWith({ ...ROUTES, 'routes/repairs/route.yaml': 'wen: x' });
    const found = await doctor([], { ...env, FRONTDESK_AGENT: wrong });
    expect(found.code).toBe(1);
    expect(found.stdout).toMatch(/routes\/repairs\/route\.yaml:1 +wen: unknown field \(did you mean "when"\?\)/);
  });

  test('finds a database that is none, and leaves nothing behind', async () => {
    const data = processes.folder();
    writeFileSync(join(data, 'frontdesk.db'), 'something else');
    const { code, stdout } = await doctor([], { PORT: '0', FRONTDESK_DATA: data });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^✗ Data folder .*\n {2}.*is not a database/m);
    expect(readdirSync(data)).toEqual(['frontdesk.db']);
  });

  test.each([
    ['doctor', '--lvie', /no option --lvie\. It has --live/],
    ['prompt', '--bogus=1', /no option --bogus/],
    ['mock-claude', '--prot', /no option --prot\. It has --port, --script/],
    ['start', '--port=1', /no option --port/],
    ['start', './my-agent', /does not take "\.\/my-agent"\. Where it is an agent folder, set FRONTDESK_AGENT to it/],
    ['doctor', './my-agent', /does not take/],
  ])('%s refuses %s', async (command, option, sentence) => {
    const { code, stderr } = await captured(() => mainWith([command, option]));
    expect([code, stderr]).toEqual([1, expect.stringMatching(sentence)]);
  });

  test('names the server that has the data folder', async () => {
    const data = processes.folder();
    const env = { FRONTDESK_DATA: data, FRONTDESK_AGENT: LIBRARY, FRONTDESK_ENCODER: 'off' };
    const server = await processes.start(env);
    const { code, stdout } = await doctor([], { PORT: '0', FRONTDESK_DATA: data });
    expect(code).toBe(0);
    expect(stdout).toContain(`! Data folder ${data} is in use by the process with pid ${server.pid}\n`);
  });

  test('finds a database out of reach, without showing its password', async () => {
    const { code, stdout } = await doctor([], {
      PORT: '0',
      DATABASE_URL: 'postgres://me:hidden@127.0.0.1:1/desk',
    });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^✗ The database cannot be used\n {2}PostgreSQL at 127\.0\.0\.1:1\/desk .*ECONNREFUSED/m);
    expect(stdout).not.toContain('hidden');
  });

  test.skipIf(!testDatabaseUrl())('finds the database', async () => {
    const { code, stdout } = await doctor([], { PORT: '0', DATABASE_URL: testDatabaseUrl() ?? '' });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^✓ PostgreSQL \d\d$/m);
  });

  test('tries the encoder behind an API, and does not show its key', async () => {
    const encoder = await serveEmbeddings((asked, n, response) => {
      if (n === 0) send(response, embeddingsOf(asked));
      else send(response, { detail: `wrong key ${asked.headers.authorization}` }, 401);
    });
    closers.push(encoder.close);
    const env = {
      PORT: '0',
      FRONTDESK_DATA: processes.folder(),
      FRONTDESK_ENCODER: 'voyage',
      VOYAGE_API_KEY: 'pa-hidden',
    };
    const good = await doctor([], { ...env, FRONTDESK_ENCODER_URL: encoder.url });
    expect(good.stdout).toContain(`✓ The encoder reads: voyage-4 at ${encoder.url}, 4 numbers a text\n`);
    const bad = await doctor([], { ...env, FRONTDESK_ENCODER_URL: encoder.url });
    expect(bad.code).toBe(1);
    expect(bad.stdout).toMatch(/^✗ The encoder at http.* does not read\n {2}.*401 .*wrong key/m);
    expect(bad.stdout + bad.stderr).not.toContain('pa-hidden');
  });

  test('--live makes one call to the model that answers customers, and shows what came', async () => {
    const claude = await startMockClaude({
      script: {
        turns: [{ text: 'ready' }, { text: 'ready' }, { fault: { status: 401, message: 'invalid x-api-key' } }],
      },
    });
    closers.push(() => claude.close());
    const env = { PORT: '0', FRONTDESK_DATA: processes.folder(), ANTHROPIC_BASE_URL: claude.url };
    const good = await doctor(['--live'], {
      ...env,
      ANTHROPIC_API_KEY: 'sk-of-mine',
      FRONTDESK_MODEL: 'my-model',
    });
    expect(good.stdout).toMatch(/^✓ my-model answered: ready$/m);
    expect(good.code).toBe(0);
    expect(claude.requests[0]?.body.model).toBe('my-model');
    expect(claude.requests[0]?.headers.authorization).toBe('Bearer [redacted]');
    const agent = join(processes.folder(), 'agent');
    cpSync(LIBRARY, agent, { recursive: true });
    const definition = readFileSync(join(agent, 'agent.ts'), 'utf8');
    writeFileSync(
      join(agent, 'agent.ts'),
      definition.replace('defineAgent({', "defineAgent({ model: 'its-own-model',"),
    );
    const own = await doctor(['--live'], { ...env, FRONTDESK_AGENT: agent });
    expect(own.stdout).toMatch(/^✓ its-own-model answered: ready$/m);
    expect(claude.requests[1]?.body.model).toBe('its-own-model');
    expect(claude.requests[1]?.headers.authorization).toBeUndefined();
    const bad = await doctor(['--live'], { ...env, ANTHROPIC_API_KEY: 'sk-of-mine' });
    expect(bad.code).toBe(1);
    expect(bad.stdout).toMatch(/^✗ claude-opus-4-6 did not answer\n {2}rejected: .*invalid x-api-key/m);
    expect(bad.stdout).not.toContain('sk-of-mine');
    claude.assertDone();
  });

  test('--live without a key says what is missing', async () => {
    const { code, stdout } = await doctor(['--live'], { PORT: '0', FRONTDESK_DATA: processes.folder() });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^✗ No live call\n {2}.*ANTHROPIC_API_KEY/m);
  });
});

describe('the other commands', { timeout: 240_000 }, () => {
  test('prompt prints what the folder compiles to, with its hash', async () => {
    const whole = await run(['prompt']);
    expect({ code: whole.code, stderr: whole.stderr }).toEqual({ code: 0, stderr: '' });
    expect(whole.stdout).toMatch(/^=== tool get_quote /m);
    expect(whole.stdout).toMatch(/^=== system /m);
    const hash = /^hash {4}([0-9a-f]{16})$/m.exec(whole.stdout)?.[1];
    const again = JSON.parse((await run(['prompt', '--json'])).stdout) as { agent: string; hash: string };
    expect(again).toMatchObject({ agent: 'acme-insurance', hash });
    const library = JSON.parse((await run(['prompt', LIBRARY, '--json'])).stdout) as { agent: string; hash: string };
    expect(library.agent).toBe('harbor-library');
    expect(library.hash).not.toBe(hash);
  });

  test('an unknown command and no command show the usage and fail', async () => {
    for (const args of [['begin'], []]) {
      const { code, stdout, stderr } = await run(args);
      expect(code, args.join()).not.toBe(0);
      expect(stdout + stderr, args.join()).toContain(
        'frontdesk start|chat|ingest|doctor|eval|insights|prompt|pin-tools|routes|search|mock-claude',
      );
    }
  });

  describe('on an old Node', () => {
    let old: { path: string; version: string } | null;
    beforeAll(() => {
      old = oldNode();
    });

    test('says which one it needs and exits 1', async (context) => {
      if (!old) return context.skip('the machine has no Node older than 22.18');
      const { code, stdout, stderr } = await processes.run(['start'], { node: old.path }).ended;
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toBe(`Frontdesk needs Node >= 22.18; this is ${old.version}.\n`);
    });
  });
});

/** A Node of the machine that the project cannot run on. */
function oldNode(): { path: string; version: string } | null {
  const places = (process.env.PATH ?? '').split(delimiter).filter((place) => !place.includes('node_modules'));
  for (const path of new Set(places.map((place) => join(place, 'node')))) {
    if (!existsSync(path)) continue;
    const version = execFileSync(path, ['--version'], { encoding: 'utf8' }).trim().slice(1);
    const [major = 0, minor = 0] = version.split('.').map(Number);
    if (major < 22 || (major === 22 && minor < 18)) return { path, version };
  }
  return null;
}
