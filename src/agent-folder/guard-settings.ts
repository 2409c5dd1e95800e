import type { Wording } from '../language/wording.ts';

/** What becomes of a sentence that a guard does not let pass: see `Verdict`. */
export type WhenFound = 'replace' | 'hand_off' | 'stop';

/** Of a guard that puts a sentence in place of another. */
export type SentenceGuard = { action: WhenFound; say?: Wording | undefined };

/** What each guard may be told in `guards.yaml`. */
export type GuardOptions = {
  leaks: SentenceGuard;
  character: SentenceGuard;
  /** `names`: each competitor with its other spellings. */
  competitors: SentenceGuard & { names: Readonly<Record<string, readonly string[]>> };
  /**
   * With a second opinion the fast model is asked before a sentence is withheld; with `always` also before one is released; `decides`: so,
   * and its word alone counts.
   */
  commitments: SentenceGuard & { 'second-opinion': 'on' | 'off' | 'always' | 'decides' };
  /** `threshold`: the share of a sentence's words that the sources must have, from 0 to 1. */
  groundedness: { action: WhenFound | 'mark'; threshold: number; say?: Wording | undefined };
  /** `hosts` beside the company's own, in lower case. */
  links: { hosts: readonly string[]; say?: Wording | undefined };
  /** `names`: of people, or other values, that are never said. */
  'personal-data': { names: readonly string[]; say?: Wording | undefined };
  /** The fast model compares each reply with its sources. */
  'fact-check': object;
  /** `threshold`: 0 to 1; from which suspicion on a message counts as an attack. With a second opinion the fast model is asked where it is near. */
  injection: { threshold: number; 'second-opinion': 'on' | 'off' };
  abuse: { say?: Wording | undefined };
  'self-harm': { say?: Wording | undefined };
};

/** The guards that look at each segment, in the order in which they do where the folder says no other. */
export const ORDER = [
  'leaks',
  'character',
  'competitors',
  'commitments',
  'groundedness',
  'links',
  'personal-data',
] as const satisfies GuardName[];

export type GuardName = keyof GuardOptions;
export type OrderedGuard = (typeof ORDER)[number];

/** What an agent's guards are told; null for one that it does not have. `order` has all that look at segments. */
export type GuardSettings = { readonly [Name in GuardName]: GuardOptions[Name] | null } & {
  order: readonly OrderedGuard[];
};

/** What each is told that is simply `on`. */
export const ON: GuardOptions = {
  leaks: { action: 'replace' },
  character: { action: 'replace' },
  competitors: { action: 'replace', names: {} },
  commitments: { action: 'replace', 'second-opinion': 'on' },
  groundedness: { action: 'mark', threshold: 0.5 },
  links: { hosts: [] },
  'personal-data': { names: [] },
  'fact-check': {},
  injection: { threshold: 0.5, 'second-opinion': 'off' },
  abuse: {},
  'self-harm': {},
};

/** The guards of an agent that says nothing of them. */
export const DEFAULT_GUARDS: GuardSettings = { ...ON, competitors: null, 'fact-check': null, order: ORDER };
