import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { textOf } from '../../src/agent-folder/compile-prompt.ts';
import { loadAgent } from '../../src/agent-folder/load-agent.ts';
import { folderDocuments } from '../knowledge/folder-index.ts';
import { EXAMPLE, makeFolder, WORKSHOP, workshopWith } from './folders.ts';

const context = {
  conversationId: 'c',
  turnId: 't',
  language: null,
  customer: null,
  route: 'general',
  idempotencyKey: null,
  status: 'open' as const,
  signal: new AbortController().signal,
};

test('a sound folder becomes an agent, without a warning', async () => {
  const { agent, warnings } = await loadAgent(makeFolder(WORKSHOP));
  expect(warnings).toEqual([]);
  expect(agent.id).toBe('workshop');
  expect(agent.definition).toMatchObject({ name: 'Olli', company: 'Spoke & Co', contact: { hours: 'Tue-Sat 10-18' } });
  expect(agent.greetings).toEqual({
    default: 'Hello! I am Olli, an AI assistant. How can I help with your bike?',
    de: 'Hallo! Ich bin Olli, eine KI. Was braucht dein Rad?',
  });
  expect(agent.knowledge).toEqual({ folder: expect.stringMatching(/workshop\/knowledge$/), sources: [] });
  expect(await folderDocuments(dirname(agent.knowledge.folder))).toEqual([
    { id: 'brakes.md', title: 'Brake care', url: 'https://spoke.example/brakes', text: 'Pads last 2,000 km.\n' },
    {
      id: 'tyres/flat.md',
      title: 'Flat tyres',
      url: null,
      text: '# Flat tyres\n\nWe mend a flat while you wait.\n',
    },
  ]);
});

test('its tools run', async () => {
  const { agent } = await loadAgent(makeFolder(WORKSHOP));
  const [tool] = agent.tools;
  expect(agent.tools.map(({ name, effect, timeoutMs }) => ({ name, effect, timeoutMs }))).toEqual([
    { name: 'get_slot', effect: 'read', timeoutMs: 15_000 },
  ]);
  const parsed = tool?.parse({ service: 'brakes', weeks: 2 });
  expect(parsed).toEqual({ ok: true, value: { service: 'brakes', weeks: 2 } });
  expect(await tool?.run({ service: 'brakes', weeks: 2 }, context)).toEqual({
    content: '{"service":"brakes","slot":"in 2 weeks"}',
  });
});

test('a second load sees what has changed', async () => {
  const root = makeFolder(WORKSHOP);
  const before = await loadAgent(root);
  writeFileSync(join(root, 'agent.ts'), (WORKSHOP['agent.ts'] ?? '').replaceAll('Olli', 'Ida'));
  const after = await loadAgent(root);
  expect([before.agent.definition.name, after.agent.definition.name]).toEqual(['Olli', 'Ida']);
});

test('what is allowed but probably not meant is a warning with its place', async () => {
  const tool = (WORKSHOP['tools/get-slot.ts'] ?? '').replace(".describe('How many weeks ahead to look')", '');
  const { warnings } = await loadAgent(
    workshopWith({
      'examples/squeal.md': EXAMPLE,
      'context/30-prices.md': 'More prices.',
      'context/notes.txt': 'x',
      'tools/get-slot.ts': tool,
      'tools/old.js': 'export default 1',
      'tools/rates/table.json': '{}',
    }),
  );
  expect(warnings.map(({ file, line, message }) => `${file}:${line} ${message}`)).toEqual([
    'context/30-prices.md:1 has the same name in the prompt as context/20-prices.md: "prices"',
    'context/notes.txt:1 is not read: only .md files are',
    "examples/:1 1 example: Anthropic's customer support guide advises 4 or 5",
    'tools/get-slot.ts:10 input "weeks" has no .describe(): the model has only its name to go by',
    'tools/old.js:1 is not read: a tool is a .ts or .yaml file',
  ]);
});

test('contact without any way to reach a person is warned about', async () => {
  const agent = (WORKSHOP['agent.ts'] ?? '').replace(/contact: \{.*\}/, 'contact: {}');
  const { warnings } = await loadAgent(workshopWith({ 'agent.ts': agent }));
  expect(warnings).toMatchObject([{ file: 'agent.ts', line: 7 }]);
});

test('files that are links, as in a mounted volume, are read', async () => {
  const root = makeFolder(WORKSHOP);
  mkdirSync(join(root, '..data'));
  renameSync(join(root, 'knowledge'), join(root, '..data/knowledge'));
  symlinkSync('..data/knowledge', join(root, 'knowledge'));
  symlinkSync('..', join(root, '..data/knowledge/tyres/up-again'));
  const documents = await folderDocuments(root);
  expect(documents.map(({ id }) => id)).toEqual(['brakes.md', 'tyres/flat.md']);
});

test('line ends and a byte order mark do not change the prompt', async () => {
  const windows = Object.entries(WORKSHOP).map(([file, text]) => [
    file,
    file.endsWith('.md') ? `\uFEFF${text.replaceAll('\n', '\r\n')}` : text,
  ]);
  const folders = [makeFolder(WORKSHOP), makeFolder(Object.fromEntries(windows))] as const;
  const [unix, dos] = [await loadAgent(folders[0]), await loadAgent(folders[1])];
  expect(dos.agent.prompt).toEqual(unix.agent.prompt);
  expect(await folderDocuments(folders[1])).toEqual(await folderDocuments(folders[0]));
});

test('examples stand in the prompt in name order, under their names', async () => {
  const files = ['20-b', '10-a', '30-c', '40-d'].map((name) => [`examples/${name}.md`, EXAMPLE]);
  const { agent, warnings } = await loadAgent(workshopWith(Object.fromEntries(files)));
  expect(warnings).toEqual([]);
  const text = agent.prompt.opening.map(textOf).join('');
  expect([...text.matchAll(/<example name="(.*)">/g)].map((match) => match[1])).toEqual(['a', 'b', 'c', 'd']);
});

test('suites and what belongs to them lie in evals; anything else there is told of', async () => {
  const { warnings } = await loadAgent(
    workshopWith({
      'evals/first.yaml': 'cases: []',
      'evals/second.yml': 'cases: []',
      'evals/world.ts': 'export default {};',
      'evals/baseline.json': '{}',
      'evals/README.md': 'For colleagues.',
      'evals/wrold.ts': '',
      'evals/third.json': '{}',
      'evals/old/fourth.yaml': 'cases: []',
    }),
  );
  expect(warnings.map(({ file, message }) => `${file} ${message}`)).toEqual([
    'evals/old/fourth.yaml is not read: subfolders are not looked into here',
    'evals/third.json is not read: a suite is a .yaml file',
    'evals/wrold.ts is not read: a suite is a .yaml file (did you mean "world.ts"?)',
  ]);
});
