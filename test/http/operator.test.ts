import { describe, expect, test } from 'vitest';
import { customer, operator, readEvents, startOne } from './requests.ts';
import { testDesk } from './test-desk.ts';

const HAND_OFF = { tool: 'hand_off', input: { reason: 'wants a person', summary: 'A question about bikes.' } };

describe('an operator', () => {
  test('writes no more than a customer may', async () => {
    const desk = await testDesk();
    const started = await startOne(desk);
    const write = (text: string) => desk.app.request(...operator({ text }).at(`/${started.id}/messages`));
    expect((await write('y'.repeat(8_000))).status).toBe(200);
    const refused = await write('y'.repeat(8_001));
    expect([refused.status, (await refused.json()).error.code]).toEqual([413, 'message_too_long']);
  });

  test('takes over from the agent and gives the conversation back', async () => {
    const desk = await testDesk({ answers: [HAND_OFF, 'A colleague was asked.', 'As my colleague said: 40 dollars.'] });
    const started = await startOne(desk);
    const send = async (text: string) =>
      (await desk.app.request(...customer(started, { text }).at('/messages'))).json();

    expect((await send('A person please')).conversation).toEqual({ status: 'waiting_for_human' });
    const list = await (await desk.app.request(...operator().at('?status=waiting_for_human'))).json();
    expect(list).toEqual({
      conversations: [
        {
          id: started.id,
          agent: 'test-agent',
          status: 'waiting_for_human',
          createdAt: expect.any(Number),
          updatedAt: expect.any(Number),
          handoff: {
            by: 'agent',
            reason: 'wants a person',
            summary: 'A question about bikes.',
            at: expect.any(Number),
            mood: { sentiment: 'unknown', urgency: 'unknown' },
            webhook: null,
          },
        },
      ],
      next: null,
    });

    const written = await desk.app.request(
      ...operator({ text: 'Bikes cost 40 dollars.' }).at(`/${started.id}/messages`),
    );
    expect(written.status).toBe(200);
    expect(await written.json()).toMatchObject({ status: 'with_human' });
    expect(await send('Thank you')).toEqual({ message: null, conversation: { status: 'with_human' }, actions: [] });
    expect(desk.requests).toHaveLength(2);

    const read = await (await desk.app.request(...operator().at(`/${started.id}`))).json();
    expect(read).toMatchObject({ id: started.id, agent: 'test-agent', status: 'with_human', handoff: { by: 'agent' } });
    expect(read.messages.map(({ role }: { role: string }) => role)).toEqual([
      'agent',
      'customer',
      'agent',
      'operator',
      'customer',
    ]);

    const returned = await desk.app.request(...operator({}).at(`/${started.id}/return`));
    expect(await returned.json()).toMatchObject({ id: started.id, status: 'open' });
    expect((await send('What was the price?')).message.text).toBe('As my colleague said: 40 dollars.');
    expect(desk.requests).toHaveLength(3);
    const shown = JSON.stringify(desk.requests[2]?.messages);
    expect(shown).toContain('Bikes cost 40 dollars.');
    expect(shown).toContain('Thank you');
  });

  test('sees the mood of the customer beside a handoff, and nobody else does', async () => {
    const desk = await testDesk({ answers: ['I am sorry.', HAND_OFF, 'A colleague was asked.'] });
    const started = await startOne(desk);
    const shown: string[] = [];
    for (const text of ['This is ridiculous, you people are useless!', 'I need a person now, my car is smoking']) {
      const headers = { Accept: 'text/event-stream' };
      shown.push(await (await desk.app.request(...customer(started, { text }, headers).at('/messages'))).text());
    }
    const mood = { sentiment: 'negative', urgency: 'high' };
    const list = await (await desk.app.request(...operator().at(''))).json();
    expect(list.conversations).toMatchObject([{ id: started.id, handoff: { mood } }]);
    const read = async () => (await desk.app.request(...operator().at(`/${started.id}`))).json();
    expect((await read()).handoff.mood).toEqual(mood);

    for (const path of ['', '/events']) {
      const response = await desk.app.request(...customer(started).at(path));
      if (path === '') shown.push(await response.text());
      else shown.push((await readEvents(response, (events) => events.length >= 8)).raw);
    }
    expect(shown.join()).toContain('A colleague was asked.');
    expect(shown.join()).not.toMatch(/mood|sentiment|urgency/i);

    // What the customer says meanwhile counts; what the operator says does not.
    await desk.app.request(...operator({ text: 'What a horrible, terrible mess!' }).at(`/${started.id}/messages`));
    for (const text of ['ok, thank you so much', 'where do I send the photos?', 'and when do I hear from you?'])
      await desk.app.request(...customer(started, { text }).at('/messages'));
    expect((await read()).handoff.mood).toEqual({ sentiment: 'positive', urgency: 'normal' });
  });

  test('is told nothing of the mood in a language that its words are not in', async () => {
    const desk = await testDesk();
    const started = await startOne(desk, { language: 'es' });
    await desk.app.request(...customer(started, { reason: '' }).at('/handoff'));
    await desk.app.request(
      ...customer(started, { text: 'Estoy muy enfadado con ustedes y con el seguro' }).at('/messages'),
    );
    const read = await (await desk.app.request(...operator().at(`/${started.id}`))).json();
    expect(read.handoff.mood).toEqual({ sentiment: 'unknown', urgency: 'unknown' });
  });

  test('writes without a handoff, and the waiting request is answered without a message', async () => {
    const desk = await testDesk({ answers: [{ text: 'Slow.\nNever said.', after: new Promise(() => {}) }] });
    const started = await startOne(desk);
    await desk.app.request(...operator({ text: 'I am a person.' }).at(`/${started.id}/messages`));
    const reply = await desk.app.request(...customer(started, { text: 'Hi' }).at('/messages'));
    expect(await reply.json()).toEqual({ message: null, conversation: { status: 'with_human' }, actions: [] });
    const read = await (await desk.app.request(...operator().at(`/${started.id}`))).json();
    expect(read.handoff).toBeNull();
  });

  test('pages through the conversations', async () => {
    const desk = await testDesk();
    const ids: string[] = [];
    for (let index = 0; index < 3; index += 1) {
      ids.unshift((await startOne(desk)).id);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const page = async (query: string) => (await desk.app.request(...operator().at(query))).json();
    const first = await page('?limit=2');
    expect(first.conversations.map(({ id }: { id: string }) => id)).toEqual(ids.slice(0, 2));
    const second = await page(`?limit=2&before=${first.next}`);
    expect(second.conversations.map(({ id }: { id: string }) => id)).toEqual(ids.slice(2));
    expect(second.next).toBeNull();
    expect((await page('?status=closed')).conversations).toEqual([]);
  });

  test('needs the operator token, and a server that has one', async () => {
    const desk = await testDesk();
    const { token } = await startOne(desk);
    for (const headers of [{}, { Authorization: `Bearer ${token}` }, { Authorization: 'Bearer' }]) {
      const response = await desk.app.request('/v1/operator/conversations', { headers });
      expect([response.status, response.headers.get('WWW-Authenticate')]).toEqual([401, 'Bearer']);
      expect((await response.json()).error.code).toBe('operator_unauthorized');
    }
    const { app } = await testDesk({ settings: { operatorToken: null } });
    const disabled = await app.request(...operator().at(''));
    expect([disabled.status, (await disabled.json()).error.code]).toEqual([403, 'operator_disabled']);
  });

  test('gets a clear answer for conversations that are not there or closed', async () => {
    const desk = await testDesk();
    const started = await startOne(desk);
    await desk.app.request(...customer(started, {}).at('/close'));
    const codeOf = async (path: string, body?: unknown) => {
      const response = await desk.app.request(...operator(body).at(path));
      return [response.status, (await response.json()).error.code];
    };
    expect(await codeOf('/nobody')).toEqual([404, 'conversation_not_found']);
    expect(await codeOf('/nobody/messages', { text: 'Hi' })).toEqual([404, 'conversation_not_found']);
    expect(await codeOf('/nobody/return', {})).toEqual([404, 'conversation_not_found']);
    expect(await codeOf(`/${started.id}/messages`, { text: 'Hi' })).toEqual([409, 'conversation_closed']);
    expect(await codeOf(`/${started.id}/return`, {})).toEqual([409, 'conversation_closed']);
    expect(await codeOf(`/${started.id}/messages`, { text: '\u0001\u200b' })).toEqual([409, 'conversation_closed']);
    const open = await startOne(desk);
    expect(await codeOf(`/${open.id}/messages`, { text: '\u0001\u200b' })).toEqual([400, 'empty_message']);
  });

  test('a message sent again after an operator dealt with it, or after its answer, is answered at once', async () => {
    const desk = await testDesk({ answers: [HAND_OFF, 'A colleague was asked.'] });
    const started = await startOne(desk);
    const send = async (text: string, idempotencyKey: string) =>
      (await desk.app.request(...customer(started, { text, idempotencyKey }).at('/messages'))).json();
    await send('A person please', 'first');
    await desk.app.request(...operator({ text: 'Hello, I am Ann.' }).at(`/${started.id}/messages`));
    expect((await send('Hello Ann', 'second')).message).toBeNull();
    expect((await send('A person please', 'first')).message.text).toBe('A colleague was asked.');
    await desk.app.request(...operator({}).at(`/${started.id}/return`));
    expect(await send('Hello Ann', 'second')).toEqual({ message: null, conversation: { status: 'open' }, actions: [] });
    expect(desk.requests).toHaveLength(2);
  });
});
