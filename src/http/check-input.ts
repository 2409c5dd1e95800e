import type { z } from '@hono/zod-openapi';
import { FrontdeskError } from '../protocol/errors.ts';

const PROBLEMS_SHOWN = 5;
const NAME_SHOWN = 60;

type Issue = z.core.$ZodIssue;

/** The input as the schema gives it out. Throws `invalid_request`, naming every field that is wrong. */
export function checkInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const checked = schema.safeParse(input);
  if (checked.success) return checked.data;
  const problems = checked.error.issues.slice(0, PROBLEMS_SHOWN).map(problemOf);
  throw new FrontdeskError('invalid_request', problems.join(' '));
}

function problemOf(issue: Issue): string {
  if (issue.code === 'unrecognized_keys') {
    const names = issue.keys.slice(0, PROBLEMS_SHOWN).map(quoted).join(', ');
    return `Unknown: ${names}.`;
  }
  const where = issue.path.length === 0 ? 'The body' : quoted(issue.path.map(String).join('.'));
  if (issue.code === 'invalid_type') {
    if (issue.message.endsWith('received undefined')) return `${where} is missing.`;
    return `${where} must be ${article(issue.expected)}.`;
  }
  return `${where} ${issue.message}.`;
}

function quoted(name: string): string {
  return JSON.stringify(name.length > NAME_SHOWN ? `${name.slice(0, NAME_SHOWN)}…` : name);
}

function article(expected: string): string {
  const word = expected === 'int' ? 'integer' : expected === 'record' ? 'object' : expected;
  return /^[aeio]/.test(word) ? `an ${word}` : `a ${word}`;
}
