import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runCommand } from 'citty';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { evalCommand } from '../../src/cli/eval.ts';
import { readConfig } from '../../src/config.ts';
import { parseBaseline } from '../../src/evals/report/gate.ts';
import { WORKSHOP } from '../agent-folder/folders.ts';
import { createProcesses } from '../e2e/server/processes.ts';
import { captured } from './captured.ts';

const processes = createProcesses({ FRONTDESK_ENCODER: 'off' });
afterAll(() => processes.cleanUp());

const SUITE = `suite: Workshop
cases:
  - name: opening hours
    ask: When are you open?
    expect: { says: [Tuesday, 10], never: midnight }
  - name: warranty
    ask: How long is the warranty on a repair?
    expect: { says: 6 months, cites: warranty.md }
  - name: a rule stays told
    expect: { prompt: never promise a date }
`;
const FILES = {
  'evals/workshop.yaml': SUITE,
  'context/10-shop.md': '# Opening hours\n\nThe workshop is open Tuesday to Saturday, 10 AM to 6 PM.\n',
  'guardrails.md': '- Be brief.\n- Never promise a date.\n',
  'knowledge/warranty.md': '# Warranty\n\nEvery repair has a warranty of 6 months.\n',
};

/** The workshop with these files. */
function workshopWith(files: Record<string, string>): string {
  const folder = join(processes.folder(), 'workshop');
  for (const [file, text] of Object.entries({ ...WORKSHOP, ...files })) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return folder;
}

const data = processes.folder();
const evals = (args: string[], more: Record<string, string> = {}) =>
  processes.run(['eval', ...args], { env: { FRONTDESK_DATA: data, ...more } }).ended;
const here = (rawArgs: string[]) =>
  captured(() => runCommand(evalCommand(readConfig({ FRONTDESK_ENCODER: 'off', FRONTDESK_DATA: data })), { rawArgs }));

describe('frontdesk eval', () => {
  const folder = workshopWith(FILES);
  beforeAll(async () => {
    const { code, stderr } = await evals([folder, '--update-baseline']);
    expect(code, stderr).toBe(0);
  });

  test('writes a baseline without times, in which every case passed', () => {
    const file = join(folder, 'evals', 'baseline.json');
    const { cases, offline } = parseBaseline(readFileSync(file, 'utf8'), file);
    expect(offline).toBe(true);
    expect(Object.values(cases)).toEqual(['pass', 'pass', 'pass']);
  });

  test('had again it is no change, the gate is open, and the last line is the scorecard', async () => {
    const { code, stdout, stderr } = await evals([folder, '--gate', '--compare', 'last', '--json']);
    expect(code).toBe(0);
    expect(stderr).toContain('No change: all 3 cases ended as before.');
    expect(stderr).toContain('The gate is open.');
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(1);
    const scorecard = JSON.parse(lines[0] ?? '') as { criteria: Record<string, object>; cases: number };
    expect(scorecard).toMatchObject({ cases: 3, passed: 3, cost_usd: 0 });
    expect(Object.keys(scorecard.criteria)).toHaveLength(11);
    expect(scorecard.criteria.csat).toMatchObject({
      value: null,
      pass: null,
      reason: expect.stringContaining('insights'),
    });
    expect(scorecard.criteria.response_accuracy).toMatchObject({ value: 1, target: 1, n: 2, pass: true });
    expect(scorecard.criteria.response_relevance).toMatchObject({
      pass: null,
      grader: expect.stringContaining('stand-in'),
    });
  });

  test.each([
    [
      'a wrong opening hour',
      'context/10-shop.md',
      '# Opening hours\n\nThe workshop is open Tuesday to Saturday, 11 AM to 6 PM.\n',
      'Workshop/opening hours',
    ],
    ['a rule that is gone', 'guardrails.md', '- Be brief.\n', 'Workshop/a rule stays told'],
    [
      'a source with another fact',
      'knowledge/warranty.md',
      '# Warranty\n\nEvery repair has a warranty of 9 months.\n',
      'Workshop/warranty',
    ],
  ])('%s shuts the gate', async (_, file, text, id) => {
    const changed = workshopWith({ ...FILES, [file]: text });
    mkdirSync(join(changed, 'evals'), { recursive: true });
    const baseline = readFileSync(join(folder, 'evals', 'baseline.json'), 'utf8');
    writeFileSync(join(changed, 'evals', 'baseline.json'), baseline);
    const { code, stdout } = await evals([changed, '--gate']);
    expect({ code, shut: stdout.includes('The gate is shut:') }).toEqual({ code: 1, shut: true });
    expect(stdout).toMatch(new RegExp(`✗ ${id} .*passed in the baseline and fails now`));
  });

  test('an expectation that was changed grades again what is kept, and has nothing anew', async () => {
    const stricter = SUITE.replace('never: midnight', 'never: Tuesday');
    writeFileSync(join(folder, 'evals', 'workshop.yaml'), stricter);
    const { code, stdout } = await evals([folder, '--compare', 'last']).finally(() => {
      writeFileSync(join(folder, 'evals', 'workshop.yaml'), SUITE);
    });
    expect(code).toBe(0);
    expect(stdout).toContain('2 of 3 cases passed');
    expect(stdout).toContain('✗ Workshop/opening hours');
  });
});

describe('what is no verdict ends with 2', () => {
  test.each([
    [
      'a suite that cannot be read',
      { 'evals/a.yaml': 'cases:\n  - name: x\n    ask: Hi\n    expct: {}\n' },
      [],
      /evals\/a\.yaml:4 .*expct/,
    ],
    ['no suites', {}, [], /has no suites/],
    [
      'an article that there is not',
      { 'evals/a.yaml': 'cases:\n  - { name: x, ask: Hi, expect: { cites: gone.md } }\n' },
      [],
      /there is no article "gone\.md"/,
    ],
    ['no baseline', { 'evals/a.yaml': SUITE }, ['--gate'], /There is no .*baseline\.json/],
    ['a gate over a part', { 'evals/a.yaml': SUITE }, ['--gate', '--suite', 'Work'], /about the whole/],
    ['an option that is no number', { 'evals/a.yaml': SUITE }, ['--processes', 'two'], /--processes is a whole number/],
  ])('%s', async (_, files, args, sentence) => {
    const { code, stdout, stderr } = await here([workshopWith(files), ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(sentence);
  });

  test('a conversation that there is not', async () => {
    const { code, stderr } = await here(['add', 'conv_none']);
    expect(code).toBe(2);
    expect(stderr).toContain('There are no conversations in');
  });
});

test('--check-graders says how far the stand-ins agree with people, and what a key would add', async () => {
  const { code, stdout } = await here(['--check-graders']);
  expect(code).toBe(0);
  expect(stdout.match(/^stand-in: .* \d+ +\d+ % +0\.\d\d$/gm)).toHaveLength(4);
  expect(stdout).toContain('ANTHROPIC_API_KEY');
});
