import { defineAgent } from 'frontdesk';

/** Acme Shop's tools without its knowledge, and one more: what can be killed must start soon. */
export default defineAgent({
  name: 'Tom',
  company: 'Acme Shop',
  identity: 'You are Tom, the AI assistant of Acme Shop. You look up, cancel, refund and redirect orders.',
  contact: { email: 'help@acme-shop.example' },
});
