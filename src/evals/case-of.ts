import type { YamlFile } from '../agent-folder/yaml/yaml-file.ts';
import { isExpression, patternOf } from './pattern.ts';
import type { Act, Case, Pattern, Simulation, Turn } from './suite.ts';
import type { CaseFields, DefaultFields } from './suite-file.ts';

type Path = readonly PropertyKey[];
type Around = { file: YamlFile; suite: string; defaults: DefaultFields; at: Path };
type TurnFields = NonNullable<CaseFields['turns']>[number];
type ReplyFields = Omit<NonNullable<CaseFields['expect']>, 'ends' | 'status' | 'changes'>;

const OPENING_NEEDED = 'its opening has to be made of its goal';
const ENGLISH_ONLY = 'the engine that plays customers offline knows English only';
const MOST_MESSAGES = 8;

/** The case that the fields say. Where they do not go together, the file's report has problems, and it is not to be used. */
export function caseOf(fields: CaseFields, around: Around): Case {
  const { file, suite, defaults, at } = around;
  const given = { ...defaults, ...withoutMissing(fields) };
  const problem = sidesProblem(fields);
  if (problem) file.complain(at, problem);
  const turns = fields.turns
    ? fields.turns.flatMap((turn, index) => turnOf(turn, around, [...at, 'turns', index]))
    : single(fields, file.lineOf([...at, 'ask']));
  const simulation = fields.simulate && simulationOf(fields.simulate, around, given.language ?? 'en');
  const expect = expectationsOf(fields.expect ?? {}, around, [...at, 'expect']);
  const { name } = fields;
  if (!isAnythingExpected(fields)) {
    file.warn(at, `case "${name}": nothing is expected of it, so it only counts for what is measured of every reply`);
  }
  return {
    ...{ id: `${suite}/${name}`, suite, name, file: file.file, line: file.lineOf(at) },
    tags: [...new Set([...(defaults.tags ?? []), ...(fields.tags ?? [])])],
    needsClaude: given.needs ?? (simulation ? neededFor(simulation) : null),
    language: given.language ?? null,
    customer: given.customer ?? null,
    repeat: given.repeat ?? 1,
    measures: given.measures ?? [],
    customerSide: simulation ? { kind: 'simulated', simulation } : { kind: 'script', turns },
    expect,
  };
}

function isAnythingExpected({ expect, turns = [], simulate, measures }: CaseFields): boolean {
  const expectations = [expect, ...turns.map((turn) => turn.expect)];
  const isAsked = expectations.some((one) => Object.keys(one ?? {}).length > 0);
  return isAsked || simulate?.done !== undefined || measures !== undefined;
}

function sidesProblem({ ask, turns, simulate, expect, model }: CaseFields): string | null {
  const sides = [ask, turns, simulate].filter((side) => side !== undefined).length;
  if (sides > 1) return 'has more than one of ask, turns and simulate: a customer does one of them';
  if (model !== undefined && ask === undefined) return 'model: stands beside ask, or in a turn';
  if (sides === 1) return null;
  const asked = Object.keys(expect ?? {});
  if (asked.length === 1 && asked[0] === 'prompt') return null;
  return 'nobody says anything in it: it needs ask, turns or simulate (only prompt can be expected without)';
}

function single({ ask, model }: CaseFields, line: number): Turn[] {
  if (ask === undefined) return [];
  return [{ line, act: { kind: 'say', text: ask }, modelSays: model ?? null, expect: {} }];
}

function turnOf(fields: TurnFields, around: Around, at: Path): Turn[] {
  const acts = actsOf(fields);
  const [act] = acts;
  if (!act || acts.length > 1) {
    const which = acts.length === 0 ? 'has none' : 'has more than one';
    around.file.complain(at, `a turn is one of customer, decides, operator and signIn; this one ${which}`);
    return [];
  }
  const expect = expectationsOf(fields.expect ?? {}, around, [...at, 'expect']);
  return [{ line: around.file.lineOf(at), act, modelSays: fields.model ?? null, expect }];
}

function actsOf({ customer, decides, operator, signIn }: TurnFields): Act[] {
  return [
    ...(customer === undefined ? [] : [{ kind: 'say', text: customer } as const]),
    ...(decides ? [{ kind: 'decide', decision: decides, by: 'customer' } as const] : []),
    ...(operator ? [{ kind: 'decide', decision: operator, by: 'operator' } as const] : []),
    ...(signIn ? [{ kind: 'sign_in', customer: signIn } as const] : []),
  ];
}

type Patterned = 'says' | 'saysOne' | 'never' | 'prompt';
const PATTERNED: readonly Patterned[] = ['says', 'saysOne', 'never', 'prompt'];

function expectationsOf(fields: ReplyFields, around: Around, at: Path) {
  checkArguments(fields.calls ?? [], around, [...at, 'calls']);
  const patterns = PATTERNED.flatMap((key) => {
    const texts = fields[key];
    return texts === undefined ? [] : [[key, patternsOf(texts, around, [...at, key])] as const];
  });
  return { ...withoutMissing(fields), ...Object.fromEntries(patterns) } as unknown as Case['expect'];
}

/** Texts among arguments may be expressions, too. */
function checkArguments(value: unknown, { file }: Pick<Around, 'file'>, at: Path): void {
  if (typeof value === 'string') {
    const read = isExpression(value) ? patternOf(value) : null;
    if (typeof read === 'string') file.complain(at, `calls: ${read}`);
  } else if (value !== null && typeof value === 'object') {
    for (const one of Object.values(value)) checkArguments(one, { file }, at);
  }
}

function patternsOf(texts: readonly string[], { file }: Around, at: Path): Pattern[] {
  return texts.flatMap((text, index) => {
    const read = patternOf(text);
    if (typeof read !== 'string') return [read];
    file.complain([...at, index], `${String(at.at(-1))}: ${read}`);
    return [];
  });
}

function simulationOf(fields: NonNullable<CaseFields['simulate']>, around: Around, language: string): Simulation {
  return {
    persona: fields.persona ?? '',
    goal: fields.goal,
    opening: fields.opening ?? null,
    facts: fields.facts ?? {},
    mood: fields.mood ?? 'calm',
    language: fields.language ?? language,
    decides: fields.decides ?? 'confirm',
    done: patternsOf(fields.done ?? [], around, [...around.at, 'simulate', 'done']),
    most: fields.most ?? MOST_MESSAGES,
  };
}

function neededFor({ opening, language }: Simulation): string | null {
  if (!/^en\b/i.test(language)) return ENGLISH_ONLY;
  return opening === null ? OPENING_NEEDED : null;
}

/** `exactOptionalPropertyTypes`: a field that is missing is not there. */
function withoutMissing<Fields extends object>(fields: Fields): { [K in keyof Fields]: Exclude<Fields[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}
