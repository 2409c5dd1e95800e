import { listCommitments } from '../../conversations/commitments.ts';
import { json } from '../answers.ts';
import { CommitmentsAnswer, CommitmentsQuery } from '../commitment-schemas.ts';
import type { Face } from '../face.ts';
import { type App, addRoute, asJson } from '../route.ts';

/** What the agent has committed the company to, and what allowed it. */
export function commitmentRoutes(app: App, face: Face): void {
  addRoute(
    { app, face },
    {
      tag: 'Operators',
      access: 'operator',
      method: 'get',
      path: '/v1/operator/commitments',
      summary: 'List what replies have committed the company to, each with its evidence, newest first',
      query: CommitmentsQuery,
      answers: { 200: { description: 'One page.', content: asJson(CommitmentsAnswer) } },
      errors: ['conversation_not_found'],
    },
    async ({ query }) => {
      const { commitments, next } = await listCommitments(face.desk, query);
      return json({ commitments, next: next && `${next.at}_${next.seq}_${next.conversationId}` });
    },
  );
}
