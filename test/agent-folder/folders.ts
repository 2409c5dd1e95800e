import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder that loads without a warning: a bicycle workshop, so that nothing here can lean on insurance. */
export const WORKSHOP: Record<string, string> = {
  'agent.ts': `import { defineAgent } from 'frontdesk';

export default defineAgent({
  name: 'Olli',
  company: 'Spoke & Co',
  identity: 'You are Olli, the AI assistant of the bicycle workshop Spoke & Co.',
  contact: { hours: 'Tue-Sat 10-18', phone: '+49 30 1234567' },
});
`,
  'greeting.md': 'Hello! I am Olli, an AI assistant. How can I help with your bike?\n',
  'greeting.de.md': 'Hallo! Ich bin Olli, eine KI. Was braucht dein Rad?\n',
  'guardrails.md': '- Never say that a bike is safe to ride.\n',
  'context/10-workshop.md': '# The workshop\n\nWe repair bicycles.\n',
  'context/20-prices.md': 'A brake service is 40 euros.\n',
  'knowledge/brakes.md': '---\ntitle: Brake care\nurl: https://spoke.example/brakes\n---\nPads last 2,000 km.\n',
  'knowledge/tyres/flat.md': '# Flat tyres\n\nWe mend a flat while you wait.\n',
  'tools/get-slot.ts': `import { defineTool } from 'frontdesk';
import { z } from 'zod';

export default defineTool({
  name: 'get_slot',
  description: 'The next free repair slot.',
  effect: 'read',
  input: z.object({
    service: z.enum(['brakes', 'tyres']).describe('What needs work').meta({ examples: ['brakes'] }),
    weeks: z.number().int().min(1).max(8).describe('How many weeks ahead to look'),
  }),
  run: ({ service, weeks }) => ({ service, slot: \`in \${weeks} weeks\` }),
});
`,
};

export const EXAMPLE = 'Customer: My brakes squeal.\n\nAgent: Are they disc or rim brakes?\n';

/** Writes a folder below the system's temporary folder, far from any package.json; removed when the test ends. */
export function makeFolder(files: Record<string, string | Uint8Array | null>, below = 'workshop'): string {
  const base = mkdtempSync(join(tmpdir(), 'agent-folder-'));
  onTestFinished(() => rmSync(base, { recursive: true, force: true }));
  const root = join(base, below);
  mkdirSync(root, { recursive: true });
  for (const [file, text] of Object.entries(files)) {
    if (text === null) continue;
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return root;
}

/** The workshop with some files replaced, added or (null) left out. */
export function workshopWith(files: Record<string, string | Uint8Array | null>): string {
  return makeFolder({ ...WORKSHOP, ...files });
}
