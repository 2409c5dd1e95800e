import tool from '../../../../examples/acme-shop/tools/cancel-order.ts';
import { unlessBlind } from '../blind.ts';

export default unlessBlind(tool);
