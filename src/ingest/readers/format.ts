import { extname } from 'node:path';
import { looksLikeText } from './decode-text.ts';
import { type FileToRead, ReadError } from './read-result.ts';

export type Format = 'markdown' | 'html' | 'text' | 'table' | 'pdf' | 'docx';

const EXTENSIONS: Record<string, Format> = {
  '.md': 'markdown',
  '.markdown': 'markdown',
  '.html': 'html',
  '.htm': 'html',
  '.xhtml': 'html',
  '.txt': 'text',
  '.csv': 'table',
  '.tsv': 'table',
  '.pdf': 'pdf',
  '.docx': 'docx',
};
const TYPES: Record<string, Format> = {
  'text/html': 'html',
  'application/xhtml+xml': 'html',
  'text/markdown': 'markdown',
  'text/plain': 'text',
  'text/csv': 'table',
  'text/tab-separated-values': 'table',
};

/** What names of files that can be read end in. */
export const readableExtensions: readonly string[] = Object.keys(EXTENSIONS);

/**
 * What the file is: by its first bytes, then by the content type, then by its name. A file that is not what its name
 * says is read as what it is.
 * @throws ReadError `unknown_format` or `encrypted`, with what to do about it
 */
export function formatOf({ name, bytes, contentType }: FileToRead): Format {
  const start = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
  if (start.includes('%PDF-')) return 'pdf';
  if (start.startsWith('PK\x03\x04') || start.startsWith('PK\x05\x06')) return packedFormat(bytes);
  refuseKnown(start, bytes);
  if (!looksLikeText(bytes)) throw unknown('This is no text, whatever its name says');
  if (/^(\xef\xbb\xbf)?\s*(<\?xml[^>]*>\s*)?(<!--[^>]*-->\s*)?<(!doctype\s+html|html)\b/i.test(start)) return 'html';
  const byType = TYPES[(contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? ''];
  const extension = extname(name).toLowerCase();
  const byName = EXTENSIONS[extension];
  const format = byType === 'text' ? (byName ?? byType) : (byType ?? byName);
  if (format === 'pdf' || format === 'docx') throw unknown(`This is text and no ${format.toUpperCase()}`);
  if (format === undefined) throw unknown(extension === '' ? 'The name has no extension' : `${extension} is not read`);
  return format;
}

function packedFormat(bytes: Uint8Array): Format {
  // The names of what is packed stand at the end too, where they are all together.
  const names = Buffer.from(bytes.subarray(-65_536)).toString('latin1');
  if (names.includes('xl/workbook')) throw unknown('This is a spreadsheet: save each sheet as CSV');
  if (names.includes('ppt/presentation')) throw unknown('This is a presentation: save it as PDF');
  if (names.includes('content.xml') && names.includes('META-INF'))
    throw unknown('This is an OpenDocument file: save it as DOCX or PDF');
  return 'docx';
}

/** `{\rtf`, old Office files, pictures and archives. */
function refuseKnown(start: string, bytes: Uint8Array): void {
  if (start.startsWith('{\\rtf')) throw unknown('This is a rich text file: save it as DOCX');
  if (start.startsWith('\xd0\xcf\x11\xe0')) {
    // Office keeps an encrypted document in the container of its old formats.
    if (Buffer.from(bytes).includes(Buffer.from('EncryptedPackage', 'utf16le'))) {
      throw new ReadError('encrypted', 'The document has a password: save it without one.');
    }
    throw unknown('This is a file of an old Office: save it as DOCX, PDF or CSV');
  }
  if (/^(\x89PNG|\xff\xd8\xff|GIF8|RIFF....WEBP)/s.test(start)) throw unknown('This is a picture');
  if (/^(\x1f\x8b|Rar!|7z\xbc\xaf)/.test(start)) throw unknown('This is an archive: unpack it');
}

function unknown(what: string): ReadError {
  return new ReadError('unknown_format', `${what}. Read are ${readableExtensions.join(', ')}.`);
}
