import { createHash } from 'node:crypto';
import type { SourceDocument } from './documents.ts';

/**
 * Has the fast model write, for each passage, what it is about within its document. Neither call rejects for the outside's
 * sake: a document comes back without the summaries that could not be had.
 */
export type Summariser = {
  /** The documents with the summaries that were paid for before. Makes no call. */
  known(documents: readonly SourceDocument[]): Promise<SourceDocument[]>;
  /**
   * The same, with calls for what is missing. Many of them go through the batch API, which may take an hour, or a day at
   * worst; where it is cut off, the next call takes up the batch.
   */
  summarise(documents: readonly SourceDocument[], signal: AbortSignal): Promise<SourceDocument[]>;
};

/** Where summaries stay, so that they are paid for once. */
export type SummaryStore = {
  read(name: string): Promise<string | null>;
  /** Null removes the entry. */
  write(name: string, value: string | null): Promise<void>;
};

/** The name of a passage by its content: a passage that changes has no summary. */
export function passageKey(sentences: readonly string[]): string {
  return createHash('sha256').update(sentences.join('')).digest('base64url').slice(0, 22);
}

/** What the passage can be found by beside its own words. */
export function summaryOf({ summaries }: SourceDocument, sentences: readonly string[]): string[] {
  const summary = summaries?.[passageKey(sentences)];
  return summary ? [summary] : [];
}
