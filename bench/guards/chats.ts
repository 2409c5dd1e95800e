import { join } from 'node:path';
import { spaced } from '../../src/adapters/fast-model/ask-tool.ts';
import { fastModelFindings } from '../../src/adapters/fast-model/commitment-opinion.ts';
import { type Findings, NOTHING_FOUND, type Seen } from '../../src/agent/guard.ts';
import type { Model, ModelEvent } from '../../src/agent/model.ts';
import { Segmenter } from '../../src/agent/segment.ts';
import { commitmentsGuard } from '../../src/guards/commitments.ts';
import { readLines, sourcesOf } from './sets.ts';
import { figuresOf, SEEN, type WordFigures } from './words.ts';

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

/** By the rules alone, and with a second opinion on what they doubt, on each sentence, and where its word alone decides of each. */
export const OPINIONS = ['rules', 'on', 'always', 'decides'] as const;

const GUARDS = {
  doubtful: commitmentsGuard(),
  each: commitmentsGuard({ asks: 'each' }),
  trusting: commitmentsGuard({ asks: 'each', trusts: true }),
};
/**
 * The figures on `sets/chats.jsonl`: replies in a customer's words, segment by segment, as they are released. What the fast model would say
 * of a sentence was asked of a larger model of its family, request by request, and is told here again; the server's own code reads it.
 * `every`: of the chats each so many-th; `unread`: segments with a sentence that nobody has read, of which the rules decide.
 */
export async function chatFigures(
  every = 1,
): Promise<Record<(typeof OPINIONS)[number], WordFigures> & { unread: number }> {
  const lines = readLines(join(import.meta.dirname, 'sets', 'chats.jsonl'));
  const chats = lines.filter((_, at) => at % every === 0).map((line): Chat => JSON.parse(line));
  const acts = { rules: new Set<Chat>(), on: new Set<Chat>(), always: new Set<Chat>(), decides: new Set<Chat>() };
  let unread = 0;
  for (const chat of chats) {
    const sources = sourcesOf(chat.evidence);
    let released = '';
    for (const segment of segmentsOf(chat.text)) {
      const seen: Seen = { ...SEEN, sources, said: [chat.customer].flat(), released };
      released += segment;
      const { doubts = [] } = GUARDS.each.check(segment, seen);
      // Rules doubt nothing else.
      if (doubts.length === 0) continue;
      const found = await findings(chat, doubts, { ...seen, released });
      if (!found) unread += 1;
      const verdicts = {
        rules: GUARDS.doubtful.check(segment, seen),
        on: GUARDS.doubtful.check(segment, seen, found ?? undefined),
        always: GUARDS.each.check(segment, seen, found ?? undefined),
        decides: GUARDS.trusting.check(segment, seen, found ?? undefined),
      };
      for (const kind of OPINIONS) if (verdicts[kind].action !== 'allow') acts[kind].add(chat);
    }
  }
  const figures = OPINIONS.map((kind) => {
    const of = figuresOf(chats, (chat) =>
      acts[kind].has(chat) ? { action: 'stop', reason: kind } : { action: 'allow' },
    );
    return [kind, of] as const;
  });
  return { ...(Object.fromEntries(figures) as Record<(typeof OPINIONS)[number], WordFigures>), unread };
}

function segmentsOf(text: string): string[] {
  const segmenter = new Segmenter();
  return [...segmenter.push(text), ...[segmenter.flush() ?? []].flat()];
}

/** What was found for sentences, as a reply has it; null where somebody would have to be asked. */
async function findings({ found }: Chat, sentences: readonly string[], seen: Seen): Promise<Findings | null> {
  if (!sentences.every((sentence) => sentence in found)) return null;
  const read = await fastModelFindings('recorded')(
    sentences,
    { ...seen, model: reading(found) },
    AbortSignal.timeout(10_000),
  );
  return new Map(sentences.map((sentence) => [sentence, read.get(sentence) ?? NOTHING_FOUND]));
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
