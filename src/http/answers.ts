import type { FrontdeskError } from '../protocol/errors.ts';

/** Seconds after which a client may try again what could not be served, where nobody knows better. */
const RETRY_AFTER = 5;

/** A JSON answer. */
export function json(value: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(value), { status, headers: { 'Content-Type': 'application/json', ...headers } });
}

/** The answer to a request that cannot be served: `{ error: { code, message } }`. */
export function errorAnswer(error: FrontdeskError, headers: Record<string, string> = {}): Response {
  const { code, message, status } = error;
  const retryAfter = error.retryAfter ?? (status === 503 ? RETRY_AFTER : null);
  return json({ error: { code, message } }, status, {
    ...(status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {}),
    ...(retryAfter === null ? {} : { 'Retry-After': String(retryAfter) }),
    ...headers,
  });
}
