import { isIP } from 'node:net';
import type { MiddlewareHandler } from 'hono';
import type { Face, HttpContext, HttpEnv } from './face.ts';

/**
 * The address that a request is counted under, or undefined where it did not come over a socket. Behind `proxies` of
 * the company's own it is the one that the outermost of them saw, by `X-Forwarded-For`; whatever else a client wrote
 * there is not believed. Of an IPv6 address the first half: the rest is the client's to choose.
 */
export function clientAddress(context: HttpContext, proxies: number): string | undefined {
  const remote = context.env?.incoming?.socket?.remoteAddress;
  if (remote === undefined) return undefined;
  return countedAs(forwardedFor(context, proxies) ?? remote);
}

/** Says once that a proxy stands in front of which the configuration knows nothing: all its clients count as one. */
export function watchForProxies({ desk, settings }: Pick<Face, 'desk' | 'settings'>): MiddlewareHandler<HttpEnv> {
  let said = settings.proxies > 0;
  return async (context, next) => {
    if (!said && context.req.header('X-Forwarded-For') !== undefined) {
      said = true;
      const why = 'requests have X-Forwarded-For: behind a proxy of your own, set FRONTDESK_PROXIES';
      desk.logger.warn({}, `${why}, or all customers share the limits of its address`);
    }
    await next();
  };
}

function forwardedFor(context: HttpContext, proxies: number): string | undefined {
  if (proxies === 0) return undefined;
  const seen = (context.req.header('X-Forwarded-For') ?? '').split(',').map(withoutPort);
  const address = seen.at(-proxies);
  // Fewer entries than proxies, or none that is an address: it did not come through all of them.
  return address !== undefined && isIP(address) !== 0 ? address : undefined;
}

function withoutPort(entry: string): string {
  const text = entry.trim();
  return /^\[(.+)\](?::\d+)?$/.exec(text)?.[1] ?? /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(text)?.[1] ?? text;
}

function countedAs(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  if (isIP(address) !== 6) return address;
  const [head = '', tail] = (address.split('%')[0] ?? '').toLowerCase().split('::');
  const first = head.split(':').filter(Boolean);
  const last = (tail ?? '').split(':').filter(Boolean);
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - first.length - last.length)).fill('0');
  const groups = [...first, ...zeros, ...last].slice(0, 4).map((group) => group.replace(/^0+(?=.)/, ''));
  return `${groups.join(':')}::/64`;
}
