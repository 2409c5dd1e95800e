import { defineTool } from 'frontdesk';
import { z } from 'zod';
import { ordersOf } from './shop/client.ts';
import { customerId } from './shop/inputs.ts';
import { euros } from './shop/rules.ts';
import { inWords } from './shop/wording.ts';

export default defineTool({
  name: 'list_orders',
  description:
    'Lists the orders of the signed-in customer, newest first: number, items, total in EUR, and state. Use it when the customer asks about their orders and gives no order number. It needs nothing from the customer.',
  input: z.object({ customer_id: customerId }),
  effect: 'read',
  fromCustomer: { customer_id: 'id' },
  timeoutMs: 10_000,
  async run({ customer_id }, context) {
    const orders = await ordersOf(customer_id, context);
    const lines = orders.map((order) => `- ${order.order_id} (${inWords(order)}): ${order.state}`);
    return {
      orders: orders.map(({ order_id, state, placed_on, total_cents }) => ({
        order_id,
        state,
        placed_on,
        total: euros(total_cents),
      })),
      summary:
        lines.length === 0 ? 'There are no orders in your account.' : `These are your orders:\n${lines.join('\n')}`,
    };
  },
});
