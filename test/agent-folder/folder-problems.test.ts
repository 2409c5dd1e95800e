import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadAgent } from '../../src/agent-folder/load-agent.ts';
import { AgentFolderError } from '../../src/agent-folder/problems.ts';
import { makeFolder, WORKSHOP, workshopWith } from './folders.ts';

async function failure(root: string): Promise<AgentFolderError> {
  const error = await loadAgent(root).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AgentFolderError)) throw new Error('the folder should not load', { cause: error });
  return error;
}

async function rows(files: Record<string, string | Uint8Array | null>): Promise<string[]> {
  const { problems } = await failure(workshopWith(files));
  return problems.map(({ file, line, message }) => `${file}:${line} ${message}`);
}

/** A sound tool but for the fields given, one a line from line 5 on; null leaves a field out. */
const tool = (name: string, fields: Record<string, string | null> = {}) => {
  const sound = { name: `'${name}'`, description: "'d'", effect: "'read'", input: 'z.object({})', run: "() => 'x'" };
  const lines = Object.entries({ ...sound, ...fields }).filter(([, value]) => value !== null);
  const body = lines.map(([field, value]) => `  ${field}: ${value},`).join('\n');
  return `import { defineTool } from 'frontdesk';\nimport { z } from 'zod';\n\nexport default defineTool({\n${body}\n});\n`;
};

test('every problem of a folder is told at once, each with its file and line', async () => {
  const found = await rows({
    'agent.ts': `import { defineAgent } from 'frontdesk';

export default defineAgent({
  name: 7,
  company: '  ',
  contact: {
    phone: '1',
    fax: '2',
    url: 'ftp://x',
  },
  modle: 'm',
  maxTokens: 0.5,
});
`,
    'greeting.md': 'Hello, I am Olli from Spoke & Co. Ask me anything.\n',
    'guardrails.md': null,
    'Guardrail.md': 'x',
    prices: 'x',
    'context/10-workshop.md': ' \n',
    'context/20-prices.md': new Uint8Array([0x41, 0xff, 0xfe]),
    'examples/a.md': '# Squeaks\n\nEva: hello\n',
    'examples/b.md': 'Customer: hello\n',
    'examples/c.md': 'Customer: hello\n\nAgent:\n',
    'tools/a.ts': tool('Get Slot', { timeout: '5' }),
    'tools/b.ts': tool('hand_off', { confirm: 'true', timeoutMs: '-1' }),
    'tools/c.ts': tool('get_slot'),
    'tools/d.ts': tool('d', { description: "''", effect: "'delete'", input: 'z.string()', run: null }),
    'tools/e.ts': 'export const tool = 1;\n',
    'tools/f.ts': tool('f', { input: 'z.object({ when: z.date() })' }),
  });
  expect(found).toEqual([
    'Guardrail.md:1 is not part of an agent folder (did you mean "guardrails.md"?)',
    'agent.ts:3 identity: missing, expected text that is not empty',
    'agent.ts:4 name: expected text that is not empty, got 7',
    'agent.ts:5 company: expected text that is not empty, got "  "',
    'agent.ts:8 contact.fax: unknown field',
    'agent.ts:9 contact.url: expected an http or https address',
    'agent.ts:11 modle: unknown field (did you mean "model"?)',
    'agent.ts:12 maxTokens: expected an integer of at least 1, got 0.5',
    'context/10-workshop.md:1 is empty',
    'context/20-prices.md:1 is not UTF-8 text',
    'examples/a.md:3 must begin with "Customer:" or "Agent:"',
    'examples/b.md:1 has no "Agent:" paragraph',
    'examples/c.md:3 nothing follows "Agent:"',
    'greeting.md:1 must say that the customer is talking to an AI, for example "I am an AI assistant"',
    'guardrails.md:1 is missing',
    'prices:1 is not part of an agent folder',
    'tools/a.ts:5 name: expected a lower-case letter, then up to 63 of a-z, 0-9 and _, got "Get Slot"',
    'tools/a.ts:10 unknown field "timeout" (did you mean "timeoutMs"?)',
    'tools/b.ts:5 name: "hand_off" is the name of a built-in tool',
    'tools/b.ts:10 confirm: is only for a tool that changes something, effect "write"',
    'tools/b.ts:11 timeoutMs: expected a whole number of milliseconds above 0, got -1',
    'tools/d.ts:4 run: expected a function',
    'tools/d.ts:6 description: missing, the model needs it to know when to call the tool',
    'tools/d.ts:7 effect: expected "read" or "write", got "delete"',
    'tools/d.ts:8 input: expected a zod 4 object, z.object({ … })',
    'tools/e.ts:1 has no default export: write "export default defineTool({ … })"',
    'tools/f.ts:8 input: cannot be described to the model: Date cannot be represented in JSON Schema',
    'tools/get-slot.ts:5 tool "get_slot" is already defined in tools/c.ts',
  ]);
});

test('the message is a table of places and sentences', async () => {
  const root = workshopWith({ 'guardrails.md': '', 'knowledge/sources.yaml': '- name: Help\n  sitemap: 5\n' });
  expect((await failure(root)).message).toBe(
    `The agent folder ${root} has 2 problems:\n` +
      '  guardrails.md:1           is empty\n' +
      '  knowledge/sources.yaml:2  sitemap: expected an http or https address',
  );
});

test.each([
  ['url: https://help.acme.com', '1 expected a list, such as "- url: https://help.acme.com"'],
  ['- https://help.acme.com', '1 expected fields, such as "- url: https://help.acme.com"'],
  ['- name: Help\n  urls: []', '2 urls: expected a list of one or more URLs, got []'],
])('sources.yaml with %j is told how to write it', async (yaml, problem) => {
  expect(await rows({ 'knowledge/sources.yaml': yaml })).toEqual([`knowledge/sources.yaml:${problem}`]);
});

test('an empty folder lacks four things', async () => {
  expect((await failure(makeFolder({}))).problems.map(({ file, message }) => `${file} ${message}`)).toEqual([
    'agent.ts is missing',
    'context/ is missing: at least one context/*.md is needed',
    'greeting.md is missing',
    'guardrails.md is missing',
  ]);
});

test('the tools of a folder that is no agent are not run', async () => {
  const root = makeFolder({ 'tools/deploy.ts': "throw new Error('ran');", 'greeting.md': 'I am an AI.' });
  expect((await failure(root)).message).not.toContain('tools/deploy.ts');
});

test('no folder, a file, and a name that cannot be an id are said plainly', async () => {
  const root = makeFolder(WORKSHOP, 'my workshop');
  expect((await failure(root)).problems).toMatchObject([{ file: '.', line: 1, message: /"my workshop"/ }].map(like));
  expect((await failure(join(root, 'nothing'))).message).toContain('there is no such folder');
  expect((await failure(join(root, 'greeting.md'))).message).toContain('is not a folder');
});

function like<T extends { message: RegExp }>(problem: T) {
  return { ...problem, message: expect.stringMatching(problem.message) };
}

test('a translated greeting needs a language code and the disclosure in its language', async () => {
  expect(
    await rows({
      'greeting.english.md': 'I am an AI.',
      'greeting.fr.md': "Bonjour, j'ai une question : comment puis-je vous aider ?",
      'greeting.it.md': 'Ciao, parli ai nostri esperti.',
      'greeting.pt-BR.md': 'Olá! Sou a assistente de inteligência artificial da oficina.',
      'greeting.ja.md': 'こんにちは。私はAIアシスタントです。',
      'greeting.ru.md': 'Здравствуйте! Я ассистент на основе искусственного интеллекта.',
    }),
  ).toEqual([
    'greeting.english.md:1 "english" is not a language code such as "de" or "pt-BR"',
    expect.stringMatching(/^greeting\.fr\.md:1 must say/),
    expect.stringMatching(/^greeting\.it\.md:1 must say/),
  ]);
});

test('what a tool says of actions and customers is checked, each field by its name', async () => {
  const write = { effect: "'write'", input: "z.object({ id: z.string().describe('Id') })" };
  const found = await rows({
    'tools/a.ts': tool('a', {
      expiresMinutes: '5',
      confirmByMessage: 'true',
      idempotent: 'false',
      lookup: '() => null',
      limits: '[]',
    }),
    'tools/b.ts': tool('b', {
      ...write,
      needs: "'admin'",
      fromCustomer: "{ customer: 'id', id: 7 }",
      confirm: "'nobody'",
      expiresMinutes: '0',
      confirmByMessage: "'yes'",
      idempotent: '1',
      lookup: "'x'",
      limits:
        "[{ per: 'day', most: 0.5, hours: 9_000, amount: 1, ammount: 2 }, 7, { per: 'customer', most: 1, hours: 1 }]",
    }),
    'tools/c.ts': tool('c', {
      ...write,
      confirm: "'operator'",
      confirmByMessage: 'true',
      limits: '{}',
      fromCustomer: '[]',
    }),
    'tools/d.ts': tool('d', {
      ...write,
      input: 'z.object({ id: z.string() }).refine(() => true)',
      fromCustomer: "{ id: 'id' }",
    }),
    'tools/e.ts': tool('e', { ...write, lookups: '() => null' }),
  });
  const only = 'is only for a tool that changes something, effect "write"';
  expect(found).toEqual([
    `tools/a.ts:10 expiresMinutes: ${only}`,
    `tools/a.ts:11 confirmByMessage: ${only}`,
    `tools/a.ts:12 idempotent: ${only}`,
    `tools/a.ts:13 lookup: ${only}`,
    `tools/a.ts:14 limits: ${only}`,
    'tools/b.ts:10 needs: expected "verified-customer", got "admin"',
    'tools/b.ts:11 fromCustomer: "customer" is no field of input',
    'tools/b.ts:11 fromCustomer.id: expected "id", "email", "name" or the name of a claim, got 7',
    'tools/b.ts:12 confirm: expected "customer", "operator" or a function, got "nobody"',
    'tools/b.ts:13 expiresMinutes: expected a whole number of minutes from 1 to 43200, got 0',
    'tools/b.ts:14 confirmByMessage: expected true or false, got "yes"',
    'tools/b.ts:15 idempotent: expected true or false, got 1',
    'tools/b.ts:16 lookup: expected a function',
    'tools/b.ts:17 limits[0].ammount: unknown field (did you mean "amount"?)',
    'tools/b.ts:17 limits[0].per: expected one of "customer", "conversation", "agent", got "day"',
    'tools/b.ts:17 limits[0].most: expected a whole number above 0, got 0.5',
    'tools/b.ts:17 limits[0].hours: expected a whole number from 1 to 8760, got 9000',
    'tools/b.ts:17 limits[0].amount: expected a function',
    'tools/b.ts:17 limits[1]: expected { per, most, hours }, got 7',
    'tools/c.ts:11 confirmByMessage: a customer cannot confirm what waits for an operator',
    'tools/c.ts:12 limits: expected a list of at most 10 limits',
    "tools/c.ts:13 fromCustomer: expected an object such as { customer_id: 'id' }, got []",
    'tools/d.ts:10 fromCustomer: cannot be used where input has .refine() or another check of the whole object',
    'tools/e.ts:10 unknown field "lookups" (did you mean "lookup"?)',
  ]);
});
