import type { TrainingSet } from '../../src/routing/train.ts';

/** A small insurer's routes. */
export const INSURER: TrainingSet = {
  examples: Object.entries({
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
  }).flatMap(([label, texts]) => texts.map((text) => ({ text, label }))),
  names: { claims: 'claims and damage', billing: 'billing and payments', quotes: 'quotes and prices' },
  outside: [],
};
