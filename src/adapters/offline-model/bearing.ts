import { relevanceOf } from '../../knowledge/relevance.ts';
import { tokenize } from '../../language/tokens.ts';
import { contentStems } from './concepts.ts';
import type { Ranked } from './rank.ts';
import { readings, type Scene } from './scene.ts';
import { meets } from './sections.ts';
import { alike } from './synonyms.ts';

/** Below this a section that has no word of the question does not answer it; further up where no section has one. */
const BEARS = 0.15;
const BEARS_UNKNOWN = 0.25;
/** Where none of the others comes up to this, nothing is known. */
const LEAST = 0.1;

/** What a question calls the company that it asks: no source needs to have the word. */
const US = new Set(tokenize('company firm business'));

/**
 * Of ranked sections those that bear on the question or a part of it, by the measure that the search has for what it finds.
 * What a tool has said was asked for.
 */
export function bearing(scene: Scene, question: string, ranked: readonly Ranked[]): Ranked[] {
  const parts = readings(question).map((reading) => ({ reading, unknown: unknownShare(reading, ranked) }));
  const most = parts.every(({ unknown }) => unknown === 1) ? BEARS_UNKNOWN : BEARS;
  const isResult = ({ section }: Ranked) => section.kind === 'result';
  const measured = ranked.map((one) => ({
    one,
    relevance: Math.max(...parts.map((part) => relevanceTo(scene, one, part))),
  }));
  const left = measured.filter(({ one, relevance }) => isResult(one) || one.features.words > 0 || relevance >= most);
  return left.some(({ one, relevance }) => isResult(one) || relevance >= LEAST) ? left.map(({ one }) => one) : [];
}

type Part = { reading: string; unknown: number };

function relevanceTo(scene: Scene, { section, features }: Ranked, { reading, unknown }: Part): number {
  const like = (text: string) => scene.likeness(reading, text);
  const likeness = Math.max(like(section.head), ...section.statements.map(({ text }) => like(text.trim())));
  const coverage = features.words * (1 - unknown);
  const isRead = like(reading) > 0;
  return relevanceOf({ likeness: isRead ? likeness : null, words: coverage, coverage, unknown, lead: 0 });
}

/** The share of a question's words that no section has, in this or another form. */
function unknownShare(question: string, ranked: readonly Ranked[]): number {
  const stems = contentStems(question);
  const isKnown = (one: string) =>
    US.has(one) ||
    ranked.some(({ section }) => meets(alike(one), section.stems) || meets(alike(one), section.headStems));
  return stems.length === 0 ? 0 : stems.filter((one) => !isKnown(one)).length / stems.length;
}
