import { cleanText, stripInvisible } from '../language/invisible.ts';
import type { Utterance } from './agent.ts';
import { readText } from './folder-files.ts';
import type { Report } from './problems.ts';
import { isOnlyLearned, type RouteFiles } from './route-files.ts';

const LONGEST = 500;
const MOST_LINES = 20_000;
const FEW = 5;
const INTENT = /^\[([a-z][a-z0-9]*(?:[_-][a-z0-9]+)*)\]$/;

/** By `wordingOf`: which file and line has it. */
export type Seen = Map<string, { file: string; line: number }>;

/**
 * `utterances.txt` of a route, repeated ones once. `seen` collects those of all routes: what two of them have is a problem,
 * since nobody could learn from it.
 */
export async function readUtterances(
  { root, route, seen }: { root: string; route: RouteFiles; seen: Seen },
  report: Report,
): Promise<Utterance[]> {
  const file = `${route.folder}/utterances.txt`;
  const warn = (message: string) => report.warnings.push({ file, line: 1, message });
  if (!route.hasUtterances) {
    warn(
      isOnlyLearned(route.name) ? 'is missing: nothing else is read here' : 'is missing: only the model can choose it',
    );
    return [];
  }
  const text = await readText(root, file, report);
  if (text === null) return [];
  const before = report.problems.length;
  const found = utterancesIn(text, { file, seen, hasIntents: !isOnlyLearned(route.name) }, report);
  if (found.length === 0 && report.problems.length === before) {
    report.problems.push({ file, line: 1, message: 'has no utterances: one example a line of what customers say' });
  } else if (found.length > 0 && found.length < FEW) {
    warn(
      `${found.length === 1 ? '1 utterance' : `${found.length} utterances`}: with fewer than ${FEW} it is often missed`,
    );
  }
  return found;
}

type Place = { file: string; seen: Seen; hasIntents: boolean };

function utterancesIn(whole: string, { file, seen, hasIntents }: Place, report: Report): Utterance[] {
  const found: Utterance[] = [];
  const lines = whole.trimEnd().split('\n');
  let intent: string | null = null;
  const problem = (line: number, message: string) => report.problems.push({ file, line, message });
  if (lines.length > MOST_LINES) {
    problem(MOST_LINES + 1, `has ${lines.length} lines: at most ${MOST_LINES} are read`);
    return found;
  }
  for (const [index, raw] of lines.entries()) {
    const line = index + 1;
    const said = raw.trim();
    if (said === '' || /^#(\s|$)/.test(said)) continue;
    const wrong = said.startsWith('[') ? intentProblem(said, hasIntents) : textProblem(said);
    if (wrong !== null) problem(line, wrong);
    else if (said.startsWith('[')) intent = said.slice(1, -1);
    else {
      const text = cleanText(said);
      const wording = wordingOf(text);
      const twin = seen.get(wording);
      if (!twin) {
        seen.set(wording, { file, line });
        found.push({ text, intent, line });
      } else if (twin.file !== file) {
        problem(line, `stands in ${twin.file}:${twin.line} too: an utterance belongs to one route`);
      }
    }
  }
  return found;
}

function intentProblem(said: string, hasIntents: boolean): string | null {
  if (!hasIntents) return 'begins with "[", which begins an intent, and only routes have intents';
  return INTENT.test(said) ? null : 'begins with "[": expected the name of an intent, such as [file_claim]';
}

function textProblem(said: string): string | null {
  if (said.length > LONGEST) return `has ${said.length} characters: at most ${LONGEST} are possible`;
  return stripInvisible(said) === said ? null : 'has invisible characters: type it anew';
}

/** What two utterances have alike that differ in case, spaces and punctuation only. */
function wordingOf(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, '') || text;
}
