import { markdownDocument } from '../knowledge/markdown-document.ts';
import type { ReadFile } from './source.ts';

/**
 * Reads the company's own Markdown here, without a process that guards against hostile files; everything else goes to
 * `read`. What is wrong is told with its lines.
 */
export function withMarkdown(read: ReadFile): ReadFile {
  return async (file) => {
    if (!/\.(md|markdown)$/i.test(file.name)) return read(file);
    let text: string;
    try {
      text = new TextDecoder('utf-8', { fatal: true }).decode(file.bytes).replaceAll('\r\n', '\n');
    } catch {
      return { problem: { code: 'unknown_encoding', message: 'It is not UTF-8 text.' } };
    }
    if (text.trim() === '') return { problem: { code: 'no_text', message: 'It is empty.' } };
    const problems: string[] = [];
    const document = markdownDocument({ id: file.name, text }, (line, message) =>
      problems.push(`line ${line}: ${message}`),
    );
    if (document === null || problems.length > 0) {
      return { problem: { code: 'bad_front_matter', message: problems.join('; ') } };
    }
    return { documents: [document] };
  };
}
