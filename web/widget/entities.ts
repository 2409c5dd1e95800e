import { visible } from './visible.ts';

const NAMED: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  euro: '€',
};

/** Resolves numeric and the usual named character references; leaves the others as they are written. */
export function decodeEntities(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,6}));/gi, (whole, hex, decimal, name) => {
    if (name) return NAMED[String(name)] ?? whole;
    const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
    // U+FFFC is the sign of our own marks.
    return code > 0x10ffff || code === 0xfffc ? '\ufffd' : visible(String.fromCodePoint(code));
  });
}
