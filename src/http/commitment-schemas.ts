import { z } from '@hono/zod-openapi';
import { pageLimit } from './schemas.ts';

const kind = z.enum(['price', 'percentage', 'date', 'deadline', 'refund', 'guarantee', 'legal', 'promise']);

const position = z
  .string()
  .regex(/^\d{1,15}_\d{1,15}_[\w-]{1,200}$/, 'must be the "next" of a page')
  .transform((text) => {
    const [at = '', seq = '', ...id] = text.split('_');
    return { at: Number(at), seq: Number(seq), conversationId: id.join('_') };
  });

export const CommitmentsQuery = z.strictObject({
  conversation: z
    .string()
    .max(200, 'must have at most 200 characters')
    .optional()
    .openapi({ description: 'Only those of this conversation.' }),
  kind: kind.optional(),
  before: position.optional().openapi({ type: 'string', description: '`next` of the page before.' }),
  limit: pageLimit,
});

export const CommitmentsAnswer = z
  .object({
    commitments: z.array(
      z.object({
        conversationId: z.string(),
        seq: z.int().openapi({ description: "Of the event `commitment.made` in the conversation's log." }),
        at: z.int().openapi({ description: 'Milliseconds since 1970.' }),
        turnId: z.string(),
        start: z.int().openapi({ description: "Where its words are in the turn's reply, in UTF-16 units." }),
        end: z.int(),
        kind,
        text: z.string().openapi({ description: 'The words that commit.', example: '30 days' }),
        evidence: z
          .object({
            kind: z.enum(['passage', 'tool', 'context', 'colleague']),
            from: z.string().openapi({ description: "The passage's source, or the name of the tool or the context." }),
            version: z
              .string()
              .openapi({ description: "Of the knowledge, the call's id, the prompt's hash; empty for a colleague." }),
          })
          .openapi({ description: 'What says the very same.' }),
      }),
    ),
    next: z.string().nullable().openapi({ description: 'The `before` of the next page, or null.' }),
  })
  .openapi('Commitments');
