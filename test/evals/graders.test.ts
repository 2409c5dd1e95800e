import { afterEach, describe, expect, it } from 'vitest';
import { claudeModel } from '../../src/adapters/claude.ts';
import { localEmbedder } from '../../src/adapters/embeddings/local-embedder.ts';
import { BESIDE_PROGRAM } from '../../src/config.ts';
import { agreementOfStandIns } from '../../src/evals/graders/agreement.ts';
import { modelAgreement } from '../../src/evals/graders/agreement-of-models.ts';
import { isDeclined } from '../../src/evals/graders/declined.ts';
import { ANSWER_ROWS } from '../../src/evals/graders/labelled/answer.ts';
import { DECLINED_ROWS } from '../../src/evals/graders/labelled/declined.ts';
import { GROUNDEDNESS_ROWS } from '../../src/evals/graders/labelled/groundedness.ts';
import { halves } from '../../src/evals/graders/labelled/halves.ts';
import { RELEVANCE_ROWS } from '../../src/evals/graders/labelled/relevance.ts';
import { SENTIMENT_ROWS } from '../../src/evals/graders/labelled/sentiment.ts';
import { STATEMENT_ROWS } from '../../src/evals/graders/labelled/statement.ts';
import { COMPREHENSION_ROWS, TONE_ROWS, TOPIC_ROWS } from '../../src/evals/graders/labelled/talks.ts';
import { valenceOf } from '../../src/evals/graders/sentiment.ts';
import { agreementWith, relevanceOf } from '../../src/evals/graders/stand-ins.ts';
import { type MockClaude, type MockHandler, startMockClaude } from '../../src/testing/mock-claude.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function claude(script: MockHandler): Promise<{ mock: MockClaude; judge: Parameters<typeof modelAgreement>[0] }> {
  const mock = await startMockClaude({ script });
  closers.push(mock.close);
  const model = claudeModel({ apiKey: 'sk-ant-test-0123456789abcdef', baseUrl: mock.url });
  return { mock, judge: { model, modelId: 'claude-haiku-4-5', signal: AbortSignal.timeout(10_000) } };
}

const grade = (verdict: unknown) => ({ tools: [{ name: 'grade', input: { reasoning: 'It says so.', verdict } }] });

describe('labelled sets', () => {
  const sets: [string, readonly (readonly unknown[])[], number, number][] = [
    ['declined', DECLINED_ROWS, 1, 80],
    ['answer', ANSWER_ROWS, 2, 80],
    ['relevance', RELEVANCE_ROWS, 2, 80],
    ['sentiment', SENTIMENT_ROWS, 2, 60],
    ['groundedness', GROUNDEDNESS_ROWS, 2, 60],
    ['comprehension', COMPREHENSION_ROWS, 2, 40],
    ['topic', TOPIC_ROWS, 2, 40],
    ['tone', TONE_ROWS, 2, 40],
  ];
  it.each(sets)('%s: enough rows, no row twice, both halves balanced', (_, rows, label, least) => {
    expect(rows.length).toBeGreaterThanOrEqual(least);
    expect(new Set(rows.map((row) => JSON.stringify(row.slice(0, label)))).size).toBe(rows.length);
    for (const half of Object.values(halves(rows))) {
      const share = half.filter((row) => row[label] === true).length / half.length;
      expect(share).toBeGreaterThanOrEqual(0.45);
      expect(share).toBeLessThanOrEqual(0.55);
    }
  });
});

describe('stand-ins', () => {
  it('turning down agrees well enough to count, the others beyond chance', async () => {
    const embedder = localEmbedder({ keptIn: BESIDE_PROGRAM });
    closers.push(() => embedder.close());
    const [declined, ...others] = await agreementOfStandIns(embedder);
    expect(declined?.agreement).toBeGreaterThanOrEqual(0.85);
    for (const { kappa } of others) expect(kappa).toBeGreaterThan(0.2);
  });

  it('a form of not offering is no refusal beside a source or a figure, a plain refusal is', () => {
    const bare = { citations: [], calls: [] };
    expect(isDeclined({ ...bare, reply: 'We do not deliver to islands.' })).toBe(true);
    expect(isDeclined({ ...bare, citations: ['terms'], reply: 'We do not deliver to islands.' })).toBe(false);
    expect(isDeclined({ ...bare, citations: ['terms'], reply: 'I cannot discuss that.' })).toBe(true);
    const calls = [{ effect: 'write' as const, ok: true }];
    expect(isDeclined({ ...bare, calls, reply: 'I cannot discuss that.' })).toBe(false);
  });

  it('a negation turns a reference round, and so does a word that excludes it', () => {
    expect(agreementWith('Delivery is free.', 'Delivery is not free.').passed).toBe(false);
    expect(agreementWith('Films cannot be reserved.', 'Films can be reserved.').passed).toBe(false);
    expect(agreementWith('Films cannot be reserved.', 'No, films cannot be reserved.').passed).toBe(true);
    expect(agreementWith('Cancel before noon.', 'Cancel after noon.').passed).toBe(false);
  });

  it('relevance by words alone, and not at all in another language', async () => {
    expect((await relevanceOf('Where is my parcel?', 'Your parcel is at the depot.', null)).passed).toBe(true);
    expect((await relevanceOf('Where is my parcel?', 'We sell stamps.', null)).passed).toBe(false);
    const german = 'Wo ist mein Paket, das ich schon seit gestern erwarte?';
    expect((await relevanceOf(german, 'Es ist unterwegs und kommt morgen.', null)).passed).toBeNull();
  });

  it('mood: words of the list, turned round after a negation', () => {
    expect(valenceOf('This is great')).toBeGreaterThan(0);
    expect(valenceOf('This is not great')).toBeLessThan(0);
    expect(valenceOf('The parcel')).toBe(0);
  });
});

describe('models over their sets', () => {
  const rows = [
    COMPREHENSION_ROWS,
    TOPIC_ROWS,
    TONE_ROWS,
    RELEVANCE_ROWS,
    GROUNDEDNESS_ROWS,
    ANSWER_ROWS,
    STATEMENT_ROWS,
  ];
  const labelOf = (text: string) => {
    const row = [...rows, SENTIMENT_ROWS].flat().find(([first, second]) => {
      const [one, other] = [text.includes(`${first}\n</`), text.includes(`>\n${second}\n</`)];
      return one && other;
    });
    return row?.[2];
  };

  it('a model that grades by the labels agrees wholly, at most eight at once', async () => {
    let [open, most] = [0, 0];
    const { mock, judge } = await claude(async ({ messages }) => {
      open += 1;
      most = Math.max(most, open);
      await new Promise((resolve) => setTimeout(resolve, 1));
      open -= 1;
      return grade(labelOf(String(messages[0]?.content)));
    });
    const graders = await modelAgreement(judge);
    expect(graders.map(({ agreement }) => agreement)).toEqual(graders.map(() => 1));
    expect(graders.map(({ grader }) => grader).sort()).toEqual(
      ['answer', 'comprehension', 'groundedness', 'relevance', 'rubric', 'sentiment', 'tone', 'topic'].map(
        (name) => `claude-haiku-4-5, ${name} 1`,
      ),
    );
    expect(mock.requests.length).toBe(graders.reduce((sum, { n }) => sum + n, 0));
    expect(most).toBeLessThanOrEqual(8);
  });

  it('a model that always says yes agrees by chance; one without verdicts is said so', async () => {
    const yes = await modelAgreement((await claude(() => grade(true))).judge);
    for (const { agreement, kappa } of yes) {
      expect(agreement).toBeCloseTo(0.5, 1);
      expect(kappa).toBeCloseTo(0, 6);
    }
    const { judge } = await claude(() => grade('perhaps'));
    await expect(modelAgreement(judge)).rejects.toThrow('no verdict about comprehension: The model gave no verdict.');
  });
});
