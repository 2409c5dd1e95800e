import { randomUUID } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import type { HttpEnv } from '../face.ts';

/** Gives every request an id, the proxy's own where it sent a plain one, and answers it as `X-Request-Id`. */
export const requestId: MiddlewareHandler<HttpEnv> = async (context, next) => {
  const given = context.req.header('X-Request-Id') ?? '';
  const id = /^[\w.-]{8,64}$/.test(given) ? given : randomUUID();
  context.set('requestId', id);
  await next();
  context.res.headers.set('X-Request-Id', id);
};
