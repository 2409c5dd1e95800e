import type { Simulation } from '../suite.ts';

/** What a customer says by rule. */
export type Phrases = {
  thanks: string;
  handedOver: string;
  givingUp: string;
  yes: string;
  unknown: string;
  fact(name: string, value: string): string;
  answer(facts: string): string;
  /** To what has been told before. */
  again(facts: string): string;
  goal(goal: string): string;
  complaint(goal: string): string;
};

/** Of each mood; how it ends depends on how the talk went, not on the mood it began in. */
export function phrasesOf({ mood }: Pick<Simulation, 'mood'>): Phrases {
  return {
    thanks: THANKS[mood],
    handedOver: 'OK, then I will wait for your colleague. Thank you.',
    givingUp: 'This is useless, I am getting nowhere. I give up, goodbye.',
    yes: mood === 'annoyed' ? 'Yes.' : 'Yes, please.',
    unknown: mood === 'confused' ? 'Sorry, I am not sure what you mean, I do not know that.' : 'I do not know that.',
    fact: (name, value) => (mood === 'annoyed' ? `${value}.` : `The ${name} is ${value}.`),
    answer: (facts) => facts,
    again: (facts) => `I told you already: ${facts}`,
    goal: (goal) => `${OPENINGS[mood]}${goal}`,
    complaint: (goal) => `That does not help me, it is annoying. Again: ${goal}`,
  };
}

const THANKS = {
  calm: 'Great, thank you very much.',
  annoyed: 'Good, thanks.',
  worried: 'That is a relief, thank you so much.',
  confused: 'Ah, now I see. Thank you, that helped.',
} as const;

const OPENINGS = {
  calm: '',
  annoyed: 'Look. ',
  worried: 'I am worried about this. ',
  confused: 'I do not quite understand. ',
} as const;
