import type Anthropic from '@anthropic-ai/sdk';
import { describe, expect, test } from 'vitest';
import { codeShapes, meantCodes } from '../../../src/adapters/offline-model/codes.ts';
import { extract } from '../../../src/adapters/offline-model/extract.ts';
import { fieldsOf } from '../../../src/adapters/offline-model/fields.ts';

const number = (description: string, maximum: number) => ({ type: 'number', description, minimum: 0, maximum });
function fields(properties: Record<string, unknown>) {
  const input_schema = { type: 'object' as const, properties, required: Object.keys(properties) };
  const tool: Anthropic.Tool = { name: 'check_offer', description: 'Checks an offer.', input_schema };
  return fieldsOf(tool);
}
const read = (text: string, properties: Record<string, unknown>, asked: string[] = []) =>
  extract(text, fields(properties), { asked, values: {}, today: new Date('2027-03-01') }).values;

const LEASE = {
  mileage: number('How many miles have been driven', 500_000),
  term: number('The length of the lease in months', 120),
  deposit: number('The deposit in euros, such as 500', 50_000),
  age: number('The age of the driver', 120),
};

describe('a figure with a unit', () => {
  test.each<[string, Record<string, number>]>([
    ['a deductible of $1,000, please', {}],
    ['$2,500 down and 40,000 miles driven', { mileage: 40_000 }],
    ['I can pay a deposit of 800 euros', { deposit: 800 }],
    ['€750 deposit, 36 months', { deposit: 750, term: 36 }],
    ['a 90 minute drive every day, 12,000 miles so far', { mileage: 12_000 }],
    ['it has 150 hp and 22,000 miles', { mileage: 22_000 }],
    ['about 10 percent off, for 24 months', { term: 24 }],
    ['I am 41 years old', { age: 41 }],
    ['15,000 miles, 48 months, 33 years old', { mileage: 15_000, term: 48, age: 33 }],
  ])('%s', (text, values) => {
    expect(read(text, LEASE, Object.keys(LEASE))).toEqual(values);
  });

  test.each([
    ['The mileage of the van', '$900', undefined],
    ['The mileage of the van', '900', 900],
    ['The deposit in euros', '$900', undefined],
    ['How big the party is', '12 of us', 12],
    ['The size of the boat', '7 meters', 7],
  ])('where only %j is asked for, %j is %j', (description, text, value) => {
    expect(read(text, { figure: number(description, 100_000) }, ['figure']).figure).toBe(value);
  });
});

describe('the name of a product', () => {
  const VEHICLE = {
    make: { type: 'string', description: 'The maker', examples: ['Fiat', 'BMW', 'Honda', 'Mazda'] },
    model: { type: 'string', description: 'The model', examples: ['Panda'] },
    year: number('The model year', 9_999),
    mileage: number('The miles on it', 500_000),
    age: number('The age of the driver', 120),
  };
  test.each([
    ['2017 Honda, 48,500 miles', { make: 'Honda', model: undefined, year: 2017, mileage: 48_500 }],
    ['a Mazda, 120,000 miles on it', { make: 'Mazda', model: undefined, mileage: 120_000 }],
    ['Honda, 52 years old, 2019', { make: 'Honda', model: undefined, age: 52, year: 2019 }],
    ['2020 Fiat with a $500 deductible', { make: 'Fiat', model: undefined, year: 2020, mileage: undefined }],
    ['2020 Fiat $500 deductible', { make: 'Fiat', model: undefined }],
    ['a 2016 BMW F 800, 9,000 miles', { make: 'BMW', model: 'F 800', mileage: 9_000 }],
    ['my BMW K 1600 from 2021', { make: 'BMW', model: 'K 1600', year: 2021 }],
    ['2015 BMW S 1000 RR', { make: 'BMW', model: 'S 1000 RR', year: 2015 }],
    ['2018 Fiat 500, 21,000 miles', { make: 'Fiat', model: '500', mileage: 21_000 }],
    ['2022 Mazda 3 4,000 miles', { make: 'Mazda', model: '3', mileage: 4_000 }],
    ['2019 Honda Jazz, 61,200 miles', { make: 'Honda', model: 'Jazz', mileage: 61_200 }],
  ])('%s', (text, values) => {
    expect(read(text, VEHICLE)).toMatchObject(JSON.parse(JSON.stringify(values)));
    for (const [name, value] of Object.entries(values))
      if (value === undefined) expect(read(text, VEHICLE)).not.toHaveProperty(name);
  });
});

describe('a number that is left out is not meant', () => {
  const shapes = codeShapes({ name: 'ticket_id', examples: ['T-123'] });
  test.each([
    ['Close all tickets except T-204', [], ['T-204']],
    ['close everything but T-204 and T-205', [], ['T-204', 'T-205']],
    ['Close T-201, T-202 and T-203, but not T-204', ['T-201', 'T-202', 'T-203'], ['T-204']],
    ['close T-201 instead of T-204', ['T-201'], ['T-204']],
    ['Not T-204 but T-201', ['T-201'], ['T-204']],
    ['every open one, T-204 excluded', [], ['T-204']],
    ['close the rest and please leave T-204 as it is', [], ['T-204']],
    ['all of them; T-204 should stay', [], ['T-204']],
    ['close T-201 but keep my number T-204', ['T-201'], ['T-204']],
    ['I do not know where T-204 is', ['T-204'], []],
    ['T-204 has not arrived', ['T-204'], []],
    ['close T-204 and T-205', ['T-204', 'T-205'], []],
    ['I want to keep T-204 open', ['T-204'], []],
    ['why was T-204 not closed', ['T-204'], []],
  ])('%s', (text, meant, leftOut) => {
    const found = meantCodes(text, shapes);
    expect(found.meant.map(({ code }) => code)).toEqual(meant);
    expect(found.leftOut.map(({ code }) => code)).toEqual(leftOut);
  });
});
