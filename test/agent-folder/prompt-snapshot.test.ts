import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { textOf, toolDefinitions } from '../../src/agent-folder/compile-prompt.ts';
import { loadAgent } from '../../src/agent-folder/load-agent.ts';
import { EXAMPLE, workshopWith } from './folders.ts';

/**
 * Every byte that stands before a conversation, and the briefs that may come to stand in it. A difference here means that every cached prompt is written anew, and
 * that replies are traced to another hash: update the snapshot on purpose (`vitest -u`), never in passing.
 */
async function bytesOf(folder: string): Promise<string> {
  const { agent } = await loadAgent(folder);
  const { system, opening, hash } = agent.prompt;
  const tools = toolDefinitions(agent.tools).map((tool) => JSON.stringify(tool));
  const parts = [`hash ${hash}`, ...tools, ...system.map(({ text }) => text), ...opening.map(textOf)];
  parts.push(...agent.routes.map(({ brief }) => brief));
  return `${parts.join('\n\n----\n\n')}\n`;
}

test('the prompt of a small folder, byte for byte', async () => {
  const examples = ['a', 'b', 'c', 'd'].map((name) => [`examples/${name}.md`, EXAMPLE]);
  const folder = workshopWith(Object.fromEntries(examples));
  await expect(await bytesOf(folder)).toMatchFileSnapshot('snapshots/workshop.prompt.txt');
});

test.each(['acme-insurance', 'acme-shop'])('the prompt of examples/%s, byte for byte', async (name) => {
  const folder = fileURLToPath(new URL(`../../examples/${name}`, import.meta.url));
  await expect(await bytesOf(folder)).toMatchFileSnapshot(`snapshots/${name}.prompt.txt`);
});
