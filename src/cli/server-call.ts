import type { Config } from '../config.ts';
import { cleanText } from '../language/invisible.ts';

/** A large document may be read by the encoder before the server answers. */
const LONGEST_MS = 300_000;
const MOST_BYTES = 64 * 1024 * 1024;

/** A request to a running server; a body that is no JSON is sent as it is. Throws where nobody answers, or no Frontdesk. */
export type Call = (
  method: string,
  path: string,
  body?: { bytes: Uint8Array<ArrayBuffer>; type: string },
) => Promise<Answer>;
export type Answer = { status: number; body: Record<string, unknown> };

/** Calls of the server at `FRONTDESK_URL`, with the operator token. Throws a sentence where one of them is not set. */
export function serverCall({ url: base, operatorToken: token }: Config): Call {
  if (base === null) throw new Error('Set FRONTDESK_URL to the address of your server.');
  if (token === null) throw new Error('Set FRONTDESK_OPERATOR_TOKEN to the token of that server.');
  return async (method, path, body) => {
    const headers = { Authorization: `Bearer ${token}`, ...(body ? { 'Content-Type': body.type } : {}) };
    const url = new URL(path, base.endsWith('/') ? base : `${base}/`);
    const signal = AbortSignal.timeout(LONGEST_MS);
    const answer = await fetch(url, { method, headers, signal, ...(body ? { body: body.bytes } : {}) }).catch(
      (error) => {
        throw new Error(`The server at ${base} does not answer (${(error as Error).message}).`, { cause: error });
      },
    );
    const read = await readObject(answer).catch(() => null);
    if (read === null) throw new Error(`What answers at ${base} is no Frontdesk.`);
    return { status: answer.status, body: read };
  };
}

/** An object, or null. */
async function readObject(answer: Response): Promise<Record<string, unknown> | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer.body ?? []) {
    size += chunk.length;
    if (size > MOST_BYTES) return null;
    chunks.push(chunk);
  }
  const value: unknown = size === 0 ? {} : JSON.parse(Buffer.concat(chunks).toString('utf8'));
  return typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown> | null) : null;
}

/** What the server says is wrong, without what would steer a terminal. */
export function errorOf({ status, body }: Answer): { code: string; message: string } {
  const { code, message } = (body.error ?? {}) as Record<string, unknown>;
  return {
    code: typeof code === 'string' ? code : `status_${status}`,
    message: typeof message === 'string' ? cleanText(message) : 'The server refused it.',
  };
}
