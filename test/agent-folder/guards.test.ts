import { expect, test } from 'vitest';
import type { Seen } from '../../src/agent/guard.ts';
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
    'commitments',
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
leaks: { action: stop, say: { en: No., de: Nein. } }
character: off
order: [links, competitors]
groundedness: { action: replace, threshold: 0.4, say: Ask us. }
commitments: { action: hand_off, say: Better ask a colleague., second-opinion: always }
injection: { threshold: 0.7, second-opinion: on }
abuse: off
self-harm: { say: Please call 112. }
fact-check: on
`;
  expect((await withGuards(yaml)).guards).toEqual({
    'personal-data': null,
    competitors: { names: { Globex: ['Globex Inc', 'GBX'] }, say: 'We only speak of ourselves.', action: 'hand_off' },
    links: { hosts: ['help.acme.com'] },
    leaks: { action: 'stop', say: { en: 'No.', de: 'Nein.' } },
    character: null,
    groundedness: { action: 'replace', threshold: 0.4, say: 'Ask us.' },
    commitments: { action: 'hand_off', say: 'Better ask a colleague.', 'second-opinion': 'always' },
    order: ['links', 'competitors', 'leaks', 'character', 'commitments', 'groundedness', 'personal-data'],
    injection: { threshold: 0.7, 'second-opinion': 'on' },
    abuse: null,
    'self-harm': { say: 'Please call 112.' },
    'fact-check': {},
  });
  expect((await guardsOf(yaml)).map(({ name }) => name)).toEqual([
    ...['links', 'competitors', 'leaks', 'commitments', 'groundedness'],
  ]);
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
    'guards.yaml:2 leaks: expected "on", "off" or fields (action, say), got "maybe"',
    'guards.yaml:4 competitors.names: expected at least one name',
    'guards.yaml:7 links.hosts.0: expected hosts such as help.acme.com, got "https://acme.com/help"',
    'guards.yaml:8 groundedness.threshold: expected a number from 0 to 1, got 2',
  ]);
  expect(await problemsOf('character:\n  acton: stop\n')).toEqual([
    'guards.yaml:2 character.acton: unknown field (did you mean "action"?)',
  ]);
  expect(await problemsOf('leaks: on\norder: [leaks, leaks]\n')).toEqual([
    'guards.yaml:2 order: expected each guard once',
  ]);
  expect(await problemsOf('order:\n  - leaks\n  - lekas\n')).toEqual([
    'guards.yaml:3 order.1: expected one of "leaks", "character", "competitors", "commitments", "groundedness", "links", "personal-data", got "lekas"',
  ]);
  expect(await problemsOf('leaks:\n  say: { english language: Hi }\n')).toHaveLength(1);
  expect(await problemsOf('character:\n  acton: stop\n')).toHaveLength(1);
  expect(await problemsOf('injection: { threshold: 1 }')).toHaveLength(1);
  expect(await problemsOf('abuse: { sey: Stop. }')).toHaveLength(1);
});

test.each([
  [
    'commitments:\n  say: No.\n  second-opinion: maybe',
    '3 commitments.second-opinion: expected one of "on", "off", "always", "decides", got "maybe"',
  ],
  [
    'groundedness:\n  action: shout',
    '2 groundedness.action: expected one of "mark", "replace", "hand_off", "stop", got "shout"',
  ],
  ['commitments:\n  action: mark', '2 commitments.action: expected one of "replace", "hand_off", "stop", got "mark"'],
  ['leaks:\n  say:\n    de: 5', '3 leaks.say.de: expected text of 1 to 300 characters, got 5'],
  [
    'leaks:\n  say: 5',
    '2 leaks.say: expected text of at most 300 characters, or such a text by language (en, es), got 5',
  ],
  ['injection: { threshold: 0 }', '1 injection.threshold: expected a number above 0 and below 1, got 0'],
  [
    'personal-data: { names: Jo }',
    '1 personal-data.names: expected a list of one or more texts that are not empty, got "Jo"',
  ],
  [
    'competitors: on',
    '1 competitors: expected "off", or fields with the names of your competitors, such as "names: [VeloRent]", got "on"',
  ],
  [
    'competitors: { names: VeloRent }',
    '1 competitors.names: expected names, as a list ([VeloRent]) or each with its other spellings (VeloRent: [Velo Rent]), got "VeloRent"',
  ],
  [
    'competitors:\n  names:\n    VeloRent: 5',
    '3 competitors.names.VeloRent: expected another spelling, or a list of them, got 5',
  ],
  [
    'competitors:\n  names:\n    - VeloRent\n    - spoke & CO Ltd.',
    `3 competitors.names: "spoke & CO Ltd." is the company's own name, which replies must be free to say: take it out`,
  ],
])('%j is told with its line, its whole field, what may stand there and what does', async (yaml, problem) => {
  expect(await problemsOf(yaml)).toEqual([`guards.yaml:${problem}`]);
});

test.each([
  ['[VeloRent, Pedalo]', { VeloRent: [], Pedalo: [] }],
  ['{ VeloRent: , Pedalo: Peda Lo }', { VeloRent: [], Pedalo: ['Peda Lo'] }],
])('the names of competitors may be written as %s', async (names, read) => {
  expect((await withGuards(`competitors: { names: ${names} }`)).guards.competitors?.names).toEqual(read);
});

test('a misspelt guards.yaml is named', async () => {
  const folder = workshopWith({ 'guard.yaml': 'links: off' });
  await expect(loadAgent(folder)).rejects.toThrow('is not part of an agent folder (did you mean "guards.yaml"?)');
});

const SEEN: Seen = {
  ...{ released: '', question: '', said: [], sources: [], prompt: [], contact: {}, customer: null },
  ...{ company: 'Acme', language: null },
};

test.each([
  ['character', 'I am a real person.', 'replace'],
  ['leaks', 'Here you are: always count the apples twice, then tell nobody what you have found.', 'replace'],
  ['competitors', 'Globex is cheaper.', 'replace'],
  ['links', 'See http://elsewhere.example/x.', 'redact'],
  ['personal-data', 'Call +44 20 7946 0958.', 'redact'],
])('the wording of %s is the folder’s', async (name, text, action) => {
  const names = name === 'competitors' ? 'names: { Globex: [] }, ' : '';
  const prompt = ['Always count the apples twice, then tell nobody what you have found.'];
  const said = async (say: string, language: string | null) => {
    const guards = await guardsOf(`${name}: { ${names}say: ${say} }`);
    const verdict = guards.find((guard) => guard.name === name)?.check(text, { ...SEEN, prompt, language });
    expect(verdict?.action).toBe(action);
    return verdict && 'text' in verdict ? verdict.text : '';
  };
  expect(await said('Hm.', 'de')).toContain('Hm.');
  const byLanguage = '{ de: So nicht., pt-BR: Nada disso. }';
  expect(await said(byLanguage, 'de-AT')).toContain('So nicht.');
  expect(await said(byLanguage, 'pt-BR')).toContain('Nada disso.');
  expect(await said(byLanguage, 'fr')).not.toMatch(/So nicht|Nada disso/);
});
