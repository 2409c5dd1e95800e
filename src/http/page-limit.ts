import { z } from '@hono/zod-openapi';

/** How many rows a page of a list has, in the query of its address. */
export const pageLimit = z
  .string()
  .regex(/^\d{1,15}$/, 'must be a whole number')
  .transform(Number)
  .refine((value) => value >= 1 && value <= 100, 'must be 1 to 100')
  .default(50)
  .openapi({ type: 'integer', description: 'Rows of a page, 1 to 100.' });
