import type { Customer } from '../agent/customer.ts';
import type { Seen, Source } from '../agent/guard.ts';
import { ASCII } from '../language/ascii.ts';
import { type Field, type FieldKind, fieldOf } from './record-fields.ts';
import { isPersonsMail, withBareAddresses, withRecords } from './record-tables.ts';
import { structureOf } from './structure.ts';

/** A value of somebody else's record. */
export type Foreign = { kind: FieldKind; text: string };

/** What of a tool's result this customer may read, and what is somebody else's. */
export type Split = { open: string; foreign: readonly Foreign[] };

type Who = Pick<Seen, 'customer' | 'said' | 'company' | 'contact'>;
type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
type Record = { [key: string]: Json };

const NONE: ReadonlySet<string> = new Set();

const KEPT = new WeakMap<Source, { of: Who; split: Split }>();

/**
 * Tells in a tool's result the records of others from the customer's own. A record is an object with something of a person;
 * it is the customer's own where it has their number or address of e-mail as the token shows it, or where they have said two
 * things that it has, of which one is of the person. What is inside a record is its owner's, but for what is the company's:
 * its shops and people. A record without a person, and a text that is no record, is open. `bound`: the runtime has asked the tool
 * for this customer, so the only person of its result is them, unless two things speak against it.
 */
export function splitRecords(source: Source, seen: Who, bound: ReadonlySet<string> = NONE): Split {
  const known = KEPT.get(source);
  if (known && known.of.said === seen.said && known.of.customer === seen.customer) return known.split;
  const split = new Splitter(seen, bound.has(source.from)).split(source);
  const { customer, said, company, contact } = seen;
  KEPT.set(source, { of: { customer, said, company, contact }, split });
  return split;
}

/** Whose the values are where the walk stands. */
type Whose = 'own' | 'foreign' | 'open';
/** A value with the kind that its place gives it; a `number` that has no kind is only to be told by. */
type Leaf = { kind: FieldKind | null; text: string; field: Field; isListed?: boolean };

class Splitter {
  readonly #own: ReadonlySet<string>;
  readonly #names: ReadonlySet<string>;
  readonly #said: string;
  /** Without addresses of e-mail, which are made of names. */
  readonly #saidOfNames: string;
  readonly #company: readonly string[];
  readonly #open: string[] = [];
  readonly #foreign: Foreign[] = [];
  #hasForeign = false;
  readonly #customer: Customer | null;
  readonly #isBound: boolean;
  /** Numbers, else addresses of e-mail, of the owners that a result names. */
  readonly #owners = new Set<string>();

  constructor({ customer, said, company, contact }: Who, isBound: boolean) {
    this.#customer = customer;
    this.#isBound = isBound && customer !== null;
    this.#own = new Set(customer ? ownValues(customer) : []);
    this.#names = new Set(customer ? namesOf(customer) : []);
    this.#said = ` ${spaced(said.join('\n'))} `;
    this.#saidOfNames = ` ${spaced(said.join('\n').replace(/\S+@\S+/g, ' '))} `;
    const host = contact.email?.split('@')[1];
    this.#company = [squeezed(company), ...(host ? [squeezed(host)] : [])].filter((one) => one.length > 2);
  }

  split({ text, from }: Source): Split {
    const { values: found, rest } = structureOf(text);
    const values = found.map(withBareAddresses);
    if (this.#isBound) for (const value of values) this.#noteOwners(value as Json, fieldOf(from));
    const around = this.#isBound && this.#owners.size < 2 ? 'own' : 'open';
    for (const value of values) this.#walk(value as Json, fieldOf(from), around);
    if (!this.#hasForeign) return { open: text, foreign: [] };
    return { open: [rest, ...this.#open].join('\n'), foreign: this.#foreign };
  }

  #walk(given: Json, field: Field, whose: Whose, depth = 0): void {
    if (depth > DEEPEST) return;
    const value = withRecords(given) as Json;
    if (Array.isArray(value)) {
      for (const item of value) this.#walk(item, field, whose, depth + 1);
    } else if (isObject(value)) {
      this.#walkRecord(value, field, whose, depth);
    } else if (value !== null && whose !== 'foreign') {
      this.#open.push(String(value));
    }
  }

  #walkRecord(record: Record, field: Field, around: Whose, depth: number): void {
    const leaves = leavesOf(record);
    const whose = this.#whose(record, leaves, field, around);
    for (const [key, value] of Object.entries(record)) {
      const named = fieldOf(key);
      // Objects by their numbers: each is what all are.
      const below = named.role === null && /[\d@]/.test(key) ? { ...named, role: field.role } : named;
      if (whose !== 'foreign') this.#open.push(key);
      this.#walk(value, below, below.role === 'company' ? 'open' : whose, depth + 1);
    }
    if (whose !== 'foreign') return;
    this.#hasForeign = true;
    // Only a name may be a thing's where all around is somebody's.
    const theirs = leaves.filter(({ kind, field: of }) => kind !== null && kind !== 'name' && of.role !== 'company');
    for (const { kind, text } of new Set([...personal(leaves, field), ...theirs])) {
      if (kind !== null && !this.#isCompanys(text)) this.#foreign.push({ kind, text });
    }
  }

  #whose(record: Record, own: readonly Leaf[], field: Field, around: Whose): Whose {
    const leaves = [...own, ...ownersIn(record)];
    const told = personal(leaves, field).filter(({ kind, text }) => kind !== 'address' && !this.#isCompanys(text));
    const isOpen = field.role === 'company' || leaves.some((leaf) => leaf.field.isPublic || this.#isCompanysMail(leaf));
    if (isOpen && !told.some((leaf) => leaf.field.role !== null)) return 'open';
    if (told.length === 0) return around;
    if (this.#isTheirs(told, record, around)) return 'own';
    if (this.#isBound && this.#owners.size < 2) return this.#speaksAgainst(told) ? 'foreign' : 'own';
    // Whom an own record names besides is in it because its owner has put them there, but for another owner.
    return around === 'own' && field.role !== 'owner' ? 'own' : 'foreign';
  }

  #isTheirs(told: readonly Leaf[], record: Record, around: Whose): boolean {
    const strong = told.filter(({ kind }) => kind === 'customer-number' || kind === 'email');
    if (strong.some(({ text }) => this.#own.has(squeezed(text)))) return true;
    // What they have said of the order around it counts, too.
    if (this.#saidOf(record, told).size >= (around === 'own' ? 1 : 2)) return true;
    if (strong.length > 0) return false;
    const phones = told.filter(({ kind }) => kind === 'phone');
    if (
      phones.some(({ text }) => [...this.#own].some((own) => own.length > 6 && own.endsWith(digitsOf(text).slice(-9))))
    )
      return true;
    const names = told.filter(({ kind }) => kind === 'name').flatMap(({ text }) => spaced(text).split(' '));
    return names.length > 0 && names.every((name) => this.#names.has(name));
  }

  #noteOwners(given: Json, field: Field, depth = 0): void {
    const value = depth > DEEPEST ? null : (withRecords(given) as Json);
    if (value === null || typeof value !== 'object') return;
    if (Array.isArray(value)) {
      for (const item of value) this.#noteOwners(item, field, depth + 1);
      return;
    }
    const told = field.role === 'person' || field.role === 'company' ? [] : personal(leavesOf(value), field);
    const own = told.filter((leaf) => leaf.field.role !== 'person');
    const owner = own.find(({ kind }) => kind === 'customer-number') ?? own.find(({ kind }) => kind === 'email');
    if (owner) this.#owners.add(squeezed(owner.text));
    for (const [key, inner] of Object.entries(value)) this.#noteOwners(inner, fieldOf(key), depth + 1);
  }

  /** Two of number, address of e-mail and name are other ones than the token's. */
  #speaksAgainst(told: readonly Leaf[]): boolean {
    const has = (of: FieldKind) => told.some(({ kind }) => kind === of);
    const names = told.filter(({ kind }) => kind === 'name').flatMap(({ text }) => spaced(text).split(' '));
    const against = [
      has('customer-number'),
      has('email') && this.#customer?.email != null,
      names.length > 0 && this.#names.size > 0 && !names.some((name) => this.#names.has(name)),
    ];
    return against.filter(Boolean).length > 1;
  }

  /** The kinds of what the customer has said of a record, or their token as their name; none where nothing of it is of the person. */
  #saidOf(record: Record, told: readonly Leaf[]): ReadonlySet<string> {
    if (this.#said.trim() === '') return new Set();
    const isKnown = ({ kind, text }: Leaf) => this.#isSaid(text, kind) || (kind === 'name' && this.#isNamed(text));
    const kinds = new Set(told.filter(isKnown).map(({ kind }) => String(kind)));
    if (
      kinds.size > 0 &&
      scalarsOf(record).some((text) => isNumber(text) && !told.some((leaf) => leaf.text === text) && this.#isSaid(text))
    )
      kinds.add('other');
    return kinds;
  }

  #isSaid(text: string, kind: FieldKind | null = null): boolean {
    const plain = spaced(text);
    return plain.length > 2 && (kind === 'name' ? this.#saidOfNames : this.#said).includes(` ${plain} `);
  }

  /** Whether a whole name is the token's. */
  #isNamed(text: string): boolean {
    const names = spaced(text).split(' ');
    return names.length > 1 && names.every((name) => this.#names.has(name));
  }

  #isCompanysMail({ kind, text }: Leaf): boolean {
    return kind === 'email' && this.#isCompanys(text.split('@')[1] ?? '');
  }

  #isCompanys(text: string): boolean {
    const plain = squeezed(text);
    return this.#company.some((own) => plain.includes(own));
  }
}

const LONGEST_VALUE = 300;
/** What lies deeper is not looked at, and is nobody's to read where a record of others is around it. */
const DEEPEST = 64;

/** The texts directly in a record, those in lists of texts and in addresses and names too. */
function leavesOf(record: Record, within: Field | null = null, depth = 0): Leaf[] {
  return Object.entries(record).flatMap(([key, value]): Leaf[] => {
    const field = fieldOf(key);
    const { kind } = field;
    if (field.role === 'company') return [{ kind: null, text: '', field }];
    if (isObject(value)) {
      const isPart = (kind === 'address' || kind === 'name') && depth < 2;
      return isPart ? [...leavesOf(value, field, depth + 1), ...wholeAddress(value, kind)] : [];
    }
    const texts = (Array.isArray(value) ? value : [value]).filter(
      (one) => typeof one === 'string' || typeof one === 'number',
    );
    const ofKind =
      kind ?? (within?.kind === 'name' ? 'name' : within?.kind === 'address' && /^line/i.test(key) ? 'address' : null);
    return texts
      .map((one) => String(one).trim())
      .filter((text) => text !== '' && text.length <= LONGEST_VALUE)
      .map((text) => ({ kind: ofKind, text, field, isListed: Array.isArray(value) }));
  });
}

/** A street whose number stands in a field of its own. */
function wholeAddress(record: Record, kind: FieldKind): Leaf[] {
  if (kind !== 'address') return [];
  const fields = Object.entries(record).map(([key, value]) => ({ field: fieldOf(key), text: String(value) }));
  const house = fields.find(({ field }) => field.isHouse)?.text;
  const street = fields.find(({ field }) => field.kind === 'address' && !field.isHouse);
  return house && street ? [{ kind, text: `${street.text} ${house}`, field: street.field }] : [];
}

/** What an object says of its owner, in an object of their own: `{ order, customer: { id, email } }`. */
function ownersIn(record: Record): Leaf[] {
  return Object.entries(record).flatMap(([key, value]) => {
    const field = fieldOf(key);
    return isObject(value) && (field.role === 'owner' || field.role === 'person')
      ? personal(leavesOf(value), field)
      : [];
  });
}

/**
 * What of the fields is of a person: what its own name or the record's says is, what stands beside more of the kind, or is an
 * address of e-mail, whatever it is called. `field` is the record's.
 */
function personal(leaves: readonly Leaf[], { role }: Pick<Field, 'role'>): Leaf[] {
  const tells = ({ kind, text, field }: Leaf) => kind !== null || field.role !== null || isPersonsMail(text);
  if (role !== 'owner' && !leaves.some(tells)) return [];
  const isPersons = role === 'owner' || role === 'person';
  const bare = new Set(leaves.flatMap(({ kind, field }) => (kind !== null && field.role === null ? [kind] : [])));
  const isOne =
    role !== 'company' &&
    (isPersons || bare.size > 1 || TELLING.some((kind) => bare.has(kind)) || areNumbersOnly(leaves));
  const someone = leaves.some(({ field }) => field.role === 'owner' || field.role === 'person');
  return leaves.flatMap((leaf): Leaf[] => {
    const { kind, text, field } = leaf;
    if (field.role === 'company') return [];
    if (kind !== null) {
      // The name beside `customer_email` may be a product's.
      const counts = field.role !== null || isOne || (someone && role !== 'company' && kind !== 'name');
      return counts && (kind !== 'address' || /\p{L}/u.test(text)) ? [leaf] : [];
    }
    if (isPersonsMail(text)) return [{ ...leaf, kind: 'email' }];
    if (role === 'owner' && field.role === null && field.isId) return [{ ...leaf, kind: 'customer-number' }];
    if (field.role !== 'owner' && field.role !== 'person') return [];
    if (text.includes('@')) return [{ ...leaf, kind: 'email' }];
    return field.isPerson && NAME.test(text) ? [{ ...leaf, kind: 'name' }] : [];
  });
}

/** Kinds of which one alone is of a person. */
const TELLING: readonly FieldKind[] = ['email', 'birth-date', 'number'];

/** A list of phone numbers beside which nothing says whose they are. */
function areNumbersOnly(leaves: readonly Leaf[]): boolean {
  return leaves.length > 0 && leaves.every(({ kind, isListed }) => kind === 'phone' && isListed);
}

/** Two to four words with capitals: `customer: "Bob Miller"`. */
const NAME = /^\p{Lu}[\p{L}'’.-]*(?: (?:\p{Ll}{1,3} )?\p{Lu}[\p{L}'’.-]*){1,3}$/u;

function isObject(value: Json | undefined): value is Record {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const MOST_SCALARS = 200;

function scalarsOf(value: Json): string[] {
  const found: string[] = [];
  const queue: Json[] = [value];
  for (let at = 0; at < queue.length && found.length < MOST_SCALARS; at += 1) {
    const one = queue[at] as Json;
    if (Array.isArray(one)) queue.push(...one.slice(0, MOST_SCALARS));
    else if (isObject(one)) queue.push(...Object.values(one).slice(0, MOST_SCALARS));
    else if (one !== null) found.push(String(one));
  }
  return found;
}

/** Such as an order's: neither a date, nor a word. */
function isNumber(text: string): boolean {
  return /\d/.test(text) && squeezed(text).length >= 5 && text.length <= 40 && !/^\d{4}-\d\d-\d\d/.test(text);
}

/** Times in the claims of a token are nobody's number. */
const TIMES: ReadonlySet<string> = new Set(['iat', 'exp', 'nbf', 'auth_time', 'updated_at']);

const LONG_NUMBER = 5;
const NUMBERED = /sub$|id$|_id|number|account|customer|user/i;

function ownValues({ id, email, claims }: Customer): string[] {
  const rest = Object.entries(claims).flatMap(([claim, value]) => {
    if (TIMES.has(claim)) return [];
    // A level of 3 is no customer's number.
    return scalarsOf(value as Json).filter((one) => squeezed(one).length >= LONG_NUMBER || NUMBERED.test(claim));
  });
  return [id, email ?? '', ...rest].map(squeezed).filter((value) => value !== '');
}

function namesOf({ name, claims }: Customer): string[] {
  const parts = [name, ...Object.entries(claims).flatMap(([claim, value]) => (/name/.test(claim) ? [value] : []))];
  return parts.filter((part) => typeof part === 'string').flatMap((part) => spaced(part).split(' '));
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}

/** Letters and digits only, in lower case without marks. */
export function squeezed(text: string): string {
  return spaced(text).replaceAll(' ', '');
}

/** The same, with one space between words. */
function spaced(text: string): string {
  if (ASCII.test(text)) {
    return text
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, ' ')
      .trim();
  }
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
