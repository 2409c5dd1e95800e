import { z } from '@hono/zod-openapi';
import { pageLimit } from './schemas.ts';

const milliseconds = z.int().openapi({ description: 'Milliseconds since 1970.' });
const share = (description: string) => z.number().openapi({ description, example: 0.82 });
const LABELS = 16;

const language = z
  .string()
  .max(35, 'must have at most 35 characters')
  .regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/, 'must be a language tag such as "en" or "es-MX"');

export const SearchBody = z
  .strictObject({
    query: z
      .string()
      .max(2_000, 'must have at most 2000 characters')
      .refine((text) => text.trim() !== '', 'must not be empty')
      .openapi({ description: 'As a customer would ask it.', example: 'Do you cover home chargers?' }),
    limit: z.int().min(1, 'must be 1 to 50').max(50, 'must be 1 to 50').default(8),
    filter: z
      .strictObject({
        language: language.optional(),
        labels: z
          .record(z.string().max(200), z.string().max(200))
          .refine((labels) => Object.keys(labels).length <= LABELS, `must have at most ${LABELS} keys`)
          .optional(),
      })
      .optional()
      .openapi({ description: 'Passages that say otherwise are left out; those that do not say stay in.' }),
  })
  .openapi('Search');

const words = z.array(z.string());

export const SearchAnswer = z
  .object({
    relevance: share('How probable it is, 0 to 1, that any of the passages answers the query.'),
    answers: z.boolean().openapi({ description: 'False where the knowledge counts as having nothing on it.' }),
    passages: z.array(
      z.object({
        id: z.string(),
        documentId: z.string(),
        title: z.string(),
        headings: z.array(z.string()),
        url: z.string().nullable(),
        page: z.int().nullable().openapi({ description: 'Of the original; null where it has no pages.' }),
        language: z.string().nullable(),
        labels: z.record(z.string(), z.string()),
        text: z.string(),
        score: z.number().openapi({ description: 'What the order goes by; only the same search can be compared.' }),
        coverage: share('The share of the query that the passage has words for, rare words counting more.'),
        parts: z.record(z.string(), z.number()).openapi({ description: 'What `score` is made of, by name.' }),
        words: z
          .object({ text: words, headings: words, asked: words, missing: words })
          .openapi({ description: 'Words of the query by where the passage has them; `missing`: nowhere.' }),
      }),
    ),
  })
  .openapi('SearchResult');

const gapPosition = z
  .string()
  .regex(/^\d{1,15}_[\w-]{1,200}$/, 'must be the "next" of a page')
  .transform((text) => {
    const end = text.indexOf('_');
    return { count: Number(text.slice(0, end)), id: text.slice(end + 1) };
  });

export const GapsQuery = z.strictObject({
  before: gapPosition.optional().openapi({ type: 'string', description: '`next` of the page before.' }),
  limit: pageLimit,
});

export const GapsAnswer = z
  .object({
    gaps: z.array(
      z.object({
        id: z.string(),
        agent: z.string(),
        language: z.string().nullable().openapi({ description: "Of the customer's page, where it is known." }),
        example: z.string().openapi({ description: 'The question as it was asked first, up to 300 characters.' }),
        count: z.int().openapi({ description: 'How often it was asked, in this wording or one that means the same.' }),
        relevance: share('How probable it was that what was found answers it, the last time.'),
        firstAt: milliseconds,
        lastAt: milliseconds,
      }),
    ),
    next: z.string().nullable().openapi({ description: 'The `before` of the next page, or null.' }),
  })
  .openapi('Gaps');

export const ErasedAnswer = z.object({ erased: z.int() }).openapi('Erased');
