import { defineTool } from 'frontdesk';
import { z } from 'zod';
import { change, effectOf, orderOf, unlessRefused } from './shop/client.ts';
import { customerId, line, orderId } from './shop/inputs.ts';
import { addressLine, mayChangeAddress } from './shop/rules.ts';

export default defineTool({
  name: 'change_address',
  description:
    'Changes where one order of the signed-in customer is delivered, as long as it has not left the warehouse. Use it when the customer wants an order sent to another address, and its number and the whole new address are known. The customer is asked to confirm.',
  input: z.object({
    customer_id: customerId,
    order_id: orderId,
    street: line('Please give the street and the house number.')
      .describe('The new street with its house number, such as 14 Mill Road')
      .meta({ examples: ['14 Mill Road'] }),
    postcode: line('Please give the postcode.', 12)
      .describe('The new postcode, such as 50667')
      .meta({ examples: ['50667', 'SW1A 1AA'] }),
    city: line('Please give the city.')
      .describe('The new city, such as Cologne')
      .meta({ examples: ['Cologne'] }),
    country: line('Please give the country.')
      .describe('The new country, such as Germany')
      .meta({ examples: ['Germany', 'Ireland'] }),
  }),
  effect: 'write',
  fromCustomer: { customer_id: 'id' },
  timeoutMs: 10_000,
  confirmByMessage: true,
  idempotent: true,
  limits: [{ per: 'customer', most: 10, hours: 24 }],
  async confirm({ customer_id, order_id, ...address }, context) {
    const order = await orderOf(customer_id, order_id, context);
    unlessRefused(() => mayChangeAddress(order));
    return `Send order ${order_id} to ${addressLine(address)}, instead of ${addressLine(order.address)}?`;
  },
  run: ({ customer_id, order_id, ...address }, context) =>
    change({ customer: customer_id, order: order_id, what: 'address' }, address, context),
  lookup: ({ customer_id }, context) => effectOf(customer_id, context),
});
