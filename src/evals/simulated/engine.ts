import type { CustomerSide } from '../customer-side.ts';
import type { Simulation } from '../suite.ts';

export function engineCustomer(_: Simulation): CustomerSide {
  throw new Error('not here yet');
}
