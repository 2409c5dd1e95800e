import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bindCustomer, customerFieldProblems, withoutCustomerFields } from '../../src/agent/bind-customer.ts';
import type { Customer } from '../../src/agent/customer.ts';

const ada: Customer = { id: '42', email: 'ada@example.com', name: null, claims: { sub: '42', plan: 'gold', id: '1' } };
const tool = (fromCustomer: Record<string, string>, needsCustomer = true) => ({ fromCustomer, needsCustomer });

test('arguments are filled from who the customer is, over whatever stands there', () => {
  const input = { order: 'A-1', customer_id: '7' };
  const bound = bindCustomer(tool({ customer_id: 'id', mail: 'email', plan: 'plan' }), input, ada);
  expect(bound).toEqual({
    ok: true,
    value: { order: 'A-1', customer_id: '42', mail: 'ada@example.com', plan: 'gold' },
  });
  expect(input).toEqual({ order: 'A-1', customer_id: '7' });
});

test('no model input gets at another customer', () => {
  const binding = { customer_id: 'id' };
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom('customer_id', '__proto__', 'order', 'customerId'), fc.jsonValue()),
      (input) => {
        const bound = bindCustomer(tool(binding), input, ada);
        expect(bound.ok && bound.value.customer_id).toBe('42');
        const refused = customerFieldProblems(input, binding).length > 0;
        expect(refused).toBe(Object.hasOwn(input, 'customer_id'));
      },
    ),
  );
});

test('an anonymous visitor is asked to sign in, where the tool needs a customer in any way', () => {
  expect(bindCustomer(tool({}, true), {}, null)).toEqual({ ok: false, why: 'sign_in' });
  expect(bindCustomer(tool({ id: 'id' }, false), {}, null)).toEqual({ ok: false, why: 'sign_in' });
  expect(bindCustomer(tool({}, false), { a: 1 }, null)).toEqual({ ok: true, value: { a: 1 } });
});

test.each(['name', 'phone', 'constructor', '__proto__', 'toString'])(
  'what the sign-in does not say (%s) is not left out',
  (fact) => {
    expect(bindCustomer(tool({ given: fact }), {}, ada)).toMatchObject({ ok: false, why: 'missing' });
  },
);

test('the model’s schema has no such field, and is else as it was', () => {
  const schema = {
    type: 'object' as const,
    properties: { order: { type: 'string' }, customer_id: { type: 'string' } },
    required: ['customer_id'],
    additionalProperties: false,
  };
  expect(JSON.stringify(withoutCustomerFields(schema, { customer_id: 'id' }))).toBe(
    '{"type":"object","properties":{"order":{"type":"string"}},"additionalProperties":false}',
  );
  expect(withoutCustomerFields(schema, {})).toEqual(schema);
});
