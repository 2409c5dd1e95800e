/**
 * The success criteria of a support agent, from Anthropic's guide to customer-support agents (its section on success criteria), with its
 * targets. `unit`: `share` of 1, `points` of 5, `seconds`.
 */
const ROWS = {
  query_comprehension: { title: 'Query comprehension', target: 0.95, what: 'what the customer wants is read right' },
  response_relevance: { title: 'Response relevance', target: 0.9, what: 'the reply is about the question' },
  response_accuracy: { title: 'Response accuracy', target: 1, what: 'the facts are those of the company' },
  citation_relevance: { title: 'Citation relevance', target: 0.8, what: 'the source that helps is offered' },
  topic_adherence: { title: 'Topic adherence', target: 0.95, what: 'the talk stays with the company and its customer' },
  content_generation: {
    title: 'Content generation',
    target: 1,
    what: 'a tool is used exactly when it should be, and rightly',
  },
  escalation: { title: 'Escalation', target: 0.95, what: 'who needs a person gets one, and nobody else' },
  sentiment_maintenance: { title: 'Sentiment maintenance', target: 0.9, what: 'the customer ends in no worse a mood' },
  deflection: { title: 'Deflection', target: 0.7, what: 'solved without a person' },
  csat: { title: 'CSAT', target: 4, what: 'the rating that customers give, of 5' },
  handle_time: {
    title: 'Handle time',
    target: null,
    what: 'seconds from the question to its solution, less than a person takes',
  },
} as const;

export type CriterionName = keyof typeof ROWS;

export const CRITERIA_NAMES = Object.keys(ROWS) as [CriterionName, ...CriterionName[]];

/** `target`: null where only the company can say it. */
export type CriterionFacts = {
  title: string;
  target: number | null;
  what: string;
  unit: 'share' | 'points' | 'seconds';
  higherIsBetter: boolean;
};

export const CRITERIA = Object.fromEntries(
  CRITERIA_NAMES.map((name) => [name, { ...ROWS[name], unit: unitOf(name), higherIsBetter: name !== 'handle_time' }]),
) as Record<CriterionName, CriterionFacts>;

/** The criteria that only what customers really did can tell. */
export const FROM_PRODUCTION: readonly CriterionName[] = ['deflection', 'csat', 'handle_time'];

/** Which criterion a kind of check counts for, unless its case says otherwise. The other kinds count for none. */
export const COUNTS_FOR: Readonly<Record<string, CriterionName>> = {
  says: 'response_accuracy',
  saysOne: 'response_accuracy',
  never: 'response_accuracy',
  answer: 'response_accuracy',
  cites: 'citation_relevance',
  calls: 'content_generation',
  route: 'query_comprehension',
  ends: 'escalation',
  declined: 'topic_adherence',
  relevance: 'response_relevance',
  comprehension: 'query_comprehension',
  sentiment: 'sentiment_maintenance',
};

function unitOf(name: CriterionName): CriterionFacts['unit'] {
  if (name === 'csat') return 'points';
  return name === 'handle_time' ? 'seconds' : 'share';
}
