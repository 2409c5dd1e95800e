import { mkdirSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadAgent, loadKnowledge } from '../../src/agent-folder/load-agent.ts';
import { AgentFolderError, type Problem } from '../../src/agent-folder/problems.ts';
import { ROUTES, WORKSHOP, workshopWith } from './folders.ts';

type Files = Record<string, string | Uint8Array | null>;

const rows = (problems: readonly Problem[]) => problems.map(({ file, line, message }) => `${file}:${line} ${message}`);

async function problems(files: Files, root = workshopWith({ ...ROUTES, ...files })): Promise<string[]> {
  const error = await loadAgent(root).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AgentFolderError)) throw new Error('the folder should not load', { cause: error });
  return rows(error.problems);
}

async function warnings(files: Files): Promise<string[]> {
  return rows((await loadAgent(workshopWith({ ...ROUTES, ...files }))).warnings);
}

const lines = (count: number, text: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => text(at)).join('\n');

test('a sentence that YAML cannot read as it is gets the advice to put it in quotes', async () => {
  const found = await problems({
    'routes/a/route.yaml': 'title: Bills\nwhen: A bill: paying it, a mistake in it.\n',
    'routes/b/route.yaml': 'when: "Flat" tyres.\n',
    'routes/c/route.yaml': 'when: @home repairs.\n',
    'routes/d/route.yaml': 'when: one\nwhen: two\n',
  });
  const quotes = / \(a text with such characters goes in quotes\)$/;
  expect(found.map((row) => [row.split(' ')[0], quotes.test(row)])).toEqual([
    ['routes/a/route.yaml:2', true],
    ['routes/b/route.yaml:1', true],
    ['routes/c/route.yaml:1', true],
    ['routes/d/route.yaml:2', false],
  ]);
});

test('a folder of examples for nobody whose name is misspelt is recognised', async () => {
  const found = await problems({ 'routes/offtopic/utterances.txt': 'sing me a song\n' });
  expect(found).toEqual([
    'routes/offtopic/route.yaml:1 is missing: it says in "when" what the route is for (did you mean "off-topic"?)',
  ]);
});

test('what a route.yaml says wrong is told with its line', async () => {
  const found = await problems({
    'routes/bike-hire/route.yaml': `titel: Hire
when: 7
model: ''
maxTokens: 0.5
knowledge:
  folder: tyres
  folders:
    - tires
    - tyres/../..
    - tyres/flat.md
  labels: { product: '' }
`,
    'routes/repairs/route.yaml': null,
    'routes/a/route.yaml': 'when: one\nwhen: two\n',
    'routes/b/route.yaml': `when: |\n  first line\n  second line\ntitle: ${'x'.repeat(61)}\n`,
    'routes/c/route.yaml': `when: ${'x'.repeat(301)}\n`,
    'routes/d/route.yaml': '# nothing\n',
    'routes/e/route.yaml': '',
    'routes/f/route.yaml': 'title: a\u200bb\nwhen: hidden \u{e0041}\n',
    'routes/g/route.yaml': '- when: x\n',
    'routes/h/route.yaml': `when: x
knowledge:
  folders:
    - tires
    - tyres/../..
    - tyres/flat.md
    - Tyres
    - sources/x
`,
    'routes/i/route.yaml': 'when: x\nknowledge: { folders: [] }\n',
  });
  expect(found).toEqual([
    expect.stringMatching(/^routes\/a\/route\.yaml:2 invalid YAML: Map keys must be unique/),
    'routes/b/route.yaml:1 when: expected one line',
    expect.stringMatching(/^routes\/b\/route\.yaml:4 title: expected text of 1 to 60 characters, got "xx/),
    'routes/bike-hire/route.yaml:1 titel: unknown field (did you mean "title"?)',
    'routes/bike-hire/route.yaml:2 when: expected text of 1 to 300 characters, got 7',
    'routes/bike-hire/route.yaml:3 model: expected text that is not empty, got ""',
    'routes/bike-hire/route.yaml:4 maxTokens: expected an integer of at least 1, got 0.5',
    'routes/bike-hire/route.yaml:6 knowledge.folder: unknown field (did you mean "folders"?)',
    'routes/bike-hire/route.yaml:11 knowledge.labels.product: expected text that is not empty, got ""',
    expect.stringMatching(/^routes\/c\/route\.yaml:1 when: expected text of 1 to 300 characters, got "xx/),
    'routes/d/route.yaml:1 when: missing, expected text of 1 to 300 characters',
    'routes/e/route.yaml:1 is empty',
    'routes/f/route.yaml:1 title: has invisible characters: type it anew',
    'routes/f/route.yaml:2 when: has invisible characters: type it anew',
    'routes/g/route.yaml:1 expected an object, got [{"when":"x"}]',
    'routes/h/route.yaml:4 knowledge.folders: knowledge/ has no folder "tires" (did you mean "tyres"?)',
    'routes/h/route.yaml:5 knowledge.folders: knowledge/tyres/ has no folder ".."',
    'routes/h/route.yaml:6 knowledge.folders: knowledge/tyres/flat.md is not a folder',
    'routes/h/route.yaml:7 knowledge.folders: knowledge/ has no folder "Tyres" (did you mean "tyres"?)',
    'routes/h/route.yaml:8 knowledge.folders: knowledge/ has no folder "sources"',
    expect.stringMatching(/^routes\/i\/route\.yaml:2 knowledge\.folders: expected /),
    'routes/repairs/route.yaml:1 is missing: it says in "when" what the route is for',
  ]);
});

test('what utterances say wrong is told with its line', async () => {
  const when = 'when: x\n';
  const found = await problems({
    'routes/a/route.yaml': when,
    'routes/a/utterances.txt': `one\ntwo\n[File Claim]\nthree\n${'x'.repeat(501)}\nze\u200bro\n[open\nfour`,
    'routes/b/route.yaml': when,
    'routes/b/utterances.txt': '# none\n\n[empty]\n',
    'routes/c/route.yaml': when,
    'routes/c/utterances.txt': new Uint8Array([0x41, 0xff]),
    'routes/d/route.yaml': when,
    'routes/d/utterances.txt': ' \n',
    'routes/e/route.yaml': when,
    'routes/e/utterances.txt': lines(20_001, (at) => `utterance ${at}`),
    'routes/f/route.yaml': when,
    'routes/f/utterances.txt': '[x]\nI want to RENT, a bike!\n???\nwhat is - the weather',
    'routes/off-topic/utterances.txt': '[jokes]\ntell me a joke\n???\nwhat is the weather\n',
  });
  expect(found).toEqual([
    'routes/a/utterances.txt:3 begins with "[": expected the name of an intent, such as [file_claim]',
    'routes/a/utterances.txt:5 has 501 characters: at most 500 are possible',
    'routes/a/utterances.txt:6 has invisible characters: type it anew',
    'routes/a/utterances.txt:7 begins with "[": expected the name of an intent, such as [file_claim]',
    'routes/b/utterances.txt:1 has no utterances: one example a line of what customers say',
    'routes/c/utterances.txt:1 is not UTF-8 text',
    'routes/d/utterances.txt:1 is empty',
    'routes/e/utterances.txt:20001 has 20001 lines: at most 20000 are read',
    'routes/f/utterances.txt:2 stands in routes/bike-hire/utterances.txt:1 too: an utterance belongs to one route',
    'routes/off-topic/utterances.txt:1 begins with "[", which begins an intent, and only routes have intents',
    'routes/off-topic/utterances.txt:3 stands in routes/f/utterances.txt:3 too: an utterance belongs to one route',
    'routes/off-topic/utterances.txt:4 stands in routes/f/utterances.txt:4 too: an utterance belongs to one route',
  ]);
});

test('what does not belong below routes/ is told', async () => {
  const found = await problems({
    'routes/Claims/route.yaml': 'when: x',
    'routes/my_route/route.yaml': 'when: x',
    [`routes/${'a'.repeat(41)}/route.yaml`]: 'when: x',
    'routes/quotes.yaml': 'when: x',
    'routes/general/route.yaml': 'when: x',
    'routes/general/tools/x.ts': "throw new Error('ran');",
    'routes/off-topic/context/a.md': 'x',
    'routes/repairs/utterance.txt': 'x',
    'routes/repairs/greeting.md': 'I am an AI.',
    'routes/repairs/examples/squeal.md': 'Eva: hello\n',
    'routes/repairs/guardrails.md': ' ',
    'routes/repairs/context/10-bench.md': new Uint8Array([0xff]),
    'routes/bike-hire/context': 'x',
  });
  expect(found).toEqual([
    'routes/Claims:1 "Claims" cannot name a route: lower-case words joined by "-", at most 40 characters',
    `routes/${'a'.repeat(41)}:1 "${'a'.repeat(41)}" cannot name a route: lower-case words joined by "-", at most 40 characters`,
    'routes/bike-hire/context:1 must be a folder',
    'routes/general/route.yaml:1 does not belong here: "general" is no route, and may hold utterances.txt only',
    'routes/general/tools:1 does not belong here: "general" is no route, and may hold utterances.txt only',
    'routes/my_route:1 "my_route" cannot name a route: lower-case words joined by "-", at most 40 characters',
    'routes/off-topic/context:1 does not belong here: "off-topic" is no route, and may hold utterances.txt only',
    'routes/quotes.yaml:1 is not part of routes/: each route is a folder',
    'routes/repairs/context/10-bench.md:1 is not UTF-8 text',
    'routes/repairs/examples/squeal.md:1 must begin with "Customer:" or "Agent:"',
    'routes/repairs/greeting.md:1 is not part of a route',
    'routes/repairs/guardrails.md:1 is empty',
    'routes/repairs/utterance.txt:1 is not part of a route (did you mean "utterances.txt"?)',
  ]);
});

test('tools are unique over all routes, and none takes a built-in name', async () => {
  const tool = (name: string) => (ROUTES['routes/repairs/tools/book-slot.ts'] ?? '').replace('book_slot', name);
  const found = await problems({
    'routes/bike-hire/tools/a.ts': tool('get_slot'),
    'routes/bike-hire/tools/b.ts': tool('book_slot'),
    'routes/bike-hire/tools/c.ts': tool('switch_route'),
    'routes/bike-hire/tools/d.yaml': ROUTES['routes/repairs/tools/order.yaml'] ?? '',
    'routes/bike-hire/tools/e.yaml': (ROUTES['routes/repairs/tools/order.yaml'] ?? '').replace('get_order', 'get_slot'),
    'routes/bike-hire/tools/f.yaml': 'nothing: x\n',
  });
  expect(found).toEqual(
    [
      'routes/bike-hire/tools/c.ts:5 name: "switch_route" is the name of a built-in tool',
      'routes/bike-hire/tools/e.yaml:1 tool "get_slot" is already defined in tools/get-slot.ts',
      'routes/bike-hire/tools/f.yaml:1 expected exactly one of request, openapi, mcp',
      'routes/bike-hire/tools/a.ts:5 tool "get_slot" is already defined in tools/get-slot.ts',
      'routes/repairs/tools/book-slot.ts:5 tool "book_slot" is already defined in routes/bike-hire/tools/b.ts',
      'routes/repairs/tools/order.yaml:1 tool "get_order" is already defined in routes/bike-hire/tools/d.yaml',
    ].sort(),
  );
});

test('more than 200 routes are one problem; the reserved folders do not count', async () => {
  const many = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`routes/r${at}/route.yaml`, `when: Case ${at}.`]));
  expect(await problems(many(199))).toEqual(['routes/:1 has 201 routes: at most 200 are possible']);
  const { agent } = await loadAgent(workshopWith({ ...ROUTES, ...many(198) }));
  expect(agent.routes).toHaveLength(200);
});

test('what works but is probably not meant is a warning', async () => {
  const utterances = ROUTES['routes/bike-hire/utterances.txt'] ?? '';
  const found = await warnings({
    'routes/bike-hire/utterances.txt': utterances.split('\n').slice(0, 4).join('\n'),
    'routes/repairs/utterances.txt': null,
    'routes/off-topic/utterances.txt': 'tell me a joke\n',
    'routes/repairs/context/notes.txt': 'x',
    'routes/repairs/context/old/bench.md': 'x',
    'routes/repairs/tools/old.js': 'export default 1',
  });
  expect(found).toEqual([
    'routes/bike-hire/utterances.txt:1 4 utterances: with fewer than 5 it is often missed',
    'routes/off-topic/utterances.txt:1 1 utterance: with fewer than 5 it is often missed',
    'routes/repairs/context/notes.txt:1 is not read: only .md files are',
    'routes/repairs/context/old/bench.md:1 is not read: subfolders are not looked into here',
    'routes/repairs/tools/old.js:1 is not read: a tool is a .ts or .yaml file',
    'routes/repairs/utterances.txt:1 is missing: only the model can choose it',
  ]);
});

test('routes that are links, as in a mounted volume, are read; a link that leads nowhere is told', async () => {
  const root = workshopWith(ROUTES);
  mkdirSync(join(root, '..data'));
  renameSync(join(root, 'routes'), join(root, '..data/routes'));
  symlinkSync('..data/routes', join(root, 'routes'));
  renameSync(join(root, '..data/routes/repairs'), join(root, '..data/repairs'));
  symlinkSync('../repairs', join(root, '..data/routes/repairs'));
  symlinkSync('..', join(root, '..data/repairs/context/up-again'));
  expect((await loadAgent(root)).agent.routes.map(({ name }) => name)).toEqual(['bike-hire', 'repairs']);
  symlinkSync('nowhere', join(root, '..data/routes/quotes'));
  expect(await problems({}, root)).toEqual(['routes/quotes:1 is not part of routes/: each route is a folder']);
});

test('a file called routes is told', async () => {
  const root = workshopWith({ ...WORKSHOP, routes: 'x' });
  expect(await problems({}, root)).toEqual(['routes:1 must be a folder']);
});

test('where only the knowledge is asked for, no code of a route runs and nothing in it is a problem', async () => {
  const root = workshopWith({
    ...ROUTES,
    'routes/repairs/tools/book-slot.ts': "throw new Error('ran');",
    'routes/repairs/route.yaml': 'wen: x',
  });
  expect((await loadKnowledge(root)).id).toBe('workshop');
  expect(await problems({}, root)).toContainEqual(expect.stringContaining('Error: ran'));
});
