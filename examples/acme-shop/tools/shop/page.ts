import { customerToken, type TokenSettings } from './customer-token.ts';
import { CUSTOMERS } from './seed.ts';

/** Where Frontdesk's widget is loaded from, and how the shop signs who its customer is; no token without a secret. */
export type PageSettings = { frontdeskUrl: string; tokens: TokenSettings };

/** Whoever comes next must not see this conversation. */
const SIGN_OUT = "document.querySelector('frontdesk-chat')?.signOut()";

/**
 * The shop's front page, as far as the chat needs one: whoever opens it chooses whom to be, and the widget gets that
 * customer's token. A real shop signs in its customers itself.
 */
export async function shopPage({ frontdeskUrl, tokens }: PageSettings, as: string | undefined): Promise<string> {
  const customer = CUSTOMERS.find(({ id }) => id === as);
  const token = customer ? await customerToken(customer, tokens) : null;
  const links = CUSTOMERS.map(({ id, name }) => `<a href="/?as=${id}">${name}</a>`);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Acme Shop</title>
<link rel="icon" href="data:,">
<style>:root { color-scheme: light dark } body { font: 1rem/1.6 system-ui; max-width: 40rem; margin: 4rem auto; padding: 0 1rem }</style>
<h1>Acme Shop</h1>
<p>${customer ? `You are signed in as ${customer.name}. <a href="/" onclick="${SIGN_OUT}">Sign out</a>` : `Sign in as ${links.join(', ')}.`}</p>
${tokens.secret ? '' : '<p>Set FRONTDESK_JWT_SECRET to sign customers in for the chat.</p>'}
<script src="${frontdeskUrl}/widget.js"${token ? ` data-customer-token="${token}"` : ' data-sign-in-url="/"'} async></script>
</html>
`;
}
