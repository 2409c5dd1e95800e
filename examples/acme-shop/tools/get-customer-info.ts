import { defineTool } from 'frontdesk';
import { z } from 'zod';
import { customerOf } from './shop/client.ts';
import { customerId } from './shop/inputs.ts';

export default defineTool({
  name: 'get_customer_info',
  description:
    'Looks up the account of the signed-in customer: name, e-mail address, phone number, and how many orders there are. Use it when the customer asks what their account says. It needs nothing from the customer.',
  input: z.object({ customer_id: customerId }),
  effect: 'read',
  fromCustomer: { customer_id: 'id' },
  timeoutMs: 10_000,
  async run({ customer_id }, context) {
    const { name, email, phone, orders } = await customerOf(customer_id, context);
    const reached = phone === null ? email : `${email} and ${phone}`;
    const count = orders === 1 ? 'one order' : `${orders} orders`;
    return {
      name,
      email,
      phone,
      orders,
      summary: `Your account is in the name of ${name}, with ${reached}, and has ${count}.`,
    };
  },
});
