import type { Values } from './template.ts';

/** One HTTP call, ready to be sent. */
export type Outgoing = { method: string; url: URL; headers: Record<string, string>; body?: string };

/** Makes the call from values. Throws a `ToolProblem` where one of them cannot be sent. */
export type BuildRequest = (values: Values) => Outgoing;

/** Methods that have no effect by the rules of HTTP. */
export function isSafe(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}
