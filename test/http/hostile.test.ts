import { describe, expect, test } from 'vitest';
import { ERRORS } from '../../src/protocol/errors.ts';
import { CASES, type Case, HARMLESS, messages } from './hostile-cases.ts';
import { startOne } from './requests.ts';
import { OPERATOR_TOKEN, type TestDesk, testDesk } from './test-desk.ts';

async function send(
  { app }: TestDesk,
  conversation: { id: string; token: string },
  sent: Omit<Case, 'code'>,
): Promise<Response> {
  const { method = 'POST', path = messages, body, token = 'customer' } = sent;
  const known: Record<string, string> = { customer: conversation.token, operator: OPERATOR_TOKEN };
  const bearer = known[token] ?? token;
  const headers = new Headers({
    'Content-Type': 'application/json',
    ...(token === 'none' ? {} : { Authorization: `Bearer ${bearer}` }),
    ...sent.headers,
  });
  if (headers.get('Content-Type') === '') headers.delete('Content-Type');
  const raw = body === undefined || typeof body === 'string' || body instanceof Uint8Array;
  const init = {
    method,
    headers,
    ...(body === undefined ? {} : { body: (raw ? body : JSON.stringify(body)) as BodyInit }),
  };
  return app.request(path.replace('ID', conversation.id), init);
}

describe('hostile requests', () => {
  test(`all ${CASES.length} get an error with its code, and none gets through`, async () => {
    const desk = await testDesk();
    const conversation = await startOne(desk);
    const before = await desk.store.log.events(conversation.id);
    const wrong: string[] = [];
    for (const sent of CASES) {
      const response = await send(desk, conversation, sent);
      const text = await response.text();
      const { error } = JSON.parse(text) as { error: { code: string; message: string } };
      const right =
        response.status === ERRORS[sent.code][0] &&
        error.code === sent.code &&
        error.message.startsWith(ERRORS[sent.code][1]) &&
        error.message.includes(sent.says ?? '') &&
        Object.keys(JSON.parse(text)).join() === 'error' &&
        Object.keys(error).join() === 'code,message' &&
        text.length < 1_000 &&
        !/\bat .*[:(]\d|node_modules|src\//.test(text);
      if (!right) wrong.push(`${sent.name}: ${response.status} ${text.slice(0, 300)}`);
    }
    expect(wrong).toEqual([]);
    expect(CASES.length).toBeGreaterThanOrEqual(60);
    expect(await desk.store.log.events(conversation.id)).toEqual(before);
    expect(desk.logged).toEqual([]);
    expect(({} as Record<string, unknown>).text).toBeUndefined();
  });

  test.each(HARMLESS)('$name is served', async (sent) => {
    const desk = await testDesk();
    const conversation = await startOne(desk);
    const response = await send(desk, conversation, sent);
    expect(response.status).toBeGreaterThanOrEqual(200);
    expect(response.status).toBeLessThan(300);
    await response.body?.cancel();
    expect(desk.logged).toEqual([]);
  });
});
