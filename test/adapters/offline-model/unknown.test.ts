import { afterAll, describe, expect, test } from 'vitest';
import { offlineModel } from '../../../src/adapters/offline-model/offline-model.ts';
import { dateNote } from '../../../src/agent/notes.ts';
import { keptEncoder } from '../../knowledge/kept-encoder.ts';
import { readReply } from './read-reply.ts';

// A boat hire: an agent with a few facts in its prompt, a tool that books, and what a search always finds: what comes nearest.

const encoder = keptEncoder();
afterAll(() => encoder.close());

const BOOK = {
  name: 'book_boat',
  description: 'Reserves a boat. Gives back the number of the booking.',
  input_schema: {
    type: 'object' as const,
    properties: {
      boat: { type: 'string', enum: ['canoe', 'sailing boat', 'pedal boat'], description: 'The kind of boat' },
      from: { type: 'string', format: 'date', description: 'First day, YYYY-MM-DD' },
      days: { type: 'integer', minimum: 1, maximum: 14, description: 'How many days' },
    },
    required: ['boat', 'from', 'days'],
  },
};
const FACTS = `# Pike Boats

Boat hire at Uferweg 3, 88131 Lindau. Founded in 1998 by Rosa Pike. Six people work here.

Open Wednesday to Sunday, 10:00 to 18:00. Closed on Monday and Tuesday.

We rent canoes, sailing boats and pedal boats. We do not sell boats.`;
const FOUND: [string, string[]][] = [
  ['Ways to pay', ['Yes. ', 'We take cash and cards. ', 'Gift vouchers are taken, too.']],
  [
    'Boat prices',
    [
      'Boat | Hour | Day\n',
      'Canoe | 12 euros | 45 euros\n',
      'Sailing boat | 30 euros | 120 euros\n',
      'Pedal boat | 15 euros | 60 euros\n',
    ],
  ],
  [
    'Safety – Do I get a life jacket?',
    ['Yes. ', 'A life jacket for everybody lies in the boat. ', 'Children wear it at all times.'],
  ],
];

async function ask(message: string) {
  const shown = FOUND.map(([title, sentences], at) => ({
    ...{ type: 'search_result' as const, source: `passage:page-${at}.md#1`, title, citations: { enabled: true } },
    content: sentences.map((text) => ({ type: 'text' as const, text })),
  }));
  const text = [dateNote(Date.UTC(2027, 2, 10)), message].map((one) => ({ type: 'text' as const, text: one }));
  const request = {
    ...{ model: 'offline', max_tokens: 1_000, tools: [BOOK] },
    system: [{ type: 'text' as const, text: 'You are Otto, the AI assistant of Pike Boats, a boat hire.' }],
    messages: [
      { role: 'user' as const, content: `<context name="company">\n${FACTS}\n</context>` },
      { role: 'assistant' as const, content: 'Understood.' },
      { role: 'user' as const, content: [...shown, ...text] },
    ],
  };
  return readReply(offlineModel({ embedder: encoder })(request, AbortSignal.timeout(20_000)));
}

describe('what nothing bears on', () => {
  test.each(['asdfgh', 'Is Ternmarine cheaper than you?', 'Can I speak to Rosa?'])(
    'is not known: %s',
    async (message) => {
      const { text } = await ask(message);
      expect(text).toMatch(/do not know|cannot help/);
      expect(text).not.toMatch(/cash|life jacket|Yes/);
    },
  );
});

describe('the facts of the prompt', () => {
  test.each([
    ['Where are you?', /Uferweg 3/],
    ['Who founded the company?', /Rosa Pike/],
    ['How many people work for you?', /Six people/],
    ['Are you open on Monday?', /Closed on Monday and Tuesday/],
    ['Do you rent sailing boats?', /^(?!.*do not sell).*sailing boat/is],
  ])('are found like knowledge: %s', async (message, said) => {
    expect((await ask(message)).text).toMatch(said);
  });
});

describe('a tool that books', () => {
  test.each([
    'How much is a canoe for a day?',
    'What does it cost to rent a canoe for 3 days?',
    'How much is a canoe?',
  ])('is not begun by who asks for a price: %s', async (message) => {
    const { text } = await ask(message);
    expect(text).toBe('Canoe: Hour 12 euros, Day 45 euros.');
  });

  test.each(['I want to rent a canoe', 'book me a sailing boat please', 'I need a canoe from Friday. How much is it?'])(
    'is begun by who wants it, without other sentences: %s',
    async (message) => {
      const { text } = await ask(message);
      expect(text).toMatch(/still need|please tell me/i);
      expect(text).not.toMatch(/life jacket|cash/);
    },
  );
});
