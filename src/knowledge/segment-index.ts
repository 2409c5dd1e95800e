import type { Language } from '../language/languages.ts';
import type { Found, Passage, Search } from './documents.ts';
import type { HeldSegment } from './held-segment.ts';
import { readQuery } from './query-terms.ts';
import { type Place, Scorer } from './scorer.ts';

export type Exchange = { out?: readonly HeldSegment[]; without?: Iterable<string>; add?: readonly HeldSegment[] };

/** Passages kept unpacked, so that what is found often, and a small knowledge whole, is not unpacked at each search. */
const KEPT = 2_000;

/** An index made of segments. Everything here is synchronous; what changes is seen by the next search. */
export class SegmentIndex {
  #segments: readonly HeldSegment[] = [];
  #version = '';
  #languages: ReadonlySet<Language> = new Set();
  #code = false;
  readonly #scorer = new Scorer();
  #kept = new Map<HeldSegment, Map<number, Passage>>();
  #keptCount = 0;
  #all: Passage[] | null = null;

  constructor() {
    this.#changed();
  }

  get segments(): readonly HeldSegment[] {
    return this.#segments;
  }

  get version(): string {
    return this.#version;
  }

  get size(): number {
    return this.#segments.reduce((sum, held) => sum + held.passages, 0);
  }

  /** The memory that the segments take, in bytes. What is kept unpacked comes on top, some 4 MB at most. */
  get bytes(): number {
    return this.#segments.reduce((sum, held) => sum + held.bytes, 0);
  }

  /** Takes segments out and others in, and leaves documents out from now on, at once. Unknown ids are fine. */
  change({ out = [], without = [], add = [] }: Exchange): void {
    for (const id of without) {
      for (const held of this.#segments) {
        const document = held.find(id);
        if (document >= 0) held.remove(document);
      }
    }
    this.#segments = [...this.#segments.filter((held) => !out.includes(held)), ...add];
    this.#changed();
  }

  search({ query, limit, filter }: Search): Found {
    const read = readQuery(query, { languages: this.#languages, code: this.#code });
    const { hits, words } = this.#scorer.search(this.#segments, read, { limit, filter, isBefore });
    const passages = hits.map(({ held, passage, score, coverage, parts }) => ({
      passage: this.#unpack(held, passage),
      score,
      coverage,
      parts,
    }));
    return { passages, relevance: passages[0]?.coverage ?? 0, words };
  }

  passage(id: string): Passage | undefined {
    const [, documentId = '', number = ''] = /^([\s\S]*)#([1-9]\d{0,8})$/.exec(id) ?? [];
    for (const held of this.#segments) {
      const document = number === '' ? -1 : held.find(documentId);
      if (document < 0) continue;
      const { firstPassage } = held.segment;
      const passage = (firstPassage[document] as number) + Number(number) - 1;
      return passage < (firstPassage[document + 1] as number) ? this.#unpack(held, passage) : undefined;
    }
    return undefined;
  }

  get passages(): readonly Passage[] {
    this.#all ??= this.#segments.flatMap((held) =>
      [...held.present()].flatMap((document) => {
        const { firstPassage } = held.segment;
        const [from, to] = [firstPassage[document] as number, firstPassage[document + 1] as number];
        return Array.from({ length: to - from }, (_, at) => this.#unpack(held, from + at));
      }),
    );
    return this.#all;
  }

  #unpack(held: HeldSegment, passage: number): Passage {
    const kept = this.#kept.get(held) ?? new Map<number, Passage>();
    const known = kept.get(passage);
    if (known) return known;
    if (this.#keptCount >= KEPT) {
      this.#kept.clear();
      this.#keptCount = 0;
      kept.clear();
    }
    const unpacked = held.unpack(passage);
    kept.set(passage, unpacked);
    this.#kept.set(held, kept);
    this.#keptCount += 1;
    return unpacked;
  }

  #changed(): void {
    this.#all = null;
    this.#version = versionOf(this.#segments);
    this.#languages = new Set(this.#segments.flatMap(({ segment }) => segment.languages as readonly Language[]));
    this.#code = this.#segments.some(({ segment }) => segment.code.includes(1));
  }
}

/** The fingerprints of all documents laid over each other: it does not matter in which order they came. */
function versionOf(segments: readonly HeldSegment[]): string {
  let [low, high] = [0, 0];
  for (const held of segments) {
    for (const document of held.present()) {
      low ^= held.segment.prints[document * 2] as number;
      high ^= held.segment.prints[document * 2 + 1] as number;
    }
  }
  return [low, high].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
}

/** Between equal scores: document order, which across segments is the order of the ids. */
function isBefore(a: Place, b: Place): boolean {
  if (a.held === b.held) return a.passage < b.passage;
  return idOf(a) < idOf(b);
}

function idOf({ held, passage }: Place): string {
  return held.idOf(held.segment.documentOf[passage] as number);
}
