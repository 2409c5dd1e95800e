/** Something wrong in an agent folder. `file` is relative to the folder, with `/`; `line` counts from 1. */
export type Problem = { file: string; line: number; message: string };

/** What checking a folder found so far. Problems keep it from loading, warnings do not. */
export type Report = { problems: Problem[]; warnings: Problem[] };

/** A folder that cannot be loaded. `problems` is everything that is wrong with it, by file and line; the message lists it. */
export class AgentFolderError extends Error {
  override name = 'AgentFolderError';
  readonly folder: string;
  readonly problems: Problem[];
  constructor(folder: string, problems: Problem[]) {
    const sorted = inFileOrder(problems);
    const count = sorted.length === 1 ? '1 problem' : `${sorted.length} problems`;
    super(`The agent folder ${folder} has ${count}:\n${formatProblems(sorted)}`);
    this.folder = folder;
    this.problems = sorted;
  }
}

/** One row a problem: `file:line  message`, the messages in one column. */
export function formatProblems(problems: Problem[]): string {
  const places = problems.map((problem) => `${problem.file}:${problem.line}`);
  const width = Math.max(0, ...places.map((place) => place.length));
  return problems.map((problem, index) => `  ${places[index]?.padEnd(width)}  ${problem.message}`).join('\n');
}

/** A copy, by file and line. */
export function inFileOrder(problems: Problem[]): Problem[] {
  return [...problems].sort((a, b) => compareText(a.file, b.file) || a.line - b.line);
}

/** Order by code unit, the same on every machine and in every locale. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
