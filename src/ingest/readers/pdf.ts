import { getDocumentProxy } from 'unpdf';
import type { SourceDocument } from '../../knowledge/documents.ts';
import { firstHeading, languageTag } from '../../knowledge/markdown-document.ts';
import { blocksOfLines, type PdfBlock } from './pdf-layout.ts';
import { inReadingOrder, linesOf, type PdfLine, type PdfPiece } from './pdf-lines.ts';
import { type PdfStyles, pagesToMarkdown } from './pdf-markdown.ts';
import { dropRunningLines } from './pdf-running-lines.ts';
import { blocksOfTags, type PdfTag } from './pdf-tags.ts';
import { type FileToRead, ReadError } from './read-result.ts';
import { titleFromName } from './title-from-name.ts';

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>;
/** A page as it was drawn; `tagged` are its pieces by the id of their tag. */
type DrawnPage = { pieces: PdfPiece[]; tagged: Map<string, PdfPiece[]>; tree: PdfTag | null; height: number };

/** Smaller letters nobody reads, in points. */
const SMALLEST = 2;
/** The share of letters up to which a font may be that of headings. */
const RARE = 0.15;
/** The share of a page's letters that tags must account for to be believed. */
const TAGGED = 0.6;

/**
 * The text of a PDF, page by page: by its tags where its writer set them, else by how it looks.
 * @throws ReadError `encrypted`, `no_text`, `unreadable`
 */
export async function readPdf(file: FileToRead): Promise<SourceDocument> {
  refuseCutOff(file.bytes);
  const pdf = await openPdf(file.bytes);
  const pages: DrawnPage[] = [];
  for (let number = 1; number <= pdf.numPages; number += 1) pages.push(await readPage(pdf, number));
  const pieces = pages.flatMap((page) => page.pieces);
  if (!pieces.some(({ text }) => /[\p{L}\p{N}]/u.test(text))) {
    const message =
      'The PDF has pictures of text, such as a scan, and no text: run text recognition (OCR) over it first.';
    throw new ReadError('no_text', message);
  }
  const styles = stylesOf(pieces);
  const codeByFont = pieces.filter(({ mono }) => mono).length < pieces.length * 0.5;
  const lines = dropRunningLines(
    pages.map((page) => ({ lines: linesOf(page.pieces), height: page.height })),
    styles.size,
  );
  const blocks = pages.map((page, at) => blocksOf(page, lines[at] ?? [], { codeByFont, bodySize: styles.size }));
  const text = pagesToMarkdown(
    blocks.map((one, at) => ({ number: at + 1, blocks: one })),
    styles,
  );
  const { info } = await pdf.getMetadata();
  const language = languageTag(String((info as { Language?: unknown }).Language ?? ''));
  const named = propertyTitle((info as { Title?: unknown }).Title);
  const title = /^# (.+)/m.exec(text)?.[1] ?? named ?? firstHeading(text) ?? titleFromName(file.name);
  return { id: file.name, title, url: file.url ?? null, text, ...(language !== null && { language }) };
}

/** Readers repair a file without its end and lose pages without a word. */
function refuseCutOff(bytes: Uint8Array): void {
  const end = Buffer.from(bytes.subarray(-2048)).toString('latin1');
  if (end.includes('%%EOF') || end.includes('startxref')) return;
  throw new ReadError('unreadable', 'The PDF is cut off: copy or save it again.');
}

async function openPdf(bytes: Uint8Array): Promise<Pdf> {
  try {
    // A copy, because the library takes the bytes away.
    return await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 });
  } catch (error) {
    if (error instanceof Error && error.name === 'PasswordException') {
      throw new ReadError('encrypted', 'The PDF has a password: save it without one.');
    }
    throw error;
  }
}

async function readPage(pdf: Pdf, number: number): Promise<DrawnPage> {
  const page = await pdf.getPage(number);
  const viewport = page.getViewport({ scale: 1 });
  const content = await page.getTextContent({ includeMarkedContent: true });
  const tree = (await page.getStructTree()) as PdfTag | null;
  const pieces: PdfPiece[] = [];
  const tagged = new Map<string, PdfPiece[]>();
  const open: (string | null)[] = [];
  for (const item of content.items) {
    if (!('str' in item)) {
      if (item.type === 'endMarkedContent') open.pop();
      else open.push((item as { id?: string }).id ?? null);
      continue;
    }
    const piece = pieceOf(item, viewport.transform, content.styles[item.fontName]?.fontFamily === 'monospace');
    if (piece === null) continue;
    pieces.push(piece);
    const id = open.findLast((one) => one !== null);
    if (id != null) tagged.set(id, [...(tagged.get(id) ?? []), piece]);
  }
  page.cleanup();
  return { pieces, tagged, tree, height: viewport.height };
}

type TextItem = { str: string; transform: number[]; width: number; fontName: string };

/** Null for what is turned, such as a watermark, and for what is too small to read. */
function pieceOf(item: TextItem, viewport: number[], mono: boolean): PdfPiece | null {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = viewport;
  const [along = 0, up = 0, , , x = 0, y = 0] = item.transform;
  const right = a * along + c * up;
  const down = b * along + d * up;
  // To half a point: 8.25 and 8.2499 are one size.
  const size = Math.round(Math.hypot(item.transform[2] ?? 0, item.transform[3] ?? 0) * 2 + 0.01) / 2;
  if (item.str === '' || size < SMALLEST || right <= 0 || Math.abs(down) > right * 0.1) return null;
  return {
    text: item.str,
    x: a * x + c * y + e,
    y: b * x + d * y + f,
    width: item.width,
    size,
    font: item.fontName,
    mono,
  };
}

function blocksOf(page: DrawnPage, lines: PdfLine[], look: { codeByFont: boolean; bodySize: number }): PdfBlock[] {
  if (page.tree !== null) {
    const inTags = [...page.tagged.values()].reduce((sum, pieces) => sum + lettersOf(pieces), 0);
    if (inTags >= lettersOf(page.pieces) * TAGGED) {
      const blocks = blocksOfTags(page.tree, { pieces: page.tagged, codeByFont: look.codeByFont });
      if (blocks.length > 0) return blocks;
    }
  }
  return blocksOfLines(inReadingOrder(lines), look);
}

function lettersOf(pieces: PdfPiece[]): number {
  return pieces.reduce((sum, { text }) => sum + text.length, 0);
}

/** Most of the text is body text; headings are larger by at least a tenth. */
function stylesOf(pieces: PdfPiece[]): PdfStyles {
  const sizes = new Map<number, number>();
  const fonts = new Map<string, number>();
  for (const { text, size, font } of pieces) {
    sizes.set(size, (sizes.get(size) ?? 0) + text.length);
    fonts.set(font, (fonts.get(font) ?? 0) + text.length);
  }
  const size = [...sizes].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 12;
  const larger = [...sizes.keys()].filter((one) => one > size * 1.1).sort((a, b) => b - a);
  const letters = lettersOf(pieces);
  const rare = [...fonts].filter(([, count]) => count < letters * RARE).map(([font]) => font);
  return { size, larger, rare: new Set(rare) };
}

/** What a program filled in by itself is no title. */
function propertyTitle(title: unknown): string | null {
  if (typeof title !== 'string') return null;
  const isMade = /^(microsoft (word|powerpoint) - |untitled|document\d*$)|\.(docx?|pdf|indd|odt|html?|pptx?)$/i.test(
    title.trim(),
  );
  return title.trim() === '' || isMade ? null : title.trim();
}
