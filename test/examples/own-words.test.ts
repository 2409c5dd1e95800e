import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Seen } from '../../src/agent/guard.ts';
import { runGuards } from '../../src/agent/run-guards.ts';
import { loadAgent } from '../../src/agent-folder/load-agent.ts';
import { toDeskAgent } from '../../src/desk-agent.ts';
import { policyCheck } from '../../src/guards/policies.ts';
import { buildKnowledgeIndex } from '../../src/knowledge/lexical-index.ts';
import { splitSentences } from '../../src/language/sentences.ts';

/** Articles and context as sentences, each with its file as what the conversation has shown. */
function* ownWords(folder: string): Generator<{ sentence: string; sources: Seen['sources'] }> {
  for (const file of globSync('{context,knowledge}/**/*.md', { cwd: folder })) {
    const text = readFileSync(join(folder, file), 'utf8').replace(/^---\n[\s\S]*?\n---\n|<!--[\s\S]*?-->/g, '');
    const sources = [{ kind: 'passage', from: file, version: '1', text }] as const;
    for (const line of text.split('\n').filter((one) => /^[\p{Lu}-]/u.test(one)))
      for (const sentence of splitSentences(line.replace(/^- /, ''))) yield { sentence, sources };
  }
}

test.each(['examples/acme-insurance', 'examples/acme-shop'])('%s may say what its own texts say', async (folder) => {
  const { agent } = await loadAgent(folder);
  const desk = toDeskAgent(agent, { model: '', fastModel: '', staffed: true, index: buildKnowledgeIndex([]) });
  const policies = policyCheck(agent.policies);
  const kept = { released: '', question: '', said: [], prompt: [], customer: null, language: 'en' };
  const altered: string[] = [];
  let all = 0;
  for (const { sentence, sources } of ownWords(folder)) {
    all += 1;
    const seen: Seen = { ...kept, sources, contact: desk.contact, company: desk.company };
    const { text, acted } = runGuards(sentence, desk.guards, seen);
    if (text !== sentence || acted.length > 0) altered.push(`${acted.map(({ guard }) => guard)}: ${sentence}`);
    const answer = { text: sentence, seen: { ...seen, released: sentence }, conversationId: 'c', turnId: 't' };
    expect((await policies.check(answer, AbortSignal.timeout(1_000)))?.sentence).toBeUndefined();
  }
  expect(all).toBeGreaterThan(100);
  expect(altered.length / all, altered.join('\n')).toBeLessThanOrEqual(0.01);
});
