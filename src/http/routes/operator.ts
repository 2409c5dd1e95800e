import type { Desk } from '../../conversations/desk.ts';
import { listInbox, readAsOperator, returnToAgent, sendAsOperator } from '../../conversations/operator.ts';
import { pause, readPause, resume } from '../../conversations/pause.ts';
import { readSaved } from '../../conversations/saved.ts';
import { spentByAll } from '../../conversations/spending.ts';
import { json } from '../answers.ts';
import type { Face } from '../face.ts';
import { type App, addRoute, asJson } from '../route.ts';
import {
  AgentStateAnswer,
  ConversationAnswer,
  EmptyBody,
  InboxAnswer,
  InboxQuery,
  OperatorConversationAnswer,
  OperatorMessageBody,
  PauseBody,
} from '../schemas.ts';
import { conversationView } from '../views.ts';

const operator = { tag: 'Operators', access: 'operator' } as const;

/** What the people of the company see and do. */
export function operatorRoutes(app: App, face: Face): void {
  inboxRoutes(app, face);
  switchRoutes(app, face);
}

function inboxRoutes(app: App, face: Face): void {
  const { desk } = face;
  const route = { app, face };

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
      const { conversation, handoff } = await readAsOperator(desk, id);
      return json({ ...conversationView(conversation), agent: conversation.agent, handoff });
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

/** The agent's switch, and what it has spent. */
function switchRoutes(app: App, face: Face): void {
  const { desk } = face;
  const route = { app, face };
  const answers = { 200: { description: 'How the agent stands now.', content: asJson(AgentStateAnswer) } };

  addRoute(
    route,
    {
      ...operator,
      method: 'get',
      path: '/v1/operator/agent',
      summary: 'See whether the agent is on, and what it has spent',
      answers,
    },
    async () => json(await agentState(desk)),
  );

  addRoute(
    route,
    {
      ...operator,
      method: 'post',
      path: '/v1/operator/agent/pause',
      summary: 'Switch the agent off',
      description:
        'On every node: no further message is taken for it (`paused`), and replies that are being made end within ' +
        'seconds. Conversations with a human go on, and a person can still be asked for.',
      body: PauseBody,
      bodyOptional: true,
      answers,
    },
    async ({ body }) => {
      await pause(desk, body.reason || null);
      return json(await agentState(desk));
    },
  );

  addRoute(
    route,
    {
      ...operator,
      method: 'post',
      path: '/v1/operator/agent/resume',
      summary: 'Switch the agent on again',
      description: 'Harmless when it is on. What `FRONTDESK_PAUSED` holds off stays off.',
      body: EmptyBody,
      bodyOptional: true,
      answers,
    },
    async () => {
      await resume(desk);
      return json(await agentState(desk));
    },
  );
}

async function agentState(desk: Desk) {
  const [held, dollars, answers] = await Promise.all([readPause(desk), spentByAll(desk), readSaved(desk)]);
  return { paused: held, spent: { dollars, budget: desk.limits.spending?.budgets.day ?? null }, answers };
}
