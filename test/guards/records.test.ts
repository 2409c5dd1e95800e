import { describe, expect, it } from 'vitest';
import type { Customer } from '../../src/agent/customer.ts';
import type { Seen } from '../../src/agent/guard.ts';
import { replaying } from '../../src/agent/replay.ts';
import { Reply } from '../../src/agent/reply.ts';
import { personalDataGuard } from '../../src/guards/personal-data.ts';
import { splitRecords } from '../../src/guards/records.ts';
import { slowdown } from '../language/slowdown.ts';
import { repliesAtEveryCut, SEEN } from './play-guard.ts';

const ANN: Customer = {
  id: 'cus_17',
  email: 'ann@lee.example',
  name: 'Ann Lee',
  claims: { sub: 'cus_17', iat: 1700000000, address: { street_address: 'Elm Row 4' } },
};
const BASE: Seen = {
  ...{ released: '', question: '', said: [], sources: [], prompt: [], customer: ANN, company: 'Acme', language: 'en' },
  contact: { email: 'help@acme.example', phone: '0800 555 0199' },
};
const ANONYMOUS = { customer: null };

const guard = personalDataGuard();

/** What is released of a reply after a tool has given a result. */
function released(reply: string, result: unknown, seen: Partial<Seen> = {}, tool = 'look_up'): string {
  const text = typeof result === 'string' ? result : JSON.stringify(result);
  const sources = [{ kind: 'tool' as const, from: tool, version: '', text }, ...(seen.sources ?? [])];
  const verdict = guard.check(reply, { ...BASE, ...seen, sources });
  return verdict.action === 'redact' ? verdict.text : reply;
}

const BOB = {
  ...{ customer_id: 'cus_99', name: 'Bob Miller', email: 'bob@miller.example', phone: '+49 171 3920001' },
  address: { street: 'Hauptstraße', house_number: '12', zip: '10115', city: 'Berlin' },
};
const HERS = {
  ...{ customer_id: 'cus_17', name: 'Ann Lee', email: 'ann@lee.example', phone: '+49 171 3920002' },
  address: { street: 'Nebenweg 3', zip: '80331', city: 'München' },
};

describe('records of others', () => {
  it.each([
    ['refused', BOB, [], null],
    ['let pass where they are the customer’s own', BOB, ['I am Bob Miller, cus_99'], BOB.email],
  ])('as arguments of an action are %s', (_, record, said, left) => {
    const reply = new Reply({
      turnId: 'turn_1',
      guards: [personalDataGuard()],
      aside: replaying([]),
      text: '',
      citations: [],
    });
    reply.show({ ...SEEN, said, sources: [{ kind: 'tool', from: 'find', version: '', text: JSON.stringify(record) }] });
    const { text } = reply.screenArguments(BOB.email, { isRecord: true });
    expect(text === BOB.email ? text : null).toBe(left);
  });

  it.each([
    [
      'as they are',
      'Bob Miller, bob@miller.example, cus_99.',
      '[name removed], [e-mail removed], [customer number removed].',
    ],
    ['turned and in capitals', 'MILLER, BOB lives there.', '[name removed] lives there.'],
    ['in parts', 'I asked Bob. Mr Miller says no.', 'I asked [name removed]. Mr [name removed] says no.'],
    ['with marks', 'It goes to Böb Millér.', 'It goes to [name removed].'],
    ['a phone otherwise grouped', 'It is 01713920001.', 'It is [phone number removed].'],
    ['a phone alone', 'It is 171-392-0001', 'It is [phone number removed]'],
    ['a street cut short', 'It goes to Hauptstr. 12 in Berlin.', 'It goes to [address removed] in Berlin.'],
    ['a phone in tags', 'It is <b>+49</b><b>171</b><b>3920001</b>.', 'It is <b>[phone number removed]</b>.'],
    ['a phone one group an item', '- +49\n- 171\n- 3920001', '- [phone number removed]'],
    ['a number in pieces', 'Customer CUS 99.', 'Customer [customer number removed].'],
  ])('are not told, %s', (_, reply, bare) => {
    expect(released(reply, { customers: [HERS, BOB] })).toBe(bare);
    expect(released(reply, BOB)).toBe(bare);
    expect(released(reply, { order: 'A-1', customer: BOB, items: [{ name: 'Kettle' }] })).toBe(bare);
  });

  it.each<[string, unknown, string?]>([
    ['with names in camel case', { customerName: 'Bob Miller', customerEmail: 'bob@miller.example', total: 12 }],
    ['in German', { kundenname: 'Bob Miller', kundennummer: '48392', e_mail: 'bob@miller.example' }],
    ['in Spanish', { cliente: { nombre: 'Bob', apellidos: 'Miller', correo: 'bob@miller.example' } }],
    ['in French', { client: { prenom: 'Bob', nom: 'Miller', courriel: 'bob@miller.example' } }],
    ['as one field', { order: 'A-1', owner: 'Bob Miller' }],
    ['by a key', { customers: { c_2: { firstName: 'Bob', lastName: 'Miller' } } }],
    ['by the name of the tool', [{ name: 'Bob Miller', city: 'Berlin' }], 'list_customers'],
    ['in lines', 'Name: Bob Miller\nEmail: bob@miller.example\nCity: Berlin'],
    ['in words', `Found 1: ${JSON.stringify(BOB)} (done)`],
    ['one a line', `${JSON.stringify(HERS)}\n${JSON.stringify(BOB)}`],
    ['as a table', { columns: ['id', 'name', 'email'], rows: [[1, 'Bob Miller', 'bob@miller.example']] }],
    [
      'as a table of described columns',
      { fields: [{ name: 'name' }, { name: 'email' }], data: [['Bob Miller', 'bob@miller.example']] },
    ],
    [
      'as rows below their names',
      [
        ['id', 'name', 'email'],
        [1, 'Bob Miller', 'bob@miller.example'],
      ],
    ],
    ['cut off', `${JSON.stringify([HERS, BOB, BOB]).slice(0, -50)}\n[cut: the result was longer]`],
  ])('are told from others %s', (_, result, tool) => {
    const reply = 'That is Bob Miller (bob@miller.example).';
    expect(released(reply, result, {}, tool)).toBe('That is [name removed] ([e-mail removed]).');
  });

  it.each<[string, unknown, string, string]>([
    [
      'an order’s buyer, deep in it',
      { results: [{ order: { buyer: { fullName: 'Bob Miller' }, deliveryAddress: { line1: 'Elm Row 9' } } }] },
      'Bob Miller, Elm Row 9',
      '[name removed], [address removed]',
    ],
    [
      'a parcel’s recipient',
      { carrier: 'DHL', recipient: 'Bob Miller', place: 'Berlin' },
      'Bob Miller in Berlin',
      '[name removed] in Berlin',
    ],
    [
      'who is billed',
      { invoice: '1', bill_to: { name: 'Bob Miller', street: 'Elm Row 9' } },
      'Bob Miller, Elm Row 9',
      '[name removed], [address removed]',
    ],
    [
      'a ticket’s requester and notes',
      {
        ticket: {
          requester: { id: 9, email: 'bob@miller.example' },
          assignee: { name: 'Eva Ruiz', email: 'eva@acme.example' },
          comments: [{ body: 'my phone is 0171 3920001' }],
        },
      },
      'Eva Ruiz: phone 0171 3920001',
      'Eva Ruiz: phone [phone number removed]',
    ],
    [
      'an account’s birthday and number',
      { userId: 48391, dob: '1980-05-12', firstName: 'Bob' },
      '48391, 1980-05-12',
      '[customer number removed], [date of birth removed]',
    ],
  ])('%s is somebody’s', (_, result, reply, bare) => expect(released(reply, result)).toBe(bare));

  it.each<[string, unknown, string]>([
    ['in a list alone', ['bob@miller.example'], 'bob@miller.example'],
    ['as the sender of a message', { messages: [{ from: 'bob@miller.example', text: 'Hello' }] }, 'bob@miller.example'],
    ['in a list of addresses', { emails: ['bob@miller.example'] }, 'bob@miller.example'],
    ['in a list of numbers', { phones: ['0171 3920001'] }, '0171 3920001'],
    ['spelt with references', BOB, 'B&#111;b&nbsp;Mil\u0007ler'],
  ])('are not told %s', (_, result, value) => {
    expect(released(`It is ${value}.`, result)).toMatch(/^It is \[[\w -]+ removed\]\.$/);
  });

  it('have names of ordinary words, which count with their capitals', () => {
    const result = ['Will Page', 'May Sale'].map((name) => ({ customer: { name } }));
    const reply = 'We will page the team. The May sale ends on Monday.';
    expect(released(reply, result)).toBe(reply);
    expect(released('Ask Will Page or May Sale.', result)).toBe('Ask [name removed] or [name removed].');
    expect(released('ask bob miller', BOB)).toBe('ask [name removed]');
  });

  it('a name that a segment cuts is taken out of the rest', () => {
    expect(released(' Miller.', BOB, { released: 'That is Bob' })).toBe('[name removed].');
  });

  it('do not come through in pieces, wherever the reply is cut', () => {
    const sources = [{ kind: 'tool' as const, from: 'x', version: '', text: JSON.stringify([HERS, BOB]) }];
    const text = 'It is for Bob Miller at Hauptstraße 12, 10115 Berlin, who is cus_99; call +49 171 3920001, or not.';
    for (const reply of repliesAtEveryCut(guard, text, { ...BASE, sources })) {
      expect(reply).not.toMatch(/Bob|Miller|Hauptstr|cus_|3920/);
      expect(reply).toMatch(/^It is for \[name removed\] at .*or not\.$/);
    }
  });

  it('is told in the customer’s language', () => {
    expect(released('Bob Miller', BOB, { language: 'de-AT' })).toBe('[Name entfernt]');
    expect(released('Bob Miller', BOB, { language: 'ru' })).toBe('[удалено: имя]');
  });
});

describe('the customer’s own', () => {
  const own = 'Ann Lee, ann@lee.example, +49 171 3920002, Nebenweg 3, Elm Row 4.';
  it.each<[string, unknown]>([
    ['by the number', { ...HERS, email: 'other@lee.example' }],
    ['by the address of e-mail', { ...HERS, customer_id: '4711' }],
    ['among others', { customers: [BOB, HERS] }],
    ['around its parts', { order: 'A-1', customer: { id: 'cus_17' }, recipient: HERS }],
  ])('may be told %s', (_, result) => expect(released(own, result)).toBe(own));

  it.each<[string, unknown]>([
    ['in a table', { columns: ['name', 'email'], rows: [['Ann Lee', 'ann@lee.example']] }],
    ['in a list alone', ['ann@lee.example', 'bob@miller.example']],
    ['as a message’s', { messages: [{ from: 'ann@lee.example', to: 'x@y.example' }] }],
  ])('address may be told %s', (_, result) => {
    expect(released('It is ann@lee.example.', result)).toBe('It is ann@lee.example.');
  });

  it('is what has the name of their token and an order that they have named', () => {
    const order = { order_id: 'A-48391', customer_id: 4711, customer_name: 'Lee, Ann', address: 'Elm Row 9' };
    const said = (text: string) => released('Ann Lee, Elm Row 9', order, { said: [text] });
    expect(said('Where is A-48391?')).toBe('Ann Lee, Elm Row 9');
    expect(said('Where is it?')).toBe('Ann Lee, [address removed]');
  });

  it('is not what has a short number that their token has for something else', () => {
    const customer = { ...ANN, claims: { level: 3, tier: 'gold', shop_id: 8 } };
    const of = (id: number) => released('Bob Miller', { customer_id: id, customer_name: 'Bob Miller' }, { customer });
    expect([of(3), of(8)]).toEqual(['[name removed]', 'Bob Miller']);
  });

  describe('a tool that is bound to them', () => {
    const bound = personalDataGuard({ bound: ['get_customer'] });
    const told = (result: unknown, customer: Customer | null) => {
      const source = { kind: 'tool' as const, from: 'get_customer', version: '', text: JSON.stringify(result) };
      const verdict = bound.check('Bob Miller, bob@miller.example', { ...BASE, customer, sources: [source] });
      return verdict.action === 'allow';
    };
    const known = (email: string | null, name: string | null) => ({ id: 'auth|1', email, name, claims: {} });

    it.each<[string, unknown, Customer | null, boolean]>([
      [
        'tells of them, whatever it calls them',
        { name: 'Bob Miller', email: 'bob@miller.example' },
        known(null, null),
        true,
      ],
      ['and by another number', BOB, known(null, null), true],
      [
        'and by another address of e-mail',
        { name: 'Bob Miller', email: 'bob@miller.example' },
        known('b@x.example', 'Bob M'),
        true,
      ],
      ['not where two things speak against it', BOB, ANN, false],
      ['not in a list with others', [BOB, { ...HERS, customer_id: 'cus_1' }], known(null, null), false],
      ['not to a visitor', BOB, null, false],
    ])('%s', (_, result, customer, isTold) => expect(told(result, customer)).toBe(isTold));
  });

  it('whom they have put into their own record may be told', () => {
    const gift = { order: 'A-1', customer_id: 'cus_17', recipient: { name: 'Bob Miller', phone: '0171 3920001' } };
    expect(released('It goes to Bob Miller, 0171 3920001.', gift)).toBe('It goes to Bob Miller, 0171 3920001.');
  });

  it('what they have said may be said', () => {
    const said = ['Is Bob Miller there?'];
    expect(released('Bob Miller has bob@miller.example.', BOB, { said })).toBe('Bob Miller has [e-mail removed].');
  });

  it('a visitor’s is what they have said two things of, one of them of the person', () => {
    const order = { order_id: 'A-48391', customer: HERS };
    const reply = 'Ann Lee, Nebenweg 3.';
    const said = (text: string) => released(reply, order, { ...ANONYMOUS, said: [text] });
    expect(said('order A-48391, ann@lee.example')).toBe(reply);
    expect(said('I am Ann Lee, ann@lee.example')).toBe(reply);
    expect(said('order A-48391')).toBe('[name removed], [address removed].');
    // Her name they have said with the address of e-mail.
    expect(said('ann@lee.example')).toBe('Ann Lee, [address removed].');
  });
});

describe('what is nobody’s', () => {
  it.each<[string, unknown, string, string?]>([
    [
      'a product',
      { order: 'A-1', customer: BOB, items: [{ id: 'SKU-77120', name: 'Blue Kettle' }] },
      'Blue Kettle SKU-77120',
    ],
    [
      'a shop',
      { stores: [{ name: 'Acme Mitte', phone: '030 1234567', address: 'Torstr. 1', email: 'm@x.example' }] },
      'Acme Mitte, Torstr. 1, 030 1234567, m@x.example',
    ],
    [
      'a shop by the tool',
      [{ name: 'Mitte', phone: '030 1234567', address: 'Torstr. 1' }],
      'Mitte, Torstr. 1, 030 1234567',
      'find_store',
    ],
    ['a shop by its hours', { name: 'Mitte', email: 'm@x.example', opening_hours: '9-17' }, 'Mitte: m@x.example'],
    [
      'a courier',
      { customer: BOB, carrier: { name: 'Fast Parcel', phone: '030 7654321' } },
      'Fast Parcel, 030 7654321',
    ],
    [
      'staff',
      { name: 'Eva Ruiz', email: 'eva@acme.example', phone: '030 1112223' },
      'Eva Ruiz, eva@acme.example, 030 1112223',
    ],
    ['an office’s address', ['help@partner.example'], 'Write to help@partner.example.'],
    [
      'a shop in a table',
      {
        stores: [
          ['name', 'phone'],
          ['Mitte', '030 1234567'],
        ],
      },
      'Mitte, 030 1234567',
    ],
    ['a city', BOB, 'We deliver to Berlin.'],
    ['a parcel', { customer: BOB, tracking: '1Z999AA10123456784' }, 'Your parcel is 1Z999AA10123456784.'],
    ['no record', 'The courier came. See [1] and {a}: 030 1234567', 'Call 030 1234567'],
    ['an address alone', { address: 'Torstr. 1', city: 'Berlin' }, 'Torstr. 1, Berlin'],
  ])('%s may be told', (_, result, reply, tool) => expect(released(reply, result, {}, tool)).toBe(reply));

  it('a part of a name that is a word stays where it is one', () => {
    const reply = 'Will it rain in May? A miller and a rose may know.';
    expect(released(reply, { customer: { id: 'x9', name: 'Will May Rose-Miller' } })).toBe(reply);
  });
});

it('names that the folder lists are never said, not even as the customer said them', () => {
  const listing = personalDataGuard({ names: ['Jo Doe', '+49 30 99887766'] });
  const verdict = listing.check('Jo  Doe, JO DOE or 030/99887766? Jo is fine.', { ...BASE, said: ['Jo Doe'] });
  expect(verdict).toMatchObject({
    text: '[information removed], [information removed] or [phone number removed]? Jo is fine.',
  });
});

it('looks at anything that a tool may give', () => {
  const deep = `${'{"a":['.repeat(9_000)}1`;
  const values = [
    deep,
    `${deep}${']}'.repeat(9_000)}`,
    '',
    'null',
    '[null]',
    '{"__proto__":{"email":"x@y.example"}}',
    '"'.repeat(99),
  ];
  const deeper = Array.from({ length: 900 }).reduce((inner) => ({ address: { name: inner } }), {});
  for (const result of [...values, JSON.stringify(deeper)])
    expect(released('The constructor is well.', result, { language: 'constructor' })).toBe('The constructor is well.');
});

it('takes time linear in a result', () => {
  const split = (text: string) => splitRecords({ kind: 'tool', from: 'x', version: '', text }, BASE);
  const one = `${JSON.stringify(BOB)},`;
  const given = (length: number) => `[${one.repeat(length / 2 / one.length)}${'[{"a'.repeat(length / 8)}`;
  expect(slowdown(split, given)).toBeLessThan(20);
});
