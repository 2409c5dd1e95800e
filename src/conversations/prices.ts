import type { Price, PriceTable } from './spending.ts';

/**
 * Dollars for a million tokens of input and output by model family, longest name first where one begins another. From
 * https://platform.claude.com/docs/en/about-claude/pricing and pages that repeat it, November 2026. Where a price
 * depends on the length of the prompt, the higher one.
 */
const PRICES: readonly (readonly [family: string, input: number, output: number])[] = [
  ['claude-fable-5', 10, 50],
  ['claude-mythos-5', 10, 50],
  ['claude-opus-5-5', 4, 20],
  ['claude-opus-5', 5, 25],
  ['claude-opus-4-5', 5, 25],
  ['claude-opus-4-6', 5, 25],
  ['claude-opus-4-7', 5, 25],
  ['claude-opus-4-8', 5, 25],
  ['claude-opus-4', 15, 75],
  ['claude-sonnet-5', 2, 10],
  ['claude-sonnet-4', 3, 15],
  ['claude-haiku-5-5', 0.5, 2.5],
  ['claude-haiku-4-5', 1, 5],
];

/** What a model costs of which nothing is known: as much as the dearest, so that a budget holds rather too early. */
const UNKNOWN: Price = { input: 15, output: 75 };

/** The prices in use: `own` by the exact name of the model, then the published ones, then the dearest of these. */
export function priceTable(own: Readonly<Record<string, Price>>): PriceTable {
  return (model) => own[model] ?? published(model) ?? UNKNOWN;
}

/** True where a model's price is known. */
export function isPriced(model: string, own: Readonly<Record<string, Price>>): boolean {
  return own[model] !== undefined || published(model) !== null;
}

/** Names with a provider's prefix or a date (`us.anthropic.claude-opus-4-6-v1`) count as their family. */
function published(model: string): Price | null {
  const known = PRICES.find(([family]) => new RegExp(`(^|[./])${family}(?!\\d)`).test(model));
  return known ? { input: known[1], output: known[2] } : null;
}
