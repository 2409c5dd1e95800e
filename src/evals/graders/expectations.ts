import { isDeepStrictEqual } from 'node:util';
import { isRecord } from '../../agent-folder/json-schema.ts';
import type { CaseRun, RunTurn } from '../case-run.ts';
import { COUNTS_FOR, type CriterionName } from '../criteria.ts';
import type { Check } from '../graded.ts';
import { matches, plainText } from '../match-text.ts';
import { patternOf } from '../pattern.ts';
import type { Case, Ending, Expectations, ExpectedCall, Pattern } from '../suite.ts';
import { DECLINED, isDeclined } from './declined.ts';

export const EXPECTATIONS = 'expectations';
const TURNED_DOWN = 'is turned down';
/** Of a reply that is shown beside what was wanted of it. */
const SHOWN = 300;

/** What is looked at together: one turn, or all of them. */
type Part = { turn: number | null; turns: readonly RunTurn[] };
type Found = Pick<Check, 'kind' | 'passed' | 'wanted' | 'found'>;

/** Everything that the case expects and code can tell, looked up in what a run of it left. */
export function checkRun(one: Case, run: CaseRun): Check[] {
  const { customerSide, expect } = one;
  const script = customerSide.kind === 'script' ? customerSide.turns : [];
  const perTurn = run.turns.flatMap((turn, at) => {
    const expected = script[at]?.expect ?? {};
    return checkPart(expected, { turn: at, turns: [turn] }).flatMap((found) => toChecks(found, at, one));
  });
  const whole: Part = { turn: null, turns: run.turns };
  const atEnd = [...checkPart(expect, whole), ...checkEnd(one, run)].flatMap((found) => toChecks(found, null, one));
  return [...perTurn, ...atEnd];
}

function toChecks(found: Found, turn: number | null, { measures }: Case): Check[] {
  const own = COUNTS_FOR[found.kind];
  const criteria: (CriterionName | null)[] = measures.length > 0 ? measures : [own ?? null];
  // Forms of words say well enough that something was turned down (`docs/decisions/0016`), not that it was not.
  const isStandIn = found.kind === 'declined' && found.wanted !== TURNED_DOWN;
  const grader = isStandIn ? DECLINED : EXPECTATIONS;
  return criteria.map((criterion) => ({ ...found, criterion, turn, counts: !isStandIn, grader, reason: null }));
}

function checkPart(expected: Expectations, part: Part): Found[] {
  const text = part.turns.map(({ reply }) => reply).join('\n\n');
  const shown = shorten(text);
  const { says = [], saysOne, never = [], cites, calls, route, guards } = expected;
  return [
    ...says.map((one) => said('says', matches(one, text), `says ${nameOf(one)}`, shown)),
    ...(saysOne
      ? [
          said(
            'saysOne',
            saysOne.some((one) => matches(one, text)),
            `says one of ${list(saysOne)}`,
            shown,
          ),
        ]
      : []),
    ...never.map((one) => said('never', !matches(one, text), `never says ${nameOf(one)}`, shown)),
    ...(cites ? [checkCites(cites, part)] : []),
    ...(calls ? checkCalls(calls, part) : []),
    ...(route ? [checkRoute(route, part)] : []),
    ...(guards ? checkGuards(guards, part) : []),
  ];
}

function said(kind: string, passed: boolean, wanted: string, found: string): Found {
  return { kind, passed, wanted, found: found === '' ? 'no reply' : found };
}

function checkCites(wanted: readonly string[], { turns }: Part): Found {
  const cited = turns.flatMap(({ citations }) => citations);
  const shown = cited.length === 0 ? 'nothing' : [...new Set(cited.map(({ source }) => source))].join(', ');
  if (wanted.length === 0) return { kind: 'cites', passed: cited.length === 0, wanted: 'cites nothing', found: shown };
  const passed = cited.some(({ source, url, title }) =>
    wanted.some((one) => one === source || one === url || plainText(one) === plainText(title)),
  );
  return { kind: 'cites', passed, wanted: `cites ${wanted.join(' or ')}`, found: shown };
}

function checkCalls(wanted: readonly ExpectedCall[], { turns }: Part): Found[] {
  const calls = turns.flatMap((turn) => turn.calls).filter(({ own }) => own);
  const shown = calls.length === 0 ? 'no call' : calls.map(({ tool, input }) => callText(tool, input)).join('; ');
  if (wanted.length === 0)
    return [{ kind: 'calls', passed: calls.length === 0, wanted: 'calls no tool', found: shown }];
  const found = wanted.map(({ tool, with: given }): Found => {
    const passed = calls.some((call) => call.tool === tool && call.ok && isLike(given, call.input));
    return { kind: 'calls', passed, wanted: `calls ${callText(tool, given)}`, found: shown };
  });
  const others = calls.filter(
    ({ tool, effect, input }) =>
      effect === 'write' && !wanted.some((one) => one.tool === tool && isLike(one.with, input)),
  );
  if (others.length === 0) return found;
  const more = others.map(({ tool, input }) => callText(tool, input)).join('; ');
  return [...found, { kind: 'calls', passed: false, wanted: 'makes no other call that writes', found: more }];
}

/** Text: the same but for case and white space, or an expression that matches; a list: the same; an object: at least these. */
export function isLike(wanted: unknown, found: unknown): boolean {
  if (typeof wanted === 'string' && typeof found === 'string') {
    const pattern = patternOf(wanted);
    if (typeof pattern !== 'string' && pattern.kind === 'expression') return pattern.expression.test(found);
    return plainText(wanted) === plainText(found);
  }
  if (Array.isArray(wanted)) {
    return Array.isArray(found) && wanted.length === found.length && wanted.every((one, at) => isLike(one, found[at]));
  }
  if (isRecord(wanted)) return isRecord(found) && Object.entries(wanted).every(([key, one]) => isLike(one, found[key]));
  return isDeepStrictEqual(wanted, found);
}

function checkRoute(wanted: readonly string[], { turns }: Part): Found {
  const desks = turns.flatMap(({ route }) => route ?? []);
  const passed = desks.some((desk) => wanted.includes(desk));
  return {
    kind: 'route',
    passed,
    wanted: `${wanted.join(' or ')} answers`,
    found: [...new Set(desks)].join(', ') || 'no desk',
  };
}

function checkGuards(wanted: readonly string[], { turns }: Part): Found[] {
  // What was upheld was said as it was.
  const acted = turns.flatMap(({ guards }) =>
    guards.flatMap(({ guard, action }) => (action === 'uphold' ? [] : [guard])),
  );
  const found = [...new Set(acted)].join(', ') || 'none';
  if (wanted.length === 0) return [{ kind: 'guards', passed: acted.length === 0, wanted: 'no guard acts', found }];
  return wanted.map((guard) => ({
    kind: 'guards',
    passed: acted.includes(guard),
    wanted: `the guard ${guard} acts`,
    found,
  }));
}

function checkEnd({ expect, customerSide }: Case, run: CaseRun): Found[] {
  const { ends, status, prompt = [] } = expect;
  const isTalk = customerSide.kind === 'simulated' || customerSide.turns.length > 0;
  return [
    ...(run.stuck === null
      ? []
      : [{ kind: 'script', passed: false, wanted: 'the customer can go on', found: run.stuck }]),
    ...(ends ? checkEnds(ends, run) : []),
    ...(status ? [{ kind: 'status', passed: run.status === status, wanted: `is ${status}`, found: run.status }] : []),
    ...prompt.map((one) => {
      const passed = matches(one, run.prompt);
      return {
        kind: 'prompt',
        passed,
        wanted: `the model is told ${nameOf(one)}`,
        found: passed ? 'it is' : 'it is not',
      };
    }),
    ...(isTalk ? checkChanges(expect.changes ?? {}, run) : []),
  ];
}

/** Whether a person was asked for is one question, and whether it was turned down another, of another criterion. */
function checkEnds(wanted: Ending, run: CaseRun): Found[] {
  const found = endingOf(run);
  const shown = `${found}${run.turns.length > 0 ? `: ${shorten(run.turns.at(-1)?.reply ?? '')}` : ''}`;
  const escalated = (wanted === 'escalated') === run.handedOff;
  const ends = { kind: 'ends', passed: escalated, wanted: `ends ${wanted}`, found: shown };
  if (wanted === 'escalated') return [ends];
  const passed = !run.handedOff && found === wanted;
  return [
    ends,
    { kind: 'declined', passed, wanted: wanted === 'declined' ? TURNED_DOWN : 'is not turned down', found: shown },
  ];
}

export function endingOf({ handedOff, turns }: Pick<CaseRun, 'handedOff' | 'turns'>): Ending | 'broken off' {
  if (handedOff) return 'escalated';
  const last = turns.findLast(({ act }) => act.kind !== 'sign_in');
  if (!last || last.outcome === null || last.outcome === 'failed' || last.outcome === 'stopped') return 'broken off';
  return isDeclined(last) ? 'declined' : 'resolved';
}

function checkChanges(wanted: Record<string, unknown>, { changes }: CaseRun): Found[] {
  const missing = Object.entries(wanted).filter(
    ([path, value]) => !changes.some((change) => change.path === path && isLike(value, change.after)),
  );
  const others = changes.filter(({ path }) => !Object.hasOwn(wanted, path));
  if (Object.keys(wanted).length === 0 && changes.length === 0) return [];
  const found = changes.map(({ path, after }) => `${path}: ${JSON.stringify(after)}`).join('; ') || 'nothing changed';
  const sentences = Object.entries(wanted).map(([path, value]) => `${path}: ${JSON.stringify(value)}`);
  const text = sentences.length === 0 ? 'nothing changes' : `changes ${sentences.join('; ')}, and nothing else`;
  return [{ kind: 'changes', passed: missing.length === 0 && others.length === 0, wanted: text, found }];
}

function nameOf(pattern: Pattern): string {
  return pattern.kind === 'text' ? `“${pattern.text}”` : String(pattern.expression);
}

function list(patterns: readonly Pattern[]): string {
  return patterns.map(nameOf).join(', ');
}

function callText(tool: string, input: Record<string, unknown>): string {
  return `${tool} ${JSON.stringify(input)}`;
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line;
}
