import { readFileSync } from 'node:fs';
import type { Question } from './data.ts';

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
