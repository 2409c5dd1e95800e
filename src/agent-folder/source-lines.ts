import { literal } from '../language/literal.ts';
/**
 * The line (from 1) where an object literal in `source` sets `key`: the outermost place at or after the default export,
 * else anywhere before it; the line of the default export where the key does not occur.
 */
export function lineOfKey(source: string, key: string): number {
  const lines = source.split('\n');
  const start = Math.max(0, lineOfDefaultExport(source) - 1);
  return keyLine(lines, key, start) ?? keyLine(lines, key, 0) ?? start + 1;
}

/** The line (from 1) of `export default`, or 1. */
export function lineOfDefaultExport(source: string): number {
  const index = source.split('\n').findIndex((line) => /^\s*export\s+(default\b|\{.*\bas default\b)/.test(line));
  return index + 1 || 1;
}

/**
 * The line (from 1) of the name that an import's error message quotes: where a file or package of that name is imported,
 * else where the name is declared last; 1 where it is neither.
 */
export function lineOfQuoted(source: string, quoted: string): number {
  const name = literal(quoted.slice(quoted.lastIndexOf('/') + 1));
  const lines = source.split('\n');
  const specifier = new RegExp(`['"/]${name}['"]`);
  const declaration = new RegExp(`\\b(const|let|var|function|class|import)\\b.*(?<![\\w$])${name}(?![\\w$])`);
  const index = lines.findIndex((line) => specifier.test(line));
  return (index < 0 ? lines.findLastIndex((line) => declaration.test(line)) : index) + 1 || 1;
}

function keyLine(lines: string[], key: string, start: number): number | null {
  const name = `(?:async\\s+)?['"]?${literal(key)}['"]?\\s*`;
  const atLineStart = new RegExp(`^(\\s*)${name}(?:[:(,}]|$)`);
  const withinLine = new RegExp(`[{,]\\s*${name}[:(]`);
  let best: { line: number; indent: number } | null = null;
  for (const [index, text] of lines.entries()) {
    if (index < start) continue;
    const indent = atLineStart.exec(text)?.[1]?.length ?? (withinLine.test(text) ? leadingSpace(text) + 1 : null);
    if (indent !== null && (best === null || indent < best.indent)) best = { line: index + 1, indent };
  }
  return best?.line ?? null;
}

function leadingSpace(line: string): number {
  return line.length - line.trimStart().length;
}
