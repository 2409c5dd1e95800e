import { contentStems } from './concepts.ts';
import { likest } from './intent.ts';
import type { Ranked } from './rank.ts';
import type { Scene } from './scene.ts';

/**
 * How surely a question has nothing to do with the company, 0 to 1: it is like what people ask anybody, unlike every
 * section, and its words stand nowhere. A logistic over those three, fitted with the weights of the ranking.
 */
export function strangeness(scene: Scene, question: string, ranked: readonly Ranked[]): number {
  const evidence = strangenessEvidence(scene, question, ranked);
  let logit = BIAS + (scene.offTopic ? OFF_TOPIC : 0);
  for (const [name, weight] of Object.entries(WEIGHTS)) logit += weight * evidence[name as keyof Evidence];
  return 1 / (1 + Math.exp(-logit));
}

type Evidence = { elsewhere: number; here: number; nearest: number; unknown: number; words: number };

/** Fitted with the weights of the ranking; the bias is such that ½ loses about 2 % of the questions to the company. */
const WEIGHTS: Evidence = { elsewhere: 13.9, here: -8.1, nearest: -6.3, unknown: 4.1, words: 1 };
const BIAS = -4.9;
/**
 * What the router's word for it weighs. Not fitted: the logarithm of how much more often it is said of what is strange than of the
 * rest, cautiously taken for twelve times.
 */
const OFF_TOPIC = 2.5;

export function strangenessEvidence(scene: Scene, question: string, ranked: readonly Ranked[]): Evidence {
  const stems = contentStems(question);
  const unknown = stems.filter(
    (stem) => !ranked.some(({ section }) => section.stems.has(stem) || section.headStems.has(stem)),
  );
  const all = ranked.map(({ features }) => features);
  return {
    elsewhere: likest(scene, question, 'elsewhere'),
    here: likest(scene, question, 'here'),
    nearest: Math.max(0, ...all.map(({ head, sentence }) => Math.max(head, sentence))),
    unknown: stems.length === 0 ? 0 : unknown.length / stems.length,
    words: Math.max(0, ...all.map(({ words }) => words)),
  };
}
