import { setTimeout as sleep } from 'node:timers/promises';
import type { LoggedEvent } from '../../protocol/events.ts';
import type { Head } from './dialect.ts';

type Follower = {
  /** Newest seq known to be committed; above the reader's cursor there is something to fetch. */
  newest: number;
  /** The batch committed last, shared by all followers: all that is ever kept for a slow reader. */
  latest: readonly LoggedEvent[];
  wake(): void;
};

/** Tells the followers in this process what was committed. */
export type Hub = {
  /** Events just committed here. */
  publish(conversationId: string, events: readonly LoggedEvent[]): void;
  /** Somebody committed up to this seq: the events are read from the database. */
  hint(head: Head): void;
  /** Conversations that somebody follows. */
  followed(): string[];
  /** Followers at this moment. */
  count(): number;
  follow(options: FollowOptions): AsyncGenerator<LoggedEvent, void, undefined>;
  /** Ends every follower. */
  close(): void;
};

export type FollowOptions = {
  conversationId: string;
  after: number;
  signal: AbortSignal;
  /** Committed events with seq > after, in order, at most `limit`. */
  read(conversationId: string, after: number, limit: number): Promise<LoggedEvent[]>;
  onTrouble(error: unknown): void;
};

const PAGE = 500;
const RETRY_MS = 500;

/** A hub without followers. */
export function createHub(): Hub {
  const conversations = new Map<string, Set<Follower>>();
  let closed = false;

  return {
    publish(conversationId, events) {
      const last = events.at(-1);
      if (!last) return;
      for (const follower of conversations.get(conversationId) ?? []) {
        follower.latest = events;
        raise(follower, last.seq);
      }
    },
    hint({ conversationId, lastSeq }) {
      for (const follower of conversations.get(conversationId) ?? []) raise(follower, lastSeq);
    },
    followed: () => [...conversations.keys()],
    count: () => [...conversations.values()].reduce((sum, { size }) => sum + size, 0),
    follow,
    close() {
      closed = true;
      for (const followers of conversations.values()) for (const follower of followers) follower.wake();
    },
  };

  async function* follow(options: FollowOptions): AsyncGenerator<LoggedEvent, void, undefined> {
    const { conversationId, signal } = options;
    // Joined before the first read, which `newest` at infinity asks for: nothing falls between the two.
    const follower: Follower = { newest: Number.POSITIVE_INFINITY, latest: [], wake: () => {} };
    join(conversationId, follower);
    const onAbort = () => follower.wake();
    signal.addEventListener('abort', onAbort);
    let cursor = options.after;
    let replaying = true;
    try {
      while (!signal.aborted && !closed) {
        if (follower.newest <= cursor) {
          await woken(follower);
          continue;
        }
        let events = continuing(follower, cursor);
        if (!events) {
          events = await readOrWait(follower, { ...options, after: cursor }, replaying);
          replaying = false;
        }
        for (const event of events) {
          if (signal.aborted) return;
          cursor = event.seq;
          yield event;
        }
      }
    } finally {
      signal.removeEventListener('abort', onAbort);
      leave(conversationId, follower);
    }
  }

  function join(conversationId: string, follower: Follower): void {
    const followers = conversations.get(conversationId);
    if (followers) followers.add(follower);
    else conversations.set(conversationId, new Set([follower]));
  }

  function leave(conversationId: string, follower: Follower): void {
    const followers = conversations.get(conversationId);
    followers?.delete(follower);
    if (followers?.size === 0) conversations.delete(conversationId);
  }
}

function raise(follower: Follower, seq: number): void {
  follower.newest = Math.max(follower.newest, seq);
  follower.wake();
}

function woken(follower: Follower): Promise<void> {
  return new Promise((resolve) => {
    follower.wake = resolve;
  });
}

/** The rest of the latest batch where it continues the cursor without a gap, otherwise null. */
function continuing(follower: Follower, cursor: number): readonly LoggedEvent[] | null {
  const { latest } = follower;
  const first = latest[0];
  const last = latest.at(-1);
  if (!first || !last || first.seq > cursor + 1 || last.seq <= cursor) return null;
  follower.latest = [];
  return first.seq === cursor + 1 ? latest : latest.filter(({ seq }) => seq > cursor);
}

/**
 * A page from the database. The first read of a follower throws when the database is down; later ones wait and let the
 * caller try again, so that a stream outlives a restart of the database.
 */
async function readOrWait(follower: Follower, options: FollowOptions, first: boolean): Promise<LoggedEvent[]> {
  const { conversationId, after, signal } = options;
  // Lowered before the read: what is committed from here on raises it again.
  follower.newest = after;
  try {
    const events = await options.read(conversationId, after, PAGE);
    if (events.length === PAGE) follower.newest = Number.POSITIVE_INFINITY;
    return events;
  } catch (error) {
    if (first) throw error;
    options.onTrouble(error);
    follower.newest = Number.POSITIVE_INFINITY;
    await sleep(RETRY_MS, undefined, { signal }).catch(() => {});
    return [];
  }
}
