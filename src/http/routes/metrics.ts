import { z } from '@hono/zod-openapi';
import type { Face } from '../face.ts';
import { type App, addRoute } from '../route.ts';

/** How the server does, for a monitoring system. */
export function metricsRoutes(app: App, face: Face): void {
  const { metrics } = face;
  if (!metrics) return;
  addRoute(
    { app, face },
    {
      ...{ method: 'get', path: '/metrics', tag: 'Server', access: 'operator' },
      summary: 'Metrics of this process',
      description: "For Prometheus and what reads its text format. Counts by code; nothing of a customer's is in them.",
      answers: { 200: { description: 'Metrics.', content: { 'text/plain': z.string() } } },
    },
    async () => {
      const { contentType, text } = await metrics();
      return new Response(text, { headers: { 'content-type': contentType } });
    },
  );
}
