import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadAgent } from '../../src/agent-folder/load-agent.ts';
import { folderDocuments } from '../knowledge/folder-index.ts';

const folder = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

describe('the agent folders load without a warning', () => {
  it.each([
    ['examples/acme-insurance', 'Eva', ['claim_checklist', 'get_quote']],
    [
      'examples/acme-shop',
      'Tom',
      [
        'cancel_order',
        'change_address',
        'get_customer_info',
        'get_order_details',
        'list_orders',
        'request_refund',
        'return_window',
      ],
    ],
    ['test/agents/harbor-library', 'Quill', ['check_room_availability', 'look_up_book']],
  ])('%s', async (path, name, tools) => {
    const { agent, warnings } = await loadAgent(folder(path));
    expect(warnings).toEqual([]);
    expect(agent.definition.name).toBe(name);
    expect(agent.tools.map((tool) => tool.name)).toEqual(tools);
    expect((await folderDocuments(folder(path))).length).toBeGreaterThanOrEqual(12);
  });

  it('gives Acme a prompt that Claude Opus 4.6 and Haiku 4.5 can cache', async () => {
    const { agent } = await loadAgent(folder('examples/acme-insurance'));
    expect(agent.prompt.estimatedTokens).toBeGreaterThan(4_096);
  });
});
