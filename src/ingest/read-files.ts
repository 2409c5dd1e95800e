import { withMarkdown } from './read-markdown.ts';
import type { ReadFile } from './source.ts';

/** Reads files of every known format. `extensions` are those of files that are looked at. */
export type FileReader = { read: ReadFile; extensions: readonly string[]; close(): Promise<void> };

/** Nothing is started before the first file that needs it. */
export function openFileReader(): FileReader {
  return {
    extensions: ['.md'],
    read: withMarkdown(async () => ({ problem: { code: 'unknown_format', message: 'It is no Markdown.' } })),
    async close() {},
  };
}
