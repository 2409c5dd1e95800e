import { extname } from 'node:path';
import { createReader, defaultBounds, readableExtensions } from './reader.ts';
import type { ReadFile } from './source.ts';

/** Reads files of every known format. `extensions` are those of files that are looked at. */
export type FileReader = { read: ReadFile; extensions: readonly string[]; close(): Promise<void> };

const MARKDOWN = ['.md', '.markdown'];

/**
 * Files that anybody may have made are read in processes of their own, at most `workers`, which start with the first one.
 * With `trusted` Markdown is read here, as the company's own.
 */
export function openFileReader({ workers, trusted }: { workers: number; trusted: boolean }): FileReader {
  const reader = createReader({ workers });
  return {
    extensions: readableExtensions,
    async read(file) {
      const isOwn = trusted && MARKDOWN.includes(extname(file.name).toLowerCase()) && !file.contentType;
      if (!isOwn) return reader.read(file);
      // A start with nothing to read does without it.
      const { readFile } = await import('./readers/read-file.ts');
      return readFile(file, defaultBounds);
    },
    close: () => reader.close(),
  };
}
