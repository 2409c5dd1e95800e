import { z } from '@hono/zod-openapi';
import type { ReceivedMessage } from '../../conversations/answer-message.ts';
import { readStatus } from '../../conversations/conversation.ts';
import { actionView, decideAction } from '../../conversations/decide-action.ts';
import { cleanTurnEvents, withoutWithdrawn } from '../../conversations/replay-turn.ts';
import { type ReplyThread, saidInProgress, threadEvents } from '../../conversations/reply-thread.ts';
import { FrontdeskError } from '../../protocol/errors.ts';
import { json } from '../answers.ts';
import { eventStream } from '../event-stream.ts';
import type { Face, HttpContext } from '../face.ts';
import { checkCustomer } from '../middleware/bearer.ts';
import { type App, addRoute, asJson } from '../route.ts';
import { UiHistoryAnswer } from '../schemas.ts';
import { streamOptions } from '../stream-options.ts';
import { uiHistory } from '../ui-history.ts';
import type { AnsweredAction } from '../ui-message.ts';
import { UI_STREAM_HEADERS, uiMessageFrames } from '../ui-message-stream.ts';
import { DECISION_ERRORS } from './actions.ts';
import { MESSAGE_ERRORS, takeMessage } from './messages.ts';

/** Clients send the whole conversation with every message; only the last one is read. */
const BODY_LIMIT = 1024 * 1024;
const LONGEST_ID = 190;

/** Answers of one message that are read. */
const MOST_ANSWERS = 16;

const UiMessage = z.looseObject({
  id: z.string().max(LONGEST_ID, `must have at most ${LONGEST_ID} characters`).optional(),
  role: z.string(),
  parts: z.array(z.looseObject({ type: z.string() })),
});

/** A tool's part whose approval the customer has answered. */
const AnsweredPart = z.looseObject({
  state: z.literal('approval-responded'),
  toolCallId: z.string(),
  approval: z.looseObject({ id: z.string(), approved: z.boolean() }),
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
      .openapi({ description: "The client's messages; only one of them is read, the history is the server's." }),
    messageId: z
      .unknown()
      .optional()
      .openapi({ description: 'Id of the message whose approvals were answered, where it is not the last one.' }),
  })
  .openapi('ChatBody');

const STREAM = {
  'text/event-stream': z.string().openapi({ description: "Chunks of the AI SDK's UI message stream." }),
};

/** The conversation for clients of the AI SDK (`useChat`), versions 6 and 7. */
export function uiChatRoutes(app: App, face: Face): void {
  sendingRoute(app, face);
  readingRoutes(app, face);
}

function sendingRoute(app: App, face: Face): void {
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
        '`Authorization: Bearer …`. The same message id is the same message, once. A message of the assistant is sent ' +
        'for its answered approvals, which are decisions: the reply goes on in it.',
      body: ChatBody,
      bodyLimit: BODY_LIMIT,
      answers: { 200: { description: 'The reply as a UI message stream.', content: STREAM } },
      errors: [
        'unauthorized',
        'conversation_not_found',
        'sign_in_required',
        ...new Set([...MESSAGE_ERRORS, ...DECISION_ERRORS]),
      ],
    },
    async ({ context, address, body }) => {
      await checkCustomer(face, context, body.id);
      const conversationId = body.id;
      const answers = readAnswers(body);
      if (answers) return decide({ face, context }, { conversationId, ...answers });
      const message = { conversationId, address, ...readMessage(body.messages.at(-1)) };
      const received = await takeMessage({ face, context }, message);
      return replyStream({ face, context }, { conversationId, message: received });
    },
  );
}

function readingRoutes(app: App, face: Face): void {
  const { desk } = face;
  addRoute(
    { app, face },
    {
      method: 'get',
      path: '/api/chat/{id}',
      tag: 'AI SDK',
      access: 'customer',
      summary: 'Read a conversation as messages of the AI SDK',
      description: 'What `useChat` takes as `messages`: as a client holds them that was there all the time.',
      answers: { 200: { description: 'What was said so far.', content: asJson(UiHistoryAnswer) } },
    },
    async ({ id }) => {
      const events = await desk.store.log.events(id);
      const clean = await Array.fromAsync(withoutWithdrawn(events, events));
      return json({ id, status: await readStatus(desk, id), messages: uiHistory(clean) });
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
      const said = await saidInProgress(desk, id);
      if (!said) return new Response(null, { status: 204 });
      const onEnd = face.streams.take(context, address);
      return replyStream({ face, context, onEnd }, { conversationId: id, ...said });
    },
  );
}

type Said =
  | { message: ReceivedMessage }
  /** `messageId`: of the client's message that goes on, or begins. */
  | { thread: ReplyThread & { messageId: string }; answered?: readonly AnsweredAction[] };

/** A reply as a UI message stream: to a message from its start, or a thread from where it is read. */
function replyStream(
  { face, context, ...options }: { face: Face; context: HttpContext; onEnd?(): void },
  { conversationId, ...said }: Said & { conversationId: string },
): Response {
  const { desk } = face;
  return eventStream(
    (signal) => {
      const isThread = 'thread' in said;
      const events = isThread
        ? threadEvents(desk, { ...said.thread, conversationId, signal })
        : cleanTurnEvents(desk, { ...said.message, conversationId, signal });
      return uiMessageFrames(events, {
        messageId: isThread ? said.thread.messageId : `${said.message.messageId}-reply`,
        ...(isThread && said.answered ? { answered: said.answered } : {}),
        readStatus: () => readStatus(desk, conversationId),
        signal,
      });
    },
    { ...streamOptions(face, context), ...options, headers: UI_STREAM_HEADERS },
  );
}

type Answers = { messageId: string; answers: { actionId: string; callId: string; approved: boolean }[] };

/** The approvals that the customer has answered; null where the client sends something else. */
function readAnswers(body: z.output<typeof ChatBody>): Answers | null {
  const read = (message: unknown) => UiMessage.safeParse(message).data;
  const named = body.messages
    .map(read)
    .findLast((message) => message?.id !== undefined && message.id === body.messageId);
  const message = named?.role === 'assistant' ? named : read(body.messages.at(-1));
  if (message?.role !== 'assistant') return null;
  const parts = message.parts.flatMap((part) => AnsweredPart.safeParse(part).data ?? []);
  if (parts.length === 0 || parts.length > MOST_ANSWERS) return null;
  const all = parts.map(({ approval, toolCallId }) => ({
    actionId: approval.id,
    callId: toolCallId,
    approved: approval.approved,
  }));
  // A second answer to the same question would be told as a refusal of what the first has done.
  const answers = [...new Map(all.toReversed().map((answer) => [answer.actionId, answer])).values()].reverse();
  return { messageId: message.id ?? '', answers };
}

/**
 * Takes the answers as decisions, each by the hash that the server has of it: the client was shown exactly that. Where
 * some count and some do not, the stream says so of those; where none counts, that is the answer.
 */
async function decide(
  { face, context }: { face: Face; context: HttpContext },
  { conversationId, messageId, answers }: Answers & { conversationId: string },
): Promise<Response> {
  const answered: AnsweredAction[] = [];
  const seqs: number[] = [];
  let refusal: FrontdeskError | null = null;
  for (const { actionId, callId, approved } of answers) {
    const action = await face.desk.store.actions.get(conversationId, actionId);
    const decision = approved ? 'confirm' : 'decline';
    try {
      const wish = { conversationId, actionId, decision, hash: action?.hash ?? '', by: 'customer' } as const;
      seqs.push((await decideAction(face, wish)).seq);
      answered.push({ id: actionId, callId, ...(action ? { action: actionView(action, face.desk.now()) } : {}) });
    } catch (error) {
      if (!(error instanceof FrontdeskError)) throw error;
      refusal ??= error;
      answered.push({ id: actionId, callId, refused: error.code });
    }
  }
  if (refusal && seqs.length === 0) throw refusal;
  const actionIds = answered.filter(({ refused }) => !refused).map(({ id }) => id);
  const thread = { after: Math.min(...seqs) - 1, turnId: null, actionIds, messageId };
  return replyStream({ face, context }, { conversationId, thread, answered });
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
