import { escapeStart, escapeText } from './escape-markdown.ts';

const LONGEST_HEADING = 80;
const LIST_ITEM = /^(\s*)([-*+•‣▪–]|\d{1,3}[.)])\s+(.*)$/;
const UNDERLINE = /^(={3,}|-{3,}|~{3,}|\*{3,})\s*$/;

/**
 * Plain text as Markdown: paragraphs between blank lines, lists by their marks, headings by a line below them or by
 * capitals on a line of their own. Everything else reads as it was written.
 */
export function textToMarkdown(text: string): string {
  const paragraphs = text
    .replace(/\r\n?/g, '\n')
    .replace(/\f/g, '\n\n')
    .split(/\n[^\S\n]*(?:\n[^\S\n]*)+/);
  return paragraphs
    .map(paragraphOf)
    .filter((paragraph) => paragraph !== '')
    .join('\n\n');
}

function paragraphOf(paragraph: string): string {
  const lines = paragraph
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line.trim() !== '');
  const [first = '', second = '', ...rest] = lines;
  if (UNDERLINE.test(second) && first.trim().length <= LONGEST_HEADING && !UNDERLINE.test(first)) {
    const heading = `${second.startsWith('=') ? '#' : '##'} ${escapeText(first.trim())}`;
    return rest.length === 0 ? heading : `${heading}\n\n${paragraphOf(rest.join('\n'))}`;
  }
  if (lines.length === 1 && isCapitals(first)) return `## ${escapeText(first.trim())}`;
  const kept = lines.filter((line) => !UNDERLINE.test(line.trim()));
  return kept.map(lineOf).join('\n');
}

/** `SHIPPING AND RETURNS`, in a script that has capitals. */
function isCapitals(line: string): boolean {
  const text = line.trim();
  if (text.length > LONGEST_HEADING || !/\p{Lu}.*\p{Lu}.*\p{Lu}/u.test(text)) return false;
  return !/\p{Ll}/u.test(text) && !/[.,;]$/.test(text) && !LIST_ITEM.test(line);
}

function lineOf(line: string): string {
  const [, indent = '', mark = '', text = ''] = LIST_ITEM.exec(line) ?? [];
  if (mark === '') return escapeStart(escapeText(line.trim()));
  const depth = Math.min(6, Math.floor(indent.replaceAll('\t', '    ').length / 2) * 2);
  return `${' '.repeat(depth)}${/^\d/.test(mark) ? mark : '-'} ${escapeStart(escapeText(text))}`;
}
