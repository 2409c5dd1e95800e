import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Anthropic from '@anthropic-ai/sdk';
import { afterEach, describe, expect, test, vi } from 'vitest';

const PARAMS = { model: 'claude-opus-4-6', max_tokens: 256, messages: [{ role: 'user' as const, content: 'Hello' }] };
const closers: Array<() => Promise<unknown>> = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

describe('frontdesk mock-claude', () => {
  async function run(script: string, port = '0') {
    const folder = await mkdtemp(join(tmpdir(), 'mock-claude-'));
    closers.push(() => rm(folder, { recursive: true }));
    const file = join(folder, 'script.json');
    await writeFile(file, script);
    return runWith('--port', port, '--script', file);
  }

  function runWith(...options: string[]) {
    const command = new URL('../../src/cli/mock-claude.ts', import.meta.url).href;
    const code = `import { runMain } from 'citty'; const { mockClaudeCommand } = await import('${command}'); await runMain(mockClaudeCommand);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', code, '--', 'frontdesk', ...options], {
      cwd: new URL('../..', import.meta.url),
    });
    closers.push(async () => child.kill('SIGKILL'));
    return watch(child);
  }

  function watch(child: ChildProcess) {
    const seen = { text: '', exit: null as number | null };
    child.stdout?.on('data', (chunk) => {
      seen.text += chunk;
    });
    child.stderr?.on('data', (chunk) => {
      seen.text += chunk;
    });
    const exited = new Promise<number | null>((resolve) => child.once('close', resolve));
    return { child, seen, exited };
  }

  const slow = { timeout: 30_000 };

  test('says how to use it, and on SIGTERM what went against the script', slow, async () => {
    const { child, seen, exited } = await run('{ "turns": [{ "text": "one" }, { "text": "two" }] }');
    await vi.waitFor(() => expect(seen.text).toMatch(/ANTHROPIC_BASE_URL=http/), slow);
    const baseURL = /http:\/\/[\d.:]+/.exec(seen.text)?.[0] ?? '';
    const client = new Anthropic({ apiKey: 'x', baseURL, maxRetries: 0 });
    expect((await client.messages.create(PARAMS)).content).toMatchObject([{ text: 'one' }]);
    child.kill('SIGTERM');
    expect(await exited).toBe(1);
    expect(seen.text).toMatch(/1 calls, 0 % of their input[\s\S]*turn 2 was not used: "two"/);
  });

  test('exits 0 when all went by the script', slow, async () => {
    const { child, seen, exited } = await run('{ "turns": [{ "text": "one" }] }');
    await vi.waitFor(() => expect(seen.text).toMatch(/ANTHROPIC_BASE_URL=http/), slow);
    const baseURL = /http:\/\/[\d.:]+/.exec(seen.text)?.[0] ?? '';
    await new Anthropic({ apiKey: 'x', baseURL, maxRetries: 0 }).messages.create(PARAMS);
    child.kill('SIGINT');
    expect(await exited).toBe(0);
  });

  test('plays a hijacked model in place of a script', slow, async () => {
    const { child, seen, exited } = runWith('--hostile', 'refund, price', '--seed', '7');
    await vi.waitFor(() => expect(seen.text).toMatch(/plays a hijacked model: refund, price, seed 7/), slow);
    const baseURL = /http:\/\/[\d.:]+/.exec(seen.text)?.[0] ?? '';
    const client = new Anthropic({ apiKey: 'x', baseURL, maxRetries: 0 });
    for (let n = 0; n < 3; n++) {
      expect((await client.messages.create(PARAMS)).content).toMatchObject([{ text: expect.stringMatching(/./) }]);
    }
    child.kill('SIGTERM');
    expect(await exited).toBe(0);
  });

  test.each([
    [[], 'Give either --script or --hostile.'],
    [['--hostile', 'leek'], 'hostile: one of leak, refund'],
    [['--hostile', 'leak', '--seed', 'x'], '--seed x is not a seed'],
  ])('refuses %j', slow, async (options, sentence) => {
    const { seen, exited } = runWith(...options);
    expect(await exited).toBe(1);
    expect(seen.text).toContain(sentence);
  });

  test('a wrong script, a broken file and a taken port are one clear sentence each', slow, async () => {
    const wrong = await run('{ "turns": [{ "txt": "one" }, { "deltaMs": "fast" }] }');
    expect(await wrong.exited).toBe(1);
    expect(wrong.seen.text).toMatch(/turns\[0\][\s\S]*turns\[1\]\.deltaMs/);
    const broken = await run('{');
    expect(await broken.exited).toBe(1);
    expect(broken.seen.text).toMatch(/script\.json is not valid JSON/);
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    closers.push(() => new Promise((resolve) => taken.close(resolve)));
    const port = String((taken.address() as { port: number }).port);
    const blocked = await run('{ "turns": [{}] }', port);
    expect(await blocked.exited).toBe(1);
    expect(blocked.seen.text.trim()).toBe(`Port ${port} is taken: give another with --port.`);
  });
});
