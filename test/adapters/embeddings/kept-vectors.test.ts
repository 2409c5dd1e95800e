import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { openKeptVectors } from '../../../src/adapters/embeddings/kept-vectors.ts';
import { localEmbedder } from '../../../src/adapters/embeddings/local-embedder.ts';

const folders: string[] = [];

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'frontdesk-vectors-'));
  folders.push(path);
  return path;
}

afterEach(() => {
  for (const path of folders.splice(0)) rmSync(path, { recursive: true, force: true });
});

const FILE = 'vectors-use-lite.db';
const ODD = Float32Array.from({ length: 512 }, (_, n) => n);

describe('vectors that are kept in a file', () => {
  test('are there for another process, and for two at once', () => {
    const path = join(folder(), 'deeper', FILE);
    const [one, other] = [openKeptVectors(path), openKeptVectors(path)];
    one.write(new Map([['first', ODD]]));
    other.write(new Map([['second', ODD]]));
    expect(one.read('second')).toEqual(ODD);
    expect(other.read('first')).toEqual(ODD);
    expect(one.read('third')).toBeNull();
    one.close();
    other.close();
  });

  test('are the newest, a bounded number', () => {
    const vectors = openKeptVectors(join(folder(), FILE), 3);
    for (const text of ['a', 'b', 'c', 'd']) vectors.write(new Map([[text, ODD]]));
    expect(['a', 'b', 'c', 'd'].map((text) => vectors.read(text) !== null)).toEqual([false, true, true, true]);
    vectors.close();
  });

  test.each([
    ['is no database', ''],
    ['has no folder', FILE],
  ])('are done without where the file %s', (_, below) => {
    const spoilt = join(folder(), FILE);
    writeFileSync(spoilt, 'no database');
    const vectors = openKeptVectors(join(spoilt, below));
    vectors.write(new Map([['first', ODD]]));
    expect(vectors.read('first')).toBeNull();
    vectors.close();
  });
});

describe('the local encoder with a folder', () => {
  test('does not read what is kept there', async () => {
    const keptIn = folder();
    const kept = openKeptVectors(join(keptIn, FILE));
    kept.write(new Map([['How much is it?', ODD]]));
    kept.close();
    const encoder = localEmbedder({ keptIn });
    expect(await encoder.embed(['How much is it?'], 'document')).toEqual([ODD]);
    await encoder.close();
  });

  test('keeps what documents say, and nothing that customers do, not even a document in words', async () => {
    const keptIn = folder();
    const encoder = localEmbedder({ keptIn });
    const [document] = await encoder.embed(['The shop opens at nine.'], 'document');
    await encoder.embed(['When do you open?'], 'query');
    await encoder.embed(['My name is Ada.']);
    await encoder.close();
    const kept = openKeptVectors(join(keptIn, FILE));
    expect(kept.read('The shop opens at nine.')).toEqual(document);
    expect(kept.read('When do you open?')).toBeNull();
    expect(kept.read('My name is Ada.')).toBeNull();
    kept.close();
    expect(readFileSync(join(keptIn, FILE), 'latin1')).not.toContain('opens at nine');
  });
});
