import type { MiddlewareHandler } from 'hono';
import { FrontdeskError } from '../../protocol/errors.ts';
import type { HttpContext, HttpEnv } from '../face.ts';

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Which sites' pages may use the API. The configured ones get CORS headers and an answer to their preflight; from any
 * other, whatever would change something is refused with `origin_not_allowed`, and what only reads stays unreadable to
 * them. Requests without an `Origin` do not come from another site's page.
 */
export function checkOrigins(origins: readonly string[]): MiddlewareHandler<HttpEnv> {
  return async (context, next) => {
    const origin = context.req.header('Origin');
    if (origin === undefined || isOwn(origin, context)) return next();
    const { method } = context.req;
    const preflight = method === 'OPTIONS' && context.req.header('Access-Control-Request-Method') !== undefined;
    if (!origins.includes(origin)) {
      if (preflight || !READING.has(method)) throw new FrontdeskError('origin_not_allowed');
      return next();
    }
    if (preflight) context.res = preflightAnswer();
    else await next();
    context.res.headers.set('Access-Control-Allow-Origin', origin);
    context.res.headers.set('Access-Control-Expose-Headers', 'X-Request-Id, Retry-After, Date');
    context.res.headers.append('Vary', 'Origin');
    return undefined;
  };
}

/** Compared without the scheme: a proxy that ends TLS passes the request on as http. */
function isOwn(origin: string, context: HttpContext): boolean {
  const host = context.req.header('Host') ?? new URL(context.req.url).host;
  return URL.canParse(origin) && new URL(origin).host === host.toLowerCase();
}

function preflightAnswer(): Response {
  return new Response(null, {
    status: 204,
    headers: {
      'Access-Control-Allow-Methods': 'GET, POST, PUT, DELETE',
      'Access-Control-Allow-Headers': 'Authorization, Content-Type, Idempotency-Key, Last-Event-ID, X-Request-Id',
      'Access-Control-Max-Age': '600',
    },
  });
}
