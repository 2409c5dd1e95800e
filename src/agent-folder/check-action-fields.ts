import { WRITE_FIELDS } from '../agent/action-rules.ts';
import { didYouMean } from '../language/did-you-mean.ts';
import { isRecord } from './json-schema.ts';

/** Reports a problem at the field of that name. */
export type Complain = (field: string, message: string) => void;

const DECIDERS = ['customer', 'operator'];
const LIMITED = ['customer', 'conversation', 'agent'];
const LIMIT_FIELDS = ['per', 'most', 'hours', 'amount'];
/** A month: whoever says yes later speaks of another time. */
const LONGEST_EXPIRY_MINUTES = 43_200;
const LONGEST_LIMIT_HOURS = 8_760;
const MOST_LIMITS = 10;

/** Checks what a definition says of identity and of actions; `input` is checked elsewhere. */
export function checkActionFields(definition: Record<string, unknown>, wrong: Complain): void {
  checkNeeds(definition, wrong);
  if (definition.effect !== 'write') {
    for (const field of WRITE_FIELDS.filter((name) => definition[name] !== undefined)) {
      wrong(field, `${field}: is only for a tool that changes something, effect "write"`);
    }
    return;
  }
  const { confirm, expiresMinutes, lookup, limits } = definition;
  if (confirm !== undefined && typeof confirm !== 'function' && !DECIDERS.includes(String(confirm))) {
    wrong('confirm', `confirm: expected "customer", "operator" or a function, got ${shown(confirm)}`);
  }
  if (expiresMinutes !== undefined && !isWhole(expiresMinutes, LONGEST_EXPIRY_MINUTES)) {
    const range = `a whole number of minutes from 1 to ${LONGEST_EXPIRY_MINUTES}`;
    wrong('expiresMinutes', `expiresMinutes: expected ${range}, got ${shown(expiresMinutes)}`);
  }
  for (const field of ['confirmByMessage', 'idempotent']) {
    const value = definition[field];
    if (value !== undefined && typeof value !== 'boolean') {
      wrong(field, `${field}: expected true or false, got ${shown(value)}`);
    }
  }
  if (confirm === 'operator' && definition.confirmByMessage === true) {
    wrong('confirmByMessage', 'confirmByMessage: a customer cannot confirm what waits for an operator');
  }
  if (lookup !== undefined && typeof lookup !== 'function') wrong('lookup', 'lookup: expected a function');
  if (limits !== undefined) checkLimits(limits, needsCustomer(definition), wrong);
}

function checkNeeds({ needs, fromCustomer }: Record<string, unknown>, wrong: Complain): void {
  if (needs !== undefined && needs !== 'verified-customer') {
    wrong('needs', `needs: expected "verified-customer", got ${shown(needs)}`);
  }
  if (fromCustomer === undefined) return;
  if (!isRecord(fromCustomer)) {
    wrong('fromCustomer', `fromCustomer: expected an object such as { customer_id: 'id' }, got ${shown(fromCustomer)}`);
    return;
  }
  for (const [field, fact] of Object.entries(fromCustomer)) {
    if (typeof fact === 'string' && fact.trim() !== '') continue;
    const wanted = '"id", "email", "name" or the name of a claim';
    wrong('fromCustomer', `fromCustomer.${field}: expected ${wanted}, got ${shown(fact)}`);
  }
}

function needsCustomer({ needs, fromCustomer }: Record<string, unknown>): boolean {
  return needs === 'verified-customer' || (isRecord(fromCustomer) && Object.keys(fromCustomer).length > 0);
}

function checkLimits(limits: unknown, customerKnown: boolean, wrong: Complain): void {
  if (!Array.isArray(limits) || limits.length > MOST_LIMITS) {
    wrong('limits', `limits: expected a list of at most ${MOST_LIMITS} limits`);
    return;
  }
  for (const [index, limit] of limits.entries()) {
    const at = `limits[${index}]`;
    if (!isRecord(limit)) wrong('limits', `${at}: expected { per, most, hours }, got ${shown(limit)}`);
    else checkLimit(limit, customerKnown, (field, message) => wrong('limits', `${at}.${field}: ${message}`));
  }
}

function checkLimit(limit: Record<string, unknown>, customerKnown: boolean, wrong: Complain): void {
  const { per, most, hours, amount } = limit;
  for (const field of Object.keys(limit).filter((name) => !LIMIT_FIELDS.includes(name))) {
    wrong(field, `unknown field${didYouMean(field, LIMIT_FIELDS)}`);
  }
  if (!LIMITED.includes(String(per))) {
    wrong('per', `expected one of ${LIMITED.map((name) => `"${name}"`).join(', ')}, got ${shown(per)}`);
  }
  if (per === 'customer' && !customerKnown) wrong('per', '"customer" needs a tool with needs: \'verified-customer\'');
  if (!isWhole(most, Number.MAX_SAFE_INTEGER)) wrong('most', `expected a whole number above 0, got ${shown(most)}`);
  if (!isWhole(hours, LONGEST_LIMIT_HOURS)) {
    wrong('hours', `expected a whole number from 1 to ${LONGEST_LIMIT_HOURS}, got ${shown(hours)}`);
  }
  if (amount !== undefined && typeof amount !== 'function') wrong('amount', 'expected a function');
}

function isWhole(value: unknown, most: number): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 1 && Number(value) <= most;
}

function shown(value: unknown): string {
  return JSON.stringify(value) ?? (value === undefined ? 'nothing' : `a ${typeof value}`);
}
