import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

/** What each part may import; the table of AGENTS.md. A part that is not named here may not exist. */
const LAYERS: Record<string, readonly string[]> = {
  protocol: [],
  language: ['protocol'],
  agent: ['language', 'protocol'],
  knowledge: ['language', 'protocol'],
  routing: ['agent', 'language', 'protocol'],
  net: [],
  ingest: ['knowledge', 'language', 'net', 'protocol'],
  tools: ['agent', 'knowledge', 'language', 'net', 'protocol'],
  'agent-folder': ['agent', 'knowledge', 'tools', 'language', 'net', 'protocol'],
  'agent-knowledge.ts': ['agent-folder', 'ingest', 'knowledge', 'language', 'net'],
  conversations: ['agent', 'language', 'protocol'],
  http: ['conversations', 'knowledge', 'protocol'],
  adapters: ['conversations', 'agent', 'knowledge', 'language', 'protocol'],
  guards: ['agent', 'knowledge', 'language', 'protocol'],
  screening: ['agent', 'routing', 'language', 'protocol'],
  testing: ['agent', 'protocol'],
  'config.ts': ['language'],
  'desk-agent.ts': [
    'agent-folder',
    'agent',
    'conversations',
    'guards',
    'knowledge',
    'language',
    'routing',
    'screening',
    'tools',
  ],
  'compose-checks.ts': ['adapters', 'agent', 'config.ts', 'conversations', 'guards', 'language'],
  'compose-knowledge.ts': ['adapters', 'config.ts', 'conversations', 'knowledge', 'language'],
  'compose-routing.ts': ['agent-folder', 'agent', 'config.ts', 'ingest', 'knowledge', 'language', 'routing'],
  'compose.ts': [
    'adapters',
    'agent-folder',
    'agent-knowledge.ts',
    'agent',
    'compose-checks.ts',
    'compose-knowledge.ts',
    'compose-routing.ts',
    'config.ts',
    'conversations',
    'desk-agent.ts',
    'http',
    'ingest',
    'knowledge',
    'language',
    'protocol',
  ],
  evals: [
    'adapters',
    'agent-folder',
    'agent',
    'compose.ts',
    'config.ts',
    'conversations',
    'desk-agent.ts',
    'guards',
    'knowledge',
    'language',
    'protocol',
    'routing',
  ],
  'index.ts': ['agent-folder', 'agent'],
  cli: [
    'adapters',
    'agent-folder',
    'agent-knowledge.ts',
    'agent',
    'compose.ts',
    'compose-knowledge.ts',
    'compose-routing.ts',
    'config.ts',
    'conversations',
    'desk-agent.ts',
    'evals',
    'http',
    'ingest',
    'knowledge',
    'language',
    'protocol',
    'routing',
    'testing',
    'tools',
  ],
};

const LONGEST_FILE = 500;
const sources = globSync('{src,web,examples/react}/**/*.{ts,tsx}').filter((file) => !file.endsWith('.d.ts'));

describe('architecture', () => {
  it.each(sources.filter((file) => file.startsWith('src/')))('%s imports only what its layer may', (file) => {
    const own = partOf(file);
    const allowed = LAYERS[own];
    expect(allowed, `"${own}" is not in the table`).toBeDefined();
    const wrong = importsOf(file).filter(({ to }) => partOf(to) !== own && !allowed?.includes(partOf(to)));
    expect(wrong).toEqual([]);
  });

  it.each(sources.filter((file) => file.startsWith('web/')))('%s takes only types from the server', (file) => {
    const server = importsOf(file).filter(({ to }) => to.startsWith('src/'));
    expect(server.filter(({ to, typeOnly }) => !typeOnly || partOf(to) !== 'protocol')).toEqual([]);
  });

  it('the React example can be copied: it takes nothing from outside its folder', () => {
    const files = sources.filter((file) => file.startsWith('examples/react/'));
    expect(files).toContain('examples/react/chat.tsx');
    expect(files.flatMap(importsOf).filter(({ to }) => !to.startsWith('examples/react/'))).toEqual([]);
  });

  it('only the Claude adapter imports the Anthropic SDK at run time', () => {
    const users = sources.filter((file) => /^import (?!type ).*'@anthropic-ai\/sdk/m.test(read(file)));
    expect(users.every((file) => file.startsWith('src/adapters/claude'))).toBe(true);
    expect(users).toContain('src/adapters/claude/connect.ts');
  });

  it('only config.ts reads the environment', () => {
    const ours = sources.filter((file) => !file.startsWith('examples/'));
    expect(ours.filter((file) => /process\.env/.test(read(file)))).toEqual(['src/config.ts']);
  });

  it(`no file is longer than ${LONGEST_FILE} lines`, () => {
    expect(sources.filter((file) => read(file).split('\n').length > LONGEST_FILE)).toEqual([]);
  });

  it('nothing reaches an HTML sink', () => {
    const sinks = /innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|document\.write/;
    expect(sources.filter((file) => !file.startsWith('src/') && sinks.test(withoutComments(read(file))))).toEqual([]);
  });
});

function read(file: string): string {
  return readFileSync(file, 'utf8');
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
}

/** "src/agent/turn.ts" belongs to "agent", "src/config.ts" to "config.ts". */
function partOf(file: string): string {
  return file.split('/')[1] ?? file;
}

function importsOf(file: string): { to: string; typeOnly: boolean }[] {
  const found = read(file).matchAll(
    /^(import|export)( type)?\b[^'"]*?from '(\.[^']+)'|^import '(\.[^']+)'|import\('(\.[^']+)'\)/gm,
  );
  return [...found].map((match) => ({
    to: normalize(join(dirname(file), match[3] ?? match[4] ?? match[5] ?? '')),
    typeOnly: match[2] !== undefined,
  }));
}
