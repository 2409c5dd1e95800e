import { FrontdeskError } from '../../protocol/errors.ts';
import { json } from '../answers.ts';
import type { Face } from '../face.ts';
import { type App, addRoute, asJson } from '../route.ts';
import { AgentAnswer, HealthAnswer, ReadyAnswer } from '../schemas.ts';
import { storeAnswers } from '../store-answers.ts';

/** Who answers here, and whether the server can. */
export function serverRoutes(app: App, face: Face): void {
  const { desk, settings } = face;
  const route = { app, face };
  const server = { method: 'get', tag: 'Server', access: 'anyone' } as const;

  addRoute(
    route,
    {
      ...server,
      path: '/v1/agent',
      summary: 'Who answers here',
      answers: { 200: { description: 'The default agent.', content: asJson(AgentAnswer) } },
    },
    () => {
      const { id, name, company, modelId, contact } = desk.defaultAgent;
      return json({ id, name, company, offline: desk.offline, model: modelId, contact });
    },
  );

  addRoute(
    route,
    {
      ...server,
      path: '/healthz',
      summary: 'Whether the process lives',
      answers: { 200: { description: 'It does.', content: asJson(HealthAnswer) } },
    },
    () => json({ status: 'ok', version: settings.version }),
  );

  addRoute(
    route,
    {
      ...server,
      path: '/readyz',
      summary: 'Whether the server can take requests',
      answers: { 200: { description: 'It can.', content: asJson(ReadyAnswer) } },
      errors: ['unavailable'],
    },
    async () => {
      const ready = !settings.closing?.aborted && (await storeAnswers(desk));
      if (!ready) throw new FrontdeskError('unavailable');
      return json({ status: 'ready' });
    },
  );
}
