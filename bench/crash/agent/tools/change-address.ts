import tool from '../../../../examples/acme-shop/tools/change-address.ts';
import { unlessBlind } from '../blind.ts';

export default unlessBlind(tool);
