import type { Filter } from '../../knowledge/documents.ts';
import { explainSearch } from '../../knowledge/explain.ts';
import { json } from '../answers.ts';
import type { Face } from '../face.ts';
import { type App, addRoute, asJson } from '../route.ts';
import { SearchAnswer, SearchBody } from '../search-schemas.ts';

/** A test bench for the knowledge. */
export function searchRoutes(app: App, face: Face): void {
  addRoute(
    { app, face },
    {
      tag: 'Operators',
      access: 'operator',
      method: 'post',
      path: '/v1/operator/search',
      summary: 'Search the knowledge as the agent does, and see why each passage was found',
      body: SearchBody,
      answers: { 200: { description: 'Passages, best first.', content: asJson(SearchAnswer) } },
    },
    async ({ body: { query, limit, filter } }) => {
      const narrowed: Filter = {
        ...(filter?.language === undefined ? {} : { language: filter.language }),
        ...(filter?.labels === undefined ? {} : { labels: filter.labels }),
      };
      return json(await explainSearch(face.knowledge, { query, limit, ...(filter ? { filter: narrowed } : {}) }));
    },
  );
}
