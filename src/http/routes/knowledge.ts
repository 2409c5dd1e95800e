import type { KnowledgeUpkeep } from '../../knowledge/upkeep.ts';
import { FrontdeskError } from '../../protocol/errors.ts';
import { json } from '../answers.ts';
import type { Face } from '../face.ts';
import {
  DOCUMENT_ID,
  DocumentBody,
  DocumentQuery,
  ItemsAnswer,
  ItemsQuery,
  KnowledgeAnswer,
  PutAnswer,
  positionOf,
  SyncAnswer,
} from '../knowledge-schemas.ts';
import { type App, addRoute, asJson } from '../route.ts';
import { EmptyBody } from '../schemas.ts';

/** Bytes of a document that is sent. */
const LARGEST_DOCUMENT = 20 * 1024 * 1024;
const TYPES = [
  'text/markdown',
  'text/html',
  'text/plain',
  'text/csv',
  'text/tab-separated-values',
  'application/pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
] as const;

const operator = { tag: 'Knowledge', access: 'operator' } as const;

/** What operators do with what the agent knows. */
export function knowledgeRoutes(app: App, face: Face): void {
  stateRoutes(app, face);
  documentRoutes(app, face);
}

function stateRoutes(app: App, face: Face): void {
  const route = { app, face };

  addRoute(
    route,
    {
      ...operator,
      method: 'get',
      path: '/v1/operator/knowledge',
      summary: 'See what the agent knows',
      answers: { 200: { description: 'Sources, sizes and the last look.', content: asJson(KnowledgeAnswer) } },
      errors: ['not_found'],
    },
    async () => json({ agent: face.desk.defaultAgent.id, ...(await upkeepOf(face).state()) }),
  );

  addRoute(
    route,
    {
      ...operator,
      method: 'post',
      path: '/v1/operator/knowledge/sync',
      summary: 'Look at all sources now',
      description:
        'The folder of the agent, its sites and what was added. Answers at once; the state says how it ends.',
      body: EmptyBody,
      bodyOptional: true,
      answers: { 202: { description: 'It has begun, or runs already.', content: asJson(SyncAnswer) } },
      errors: ['not_found'],
    },
    () => {
      upkeepOf(face).sync();
      return json({ running: true }, 202);
    },
  );

  addRoute(
    route,
    {
      ...operator,
      method: 'get',
      path: '/v1/operator/knowledge/documents',
      summary: 'List files, pages and documents, and which of them cannot be read',
      query: ItemsQuery,
      answers: { 200: { description: 'One page.', content: asJson(ItemsAnswer) } },
      errors: ['not_found'],
    },
    async ({ query: { after, limit } }) => {
      const items = await upkeepOf(face).items({ after, limit });
      const last = items.length < limit ? undefined : items.at(-1);
      return json({
        items: items.map(({ source, key, documents, problem, checkedAt }) => {
          return { source, key, documents, problem, checkedAt };
        }),
        next: last ? positionOf(last) : null,
      });
    },
  );
}

function documentRoutes(app: App, face: Face): void {
  const route = { app, face };
  const path = '/v1/operator/knowledge/documents/{id}';

  addRoute(
    route,
    {
      ...operator,
      method: 'put',
      path,
      summary: 'Send a document',
      description:
        'It takes the place of the one that was sent with this id, whole, and is found within a second on every server. ' +
        'Beside bytes, `title`, `url` and `language` stand in the query.',
      body: DocumentBody,
      uploads: TYPES,
      query: DocumentQuery,
      bodyLimit: LARGEST_DOCUMENT,
      answers: { 200: { description: 'It is known.', content: asJson(PutAnswer) } },
      errors: ['not_found', 'unreadable_document'],
    },
    async ({ id, query, body, upload }) => {
      checkId(id);
      const document = upload ? { id, ...query, ...upload } : { id, ...query, ...withMarkdown(body) };
      const result = await upkeepOf(face).put(document);
      if ('problem' in result) throw new FrontdeskError('unreadable_document', result.problem.message);
      return json({ changed: result.changed });
    },
  );

  addRoute(
    route,
    {
      ...operator,
      method: 'delete',
      path,
      summary: 'Remove a document that was sent',
      answers: { 204: { description: 'It is gone.' } },
      errors: ['not_found', 'document_not_found'],
    },
    async ({ id }) => {
      checkId(id);
      if (!(await upkeepOf(face).remove(id))) throw new FrontdeskError('document_not_found');
      return new Response(null, { status: 204 });
    },
  );
}

function withMarkdown({ text, ...facts }: { text: string }): { markdown: string } {
  return { ...facts, markdown: text };
}

function checkId(id: string): void {
  if (!DOCUMENT_ID.test(id)) {
    throw new FrontdeskError(
      'invalid_request',
      '"id" must have 1 to 200 characters, none of them a control character.',
    );
  }
}

/** Only a server that opened its knowledge has it. */
function upkeepOf({ upkeep }: Face): KnowledgeUpkeep {
  if (!upkeep) throw new FrontdeskError('not_found');
  return upkeep;
}
