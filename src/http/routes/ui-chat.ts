import { z } from '@hono/zod-openapi';
import { answerMessage, turnEvents } from '../../conversations/answer-message.ts';
import { replayTurn } from '../../conversations/replay-turn.ts';
import { FrontdeskError } from '../../protocol/errors.ts';
import { eventStream } from '../event-stream.ts';
import type { Face } from '../face.ts';
import { checkCustomer } from '../middleware/bearer.ts';
import { type App, addRoute } from '../route.ts';
import { streamOptions } from '../stream-options.ts';
import { UI_STREAM_HEADERS, uiMessageFrames } from '../ui-message-stream.ts';
import { MESSAGE_ERRORS } from './messages.ts';

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
      const { text, idempotencyKey } = readMessage(body.messages.at(-1));
      const received = await answerMessage(face, { conversationId: body.id, text, idempotencyKey, address });
      const message = { conversationId: body.id, ...received };
      return eventStream(
        (signal) =>
          uiMessageFrames(turnEvents(face.desk, { ...message, signal }), { messageId: `${message.messageId}-reply` }),
        { ...streamOptions(face, context), headers: UI_STREAM_HEADERS },
      );
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
      const onEnd = face.slots.take(context, address);
      const gone = new AbortController();
      const events = await replayTurn(face.desk, { conversationId: id, signal: gone.signal });
      if (!events) {
        onEnd();
        return new Response(null, { status: 204 });
      }
      return eventStream(
        (signal) => {
          signal.addEventListener('abort', () => gone.abort(), { once: true });
          return uiMessageFrames(events, { messageId: `${id}-reply` });
        },
        { ...streamOptions(face, context), headers: UI_STREAM_HEADERS, onEnd },
      );
    },
  );
}

/** The text of the client's last message, and its id as the key under which it is taken once. */
function readMessage(message: unknown): { text: string; idempotencyKey?: string } {
  const checked = UiMessage.safeParse(message);
  if (!checked.success || checked.data.role !== 'user')
    throw new FrontdeskError('invalid_request', "The last message must be the customer's, with parts.");
  const { id, parts } = checked.data;
  const strange = parts.find(({ type }) => type !== 'text');
  if (strange) throw new FrontdeskError('invalid_request', 'Only text can be sent.');
  const text = parts.map((part) => (typeof part.text === 'string' ? part.text : '')).join('\n');
  return id ? { text, idempotencyKey: `ui:${id}` } : { text };
}
