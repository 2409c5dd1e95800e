import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ModelEvent } from '../agent/model.ts';
import { type Call, type MockRequest, playTurn, type RecordedRequest, relay, sendError } from './mock-claude-answer.ts';
import {
  batchRefusalOf,
  type HeldBatch,
  type RecordedBatch,
  resultLines,
  resultOf,
  resultOfEvents,
  shownBatch,
} from './mock-claude-batches.ts';
import { type CacheUse, PromptCache } from './mock-claude-cache.ts';
import { lastUserText, refusalOf } from './mock-claude-request.ts';
import {
  type MockScript,
  type MockTurn,
  type ParsedTurn,
  parseMockScript,
  parseMockTurn,
} from './mock-claude-script.ts';
import { hijacked } from './mock-claude-turn.ts';

export type { MockRequest, MockScript, MockTurn, RecordedBatch, RecordedRequest };

/** Answers a request itself, in place of a list of turns; `index` counts the calls from 0. Undefined: unscripted. */
export type MockHandler = (request: MockRequest, index: number) => MockAnswer | Promise<MockAnswer>;
/** A turn, or the events of a model, which are passed on as they come. */
export type MockAnswer = MockTurn | AsyncIterable<ModelEvent> | undefined;

export type MockClaude = {
  /** What to give as base URL. */
  url: string;
  /** Every request for a message so far, in the order in which they came. */
  requests: RecordedRequest[];
  /** Every batch so far. */
  batches: RecordedBatch[];
  /** What the prompt cache served of all requests; `share` is the part of their input that was read from it. */
  cache(): CacheUse & { share: number };
  /** Unscripted and malformed calls, failed expectations, unused turns: a sentence each. Empty when all went by the script. */
  problems(): string[];
  /** Throws one error with all `problems()`. */
  assertDone(): void;
  /** Ends open answers and resolves when the port is free. */
  close(): Promise<void>;
};

export type MockClaudeOptions = {
  script: MockScript | MockHandler;
  /** How often a batch is shown as unfinished before it has ended. Default 0. */
  batchLooks?: number;
  /** Default: any free one. */
  port?: number;
  host?: string;
};

type Play = {
  requests: RecordedRequest[];
  batches: HeldBatch[];
  batchLooks: number;
  problems: string[];
  cache: PromptCache;
  next: MockHandler;
  /** Requests for a message so far; the next turn to play. */
  calls: number;
  /** Requests of any kind. */
  ids: number;
};

/**
 * The Messages API on loopback, answering from a script. Throws on a wrong script (naming every problem) and on a port
 * that is taken.
 */
export async function startMockClaude({
  script,
  batchLooks = 0,
  port = 0,
  host = '127.0.0.1',
}: MockClaudeOptions): Promise<MockClaude> {
  const { turns = [], ...hijacking } = typeof script === 'function' ? {} : parseMockScript(script);
  const later = hijacking.hostile ? hijacking : undefined;
  const next: MockHandler = typeof script === 'function' ? script : (_request, index) => turns[index] ?? later;
  const cache = new PromptCache();
  const play: Play = { requests: [], batches: [], batchLooks, problems: [], cache, next, calls: 0, ids: 0 };
  const server = createServer((request, response) => void serve(play, request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const problems = () => {
    const unused = turns
      .slice(play.calls)
      .map((turn, at) => `turn ${play.calls + at + 1} was not used: ${summaryOf(turn)}`);
    return [...play.problems, ...unused];
  };
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${(server.address() as AddressInfo).port}`,
    requests: play.requests,
    batches: play.batches,
    cache: () => play.cache.report(),
    problems,
    assertDone() {
      const found = problems();
      if (found.length > 0) throw new Error(`Mock Claude:\n${found.map((problem) => `  ${problem}`).join('\n')}`);
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

function summaryOf(turn: ParsedTurn): string {
  return JSON.stringify(
    turn.fault ?? turn.hostile ?? turn.text ?? turn.citations[0]?.text ?? turn.tools.map((tool) => tool.name),
  ).slice(0, 80);
}

/** Answers one request. Never rejects: what fails here is a problem of the script, or the client has gone. */
async function serve(play: Play, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const gone = new AbortController();
  const id = `mock_${String(++play.ids).padStart(6, '0')}`;
  const cache = { read: 0, written: 0, uncached: 0 };
  const call: Call = { response, id, gone: gone.signal, cache, record: null, hungUp: false };
  response.setHeader('request-id', `req_${id}`);
  response.on('close', () => {
    gone.abort();
    if (!call.record || call.hungUp || response.writableEnded) return;
    call.record.aborted = true;
    call.record.abortedAt = Date.now();
  });
  try {
    const problem = await answer(call, play, request);
    if (!problem) return;
    play.problems.push(problem);
    sendError(call, 400, { message: problem });
  } catch (error) {
    if (response.destroyed || request.errored) return;
    const message = error instanceof Error ? error.message : String(error);
    play.problems.push(message);
    sendError(call, 400, { message });
  }
}

/** Gives back what went against the script, in a sentence, where nothing was answered yet. */
async function answer(call: Call, play: Play, request: IncomingMessage): Promise<string | null> {
  const path = new URL(request.url ?? '/', 'http://mock').pathname;
  if (path.startsWith('/v1/messages/batches')) return await answerBatch(call, play, request);
  if (path !== '/v1/messages') return sendError(call, 404, { message: `there is nothing at ${path}` });
  if (request.method !== 'POST') return sendError(call, 405, { message: 'only POST is answered here' });
  const body = parseJson(await readBody(request));
  const refusal = refusalOf(body);
  if (refusal) return refusal;
  call.record = record(request, body as MockRequest);
  play.requests.push(call.record);

  const index = play.calls++;
  const scripted = await play.next(call.record.body, index);
  if (!scripted) return `unscripted call ${index + 1}: ${JSON.stringify(lastUserText(call.record.body))}`;
  const turn = Symbol.asyncIterator in scripted ? scripted : parseMockTurn(scripted);
  // What is refused caches nothing.
  const refused = 'fault' in turn && (turn.fault?.status ?? turn.fault?.disconnect) !== undefined;
  if (!refused) call.cache = play.cache.take(call.record.body, call.record.at);
  if (Symbol.asyncIterator in turn) return await relay(call, call.record.body, turn);
  const problem = await playTurn(call, call.record.body, hijacked(turn, call.record.body, index));
  return problem && `turn ${index + 1}: ${problem}`;
}

/** Creates a batch, shows it, or gives its results. What a script says of its requests is settled at once. */
async function answerBatch(call: Call, play: Play, request: IncomingMessage): Promise<string | null> {
  const { pathname, host } = new URL(request.url ?? '/', `http://${request.headers.host}`);
  const [id, what] = pathname.split('/').slice(4);
  if (id === undefined) return request.method === 'POST' ? await createBatch(call, play, request) : notThere(call);
  const batch = play.batches.find((one) => one.id === id);
  if (!batch || request.method !== 'GET') return notThere(call);
  if (what === undefined) {
    return sendJson(call, JSON.stringify(shownBatch(batch, batch.looks++ >= play.batchLooks, `http://${host}`)));
  }
  if (what !== 'results' || batch.looks <= play.batchLooks) return notThere(call);
  return sendJson(call, resultLines(batch), 'application/x-jsonl');
}

function notThere(call: Call): null {
  return sendError(call, 404, { message: 'there is nothing here' });
}

async function createBatch(call: Call, play: Play, request: IncomingMessage): Promise<string | null> {
  const body = parseJson(await readBody(request));
  const refusal = batchRefusalOf(body);
  if (refusal) return refusal;
  const { requests } = body as Pick<RecordedBatch, 'requests'>;
  const batch: HeldBatch = {
    id: `msgbatch_${call.id}`,
    requests,
    looks: 0,
    results: new Map(),
    createdAt: new Date().toISOString(),
  };
  for (const { custom_id: id, params } of requests) {
    const index = play.calls++;
    const scripted = await play.next(params, index);
    if (!scripted) return `unscripted call ${index + 1}: ${JSON.stringify(lastUserText(params))}`;
    const cache = play.cache.take(params, Date.now());
    const result =
      Symbol.asyncIterator in scripted
        ? await resultOfEvents(scripted)
        : resultOf(hijacked(parseMockTurn(scripted), params, index), params, { id: `${call.id}_${index}`, cache });
    batch.results.set(id, result);
  }
  play.batches.push(batch);
  return sendJson(call, JSON.stringify(shownBatch(batch, false, '')));
}

function sendJson({ response }: Call, text: string, type = 'application/json'): null {
  response.writeHead(200, { 'content-type': type }).end(text);
  return null;
}

function record(request: IncomingMessage, body: MockRequest): RecordedRequest {
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  if (headers.authorization) headers.authorization = headers.authorization.replace(/\S+$/, '[redacted]');
  if (headers['x-api-key']) headers['x-api-key'] = '[redacted]';
  return { body, headers, at: Date.now(), status: null, aborted: false, abortedAt: null };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
