import { z } from '@hono/zod-openapi';

/** Checked by who verifies it, so that every wrong one is the same error. */
export const customerToken = z.string().openapi({
  description: 'A JWT by which your site says who the customer is; see "Who the customer is".',
  example: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiIsImV4cCI6MTc5NTcyNjgwMH0.…',
});

export const IdentifyBody = z.strictObject({ customerToken }).openapi('Identify');

export const IdentifyAnswer = z
  .object({
    verifiedUntil: z.int().openapi({
      description:
        'Milliseconds since 1970: the `exp` of the token. Show a new one before, or the customer is asked to sign in.',
    }),
  })
  .openapi('Identified');
