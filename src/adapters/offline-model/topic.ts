import type { Scene, ShownPassage } from './scene.ts';
import { articleOf } from './sections.ts';

/** What the agent spoke of last: the articles that it quoted, or the tool whose result it gave. */
export type Topic = { title: string; unit: string; passages: ShownPassage[] };

/** Finds it in what the agent said: its sentences are the passages' own. Null where it quoted nothing. */
export function topicOf(scene: Scene): Topic | null {
  for (const said of scene.agentTexts.slice(-4).reverse()) {
    const quoted = scene.shown.find(
      ({ sentences, title }) =>
        sentences.some((one) => one.trim().length > 20 && said.includes(bare(one))) ||
        said.includes(`article "${title.split(' – ')[0]}"`),
    );
    if (!quoted) continue;
    const article = articleOf(quoted);
    const passages = scene.shown.filter((passage) => articleOf(passage) === article);
    return { title: quoted.title.split(' – ')[0] ?? '', unit: article, passages };
  }
  return null;
}

/** A message that asks where to read on. */
export function asksForLink(message: string): boolean {
  return /\b(?:link|source|url)\b.*\b(?:for|to|of|about) (?:that|this|it)\b|\b(?:read|find|learn|see) (?:more|further|that|about (?:that|this|it))\b|\bwhere (?:can|do) i (?:read|look)\b|\b(?:got|have|send|share|give me) (?:a|the|me a|any) (?:link|source)\b/i.test(
    message,
  );
}

function bare(sentence: string): string {
  return sentence.trim().replace(/^[-*•]\s+/, '');
}
