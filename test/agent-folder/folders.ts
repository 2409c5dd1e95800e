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

/** Two routes and what belongs to none, without a warning. */
export const ROUTES: Record<string, string> = {
  'routes/README.md': 'For colleagues.\n',
  'routes/general/utterances.txt':
    'when do you open\nwhere are you\ndo I need an appointment\ndo you take cards\nwho are you\n',
  'routes/off-topic/utterances.txt':
    'tell me a joke\nwhat is the weather\nwrite a poem\nwho won the match\nbook me a flight\n',
  'routes/bike-hire/route.yaml': 'when: Renting a bike for a day or longer.\n',
  'routes/bike-hire/utterances.txt':
    'I want to rent a bike\ndo you have a tandem\nhire for a week\nwie viel kostet ein Leihrad\nalquilar una bici\n',
  'routes/repairs/route.yaml': `title: The workbench
when: "Something on a bike is broken or worn: repairs, spare parts, free slots."
model: claude-haiku-4-5
maxTokens: 500
knowledge:
  folders: [tyres/]
  labels: { product: bike }
`,
  'routes/repairs/utterances.txt': `# What customers say
#
my brakes squeal
#1 gear does not shift

[flat_tyre]
Mein Reifen ist platt
  mein Reifen ist platt!
se me pinch\u00f3 la rueda
[chain]
the chain fell off
`,
  'routes/repairs/context/10-bench.md': '# The bench\n\nA repair takes two days.\n',
  'routes/repairs/examples/squeal.md': EXAMPLE,
  'routes/repairs/guardrails.md': '- Never guess a price.\n',
  'routes/repairs/tools/book-slot.ts': `import { defineTool } from 'frontdesk';
import { z } from 'zod';

export default defineTool({
  name: 'book_slot',
  description: 'Books a repair slot.',
  effect: 'read',
  input: z.object({ day: z.string().describe('Which day') }),
  run: ({ day }) => ({ day }),
});
`,
  'routes/repairs/tools/order.yaml': `name: get_order
description: Looks up an order of parts.
input: { number: The order number }
request: { url: "https://spoke.example/orders/{number}" }
`,
};

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
