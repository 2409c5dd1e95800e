import { readConversation } from '../../conversations/conversation.ts';
import { listInbox, returnToAgent, sendAsOperator } from '../../conversations/operator.ts';
import { json } from '../answers.ts';
import type { Face } from '../face.ts';
import { type App, addRoute, asJson } from '../route.ts';
import {
  ConversationAnswer,
  EmptyBody,
  InboxAnswer,
  InboxQuery,
  OperatorConversationAnswer,
  OperatorMessageBody,
} from '../schemas.ts';
import { conversationView, handoffView } from '../views.ts';

/** What the people of the company see and do. */
export function operatorRoutes(app: App, face: Face): void {
  const { desk } = face;
  const route = { app, face };
  const operator = { tag: 'Operators', access: 'operator' } as const;

  addRoute(
    route,
    {
      ...operator,
      method: 'get',
      path: '/v1/operator/conversations',
      summary: 'List conversations, newest activity first',
      query: InboxQuery,
      answers: { 200: { description: 'One page.', content: asJson(InboxAnswer) } },
    },
    async ({ query }) => {
      const { conversations, next } = await listInbox(desk, query);
      return json({ conversations, next: next && `${next.updatedAt}_${next.id}` });
    },
  );

  addRoute(
    route,
    {
      ...operator,
      method: 'get',
      path: '/v1/operator/conversations/{id}',
      summary: 'Read a conversation and why a person was asked for',
      answers: {
        200: { description: 'Messages and the newest handoff.', content: asJson(OperatorConversationAnswer) },
      },
      errors: ['conversation_not_found'],
    },
    async ({ id }) => {
      const conversation = await readConversation(desk, id);
      return json({ ...conversationView(conversation), agent: conversation.agent, handoff: handoffView(conversation) });
    },
  );

  addRoute(
    route,
    {
      ...operator,
      method: 'post',
      path: '/v1/operator/conversations/{id}/messages',
      summary: 'Write to the customer',
      description: 'Takes the conversation over: a running reply stops, and the agent is silent until it is returned.',
      body: OperatorMessageBody,
      answers: { 200: { description: 'The conversation with the message.', content: asJson(ConversationAnswer) } },
      errors: ['conversation_not_found', 'conversation_closed', 'empty_message', 'message_too_long'],
    },
    async ({ id, body }) => json(conversationView(await sendAsOperator(desk, id, body.text))),
  );

  addRoute(
    route,
    {
      ...operator,
      method: 'post',
      path: '/v1/operator/conversations/{id}/return',
      summary: 'Give the conversation back to the agent',
      description: 'The agent knows what was said meanwhile. Harmless when it has the conversation.',
      body: EmptyBody,
      bodyOptional: true,
      answers: { 200: { description: 'The conversation.', content: asJson(ConversationAnswer) } },
      errors: ['conversation_not_found', 'conversation_closed'],
    },
    async ({ id }) => json(conversationView(await returnToAgent(desk, id))),
  );
}
