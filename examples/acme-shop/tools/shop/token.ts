/**
 * Prints a sign-in token for a customer of the shop, as the page of a real shop would get it from its own server:
 *
 *   npm run shop:token -- cus_1001
 *
 * It is signed with FRONTDESK_JWT_SECRET, which the server must have been started with, and is good for an hour.
 */
import { SignJWT } from 'jose';
import { CUSTOMERS } from './seed.ts';

const [wanted = 'cus_1001'] = process.argv.slice(2);
const customer = CUSTOMERS.find(({ id }) => id === wanted);
const { FRONTDESK_JWT_SECRET: secret, FRONTDESK_JWT_ISSUER: issuer, FRONTDESK_JWT_AUDIENCE: audience } = process.env;
if (!secret || !customer) {
  const known = CUSTOMERS.map(({ id, name }) => `${id} (${name})`).join(', ');
  console.error(secret ? `There is no customer ${wanted}. Customers: ${known}.` : 'Set FRONTDESK_JWT_SECRET first.');
  process.exit(1);
}
const token = new SignJWT({ email: customer.email, name: customer.name })
  .setProtectedHeader({ alg: 'HS256' })
  .setSubject(customer.id)
  .setIssuedAt()
  .setExpirationTime('1h');
if (issuer) token.setIssuer(issuer);
if (audience) token.setAudience(audience);
console.log(await token.sign(new TextEncoder().encode(secret)));
