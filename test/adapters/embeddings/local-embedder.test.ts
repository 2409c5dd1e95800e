import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { localEmbedder } from '../../../src/adapters/embeddings/local-embedder.ts';
import { likeness } from '../../../src/language/embedder.ts';

const FIXTURE = new URL('../../fixtures/encoder/use-lite.json', import.meta.url);
const { vectors } = JSON.parse(readFileSync(FIXTURE, 'utf8')) as { vectors: Record<string, number[]> };

const embedder = localEmbedder();
afterAll(() => embedder.close());

async function alike(a: string, b: string): Promise<number> {
  const [first, second] = await embedder.embed([a, b]);
  return likeness(first ?? new Float32Array(), second ?? new Float32Array());
}

describe('the local encoder', () => {
  test.each(Object.entries(vectors))('gives the vector that TensorFlow gives: %s', async (text, expected) => {
    const [vector] = await embedder.embed([text]);
    expect(vector).toHaveLength(512);
    expect(likeness(vector ?? new Float32Array(), Float32Array.from(expected))).toBeGreaterThan(0.999);
  });

  test('puts what means the same near, and what does not far', async () => {
    expect(await alike('How do I get my money back?', 'Can I have a refund?')).toBeGreaterThan(0.6);
    expect(await alike('How do I get my money back?', 'The museum opens at nine.')).toBeLessThan(0.35);
  });

  test('keeps the order, and gives the same text the same vector', async () => {
    const texts = Array.from({ length: 30 }, (_, n) => `question number ${n % 20}`);
    const found = await embedder.embed(texts);
    expect(found).toHaveLength(30);
    expect(found[0]).toEqual(found[20]);
    expect(found[0]).not.toEqual(found[1]);
  });

  test('what is read with a text changes nothing of its vector', async () => {
    const texts = [
      '',
      'a bill',
      'The parcel came late, and the box was open. '.repeat(40),
      'Where is it?',
      'Is it 3 or 4?',
    ];
    const [apart, together] = [localEmbedder(), localEmbedder()];
    const alone = [];
    for (const text of texts) alone.push(...(await apart.embed([text])));
    expect(await together.embed(texts)).toEqual(alone);
    await Promise.all([apart.close(), together.close()]);
  });

  test('takes any text: empty, endless, of other scripts', async () => {
    const odd = ['', ' ', 'word '.repeat(20_000), '漢字 кириллица 🙂', '\u0000\uD800', 'x'.repeat(5_000)];
    const found = await embedder.embed(odd);
    for (const vector of found) expect(vector.every(Number.isFinite)).toBe(true);
  });

  test('starts again after it was ended', async () => {
    const own = localEmbedder();
    await own.embed(['before']);
    await own.close();
    expect(await own.embed(['after'])).toHaveLength(1);
    await own.close();
  });
});
