import type { Source } from '../../../agent/guard.ts';
import { BySource } from '../../by-source.ts';
import type { Claim } from '../claims/claims.ts';
import type { Figure } from '../reading/figures.ts';
import { groundsOf } from './grounds.ts';
import { isSameFigure, isUnit } from './meets.ts';

/** A row of a graded list, `30 to 59 minutes: 50%`: from where to where it holds, and what it gives. */
type Band = { key: string; low: number; high: number; gives: Figure[] };

const BANDS = new BySource<readonly Band[]>();

/** Whether a claim names a number that is in a row of a graded list, and has another figure than that row gives. */
export function isOfAnotherBand({ figure, told }: Claim, sources: readonly Source[]): boolean {
  if (!figure) return false;
  for (const source of sources) {
    const bands = BANDS.get(source, bandsIn);
    // Of several numbers in a sentence each may be of its own row.
    const rivals = [...(bands.length > 1 ? told : [])].flatMap((word) => {
      const [, kind = '', number = '', unit = ''] = KEY.exec(word) ?? [];
      const key = `${kind} ${unit}`;
      if (key === keyOf(figure)) return [];
      const value = Number(number);
      const holding = bands.filter((band) => band.key === key && band.low <= value && value <= band.high);
      return holding.flatMap(({ gives }) => gives.filter(({ kind }) => kind === figure.kind));
    });
    if (rivals.length > 0 && !rivals.some((rival) => isUnit(figure, rival) && isSameFigure(figure, rival))) return true;
  }
  return false;
}

/** Whether a figure is in a row of a graded list. */
export function isInBand(figure: Figure, source: Source): boolean {
  const bands = BANDS.get(source, bandsIn);
  return bands.some(({ key, low, high }) => key === keyOf(figure) && low <= figure.value && figure.value <= high);
}

const KEY = /^(\w+) ([\d.]+) (.*)$/;

const keyOf = ({ kind, unit }: Figure) => `${kind} ${unit}`;

/** A row in one clause: `50% for 60 to 119 minutes`, `100% for 120 minutes or more`, `from 60 minutes on 25%`. */
function rowOf([gives, low, high, ...more]: readonly Figure[]): Band | null {
  if (gives?.bound === 'least' && low?.bound === 'exact' && !high && gives.kind !== low.kind)
    return { key: keyOf(gives), low: gives.value, high: Number.POSITIVE_INFINITY, gives: [low] };
  if (!gives || !low || more.length > 0 || gives.kind === low.kind || gives.bound !== 'exact') return null;
  const isRange = low.bound === 'low' && high?.bound === 'high';
  if (!isRange && !(low.bound === 'least' && high === undefined)) return null;
  return { key: keyOf(low), low: low.value, high: high?.value ?? Number.POSITIVE_INFINITY, gives: [gives] };
}

/** Of rows that only say from where on they hold, each ends where the next begins. */
function closed(bands: readonly Band[]): Band[] {
  return bands.map((band) => {
    const next = bands.filter(({ key, low }) => key === band.key && low > band.low).map(({ low }) => low);
    return band.high === Number.POSITIVE_INFINITY && next.length > 0
      ? { ...band, high: Math.min(...next) - 1e-6 }
      : band;
  });
}

function bandsIn(source: Source): readonly Band[] {
  const bands: Band[] = [];
  let [last, text]: [Band | undefined, string] = [undefined, ''];
  for (const { clause, text: sentence } of groundsOf(source).all) {
    const [low, high] = clause.figures;
    const isBand = clause.figures.length === 2 && low?.bound === 'low' && high?.bound === 'high';
    if (sentence !== text) last = undefined;
    text = sentence;
    const row = rowOf(clause.figures);
    if (row) {
      bands.push(row);
      continue;
    }
    const isRest = clause.figures.length === 1 && low?.bound === 'least' && bands.at(-1)?.key === keyOf(low);
    if (isBand || isRest) {
      last = { key: keyOf(low), low: low.value, high: high?.value ?? Number.POSITIVE_INFINITY, gives: [] };
      bands.push(last);
    } else last?.gives.push(...clause.figures);
  }
  return closed(bands.filter(({ gives }) => gives.length > 0));
}
