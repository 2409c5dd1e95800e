import type Anthropic from '@anthropic-ai/sdk';
import type { ModelRequest } from '../../agent/model.ts';
import { cleaner, connect } from './connect.ts';
import { troubleOf } from './trouble.ts';

/** `id` names the call in its batch: up to 64 letters, digits, `-` and `_`. */
export type BatchCall = { id: string; request: ModelRequest };

/** `message` is null where the call came to nothing; `problem` says why. */
export type BatchResult = { id: string; message: Anthropic.Message | null; problem: string };

/** A server of the Messages API that has no batches, such as a gateway or a model at home. */
export class NoBatchesError extends Error {}

/**
 * The Message Batches API: calls at half the price, answered within 24 hours, mostly within one. All reject with a
 * sentence without the key.
 */
export type Batches = {
  /**
   * Gives the batch's id. Not tried again: whether it was taken is not known where the connection broke. Rejects with
   * `NoBatchesError` where there is no such thing.
   */
  submit(calls: readonly BatchCall[], signal: AbortSignal): Promise<string>;
  /** `gone`: the API does not know it, or keeps its results no longer. */
  state(batchId: string, signal: AbortSignal): Promise<'running' | 'ended' | 'gone'>;
  /** In no particular order. */
  results(batchId: string, signal: AbortSignal): AsyncIterable<BatchResult>;
};

const RETRIES = 4;
/** Not there, not allowed, not implemented. */
const MISSING: readonly unknown[] = [404, 405, 501];
const TIMEOUT_MS = 300_000;
const BATCH_ID = /^[\w-]{1,200}$/;

export function claudeBatches({ apiKey, baseUrl }: { apiKey?: string; baseUrl?: string }): Batches {
  const key = apiKey?.trim();
  const client = connect(key, baseUrl);
  const clean = cleaner(key);
  const failed = (error: unknown) => new Error(clean(troubleOf(error).detail));
  return {
    async submit(calls, signal) {
      const requests = calls.map(({ id, request }) => ({ custom_id: id, params: request }));
      const options = { signal, timeout: TIMEOUT_MS, maxRetries: 0 };
      const batch = await client.messages.batches.create({ requests }, options).catch((error) => {
        const { message } = failed(error);
        throw MISSING.includes(error.status) ? new NoBatchesError(message) : new Error(message);
      });
      if (!BATCH_ID.test(batch.id)) throw new Error('the batch has no usable id');
      return batch.id;
    },

    async state(batchId, signal) {
      const options = { signal, maxRetries: RETRIES };
      try {
        const batch = await client.messages.batches.retrieve(batchId, {}, options);
        if (batch.archived_at) return 'gone';
        return batch.processing_status === 'ended' ? 'ended' : 'running';
      } catch (error) {
        if ((error as { status?: unknown }).status === 404) return 'gone';
        throw failed(error);
      }
    },

    async *results(batchId, signal) {
      // Not by the address that the batch names: behind a gateway that is another host, which would get the key.
      const path = `/v1/messages/batches/${batchId}/results`;
      try {
        const response = await client.get(path, { signal, maxRetries: RETRIES }).asResponse();
        for await (const line of linesOf(response)) yield toResult(line);
      } catch (error) {
        throw failed(error);
      }
    },
  };
}

async function* linesOf(response: Response): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of response.body ?? []) {
    const lines = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines.filter((line) => line.trim() !== '');
  }
  if (rest.trim() !== '') yield rest;
}

function toResult(line: string): BatchResult {
  const { custom_id: id, result } = JSON.parse(line) as Partial<Anthropic.Messages.MessageBatchIndividualResponse>;
  if (typeof id !== 'string') throw new Error('a result has no custom_id');
  if (result?.type === 'succeeded') return { id, message: result.message, problem: '' };
  const problem = result?.type === 'errored' ? result.error?.error?.message : result?.type;
  return { id, message: null, problem: String(problem ?? 'no result') };
}
