import { Unsent } from './call-failure.ts';

/** What one answer may have, a stream of events included. */
const MOST_BYTES = 4_000_000;
/** What a socket says that was never connected. */
const UNCONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']).add(
  'UND_ERR_CONNECT_TIMEOUT',
);

/** `fetch` for a server that is not trusted: a longer answer is an error. Throws `Unsent` where nobody was reached. */
export async function boundedFetch(url: string | URL, init?: RequestInit): Promise<Response> {
  const response = await fetch(url, init).catch((error: Error & { cause?: { code?: unknown } }) => {
    const code = String(error.cause?.code);
    throw UNCONNECTED.has(code) ? new Unsent(code) : error;
  });
  if (response.body === null) return response;
  let seen = 0;
  const bounded = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      seen += chunk.byteLength;
      if (seen > MOST_BYTES) controller.error(new Error(`the answer is longer than ${MOST_BYTES / 1_000_000} MB`));
      else controller.enqueue(chunk);
    },
  });
  const { status, statusText, headers } = response;
  return new Response(response.body.pipeThrough(bounded), { status, statusText, headers });
}
