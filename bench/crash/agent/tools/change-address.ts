import tool from '../../../../examples/acme-shop/tools/change-address.ts';
import { unlessBlind } from './lib/blind.ts';

export default unlessBlind(tool);
