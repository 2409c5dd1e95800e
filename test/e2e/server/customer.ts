import { expect } from 'vitest';
import type { Citation, Message, Status } from '../../../src/protocol/conversation.ts';
import type { LoggedEvent } from '../../../src/protocol/events.ts';
import { readEvents } from '../../http/requests.ts';

const PATIENCE_MS = 60_000;

type Cited = Omit<Citation, 'number'>;
export type Reply = {
  message: { id: string; role: string; text: string; citations: Cited[] } | null;
  conversation: { status: Status };
};

/** Where a server is now: its port changes with a restart. */
export type Place = { url: string };

/** A conversation over HTTP, as a customer's program sees it. */
export class Customer {
  readonly #place: Place;
  readonly id: string;
  readonly token: string;

  constructor(place: Place, { id, token }: { id: string; token: string }) {
    this.#place = place;
    this.id = id;
    this.token = token;
  }

  static async start(place: Place, body: unknown = {}): Promise<Customer> {
    const response = await fetch(`${place.url}/v1/conversations`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(response.status).toBe(201);
    return new Customer(place, (await response.json()) as { id: string; token: string });
  }

  get path(): string {
    return `/v1/conversations/${this.id}`;
  }

  /** Sends a message and waits for the whole reply. */
  async say(text: string, idempotencyKey?: string): Promise<NonNullable<Reply['message']>> {
    const response = await this.post('/messages', { text, ...(idempotencyKey ? { idempotencyKey } : {}) });
    const answer = await response.text();
    expect(response.status, answer).toBe(200);
    const { message } = JSON.parse(answer) as Reply;
    if (!message) throw new Error(`no reply to "${text}"`);
    return message;
  }

  /** Sends a message and reads the events of its turn. */
  async stream(text: string, idempotencyKey?: string): Promise<LoggedEvent[]> {
    const body = { text, ...(idempotencyKey ? { idempotencyKey } : {}) };
    const response = await this.post('/messages', body, { Accept: 'text/event-stream' });
    expect(response.status).toBe(200);
    return (await readEvents(response)).events;
  }

  async read(): Promise<{ status: Status; messages: Message[] }> {
    const response = await fetch(this.#place.url + this.path, { headers: { Authorization: `Bearer ${this.token}` } });
    expect(response.status).toBe(200);
    return (await response.json()) as { status: Status; messages: Message[] };
  }

  /** The events from the first one on, up to the end of the last of so many turns. */
  async events(turns: number): Promise<LoggedEvent[]> {
    const response = await fetch(`${this.#place.url}${this.path}/events`, {
      headers: { Authorization: `Bearer ${this.token}` },
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    expect(response.status).toBe(200);
    return (await readEvents(response, (events) => endedTurns(events) >= turns)).events;
  }

  post(path: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(this.#place.url + this.path + path, {
      method: 'POST',
      headers: { Authorization: `Bearer ${this.token}`, 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  }
}

export function endedTurns(events: readonly LoggedEvent[]): number {
  return events.filter(({ type }) => type === 'turn.ended').length;
}

export function toolsOf(events: readonly LoggedEvent[]): string[] {
  return events.flatMap((event) => (event.type === 'tool.started' ? [event.tool] : []));
}
