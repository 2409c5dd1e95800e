import type { Config } from '../config.ts';

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
    const answer = await fetch(url, { method, headers, ...(body ? { body: body.bytes } : {}) }).catch((error) => {
      throw new Error(`The server at ${base} does not answer (${(error as Error).message}).`, { cause: error });
    });
    const text = await answer.text();
    try {
      return { status: answer.status, body: text === '' ? {} : JSON.parse(text) };
    } catch {
      throw new Error(`What answers at ${base} is no Frontdesk.`);
    }
  };
}

/** What the server says is wrong. */
export function errorOf({ status, body }: Answer): { code: string; message: string } {
  const { code = `status_${status}`, message = 'The server refused it.' } = (body.error ?? {}) as Record<
    string,
    string
  >;
  return { code, message };
}
