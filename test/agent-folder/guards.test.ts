import { expect, test } from 'vitest';
import { DEFAULT_GUARDS } from '../../src/agent-folder/guard-settings.ts';
import { loadAgent } from '../../src/agent-folder/load-agent.ts';
import { AgentFolderError } from '../../src/agent-folder/problems.ts';
import { toDeskAgent } from '../../src/desk-agent.ts';
import { buildKnowledgeIndex } from '../../src/knowledge/lexical-index.ts';
import { workshopWith } from './folders.ts';

async function withGuards(yaml: string | null) {
  return (await loadAgent(workshopWith({ 'guards.yaml': yaml }))).agent;
}

async function problemsOf(yaml: string) {
  const error = await withGuards(yaml).catch((thrown: unknown) => thrown);
  if (!(error instanceof AgentFolderError)) throw new Error('it was loaded');
  return error.problems.map(({ file, line, message }) => `${file}:${line} ${message}`);
}

async function guardsOf(yaml: string | null) {
  const setup = { model: 'm', fastModel: 'f', staffed: true, index: buildKnowledgeIndex([]) };
  return toDeskAgent(await withGuards(yaml), setup).guards;
}

test('an agent without guards.yaml has all guards that need no list', async () => {
  expect((await withGuards(null)).guards).toEqual(DEFAULT_GUARDS);
  expect((await withGuards('# nothing said')).guards).toEqual(DEFAULT_GUARDS);
  expect((await guardsOf(null)).map(({ name }) => name)).toEqual([
    'leaks',
    'character',
    'groundedness',
    'links',
    'personal-data',
  ]);
});

test('guards.yaml switches them off, names competitors and hosts, and says how they act', async () => {
  const yaml = `personal-data: off
competitors:
  names: { Globex: [Globex Inc, GBX] }
  say: We only speak of ourselves.
  action: hand_off
links: { hosts: [Help.Acme.com] }
leaks: { action: stop }
character: off
groundedness: { action: replace, threshold: 0.4, say: Ask us. }
fact-check: on
`;
  expect((await withGuards(yaml)).guards).toEqual({
    personalData: false,
    competitors: { names: { Globex: ['Globex Inc', 'GBX'] }, say: 'We only speak of ourselves.', action: 'hand_off' },
    links: { hosts: ['help.acme.com'] },
    leaks: { action: 'stop' },
    character: null,
    groundedness: { action: 'replace', threshold: 0.4, say: 'Ask us.' },
    factCheck: true,
  });
  expect((await guardsOf(yaml)).map(({ name }) => name)).toEqual(['leaks', 'competitors', 'groundedness', 'links']);
  expect((await guardsOf('groundedness: off')).map(({ name }) => name)).not.toContain('groundedness');
  expect((await guardsOf('links: off')).map(({ name }) => name)).not.toContain('links');
});

test('what is wrong in it is told with its line', async () => {
  const yaml = `personal-dat: off
leaks: maybe
competitors:
  names: {}
links:
  hosts:
    - https://acme.com/help
groundedness: { threshold: 2 }
`;
  expect(await problemsOf(yaml)).toEqual([
    'guards.yaml:1 personal-dat: unknown field (did you mean "personal-data"?)',
    'guards.yaml:2 leaks: expected one of "on", "off" or an object, got "maybe"',
    'guards.yaml:4 competitors.names: expected at least one name',
    'guards.yaml:7 links.hosts.0: expected hosts such as help.acme.com',
    'guards.yaml:8 groundedness.threshold: expected a number from 0 to 1',
  ]);
  expect(await problemsOf('character:\n  acton: stop\n')).toHaveLength(1);
});

test('a misspelt guards.yaml is named', async () => {
  const folder = workshopWith({ 'guard.yaml': 'links: off' });
  await expect(loadAgent(folder)).rejects.toThrow('is not part of an agent folder (did you mean "guards.yaml"?)');
});
