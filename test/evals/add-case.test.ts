import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { openSqliteStore } from '../../src/adapters/sql/sqlite.ts';
import { caseFrom, type Stored } from '../../src/evals/add-case.ts';
import type { EventBody } from '../../src/protocol/events.ts';

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
