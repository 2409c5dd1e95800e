import { forgetAnswers } from '../../conversations/answered-once.ts';
import { listGaps } from '../../conversations/note-gap.ts';
import { json } from '../answers.ts';
import type { Face } from '../face.ts';
import { type App, addRoute, asJson } from '../route.ts';
import { ErasedAnswer, GapsAnswer, GapsQuery } from '../search-schemas.ts';

/** What customers asked and the knowledge does not answer; what was answered once and is kept. */
export function gapRoutes(app: App, face: Face): void {
  const { desk } = face;
  const route = { app, face };
  const operator = { tag: 'Operators', access: 'operator' } as const;

  addRoute(
    route,
    {
      ...operator,
      method: 'get',
      path: '/v1/operator/gaps',
      summary: 'List questions for which the knowledge has no good passage, those asked most first',
      query: GapsQuery,
      answers: { 200: { description: 'One page.', content: asJson(GapsAnswer) } },
    },
    async ({ query }) => {
      const { gaps, next } = await listGaps(desk, query);
      const rows = gaps.map(({ wording: _wording, ...row }) => row);
      return json({ gaps: rows, next: next && `${next.count}_${next.id}` });
    },
  );

  addRoute(
    route,
    {
      ...operator,
      method: 'delete',
      path: '/v1/operator/gaps/{id}',
      summary: 'Take a gap off the list',
      description: 'It comes back when it is asked again and still has no good passage. Harmless when it is gone.',
      answers: { 204: { description: 'It is gone.' } },
    },
    async ({ id }) => {
      await desk.store.gaps.erase(id);
      return new Response(null, { status: 204 });
    },
  );

  addRoute(
    route,
    {
      ...operator,
      method: 'delete',
      path: '/v1/operator/answers',
      summary: 'Forget the answers that are kept to be given again',
      description: 'Each question is put to the model anew. What was said in conversations stays.',
      answers: { 200: { description: 'How many there were.', content: asJson(ErasedAnswer) } },
    },
    async () => json({ erased: await forgetAnswers(desk) }),
  );
}
