/** What becomes of a sentence that a guard does not let pass: see `Verdict`. */
export type WhenFound = 'replace' | 'hand_off' | 'stop';

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
  /** `say`: the sentence in place of one that commits the company without evidence. */
  commitments: { action: WhenFound; say?: string | undefined } | null;
};

/** Those of an agent that says nothing of it. */
export const DEFAULT_GUARDS: GuardSettings = {
  personalData: true,
  competitors: null,
  links: { hosts: [] },
  leaks: { action: 'replace' },
  character: { action: 'replace' },
  commitments: { action: 'replace' },
};
