import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import pg from 'pg';
import type { Database, Head } from './dialect.ts';
import type { Hub } from './followers.ts';
import type { Bell } from './knowledge.ts';

const CHANNEL = 'frontdesk_events';
const KNOWLEDGE_CHANNEL = 'frontdesk_knowledge';
const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 5000;
/** Conversations asked about in one query. */
const CATCH_UP_PAGE = 500;

type Options = {
  config: pg.ClientConfig;
  /** Names this store among those of the database: what it notified itself about, it knows. */
  origin: string;
  db: Database;
  hub: Hub;
  bell: Bell;
  /** How often followers are compared with the database in case a notification was lost, ms. */
  pollMs: number;
  onTrouble(error: unknown): void;
};

/** Tells the other nodes about commits, with a name of its own for the store; takes effect with the transaction's own commit. */
export async function notifyHeads(transaction: Database, heads: Head[], origin: string): Promise<void> {
  if (heads.length === 0) return;
  const payloads = heads.map(({ conversationId, lastSeq }) => `${lastSeq} ${conversationId} ${origin}`);
  await sql`select pg_notify(${CHANNEL}, payload) from unnest(${payloads}::text[]) as payload`.execute(transaction);
}

/** Tells the other nodes that there is new knowledge; takes effect with the transaction's own commit. */
export async function notifyKnowledge(transaction: Database): Promise<void> {
  await sql`select pg_notify(${KNOWLEDGE_CHANNEL}, '')`.execute(transaction);
}

/**
 * Wakes the followers in this process when another node commits: one connection that listens, taken up again after a
 * loss, and a slow poll besides. Resolves when the first connection listens; throws when it cannot.
 */
export async function startWakeups(options: Options): Promise<{ stop(): Promise<void> }> {
  const stopping = new AbortController();
  const first = await listen(options);
  const loops = Promise.all([keepListening(options, first, stopping.signal), keepPolling(options, stopping.signal)]);
  return {
    async stop() {
      stopping.abort();
      await loops;
    },
  };
}

type Listener = { ended: Promise<void>; end(): Promise<void> };

async function listen({ config, origin, hub, bell, onTrouble }: Options): Promise<Listener> {
  const client = new pg.Client(config);
  const ended = new Promise<void>((resolve) => {
    client.on('end', resolve);
    client.on('error', (error) => {
      onTrouble(error);
      resolve();
    });
  });
  client.on('notification', ({ channel, payload = '' }) => {
    if (channel === KNOWLEDGE_CHANNEL) return bell.ring();
    const [lastSeq, conversationId = '', by] = payload.split(' ');
    // It often arrives before the answer to the commit: each follower would read from the database what it is about to be given.
    if (by !== origin) hub.hint({ lastSeq: Number(lastSeq), conversationId });
  });
  try {
    await client.connect();
    await client.query(`listen ${CHANNEL}; listen ${KNOWLEDGE_CHANNEL}`);
  } catch (error) {
    await client.end().catch(() => {});
    throw error;
  }
  return { ended, end: () => client.end().catch(() => {}) };
}

async function keepListening(options: Options, first: Listener, signal: AbortSignal): Promise<void> {
  const stopped = aborted(signal);
  let listener: Listener | null = first;
  let delayMs = FIRST_RETRY_MS;
  while (!signal.aborted) {
    if (listener) {
      await Promise.race([listener.ended, stopped]);
      await listener.end();
      listener = null;
    }
    await pause(delayMs, signal);
    if (signal.aborted) return;
    try {
      listener = await listen(options);
      delayMs = FIRST_RETRY_MS;
      // What was committed while nobody listened.
      await catchUp(options);
    } catch (error) {
      options.onTrouble(error);
      delayMs = Math.min(delayMs * 2, LAST_RETRY_MS);
    }
  }
  await listener?.end();
}

async function keepPolling(options: Options, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await pause(options.pollMs, signal);
    if (signal.aborted) return;
    await catchUp(options).catch(options.onTrouble);
  }
}

/** Compares what is followed here with what is committed. */
async function catchUp({ db, hub, bell }: Options): Promise<void> {
  bell.ring();
  const ids = hub.followed();
  for (let from = 0; from < ids.length; from += CATCH_UP_PAGE) {
    const rows = await db
      .selectFrom('conversations')
      .select(['id', 'last_seq'])
      .where('id', 'in', ids.slice(from, from + CATCH_UP_PAGE))
      .execute();
    for (const { id, last_seq } of rows) hub.hint({ conversationId: id, lastSeq: last_seq });
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {});
}
