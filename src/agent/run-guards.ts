import type { GuardAction } from '../protocol/events.ts';
import type { Guard, Seen, Verdict } from './guard.ts';

/** Milliseconds that a guard may take for a segment: hundreds of times what one needs, so that a busy machine withholds nothing. */
const LONGEST_CHECK_MS = 200;

/** What a guard did: one that `withheld` gave no verdict. */
export type Acted = { guard: string; action: GuardAction; reason: string };

/** What became of a candidate. `ends`: what ends the reply with it, the last of `acted`; null where nothing does. */
export type Guarded = { text: string; acted: readonly Acted[]; ends: Acted | null };

const NOTHING: readonly Acted[] = [];

/** Milliseconds of this thread's own work, where Node tells them: those in which other processes ran are no guard's. */
function workedMs(): number {
  if (!process.threadCpuUsage) return performance.now();
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

/** Shows a candidate to all guards in their order, each what the one before made of it. Fails closed. */
export function runGuards(candidate: string, guards: readonly Guard[], seen: Seen): Guarded {
  let text = candidate;
  let acted = NOTHING;
  for (const guard of guards) {
    const verdict = checked(guard, text, seen);
    if (verdict.action === 'allow') continue;
    const { action } = verdict;
    const did = { guard: guard.name, action, reason: action === 'redact' ? kinds(verdict.found) : verdict.reason };
    acted = [...acted, did];
    if (action === 'stop' || action === 'hand_off') return { text: '', acted, ends: did };
    if (action === 'withheld') return { text: '', acted, ends: null };
    text = verdict.text;
  }
  return { text, acted, ends: null };
}

function checked(guard: Guard, text: string, seen: Seen): Verdict | { action: 'withheld'; reason: string } {
  // Twice, since a pause of the process is not the guard's.
  for (let attempt = 0; attempt < 2; attempt++) {
    const begun = workedMs();
    try {
      const verdict = guard.check(text, seen);
      if (workedMs() - begun <= LONGEST_CHECK_MS) return verdict;
    } catch {
      return { action: 'withheld', reason: 'threw' };
    }
  }
  return { action: 'withheld', reason: 'slow' };
}

function kinds(found: readonly string[]): string {
  return [...new Set(found)].sort().join(',');
}
