import { describe, expect, test } from 'vitest';
import { customer, readEvents, startOne } from './requests.ts';
import { testDesk } from './test-desk.ts';

const preflight = (Origin: string) => ({
  method: 'OPTIONS',
  headers: { Origin, 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'authorization' },
});
const corsHeaders = (response: Response) => [...response.headers.keys()].filter((name) => name.startsWith('access-'));

describe('pages of other sites', () => {
  test('a configured site may use the API', async () => {
    const { app } = await testDesk();
    const asked = await app.request('/v1/conversations/x/messages', preflight('https://shop.example'));
    expect(asked.status).toBe(204);
    expect(asked.headers.get('Access-Control-Allow-Origin')).toBe('https://shop.example');
    expect(asked.headers.get('Access-Control-Allow-Methods')).toContain('POST');
    expect(asked.headers.get('Access-Control-Allow-Headers')).toMatch(
      /Authorization.*Idempotency-Key.*Last-Event-ID.*X-Request-Id/,
    );
    expect(asked.headers.get('Access-Control-Allow-Credentials')).toBeNull();
    const headers = { Origin: 'https://shop.example' };
    const posted = await app.request('/v1/conversations', { method: 'POST', headers });
    expect(posted.status).toBe(201);
    expect(posted.headers.get('Access-Control-Allow-Origin')).toBe('https://shop.example');
    expect(posted.headers.get('Vary')).toBe('Origin');
    // An error can be read by the page as well.
    const failed = await app.request('/v1/conversations/x', { headers });
    expect(failed.status).toBe(401);
    expect(failed.headers.get('Access-Control-Allow-Origin')).toBe('https://shop.example');
  });

  test('a configured site may follow the events', async () => {
    const desk = await testDesk();
    const started = await startOne(desk);
    const response = await desk.app.request(
      ...customer(started, undefined, { Origin: 'https://shop.example', 'Last-Event-ID': '1' }).at('/events'),
    );
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe('https://shop.example');
    const { ids } = await readEvents(response, (events) => events.length === 1);
    expect(ids).toEqual(['2']);
  });

  test.each([
    'https://evil.example',
    'http://shop.example',
    'https://shop.example:8443',
    'https://shop.example.evil.example',
    'https://localhost.evil.example',
    'null',
    'garbage',
  ])('%s may not', async (Origin) => {
    const { app, store } = await testDesk();
    for (const init of [preflight(Origin), { method: 'POST', headers: { Origin } }]) {
      const response = await app.request('/v1/conversations', init);
      expect([response.status, (await response.json()).error.code]).toEqual([403, 'origin_not_allowed']);
      expect(corsHeaders(response)).toEqual([]);
    }
    expect(await store.conversations.list({ limit: 10 })).toEqual([]);
    const read = await app.request('/v1/agent', { headers: { Origin } });
    expect([read.status, corsHeaders(read)]).toEqual([200, []]);
  });

  test("the server's own page may, also behind a proxy that ends TLS", async () => {
    const desk = await testDesk();
    await startOne(desk);
    for (const [Host, Origin] of [
      ['localhost', 'http://localhost'],
      ['chat.example', 'https://chat.example'],
      ['127.0.0.1:3000', 'http://127.0.0.1:3000'],
    ] as const) {
      const response = await desk.app.request('/v1/conversations', { method: 'POST', headers: { Host, Origin } });
      expect(response.status).toBe(201);
    }
  });
});
