import type { Model } from '../../agent/model.ts';
import type { Usage } from '../../agent/step.ts';
import type { CustomerSide } from '../customer-side.ts';
import type { Simulation } from '../suite.ts';

export function modelCustomer(
  _: Simulation,
  __: { model: Model; modelId: string; costOf(model: string, usage: Usage): number },
): CustomerSide {
  throw new Error('not here yet');
}
