import tool from '../../../../examples/acme-shop/tools/cancel-order.ts';
import { unlessBlind } from './lib/blind.ts';

export default unlessBlind(tool);
