import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type Anthropic from '@anthropic-ai/sdk';
import type { ModelEvent } from '../agent/model.ts';
import { encodeEvent, errorBody, foldMessage, STREAM_HEADERS, wireEvent } from './message-stream.ts';
import type { CacheUse } from './mock-claude-cache.ts';
import { surpriseOf } from './mock-claude-request.ts';
import type { Fault, ParsedTurn } from './mock-claude-script.ts';
import { citationProblemOf, eventsOf } from './mock-claude-turn.ts';

/** What the client sent, as a request of the Messages API. */
export type MockRequest = Anthropic.MessageCreateParams;

export type RecordedRequest = {
  body: MockRequest;
  /** Names in lower case. A key is recorded as `[redacted]`, its scheme kept. */
  headers: Record<string, string>;
  /** When it came, milliseconds since 1970. */
  at: number;
  /** The status that was answered, or null while there is none. */
  status: number | null;
  /** The client closed the connection before the answer was complete; `abortedAt` says when. */
  aborted: boolean;
  abortedAt: number | null;
};

/** One request on its way. */
export type Call = {
  response: ServerResponse;
  id: string;
  /** Aborts when the connection is closed, by whichever side. */
  gone: AbortSignal;
  /** How the prompt cache served it. */
  cache: CacheUse;
  record: RecordedRequest | null;
  /** We closed the connection, not the client. */
  hungUp: boolean;
};

const TYPE_OF_STATUS: Record<number, string> = {
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  409: 'conflict_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  504: 'timeout_error',
  529: 'overloaded_error',
};

/** Answers with an error of the API. Gives back null: nothing went against the script. */
export function sendError(call: Call, status: number, fault: Partial<Fault>): null {
  const { response, id } = call;
  if (response.headersSent) return hangUp(call);
  const type = fault.errorType ?? TYPE_OF_STATUS[status] ?? (status >= 500 ? 'api_error' : 'invalid_request_error');
  const details = fault.errorCode ? { details: { error_code: fault.errorCode } } : {};
  const retryAfter = fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) };
  setStatus(call, status, { 'content-type': 'application/json', ...retryAfter, ...fault.headers });
  response.end(
    JSON.stringify(errorBody({ type, message: fault.message ?? `scripted ${type}`, ...details }, `req_${id}`)),
  );
  return null;
}

function hangUp(call: Call): null {
  call.hungUp = true;
  call.response.destroy();
  return null;
}

function setStatus({ response, record }: Call, status: number, headers: Record<string, string>): void {
  if (record) record.status = status;
  response.writeHead(status, headers);
}

/** Plays a turn. Gives back what it does not find in the request, in a sentence, or null. */
export async function playTurn(call: Call, body: MockRequest, turn: ParsedTurn): Promise<string | null> {
  const problem = surpriseOf(turn, body) ?? citationProblemOf(turn, body);
  if (problem) return problem;
  const events = eventsOf(turn, body, call);
  if (turn.delayMs > 0) await pause(turn.delayMs, undefined, { signal: call.gone });
  if (turn.fault?.disconnect) return hangUp(call);
  if (turn.fault?.status) return sendError(call, turn.fault.status, turn.fault);
  if (body.stream) await sendEvents(call, events, turn);
  else await sendWhole(call, foldMessage(events), turn.fault);
  return null;
}

async function sendEvents(call: Call, events: Anthropic.RawMessageStreamEvent[], turn: ParsedTurn): Promise<void> {
  setStatus(call, 200, STREAM_HEADERS);
  call.response.flushHeaders();
  let deltas = 0;
  let fault = turn.fault;
  for (const event of events) {
    const isDelta = event.type === 'content_block_delta';
    if (fault && ((isDelta && deltas >= positionOf(fault)) || event.type === 'message_delta')) {
      if ((await strike(call, fault)) === 'over') return;
      fault = undefined;
    }
    if (isDelta && deltas++ > 0 && turn.deltaMs > 0) await pause(turn.deltaMs, undefined, { signal: call.gone });
    call.response.write(encodeEvent(event));
    if (event.type === 'content_block_start' && event.index === 0) call.response.write(encodeEvent({ type: 'ping' }));
  }
  call.response.end();
}

function positionOf(fault: Fault): number {
  return fault.error_event ?? fault.cut ?? fault.stall ?? fault.garbage ?? fault.unknown_event ?? 0;
}

/** Breaks the stream the scripted way. `over`: nothing follows. */
async function strike({ response, id, gone }: Call, fault: Fault): Promise<'over' | 'goes on'> {
  if (fault.garbage !== undefined) {
    response.write('event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"del\u0001\n\n');
    return 'goes on';
  }
  if (fault.unknown_event !== undefined) {
    response.write(encodeEvent({ type: 'future_event' }));
    return 'goes on';
  }
  if (fault.stall !== undefined) {
    if (!gone.aborted) await once(gone, 'abort');
    return 'over';
  }
  if (fault.error_event !== undefined) {
    const error = { type: fault.errorType ?? 'overloaded_error', message: fault.message ?? 'Overloaded' };
    const { type, ...rest } = errorBody(error, `req_${id}`);
    response.write(`event: error\ndata: ${JSON.stringify({ type, ...rest })}\n\n`);
  }
  response.end();
  return 'over';
}

/** The answer to a call without `stream`; a fault of the stream becomes the nearest thing that such an answer has. */
async function sendWhole(call: Call, message: Anthropic.Message, fault: Fault | undefined): Promise<void> {
  if (fault?.error_event !== undefined) return void sendError(call, 529, fault);
  const text = JSON.stringify(message);
  setStatus(call, 200, { 'content-type': 'application/json' });
  if (fault?.stall !== undefined) {
    call.response.flushHeaders();
    return void (await strike(call, fault));
  }
  const broken = fault?.cut !== undefined || fault?.garbage !== undefined;
  call.response.end(broken ? text.slice(0, text.length / 2) : text);
}

/** Passes on what a model says. */
export async function relay(call: Call, body: MockRequest, events: AsyncIterable<ModelEvent>): Promise<null> {
  const { response, id } = call;
  if (!body.stream) return await relayWhole(call, events);
  setStatus(call, 200, STREAM_HEADERS);
  for await (const event of events) {
    if (call.gone.aborted) return null;
    response.write(encodeEvent(wireEvent(event, `req_${id}`)));
  }
  response.end();
  return null;
}

async function relayWhole(call: Call, events: AsyncIterable<ModelEvent>): Promise<null> {
  const kept: Anthropic.RawMessageStreamEvent[] = [];
  for await (const event of events) {
    if (event.type === 'failed') return sendError(call, 529, { message: event.detail });
    if (event.type === 'retrying') kept.length = 0;
    else if (event.type !== 'waiting') kept.push(event);
  }
  setStatus(call, 200, { 'content-type': 'application/json' });
  call.response.end(JSON.stringify(foldMessage(kept)));
  return null;
}
