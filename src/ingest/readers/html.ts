import type { SourceDocument } from '../../knowledge/documents.ts';
import { isWebAddress, languageTag } from '../../knowledge/markdown-document.ts';
import { decodeText } from './decode-text.ts';
import { dropHidden } from './html-hidden.ts';
import { mainContent, pageTitle } from './html-main.ts';
import { htmlToMarkdown } from './html-to-markdown.ts';
import { findAll, findTag, type HtmlElement, parseHtml } from './html-tree.ts';
import { type FileToRead, ReadError } from './read-result.ts';
import { titleFromName } from './title-from-name.ts';

/** The content of a page; its address is `url`, else the canonical link of the page. */
export function readHtml(file: FileToRead): SourceDocument {
  const source = decodeText(file.bytes, charsetOf(file));
  const root = parseHtml(source);
  const html = findTag(root, 'html');
  const head = findTag(root, 'head') ?? root;
  const url = file.url ?? canonicalLink(head);
  const language = languageTag(html?.attributes.lang ?? '');
  dropHidden(root);
  const content = mainContent(root);
  const text = htmlToMarkdown(content, { base: url });
  if (!/[\p{L}\p{N}]/u.test(text)) {
    throw new ReadError('no_text', 'The page has no text of its own: it may be made by a script, or be only a menu.');
  }
  return {
    id: file.name,
    title: pageTitle(head, content) ?? titleFromName(file.name),
    url,
    text,
    ...(language !== null && { language }),
  };
}

/** Of the HTTP header, else of the page's first kilobytes, as browsers look for it. */
function charsetOf({ bytes, contentType }: FileToRead): string | null {
  const header = /charset\s*=\s*"?([\w:.-]+)/i.exec(contentType ?? '')?.[1];
  const start = Buffer.from(bytes.subarray(0, 4096)).toString('latin1');
  return header ?? /<meta\s[^>]{0,200}charset\s*=\s*["']?([\w:.-]+)/i.exec(start)?.[1] ?? null;
}

function canonicalLink(head: HtmlElement): string | null {
  const links = findAll(head, ({ tag, attributes }) => tag === 'link' && attributes.rel?.toLowerCase() === 'canonical');
  const href = links[0]?.attributes.href?.trim() ?? '';
  return isWebAddress(href) ? href : null;
}
