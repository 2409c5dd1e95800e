/** Nothing of a call left this process. */
export class Unsent extends Error {
  override name = 'Unsent';
}

/**
 * What a call that brought no result means. `unsent`: the server never had it. `refused`: the server had it and turned it
 * down before it did anything. `failed`: the server answered, or had its time, and what it did meanwhile nobody knows.
 * `lost`: so was the connection.
 */
export type CallFailure = 'unsent' | 'refused' | 'failed' | 'lost';

/** By JSON-RPC: the request is no request, its method or its arguments are not known. */
const REFUSALS: ReadonlySet<unknown> = new Set([-32700, -32600, -32601, -32602]);
/** What a server says that does not know the session (any more). */
const NO_SESSION: ReadonlySet<number> = new Set([400, 404]);

/** Told by shape, so that nothing of the SDK is loaded for it. */
export function failureOf(error: unknown): CallFailure {
  if (error instanceof Unsent) return 'unsent';
  const { code, data } = error as { code?: unknown; data?: { status?: unknown } | null };
  if (code === 'NOT_CONNECTED') return 'unsent';
  if (REFUSALS.has(code)) return 'refused';
  if (typeof code !== 'string' && typeof code !== 'number') return 'lost';
  if (code === 'CONNECTION_CLOSED') return 'lost';
  const status = String(code).startsWith('CLIENT_HTTP') ? Number(data?.status) : 0;
  if (NO_SESSION.has(status)) return 'unsent';
  return status >= 400 && status < 500 && status !== 408 ? 'refused' : 'failed';
}

/** What went wrong, for a log: never what a server says of it, which may be anything. */
export function briefly(error: unknown): string {
  const { code, data, message } = error as { code?: unknown; data?: { status?: unknown } | null; message?: unknown };
  if (error instanceof Unsent) return String(message);
  const status = Number(data?.status);
  if (status > 0) return `HTTP ${status}`;
  if (typeof code === 'number') return `error ${code}`;
  return typeof code === 'string' ? code : 'it failed';
}
