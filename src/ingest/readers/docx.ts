import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import mammoth from 'mammoth';
import type { SourceDocument } from '../../knowledge/documents.ts';
import { htmlToMarkdown } from './html-to-markdown.ts';
import { findTag, lineOf, parseHtmlPiece } from './html-tree.ts';
import { type FileToRead, type ReadBounds, ReadError, sizeText } from './read-result.ts';
import { titleFromName } from './title-from-name.ts';

/** What text, styles, lists, links and notes are in; pictures stay packed. */
const PARTS = /^(\[Content_Types\]\.xml|_rels\/\.rels|docProps\/core\.xml|word\/[^/]+\.xml|word\/_rels\/[^/]+\.rels)$/;

/** A mark of our own that stands for "not shown". */
const HIDDEN = 'frontdesk-hidden';
const STYLES = [
  `highlight[color='${HIDDEN}'] => !`,
  "p[style-name='Title'] => h1:fresh",
  ...['Code', 'HTML Preformatted', 'Preformatted Text', 'Source Code'].map(
    (name) => `p[style-name='${name}'] => pre:separator('\\n')`,
  ),
];

/** A Word document. Its title is the first of its highest headings, else that of its properties. */
export async function readDocx(file: FileToRead, bounds: ReadBounds): Promise<SourceDocument> {
  const parts = unpack(file.bytes, bounds);
  const hiddenStyles = markHidden(parts);
  const { value } = await mammoth.convertToHtml(
    { buffer: Buffer.from(zipSync(parts, { level: 0 })) },
    {
      styleMap: [...hiddenStyles, ...STYLES],
      includeEmbeddedStyleMap: false,
      convertImage: mammoth.images.imgElement(async () => ({ src: '' })),
    },
  );
  const root = parseHtmlPiece(value);
  const text = htmlToMarkdown(root, { base: null });
  if (!/[\p{L}\p{N}]/u.test(text)) {
    throw new ReadError('no_text', 'The document has no text, only pictures or nothing: write the text into it.');
  }
  const headings = [1, 2, 3, 4, 5, 6].flatMap((level) => findTag(root, `h${level}`) ?? []);
  const title = headings[0] ? lineOf(headings[0]) : '';
  return {
    id: file.name,
    title: title || propertyTitle(parts) || titleFromName(file.name),
    url: file.url ?? null,
    text,
  };
}

type Parts = Record<string, Uint8Array>;

/**
 * The parts that are read. Their sizes are checked as the file states them before anything is unpacked; a part that is
 * larger than stated is an error of the unpacker.
 */
function unpack(bytes: Uint8Array, { maxInflatedBytes }: ReadBounds): Parts {
  let total = 0;
  const parts = unzipSync(bytes, {
    filter: ({ name, originalSize }) => {
      if (!PARTS.test(name)) return false;
      total += originalSize;
      if (total <= maxInflatedBytes) return true;
      const message = `The document unpacks to more than ${sizeText(maxInflatedBytes)}: split it, or save it again in Word.`;
      throw new ReadError('too_large', message);
    },
  });
  if (parts['word/document.xml']) return parts;
  throw new ReadError('unknown_format', 'The file is packed like a Word document but holds none: save it as DOCX.');
}

/**
 * Marks hidden and tiny text with a colour that the style map drops. Gives further lines of that map: one for each style
 * that hides.
 */
function markHidden(parts: Parts): string[] {
  const mark = `<w:highlight w:val="${HIDDEN}"/>`;
  const hides = /<w:vanish(?:\s+w:val="(?:1|true|on)")?\s*\/>|<w:sz\s+w:val="[0-4]"\s*\/>/g;
  for (const [name, part] of Object.entries(parts)) {
    if (!/^word\/(document|footnotes|endnotes)\.xml$/.test(name)) continue;
    const xml = strFromU8(part);
    if (xml.search(hides) >= 0) parts[name] = strToU8(xml.replace(hides, mark));
  }
  const styles = parts['word/styles.xml'];
  return (styles ? strFromU8(styles).split('</w:style>') : []).flatMap((style) => {
    const id = /<w:style\s[^>]*w:styleId="([\w-]+)"/.exec(style)?.[1];
    return id === undefined || style.search(hides) < 0 ? [] : [`r.${id} => !`, `p.${id} => !`];
  });
}

function propertyTitle(parts: Parts): string {
  const properties = parts['docProps/core.xml'];
  const title = properties ? /<dc:title>([^<]*)<\/dc:title>/.exec(strFromU8(properties))?.[1] : undefined;
  return lineOf(parseHtmlPiece(title ?? ''));
}
