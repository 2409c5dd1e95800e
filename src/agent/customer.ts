/** Who the customer is, as a verified token said it. Never what was said in the conversation. */
export type Customer = {
  /** The token's subject. */
  id: string;
  email: string | null;
  name: string | null;
  /** Every claim of the token, for `fromCustomer`. */
  claims: Readonly<Record<string, unknown>>;
};
