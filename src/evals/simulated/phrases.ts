import type { Simulation } from '../suite.ts';

/** What a customer says by rule. */
export type Phrases = {
  thanks: string;
  /** To a colleague who comes, or has to agree. */
  waiting: string;
  givingUp: string;
  /** To an offer. */
  confirm: string;
  decline: string;
  /** To a question whether that is so. */
  right: string;
  unknown: string;
  /** After a card was declined. */
  changedMind: string;
  fact(name: string, value: string): string;
  /** To what has been told before. */
  again(facts: string): string;
  goal(goal: string): string;
  complaint(goal: string): string;
};

/** Of each mood; how it ends depends on how the talk went, not on the mood it began in. */
export function phrasesOf({ mood }: Pick<Simulation, 'mood'>): Phrases {
  return {
    thanks: THANKS[mood],
    waiting: 'OK, then I will wait for your colleague. Thank you.',
    givingUp: 'This is useless, I am getting nowhere. I give up, goodbye.',
    confirm: mood === 'annoyed' ? 'Yes.' : 'Yes, please.',
    decline: mood === 'annoyed' ? 'No.' : 'No, thank you.',
    right: 'Yes, that is right.',
    unknown: mood === 'confused' ? 'Sorry, I am not sure what you mean, I do not know that.' : 'I do not know that.',
    changedMind: 'No, I have changed my mind. Please leave everything as it is.',
    fact: (name, value) => (mood === 'annoyed' ? `${value}.` : `The ${name} is ${value}.`),
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
