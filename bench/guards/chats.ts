import { join } from 'node:path';
import { spaced } from '../../src/adapters/fast-model/ask-tool.ts';
import type { Model, ModelEvent } from '../../src/agent/model.ts';
import { eachOf } from '../command.ts';
import { actsOn, findingsOf, OPINIONS, type OpinionKind } from './asked.ts';
import { readLines, sourcesOf } from './sets.ts';
import { figuresOfAll, type WordFigures } from './words.ts';

/**
 * A customer's message, what the agent was shown for it, its reply, whether that commits to what nobody has said, and what a reader
 * has found for its sentences; null for one that it has left out.
 */
type Chat = {
  customer: string | string[];
  evidence: string[];
  text: string;
  label: boolean;
  found: Record<string, { quotes: string[]; sums: string[] } | null>;
};

/** Replies in customers' words, and such where the customer or a source tries to talk the fast model round: all of those are wrong. */
export const CHATS = ['chats', 'talked'] as const;

/**
 * The figures on one of those sets: segment by segment, as replies are released. What the fast model would say of a sentence was asked of
 * a larger model of its family, request by request, and is told here again; the server's own code reads it. `every`: of the chats each so
 * many-th; `unread`: segments with a sentence that nobody has read, of which the rules decide.
 */
export async function chatFigures(
  name: (typeof CHATS)[number],
  every = 1,
): Promise<Record<OpinionKind, WordFigures> & { unread: number }> {
  const lines = readLines(join(import.meta.dirname, 'sets', `${name}.jsonl`));
  const chats = eachOf(lines, every).map((line): Chat => JSON.parse(line));
  let unread = 0;
  const figures: Partial<Record<OpinionKind, WordFigures>> = {};
  for (const kind of OPINIONS) {
    figures[kind] = await figuresOfAll(chats, ({ found, ...chat }) =>
      actsOn(
        kind,
        { text: chat.text, sources: sourcesOf(chat.evidence), said: [chat.customer].flat() },
        async (...asked) => {
          if (asked[0].every((sentence) => sentence in found))
            return findingsOf(reading(found), 'recorded', asked, patience());
          if (kind === 'always') unread += 1;
          return null;
        },
      ),
    );
  }
  return { ...(figures as Record<OpinionKind, WordFigures>), unread };
}

function patience(): AbortSignal {
  return AbortSignal.timeout(10_000);
}

/** A model that says again what a reader has said. */
function reading(found: Chat['found']): Model {
  return async function* ({ messages }): AsyncGenerator<ModelEvent> {
    const asked = String(messages[0]?.content);
    const sources = [...asked.matchAll(/<source number="(\d+)">\n([\s\S]*?)\n<\/source>/g)];
    const sourceOf = (quote: string) =>
      Number(sources.find(([, , text = '']) => spaced(text).includes(spaced(quote)))?.[1]);
    const sentences = [...asked.matchAll(/<sentence number="(\d+)">\n([\s\S]*?)\n<\/sentence>/g)];
    const supported = sentences.flatMap(([, number, sentence = '']) => {
      const { quotes, sums } = found[sentence] ?? {};
      if (!quotes) return [];
      return [{ sentence: Number(number), quotes: quotes.map((quote) => ({ source: sourceOf(quote), quote })), sums }];
    });
    yield {
      type: 'content_block_start',
      index: 0,
      content_block: { type: 'tool_use', id: '1', name: '', input: {} },
    } as ModelEvent;
    const json = JSON.stringify({ supported });
    yield { type: 'content_block_delta', index: 0, delta: { type: 'input_json_delta', partial_json: json } };
  };
}
