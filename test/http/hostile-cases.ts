import type { ERRORS } from '../../src/protocol/errors.ts';

export type Case = {
  name: string;
  method?: string;
  /** `ID` stands for the conversation's id. Default: its messages. */
  path?: string;
  /** Sent as it is; anything but text or bytes is sent as JSON. */
  body?: unknown;
  headers?: Record<string, string>;
  token?: 'customer' | 'operator' | 'none' | (string & {});
  code: keyof typeof ERRORS;
  /** What the message says besides. */
  says?: string;
};

export const messages = '/v1/conversations/ID/messages';
const deep = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const keys = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 1]));

/** Each must be refused with its code. */
export const CASES: Case[] = [
  // Bodies that are no JSON.
  { name: 'half an object', body: '{"text": "hi"', code: 'invalid_json' },
  { name: 'a bare word', body: 'hello', code: 'invalid_json' },
  { name: 'single quotes', body: "{'text': 'hi'}", code: 'invalid_json' },
  { name: 'two documents', body: '{"text":"hi"}{"text":"ho"}', code: 'invalid_json' },
  { name: 'NaN', body: '{"text": NaN}', code: 'invalid_json' },
  { name: 'invalid UTF-8', body: new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), code: 'invalid_json' },
  { name: 'an overlong encoding', body: new Uint8Array([0x22, 0xc0, 0x80, 0x22]), code: 'invalid_json' },
  { name: 'UTF-16', body: new Uint8Array([0xff, 0xfe, 0x7b, 0, 0x7d, 0]), code: 'invalid_json' },
  { name: 'a NUL byte', body: new Uint8Array([0]), code: 'invalid_json' },
  { name: 'a raw control character in a string', body: '{"text":"a\u0001b"}', code: 'invalid_json' },
  { name: 'blanks', body: '   ', code: 'invalid_json' },
  { name: 'open brackets, 10,000 deep', body: '['.repeat(10_000), code: 'invalid_json' },
  { name: 'objects, 10,000 deep, unclosed', body: '{"a":'.repeat(10_000), code: 'invalid_json' },
  // JSON of the wrong shape.
  { name: 'no body', code: 'invalid_request', says: '"text" is missing' },
  { name: 'null', body: null, code: 'invalid_request', says: 'The body must be an object' },
  { name: 'a list', body: [], code: 'invalid_request' },
  { name: 'a number', body: '12', code: 'invalid_request' },
  { name: 'a string', body: '"text"', code: 'invalid_request' },
  { name: 'lists, 10,000 deep', body: deep(10_000), code: 'invalid_request' },
  { name: 'a text that is a list, 10,000 deep', body: `{"text":${deep(10_000)}}`, code: 'invalid_request' },
  { name: 'a text that is a number', body: { text: 5 }, code: 'invalid_request', says: '"text" must be a string' },
  { name: 'a text that is null', body: { text: null }, code: 'invalid_request' },
  { name: 'a text that is an object', body: { text: { toString: 'x' } }, code: 'invalid_request' },
  { name: 'an unknown field', body: { text: 'hi', txt: 1 }, code: 'invalid_request', says: 'Unknown: "txt"' },
  { name: 'a very long unknown field', body: { text: 'hi', ['x'.repeat(5_000)]: 1 }, code: 'invalid_request' },
  { name: '1,000 unknown fields', body: { text: 'hi', ...keys(1_000) }, code: 'invalid_request' },
  { name: 'a __proto__ field', body: '{"text":"hi","__proto__":{"text":"x"}}', code: 'invalid_request' },
  { name: 'only a __proto__ field', body: '{"__proto__":{"text":"x"}}', code: 'invalid_request' },
  { name: 'a constructor field', body: '{"text":"hi","constructor":{}}', code: 'invalid_request' },
  { name: 'an empty key', body: { text: 'hi', idempotencyKey: '' }, code: 'invalid_request', says: 'idempotencyKey' },
  { name: 'a long key', body: { text: 'hi', idempotencyKey: 'k'.repeat(201) }, code: 'invalid_request' },
  { name: 'a key that is a number', body: { text: 'hi', idempotencyKey: 1 }, code: 'invalid_request' },
  {
    name: 'a long key header',
    body: { text: 'hi' },
    headers: { 'Idempotency-Key': 'k'.repeat(201) },
    code: 'invalid_request',
  },
  // Texts.
  { name: 'an empty text', body: { text: '' }, code: 'empty_message' },
  { name: 'a blank text', body: { text: ' \n\t ' }, code: 'empty_message' },
  { name: 'a text of control characters', body: { text: '\u0000\u0001\u001b\u007f' }, code: 'empty_message' },
  { name: 'a text of invisible characters', body: { text: '\u200b\u2060\u{e0041}' }, code: 'empty_message' },
  { name: 'a long text', body: { text: 'a'.repeat(8_001) }, code: 'message_too_long', says: '8,000' },
  { name: 'a body of 65 KiB', body: { text: 'a'.repeat(65 * 1024) }, code: 'body_too_large', says: '64 KiB' },
  { name: 'a body of 1 MB', body: { text: 'a'.repeat(1_000_000) }, code: 'body_too_large' },
  { name: 'a body of 1 MB that is no JSON', body: 'a'.repeat(1_000_000), code: 'body_too_large' },
  { name: 'an announced gigabyte', body: '{}', headers: { 'Content-Length': '1000000000' }, code: 'body_too_large' },
  // Content types.
  {
    name: 'a form',
    body: 'text=hi',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    code: 'unsupported_media_type',
  },
  {
    name: 'plain text',
    body: '{"text":"hi"}',
    headers: { 'Content-Type': 'text/plain' },
    code: 'unsupported_media_type',
  },
  {
    name: 'another charset',
    body: '{"text":"hi"}',
    headers: { 'Content-Type': 'application/json; charset=utf-16' },
    code: 'unsupported_media_type',
  },
  {
    name: 'a content type of nonsense',
    body: '{"text":"hi"}',
    headers: { 'Content-Type': ';;;' },
    code: 'unsupported_media_type',
  },
  // Tokens.
  { name: 'no token', token: 'none', body: { text: 'hi' }, code: 'unauthorized' },
  {
    name: 'another scheme',
    token: 'none',
    headers: { Authorization: 'Basic YTpi' },
    body: { text: 'hi' },
    code: 'unauthorized',
  },
  {
    name: 'an empty token',
    token: 'none',
    headers: { Authorization: 'Bearer ' },
    body: { text: 'hi' },
    code: 'unauthorized',
  },
  {
    name: 'a token in two words',
    token: 'none',
    headers: { Authorization: 'Bearer a b' },
    body: { text: 'hi' },
    code: 'unauthorized',
  },
  { name: 'an endless token', token: 'x'.repeat(5_000), body: { text: 'hi' }, code: 'unauthorized' },
  { name: 'a wrong token', token: 'x'.repeat(43), body: { text: 'hi' }, code: 'conversation_not_found' },
  { name: "the operator's token", token: 'operator', body: { text: 'hi' }, code: 'conversation_not_found' },
  {
    name: 'a token in the query',
    token: 'none',
    method: 'GET',
    path: '/v1/conversations/ID?token=x',
    code: 'unauthorized',
  },
  // Ids.
  {
    name: 'an unknown id',
    path: '/v1/conversations/conv_0/messages',
    body: { text: 'hi' },
    code: 'conversation_not_found',
  },
  { name: 'an id with a NUL byte', method: 'GET', path: '/v1/conversations/a%00b', code: 'conversation_not_found' },
  {
    name: 'a very long id',
    method: 'GET',
    path: `/v1/conversations/${'a'.repeat(7_000)}`,
    code: 'conversation_not_found',
  },
  { name: 'an id with a slash', method: 'GET', path: '/v1/conversations/a%2Fb', code: 'conversation_not_found' },
  { name: 'an id of SQL', method: 'GET', path: "/v1/conversations/'%20or%201=1--", code: 'conversation_not_found' },
  {
    name: 'an id that is __proto__',
    method: 'GET',
    path: '/v1/conversations/__proto__',
    code: 'conversation_not_found',
  },
  {
    name: 'an id of other letters',
    method: 'GET',
    path: '/v1/conversations/%F0%9F%98%80',
    code: 'conversation_not_found',
  },
  { name: 'half a percent sign', method: 'GET', path: '/v1/conversations/%', code: 'conversation_not_found' },
  {
    name: 'a percent sign of nonsense',
    method: 'GET',
    path: '/v1/conversations/%zz%ff',
    code: 'conversation_not_found',
  },
  {
    name: 'an unfinished character',
    method: 'GET',
    path: '/v1/conversations/%E0%A4/events',
    code: 'conversation_not_found',
  },
  // Addresses and methods.
  { name: 'nowhere', method: 'GET', path: '/v2', code: 'not_found' },
  { name: 'a slash too much', method: 'GET', path: '/v1/conversations/ID/', code: 'not_found' },
  { name: 'two slashes', method: 'GET', path: '//v1/agent', code: 'not_found' },
  { name: 'nowhere, posted', path: '/v1/conversation', body: {}, code: 'not_found' },
  { name: 'OPTIONS of nowhere', method: 'OPTIONS', path: '/nowhere', code: 'not_found' },
  { name: 'an unknown file', method: 'GET', path: '/assets/nothing.js', code: 'not_found' },
  { name: 'GET where only POST is', method: 'GET', code: 'method_not_allowed', says: 'POST' },
  { name: 'PUT', method: 'PUT', body: {}, code: 'method_not_allowed' },
  { name: 'DELETE of a conversation', method: 'DELETE', path: '/v1/conversations/ID', code: 'method_not_allowed' },
  { name: 'PATCH of the list', method: 'PATCH', path: '/v1/conversations', body: {}, code: 'method_not_allowed' },
  { name: 'POST of health', path: '/healthz', body: {}, code: 'method_not_allowed' },
  { name: 'a method of nonsense', method: 'BREW', path: '/v1/agent', code: 'method_not_allowed' },
  // The start of a conversation.
  { name: 'an unknown agent', path: '/v1/conversations', body: { agent: 'nobody' }, code: 'agent_not_found' },
  {
    name: 'an agent called __proto__',
    path: '/v1/conversations',
    body: { agent: '__proto__' },
    code: 'agent_not_found',
  },
  {
    name: 'a language of nonsense',
    path: '/v1/conversations',
    body: { language: 'not a language' },
    code: 'invalid_request',
  },
  {
    name: 'a long language',
    path: '/v1/conversations',
    body: { language: `en${'-abcdefgh'.repeat(5)}` },
    code: 'invalid_request',
  },
  { name: 'metadata that is a list', path: '/v1/conversations', body: { metadata: [] }, code: 'invalid_request' },
  {
    name: 'metadata of 17 keys',
    path: '/v1/conversations',
    body: { metadata: keys(17) },
    code: 'invalid_request',
    says: '16 keys',
  },
  {
    name: 'metadata of 5 KiB',
    path: '/v1/conversations',
    body: { metadata: { a: 'x'.repeat(5_000) } },
    code: 'invalid_request',
    says: '4 KiB',
  },
  {
    name: 'metadata, 30,000 deep',
    path: '/v1/conversations',
    body: `{"metadata":{"a":${deep(30_000)}}}`,
    code: 'invalid_request',
  },
  { name: 'a list instead of an object', path: '/v1/conversations', body: '[]', code: 'invalid_request' },
  // Ratings, handoffs and the like.
  {
    name: 'no score',
    path: '/v1/conversations/ID/rating',
    body: {},
    code: 'invalid_request',
    says: '"score" is missing',
  },
  {
    name: 'a score of 0',
    path: '/v1/conversations/ID/rating',
    body: { score: 0 },
    code: 'invalid_request',
    says: '1 to 5',
  },
  { name: 'a score of 6', path: '/v1/conversations/ID/rating', body: { score: 6 }, code: 'invalid_request' },
  { name: 'a score of 4.5', path: '/v1/conversations/ID/rating', body: { score: 4.5 }, code: 'invalid_request' },
  { name: 'a score of 1e999', path: '/v1/conversations/ID/rating', body: '{"score":1e999}', code: 'invalid_request' },
  { name: 'a score as a string', path: '/v1/conversations/ID/rating', body: { score: '5' }, code: 'invalid_request' },
  {
    name: 'a long comment',
    path: '/v1/conversations/ID/rating',
    body: { score: 5, comment: 'x'.repeat(2_001) },
    code: 'invalid_request',
  },
  {
    name: 'a reason that is a number',
    path: '/v1/conversations/ID/handoff',
    body: { reason: 1 },
    code: 'invalid_request',
  },
  { name: 'a cancel with fields', path: '/v1/conversations/ID/cancel', body: { turnId: 'x' }, code: 'invalid_request' },
  { name: 'a close with fields', path: '/v1/conversations/ID/close', body: { really: true }, code: 'invalid_request' },
  // Streams.
  { name: 'after nothing', method: 'GET', path: '/v1/conversations/ID/events?after=', code: 'invalid_request' },
  {
    name: 'after a word',
    method: 'GET',
    path: '/v1/conversations/ID/events?after=abc',
    code: 'invalid_request',
    says: '"after"',
  },
  { name: 'after -1', method: 'GET', path: '/v1/conversations/ID/events?after=-1', code: 'invalid_request' },
  { name: 'after 1.5', method: 'GET', path: '/v1/conversations/ID/events?after=1.5', code: 'invalid_request' },
  { name: 'after 1e3', method: 'GET', path: '/v1/conversations/ID/events?after=1e3', code: 'invalid_request' },
  {
    name: 'after more than any store holds',
    method: 'GET',
    path: '/v1/conversations/ID/events?after=2147483648',
    code: 'invalid_request',
  },
  {
    name: 'after endless digits',
    method: 'GET',
    path: `/v1/conversations/ID/events?after=${'9'.repeat(500)}`,
    code: 'invalid_request',
  },
  { name: 'after twice', method: 'GET', path: '/v1/conversations/ID/events?after=1&after=2', code: 'invalid_request' },
  {
    name: 'an unknown query',
    method: 'GET',
    path: '/v1/conversations/ID/events?since=1',
    code: 'invalid_request',
    says: '"since"',
  },
  {
    name: 'a query of __proto__',
    method: 'GET',
    path: '/v1/conversations/ID/events?__proto__=1',
    code: 'invalid_request',
  },
  {
    name: 'a Last-Event-ID of nonsense',
    method: 'GET',
    path: '/v1/conversations/ID/events',
    headers: { 'Last-Event-ID': 'x' },
    code: 'invalid_request',
    says: 'Last-Event-ID',
  },
  // Operators.
  {
    name: 'an unknown status',
    method: 'GET',
    token: 'operator',
    path: '/v1/operator/conversations?status=new',
    code: 'invalid_request',
    says: 'waiting_for_human',
  },
  {
    name: 'a limit of 0',
    method: 'GET',
    token: 'operator',
    path: '/v1/operator/conversations?limit=0',
    code: 'invalid_request',
  },
  {
    name: 'a limit of 101',
    method: 'GET',
    token: 'operator',
    path: '/v1/operator/conversations?limit=101',
    code: 'invalid_request',
  },
  {
    name: 'before a word',
    method: 'GET',
    token: 'operator',
    path: '/v1/operator/conversations?before=now',
    code: 'invalid_request',
  },
  {
    name: 'before endless digits',
    method: 'GET',
    token: 'operator',
    path: `/v1/operator/conversations?before=${'9'.repeat(99)}`,
    code: 'invalid_request',
  },
  {
    name: 'an operator without a token',
    method: 'GET',
    token: 'none',
    path: '/v1/operator/conversations',
    code: 'operator_unauthorized',
  },
  {
    name: 'a customer as operator',
    path: '/v1/operator/conversations/ID/messages',
    body: { text: 'hi' },
    code: 'operator_unauthorized',
  },
  {
    name: 'an operator without a text',
    token: 'operator',
    path: '/v1/operator/conversations/ID/messages',
    body: {},
    code: 'invalid_request',
  },
  {
    name: 'an operator with an empty text',
    token: 'operator',
    path: '/v1/operator/conversations/ID/messages',
    body: { text: '\u200b' },
    code: 'empty_message',
  },
  {
    name: 'an operator and an id with a NUL byte',
    method: 'GET',
    token: 'operator',
    path: '/v1/operator/conversations/%00',
    code: 'conversation_not_found',
  },
  {
    name: 'an operator with an endless id',
    token: 'operator',
    path: `/v1/operator/conversations/${'a'.repeat(7_000)}/return`,
    body: {},
    code: 'conversation_not_found',
  },
];

/** Odd, and fine. */
export const HARMLESS: Omit<Case, 'code'>[] = [
  { name: 'a lone surrogate', body: '{"text":"a\\ud800b"}' },
  { name: 'a byte-order mark', body: '\ufeff{"text":"hi"}' },
  { name: 'a doubled field', body: '{"text":1,"text":"hi"}' },
  {
    name: 'a content type with a charset',
    body: '{"text":"hi"}',
    headers: { 'Content-Type': 'Application/JSON; Charset="UTF-8"' },
  },
  {
    name: 'no content type',
    body: new TextEncoder().encode('{"text":"hi"}'),
    headers: { 'Content-Type': '' },
  },
  {
    name: 'a key with odd characters',
    body: { text: 'hi', idempotencyKey: '\u0000\ud800 __proto__' },
  },
  {
    name: 'metadata with __proto__',
    path: '/v1/conversations',
    body: '{"metadata":{"__proto__":{"a":1},"b":"\\u0000\\ud800"}}',
  },
  {
    name: 'an empty Last-Event-ID',
    method: 'HEAD',
    path: '/v1/conversations/ID/events',
    headers: { 'Last-Event-ID': '' },
  },
  { name: 'HEAD of a conversation', method: 'HEAD', path: '/v1/conversations/ID' },
  { name: 'HEAD of health', method: 'HEAD', path: '/healthz' },
  { name: 'OPTIONS without an origin', method: 'OPTIONS' },
];
