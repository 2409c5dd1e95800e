import { cleanText } from '../language/invisible.ts';
import { splitSentences } from '../language/sentences.ts';
import type { Passage, SourceDocument } from './documents.ts';
import { type Block, readBlocks } from './markdown.ts';
import { summaryOf } from './summaries.ts';

/** Sizes in words. A passage is cut at a block from `ENOUGH` on, and before it would go over `FULL`. */
const ENOUGH = 80;
const FULL = 120;
/** A block that does not fit starts the next passage when this one has at least so much, else it is cut itself. */
const HALF = 40;
/** A rest smaller than this joins the passage before it. */
const REST = 20;
/** Code stays in one piece up to this size; longer code is cut at line ends. */
const LONGEST_CODE = 300;
/** Where a long text may be cut; in the middle of a word or line only where it is endless, such as encoded data. */
const WORDS = /\S{1,1000}\s*|\s+/gu;
const LINES = /[^\n]{1,3000}\n?|\n/gu;

type Sentence = { text: string; size: number; page: number | null };
type Section = { headings: string[]; blocks: Sentence[][]; asked: string[] };

/**
 * Cuts a document into passages of about 80 to 120 words that do not cross headings. Every sentence, list item, table
 * row and piece of code is in exactly one passage, in order; the sentences of all passages joined are `plainText` of the
 * document without its headings. A heading that nothing stands under becomes a passage itself.
 */
export function chunkDocument(document: SourceDocument): Passage[] {
  const title = cleanText(document.title).trim();
  const passages = readSections(document.text, title).flatMap(({ headings, blocks, asked }) =>
    cutSection(blocks).map((sentences) => ({ headings, sentences, asked })),
  );
  return passages.map(({ headings, sentences, asked }, index) => ({
    id: `${document.id}#${index + 1}`,
    documentId: document.id,
    title,
    headings,
    url: document.url,
    sentences: sentences.map(({ text }) => text),
    asked: [
      ...asked,
      ...summaryOf(
        document,
        sentences.map(({ text }) => text),
      ),
    ],
    language: document.language ?? null,
    labels: document.labels ?? {},
    page: sentences[0]?.page ?? null,
  }));
}

function readSections(markdown: string, title: string): Section[] {
  const blocks = readBlocks(markdown);
  const sections: Section[] = [];
  let trail: { level: number; text: string }[] = [];
  let section: Section | null = null;
  let page: number | null = null;
  blocks.forEach((block, index) => {
    const before = page;
    page = block.pages?.at(-1)?.page ?? page;
    if (block.kind === 'heading') {
      trail = trail.filter((heading) => heading.level < block.level);
      const isLeaf = !hasBody(blocks, index, block.level);
      if (!isLeaf) trail.push({ level: block.level, text: block.text.trim() });
      section = null;
      if (!isLeaf) return;
    }
    if (section === null) {
      const headings = trail.map((heading) => heading.text).filter((text) => !sameText(text, title));
      section = { headings, blocks: [], asked: [] };
      sections.push(section);
    }
    if (block.kind === 'asked') section.asked.push(...linesOf(block.text));
    else section.blocks.push(sentencesOf(block, before));
  });
  return sections;
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function hasBody(blocks: Block[], index: number, level: number): boolean {
  let at = index + 1;
  while (blocks[at]?.kind === 'asked') at += 1;
  const next = blocks[at];
  return next !== undefined && (next.kind !== 'heading' || next.level > level);
}

function sameText(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** `page`: the one that the block begins on, unless it has a mark of its own. */
function sentencesOf(block: Block, page: number | null): Sentence[] {
  const whole = [block.text];
  const texts =
    block.kind === 'paragraph'
      ? splitSentences(block.text).flatMap((text) => cutLong(text, FULL, WORDS))
      : whole.flatMap((text) => cutLong(text, LONGEST_CODE, LINES));
  let at = 0;
  return texts.map((text) => {
    const begun = block.pages?.findLast((mark) => mark.at <= at)?.page ?? page;
    at += text.length;
    return { text, size: sizeOf(text), page: begun };
  });
}

/** Words; by length where a text has few spaces, such as Japanese. */
function sizeOf(text: string): number {
  return Math.max(text.match(/\S+/g)?.length ?? 0, text.length / 12);
}

/** Cuts a text that is larger than `limit` at the ends of `pieces`, into parts that hold more than white space. */
function cutLong(text: string, limit: number, pieces: RegExp): string[] {
  if (sizeOf(text) <= limit) return [text];
  const parts: string[] = [];
  let part = '';
  let size = 0;
  for (const piece of text.match(pieces) ?? []) {
    const pieceSize = sizeOf(piece);
    if (size > 0 && pieceSize > 0 && piece.trim() !== '' && size + pieceSize > limit && part.trim() !== '') {
      parts.push(part);
      part = '';
      size = 0;
    }
    part += piece;
    size += pieceSize;
  }
  return [...parts, part];
}

function cutSection(blocks: Sentence[][]): Sentence[][] {
  const passages: Sentence[][] = [];
  let current: Sentence[] = [];
  let size = 0;
  const cut = () => {
    if (current.length > 0) passages.push(current);
    current = [];
    size = 0;
  };
  for (const block of blocks) {
    const leadsIn = current.at(-1)?.text.trimEnd().endsWith(':') ?? false;
    const fits = size + total(block) <= FULL;
    if (!leadsIn && (size >= ENOUGH || (!fits && size >= HALF))) cut();
    for (const sentence of block) {
      if (size + sentence.size > FULL) cut();
      current.push(sentence);
      size += sentence.size;
    }
  }
  cut();
  return joinRest(passages);
}

function joinRest(passages: Sentence[][]): Sentence[][] {
  const rest = passages.at(-1);
  const previous = passages.at(-2);
  if (!rest || !previous || total(rest) >= REST || total(previous) > FULL) return passages;
  return [...passages.slice(0, -2), [...previous, ...rest]];
}

function total(sentences: Sentence[]): number {
  return sentences.reduce((sum, sentence) => sum + sentence.size, 0);
}
