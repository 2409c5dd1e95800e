import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { editDistance } from './language/edit-distance.ts';

const ENCODERS = ['local', 'voyage', 'openai', 'off'] as const;
const LOG_LEVELS = ['silent', 'error', 'warn', 'info', 'debug'] as const;
const SHORTEST_SECRET = 16;
/** Of HMAC with SHA-256: as long as the hash. */
const SHORTEST_SIGNING_SECRET = 32;

/** Where what every start needs is kept, by what it was made from: beside the program, whatever the data folder is. */
export const BESIDE_PROGRAM = fileURLToPath(new URL('../.cache', import.meta.url));

/** What a server says that hands over to nobody. */
export const UNSTAFFED =
  'Nobody can see who asks for a person: customers are told how to reach you elsewhere. Set FRONTDESK_OPERATOR_TOKEN or FRONTDESK_WEBHOOK_URL.';

/** What a server says that takes tokens which were made for another. */
export const ANY_AUDIENCE =
  'Customers are known by any token that fits the key, also one made for another service. Set FRONTDESK_JWT_AUDIENCE.';

/** True where somebody can see a handoff. */
export function isStaffed({ operatorToken, webhook }: Config): boolean {
  return operatorToken !== null || webhook !== null;
}

/** True where no model is configured and the offline model answers. */
export function isOffline({ anthropic }: Pick<Config, 'anthropic'>): boolean {
  return anthropic.apiKey === null && anthropic.baseUrl === null;
}

/** The package's version. */
export function version(): string {
  const file = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };
  return file.version;
}

export type Config = {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Absolute. */
  readonly dataFolder: string;
  /** Absolute. */
  readonly agentFolder: string;
  /** Sites that may embed the chat, such as `https://shop.example`. */
  readonly origins: readonly string[];
  /** PostgreSQL; null for the embedded store. */
  readonly databaseUrl: string | null;
  readonly anthropic: { readonly apiKey: string | null; readonly baseUrl: string | null };
  readonly model: string;
  readonly fastModel: string;
  /** What reads the meaning of questions and articles beside their words. */
  readonly encoder: (typeof ENCODERS)[number];
  /** Where `voyage` and `openai` are asked; null with the others. */
  readonly encoderApi: EncoderApi | null;
  /** The fast model puts the passages that were found in order. */
  readonly rerank: boolean;
  /** The fast model writes summaries of passages, for so many dollars in 24 hours; null where it does not. */
  readonly summaries: { readonly dollars: number } | null;
  /** Answers that may be given again: null where it depends on the model, for how many hours, how many. */
  readonly answers: { readonly use: boolean | null; readonly hours: number; readonly most: number };
  /** Limits of one reply: model calls, seconds after which none begins, same results of the same tools. */
  readonly turn: { readonly steps: number; readonly seconds: number; readonly repeats: number };
  /** Limits of visitors and addresses; null where they are off. */
  readonly limits: ConfiguredLimits | null;
  /** Characters of a message. */
  readonly messageCharacters: number;
  /** Proxies of one's own that every request comes through. */
  readonly proxies: number;
  /** A start walks a message's way a few times before anybody comes. */
  readonly rehearsal: boolean;
  /** Whether knowledge may be fetched from this machine itself. */
  readonly fetchLoopback: boolean;
  /** The agent is switched off. */
  readonly paused: boolean;
  /** What tools of the agent folder write as `${secret:NAME}`, by name: the variables `FRONTDESK_SECRET_NAME`. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Where programs are found that the agent folder starts; null for wherever the system looks. */
  readonly path: string | null;
  readonly operatorToken: string | null;
  /** By what the tokens of the company's site show who a customer is; null where every visitor is anonymous. */
  readonly identity: ConfiguredIdentity | null;
  /** A running server that `frontdesk ingest` talks to. */
  readonly url: string | null;
  readonly webhook: { readonly url: string; readonly secret: string } | null;
  readonly logLevel: (typeof LOG_LEVELS)[number];
};

export type EncoderApi = { readonly url: string; readonly model: string; readonly key: string | null };

/** `issuer` and `audience`: what a token must name; null where it may name any. */
export type ConfiguredIdentity = {
  readonly keys: { readonly secret: string } | { readonly jwksUrl: string };
  readonly issuer: string | null;
  readonly audience: string | null;
};

/** Messages and conversations in an hour, streams at once; dollars in 24 hours, and for a million tokens by model. */
export type ConfiguredLimits = {
  readonly visitorMessages: number;
  readonly addressMessages: number;
  readonly addressConversations: number;
  readonly addressStreams: number;
  readonly budgets: { readonly conversation: number; readonly visitor: number; readonly day: number };
  readonly prices: Readonly<Record<string, { readonly input: number; readonly output: number }>>;
};

export type ConfigProblem = { variable: string; problem: string; example: string };

/** Everything that is wrong with the environment. Its message is made to be read by people; it has no secret in it. */
export class ConfigError extends Error {
  readonly problems: readonly ConfigProblem[];
  constructor(problems: readonly ConfigProblem[]) {
    const lines = problems.map(
      ({ variable, problem, example }) =>
        `  ${variable} ${problem}${problem.endsWith('?') ? '' : '.'}\n    Example: ${example}`,
    );
    super(
      `The configuration has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:\n${lines.join('\n')}`,
    );
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/** An example of each variable, which is also the list of those that exist. */
const EXAMPLES = {
  HOST: 'HOST=0.0.0.0',
  PORT: 'PORT=3000',
  FRONTDESK_DATA: 'FRONTDESK_DATA=./data',
  FRONTDESK_AGENT: 'FRONTDESK_AGENT=./my-agent',
  FRONTDESK_ORIGINS: 'FRONTDESK_ORIGINS=https://www.example.com,https://shop.example.com',
  DATABASE_URL: 'DATABASE_URL=postgres://frontdesk@localhost:5432/frontdesk',
  ANTHROPIC_API_KEY: 'ANTHROPIC_API_KEY=sk-ant-…',
  ANTHROPIC_BASE_URL: 'ANTHROPIC_BASE_URL=http://localhost:8080',
  FRONTDESK_MODEL: 'FRONTDESK_MODEL=claude-opus-4-6',
  FRONTDESK_FAST_MODEL: 'FRONTDESK_FAST_MODEL=claude-haiku-4-5',
  FRONTDESK_ENCODER: 'FRONTDESK_ENCODER=voyage',
  FRONTDESK_ENCODER_URL: 'FRONTDESK_ENCODER_URL=http://localhost:11434/v1',
  FRONTDESK_ENCODER_MODEL: 'FRONTDESK_ENCODER_MODEL=nomic-embed-text',
  FRONTDESK_ENCODER_KEY: 'FRONTDESK_ENCODER_KEY=…',
  VOYAGE_API_KEY: 'VOYAGE_API_KEY=pa-…',
  OPENAI_API_KEY: 'OPENAI_API_KEY=sk-…',
  FRONTDESK_RERANK: 'FRONTDESK_RERANK=on',
  FRONTDESK_SUMMARIES: 'FRONTDESK_SUMMARIES=on',
  FRONTDESK_BUDGET_SUMMARIES: 'FRONTDESK_BUDGET_SUMMARIES=5',
  FRONTDESK_ANSWER_CACHE: 'FRONTDESK_ANSWER_CACHE=off',
  FRONTDESK_ANSWER_CACHE_HOURS: 'FRONTDESK_ANSWER_CACHE_HOURS=24',
  FRONTDESK_ANSWER_CACHE_SIZE: 'FRONTDESK_ANSWER_CACHE_SIZE=10000',
  FRONTDESK_OPERATOR_TOKEN: 'FRONTDESK_OPERATOR_TOKEN="$(openssl rand -base64 24)"',
  FRONTDESK_JWT_SECRET: 'FRONTDESK_JWT_SECRET="$(openssl rand -base64 48)"',
  FRONTDESK_JWKS_URL: 'FRONTDESK_JWKS_URL=https://login.example.com/.well-known/jwks.json',
  FRONTDESK_JWT_ISSUER: 'FRONTDESK_JWT_ISSUER=https://login.example.com/',
  FRONTDESK_JWT_AUDIENCE: 'FRONTDESK_JWT_AUDIENCE=frontdesk',
  FRONTDESK_TURN_STEPS: 'FRONTDESK_TURN_STEPS=12',
  FRONTDESK_TURN_SECONDS: 'FRONTDESK_TURN_SECONDS=60',
  FRONTDESK_TURN_REPEATS: 'FRONTDESK_TURN_REPEATS=3',
  FRONTDESK_MESSAGE_CHARACTERS: 'FRONTDESK_MESSAGE_CHARACTERS=8000',
  FRONTDESK_RATE_LIMIT: 'FRONTDESK_RATE_LIMIT=off',
  FRONTDESK_VISITOR_MESSAGES: 'FRONTDESK_VISITOR_MESSAGES=30',
  FRONTDESK_ADDRESS_MESSAGES: 'FRONTDESK_ADDRESS_MESSAGES=1000',
  FRONTDESK_ADDRESS_CONVERSATIONS: 'FRONTDESK_ADDRESS_CONVERSATIONS=300',
  FRONTDESK_ADDRESS_STREAMS: 'FRONTDESK_ADDRESS_STREAMS=10',
  FRONTDESK_BUDGET_CONVERSATION: 'FRONTDESK_BUDGET_CONVERSATION=1',
  FRONTDESK_BUDGET_VISITOR: 'FRONTDESK_BUDGET_VISITOR=2.50',
  FRONTDESK_BUDGET_DAY: 'FRONTDESK_BUDGET_DAY=100',
  FRONTDESK_PRICES: 'FRONTDESK_PRICES=my-model=5/25,my-fast-model=1/5',
  FRONTDESK_PROXIES: 'FRONTDESK_PROXIES=1',
  FRONTDESK_PAUSED: 'FRONTDESK_PAUSED=on',
  FRONTDESK_REHEARSAL: 'FRONTDESK_REHEARSAL=off',
  FRONTDESK_FETCH_LOOPBACK: 'FRONTDESK_FETCH_LOOPBACK=on',
  FRONTDESK_URL: 'FRONTDESK_URL=http://localhost:3000',
  FRONTDESK_WEBHOOK_URL: 'FRONTDESK_WEBHOOK_URL=https://example.com/hooks/frontdesk',
  FRONTDESK_WEBHOOK_SECRET: 'FRONTDESK_WEBHOOK_SECRET="$(openssl rand -base64 24)"',
  FRONTDESK_LOG: 'FRONTDESK_LOG=info',
} as const;

type Variable = keyof typeof EXAMPLES;

const text = z.string();
const folder = text.refine((value) => !value.includes('\0'), 'is not a path').transform((value) => resolve(value));
const modelId = text.regex(/^[\w.:/@-]{1,200}$/, 'is not a model id: letters, digits and . : / @ _ - only');
const secretOf = (least: number) =>
  text
    .min(least, `is too short to be safe: at least ${least} characters`)
    .max(512, 'is too long: at most 512 characters')
    .regex(/^[\x21-\x7e]*$/, 'may have only letters, digits and signs, no spaces');
const secret = secretOf(SHORTEST_SECRET);
const apiKey = text.regex(/^[\x21-\x7e]+$/, 'has a space or a line break in it');
const count = (most: number, least = 1) =>
  text
    .regex(/^\d{1,9}$/, `must be a whole number from ${least} to ${most}`)
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must be a whole number from ${least} to ${most}`);
const dollars = text
  .regex(/^\d{1,6}(\.\d{1,6})?$/, 'must be an amount in dollars such as 2.50')
  .transform(Number)
  .refine((value) => value > 0, 'must be more than nothing');
const MANY = 1_000_000;
const SWITCH = ['on', 'off'] as const;
const onOrOff = z.enum(SWITCH, 'must be on or off');
const webAddress = text.refine((value) => isUrl(value, ['http:', 'https:']), 'must be an http or https address');
const claim = text.regex(/^[\x21-\x7e]{1,500}$/, 'may have only letters, digits and signs, at most 500, no spaces');

const ENVIRONMENT = z.object({
  HOST: text.regex(/^[\w.:-]{1,253}$/, 'is not a host name or an IP address').default('127.0.0.1'),
  PORT: text
    .regex(/^\d{1,5}$/, 'must be a number from 0 to 65535')
    .transform(Number)
    .refine((port) => port <= 65_535, 'must be a number from 0 to 65535')
    .default(3000),
  FRONTDESK_DATA: folder.default(() => resolve('.frontdesk')),
  FRONTDESK_AGENT: folder.default(() => fileURLToPath(new URL('../examples/acme-insurance', import.meta.url))),
  FRONTDESK_ORIGINS: text.transform(readOrigins).default([]),
  DATABASE_URL: text
    .refine((value) => isUrl(value, ['postgres:', 'postgresql:']), 'must be a postgres:// address')
    .optional(),
  ANTHROPIC_API_KEY: apiKey.optional(),
  ANTHROPIC_BASE_URL: webAddress.optional(),
  FRONTDESK_MODEL: modelId.default('claude-opus-4-6'),
  FRONTDESK_FAST_MODEL: modelId.default('claude-haiku-4-5'),
  FRONTDESK_ENCODER: z.enum(ENCODERS, `must be one of ${ENCODERS.join(', ')}`).default('local'),
  FRONTDESK_ENCODER_URL: webAddress.refine(hasNoPassword, 'must not hold a user name or a password').optional(),
  FRONTDESK_ENCODER_MODEL: modelId.optional(),
  FRONTDESK_ENCODER_KEY: apiKey.optional(),
  VOYAGE_API_KEY: apiKey.optional(),
  OPENAI_API_KEY: apiKey.optional(),
  FRONTDESK_RERANK: onOrOff.default('off'),
  FRONTDESK_SUMMARIES: onOrOff.default('off'),
  FRONTDESK_BUDGET_SUMMARIES: dollars.default(5),
  FRONTDESK_ANSWER_CACHE: onOrOff.optional(),
  FRONTDESK_ANSWER_CACHE_HOURS: count(8_760).default(24),
  FRONTDESK_ANSWER_CACHE_SIZE: count(MANY).default(10_000),
  FRONTDESK_OPERATOR_TOKEN: secret.optional(),
  FRONTDESK_JWT_SECRET: secretOf(SHORTEST_SIGNING_SECRET).optional(),
  FRONTDESK_JWKS_URL: text
    .refine(isSecure, 'must be an https address: who can change the keys can be any customer')
    .refine(hasNoPassword, 'must not hold a user name or a password')
    .optional(),
  FRONTDESK_JWT_ISSUER: claim.optional(),
  FRONTDESK_JWT_AUDIENCE: claim.optional(),
  FRONTDESK_TURN_STEPS: count(100).default(12),
  FRONTDESK_TURN_SECONDS: count(600).default(60),
  FRONTDESK_TURN_REPEATS: count(100, 2).default(3),
  // The body of a request has room for about so many.
  FRONTDESK_MESSAGE_CHARACTERS: count(15_000).default(8_000),
  FRONTDESK_RATE_LIMIT: onOrOff.default('on'),
  FRONTDESK_VISITOR_MESSAGES: count(MANY).default(30),
  FRONTDESK_ADDRESS_MESSAGES: count(MANY).default(1_000),
  FRONTDESK_ADDRESS_CONVERSATIONS: count(MANY).default(300),
  FRONTDESK_ADDRESS_STREAMS: count(MANY).default(10),
  FRONTDESK_BUDGET_CONVERSATION: dollars.default(1),
  FRONTDESK_BUDGET_VISITOR: dollars.default(2),
  FRONTDESK_BUDGET_DAY: dollars.default(100),
  FRONTDESK_PRICES: text.transform(readPrices).default({}),
  FRONTDESK_PROXIES: count(10, 0).default(0),
  FRONTDESK_PAUSED: onOrOff.default('off'),
  FRONTDESK_REHEARSAL: onOrOff.default('on'),
  FRONTDESK_FETCH_LOOPBACK: onOrOff.default('off'),
  FRONTDESK_URL: webAddress.optional(),
  FRONTDESK_WEBHOOK_URL: webAddress.optional(),
  FRONTDESK_WEBHOOK_SECRET: secret.optional(),
  FRONTDESK_LOG: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
} satisfies Record<Variable, z.ZodType>);

/** The environment of a process of ours that has a data folder of its own. */
export function environmentWith(dataFolder: string): NodeJS.ProcessEnv {
  return { ...process.env, FRONTDESK_DATA: dataFolder };
}

/**
 * Reads the server's configuration; an empty variable counts as unset. The only reader of the environment.
 * Throws `ConfigError` with every problem at once.
 */
export function readConfig(env: Record<string, string | undefined> = process.env): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const checked = ENVIRONMENT.safeParse(given);
  const problems = checked.success ? [] : checked.error.issues.map(toProblem);
  problems.push(...unknownVariables(given), ...unusableSecrets(given), ...halfAWebhook(given));
  problems.push(...halfAnEncoder(given), ...notOneKey(given));
  if (!checked.success || problems.length > 0) throw new ConfigError(problems);
  const { data } = checked;
  const { FRONTDESK_WEBHOOK_URL: url, FRONTDESK_WEBHOOK_SECRET: secret } = data;
  return {
    host: data.HOST,
    port: data.PORT,
    dataFolder: data.FRONTDESK_DATA,
    agentFolder: data.FRONTDESK_AGENT,
    origins: data.FRONTDESK_ORIGINS,
    databaseUrl: data.DATABASE_URL ?? null,
    anthropic: { apiKey: data.ANTHROPIC_API_KEY ?? null, baseUrl: data.ANTHROPIC_BASE_URL ?? null },
    model: data.FRONTDESK_MODEL,
    fastModel: data.FRONTDESK_FAST_MODEL,
    encoder: data.FRONTDESK_ENCODER,
    encoderApi: encoderApiOf(data),
    rerank: data.FRONTDESK_RERANK === 'on',
    summaries: data.FRONTDESK_SUMMARIES === 'on' ? { dollars: data.FRONTDESK_BUDGET_SUMMARIES } : null,
    answers: {
      use: data.FRONTDESK_ANSWER_CACHE === undefined ? null : data.FRONTDESK_ANSWER_CACHE === 'on',
      hours: data.FRONTDESK_ANSWER_CACHE_HOURS,
      most: data.FRONTDESK_ANSWER_CACHE_SIZE,
    },
    turn: {
      steps: data.FRONTDESK_TURN_STEPS,
      seconds: data.FRONTDESK_TURN_SECONDS,
      repeats: data.FRONTDESK_TURN_REPEATS,
    },
    limits: data.FRONTDESK_RATE_LIMIT === 'off' ? null : limitsOf(data),
    messageCharacters: data.FRONTDESK_MESSAGE_CHARACTERS,
    proxies: data.FRONTDESK_PROXIES,
    paused: data.FRONTDESK_PAUSED === 'on',
    rehearsal: data.FRONTDESK_REHEARSAL === 'on',
    fetchLoopback: data.FRONTDESK_FETCH_LOOPBACK === 'on',
    url: data.FRONTDESK_URL ?? null,
    secrets: secretsOf(given),
    path: given.PATH ?? null,
    operatorToken: data.FRONTDESK_OPERATOR_TOKEN ?? null,
    identity: identityOf(data),
    webhook: url && secret ? { url, secret } : null,
    logLevel: data.FRONTDESK_LOG,
  };
}

/** Where an encoder is asked when nothing else is said, and the model that its makers recommend for most uses. */
const ENCODER_APIS = {
  voyage: { url: 'https://api.voyageai.com/v1', model: 'voyage-4' },
  openai: { url: 'https://api.openai.com/v1', model: 'text-embedding-3-small' },
} as const;

function encoderApiOf(data: z.output<typeof ENVIRONMENT>): EncoderApi | null {
  const { FRONTDESK_ENCODER: kind, FRONTDESK_ENCODER_URL: url, FRONTDESK_ENCODER_KEY: own } = data;
  if (kind !== 'voyage' && kind !== 'openai') return null;
  // OpenAI's key is for OpenAI: a server of one's own does not get it.
  const usual = kind === 'voyage' ? data.VOYAGE_API_KEY : url ? undefined : data.OPENAI_API_KEY;
  const { url: usualUrl, model } = ENCODER_APIS[kind];
  return { url: url ?? usualUrl, model: data.FRONTDESK_ENCODER_MODEL ?? model, key: own ?? usual ?? null };
}

function identityOf(data: z.output<typeof ENVIRONMENT>): ConfiguredIdentity | null {
  const { FRONTDESK_JWT_SECRET: secret, FRONTDESK_JWKS_URL: jwksUrl } = data;
  const keys = secret ? { secret } : jwksUrl ? { jwksUrl } : null;
  if (!keys) return null;
  return { keys, issuer: data.FRONTDESK_JWT_ISSUER ?? null, audience: data.FRONTDESK_JWT_AUDIENCE ?? null };
}

function limitsOf(data: z.output<typeof ENVIRONMENT>): ConfiguredLimits {
  return {
    visitorMessages: data.FRONTDESK_VISITOR_MESSAGES,
    addressMessages: data.FRONTDESK_ADDRESS_MESSAGES,
    addressConversations: data.FRONTDESK_ADDRESS_CONVERSATIONS,
    addressStreams: data.FRONTDESK_ADDRESS_STREAMS,
    budgets: {
      conversation: data.FRONTDESK_BUDGET_CONVERSATION,
      visitor: data.FRONTDESK_BUDGET_VISITOR,
      day: data.FRONTDESK_BUDGET_DAY,
    },
    prices: data.FRONTDESK_PRICES,
  };
}

function toProblem({ path, message }: z.core.$ZodIssue): ConfigProblem {
  const variable = String(path[0]) as Variable;
  return { variable, problem: message, example: EXAMPLES[variable] };
}

/** The origins of a comma-separated list, as browsers send them. */
function readOrigins(list: string, context: z.core.$RefinementCtx<string>): string[] {
  const origins = list.split(',').map((entry) => entry.trim());
  for (const origin of origins.filter(Boolean)) {
    const message = originProblem(origin);
    if (message) context.issues.push({ code: 'custom', input: list, message });
  }
  return [...new Set(origins.filter(Boolean).map((origin) => origin.toLowerCase()))];
}

/** `model=input/output,…`, in dollars for a million tokens. */
function readPrices(list: string, context: z.core.$RefinementCtx<string>): ConfiguredLimits['prices'] {
  const prices: Record<string, { input: number; output: number }> = {};
  for (const entry of list.split(',').filter((part) => part.trim() !== '')) {
    const [, model, input, output] =
      /^\s*([\w.:/@-]{1,200})=(\d{1,6}(?:\.\d{1,6})?)\/(\d{1,6}(?:\.\d{1,6})?)\s*$/.exec(entry) ?? [];
    const message = `has ${JSON.stringify(entry.slice(0, 100))}, which is not a model and its prices`;
    if (model === undefined) context.issues.push({ code: 'custom', input: list, message });
    else prices[model] = { input: Number(input), output: Number(output) };
  }
  return prices;
}

function originProblem(origin: string): string | null {
  const shown = JSON.stringify(origin.slice(0, 100));
  if (!isUrl(origin, ['http:', 'https:']))
    return `has ${shown}, which is not an origin such as https://www.example.com`;
  const url = new URL(origin);
  if (url.username || url.password) return 'has an origin with a user name or a password in it';
  if (!/^([\w.-]+|\[[\da-f:.]+\])$/.test(url.hostname)) return `has ${shown}: name each site, without wildcards`;
  if (origin.toLowerCase() === url.origin) return null;
  return `has ${shown}: an origin has no path and no default port, write ${url.origin}`;
}

function unknownVariables(given: Record<string, unknown>): ConfigProblem[] {
  return Object.keys(given)
    .filter((name) => name.startsWith('FRONTDESK_') && !isToolSecret(name) && !Object.hasOwn(EXAMPLES, name))
    .map((name) => {
      const nearest = nearestVariable(name);
      return { variable: name, problem: `is not known; did you mean ${nearest}?`, example: EXAMPLES[nearest] };
    });
}

const TOOL_SECRET = 'FRONTDESK_SECRET_';

function isToolSecret(name: string): boolean {
  return name.startsWith(TOOL_SECRET) && name.length > TOOL_SECRET.length;
}

function secretsOf(given: Record<string, string | undefined>): Record<string, string> {
  const found = Object.entries(given).filter(([name]) => isToolSecret(name));
  return Object.fromEntries(found.map(([name, value = '']) => [name.slice(TOOL_SECRET.length), value]));
}

/** They go into headers and addresses as they are. */
function unusableSecrets(given: Record<string, string | undefined>): ConfigProblem[] {
  const example = `${TOOL_SECRET}SHOP_KEY=…`;
  return Object.entries(given)
    .filter(([name]) => isToolSecret(name))
    .flatMap(([variable, value = '']) => {
      const named = /^[A-Z][A-Z0-9_]*$/.test(variable.slice(TOOL_SECRET.length));
      if (!named) return [{ variable, problem: 'must be named with A-Z, 0-9 and _ only', example }];
      const sound = /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(value) && value.length <= 4096;
      return sound
        ? []
        : [{ variable, problem: 'may have only plain letters, digits and signs, in one line', example }];
    });
}

function nearestVariable(name: string): Variable {
  // FRONTDESK_PORT is meant for PORT.
  const far = (known: Variable) => editDistance(name.replace('FRONTDESK_', ''), known.replace('FRONTDESK_', ''));
  return (Object.keys(EXAMPLES) as Variable[]).reduce((best, known) => (far(known) < far(best) ? known : best));
}

function halfAWebhook(given: Record<string, unknown>): ConfigProblem[] {
  const { FRONTDESK_WEBHOOK_URL: url, FRONTDESK_WEBHOOK_SECRET: secret } = given;
  if (Boolean(url) === Boolean(secret)) return [];
  const [variable, other] = url
    ? (['FRONTDESK_WEBHOOK_SECRET', 'FRONTDESK_WEBHOOK_URL'] as const)
    : (['FRONTDESK_WEBHOOK_URL', 'FRONTDESK_WEBHOOK_SECRET'] as const);
  return [{ variable, problem: `is missing, and ${other} needs it`, example: EXAMPLES[variable] }];
}

/** Two kinds of keys for the same tokens, or what tokens must name without a key. */
function notOneKey(given: Record<string, unknown>): ConfigProblem[] {
  const keys = (['FRONTDESK_JWT_SECRET', 'FRONTDESK_JWKS_URL'] as const).filter((variable) => given[variable]);
  if (keys.length === 1) return [];
  if (keys.length === 2) {
    const problem = 'and FRONTDESK_JWKS_URL are both set: tokens are signed with one or the other';
    return [{ variable: 'FRONTDESK_JWT_SECRET', problem, example: EXAMPLES.FRONTDESK_JWT_SECRET }];
  }
  const stray = (['FRONTDESK_JWT_ISSUER', 'FRONTDESK_JWT_AUDIENCE'] as const).filter((variable) => given[variable]);
  const problem = 'is set without a key: set FRONTDESK_JWT_SECRET or FRONTDESK_JWKS_URL';
  return stray.map((variable) => ({ variable, problem, example: EXAMPLES.FRONTDESK_JWT_SECRET }));
}

/** An API without its key, a server of one's own without its model, or what says how without saying where. */
function halfAnEncoder(given: Record<string, unknown>): ConfigProblem[] {
  const { FRONTDESK_ENCODER: kind, FRONTDESK_ENCODER_URL: url, FRONTDESK_ENCODER_MODEL: model } = given;
  const missing = (variable: Variable, because: string) => [
    { variable, problem: `is missing, and ${because} needs it`, example: EXAMPLES[variable] },
  ];
  if (kind !== 'voyage' && kind !== 'openai') {
    const stray = ENCODER_VARIABLES.filter((variable) => given[variable]);
    const problem = 'is for an encoder behind an API: set FRONTDESK_ENCODER to voyage or openai';
    return stray.map((variable) => ({ variable, problem, example: EXAMPLES.FRONTDESK_ENCODER }));
  }
  if (kind === 'openai' && url) return model ? [] : missing('FRONTDESK_ENCODER_MODEL', 'FRONTDESK_ENCODER_URL');
  const key = kind === 'voyage' ? 'VOYAGE_API_KEY' : 'OPENAI_API_KEY';
  return given[key] || given.FRONTDESK_ENCODER_KEY ? [] : missing(key, `FRONTDESK_ENCODER=${kind}`);
}

const ENCODER_VARIABLES = ['FRONTDESK_ENCODER_URL', 'FRONTDESK_ENCODER_MODEL', 'FRONTDESK_ENCODER_KEY'] as const;

function hasNoPassword(value: string): boolean {
  const url = URL.parse(value);
  return !url || (url.username === '' && url.password === '');
}

/** True where nobody between here and there can change what comes back. */
function isSecure(value: string): boolean {
  const url = URL.parse(value);
  if (url?.protocol !== 'http:') return url?.protocol === 'https:';
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
}

function isUrl(value: string, protocols: string[]): boolean {
  return URL.canParse(value) && protocols.includes(new URL(value).protocol);
}
