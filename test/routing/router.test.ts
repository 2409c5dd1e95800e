import { describe, expect, it } from 'vitest';
import { GENERAL } from '../../src/agent/route.ts';
import type { Embedder } from '../../src/language/embedder.ts';
import type { Classifier } from '../../src/routing/classifier.ts';
import { openRouter, untrainedRouter } from '../../src/routing/router.ts';
import { type TrainingSet, trainClassifier } from '../../src/routing/train.ts';
import { INSURER } from './sets.ts';

const trained = await trainClassifier(INSURER, { embed: null });
const router = openRouter({ classifier: trained, embedder: null, set: INSURER });

describe('what the router says of a message', () => {
  it('is its desk with its shares, best first, and its language', async () => {
    const verdict = await router.classify('Somebody hit my car and I had an accident');
    expect(verdict).toMatchObject({ route: 'claims', intent: null, language: 'en' });
    expect(verdict.scores[0]).toEqual({ route: 'claims', probability: verdict.confidence });
    expect(verdict.scores.map(({ probability }) => probability)).toEqual(
      verdict.scores.map(({ probability }) => probability).toSorted((a, b) => b - a),
    );
    expect(verdict.scores).toHaveLength(3);
  });

  it('is certain of what is an example word for word, however little was learned, and of no more', async () => {
    const set: TrainingSet = {
      examples: [
        { text: 'The chain came off', label: 'repairs/chain' },
        { text: '¿Alquilan bicis?', label: 'hire' },
      ],
      ...{ names: {}, outside: [] },
    };
    const few = openRouter({ classifier: await trainClassifier(set, { embed: null }), embedder: null, set });
    const certain = { confidence: 1, outOfScope: 0 };
    expect(await few.classify('the chain  came off!')).toMatchObject({ ...certain, route: 'repairs', intent: 'chain' });
    // No other example is in that language.
    expect(await few.classify('alquilan bicis')).toMatchObject({ ...certain, route: 'hire', intent: null });
    expect((await few.classify('The chain came off and I am late')).confidence).toBeLessThan(1);
  });

  it('adds up the intents of a desk, and names the best of them', async () => {
    const shares = { 'claims/file': 0.3, 'claims/status': 0.25, billing: 0.45 };
    const verdict = await routerOf(saying({ any: shares })).classify('what about that crash of mine');
    expect(verdict).toMatchObject({ route: 'claims', intent: 'file' });
    expect(verdict.confidence).toBeCloseTo(0.55, 9);
    expect(verdict.scores[1]?.route).toBe('billing');
  });

  it('is nothing for what says nothing of itself, in any language', async () => {
    for (const text of [
      '2019',
      'yes please',
      'ok thanks, that helps',
      'ja, bitte',
      "oui, d'accord",
      'no, gracias',
      '',
      '🙂',
    ]) {
      expect(await router.classify(text)).toMatchObject({ route: GENERAL, confidence: 0, outOfScope: 0, scores: [] });
    }
  });

  it('is nothing for a language without examples, and something once there are some', async () => {
    const text = 'Ich möchte wissen, wann die nächste Rechnung für mein Auto kommt';
    expect(await router.classify(text)).toMatchObject({ language: 'de', confidence: 0, outOfScope: 0 });
    const german = [
      'Wann kommt die Rechnung für mein Auto?',
      'Was kostet das und wann muss ich zahlen?',
      'Ich habe die Rechnung nicht',
    ];
    const set: TrainingSet = {
      ...INSURER,
      examples: [...INSURER.examples, ...german.map((one) => ({ text: one, label: 'billing' }))],
    };
    const classifier = await trainClassifier(set, { embed: null });
    expect(await openRouter({ classifier, embedder: null, set }).classify(text)).toMatchObject({ route: 'billing' });
  });
});

describe('a message of several sentences', () => {
  const classifier = saying({
    any: { claims: 0.95, billing: 0.03, quotes: 0.02 },
    'billed me twice': { claims: 0.02, billing: 0.96, quotes: 0.02 },
    'kind regards from': { claims: 0.3, billing: 0.4, quotes: 0.3 },
  });

  it('is not sure where they are for different desks', async () => {
    const { confidence, scores } = await routerOf(classifier).classify(
      'I crashed my car. And you billed me twice this month.',
    );
    expect(confidence).toBeLessThan(0.6);
    expect(scores.slice(0, 2).map(({ route }) => route)).toEqual(['claims', 'billing']);
  });

  it('also within one sentence', async () => {
    const { confidence } = await routerOf(classifier).classify('I crashed my car, and you billed me twice this month');
    expect(confidence).toBeLessThan(0.6);
  });

  it('is as sure as its whole where one of them is about nothing much', async () => {
    const { confidence } = await routerOf(classifier).classify('I crashed my car. With kind regards from Ohio.');
    expect(confidence).toBeGreaterThan(0.7);
  });

  it('is read at its beginning and its end, in bounded time', async () => {
    const long = `I had an accident and my car was hit. ${'Well, so it goes on and on. '.repeat(20_000)} My car was stolen.`;
    const verdict = await router.classify(long);
    expect(verdict.route).toBe('claims');
    const read: string[] = [];
    await routerOf(saying({ any: { claims: 1 } }, read)).classify(long);
    expect(Math.max(...read.map((text) => text.length))).toBeLessThanOrEqual(2_001);
    expect(read.at(-1)).toBe('My car was stolen.');
  });
});

describe('the encoder', () => {
  const vector = new Float32Array([1]);

  it('is asked for an English message, and what it says is used', async () => {
    const { classifier, vectors } = listening();
    await routerOf(classifier, { id: 'e', embed: async (texts) => texts.map(() => vector) }).classify(
      'Where is my claim now?',
    );
    expect(vectors).toEqual([vector]);
  });

  it('is not waited for when it is slow, gone, or does not read the language', async () => {
    const slow: Embedder = { id: 'e', embed: () => new Promise(() => {}) };
    const gone: Embedder = { id: 'e', embed: () => Promise.reject(new Error('gone')) };
    const { classifier, vectors } = listening();
    await routerOf(classifier, slow).classify('Where is my claim now?');
    await routerOf(classifier, gone).classify('Where is my claim now?');
    const read: string[] = [];
    const noting: Embedder = {
      id: 'e',
      async embed(texts) {
        read.push(...texts);
        return texts.map(() => vector);
      },
    };
    await routerOf(classifier, noting).classify('¿Dónde está mi parte de accidente y cuándo me van a pagar?');
    expect(vectors).toEqual([null, null, null]);
    expect(read).toEqual([]);
  });
});

it('before anything is learned the router is sure of nothing', async () => {
  const verdict = await untrainedRouter('v').classify('my car was stolen and I want to know what to do');
  expect(verdict).toMatchObject({ route: GENERAL, confidence: 0, outOfScope: 0, scores: [], language: 'en' });
});

it('odd text is answered', async () => {
  for (const text of [
    '\ud800',
    '\u0000\u0007',
    '.'.repeat(50_000),
    'ÀÉ'.normalize('NFD').repeat(3_000),
    '«»\n\n\n- \n1.',
  ]) {
    const { confidence } = await router.classify(text);
    expect(confidence).toBeGreaterThanOrEqual(0);
    expect(confidence).toBeLessThanOrEqual(1);
  }
});

it('sixty desks of five examples are told apart by their own words', async () => {
  const set = sixtyDesks();
  const classifier = await trainClassifier(set, { embed: null });
  const many = openRouter({ classifier, embedder: null, set });
  const verdicts = await Promise.all(
    Array.from({ length: 60 }, (_, at) => many.classify(`Hello, I would like some help with my ${thing(at)} please`)),
  );
  expect(verdicts.map(({ route }, at) => route === `desk-${at}`).filter(Boolean).length).toBeGreaterThanOrEqual(57);
  expect(verdicts.every(({ scores }) => scores.length === 3)).toBe(true);
});

/** Names of things that no two desks share, made of syllables. */
function thing(at: number): string {
  const syllables = ['bra', 'ket', 'lim', 'nov', 'pur', 'sol', 'tav', 'wen'];
  return [at % 8, (at >> 3) % 8, (at * 5 + 3) % 8].map((one) => syllables[one]).join('');
}

function sixtyDesks(): TrainingSet {
  const ways = [
    (what: string) => `my ${what} is broken`,
    (what: string) => `I want a new ${what}`,
    (what: string) => `how much is the ${what}`,
    (what: string) => `where do I find a ${what}`,
    (what: string) => `can you send me the ${what}`,
  ];
  const desks = Array.from({ length: 60 }, (_, at) => at);
  return {
    examples: desks.flatMap((at) => ways.map((way) => ({ text: way(thing(at)), label: `desk-${at}` }))),
    names: Object.fromEntries(desks.map((at) => [`desk-${at}`, thing(at)])),
    outside: [],
  };
}

function routerOf(classifier: Classifier, embedder: Embedder | null = null) {
  const spanish = ['¿Dónde está mi dinero?', '¿Cuándo me van a pagar esto?', 'No sé qué hacer con la factura'];
  const set = { ...INSURER, examples: [...INSURER.examples, ...spanish.map((text) => ({ text, label: 'billing' }))] };
  return openRouter({ classifier, embedder, set });
}

/** A classifier that says of a text what it is told to by a phrase in it that begins a piece of the message; else `any`. */
function saying(shares: Record<string, Record<string, number>>, read: string[] = []): Classifier {
  const labels = Object.keys(shares.any ?? {});
  return {
    ...trained,
    labels,
    classify(text) {
      read.push(text);
      const [, own = shares.any ?? {}] = Object.entries(shares).find(([phrase]) => isMostly(text, phrase)) ?? [];
      const probabilities = Float64Array.from(labels, (label) => own[label] ?? 0);
      return { label: labels[0] ?? '', confidence: Math.max(...probabilities), outOfScope: 0, probabilities };
    },
  };
}

function isMostly(text: string, phrase: string): boolean {
  return text.includes(phrase) && text.length < 2.5 * phrase.length;
}

function listening() {
  const vectors: (Float32Array | null)[] = [];
  const classifier: Classifier = {
    ...trained,
    classify(text, vector) {
      vectors.push(vector);
      return trained.classify(text, null);
    },
  };
  return { classifier, vectors };
}
