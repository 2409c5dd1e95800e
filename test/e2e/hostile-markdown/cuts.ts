/** Beyond this length a text is cut at places that are spread over it: at every character it would take minutes. */
const EVERY_CUT = 1_000;
const SPREAD = 6;

/**
 * Everything that a page may hold of a text while it arrives: cut at every character, even in the middle of a pair, and
 * at every byte, decoded as the client does.
 */
export function cutsOf(text: string): string[] {
  if (text.length > EVERY_CUT) {
    return Array.from({ length: SPREAD }, (_, part) => text.slice(0, Math.ceil((text.length * (part + 1)) / SPREAD)));
  }
  const characters = Array.from({ length: text.length + 1 }, (_, end) => text.slice(0, end));
  return [...new Set([...characters, ...bytesOf(text)])].sort((a, b) => a.length - b.length);
}

function bytesOf(text: string): string[] {
  const decoder = new TextDecoder();
  let decoded = '';
  return [...new TextEncoder().encode(text)].map((byte) => {
    decoded += decoder.decode(Uint8Array.of(byte), { stream: true });
    return decoded;
  });
}
