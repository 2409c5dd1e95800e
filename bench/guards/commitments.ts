import { join } from 'node:path';
import type { Source } from '../../src/agent/guard.ts';
import { commitmentsGuard } from '../../src/guards/commitments.ts';
import { DataError } from '../command.ts';
import { listOf, readLines } from './sets.ts';
import { figuresOf, SEEN, type WordFigures } from './words.ts';

/** An answer, what the conversation has shown for it, and whether it commits to what that does not say. */
type Answered = { text: string; label: boolean; sources: readonly Source[] };

const guard = commitmentsGuard();

/**
 * The figures on the set of this folder: `+ text << evidence << evidence`, one a line, `-` where nothing is wrong; `half`: of its
 * pairs of lines those that the guard was tuned on, or the others.
 */
export function ownCommitments(half?: 'tuned' | 'kept'): WordFigures {
  const own = readLines(join(import.meta.dirname, 'sets', 'commitments.txt')).map((line): Answered => {
    const [text = '', ...evidence] = line.slice(2).replaceAll('\\n', '\n').split(' << ');
    return { text, label: line.startsWith('+'), sources: evidence.map(toSource) };
  });
  const all = own.filter((_, at) => half === undefined || (Math.floor(at / 2) % 2 === 0) === (half === 'tuned'));
  return figures(all);
}

/**
 * The figures on a JSON file: `[{ text, evidence?, label }]`, label true for an unsupported commitment; `evidence` is a text, or a
 * list of texts or of objects with a `text` or `content`. Throws `DataError`.
 */
export function commitmentFigures(file: string): WordFigures {
  return figures(listOf(file).map((row, at) => answeredOf(row, `${file}: row ${at + 1}`)));
}

function figures(all: readonly Answered[]): WordFigures {
  return figuresOf(all, ({ text, sources }) => guard.check(text, { ...SEEN, sources }));
}

function answeredOf(row: unknown, where: string): Answered {
  const { text, evidence, label } = (row ?? {}) as Record<string, unknown>;
  if (typeof text !== 'string' || label === undefined) throw new DataError(`${where} is not a text and its label.`);
  const list = Array.isArray(evidence) ? evidence : [evidence];
  const sources = list.flatMap((one) => (one === undefined || one === null || one === '' ? [] : [toSource(one)]));
  return { text, label: label === true || label === 1, sources };
}

/** Text that is JSON is what a tool gave back; an object without a `text` or `content` is, too. */
function toSource(evidence: unknown): Source {
  const { text, content } = (typeof evidence === 'object' && evidence !== null ? evidence : {}) as Record<
    string,
    unknown
  >;
  const said = [evidence, text, content].find((one) => typeof one === 'string') ?? JSON.stringify(evidence);
  return {
    kind: /^\s*[[{]/.test(String(said)) ? 'tool' : 'passage',
    from: 'evidence',
    version: '1',
    text: String(said),
  };
}
