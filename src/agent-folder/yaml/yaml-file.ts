import { isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import { readText } from '../folder-files.ts';
import type { Report } from '../problems.ts';

/** A YAML file of the folder. `complain` reports a problem where the value at `path` stands, or what is nearest to it. */
export type YamlFile = {
  file: string;
  value: unknown;
  /** Where the value at `path` stands, from 1. */
  lineOf(path: readonly PropertyKey[]): number;
  /** The characters of the plain value at `path`, such as `1.50`; null where there is no such value. */
  sourceOf(path: readonly PropertyKey[]): string | null;
  complain(path: readonly PropertyKey[], message: string): void;
  warn(path: readonly PropertyKey[], message: string): void;
};

/** What the parser says of a sentence that has a colon in it, a word in quotes first, or a sign of YAML's at its beginning. */
const WANTS_QUOTES: ReadonlySet<string> = new Set(['BLOCK_AS_IMPLICIT_KEY', 'UNEXPECTED_TOKEN', 'BAD_SCALAR_START']);

/** Reads a file; null, and problems in the report, where it cannot be read or is no YAML. */
export async function readYaml(root: string, file: string, report: Report): Promise<YamlFile | null> {
  const yaml = await readText(root, file, report);
  if (yaml === null) return null;
  const counter = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: counter, prettyErrors: false });
  const lineAt = (offset: number) => counter.linePos(offset).line;
  const wrong = [...document.errors, ...document.warnings];
  for (const { pos, code, message } of wrong) {
    const advice = WANTS_QUOTES.has(code) ? ' (a text with such characters goes in quotes)' : '';
    report.problems.push({ file, line: lineAt(pos[0]), message: `invalid YAML: ${message}${advice}` });
  }
  if (wrong.length > 0) return null;
  const offsetOf = (path: readonly PropertyKey[]): number => {
    const node = document.getIn(path, true);
    if (isNode(node) && node.range) return node.range[0];
    return path.length === 0 ? 0 : offsetOf(path.slice(0, -1));
  };
  const lineOf = (path: readonly PropertyKey[]) => lineAt(offsetOf(path));
  const sourceOf = (path: readonly PropertyKey[]) => {
    const node = document.getIn(path, true);
    return isScalar(node) ? (node.source ?? null) : null;
  };
  const add = (list: Report['problems']) => (path: readonly PropertyKey[], message: string) => {
    list.push({ file, line: lineOf(path), message });
  };
  const value = wholeValue(document, (message) => report.problems.push({ file, line: 1, message }));
  return { file, value, lineOf, sourceOf, complain: add(report.problems), warn: add(report.warnings) };
}

/** The file's value; null, and a problem, where its aliases would make it far larger than it is. */
function wholeValue(document: ReturnType<typeof parseDocument>, complain: (message: string) => void): unknown {
  try {
    return document.toJS();
  } catch (error) {
    complain(`invalid YAML: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
}
