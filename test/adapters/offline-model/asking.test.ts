import type Anthropic from '@anthropic-ai/sdk';
import { describe, expect, test } from 'vitest';
import { offlineModel } from '../../../src/adapters/offline-model/offline-model.ts';
import { isDanger } from '../../../src/adapters/offline-model/small-talk.ts';
import { dateNote } from '../../../src/agent/notes.ts';
import { deskMark } from '../../../src/agent/switch-desk.ts';
import { readReply } from './read-reply.ts';

// A city's office and a gym: tools that only let somebody know something, as their descriptions say.

const tool = (name: string, description: string, properties: Record<string, unknown>): Anthropic.Tool => ({
  name,
  description,
  input_schema: { type: 'object', properties, required: Object.keys(properties) },
});
const permit = {
  permit: { type: 'string', enum: ['parking', 'building', 'other_event'], description: 'The kind of permit.' },
};
const PERMIT_PAPERS = tool(
  'permit_papers',
  'Tells what somebody has to bring to apply for a permit, and where it is collected. Use it before papers are named.',
  permit,
);
const PAUSE_UNTIL = tool(
  'pause_deadline',
  'Says until when a membership can be paused, from the day on which it was renewed.',
  {
    renewed_on: {
      type: 'string',
      pattern: '^\\d{4}-\\d{2}-\\d{2}$',
      description: 'The day of the renewal, as year-month-day.',
    },
  },
);
const MEMBERSHIP = tool('get_membership', 'Looks up a membership: since when, and what it costs.', {
  membership_id: { type: 'string', description: 'The number of the membership', examples: ['GYM-204'] },
});
const SWITCH = tool('switch_route', 'Hands over to another desk.', { route: { type: 'string' } });
const TOOLS = [PERMIT_PAPERS, PAUSE_UNTIL, MEMBERSHIP];

const KNOWN: Anthropic.MessageParam[] = [
  {
    role: 'user',
    content:
      '<context name="office">\n# Office\n\nPermits are issued within ten days. A permit costs 20 euros. Memberships are paused on the web page.\n</context>',
  },
  { role: 'assistant', content: 'Understood.' },
];
const said = (text: string): Anthropic.MessageParam => ({
  role: 'user',
  content: [dateNote(Date.UTC(2027, 2, 10)), text].map((one) => ({ type: 'text', text: one })),
});
const called = (name: string, input: object, result: unknown): Anthropic.MessageParam[] => [
  { role: 'assistant', content: [{ type: 'tool_use', id: 'call_1', name, input }] },
  { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'call_1', content: JSON.stringify(result) }] },
];

async function reply(messages: Anthropic.MessageParam[], tools = TOOLS) {
  const request = {
    ...{ model: 'offline', max_tokens: 1_000, tools },
    system: [{ type: 'text' as const, text: 'You are Ola, the AI assistant of Harbor City.' }],
    messages: [...KNOWN, ...messages],
  };
  const { text, calls } = await readReply(offlineModel({ embedder: null })(request, new AbortController().signal));
  return { text, calls: calls.filter(({ name }) => name !== 'search_knowledge') };
}

describe('a tool that lets somebody know something', () => {
  test.each([
    ['What do I need for the parking permit?', 'permit_papers', { permit: 'parking' }],
    ['which documents should I prepare to apply for my building permit', 'permit_papers', { permit: 'building' }],
    [
      'We plan a street event. What papers do we have to bring for the permit?',
      'permit_papers',
      { permit: 'other_event' },
    ],
    ['My membership was renewed on 2 March. Can I still pause it?', 'pause_deadline', { renewed_on: '2027-03-02' }],
    [
      'It renewed on 2027-01-15, is it too late to pause my membership?',
      'pause_deadline',
      { renewed_on: '2027-01-15' },
    ],
    [
      'It was renewed yesterday. Until when may I pause the membership?',
      'pause_deadline',
      { renewed_on: '2027-03-09' },
    ],
    [
      'My membership was renewed on 20 December, until which day can it be paused?',
      'pause_deadline',
      { renewed_on: '2026-12-20' },
    ],
    [
      'When is the last day to pause my membership? It was renewed on 4 March 2027.',
      'pause_deadline',
      { renewed_on: '2027-03-04' },
    ],
    [
      'Can I still pause it tomorrow? My membership was renewed on February 3rd, 2027.',
      'pause_deadline',
      { renewed_on: '2027-02-03' },
    ],
  ])('%s', async (text, name, input) => {
    expect((await reply([said(text)])).calls).toEqual([{ name, input }]);
  });

  test.each([
    'How long does a parking permit take?',
    'How much is the building permit?',
    'What is a parking permit?',
    'Where do I park my car?',
    'When will you open again?',
    'How do I pause my membership?',
    'Do memberships have to be paused on a Monday?',
    'What happens after I apply for the parking permit?',
    'Can I still change my mind about the whole thing?',
    'When is my refund paid after I pause it?',
  ])('is not called for "%s"', async (text) => {
    expect((await reply([said(text)])).calls).toEqual([]);
  });

  test('asks for what is missing, and takes the answer', async () => {
    const first = await reply([said('Can I still pause my membership?')]);
    expect(first.calls).toEqual([]);
    expect(first.text).toContain('the day of the renewal');
    const told = [said('Can I still pause my membership?'), { role: 'assistant' as const, content: first.text }];
    expect((await reply([...told, said('5 March 2027')])).calls).toEqual([
      { name: 'pause_deadline', input: { renewed_on: '2027-03-05' } },
    ]);
    const elsewhere = await reply([...told, said('How much is the building permit?')]);
    expect(elsewhere.text).not.toContain('the day of the renewal');
  });

  test('takes what is missing from what is on record', async () => {
    const question = said('Is there still time to pause GYM-204?');
    const first = await reply([question]);
    expect(first.calls).toEqual([{ name: 'get_membership', input: { membership_id: 'GYM-204' } }]);
    const found = called('get_membership', { membership_id: 'GYM-204' }, { renewed_on: '2027-02-28', price: 30 });
    expect((await reply([question, ...found])).calls).toEqual([
      { name: 'pause_deadline', input: { renewed_on: '2027-02-28' } },
    ]);
    const unknown = called('get_membership', { membership_id: 'GYM-204' }, { renewed_on: null, summary: 'It is new.' });
    const without = await reply([question, ...unknown]);
    expect(without.calls).toEqual([]);
    expect(without.text).toContain('It is new.');
  });

  test('is reached at the desk that has it, once', async () => {
    const papers = { ...PERMIT_PAPERS, description: `${PERMIT_PAPERS.description}${deskMark('permits')}` };
    const question = said('What do I need for the parking permit?');
    expect((await reply([question], [papers, SWITCH])).calls).toEqual([
      { name: 'switch_route', input: { route: 'permits' } },
    ]);
    expect((await reply([said('How long does a parking permit take?')], [papers, SWITCH])).calls).toEqual([]);
    const refused = called('switch_route', { route: 'permits' }, 'NOT done: nothing in this message can move it.');
    expect((await reply([question, ...refused], [papers, SWITCH])).calls).toEqual([]);
  });
});

test.each([
  ['Nobody was hurt, the fence is broken', false],
  ['my wife is not injured', false],
  ["we weren't badly hurt", false],
  ['My wife is hurt', true],
  ['nobody helps, and my son is injured', true],
  ['the van is on fire', true],
])('%s', (text, danger) => {
  expect(isDanger(text)).toBe(danger);
});
