import type { SourceDocument } from '../../knowledge/documents.ts';

/**
 * A file, or a page of the web. `name` becomes the document's id; its extension tells the format where the bytes do not.
 * `contentType` is the HTTP header, type and charset.
 */
export type FileToRead = { name: string; bytes: Uint8Array; url?: string | null; contentType?: string | null };

export type ReadProblemCode =
  | 'too_large'
  | 'took_too_long'
  | 'out_of_memory'
  | 'encrypted'
  | 'no_text'
  | 'unreadable'
  | 'unknown_format'
  | 'unknown_encoding'
  | 'bad_front_matter'
  | 'interrupted';

/** Why a file could not be read. `message` is a sentence or two that say what to do. */
export type ReadProblem = { code: ReadProblemCode; message: string };

export type ReadResult = { documents: SourceDocument[] } | { problem: ReadProblem };

/** What one file may cost. */
export type ReadBounds = {
  /** Of the file. */
  maxBytes: number;
  /** Of what is packed in a DOCX, unpacked. */
  maxInflatedBytes: number;
  /** Of the Markdown that comes out, in UTF-16 code units. */
  maxTextLength: number;
  timeMs: number;
  /** Of the reading process as a whole; it begins with about 90 MB. */
  memoryBytes: number;
};

const MB = 1024 * 1024;

export const defaultBounds: ReadBounds = {
  maxBytes: 50 * MB,
  maxInflatedBytes: 100 * MB,
  maxTextLength: 10_000_000,
  timeMs: 60_000,
  memoryBytes: 700 * MB,
};

/** Carries a problem out of the depths of a reader; `readFile` makes it a value. */
export class ReadError extends Error {
  override name = 'ReadError';
  readonly code: ReadProblemCode;
  constructor(code: ReadProblemCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** `12 MB`, `3.4 MB`, `800 bytes`. */
export function sizeText(bytes: number): string {
  if (bytes < MB / 10) return `${bytes.toLocaleString('en')} bytes`;
  const size = bytes / MB;
  return `${size < 10 ? size.toFixed(1).replace(/\.0$/, '') : Math.round(size)} MB`;
}

export function tooLarge(size: number, most: number): ReadProblem {
  return {
    code: 'too_large',
    message: `The file has ${sizeText(size)}, and at most ${sizeText(most)} are read: split it.`,
  };
}
