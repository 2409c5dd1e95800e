import type { Embedder, TextRole } from '../../language/embedder.ts';
import { type AskOptions, asker } from './ask-embeddings.ts';
import type { EmbeddingsApi } from './embeddings-api.ts';
import { RecentVectors } from './recent-vectors.ts';

export type ApiEmbedder = Embedder & {
  /** Reads these documents ahead. */
  keep(texts: readonly string[]): Promise<void>;
  /** What was asked so far. `tokens` is what the server counted, which is what it charges for. */
  spent(): { requests: number; tokens: number };
  close(): Promise<void>;
};

/** Not measured: between what the local encoder was fitted to and the 4 to 1 of the guide that names Voyage. */
const API_WEIGHT = 2;
/** Vectors kept in memory, 4 to 8 KB each. */
const KEPT = 10_000;
/** 8,000 tokens are the least that an encoder of OpenAI's or Voyage's reads; hardly a character is more than one. */
const LONGEST_TEXT = 8_000;

/**
 * An encoder behind an API. Documents are sent in batches, one after the other, and tried again; a question has one
 * attempt and one second, and none at all while the server rests from failing. What was read is kept in memory.
 * Rejects with a sentence without the key. Vectors of another length than the first ones are an error.
 */
export function apiEmbedder(api: EmbeddingsApi, options: AskOptions = {}): ApiEmbedder {
  const closing = new AbortController();
  const recent = new RecentVectors(KEPT);
  const ask = asker(api, options, closing.signal);

  function start(fresh: readonly string[], as: TextRole | undefined): void {
    // A batch begins when the one before it has ended, and does not begin when that one has failed.
    let before: Promise<unknown> = Promise.resolve();
    for (const texts of batchesOf(fresh, api.most)) {
      const sent = texts.map(toSend);
      const vectors = before.then(() => (as === 'document' ? ask.documents(sent) : ask.question(sent, as)));
      for (const [at, text] of texts.entries())
        recent.remember(
          nameOf(text, as),
          vectors.then((all) => all[at] ?? Promise.reject(new Error('The encoder left a text out.'))),
        );
      before = vectors;
    }
  }

  async function embed(texts: readonly string[], as?: TextRole): Promise<Float32Array[]> {
    const fresh = [...new Set(texts)].filter((text) => !recent.has(nameOf(text, as)));
    start(fresh, as);
    return recent.use(texts.map((text) => nameOf(text, as)));
  }

  return {
    id: api.id,
    weight: API_WEIGHT,
    unit: 'passage',
    embed,
    keep: async (texts) => void (await embed(texts, 'document')),
    spent: ask.spent,
    close: async () => closing.abort(),
  };
}

function nameOf(text: string, as: TextRole | undefined): string {
  return `${as ?? ''}\n${text}`;
}

/** Servers refuse an empty text; one without a word has no meaning anyway. */
function toSend(text: string): string {
  return text.trim() === '' ? '.' : text.slice(0, LONGEST_TEXT).toWellFormed();
}

function* batchesOf(texts: readonly string[], most: EmbeddingsApi['most']): Generator<string[]> {
  let batch: string[] = [];
  let characters = 0;
  for (const text of texts) {
    const length = Math.min(text.length, LONGEST_TEXT);
    if (batch.length > 0 && (batch.length >= most.texts || characters + length > most.characters)) {
      yield batch;
      batch = [];
      characters = 0;
    }
    batch.push(text);
    characters += length;
  }
  if (batch.length > 0) yield batch;
}
