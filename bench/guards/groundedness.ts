import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Guard, Seen, Source } from '../../src/agent/guard.ts';
import { groundednessGuard } from '../../src/guards/groundedness.ts';
import { chunkDocument } from '../../src/knowledge/chunk.ts';
import { markdownDocument } from '../../src/knowledge/markdown-document.ts';
import { type LabelledRow, labelledRows, readLines, sourcesOf } from './sets.ts';
import { figuresOf, type Labelled, SEEN, verdictOf, type WordFigures } from './words.ts';

const OWN = join(import.meta.dirname, 'sets', 'groundedness.txt');
const EXAMPLES = join(import.meta.dirname, '..', '..', 'examples');
/** Marks as an agent does that says nothing of it. */
const GUARD: Guard = groundednessGuard({ threshold: 0.5, replace: false });

/**
 * The figures of groundedness on our own set. A block of it begins with its evidence: `@` and folders of the examples, or `=` and a
 * text; `?` is what the customer asks, `-` a sentence that the evidence supports, `+` one that it does not.
 */
export function groundednessFigures(half?: 'tuned' | 'kept'): WordFigures {
  return figuresOf(halfOf(groundednessRows(), half), (row) => verdictOf(GUARD, row));
}

function groundednessRows(): Labelled[] {
  const rows: Labelled[] = [];
  let seen: Seen = SEEN;
  let fresh = false;
  for (const line of readLines(OWN)) {
    const [mark, text] = [line[0] ?? '', line.slice(2).trim()];
    if (mark === '@' || mark === '=') {
      const sources = mark === '@' ? text.split(' ').flatMap(sourcesIn) : text === '' ? [] : [source('passage', text)];
      seen = { ...SEEN, company: 'Acme', sources: fresh ? [...seen.sources, ...sources] : sources };
      fresh = true;
      continue;
    }
    fresh = false;
    if (mark === '?') seen = { ...seen, question: text, said: [text] };
    else rows.push({ text, label: mark === '+', seen });
  }
  return rows;
}

/** The same on a JSON file: `[{ text, evidence?, question?, label }]`, label true where the evidence does not support the text. Throws `DataError`. */
export function groundednessFiguresOf(file: string): WordFigures {
  return figuresOf(labelledRows(file).map(labelled), (row) => verdictOf(GUARD, row));
}

function halfOf(rows: Labelled[], half: 'tuned' | 'kept' | undefined): Labelled[] {
  return rows.filter((_, at) => half === undefined || (at % 2 === 0) === (half === 'tuned'));
}

function labelled({ text, label, row: { evidence, question } }: LabelledRow): Labelled {
  const asked = typeof question === 'string' ? { question, said: [question] } : {};
  return { text, label, seen: { ...SEEN, sources: sourcesOf(evidence), ...asked } };
}

function source(kind: Source['kind'], text: string): Source {
  return { kind, from: '', version: '1', text };
}

function sourcesIn(folder: string): Source[] {
  const path = join(EXAMPLES, folder);
  const files = readdirSync(path, { recursive: true, encoding: 'utf8' }).sort();
  return files
    .map((file) => join(path, file))
    .filter((file) => statSync(file).isFile() && file.endsWith('.md'))
    .flatMap((file) => {
      const text = readFileSync(file, 'utf8');
      if (folder.endsWith('/context')) return [source('context', text)];
      const document = markdownDocument({ id: file, text }, () => undefined);
      const passages = document ? chunkDocument(document) : [];
      return passages.map(({ title, sentences }) => source('passage', `${title}\n${sentences.join('')}`));
    });
}
