import type { CitedPassage, Status } from '../../src/protocol/conversation.ts';
import type { LoggedEvent } from '../../src/protocol/events.ts';
import { ApiError, errorOf, type Problem, toApiError } from './api-error.ts';
import { backoff, pause } from './backoff.ts';
import { followEvents } from './follow.ts';

/** A conversation, the token that opens it, and by what the next one is the same visitor's. */
export type Access = { id: string; token: string; visitor?: string };

export type AgentInfo = {
  id: string;
  name: string;
  company: string;
  offline: boolean;
  model: string;
  contact: { hours?: string; phone?: string; email?: string; url?: string };
};

/** The answer to a sent message. `message` is the finished reply, null where no reply was made (a person answers). */
export type SendResult = { message: { id: string } | null; conversation: { status: Status } };

/** Milliseconds. `idle`: silence (no event, no heartbeat) after which a stream is taken for dead. */
export type Delays = { base: number; max: number; idle: number; request: number; reply: number };

export type ClientOptions = {
  /** Where the API lies, with a slash at the end. */
  baseUrl: string;
  delays?: Partial<Delays>;
  fetch?: typeof fetch;
};

export type FollowOptions = {
  access: Access;
  /** Seq of the last event that is known; 0 replays everything. */
  after: number;
  signal: AbortSignal;
  onEvent(event: LoggedEvent): void;
  /** `problem` is what the server said, where it said anything. */
  onConnection(state: 'live' | 'lost', problem: Problem | null): void;
};

export type Client = ReturnType<typeof createClient>;

const DELAYS: Delays = { base: 500, max: 15_000, idle: 60_000, request: 20_000, reply: 180_000 };
const SEND_ATTEMPTS = 4;

/**
 * The API as functions. Every function rejects with an ApiError and nothing else; `follow` returns when its signal
 * aborts and rejects only when the conversation is gone (401, 404).
 */
export function createClient(options: ClientOptions) {
  const delays = { ...DELAYS, ...options.delays };
  const fetcher = options.fetch ?? ((input: string, init: RequestInit) => fetch(input, init));

  async function call(path: string, init: RequestInit, signal: AbortSignal): Promise<unknown> {
    try {
      const response = await fetcher(options.baseUrl + path, { cache: 'no-store', ...init, signal });
      if (!response.ok) throw await errorOf(response);
      return response.status === 204 ? null : await response.json();
    } catch (error) {
      throw toApiError(error);
    }
  }

  const post = (path: string, body: unknown, access?: Access, signal?: AbortSignal) =>
    call(
      path,
      { method: 'POST', headers: jsonHeaders(access), body: JSON.stringify(body) },
      signal ?? AbortSignal.timeout(delays.request),
    );

  /** A browser does not say that a server has refused the page's origin: then the server answers, but not to us. */
  async function explain(error: unknown): Promise<never> {
    const other = new URL(options.baseUrl).origin !== globalThis.location?.origin;
    const problem = toApiError(error);
    if (!other || problem.status !== 0) throw problem;
    const init: RequestInit = { mode: 'no-cors', cache: 'no-store', signal: AbortSignal.timeout(delays.request) };
    const answers = await fetcher(`${options.baseUrl}healthz`, init).then(
      () => true,
      () => false,
    );
    throw answers ? new ApiError('origin_not_allowed', 0) : problem;
  }

  const get = (path: string, headers: Record<string, string>) =>
    call(path, { headers }, AbortSignal.timeout(delays.request));
  const at = (access: Access, action: string) => `v1/conversations/${encodeURIComponent(access.id)}/${action}`;
  const on = async (access: Access, action: string, body: unknown = {}): Promise<void> =>
    void (await post(at(access, action), body, access));

  return {
    server: options.baseUrl,

    /** Who answers here. */
    async agent(): Promise<AgentInfo> {
      return (await get('v1/agent', { Accept: 'application/json' })) as AgentInfo;
    },

    /** Begins a conversation; the greeting is its first message. `language` is BCP 47, `agent` an id. */
    async create(wanted: { language?: string; agent?: string; visitor?: string | undefined } = {}): Promise<Access> {
      return (await post('v1/conversations', wanted).catch(explain)) as Access;
    },

    /**
     * Sends a message and resolves when the reply is finished. Passing trouble is tried again, always with the same
     * key, so that the message is taken once however often it arrives.
     */
    send(
      access: Access,
      message: { text: string; idempotencyKey: string },
      signal: AbortSignal = new AbortController().signal,
    ): Promise<SendResult> {
      const once = async () => {
        const limit = AbortSignal.any([signal, AbortSignal.timeout(delays.reply)]);
        return (await post(at(access, 'messages'), message, access, limit)) as SendResult;
      };
      return withRetries(once, delays, signal);
    },

    /**
     * Calls `onEvent` for every event after `after`, in order, none missing and none twice, over any number of broken
     * connections, until `signal` aborts.
     */
    follow: (follow: FollowOptions): Promise<void> =>
      followEvents(follow, {
        delays,
        open: (lastSeq, signal) =>
          fetcher(options.baseUrl + at(follow.access, 'events'), {
            cache: 'no-store',
            signal,
            headers: {
              Accept: 'text/event-stream',
              Authorization: `Bearer ${follow.access.token}`,
              ...(lastSeq > 0 ? { 'Last-Event-ID': String(lastSeq) } : {}),
            },
          }),
      }),
    /** The passage behind the citation of this number in a reply. */
    async passage(access: Access, messageId: string, number: number): Promise<CitedPassage> {
      return (await get(at(access, `messages/${messageId}/citations/${number}`), jsonHeaders(access))) as CitedPassage;
    },
    /** Sends what counts once however often it arrives, until it has; `action` is the path in the conversation. */
    insist: (access: Access, action: string, body: unknown): Promise<void> =>
      withRetries(() => on(access, action, body), delays, new AbortController().signal),
    /** Stops the reply that is being made. */
    cancel: (access: Access): Promise<void> => on(access, 'cancel'),
    /** Asks for a person. */
    handoff: (access: Access): Promise<void> => on(access, 'handoff'),
    /** `score` is 1 to 5. */
    rate: (access: Access, rating: { score: number; comment?: string }): Promise<void> => on(access, 'rating', rating),
  };
}

async function withRetries<Result>(once: () => Promise<Result>, delays: Delays, signal: AbortSignal): Promise<Result> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await once();
    } catch (error) {
      const problem = toApiError(error);
      if (signal.aborted || !problem.passing || attempt + 1 >= SEND_ATTEMPTS) throw problem;
      await pause(backoff(attempt, delays.base, delays.max), signal);
    }
  }
}

function jsonHeaders(access?: Access): Record<string, string> {
  return {
    Accept: 'application/json',
    'Content-Type': 'application/json',
    ...(access ? { Authorization: `Bearer ${access.token}` } : {}),
  };
}
