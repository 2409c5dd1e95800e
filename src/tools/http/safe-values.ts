import { ToolProblem } from '../../agent/tool.ts';

/** As one piece of a path: it can neither end the path's segment nor climb, also where a server decodes twice. */
export function pathPiece(field: string, value: unknown): string {
  const text = plainText(field, value);
  if (text === '' || climbs(text)) throw new ToolProblem(`${field}: this value cannot be part of an address.`);
  return encodeURIComponent(text);
}

/** As a name or value of a query or a form. */
export function queryPiece(field: string, value: unknown): string {
  return encodeURIComponent(wellFormed(field, scalar(field, value)));
}

/** As (a part of) a header's value. */
export function headerPiece(field: string, value: unknown): string {
  const text = scalar(field, value);
  if (!/^[\x20-\x7e]*$/.test(text))
    throw new ToolProblem(`${field}: only plain letters, digits and signs can be sent.`);
  return text;
}

/** Text, numbers and truth values as text; anything else as JSON. */
export function scalar(field: string, value: unknown): string {
  if (typeof value === 'string') return value;
  const text = JSON.stringify(value);
  if (Number.isInteger(value) && !Number.isSafeInteger(value))
    throw new ToolProblem(`${field}: is too large a number.`);
  if (text === undefined) throw new ToolProblem(`${field}: this value cannot be sent.`);
  return text;
}

function plainText(field: string, value: unknown): string {
  const text = wellFormed(field, scalar(field, value));
  if (/\p{Cc}/u.test(text)) throw new ToolProblem(`${field}: this value cannot be part of an address.`);
  return text;
}

function wellFormed(field: string, text: string): string {
  if (!text.isWellFormed()) throw new ToolProblem(`${field}: the text has half a character in it.`);
  return text;
}

/** Whether a segment is `.` or `..` to some server: decoded, with look-alikes made plain, with `;parameters`. */
function climbs(text: string): boolean {
  let decoded = text.normalize('NFKC');
  for (let round = 0; round < 3; round++) {
    if (decoded.split(/[/\\]/).some((segment) => /^\s*\.{1,2}\s*(;.*)?$/s.test(segment))) return true;
    decoded = decoded
      .replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
      .normalize('NFKC');
  }
  return false;
}
