import type { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ErrorCode } from '../protocol/errors.ts';
import { checkInput } from './check-input.ts';
import { clientAddress } from './client-address.ts';
import { describeRoute } from './describe-route.ts';
import type { Face, HttpContext, HttpEnv } from './face.ts';
import { type Access, checkAccess } from './middleware/bearer.ts';
import { readBody } from './read-body.ts';

/** What a route takes and answers. The server obeys it and the API's document is made from it. */
export type RouteSpec<Body extends z.ZodType, Query extends z.ZodType> = {
  method: 'get' | 'post' | 'delete';
  /** As OpenAPI writes it: `/v1/conversations/{id}`. */
  path: string;
  tag: 'Conversations' | 'AI SDK' | 'Operators' | 'Server';
  summary: string;
  description?: string;
  access: Access;
  body?: Body;
  query?: Query;
  /** Headers it reads, for the document; the route checks them itself. */
  headers?: z.ZodObject;
  /** Bytes that the body may have; 64 KiB. */
  bodyLimit?: number;
  /** The body may be left out. */
  bodyOptional?: boolean;
  answers: Record<number, RouteAnswer>;
  /** What it answers besides the errors that follow from `access`, `body` and `query`. */
  errors?: ErrorCode[];
};

/** `content`: the schema by content type; none where the body is empty. */
export type RouteAnswer = { description: string; content?: Record<string, z.ZodType> };

/** The content of an answer that is JSON. */
export function asJson(schema: z.ZodType): Record<string, z.ZodType> {
  return { 'application/json': schema };
}

export type RouteInput<Body extends z.ZodType, Query extends z.ZodType> = {
  context: HttpContext;
  /** What the request is counted under. */
  address: string | undefined;
  /** The `{id}` of the path; empty where it has none. */
  id: string;
  body: z.output<Body>;
  query: z.output<Query>;
};

export type App = OpenAPIHono<HttpEnv>;

/** Adds a route: who may call it is checked first, then its query and body; the handler gets checked input. */
export function addRoute<Body extends z.ZodType, Query extends z.ZodType>(
  { app, face }: { app: App; face: Face },
  spec: RouteSpec<Body, Query>,
  handle: (input: RouteInput<Body, Query>) => Promise<Response> | Response,
): void {
  app.openAPIRegistry.registerPath(describeRoute(spec));
  app.on(spec.method.toUpperCase(), spec.path.replace(/\{(\w+)\}/g, ':$1'), async (context) => {
    await checkAccess(spec.access, face, context);
    const address = clientAddress(context, face.settings.proxies);
    const reading = { limit: spec.bodyLimit, room: face.bodies, address };
    const query = spec.query && checkInput(spec.query, queryOf(context));
    const body = spec.body && checkInput(spec.body, await readBody(context.req.raw, reading));
    return handle({
      context,
      address,
      id: context.req.param('id') ?? '',
      query: query as z.output<Query>,
      body: body as z.output<Body>,
    });
  });
}

/** The query as an object; a name that comes twice has a list, which no schema takes. */
function queryOf(context: HttpContext): Record<string, unknown> {
  const { searchParams } = new URL(context.req.url);
  const names = [...new Set(searchParams.keys())];
  return Object.fromEntries(
    names.map((name) => {
      const values = searchParams.getAll(name);
      return [name, values.length === 1 ? values[0] : values];
    }),
  );
}
