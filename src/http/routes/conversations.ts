import {
  cancelTurn,
  closeConversation,
  rateConversation,
  readConversation,
  readStatus,
  startConversation,
} from '../../conversations/conversation.ts';
import { requestHandoff } from '../../conversations/handoff.ts';
import { json } from '../answers.ts';
import type { Face } from '../face.ts';
import { type App, addRoute, asJson } from '../route.ts';
import {
  CancelAnswer,
  ConversationAnswer,
  EmptyBody,
  HandoffBody,
  RatingBody,
  StartAnswer,
  StartBody,
  StatusAnswer,
} from '../schemas.ts';
import { conversationView } from '../views.ts';

const REASON = 'The customer asked for a person.';

const customer = { method: 'post', tag: 'Conversations', access: 'customer', bodyOptional: true } as const;

/** A conversation's life: started, read, stopped, handed over, rated, closed. */
export function conversationRoutes(app: App, face: Face): void {
  talkRoutes(app, face);
  outcomeRoutes(app, face);
}

function talkRoutes(app: App, face: Face): void {
  const { desk } = face;
  const route = { app, face };

  addRoute(
    route,
    {
      ...customer,
      path: '/v1/conversations',
      access: 'anyone',
      summary: 'Start a conversation',
      description: "The agent's greeting, which says that it is an AI, is its first message.",
      body: StartBody,
      answers: { 201: { description: 'The conversation, its token and its visitor.', content: asJson(StartAnswer) } },
      errors: [
        ...(['agent_not_found', 'too_many_conversations'] as const),
        ...(['invalid_customer_token', 'identity_disabled', 'unavailable'] as const),
      ],
    },
    async ({ address, body }) => json(await startConversation(desk, { ...body, address }), 201),
  );

  addRoute(
    route,
    {
      ...customer,
      method: 'get',
      path: '/v1/conversations/{id}',
      summary: 'Read a conversation',
      answers: { 200: { description: 'What was said so far.', content: asJson(ConversationAnswer) } },
    },
    async ({ id }) => json(conversationView(await readConversation(desk, id))),
  );

  addRoute(
    route,
    {
      ...customer,
      path: '/v1/conversations/{id}/cancel',
      summary: 'Stop the reply that is being made',
      body: EmptyBody,
      answers: { 200: { description: 'Whether there was one.', content: asJson(CancelAnswer) } },
      errors: ['too_many_messages'],
    },
    async ({ id }) => json({ cancelled: await cancelTurn(desk, id) }),
  );
}

function outcomeRoutes(app: App, face: Face): void {
  const { desk } = face;
  const route = { app, face };

  addRoute(
    route,
    {
      ...customer,
      path: '/v1/conversations/{id}/handoff',
      summary: 'Ask for a person',
      description: 'Harmless when a person was asked for already.',
      body: HandoffBody,
      answers: { 200: { description: 'Where the conversation stands now.', content: asJson(StatusAnswer) } },
      errors: ['conversation_closed'],
    },
    async ({ id, body }) => {
      await requestHandoff(desk, id, body.reason || REASON);
      return json({ status: await readStatus(desk, id) });
    },
  );

  addRoute(
    route,
    {
      ...customer,
      path: '/v1/conversations/{id}/rating',
      summary: 'Rate the conversation',
      description: 'A further rating counts instead of the earlier one.',
      body: RatingBody,
      bodyOptional: false,
      answers: { 204: { description: 'Taken.' } },
      errors: ['too_many_messages'],
    },
    async ({ id, body }) => {
      await rateConversation(desk, id, { score: body.score, comment: body.comment || null });
      return new Response(null, { status: 204 });
    },
  );

  addRoute(
    route,
    {
      ...customer,
      path: '/v1/conversations/{id}/close',
      summary: 'End the conversation for good',
      body: EmptyBody,
      answers: { 200: { description: 'Closed; harmless when it was.', content: asJson(StatusAnswer) } },
    },
    async ({ id }) => {
      await closeConversation(desk, id);
      return json({ status: 'closed' });
    },
  );
}
