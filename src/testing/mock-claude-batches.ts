import type Anthropic from '@anthropic-ai/sdk';
import type { ModelEvent } from '../agent/model.ts';
import { errorBody, foldMessage } from './message-stream.ts';
import type { MockRequest } from './mock-claude-answer.ts';
import type { CacheUse } from './mock-claude-cache.ts';
import { refusalOf, surpriseOf } from './mock-claude-request.ts';
import type { ParsedTurn } from './mock-claude-script.ts';
import { citationProblemOf, eventsOf } from './mock-claude-turn.ts';

type Result = Anthropic.Messages.MessageBatchResult;

/** A batch as it was sent, and what comes of it. */
export type RecordedBatch = {
  id: string;
  requests: { custom_id: string; params: MockRequest }[];
  /** How often somebody has looked whether it has ended. */
  looks: number;
};

export type HeldBatch = RecordedBatch & { results: Map<string, Result>; createdAt: string };

const CUSTOM_ID = /^[\w-]{1,64}$/;
const MOST_REQUESTS = 100_000;

/** What the API itself would refuse in a batch, in a sentence, or null. */
export function batchRefusalOf(body: unknown): string | null {
  const { requests } = (body ?? {}) as { requests?: unknown };
  if (!Array.isArray(requests) || requests.length === 0) return 'requests: at least one is required';
  if (requests.length > MOST_REQUESTS) return `requests: at most ${MOST_REQUESTS}`;
  const ids = new Set<unknown>();
  for (const [at, entry] of requests.entries()) {
    const { custom_id: id, params } = (entry ?? {}) as { custom_id?: unknown; params?: { stream?: unknown } };
    if (typeof id !== 'string' || !CUSTOM_ID.test(id)) return `requests.${at}.custom_id: must match ${CUSTOM_ID}`;
    if (ids.has(id)) return `requests.${at}.custom_id: "${id}" is not unique`;
    ids.add(id);
    if (params?.stream) return `requests.${at}.params.stream: is not supported in a batch`;
    const refusal = refusalOf(params);
    if (refusal) return `requests.${at}.params.${refusal}`;
  }
  return null;
}

/** What a request of a batch comes to. A turn's fault is an errored one, `disconnect` one that expired. */
export function resultOf(turn: ParsedTurn, request: MockRequest, call: { id: string; cache: CacheUse }): Result {
  const problem = surpriseOf(turn, request) ?? citationProblemOf(turn, request);
  if (problem) throw new Error(problem);
  const { fault } = turn;
  if (fault?.disconnect) return { type: 'expired' };
  if (fault) {
    const error = { type: fault.errorType ?? 'api_error', message: fault.message ?? 'scripted error' };
    return { type: 'errored', error: errorBody(error, `req_${call.id}`) as Anthropic.ErrorResponse };
  }
  return { type: 'succeeded', message: foldMessage(eventsOf(turn, request, call)) };
}

/** What a model says, as the result of a batch's request. */
export async function resultOfEvents(events: AsyncIterable<ModelEvent>): Promise<Result> {
  const kept: Anthropic.RawMessageStreamEvent[] = [];
  for await (const event of events) {
    if (event.type === 'failed') {
      const body = errorBody({ type: 'api_error', message: event.detail }, 'req_batch');
      return { type: 'errored', error: body as Anthropic.ErrorResponse };
    }
    if (event.type === 'retrying') kept.length = 0;
    else if (event.type !== 'waiting') kept.push(event);
  }
  return { type: 'succeeded', message: foldMessage(kept) };
}

/** The batch as the API shows it. */
export function shownBatch(batch: HeldBatch, ended: boolean, url: string): Anthropic.Messages.MessageBatch {
  const counts = { succeeded: 0, errored: 0, expired: 0, canceled: 0 };
  if (ended) for (const { type } of batch.results.values()) counts[type]++;
  const created = new Date(batch.createdAt);
  return {
    id: batch.id,
    type: 'message_batch',
    processing_status: ended ? 'ended' : 'in_progress',
    request_counts: { ...counts, processing: ended ? 0 : batch.requests.length },
    created_at: batch.createdAt,
    expires_at: new Date(created.getTime() + 86_400_000).toISOString(),
    ended_at: ended ? batch.createdAt : null,
    results_url: ended ? `${url}/v1/messages/batches/${batch.id}/results` : null,
    archived_at: null,
    cancel_initiated_at: null,
  };
}

/** One JSON object a line, in another order than they were asked in, as the API allows itself. */
export function resultLines(batch: HeldBatch): string {
  const lines = [...batch.results].map(([id, result]) => JSON.stringify({ custom_id: id, result }));
  return `${lines.reverse().join('\n')}\n`;
}
