export { default } from '../../../../examples/acme-shop/tools/get-order-details.ts';
