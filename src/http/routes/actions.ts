import { turnEvents } from '../../conversations/answer-message.ts';
import { readConversation } from '../../conversations/conversation.ts';
import { decideAction, listWaitingActions } from '../../conversations/decide-action.ts';
import type { ErrorCode } from '../../protocol/errors.ts';
import { json } from '../answers.ts';
import { eventStream, wantsEvents } from '../event-stream.ts';
import type { Face } from '../face.ts';
import { type App, addRoute, asJson } from '../route.ts';
import {
  ActionAnswer,
  DecisionAnswer,
  DecisionBody,
  EventAnswer,
  WaitingActionsAnswer,
  WaitingActionsQuery,
} from '../schemas.ts';
import { eventFrames, streamOptions } from '../stream-options.ts';
import { replyTo } from './messages.ts';

/** Why a decision is not taken. */
export const DECISION_ERRORS: ErrorCode[] = [
  'action_not_found',
  'action_changed',
  'action_not_yours',
  'action_decided',
  'action_expired',
  'conversation_closed',
];

/** Decisions on what the agent has proposed: the customer's and the operators'. */
export function actionRoutes(app: App, face: Face): void {
  customerRoute(app, face);
  operatorRoutes(app, face);
}

function customerRoute(app: App, face: Face): void {
  addRoute(
    { app, face },
    {
      method: 'post',
      path: '/v1/conversations/{id}/actions/{actionId}',
      tag: 'Conversations',
      access: 'customer',
      summary: 'Confirm or decline what the agent has proposed',
      description:
        'Counts once, and for exactly what the hash stands for. Waits for the reply that tells what came of it, or ' +
        'streams the events from the decision on where `Accept` asks for `text/event-stream`. A confirmed action is ' +
        'done even when the client goes away.',
      body: DecisionBody,
      answers: {
        200: {
          description: 'The action, and the reply; `message` is null where none has come.',
          content: { 'application/json': DecisionAnswer, 'text/event-stream': EventAnswer },
        },
      },
      errors: [...DECISION_ERRORS, 'sign_in_required', 'paused'],
    },
    async ({ context, id, body }) => {
      const actionId = context.req.param('actionId') ?? '';
      const { action, seq } = await decideAction(face, { conversationId: id, actionId, ...body, by: 'customer' });
      const decision = { conversationId: id, messageId: actionId, seq };
      if (wantsEvents(context.req.header('Accept'))) {
        const events = (signal: AbortSignal) => eventFrames(turnEvents(face.desk, { ...decision, signal }));
        return eventStream(events, streamOptions(face, context));
      }
      // It is decided, whether or not the reply comes in time.
      const reply = (await replyTo(face, decision, context.req.raw.signal)) ?? (await withoutReply(face, id));
      return json({ ...reply, action: reply.actions.find((one) => one.id === actionId) ?? action });
    },
  );
}

async function withoutReply({ desk }: Face, conversationId: string) {
  const { status, actions } = await readConversation(desk, conversationId);
  return { message: null, conversation: { status }, actions };
}

function operatorRoutes(app: App, face: Face): void {
  const { desk } = face;
  const route = { app, face };
  const operator = { tag: 'Operators', access: 'operator' } as const;

  addRoute(
    route,
    {
      ...operator,
      method: 'get',
      path: '/v1/operator/actions',
      summary: 'List what waits for an operator to approve it, oldest first',
      query: WaitingActionsQuery,
      answers: { 200: { description: 'One page.', content: asJson(WaitingActionsAnswer) } },
    },
    async ({ query }) => json(await listWaitingActions(desk, query)),
  );

  addRoute(
    route,
    {
      ...operator,
      method: 'post',
      path: '/v1/operator/conversations/{id}/actions/{actionId}',
      summary: 'Approve or decline what the agent has proposed',
      description: 'Counts once, and for exactly what the hash stands for. The customer is told by the agent.',
      body: DecisionBody,
      answers: { 200: { description: 'The action; what was confirmed is being done.', content: asJson(ActionAnswer) } },
      errors: ['conversation_not_found', ...DECISION_ERRORS],
    },
    async ({ context, id, body }) => {
      const actionId = context.req.param('actionId') ?? '';
      const { action } = await decideAction(face, { conversationId: id, actionId, ...body, by: 'operator' });
      return json({ action });
    },
  );
}
