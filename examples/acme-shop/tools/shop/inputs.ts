import { z } from 'zod';

// Fields that several tools have.

const ORDER_PROBLEM = 'An order number has a letter and four digits, such as A-1234.';

/** The signed-in customer. Filled in by the runtime: the model neither sees nor sets it. */
export const customerId = z.string();

/** Letters in either case: the shop writes them large. */
export const orderId = z
  .string(ORDER_PROBLEM)
  .trim()
  .regex(/^[A-Za-z]-\d{4}$/, ORDER_PROBLEM)
  .toUpperCase()
  .describe('The order number, such as A-1234')
  .meta({ examples: ['A-1234', 'K-0815'] });

/** A short line of text, as it may stand on a parcel's label. */
export function line(problem: string, most = 100) {
  return z
    .string(problem)
    .trim()
    .min(1, { error: problem, abort: true })
    .max(most, problem)
    .refine((text) => !/\p{Cc}/u.test(text), problem);
}
