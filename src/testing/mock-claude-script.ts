import { z } from 'zod';
import { HOSTILE_MODES } from './hostile/hostile-turn.ts';

const milliseconds = z.number().min(0).max(600_000);
const afterDeltas = z.int().min(0);
const pieces = z.union([z.string(), z.array(z.string())], 'a string, or a list of strings');

const regularExpression = z.string().refine((source) => {
  try {
    return new RegExp(source, 'iu') instanceof RegExp;
  } catch {
    return false;
  }
}, 'not a regular expression');

const expectation = z.strictObject({
  text: z.string().optional(),
  matches: regularExpression.optional(),
  toolResult: z.string().optional(),
  tools: z.array(z.string()).optional(),
  model: z.string().optional(),
});

/** The kinds of fault; a fault names exactly one. */
const FAULTS = ['status', 'disconnect', 'error_event', 'cut', 'stall', 'garbage', 'unknown_event'] as const;

const fault = z
  .strictObject({
    status: z.int().min(400).max(599).optional(),
    retryAfter: z.number().min(0).optional(),
    errorType: z.string().optional(),
    errorCode: z.string().optional(),
    message: z.string().optional(),
    headers: z.record(z.string(), z.string()).optional(),
    disconnect: z.literal(true).optional(),
    error_event: afterDeltas.optional(),
    cut: afterDeltas.optional(),
    stall: afterDeltas.optional(),
    garbage: afterDeltas.optional(),
    unknown_event: afterDeltas.optional(),
  })
  .refine((value) => FAULTS.filter((kind) => value[kind] !== undefined).length === 1, {
    error: `name exactly one of ${FAULTS.join(', ')}`,
  });

const HOSTILE_WORDS = `one of ${HOSTILE_MODES.join(', ')}, a list of them, or all`;

/** Which modes a hijacked model has, what its choices begin from, and other people's ids that it may try. */
const hijacking = {
  hostile: z
    .union(
      [z.literal('all'), z.enum(HOSTILE_MODES), z.array(z.enum(HOSTILE_MODES, HOSTILE_WORDS)).min(1, HOSTILE_WORDS)],
      HOSTILE_WORDS,
    )
    .transform((modes) => (modes === 'all' ? [...HOSTILE_MODES] : [modes].flat()))
    .optional(),
  seed: z.int().optional(),
  ids: z.array(z.string().min(1)).optional(),
};

const needsHostile = (value: { hostile?: unknown; seed?: unknown; ids?: unknown }) =>
  value.hostile !== undefined || (value.seed === undefined && value.ids === undefined);
const NEEDS_HOSTILE = { error: 'seed and ids belong to hostile, which is not here' };

const turnFields = z.strictObject({
  ...hijacking,
  expect: expectation.optional(),
  thinking: pieces.optional(),
  text: pieces.optional(),
  citations: z
    .array(
      z.strictObject({
        text: pieces,
        cites: z
          .array(
            z.strictObject({
              result: z.int().min(0),
              start: z.int().min(0).default(0),
              end: z.int().min(1).optional(),
            }),
          )
          .default([]),
      }),
    )
    .default([]),
  tools: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        input: z.record(z.string(), z.unknown()).default({}),
        id: z.string().min(1).optional(),
      }),
    )
    .default([]),
  stopReason: z
    .enum([
      'end_turn',
      'max_tokens',
      'stop_sequence',
      'tool_use',
      'pause_turn',
      'refusal',
      'model_context_window_exceeded',
    ])
    .optional(),
  usage: z
    .strictObject({
      input_tokens: z.int().min(0).optional(),
      output_tokens: z.int().min(0).optional(),
      cache_read_input_tokens: z.int().min(0).optional(),
      cache_creation_input_tokens: z.int().min(0).optional(),
    })
    .default({}),
  delayMs: milliseconds.default(0),
  deltaMs: milliseconds.default(0),
  fault: fault.optional(),
});

/** What a hijacked model says is its own. */
const OWN_WORDS = ['text', 'citations', 'tools'] as const;

const turn = turnFields
  .refine((value) => !value.hostile || OWN_WORDS.every((field) => (value[field]?.length ?? 0) === 0), {
    error: `a hostile turn has no ${OWN_WORDS.join(', ')} of its own`,
  })
  .refine(needsHostile, NEEDS_HOSTILE);

const script = z
  .strictObject({ ...hijacking, turns: z.array(turn).min(1).optional() })
  .refine((value) => value.turns !== undefined || value.hostile !== undefined, { error: 'give turns, hostile or both' })
  .refine(needsHostile, NEEDS_HOSTILE);

/** One scripted answer, as it is written. Every field is optional: `{}` is an empty answer that ends the turn. */
export type MockTurn = z.input<typeof turn>;
/** A script, as it is written in JSON; `docs/mock-claude.md` describes every field. */
export type MockScript = z.input<typeof script>;
/** The same with its defaults filled in. */
export type ParsedTurn = z.output<typeof turn>;
export type ParsedScript = z.output<typeof script>;
export type Fault = z.output<typeof fault>;

/** Checks a script. Throws one error that names every problem with its place. */
export function parseMockScript(value: unknown): ParsedScript {
  return check(script, value, 'The script of mock Claude is wrong');
}

/** Checks one turn, such as a script function gives. Throws like `parseMockScript`. */
export function parseMockTurn(value: unknown): ParsedTurn {
  return check(turn, value, 'The turn of mock Claude is wrong');
}

function check<Schema extends z.ZodType>(schema: Schema, value: unknown, title: string): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `  ${place(issue.path)}: ${issue.message}`);
  throw new Error(`${title}:\n${problems.join('\n')}`);
}

function place(path: readonly PropertyKey[]): string {
  const text = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return text.replace(/^\./, '') || '(top)';
}
