import type { ErrorHandler, Hono, NotFoundHandler } from 'hono';
import type { Desk } from '../../conversations/desk.ts';
import { FrontdeskError } from '../../protocol/errors.ts';
import { errorAnswer } from '../answers.ts';
import type { HttpContext, HttpEnv } from '../face.ts';
import { storeAnswers } from '../store-answers.ts';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/**
 * Turns whatever a route throws into an answer. What nobody foresaw is logged under the request's id and answered as
 * `internal_error`, or as `unavailable` where the store does not answer; its own message stays inside.
 */
export function errorHandler(desk: Desk): ErrorHandler<HttpEnv> {
  return async (error, context) => {
    if (error instanceof FrontdeskError) return errorAnswer(error);
    const available = await storeAnswers(desk);
    const facts = { requestId: context.get('requestId'), method: context.req.method, route: context.req.routePath };
    desk.logger.error({ ...facts, error: error.stack ?? String(error) }, 'a request could not be served');
    return errorAnswer(new FrontdeskError(available ? 'internal_error' : 'unavailable'));
  };
}

/** Answers what no route does: 404, or 405 with the methods that the address knows. */
export function notFoundHandler(app: Hono<HttpEnv>): NotFoundHandler<HttpEnv> {
  return (context) => {
    const allowed = allowedMethods(app, context);
    if (allowed.length === 0) return errorAnswer(new FrontdeskError('not_found'));
    const Allow = allowed.join(', ');
    if (context.req.method === 'OPTIONS') return new Response(null, { status: 204, headers: { Allow } });
    return errorAnswer(new FrontdeskError('method_not_allowed', `It answers ${Allow}.`), { Allow });
  };
}

function allowedMethods(app: Hono<HttpEnv>, context: HttpContext): string[] {
  const allowed = METHODS.filter((method) =>
    app.router.match(method, context.req.path)[0].some(([[, route]]) => route.method === method),
  );
  if (allowed.includes('GET')) allowed.push('HEAD');
  return allowed.length === 0 ? [] : [...allowed, 'OPTIONS'];
}
