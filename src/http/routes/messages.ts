import { z } from '@hono/zod-openapi';
import { answerMessage, type ReceivedMessage, turnEvents } from '../../conversations/answer-message.ts';
import { readConversation } from '../../conversations/conversation.ts';
import { type ErrorCode, FrontdeskError } from '../../protocol/errors.ts';
import { json } from '../answers.ts';
import { checkInput } from '../check-input.ts';
import { eventStream, wantsEvents } from '../event-stream.ts';
import type { Face, HttpContext } from '../face.ts';
import { type App, addRoute } from '../route.ts';
import { EventAnswer, idempotencyKey, MessageBody, ReplyAnswer } from '../schemas.ts';
import { eventFrames, streamOptions } from '../stream-options.ts';
import { citationView } from '../views.ts';

/** Milliseconds that a request waits for a reply; longer than a turn takes, unless others wait before it. */
const LONGEST_WAIT_MS = 150_000;

/** Why a message is not taken. */
export const MESSAGE_ERRORS: ErrorCode[] = [
  'empty_message',
  'message_too_long',
  'conversation_closed',
  'idempotency_key_reused',
  'too_many_messages',
  'budget_spent',
  'paused',
];

const Headers = z.object({ 'Idempotency-Key': idempotencyKey.optional() });

/** A customer's message and the reply to it, whole or as it comes. */
export function messageRoutes(app: App, face: Face): void {
  addRoute(
    { app, face },
    {
      method: 'post',
      path: '/v1/conversations/{id}/messages',
      tag: 'Conversations',
      access: 'customer',
      summary: 'Send a message',
      description:
        'Waits for the reply, or streams the events of its turn where `Accept` asks for `text/event-stream`. ' +
        'The reply is made and kept even when the client goes away.',
      headers: Headers,
      body: MessageBody,
      answers: {
        200: {
          description: 'The reply.',
          content: { 'application/json': ReplyAnswer, 'text/event-stream': EventAnswer },
        },
      },
      errors: MESSAGE_ERRORS,
    },
    async ({ context, address, id, body }) => {
      const key = keyOf(context, body.idempotencyKey);
      const own = { conversationId: id, text: body.text, address };
      const received = await takeMessage({ face, context }, { ...own, idempotencyKey: key });
      const message = { conversationId: id, ...received };
      if (!wantsEvents(context.req.header('Accept'))) return wholeReply(face, message, context.req.raw.signal);
      return eventStream(
        (signal) => eventFrames(turnEvents(face.desk, { ...message, signal })),
        streamOptions(face, context),
      );
    },
  );
}

/** Takes a message, but of one conversation not many at once: a flood ends here, before it is looked up. */
export async function takeMessage(
  { face, context }: { face: Face; context: HttpContext },
  message: Parameters<typeof answerMessage>[1],
): Promise<ReceivedMessage> {
  const counted = face.desk.limits.rates === null ? undefined : message.conversationId;
  const release = face.messages.take(context, counted);
  try {
    return await answerMessage(face, message);
  } finally {
    release();
  }
}

/** The key from the body or the header; both may be sent when they say the same. */
function keyOf(context: HttpContext, fromBody: string | undefined): string | undefined {
  const { 'Idempotency-Key': fromHeader } = checkInput(Headers, {
    'Idempotency-Key': context.req.header('Idempotency-Key'),
  });
  if (fromBody !== undefined && fromHeader !== undefined && fromBody !== fromHeader) {
    throw new FrontdeskError('invalid_request', 'The header "Idempotency-Key" and "idempotencyKey" differ.');
  }
  return fromBody ?? fromHeader;
}

/** Throws `unavailable` where the reply does not come, as on a shutdown: the message is kept. */
async function wholeReply(face: Face, message: Waiting, clientGone: AbortSignal): Promise<Response> {
  const reply = await replyTo(face, message, clientGone);
  if (!reply) throw new FrontdeskError('unavailable');
  return json(reply);
}

/** The message, or the decision, whose turn is waited for. */
type Waiting = ReceivedMessage & { conversationId: string };

/** Waits for the turn's end: its reply, where none comes `message: null`. Null where the server or the client gave up. */
export async function replyTo({ desk, settings }: Face, message: Waiting, clientGone: AbortSignal) {
  const stops = [clientGone, AbortSignal.timeout(LONGEST_WAIT_MS), ...(settings.closing ? [settings.closing] : [])];
  const signal = AbortSignal.any(stops);
  let replyId: string | null = null;
  for await (const event of turnEvents(desk, { ...message, signal })) {
    if (event.type === 'turn.ended') replyId = event.messageId;
  }
  if (replyId === null && signal.aborted) return null;
  const { status, route, messages, actions } = await readConversation(desk, message.conversationId);
  const conversation = { status, route };
  if (replyId === null) return { message: null, conversation, actions };
  // A reply that was stopped before its first word has none.
  const { text = '', citations = [] } = messages.find(({ id }) => id === replyId) ?? {};
  const reply = { id: replyId, role: 'agent', text, citations: citations.map(citationView) };
  return { message: reply, conversation, actions };
}
