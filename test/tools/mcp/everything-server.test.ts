import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { afterAll, expect, test, vi } from 'vitest';
import type { Tool } from '../../../src/agent/tool.ts';
import { loadAgent } from '../../../src/agent-folder/load-agent.ts';
import { workshopWith } from '../../agent-folder/folders.ts';
import { contextWith } from '../http/request-tools.ts';

/** The reference server, of the people who make the protocol. */
const SERVER = createRequire(import.meta.url).resolve('@modelcontextprotocol/server-everything/dist/index.js');

let port = 0;
let http: ChildProcess | undefined;
let agent: Awaited<ReturnType<typeof loadAgent>>['agent'] | undefined;
const find = (name: string) => agent?.tools.find((tool) => tool.name === name) as Tool;
const run = async (name: string, input: object = {}, signal = new AbortController().signal) =>
  String((await find(name).run(input, contextWith({ signal }))).content);

/** In one test: its servers are started once. */
test('the reference server, over stdio and over HTTP', async () => {
  port = await freePort();
  http = await startHttp();
  const wanted = ['get-sum', 'get-env', 'get-tiny-image', 'get-structured-content', 'get-resource-links']
    .concat(['get-resource-reference', 'trigger-long-running-operation', 'toggle-simulated-logging'])
    .map((name) => `  ${name}:`);
  const root = workshopWith({
    'tools/get-slot.ts': null,
    'tools/local.yaml': `mcp: { command: node, args: [${SERVER}, stdio] }\ntools:\n${wanted.join('\n')}\n`,
    'tools/remote.yaml': `mcp: { url: "http://127.0.0.1:${port}/mcp" }\nprefix: far_\ntools: [echo, get-sum]\n`,
  });
  const loaded = await loadAgent(root);
  expect(loaded.warnings.filter(({ file }) => file.endsWith('.yaml'))).toEqual([]);
  ({ agent } = loaded);
  effects();
  await results();
  await patience();
  await remote();
});

afterAll(async () => {
  await agent?.closeTools();
  http?.kill('SIGKILL');
});

/** Its annotations become effects, its schemas check what the model gives. */
function effects() {
  expect(find('get_sum').effect).toBe('read');
  expect(find('toggle_simulated_logging').effect).toBe('write');
  expect(find('get_sum').parse({ a: 1, b: 'two' })).toEqual({
    ok: false,
    problems: ['b: expected a number, got "two"'],
  });
}

/** Its results are told in text, over stdio. */
async function results() {
  expect(await run('get_sum', { a: 2, b: 3 })).toContain('2 and 3 is 5');
  expect(Object.keys(JSON.parse(await run('get_env')))).toEqual(['PATH']);
  expect(await run('get_tiny_image')).toMatch(/\[a picture \(image\/png, \d+ bytes\) that cannot be shown here\]/);
  expect(JSON.parse(await run('get_structured_content', { location: 'Chicago' }))).toMatchObject({ temperature: 36 });
  expect(await run('get_resource_links', { count: 2 })).toContain('Link: ');
  expect(await run('get_resource_reference', { resourceType: 'Text', resourceId: 1 })).toContain('demo://');
}

/** A call that takes too long is given up, and others go on. */
async function patience() {
  const slow = run('trigger_long_running_operation', { duration: 20, steps: 2 }, AbortSignal.timeout(50));
  await expect(slow).rejects.toThrow();
  expect(await run('get_sum', { a: 1, b: 1 })).toContain('is 2');
}

/** Over HTTP, also after the server was another meanwhile. */
async function remote() {
  expect(await run('far_echo', { message: 'hello' })).toBe('Echo: hello');
  http?.kill('SIGKILL');
  if (http) await once(http, 'exit');
  http = await startHttp();
  // A busy machine may take longer over it than one call waits.
  const again = async () => expect(await run('far_echo', { message: 'again' })).toBe('Echo: again');
  await vi.waitFor(again, { timeout: 30_000, interval: 100 });
}

async function startHttp(): Promise<ChildProcess> {
  const child = spawn(process.execPath, [SERVER, 'streamableHttp'], {
    env: { PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for await (const chunk of child.stderr) if (/listening|running/i.test(String(chunk))) break;
  child.stdout.resume();
  return child;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: free } = server.address() as { port: number };
  server.close();
  return free;
}
