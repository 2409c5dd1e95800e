import { describe, expect, test } from 'vitest';
import { customer, startOne } from './requests.ts';
import { testDesk } from './test-desk.ts';

describe('when something breaks', () => {
  test('an unforeseen error is logged under the id of the request, and its message stays inside', async () => {
    const desk = await testDesk();
    const started = await startOne(desk);
    desk.desk.store = {
      ...desk.store,
      conversations: {
        ...desk.store.conversations,
        get: () => Promise.reject(new Error('the secret of line 17')),
      },
    };
    const headers = { 'X-Request-Id': 'request-of-the-proxy' };
    const response = await desk.app.request(...customer(started, undefined, headers).at(''));
    expect(response.status).toBe(500);
    expect(response.headers.get('X-Request-Id')).toBe('request-of-the-proxy');
    expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff');
    const text = await response.text();
    expect(JSON.parse(text).error.code).toBe('internal_error');
    expect(text).not.toContain('secret');
    expect(desk.logged).toEqual([
      {
        level: 'error',
        message: 'a request could not be served',
        facts: {
          requestId: 'request-of-the-proxy',
          method: 'GET',
          route: expect.any(String),
          error: expect.stringContaining('the secret of line 17'),
        },
      },
    ]);
  });

  test('a store that is down is said to be, with a time to try again', async () => {
    const desk = await testDesk();
    const started = await startOne(desk);
    expect((await desk.app.request('/readyz')).status).toBe(200);
    await desk.turns.close();
    await desk.store.close();
    const requests = [
      desk.app.request('/readyz'),
      desk.app.request('/v1/conversations', { method: 'POST' }),
      desk.app.request(...customer(started).at('')),
      desk.app.request(...customer(started).at('/events')),
      desk.app.request(...customer(started, { text: 'Hi' }).at('/messages')),
    ];
    for (const response of await Promise.all(requests)) {
      expect(response.status).toBe(503);
      expect(response.headers.get('Retry-After')).toMatch(/^\d+$/);
      expect((await response.json()).error.code).toBe('unavailable');
    }
    expect((await desk.app.request('/healthz')).status).toBe(200);
  });

  test('a shutdown answers those who wait: the message is kept, the reply comes later', async () => {
    const closing = new AbortController();
    const answers = [{ text: 'Slow.\nNever said.', after: new Promise(() => {}) }];
    const desk = await testDesk({ answers, settings: { closing: closing.signal } });
    const started = await startOne(desk);
    const reply = desk.app.request(...customer(started, { text: 'Hi' }).at('/messages'));
    const stream = await desk.app.request(...customer(started).at('/events'));
    const reader = stream.body?.getReader();
    await reader?.read();
    closing.abort();
    const response = await reply;
    expect([response.status, (await response.json()).error.code]).toEqual([503, 'unavailable']);
    while (!(await reader?.read())?.done);
    expect((await desk.app.request('/readyz')).status).toBe(503);
    expect((await desk.store.log.events(started.id)).some(({ type }) => type === 'message.received')).toBe(true);
  });
});
