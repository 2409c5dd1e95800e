import { globSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A way in which an agent folder goes wrong. `apply` does it to a copy. */
export type Mutation = { kind: string; what: string; apply(folder: string): void };

const FIGURE = /\d+/;
/** Front matter and comments. */
const ASIDE = /^---\n.*?\n---\n|<!--.*?-->/gs;
/** A line that lists, numbers of steps, and headings state no figure. */
const STATES = /^(?!#)(?!\s*\d+\.\s)(?=.*\d)/;

/** Every single thing that this knows how to break in a folder, in a fixed order. */
export function mutationsOf(folder: string): Mutation[] {
  const prose = (pattern: string) => globSync(pattern, { cwd: folder }).sort();
  const articles = prose('knowledge/**/*.md');
  return [
    ...prose('context/*.md').flatMap((file) => figuresOf(folder, file, 'context figure')),
    ...articles.flatMap((file) => figuresOf(folder, file, 'article figure')),
    ...prose('policies/*.md').flatMap((file) => figuresOf(folder, file, 'policy figure')),
    ...contactsOf(folder),
    ...articles.map((file) => removed(file, 'article removed')),
    ...articles.map((file, at) => exchanged(file, articles[(at + 1) % articles.length] ?? file, 'source swapped')),
    ...prose('{guardrails.md,routes/*/guardrails.md}').flatMap((file) => rulesOf(folder, file)),
    ...prose('guards.yaml').map((file) => removed(file, 'guards removed')),
    ...prose('{tools,routes/*/tools}/*.ts').flatMap((file) => [brokenTool(file), emptyTool(file)]),
    ...prose('context/*.md').map((file) => removed(file, 'context removed')),
  ];
}

/** Of what the file says: what customers ask, which stands in front matter and comments, is no fact. */
function figuresOf(folder: string, file: string, kind: string): Mutation[] {
  const text = readFileSync(join(folder, file), 'utf8');
  const said = text.replace(ASIDE, (aside) => aside.replace(/[^\n]/g, ' ')).split('\n');
  const lines = text.split('\n');
  return lines.flatMap((line, at) => {
    if (!STATES.test(said[at] ?? '')) return [];
    const changed = line.replace(FIGURE, (digits) => String(Number(digits) + 1));
    return [edited(file, kind, { at, with: changed })];
  });
}

/** Hours and phone number of `agent.ts`. */
function contactsOf(folder: string): Mutation[] {
  const lines = readFileSync(join(folder, 'agent.ts'), 'utf8').split('\n');
  return lines.flatMap((line, at) => {
    if (!/^\s*(?:hours|phone):/.test(line)) return [];
    const changed = line.replace(FIGURE, (digits) => String(Number(digits) + 1));
    return changed === line ? [] : [edited('agent.ts', 'contact', { at, with: changed })];
  });
}

/** A rule is a list item with the lines that go on with it. */
function rulesOf(folder: string, file: string): Mutation[] {
  const lines = readFileSync(join(folder, file), 'utf8').split('\n');
  return lines.flatMap((line, at) => {
    if (!/^[-*] /.test(line)) return [];
    const after = lines.findIndex((other, index) => index > at && !/^\s+\S/.test(other));
    return [edited(file, 'rule removed', { at, with: null, until: after < 0 ? lines.length : after })];
  });
}

type Edit = { at: number; with: string | null; until?: number };

function edited(file: string, kind: string, { at, with: line, until = at + 1 }: Edit): Mutation {
  return {
    kind,
    what: `${file}:${at + 1}`,
    apply(folder) {
      const path = join(folder, file);
      const lines = readFileSync(path, 'utf8').split('\n');
      lines.splice(at, until - at, ...(line === null ? [] : [line]));
      writeFileSync(path, lines.join('\n'));
    },
  };
}

function removed(file: string, kind: string): Mutation {
  return { kind, what: file, apply: (folder) => rmSync(join(folder, file)) };
}

function exchanged(one: string, other: string, kind: string): Mutation {
  return {
    kind,
    what: `${one} and ${other}`,
    apply(folder) {
      const between = join(folder, `${one}.tmp`);
      renameSync(join(folder, one), between);
      renameSync(join(folder, other), join(folder, one));
      renameSync(between, join(folder, other));
    },
  };
}

const brokenTool = (file: string) => spoilt(file, 'tool throws', "throw new Error('It does not answer.');");
const emptyTool = (file: string) => spoilt(file, 'tool gives nothing', 'return {};');

/** The tool is as it was, but for what it does. */
function spoilt(file: string, kind: string, body: string): Mutation {
  return {
    kind,
    what: file,
    apply(folder) {
      const path = join(folder, file);
      const code = readFileSync(path, 'utf8').replace('export default defineTool(', 'const whole = defineTool(');
      if (!code.includes('const whole = ')) throw new Error(`${file} is not written as expected`);
      writeFileSync(path, `${code}\nexport default { ...whole, run: async () => { ${body} } };\n`);
    },
  };
}
