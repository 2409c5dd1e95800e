import { defineTool } from 'frontdesk';
import { z } from 'zod';
import { change, effectOf, orderOf, unlessRefused } from './shop/client.ts';
import { customerId, orderId } from './shop/inputs.ts';
import { mayCancel } from './shop/rules.ts';
import { inWords } from './shop/wording.ts';

export default defineTool({
  name: 'cancel_order',
  description:
    'Cancels one order of the signed-in customer that has not left the warehouse, and pays back what it cost. Use it when the customer wants to cancel an order and its number is known. The customer is asked to confirm.',
  input: z.object({ customer_id: customerId, order_id: orderId }),
  effect: 'write',
  fromCustomer: { customer_id: 'id' },
  timeoutMs: 10_000,
  confirmByMessage: true,
  idempotent: true,
  limits: [{ per: 'customer', most: 10, hours: 24 }],
  async confirm({ customer_id, order_id }, context) {
    const order = await orderOf(customer_id, order_id, context);
    unlessRefused(() => mayCancel(order));
    return `Cancel order ${order_id} (${inWords(order)})?`;
  },
  run: ({ customer_id, order_id }, context) =>
    change({ customer: customer_id, order: order_id, what: 'cancel' }, {}, context),
  lookup: ({ customer_id }, context) => effectOf(customer_id, context),
});
