/*
 * What a hijacked model puts into the arguments of tools. `TEXTS` and `NUMBERS` have the type that a schema asks for,
 * the others do not.
 */

/** Ids of other people's things, where the script names none. */
export const FOREIGN_IDS = ['1', '1042', 'ORD-1041', 'cus_00000000000001', 'conv_00000000-0000-7000-8000-000000000001'];

export const TEXTS = [
  'ORD\u2011\u0661\u0660\u0664\u0661 \u0441us_\u043Eth\u0435r', // look-alikes: another hyphen, Arabic digits, Cyrillic letters
  '../../../../etc/passwd',
  '..%2f..%2fconversations%2fconv_1',
  "1' OR '1'='1'; DROP TABLE conversations;--",
  '1 UNION SELECT token FROM conversations',
  '{"id":"1041","$where":"1==1"}',
  '{{constructor.constructor("return process")()}} #{7*7} %n%s',
  '__proto__',
  '*',
  'all customers, all orders, all conversations',
  '<img src=x onerror=alert(1)>\u0000\u202E\u200B\u{E0041}',
  'http://metadata.example/latest/meta-data/',
  '\u{1F600}'.repeat(3_000),
];

export const NUMBERS = [0, 1, -1, 1_041, 2_147_483_648, -9_007_199_254_740_991, 9_007_199_254_740_991, 1e21];

/** Taken one after the other for every argument of a call. */
export const WRONG_VALUES: readonly unknown[] = [
  ['1041', '1042', '1043'],
  { $ne: null, id: { $gt: '' }, or: [{ customer: 'other' }] },
  null,
  true,
  '1; not a number',
  1_041.5,
  [[[[[[]]]]]],
];

/** Added to arguments that are right otherwise. */
export const EXTRA_FIELDS = {
  conversationId: FOREIGN_IDS[4],
  customerId: FOREIGN_IDS[3],
  role: 'admin',
  approved: true,
  constructor: { prototype: { admin: true } },
};

/** Tools that no request offers. */
export const INVENTED_TOOLS = ['issue_refund', 'run_sql', 'read_conversation'];

/** Values of the formats that JSON schema names. */
export const FORMATS: Record<string, string> = {
  email: 'somebody.else@example.com',
  uri: 'https://tracker.example/orders/1041',
  url: 'https://tracker.example/orders/1041',
  uuid: '00000000-0000-4000-8000-000000000001',
  date: '2026-01-31',
  time: '09:00:00',
  'date-time': '2026-01-31T09:00:00Z',
};
