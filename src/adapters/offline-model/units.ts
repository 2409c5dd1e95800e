import { stem } from '../../language/stem.ts';
import { words } from '../../language/tokens.ts';
import { type Field, isAge } from './fields.ts';

/** What a figure is counted in: the words for it, and of what kind it is. Two of one kind are never the same. */
type Unit = { kind: string; words: ReadonlySet<string> };

const UNITS: Unit[] = [
  ['money', 'euro eur €'],
  ['money', 'dollar usd buck $'],
  ['money', 'pound gbp quid £'],
  ['distance', 'mile mi'],
  ['distance', 'kilometer kilometre km'],
  ['length', 'meter metre'],
  ['length', 'centimeter centimetre cm'],
  ['length', 'foot feet ft'],
  ['weight', 'kilogram kilo kg'],
  ['weight', 'gram'],
  ['weight', 'lb lbs'],
  ['share', 'percent percentage %'],
  ['time', 'year yr'],
  ['time', 'month'],
  ['time', 'week'],
  ['time', 'day'],
  ['time', 'night'],
  ['time', 'hour hr'],
  ['time', 'minute min'],
  ['power', 'horsepower hp bhp ps'],
  ['power', 'kilowatt kw'],
  ['energy', 'kwh'],
  ['volume', 'liter litre'],
  ['volume', 'cc ccm'],
  ['speed', 'mph kmh'],
].map(([kind = '', spelled = '']) => ({ kind, words: new Set(spelled.split(' ').map((word) => stem(word))) }));

/** Words that say what kind of figure a field holds, or a text speaks of, and not in which unit. */
const KINDS: Record<string, ReadonlySet<string>> = {
  money: new Set(words('amount price cost fee budget salary income deductible excess rent bill payment').map(stem)),
  distance: new Set(words('mileage odometer distance driven').map(stem)),
};

/** The unit and kind in which a text says a number; null where it says none. `before` and `after`: what stands around it. */
export function unitOf(number: string, before: string, after: string): Partial<Unit> | null {
  const sign = /[€$£]/.exec(`${before.trimEnd().slice(-1)}${number}`)?.[0];
  const next = sign ?? /^[\s-]*(%|[€$£]|\p{L}+)/u.exec(after)?.[1] ?? '';
  const word = stem(next.toLowerCase());
  const unit = UNITS.find((one) => one.words.has(word));
  if (unit) return unit;
  const kind = Object.keys(KINDS).find((one) => KINDS[one]?.has(word));
  return kind ? { kind } : null;
}

/** Whether a figure in this unit may be the field's: of the same kind, and the same unit where the field names one. */
export function measures(field: Field, said: Partial<Unit>): boolean {
  const own = unitsOf(field).filter(({ kind }) => kind === said.kind);
  if (own.length > 0 && said.words) return own.some(({ words: other }) => other === said.words);
  return (
    own.length > 0 || kindsOf(field).includes(said.kind ?? '') || (isAge(field) && said.words?.has('year') === true)
  );
}

/** True for a field that is counted in nothing that is known: any figure may be meant for it. */
export function isUncounted(field: Field): boolean {
  return unitsOf(field).length === 0 && kindsOf(field).length === 0 && !isAge(field);
}

function unitsOf({ cues }: Field): Unit[] {
  return UNITS.filter((unit) => [...unit.words].some((word) => cues.has(word)));
}

function kindsOf({ cues }: Field): string[] {
  return Object.keys(KINDS).filter((kind) => [...(KINDS[kind] ?? [])].some((cue) => cues.has(cue)));
}
