import type { Bound } from './figures.ts';
import type { Token } from './tokens.ts';
import { CURRENCIES, PERIODS } from './units.ts';

export function textAt(tokens: readonly Token[], from: number, count: number): string {
  return tokens
    .slice(from, from + count)
    .map(({ text }) => text)
    .join(' ');
}

const MOST: ReadonlySet<string> = new Set(
  "within up under below maximum max limit limited most capped stops ceiling until by less hauteur hasta maximo jusqu jusqu'a jusque sous bis maximal hochstens innerhalb binnen dentro maximum ate entro fino massimo tot maximaal uiterlijk inside before".split(
    ' ',
  ),
);
const LEAST: ReadonlySet<string> = new Set(
  'least minimum min from over above after more start starts starting begin begins exceeding exceed beyond past reaches reach reached mindestens ab uber nach desde minimo mas partir superieur plus apres au-dela mais apos acima almeno oltre dopo dal minstens vanaf meer na boven'.split(
    ' ',
  ),
);
const LIKE: ReadonlySet<string> = new Set(
  'balance sum our excess to of at a an the as is are was ist est no than about around only just de d un le la il que in - von zu di do da een den der die das long much little high in later fewer order value total amount bestellwert einkaufswert einem einer pedido commande ordine valor montant bestelling'.split(
    ' ',
  ),
);

/** By the words right before it, and by "or more" and "or less" behind it. */
export function boundOf(tokens: readonly Token[], at: number, to: number, isSpan = true): Bound {
  const plus = tokens[at + 1];
  if (plus?.text === '+' && plus.start === tokens[at]?.end) return 'least';
  const behind = textAt(tokens, to, 2);
  if (/^(?:or|and|oder|y|o|et|ou|e|of|en) (?:more|above|over|up|mehr|mas|plus|mais|piu|meer)/.test(behind))
    return 'least';
  if (
    /^(?:or|oder|o|ou|of) (?:less|under|fewer|weniger|menos|moins|meno|minder)/.test(behind) ||
    /^(?:maximum|max|at most)/.test(behind)
  )
    return 'most';
  if (/^at the$/.test(behind) && tokens[to + 2]?.text === 'earliest') return 'least';
  if (/^(?:or higher|minimum|onwards?|on (?:[.,;)]|$))/.test(behind)) return 'least';
  let denied = false;
  for (let index = at - 1, steps = 0; index >= 0 && steps < 6; index -= 1, steps += 1) {
    const { text, kind } = tokens[index] as Token;
    if (kind === 'sign' && CURRENCIES.has(text)) continue;
    if (text === 'much' || text === 'long' || text === 'little' || text === 'high') {
      if (tokens[index - 1]?.text === 'as') return text === 'little' ? 'least' : 'most';
    }
    // Prices rise by so much, and a check-up is no bound.
    if (text === 'by' && !isSpan) return 'exact';
    if (text === 'up' && tokens[index + 1]?.text !== 'to') break;
    // `$5 a month over two years`
    if (text === 'over' && PERIODS.has(tokens[index - 1]?.text ?? '')) return 'exact';
    // In French only: `Plus` is a plan as well.
    if (text === 'plus' && tokens[index - 1]?.text === 'au') return 'most';
    if (text === 'plus' && !/^(?:de|d|que)$/.test(tokens[index + 1]?.text ?? '')) break;
    // `Protect Max at $12.99` is a name.
    if (text === 'max' && steps > 0) break;
    if (MOST.has(text)) return text === 'less' && denied ? 'least' : 'most';
    // `Until 48 hours before it is free, later $60`
    if (text === 'later' && !isSpan) break;
    if (text === 'later' || text === 'longer' || text === 'exceed') return isDenied(tokens, index) ? 'most' : 'least';
    // `5 years or more 50 %`
    if (text === 'more' && tokens[index - 1]?.text === 'or') break;
    if (LEAST.has(text)) return isDenied(tokens, index) ? 'most' : 'least';
    if (!LIKE.has(text)) break;
    denied ||= text === 'no';
  }
  return 'exact';
}

/** `no more than`, `not later than`. */
function isDenied(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1]?.text ?? '';
  return before.endsWith("n't") || /^(?:no|not|never|nie|nunca|jamais|mai|nooit|nicht|pas|nao|non|niet)$/.test(before);
}
