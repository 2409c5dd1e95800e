import { contentStems } from './concepts.ts';
import type { Scene } from './scene.ts';
import { meets, type Section } from './sections.ts';
import { alike } from './synonyms.ts';

/** How a section compares with a question, each from 0 to about 1. */
export type Features = {
  /** 1 for the search's first passage, less for later ones, 0 for what nothing searched for. */
  found: number;
  /** The share of the question's words, rare ones counting more, that the section has in this or another form. */
  words: number;
  /** Likeness in meaning to its heading, to its best sentence. */
  head: number;
  sentence: number;
  context: number;
  result: number;
  /** The beginning of an article, which says what holds in general. */
  lead: number;
  /** Its heading denies what the question asks for: "What is not covered" is no answer to "what is covered?". */
  denies: number;
};

/** Fitted on questions to three companies: a softmax over each question's sections (docs/decisions/0006). */
const WEIGHTS: Features = {
  found: 4,
  words: 1.6,
  head: 1.1,
  sentence: 6.1,
  context: -0.4,
  result: 3.9,
  lead: 1.8,
  denies: -1,
};

export type Ranked = { section: Section; features: Features; score: number };

/** Puts the sections in order, the one that answers best first. */
export function rank(scene: Scene, sections: readonly Section[], message: string): Ranked[] {
  const weigh = wordWeights(sections, message);
  return sections
    .map((section) => {
      const features = featuresOf(scene, section, { message, weigh });
      return { section, features, score: scoreOf(features) };
    })
    .sort((a, b) => b.score - a.score);
}

function scoreOf(features: Features): number {
  let score = 0;
  for (const [name, weight] of Object.entries(WEIGHTS)) score += weight * features[name as keyof Features];
  return score;
}

const OPEN = /\b(?:what|which|how|when|where|who|why)\b/i;
const DENIES = /\b(?:not|no|never|cannot|without|except|excluded?|\w+n['’]t)\b/i;

type Weigh = { words: { forms: ReadonlySet<string>; weight: number }[]; total: number };

function featuresOf(
  { likeness }: Scene,
  section: Section,
  { message, weigh }: { message: string; weigh: Weigh },
): Features {
  const share = (has: (forms: ReadonlySet<string>) => boolean) =>
    weigh.total === 0
      ? 0
      : weigh.words.reduce((sum, { forms, weight }) => sum + (has(forms) ? weight : 0), 0) / weigh.total;
  return {
    found: section.rank === null ? 0 : 1 / (1 + section.rank),
    words: share((forms) => meets(forms, section.stems) || meets(forms, section.headStems)),
    head: likeness(message, section.head),
    sentence: Math.max(...section.statements.map(({ text }) => likeness(message, text.trim()))),
    context: section.kind === 'context' ? 1 : 0,
    result: section.kind === 'result' ? 1 : 0,
    lead: section.isLead ? 1 : 0,
    denies: OPEN.test(message) && !DENIES.test(message) && DENIES.test(section.head.split(' – ').at(-1) ?? '') ? 1 : 0,
  };
}

/** The words of a question that some section has, the rarer the heavier. */
function wordWeights(sections: readonly Section[], message: string): Weigh {
  const words = contentStems(message).flatMap((stem) => {
    const forms = alike(stem);
    const having = sections.filter(({ stems, headStems }) => meets(forms, stems) || meets(forms, headStems)).length;
    if (having === 0) return [];
    return [{ forms, weight: Math.log(1 + (sections.length - having + 0.5) / (having + 0.5)) }];
  });
  return { words, total: words.reduce((sum, { weight }) => sum + weight, 0) };
}
