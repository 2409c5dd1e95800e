import { describe, expect, test } from 'vitest';
import { customer, eventually, readEvents, startOne } from './requests.ts';
import { testDesk } from './test-desk.ts';

describe('a conversation', () => {
  test('starts with a greeting and is read with its token', async () => {
    const desk = await testDesk();
    const started = await startOne(desk, { language: 'es', metadata: { page: '/quote' } });
    const read = await desk.app.request(...customer(started).at(''));
    expect(read.status).toBe(200);
    expect(await read.json()).toEqual({
      id: started.id,
      status: 'open',
      actions: [],
      messages: [
        {
          id: expect.any(String),
          role: 'agent',
          text: 'Hola, soy Ada, una IA.',
          at: expect.any(Number),
          citations: [],
        },
      ],
    });
    expect((await desk.store.conversations.get(started.id))?.metadata).toEqual({ page: '/quote' });
    expect(desk.requests).toHaveLength(0);
  });

  test('starts without any body', async () => {
    const { app } = await testDesk();
    const response = await app.request('/v1/conversations', { method: 'POST' });
    expect(response.status).toBe(201);
    expect(await response.json()).toEqual({
      id: expect.any(String),
      token: expect.stringMatching(/^[\w-]{43}$/),
      visitor: expect.stringMatching(/^[\w-]{43}$/),
    });
  });

  test('answers a message with the whole reply and its citations', async () => {
    const desk = await testDesk({ answers: [{ cited: 'Yes, up to 1,500 dollars.' }] });
    const started = await startOne(desk);
    const response = await desk.app.request(
      ...customer(started, { text: 'Do you cover a home charger?' }).at('/messages'),
    );
    expect(response.status).toBe(200);
    const citations = [
      {
        title: 'Home chargers',
        url: 'https://test.example/chargers',
        quote: 'A home charger is covered up to 1,500 dollars.',
        passageId: 'chargers.md#1',
        location: { page: 3, headings: ['Cover'], start: 0, end: 1 },
      },
    ];
    const text = 'Yes, up to 1,500 dollars.';
    const body = await response.json();
    expect(body).toEqual({
      message: { id: expect.any(String), role: 'agent', text, citations },
      conversation: { status: 'open' },
      actions: [],
    });
    const read = await (await desk.app.request(...customer(started).at(''))).json();
    expect(read.messages.map(({ role }: { role: string }) => role)).toEqual(['agent', 'customer', 'agent']);
    expect(read.messages[2]).toEqual({ ...body.message, at: expect.any(Number) });
  });

  test('takes one message for one idempotency key, in the body or in the header', async () => {
    const desk = await testDesk({ answers: ['One.', 'Two.'] });
    const started = await startOne(desk);
    const send = async (body: unknown, headers = {}) => {
      const response = await desk.app.request(...customer(started, body, headers).at('/messages'));
      return { status: response.status, body: await response.json() };
    };
    const first = await send({ text: 'Hi', idempotencyKey: 'k1' });
    expect(await send({ text: 'Hi', idempotencyKey: 'k1' })).toEqual(first);
    expect(await send({ text: 'Hi' }, { 'Idempotency-Key': 'k1' })).toEqual(first);
    expect(await send({ text: 'Hi', idempotencyKey: 'k1' }, { 'Idempotency-Key': 'k1' })).toEqual(first);
    expect(desk.requests).toHaveLength(1);
    const other = await send({ text: 'Something else', idempotencyKey: 'k1' });
    expect(other).toMatchObject({ status: 409, body: { error: { code: 'idempotency_key_reused' } } });
    const differing = await send({ text: 'Hi', idempotencyKey: 'k1' }, { 'Idempotency-Key': 'k2' });
    expect(differing).toMatchObject({ status: 400, body: { error: { code: 'invalid_request' } } });
  });

  test('streams the events of the turn and ends with it', async () => {
    const desk = await testDesk({ answers: ['First sentence. Second sentence.'] });
    const started = await startOne(desk);
    const headers = { Accept: 'application/json;q=0.5, text/event-stream' };
    const response = await desk.app.request(...customer(started, { text: 'Hi' }, headers).at('/messages'));
    expect(response.headers.get('Content-Type')).toBe('text/event-stream');
    const { events, ids, raw } = await readEvents(response);
    expect(raw.startsWith('retry: ')).toBe(true);
    expect(ids).toEqual(events.map(({ seq }) => String(seq)));
    expect(events[0]).toMatchObject({ type: 'message.received', text: 'Hi' });
    expect(events.at(-1)).toMatchObject({ type: 'turn.ended', outcome: 'completed' });
    const text = events.map((event) => (event.type === 'segment.released' ? event.text : '')).join('');
    expect(text).toBe('First sentence. Second sentence.');
  });

  test('answers two quick messages', async () => {
    const hold = Promise.withResolvers<void>();
    const desk = await testDesk({ answers: [{ text: 'Wait.\nDone.', after: hold.promise }, 'Both answered.'] });
    const started = await startOne(desk);
    const first = desk.app.request(...customer(started, { text: 'One' }).at('/messages'));
    await eventually(async () => desk.requests.length === 1);
    const second = desk.app.request(...customer(started, { text: 'Two' }).at('/messages'));
    await eventually(async () =>
      (await desk.store.log.events(started.id)).some((e) => e.type === 'message.received' && e.text === 'Two'),
    );
    hold.resolve();
    expect((await (await first).json()).message.text).toBe('Wait.\nDone.');
    expect((await (await second).json()).message.text).toBe('Both answered.');
    const read = await (await desk.app.request(...customer(started).at(''))).json();
    expect(read.messages).toHaveLength(5);
  });

  test('stops a reply', async () => {
    const desk = await testDesk({ answers: [{ text: 'So far so good.\nNever said.', after: new Promise(() => {}) }] });
    const started = await startOne(desk);
    const cancel = () => desk.app.request(...customer(started, {}).at('/cancel'));
    expect(await (await cancel()).json()).toEqual({ cancelled: false });
    const reply = desk.app.request(...customer(started, { text: 'Hi' }).at('/messages'));
    await eventually(async () => (await desk.store.log.events(started.id)).some((e) => e.type === 'segment.released'));
    expect(await (await cancel()).json()).toEqual({ cancelled: true });
    const { message } = await (await reply).json();
    expect(message.text.trim()).toBe('So far so good.');
    expect((await desk.store.log.events(started.id)).at(-1)).toMatchObject({ type: 'turn.ended', outcome: 'stopped' });
  });

  test('answers an empty text where the reply was stopped before its first word', async () => {
    const desk = await testDesk({ answers: [{ text: 'Never said.', after: new Promise(() => {}) }] });
    const started = await startOne(desk);
    const reply = desk.app.request(...customer(started, { text: 'Hi' }).at('/messages'));
    await eventually(async () => desk.requests.length === 1);
    await desk.app.request(...customer(started, {}).at('/cancel'));
    expect(await (await reply).json()).toEqual({
      message: { id: expect.any(String), role: 'agent', text: '', citations: [] },
      conversation: { status: 'open' },
      actions: [],
    });
  });

  test('takes a rating, a handoff and an end', async () => {
    const desk = await testDesk();
    const started = await startOne(desk);
    const rating = await desk.app.request(...customer(started, { score: 5, comment: ' Go\u0000od ' }).at('/rating'));
    expect([rating.status, await rating.text()]).toEqual([204, '']);
    const handoff = await desk.app.request(...customer(started, { reason: 'I want a person' }).at('/handoff'));
    expect(await handoff.json()).toEqual({ status: 'waiting_for_human' });
    const close = await desk.app.request(...customer(started, {}).at('/close'));
    expect(await close.json()).toEqual({ status: 'closed' });
    expect(await desk.store.log.events(started.id)).toMatchObject([
      { type: 'conversation.started' },
      { type: 'message.sent', role: 'agent' },
      { type: 'rating.given', score: 5, comment: 'Good' },
      { type: 'handoff.requested', by: 'customer', reason: 'I want a person' },
      { type: 'status.changed', status: 'waiting_for_human' },
      { type: 'message.sent', role: 'agent', text: expect.stringContaining('555-0100') },
      { type: 'status.changed', status: 'closed' },
    ]);
    for (const [path, body] of [
      ['/messages', { text: 'Hi' }],
      ['/handoff', {}],
    ] as const) {
      const late = await desk.app.request(...customer(started, body).at(path));
      expect([late.status, (await late.json()).error.code]).toEqual([409, 'conversation_closed']);
    }
  });

  test('answers no message where the conversation is closed while it waits', async () => {
    const hold = Promise.withResolvers<void>();
    const desk = await testDesk({ answers: [{ text: 'Wait.\nDone.', after: hold.promise }] });
    const started = await startOne(desk);
    const reply = desk.app.request(...customer(started, { text: 'Hi' }).at('/messages'));
    await eventually(async () => desk.requests.length === 1);
    const second = desk.app.request(...customer(started, { text: 'And?' }).at('/messages'));
    await eventually(async () =>
      (await desk.store.log.events(started.id)).some((e) => e.type === 'message.received' && e.text === 'And?'),
    );
    await desk.app.request(...customer(started, {}).at('/close'));
    expect(await (await second).json()).toEqual({ message: null, conversation: { status: 'closed' }, actions: [] });
    await (await reply).json();
  });
});
