import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { packVector, textKey, unpackVector } from '../../knowledge/vectors.ts';

/** Vectors that stay in a file, 2 KB each, the newest. */
const MOST = 20_000;
const BUSY_MS = 2_000;

/** Vectors by their text, as far as they are there. */
export type KeptVectors = {
  read(text: string): Float32Array | null;
  write(vectors: ReadonlyMap<string, Float32Array>): void;
  close(): void;
};

/**
 * Opens a file (made where it is missing) that any number of processes may share. What cannot be read is not there, and what
 * cannot be written is not kept: whoever asks does without. Texts are in it as hashes only.
 */
export function openKeptVectors(file: string, most = MOST): KeptVectors {
  const database = open(file);
  if (!database) return { read: () => null, write() {}, close() {} };
  const select = database.prepare<[string], { vector: Uint8Array }>('select vector from vectors where text = ?');
  const insert = database.prepare('insert or ignore into vectors (text, vector) values (?, ?)');
  const forget = database.prepare('delete from vectors where n <= (select max(n) from vectors) - ?');
  const writeAll = database.transaction((vectors: ReadonlyMap<string, Float32Array>) => {
    for (const [text, vector] of vectors) insert.run(textKey(text), packVector(vector));
    forget.run(most);
  });
  return {
    read: (text) => attempt(() => unpackVector(select.get(textKey(text))?.vector ?? new Uint8Array())),
    write: (vectors) => void (vectors.size > 0 && attempt(() => writeAll.immediate(vectors))),
    close: () => database.close(),
  };
}

function open(file: string): Database.Database | null {
  return attempt(() => {
    mkdirSync(dirname(file), { recursive: true });
    const database = new Database(file, { timeout: BUSY_MS });
    // A page holds several vectors.
    database.pragma('page_size = 16384');
    database.pragma('journal_mode = wal');
    database.pragma('synchronous = normal');
    database.exec('create table if not exists vectors (n integer primary key, text text unique, vector blob not null)');
    return database;
  });
}

function attempt<T>(act: () => T): T | null {
  try {
    return act();
  } catch {
    return null;
  }
}
