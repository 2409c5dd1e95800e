import type { z } from 'zod';
import { didYouMean } from '../language/did-you-mean.ts';
import { atField, shown, valueAt } from '../tools/schema-words.ts';
import { inWords, isRecord, type JsonSchema, schemaAt } from './json-schema.ts';

/** `path` leads to the field; `message` is a sentence that does not name it. */
export type FieldProblem = { path: readonly PropertyKey[]; message: string };

export type Checked = { ok: true; value: unknown } | { ok: false; problems: FieldProblem[] };

/** Takes the place of zod's own wording. An author's message goes before it, and so is told apart. */
const UNWORDED = 'unworded';

/**
 * Checks a value against a zod schema and its JSON schema. Never throws. Every problem is in words that whoever wrote
 * the value can mend it by: what was expected and what came, or the schema author's own message.
 */
export function checkValue(schema: z.ZodType, json: JsonSchema, value: unknown): Checked {
  const problems = unknownFields(json, value, []);
  try {
    const result = schema.safeParse(value, { error: () => UNWORDED });
    if (result.success && problems.length === 0) return { ok: true, value: result.data };
    for (const issue of (result.error?.issues ?? []).flatMap(meantIssues)) {
      if (issue.code === 'unrecognized_keys') continue;
      const message = issue.message === UNWORDED ? wording(issue, json, value) : issue.message;
      problems.push({ path: issue.path, message });
    }
  } catch {
    problems.push({ path: [], message: 'could not be checked' });
  }
  return { ok: false, problems: withoutRepeats(problems) };
}

/** `year: expected an integer, got "last"`; a problem of the whole value has no field before it. */
export function formatFieldProblem({ path, message }: FieldProblem): string {
  return atField(path, message);
}

/** Of a union, the issues of the only branch that takes a value of this kind, such as the one for objects; else the issue itself. */
function meantIssues(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union' || issue.message !== UNWORDED) return [issue];
  const [meant, ...others] = issue.errors.filter((branch) => branch.every(isWithin));
  if (meant === undefined || others.length > 0) return [issue];
  return meant.flatMap((one) => meantIssues({ ...one, path: [...issue.path, ...one.path] }));
}

/** False where the value is of another kind than the branch asks for. */
function isWithin({ path, code }: z.core.$ZodIssue): boolean {
  return path.length > 0 || !['invalid_type', 'invalid_value', 'invalid_union'].includes(code);
}

function wording(issue: z.core.$ZodIssue, json: JsonSchema, value: unknown): string {
  if (issue.code === 'custom') return 'is not valid';
  const expected = inWords(schemaAt(json, issue.path));
  const actual = valueAt(value, issue.path);
  return actual === undefined ? `missing, expected ${expected}` : `expected ${expected}, got ${shown(actual)}`;
}

/** Zod drops unknown fields silently; whoever sent one should hear of it. */
function unknownFields(json: JsonSchema, value: unknown, path: readonly PropertyKey[]): FieldProblem[] {
  if (Array.isArray(value)) {
    return value.flatMap((entry, index) => unknownFields(schemaAt(json, [0]), entry, [...path, index]));
  }
  if (!isRecord(value)) return [];
  const choices = Array.isArray(json.anyOf) ? json.anyOf.filter((one) => isRecord(one?.properties)) : [];
  if (choices.length === 1) return unknownFields(choices[0], value, path);
  if (!isRecord(json.properties)) return [];
  const known = Object.keys(json.properties);
  return Object.entries(value).flatMap(([name, entry]) => {
    if (known.includes(name)) return unknownFields(schemaAt(json, [name]), entry, [...path, name]);
    if (json.additionalProperties !== false) return [];
    return [{ path: [...path, name], message: `unknown field${didYouMean(name, known)}` }];
  });
}

function withoutRepeats(problems: FieldProblem[]): FieldProblem[] {
  const texts = problems.map(formatFieldProblem);
  return problems.filter((_, index) => texts.indexOf(texts[index] ?? '') === index);
}
