import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { compilePrompt, type PromptParts, textOf, withTools } from '../../src/agent-folder/compile-prompt.ts';

const PARTS: PromptParts = {
  definition: {
    name: 'Olli',
    company: 'Spoke & Co',
    identity: 'You are Olli.\n',
    contact: { phone: '1', email: 'a@b.c' },
  },
  context: [
    { name: 'workshop', text: 'We repair.\n' },
    { name: 'say "hi"', text: 'Hi.' },
  ],
  examples: [{ name: 'squeal', text: 'Customer: a\n\nAgent: b\n' }],
  guardrails: 'Be kind.\n',
  tools: [
    { name: 'b_tool', description: 'B', inputSchema: { type: 'object', properties: {} } },
    { name: 'a_tool', description: 'A', inputSchema: { type: 'object', properties: {} } },
  ],
};

test('the layout: identity in system, the bulk in the first user turn, acknowledged', () => {
  const { system, opening } = compilePrompt(PARTS);
  expect(system).toEqual([{ type: 'text', text: 'You are Olli.' }]);
  expect(opening.map(({ role }) => role)).toEqual(['user', 'assistant']);
  expect(opening[0]?.content).toMatchObject([{ type: 'text', cache_control: { type: 'ephemeral' } }]);
  expect(opening.map(textOf)[0]).toMatch(
    /^<context name="workshop">\nWe repair\.\n<\/context>\n\n<context name="say &quot;hi&quot;">\nHi\.\n<\/context>\n\n<examples>\n<example name="squeal">\nCustomer: a\n\nAgent: b\n<\/example>\n<\/examples>\n\n<guardrails>\nBe kind\.\n<\/guardrails>\n\n<how_to_work>\n[\s\S]+\n<\/how_to_work>$/,
  );
  expect(opening.map(textOf)[0]).toContain('reaches a person of Spoke & Co by: phone 1; e-mail a@b.c.');
  expect(opening.map(textOf)[1]).toContain('Olli, the AI assistant of Spoke & Co');
});

test('without examples and contact there is nothing of them', () => {
  const { opening } = compilePrompt({ ...PARTS, examples: [], definition: { ...PARTS.definition, contact: {} } });
  expect(opening.map(textOf).join('')).not.toMatch(/<examples>|reaches a person/);
});

test('the same parts give the same hash, in whichever order the tools come', () => {
  const again = compilePrompt({ ...structuredClone(PARTS), tools: PARTS.tools.toReversed() });
  expect(again).toEqual(compilePrompt(PARTS));
  expect(again.hash).toMatch(/^[0-9a-f]{16}$/);
});

test('the hash can be taken by anyone: SHA-256 over what is sent', () => {
  const { system, opening, hash } = compilePrompt({ ...PARTS, tools: [] });
  const digest = createHash('sha256')
    .update(JSON.stringify({ system, opening, tools: [] }))
    .digest('hex');
  expect(hash).toBe(digest.slice(0, 16));
});

test('one byte more, in any part, changes the hash', () => {
  const changed: PromptParts[] = [PARTS];
  for (const field of ['name', 'company', 'identity'] as const) {
    changed.push({ ...PARTS, definition: { ...PARTS.definition, [field]: `${PARTS.definition[field].trim()}x` } });
  }
  changed.push({ ...PARTS, definition: { ...PARTS.definition, contact: { phone: '12', email: 'a@b.c' } } });
  changed.push({ ...PARTS, guardrails: 'Be kind.x' });
  for (const part of ['context', 'examples'] as const) {
    for (const index of PARTS[part].keys()) {
      const edit = (key: 'name' | 'text') =>
        PARTS[part].map((block, at) => (at === index ? { ...block, [key]: `${block[key].trim()}x` } : block));
      changed.push({ ...PARTS, [part]: edit('name') }, { ...PARTS, [part]: edit('text') });
    }
    changed.push({ ...PARTS, [part]: PARTS[part].slice(1) });
  }
  const [first, ...others] = PARTS.tools;
  if (!first) throw new Error('no tool');
  for (const edited of [
    { ...first, name: 'b_toolx' },
    { ...first, description: 'Bx' },
    { ...first, inputSchema: { type: 'object' as const, properties: { x: {} } } },
  ]) {
    changed.push({ ...PARTS, tools: [edited, ...others] });
  }
  const hashes = changed.map((parts) => compilePrompt(parts).hash);
  expect(new Set(hashes).size).toBe(hashes.length);
  expect(hashes.length).toBe(17);
});

test('the size counts tools; adding the built-in ones takes size and hash anew', () => {
  const bare = compilePrompt({ ...PARTS, tools: [] });
  const characters = [...bare.system.map(({ text }) => text), ...bare.opening.map(textOf)].join('').length;
  expect(bare.estimatedTokens).toBe(Math.ceil(characters / 4));
  expect(withTools(bare, PARTS.tools)).toEqual(compilePrompt(PARTS));
  expect(compilePrompt(PARTS).estimatedTokens).toBeGreaterThan(bare.estimatedTokens);
});
