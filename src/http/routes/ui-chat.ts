import { z } from '@hono/zod-openapi';
import type { ReceivedMessage } from '../../conversations/answer-message.ts';
import { readStatus } from '../../conversations/conversation.ts';
import { cleanTurnEvents, messageInProgress } from '../../conversations/replay-turn.ts';
import { FrontdeskError } from '../../protocol/errors.ts';
import { eventStream } from '../event-stream.ts';
import type { Face, HttpContext } from '../face.ts';
import { checkCustomer } from '../middleware/bearer.ts';
import { type App, addRoute } from '../route.ts';
import { streamOptions } from '../stream-options.ts';
import { UI_STREAM_HEADERS, uiMessageFrames } from '../ui-message-stream.ts';
import { MESSAGE_ERRORS, takeMessage } from './messages.ts';

/** Clients send the whole conversation with every message; only the last one is read. */
const BODY_LIMIT = 1024 * 1024;
const LONGEST_ID = 190;

const UiMessage = z.looseObject({
  id: z.string().max(LONGEST_ID, `must have at most ${LONGEST_ID} characters`).optional(),
  role: z.string(),
  parts: z.array(z.looseObject({ type: z.string() })),
});

const ChatBody = z
  .looseObject({
    id: z
      .string()
      .max(LONGEST_ID, `must have at most ${LONGEST_ID} characters`)
      .openapi({ description: 'Id of the conversation.' }),
    messages: z
      .array(z.unknown())
      .min(1, 'must have a message')
      .openapi({ description: "The client's messages; only the last one is read, the history is the server's." }),
  })
  .openapi('ChatBody');

const STREAM = {
  'text/event-stream': z.string().openapi({ description: "Chunks of the AI SDK's UI message stream." }),
};

/** The conversation for clients of the AI SDK (`useChat`), versions 6 and 7. */
export function uiChatRoutes(app: App, face: Face): void {
  addRoute(
    { app, face },
    {
      method: 'post',
      path: '/api/chat',
      tag: 'AI SDK',
      access: 'anyone',
      summary: 'Send a message from an AI SDK client',
      description:
        'For `DefaultChatTransport`: the chat id is the id of a conversation, whose token goes in the header ' +
        '`Authorization: Bearer …`. The same message id is the same message, once.',
      body: ChatBody,
      bodyLimit: BODY_LIMIT,
      answers: { 200: { description: 'The reply as a UI message stream.', content: STREAM } },
      errors: ['unauthorized', 'conversation_not_found', ...MESSAGE_ERRORS],
    },
    async ({ context, address, body }) => {
      await checkCustomer(face, context, body.id);
      const message = { conversationId: body.id, address, ...readMessage(body.messages.at(-1)) };
      const received = await takeMessage({ face, context }, message);
      return replyStream({ face, context }, { conversationId: body.id, ...received });
    },
  );

  addRoute(
    { app, face },
    {
      method: 'get',
      path: '/api/chat/{id}/stream',
      tag: 'AI SDK',
      access: 'customer',
      summary: 'Resume the reply that is being made',
      description: 'Replays it from its start and goes on. 204 where nothing is being said.',
      answers: {
        200: { description: 'The reply as a UI message stream.', content: STREAM },
        204: { description: 'Nothing is being said.' },
      },
      errors: ['too_many_streams'],
    },
    async ({ context, address, id }) => {
      const message = await messageInProgress(face.desk, id);
      if (!message) return new Response(null, { status: 204 });
      const onEnd = face.streams.take(context, address);
      const { messageId, seq } = message;
      return replyStream({ face, context, onEnd }, { conversationId: id, messageId, seq });
    },
  );
}

/** The reply to a message as a UI message stream, from its start. */
function replyStream(
  { face, context, ...options }: { face: Face; context: HttpContext; onEnd?(): void },
  message: ReceivedMessage & { conversationId: string },
): Response {
  const { desk } = face;
  return eventStream(
    (signal) =>
      uiMessageFrames(cleanTurnEvents(desk, { ...message, signal }), {
        messageId: `${message.messageId}-reply`,
        readStatus: () => readStatus(desk, message.conversationId),
        signal,
      }),
    { ...streamOptions(face, context), ...options, headers: UI_STREAM_HEADERS },
  );
}

/** The client's last message; its id is the key under which it is taken once, or the one that the history gave it. */
function readMessage(message: unknown): { text: string; idempotencyKey?: string; messageId?: string } {
  const checked = UiMessage.safeParse(message);
  if (!checked.success || checked.data.role !== 'user')
    throw new FrontdeskError('invalid_request', "The last message must be the customer's, with parts.");
  const { id, parts } = checked.data;
  const strange = parts.find(({ type }) => type !== 'text');
  if (strange) throw new FrontdeskError('invalid_request', 'Only text can be sent.');
  const text = parts.map((part) => (typeof part.text === 'string' ? part.text : '')).join('\n');
  return id ? { text, idempotencyKey: `ui:${id}`, messageId: id } : { text };
}
