import { readCitedPassage } from '../../conversations/cited-passage.ts';
import { FrontdeskError } from '../../protocol/errors.ts';
import { json } from '../answers.ts';
import type { Face, HttpContext } from '../face.ts';
import { type App, addRoute, asJson, type RouteSpec } from '../route.ts';
import { CitedPassageAnswer } from '../schemas.ts';

const PATH = '{id}/messages/{messageId}/citations/{number}';

const spec = {
  method: 'get',
  summary: 'Read a cited passage',
  description:
    'The text around the quote, as the model was shown it. A passage is named by the reply that cites it and its number ' +
    'there, so that only what was cited in this conversation can be read.',
  answers: { 200: { description: 'The passage.', content: asJson(CitedPassageAnswer) } },
  errors: ['citation_not_found', 'conversation_not_found'],
} as const satisfies Partial<RouteSpec<never, never>>;

/** What replies rest on, for the customer and for the people of the company. */
export function citationRoutes(app: App, face: Face): void {
  const route = { app, face };
  const handle = async ({ context, id }: { context: HttpContext; id: string }) =>
    json(await readCitedPassage(face.desk, id, wantedOf(context)));
  addRoute(
    route,
    { ...spec, errors: [...spec.errors], path: `/v1/conversations/${PATH}`, tag: 'Conversations', access: 'customer' },
    handle,
  );
  addRoute(
    route,
    {
      ...spec,
      errors: [...spec.errors],
      path: `/v1/operator/conversations/${PATH}`,
      tag: 'Operators',
      access: 'operator',
    },
    handle,
  );
}

function wantedOf({ req }: HttpContext): { messageId: string; number: number } {
  const number = req.param('number') ?? '';
  if (!/^[1-9]\d{0,5}$/.test(number)) throw new FrontdeskError('citation_not_found');
  return { messageId: req.param('messageId') ?? '', number: Number(number) };
}
