import { z } from '@hono/zod-openapi';
import { json } from '../answers.ts';
import { docsPage } from '../docs-page.ts';
import type { Face } from '../face.ts';
import { type App, addRoute, asJson } from '../route.ts';

const DESCRIPTION =
  'Customers talk to the agent over these addresses. Every error is `{ error: { code, message } }` with a stable code.';

/** The API described by itself: for programs and for people. */
export function docsRoutes(app: App, face: Face): void {
  const route = { app, face };
  const docs = { method: 'get', tag: 'Server', access: 'anyone' } as const;
  let document: ApiDocument | undefined;
  const describe = () => {
    document ??= describeApi(app, face.settings.version);
    return document;
  };

  addRoute(
    route,
    {
      ...docs,
      path: '/openapi.json',
      summary: 'This API as OpenAPI 3.1',
      answers: { 200: { description: 'The document.', content: asJson(z.looseObject({ openapi: z.string() })) } },
    },
    () => json(describe(), 200, { 'Cache-Control': 'no-cache' }),
  );

  addRoute(
    route,
    {
      ...docs,
      path: '/docs',
      summary: 'This API as a page',
      answers: { 200: { description: 'HTML.', content: { 'text/html': z.string() } } },
    },
    () => {
      const { html, policy } = docsPage(describe());
      return new Response(html, {
        headers: {
          'Content-Type': 'text/html; charset=utf-8',
          'Cache-Control': 'no-cache',
          'Content-Security-Policy': policy,
        },
      });
    },
  );
}

type ApiDocument = ReturnType<App['getOpenAPI31Document']>;

/** The OpenAPI document of every route that was added. */
function describeApi(app: App, version: string): ApiDocument {
  const bearer = (description: string) => ({ type: 'http', scheme: 'bearer', description }) as const;
  app.openAPIRegistry.registerComponent('securitySchemes', 'conversationToken', bearer('Given when it was started.'));
  app.openAPIRegistry.registerComponent('securitySchemes', 'operatorToken', bearer('FRONTDESK_OPERATOR_TOKEN.'));
  return app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: 'Frontdesk', version, description: DESCRIPTION, license: { name: 'MIT' } },
    tags: [{ name: 'Conversations' }, { name: 'AI SDK' }, { name: 'Operators' }, { name: 'Server' }],
  });
}
