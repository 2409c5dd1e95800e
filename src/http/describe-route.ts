import { type createRoute, z } from '@hono/zod-openapi';
import { ERRORS, type ErrorCode } from '../protocol/errors.ts';
import type { Access } from './middleware/bearer.ts';
import type { RouteAnswer, RouteSpec } from './route.ts';
import { ErrorAnswer } from './schemas.ts';

type RouteConfig = Parameters<typeof createRoute>[0];

const ACCESS_ERRORS: Record<Access, ErrorCode[]> = {
  anyone: [],
  customer: ['unauthorized', 'conversation_not_found'],
  operator: ['operator_unauthorized', 'operator_disabled'],
};
const SECURITY: Record<Access, Record<string, string[]>[]> = {
  anyone: [],
  customer: [{ conversationToken: [] }],
  operator: [{ operatorToken: [] }],
};

/** The route as the API's document shows it. */
export function describeRoute(spec: RouteSpec<z.ZodType, z.ZodType>): RouteConfig {
  const { method, path, summary, description, access, tag } = spec;
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
  const params = z.object(Object.fromEntries(names.map((name) => [name, z.string()])));
  return {
    method,
    path,
    summary,
    ...(description ? { description } : {}),
    tags: [tag],
    security: SECURITY[access],
    request: {
      ...(names.length > 0 ? { params } : {}),
      ...(spec.query instanceof z.ZodObject ? { query: spec.query } : {}),
      ...(spec.headers ? { headers: spec.headers } : {}),
      ...(spec.body
        ? { body: { required: !spec.bodyOptional, content: { 'application/json': { schema: spec.body } } } }
        : {}),
    },
    responses: {
      ...Object.fromEntries(Object.entries(spec.answers).map(([status, answer]) => [status, describeAnswer(answer)])),
      ...describeErrors(errorsOf(spec)),
    },
  };
}

function describeAnswer({ description, content }: RouteAnswer): RouteConfig['responses'][string] {
  if (!content) return { description };
  const byType = Object.entries(content).map(([type, schema]) => [type, { schema }]);
  return { description, content: Object.fromEntries(byType) };
}

function errorsOf(spec: RouteSpec<z.ZodType, z.ZodType>): ErrorCode[] {
  const read: ErrorCode[] = spec.query || spec.headers ? ['invalid_request'] : [];
  const written: ErrorCode[] = spec.body
    ? [
        ...(['invalid_json', 'invalid_request', 'body_too_large', 'unsupported_media_type'] as const),
        ...(['too_many_requests', 'origin_not_allowed'] as const),
      ]
    : [];
  const served: ErrorCode[] = spec.access === 'anyone' && !spec.body ? [] : ['internal_error', 'unavailable'];
  return [...new Set([...ACCESS_ERRORS[spec.access], ...read, ...written, ...(spec.errors ?? []), ...served])];
}

function describeErrors(codes: ErrorCode[]): RouteConfig['responses'] {
  const byStatus = Map.groupBy(codes, (code) => ERRORS[code][0]);
  return Object.fromEntries(
    [...byStatus].map(([status, same]) => [
      status,
      {
        description: same.map((code) => `\`${code}\`: ${ERRORS[code][1]}`).join(' '),
        content: { 'application/json': { schema: ErrorAnswer } },
      },
    ]),
  );
}
