import { createHash } from 'node:crypto';
import type { Embedder } from '../language/embedder.ts';

/** What somebody wrote, and what it is about. */
export type Example = { text: string; label: string };

/** What a classifier learns from. */
export type TrainingSet = {
  examples: readonly Example[];
  /** The name of a label in words, which is one more example of it; '' or nothing for none. */
  names: Readonly<Record<string, string>>;
  /** Texts of no label. May be empty. */
  outside: readonly string[];
};

/** Grows when the same set would give another classifier. */
export const FORMAT = 1;

/** Names a classifier by what it learns from, so that one that is kept can be used again. */
export function versionOf({ examples, names, outside }: TrainingSet, embedder: Embedder | null): string {
  const all = [
    FORMAT,
    embedder?.id ?? null,
    examples.map(({ text, label }) => [text, label]),
    Object.entries(names),
    outside,
  ];
  return createHash('sha256').update(JSON.stringify(all)).digest('hex').slice(0, 32);
}

/** The labels of a set in a fixed order. */
export function labelsOf({ examples }: TrainingSet): string[] {
  return [...new Set(examples.map(({ label }) => label))].sort();
}
