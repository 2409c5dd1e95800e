/** Stands within an address that must not become a link. No text holds it: `visible` removes it. */
const BREAK = '\uFFFB';

/** How a link or an image, and a tag, look as long as their end is missing. */
const OPEN: [string, RegExp][] = [
  ['[', /^\[[^\]]*(?:\](?:\([^)]*)?)?$/],
  ['<', /^<[a-z!/?][^>]*$/i],
];

/**
 * Markdown that is still being written, or was cut short, with its last address broken: half an address is another
 * one. The same goes for what an open link, image or tag at the end holds.
 */
export function breakOpenEnd(text: string): string {
  const at = openEnd(text);
  return text.slice(0, at) + text.slice(at).replace(/:(?=\/\/)|@|www(?=\.)/gi, `$&${BREAK}`);
}

export function isBroken(address: string): boolean {
  return address.includes(BREAK);
}

export function withoutBreaks(text: string): string {
  return text.replaceAll(BREAK, '');
}

function openEnd(text: string): number {
  const word = Math.max(...[' ', '\n', '\t'].map((space) => text.lastIndexOf(space))) + 1;
  const line = text.lastIndexOf('\n') + 1;
  if (/^ {0,3}\[[^\]]*\]:/.test(text.slice(line))) return line;
  const paragraph = text.lastIndexOf('\n\n') + 1;
  const begins = [word];
  for (const [sign, open] of OPEN) {
    const at = text.lastIndexOf(sign);
    if (at >= paragraph && open.test(text.slice(at))) begins.push(at);
  }
  return Math.max(0, Math.min(...begins));
}
