import { z } from '@hono/zod-openapi';

const LONGEST_ID = 200;
const MOST_LABELS = 20;

const address = z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).max(2_000);
const title = z.string().trim().min(1, 'must not be empty').max(500, 'must have at most 500 characters');
const language = z
  .string()
  .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a language code such as "es" or "pt-BR"');
const labels = z
  .record(z.string().min(1).max(100), z.string().min(1).max(200))
  .refine((value) => Object.keys(value).length <= MOST_LABELS, `must have at most ${MOST_LABELS} names`);

/** What a document may be known by: it stands in addresses and logs. */
export const DOCUMENT_ID = new RegExp(`^[^\\u0000-\\u001f\\u007f-\\u009f]{1,${LONGEST_ID}}$`);

export const DocumentBody = z
  .strictObject({
    text: z.string().openapi({ description: 'Markdown.' }),
    title: title.optional().openapi({ description: 'Missing: the first heading.' }),
    url: address.nullable().optional().openapi({ description: 'The public page that a citation opens.' }),
    language: language.optional(),
    labels: labels.optional().openapi({ description: 'What a search can be narrowed to.' }),
  })
  .openapi('KnowledgeDocument');

/** The same beside a body of bytes. */
export const DocumentQuery = z.strictObject({
  title: title.optional(),
  url: address.optional(),
  language: language.optional(),
});

const position = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,8000}$/, 'must be the "next" of a page')
  .transform((text, context) => {
    const read = Buffer.from(text, 'base64url').toString('utf8');
    const [source, ...key] = read.split('\n');
    if (source !== undefined && key.length > 0 && !read.includes('\0')) return { source, key: key.join('\n') };
    context.issues.push({ code: 'custom', input: text, message: 'must be the "next" of a page' });
    return z.NEVER;
  });

export const ItemsQuery = z.strictObject({
  after: position.optional().openapi({ type: 'string', description: '`next` of the page before.' }),
  limit: z
    .string()
    .regex(/^\d{1,4}$/, 'must be a whole number')
    .transform(Number)
    .refine((value) => value >= 1 && value <= 500, 'must be 1 to 500')
    .default(100)
    .openapi({ type: 'integer', description: 'Rows of a page, 1 to 500.' }),
});

/** The `next` of a page that ends with this item. */
export function positionOf({ source, key }: { source: string; key: string }): string {
  return Buffer.from(`${source}\n${key}`).toString('base64url');
}

const Problem = z.object({ code: z.string(), message: z.string() });
const milliseconds = z.int().openapi({ description: 'Milliseconds since 1970.' });

const Failure = z.object({
  source: z.string(),
  key: z.string(),
  problem: Problem,
  serving: z.boolean().openapi({ description: 'Whether an earlier version of it is still found.' }),
});

export const KnowledgeAnswer = z
  .object({
    agent: z.string(),
    version: z.string().openapi({ description: 'Changes with every document.' }),
    passages: z.int(),
    sources: z.array(z.object({ id: z.string(), items: z.int(), documents: z.int(), failed: z.int() })),
    running: z.boolean().openapi({ description: 'Whether this server looks at the sources just now.' }),
    last: z
      .object({
        found: z.int(),
        changed: z.int(),
        unchanged: z.int(),
        removed: z.int(),
        failed: z.int(),
        failures: z.array(Failure),
        endedAt: milliseconds,
      })
      .nullable()
      .openapi({ description: 'How the last look that was asked for ended.' }),
  })
  .openapi('Knowledge');

export const ItemsAnswer = z
  .object({
    items: z.array(
      z.object({
        source: z.string(),
        key: z.string().openapi({ description: 'A path, an address, or the id of a document that was sent.' }),
        documents: z.int(),
        problem: Problem.nullable(),
        checkedAt: milliseconds,
      }),
    ),
    next: z.string().nullable().openapi({ description: 'The `after` of the next page, or null.' }),
  })
  .openapi('KnowledgeItems');

export const PutAnswer = z
  .object({ changed: z.boolean().openapi({ description: 'False where it was there already.' }) })
  .openapi('KnowledgePut');

export const SyncAnswer = z.object({ running: z.literal(true) }).openapi('KnowledgeSync');
