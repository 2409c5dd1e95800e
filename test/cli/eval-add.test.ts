import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runCommand } from 'citty';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { evalCommand } from '../../src/cli/eval.ts';
import { readConfig } from '../../src/config.ts';
import { type MockClaude, type MockHandler, startMockClaude } from '../../src/testing/mock-claude.ts';
import { WORKSHOP } from '../agent-folder/folders.ts';
import { Customer } from '../e2e/server/customer.ts';
import { createProcesses, type Environment } from '../e2e/server/processes.ts';
import { captured } from './captured.ts';

const processes = createProcesses({ FRONTDESK_ENCODER: 'off' });
afterAll(() => processes.cleanUp());

const WARRANTY = '# Warranty\n\nA repair has a warranty of 6 months.\n\n## How long do I wait?\n\nTwo days.\n';

function workshop(name = 'workshop'): string {
  const folder = join(processes.folder(), name);
  for (const [file, text] of Object.entries({ ...WORKSHOP, 'knowledge/warranty.md': WARRANTY })) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return folder;
}

const read = (folder: string, file: string) => readFileSync(join(folder, 'evals', file), 'utf8');

const here = (rawArgs: string[], env: Environment) =>
  captured(() => runCommand(evalCommand(readConfig({ FRONTDESK_ENCODER: 'off', ...env })), { rawArgs }));

describe('frontdesk eval add', () => {
  const folder = workshop();
  const env = { FRONTDESK_AGENT: folder, FRONTDESK_DATA: processes.folder() };
  const evals = (...args: string[]) => processes.run(['eval', ...args], { env }).ended;
  let id = '';
  let busy = '';
  beforeAll(async () => {
    const server = await processes.start(env);
    const customer = await Customer.start(server);
    id = customer.id;
    await customer.say('How long is the warranty on a repair? I am mia@mail.example');
    busy = (await evals('add', id)).stderr;
    await server.stop();
  });

  test('while a server has the store, a sentence says so', () => {
    expect(busy).toContain('is in use by the process');
  });

  test('makes a case of what was said to a server, which passes; once', async () => {
    const { code, stdout, stderr } = await evals('add', id);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('from-life.yaml');
    const yaml = read(folder, 'from-life.yaml');
    expect(yaml).toMatch(/# draft: read it/);
    expect(yaml).toContain('- warranty.md');
    expect(yaml).not.toContain('mia@');
    const had = await evals('--tag', 'from-life');
    expect(had.code, had.stderr).toBe(0);
    expect(had.stdout).toContain('1 of 1 case');
    const again = await evals('add', id);
    expect(again.code).toBe(2);
    expect(again.stderr).toContain('is a case of this file already');
    expect(read(folder, 'from-life.yaml')).toBe(yaml);
  });

  test.each([
    ['an unknown conversation', ['conv_none'], 'There is no conversation "conv_none"'],
    ['no conversation', [], 'Say which conversation'],
    ['a file elsewhere', ['conv_none', '--to', '../x.yaml'], '--to names a suite of the agent folder'],
    ['a file that is no suite', ['conv_none', '--to', 'evals/x.json'], '--to names a suite of the agent folder'],
  ])('%s ends with 2 and a sentence', async (_, args, sentence) => {
    const { code, stdout, stderr } = await here(['add', ...args], env);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(sentence);
  });
});

describe('frontdesk eval draft', () => {
  const script: MockHandler = ({ tool_choice: choice }, at) => {
    if (choice?.type !== 'tool' || choice.name !== 'write_question') return undefined;
    if (at === refused) return { fault: { status: 401 } };
    return { tools: [{ name: 'write_question', input: { question: `in other words ${at}?` } }] };
  };
  let refused = -1;
  let mock: MockClaude;
  beforeAll(async () => {
    mock = await startMockClaude({ script });
  });
  afterAll(() => mock.close());
  const withKey = () => ({
    FRONTDESK_DATA: processes.folder(),
    ANTHROPIC_API_KEY: 'sk-ant-test-0123456789abcdef',
    ANTHROPIC_BASE_URL: mock.url,
  });

  test('with a key the fast model words the questions, over the wire', async () => {
    const folder = workshop();
    const { code, stderr } = await processes.run(['eval', 'draft', folder, '--to', 'evals/mine.yaml', '--most', '2'], {
      env: withKey(),
    }).ended;
    expect(code, stderr).toBe(0);
    const yaml = read(folder, 'mine.yaml');
    expect(yaml.match(/ask: in other words \d\?/g)).toHaveLength(2);
    expect(mock.requests).toHaveLength(2);
    expect(mock.problems()).toEqual([]);
  });

  test('what was worded stays where the model breaks off, and the same command goes on from there', async () => {
    const folder = workshop();
    refused = mock.requests.length + 1;
    const draft = () => here(['draft', folder], withKey());
    const broken = await draft();
    expect(broken.code).toBe(2);
    expect(broken.stderr).toMatch(/1 draft .*it broke off: rejected: .*goes on from there/s);
    expect(read(folder, 'drafts.yaml').match(/tags:/g)).toHaveLength(1);
    const { code, stdout } = await draft();
    expect(code).toBe(0);
    const names = read(folder, 'drafts.yaml').match(/- name: .*/g) ?? [];
    expect(new Set(names).size).toBe(names.length);
    expect(stdout).toContain(`${names.length - 1} drafts in`);
  });

  test.each([
    ['a file elsewhere', ['--to', 'drafts.yaml'], '--to names a suite of the agent folder'],
    ['no number', ['--most', 'many'], '--most is a whole number'],
  ])('%s ends with 2', async (_, args, sentence) => {
    const env = { FRONTDESK_DATA: processes.folder() };
    const { code, stderr } = await here(['draft', workshop(), ...args], env);
    expect(code).toBe(2);
    expect(stderr).toContain(sentence);
  });

  test('a file that is no suite is told before the model is asked', async () => {
    const folder = workshop();
    mkdirSync(join(folder, 'evals'));
    writeFileSync(join(folder, 'evals', 'drafts.yaml'), 'a: 1\n');
    const before = mock.requests.length;
    const { code, stderr } = await here(['draft', folder], withKey());
    expect(code).toBe(2);
    expect(stderr).toContain('it is no suite');
    expect(mock.requests).toHaveLength(before);
  });
});

test('an agent folder that is called add is written as a path', async () => {
  const env = { FRONTDESK_DATA: processes.folder() };
  const { code, stderr } = await here([workshop('add')], env);
  expect(code).toBe(2);
  expect(stderr).toContain('add has no suites');
});
