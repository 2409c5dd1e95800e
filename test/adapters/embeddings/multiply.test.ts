import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import wabt from 'wabt';
import { loadMultiply, MULTIPLY_WASM } from '../../../src/adapters/embeddings/use-lite/multiply.ts';

const SOURCE = new URL('../../../src/adapters/embeddings/use-lite/multiply.wat', import.meta.url);

describe('the multiplication', () => {
  test('is what its source assembles to', async () => {
    const { parseWat } = await wabt();
    const { buffer } = parseWat('multiply.wat', readFileSync(SOURCE, 'utf8'), { simd: true }).toBinary({});
    expect(MULTIPLY_WASM).toBe(Buffer.from(buffer).toString('base64'));
  });

  test.each([
    [4, 1, 8],
    [4, 3, 16],
    [8, 5, 24],
    [12, 256, 32],
  ])('of %i x %i by %i', (n, k, m) => {
    const memory = new WebAssembly.Memory({ initial: 4 });
    const numbers = new Float32Array(memory.buffer);
    const multiply = loadMultiply(memory);
    const [a, w, bias, out] = [0, n * k, n * k + k * m, n * k + k * m + m].map((at) => Math.ceil(at / 4) * 4 + 64);
    if (a === undefined || w === undefined || bias === undefined || out === undefined) throw new Error('no places');
    const value = (row: number, column: number) => ((row * 7 + column * 3) % 11) / 4 - 1;
    for (let row = 0; row < n; row++) for (let i = 0; i < k; i++) numbers[a + row * k + i] = value(row, i);
    for (let i = 0; i < k; i++)
      for (let column = 0; column < m; column++)
        numbers[w + Math.floor(column / 8) * k * 8 + i * 8 + (column % 8)] = value(i, column + 1);
    for (let column = 0; column < m; column++) numbers[bias + column] = column / 2;
    multiply(4 * a, 4 * w, 4 * bias, 4 * out, n, k, m);
    for (let row = 0; row < n; row++)
      for (let column = 0; column < m; column++) {
        let sum = column / 2;
        for (let i = 0; i < k; i++) sum += value(row, i) * value(i, column + 1);
        expect(numbers[out + row * m + column]).toBeCloseTo(sum, 3);
      }
  });
});
