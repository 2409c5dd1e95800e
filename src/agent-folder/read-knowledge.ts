import type { SourceDocument } from '../knowledge/documents.ts';
import { type FolderFiles, readText } from './folder-files.ts';
import { type FrontMatter, parseFrontMatter } from './front-matter.ts';
import { didYouMean, type Report } from './problems.ts';

const FIELDS = ['title', 'url'];

/** `knowledge/**\/*.md` as documents, in path order. */
export async function readKnowledge(root: string, files: FolderFiles, report: Report): Promise<SourceDocument[]> {
  const documents: SourceDocument[] = [];
  for (const file of files.knowledge) {
    const text = await readText(root, file, report);
    const document = text === null ? null : documentOf(file, text, report);
    if (document === null) continue;
    const twin = documents.find((other) => other.title === document.title);
    if (twin) {
      const message = `has the same title as knowledge/${twin.id}: a customer cannot tell their citations apart`;
      report.warnings.push({ file, line: 1, message });
    }
    documents.push(document);
  }
  return documents;
}

function documentOf(file: string, text: string, report: Report): SourceDocument | null {
  const front = parseFrontMatter(text);
  const problem = (line: number, message: string) => report.problems.push({ file, line, message });
  for (const { line, message } of front.problems) problem(line, message);
  if (front.problems.length > 0) return null;
  for (const [name, { line }] of front.fields) {
    if (!FIELDS.includes(name)) problem(line, `unknown field "${name}"${didYouMean(name, FIELDS)}`);
  }
  if (front.body.trim() === '') problem(1, 'has no text after the front matter');
  const url = textField(front, 'url', problem);
  if (url !== null && !isWebAddress(url)) {
    problem(lineOf(front, 'url'), `url: expected an http or https address, got ${JSON.stringify(url)}`);
  }
  const title = front.fields.has('title') ? textField(front, 'title', problem) : firstHeading(front.body);
  if (title === null && !front.fields.has('title')) problem(1, 'has no title: add "title:" or a heading');
  return { id: file.slice('knowledge/'.length), title: title ?? '', url, text: front.body };
}

function textField(front: FrontMatter, name: string, problem: (line: number, message: string) => void): string | null {
  const field = front.fields.get(name);
  if (!field) return null;
  if (typeof field.value === 'string' && field.value.trim() !== '') return field.value.trim();
  const quotes = typeof field.value === 'string' || field.value == null ? '' : ' (put it in quotes)';
  problem(field.line, `${name}: expected text, got ${JSON.stringify(field.value ?? null)}${quotes}`);
  return null;
}

function lineOf(front: FrontMatter, name: string): number {
  return front.fields.get(name)?.line ?? 1;
}

function isWebAddress(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}

/** The first Markdown heading outside a code block. */
function firstHeading(body: string): string | null {
  let fenced = false;
  for (const line of body.split('\n')) {
    if (/^\s{0,3}(```|~~~)/.test(line)) fenced = !fenced;
    const heading = fenced ? null : /^\s{0,3}#{1,6}\s+(.+?)[\s#]*$/.exec(line);
    if (heading?.[1]) return heading[1];
  }
  return null;
}
