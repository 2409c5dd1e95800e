/** Words of a quote's beginning and end that a browser looks for. */
const WORDS = 6;
/** A shorter quote is looked for whole. */
const SHORT = 2 * WORDS;

/**
 * The address that opens a source where the quote stands: `#page=3` for what has pages, and for a web page the quote's
 * first and last words, which browsers look for and mark. An address that has a fragment of its own keeps it, since the
 * site reads it.
 */
export function sourceLink(source: { url: string | null; page: number | null; quote: string }): string | null {
  const { url, page, quote } = source;
  if (url === null || url.includes('#')) return url;
  if (page !== null) return `${url}#page=${page}`;
  const words = fragmentOf(quote);
  return words === null || !/^https?:/i.test(url) ? url : `${url}#:~:text=${words}`;
}

/** A text directive. Null for several lines, whose signs for lists and tables a page does not show as they are here. */
function fragmentOf(quote: string): string | null {
  if (/[\n|]/.test(quote)) return null;
  const words = quote.replace(/^(?:-|\d{1,9}\.) /, '').split(/\s+/);
  if (words.length <= SHORT) return encoded(words);
  return `${encoded(words.slice(0, WORDS))},${encoded(words.slice(-WORDS))}`;
}

/** A dash, a comma and an ampersand are signs of the directive itself. */
function encoded(words: readonly string[]): string {
  return encodeURIComponent(words.join(' ').toWellFormed()).replaceAll('-', '%2D');
}
