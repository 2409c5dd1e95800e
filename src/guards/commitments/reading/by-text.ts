/** Texts for which something is kept. */
const MOST = 2_000;

/**
 * Keeps what is read in a text: each claim of an answer is compared with the same clauses of the sources, and each of these with all
 * claims.
 */
export function byText<Made>(read: (text: string) => Made): (text: string) => Made {
  const known = new Map<string, { made: Made }>();
  return (text) => {
    const kept = known.get(text);
    if (kept) return kept.made;
    const made = read(text);
    if (known.size >= MOST) known.clear();
    known.set(text, { made });
    return made;
  };
}
