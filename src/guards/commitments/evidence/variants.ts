import type { Source } from '../../../agent/guard.ts';
import type { Claim } from '../claims/claims.ts';
import { type Ground, groundsOf } from './grounds.ts';
import { PLAIN } from './kinds.ts';
import { OFFERED } from './matter.ts';

/** Whether a clause is for those who have something that a tool says the customer has not: `loom_club_member: false`. */
export function isWithheld({ sentence }: Claim, ground: Ground, sources: readonly Source[]): boolean {
  if (ground.isRow) return false;
  return sources.some(
    (source) =>
      source.kind === 'tool' &&
      groundsOf(source).denials.some(
        ({ clause: { words } }) =>
          words.size > 1 &&
          ![...words].some((word) => sentence.has(word)) &&
          [...words].filter((word) => ground.sentence.has(word)).length >= Math.max(2, words.size - 1),
      ),
  );
}

/** Whether a claim is for one of what comes in several, and a clause for another: `Home Standard`, `Home Plus`; `Pro plan`, `Basic plan`. */
export function isOtherVariant(
  { before, words, all: said }: Claim,
  ground: Ground,
  { all }: { all: readonly Ground[] },
): boolean {
  const { clause, sentence, heads } = ground;
  for (const [second, first] of before) {
    if (clause.subject.before.get(second) === first) continue;
    const has = (word: string) =>
      sentence.has(word) || heads.has(word) || PLAIN.has(word) || (/^\d/.test(word) && ground.text.includes(word));
    const isKnown = () => all.some(({ clause: { before: known } }) => known.get(second) === first);
    for (const [other, name] of clause.subject.before) {
      const isNamed = name === first && other !== second && !has(second) && isKnown();
      // `replacement card` is any card.
      const isSame = PLAIN.has(name) || said.includes(` ${name}`) || name.startsWith(first) || first.startsWith(name);
      const isKind =
        other === second &&
        !isSame &&
        name !== first &&
        !has(first) &&
        !words.has(name) &&
        (OFFERED.has(second) || isKnown());
      if (isNamed || isKind) return true;
    }
  }
  return false;
}
