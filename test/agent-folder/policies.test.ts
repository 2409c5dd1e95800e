import { expect, test } from 'vitest';
import { textOf } from '../../src/agent-folder/compile-prompt.ts';
import { loadAgent } from '../../src/agent-folder/load-agent.ts';
import { AgentFolderError } from '../../src/agent-folder/problems.ts';
import { toDeskAgent } from '../../src/desk-agent.ts';
import { buildKnowledgeIndex } from '../../src/knowledge/lexical-index.ts';
import { workshopWith } from './folders.ts';

const SETUP = { model: 'm', fastModel: 'f', staffed: true, index: buildKnowledgeIndex([]) };

async function problemsOf(files: Record<string, string>) {
  const error = await loadAgent(workshopWith(files)).catch((thrown: unknown) => thrown);
  if (!(error instanceof AgentFolderError)) throw new Error('it was loaded');
  return error.problems.map(({ file, line, message }) => `${file}:${line} ${message}`);
}

test('facts are items of a list or rows of a table, with other words for their subject', async () => {
  const { agent, warnings } = await loadAgent(
    workshopWith({
      'policies/10-repairs.md':
        '# Repairs\n\nWhat we promise.\n\n- **Repair warranty**: 6 months.\n  - also: guarantee on repairs, de: Gewährleistung\n',
      'policies/20-prices.md':
        '| Subject | Value | Also |\n|:--|--:|---|\n| Brake service | 40 euros | brakes |\n| Storage fee | 2 euros a day | |\n',
    }),
  );
  expect(warnings).toEqual([]);
  expect(agent.policies).toEqual([
    {
      subject: 'Repair warranty',
      value: '6 months',
      also: [
        { words: 'guarantee on repairs', language: null },
        { words: 'Gewährleistung', language: 'de' },
      ],
    },
    { subject: 'Brake service', value: '40 euros', also: [{ words: 'brakes', language: null }] },
    { subject: 'Storage fee', value: '2 euros a day', also: [] },
  ]);
  expect(toDeskAgent(agent, SETUP).checks.map(({ name }) => name)).toEqual(['policies']);
});

test('the model reads them as context; without them the prompt is as it was', async () => {
  const text = '- Repair warranty: 6 months\n';
  const { agent } = await loadAgent(workshopWith({ 'policies/repairs.md': text }));
  const { agent: plain } = await loadAgent(workshopWith({}));
  const [bulk, before] = [agent, plain].map(({ prompt }) => textOf(prompt.opening[0] as never));
  expect(bulk).toContain('<context name="policies">\n- Repair warranty: 6 months\n</context>');
  expect(before).toBe(bulk?.replace('<context name="policies">\n- Repair warranty: 6 months\n</context>\n\n', ''));
  expect(toDeskAgent(plain, SETUP).checks).toEqual([]);
});

test('what is wrong in them is told with file and line', async () => {
  const files = {
    'policies/a.md':
      '- Refunds: generous\n- no colon here\n- Repair warranty: 6 months\n  - alsso: guarantee\n  - de: Garantie\n  - Note: or 6,000 km\n',
    'policies/b.md':
      '  - also: nothing above\n\n- Repair warranty: 12 months\n| : | 3 days |\n- Bikes: 3\n- Bikes per visit: 3 bikes\n',
    'policies/c.md': 'Only prose.\n',
  };
  expect(await problemsOf(files)).toEqual([
    'policies/a.md:1 Refunds: expected a number with its unit, such as 30 days, got "generous"',
    'policies/a.md:2 expected "subject: value", got "no colon here"',
    'policies/a.md:4 alsso: unknown field (did you mean "also"?)',
    'policies/a.md:5 de: unknown field; other words for the policy are written "also: return window, de: Rückgabefrist"',
    'policies/b.md:1 "also:" belongs below a policy',
    'policies/b.md:3 Repair warranty: is said already in policies/a.md:3',
    'policies/b.md:4 has no subject',
    'policies/b.md:5 Bikes: expected a number with its unit, such as 30 days, got "3"',
    'policies/c.md:1 has no policy: write "- Refund period: 30 days"',
  ]);
});
