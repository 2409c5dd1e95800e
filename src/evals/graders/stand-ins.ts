import { detectLanguage } from '../../language/detect.ts';
import { type Embedder, likeness } from '../../language/embedder.ts';
import { figuresIn } from '../../language/figures.ts';
import { splitSentences } from '../../language/sentences.ts';
import { stem } from '../../language/stem.ts';
import { STOP_WORDS } from '../../language/stop-words.ts';
import { words } from '../../language/tokens.ts';

/** What a stand-in makes of a reply: null where it cannot tell, for `why`. */
export type Opinion = { passed: boolean | null; found: string; why: string | null };

/** The best on the tuning half of `labelled/relevance.ts`, with the encoder. */
const RELEVANT = 0.35;
/** The best on the tuning half of `labelled/answer.ts`. */
const AGREES = 0.5;
const NEGATION = /^(?:not|no|never|cannot|without|nobody|nothing|neither|nor|.*n't)$/;
/** A negation reaches so many words. */
const REACH = 4;
/** Where the reference has one of these and the reply another of its row, they do not say the same. */
const EXCLUSIVE: readonly (readonly string[])[] = [
  ['over', 'under', 'below', 'above'],
  ['before', 'after'],
  ['behind', 'front'],
  ['open', 'closed'],
  ['fixed', 'variable'],
  ['more', 'less', 'fewer'],
  ['most', 'least'],
  ['hour', 'day', 'week', 'month', 'year'],
  ['once', 'twice'],
].map((group) => group.map(stem));
const ENGLISH_ONLY = 'this stand-in reads English only';
/** A reply of more sentences is read so far. */
const MOST_SENTENCES = 12;

export const RELEVANCE = 'stand-in: likeness of question and reply 2';
export const AGREEMENT = 'stand-in: words and figures of the reference 2';

/** Whether a reply may be about what was asked: the likest of its sentences, by the encoder and by words that both have. */
export async function relevanceOf(question: string, reply: string, embedder: Embedder | null): Promise<Opinion> {
  if (!isEnglish(question) || !isEnglish(reply)) return { passed: null, found: '', why: ENGLISH_ONLY };
  const sentences = splitSentences(reply)
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .slice(0, MOST_SENTENCES);
  if (sentences.length === 0) return { passed: false, found: 'no reply', why: null };
  const shared = sharedWords(question, reply);
  const [asked, ...read] = embedder ? await embedder.embed([question, ...sentences]) : [];
  const likest = asked ? Math.max(...read.map((one) => likeness(asked, one))) : 0;
  const score = Math.max(likest, (likest + shared) / 2 + (embedder ? 0 : shared / 2));
  return { passed: score >= RELEVANT, found: `likeness ${score.toFixed(2)} of ${RELEVANT}`, why: null };
}

/** Whether a reply may say what the reference does: every figure of it, and enough of its words. */
export function agreementWith(reference: string, reply: string): Opinion {
  const figures = figuresIn(reference).map(({ value }) => value);
  const told = new Set(figuresIn(reply).map(({ value }) => value));
  const missing = figures.filter((value) => !told.has(value));
  if (missing.length > 0) return { passed: false, found: `does not have the figure ${missing.join(', ')}`, why: null };
  const turned = contradictionOf(reference, reply);
  if (turned !== null) return { passed: false, found: `says the opposite of “${turned}”`, why: null };
  const share = sharedWords(reference, reply);
  return { passed: share >= AGREES, found: `${Math.round(100 * share)} % of its words, of ${100 * AGREES}`, why: null };
}

/** A word of the reference that the reply has only with the opposite polarity, or in whose place it has one that excludes it; null for none. */
function contradictionOf(reference: string, reply: string): string | null {
  const [wanted, told] = [polarities(reference), polarities(reply)];
  for (const [word, here] of wanted) {
    const there = told.get(word);
    if (there && !STOP_WORDS.has(word) && ![...here].some((polarity) => there.has(polarity))) return word;
    const others = EXCLUSIVE.find((group) => group.includes(word)) ?? [];
    if (!there && others.some((other) => told.has(other) && !wanted.has(other))) return word;
  }
  return null;
}

/** Each word by its stem, and whether it stands after a negation of its clause (true), not so (false), or both. */
function polarities(text: string): Map<string, Set<boolean>> {
  const all = new Map<string, Set<boolean>>();
  const clauses = text
    .toLowerCase()
    .replace(/\u2019/g, "'")
    .split(/[,;:.!?](?!\d)|\bbut\b/);
  for (const clause of clauses) {
    const said = words(clause);
    said.forEach((word, at) => {
      const isNegated = said.slice(Math.max(0, at - REACH), at).some((before) => NEGATION.test(before));
      const own = stem(word);
      all.set(own, (all.get(own) ?? new Set()).add(isNegated));
    });
  }
  return all;
}

/** Share of the content words of `of` that stand in `text`, by their stems. */
function sharedWords(of: string, text: string): number {
  const wanted = new Set(contentOf(of));
  if (wanted.size === 0) return 0;
  const there = new Set(contentOf(text));
  return [...wanted].filter((word) => there.has(word)).length / wanted.size;
}

function contentOf(text: string): string[] {
  return words(text.toLowerCase())
    .filter((word) => !STOP_WORDS.has(word))
    .map((word) => stem(word));
}

function isEnglish(text: string): boolean {
  return /^en/i.test(detectLanguage(text) ?? 'en');
}
