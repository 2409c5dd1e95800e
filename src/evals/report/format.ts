import { cleanText } from '../../language/invisible.ts';
import { CRITERIA, type CriterionName } from '../criteria.ts';

/** `97.5 %`, `4.2`, `3:05 min`; `–` where there is no value. */
export function amount(name: CriterionName, value: number | null): string {
  if (value === null) return '–';
  const { unit } = CRITERIA[name];
  if (unit === 'share') return percent(value);
  return unit === 'points' ? value.toFixed(1) : duration(value * 1_000);
}

/** `97.5 %`, `100 %`. Never 100 or 0 for what is only near it. */
export function percent(share: number): string {
  const rounded = Math.round(share * 1_000) / 10;
  if (rounded >= 100 && share < 1) return '99.9 %';
  if (rounded <= 0 && share > 0) return '0.1 %';
  return `${Number.isInteger(rounded) ? rounded : rounded.toFixed(1)} %`;
}

/** `+2.5`, `−0.3`, `±0`: of shares in points of a hundred, else in the criterion's unit. */
export function difference(name: CriterionName, delta: number): string {
  const { unit } = CRITERIA[name];
  const size = unit === 'share' ? Math.abs(delta) * 100 : Math.abs(delta);
  const text = size.toFixed(1).replace(/\.0$/, '');
  if (text === '0') return '±0';
  return `${delta > 0 ? '+' : '−'}${text}${unit === 'seconds' ? ' s' : ''}`;
}

/** `≥ 95 %`, `≤ 5:00 min`; `–` where only the company can say it. */
export function targetText(name: CriterionName, target: number | null): string {
  return target === null ? '–' : `${CRITERIA[name].higherIsBetter ? '≥' : '≤'} ${amount(name, target)}`;
}

/** `340 ms`, `2.4 s`, `3:05 min`. */
export function duration(ms: number): string {
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1_000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')} min`;
}

/** `$0`, `$0.0012`, `$1.24`. */
export function dollars(usd: number): string {
  if (usd === 0) return '$0';
  if (usd >= 0.1) return `$${usd.toFixed(2)}`;
  return usd < 0.00005 ? '<$0.0001' : `$${usd.toFixed(4).replace(/0+$/, '')}`;
}

/** Where a grader has not been held against people. */
export const CHECK_GRADERS = '"frontdesk eval --check-graders" checks them, with some 200 calls of the fast model.';

/** `1 case`, `12 cases`. */
export function counted(count: number, what: string): string {
  return `${count.toLocaleString('en-US')} ${what}${count === 1 ? '' : 's'}`;
}

/** `p = .63`, as papers write it. */
export function probability(p: number): string {
  if (p < 0.001) return 'p < .001';
  return p >= 0.9995 ? 'p = 1' : `p = ${p.toFixed(p < 0.01 ? 3 : 2).replace(/^0/, '')}`;
}

/** `2026-11-27 12:00`, UTC. */
export function moment(at: number): string {
  return new Date(at).toISOString().slice(0, 16).replace('T', ' ');
}

/** Untrusted text on one line, nothing in it that acts on a terminal, at most `longest` characters. */
export function oneLine(text: string, longest = 160): string {
  const line = cleanText(text).replace(/\s+/g, ' ').trim();
  return line.length <= longest
    ? line
    : `${line
        .slice(0, longest - 1)
        .toWellFormed()
        .trimEnd()}…`;
}
