import type { CriterionName } from '../criteria.ts';

/**
 * What a model is asked of a reply. `asks`: the question whose yes is good. `needs`: what it is shown beside the conversation. `counts`: whether a
 * case fails with it. A change of the words is another `version`, which is part of the grader's name.
 */
export type Rubric = {
  name: string;
  version: number;
  criterion: CriterionName | null;
  asks: string;
  needs: 'nothing' | 'sources' | 'reference' | 'statement' | 'message';
  counts: boolean;
};

/** Asked of each reply to something that a customer said. */
export const EACH_REPLY: readonly Rubric[] = [
  {
    ...{ name: 'relevance', version: 1, criterion: 'response_relevance', needs: 'nothing', counts: false },
    asks: 'Does the reply address what the customer said last: answer it, ask for what is needed to answer it, act on it, or say plainly why not? A reply about another matter, or one that only sounds helpful, does not.',
  },
  {
    ...{ name: 'comprehension', version: 1, criterion: 'query_comprehension', needs: 'nothing', counts: false },
    asks: 'Has the reply read the customer right: what they want, what the next step is, and what would settle it for them? Asking again for what was said, or settling something else, shows that it has not.',
  },
  {
    ...{ name: 'topic', version: 1, criterion: 'topic_adherence', needs: 'nothing', counts: false },
    asks: 'Does the reply stay with the company, its products and this customer’s matter, turning down or steering back from anything else? Courtesies are no other matter.',
  },
  {
    ...{ name: 'tone', version: 1, criterion: null, needs: 'nothing', counts: false },
    asks: 'Is the tone that of a good member of support staff: polite, plain, neither cold nor gushing, and fitting for the mood of the customer?',
  },
  {
    ...{ name: 'groundedness', version: 1, criterion: 'response_accuracy', needs: 'sources', counts: false },
    asks: 'Does every fact that the reply states about the company, its terms, figures or this customer stand in the sources, with the same figures and conditions? Courtesies, questions, and what the customer said are no such facts.',
  },
];

/** Where a case has a reference answer. */
export const ANSWER: Rubric = {
  ...{ name: 'answer', version: 1, criterion: 'response_accuracy', needs: 'reference', counts: true },
  asks: 'Does the reply tell the customer the same as the reference answer: nothing of substance left out, nothing contradicted, the same figures and conditions? Other words, another order and more detail make no difference.',
};

/** What a case itself wants to be true. */
export const STATEMENT: Rubric = {
  ...{ name: 'rubric', version: 1, criterion: null, needs: 'statement', counts: true },
  asks: 'Is the statement true of the agent’s side of this conversation?',
};

/** Of the first and the last message of a customer who is simulated. */
export const MOOD: Rubric = {
  ...{ name: 'sentiment', version: 1, criterion: 'sentiment_maintenance', needs: 'message', counts: false },
  asks: 'Is the customer in no worse a mood in the second message than in the first? Short and matter-of-fact words are no bad mood; a complaint about the company or its help that was not there before is.',
};

export const RUBRICS: readonly Rubric[] = [...EACH_REPLY, ANSWER, STATEMENT, MOOD];
