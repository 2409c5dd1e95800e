import { isRecord } from '../schema-words.ts';
import type { OpenApiDocument, Operation } from './document.ts';

/**
 * The address that an operation's path is put after, without a slash at its end: `own` where it is given, else the first
 * server of the operation, of its path or of the description, its variables at their defaults. `from` is where the
 * description came from, for servers that are named relative to it.
 */
export function serverOf(
  { root }: OpenApiDocument,
  { raw, item }: Operation,
  { own, from }: { own: string | null; from: string | null },
): string | { problem: string } {
  const lists = [raw.servers, item.servers, root.servers].filter((list) => Array.isArray(list) && list.length > 0);
  const [server] = (lists[0] ?? []) as unknown[];
  const named = isRecord(server) && typeof server.url === 'string' ? filled(server.url, server.variables) || '/' : '/';
  const url = URL.parse(own ?? named, from ?? undefined);
  const open = /\{[^{}]*\}/.exec(own ?? named);
  if (open) return { problem: `has a server whose ${open[0]} has no value: write server: https://…` };
  if (!url || !/^https?:$/.test(url.protocol)) {
    return { problem: 'has no server of its own: write server: https://…' };
  }
  if (url.username || url.password) return { problem: 'has a server with a user name or password in it' };
  url.hash = '';
  url.search = '';
  return url.href.replace(/\/+$/, '');
}

function filled(url: string, variables: unknown): string {
  return url.replace(/\{([^{}]+)\}/g, (place, name: string) => {
    const variable = isRecord(variables) && Object.hasOwn(variables, name) ? variables[name] : undefined;
    return isRecord(variable) && variable.default !== undefined ? String(variable.default) : place;
  });
}
