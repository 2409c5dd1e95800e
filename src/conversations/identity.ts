import type { Customer } from '../agent/customer.ts';

/**
 * Who a token of the company's site says the customer is, and until when (epoch ms). Throws `FrontdeskError`
 * `invalid_customer_token` for one that does not prove it, and `unavailable` where the keys cannot be had.
 */
export type IdentityVerifier = (token: string) => Promise<{ customer: Customer; verifiedUntil: number }>;
