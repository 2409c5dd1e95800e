import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type {
  Citation,
  CitedPassage,
  Decision,
  Message,
  ProposedAction,
  Status,
} from '../../src/protocol/conversation.ts';
import type { EventBody, LoggedEvent } from '../../src/protocol/events.ts';
import { applyEvent, EMPTY_VIEW } from '../../web/widget/conversation-view.ts';
import { serveFile } from './serve-file.ts';

type Cited = Pick<Citation, 'number' | 'title' | 'url' | 'quote'>;

/** An event of a reply; `turnId` and `messageId` are filled in. `wait` holds the reply until the test opens the gate. */
export type ReplyPart =
  | { wait: string }
  | { pauseMs: number }
  | { text: string }
  | { cite: { start: number; end: number; location?: Citation['location'] } & Cited }
  | { supersede: number }
  | { step: number }
  | { toolStarted: string }
  | { toolFinished: string }
  | { notice: string }
  | { status: Status }
  | { propose: Partial<ProposedAction> & { id: string } }
  | { signIn: true };

type Conversation = {
  id: string;
  token: string;
  events: LoggedEvent[];
  streams: Set<ServerResponse>;
  keys: Map<string, string>;
  turn: { id: string; cancelled: boolean } | null;
  /** Whose token was shown first. */
  customer: string | null;
};

type Fault = {
  path: RegExp;
  status: number;
  code: string;
  times: number;
  afterHandling?: boolean;
  /** Seconds, as the `Retry-After` header. */
  retryAfter?: number;
};

export type FakeOptions = {
  replies?: (text: string) => ReplyPart[];
  /** What is answered for a citation; by default its quote alone. */
  passage?: (cited: Citation) => Partial<CitedPassage>;
  webRoot?: string;
  /** Sites that may use the API. */
  origins?: string[];
};

const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; " +
  "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The HTTP contract that the page uses, in memory, with scripted replies, gates and faults. */
export class FakeFrontdesk {
  readonly conversations = new Map<string, Conversation>();
  readonly requests: { method: string; path: string; headers: IncomingMessage['headers']; body: unknown }[] = [];
  readonly faults: Fault[] = [];
  retryMs = 50;
  #gates = new Map<string, { promise: Promise<void>; open: () => void }>();
  #server: Server;
  #replies: (text: string) => ReplyPart[];
  #passage: (cited: Citation) => Partial<CitedPassage>;
  #webRoot: string | undefined;
  #origins: string[];

  private constructor(options: FakeOptions) {
    this.#replies = options.replies ?? (() => [{ text: 'Fine.' }]);
    this.#passage = options.passage ?? (() => ({}));
    this.#webRoot = options.webRoot;
    this.#origins = options.origins ?? [];
    this.#server = createServer((request, response) => {
      this.#handle(request, response).catch((error: unknown) => {
        if (!response.headersSent) json(response, 500, { error: { code: 'internal_error', message: String(error) } });
        else response.destroy();
      });
    });
  }

  static async start(options: FakeOptions = {}): Promise<FakeFrontdesk> {
    const fake = new FakeFrontdesk(options);
    await new Promise<void>((resolve) => fake.#server.listen(0, '127.0.0.1', resolve));
    return fake;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  gate(name: string): { promise: Promise<void>; open: () => void } {
    const known = this.#gates.get(name);
    if (known) return known;
    let open = () => {};
    const promise = new Promise<void>((resolve) => {
      open = resolve;
    });
    const gate = { promise, open };
    this.#gates.set(name, gate);
    return gate;
  }

  /** Cuts every event stream. */
  dropStreams(): void {
    for (const conversation of this.conversations.values()) {
      for (const stream of conversation.streams) stream.destroy();
      conversation.streams.clear();
    }
  }

  append(conversation: Conversation, body: EventBody): void {
    const event = { seq: conversation.events.length + 1, at: Date.now(), ...body } as LoggedEvent;
    conversation.events.push(event);
    for (const stream of conversation.streams) stream.write(frame(event));
  }

  async stop(): Promise<void> {
    for (const gate of this.#gates.values()) gate.open();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url);
    const path = url.pathname;
    if (path === '/healthz') {
      this.#sharesOrigin(request, response);
      return json(response, 200, { status: 'ok' });
    }
    if (!path.startsWith('/v1/')) return serveFile({ root: this.#webRoot, path, response, csp: CSP });
    if (this.#sharesOrigin(request, response)) return void response.writeHead(204).end();
    const body = await readJson(request);
    this.requests.push({ method: request.method ?? '', path, headers: request.headers, body });
    const fault = this.faults.find((candidate) => candidate.times > 0 && candidate.path.test(path));
    if (fault) fault.times -= 1;
    if (fault && !fault.afterHandling) return fail(response, fault);
    const [, decidedIn = '', actionId] = /^\/v1\/conversations\/([^/]+)\/actions\/([^/]+)$/.exec(path) ?? [];
    if (actionId) return this.#decide(this.conversations.get(decidedIn), { response, actionId, body });
    if (path === '/v1/agent') return json(response, 200, AGENT);
    if (path === '/v1/conversations') return this.#create(response, body as { language?: string });
    const [, id = '', action = '', number] =
      /^\/v1\/conversations\/([^/]+)(?:\/(\w+)(?:\/[\w-]+\/citations\/(\d+))?)?$/.exec(path) ?? [];
    const conversation = this.conversations.get(id);
    if (!conversation) return error(response, 404, 'conversation_not_found');
    if (request.headers.authorization !== `Bearer ${conversation.token}`) return error(response, 401, 'unauthorized');
    if (action === '') return json(response, 200, history(conversation));
    if (number !== undefined) return this.#showCited(conversation, response, Number(number));
    if (action === 'events') return this.#events(conversation, { request, response, url });
    if (action === 'messages') {
      return this.#message(conversation, { response, body: body as { text: string; idempotencyKey: string }, fault });
    }
    if (action === 'identify') return this.#identify(conversation, response, body as { customerToken: string });
    this.#act(conversation, action, body as { score?: number; comment?: string });
    json(response, 200, {});
  }

  /** By the hash that was proposed, once. What comes of it is for the test to append. */
  async #decide(
    conversation: Conversation | undefined,
    { response, actionId, body }: { response: ServerResponse; actionId: string; body: unknown },
  ): Promise<void> {
    const { decision, hash } = body as { decision: Decision; hash: string };
    const events = conversation?.events ?? [];
    const proposed = events.find((event) => event.type === 'action.proposed' && event.action.id === actionId);
    if (!conversation || proposed?.type !== 'action.proposed') return error(response, 404, 'action_not_found');
    if (proposed.action.hash !== hash) return error(response, 409, 'action_changed');
    const decided = events.some((event) => event.type === 'action.decided' && event.actionId === actionId);
    if (decided) return error(response, 409, 'action_decided');
    this.append(conversation, { type: 'action.decided', actionId, decision, by: 'customer' });
    json(response, 200, {});
  }

  /** The token is the customer's name. */
  async #identify(
    conversation: Conversation,
    response: ServerResponse,
    { customerToken }: { customerToken: string },
  ): Promise<void> {
    conversation.customer ??= customerToken;
    if (conversation.customer !== customerToken) return error(response, 409, 'other_customer');
    this.append(conversation, { type: 'customer.identified' });
    json(response, 200, { verifiedUntil: Date.now() + 60_000 });
  }

  /** Sets the headers of CORS; true where the request was a preflight. */
  #sharesOrigin({ method, headers }: IncomingMessage, response: ServerResponse): boolean {
    if (this.#origins.includes(headers.origin ?? '')) {
      response.setHeader('Access-Control-Allow-Origin', headers.origin ?? '');
      response.setHeader('Access-Control-Allow-Headers', 'Authorization, Content-Type, Last-Event-ID');
      response.setHeader('Access-Control-Expose-Headers', 'Retry-After, Date');
    }
    return method === 'OPTIONS';
  }

  #create(response: ServerResponse, body: { language?: string; visitor?: string }): void {
    const number = this.conversations.size + 1;
    const conversation: Conversation = {
      id: `conversation-${number}`,
      token: `token-${number}`,
      events: [],
      streams: new Set(),
      keys: new Map(),
      turn: null,
      customer: null,
    };
    this.conversations.set(conversation.id, conversation);
    const { id: agent, model, offline } = AGENT;
    this.append(conversation, { type: 'conversation.started', agent, language: body.language ?? null, model, offline });
    this.append(conversation, { type: 'message.sent', messageId: 'greeting', role: 'agent', text: GREETING });
    json(response, 201, {
      id: conversation.id,
      token: conversation.token,
      visitor: body.visitor ?? `visitor-${number}`,
    });
  }

  #events(
    conversation: Conversation,
    { request, response, url }: { request: IncomingMessage; response: ServerResponse; url: URL },
  ): void {
    const after = Number(request.headers['last-event-id'] ?? url.searchParams.get('after') ?? 0);
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    response.write(`retry: ${this.retryMs}\n\n: heartbeat\n\n`);
    for (const event of conversation.events) if (event.seq > after) response.write(frame(event));
    conversation.streams.add(response);
    response.on('close', () => conversation.streams.delete(response));
  }

  #showCited({ events }: Conversation, response: ServerResponse, number: number): void {
    const added = events.filter((event) => event.type === 'citation.added');
    const citation = added.map((event) => event.citation).findLast((cited) => cited.number === number);
    if (!citation) {
      error(response, 404, 'citation_not_found');
      return;
    }
    const location = citation.location ?? { page: null, headings: [], start: 0, end: 1 };
    const whole = { ...citation, location, sentences: [citation.quote], link: citation.url, changed: false };
    json(response, 200, { ...whole, ...this.#passage(citation) });
  }

  async #message(
    conversation: Conversation,
    request: { response: ServerResponse; body: { text: string; idempotencyKey: string }; fault: Fault | undefined },
  ): Promise<void> {
    const { response, body, fault } = request;
    if (typeof body.text !== 'string' || body.text.trim() === '') return error(response, 400, 'empty_message');
    const known = conversation.keys.get(body.idempotencyKey);
    const messageId = `reply-${conversation.keys.size + 1}`;
    if (!known) {
      conversation.keys.set(body.idempotencyKey, messageId);
      const received = `message-${conversation.keys.size}`;
      this.append(conversation, { type: 'message.received', messageId: received, text: body.text });
      if (fault) return void fail(response, fault);
      await this.#reply(conversation, { messageId, received, text: body.text });
    }
    const id = known ?? messageId;
    const { messages, status } = history(conversation);
    const message = messages.find((candidate) => candidate.id === id) ?? null;
    json(response, 200, { message, conversation: { status } });
  }

  async #reply(
    conversation: Conversation,
    { messageId, received, text }: { messageId: string; received: string; text: string },
  ): Promise<void> {
    const turnId = `turn-${messageId}`;
    const turn = { id: turnId, cancelled: false };
    conversation.turn = turn;
    const { model, offline } = AGENT;
    this.append(conversation, { type: 'turn.started', turnId, messageId, answers: [received], model, offline });
    this.append(conversation, { type: 'step.started', turnId, step: 0 });
    let length = 0;
    for (const part of this.#replies(text)) {
      if (turn.cancelled) break;
      if ('wait' in part) await this.gate(part.wait).promise;
      else if ('pauseMs' in part) await new Promise((resolve) => setTimeout(resolve, part.pauseMs));
      else if (!turn.cancelled) {
        const start = 'supersede' in part ? part.supersede : length;
        this.append(conversation, eventOf(part, turnId, start));
        if ('text' in part) length += part.text.length;
        if ('supersede' in part) length = part.supersede;
      }
    }
    conversation.turn = null;
    const asks = conversation.events.some((event) => event.type === 'action.proposed' && event.turnId === turnId);
    const outcome = turn.cancelled ? 'stopped' : asks ? 'awaiting_decision' : 'completed';
    this.append(conversation, { type: 'turn.ended', turnId, messageId, outcome });
  }

  #act(conversation: Conversation, action: string, body: { score?: number; comment?: string }): void {
    if (action === 'cancel' && conversation.turn) {
      conversation.turn.cancelled = true;
      this.append(conversation, { type: 'turn.cancel_requested', turnId: conversation.turn.id });
      for (const gate of this.#gates.values()) gate.open();
    }
    if (action === 'handoff') {
      this.append(conversation, { type: 'handoff.requested', by: 'customer', reason: 'asked' });
      this.append(conversation, { type: 'status.changed', status: 'waiting_for_human' });
    }
    if (action === 'rating') {
      this.append(conversation, { type: 'rating.given', score: body.score ?? 0, comment: body.comment ?? null });
    }
  }
}

const AGENT = {
  id: 'acme-insurance',
  name: 'Eva',
  company: 'Acme Insurance',
  offline: true,
  model: 'offline',
  contact: { hours: 'Mon–Fri 9–5 EST', phone: '1-800-123-4567' },
};

const GREETING =
  'Hello! I am Eva, the AI assistant of Acme Insurance. I can explain our car, electric-car and two-wheeler cover, ' +
  'answer questions about claims and billing, and work out a quote. What can I do for you?';

const PROPOSED = {
  tool: 'cancel_order',
  summary: 'Cancel order A-1043: the walnut desk for $389.00, not shipped yet?',
  input: { order_id: 'A-1043', reason: 'Ordered twice', notifyByEmail: true },
  hash: 'f'.repeat(64),
  by: 'customer',
} as const;

function eventOf(
  part: Exclude<ReplyPart, { wait: string } | { pauseMs: number }>,
  turnId: string,
  start: number,
): EventBody {
  const step = 0;
  if ('text' in part) return { type: 'segment.released', turnId, step, start, text: part.text };
  if ('supersede' in part) return { type: 'segments.superseded', turnId, step, start };
  if ('step' in part) return { type: 'step.started', turnId, step: part.step };
  if ('toolStarted' in part) {
    return { type: 'tool.started', turnId, step, callId: part.toolStarted, tool: part.toolStarted };
  }
  if ('toolFinished' in part) {
    return { type: 'tool.finished', turnId, step, callId: part.toolFinished, tool: part.toolFinished, ok: true };
  }
  if ('notice' in part) return { type: 'notice', turnId, code: 'model_slow', text: part.notice };
  if ('signIn' in part) return { type: 'sign_in.requested', turnId, step };
  if ('propose' in part) {
    const action = { ...PROPOSED, callId: 'call', expiresAt: Date.now() + 840_500, ...part.propose };
    return { type: 'action.proposed', turnId, step, action };
  }
  if ('status' in part) return { type: 'status.changed', status: part.status };
  const { start: from, end, location = null, ...cited } = part.cite;
  const citation = { ...cited, location, passageId: `passage#${cited.number}` };
  return { type: 'citation.added', turnId, step, start: from, end, citation };
}

function history({ id, events }: Conversation): { id: string; status: Status; messages: Message[] } {
  const view = events.reduce(applyEvent, EMPTY_VIEW);
  return { id, status: view.status, messages: view.messages };
}

function frame(event: LoggedEvent): string {
  return `id: ${event.seq}\ndata: ${JSON.stringify(event)}\n\n`;
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const part of request) text += String(part);
  return text === '' ? null : JSON.parse(text);
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

function error(response: ServerResponse, status: number, code: string): void {
  json(response, status, { error: { code, message: `Said by the server: ${code}.` } });
}

/** Status 0 breaks the connection instead of answering. */
function fail(response: ServerResponse, fault: Fault): void {
  if (fault.status === 0) response.destroy();
  else {
    if (fault.retryAfter !== undefined) response.setHeader('Retry-After', String(fault.retryAfter));
    error(response, fault.status, fault.code);
  }
}
