import { isAbsolute, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from '../src/config.ts';

function problemsOf(env: Record<string, string>): ConfigError {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('the configuration was taken');
}

describe('the configuration', () => {
  test('needs nothing', () => {
    const config = readConfig({ HOME: '/home/someone', PATH: '/bin' });
    expect(config).toEqual({
      host: '127.0.0.1',
      port: 3000,
      dataFolder: resolve('.frontdesk'),
      agentFolder: resolve(import.meta.dirname, '../examples/acme-insurance'),
      origins: [],
      databaseUrl: null,
      anthropic: { apiKey: null, baseUrl: null },
      model: 'claude-opus-4-6',
      fastModel: 'claude-haiku-4-5',
      encoder: 'local',
      encoderApi: null,
      rerank: false,
      summaries: null,
      answers: { use: null, hours: 24, most: 10_000 },
      turn: { steps: 12, seconds: 60, repeats: 3 },
      messageCharacters: 8_000,
      limits: {
        ...{ visitorMessages: 30, addressMessages: 1_000, addressConversations: 300, addressStreams: 10 },
        budgets: { conversation: 1, visitor: 2, day: 100 },
        prices: {},
      },
      proxies: 0,
      paused: false,
      rehearsal: true,
      fetchLoopback: false,
      operatorToken: null,
      identity: null,
      url: null,
      webhook: null,
      logLevel: 'info',
    });
  });

  test('takes every variable', () => {
    const config = readConfig({
      HOST: '::1',
      PORT: '0',
      FRONTDESK_DATA: 'data',
      FRONTDESK_AGENT: './my-agent',
      FRONTDESK_ORIGINS:
        ' https://www.example.com, HTTPS://Shop.example:8443 ,http://localhost:5173,https://www.example.com',
      DATABASE_URL: 'postgresql://someone@db.example/desk',
      ANTHROPIC_API_KEY: 'sk-ant-1',
      ANTHROPIC_BASE_URL: 'http://127.0.0.1:8080/v1',
      FRONTDESK_MODEL: 'anthropic.claude-opus-4-6-v1:0',
      FRONTDESK_FAST_MODEL: 'small@2026',
      FRONTDESK_ENCODER: 'openai',
      FRONTDESK_ENCODER_URL: 'http://127.0.0.1:11434/v1',
      FRONTDESK_ENCODER_MODEL: 'nomic-embed-text',
      FRONTDESK_ENCODER_KEY: 'own',
      FRONTDESK_RERANK: 'on',
      FRONTDESK_SUMMARIES: 'on',
      FRONTDESK_BUDGET_SUMMARIES: '2.5',
      VOYAGE_API_KEY: 'pa-1',
      OPENAI_API_KEY: 'sk-1',
      FRONTDESK_ANSWER_CACHE: 'on',
      FRONTDESK_ANSWER_CACHE_HOURS: '2',
      FRONTDESK_ANSWER_CACHE_SIZE: '500',
      FRONTDESK_TURN_STEPS: '5',
      FRONTDESK_TURN_SECONDS: '30',
      FRONTDESK_TURN_REPEATS: '4',
      FRONTDESK_MESSAGE_CHARACTERS: '500',
      FRONTDESK_RATE_LIMIT: 'on',
      FRONTDESK_VISITOR_MESSAGES: '5',
      FRONTDESK_ADDRESS_MESSAGES: '50',
      FRONTDESK_ADDRESS_CONVERSATIONS: '20',
      FRONTDESK_ADDRESS_STREAMS: '6',
      FRONTDESK_BUDGET_CONVERSATION: '0.25',
      FRONTDESK_BUDGET_VISITOR: '0.5',
      FRONTDESK_BUDGET_DAY: '12',
      FRONTDESK_PRICES: 'my-model=5/25, ollama/llama3:8b=0/0.5',
      FRONTDESK_PROXIES: '2',
      FRONTDESK_PAUSED: 'on',
      FRONTDESK_REHEARSAL: 'off',
      FRONTDESK_FETCH_LOOPBACK: 'on',
      FRONTDESK_URL: 'https://desk.example',
      FRONTDESK_OPERATOR_TOKEN: 'sixteen-letters!',
      FRONTDESK_JWKS_URL: 'http://127.0.0.1:8080/jwks.json',
      FRONTDESK_JWT_ISSUER: 'https://login.example/',
      FRONTDESK_JWT_AUDIENCE: 'frontdesk',
      FRONTDESK_WEBHOOK_URL: 'https://example.com/hook',
      FRONTDESK_WEBHOOK_SECRET: 'another-secret-of-mine',
      FRONTDESK_LOG: 'debug',
    });
    expect(config).toEqual({
      host: '::1',
      port: 0,
      dataFolder: resolve('data'),
      agentFolder: resolve('my-agent'),
      origins: ['https://www.example.com', 'https://shop.example:8443', 'http://localhost:5173'],
      databaseUrl: 'postgresql://someone@db.example/desk',
      anthropic: { apiKey: 'sk-ant-1', baseUrl: 'http://127.0.0.1:8080/v1' },
      model: 'anthropic.claude-opus-4-6-v1:0',
      fastModel: 'small@2026',
      encoder: 'openai',
      encoderApi: { url: 'http://127.0.0.1:11434/v1', model: 'nomic-embed-text', key: 'own' },
      rerank: true,
      summaries: { dollars: 2.5 },
      answers: { use: true, hours: 2, most: 500 },
      turn: { steps: 5, seconds: 30, repeats: 4 },
      messageCharacters: 500,
      limits: {
        ...{ visitorMessages: 5, addressMessages: 50, addressConversations: 20, addressStreams: 6 },
        budgets: { conversation: 0.25, visitor: 0.5, day: 12 },
        prices: { 'my-model': { input: 5, output: 25 }, 'ollama/llama3:8b': { input: 0, output: 0.5 } },
      },
      proxies: 2,
      paused: true,
      rehearsal: false,
      fetchLoopback: true,
      operatorToken: 'sixteen-letters!',
      identity: {
        keys: { jwksUrl: 'http://127.0.0.1:8080/jwks.json' },
        ...{ issuer: 'https://login.example/', audience: 'frontdesk' },
      },
      url: 'https://desk.example',
      webhook: { url: 'https://example.com/hook', secret: 'another-secret-of-mine' },
      logLevel: 'debug',
    });
    expect(isAbsolute(config.dataFolder)).toBe(true);
  });

  test('takes an empty variable for an unset one', () => {
    const names = ['HOST', 'PORT', 'FRONTDESK_DATA', 'FRONTDESK_ORIGINS', 'DATABASE_URL', 'FRONTDESK_WEBHOOK_URL'];
    const empty = Object.fromEntries([...names, 'FRONTDESK_LOG', 'FRONTDESK_NOTHING'].map((name) => [name, '']));
    expect(readConfig(empty)).toEqual(readConfig({}));
  });

  test.each([
    ['HOST', 'a b', /not a host name/],
    ['HOST', 'http://localhost', /not a host name/],
    ['PORT', '65536', /0 to 65535/],
    ['FRONTDESK_TURN_STEPS', '0', /1 to 100/],
    ['FRONTDESK_TURN_SECONDS', '601', /1 to 600/],
    ['FRONTDESK_TURN_REPEATS', '1', /2 to 100/],
    ['FRONTDESK_RATE_LIMIT', 'no', /on or off/],
    ['FRONTDESK_VISITOR_MESSAGES', '0', /1 to 1000000/],
    ['FRONTDESK_MESSAGE_CHARACTERS', '1e4', /1 to 15000/],
    ['FRONTDESK_BUDGET_DAY', '0', /more than nothing/],
    ['FRONTDESK_BUDGET_DAY', '-3', /amount in dollars/],
    ['FRONTDESK_BUDGET_CONVERSATION', '$2', /amount in dollars/],
    ['FRONTDESK_PRICES', 'my-model=5', /"my-model=5", which is not a model and its prices/],
    ['FRONTDESK_PROXIES', '11', /0 to 10/],
    ['FRONTDESK_PAUSED', 'yes', /on or off/],
    ['FRONTDESK_REHEARSAL', 'no', /on or off/],
    ['FRONTDESK_FETCH_LOOPBACK', 'no', /on or off/],
    ['FRONTDESK_URL', 'desk.example', /http or https/],
    ['FRONTDESK_ENCODER', 'big', /local, voyage, openai, off/],
    ['VOYAGE_API_KEY', 'pa 1', /a space or a line break/],
    ['FRONTDESK_ANSWER_CACHE', 'yes', /on or off/],
    ['FRONTDESK_ANSWER_CACHE_HOURS', '0', /1 to 8760/],
    ['PORT', '-1', /0 to 65535/],
    ['PORT', '3000x', /0 to 65535/],
    ['PORT', '3e3', /0 to 65535/],
    ['FRONTDESK_DATA', 'a\0b', /not a path/],
    ['FRONTDESK_ORIGINS', '*', /has "\*", which is not an origin/],
    ['FRONTDESK_ORIGINS', 'shop.example', /has "shop.example"/],
    ['FRONTDESK_ORIGINS', 'https://a.example, ftp://b.example', /has "ftp:\/\/b.example"/],
    ['FRONTDESK_ORIGINS', 'https://a.example/', /write https:\/\/a.example/],
    ['FRONTDESK_ORIGINS', 'https://a.example/shop?x=1', /write https:\/\/a.example/],
    ['FRONTDESK_ORIGINS', 'https://a.example:443', /write https:\/\/a.example/],
    ['FRONTDESK_ORIGINS', 'https://*.example', /\*\.example/],
    ['DATABASE_URL', 'mysql://localhost/x', /postgres:\/\//],
    ['DATABASE_URL', 'localhost:5432', /postgres:\/\//],
    ['ANTHROPIC_API_KEY', 'sk ant', /a space or a line break/],
    ['ANTHROPIC_API_KEY', 'sk-ant\n', /a space or a line break/],
    ['ANTHROPIC_BASE_URL', 'localhost:8080', /http or https/],
    ['FRONTDESK_MODEL', 'two words', /not a model id/],
    ['FRONTDESK_FAST_MODEL', 'x'.repeat(201), /not a model id/],
    ['FRONTDESK_OPERATOR_TOKEN', 'short', /at least 16 characters/],
    ['FRONTDESK_OPERATOR_TOKEN', 'with a space in the middle', /no spaces/],
    ['FRONTDESK_JWT_SECRET', 'thirty-one-letters-are-too-few!', /at least 32 characters/],
    ['FRONTDESK_JWT_SECRET', `${'x'.repeat(40)} `, /no spaces/],
    ['FRONTDESK_JWKS_URL', 'http://login.example/jwks.json', /https address/],
    ['FRONTDESK_JWKS_URL', 'http://127.0.0.1.evil.example/jwks.json', /https address/],
    ['FRONTDESK_JWKS_URL', 'file:///jwks.json', /https address/],
    ['FRONTDESK_JWKS_URL', 'https://me:hunter2@login.example/', /user name or a password/],
    ['FRONTDESK_LOG', 'loud', /silent, error, warn, info, debug/],
  ])('%s=%j is a problem', (name, value, says) => {
    const { problems, message } = problemsOf({ [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ variable: name, problem: expect.stringMatching(says) });
    expect(problems[0]?.example).toMatch(new RegExp(`^${name}=`));
    expect(message).toContain(problems[0]?.example);
  });

  test('the limits are off only where somebody says so', () => {
    expect(readConfig({}).limits).toMatchObject({ visitorMessages: 30, addressStreams: 10, budgets: { day: 100 } });
    expect(readConfig({ FRONTDESK_RATE_LIMIT: 'off', FRONTDESK_BUDGET_DAY: '5' }).limits).toBeNull();
  });

  test('an encoder behind an API has its usual address, model and key', () => {
    const voyage = { url: 'https://api.voyageai.com/v1', model: 'voyage-4', key: 'pa-1' };
    const keys = { VOYAGE_API_KEY: 'pa-1', OPENAI_API_KEY: 'sk-1' };
    expect(readConfig({ ...keys, FRONTDESK_ENCODER: 'voyage' }).encoderApi).toEqual(voyage);
    expect(readConfig({ ...keys, FRONTDESK_ENCODER: 'openai' }).encoderApi).toEqual({
      url: 'https://api.openai.com/v1',
      model: 'text-embedding-3-small',
      key: 'sk-1',
    });
    expect(readConfig(keys).encoderApi).toBeNull();
  });

  test("a server of one's own does not get OpenAI's key", () => {
    const env = { FRONTDESK_ENCODER: 'openai', FRONTDESK_ENCODER_URL: 'http://gpu:8000', FRONTDESK_ENCODER_MODEL: 'm' };
    expect(readConfig({ ...env, OPENAI_API_KEY: 'sk-1' }).encoderApi?.key).toBeNull();
    expect(readConfig({ ...env, FRONTDESK_ENCODER_KEY: 'own' }).encoderApi?.key).toBe('own');
  });

  test.each([
    [{ FRONTDESK_ENCODER: 'voyage' }, 'VOYAGE_API_KEY', /is missing, and FRONTDESK_ENCODER=voyage needs it/],
    [{ FRONTDESK_ENCODER: 'openai', VOYAGE_API_KEY: 'x' }, 'OPENAI_API_KEY', /is missing/],
    [
      { FRONTDESK_ENCODER: 'openai', FRONTDESK_ENCODER_URL: 'http://localhost:11434' },
      'FRONTDESK_ENCODER_MODEL',
      /is missing, and FRONTDESK_ENCODER_URL needs it/,
    ],
    [{ FRONTDESK_ENCODER_MODEL: 'voyage-4' }, 'FRONTDESK_ENCODER_MODEL', /set FRONTDESK_ENCODER to voyage or openai/],
    [
      { FRONTDESK_ENCODER: 'voyage', VOYAGE_API_KEY: 'x', FRONTDESK_ENCODER_URL: 'https://me:hunter2@host' },
      'FRONTDESK_ENCODER_URL',
      /must not hold a user name or a password/,
    ],
  ])('%j lacks something', (env, variable, says) => {
    const { problems, message } = problemsOf(env as Record<string, string>);
    expect(problems).toMatchObject([{ variable, problem: expect.stringMatching(says) }]);
    expect(message).not.toContain('hunter2');
  });

  test('customers are known by one kind of key, and by no rules without a key', () => {
    const secret = 'x'.repeat(32);
    expect(readConfig({ FRONTDESK_JWT_SECRET: secret }).identity).toEqual({
      ...{ keys: { secret }, issuer: null, audience: null },
    });
    const both = { FRONTDESK_JWT_SECRET: secret, FRONTDESK_JWKS_URL: 'https://login.example/jwks.json' };
    expect(problemsOf(both).problems).toMatchObject([
      { variable: 'FRONTDESK_JWT_SECRET', problem: expect.stringContaining('both set') },
    ]);
    expect(problemsOf(both).message).not.toContain(secret);
    const stray = problemsOf({ FRONTDESK_JWT_ISSUER: 'https://login.example', FRONTDESK_JWT_AUDIENCE: 'frontdesk' });
    expect(stray.problems.map(({ variable }) => variable)).toEqual(['FRONTDESK_JWT_ISSUER', 'FRONTDESK_JWT_AUDIENCE']);
  });

  test('a webhook needs its address and its secret', () => {
    const url = 'https://example.com/hook';
    expect(problemsOf({ FRONTDESK_WEBHOOK_URL: url }).problems).toMatchObject([
      { variable: 'FRONTDESK_WEBHOOK_SECRET' },
    ]);
    const secretOnly = problemsOf({ FRONTDESK_WEBHOOK_SECRET: 'a-secret-of-some-length' });
    expect(secretOnly.problems).toMatchObject([{ variable: 'FRONTDESK_WEBHOOK_URL' }]);
    const short = problemsOf({ FRONTDESK_WEBHOOK_URL: url, FRONTDESK_WEBHOOK_SECRET: 'short' });
    expect(short.problems).toMatchObject([{ variable: 'FRONTDESK_WEBHOOK_SECRET' }]);
  });

  test('a misspelt variable is a problem that names the right one', () => {
    const { problems } = problemsOf({ FRONTDESK_ORIGIN: 'https://a.example', FRONTDESK_OPERATOR_TOKE: 'x' });
    expect(problems).toMatchObject([
      { variable: 'FRONTDESK_ORIGIN', problem: expect.stringContaining('did you mean FRONTDESK_ORIGINS?') },
      {
        variable: 'FRONTDESK_OPERATOR_TOKE',
        problem: expect.stringContaining('did you mean FRONTDESK_OPERATOR_TOKEN?'),
      },
    ]);
  });

  test('everything that is wrong is told at once, and no secret with it', () => {
    const { problems, message } = problemsOf({
      PORT: 'http',
      DATABASE_URL: 'mysql://root:hunter2@db/x',
      ANTHROPIC_API_KEY: 'sk-hunter2 ',
      ANTHROPIC_BASE_URL: 'ftp://me:hunter2@host',
      FRONTDESK_OPERATOR_TOKEN: 'hunter2',
      FRONTDESK_WEBHOOK_SECRET: 'hunter2',
      FRONTDESK_WEBHOOK_URL: 'hunter2://x',
      FRONTDESK_ORIGINS: 'https://me:hunter2@shop.example',
      FRONTDESK_SECRET: 'hunter2',
    });
    expect(problems.map(({ variable }) => variable).sort()).toEqual([
      'ANTHROPIC_API_KEY',
      'ANTHROPIC_BASE_URL',
      'DATABASE_URL',
      'FRONTDESK_OPERATOR_TOKEN',
      'FRONTDESK_ORIGINS',
      'FRONTDESK_SECRET',
      'FRONTDESK_WEBHOOK_SECRET',
      'FRONTDESK_WEBHOOK_URL',
      'PORT',
    ]);
    expect(message).toMatch(/^The configuration has 9 problems:\n {2}PORT must be/);
    expect(message).not.toContain('hunter2');
    expect(JSON.stringify(problems)).not.toContain('hunter2');
  });
});
