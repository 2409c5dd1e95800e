import { defineTool } from 'frontdesk';
import { z } from 'zod';

// The rating table. rating.md, beside this file, says the same in words; test/examples/get-quote.test.ts holds the two together.

type VehicleClass =
  | 'Everyday'
  | 'Truck'
  | 'Premium'
  | 'Performance'
  | 'Electric'
  | 'Premium electric'
  | 'Motorcycle'
  | 'Scooter and e-bike'
  | 'Other';

/** `cents`: base rate per month. `electric`: the class of the same vehicle with an electric motor. */
const CLASSES: Record<VehicleClass, { cents: number; electric: VehicleClass }> = {
  Everyday: { cents: 8_200, electric: 'Electric' },
  Truck: { cents: 9_400, electric: 'Electric' },
  Premium: { cents: 11_800, electric: 'Premium electric' },
  Performance: { cents: 19_600, electric: 'Premium electric' },
  Electric: { cents: 10_400, electric: 'Electric' },
  'Premium electric': { cents: 13_900, electric: 'Premium electric' },
  Motorcycle: { cents: 4_600, electric: 'Motorcycle' },
  'Scooter and e-bike': { cents: 2_400, electric: 'Scooter and e-bike' },
  Other: { cents: 9_700, electric: 'Electric' },
};

const MAKES: [VehicleClass, string][] = [
  [
    'Everyday',
    'Buick, Chevrolet, Chrysler, Dodge, Fiat, Ford, Honda, Hyundai, Kia, Mazda, Mini, Mitsubishi, Nissan, Subaru, Toyota, Volkswagen',
  ],
  ['Truck', 'GMC, Jeep, Ram'],
  [
    'Premium',
    'Acura, Alfa Romeo, Audi, BMW, Cadillac, Genesis, Infiniti, Jaguar, Land Rover, Lexus, Lincoln, Mercedes-Benz, Volvo',
  ],
  ['Performance', 'Aston Martin, Bentley, Ferrari, Lamborghini, Lotus, Maserati, McLaren, Porsche, Rolls-Royce'],
  ['Electric', 'Tesla'],
  ['Premium electric', 'Lucid, Polestar, Rivian'],
  [
    'Motorcycle',
    'Aprilia, Ducati, Harley-Davidson, Husqvarna, Indian, Kawasaki, KTM, Moto Guzzi, Royal Enfield, Suzuki, Triumph, Yamaha, Zero',
  ],
  [
    'Scooter and e-bike',
    'Aventon, Giant, Kymco, Lectric, Piaggio, Rad Power Bikes, Specialized, Super73, SYM, Trek, Vespa',
  ],
];

const ALIASES: [string, string][] = [
  ['Chevy', 'Chevrolet'],
  ['Harley', 'Harley-Davidson'],
  ['Mercedes', 'Mercedes-Benz'],
  ['Range Rover', 'Land Rover'],
  ['VW', 'Volkswagen'],
];

/** Written into the schema, so that a model knows how a make is spelled and that it may have two words. */
const KNOWN_MAKES = [...MAKES.flatMap(([, makes]) => makes.split(', ')), ...ALIASES.map(([alias]) => alias)];

const SPECIAL_MODELS: [make: string, models: string, VehicleClass][] = [
  ['Audi', 'e-tron, Q4 e-tron, Q6 e-tron, Q8 e-tron', 'Premium electric'],
  ['BMW', 'i3, i4, i5, i7, iX', 'Premium electric'],
  ['BMW', 'C 400, F 750, F 800, F 850, F 900, G 310, K 1600, R 12, R 18, R 1200, R 1250, R 1300, S 1000', 'Motorcycle'],
  ['Cadillac', 'Escalade IQ, Lyriq, Optiq, Vistiq', 'Premium electric'],
  ['Chevrolet', 'Bolt', 'Electric'],
  ['Fiat', '500e', 'Electric'],
  ['Ford', 'F-150 Lightning, Mustang Mach-E', 'Electric'],
  ['Genesis', 'Electrified, GV60', 'Premium electric'],
  ['GMC', 'Hummer EV', 'Premium electric'],
  ['Honda', 'Prologue', 'Electric'],
  ['Honda', 'Africa Twin, CB, CRF, Gold Wing, Grom, NC750, Rebel, Shadow', 'Motorcycle'],
  ['Honda', 'Metropolitan, PCX, Ruckus', 'Scooter and e-bike'],
  ['Hyundai', 'Ioniq 5, Ioniq 6, Ioniq 9', 'Electric'],
  ['Jaguar', 'I-Pace', 'Premium electric'],
  ['Jeep', 'Wagoneer S', 'Electric'],
  ['Kia', 'EV', 'Electric'],
  ['Lexus', 'RZ', 'Premium electric'],
  ['Mercedes-Benz', 'EQ', 'Premium electric'],
  ['Mini', 'Cooper SE', 'Electric'],
  ['Nissan', 'Ariya, Leaf', 'Electric'],
  ['Porsche', 'Taycan', 'Premium electric'],
  ['Subaru', 'Solterra', 'Electric'],
  ['Tesla', 'Cybertruck, Model S, Model X, Roadster', 'Premium electric'],
  ['Toyota', 'bZ', 'Electric'],
  ['Volkswagen', 'e-Golf, ID', 'Electric'],
  ['Volvo', 'C40, EX30, EX90', 'Premium electric'],
];

/** The highest number of the band, and its factor in hundredths. */
type Bands = [upTo: number, hundredths: number][];

const MODEL_YEARS: Bands = [
  [2007, 85],
  [2015, 92],
  [2020, 100],
  [2024, 108],
  [Number.POSITIVE_INFINITY, 115],
];

const MILEAGES: Bands = [
  [14_999, 96],
  [49_999, 100],
  [99_999, 105],
  [149_999, 110],
  [500_000, 116],
];

const DRIVER_AGES: Bands = [
  [17, 240],
  [20, 205],
  [24, 155],
  [29, 118],
  [64, 100],
  [74, 110],
  [99, 135],
];

// What a customer may enter. The newest year is checked when the tool is called, not written into the schema: a schema
// that changed at New Year would change the prompt.

const NAME = /^[\p{L}\p{M}\p{N} .'’&+/!-]+$/u;
const newestYear = () => new Date().getFullYear() + 1;

const MAKE_PROBLEM = 'Please give the make of the vehicle in letters, up to 40 characters, such as Toyota or Tesla.';
const MODEL_PROBLEM =
  'Please give the model of the vehicle in letters or digits, up to 40 characters, such as Camry or Model 3.';
const yearProblem = () => `Please give the model year as four digits between 1980 and ${newestYear()}.`;
const MILEAGE_PROBLEM = 'Please give the miles on the odometer as a whole number between 0 and 500,000.';
const AGE_PROBLEM = 'The main driver must be between 16 and 99 years old; please give the age in whole years.';

const input = z.object({
  make: z
    .string(MAKE_PROBLEM)
    .trim()
    .min(1, { error: MAKE_PROBLEM, abort: true })
    .max(40, { error: MAKE_PROBLEM, abort: true })
    .refine((make) => NAME.test(make) && /\p{L}/u.test(make), MAKE_PROBLEM)
    .describe('The make of the vehicle, such as Toyota or Tesla')
    .meta({ examples: KNOWN_MAKES }),
  model: z
    .string(MODEL_PROBLEM)
    .trim()
    .min(1, { error: MODEL_PROBLEM, abort: true })
    .max(40, { error: MODEL_PROBLEM, abort: true })
    .refine((model) => NAME.test(model) && /[\p{L}\p{N}]/u.test(model), MODEL_PROBLEM)
    .describe('The model of the vehicle, such as Camry or Model 3')
    .meta({ examples: ['Camry', 'Model 3', 'F-150 Lightning'] }),
  year: z
    .int({ error: yearProblem })
    .min(1980, { error: yearProblem, abort: true })
    .max(9999, { error: yearProblem, abort: true })
    .refine((year) => year <= newestYear(), { error: yearProblem })
    .describe('The model year of the vehicle, four digits')
    .meta({ examples: [2022, 2015] }),
  mileage: z
    .int(MILEAGE_PROBLEM)
    .min(0, MILEAGE_PROBLEM)
    .max(500_000, MILEAGE_PROBLEM)
    .describe('The mileage of the vehicle: how many miles are on the odometer')
    .meta({ examples: [15_000, 62_000] }),
  driver_age: z
    .int(AGE_PROBLEM)
    .min(16, AGE_PROBLEM)
    .max(99, AGE_PROBLEM)
    .describe('The age of the main driver in years')
    .meta({ examples: [34, 52] }),
});

export default defineTool({
  name: 'get_quote',
  description:
    'Estimates the insurance premium for a car, an electric car, or a two-wheeler. Use it when the customer wants a quote or a price and all five facts are known. Gives back the premium per month in US dollars (monthly_premium_usd) and a sentence for the customer (summary). The price is an estimate for the standard package with a $500 deductible, before discounts.',
  input,
  effect: 'read',
  timeoutMs: 5_000,
  run({ make, model, year, mileage, driver_age }) {
    const name = canonicalMake(make);
    const vehicleClass = classOf(name, model);
    const { cents } = CLASSES[vehicleClass];
    const factors = [factor(MODEL_YEARS, year), factor(MILEAGES, mileage), factor(DRIVER_AGES, driver_age)] as const;
    const [yearFactor, mileageFactor, ageFactor] = factors;
    // Whole cents times whole hundredths stay exact integers, so half a cent is half a cent.
    const premium = Math.floor((cents * yearFactor * mileageFactor * ageFactor + 500_000) / 1_000_000) / 100;
    const vehicle = `${year} ${name} ${presentable(model)}`;
    return {
      monthly_premium_usd: premium,
      currency: 'USD',
      vehicle,
      summary: `The estimated premium for a ${vehicle} is $${premium.toFixed(2)} per month.`,
      terms:
        'This estimate is for the standard package with a $500 deductible, before discounts, and is valid for 30 days.',
      next_step: 'The policy can be bought at https://www.acme-insurance.example/quote or by phone at 1-800-123-4567.',
      breakdown: {
        vehicle_class: vehicleClass,
        base_rate_usd: cents / 100,
        model_year_factor: yearFactor / 100,
        mileage_factor: mileageFactor / 100,
        driver_age_factor: ageFactor / 100,
      },
    };
  },
});

/** The make as the table spells it; an unknown make as the customer spelled it. */
function canonicalMake(make: string): string {
  const aliased = ALIASES.find(([alias]) => key(alias) === key(make))?.[1] ?? make;
  const known = MAKES.flatMap(([, names]) => names.split(', ')).find((name) => key(name) === key(aliased));
  return known ?? presentable(make);
}

function classOf(make: string, model: string): VehicleClass {
  const special = SPECIAL_MODELS.find(
    ([maker, models]) => maker === make && models.split(', ').some((name) => key(model).startsWith(key(name))),
  );
  if (special) return special[2];
  const ofMake = MAKES.find(([, names]) => names.split(', ').includes(make))?.[0] ?? 'Other';
  const words = model.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  return words.includes('ev') || words.includes('electric') ? CLASSES[ofMake].electric : ofMake;
}

function factor(bands: Bands, value: number): number {
  const band = bands.find(([upTo]) => value <= upTo);
  if (!band) throw new Error(`No band for ${value}: the input schema and the rating table disagree.`);
  return band[1];
}

/** Names are compared by their letters and digits alone. */
function key(name: string): string {
  return name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** "model 3" becomes "Model 3" and "f-150" becomes "F-150"; a name with any capital stays as it was typed. */
function presentable(name: string): string {
  const tidy = name.trim().replace(/\s+/g, ' ');
  if (tidy !== tidy.toLowerCase()) return tidy;
  return tidy
    .split(' ')
    .map((word) => (/\d/.test(word) ? word.toUpperCase() : word.charAt(0).toUpperCase() + word.slice(1)))
    .join(' ');
}
