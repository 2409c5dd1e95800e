import type { Customer } from './customer.ts';
import type { Tool } from './tool.ts';

/**
 * The input that `run`, `confirm`, `lookup` and `limits` get. `sign_in`: it needs a customer who is signed in.
 * `missing`: the customer's token does not say what the tool needs of them; `problem` is a sentence for the model.
 */
export type Bound =
  | { ok: true; value: Record<string, unknown> }
  | { ok: false; why: 'sign_in' }
  | { ok: false; why: 'missing'; problem: string };

/**
 * Fills the arguments that come from the customer's identity into `input`, which is what `parse` gave for the model's
 * arguments. Whatever `input` has in their place is never used. Changes nothing that it was given.
 */
export function bindCustomer(
  tool: Pick<Tool, 'needsCustomer' | 'fromCustomer'>,
  input: unknown,
  customer: Customer | null,
): Bound {
  const fields = Object.entries(tool.fromCustomer);
  if (customer === null && (tool.needsCustomer || fields.length > 0)) return { ok: false, why: 'sign_in' };
  const value = { ...(input as Record<string, unknown>) };
  for (const [field, fact] of fields) {
    const known = customer && factOf(customer, fact);
    // Left out, an optional argument could widen what the call is about to everybody.
    if (known === undefined || known === null || known === '')
      return { ok: false, why: 'missing', problem: unknown(fact) };
    value[field] = known;
  }
  return { ok: true, value };
}

/** `id`, `email`, `name`, or the claim of that name. */
function factOf(customer: Customer, fact: string): unknown {
  if (fact === 'id' || fact === 'email' || fact === 'name') return customer[fact];
  return Object.hasOwn(customer.claims, fact) ? customer.claims[fact] : undefined;
}

function unknown(fact: string): string {
  return `The customer is signed in, but their sign-in does not say their ${fact}, which this needs. Offer a person.`;
}

/** The JSON schema without the fields that are filled in from the customer's identity: what the model is shown. */
export function withoutCustomerFields<Schema extends object>(
  schema: Schema,
  fromCustomer: Tool['fromCustomer'],
): Schema {
  const { properties, required } = schema as { properties?: unknown; required?: unknown };
  const hidden = (name: unknown) => Object.hasOwn(fromCustomer, String(name));
  const shown = Object.entries(properties ?? {}).filter(([name]) => !hidden(name));
  const still = Array.isArray(required) ? required.filter((name) => !hidden(name)) : [];
  const result: Record<string, unknown> = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword === 'properties') result.properties = Object.fromEntries(shown);
    else if (keyword !== 'required') result[keyword] = value;
    else if (still.length > 0) result.required = still;
  }
  return result as Schema;
}

/** What is wrong with arguments of the model that name such a field: dropped in silence, a wrong one would look right. */
export function customerFieldProblems(input: unknown, fromCustomer: Tool['fromCustomer']): string[] {
  const given = typeof input === 'object' && input !== null ? input : {};
  return Object.keys(fromCustomer)
    .filter((field) => Object.hasOwn(given, field))
    .map((field) => `${field}: is filled in by the system from the customer's sign-in; leave it out`);
}
