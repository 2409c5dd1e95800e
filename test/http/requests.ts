import { createParser } from 'eventsource-parser';
import type { LoggedEvent } from '../../src/protocol/events.ts';
import { OPERATOR_TOKEN, type TestDesk } from './test-desk.ts';

export type Started = { id: string; token: string };

/** Starts a conversation. */
export async function startOne({ app }: Pick<TestDesk, 'app'>, body: unknown = {}): Promise<Started> {
  const headers = { 'Content-Type': 'application/json' };
  const response = await app.request('/v1/conversations', { method: 'POST', headers, body: JSON.stringify(body) });
  if (response.status !== 201) throw new Error(`not started: ${response.status} ${await response.text()}`);
  return response.json() as Promise<Started>;
}

/** A customer's request; a body is sent as JSON. */
export function customer({ id, token }: Started, body?: unknown, headers: Record<string, string> = {}) {
  return withToken(token, body, headers, `/v1/conversations/${id}`);
}

/** An operator's request. */
export function operator(body?: unknown, headers: Record<string, string> = {}) {
  return withToken(OPERATOR_TOKEN, body, headers, '/v1/operator/conversations');
}

function withToken(token: string, body: unknown, headers: Record<string, string>, base: string) {
  const init: RequestInit = {
    method: body === undefined ? 'GET' : 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
  return { at: (path: string): [string, RequestInit] => [base + path, init] };
}

/** Reads a stream to its end, or until `enough` says so. */
export async function readEvents(
  response: Response,
  enough: (events: LoggedEvent[]) => boolean = () => false,
): Promise<{ events: LoggedEvent[]; ids: string[]; raw: string }> {
  const events: LoggedEvent[] = [];
  const ids: string[] = [];
  let raw = '';
  const parser = createParser({
    onEvent(event) {
      ids.push(event.id ?? '');
      events.push(JSON.parse(event.data) as LoggedEvent);
    },
  });
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    const text = decoder.decode(chunk, { stream: true });
    raw += text;
    parser.feed(text);
    if (enough(events)) break;
  }
  return { events, ids, raw };
}

/** Repeats until it gives something, or fails after ten seconds. */
export async function eventually<Value>(look: () => Promise<Value | null | undefined | false>): Promise<Value> {
  const end = Date.now() + 10_000;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error('it did not happen within ten seconds');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Times and ids have digits of their own. */
export function withoutOwnDigits(raw: string): string {
  return raw.replace(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|(?:turn|msg)_\d+_\d+|\d{13}|^retry: \d+$/gm, '');
}
