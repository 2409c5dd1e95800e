import { type Document, isCollection, isMap, isScalar, LineCounter, parseDocument } from 'yaml';

/** The `---` block at the top of a Markdown file. Lines count from 1 in the file. */
export type FrontMatter = {
  fields: Map<string, { value: unknown; line: number }>;
  /** The text after the block. */
  body: string;
  problems: { line: number; message: string }[];
};

/** Splits a Markdown file. A file that does not begin with `---` is all body. Never throws. */
export function parseFrontMatter(text: string): FrontMatter {
  const fields: FrontMatter['fields'] = new Map();
  if (!/^---[ \t]*(\n|$)/.test(text)) return { fields, body: text, problems: [] };
  const lines = text.split('\n');
  const end = lines.findIndex((line, index) => index > 0 && /^(---|\.\.\.)[ \t]*$/.test(line));
  if (end < 0) {
    return { fields, body: '', problems: [{ line: 1, message: 'the front matter is not closed: add a line "---"' }] };
  }
  const body = lines.slice(end + 1).join('\n');
  return { fields, body, problems: readFields(lines.slice(1, end).join('\n'), fields) };
}

/** The YAML begins on the file's second line. */
function readFields(yaml: string, fields: FrontMatter['fields']): FrontMatter['problems'] {
  const counter = new LineCounter();
  const lineAt = (offset: number) => counter.linePos(offset).line + 1;
  const document = parseDocument(yaml, { lineCounter: counter, prettyErrors: false });
  const errors = [...document.errors, ...document.warnings];
  if (errors.length > 0) {
    return errors.map(({ pos, message }) => ({
      line: lineAt(pos[0]),
      message: `invalid front matter: ${hint(message)}`,
    }));
  }
  if (document.contents === null) return [];
  if (!isMap(document.contents))
    return [{ line: 2, message: 'the front matter must be fields, such as "title: Claims"' }];
  const problems: FrontMatter['problems'] = [];
  for (const pair of document.contents.items) {
    const key = isScalar(pair.key) ? pair.key : null;
    const name = String(key?.value ?? pair.key);
    const line = lineAt(key?.range?.[0] ?? 0);
    try {
      fields.set(name, { value: plainValue(document, name), line });
    } catch {
      problems.push({ line, message: `invalid front matter: "${name}" repeats too many aliases` });
    }
  }
  return problems;
}

/** Throws where aliases within aliases would grow without end. */
function plainValue(document: Document, name: string): unknown {
  const value = document.get(name);
  return isCollection(value) ? value.toJS(document) : value;
}

function hint(message: string): string {
  const colon = /Nested mappings|Implicit keys|compact mapping/i.test(message);
  return colon ? `${message} (a value with a colon needs quotes)` : message;
}
