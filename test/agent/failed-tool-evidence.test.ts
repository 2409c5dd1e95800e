import { expect, test } from 'vitest';
import { Evidence } from '../../src/agent/evidence.ts';

test('what a failing tool says is evidence, without the figures and addresses that the model gave it', () => {
  const content = 'At most 158.50 EUR of A-1017 can be refunded, not 500.00 EUR to ann@evil.example.';
  const input = { order: 'A-1017', amount: 500, to: 'ann@evil.example' };
  const evidence = new Evidence(
    {
      ...{ question: '', said: [], contact: {}, customer: null, company: 'Acme', language: null },
      prompt: { system: [], opening: [], hash: 'h', estimatedTokens: 0 },
      ...{ knowledgeVersion: '1', tools: [] },
    },
    [
      { role: 'assistant', content: [{ type: 'tool_use', id: 'c', name: 'refund', input }] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'c', content, is_error: true }] },
    ],
    () => '',
  );
  const [source] = evidence.sources;
  expect(source).toMatchObject({ kind: 'tool', from: 'refund', version: 'c' });
  expect(source?.text).toContain('At most 158.50 EUR');
  expect(source?.text).not.toMatch(/500|1017|evil/);
});
