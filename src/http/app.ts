import { OpenAPIHono } from '@hono/zod-openapi';
import { createBodyRoom } from './body-room.ts';
import { watchForProxies } from './client-address.ts';
import type { Face, HttpEnv } from './face.ts';
import { errorHandler, notFoundHandler } from './middleware/errors.ts';
import { checkOrigins } from './middleware/origins.ts';
import { requestId } from './middleware/request-id.ts';
import { securityHeaders } from './middleware/security-headers.ts';
import type { App } from './route.ts';
import { actionRoutes } from './routes/actions.ts';
import { citationRoutes } from './routes/citations.ts';
import { commitmentRoutes } from './routes/commitments.ts';
import { conversationRoutes } from './routes/conversations.ts';
import { docsRoutes } from './routes/docs.ts';
import { eventRoutes } from './routes/events.ts';
import { gapRoutes } from './routes/gaps.ts';
import { identifyRoutes } from './routes/identify.ts';
import { knowledgeRoutes } from './routes/knowledge.ts';
import { messageRoutes } from './routes/messages.ts';
import { metricsRoutes } from './routes/metrics.ts';
import { operatorRoutes } from './routes/operator.ts';
import { pageRoutes } from './routes/page.ts';
import { searchRoutes } from './routes/search.ts';
import { serverRoutes } from './routes/server.ts';
import { uiChatRoutes } from './routes/ui-chat.ts';
import { createSlots } from './slots.ts';

export type { HttpSettings } from './face.ts';

/** Messages of a conversation that are being taken at once: people send one after the other. */
const MESSAGES_AT_ONCE = 8;

type AppParts = Pick<Face, 'desk' | 'turns' | 'knowledge' | 'settings'> & Partial<Pick<Face, 'upkeep' | 'metrics'>>;

/** The HTTP face of a desk. Every answer, also to nonsense, is a documented one; nothing it throws gets out. */
export function createApp(parts: AppParts): App {
  // A stream may have ended half a minute later; another tab must be closed for it.
  const streams = { most: parts.settings.streamsPerAddress, code: 'too_many_streams', retryAfter: 30 } as const;
  const messages = { most: MESSAGES_AT_ONCE, code: 'too_many_messages', retryAfter: 1 } as const;
  const face: Face = {
    upkeep: null,
    metrics: null,
    ...parts,
    streams: createSlots(streams),
    messages: createSlots(messages),
    bodies: createBodyRoom(),
  };
  const app: App = new OpenAPIHono<HttpEnv>();
  app.onError(errorHandler(face.desk));
  app.notFound(notFoundHandler(app));
  app.use(requestId, securityHeaders, checkOrigins(face.settings.origins), watchForProxies(face));
  conversationRoutes(app, face);
  identifyRoutes(app, face);
  messageRoutes(app, face);
  actionRoutes(app, face);
  citationRoutes(app, face);
  eventRoutes(app, face);
  uiChatRoutes(app, face);
  operatorRoutes(app, face);
  knowledgeRoutes(app, face);
  gapRoutes(app, face);
  commitmentRoutes(app, face);
  searchRoutes(app, face);
  serverRoutes(app, face);
  metricsRoutes(app, face);
  docsRoutes(app, face);
  pageRoutes(app, face);
  return app;
}
