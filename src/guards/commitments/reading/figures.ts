import { boundOf, textAt } from './bounds.ts';
import { dateAt, isDateWord } from './dates.ts';
import { ARTICLES, isNumberWord, numberAt, type Written } from './numbers.ts';
import type { Token } from './tokens.ts';
import { CURRENCIES, PERCENT, PERIODS, UNITS, type Unit, WORKING } from './units.ts';
import { wordOf } from './words.ts';

/**
 * What a figure counts. `unit`: a currency (empty where none is said), the base of a duration or measure, a date's key, or
 * nothing for a percentage or a number without unit. `bound`: whether it is the most, the least, or the figure itself; `low` and `high` are the ends of a
 * range. `per`: what a price is for, such as `month`; how often a duration is; of a date its year. Positions in the plain text.
 */
export type Figure = {
  kind: 'money' | 'percent' | 'duration' | 'measure' | 'date' | 'number';
  value: number;
  unit: string;
  bound: Bound;
  per: string | null;
  start: number;
  end: number;
};

export type Bound = 'exact' | 'most' | 'least' | 'low' | 'high';

type Found = { figures: Figure[]; to: number };

/** The figures of a text, in order. Linear. */
export function figuresOf(tokens: readonly Token[]): Figure[] {
  const figures: Figure[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    if (!mayBegin(tokens[at] as Token) || isIdleArticle(tokens, at)) continue;
    const found = dateAt(tokens, at) ?? figureAt(tokens, at);
    if (!found) continue;
    figures.push(...found.figures);
    at = found.to - 1;
  }
  return figures;
}

/** An article before a word that is not counted, as most are. */
function isIdleArticle(tokens: readonly Token[], at: number): boolean {
  const { text } = tokens[at] as Token;
  if (!ARTICLES.has(text) && text !== 'the') return false;
  const next = tokens[at + 1]?.text ?? '';
  return !(
    OF_WHOLE.has(next) ||
    UNITS.has(next) ||
    WORKING.has(next) ||
    BETWEEN.has(next) ||
    CURRENCIES.has(next) ||
    isNumberWord(next)
  );
}

const BEGINS = new Map<string, boolean>();

/** Most words begin neither a number nor a date. */
function mayBegin({ text, kind }: Token): boolean {
  if (kind !== 'word') return kind === 'numeral';
  const known = BEGINS.get(text);
  if (known !== undefined) return known;
  const begins = FIXED.has(text) || isNumberWord(text) || isDateWord(text);
  if (BEGINS.size > 50_000) BEGINS.clear();
  BEGINS.set(text, begins);
  return begins;
}

function figureAt(tokens: readonly Token[], at: number): Found | null {
  const token = tokens[at] as Token;
  const fixed = token.kind === 'word' ? FIXED.get(token.text) : undefined;
  if (fixed) return fixedAt(tokens, at, fixed);
  if (isPartOfName(tokens, at)) return null;
  const part = partAt(tokens, at);
  if (part) return part;
  const first = numberAt(tokens, at);
  if (!first) return null;
  const range = rangeFrom(tokens, at, first.to);
  const second = range === null ? null : numberAt(tokens, currencyBefore(tokens, range) ? range + 1 : range);
  // Of a range only the second number has the unit, as a rule: `5 to 7 days`, `$5-7`.
  const both = second && second.value > first.value ? measured(tokens, at, second) : null;
  if (both && second && both.unit === 'minute' && both.value <= 1_440 && CLOCK.has(tokens[at - 1]?.text ?? '')) {
    return { figures: [], to: both.to };
  }
  if (both && second) {
    const [low, high] = [first.value * (both.value / second.value), both.value];
    const more = { kind: both.kind, unit: both.unit, per: both.per, start: token.start, end: both.end };
    return {
      figures: [
        { ...more, value: low, bound: 'low' },
        { ...more, value: high, bound: 'high' },
      ],
      to: both.to,
    };
  }
  const alone = measured(tokens, at, first);
  if (!alone) return null;
  const one = withMinutes(tokens, alone);
  const { to, ...figure } = one;
  return { figures: [{ ...figure, bound: boundOf(tokens, at, to, figure.kind === 'duration') }], to };
}

/** `a third off`, `1/3 off`, `three quarters of the price` */
function partAt(tokens: readonly Token[], at: number): Found | null {
  const joint = tokens[at + 1]?.text;
  const isWritten = joint === '/';
  const to = isWritten || joint === '-' ? at + 3 : at + 2;
  const [one, other] = [tokens[at]?.text ?? '', tokens[to - 1]?.text ?? ''];
  const [count, of] = isWritten ? [Number(one), Number(other)] : [PARTS.get(one), OF_WHOLE.get(other)];
  if (!(count && of && count < of && IS_PART.test(textAt(tokens, to, 2)))) return null;
  const [start, end] = [(tokens[at] as Token).start, (tokens[to - 1] as Token).end];
  const figure = { kind: 'percent', value: (100 * count) / of, unit: '', per: null, start, end } as const;
  return { figures: [{ ...figure, bound: boundOf(tokens, at, to) }], to };
}

const IS_PART = /^(?:off|back|less|cheaper)\b|^of (?!an?\b)/;
const PARTS: ReadonlyMap<string, number> = new Map([
  ['a', 1],
  ['one', 1],
  ['two', 2],
  ['three', 3],
]);
const OF_WHOLE: ReadonlyMap<string, number> = new Map(
  Object.entries({ third: 3, thirds: 3, quarter: 4, quarters: 4, fifth: 5, tenth: 10 }),
);

type Measured = Omit<Figure, 'bound'> & { to: number };

/** The number with the unit before or behind it; null where it has none. `at` is where it, or its range, begins. */
function measured(tokens: readonly Token[], at: number, { value, to, words }: Written): Measured | null {
  const isArticle = words && to === at + 1 && ARTICLES.has(tokens[at]?.text ?? '');
  // `GBP to EUR 0.45 %` is a share.
  const currencyAhead = percentAt(tokens, to) > 0 ? null : currencyBefore(tokens, at - 1);
  const before = currencyAhead ?? (to > at + 1 ? currencyBefore(tokens, to - 2) : null);
  const begin = currencyAhead === null ? at : at - 1;
  const figure = (kind: Figure['kind'], amount: number, unit: string, end: number): Measured => ({
    ...{ kind, value: amount, unit, end: (tokens[end - 1] as Token).end, to: end },
    start: (tokens[begin] as Token).start,
    per: kind === 'money' || kind === 'percent' ? periodAt(tokens, end) : null,
  });
  if (before !== null && !isArticle) {
    return figure('money', value, before, currencyAt(tokens, to) === null ? to : to + 1);
  }
  const unitAt = skipJoint(tokens, to);
  const percent = percentAt(tokens, unitAt);
  if (percent && !isArticle) return figure('percent', value, '', percent);
  const currency = currencyAt(tokens, unitAt);
  if (currency !== null && (!isArticle || /^(?:a|an)$/.test(tokens[at]?.text ?? '') === false)) {
    if (currency === 'cent') return figure('money', value / 100, '', unitAt + 1);
    // `1.7 euro cents`
    const isCents = CURRENCIES.get(tokens[unitAt + 1]?.text ?? '') === 'cent';
    if (isCents) return figure('money', value / 100, currency, unitAt + 2);
    return withCents(tokens, figure('money', value, currency, unitAt + 1));
  }
  const unit = unitFrom(tokens, unitAt);
  if (!unit) return null;
  const half = HALF.test(textAt(tokens, unit.to, 3));
  const isSpan =
    SPANS.has(tokens[at - 1]?.text ?? '') ||
    /^(?:up to|late as)$/.test(textAt(tokens, Math.max(0, at - 2), 2)) ||
    /^(?:full|whole|entire)$/.test(tokens[at + 1]?.text ?? '');
  if (isArticle && !half && (unit.base === 'measure' || !isSpan)) return null;
  if (unit.name === 'times' && value < 2) return null;
  const [amount, to_] = half ? [value + 0.5, unit.to + (tokens[unit.to + 1]?.text === 'a' ? 3 : 2)] : [value, unit.to];
  const of = figure(unit.base === 'measure' ? 'measure' : 'duration', amount * unit.factor, unit.name, to_);
  return unit.name === 'times' ? of : { ...of, per: frequencyAt(tokens, to_) ?? everyAt(tokens, at - 1) };
}

/** Behind `an hour`. */
const HALF = /^(?:and a half|y medi[oa]|et demie?|e mezz[oa]|e mei[oa])\b/;

/** What stands before "a week" where that is how long something takes. */
const SPANS: ReadonlySet<string> = new Set(
  'within in for after until till under over than of valid binnen innerhalb nach dentro durante despues en dans apres pendant sous apos por entro dopo per na voor gedurende only just solo nur seulement apenas slechts von betragt takes take took tarda dauert dura prend leva duurt'.split(
    ' ',
  ),
);

/** Over a hyphen, or over the end of a sentence that parts a number from its per cent or currency. */
function skipJoint(tokens: readonly Token[], at: number): number {
  const sign = tokens[at];
  // `2 + £6` is a sum.
  if (sign?.text === '-' || (sign?.text === '+' && sign.start === tokens[at - 1]?.end)) return at + 1;
  // `30 or more days`
  if (sign?.text === 'or' && /^(?:more|fewer|less)$/.test(tokens[at + 1]?.text ?? '')) return at + 2;
  const cutOff = sign?.kind === 'sign' && /^[.,…]$/.test(sign.text);
  return cutOff && (percentAt(tokens, at + 1) || currencyAt(tokens, at + 1) !== null) ? at + 1 : at;
}

/** Letters or a hyphen right before a number: an order number or a model, unless the letters are a currency. */
function isPartOfName(tokens: readonly Token[], at: number): boolean {
  const [token, before, first] = [tokens[at], tokens[at - 1], tokens[at - 2]];
  if (token?.kind !== 'numeral' || !before || before.end !== token.start) return false;
  // `41x38x64 cm`
  const isSide = before.text === 'x' && first?.kind === 'numeral' && first.end === before.start;
  if (before.kind === 'word') return !CURRENCIES.has(before.text) && !isSide;
  if (before.text === '#') return true;
  // A phone number, but not `+50 %`.
  if (before.text === '+') return tokens[at + 1]?.kind === 'numeral' || token.text.length > 6;
  const joined = before.text === '-' && first?.end === before.start && first.kind !== 'sign';
  return joined && !CURRENCIES.has(first.text) && (first.kind === 'word' || tokens[at - 3]?.text === '-');
}

function currencyBefore(tokens: readonly Token[], at: number): string | null {
  const token = tokens[at];
  if (!token) return null;
  const code = CURRENCIES.get(token.text);
  if (code === undefined || code === 'cent') return null;
  // "Ten y twenty" is Spanish.
  if (token.text === 'y' && tokens[at + 1]?.start !== token.end) return null;
  // Of words only codes stand before: "5 dollars 3 days".
  return token.kind === 'sign' || /^[a-z]{3}$|^y$|^rs$/.test(token.text) ? code : null;
}

function currencyAt(tokens: readonly Token[], at: number): string | null {
  const token = tokens[at];
  // `6 p.m.`
  if (token?.text === 'p' && tokens[at + 1]?.text === '.' && tokens[at + 2]?.text === 'm') return null;
  // `another $59`, `another CHF 38`
  const isBefore =
    tokens[at + 1]?.kind === 'numeral' && (token?.kind === 'sign' || /^[a-z]{3}$/.test(token?.text ?? ''));
  if (isBefore && tokens[at - 1]?.kind === 'word') return null;
  // `4.5 c/kWh`
  if (token?.text === 'c') return tokens[at + 1]?.text === '/' ? 'cent' : null;
  if (token?.text === 'us' && CURRENCIES.get(tokens[at + 1]?.text ?? '') === 'usd') return 'usd';
  return token && token.text !== 'y' ? (CURRENCIES.get(token.text) ?? null) : null;
}

/** `4 hours and 10 minutes` */
function withMinutes(tokens: readonly Token[], hours: Measured): Measured {
  if (hours.kind !== 'duration' || hours.unit !== 'minute' || hours.value % 60 !== 0) return hours;
  const from = tokens[hours.to]?.text === 'and' ? hours.to + 1 : hours.to;
  const minutes = numberAt(tokens, from);
  const unit = minutes && minutes.value < 60 ? UNITS.get(tokens[minutes.to]?.text ?? '') : undefined;
  if (!minutes || unit?.name !== 'minute' || unit.factor !== 1) return hours;
  return { ...hours, value: hours.value + minutes.value, end: (tokens[minutes.to] as Token).end, to: minutes.to + 1 };
}

/** `49 dollars and 90 cents`. */
function withCents(tokens: readonly Token[], money: Measured): Measured {
  const from = tokens[money.to]?.text === 'and' ? money.to + 1 : money.to;
  const cents = numberAt(tokens, from);
  if (!cents) return money;
  const behind = tokens[cents.to]?.text ?? '';
  // `seven euros ninety-nine a month`
  const isSpelt = from === money.to && cents.words && cents.value >= 10 && cents.value < 100 && money.value % 1 === 0;
  if (isSpelt && !CURRENCIES.has(behind) && !UNITS.has(behind))
    return { ...money, value: money.value + cents.value / 100, end: (tokens[cents.to - 1] as Token).end, to: cents.to };
  if (CURRENCIES.get(behind) !== 'cent') return money;
  const last = tokens[cents.to] as Token;
  return { ...money, value: money.value + cents.value / 100, end: last.end, to: cents.to + 1 };
}

/** The index behind a sign or word for per cent; 0 for none. */
function percentAt(tokens: readonly Token[], at: number): number {
  const [one, next] = [tokens[at]?.text ?? '', tokens[at + 1]?.text ?? ''];
  if (PERCENT.has(one)) return at + 1;
  return PERCENT.has(`${one} ${next}`) ? at + 2 : 0;
}

type Counted = Unit & { to: number };

/** The unit from here on, with words such as `working` before or behind it. */
function unitFrom(tokens: readonly Token[], from: number): Counted | null {
  let at = from;
  let working = false;
  for (; at < from + 3; at += 1) {
    const text = tokens[at]?.text ?? '';
    if (WORKING.has(text)) working = true;
    else if (text !== '-' && !BETWEEN.has(text)) break;
  }
  const unit = UNITS.get(tokens[at]?.text.replace(/'s?$/, '') ?? '');
  if (!unit) return null;
  const behind = WORKING.has(tokens[at + 1]?.text ?? '');
  const to = behind ? at + 2 : at + 1;
  const behindUnit = tokens[to]?.text === '-' || tokens[to]?.text === 'of' ? to + 1 : to;
  const isAge = /^(?:olds?(?:'s)?|alt|oud|age)$/.test(tokens[behindUnit]?.text ?? '');
  const ago = AGO.has(tokens[to]?.text ?? '');
  // `18h30`, `de 9h a 18h`.
  const said = tokens[at]?.text ?? '';
  const lead = tokens[at - 2]?.text ?? '';
  const isClock =
    (said === 'h' && (tokens[to]?.kind === 'numeral' || CLOCK.has(lead))) ||
    (said === 'uur' && /^(?:om|vanaf|rond)$/.test(lead));
  // `1 an`, but `At 53 an exam is needed`.
  if (said === 'an' && !/^(?:1|un)$/.test(tokens[at - 1]?.text ?? '')) return null;
  // `Children under 5 go free.`
  if (said === 'go' && /^(?:free|to|in|for|on|up|with|and)$/.test(tokens[to]?.text ?? '')) return null;
  // `5 m2`
  const isSquare = said === 'm' && tokens[to]?.start === tokens[at]?.end && tokens[to]?.kind === 'numeral';
  if (isAge || ago || isClock || isSquare) return null;
  if ((working || behind) && unit.name === 'minute' && unit.factor === 60)
    return { base: 'time', name: 'working hour', factor: 1, to };
  if ((working || behind) && unit.name === 'minute' && unit.factor === 1_440)
    return { base: 'time', name: 'working day', factor: 1, to };
  return { ...unit, to };
}

const BETWEEN: ReadonlySet<string> = new Set(
  'full first more further additional extra other whole calendar consecutive straight next free volle vollen weitere weiteren weitere zusatzliche ganze mas autres plus mais outros altri nog extra volle kalender'.split(
    ' ',
  ),
);
const CLOCK: ReadonlySet<string> = new Set(
  'a de las alle um von bis vers as at from to om avant des jusqu entre'.split(' '),
);
const AGO: ReadonlySet<string> = new Set(['ago', 'geleden', 'fa', 'atras']);

/** `24 hours a day`: how often, not how long; null where it is how long, as `60 days a year` is. */
function frequencyAt(tokens: readonly Token[], at: number): string | null {
  const [one, next] = [tokens[at]?.text ?? '', tokens[at + 1]?.text ?? ''];
  const period = PERIODS.get(next) ?? null;
  return period !== 'year' && /^(?:a|per|each|every|al|am|pro|par|por|al|il|per|di)$/.test(one) ? period : null;
}

/** `every 12 months`, `alle 3 Monate` */
function everyAt(tokens: readonly Token[], at: number): string | null {
  return /^(?:every|alle|cada|ogni|elke)$/.test(tokens[at]?.text ?? '') ? 'every' : null;
}

function periodAt(tokens: readonly Token[], from: number): string | null {
  if (WHOLE.test(textAt(tokens, from, 3))) return 'all';
  const skipped = MORE.has(tokens[from]?.text ?? '') ? from + 1 : from;
  if (skipped > from && WHOLE.test(textAt(tokens, skipped, 3))) return 'all';
  for (let at = skipped; at < skipped + 3; at += 1) {
    const text = tokens[at]?.text ?? '';
    const period = PERIODS.get(text);
    if (period !== undefined && (at > from || /ly$|lich$|elle?$|sual|lijks$|mente$|nel$/.test(text))) return period;
    if (text === 'full' || text === 'whole' || text === 'started') continue;
    if (!PER.has(text)) return null;
    // `per course`, `each way`: any word may be what it is for.
    const next = tokens[at + 1];
    if (
      EACH.has(text) &&
      next?.kind === 'word' &&
      !isDateWord(next.text) &&
      !PER.has(next.text) &&
      (PERIODS.has(next.text) || wordOf(next.text).content)
    )
      // `per user per month` is by the month.
      return (
        (/^(?:user|seat)s?$/.test(next.text) ? periodAt(tokens, at + 2) : null) ??
        (isPerBoth(tokens, at + 2) ? `${unitOf(next)}${BOTH}${unitOf(tokens[at + 3] as Token)}` : unitOf(next))
      );
  }
  return null;
}

function unitOf({ text }: Token): string {
  return PERIODS.get(text) ?? wordOf(text).key;
}

/** Between two things that a price is for: `per person and night`. */
export const BOTH = ' and ';

/** Whether an `and` joins two things that a price is for. */
export function isPerBoth(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1];
  return (
    AND.has(tokens[at]?.text ?? '') &&
    tokens[at - 1]?.kind === 'word' &&
    /^(?:per|pro|por|par)$/.test(tokens[at - 2]?.text ?? '') &&
    next?.kind === 'word' &&
    (PERIODS.has(next.text) || wordOf(next.text).content)
  );
}

const WHOLE =
  /^(?:for (?:the |your |all )?(?:whole|entire|total|all)|pour (?:toute?|l'ensemble|la totalite)|p[eo]r (?:tod[ao]|tutt[oa]|(?:el|la) total)|fur (?:(?:den|die|das) )?(?:ganze|gesamte)n?|voor (?:de |het )?(?:hele|gehele))\b/;
/** `$15 extra per day` */
const MORE: ReadonlySet<string> = new Set('extra more additional interest'.split(' '));
const EACH: ReadonlySet<string> = new Set(['per', 'pro', 'por', 'par', 'each']);
const PER: ReadonlySet<string> = new Set(
  'a an per each every / the al por a por pro im par le la ao il il per all een in the'.split(' '),
);

function rangeFrom(tokens: readonly Token[], begin: number, at: number): number | null {
  const joint = tokens[at]?.text ?? '';
  if (RANGE.has(joint)) return at + 1;
  // `a minimum of 2 and a maximum of 5 days`
  const most = /(?:minimum of|minimum|at least)$/.test(textAt(tokens, Math.max(0, begin - 2), Math.min(2, begin)))
    ? /^and (?:a )?(?:maximum of|maximum|at most|up to)(?= )/.exec(textAt(tokens, at, 5))
    : null;
  if (most) return at + most[0].split(' ').length;
  // `between 5 and 7 days`, but not `for model 12 and 199 dollars for the other`.
  const isBetween = AND.has(joint) && [1, 2].some((back) => BETWEEN_TWO.has(tokens[begin - back]?.text ?? ''));
  return isBetween ? at + 1 : null;
}

const RANGE: ReadonlySet<string> = new Set(['-', '–', '—', 'to', 'bis', 'a', 'à', 'ate', 'tot']);
const AND: ReadonlySet<string> = new Set(['and', 'y', 'et', 'und', 'e', 'en']);
const BETWEEN_TWO: ReadonlySet<string> = new Set(['between', 'zwischen', 'entre', 'tra', 'tussen', 'from']);

/** Words that are a figure by themselves, if what stands next or before is as it says. */
type Fixed = { next?: RegExp; before?: RegExp; kind: 'percent' | 'duration' | 'measure'; value: number; unit: string };

/** From two on. */
const TIMES = [
  'zweimal tweemaal',
  'thrice dreimal driemaal',
  'viermal viermaal',
  'funfmal vijfmaal',
  'sechsmal zesmaal',
];
const TWICE: Fixed = { before: /^(?:el|das|le|o|il|het)$/, kind: 'percent', value: 200, unit: '' };
const FIXED: ReadonlyMap<string, Fixed> = new Map(
  Object.entries<Fixed>({
    half: {
      next: /^(?:off|price|priced|back|the|of|your|my|our)$/,
      before: /^(?:only|just|pay|pays|save|by|covers?|refunds?|reimburses?)$/,
      kind: 'percent',
      value: 50,
      unit: '',
    },
    double: { next: /^(?:the|your|of|what|points|miles)$/, kind: 'percent', value: 200, unit: '' },
    triple: { next: /^(?:the|your|of|what|points|miles)$/, kind: 'percent', value: 300, unit: '' },
    twice: { next: /^(?:the|your|as)$/, before: /^(?:back|you|pay|refund)$/, kind: 'percent', value: 200, unit: '' },
    ...Object.fromEntries(
      TIMES.flatMap((words, at) =>
        words.split(' ').map((word) => [word, { kind: 'measure' as const, value: at + 2, unit: 'times' }]),
      ),
    ),
    quarter: { next: /^of$/, kind: 'duration', value: 15, unit: 'minute' },
    fortnight: { kind: 'duration', value: 14 * 1_440, unit: 'minute' },
    quinzaine: { kind: 'duration', value: 15 * 1_440, unit: 'minute' },
    ...{ doble: TWICE, doppelte: TWICE, dobro: TWICE, doppio: TWICE, dubbele: TWICE },
  }),
);

function fixedAt(tokens: readonly Token[], at: number, { next, before, kind, value, unit }: Fixed): Found | null {
  const token = tokens[at] as Token;
  const behind = tokens[tokens[at + 1]?.text === '-' ? at + 2 : at + 1]?.text ?? '';
  const isSaid = !(next || before) || next?.test(behind) || before?.test(tokens[at - 1]?.text ?? '');
  if (token.text === 'twice' && !isSaid) return timesAt(token, at);
  if (!isSaid) return figureOfHalf(tokens, at);
  if (token.text === 'quarter') return quarterAt(tokens, at);
  const { start, end } = token;
  return { figures: [{ kind, value, unit, bound: boundOf(tokens, at, at + 1), per: null, start, end }], to: at + 1 };
}

/** `a quarter of an hour` */
function quarterAt(tokens: readonly Token[], at: number): Found | null {
  if (textAt(tokens, at, 4) !== 'quarter of an hour') return null;
  const [start, end] = [(tokens[at] as Token).start, (tokens[at + 3] as Token).end];
  const figure = { kind: 'duration', value: 15, unit: 'minute', bound: 'exact', per: null, start, end } as const;
  return { figures: [figure], to: at + 4 };
}

/** `twice a year` */
function timesAt({ start, end }: Token, at: number): Found {
  const figure = { kind: 'measure', value: 2, unit: 'times', bound: 'exact', per: null, start, end } as const;
  return { figures: [figure], to: at + 1 };
}

/** `half a year`, `half an hour`. */
function figureOfHalf(tokens: readonly Token[], at: number): Found | null {
  const unit = /^an?$/.test(tokens[at + 1]?.text ?? '') ? unitFrom(tokens, at + 2) : null;
  if (tokens[at]?.text !== 'half' || !unit) return null;
  const [start, end] = [(tokens[at] as Token).start, (tokens[unit.to - 1] as Token).end];
  const figure = { kind: 'duration', value: unit.factor / 2, unit: unit.name, per: null, start, end } as const;
  return { figures: [{ ...figure, bound: boundOf(tokens, at, unit.to) }], to: unit.to };
}
