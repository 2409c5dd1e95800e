import { companyOf, type Scene } from './scene.ts';
import { isItem, type Statement } from './sections.ts';
import { join } from './words.ts';

/** A piece of the offline model's output: words, words that rest on a passage, or a tool call. */
export type Piece =
  | { kind: 'text'; text: string; statements?: Statement[] }
  | { kind: 'call'; name: string; input: Record<string, unknown> };

export function text(words: string): Piece {
  return { kind: 'text', text: words };
}

export function has(scene: Scene, tool: string): boolean {
  return scene.tools.some(({ name }) => name === tool);
}

export function spaced(pieces: Piece[]): Piece[] {
  return pieces.length === 0 ? [] : [...pieces, text('\n\n')];
}

export function spacedBefore(pieces: Piece[]): Piece[] {
  return pieces.length === 0 ? [] : [text(' '), ...pieces];
}

/** Statements as words. Neighbours from one source are said, and cited, together; another source begins a paragraph. */
export function statementPieces(statements: readonly Statement[]): Piece[] {
  const groups: Statement[][] = [];
  for (const statement of statements) {
    const last = groups.at(-1)?.at(-1);
    if (last && last.passage === statement.passage && statement.at === last.at + 1) groups.at(-1)?.push(statement);
    else groups.push([statement]);
  }
  return groups.map((group, index) => {
    const lone = statements.length === 1;
    const said = group.map((one, at) => {
      const words = wordsOf(one);
      const before = at > 0 ? (isItem(words) ? '\n' : ' ') : index > 0 ? gapBefore(one) : '';
      return before + (lone ? words.replace(/^[-*•]\s+/, '') : words);
    });
    return { kind: 'text', text: said.join(''), ...(group[0]?.passage ? { statements: group } : {}) };
  });
}

function wordsOf({ said, text }: Statement): string {
  return said ?? text.trim();
}

/** Rows of one table stay one list where others stand between them. */
function gapBefore({ said }: Statement): string {
  return said !== undefined && isItem(said) ? '\n' : '\n\n';
}

/** "Eva" and "Acme Insurance", as far as the identity names them. */
export function agentNames({ identity }: Scene): string[] {
  return [identity.match(/\byou are ([A-Z][\w-]*)/i)?.[1], companyOf(identity)].filter(
    (name) => name !== undefined && name !== '',
  ) as string[];
}

/** What the company talks about: the names of its context blocks. */
export function topics(scene: Scene, named = true): string {
  const names = scene.context
    .map(({ name, text: block }) => (/^#\s+(.+)/.exec(block)?.[1] ?? name.replaceAll('-', ' ')).trim())
    .filter(
      (name) =>
        !/^(?:the )?company$|^about|^general|^overview|^contact|hours$/i.test(name) &&
        name !== companyOf(scene.identity),
    )
    .map((name) => (/^[A-Z][a-z]/.test(name) ? name[0]?.toLowerCase() + name.slice(1) : name));
  const company = named ? companyOf(scene.identity) : '';
  if (names.length === 0) return company || 'our services';
  return company ? `questions about ${company}: ${join(names)}` : join(names);
}
