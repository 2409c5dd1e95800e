import type Anthropic from '@anthropic-ai/sdk';
import { stem } from '../../language/stem.ts';
import { STOP_WORDS } from '../../language/stop-words.ts';
import { words } from '../../language/tokens.ts';
import { contentStems } from './concepts.ts';
import type { Field } from './fields.ts';
import { clauses } from './scene.ts';
import { alike } from './synonyms.ts';

/** What a question wants to know. */
type Kind = 'time' | 'place' | 'things' | 'amount' | 'whether';

/** A question that a tool says it answers: "until when it can be paid" is of `time`, about "paid". */
type Answered = { kind: Kind; about: string[] };

/** A description that begins so says what the tool lets know. */
const INFORMS =
  /^(?:says?|tells?|checks?|shows?|gives?|explains?|finds? out|works? out|determines?|calculates?|looks? up)\s/i;

/** The beginnings of questions; a later kind counts only where none before does. */
const KINDS: [Kind, RegExp][] = [
  [
    'time',
    /\b(?:when|how (?:long|soon|late|many (?:days|weeks|months|hours))|(?:what|which) (?:day|date|time|deadline)|deadlines?|(?:too|not) late|in time|time left|last day|(?:can|could|may|am|is|are|do|does)(?: \w+)? still)\b/i,
  ],
  ['amount', /\bhow (?:much|many)\b/i],
  ['place', /\bwhere\b/i],
  ['things', /\b(?:what|which)\b/i],
  ['whether', /\b(?:whether|if)\b|^\W*(?:(?:and|so|but|ok|hi|hello)\W+)?(?:can|could|may|do|does|is|are|am|will)\b/i],
];

/** Words for the same thing to do. Plain English, no company's wording. */
const DEEDS = [
  'ready need needed require required bring prepare provide gather paper papers paperwork document documents proof',
  'return returned returning sendback',
  'report reported tell told notify inform',
  'pay paid settle',
  'change changed swap switch',
  'collect collected pick fetch',
  'arrive arrived deliver delivered come came receive received',
].map((line) => new Set(words(line).map(stem)));
const NO_MATTER = new Set(
  words(
    `customer certain kind something somebody thing case person user know which should
     january february march april may june july august september october november december`,
  ).map(stem),
);
/** "Send it back", "take back", "go back" in one word. */
const BACK = /\b(?:send|sent|sending|give|take|bring|ship|go|goes|going)\b((?:\s+(?!back\b)[\w'’-]+){0,4})\s+back\b/gi;
const NUMBERED = /\b[\w-]*\d[\w-]*\b/g;
const DEFINITE = /\b(?:it|this|that|these|those|them|my|mine|our|the|[\w-]*\d[\w-]*)\b/i;

/** Of them, those that say no more than that: what checks or looks up is an errand, too. */
const ONLY_SAYS = /^(?:says?|tells?|shows?|gives?|explains?)\s/i;

/** True for a tool that only lets a customer know something, such as until when they can pay. */
export function informs(tool: Anthropic.Tool): boolean {
  return ONLY_SAYS.test(tool.description ?? '') && answersOf(tool).length > 0;
}

/**
 * How much a message asks what a tool lets know, as its description says: 0 for not at all. Where it gives none of the
 * tool's inputs, it must at least speak of one certain thing: a question for the rule is answered by knowledge.
 */
export function askedOf(
  { tool, fields }: { tool: Anthropic.Tool; fields: readonly Field[] },
  text: string,
  given: Readonly<Record<string, unknown>>,
): number {
  const answered = answersOf(tool);
  if (answered.length === 0) return 0;
  const required = fields.filter((field) => field.required);
  const known = required.filter(({ name }) => given[name] !== undefined).length;
  const near = Math.max(
    0,
    ...clauses(text)
      .filter((clause) => foreignTo({ tool, fields }, clause).length <= 1)
      .map((clause) => nearness(clause, { text, answered, known })),
  );
  return near > 0 && (known > 0 || DEFINITE.test(text)) ? near + 0.2 * known : 0;
}

/** What a question speaks of beside what the tool knows of. */
export function foreignTo(
  { tool, fields }: { tool: Anthropic.Tool; fields: readonly Field[] },
  clause: string,
): string[] {
  const terms = fields.flatMap(({ name, label, choices }) => [name, label, ...choices]);
  const known = stemsOf([tool.name, tool.description ?? '', ...terms].join(' ').replaceAll('_', ' '));
  const matter = KINDS.reduce((rest, [, sign]) => rest.replace(sign, ' '), clause.replace(NUMBERED, ' '));
  return stemsOf(matter).filter((one) => !NO_MATTER.has(one) && !isSaid(one, known));
}

function nearness(
  clause: string,
  { text, answered, known }: { text: string; answered: readonly Answered[]; known: number },
): number {
  const asked = KINDS.find(([, sign]) => sign.test(clause))?.[0];
  if (!asked) return 0;
  const said = stemsOf(clause);
  const around = stemsOf(text);
  const scores = answered.map(({ kind, about }) => {
    const [deed] = about;
    if (kind !== asked || deed === undefined || !isSaid(deed, said)) return 0;
    const share = (about.filter((one) => isSaid(one, around)).length + known) / about.length;
    return share >= 0.5 ? 1.2 + 0.3 * Math.min(1, share) : 0;
  });
  return Math.max(...scores);
}

/** The questions that a tool's description says it answers; none for a tool that does something else. */
export function answersOf({ description = '' }: Pick<Anthropic.Tool, 'description'>): Answered[] {
  const [first = ''] = description.split(/\.(?:\s|$)/);
  if (!INFORMS.test(first)) return [];
  return first
    .replace(INFORMS, '')
    .split(/,\s*(?:and\s+|or\s+)?|\s+and\s+(?=(?:what|which|when|where|whether|how|until|by)\b)/i)
    .flatMap((part) => {
      const kind = /^(?:\w+ )?(?:what|which|when|where|whether|if|how)\b/i.test(part)
        ? KINDS.find(([, sign]) => sign.test(part))?.[0]
        : undefined;
      const about = kind ? deedFirst(part) : [];
      return kind && about.length > 0 ? [{ kind, about }] : [];
    });
}

/** The words of a question that tell it from others, what is done first: it stands behind "can", "should" or "is". */
function deedFirst(part: string): string[] {
  const modal = /\b(?:can|could|should|must|may|has to|have to|is|are|was|were)\b/i.exec(part);
  const [before, after] = modal ? [part.slice(0, modal.index), part.slice(modal.index + modal[0].length)] : [part, ''];
  const all = [...new Set([...stemsOf(after), ...stemsOf(before)])];
  return all.filter(
    (one, at) => !NO_MATTER.has(one) && !/^(?:day|date|time)$/.test(one) && !isSaid(one, all.slice(0, at)),
  );
}

function stemsOf(text: string): string[] {
  const joined = text.replace(BACK, ' sendback $1 ');
  const needs = words(joined).filter((word) => /^need(?:ed|s)?$|^bring$|^come$|^came$|^told$|^tell$/.test(word));
  return [...new Set([...needs.map(stem), ...contentStems(joined)])].filter((one) => !STOP_WORDS.has(one));
}

function isSaid(word: string, said: readonly string[]): boolean {
  const forms = new Set([...alike(word), ...DEEDS.filter((deed) => deed.has(word)).flatMap((deed) => [...deed])]);
  return said.some((one) => forms.has(one));
}
