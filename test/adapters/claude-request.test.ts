import { afterEach, describe, expect, test, vi } from 'vitest';
import { claudeModel } from '../../src/adapters/claude.ts';
import type { ModelRequest } from '../../src/agent/model.ts';
import { ask, COMPLETE, closeAll, collect, KEY, mock, textOf, typesOf, wire } from './claude-calls.ts';

afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await closeAll();
});

describe('the request', () => {
  const mark = { type: 'ephemeral' as const };

  async function sent(request: ModelRequest) {
    const { url, requests } = await mock([{ text: 'Here.' }]);
    const before = structuredClone(request);
    await collect({ url, request });
    expect(request).toEqual(before);
    return requests[0]?.body;
  }

  test('is streamed, and a breakpoint stands on the newest message', async () => {
    const body = await sent(ask('Hello'));
    expect(body?.stream).toBe(true);
    expect(body?.messages).toEqual([{ role: 'user', content: [{ type: 'text', text: 'Hello', cache_control: mark }] }]);
  });

  test('the breakpoint stands on the last block, and the others stay', async () => {
    const body = await sent({
      ...ask(),
      messages: [
        { role: 'user', content: [{ type: 'text', text: 'Context', cache_control: mark }] },
        { role: 'assistant', content: [{ type: 'tool_use', id: 't1', name: 'get_quote', input: {} }] },
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: 't1', content: '88' },
            { type: 'text', text: 'And now?' },
          ],
        },
      ],
    });
    expect(JSON.stringify(body).match(/cache_control/g)).toHaveLength(2);
    expect(body?.messages.at(-1)?.content).toEqual([
      { type: 'tool_result', tool_use_id: 't1', content: '88' },
      { type: 'text', text: 'And now?', cache_control: mark },
    ]);
  });

  test('there are never more than four', async () => {
    const body = await sent({
      ...ask('Hello'),
      system: [{ type: 'text', text: 'You are Eva.', cache_control: mark }],
      tools: [{ name: 'a', input_schema: { type: 'object' }, cache_control: mark }],
      messages: [
        { role: 'user', content: [{ type: 'text', text: 'Context', cache_control: mark }] },
        { role: 'assistant', content: [{ type: 'text', text: 'Yes.', cache_control: mark }] },
        { role: 'user', content: 'Hello' },
      ],
    });
    expect(JSON.stringify(body).match(/cache_control/g)).toHaveLength(4);
    expect(body?.messages.at(-1)).toEqual({ role: 'user', content: 'Hello' });
  });

  test('a thinking block carries no breakpoint', async () => {
    const body = await sent({
      ...ask(),
      messages: [
        { role: 'user', content: 'Hello' },
        {
          role: 'assistant',
          content: [
            { type: 'text', text: 'Hm.' },
            { type: 'thinking', thinking: 'x', signature: 'y' },
          ],
        },
      ],
    });
    expect(body?.messages.at(-1)?.content).toEqual([
      { type: 'text', text: 'Hm.', cache_control: mark },
      { type: 'thinking', thinking: 'x', signature: 'y' },
    ]);
  });
});

describe('the key', () => {
  test('is sent as a bearer token', async () => {
    const { url, requests } = await wire({ file: 'complete.http' });
    await collect({ url });
    expect(requests[0]).toMatch(new RegExp(`^authorization: Bearer ${KEY}\r$`, 'im'));
  });

  test('may be missing where a base URL is given: then nothing is sent', async () => {
    const { url, requests } = await wire({ file: 'complete.http' });
    const events = await collect({ url, options: { apiKey: undefined } });
    expect(textOf(events)).toBe(COMPLETE);
    expect(requests[0]).not.toMatch(/authorization|x-api-key/i);
  });

  test('the environment of the SDK is not read', async () => {
    vi.stubEnv('ANTHROPIC_API_KEY', 'ambient-key');
    vi.stubEnv('ANTHROPIC_AUTH_TOKEN', 'ambient-token');
    vi.stubEnv('ANTHROPIC_BASE_URL', 'http://127.0.0.1:9');
    vi.stubEnv('ANTHROPIC_CUSTOM_HEADERS', 'x-ambient: 1\nauthorization: Bearer ambient-header');
    const { url, requests } = await wire({ file: 'complete.http' }, { file: 'complete.http' });
    await collect({ url });
    await collect({ url, options: { apiKey: undefined } });
    expect(requests).toHaveLength(2);
    expect(requests.join()).not.toMatch(/ambient/);
    expect(requests[0]).toContain(KEY);
  });

  test('without a key no credential is looked for elsewhere', async () => {
    vi.stubEnv('ANTHROPIC_API_KEY', undefined);
    vi.stubEnv('ANTHROPIC_AUTH_TOKEN', undefined);
    vi.stubEnv('ANTHROPIC_PROFILE', 'no-such-profile');
    const { url } = await wire({ file: 'complete.http' });
    expect(textOf(await collect({ url, options: { apiKey: undefined } }))).toBe(COMPLETE);
  });

  test('the SDK prints nothing, neither the key nor what customers say', async () => {
    vi.stubEnv('ANTHROPIC_LOG', 'debug');
    const printed = (['error', 'warn', 'info', 'debug', 'log'] as const).map((name) =>
      vi.spyOn(console, name).mockImplementation(() => undefined),
    );
    const { url } = await wire({ file: 'garbage-line.http' }, { file: 'complete.http' });
    await collect({ url });
    expect(printed.flatMap((spy) => spy.mock.calls)).toEqual([]);
  });

  test('is in no event, though the server echoes it, even at the place where a text is cut off', async () => {
    const echo = `${'x'.repeat(425)} invalid key ${KEY}`;
    const { url } = await mock([{ fault: { status: 500, message: echo } }, { fault: { status: 401, message: echo } }]);
    const events = await collect({ url });
    expect(typesOf(events)).toEqual(['retrying', 'failed']);
    expect(JSON.stringify(events)).not.toContain(KEY.slice(0, 8));
  });

  test.each([
    ['neither key nor base URL', {}],
    ['a key with a line break in it', { apiKey: 'sk-ant\nsecret' }],
    ['an address that is none', { baseUrl: 'localhost' }],
    ['an address with a password', { baseUrl: 'http://me:secret@127.0.0.1' }],
  ])('%s is refused at once, without telling it', (_name, options) => {
    expect(() => claudeModel(options)).toThrow(/./);
    expect(() => claudeModel(options)).not.toThrow(/secret/);
  });
});
