/** What becomes of a sentence that a guard does not let pass: see `Verdict`. */
export type WhenFound = 'replace' | 'hand_off' | 'stop';

/** What becomes of a sentence that rests on nothing. `threshold`: the share of its words that the sources must have, from 0 to 1. */
export type Groundedness = { action: WhenFound | 'mark'; threshold: number; say?: string | undefined };

/** Which guards an agent has, as its `guards.yaml` says; null and false for one that it does not have. */
export type GuardSettings = {
  personalData: boolean;
  competitors: {
    names: Readonly<Record<string, readonly string[]>>;
    say?: string | undefined;
    action: WhenFound;
  } | null;
  /** Hosts beside the company's own, in lower case. */
  links: { hosts: readonly string[] } | null;
  leaks: { action: WhenFound } | null;
  character: { action: WhenFound } | null;
  groundedness: Groundedness | null;
  /** Whether the fast model compares each reply with its sources. */
  factCheck: boolean;
};

/** Those of an agent that says nothing of it. */
export const DEFAULT_GUARDS: GuardSettings = {
  personalData: true,
  competitors: null,
  links: { hosts: [] },
  leaks: { action: 'replace' },
  character: { action: 'replace' },
  groundedness: { action: 'mark', threshold: 0.5 },
  factCheck: false,
};
