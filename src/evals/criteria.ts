import type { CriterionName } from './suite.ts';

/** What each success criterion is called, in what it is counted, and what is wanted of it. Shares are of 1. */
export const CRITERIA: Record<
  CriterionName,
  { title: string; target: number; unit: 'share' | 'points' | 'seconds'; higherIsBetter: boolean }
> = {
  query_comprehension: { title: 'Query comprehension', target: 0.95, unit: 'share', higherIsBetter: true },
  response_relevance: { title: 'Response relevance', target: 0.9, unit: 'share', higherIsBetter: true },
  response_accuracy: { title: 'Response accuracy', target: 1, unit: 'share', higherIsBetter: true },
  citation_relevance: { title: 'Citation relevance', target: 0.8, unit: 'share', higherIsBetter: true },
  topic_adherence: { title: 'Topic adherence', target: 0.95, unit: 'share', higherIsBetter: true },
  content_generation: { title: 'Content generation', target: 0.9, unit: 'share', higherIsBetter: true },
  escalation: { title: 'Escalation', target: 0.95, unit: 'share', higherIsBetter: true },
  sentiment_maintenance: { title: 'Sentiment maintenance', target: 0.9, unit: 'share', higherIsBetter: true },
  deflection: { title: 'Deflection', target: 0.7, unit: 'share', higherIsBetter: true },
  csat: { title: 'Customer satisfaction', target: 4, unit: 'points', higherIsBetter: true },
  handle_time: { title: 'Handle time', target: 300, unit: 'seconds', higherIsBetter: false },
};
