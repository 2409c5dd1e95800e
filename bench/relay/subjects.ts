import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { Subject } from './subject.ts';

type Event = { type?: string; delta?: unknown; start?: number; text?: string };

/** Conversations started at once before the load begins. */
const STARTS = 10;

/** A program of `subjects/`: one request a stream, and events whose text is appended. */
function bare(file: string, textOf: (event: Event) => string | undefined): Subject {
  return {
    program: [`subjects/${file}`],
    environment: {},
    requests: async (_url, streams) =>
      Array.from({ length: streams }, (_, n) => httpRequest('GET', `/stream-${n}`, {})),
    read(data, length) {
      const text = data.startsWith('{') ? textOf(JSON.parse(data) as Event) : undefined;
      return text === undefined ? null : { start: length, text };
    },
  };
}

const deltaText = ({ type, delta }: Event) =>
  type === 'content_block_delta' ? (delta as { text: string }).text : undefined;

export const floor = bare('floor.ts', deltaText);
export const sdk = bare('sdk.ts', deltaText);
export const aiSdk = bare('ai-sdk.ts', ({ type, delta }) => (type === 'text-delta' ? String(delta) : undefined));

/** The server itself, as `npm start` runs it, without the encoder. */
function frontdesk(environment: Record<string, string>): Subject {
  return {
    program: ['../../bin/frontdesk.js', 'start'],
    environment: {
      ...{ PORT: '0', FRONTDESK_ENCODER: 'off', FRONTDESK_RATE_LIMIT: 'off', FRONTDESK_LOG: 'warn' },
      ...environment,
    },
    requests: startConversations,
    read(data, length) {
      const { type, start = length, text = '' } = JSON.parse(data) as Event;
      if (type === 'segments.superseded') return { start, text: '' };
      return type === 'segment.released' ? { start, text } : null;
    },
  };
}

/** Runs on an embedded store in a temporary folder. */
export async function withSqlite<Result>(use: (subject: Subject) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'frontdesk-relay-'));
  try {
    return await use(frontdesk({ FRONTDESK_DATA: folder }));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Runs on PostgreSQL, in a schema of its own that is dropped at the end. Null where there is no server. */
export async function withPostgres<Result>(
  address: string,
  use: (subject: Subject) => Promise<Result>,
): Promise<Result | null> {
  const schema = `frontdesk_relay_${process.pid}`;
  const client = new pg.Client({ connectionString: address });
  const connected = await client.connect().then(
    () => true,
    () => false,
  );
  if (!connected) return null;
  const url = new URL(address);
  url.searchParams.set('options', `-c search_path=${schema}`);
  try {
    await client.query(`create schema ${schema}`);
    return await withSqlite((subject) =>
      use({ ...subject, environment: { ...subject.environment, DATABASE_URL: url.href } }),
    );
  } finally {
    await client.query(`drop schema if exists ${schema} cascade`);
    await client.end();
  }
}

/** A conversation for each stream; the requests send its first message and ask for the events of the reply. */
async function startConversations(url: string, streams: number): Promise<string[]> {
  return (await openConversations(url, streams)).map(messageRequest);
}

export type Opened = { id: string; token: string };

export async function openConversations(url: string, count: number): Promise<Opened[]> {
  const opened: Opened[] = [];
  while (opened.length < count) {
    const starts = Array.from({ length: Math.min(STARTS, count - opened.length) }, async () => {
      const answer = await fetch(`${url}/v1/conversations`, { method: 'POST' });
      if (answer.status !== 201) throw new Error(`a conversation was not started: ${await answer.text()}`);
      return (await answer.json()) as Opened;
    });
    opened.push(...(await Promise.all(starts)));
  }
  return opened;
}

/** Sends a first message that asks for stream `n` of the model, and follows the reply. */
export function messageRequest({ id, token }: Opened, n: number): string {
  const text = `What does the policy cover after an accident? My reference is stream-${n}.`;
  return httpRequest('POST', `/v1/conversations/${id}/messages`, {
    headers: { ...eventsFor(token), 'Content-Type': 'application/json' },
    body: JSON.stringify({ text }),
  });
}

/** Follows a conversation from the event after `last`. */
export function followRequest({ id, token }: Opened, last: number): string {
  const headers = { ...eventsFor(token), 'Last-Event-ID': String(last) };
  return httpRequest('GET', `/v1/conversations/${id}/events`, { headers });
}

function eventsFor(token: string): Record<string, string> {
  return { Authorization: `Bearer ${token}`, Accept: 'text/event-stream' };
}

function httpRequest(
  method: string,
  path: string,
  { headers = {}, body }: { headers?: Record<string, string>; body?: string },
): string {
  const all = { Host: '127.0.0.1', ...headers, ...(body === undefined ? {} : { 'Content-Length': body.length }) };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body ?? ''}`;
}
