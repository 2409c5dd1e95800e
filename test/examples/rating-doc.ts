/** A second evaluation of the rating, from the tables of `tools/rating.md` alone; it shares no code with `get_quote`. */

export type QuoteInput = { make: string; model: string; year: number; mileage: number; driver_age: number };

type Row = Record<string, string>;
type Band = { from: number; to: number; hundredths: bigint };

export type RatingDoc = {
  classes: Map<string, { cents: bigint; electric: string }>;
  makes: Map<string, string>;
  aliases: Map<string, string>;
  specialModels: { make: string; beginnings: string[]; vehicleClass: string }[];
  years: Band[];
  mileages: Band[];
  ages: Band[];
  workedExamples: { input: QuoteInput; premium: string }[];
  /** Every make and alias, and every special model, as the page spells them. */
  makeNames: string[];
  modelNames: string[];
};

export function readRatingDoc(markdown: string): RatingDoc {
  const tables = readTables(markdown);
  const table = (firstColumns: string) => {
    const found = tables.find(({ header }) => header.startsWith(firstColumns));
    if (!found) throw new Error(`tools/rating.md has no table "${firstColumns}"`);
    return found.rows;
  };
  const makeRows = table('Class|Makes');
  const aliasRows = table('Alias|Make');
  const specialRows = table('Make|Models that begin with');
  return {
    classes: new Map(
      table('Class|Base rate').map((row) => [
        cell(row, 'Class'),
        { cents: digits(cell(row, 'Base rate per month')), electric: cell(row, 'Electric version') },
      ]),
    ),
    makes: new Map(
      makeRows.flatMap((row) => list(row, 'Makes').map((make) => [plain(make), cell(row, 'Class')] as const)),
    ),
    aliases: new Map(aliasRows.map((row) => [plain(cell(row, 'Alias')), plain(cell(row, 'Make'))])),
    specialModels: specialRows.map((row) => ({
      make: plain(cell(row, 'Make')),
      beginnings: list(row, 'Models that begin with').map(plain),
      vehicleClass: cell(row, 'Class'),
    })),
    years: table('Model year').map((row) => band(cell(row, 'Model year'), cell(row, 'Factor'))),
    mileages: table('Miles').map((row) => band(cell(row, 'Miles on the odometer'), cell(row, 'Factor'))),
    ages: table('Age').map((row) => band(cell(row, 'Age of the main driver'), cell(row, 'Factor'))),
    workedExamples: table('Make|Model|Year').map(workedExample),
    makeNames: [...makeRows.flatMap((row) => list(row, 'Makes')), ...aliasRows.map((row) => cell(row, 'Alias'))],
    modelNames: specialRows.flatMap((row) => list(row, 'Models that begin with')),
  };
}

export function quoteFromDoc(doc: RatingDoc, input: QuoteInput): { premium: string; vehicleClass: string } {
  const vehicleClass = classFromDoc(doc, input);
  const base = doc.classes.get(vehicleClass);
  if (!base) throw new Error(`no base rate for ${vehicleClass}`);
  const factors = [at(doc.years, input.year), at(doc.mileages, input.mileage), at(doc.ages, input.driver_age)];
  const exact = factors.reduce((product, factor) => product * factor, base.cents);
  const million = 1_000_000n;
  const cents = exact / million + (2n * (exact % million) >= million ? 1n : 0n);
  return { vehicleClass, premium: `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}` };
}

function classFromDoc(doc: RatingDoc, { make, model }: QuoteInput): string {
  const maker = doc.aliases.get(plain(make)) ?? plain(make);
  for (const special of doc.specialModels) {
    if (special.make !== maker) continue;
    for (const beginning of special.beginnings) {
      if (plain(model).indexOf(beginning) === 0) return special.vehicleClass;
    }
  }
  const ofMake = doc.makes.get(maker) ?? 'Other';
  return /(^|[^a-z0-9])(ev|electric)($|[^a-z0-9])/i.test(model) ? (doc.classes.get(ofMake)?.electric ?? '') : ofMake;
}

function readTables(markdown: string): { header: string; rows: Row[] }[] {
  const blocks = markdown.split(/\n{2,}/).filter((block) => block.trim().startsWith('|'));
  return blocks.map((block) => {
    const [columns = [], , ...lines] = block
      .trim()
      .split('\n')
      .map((line) =>
        line
          .split('|')
          .slice(1, -1)
          .map((text) => text.trim()),
      );
    const rows = lines.map((cells) => Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? ''])));
    return { header: columns.join('|'), rows };
  });
}

function workedExample(row: Row): { input: QuoteInput; premium: string } {
  const input = {
    make: cell(row, 'Make'),
    model: cell(row, 'Model'),
    year: Number(cell(row, 'Year')),
    mileage: Number(digits(cell(row, 'Mileage'))),
    driver_age: Number(cell(row, 'Driver age')),
  };
  return { input, premium: cell(row, 'Premium per month').replace('$', '') };
}

function band(range: string, factor: string): Band {
  const [from = '', to] = range.replaceAll(',', '').split('–');
  const open = /^(\d+) and later$/.exec(range);
  return open
    ? { from: Number(open[1]), to: Number.POSITIVE_INFINITY, hundredths: digits(factor) }
    : { from: Number(from), to: Number(to), hundredths: digits(factor) };
}

function at(bands: Band[], value: number): bigint {
  const found = bands.filter(({ from, to }) => value >= from && value <= to);
  if (found.length !== 1 || !found[0]) throw new Error(`${found.length} bands for ${value}`);
  return found[0].hundredths;
}

function cell(row: Row, column: string): string {
  const text = row[column];
  if (!text) throw new Error(`tools/rating.md: an empty cell in column "${column}"`);
  return text;
}

function list(row: Row, column: string): string[] {
  return cell(row, column).split(', ');
}

/** "$82.00" is 8200, "1.08" is 108, "15,000" is 15000. */
function digits(text: string): bigint {
  return BigInt(text.replace(/\D/g, ''));
}

function plain(name: string): string {
  return [...name.normalize('NFKD').toLowerCase()].filter((char) => /[\p{L}\p{N}]/u.test(char)).join('');
}
