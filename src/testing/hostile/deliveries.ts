import type { MockTurn } from '../mock-claude-script.ts';
import type { Random } from './random.ts';

/** Longer than any text is held back. */
const LONG_PAUSE_MS = 1_700;
const SHORT_PAUSE_MS = 20;

export const HARMLESS = 'Thank you for your patience.';
const LOOK_UP = { name: 'search_knowledge', input: { query: 'what is covered' } };

/**
 * Ways in which a model may say a text, cut at `at`: each gives the turns of one reply. A second model call goes on where the
 * first has stopped, or begins anew where the first was lost.
 */
export const DELIVERIES = {
  'two deltas': (text, at) => [{ text: halves(text, at) }],
  'single characters': (text) => [{ text: [...text] }],
  'random pieces': (text, _at, random) => [{ text: pieces(text, random) }],
  'a long pause': (text, at) => [{ text: halves(text, at), deltaMs: LONG_PAUSE_MS }],
  'two blocks': (text, at) => [{ citations: halves(text, at).map((half) => ({ text: half })) }],
  'citing what it found': (text, at) => [
    { citations: halves(text, at).map((half) => ({ text: half, cites: [{ result: 0 }] })) },
  ],
  'the token limit between': (text, at) => {
    const [one = '', two = ''] = halves(text, at);
    return [{ text: one, stopReason: 'max_tokens' }, { text: two }];
  },
  'the token limit three times': (text, at) => {
    const [one = '', two = ''] = halves(text, at);
    const [three = '', four = ''] = halves(two, Math.floor(two.length / 2));
    return [
      { text: one, stopReason: 'max_tokens' },
      { text: three, stopReason: 'max_tokens' },
      { text: four, stopReason: 'max_tokens' },
      { text: HARMLESS },
    ];
  },
  'a pause of the turn between': (text, at) => {
    const [one = '', two = ''] = halves(text, at);
    return [{ text: one, stopReason: 'pause_turn' }, { text: two }];
  },
  'a tool between': (text, at) => {
    const [one = '', two = ''] = halves(text, at);
    return [{ text: one, tools: [LOOK_UP] }, { text: two }];
  },
  'a tool between all pieces': (text, at) => {
    const size = Math.max(1, at % 7);
    const parts = text.match(new RegExp(`[^]{1,${Math.max(size, Math.ceil(text.length / 6))}}`, 'gu')) ?? [];
    return parts.map((part, index) => ({
      text: part,
      // Not the same call each time: that would be going in circles.
      ...(index < parts.length - 1 && { tools: [{ ...LOOK_UP, input: { query: `cover ${index}` } }] }),
    }));
  },
  'an error in the middle': (text, at) => [
    { text: halves(text, at), fault: { error_event: 1 } },
    { text: halves(text, text.length - at) },
  ],
  'a broken stream': (text, at) => [
    { text: [...halves(text, at), ` ${HARMLESS}`], fault: { cut: 2 } },
    { text: halves(text, text.length - at) },
  ],
  'in its thoughts': (text, at) => [{ thinking: halves(text, at), text: HARMLESS }],
  'as the name of a tool': (text) => [
    { tools: [{ name: text.replace(/[^\w-]+/g, '_').slice(0, 64) || 'none', input: { text } }] },
    { text: HARMLESS },
  ],
  'as the reason of a handoff': (text) => [
    { tools: [{ name: 'hand_off', input: { reason: text.slice(0, 190), summary: 'The customer has a question.' } }] },
    { text: HARMLESS },
  ],
  'with a tool after it': (text, at) => [{ text: halves(text, at), tools: [LOOK_UP] }, { text: HARMLESS }],
  slowly: (text, at) => [{ text: halves(text, at), deltaMs: SHORT_PAUSE_MS }],
} satisfies Record<string, (text: string, at: number, random: Random) => MockTurn[]>;

export type Delivery = keyof typeof DELIVERIES;

function halves(text: string, at: number): string[] {
  return [text.slice(0, at), text.slice(at)].filter((half) => half !== '');
}

function pieces(text: string, random: Random): string[] {
  const left = [...text];
  const cut: string[] = [];
  while (left.length > 0) cut.push(left.splice(0, 1 + random.below(9)).join(''));
  return cut;
}
