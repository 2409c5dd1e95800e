import { analyse } from 'chardet';
import { ReadError } from './read-result.ts';

/** Below this many percent a guessed encoding is not used. */
const SURE = 25;
/** A guess needs no more than so much of the file. */
const SAMPLE = 200_000;
const WESTERN = /^(iso-8859-1|iso-8859-15|windows-1252)$/i;

/**
 * Bytes as text. A byte order mark is believed first, then whether it is valid UTF-8, then `declared` (of the header or
 * a meta element), then a guess; UTF-8 with a few stray bytes of Windows-1252 in it is read as both.
 * @throws ReadError `unknown_encoding` where no guess is good: wrong letters would be found and quoted for years.
 */
export function decodeText(bytes: Uint8Array, declared: string | null = null): string {
  const marked = markedEncoding(bytes);
  if (marked !== null) return new TextDecoder(marked).decode(bytes);
  const utf8 = decodeWith('utf-8', bytes);
  if (utf8 !== null && !utf8.includes('\u0000')) return utf8;
  const wide = wideEncoding(bytes);
  if (wide !== null) return new TextDecoder(wide).decode(bytes);
  const said = declared === null || /^utf-?8$/i.test(declared) ? null : decodeWith(declared, bytes);
  if (said !== null) return said;
  return decodeMixed(bytes) ?? decodeGuessed(bytes);
}

/** Whether this is text at all: without the control characters that only other files have. */
export function looksLikeText(bytes: Uint8Array): boolean {
  if (markedEncoding(bytes) !== null || wideEncoding(bytes) !== null) return true;
  const sample = bytes.subarray(0, 8192);
  const control = sample.filter((byte) => byte < 32 && (byte < 7 || byte > 13) && byte !== 27).length;
  return control <= sample.length / 1000;
}

function decodeWith(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function markedEncoding(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 'utf-8' : null;
}

/** UTF-16 without a mark: with European text every second byte is 0. */
function wideEncoding(bytes: Uint8Array): string | null {
  const sample = bytes.subarray(0, 2048);
  if (sample.length < 4) return null;
  const zeros = (parity: number) => sample.filter((byte, at) => byte === 0 && at % 2 === parity).length;
  const half = sample.length / 2;
  if (zeros(1) > half * 0.7 && zeros(0) < half * 0.05) return 'utf-16le';
  return zeros(0) > half * 0.7 && zeros(1) < half * 0.05 ? 'utf-16be' : null;
}

/** Text that was pasted together: at least as many UTF-8 letters as stray bytes, which are then Windows-1252. */
function decodeMixed(bytes: Uint8Array): string | null {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: string[] = [];
  const western = new TextDecoder('windows-1252');
  let valid = 0;
  let stray = 0;
  let from = 0;
  for (let at = 0; at < text.length; ) {
    const length = sequenceLength(text, at);
    if (length > 0) {
      if (length > 1) valid += 1;
      at += length;
      continue;
    }
    stray += 1;
    parts.push(text.toString('utf8', from, at), western.decode(text.subarray(at, at + 1)));
    at += 1;
    from = at;
  }
  parts.push(text.toString('utf8', from));
  return valid >= stray ? parts.join('') : null;
}

/** The bytes of the UTF-8 character at `at`, or 0 where there is none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return 1;
  const length =
    lead >= 0xc2 && lead <= 0xdf ? 2 : lead >= 0xe0 && lead <= 0xef ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
  for (let next = 1; next < length; next += 1) {
    if (((bytes[at + next] ?? 0) & 0xc0) !== 0x80) return 0;
  }
  return length;
}

function decodeGuessed(bytes: Uint8Array): string {
  // Only what the guess is about: a long English text around a few letters would drown them.
  const sample = bytes.length > SAMPLE ? bytes.subarray(0, SAMPLE) : bytes;
  for (const { name, confidence } of analyse(sample)) {
    if (confidence < SURE || /^(utf|ascii)/i.test(name)) continue;
    // Every browser reads the older Western sets as Windows-1252, which adds quotes and dashes.
    const text = decodeWith(WESTERN.test(name) ? 'windows-1252' : name, bytes);
    if (text !== null && !/[\u0080-\u009f]/.test(text)) return text;
  }
  throw new ReadError('unknown_encoding', 'The file is in an encoding that cannot be told: save it as UTF-8.');
}
