import type { LoggedEvent } from '../../src/protocol/events.ts';
import type { Memory } from './access-storage.ts';
import { type Problem, toApiError } from './api-error.ts';
import type { Access, AgentInfo, Client } from './client.ts';
import { applyEvent, type ConversationView, EMPTY_VIEW } from './conversation-view.ts';
import { acknowledge, nextToSend, type OutboxMessage } from './outbox.ts';

/** Which of the customer's wishes failed; each can be tried again. */
export type Wish = 'start' | 'cancel' | 'handoff' | 'rate' | 'source';

export type ChatState = {
  /** `loading` until the first event; `failed` where no conversation could be begun. */
  phase: 'loading' | 'ready' | 'failed';
  agent: AgentInfo | null;
  view: ConversationView;
  outbox: OutboxMessage[];
  connection: 'live' | 'lost';
  /** What the server said to the newest attempt to connect, where it refused. */
  refusal: Problem | null;
  /** The newest wish that failed. */
  trouble: { wish: Wish; problem: Problem | null; retry: () => void } | null;
  /** How many messages of the other side were on the screen when the customer last looked. */
  seen: number;
};

/** A server that forgets every conversation must not be asked for new ones without end. */
const MAX_REPLACED = 3;

export type SessionOptions = { client: Client; memory: Memory; language?: string; agent?: string };

/**
 * One customer's chat: joins client, view, outbox and memory, and tells `onChange` every new state. Nothing here
 * throws: what fails becomes state. `close` ends all requests; the server goes on by itself.
 */
export class ChatSession {
  state: ChatState = {
    phase: 'loading',
    agent: null,
    view: EMPTY_VIEW,
    outbox: [],
    connection: 'live',
    refusal: null,
    trouble: null,
    seen: 0,
  };
  onChange: (state: ChatState) => void = () => {};
  readonly #client: Client;
  readonly #memory: Memory;
  readonly #wanted: { language?: string; agent?: string };
  #access: Access | null = null;
  /** The newest that was to be opened. */
  #opening: Access | null = null;
  /** By which the page shows who the customer is; kept nowhere else. */
  #customerToken: string | null = null;
  #life = new AbortController();
  readonly #whole = new AbortController();
  /** Nobody looks, and so the stream may end; whether it has. */
  #unwatched = false;
  #resting = false;
  #replaced = 0;
  /** One for each message on its way, to let go of the request once the log shows the message. */
  readonly #requests = new Map<string, AbortController>();

  constructor(options: SessionOptions) {
    const { client, memory, ...wanted } = options;
    this.#client = client;
    this.#memory = memory;
    this.#wanted = wanted;
  }

  /** Where the API lies. */
  get server(): string {
    return this.#client.server;
  }

  /** Goes on with the remembered conversation, or begins one. */
  async start(): Promise<void> {
    void this.#loadAgent();
    this.#memory.watch(() => void this.#heed(), this.#whole.signal);
    globalThis.window?.addEventListener('online', () => this.#sendAgain(), { signal: this.#whole.signal });
    const remembered = this.#memory.load();
    if (!remembered) return this.#begin([]);
    // A message may have arrived although the page never heard so: sending it again with its key is harmless.
    const outbox = remembered.outbox.map((entry) => requeued(entry));
    this.#set({ seen: remembered.seen });
    await this.#open(remembered.access, outbox);
  }

  /** Begins a new conversation in place of this one. This one stays as it is if that fails. */
  async restart(): Promise<void> {
    await this.#begin([]);
  }

  /** The page shows who the customer is. A conversation of somebody else's is left behind. */
  async identify(customerToken: string): Promise<void> {
    this.#customerToken = customerToken;
    const access = this.#access;
    if (access && (await this.#isOthers(access)) && access === this.#access) await this.#leave();
  }

  async #isOthers(access: Access): Promise<boolean> {
    const problem = await this.ask('identify', { customerToken: this.#customerToken }, access);
    if (problem?.code === 'other_customer') return true;
    if (problem) console.warn(`frontdesk-chat: ${problem.code}`);
    return false;
  }

  /** Nothing of the conversation stays on the screen, nor goes into the next one. */
  async #leave(): Promise<void> {
    this.#end();
    this.#access = null;
    this.#set({ phase: 'loading', view: EMPTY_VIEW, outbox: [] });
    await this.#begin([]);
  }

  /** What the server has against it; null where it was taken. `action` is the path in the conversation. */
  async ask(action: string, body: unknown, access: Access | null = this.#access): Promise<Problem | null> {
    try {
      if (access) await this.#client.insist(access, action, body);
      return null;
    } catch (error) {
      return toApiError(error).problem;
    }
  }

  send(text: string): void {
    const key = randomKey();
    const entry: OutboxMessage = { key, text, afterSeq: this.state.view.lastSeq, state: 'queued' };
    this.#setOutbox([...this.state.outbox, entry]);
    this.#pump();
  }

  retrySend(key: string): void {
    this.#requeue((entry) => entry.key === key);
  }

  /** What only the network kept back goes out once there is one. */
  #sendAgain(): void {
    this.#requeue(({ state, problem }) => state === 'failed' && problem?.code === 'network');
  }

  #requeue(which: (entry: OutboxMessage) => boolean): void {
    this.#setOutbox(this.state.outbox.map((entry) => (which(entry) ? requeued(entry) : entry)));
    this.#pump();
  }

  /** Takes a message that was not sent out of the outbox and gives its text back, to be changed. */
  takeBack(key: string): string {
    const entry = this.state.outbox.find((candidate) => candidate.key === key);
    this.#setOutbox(this.state.outbox.filter((candidate) => candidate.key !== key));
    return entry?.text ?? '';
  }

  cancel(): void {
    void this.wish('cancel', (client, access) => client.cancel(access));
  }

  askForPerson(): void {
    void this.wish('handoff', (client, access) => client.handoff(access));
  }

  rate(rating: { score: number; comment?: string }): void {
    void this.wish('rate', (client, access) => client.rate(access, rating));
  }

  /** The customer has seen so many messages of the other side. */
  look(seen: number): void {
    if (seen <= this.state.seen) return;
    this.#set({ seen });
    this.#remember();
  }

  /** While nobody looks and no reply is awaited there is no stream: a browser allows a server few of them. */
  rest(unwatched: boolean): void {
    this.#unwatched = unwatched;
    this.#attend();
  }

  dismissTrouble(): void {
    this.#set({ trouble: null });
  }

  close(): void {
    this.#whole.abort();
    this.#end();
  }

  #end(): void {
    this.#life.abort();
    for (const request of this.#requests.values()) request.abort();
    this.#requests.clear();
  }

  /** Another tab has saved: a conversation that it has begun is this tab's too. */
  async #heed(): Promise<void> {
    const remembered = this.#memory.load();
    if (!remembered) return;
    const { access, seen } = remembered;
    if (access.id === this.#access?.id) this.look(seen);
    if (access.id === this.#access?.id) return;
    // That tab's customer is another: each keeps their own.
    if (this.#customerToken !== null && (await this.#isOthers(access))) return;
    this.#set({ seen });
    void this.#open(
      remembered.access,
      this.state.outbox.map((entry) => ({ ...entry, afterSeq: 0 })),
    );
  }

  async #loadAgent(): Promise<void> {
    try {
      this.#set({ agent: await this.#client.agent() });
    } catch {
      // The header does without; the conversation's first event says what matters (whether the model is offline).
    }
  }

  async #begin(outbox: OutboxMessage[]): Promise<void> {
    try {
      const access = await this.#client.create({ ...this.#wanted, visitor: this.#access?.visitor });
      this.#set({ seen: 0 });
      await this.#open(access, outbox);
    } catch (error) {
      const retry = () => {
        this.#set({ trouble: null, phase: this.#access ? 'ready' : 'loading' });
        void this.#begin(outbox);
      };
      const trouble = { wish: 'start' as const, problem: toApiError(error).problem, retry };
      this.#set({ trouble, phase: this.#access ? 'ready' : 'failed' });
    }
  }

  /** Who the customer is comes first: what was said to somebody else must not be seen. */
  async #open(access: Access, outbox: OutboxMessage[]): Promise<void> {
    this.#end();
    this.#access = null;
    this.#opening = access;
    this.#resting = false;
    this.#set({ phase: 'loading', view: EMPTY_VIEW, outbox, trouble: null, connection: 'live', refusal: null });
    const others = this.#customerToken !== null && (await this.#isOthers(access));
    if (access !== this.#opening || this.#whole.signal.aborted) return;
    if (others) return this.#leave();
    this.#access = access;
    this.#setOutbox(this.state.outbox);
    this.#listen(access);
    this.#pump();
  }

  #attend(): void {
    const { phase, view, outbox } = this.state;
    const awaits = phase !== 'ready' || view.turn || outbox.some((entry) => entry.state !== 'failed');
    const rests = this.#unwatched && !awaits;
    if (rests === this.#resting) return;
    this.#resting = rests;
    if (rests) this.#life.abort();
    else if (this.#access) this.#listen(this.#access);
  }

  #listen(access: Access): void {
    this.#life = new AbortController();
    void this.#follow(access, this.#life.signal);
  }

  async #follow(access: Access, signal: AbortSignal): Promise<void> {
    const onConnection = (connection: 'live' | 'lost', refusal: Problem | null) => {
      if (signal.aborted) return;
      this.#set({ connection, refusal });
      if (connection === 'live') this.#sendAgain();
    };
    const after = this.state.view.lastSeq;
    try {
      await this.#client.follow({ access, after, signal, onConnection, onEvent: (event) => this.#apply(event) });
    } catch {
      if (!signal.aborted) await this.#replace();
    }
  }

  /** The conversation is gone: a new one takes its place, and keeps what has not been delivered. */
  async #replace(): Promise<void> {
    this.#life.abort();
    if (this.#replaced >= MAX_REPLACED) {
      const retry = () => void this.#replace();
      this.#replaced = 0;
      this.#set({ phase: 'failed', trouble: { wish: 'start', problem: null, retry } });
      return;
    }
    this.#replaced += 1;
    await this.#begin(this.state.outbox.map((entry) => ({ ...requeued(entry), afterSeq: 0 })));
  }

  #apply(event: LoggedEvent): void {
    const { outbox, delivered } = acknowledge(this.state.outbox, event);
    this.#set({ phase: 'ready', view: applyEvent(this.state.view, event) });
    if (outbox !== this.state.outbox) this.#setOutbox(outbox);
    if (delivered) this.#requests.get(delivered)?.abort();
    this.#pump();
  }

  #pump(): void {
    const next = nextToSend(this.state.outbox);
    if (next && this.#access) void this.#deliver(next, this.#access);
    this.#attend();
  }

  async #deliver(entry: OutboxMessage, access: Access): Promise<void> {
    const request = new AbortController();
    this.#requests.set(entry.key, request);
    this.#change(entry.key, { state: 'sending' });
    try {
      const sent = await this.#client.send(access, { text: entry.text, idempotencyKey: entry.key }, request.signal);
      this.#settle(entry.key, sent.message?.id ?? null);
    } catch (error) {
      const problem = toApiError(error);
      if (request.signal.aborted) return;
      if (problem.gone) return void this.#replace();
      this.#change(entry.key, { state: 'failed', problem: problem.problem });
    } finally {
      if (this.#requests.get(entry.key) === request) this.#requests.delete(entry.key);
    }
    this.#pump();
  }

  /** The server has the message: keep it in sight until the log shows it. */
  #settle(key: string, replyId: string | null): void {
    const presumed = this.state.outbox.some((entry) => entry.key === key && entry.presumedId !== undefined);
    const logged = presumed || replyId === null || this.state.view.messages.some((known) => known.id === replyId);
    if (logged) this.#setOutbox(this.state.outbox.filter((entry) => entry.key !== key));
    else this.#change(key, { state: 'sent' });
  }

  /** Does what the customer wants; what goes wrong is told, with the way to try again. */
  async wish(wish: Wish, run: (client: Client, access: Access) => Promise<void>): Promise<void> {
    const access = this.#access;
    if (!access) return;
    try {
      this.#set({ trouble: null });
      await run(this.#client, access);
    } catch (error) {
      if (access !== this.#access) return;
      const retry = () => void this.wish(wish, run);
      this.#set({ trouble: { wish, problem: toApiError(error).problem, retry } });
    }
  }

  #change(key: string, change: Partial<OutboxMessage>): void {
    this.#setOutbox(this.state.outbox.map((entry) => (entry.key === key ? { ...entry, ...change } : entry)));
  }

  #setOutbox(outbox: OutboxMessage[]): void {
    this.#set({ outbox });
    this.#remember();
  }

  #remember(): void {
    const { outbox, seen } = this.state;
    if (this.#access) this.#memory.save({ access: this.#access, outbox, seen });
  }

  #set(change: Partial<ChatState>): void {
    this.state = { ...this.state, ...change };
    this.onChange(this.state);
  }
}

function requeued({ key, text, afterSeq }: OutboxMessage): OutboxMessage {
  return { key, text, afterSeq, state: 'queued' };
}

/** `crypto.randomUUID` is missing on pages without TLS, where a company may well try this out. */
function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
