import { defineTool } from 'frontdesk';
import { z } from 'zod';
import { orderOf } from './shop/client.ts';
import { customerId, orderId } from './shop/inputs.ts';
import { addressLine, euros } from './shop/rules.ts';
import { whereIs } from './shop/wording.ts';

export default defineTool({
  name: 'get_order_details',
  description:
    'Looks up one order of the signed-in customer by its number: where it is, its tracking number, items, prices in EUR, what was refunded, and the delivery address. Use it when the customer asks about a certain order, such as where it is or when it comes.',
  input: z.object({ customer_id: customerId, order_id: orderId }),
  effect: 'read',
  fromCustomer: { customer_id: 'id' },
  timeoutMs: 10_000,
  async run({ customer_id, order_id }, context) {
    const order = await orderOf(customer_id, order_id, context);
    const items = order.items.map(({ name, quantity, price_cents }) => ({ name, quantity, price: euros(price_cents) }));
    const listed = items.map(({ name, quantity, price }) => `${quantity} x ${name} (${price})`).join('; ');
    const refunded = order.refunded_cents > 0 ? ` ${euros(order.refunded_cents)} were refunded.` : '';
    return {
      order_id,
      state: order.state,
      placed_on: order.placed_on,
      shipped_on: order.shipped_on,
      delivered_on: order.delivered_on,
      tracking: order.tracking,
      items,
      total: euros(order.total_cents),
      refunded: euros(order.refunded_cents),
      address: addressLine(order.address),
      note_of_the_customer: order.note,
      summary: `${whereIs(order)} It has ${listed}, and goes to ${addressLine(order.address)}.${refunded}`,
    };
  },
});
