import { expect, test } from 'vitest';
import { requestHandoff } from '../../src/conversations/handoff.ts';
import { uiMessageFrames } from '../../src/http/ui-message-stream.ts';
import type { LoggedEvent } from '../../src/protocol/events.ts';
import { routedAgent } from '../conversations/test-routes.ts';
import { customer, operator, readEvents, startOne } from './requests.ts';
import { testDesk } from './test-desk.ts';

const open = () =>
  testDesk({
    answers: ['Noted.', { tool: 'switch_route', input: { route: 'billing' } }, 'It is 5.'],
    agent: routedAgent(),
    webhook: true,
  });

test('the desk that has a conversation is in every view of it, and in the webhook', async () => {
  const { app, desk, store } = await open();
  const started = await startOne({ app });
  const get = async (...[path, init]: [string, RequestInit]) => (await app.request(path, init)).json();
  expect(await get(...customer(started).at(''))).toMatchObject({ id: started.id, route: 'general' });
  const reply = await get(...customer(started, { text: 'my car, claims .9' }).at('/messages'));
  expect(reply).toMatchObject({ message: { text: 'Noted.' }, conversation: { status: 'open', route: 'claims' } });
  await get(...customer(started, { text: 'hm, claims .2' }).at('/messages'));
  await requestHandoff(desk, started.id, 'asked');
  expect(await get(...customer(started).at(''))).toMatchObject({ route: 'billing' });
  expect(await get(...operator().at(`/${started.id}`))).toMatchObject({ route: 'billing' });
  expect(await get(...operator().at(''))).toMatchObject({ conversations: [{ id: started.id, route: 'billing' }] });
  const [delivery] = await store.deliveries.due(Date.now(), 1_000, 10);
  expect(JSON.parse(delivery?.body ?? '')).toMatchObject({ data: { conversationId: started.id, route: 'billing' } });
});

test('its choices are events with their scores, and none of them says how the customer feels', async () => {
  const { app } = await open();
  const started = await startOne({ app });
  const response = await app.request(
    ...customer(started, { text: 'my car, claims .9' }, { Accept: 'text/event-stream' }).at('/messages'),
  );
  const { events } = await readEvents(response);
  const chosen = events.find(({ type }) => type === 'route.chosen');
  expect(events[events.findIndex(({ type }) => type === 'turn.started') + 1]).toEqual(chosen);
  expect(chosen).toEqual({
    ...{ type: 'route.chosen', seq: chosen?.seq, at: chosen?.at, turnId: expect.any(String) },
    ...{ route: 'claims', from: 'general', by: 'router', sure: true, offTopic: false },
    ...{ confidence: 0.9, outOfScope: 0, intent: null, language: 'en' },
    scores: [
      { route: 'claims', probability: 0.9 },
      { route: 'billing', probability: expect.closeTo(0.1) },
    ],
  });
});

test('a client of the AI SDK hears of it, without anything that stays in the message', async () => {
  const { app, store } = await open();
  const started = await startOne({ app });
  await app.request(...customer(started, { text: 'my car, claims .9' }).at('/messages'));
  async function* given(events: LoggedEvent[]) {
    yield* events;
  }
  const frames = await Array.fromAsync(
    uiMessageFrames(given(await store.log.events(started.id)), {
      messageId: 'none',
      readStatus: async () => 'open' as const,
      signal: new AbortController().signal,
    }),
  );
  const chunks = frames.map(({ data }) => data);
  expect(chunks.slice(0, 2)).toEqual([
    { type: 'start', messageId: expect.any(String) },
    { type: 'data-route', data: { route: 'claims' }, transient: true },
  ]);
  const history = await app.request(`/api/chat/${started.id}`, customer(started).at('')[1]);
  expect(JSON.stringify(await history.json())).not.toContain('route');
});
