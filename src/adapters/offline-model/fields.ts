import type Anthropic from '@anthropic-ai/sdk';
import { tokenize, words } from '../../language/tokens.ts';
import { type CodeShape, codeShapes } from './codes.ts';

/** One input of a tool, as its JSON schema describes it. */
export type Field = {
  name: string;
  /** How to ask for it: "the age of the primary driver". */
  label: string;
  kind: 'number' | 'date' | 'choice' | 'boolean' | 'email' | 'code' | 'text';
  required: boolean;
  /** Stems that stand near a value of this field. */
  cues: Set<string>;
  choices: string[];
  /** The only numbers that it may hold, with other words for them ("month to month"); empty where any will do. */
  numbers: { value: number; phrases: string[] }[];
  examples: string[];
  /** How a `code` is written; empty for any other field. */
  shapes: CodeShape[];
  min: number;
  max: number;
};

type Schema = {
  type?: string | string[];
  description?: string;
  enum?: unknown[];
  examples?: unknown[];
  pattern?: string;
  format?: string;
  minimum?: number;
  maximum?: number;
  anyOf?: Schema[];
};

const NO_CUE = new Set(tokenize('please number value integer total current primary name given whole example vehicle'));

/** The fields of a tool, required ones first in the schema's order. */
export function fieldsOf(tool: Anthropic.Tool): Field[] {
  const properties = (tool.input_schema.properties ?? {}) as Record<string, Schema>;
  const required = new Set(tool.input_schema.required ?? []);
  const fields = Object.entries(properties).map(([name, schema]) => toField(name, schema, required.has(name)));
  return [...fields.filter((field) => field.required), ...fields.filter((field) => !field.required)];
}

function toField(name: string, whole: Schema, required: boolean): Field {
  const inner = whole.anyOf?.find(({ type }) => type !== 'null') ?? whole;
  const schema = { ...inner, examples: whole.examples ?? inner.examples ?? [] };
  const description = whole.description ?? schema.description ?? '';
  const choices = (schema.enum ?? []).filter((choice) => typeof choice === 'string');
  const numbers = (schema.enum ?? []).filter((choice) => typeof choice === 'number');
  const plain = labelOf(name, description);
  const named = choices.every((choice) => plain.toLowerCase().includes(choice.toLowerCase()));
  const spelled = choices.map((choice) => choice.replaceAll('_', ' ')).join(', ');
  const label = named || choices.length > 8 ? plain : `${plain} (${spelled})`;
  const cues = new Set(
    [...tokenize(name.replaceAll('_', ' ')), ...tokenize(description)].filter((cue) => !NO_CUE.has(cue)),
  );
  const examples = schema.examples.map(String);
  const kind = kindOf(schema, description);
  const shapes = kind === 'text' ? codeShapes({ name, examples }) : [];
  return {
    name,
    label,
    kind: shapes.length > 0 ? 'code' : kind,
    required,
    cues,
    choices,
    numbers: numbers.map((value) => ({ value, phrases: phrasesFor(value, description) })),
    examples,
    shapes,
    min: schema.minimum ?? Math.min(0, ...numbers),
    max: schema.maximum ?? (numbers.length > 0 ? Math.max(...numbers) : Number.MAX_SAFE_INTEGER),
  };
}

function kindOf(schema: Schema, description: string): Field['kind'] {
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (schema.enum) return schema.enum.some((choice) => typeof choice === 'string') ? 'choice' : 'number';
  if (type === 'integer' || type === 'number') return 'number';
  if (type === 'boolean') return 'boolean';
  if (schema.format === 'email') return 'email';
  const datedExamples =
    (schema.examples ?? []).length > 0 &&
    (schema.examples ?? []).every((one) => /^\d{4}-\d{2}-\d{2}$/.test(String(one)));
  const looksDated =
    datedExamples || /\\d\{4\}-\\d\{2\}|\[0-9\]\{4\}-/.test(schema.pattern ?? '') || /yyyy-mm-dd/i.test(description);
  return schema.format === 'date' || looksDated ? 'date' : 'text';
}

/** "1 (month to month)": what a description says for a number. */
function phrasesFor(value: number, description: string): string[] {
  const said = new RegExp(`(?<![\\w.])${value}\\s*\\(([^)]{3,40})\\)`).exec(description)?.[1];
  return said ? [said] : [];
}

/** True where the field may hold the number. */
export function holds(field: Field, value: number): boolean {
  if (field.numbers.length > 0) return field.numbers.some((one) => one.value === value);
  return value >= field.min && value <= field.max;
}

/** The description's first clause, fit to stand after "I need". */
function labelOf(name: string, description: string): string {
  const clause = description.split(/,? such as\b|,? for example\b|,? e\.g\.|[.;:(,]|\bas yyyy/i)[0]?.trim() ?? '';
  // One that begins with code explains a value, and does not name the field.
  const text =
    clause === '' || clause.startsWith('`') || words(clause).length > 12 ? name.replaceAll('_', ' ') : clause;
  const counted = /^how many (.+)/i.exec(text)?.[1];
  if (counted) return `the number of ${counted}`;
  const lowered = /^[A-Z][a-z]/.test(text) ? text[0]?.toLowerCase() + text.slice(1) : text;
  return /^(the|a|an|your|whether|how|what|which|who|when|where)\b/.test(lowered) ? lowered : `the ${lowered}`;
}

/** True for the field that holds a calendar year. */
export function isYear(field: Field): boolean {
  return field.kind === 'number' && words(field.name.replaceAll('_', ' ')).includes('year');
}

/** True for the field that holds a person's age. */
export function isAge(field: Field): boolean {
  return field.kind === 'number' && words(field.name.replaceAll('_', ' ')).includes('age');
}
