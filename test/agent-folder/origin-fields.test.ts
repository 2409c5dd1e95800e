import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadAgent } from '../../src/agent-folder/load-agent.ts';

const TOOL = (fields: string) => `import { defineTool } from 'frontdesk';
import { z } from 'zod';
export default defineTool({
  name: 'book', description: 'Books.', effect: 'write',
  input: z.object({ plan: z.string().describe('x') }),
  ${fields}
  run: () => 'Booked.',
});
`;
const YAML = (fields: string) => `name: book_there
description: Books.
input: { plan: The plan }
request: { method: POST, url: 'https://shop.example/{plan}' }
${fields}
`;

async function load(files: Record<string, string>) {
  const root = await mkdtemp(join(tmpdir(), 'frontdesk-origin-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  for (const folder of ['tools', 'context']) mkdirSync(join(root, folder));
  const agent = `import { defineAgent } from 'frontdesk';
export default defineAgent({ name: 'Eva', company: 'Acme', identity: 'You help.', contact: {} });`;
  const all = {
    'agent.ts': agent,
    'guardrails.md': 'Be kind.',
    'greeting.md': 'Hello, I am an AI.',
    'context/a.md': 'A shop.',
    ...files,
  };
  for (const [file, text] of Object.entries(all)) writeFileSync(join(root, file), text);
  return loadAgent(root);
}

test('a tool may say which arguments come from anywhere, and that strangers write what it gives', async () => {
  const { agent } = await load({
    'tools/book.ts': TOOL("anyOrigin: ['plan'], untrusted: true,"),
    'tools/there.yaml': YAML('anyOrigin: [plan]\nuntrusted: true'),
  });
  const tools = agent.tools.filter(({ name }) => name.startsWith('book'));
  expect(tools.map(({ untrusted, action }) => [untrusted, action?.anyOrigin])).toEqual([
    [true, ['plan']],
    [true, ['plan']],
  ]);
});

test('what it says wrong is told with its line', async () => {
  const loading = load({
    'tools/book.ts': TOOL("anyOrigin: ['plann'],\n  untrusted: 'yes',").replace('defineTool({', 'defineTool(<any>{'),
    'tools/there.yaml': YAML('anyOrigin: [plans]'),
  });
  const told = await loading.then(
    () => '',
    (error: Error) => error.message,
  );
  expect(told).toMatch(/tools\/book\.ts:6\s+anyOrigin: "plann" is no field of input \(did you mean "plan"\?\)/);
  expect(told).toMatch(/tools\/book\.ts:7\s+untrusted: expected true or false, got "yes"/);
  expect(told).toMatch(/tools\/there\.yaml:5\s+anyOrigin: there is no field "plans" \(did you mean "plan"\?\)/);
});
