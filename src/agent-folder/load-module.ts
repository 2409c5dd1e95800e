import { readFileSync } from 'node:fs';
import { readFile, realpath } from 'node:fs/promises';
import { type ResolveHookSync, registerHooks, stripTypeScriptTypes } from 'node:module';
import { join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Problem } from './problems.ts';
import { lineOfQuoted } from './source-lines.ts';

export type LoadedModule = { ok: true; default: unknown; source: string } | { ok: false; problem: Problem };

/**
 * Imports a TypeScript file of an agent folder, wherever the folder lies: `frontdesk` is this very program, `zod` its
 * copy where the folder has none, and every file is an ES module. Files imported with another `load` number are read
 * anew, with what they import by relative path. A file that cannot be imported is a problem with its line, not a throw.
 */
export async function loadModule(root: string, file: string, load: number): Promise<LoadedModule> {
  let source = '';
  try {
    source = await readFile(join(root, file), 'utf8');
    if (source.trim() === '') return { ok: false, problem: { file, line: 1, message: 'is empty' } };
    installHooks();
    const url = pathToFileURL(await realpath(join(root, file)));
    const exports: { default?: unknown } = await import(/* @vite-ignore */ marked(url.href, String(load)));
    return { ok: true, default: exports.default, source };
  } catch (error) {
    return { ok: false, problem: problemOf(error, { root: await realpath(root), file, source }) };
  }
}

/** A number that no load had before. */
export function nextLoad(): number {
  return ++loads;
}

let loads = 0;
let installed = false;

/** Marks the modules of agent folders, so that the hooks leave every other import of the process alone. */
const MARK = 'frontdesk-load';

/** This program's own files: `.ts` from the sources, `.js` once built. */
const EXTENSION = import.meta.url.split('?')[0]?.endsWith('.ts') ? 'ts' : 'js';
const OWN: Record<string, string> = {
  frontdesk: new URL(`../index.${EXTENSION}`, import.meta.url).href,
  'frontdesk/testing': new URL(`../testing/index.${EXTENSION}`, import.meta.url).href,
};

function installHooks(): void {
  if (installed) return;
  installed = true;
  registerHooks({
    resolve(specifier, context, next) {
      const load = loadOf(context.parentURL);
      if (load !== null && OWN[specifier]) return { url: OWN[specifier], shortCircuit: true };
      if (load !== null && /^zod(\/|$)/.test(specifier)) return resolveZod(specifier, context, next);
      const resolved = next(specifier, context);
      const url = load !== null && /^\.{1,2}\//.test(specifier) ? marked(resolved.url, load) : resolved.url;
      // Named outright: without a package.json near, Node would guess, and warn about it.
      return isOursInTypeScript(url) ? { ...resolved, url, format: 'module-typescript' } : { ...resolved, url };
    },
    load(url, context, next) {
      // Node refuses to strip types below node_modules, where the examples of an installed package lie.
      if (!isOursInTypeScript(url) || !url.includes('/node_modules/')) return next(url, context);
      const source = stripTypeScriptTypes(readFileSync(fileURLToPath(url), 'utf8'), { sourceUrl: url });
      return { format: 'module', source, shortCircuit: true };
    },
  });
}

function marked(url: string, load: string): string {
  const result = new URL(url);
  if (result.protocol === 'file:') result.searchParams.set(MARK, load);
  return result.href;
}

function isOursInTypeScript(url: string): boolean {
  return loadOf(url) !== null && new URL(url).pathname.endsWith('.ts');
}

function loadOf(url: string | undefined): string | null {
  return url?.startsWith('file:') && url.includes(MARK) ? new URL(url).searchParams.get(MARK) : null;
}

function resolveZod(...[specifier, context, next]: Parameters<ResolveHookSync>): ReturnType<ResolveHookSync> {
  try {
    return next(specifier, context);
  } catch {
    return next(specifier, { ...context, parentURL: import.meta.url });
  }
}

/** Names the place of an import's failure: the first file of the folder in the stack, else what the message quotes. */
function problemOf(error: unknown, at: { root: string; file: string; source: string }): Problem {
  const { name, message, stack, code } = errorParts(error);
  const [summary = ''] = message.split('\n');
  const place = placeInStack(stack, at.root);
  const quoted = /['"`]([^'"`]+)['"`]/.exec(summary)?.[1] ?? '';
  const line = place?.line ?? (quoted === '' ? 1 : lineOfQuoted(at.source, quoted));
  const missing = code === 'ERR_MODULE_NOT_FOUND';
  const what = missing ? summary.replace(/ imported from .*/, '').replace(`${at.root}${sep}`, '') : summary;
  return { file: place?.file ?? at.file, line, message: `cannot be loaded: ${name}: ${what}` };
}

function errorParts(error: unknown): { name: string; message: string; stack: string; code: unknown } {
  if (!(error instanceof Error)) return { name: 'thrown', message: String(error), stack: '', code: undefined };
  const code = 'code' in error ? error.code : undefined;
  return { name: error.name, message: error.message, stack: error.stack ?? '', code };
}

function placeInStack(stack: string, root: string): { file: string; line: number } | null {
  for (const prefix of [`${pathToFileURL(root).href}/`, `${root}${sep}`]) {
    const start = stack.indexOf(prefix);
    const rest = start < 0 ? null : /^([^?\n]+?)(?:\?[^:\s]*)?:(\d+)/.exec(stack.slice(start + prefix.length));
    if (rest?.[1]) {
      const path = relative(root, join(root, decodeURIComponent(rest[1])));
      return { file: path.split(sep).join('/'), line: Number(rest[2]) };
    }
  }
  return null;
}
