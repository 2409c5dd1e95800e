import { join } from 'node:path';
import type { Source } from '../../src/agent/guard.ts';
import type { Model } from '../../src/agent/model.ts';
import { commitmentsGuard } from '../../src/guards/commitments.ts';
import { DataError, eachOf } from '../command.ts';
import { actsOn, findingsOf, type OpinionKind } from './asked.ts';
import { labelledRows, readLines, sourcesOf } from './sets.ts';
import { figuresOf, figuresOfAll, SEEN, type WordFigures } from './words.ts';

/** An answer, what the conversation has shown for it, what the customer has said, and whether it commits to what nobody has said. */
type Answered = { text: string; label: boolean; sources: readonly Source[]; said?: readonly string[] };

const guard = commitmentsGuard();

/** Replies of many authors, beside our own lines on commitments. */
export const REPLIES = ['replies', 'replies-dense', 'replies-live', 'replies-plausible', 'replies-strangers'] as const;

/**
 * The figures on the set of this folder: `+ text << evidence << evidence`, one a line, `-` where nothing is wrong; `half`: of its
 * pairs of lines those that the guard was tuned on, or the others.
 */
export function ownCommitments(half?: 'tuned' | 'kept'): WordFigures {
  const own = readLines(join(import.meta.dirname, 'sets', 'commitments.txt')).map((line): Answered => {
    const [text = '', ...evidence] = line.slice(2).replaceAll('\\n', '\n').split(' << ');
    return { text, label: line.startsWith('+'), sources: sourcesOf(evidence) };
  });
  const all = own.filter((_, at) => half === undefined || (Math.floor(at / 2) % 2 === 0) === (half === 'tuned'));
  return figures(all);
}

/**
 * The figures on replies by many authors, in blocks: `=` and `&` what the conversation has shown, `+` and `-` the replies to it, behind
 * `<<` the words of a `+` that no source says. `every`: of the replies each so many-th.
 */
export function ownReplies(name: (typeof REPLIES)[number], every = 1): WordFigures {
  const all: Answered[] = [];
  let evidence: string[] = [];
  for (const line of readLines(join(import.meta.dirname, 'sets', `${name}.txt`))) {
    const [sign, said] = [line[0], line.slice(2).replace(/\\([n\\])/g, (_, sign) => (sign === 'n' ? '\n' : sign))];
    if (sign === '=') evidence = [said];
    else if (sign === '&') evidence.push(said);
    else if (sign !== '#') {
      all.push({ text: said.split(' << ')[0] ?? '', label: sign === '+', sources: sourcesOf(evidence) });
    }
  }
  return figures(eachOf(all, every));
}

/**
 * The figures on a JSON file: `[{ text, evidence?, customer?, label }]`, label true for an unsupported commitment; `evidence` as
 * `sourcesOf` reads it, `customer` a message or a list of them. Throws `DataError`.
 */
export function commitmentFigures(file: string): WordFigures {
  return figures(answeredIn(file));
}

/**
 * The same with a second opinion, which costs calls of the fast model: segment by segment, as a reply asks for it. `done` is told how
 * many answers were looked at, of how many. Throws `DataError`, also where the model does not answer.
 */
export async function commitmentFiguresAsked(
  file: string,
  kind: OpinionKind,
  { model, modelId, done }: { model: Model; modelId: string; done(answers: number, of: number): void },
): Promise<WordFigures> {
  const all = answeredIn(file);
  let looked = 0;
  return figuresOfAll(all, async ({ text, sources, said }) => {
    const acts = await actsOn(kind, { text, sources, said }, async (...asked) => {
      try {
        return await findingsOf(model, modelId, asked, AbortSignal.timeout(LONGEST_ASK_MS));
      } catch (error) {
        throw new DataError(`the fast model gave no opinion on row ${looked + 1} of ${file}: ${error}`);
      }
    });
    looked += 1;
    done(looked, all.length);
    return acts;
  });
}

/** Milliseconds; a conversation waits less. */
const LONGEST_ASK_MS = 30_000;

function answeredIn(file: string): Required<Answered>[] {
  return labelledRows(file).map(({ row: { evidence, customer }, text, label }) => ({
    ...{ text, label, sources: sourcesOf(evidence) },
    said: [customer].flat().filter((said) => typeof said === 'string'),
  }));
}

function figures(all: readonly Answered[]): WordFigures {
  return figuresOf(all, ({ text, sources, said = [] }) => guard.check(text, { ...SEEN, sources, said }));
}
