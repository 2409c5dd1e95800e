import { z } from '@hono/zod-openapi';
import { STATUSES } from '../protocol/conversation.ts';
import { EVENT_DESCRIPTIONS } from './event-types.ts';
import { customerToken } from './identity-schemas.ts';

const MOST_KEYS = 16;
const METADATA_BYTES = 4 * 1024;
/** The largest seq that every store can hold. */
const LARGEST_SEQ = 2_147_483_647;

/** A remark in plain words: control characters are dropped, as are spaces around it. */
const remark = (longest: number) =>
  z
    .string()
    .max(longest, `must have at most ${longest} characters`)
    .transform((text) =>
      text
        .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '')
        .toWellFormed()
        .trim(),
    );

const metadata = z
  .record(z.string(), z.unknown())
  .refine((value) => Object.keys(value).length <= MOST_KEYS, `must have at most ${MOST_KEYS} keys`)
  .refine(
    (value) => serialisedBytes(value) <= METADATA_BYTES,
    `must have at most ${METADATA_BYTES / 1024} KiB as JSON`,
  );

function serialisedBytes(value: unknown): number {
  try {
    return Buffer.byteLength(JSON.stringify(value));
  } catch {
    // Nested so deeply that it cannot be written.
    return Number.POSITIVE_INFINITY;
  }
}

export const idempotencyKey = z
  .string()
  .min(1, 'must not be empty')
  .max(200, 'must have at most 200 characters')
  .openapi({ description: 'Makes a repeated request harmless: the same key is the same message, once.' });

export const StartBody = z
  .strictObject({
    agent: z
      .string()
      .max(200, 'must have at most 200 characters')
      .optional()
      .openapi({ description: 'Id of an agent.' }),
    language: z
      .string()
      .max(35, 'must have at most 35 characters')
      .regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/, 'must be a language tag such as "en" or "es-MX"')
      .optional()
      .openapi({ description: "The customer's language, BCP 47.", example: 'en' }),
    visitor: z
      .string()
      .regex(/^[\w-]{16,128}$/, 'must be the "visitor" of an earlier start')
      .optional()
      .openapi({ description: 'As an earlier start gave it; without it, somebody new. Limits count by it.' }),
    customerToken: customerToken.optional(),
    metadata: metadata.optional().openapi({
      description: `The site's own facts: at most ${MOST_KEYS} keys, 4 KiB. Only kept: neither the model nor the API shows them.`,
    }),
  })
  .openapi('StartConversation');

export const MessageBody = z
  .strictObject({
    text: z.string().openapi({
      description: 'At most 8,000 characters, unless the server is configured otherwise.',
      example: 'Do you cover home chargers?',
    }),
    idempotencyKey: idempotencyKey.optional(),
  })
  .openapi('SendMessage');

export const HandoffBody = z
  .strictObject({ reason: remark(2_000).optional().openapi({ description: 'In the words of the customer.' }) })
  .openapi('RequestHandoff');

export const RatingBody = z
  .strictObject({
    score: z
      .int()
      .min(1, 'must be 1 to 5')
      .max(5, 'must be 1 to 5')
      .openapi({ description: '1 (bad) to 5 (good).', example: 5 }),
    comment: remark(2_000).optional(),
  })
  .openapi('Rating');

export const EmptyBody = z.strictObject({}).openapi('Nothing');

export const OperatorMessageBody = z.strictObject({ text: z.string() }).openapi('SendAsOperator');

export const PauseBody = z
  .strictObject({ reason: remark(500).optional().openapi({ description: 'For colleagues; customers never see it.' }) })
  .openapi('PauseAgent');

const seq = z
  .string()
  .regex(/^\d{1,10}$/, 'must be the seq of an event')
  .transform(Number)
  .refine((value) => value <= LARGEST_SEQ, 'must be the seq of an event');

export const EventsQuery = z.strictObject({
  after: seq.optional().openapi({ type: 'integer', description: 'Only events after this seq. Default 0: all.' }),
});
export const EventsHeaders = z.object({
  'Last-Event-ID': seq
    .optional()
    .openapi({ type: 'integer', description: 'The same as `after`, as sent on reconnecting; it wins over `after`.' }),
});

const wholeNumber = z
  .string()
  .regex(/^\d{1,15}$/, 'must be a whole number')
  .transform(Number);

const position = z
  .string()
  .regex(/^\d{1,15}_[\w-]{1,200}$/, 'must be the "next" of a page')
  .transform((text) => {
    const end = text.indexOf('_');
    return { updatedAt: Number(text.slice(0, end)), id: text.slice(end + 1) };
  });

/** How many rows a page of a list has. */
export const pageLimit = wholeNumber
  .refine((value) => value >= 1 && value <= 100, 'must be 1 to 100')
  .default(50)
  .openapi({ type: 'integer', description: 'Rows of a page, 1 to 100.' });

export const InboxQuery = z.strictObject({
  status: z.enum(STATUSES, `must be one of ${STATUSES.join(', ')}`).optional(),
  before: position.optional().openapi({ type: 'string', description: '`next` of the page before.' }),
  limit: pageLimit,
});

// What the API answers.

const Status = z.enum(STATUSES).openapi('Status', { description: 'Where a conversation stands.' });
const route = z
  .string()
  .optional()
  .openapi({ description: 'The desk that has it: a route, or `general`. Missing for an agent without routes.' });
const milliseconds = z.int().openapi({ description: 'Milliseconds since 1970.' });

const Location = z
  .object({
    page: z.int().nullable().openapi({ description: 'Of the original, from 1; null where it has no pages.' }),
    headings: z.array(z.string()).openapi({ description: 'Above the passage, outermost first.' }),
    start: z.int().openapi({ description: "The first of the passage's sentences that is quoted, from 0." }),
    end: z.int().openapi({ description: 'The first behind it that is not.' }),
  })
  .openapi('Location', { description: 'Where in its source the quote stands.' });

const Citation = z
  .object({
    title: z.string(),
    url: z.string().nullable(),
    quote: z.string().openapi({ description: "The source's own text, to the character." }),
    passageId: z.string(),
    location: Location.nullable().openapi({ description: 'Null in replies of before there were locations.' }),
  })
  .openapi('Citation', { description: 'Its number in the reply is its place in the list, from 1.' });

export const CitedPassageAnswer = Citation.extend({
  location: Location,
  sentences: z.array(z.string()).openapi({ description: 'Joined, they are the exact text around the quote.' }),
  link: z.string().nullable().openapi({ description: '`url` at the page or the words of the quote.' }),
  changed: z.boolean().openapi({ description: 'True where the source has another text by now, or is gone.' }),
}).openapi('CitedPassage');

const Message = z
  .object({
    id: z.string(),
    role: z.enum(['customer', 'agent', 'operator']),
    text: z.string().openapi({ description: 'Markdown where the agent wrote it.' }),
    at: milliseconds,
    citations: z.array(Citation),
  })
  .openapi('Message');

const Mood = z
  .object({
    sentiment: z.enum(['negative', 'neutral', 'positive', 'unknown']),
    urgency: z.enum(['high', 'normal', 'unknown']),
  })
  .openapi('Mood', {
    description: "Of the customer's newest messages, by their words; `unknown` where they are not in English.",
  });

const Handoff = z
  .object({
    reason: z.string(),
    summary: z.string().nullable().openapi({ description: 'What the agent wrote for its colleague.' }),
    by: z.enum(['customer', 'agent']),
    at: milliseconds,
    mood: Mood,
  })
  .openapi('Handoff');

export const StartAnswer = z
  .object({
    id: z.string(),
    token: z.string().openapi({ description: 'Shown once. It opens this conversation only.' }),
    visitor: z.string().openapi({ description: "A secret that makes further conversations the same visitor's." }),
  })
  .openapi('StartedConversation');

export const AgentStateAnswer = z
  .object({
    paused: z
      .object({ since: milliseconds, reason: z.string().nullable() })
      .nullable()
      .openapi({ description: 'Null where the agent is on.' }),
    spent: z.object({
      dollars: z.number().openapi({ description: 'In the running 24 hours, with what running calls may still cost.' }),
      budget: z.number().nullable().openapi({ description: 'Dollars in 24 hours; null where nothing is counted.' }),
    }),
    answers: z
      .object({
        questions: z.int().openapi({ description: 'First questions that were looked up in the running 24 hours.' }),
        hits: z.int().openapi({ description: 'How many of them were answered as before.' }),
        seconds: z.number().openapi({ description: 'What that saved customers.' }),
        dollars: z.number().openapi({ description: 'What that saved you.' }),
      })
      .nullable()
      .openapi({ description: 'Null where no question is answered as before.' }),
  })
  .openapi('AgentState');

const Action = z
  .object({
    id: z.string(),
    callId: z.string(),
    tool: z.string(),
    summary: z.string().openapi({ description: 'One sentence, plain text: what is to be confirmed.' }),
    input: z.record(z.string(), z.unknown()).openapi({ description: 'The exact arguments.' }),
    hash: z.string().openapi({ description: 'A decision names it, and so concerns exactly this.' }),
    by: z.enum(['customer', 'operator']).openapi({ description: 'Who decides.' }),
    expiresAt: milliseconds,
    state: z
      .enum(['proposed', 'expired', 'declined', 'confirmed', 'running', 'done', 'failed', 'unknown'])
      .openapi({ description: '`failed`: certainly not done. `unknown`: nobody knows, and a human was asked for.' }),
  })
  .openapi('Action');
const Actions = z
  .array(Action)
  .openapi({ description: 'What was proposed in the conversation, decided or not, oldest first.' });

export const DecisionBody = z
  .strictObject({
    decision: z.enum(['confirm', 'decline'], 'must be "confirm" or "decline"'),
    hash: z.string().max(200, 'must have at most 200 characters').openapi({ description: 'Of the action, as seen.' }),
  })
  .openapi('Decide');

export const WaitingActionsQuery = z.strictObject({
  after: z
    .string()
    .max(200, 'must be the "next" of a page')
    .optional()
    .openapi({ description: '`next` of the page before.' }),
  limit: pageLimit,
});

export const WaitingActionsAnswer = z
  .object({
    actions: z.array(
      Action.extend({
        conversationId: z.string(),
        customerId: z
          .string()
          .nullable()
          .openapi({ description: 'The signed-in customer, as their token names them.' }),
        proposedAt: milliseconds,
      }),
    ),
    next: z.string().nullable().openapi({ description: 'The `after` of the next page, or null.' }),
  })
  .openapi('WaitingActions');

export const ActionAnswer = z.object({ action: Action }).openapi('DecidedAction');

export const ReplyAnswer = z
  .object({
    message: Message.omit({ at: true })
      .nullable()
      .openapi({ description: 'The finished reply; null where none comes, since a human has the conversation.' }),
    conversation: z.object({ status: Status, route }),
    actions: Actions,
  })
  .openapi('Reply');

export const DecisionAnswer = ReplyAnswer.extend({ action: Action }).openapi('DecisionReply');

export const ConversationAnswer = z
  .object({ id: z.string(), status: Status, route, messages: z.array(Message), actions: Actions })
  .openapi('Conversation');

export const UiHistoryAnswer = z
  .object({
    id: z.string(),
    status: Status,
    messages: z.array(
      z.object({
        id: z.string(),
        role: z.enum(['user', 'assistant']),
        metadata: z.object({ role: z.enum(['agent', 'operator']) }).optional(),
        parts: z.array(z.looseObject({ type: z.string() })),
      }),
    ),
  })
  .openapi('UiHistory');

export const OperatorConversationAnswer = ConversationAnswer.extend({
  agent: z.string(),
  handoff: Handoff.nullable(),
}).openapi('OperatorConversation');

export const InboxAnswer = z
  .object({
    conversations: z.array(
      z.object({
        id: z.string(),
        agent: z.string(),
        status: Status,
        route,
        createdAt: milliseconds,
        updatedAt: milliseconds,
        handoff: Handoff.extend({
          webhook: z
            .object({
              state: z.enum(['pending', 'delivered', 'failed']),
              attempts: z.int(),
              lastError: z.string().nullable(),
            })
            .nullable(),
        }).nullable(),
      }),
    ),
    next: z.string().nullable().openapi({ description: 'The `before` of the next page, or null.' }),
  })
  .openapi('Inbox');

export const StatusAnswer = z.object({ status: Status }).openapi('StatusAnswer');
export const CancelAnswer = z
  .object({ cancelled: z.boolean().openapi({ description: 'False where no reply was being made.' }) })
  .openapi('Cancelled');

export const AgentAnswer = z
  .object({
    id: z.string(),
    name: z.string(),
    company: z.string(),
    offline: z.boolean().openapi({ description: 'True where the offline model answers, which is not Claude.' }),
    model: z.string(),
    contact: z.object({
      hours: z.string().optional(),
      phone: z.string().optional(),
      email: z.string().optional(),
      url: z.string().optional(),
    }),
  })
  .openapi('Agent');

export const HealthAnswer = z.object({ status: z.literal('ok'), version: z.string() }).openapi('Health');
export const ReadyAnswer = z.object({ status: z.literal('ready') }).openapi('Ready');

const types = Object.keys(EVENT_DESCRIPTIONS) as [keyof typeof EVENT_DESCRIPTIONS];
export const EventAnswer = z.looseObject({ seq: z.int(), at: milliseconds, type: z.enum(types) }).openapi('Event', {
  description: `The \`data\` of each server-sent event. ${types
    .map((type) => `\`${type}\`: ${EVENT_DESCRIPTIONS[type]}`)
    .join(' ')}`,
});

export const ErrorAnswer = z.object({ error: z.object({ code: z.string(), message: z.string() }) }).openapi('Error');
