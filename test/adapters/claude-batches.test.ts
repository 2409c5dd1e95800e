import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { claudeBatches } from '../../src/adapters/claude/batches.ts';
import { type MockTurn, startMockClaude } from '../../src/testing/mock-claude.ts';
import { ask, closeAll, closers, KEY } from './claude-calls.ts';

afterEach(closeAll);

const signal = () => AbortSignal.timeout(10_000);
const calls = (count: number) => Array.from({ length: count }, (_, n) => ({ id: `call-${n}`, request: ask(`${n}`) }));

async function start(turns: MockTurn[], batchLooks = 0) {
  const claude = await startMockClaude({ script: { turns }, batchLooks });
  closers.push(claude.close);
  return { claude, batches: claudeBatches({ apiKey: KEY, baseUrl: claude.url }) };
}

describe('the batch API', () => {
  test('takes calls, runs, ends, and gives results in any order, each with what became of it', async () => {
    const turns: MockTurn[] = [
      { text: 'zero' },
      { fault: { status: 400, message: 'too long' } },
      { fault: { disconnect: true } },
      { text: 'three', usage: { input_tokens: 7, output_tokens: 2 } },
    ];
    const { claude, batches } = await start(turns, 2);
    const id = await batches.submit(calls(4), signal());
    expect([await batches.state(id, signal()), await batches.state(id, signal())]).toEqual(['running', 'running']);
    expect(await batches.state(id, signal())).toBe('ended');
    const results = await Array.fromAsync(batches.results(id, signal()));
    expect(results.map((result) => result.id)).toEqual(['call-3', 'call-2', 'call-1', 'call-0']);
    expect(results.map(({ problem }) => problem)).toEqual(['', 'expired', 'too long', '']);
    expect(results[0]?.message).toMatchObject({
      content: [{ type: 'text', text: 'three' }],
      usage: { input_tokens: 7, output_tokens: 2 },
    });
    expect(claude.batches[0]?.requests[0]).toMatchObject({ custom_id: 'call-0', params: { max_tokens: 1024 } });
    claude.assertDone();
  });

  test.each([
    ['no calls', [], /at least one/],
    ['an id twice', [...calls(1), ...calls(1)], /not unique/],
    ['an id that is none', [{ id: 'a b', request: ask() }], /custom_id: must match/],
    ['a request that the API refuses', [{ id: 'a', request: { ...ask(), max_tokens: 0 } }], /requests\.0\.params\.max/],
  ])('%s is refused', async (_what, wrong, says) => {
    const { claude, batches } = await start([{}]);
    await expect(batches.submit(wrong, signal())).rejects.toThrow(says);
    expect(claude.batches).toEqual([]);
  });

  test('a batch that is not there is gone', async () => {
    const { batches } = await start([{}]);
    expect(await batches.state('msgbatch_of_last_year', signal())).toBe('gone');
  });

  test('results come through where they are cut anywhere, from the address that was configured; errors name no key', async () => {
    const line = (id: string, text: string) =>
      JSON.stringify({ custom_id: id, result: { type: 'succeeded', message: { content: [{ type: 'text', text }] } } });
    const paths: string[] = [];
    const server = createServer(async (request, response) => {
      paths.push(`${request.method} ${request.url}`);
      if (request.url?.endsWith('/bad/results')) {
        response.writeHead(401, { 'content-type': 'application/json' });
        return void response.end(JSON.stringify({ error: { type: 'authentication_error', message: `bad ${KEY}` } }));
      }
      response.writeHead(200, { 'content-type': 'application/x-jsonl' });
      for (const byte of Buffer.from(`${line('a', 'äöü 漢字')}\n\n${line('b', 'no end of line')}`)) {
        response.write(Buffer.of(byte));
      }
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(async () => void server.close());
    const batches = claudeBatches({
      apiKey: KEY,
      baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    });
    const results = await Array.fromAsync(batches.results('msgbatch_1', signal()));
    expect(results.map(({ message }) => message?.content)).toMatchObject([
      [{ text: 'äöü 漢字' }],
      [{ text: 'no end of line' }],
    ]);
    expect(paths).toEqual(['GET /v1/messages/batches/msgbatch_1/results']);
    const error = await Array.fromAsync(batches.results('bad', signal())).catch((thrown: Error) => thrown);
    expect(String(error)).toMatch(/401 authentication_error .*\[key\]/);
    expect(String(error)).not.toContain(KEY);
  });
});
