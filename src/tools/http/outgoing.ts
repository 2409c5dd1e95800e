import type { Values } from './template.ts';

/** One HTTP call, ready to be sent. */
export type Outgoing = { method: string; url: URL; headers: Record<string, string>; body?: string };

/** Makes the call from values. Throws a `ToolProblem` where one of them cannot be sent. */
export type BuildRequest = (values: Values) => Outgoing;

/** Headers that a call itself is made of, or that say which action it is. */
export const OWN_HEADERS: readonly string[] = ['host', 'content-length', 'transfer-encoding', 'connection'].concat([
  'idempotency-key',
  'accept-encoding',
]);
export const HEADER_NAME = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/;

/** Methods that have no effect by the rules of HTTP. */
export function isSafe(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}
