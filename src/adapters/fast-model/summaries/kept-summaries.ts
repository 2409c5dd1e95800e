import { createHash } from 'node:crypto';
import type { SourceDocument } from '../../../knowledge/documents.ts';
import type { SummaryStore } from '../../../knowledge/summaries.ts';
import type { SummaryCall } from './plan.ts';

/** Summaries by the key of their passage; an empty one where the model had nothing to say. */
export type Texts = Readonly<Record<string, string>>;

/** What the store has, an entry a document: the summaries of its passages as they are, and were lately. */
export class KeptSummaries {
  readonly #store: SummaryStore;

  constructor(store: SummaryStore) {
    this.#store = store;
  }

  async of(documentId: string): Promise<Texts> {
    return JSON.parse((await this.#store.read(nameOf(documentId))) ?? '{}') as Texts;
  }

  /** Adds what a call gave. `current` are the keys of the document as it is: what is not among them goes. */
  async add(
    { documentId, keys }: Pick<SummaryCall, 'documentId' | 'keys'>,
    texts: ReadonlyMap<string, string>,
    current: ReadonlySet<string> | undefined,
  ): Promise<void> {
    const unsaid = keys.map((key) => [key, '']);
    const merged = { ...Object.fromEntries(unsaid), ...(await this.of(documentId)), ...Object.fromEntries(texts) };
    const kept = Object.entries(merged).filter(([key]) => current?.has(key) ?? true);
    await this.#store.write(nameOf(documentId), JSON.stringify(Object.fromEntries(kept)));
  }
}

/** The document with the summaries of its passages, and without those that it brought. `keys` are all of its passages'. */
export function withSummaries(document: SourceDocument, keys: Iterable<string>, texts: Texts): SourceDocument {
  const { summaries: _old, ...plain } = document;
  const own = [...keys].flatMap((key): [string, string][] => (texts[key] ? [[key, texts[key]]] : []));
  return own.length > 0 ? { ...plain, summaries: Object.fromEntries(own) } : plain;
}

function nameOf(documentId: string): string {
  return `summaries of ${createHash('sha256').update(documentId).digest('base64url')}`;
}
