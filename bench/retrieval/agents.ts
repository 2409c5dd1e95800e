import { readFileSync } from 'node:fs';
import { loadAgent } from '../../src/agent-folder/load-agent.ts';
import type { SourceDocument } from '../../src/knowledge/documents.ts';
import type { Question } from './data.ts';

/** The articles of an agent's folder. */
export async function readAgentDocuments(folder: string): Promise<SourceDocument[]> {
  return (await loadAgent(folder)).agent.documents;
}

type Conversation = { turns: { say: string; expect?: { cites?: string[] } }[] };

/** The messages of a file in bench/conversations for which its author named articles that answer. */
export function readConversationQuestions(name: string): Question[] {
  const { conversations } = JSON.parse(readFileSync(`bench/conversations/${name}.json`, 'utf8')) as {
    conversations: Conversation[];
  };
  return conversations
    .flatMap(({ turns }) => turns)
    .flatMap(({ say, expect }) => {
      const relevant = (expect?.cites ?? []).map((cited) => `${cited.replace(/^knowledge\/|\.md$/g, '')}.md`);
      return relevant.length > 0 ? [{ question: say, relevant }] : [];
    });
}
