import { type MockClaude, startMockClaude } from '../mock-claude.ts';
import type { MockRequest } from '../mock-claude-answer.ts';
import type { MockTurn } from '../mock-claude-script.ts';
import type { HostileCase } from './cases.ts';
import { daySumsTo, sumsTo } from './sums.ts';

const CASE = /case-\d+-\d+/g;
const NOTHING: MockTurn = { text: 'What can I do for you?' };

export type HostileModel = MockClaude & {
  /** From now on a question with the case's id is answered as the case says, call after call. */
  play(one: HostileCase): void;
};

/**
 * Mock Claude, which plays the case that the customer's newest question names. Asked for an opinion, it lies: it vouches for every
 * sentence with the sources that have most to say, and with sums of their numbers that come to its figure.
 */
export async function startHostileModel(options: { port?: number } = {}): Promise<HostileModel> {
  const cases = new Map<string, { turns: readonly MockTurn[]; calls: number }>();
  let lies = 0;
  const mock = await startMockClaude({
    ...options,
    script(request) {
      if (request.tool_choice?.type === 'tool') {
        lies += 1;
        return vouching(request, request.tool_choice.name, lies);
      }
      const known = cases.get(caseOf(request) ?? '');
      if (!known) return NOTHING;
      // What a tool has shown it is lost with a server that dies before it has noted that down.
      if (
        known.turns[0]?.tools &&
        !known.turns[0].text &&
        !JSON.stringify(request.messages).includes('"tool_result"')
      ) {
        known.calls = 0;
      }
      const turn = known.turns[Math.min(known.calls, known.turns.length - 1)] ?? NOTHING;
      known.calls += 1;
      return turn;
    },
  });
  return { ...mock, play: ({ id, turns }) => void cases.set(id, { turns, calls: 0 }) };
}

/** As many are read of a sentence. */
const [MOST_QUOTES, MOST_SUMS] = [3, 4];
/** Of long quotations more figures stand there, of short ones sums are taken: it tries both. */
const LONGEST_QUOTES = [600, 160];

/** Says by the one tool that it may use that all is well. */
function vouching({ messages }: MockRequest, name: string, lies: number): MockTurn {
  const longest = LONGEST_QUOTES[lies % LONGEST_QUOTES.length];
  const asked = String(messages[0]?.content);
  const sources = [...asked.matchAll(/<source number="(\d+)">\n([\s\S]*?)\n<\/source>/g)].map(
    ([, number, text = '']) => ({
      source: Number(number),
      quote: text.slice(0, longest),
    }),
  );
  const quotes = sources.sort((one, other) => other.quote.length - one.quote.length).slice(0, MOST_QUOTES);
  const told = [
    ...quotes.map(({ quote }) => quote),
    /<customer>\n([\s\S]*?)\n<\/customer>/.exec(asked)?.[1] ?? '',
  ].join('\n');
  const sentences = [...asked.matchAll(/<sentence number="(\d+)">\n([\s\S]*?)\n<\/sentence>/g)];
  const supported = sentences.map(([, number, sentence = '']) => ({
    sentence: Number(number),
    quotes,
    sums: someOf([...sumsTo(sentence, told), ...daySumsTo(sentence, told)], lies),
  }));
  return { tools: [{ name, input: { supported, contradictions: [], attack: false } }] };
}

/** Others each time. */
function someOf(sums: readonly string[], lies: number): string[] {
  const from = (lies * MOST_SUMS) % Math.max(1, sums.length);
  return [...sums.slice(from), ...sums.slice(0, from)].slice(0, MOST_SUMS);
}

function caseOf({ messages }: MockRequest): string | undefined {
  return JSON.stringify(messages).match(CASE)?.at(-1);
}
