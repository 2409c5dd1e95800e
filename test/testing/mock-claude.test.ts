import Anthropic from '@anthropic-ai/sdk';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type MockHandler, type MockScript, type MockTurn, startMockClaude } from '../../src/testing/mock-claude.ts';

const closers: Array<() => Promise<unknown>> = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function start(script: MockScript | MockHandler) {
  const mock = await startMockClaude({ script });
  closers.push(mock.close);
  const client = new Anthropic({ apiKey: 'sk-secret', baseURL: mock.url, maxRetries: 0, logLevel: 'off' });
  return { mock, client };
}

type Params = Anthropic.MessageCreateParamsNonStreaming;

function params(content: Anthropic.MessageParam['content'] = 'Hello', more: Partial<Params> = {}): Params {
  return { model: 'claude-opus-4-6', max_tokens: 256, messages: [{ role: 'user', content }], ...more };
}

/** An error of the API with that message. */
const saying = (message: RegExp) => ({ status: 400, apiMessage: expect.stringMatching(message) });

const PASSAGES: Anthropic.SearchResultBlockParam[] = ['Opening hours', 'Chargers'].map((title) => ({
  type: 'search_result',
  title,
  source: `https://acme.example/${title}`,
  content: [
    { type: 'text', text: `${title} one. ` },
    { type: 'text', text: `${title} two.` },
  ],
  citations: { enabled: true },
}));

describe('a scripted turn', () => {
  const turns: MockScript['turns'] = [
    {
      thinking: 'They ask about hours.',
      text: ['We are open ', 'Monday to Friday.'],
      citations: [
        { text: ' Nine to five,', cites: [{ result: 0, start: 0, end: 2 }] },
        { text: ' chargers included.', cites: [{ result: 1, start: 1 }, { result: 0 }] },
      ],
      tools: [
        { name: 'get_quote', input: { make: 'Tesla "S"', year: 2022, note: 'a longer text, in pieces' } },
        { name: 'ping' },
      ],
      usage: { input_tokens: 9, output_tokens: 7, cache_read_input_tokens: 5 },
    },
  ];
  const question = params([...PASSAGES, { type: 'text', text: 'When are you open?' }]);

  test('is the same message streamed and whole', async () => {
    const { mock, client } = await start({ turns: [...turns, ...turns] });
    const streamed = await client.messages.stream(question).finalMessage();
    const whole = await client.messages.create(question);
    for (const message of [streamed, whole]) {
      expect(message.content.map((block) => block.type)).toEqual([
        'thinking',
        'text',
        'text',
        'text',
        'tool_use',
        'tool_use',
      ]);
      expect(message.content[1]).toMatchObject({ text: 'We are open Monday to Friday.' });
      expect(message.content[2]).toMatchObject({
        text: ' Nine to five,',
        citations: [
          {
            type: 'search_result_location',
            cited_text: 'Opening hours one. Opening hours two.',
            search_result_index: 0,
            source: 'https://acme.example/Opening hours',
            title: 'Opening hours',
            start_block_index: 0,
            end_block_index: 2,
          },
        ],
      });
      expect(message.content[3]).toMatchObject({
        citations: [{ cited_text: 'Chargers two.' }, { cited_text: 'Opening hours one. ' }],
      });
      expect(message.content[4]).toMatchObject({
        name: 'get_quote',
        input: { make: 'Tesla "S"', year: 2022, note: 'a longer text, in pieces' },
      });
      expect(message.content[5]).toMatchObject({ name: 'ping', input: {} });
      expect(message.stop_reason).toBe('tool_use');
      expect(message.usage).toMatchObject({ input_tokens: 9, output_tokens: 7, cache_read_input_tokens: 5 });
    }
    mock.assertDone();
  });

  test('is written event by event as the API does', async () => {
    const { mock } = await start({ turns: [{ text: ['a', 'b'], stopReason: 'max_tokens' }] });
    const response = await fetch(`${mock.url}/v1/messages`, {
      method: 'POST',
      body: JSON.stringify({ ...params(), stream: true }),
    });
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const blocks = (await response.text()).split('\n\n').filter(Boolean);
    const names = blocks.map((block) => {
      const [, name, data] = /^event: (\w+)\ndata: (\{.*\})$/.exec(block) ?? [];
      expect(JSON.parse(String(data)).type).toBe(name);
      return name;
    });
    expect(names).toEqual([
      'message_start',
      'content_block_start',
      'ping',
      'content_block_delta',
      'content_block_delta',
      'content_block_stop',
      'message_delta',
      'message_stop',
    ]);
    expect(blocks.at(-2)).toContain('"stop_reason":"max_tokens"');
  });

  test('a string is cut into pieces and nothing is lost', async () => {
    const text = '  One two three four five,\n\n- six\n- seven eight nine  ';
    const { client } = await start({ turns: [{ text }] });
    let deltas = 0;
    const stream = client.messages.stream(params());
    stream.on('text', () => deltas++);
    expect((await stream.finalMessage()).content).toMatchObject([{ text }]);
    expect(deltas).toBe(3);
  });

  test('delays are kept', async () => {
    const { client } = await start({ turns: [{ text: ['a', 'b', 'c'], delayMs: 150, deltaMs: 100 }] });
    const begun = performance.now();
    await client.messages.stream(params()).finalMessage();
    expect(performance.now() - begun).toBeGreaterThanOrEqual(340);
  });
});

describe('expectations', () => {
  test('hold on a request that meets them', async () => {
    const { mock, client } = await start({
      turns: [
        { expect: { text: 'OPEN', matches: 'open.*sunday', tools: ['get_quote'], model: 'claude-opus-4-6' } },
        { expect: { toolResult: 'USD "88"' } },
      ],
    });
    const tools: Anthropic.Tool[] = [{ name: 'get_quote', input_schema: { type: 'object' } }];
    await client.messages.create(params('Are you open on Sunday?', { tools }));
    await client.messages.create({
      ...params(),
      messages: [
        { role: 'user', content: 'Quote' },
        { role: 'assistant', content: [{ type: 'tool_use', id: 't', name: 'get_quote', input: {} }] },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't', content: 'USD "88" a month' }] },
      ],
    });
    mock.assertDone();
  });

  test.each([
    [{ text: 'closed' }, /turn 1: expected the last user text to contain "closed", it is "Hello"/],
    [{ matches: '^bye$' }, /match \/\^bye\$\//],
    [{ tools: ['a', 'b'] }, /expected the tools a, b, the request has: none/],
    [{ model: 'claude-haiku-4-5' }, /expected the model claude-haiku-4-5, it is claude-opus-4-6/],
    [{ toolResult: '88' }, /expected a tool result to contain "88"/],
  ])('%o is refused and remembered', async (expectation, problem) => {
    const { mock, client } = await start({ turns: [{ expect: expectation }] });
    await expect(client.messages.create(params())).rejects.toMatchObject(saying(problem));
    expect(() => mock.assertDone()).toThrow(problem);
  });

  test.each([
    ['one that is not there', params(), /turn 1: cites search result 0, the request has 0/],
    [
      'one with citations off',
      params([{ ...PASSAGES[0], citations: { enabled: false } } as never]),
      /has citations off/,
    ],
    [
      'blocks that are not there',
      params([{ ...PASSAGES[0], content: [{ type: 'text', text: 'x' }] } as never]),
      /blocks 0 to 2/,
    ],
  ])('a citation of %s is refused', async (_name, request, problem) => {
    const { mock, client } = await start({ turns: [{ citations: [{ text: 'x', cites: [{ result: 0, end: 2 }] }] }] });
    await expect(client.messages.create(request)).rejects.toMatchObject(saying(problem));
    expect(() => mock.assertDone()).toThrow(problem);
  });
});

describe('the script', () => {
  test('an unscripted call is refused and named, and so is an unused turn', async () => {
    const { mock, client } = await start({ turns: [{ text: 'one' }] });
    expect(() => mock.assertDone()).toThrow(/turn 1 was not used: "one"/);
    await client.messages.create(params());
    mock.assertDone();
    await expect(client.messages.create(params('Again'))).rejects.toMatchObject({
      status: 400,
      type: 'invalid_request_error',
      apiMessage: 'unscripted call 2: "Again"',
    });
    expect(() => mock.assertDone()).toThrow(/unscripted call 2: "Again"/);
  });

  test('every problem is named at once', async () => {
    const script = {
      turns: [
        { txt: 'a', fault: { status: 200 } },
        { fault: { cut: 1, stall: 1 } },
        { tools: [{ input: [] }], expect: { matches: '(' }, deltaMs: -1 },
        { fault: {} },
      ],
    };
    const problem = await startMockClaude({ script: script as never }).catch((error: Error) => error.message);
    for (const place of [
      'turns[0]: ',
      'turns[0].fault.status: ',
      'turns[1].fault: name exactly one of',
      'turns[2].tools[0].name: ',
      'turns[2].tools[0].input: ',
      'turns[2].expect.matches: not a regular expression',
      'turns[2].deltaMs: ',
      'turns[3].fault: name exactly one of',
    ]) {
      expect(problem).toContain(`\n  ${place}`);
    }
    expect(problem).toContain('"txt"');
  });

  test('a function answers by itself, and its wrong turns and its refusals are problems', async () => {
    const { mock, client } = await start(async (request, index) => {
      if (index === 0) return { text: `You said ${JSON.stringify(request.messages[0]?.content)}` };
      return index === 1 ? ({ wrong: 1 } as never) : undefined;
    });
    expect((await client.messages.create(params())).content).toMatchObject([{ text: 'You said "Hello"' }]);
    await expect(client.messages.create(params())).rejects.toMatchObject(saying(/"wrong"/));
    await expect(client.messages.create(params())).rejects.toMatchObject(saying(/unscripted call 3/));
    expect(mock.problems()).toHaveLength(2);
  });

  test("a function may pass on a model's own events, streamed or folded", async () => {
    const source = await start({ turns: [{ text: 'From a model.' }, { text: 'From a model.' }] });
    const { client } = await start((request) =>
      (async function* () {
        yield { type: 'waiting' } as const;
        yield* await source.client.messages.create({ ...request, stream: true });
      })(),
    );
    expect((await client.messages.stream(params()).finalMessage()).content).toMatchObject([{ text: 'From a model.' }]);
    expect((await client.messages.create(params())).content).toMatchObject([{ text: 'From a model.' }]);
  });

  test('a model that fails becomes an error', async () => {
    const { client } = await start(() =>
      (async function* () {
        yield { type: 'failed', code: 'overloaded', detail: 'too much' } as const;
      })(),
    );
    await expect(client.messages.stream(params()).finalMessage()).rejects.toMatchObject({ type: 'overloaded_error' });
    await expect(client.messages.create(params())).rejects.toMatchObject({ status: 529 });
  });
});

describe('requests', () => {
  test('are recorded, without the key', async () => {
    const { mock, client } = await start({ turns: [{}] });
    await client.messages.create(params('Hello'));
    expect(mock.requests).toMatchObject([
      { body: params('Hello'), status: 200, aborted: false, headers: { authorization: 'Bearer [redacted]' } },
    ]);
    expect(JSON.stringify(mock.requests)).not.toContain('sk-secret');
    expect(Math.abs(Date.now() - Number(mock.requests[0]?.at))).toBeLessThan(10_000);
  });

  test('a client that goes away is recorded', async () => {
    const { mock, client } = await start({ turns: [{ text: 'a b', fault: { stall: 1 } }] });
    const stream = client.messages.stream(params());
    const failed = expect(stream.finalMessage()).rejects.toThrow(/aborted/i);
    stream.on('text', () => stream.abort());
    stream.on('streamEvent', (event) => event.type === 'content_block_start' && stream.abort());
    await failed;
    await vi.waitFor(() => expect(mock.requests[0]?.aborted).toBe(true), { timeout: 30_000 });
  });

  const call = { type: 'tool_use' as const, id: 't1', name: 'a', input: {} };
  const result = { type: 'tool_result' as const, tool_use_id: 't1', content: 'x' };
  const mark = { type: 'text' as const, text: 'x', cache_control: { type: 'ephemeral' as const } };
  test.each([
    ['no message', { messages: [] }, /at least one message/],
    ['the assistant first', { messages: [{ role: 'assistant' as const, content: 'x' }] }, /first message/],
    ['no max_tokens', { max_tokens: 0 }, /max_tokens/],
    [
      'empty text',
      { messages: [{ role: 'user' as const, content: '' }] },
      /messages.0: text content blocks must be non-empty/,
    ],
    ['five breakpoints', { messages: [{ role: 'user' as const, content: Array(5).fill(mark) }] }, /maximum of 4/],
    [
      'an unanswered tool call',
      {
        messages: [
          { role: 'user' as const, content: 'x' },
          { role: 'assistant' as const, content: [call] },
          { role: 'user' as const, content: 'x' },
        ],
      },
      /messages.1: tool_use t1 has no tool_result/,
    ],
    [
      'a result of no call',
      {
        messages: [
          { role: 'user' as const, content: 'x' },
          { role: 'assistant' as const, content: 'x' },
          { role: 'user' as const, content: [result] },
        ],
      },
      /messages.2: tool_result t1 has no tool_use/,
    ],
  ])('%s is refused as the API does, without using a turn', async (_name, more, problem) => {
    const { mock, client } = await start({ turns: [{}] });
    await expect(client.messages.create(params('x', more))).rejects.toMatchObject(saying(problem));
    expect(mock.problems()).toHaveLength(2);
  });

  test('bad JSON, another path and another method have an answer of their own', async () => {
    const { mock } = await start({ turns: [{}] });
    const answers = await Promise.all([
      fetch(`${mock.url}/v1/messages`, { method: 'POST', body: '{' }),
      fetch(`${mock.url}/v1/models`),
      fetch(`${mock.url}/v1/messages`),
    ]);
    expect(answers.map((answer) => answer.status)).toEqual([400, 404, 405]);
    for (const answer of answers) {
      expect(answer.headers.get('request-id')).toMatch(/^req_mock_/);
      expect(await answer.json()).toMatchObject({ type: 'error', error: { message: expect.any(String) } });
    }
  });
});

describe('faults', () => {
  test('a status has its error type, code, headers and retry-after', async () => {
    const { client } = await start({
      turns: [
        { fault: { status: 529 } },
        {
          fault: {
            status: 429,
            retryAfter: 1.5,
            errorCode: 'ramp_limit_exceeded',
            message: 'slower',
            headers: { 'x-should-retry': 'true' },
          },
        },
      ],
    });
    await expect(client.messages.create(params())).rejects.toMatchObject({ status: 529, type: 'overloaded_error' });
    const error = await client.messages.create(params()).catch((thrown) => thrown);
    expect(error).toMatchObject({
      status: 429,
      type: 'rate_limit_error',
      errorCode: 'ramp_limit_exceeded',
      apiMessage: 'slower',
    });
    expect(error.headers.get('retry-after')).toBe('1.5');
    expect(error.headers.get('x-should-retry')).toBe('true');
  });

  /** Everything that arrives for one streamed call. */
  async function bytesOf(fault: MockTurn['fault']): Promise<string> {
    const { mock } = await start({ turns: [{ text: ['a', 'b', 'c'], ...(fault && { fault }) }] });
    const body = JSON.stringify({ ...params(), stream: true });
    const response = await fetch(`${mock.url}/v1/messages`, { method: 'POST', body });
    return await response.text();
  }

  const deltasIn = (text: string) => text.split('event: content_block_delta').length - 1;

  test('cut ends the body after so many deltas', async () => {
    const text = await bytesOf({ cut: 2 });
    expect(deltasIn(text)).toBe(2);
    expect(text).not.toContain('content_block_stop');
  });

  test('error_event follows so many deltas and ends the body', async () => {
    const text = await bytesOf({ error_event: 1, errorType: 'api_error', message: 'Internal' });
    expect(deltasIn(text)).toBe(1);
    expect(text).toMatch(
      /\n\nevent: error\ndata: \{"type":"error","error":\{"type":"api_error","message":"Internal"\}[^\n]*\n\n$/,
    );
  });

  test('garbage and unknown_event stand in a stream that goes on', async () => {
    const garbage = await bytesOf({ garbage: 1 });
    expect(garbage).toMatch(
      /"text":"a"\}\}\n\nevent: content_block_delta\ndata: \{[^}]*\n\nevent: content_block_delta[^\n]*\n[^\n]*"text":"b"/,
    );
    expect(garbage).toContain('message_stop');
    const unknown = await bytesOf({ unknown_event: 0 });
    expect(unknown.indexOf('event: future_event')).toBeLessThan(unknown.indexOf('"text":"a"'));
    expect(unknown).toContain('message_stop');
  });

  test('a position past the last delta strikes before the end', async () => {
    const text = await bytesOf({ cut: 99 });
    expect(deltasIn(text)).toBe(3);
    expect(text).not.toContain('message_delta');
  });

  test('stall leaves the connection open, and close ends it', async () => {
    const mock = await startMockClaude({ script: { turns: [{ text: 'a', fault: { stall: 0 } }] } });
    const body = JSON.stringify({ ...params(), stream: true });
    const response = await fetch(`${mock.url}/v1/messages`, { method: 'POST', body });
    const reader = response.body?.getReader();
    await reader?.read();
    await mock.close();
    await expect(reader?.closed).rejects.toThrow();
  });

  test('without streaming: disconnect, cut, error_event', async () => {
    const { client } = await start({
      turns: [
        { fault: { disconnect: true } },
        { text: 'a', fault: { cut: 0 } },
        { text: 'a', fault: { error_event: 0 } },
      ],
    });
    await expect(client.messages.create(params())).rejects.toThrow(/connection/i);
    await expect(client.messages.create(params())).rejects.toThrow(/JSON/);
    await expect(client.messages.create(params())).rejects.toMatchObject({ status: 529 });
  });
});
