import { codeBlock, escapeStart, escapeText, markdownTable } from './escape-markdown.ts';
import type { PdfBlock } from './pdf-layout.ts';
import { joinLines } from './pdf-lines.ts';

export type PdfPage = { number: number; blocks: PdfBlock[] };

/** A line in another font than the text is a heading up to this length. */
const LONGEST_HEADING = 90;

/** What headings are told by: the size of most of the text, larger ones, largest first, and fonts of little text. */
export type PdfStyles = { size: number; larger: number[]; rare: ReadonlySet<string> };

/**
 * Pages as Markdown, each after a mark with its number. A paragraph that goes on overleaf stays whole, on the page where
 * it begins.
 */
export function pagesToMarkdown(pages: PdfPage[], styles: PdfStyles): string {
  const headed = pages.map((page) => ({ ...page, blocks: withHeadings(page.blocks, styles) }));
  joinAcrossPages(headed);
  const isCompound = compoundsOf(headed);
  return headed
    .map(({ number, blocks }) => [`<!-- page: ${number} -->`, ...blocksToMarkdown(blocks, isCompound)].join('\n\n'))
    .join('\n\n');
}

function withHeadings(blocks: PdfBlock[], styles: PdfStyles): PdfBlock[] {
  return blocks.map((block, at) => {
    if (block.kind !== 'paragraph') return block;
    const rank = styles.larger.findIndex((size) => Math.abs(size - block.size) < 0.5);
    if (rank >= 0 && block.lines.length <= 3)
      return { kind: 'heading', level: Math.min(6, rank + 1), lines: block.lines };
    const next = blocks[at + 1];
    const stands = next !== undefined && !(next.kind === 'paragraph' && next.font === block.font);
    const isOther = block.font !== null && styles.rare.has(block.font);
    const [line = '', ...more] = block.lines;
    const isLine = more.length === 0 && line.length <= LONGEST_HEADING && /\p{L}/u.test(line) && !/[.,;:]$/.test(line);
    const level = Math.min(6, styles.larger.length + 1);
    return isOther && isLine && stands && block.size >= styles.size - 0.5
      ? { kind: 'heading', level, lines: block.lines }
      : block;
  });
}

function joinAcrossPages(pages: PdfPage[]): void {
  for (const [at, page] of pages.entries()) {
    const last = page.blocks.at(-1);
    const first = pages[at + 1]?.blocks[0];
    if (first?.kind !== 'paragraph' || (last?.kind !== 'paragraph' && last?.kind !== 'item')) continue;
    if (/[.!?:。]["”»)]?$/.test(last.lines.at(-1) ?? '') || !/^\p{Ll}/u.test(first.lines[0] ?? '')) continue;
    last.lines.push(...first.lines);
    pages[at + 1]?.blocks.shift();
  }
}

/** Words with a hyphen within a line are written so, and stay so where a line ends in them. */
function compoundsOf(pages: PdfPage[]): (word: string) => boolean {
  const text = pages.flatMap(({ blocks }) =>
    blocks.flatMap((block) => ('lines' in block ? block.lines : block.rows.flat())),
  );
  const compounds = new Set(text.flatMap((line) => line.toLowerCase().match(/\p{L}+-\p{L}+/gu) ?? []));
  return (word) => compounds.has(word);
}

function blocksToMarkdown(blocks: PdfBlock[], isCompound: (word: string) => boolean): string[] {
  const out: string[] = [];
  let list: number[] = [];
  for (const [at, block] of blocks.entries()) {
    if (block.kind !== 'item') list = [];
    if (block.kind === 'code') {
      const before = blocks[at - 1];
      if (before?.kind === 'code') {
        // Some writers tag every line as a paragraph.
        block.lines.unshift(...before.lines);
        out.pop();
      }
      out.push(codeBlock(block.lines.join('\n'), ''));
    } else if (block.kind === 'table') {
      out.push(markdownTable(block.rows.map((row) => row.map(escapeText))));
    } else if (block.kind === 'heading') {
      out.push(`${'#'.repeat(block.level)} ${escapeText(joinLines(block.lines, isCompound))}`);
    } else if (block.kind === 'paragraph') {
      out.push(escapeStart(escapeText(joinLines(block.lines, isCompound))));
    } else {
      const begins = list.length === 0;
      list = [...list.filter((x) => x < block.x - 2), block.x];
      const marker = /^\(?(\d{1,3})/.exec(block.marker)?.[1];
      const text = escapeStart(escapeText(joinLines(block.lines, isCompound)));
      const line = `${'   '.repeat(list.length - 1)}${marker === undefined ? '-' : `${marker}.`} ${text}`;
      if (begins) out.push(line);
      else out.push(`${out.pop()}\n${line}`);
    }
  }
  return out;
}
