/** By model family, longest name first where one begins another. */
const MINIMUM: readonly (readonly [family: string, tokens: number])[] = [
  ['claude-opus-4-5', 4_096],
  ['claude-opus-4-6', 4_096],
  ['claude-haiku-4-5', 4_096],
  ['claude-opus-4-7', 2_048],
  ['claude-opus-4-8', 1_024],
  ['claude-sonnet-4-5', 1_024],
  ['claude-sonnet-4-6', 1_024],
  ['claude-sonnet-5', 1_024],
  ['claude-opus-5', 512],
  ['claude-fable-5', 512],
];

/**
 * The shortest prompt, in tokens, that the Messages API caches for a model; a shorter one is silently never cached.
 * Collected in November 2026 from secondary pages, not from the API's own reference: good for a warning, not for a bill.
 * A Claude model that is not in the table gets the largest known minimum; a model of another maker gets 0 (not known).
 * Names with a provider's prefix or a date (`us.anthropic.claude-opus-4-6-v1`) count as their family.
 */
export function cacheableMinimum(model: string): number {
  const known = MINIMUM.find(([family]) => new RegExp(`(^|[./])${family}(?!\\d)`).test(model));
  if (known) return known[1];
  return /(^|[./])claude-/.test(model) ? 4_096 : 0;
}
