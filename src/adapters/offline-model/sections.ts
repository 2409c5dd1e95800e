import { once } from '../../language/once.ts';
import { splitSentences } from '../../language/sentences.ts';
import { tokenize } from '../../language/tokens.ts';
import { type Scene, type ShownPassage, safeJson } from './scene.ts';

/** A sentence of a source, to be said as it stands, or as `said` has it. `passage` is null for the prompt's own context. */
export type Statement = { text: string; passage: ShownPassage | null; at: number; stems: Set<string>; said?: string };

/** What stands under one heading: the unit that is found and answered from. */
export type Section = {
  kind: 'passage' | 'context' | 'result';
  /** The article or block that it belongs to. */
  unit: string;
  /** It begins an article. */
  isLead: boolean;
  /** Title and headings. */
  head: string;
  statements: Statement[];
  headStems: Set<string>;
  stems: Set<string>;
  /** Place in the search's answer, 0 for the best; null where nothing searched for it. */
  rank: number | null;
};

export function sectionsOf(scene: Scene, more: readonly ShownPassage[] = []): Section[] {
  const passages = [...scene.passages, ...more.filter((one) => !scene.passages.includes(one))];
  return [...uniquePassages(passages).map(passageSection), ...contextSections(scene), ...resultSections(scene)];
}

/** Each passage once, with the best of its places. */
function uniquePassages(passages: readonly ShownPassage[]): ShownPassage[] {
  const best = new Map<string, ShownPassage>();
  for (const passage of passages) {
    const known = best.get(passage.source);
    if (!known || passage.rank < known.rank) best.set(passage.source, passage);
  }
  return [...best.values()];
}

function passageSection(passage: ShownPassage): Section {
  const statements = passage.sentences.map((text, at) => statement(text, at, passage));
  return section({
    kind: 'passage',
    unit: articleOf(passage),
    isLead: /#1$/.test(passage.source),
    head: passage.title,
    statements,
    rank: passage.rank,
  });
}

/** What tells the agent how to work, in words that no customer is meant to hear: tools by name, "the customer", "say", "ask for". */
const INSTRUCTS =
  /`|\b(?:the|this) customer\b|(?:^|[.:;])[\s\d.)*•-]*(?:say|mention|explain|offer|hand over|ask (?:only|for|which|what|when|whether|if|in))\b/i;

/** The context blocks, heading by heading; table rows are no sentences. */
function contextSections({ context }: Scene): Section[] {
  return context.flatMap(({ name, text }) => {
    const title = /^#\s+(.+)/m.exec(text)?.[1]?.trim() ?? name.replaceAll('-', ' ');
    const parts = text.split(/^(?=#{1,6}\s+\S)/m).filter((part) => part.trim() !== '');
    return parts.flatMap((part): Section[] => {
      const lines = part.split('\n');
      const heading = /^#/.test(part) ? (lines.shift() ?? '').replace(/^#+\s+/, '') : '';
      const statements = lines
        .filter((line) => line.trim() !== '' && !/^\s*\|/.test(line))
        .flatMap((line) => (isItem(line) ? [line] : splitSentences(line)))
        .filter((sentence) => !INSTRUCTS.test(sentence))
        .map((sentence, n) => statement(sentence, n, null));
      if (statements.length === 0) return [];
      const head = heading.trim() === '' || heading.trim() === title ? title : `${title} – ${heading.trim()}`;
      return [section({ kind: 'context', unit: `context/${name}`, isLead: false, head, statements, rank: null })];
    });
  });
}

/** The messages for which a tool's answer is what is spoken of. */
const RECENT = 2;

/** What a tool said last: a quote's terms answer questions about the quote. */
function resultSections({ exchanges }: Scene): Section[] {
  const calls = exchanges
    .slice(-RECENT)
    .flatMap(({ calls }) => calls)
    .filter(({ failed, name }) => !failed && !/^(?:hand_off|resolve|search_knowledge)$/.test(name));
  const last = calls.at(-1);
  const data = last && safeJson(last.result);
  if (!last || typeof data !== 'object' || data === null) return [];
  const texts = Object.values(data).filter((value) => typeof value === 'string' && /\s.*[.!?]$/s.test(value));
  const statements = texts.flatMap((text: string) => splitSentences(text)).map((text, at) => statement(text, at, null));
  if (statements.length === 0) return [];
  return [
    section({
      kind: 'result',
      unit: 'result',
      isLead: false,
      head: last.name.replaceAll('_', ' '),
      statements,
      rank: null,
    }),
  ];
}

function section(parts: Omit<Section, 'headStems' | 'stems'>): Section {
  const headStems = once(() => new Set(tokenize(parts.head)));
  const stems = once(() => new Set(tokenize(parts.statements.map((one) => one.text.trim()).join(' '))));
  return {
    ...parts,
    get headStems() {
      return headStems();
    },
    get stems() {
      return stems();
    },
  };
}

export function statement(text: string, at: number, passage: ShownPassage | null): Statement {
  const stems = once(() => new Set(tokenize(text)));
  return {
    ...{ text, passage, at },
    get stems() {
      return stems();
    },
  };
}

export function articleOf({ source }: ShownPassage): string {
  return source.split('#')[0] ?? source;
}

export function isItem(text: string): boolean {
  return /^\s*(?:[-*•]|\d+[.)])\s/.test(text);
}

export function meets(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  for (const one of a) if (b.has(one)) return true;
  return false;
}
