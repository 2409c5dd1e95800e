import { setImmediate } from 'node:timers/promises';
import type { Commitment, GuardAction, Span } from '../protocol/events.ts';
import type { Findings, Guard, Seen, Verdict } from './guard.ts';

/**
 * Milliseconds that a guard may take for a segment: hundreds of times what one needs, and several times what one takes on a slow and busy
 * machine for a long segment and hundreds of results (113 ms were seen), so that nothing right is withheld.
 */
const LONGEST_CHECK_MS = 500;

/** What a guard did: one that `withheld` gave no verdict. `of`: what it was shown; `evidence`: why, in words. Both are private. */
export type Acted = { guard: string; action: GuardAction; reason: string; of: string; evidence?: string };

/** What is to be said of a text that is released: a guard's mark, or a commitment. */
export type Remark = { place: Span } & ({ guard: string; reason: string } | { commitment: Commitment });

/**
 * What became of a candidate. `ends`: what ends the reply with it, the last of `acted`; null where nothing does. The places of
 * `remarks` are in `text`; marks are also in `acted`. `doubts`: by the guard that has them.
 */
export type Guarded = {
  text: string;
  acted: readonly Acted[];
  remarks: readonly Remark[];
  ends: Acted | null;
  doubts: ReadonlyMap<Guard, readonly string[]>;
};

const NOTHING: readonly never[] = [];
const NO_DOUBTS: Guarded['doubts'] = new Map();

/** Milliseconds of this thread's own work, where Node tells them: those in which other processes ran are no guard's. */
function workedMs(): number {
  if (!process.threadCpuUsage) return performance.now();
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

/** For the first try and the second: the thread's own takes longer to ask than some guards take. */
const CLOCKS = [() => performance.now(), workedMs];

/** Milliseconds of reading ahead at a time: then others have their turn. */
const SLICE_MS = 2;

/**
 * Lets guards read what a step is shown while the model is not heard yet, source by source, in slices between which others work. What
 * a guard cannot read it meets again in its check, which fails closed. Ends by itself, or with `signal`; never rejects.
 */
export async function readAhead(guards: readonly Guard[], seen: Seen, signal?: AbortSignal): Promise<void> {
  const readings = readingsOf(guards, seen);
  for (;;) {
    await setImmediate();
    const end = performance.now() + SLICE_MS;
    while (performance.now() < end) {
      if (signal?.aborted || readings.next().done) return;
    }
  }
}

function* readingsOf(guards: readonly Guard[], seen: Seen): Generator<undefined> {
  for (const source of seen.sources) {
    for (const guard of guards) {
      try {
        guard.read?.(source, seen);
      } catch {
        // Its check says so.
      }
      yield;
    }
  }
}

/** Shows a candidate to all guards in their order, each what the one before made of it. Fails closed. */
export function runGuards(candidate: string, guards: readonly Guard[], seen: Seen, findings?: Findings): Guarded {
  let text = candidate;
  let acted: readonly Acted[] = NOTHING;
  let remarks: readonly Remark[] = NOTHING;
  let doubts = NO_DOUBTS;
  for (const guard of guards) {
    const verdict = checked(guard, text, seen, findings);
    const found = remarksOf(guard, verdict);
    if ('doubts' in verdict && verdict.doubts?.length) doubts = new Map([...doubts, [guard, verdict.doubts]]);
    if ('upheld' in verdict && verdict.upheld !== undefined) acted = [...acted, upheldBy(guard, verdict.upheld, text)];
    if (verdict.action === 'allow') {
      if (found.length > 0) remarks = [...remarks, ...found];
      continue;
    }
    const did = actedBy(guard, verdict, text);
    acted = [...acted, did];
    if (did.action === 'stop' || did.action === 'hand_off')
      return { text: '', acted, remarks: NOTHING, ends: did, doubts };
    if (did.action === 'withheld') return { text: '', acted, remarks: NOTHING, ends: null, doubts };
    if ('text' in verdict) {
      remarks = moved(remarks, text, verdict.text);
      text = verdict.text;
    }
    remarks = [...remarks, ...found];
  }
  return { text, acted, remarks, ends: null, doubts };
}

/** How often a guard has looked, and the milliseconds of work that it took, in this process. */
export type GuardTime = { checks: number; ms: number };

/** By the guard's name. A sum for each: a segment is looked at by all of them, and a histogram would cost more than most. */
export const GUARD_TIMES = new Map<string, GuardTime>();

function noteTime(guard: string, ms: number): void {
  const known = GUARD_TIMES.get(guard);
  if (!known) GUARD_TIMES.set(guard, { checks: 1, ms });
  else {
    known.checks += 1;
    known.ms += ms;
  }
}

type Checked = Verdict | { action: 'withheld'; reason: string; evidence?: string };

function checked(guard: Guard, text: string, seen: Seen, findings?: Findings): Checked {
  // Twice, since a pause of the process is not the guard's.
  for (const clock of CLOCKS) {
    const begun = clock();
    try {
      const verdict = guard.check(text, seen, findings);
      const ms = clock() - begun;
      noteTime(guard.name, ms);
      if (ms <= LONGEST_CHECK_MS) return verdict;
    } catch (error) {
      return { action: 'withheld', reason: 'threw', evidence: String(error) };
    }
  }
  return { action: 'withheld', reason: 'slow' };
}

function actedBy({ name }: Guard, verdict: Exclude<Checked, { action: 'allow' }>, of: string): Acted {
  const { action, evidence } = verdict;
  const reason = action === 'redact' ? kinds(verdict.found) : verdict.reason;
  return { guard: name, action, reason, of, ...(evidence !== undefined && { evidence }) };
}

function upheldBy({ name }: Guard, evidence: string, of: string): Acted {
  return { guard: name, action: 'uphold', reason: 'second_opinion', of, evidence };
}

function remarksOf({ name }: Guard, verdict: Checked): Remark[] {
  if (verdict.action === 'mark') {
    return verdict.places.map(({ start, end }) => ({ place: { start, end }, guard: name, reason: verdict.reason }));
  }
  const commitments = 'commitments' in verdict ? (verdict.commitments ?? []) : [];
  return commitments.map(({ start, end, commitment }) => ({ place: { start, end }, commitment }));
}

/** The remarks whose words a later guard has left as they were, where they stand now. */
function moved(remarks: readonly Remark[], before: string, after: string): readonly Remark[] {
  let from = 0;
  return remarks.flatMap((remark) => {
    const words = before.slice(remark.place.start, remark.place.end);
    const start = after.indexOf(words, from);
    if (start < 0) return [];
    from = start;
    return [{ ...remark, place: { start, end: start + words.length } }];
  });
}

function kinds(found: readonly string[]): string {
  return [...new Set(found)].sort().join(',');
}
