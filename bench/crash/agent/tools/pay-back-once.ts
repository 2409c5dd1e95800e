import refund from '../../../../examples/acme-shop/tools/request-refund.ts';

const { lookup: _lookup, idempotent: _idempotent, ...once } = refund;

/** A refund by a system that can neither be asked again nor asked what became of it. */
export default {
  ...once,
  name: 'pay_back_once',
  description: 'Pays back an amount of one delivered order of the signed-in customer by hand.',
};
