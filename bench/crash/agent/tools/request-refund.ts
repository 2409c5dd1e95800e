import tool from '../../../../examples/acme-shop/tools/request-refund.ts';
import { unlessBlind } from './lib/blind.ts';

export default unlessBlind(tool);
