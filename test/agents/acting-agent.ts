import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The agent of Acme Insurance in the folder, with a tool `call_back` that takes a `phone` and needs a yes. */
export function actingAgent(folder: string): string {
  const agent = join(folder, 'agent');
  cpSync('examples/acme-insurance', agent, { recursive: true });
  writeFileSync(join(agent, 'tools/call-back.ts'), TOOL);
  return agent;
}

const TOOL = `import { defineTool } from 'frontdesk';
import { z } from 'zod';

export default defineTool({
  name: 'call_back',
  description: 'Has a colleague call the customer back.',
  input: z.object({ phone: z.string() }),
  effect: 'write',
  confirm: ({ phone }) => \`Call you back on \${phone}?\`,
  run: () => 'We call at nine.',
});
`;
