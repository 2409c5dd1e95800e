import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { openSqliteStore } from '../../src/adapters/sql/sqlite.ts';
import { masked, suggestionsIn, suggestUtterances } from '../../src/cli/route-suggestions.ts';
import type { Store } from '../../src/conversations/log.ts';
import type { EventBody, RouteChoice } from '../../src/protocol/events.ts';
import { ROUTES, WORKSHOP, workshopWith } from '../agent-folder/folders.ts';
import { createProcesses } from '../e2e/server/processes.ts';

const processes = createProcesses({ FRONTDESK_ENCODER: 'off' });
afterAll(() => processes.cleanUp());

const routes = (args: string[], data = processes.folder()) =>
  processes.run(['routes', ...args], { env: { FRONTDESK_DATA: data } }).ended;

/** The workshop, where two desks have an example each that is almost the other's, and one has too few. */
const CONFUSED = {
  ...ROUTES,
  'routes/bike-hire/utterances.txt':
    'I want to rent a bike\nhire for a week\nmy rented bike has a flat tyre\ntandem hire\n',
  'routes/repairs/utterances.txt': `my brakes squeal
my own bike has a flat tyre
[gears]
the gears do not shift
new gears please
gears jump
the chain fell off
`,
};

test('routes prints what is taken for what, what is most alike and where it stands, and which desks have too few', async () => {
  const { code, stdout, stderr } = await routes([workshopWith(CONFUSED)]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const lines = stdout.split('\n');
  expect(lines[0]).toMatch(
    /^workshop: 15 examples, \d+ % would go to their desk had they not been learned from; the intent too of \d+ %$/,
  );
  expect(lines).toContainEqual(expect.stringMatching(/^desk {7}examples {3}right {2}taken for$/));
  expect(lines).toContainEqual(expect.stringMatching(/^repairs {11}6 +\d+ %/));
  expect(lines).toContain('✗ bike-hire has 4 examples: with fewer than 5 it is often missed.');
  expect(lines).toContain('! general has 5 examples: with 10 or more it is found more surely.');
  const pair = lines.findIndex((line) => line.includes('routes/bike-hire/utterances.txt:3'));
  expect(lines.slice(pair - 1, pair + 2).join('\n')).toContain(
    'my own bike has a flat tyre  routes/repairs/utterances.txt:2',
  );
  expect(lines.slice(pair - 1, pair + 2).join('\n')).toContain('my rented bike has a flat tyre');
  expect(stdout).not.toContain('\u001b');
});

test('routes --json is one object on the last line', async () => {
  const { stdout } = await routes([workshopWith(CONFUSED), '--json']);
  const [report, ...rest] = stdout.trimEnd().split('\n').reverse();
  expect(rest).toEqual([]);
  const { desks, ...facts } = JSON.parse(report ?? '') as {
    desks: { desk: string; examples: number; right: number }[];
  };
  expect(facts).toMatchObject({ agent: 'workshop', examples: 15 });
  expect(desks.map(({ desk, examples }) => [desk, examples])).toEqual([
    ['general', 5],
    ['bike-hire', 4],
    ['repairs', 6],
  ]);
});

test('routes --say prints the verdict on one message', async () => {
  const data = processes.folder();
  const folder = workshopWith(ROUTES);
  const { code, stdout, stderr } = await routes([folder, '--say', 'the brakes of my bike squeal'], data);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(
    /^the brakes of my bike squeal\nrepairs, \d+ %; for no desk at all \d+ %\n +\d+ % {2}repairs\n/,
  );
  expect(stdout).toMatch(/language en, sentiment \w+, urgency \w+, [\d.]+ ms\n/);
  const [sure, unsure] = await Promise.all([
    routes([folder, '--say', 'I want to rent a bike'], data),
    routes([folder, '--say', 'xyzzy plugh'], data),
  ]);
  expect(sure.stdout).toContain('\nAs a first message it is answered by bike-hire.\n');
  expect(unsure.stdout).toMatch(/\n(?:Not sure: the desk|As a first message it is turned down)/);
  const again = await routes([folder, '--say', 'the brakes of my bike squeal', '--json'], data);
  expect(JSON.parse(again.stdout)).toMatchObject({ route: 'repairs', language: 'en', nearest: [] });
});

test('routes says what it cannot do, and how', async () => {
  const [none, nothing, noFolder] = await Promise.all([
    routes([workshopWith(WORKSHOP)]),
    routes([workshopWith(ROUTES), '--suggest']),
    routes(['/nowhere/at/all']),
  ]);
  expect([none.code, nothing.code, noFolder.code]).toEqual([1, 1, 1]);
  expect(none.stderr).toMatch(
    /workshop has no routes: one agent answers everything\. To make one, write\n {2}routes\/claims\/route\.yaml/,
  );
  expect(nothing.stderr).toMatch(/^There are no conversations in .*\. FRONTDESK_DATA says where they are\.\n$/);
  expect(noFolder.stderr).toContain('there is no such folder');
});

test('routes --suggest prints what the router was unsure of, ready to be pasted, and says who has the data folder', async () => {
  const data = processes.folder();
  const store = await openSqliteStore({ folder: data });
  const folder = workshopWith(ROUTES);
  await conversation(store, [
    { text: 'my wheel wobbles, call me at 0170 1234567', choices: [unsure('general'), byModel('repairs')] },
    { text: 'what about the blue one over there', choices: [unsure('repairs')] },
  ]);
  const inUse = await routes([folder, '--suggest'], data);
  expect([inUse.code, inUse.stderr]).toEqual([
    1,
    expect.stringMatching(/is in use by the process with pid \d+\. Stop it for a moment/),
  ]);
  await store.close();
  const { code, stdout, stderr } = await routes([folder, '--suggest'], data);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const lines = stdout.trimEnd().split('\n');
  const repairs = lines.findIndex((line) =>
    line.startsWith('# routes/repairs/utterances.txt: the router was unsure, and the model'),
  );
  expect(lines[repairs + 1]).toBe('my wheel wobbles, call me at 0000 0000000');
  const stayed = lines.findIndex((line) => line.includes('the conversation stayed here'));
  expect(lines[stayed]).toMatch(/^# routes\/repairs\//);
  expect(lines[stayed + 1]).toBe('what about the blue one over there');
  expect(lines.filter((line) => line !== '' && !line.startsWith('#'))).toHaveLength(2);
});

test('only what would teach something is suggested, each wording once, the newest first', async () => {
  const store = await openSqliteStore({ folder: temporary() });
  onTestFinished(() => store.close());
  await conversation(store, [
    { text: 'my saddle is loose', choices: [unsure('general'), byModel('repairs')] },
    { text: 'two weeks', choices: [unsure('repairs')] },
    { text: 'so what is the answer', choices: [{ ...unsure('repairs'), outOfScope: 0.8 }] },
    { text: 'I want to hire a tandem', choices: [{ ...unsure('bike-hire'), sure: true }] },
    { text: 'my brakes squeal', choices: [unsure('general'), byModel('repairs')] },
  ]);
  await conversation(store, [{ text: 'My saddle is LOOSE!', choices: [unsure('general')] }]);
  await conversation(store, [{ text: 'the pedal creaks badly', choices: [unsure('general'), byModel('repairs')] }]);
  const others = await conversation(
    store,
    [{ text: 'a message to another agent', choices: [unsure('general')] }],
    'other',
  );
  expect(suggestionsIn(await store.log.events(others))).toHaveLength(1);
  const found = await suggestUtterances(store, { agent: 'workshop', known: ['My brakes squeal.'] });
  expect(found.map(({ desk, by, text, times }) => [desk, by, text, times])).toEqual([
    ['repairs', 'model', 'the pedal creaks badly', 1],
    ['repairs', 'model', 'My saddle is LOOSE!', 2],
  ]);
});

test('what may tell who wrote it is masked, and the rest is not', () => {
  expect(masked('mail mia.k+1@mail.example.co.uk or call (030) 555-0900')).toBe(
    'mail name@example.com or call (000) 000-0000',
  );
  expect(masked('order A-1042, IBAN DE89 3704 0044, see https://shop.example/?u=7')).toBe(
    'order A-0000, IBAN DE00 0000 0000, see https://example.com',
  );
  expect(masked('2 bikes for 14 days')).toBe('2 bikes for 14 days');
});

function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'routes-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const unsure = (route: string): RouteChoice => ({
  ...{ route, from: route, by: 'router', sure: false, offTopic: false, confidence: 0.4, outOfScope: 0.1 },
  ...{ intent: null, language: 'en', scores: [] },
});

const byModel = (route: string): RouteChoice => ({ ...unsure('general'), route, by: 'model', sure: true });

type Turn = { text: string; choices: RouteChoice[] };

/** A conversation with these messages and how their desks were chosen. */
async function conversation(store: Store, turns: readonly Turn[], agent = 'workshop'): Promise<string> {
  const id = `conv_${agent}_${Math.random()}`;
  const started: EventBody = { type: 'conversation.started', agent, language: null, model: 'm', offline: false };
  await store.log.create({ id, agent, tokenHash: 'hash', visitor: 'v', language: null, metadata: {} }, [started]);
  for (const [at, { text, choices }] of turns.entries()) {
    const [messageId, turnId, replyId] = [`msg_${at}`, `turn_${at}`, `reply_${at}`];
    const turn: EventBody = {
      type: 'turn.started',
      turnId,
      messageId: replyId,
      answers: [messageId],
      model: 'm',
      offline: false,
    };
    const events: EventBody[] = [
      { type: 'message.received', messageId, text },
      turn,
      ...choices.map((choice): EventBody => ({ type: 'route.chosen', turnId, ...choice })),
      { type: 'turn.ended', turnId, messageId: replyId, outcome: 'completed' },
    ];
    const appended = await store.log.append(id, { events });
    if (!appended.ok) throw new Error(appended.why);
  }
  return id;
}
