import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { openSqliteStore } from '../../src/adapters/sql/sqlite.ts';
import { caseFrom, type Stored } from '../../src/evals/add-case.ts';
import { isLike } from '../../src/evals/graders/expectations.ts';
import type { EventBody } from '../../src/protocol/events.ts';
import { casesOf } from './suite-folders.ts';

const OPTIONS = { file: '', ownTools: new Set<string>(), keepIdentifiers: false };

const TALK: EventBody[] = [
  { type: 'message.received', messageId: 'm1', text: 'Where is order A-1042? I am mia@mail.example, {not} a robot.' },
  { type: 'turn.started', turnId: 't1', messageId: 'r1', answers: ['m1'], model: 'm', offline: true },
  { type: 'segment.released', turnId: 't1', step: 0, start: 0, text: 'It is on its way to mia@mail.example.' },
  { type: 'turn.ended', turnId: 't1', messageId: 'r1', outcome: 'completed' },
  { type: 'message.received', messageId: 'm2', text: 'A-1042 again: a person please, mia@mail.example' },
  { type: 'turn.started', turnId: 't2', messageId: 'r2', answers: ['m2'], model: 'm', offline: true },
  { type: 'handoff.requested', by: 'customer', reason: 'asked' },
  { type: 'turn.ended', turnId: 't2', messageId: 'r2', outcome: 'handed_off' },
];

test('a stored conversation becomes a draft: as it was said, masked alike everywhere, and as it ended', async () => {
  const yaml = caseFrom(await stored('conv_1', TALK), OPTIONS);
  expect(yaml).not.toMatch(/mia@|1042/);
  expect(yaml).toContain('draft: read it');
  expect(yaml).toContain('It said: It is on its way to customer1@example.com.');
  expect(parse(yaml)).toEqual({
    suite: 'From life',
    cases: [
      {
        name: expect.stringMatching(/^Where is order A-0002\? I am/),
        tags: ['from-life'],
        turns: [
          { customer: 'Where is order A-0002? I am customer1@example.com, {{not} a robot.' },
          { customer: 'A-0002 again: a person please, customer1@example.com' },
        ],
        expect: { ends: 'escalated' },
      },
    ],
  });
});

test('identifiers stay where they are asked to', async () => {
  const yaml = caseFrom(await stored('conv_1', TALK), { ...OPTIONS, keepIdentifiers: true });
  expect(yaml).toContain('order A-1042');
  expect(yaml).not.toContain('mia@');
});

test('the comments and cases of the file stay, names differ, and no conversation is added twice', async () => {
  const before = '# by hand\nsuite: Mine\ncases:\n  # the first\n  - name: one\n    ask: Hello?\n';
  const first = caseFrom(await stored('conv_1', TALK), { ...OPTIONS, file: before });
  const both = caseFrom(await stored('conv_2', TALK), { ...OPTIONS, file: first });
  expect(both).toContain('# by hand');
  expect(both).toContain('# the first');
  const names = (parse(both) as { cases: { name: string }[] }).cases.map(({ name }) => name);
  expect(names).toHaveLength(3);
  expect(new Set(names).size).toBe(3);
  const again = await stored('conv_1', TALK);
  expect(() => caseFrom(again, { ...OPTIONS, file: both })).toThrow('is a case of this file already');
});

test('where nothing was said, or the file is no suite, a sentence says so', async () => {
  const empty = await stored('conv_1', []);
  expect(() => caseFrom(empty, OPTIONS)).toThrow('no customer has said anything');
  const some = await stored('conv_1', TALK);
  expect(() => caseFrom(some, { ...OPTIONS, file: 'a: 1' })).toThrow('no list of cases');
});

type Turn = Extract<EventBody, { type: 'turn.ended' }>['outcome'];
const talkThatEnds = (outcome: Turn, more: EventBody[] = []): EventBody[] => [
  { type: 'message.received', messageId: 'm1', text: 'Where is my order?' },
  { type: 'turn.started', turnId: 't1', messageId: 'r1', answers: ['m1'], model: 'm', offline: true },
  ...more,
  { type: 'turn.ended', turnId: 't1', messageId: 'r1', outcome },
];

test.each<[string, EventBody[], string | undefined]>([
  ['answered', talkThatEnds('completed'), 'resolved'],
  ['waiting at a card', talkThatEnds('awaiting_decision'), 'resolved'],
  ['a person', talkThatEnds('handed_off', [{ type: 'handoff.requested', by: 'agent', reason: 'asked' }]), 'escalated'],
  ['failed', talkThatEnds('failed'), undefined],
  [
    'failed, then a person',
    [...talkThatEnds('failed'), { type: 'handoff.requested', by: 'agent', reason: 'x' }],
    undefined,
  ],
  ['stopped', talkThatEnds('stopped'), undefined],
  ['never answered', talkThatEnds('completed').slice(0, 1), undefined],
])('the end that is expected: %s', async (_, events, ends) => {
  const yaml = caseFrom(await stored('conv_1', events), OPTIONS);
  const [one] = await casesOf(yaml);
  expect(one?.expect.ends).toBe(ends);
  expect(yaml.includes('It came to no good end')).toBe(ends === undefined);
});

test('an outcome that nobody knows is no end to be expected, whoever was asked for then', async () => {
  const events = talkThatEnds('completed', [{ type: 'handoff.requested', by: 'agent', reason: 'outcome_unknown' }]);
  const real = await stored('conv_1', events);
  const unknown = { type: 'action.finished', actionId: 'a1', outcome: 'unknown', seq: 99, at: 0 } as const;
  expect(caseFrom(real, OPTIONS)).toContain('ends: escalated');
  expect(caseFrom({ ...real, events: [...real.events, unknown] }, OPTIONS)).not.toContain('ends:');
});

test('a reply belongs to the message that it answers, also where something came between', async () => {
  const [received, ...rest] = talkThatEnds('completed', [
    { type: 'segment.released', turnId: 't1', step: 0, start: 0, text: 'On its way.' },
  ]);
  if (!received) throw new Error('no message');
  const real = await stored('conv_1', [received, ...rest]);
  const at = real.events.findIndex(({ type }) => type === 'turn.started');
  const signed = { type: 'customer.identified', seq: 99, at: 0 } as const;
  const between = [...real.events.slice(0, at), signed, signed, ...real.events.slice(at)];
  const customer = { id: 'cus_77123', email: 'mia@mail.example', name: 'Mia Berg', claims: {} };
  const yaml = caseFrom({ ...real, events: between, conversation: { ...real.conversation, customer } }, OPTIONS);
  expect(yaml.indexOf('It said: On its way.')).toBeLessThan(yaml.indexOf('signIn'));
  expect((await casesOf(yaml))[0]?.customerSide).toMatchObject({
    turns: [{ act: { kind: 'say' } }, { act: { kind: 'sign_in', customer: { id: 'the-customer' } } }],
  });
});

test('numbers and keys of a call are masked as the text is', async () => {
  const real = await stored(
    'conv_1',
    talkThatEnds('completed').with(0, {
      type: 'message.received',
      messageId: 'm1',
      text: 'It is 7300815, for mia@mail.example.',
    }),
  );
  const input = { number: 7300815, by: { 'mia@mail.example': 2 } };
  const steps = [stepWith(input)];
  const yaml = caseFrom({ ...real, steps }, { ...OPTIONS, ownTools: new Set(['find']) });
  expect(yaml).not.toMatch(/7300815|mia/);
  const { cases } = parse(yaml) as { cases: { turns: { customer: string; expect: { calls: object[] } }[] }[] };
  const [turn] = cases[0]?.turns ?? [];
  const [, digits, address] = /^It is (\d+), for (.+)\.$/.exec(turn?.customer ?? '') ?? [];
  expect(turn?.expect.calls).toEqual([{ tool: 'find', with: { number: Number(digits), by: { [address ?? '']: 2 } } }]);
});

test.each(['/(a+)+/', '/x{2}/', '/a {name} b/', '/{{x}}/', '', '**', '{name}', 'a /b/ c'])(
  'an argument %j is expected as it stands',
  async (text) => {
    const input = { path: text, more: [{ path: text }] };
    const real = await stored('conv_1', talkThatEnds('completed'));
    const yaml = caseFrom({ ...real, steps: [stepWith(input)] }, { ...OPTIONS, ownTools: new Set(['find']) });
    const [one] = await casesOf(yaml);
    const [turn] = one?.customerSide.kind === 'script' ? one.customerSide.turns : [];
    const [call] = turn?.expect.calls ?? [];
    expect(isLike(call?.with, input)).toBe(true);
    expect(isLike(call?.with, { ...input, path: 'aa' })).toBe(false);
  },
);

function stepWith(input: object): Stored['steps'][number] {
  const block = { type: 'tool_use', id: 'c1', name: 'find', input };
  const step = { turnId: 't1', step: 0, kind: 'answer', model: 'm', input: [], output: [block], toolResults: [] };
  return step as unknown as Stored['steps'][number];
}

test('a conversation of decisions alone, and one that is too long, are told', async () => {
  const real = await stored('conv_1', TALK);
  const decided = {
    type: 'action.decided',
    actionId: 'a1',
    decision: 'confirm',
    by: 'customer',
    seq: 1,
    at: 0,
  } as const;
  expect(() => caseFrom({ ...real, events: [decided] }, OPTIONS)).toThrow('no customer has said anything');
  const many = Array.from({ length: 51 }, (_, at): EventBody => {
    return { type: 'message.received', messageId: `m${at}`, text: 'Hello?' };
  });
  const long = await stored('conv_2', many);
  expect(() => caseFrom(long, OPTIONS)).toThrow('has 51 turns; a case has 50 at most');
});

async function stored(id: string, events: EventBody[]): Promise<Stored> {
  const folder = mkdtempSync(join(tmpdir(), 'add-case-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const store = await openSqliteStore({ folder });
  onTestFinished(() => store.close());
  const started: EventBody = { type: 'conversation.started', agent: 'a', language: null, model: 'm', offline: true };
  await store.log.create({ id, agent: 'a', tokenHash: 'hash', visitor: 'v', language: null, metadata: {} }, [started]);
  if (events.length > 0) await store.log.append(id, { events });
  const conversation = await store.conversations.get(id);
  if (!conversation) throw new Error('it was not stored');
  return {
    conversation,
    events: await store.log.events(id),
    steps: await store.log.steps(id),
    actions: await store.actions.of(id),
  };
}

test('who somebody says they are is masked wherever it stands', async () => {
  const said = (text: string) => ({ type: 'message.received', messageId: 'm1', text }) as const;
  const talk = talkThatEnds('completed').with(0, said('My name is Petra Schmidt, Lindenstr. 12. Petra for short.'));
  const yaml = caseFrom(await stored('conv_1', talk), OPTIONS);
  expect(yaml).not.toMatch(/Petra|Schmidt|Linden/);
  expect(yaml).toContain('My name is Sam Roe, 1 Example Street. Sam for short.');
});
