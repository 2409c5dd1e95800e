import { splitSentences } from '../../language/sentences.ts';
import { tokenize } from '../../language/tokens.ts';
import { type Scene, type ShownPassage, safeJson } from './scene.ts';

/** A sentence of a source, to be said as it stands. `passage` is null for the prompt's own context. */
export type Statement = { text: string; passage: ShownPassage | null; at: number };

export type Candidate = Statement & { tokens: Set<string>; title: Set<string>; rank: number; unit: string };

export function passageSentences(passages: readonly ShownPassage[]): Candidate[] {
  return passages.flatMap((passage, rank) =>
    passage.sentences.map((text, at) =>
      candidate({ text, passage, at }, { title: passage.title, rank, unit: passage.source }),
    ),
  );
}

export function contextSentences({ context }: Scene): Candidate[] {
  return context.flatMap(({ name, text }) => {
    let heading = '';
    return text.split('\n').flatMap((line) => {
      if (/^#/.test(line)) heading = line.replace(/^#+\s*/, '');
      if (/^#/.test(line) || line.trim() === '') return [];
      const unit = `${name}/${heading}`;
      return splitSentences(line).map((sentence, at) =>
        candidate(
          { text: sentence, passage: null, at },
          { title: `${name.replaceAll('-', ' ')} ${heading}`, rank: 9, unit },
        ),
      );
    });
  });
}

/** What tools have said in this conversation: a quote's terms answer questions about the quote. */
export function resultSentences({ exchanges }: Scene): Candidate[] {
  const calls = exchanges
    .flatMap(({ calls }) => calls)
    .filter(({ failed, name }) => !failed && !/^(?:hand_off|resolve|search_knowledge)$/.test(name));
  const last = calls.at(-1);
  const data = last && safeJson(last.result);
  if (!last || typeof data !== 'object' || data === null) return [];
  const texts = Object.values(data).filter((value) => typeof value === 'string' && value.includes(' '));
  const where = { title: `${last.name.replaceAll('_', ' ')} price`, rank: 1, unit: 'result' };
  return texts
    .flatMap((text: string) => splitSentences(text))
    .map((text, at) => candidate({ text, passage: null, at }, where));
}

function candidate(statement: Statement, where: { title: string; rank: number; unit: string }): Candidate {
  return {
    ...statement,
    tokens: new Set(tokenize(statement.text)),
    title: new Set(tokenize(where.title)),
    rank: where.rank,
    unit: where.unit,
  };
}

export function toStatement({ text, passage, at }: Candidate): Statement {
  return { text, passage, at };
}

export function isItem(text: string): boolean {
  return /^\s*(?:[-*•]|\d+[.)])\s/.test(text);
}

export function meets(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  for (const one of a) if (b.has(one)) return true;
  return false;
}
