import type Anthropic from '@anthropic-ai/sdk';
import { describe, expect, it, test } from 'vitest';
import { codeShapes, findCodes } from '../../../src/adapters/offline-model/codes.ts';
import { offlineModel } from '../../../src/adapters/offline-model/offline-model.ts';
import { readAddress } from '../../../src/adapters/offline-model/postal.ts';
import { dateNote, expiredNote } from '../../../src/agent/notes.ts';
import { UNKNOWN } from '../../../src/agent/run-action.ts';
import type { ActionRecord } from '../../../src/conversations/action-store.ts';
import { actionMessages } from '../../../src/conversations/told-actions.ts';
import { readReply } from './read-reply.ts';

// Another company than those of the examples: a ferry line. What it can do stands in the schemas alone.

const booking_id = { type: 'string', description: 'The booking reference, such as FR20417', examples: ['FR20417'] };
const tool = (name: string, description: string, properties: Record<string, unknown>): Anthropic.Tool => ({
  name,
  description,
  input_schema: { type: 'object', properties, required: Object.keys(properties) },
});
const TOOLS = [
  tool('cancel_booking', 'Cancels a booking.', { booking_id }),
  tool('get_booking', 'Looks up a booking: ferry, date, and who travels.', { booking_id }),
  tool('list_bookings', 'Lists the bookings of the customer.', {}),
  tool('reschedule_booking', 'Moves a booking to another day.', {
    booking_id,
    date: { type: 'string', format: 'date', description: 'The new day of travel' },
  }),
  tool('request_refund', 'Pays part of a booking back.', {
    booking_id,
    amount: { type: 'number', minimum: 0.01, maximum: 5_000, description: 'The amount to pay back in pounds' },
  }),
];

const BEFORE: Anthropic.MessageParam[] = [
  { role: 'user', content: '<context name="ferries">\n# Ferries\n\nNorth Ferries sails to the islands.\n</context>' },
  { role: 'assistant', content: 'Understood.' },
];
const said = (text: string, ...notes: string[]): Anthropic.MessageParam => ({
  role: 'user',
  content: [...notes, dateNote(Date.UTC(2027, 2, 1)), text].map((one) => ({ type: 'text', text: one })),
});
const agent = (text: string): Anthropic.MessageParam => ({ role: 'assistant', content: text });

async function reply(...messages: Anthropic.MessageParam[]) {
  const model = offlineModel({ embedder: null });
  const request = {
    ...{ model: 'offline', max_tokens: 1_000, tools: TOOLS },
    system: [{ type: 'text' as const, text: 'You are Ola, the AI assistant of North Ferries.' }],
    messages: [...BEFORE, ...messages],
  };
  return readReply(model(request, new AbortController().signal));
}

describe('what is on record with another company', () => {
  test.each([
    ['Please cancel FR20417', 'cancel_booking', { booking_id: 'FR20417' }],
    ['i need to call off my trip fr 20417', 'cancel_booking', { booking_id: 'FR20417' }],
    ['Can I still cancel FR-20417?', 'cancel_booking', { booking_id: 'FR20417' }],
    ['When does FR20417 leave?', 'get_booking', { booking_id: 'FR20417' }],
    ['Which bookings do I have?', 'list_bookings', {}],
    ['Please reschedule FR20417 to 4 March 2027', 'reschedule_booking', { booking_id: 'FR20417', date: '2027-03-04' }],
    ['I want £40 back for FR20417', 'request_refund', { booking_id: 'FR20417', amount: 40 }],
  ])('%s', async (text, name, input) => {
    expect((await reply(said(text))).calls).toEqual([{ name, input }]);
  });

  test.each([
    'How do I cancel a booking?',
    "Don't cancel FR20417",
    'What happens if I cancel?',
    'Do you give refunds?',
  ])('"%s" changes nothing', async (text) => {
    const { calls } = await reply(said(text));
    expect(calls.filter(({ name }) => !/^(?:get|list|search)_/.test(name))).toEqual([]);
  });

  test.each([
    ['Cancel all my bookings, FR20417 excluded', null],
    ['Cancel every booking but not FR20417', null],
    ['Please cancel the others and leave FR20417 as it is', null],
    ['Cancel FR30001, not FR20417', 'FR30001'],
  ])('"%s" spares FR20417, though it was spoken of before', async (text, cancelled) => {
    const { calls } = await reply(said('Where is FR20417?'), agent('It is at sea.'), said(text));
    const cancels = calls.filter(({ name }) => name === 'cancel_booking').map(({ input }) => input);
    expect(cancels).toEqual(cancelled ? [{ booking_id: cancelled }] : []);
  });

  it('cancels what was spoken of last', async () => {
    const history = [said('Where is FR20417?'), agent('It is at sea.'), said('And FR30001?'), agent('In port.')];
    expect((await reply(...history, said('Then cancel it, please.'))).calls).toEqual([
      { name: 'cancel_booking', input: { booking_id: 'FR30001' } },
    ]);
  });
});

const record = (state: ActionRecord['state'], more: Partial<ActionRecord> = {}): ActionRecord => ({
  ...{
    id: 'act_1',
    callId: 'call_1',
    tool: 'cancel_booking',
    summary: 'Cancel FR20417?',
    input: { booking_id: 'FR20417' },
  },
  ...{ hash: 'h', by: 'customer', expiresAt: 0, conversationId: 'c', turnId: 't', customerId: null, proposedAt: 0 },
  ...{ decidedAt: 0, decidedBy: 'customer', decidedSeq: 1, attempts: 1, result: null, state },
  ...more,
});
const asked = [said('Cancel FR20417'), agent('Please check this.')];
const told = (action: ActionRecord) => actionMessages([action]);

describe('what became of it', () => {
  it('is told as the tool said it', async () => {
    const result = { content: '{"summary":"Booking FR20417 is cancelled."}', isError: false };
    const { text, calls } = await reply(...asked, ...told(record('done', { result })));
    expect(text).toContain('Booking FR20417 is cancelled.');
    expect(calls).toEqual([]);
  });

  test.each([
    ['declined', record('declined'), /nothing was done/],
    ['declined by a colleague', record('declined', { decidedBy: 'operator' }), /colleague.*declined.*nothing was done/],
    ['unknown', record('unknown', { result: UNKNOWN.result }), /cannot tell whether.*colleague/],
    [
      'refused',
      record('failed', { result: { content: 'The ferry has left.', isError: true } }),
      /^The ferry has left\.$/,
    ],
  ])('%s', async (_, action, words) => {
    const { text, calls } = await reply(...asked, ...told(action));
    expect(text).toMatch(words);
    expect(text).not.toMatch(/is cancelled|customer/);
    expect(calls).toEqual([]);
  });

  const withMessage = (message: string): Anthropic.MessageParam[] => {
    const [call, result] = told(record('declined'));
    if (!call || !result || typeof result.content === 'string') throw new Error('no messages');
    return [call, { role: 'user', content: [...result.content, ...(said(message).content as [])] }];
  };

  it('comes before the answer to what was said with it', async () => {
    const { text, calls } = await reply(...asked, ...withMessage('But tell me where FR30001 is'));
    expect(text).toMatch(/nothing was done/);
    expect(calls).toEqual([{ name: 'get_booking', input: { booking_id: 'FR30001' } }]);
  });

  it('is all there is to say to a plain no', async () => {
    expect((await reply(...asked, ...withMessage('no thanks'))).text).toMatch(/^All right: nothing was done/);
  });

  it('is told where nobody decided in time', async () => {
    const { text } = await reply(...asked, said('hello?', expiredNote('Cancel FR20417?')));
    expect(text).toContain('not confirmed in time, so it was not done: Cancel FR20417.');
  });
});

describe('a postal address', () => {
  test.each([
    ['14 Mill Road, 50667 Cologne, Germany', '14 Mill Road', '50667', 'Cologne', 'Germany'],
    ['Please send it to Lindenweg 12a, 10435 Berlin, Germany', 'Lindenweg 12a', '10435', 'Berlin', 'Germany'],
    [
      'my new address is 7 High Street, London, SW1A 1AA, United Kingdom',
      '7 High Street',
      'SW1A 1AA',
      'London',
      'United Kingdom',
    ],
    ['14 Mill Road\n50667 Cologne\nGermany', '14 Mill Road', '50667', 'Cologne', 'Germany'],
    ['to 5 rose street, 1010 Vienna', '5 rose street', '1010', 'Vienna', undefined],
    ['Rue de la Paix 3, Paris', 'Rue de la Paix 3', undefined, 'Paris', undefined],
    ['should be Lindenweg 21, 10435 Berlin', 'Lindenweg 21', '10435', 'Berlin', undefined],
    ['04109 Leipzig, Germany', undefined, '04109', 'Leipzig', 'Germany'],
    ['to another address', undefined, undefined, undefined, undefined],
  ])('%j', (text, street, postcode, city, country) => {
    expect(readAddress(text).address).toEqual(JSON.parse(JSON.stringify({ street, postcode, city, country })));
  });
});

test('a code is read in any spelling, and no look-alike is', () => {
  const shapes = codeShapes({ name: 'order_id', examples: ['A-1234'] });
  const codes = (text: string) => findCodes(text, shapes).map(({ code }) => code);
  expect(codes('a-1042, B2001 and (C 3007)')).toEqual(['A-1042', 'B-2001', 'C-3007']);
  expect(codes('А-1042 AB-1042 A-10425 Ａ-1042')).toEqual([]);
  expect(codeShapes({ name: 'postcode', examples: ['50667'] })).toEqual([]);
});
