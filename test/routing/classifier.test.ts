import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type Classifier, classifierFromBytes } from '../../src/routing/classifier.ts';
import { type TrainingSet, trainClassifier } from '../../src/routing/train.ts';
import { conceptEmbedder, ELSEWHERE, INSURER, setOf } from './sets.ts';

const plain = (set: TrainingSet) => trainClassifier(set, { embed: null });
const labelsOf = (classifier: Classifier, texts: readonly string[]) =>
  texts.map((text) => classifier.classify(text, null).label);

describe('what a classifier says', () => {
  it('is what new messages are about', async () => {
    const classifier = await plain(INSURER);
    const texts = ['another car ran into mine, it was an accident', 'you charged me twice', 'a quote for my new van'];
    expect(labelsOf(classifier, texts)).toEqual(['claims', 'billing', 'quotes']);
  });

  it('has a probability for every label, and its confidence is that of the likeliest', async () => {
    const classifier = await plain(INSURER);
    const { probabilities, confidence, label } = classifier.classify('payment', null);
    expect(probabilities.reduce((all, one) => all + one, 0)).toBeCloseTo(1, 9);
    expect(probabilities[classifier.labels.indexOf(label)]).toBe(confidence);
    expect(Math.max(...probabilities)).toBe(confidence);
  });

  it('is surer of what an example says than of what none does', async () => {
    const classifier = await plain(INSURER);
    const sure = classifier.classify('please send me the invoice again', null).confidence;
    expect(sure).toBeGreaterThan(classifier.classify('hello there', null).confidence);
  });

  test('of the name of a label is that label, though no example has its words', async () => {
    const set = setOf({ a: ['my car was stolen', 'a tree fell on it'], b: ['when is it due', 'send it again'] });
    const named = await plain({ ...set, names: { a: 'claims', b: 'premiums' } });
    expect(labelsOf(named, ['premiums', 'claims'])).toEqual(['b', 'a']);
  });
});

describe('a classifier with an encoder', () => {
  it('understands other words by their vectors, and does without them by words', async () => {
    const embed = conceptEmbedder();
    const classifier = await trainClassifier(
      setOf({
        claims: ['I had an accident', 'there was a crash', 'it was an accident on the road', 'we had a crash'],
        billing: ['I got an invoice', 'there was a bill', 'it was a bill by post', 'we had an invoice'],
      }),
      { embed },
    );
    const [vector = null] = await embed.embed(['a collision']);
    expect(classifier.embedder).toBe('concepts');
    expect(classifier.classify('a collision', vector).label).toBe('claims');
    expect(classifier.classify('an invoice', null).label).toBe('billing');
    // The vector of another encoder says nothing.
    expect(classifier.classify('an invoice', new Float32Array(7))).toEqual(classifier.classify('an invoice', null));
  });

  it('fails when the encoder fails', async () => {
    const embed = { id: 'gone', embed: () => Promise.reject(new Error('gone')) };
    await expect(trainClassifier(INSURER, { embed })).rejects.toThrow('gone');
  });
});

describe('what is out of scope', () => {
  const strange = ['zxqv bnmw krtp', 'who painted the Mona Lisa', 'sing something in Latin'];

  const usual = ['my car was in an accident', 'please send the invoice for this month', 'a price for a new car'];

  it('is told by what such texts were given', async () => {
    const classifier = await plain({ ...INSURER, outside: ELSEWHERE });
    const rejected = (texts: readonly string[]) =>
      texts.filter((text) => classifier.classify(text, null).outOfScope > 0.5);
    expect(rejected(strange)).toEqual(strange);
    expect(rejected([...usual, ...INSURER.examples.map(({ text }) => text)])).toEqual([]);
  });

  it('is likelier than what is in scope where no such texts were given', async () => {
    const classifier = await plain(INSURER);
    const levels = (texts: readonly string[]) => texts.map((text) => classifier.classify(text, null).outOfScope);
    expect(Math.min(...levels(strange))).toBeGreaterThan(Math.max(...levels(usual)));
    expect(levels(INSURER.examples.map(({ text }) => text)).filter((level) => level > 0.5)).toEqual([]);
  });
});

describe('bytes', () => {
  it('are the same for the same set, and give the same classifier', async () => {
    const embed = conceptEmbedder();
    const classifier = await trainClassifier({ ...INSURER, outside: ELSEWHERE }, { embed });
    const bytes = classifier.toBytes();
    expect((await trainClassifier({ ...INSURER, outside: ELSEWHERE }, { embed })).toBytes()).toEqual(bytes);
    const again = classifierFromBytes(bytes);
    const [vector = null] = await embed.embed(['the crash']);
    for (const one of [vector, null]) {
      expect(again?.classify('the crash', one)).toEqual(classifier.classify('the crash', one));
    }
    expect(again).toMatchObject({ labels: classifier.labels, version: classifier.version, embedder: 'concepts' });
    expect(again?.toBytes()).toEqual(bytes);
  });

  it('that are damaged or something else give none', async () => {
    const bytes = (await plain(INSURER)).toBytes();
    const damaged = bytes.slice();
    damaged[bytes.length >> 1] = (damaged[bytes.length >> 1] ?? 0) ^ 1;
    const others = [damaged, bytes.slice(0, -1), bytes.slice(1), new Uint8Array(), new Uint8Array(200)];
    expect(others.map(classifierFromBytes)).toEqual(others.map(() => null));
    expect(classifierFromBytes(bytes)).not.toBeNull();
  });

  it('have a version that tells sets apart', async () => {
    const version = async (set: TrainingSet) => (await plain(set)).version;
    const versions = [INSURER, { ...INSURER, outside: ['x'] }, { ...INSURER, names: {} }].map(version);
    expect(new Set(await Promise.all(versions)).size).toBe(3);
  });
});

describe('any set', () => {
  it.each([
    ['one label', setOf({ only: ['hello', 'good day'] }), 'only'],
    ['one example', setOf({ only: ['hello'] }), 'only'],
    ['two examples a label', setOf({ a: ['my car', 'the car'], b: ['a house', 'the house'] }), 'a'],
    ['one example a label', setOf({ a: ['my car'], b: ['a house'], c: ['a bill'] }), 'a'],
    ['the same text twice in two labels', setOf({ a: ['car', 'car', 'old car'], b: ['car', 'my house'] }), 'a'],
    ['empty texts', setOf({ a: ['', 'old car'], b: ['', 'my house'] }), 'a'],
    ['labels that objects have', setOf({ constructor: ['old car'], toString: ['my house'] }), 'constructor'],
    ['texts out of scope that are examples too', setOf({ a: ['old car'], b: ['house'] }, ['old car', 'house']), 'a'],
  ])('may have %s', async (_, set, label) => {
    for (const embed of [null, conceptEmbedder()]) {
      const classifier = await trainClassifier(set, { embed });
      const judged = classifier.classify('an old car', null);
      expect(judged.label).toBe(label);
      expect(judged.outOfScope).toBeGreaterThanOrEqual(0);
      expect([...judged.probabilities].every(Number.isFinite)).toBe(true);
    }
  });

  it('may have vectors longer than a discriminant takes', async () => {
    const embed = {
      id: 'wide',
      embed: async (texts: readonly string[]) => texts.map(() => new Float32Array(1_536).fill(0.02)),
    };
    const classifier = await trainClassifier(INSURER, { embed });
    expect(classifier.classify('my car was stolen', new Float32Array(1_536).fill(0.02)).label).toBe('claims');
  });

  it('may have nothing but texts out of scope', async () => {
    const classifier = await trainClassifier(setOf({}, ELSEWHERE), { embed: conceptEmbedder() });
    expect(classifier.classify('hello', new Float32Array(3))).toMatchObject({ label: '', confidence: 0 });
  });

  it('may be empty', async () => {
    const classifier = await plain(setOf({}));
    expect(classifier.labels).toEqual([]);
    expect(classifier.classify('hello', null)).toMatchObject({ label: '', confidence: 0 });
  });

  it('may have sixty labels of five examples', async () => {
    const texts = Array.from({ length: 60 }, (_, at) => {
      const thing = `${'bcdfghklmnprst'[at % 14]}${'aeiou'[at % 5]}${'lmnrst'[at % 6]}o${at}`;
      return [
        `l${at}`,
        [`my ${thing} broke`, `where is the ${thing}`, `${thing} please`, `a new ${thing}`, `the ${thing}?`],
      ];
    });
    const classifier = await plain(setOf(Object.fromEntries(texts)));
    const asked = texts.map(([, own]) => `can you send another ${(own as string[])[2]}`);
    expect(labelsOf(classifier, asked)).toEqual(texts.map(([label]) => label));
  });
});

describe('any text', () => {
  it('is judged', async () => {
    const classifier = await plain({ ...INSURER, outside: ELSEWHERE });
    const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }));
    fc.assert(
      fc.property(text, (one) => {
        const { probabilities, outOfScope, label } = classifier.classify(one, null);
        expect(probabilities.reduce((all, each) => all + each, 0)).toBeCloseTo(1, 9);
        expect(outOfScope >= 0 && outOfScope <= 1).toBe(true);
        expect(classifier.labels).toContain(label);
      }),
    );
  });

  it.each(['x'.repeat(100_000), 'my car '.repeat(15_000), '車'.repeat(100_000), '\u0301'.repeat(100_000)])(
    'of 100,000 characters is judged in bounded time',
    async (text) => {
      const classifier = await plain(INSURER);
      const start = performance.now();
      classifier.classify(text, null);
      expect(performance.now() - start).toBeLessThan(500);
    },
  );
});

describe('few examples of any language', () => {
  it.each([
    [
      'Spanish, accents or not',
      {
        claims: ['quiero hacer una reclamación', 'tuve un choque', 'mi coche está dañado'],
        bills: ['la factura está mal', '¿cuándo pago?', 'cobro doble'],
      },
      { claims: 'una reclamacion por mi coche', bills: 'las facturas estan mal' },
    ],
    [
      'German',
      {
        claims: ['ich hatte einen Unfall', 'Schaden melden', 'mein Auto wurde beschädigt'],
        bills: ['die Rechnung stimmt nicht', 'Beitrag zahlen', 'wann wird abgebucht'],
      },
      { claims: 'Unfallschaden am Auto', bills: 'Frage zu meiner Beitragsrechnung' },
    ],
    [
      'Russian',
      {
        claims: ['я попал в аварию', 'машина повреждена', 'хочу сообщить об ущербе'],
        bills: ['неверный счёт', 'когда платить взнос', 'деньги списали дважды'],
      },
      { claims: 'авария, повреждение машины', bills: 'вопрос про счет и взносы' },
    ],
    [
      'Japanese',
      {
        claims: ['事故に遭いました', '車が壊れました', '損害を報告したい'],
        bills: ['請求書が間違っています', '支払いはいつですか', '二重に請求されました'],
      },
      { claims: '昨日、事故で車が損害を受けた', bills: '請求と支払いについて' },
    ],
    [
      'Arabic',
      {
        claims: ['تعرضت لحادث', 'سيارتي تضررت', 'أريد الإبلاغ عن ضرر'],
        bills: ['الفاتورة خاطئة', 'متى أدفع القسط', 'تم الخصم مرتين'],
      },
      { claims: 'حادث سيارة', bills: 'سؤال عن الفاتورة والقسط' },
    ],
  ])('teach %s', async (_, texts, asked) => {
    const classifier = await plain(setOf(texts));
    expect(labelsOf(classifier, Object.values(asked))).toEqual(Object.keys(asked));
  });
});

describe('training', () => {
  it('says how far it is and lets others run', async () => {
    const set = { ...INSURER, examples: Array.from({ length: 20 }, () => INSURER.examples).flat() };
    const seen: number[] = [];
    let total = 0;
    let ticks = 0;
    const timer = setInterval(() => ticks++, 5);
    await trainClassifier(set, {
      embed: conceptEmbedder(),
      progress(done, all) {
        seen.push(done);
        total = all;
      },
    });
    clearInterval(timer);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen.at(-1)).toBe(total);
    expect(ticks).toBeGreaterThan(3);
  });

  it('stops when told to', async () => {
    const stop = new AbortController();
    const training = trainClassifier(INSURER, { embed: null, signal: stop.signal, progress: () => stop.abort() });
    await expect(training).rejects.toThrow('aborted');
  });
});
