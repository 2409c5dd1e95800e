/**
 * Prints a sign-in token for a customer of the shop, as the page of a real shop would get it from its own server:
 *
 *   npm run --silent shop:token -- cus_1001
 *
 * It is signed with FRONTDESK_JWT_SECRET, which Frontdesk must have been started with, and is good for an hour.
 */
import { customerToken, tokenSettings } from './customer-token.ts';
import { CUSTOMERS } from './seed.ts';

const [wanted = 'cus_1001'] = process.argv.slice(2);
const customer = CUSTOMERS.find(({ id }) => id === wanted);
const token = customer ? await customerToken(customer, tokenSettings()) : null;
if (token === null) {
  const known = CUSTOMERS.map(({ id, name }) => `${id} (${name})`).join(', ');
  console.error(customer ? 'Set FRONTDESK_JWT_SECRET first.' : `There is no customer ${wanted}. Customers: ${known}.`);
  process.exit(1);
}
console.log(token);
