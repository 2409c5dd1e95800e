import type { SourceDocument } from '../../knowledge/documents.ts';
import { firstHeading, isWebAddress, markdownDocument } from '../../knowledge/markdown-document.ts';
import { cleanText } from '../../language/invisible.ts';
import { decodeText } from './decode-text.ts';
import { formatOf } from './format.ts';
import { textToMarkdown } from './plain-text.ts';
import {
  type FileToRead,
  type ReadBounds,
  ReadError,
  type ReadProblem,
  type ReadResult,
  tooLarge,
} from './read-result.ts';
import { titleFromName } from './title-from-name.ts';

/**
 * A file as documents in Markdown, or why not. Never throws for what a file holds, but may take long, or all memory: see
 * `createReader`.
 */
export async function readFile(file: FileToRead, bounds: ReadBounds): Promise<ReadResult> {
  try {
    if (file.bytes.length > bounds.maxBytes) {
      return { problem: tooLarge(file.bytes.length, bounds.maxBytes) };
    }
    if (!file.bytes.some((byte) => byte > 32)) throw new ReadError('no_text', 'The file is empty: fill or remove it.');
    const documents = (await readFormat(file, bounds)).map(finished);
    const length = documents.reduce((sum, { text }) => sum + text.length, 0);
    if (length > bounds.maxTextLength) {
      const most = bounds.maxTextLength.toLocaleString('en');
      throw new ReadError(
        'too_large',
        `The file has ${length.toLocaleString('en')} characters of text, and ${most} are read: split it.`,
      );
    }
    return { documents };
  } catch (error) {
    return { problem: problemOf(error) };
  }
}

/** What a library threw is said too, in short: it may tell whoever made the file what to look for. */
function problemOf(error: unknown): ReadProblem {
  if (error instanceof ReadError) return { code: error.code, message: error.message };
  if (error instanceof RangeError && error.message.includes('call stack')) {
    return { code: 'unreadable', message: 'The file is nested too deeply: save it in a simpler form.' };
  }
  const reason = (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').slice(0, 100);
  return { code: 'unreadable', message: `The file is broken: open and save it again, or replace it (${reason}).` };
}

/** The readers of packed formats are loaded with the first file that needs them: they take up to 250 ms and 50 MB. */
async function readFormat(file: FileToRead, bounds: ReadBounds): Promise<SourceDocument[]> {
  switch (formatOf(file)) {
    case 'pdf':
      return [await (await import('./pdf.ts')).readPdf(file)];
    case 'docx':
      return [await (await import('./docx.ts')).readDocx(file, bounds)];
    case 'html':
      return [(await import('./html.ts')).readHtml(file)];
    case 'table':
      return (await import('./table-file.ts')).readTable(file.name, textOf(file));
    case 'text':
      return [readText(file)];
    case 'markdown':
      return [readMarkdown(file)];
  }
}

function textOf(file: FileToRead): string {
  const charset = /charset\s*=\s*"?([\w:.-]+)/i.exec(file.contentType ?? '')?.[1];
  return decodeText(file.bytes, charset ?? null);
}

function readText(file: FileToRead): SourceDocument {
  const text = textToMarkdown(textOf(file));
  return { id: file.name, title: firstHeading(text) ?? titleFromName(file.name), url: file.url ?? null, text };
}

/** Unlike in an agent folder, an article without a title is named after its file. */
function readMarkdown(file: FileToRead): SourceDocument {
  const problems: string[] = [];
  const text = textOf(file).replace(/\r\n?/g, '\n');
  const article = { id: file.name, text, untitled: titleFromName(file.name) };
  const document = markdownDocument(article, (line, message) => problems.push(`line ${line}: ${message}`));
  if (document === null || problems.length > 0) {
    throw new ReadError('bad_front_matter', `Mend the front matter (${problems.join('; ')}).`);
  }
  return { ...document, url: document.url ?? file.url ?? null };
}

function finished(document: SourceDocument): SourceDocument {
  const url = document.url !== null && isWebAddress(document.url) ? document.url : null;
  return { ...document, url, title: plainText(document.title), text: `${plainText(document.text)}\n` };
}

/** Spaces and hyphens that only keep a line from breaking become those that are typed into a search. */
function plainText(text: string): string {
  return cleanText(text)
    .replace(/[\u00a0\u202f]/g, ' ')
    .replaceAll('\u2011', '-')
    .trim();
}
