import { didYouMean } from '../language/did-you-mean.ts';
import type { Labels, SourceDocument } from './documents.ts';
import { type FrontMatter, parseFrontMatter } from './front-matter.ts';

const FIELDS = ['title', 'url', 'language', 'labels'];

type Report = (line: number, message: string) => void;

/** `untitled`: what an article without title and heading is called; without it that is a problem. */
type Article = { id: string; text: string; untitled?: string };

/**
 * An article in Markdown, with or without front matter: `title` (else the first heading), `url`, `language`, `labels`.
 * Everything that is wrong with it goes to `problem`, with the line in the file; null where nothing could be read.
 */
export function markdownDocument(article: Article, problem: Report): SourceDocument | null {
  const front = parseFrontMatter(article.text);
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
  const named = firstHeading(front.body) ?? article.untitled ?? null;
  const title = front.fields.has('title') ? textField(front, 'title', problem) : named;
  if (title === null && !front.fields.has('title')) problem(1, 'has no title: add "title:" or a heading');
  const language = languageField(front, problem);
  const labels = labelsField(front, problem);
  return {
    id: article.id,
    title: title ?? '',
    url,
    text: front.body,
    ...(language !== null && { language }),
    ...(labels !== null && { labels }),
  };
}

/** An address that a citation may open. */
export function isWebAddress(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}

/** The BCP 47 tag in its usual spelling, such as `pt-BR`; null where it is none. */
export function languageTag(tag: string): string | null {
  try {
    return Intl.getCanonicalLocales(tag.trim().replaceAll('_', '-'))[0] ?? null;
  } catch {
    return null;
  }
}

/** The first Markdown heading outside a code block. */
export function firstHeading(body: string): string | null {
  let fenced = false;
  for (const line of body.split('\n')) {
    if (/^\s{0,3}(```|~~~)/.test(line)) fenced = !fenced;
    const heading = fenced ? null : /^\s{0,3}#{1,6}\s+(.+?)[\s#]*$/.exec(line);
    if (heading?.[1]) return heading[1];
  }
  return null;
}

function textField(front: FrontMatter, name: string, problem: Report): string | null {
  const field = front.fields.get(name);
  return field ? checkedText(field.value, name, (message) => problem(field.line, message)) : null;
}

function checkedText(value: unknown, name: string, problem: (message: string) => void): string | null {
  if (typeof value === 'string' && value.trim() !== '') return value.trim();
  const quotes = typeof value === 'string' || value == null ? '' : ' (put it in quotes)';
  problem(`${name}: expected text, got ${JSON.stringify(value ?? null)}${quotes}`);
  return null;
}

function languageField(front: FrontMatter, problem: Report): string | null {
  const text = textField(front, 'language', problem);
  if (text === null) return null;
  const tag = languageTag(text);
  if (tag === null) {
    const message = `language: expected a language code such as "es" or "pt-BR", got ${JSON.stringify(text)}`;
    problem(lineOf(front, 'language'), message);
  }
  return tag;
}

/** `labels:` is a map of texts, such as `{ product: e-bike, audience: dealers }`. */
function labelsField(front: FrontMatter, problem: Report): Labels | null {
  const field = front.fields.get('labels');
  if (!field) return null;
  const map = field.value;
  if (typeof map !== 'object' || map === null || Array.isArray(map)) {
    const got = JSON.stringify(map ?? null);
    problem(field.line, `labels: expected names with values, such as { product: e-bike }, got ${got}`);
    return null;
  }
  const labels = Object.entries(map).flatMap(([name, value]) => {
    const text = checkedText(value, `labels: ${name}`, (message) => problem(field.line, message));
    return text === null ? [] : [[name, text] as const];
  });
  return Object.fromEntries(labels);
}

function lineOf(front: FrontMatter, name: string): number {
  return front.fields.get(name)?.line ?? 1;
}
