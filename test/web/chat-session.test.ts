import { afterEach, describe, expect, test } from 'vitest';
import { createMemory, type Memory, type Remembered } from '../../web/widget/access-storage.ts';
import { ChatSession } from '../../web/widget/chat-session.ts';
import { createClient } from '../../web/widget/client.ts';
import { FakeFrontdesk, type FakeOptions } from './fake-frontdesk.ts';

const closers: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function setUp(options: FakeOptions = {}) {
  const fake = await FakeFrontdesk.start(options);
  fake.retryMs = 5;
  closers.push(() => fake.stop());
  const stored = new Map<string, string>();
  const storage = {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
  };
  const memory = createMemory(() => storage, 'chat');
  return { fake, memory, open: () => openPage(fake, memory), remembered: () => memory.load() as Remembered };
}

/** A page is opened; closing it is a reload's first half. */
function openPage(fake: FakeFrontdesk, memory: Memory): ChatSession {
  const session = new ChatSession({
    client: createClient({ baseUrl: fake.url, delays: { base: 5, max: 40 } }),
    memory,
  });
  closers.push(() => session.close());
  void session.start();
  return session;
}

const until = (check: () => boolean) => expect.poll(check, { interval: 5 }).toBe(true);
const texts = (session: ChatSession) => session.state.view.messages.map((message) => message.text);
const ready = (session: ChatSession) => until(() => session.state.phase === 'ready' && texts(session).length > 0);
const answered = (session: ChatSession, count: number) =>
  until(() => session.state.view.turn === null && texts(session).length >= count && session.state.outbox.length === 0);

describe('start', () => {
  test('begins with the greeting and the agent', async () => {
    const { open } = await setUp();
    const session = open();
    await ready(session);
    await until(() => session.state.agent?.name === 'Eva');
    expect(texts(session)).toEqual([expect.stringContaining('I am Eva')]);
  });

  test('goes on with the remembered conversation', async () => {
    const { fake, open } = await setUp();
    const first = open();
    await ready(first);
    first.send('Hi');
    await answered(first, 3);
    first.close();
    const second = open();
    await until(() => texts(second).length === 3);
    expect(second.state.view).toEqual(first.state.view);
    expect(fake.conversations.size).toBe(1);
  });

  test('begins a new one where the remembered one is gone', async () => {
    const { memory, open, remembered } = await setUp();
    memory.save({ access: { id: 'forgotten', token: 'x' }, outbox: [], seen: 0 });
    const session = open();
    await ready(session);
    expect(session.state.trouble).toBeNull();
    expect(remembered().access.id).toBe('conversation-1');
  });

  test('garbage in the storage is no conversation', async () => {
    for (const bad of ['{', '[]', '{"access":{},"outbox":[]}', '{"access":{"id":"a","token":"b"},"outbox":[null]}']) {
      expect(createMemory(() => ({ getItem: () => bad, setItem: () => {} }), 'k').load()).toBeNull();
    }
    const broken = createMemory(() => {
      throw new Error('denied');
    }, 'k');
    expect(broken.load()).toBeNull();
    broken.save({ access: { id: 'a', token: 'b' }, outbox: [], seen: 0 });
  });

  test('says when it fails, and can be tried again', async () => {
    const { fake, open } = await setUp();
    fake.faults.push({ path: /conversations$/, status: 503, code: 'unavailable', times: 1 });
    const session = open();
    await until(() => session.state.phase === 'failed');
    expect(session.state.trouble).toMatchObject({ wish: 'start', problem: { code: 'unavailable', wait: null } });
    session.state.trouble?.retry();
    await ready(session);
    expect(session.state.trouble).toBeNull();
  });

  test('does not ask for new conversations without end', async () => {
    const { fake, open } = await setUp();
    fake.faults.push({ path: /events/, status: 404, code: 'conversation_not_found', times: 999 });
    const session = open();
    await until(() => session.state.phase === 'failed');
    expect(fake.conversations.size).toBeLessThan(6);
  });
});

describe('sending', () => {
  test('quick messages arrive in their order, each once', async () => {
    const { fake, open } = await setUp();
    const session = open();
    await ready(session);
    const sent = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'];
    for (const text of sent) session.send(text);
    await answered(session, 17);
    const received = [...fake.conversations.values()][0]?.events.filter((event) => event.type === 'message.received');
    expect(received?.map((event) => event.text)).toEqual(sent);
  });

  test('a message that fails stays, is remembered, and goes out when tried again', async () => {
    const { fake, open, remembered } = await setUp();
    const session = open();
    await ready(session);
    fake.faults.push({ path: /messages/, status: 413, code: 'message_too_long', times: 1 });
    session.send('Hello');
    await until(() => session.state.outbox[0]?.state === 'failed');
    expect(session.state.outbox[0]).toMatchObject({ text: 'Hello', problem: { code: 'message_too_long', wait: null } });
    expect(remembered().outbox).toMatchObject([{ text: 'Hello' }]);
    session.retrySend(session.state.outbox[0]?.key ?? '');
    await answered(session, 3);
    expect(remembered().outbox).toEqual([]);
  });

  test('a message that the network kept back goes out by itself, once, when the stream is back', async () => {
    const { fake, open } = await setUp();
    const session = open();
    await ready(session);
    fake.faults.push({ path: /messages|events/, status: 0, code: '', times: 999 });
    fake.dropStreams();
    session.send('Hello');
    await until(() => session.state.outbox[0]?.problem?.code === 'network');
    expect(session.state.connection).toBe('lost');
    fake.faults.length = 0;
    await answered(session, 3);
    expect(texts(session).filter((text) => text === 'Hello')).toHaveLength(1);
  });

  test('a message that failed can be taken back to be changed', async () => {
    const { fake, open } = await setUp();
    const session = open();
    await ready(session);
    fake.faults.push({ path: /messages/, status: 413, code: 'message_too_long', times: 1 });
    session.send('Hello');
    await until(() => session.state.outbox[0]?.state === 'failed');
    expect(session.takeBack(session.state.outbox[0]?.key ?? '')).toBe('Hello');
    expect(session.state.outbox).toEqual([]);
  });

  test('a reload with a message on its way sends it, once', async () => {
    const { fake, open } = await setUp();
    const first = open();
    await ready(first);
    fake.faults.push({ path: /messages/, status: 503, code: 'unavailable', times: 1 });
    first.send('Hello');
    first.close();
    const second = open();
    await answered(second, 3);
    expect(texts(second).filter((text) => text === 'Hello')).toHaveLength(1);
  });

  test('a text that the server changed is shown once and leaves the outbox', async () => {
    const { fake, open } = await setUp({ replies: () => [{ wait: 'gate' }, { text: 'Fine.' }] });
    const session = open();
    await ready(session);
    const append = fake.append.bind(fake);
    fake.append = (conversation, body) =>
      append(conversation, body.type === 'message.received' ? { ...body, text: 'My card is ••••' } : body);
    session.send('My card is 4111 1111 1111 1111');
    await until(() => session.state.outbox[0]?.presumedId !== undefined);
    fake.gate('gate').open();
    await answered(session, 3);
    expect(texts(session)[1]).toBe('My card is ••••');
  });

  test('a conversation that is gone meanwhile is replaced, and the message arrives there', async () => {
    const { fake, open } = await setUp();
    const session = open();
    await ready(session);
    fake.dropStreams();
    fake.conversations.clear();
    session.send('Still here?');
    await until(() => texts(session).includes('Still here?') && texts(session).includes('Fine.'));
    expect(session.state.outbox).toEqual([]);
  });
});

test('while nobody looks there is no stream, unless a reply is awaited; looking again brings what was missed', async () => {
  const { fake, open } = await setUp({ replies: () => [{ wait: 'gate' }, { text: 'Fine.' }] });
  const session = open();
  await ready(session);
  const [conversation] = fake.conversations.values();
  if (!conversation) throw new Error('there is no conversation');
  session.send('Hi');
  await until(() => session.state.view.turn !== null);
  session.rest(true);
  fake.gate('gate').open();
  await answered(session, 3);
  await until(() => conversation.streams.size === 0);
  fake.append(conversation, { type: 'message.sent', messageId: 'late', role: 'operator', text: 'Hello?' });
  session.rest(false);
  await until(() => texts(session).length === 4);
  const streams = fake.requests.filter(({ path }) => path.endsWith('/events'));
  expect(streams.map(({ headers }) => headers['last-event-id'])).toEqual([undefined, expect.stringMatching(/^[5-9]$/)]);
  expect(session.state.connection).toBe('live');
});

describe('wishes', () => {
  test('stopping, a person, a rating', async () => {
    const { open } = await setUp({ replies: () => [{ text: 'Begun. ' }, { wait: 'gate' }, { text: 'Never.' }] });
    const session = open();
    await ready(session);
    session.send('Hi');
    await until(() => texts(session).includes('Begun. '));
    session.cancel();
    await until(() => session.state.view.turn === null);
    expect(session.state.view.messages.at(-1)).toMatchObject({ text: 'Begun. ', state: 'stopped' });
    session.askForPerson();
    await until(() => session.state.view.status === 'waiting_for_human');
    session.rate({ score: 4 });
    await until(() => session.state.view.rating === 4);
  });

  test('one that fails says so and can be tried again', async () => {
    const { fake, open } = await setUp();
    const session = open();
    await ready(session);
    fake.faults.push({ path: /handoff/, status: 503, code: 'unavailable', times: 1 });
    session.askForPerson();
    await until(() => session.state.trouble?.wish === 'handoff');
    session.state.trouble?.retry();
    await until(() => session.state.view.status === 'waiting_for_human');
    expect(session.state.trouble).toBeNull();
  });

  test('a new conversation takes the place of this one; this one stays if that fails', async () => {
    const { fake, open, remembered } = await setUp();
    const session = open();
    await ready(session);
    session.send('Hi');
    await answered(session, 3);
    fake.faults.push({ path: /conversations$/, status: 503, code: 'unavailable', times: 1 });
    await session.restart();
    expect(texts(session)).toHaveLength(3);
    expect(session.state.trouble?.wish).toBe('start');
    await session.restart();
    await until(() => texts(session).length === 1);
    // The same visitor's, in whatever conversation.
    expect(remembered().access).toMatchObject({ id: 'conversation-2', visitor: 'visitor-1' });
  });
});
