import { defineTool } from 'frontdesk';
import { z } from 'zod';
import { change, effectOf, orderOf, unlessRefused } from './shop/client.ts';
import { customerId, orderId } from './shop/inputs.ts';
import { euros, mayRefund } from './shop/rules.ts';

const AMOUNT_PROBLEM = 'Please give the amount in euros, above 0 and with at most two decimals, such as 20 or 12.50.';

/** Cents. Above it a colleague decides, not the customer. */
const BY_CUSTOMER = 10_000;
/** Cents that one customer may have back in 24 hours. */
const A_DAY = 50_000;

const centsOf = (amount: number) => Math.round(amount * 100);

export default defineTool({
  name: 'request_refund',
  description:
    'Refunds an amount of one delivered order of the signed-in customer, up to 30 days after its delivery. Use it when the customer wants money back for a delivered order, and the order number and the amount are known. The customer is asked to confirm; above 100 EUR a colleague decides.',
  input: z.object({
    customer_id: customerId,
    order_id: orderId,
    amount: z
      .number(AMOUNT_PROBLEM)
      .positive({ error: AMOUNT_PROBLEM, abort: true })
      .max(10_000, { error: AMOUNT_PROBLEM, abort: true })
      .refine((amount) => Math.abs(amount * 100 - centsOf(amount)) < 1e-6, AMOUNT_PROBLEM)
      .describe('The amount to refund in euros, such as 20 or 12.50')
      .meta({ examples: [20, 12.5] }),
  }),
  effect: 'write',
  fromCustomer: { customer_id: 'id' },
  timeoutMs: 10_000,
  idempotent: true,
  limits: [{ per: 'customer', most: A_DAY, hours: 24, amount: ({ amount }) => centsOf(amount) }],
  async confirm({ customer_id, order_id, amount }, context) {
    const cents = centsOf(amount);
    const order = await orderOf(customer_id, order_id, context);
    unlessRefused(() => mayRefund(order, cents, Date.now()));
    const left = euros(order.total_cents - order.refunded_cents);
    const summary = `Refund ${euros(cents)} of order ${order_id} (${left} of it can be refunded)?`;
    return { summary, by: cents > BY_CUSTOMER ? 'operator' : 'customer' };
  },
  run: ({ customer_id, order_id, amount }, context) =>
    change({ customer: customer_id, order: order_id, what: 'refunds' }, { amount_cents: centsOf(amount) }, context),
  lookup: ({ customer_id }, context) => effectOf(customer_id, context),
});
