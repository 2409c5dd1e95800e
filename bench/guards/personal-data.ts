import { findPersonalData } from '../../src/language/personal-data/find.ts';

/** A message and what is marked in it; positions in UTF-16 units. */
export type Marked = { text: string; spans: { kind: string; start: number; end: number }[] };

export type PiiFigures = {
  /** Marked spans of the kinds below of which no token is left. */
  recall: number | null;
  /** Redacted tokens that lie in a marked span of any kind. */
  precision: number | null;
  /** Harmless lines in which something is redacted. */
  benign_altered: number | null;
  /** Spans of each kind, those of national numbers too, which the recall leaves out. */
  kinds: Record<string, { redacted: number; marked: number }>;
};

/** What a structured value is called in files of marked messages. */
const STRUCTURED = ['CREDIT_CARD', 'US_SSN', 'EMAIL_ADDRESS', 'PHONE_NUMBER', 'IBAN_CODE', 'IP_ADDRESS'];
const NATIONAL = 'NATIONAL_ID';

/** How well personal data is found in marked messages, and how seldom in harmless lines. */
export function piiFigures(marked: readonly Marked[], benign: readonly string[]): PiiFigures {
  const kinds: PiiFigures['kinds'] = {};
  let redacted = 0;
  let right = 0;
  for (const { text, spans } of marked) {
    const found = findPersonalData(text);
    for (const token of tokensOf(text)) {
      if (!found.some((one) => overlaps(one, token))) continue;
      redacted += 1;
      if (spans.some((span) => overlaps(span, token))) right += 1;
    }
    for (const span of spans) {
      if (!STRUCTURED.includes(span.kind) && span.kind !== NATIONAL) continue;
      kinds[span.kind] ??= { redacted: 0, marked: 0 };
      const count = kinds[span.kind] as { redacted: number; marked: number };
      count.marked += 1;
      const tokens = tokensOf(text).filter((token) => overlaps(span, token));
      if (tokens.every((token) => found.some((one) => overlaps(one, token)))) count.redacted += 1;
    }
  }
  const sum = (of: 'redacted' | 'marked') => STRUCTURED.reduce((all, kind) => all + (kinds[kind]?.[of] ?? 0), 0);
  const altered = benign.filter((line) => findPersonalData(line).length > 0).length;
  return {
    recall: share(sum('redacted'), sum('marked')),
    precision: share(right, redacted),
    benign_altered: share(altered, benign.length),
    kinds,
  };
}

type Range = { start: number; end: number };

/** Runs of letters and digits. */
function tokensOf(text: string): Range[] {
  return [...text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)].map(({ 0: token, index }) => ({
    start: index,
    end: index + token.length,
  }));
}

function overlaps(a: Range, b: Range): boolean {
  return a.start < b.end && b.start < a.end;
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
