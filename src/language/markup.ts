import { Parser } from 'htmlparser2';

/** Elements of HTML; what stands in brackets else, such as `List<String>`, is text. */
const ELEMENTS = new Set(
  (
    'a abbr address article aside audio b base bdi bdo big blockquote body br button canvas caption center cite code col colgroup ' +
    'data datalist dd del details dfn dialog div dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 ' +
    'h4 h5 h6 head header hr html i iframe img input ins kbd label legend li link main map mark marquee math menu meta meter nav ' +
    'noscript object ol optgroup option output p param picture portal pre progress q rp rt ruby s samp script section select slot ' +
    'small source span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr track ' +
    'tt u ul var video wbr xmp'
  ).split(' '),
);
/** Elements whose content nobody reads. */
const UNREAD = new Set(
  'script style template noscript iframe frame object embed svg math canvas audio video picture head datalist map'.split(
    ' ',
  ),
);
/** Elements without an end. */
const VOID = new Set('base br col embed frame hr img input link meta param source track wbr'.split(' '));
const BLOCKS =
  /^(?:address|article|aside|blockquote|br|caption|dd|details|div|dl|dt|figcaption|footer|form|h[1-6]|header|hr|li|main|nav|ol|p|pre|section|table|td|th|tr|ul)$/;
const HIDING =
  /display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?:[;\s]|\.0*(?!\d)|$)|font-size\s*:\s*0(?:[a-z%;\s]|$)|(?:width|height)\s*:\s*0(?:px)?\s*(?:;|$)|text-indent\s*:\s*-\d{3}/i;
/** Attributes that stand without a value; others without one are words of a comparison such as `x <b and c> d`. */
const BARE =
  /^(?:hidden|disabled|checked|selected|required|readonly|multiple|open|async|defer|controls|nowrap|itemscope|download)$/;

const TAG = /<[!/?]?[a-z!-]/i;
const CODE = /(```[\s\S]*?(?:```|$)|`[^`\n]{1,2000}`)/;
const LABEL = '\\[((?:[^\\[\\]\\n\\\\]|\\\\.){0,500})\\]';
const IMAGE = new RegExp(
  `!${LABEL}(?:\\([^()\\n]{0,2000}(?:\\([^()\\n]{0,500}\\)[^()\\n]{0,500})?\\)|\\[[^\\[\\]\\n]{0,500}\\])`,
  'g',
);
const ACTIVE_LINK = new RegExp(
  `${LABEL}\\(\\s{0,20}<?(?:data|javascript|vbscript|file|blob):[^()\\n]{0,2000}(?:\\([^()\\n]{0,500}\\)[^()\\n]{0,500}){0,8}\\)`,
  'gi',
);
const ACTIVE_DEFINITION = /^ {0,3}\[[^\]\n]{1,500}\]: {0,20}<?(?:data|javascript|vbscript|file|blob):[^\n]{0,2000}$/gim;

/**
 * A text without what is markup and not words: HTML with its scripts, styles, comments and hidden parts, pictures of Markdown
 * (what they are called stays), links that would run something. Code between backticks, comparisons (`a < b`) and brackets that
 * are no element of HTML stay. Takes time linear in the text.
 */
export function withoutMarkup(text: string): string {
  if (!TAG.test(text) && !text.includes('](') && !text.includes('![') && !text.includes(']:')) return text;
  return text
    .split(CODE)
    .map((part, at) => (at % 2 === 1 ? part : withoutPictures(TAG.test(part) ? withoutHtml(part) : part)))
    .join('');
}

const HIDES = new RegExp(`\\bhidden\\b|style\\s*=|<(?:${[...UNREAD].join('|')})\\b`, 'i');

/** Markdown without the parts of its HTML that nobody reads: hidden elements, scripts, styles. All else stays as it is written. */
export function withoutHidden(markdown: string): string {
  if (!HIDES.test(markdown) || !TAG.test(markdown)) return markdown;
  return markdown
    .split(CODE)
    .map((part, at) => (at % 2 === 0 && HIDES.test(part) ? withoutHtml(part, true) : part))
    .join('');
}

function withoutPictures(text: string): string {
  return text.replace(IMAGE, '$1').replace(ACTIVE_LINK, '$1').replace(ACTIVE_DEFINITION, '');
}

/** `keepsTags`: only what is hidden goes. */
function withoutHtml(text: string, keepsTags = false): string {
  const kept: string[] = [];
  /** Open elements since one whose content is left out, that one first. */
  let unread: string[] = [];
  const keep = (part: string) => {
    if (unread.length === 0) kept.push(part);
  };
  const written = () => text.slice(parser.startIndex, parser.endIndex + 1);
  const parser = new Parser(
    {
      onopentag(name, attributes, isImplied) {
        if (isImplied) return;
        if (!isElement(name, attributes)) return keep(written());
        const tag = written();
        const isVoid = VOID.has(name);
        if (unread.length > 0) {
          if (!isVoid) unread.push(name);
        } else if (!isVoid && (UNREAD.has(name) || isHidden(attributes))) unread = [name];
        else if (keepsTags) keep(tag);
        else if (BLOCKS.test(name)) keep('\n');
      },
      onclosetag(name, isImplied) {
        if (unread.length > 0) {
          const at = unread.lastIndexOf(name);
          if (at >= 0) unread.length = at;
        } else if (isImplied) return;
        else if (keepsTags || !ELEMENTS.has(name)) keep(written());
        else if (BLOCKS.test(name) && name !== 'br') keep('\n');
      },
      ontext: keep,
      oncomment() {
        if (keepsTags) keep(written());
      },
    },
    { decodeEntities: false },
  );
  // What no bracket closes is no element.
  const end = text.lastIndexOf('>') + 1;
  parser.write(text.slice(0, end));
  keep(keepsTags ? text.slice(end) : text.slice(end).replace(/<!--[\s\S]*$/, ''));
  parser.end();
  if (keepsTags) return kept.join('');
  return kept.join('').replace(/[ \t]{0,80}\n(?:[ \t]{0,80}\n){2,}/g, '\n\n');
}

function isElement(name: string, attributes: Readonly<Record<string, string>>): boolean {
  return (
    ELEMENTS.has(name) &&
    Object.entries(attributes).every(
      ([field, value]) => value !== '' || BARE.test(field) || field.includes('-') || field === 'alt',
    )
  );
}

function isHidden(attributes: Readonly<Record<string, string>>): boolean {
  const { hidden, style = '', 'aria-hidden': aria } = attributes;
  return hidden !== undefined || aria === 'true' || HIDING.test(style);
}
