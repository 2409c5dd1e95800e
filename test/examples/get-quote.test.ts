import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import getQuote from '../../examples/acme-insurance/tools/get-quote.ts';
import type { ToolContext } from '../../src/agent/tool.ts';
import { type QuoteInput, quoteFromDoc, readRatingDoc } from './rating-doc.ts';

const folder = new URL('../../examples/acme-insurance/', import.meta.url);
const doc = readRatingDoc(readFileSync(new URL('tools/rating.md', folder), 'utf8'));
const source = readFileSync(new URL('tools/get-quote.ts', folder), 'utf8');

const outcome = z.object({
  monthly_premium_usd: z.number(),
  currency: z.literal('USD'),
  vehicle: z.string(),
  summary: z.string(),
  breakdown: z.object({ vehicle_class: z.string() }).loose(),
});
const context: ToolContext = {
  conversationId: 'c',
  turnId: 't',
  language: null,
  customer: null,
  route: 'general',
  idempotencyKey: null,
  status: 'open',
  signal: new AbortController().signal,
};
const quote = async (input: QuoteInput) => outcome.parse(await getQuote.run(getQuote.input.parse(input), context));
const problems = (input: Record<string, unknown>) =>
  getQuote.input.safeParse(input).error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) ?? [];

const base: QuoteInput = { make: 'Toyota', model: 'Camry', year: 2018, mileage: 62_000, driver_age: 45 };

afterEach(() => {
  vi.useRealTimers();
});

describe('the rating table', () => {
  it('gives the premium of every worked example', async () => {
    expect(doc.workedExamples.length).toBeGreaterThanOrEqual(3);
    for (const { input, premium } of doc.workedExamples) {
      expect((await quote(input)).monthly_premium_usd.toFixed(2), JSON.stringify(input)).toBe(premium);
      expect(quoteFromDoc(doc, input).premium, JSON.stringify(input)).toBe(premium);
    }
  });

  it('puts every make with every model that the page or the code names into the class of the page', async () => {
    const inCode = [...source.matchAll(/'([^'\n]{1,200})'/g)].flatMap(([, text]) => text?.split(', ') ?? []);
    const names = [...new Set([...doc.makeNames, ...doc.modelNames, ...inCode])].filter(
      (name) => problems({ ...base, make: name, model: name }).length === 0,
    );
    expect(names).toEqual(expect.arrayContaining([...doc.makeNames.slice(0, 5), 'Leaf', 'Vespa']));
    const makes = [...names, 'Studebaker'];
    const models = [...names, 'Wagon', 'Something EV', 'electric', 'Evora'];
    for (const make of makes) {
      for (const model of models) {
        const vehicleClass = (await quote({ ...base, make, model })).breakdown.vehicle_class;
        if (vehicleClass !== quoteFromDoc(doc, { ...base, make, model }).vehicleClass) {
          expect.fail(`${make} ${model} is ${vehicleClass} in the code`);
        }
      }
    }
  });

  it('agrees with an evaluation of the page alone on random inputs', async () => {
    const newest = new Date().getFullYear() + 1;
    const spelled = (names: string[]) =>
      fc
        .tuple(fc.constantFrom(...names), fc.constantFrom('as is', 'lower', 'upper', 'spaced'))
        .map(([name, how]) => respell(name, how));
    const inputs = fc.record({
      make: fc.oneof(spelled(doc.makeNames), fc.constantFrom('Studebaker', 'Citroën', 'BYD')),
      model: fc.oneof(
        spelled(doc.modelNames),
        fc.constantFrom('Camry', 'Model 3', 'niro ev', 'Electric', '911', 'CR-V'),
      ),
      year: fc.oneof(
        fc.integer({ min: 1980, max: newest }),
        fc.constantFrom(1980, 2007, 2008, 2015, 2016, 2020, 2021, 2024),
      ),
      mileage: fc.oneof(fc.integer({ min: 0, max: 500_000 }), fc.constantFrom(0, 14_999, 15_000, 149_999, 150_000)),
      driver_age: fc.integer({ min: 16, max: 99 }),
    });
    await fc.assert(
      fc.asyncProperty(inputs, async (input) => {
        const { premium, vehicleClass } = quoteFromDoc(doc, input);
        const result = await quote(input);
        expect(result.monthly_premium_usd.toFixed(2)).toBe(premium);
        expect(result.breakdown.vehicle_class).toBe(vehicleClass);
        expect(result.summary).toBe(`The estimated premium for a ${result.vehicle} is $${premium} per month.`);
      }),
      { numRuns: 600 },
    );
  });

  it('covers each accepted year, mileage and age with one band and no gap', () => {
    for (const bands of [doc.years, doc.mileages, doc.ages]) {
      for (const [index, band] of bands.entries()) {
        expect(band.from).toBe(index === 0 ? band.from : (bands[index - 1]?.to ?? Number.NaN) + 1);
      }
    }
    expect([doc.years[0]?.from, doc.years.at(-1)?.to]).toEqual([1980, Number.POSITIVE_INFINITY]);
    expect([doc.mileages[0]?.from, doc.mileages.at(-1)?.to]).toEqual([0, 500_000]);
    expect([doc.ages[0]?.from, doc.ages.at(-1)?.to]).toEqual([16, 99]);
  });
});

describe('what the customer reads', () => {
  it.each([
    ['tesla', 'model 3', '2018 Tesla Model 3'],
    ['mercedes', 'EQS sedan', '2018 Mercedes-Benz EQS sedan'],
    ['FORD', 'f-150  lightning', '2018 Ford F-150 Lightning'],
    ['studebaker', 'Lark', '2018 Studebaker Lark'],
  ])('names a %s %s as "%s"', async (make, model, vehicle) => {
    expect((await quote({ ...base, make, model })).vehicle).toBe(vehicle);
  });
});

describe('inputs', () => {
  const make = 'make: Please give the make of the vehicle in letters, up to 40 characters, such as Toyota or Tesla.';
  const model =
    'model: Please give the model of the vehicle in letters or digits, up to 40 characters, such as Camry or Model 3.';
  const mileage = 'mileage: Please give the miles on the odometer as a whole number between 0 and 500,000.';
  const age = 'driver_age: The main driver must be between 16 and 99 years old; please give the age in whole years.';

  it.each<[Record<string, unknown>, string]>([
    [{ make: '' }, make],
    [{ make: '   ' }, make],
    [{ make: '12345' }, make],
    [{ make: 'x'.repeat(41) }, make],
    [{ make: '<b>Tesla</b>' }, make],
    [{ make: 'Tesla\nModel' }, make],
    [{ make: null }, make],
    [{ model: '' }, model],
    [{ model: '---' }, model],
    [{ model: '[x](https://evil.example)' }, model],
    [{ model: 'x'.repeat(41) }, model],
    [{ model: 3 }, model],
    [{ mileage: -1 }, mileage],
    [{ mileage: 500_001 }, mileage],
    [{ mileage: 12.5 }, mileage],
    [{ mileage: '15000' }, mileage],
    [{ mileage: Number.NaN }, mileage],
    [{ driver_age: 15 }, age],
    [{ driver_age: 100 }, age],
    [{ driver_age: 'thirty' }, age],
    [{ driver_age: undefined }, age],
  ])('answers %j with one sentence', (wrong, sentence) => {
    expect(problems({ ...base, ...wrong })).toEqual([sentence]);
  });

  it('accepts the model years of next year, whenever that is', () => {
    vi.useFakeTimers({ now: new Date('2031-06-01T00:00:00Z'), toFake: ['Date'] });
    const sentence = 'year: Please give the model year as four digits between 1980 and 2032.';
    expect(problems({ ...base, year: 2032 })).toEqual([]);
    for (const year of [1979, 2033, 22, 20_222, 2020.5, '2020', null]) {
      expect(problems({ ...base, year }), String(year)).toEqual([sentence]);
    }
  });

  it('accepts every bound, and names with digits, accents and signs', () => {
    for (const driver_age of [16, 99]) expect(problems({ ...base, driver_age })).toEqual([]);
    for (const mileage of [0, 500_000]) expect(problems({ ...base, mileage })).toEqual([]);
    for (const model of ['3', '911', 'F-150', 'ID.4', 'Town & Country', 'x'.repeat(40)]) {
      expect(problems({ ...base, model }), model).toEqual([]);
    }
    for (const name of ['Citroën', 'Rolls-Royce', 'Super73', 'x'.repeat(40)]) {
      expect(problems({ ...base, make: name }), name).toEqual([]);
    }
  });

  it('describes each field to the model, with examples that are valid themselves', () => {
    const schema = z.toJSONSchema(getQuote.input);
    expect(schema.required).toEqual(['make', 'model', 'year', 'mileage', 'driver_age']);
    for (const [field, property] of Object.entries(schema.properties ?? {})) {
      const { description, examples } = z
        .object({ description: z.string().min(10), examples: z.array(z.unknown()).min(2) })
        .parse(property);
      expect(description).toMatch(/^The /);
      for (const example of examples) expect(problems({ ...base, [field]: example })).toEqual([]);
    }
  });
});

function respell(name: string, how: string): string {
  if (how === 'lower') return name.toLowerCase();
  if (how === 'upper') return name.toUpperCase();
  return how === 'spaced' ? name.replaceAll('-', ' ') : name;
}
