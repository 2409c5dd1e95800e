import type { Embedder } from '../../src/language/embedder.ts';
import type { TrainingSet } from '../../src/routing/train.ts';

/** A set from lists of texts by label. */
export function setOf(texts: Record<string, readonly string[]>, outside: readonly string[] = []): TrainingSet {
  const examples = Object.entries(texts).flatMap(([label, own]) => own.map((text) => ({ text, label })));
  return { examples, names: {}, outside };
}

/** A small insurer's routes. */
export const INSURER: TrainingSet = {
  ...setOf({
    claims: [
      'I had an accident this morning',
      'someone hit my parked car',
      'how do I report damage to my windscreen',
      'my car was stolen last night',
      'where is my claim',
      'hail has dented the roof of my car',
      'which papers do you need after a crash',
      'a pipe burst and the kitchen is under water',
    ],
    billing: [
      'why was I charged twice this month',
      'I want to change my bank account for the premium',
      'when is the next payment due',
      'please send me the invoice again',
      'can I pay by credit card instead',
      'my direct debit bounced',
      'I have not got my refund yet',
      'is there a discount for paying once a year',
    ],
    quotes: [
      'how much is insurance for a Golf from 2019',
      'I would like an offer for a new car',
      'what does full cover cost for a young driver',
      'can you give me a price for a motorcycle',
      'get me a quote please',
      'what would I pay for home insurance',
      'compare your tariffs for my van',
      'I want to insure a second car, what is the price',
    ],
  }),
  names: { claims: 'claims and damage', billing: 'billing and payments', quotes: 'quotes and prices' },
};

export const ELSEWHERE = [
  'what is the capital of France',
  'tell me a joke about cats',
  'who won the football game yesterday',
  'recipe for banana bread without sugar',
  'translate good morning into Japanese',
  'play some jazz',
  'how tall is the Eiffel tower',
  'write a poem about autumn leaves',
];

const CONCEPTS = ['crash|accident|collision|wreck', 'invoice|bill|statement|charge', 'quote|price|offer|estimate'];

/** An encoder that knows three things under several names, and nothing else. */
export function conceptEmbedder(): Embedder {
  return {
    id: 'concepts',
    embed: async (texts) =>
      texts.map((text) => {
        const known = CONCEPTS.map((words) => (new RegExp(words).test(text) ? 1 : 0.05));
        const length = Math.hypot(...known);
        return Float32Array.from(known, (value) => value / length);
      }),
  };
}
