import { globSync } from 'node:fs';
import { join } from 'node:path';
import { seeded } from '../../src/routing/random.ts';
import { readLines } from './sets.ts';

const FOLDER = join(import.meta.dirname, 'training');
/** Texts that are made of a line with alternatives. */
const VARIANTS = 16;
const SEED = 3;
const ALTERNATIVES = /\{([^{}]*\|[^{}]*)\}/g;

/**
 * The texts of the training folder's files that fit one of the patterns: one a line, `{a|b}` one of the alternatives, so that a line stands
 * for several; `# ` begins a comment. The same each time. `part`: every other line alone. `variants`: of each line at most.
 */
export function trainingTexts(patterns: readonly string[], part?: 'even' | 'odd', variants = VARIANTS): string[] {
  const random = seeded(SEED);
  const oneOf = (_: string, alternatives: string) => {
    const all = alternatives.split('|');
    return all[Math.floor(random() * all.length)] ?? '';
  };
  return patterns
    .flatMap((pattern) => globSync(pattern, { cwd: FOLDER }).sort())
    .flatMap((file) => readLines(join(FOLDER, file)))
    .filter((line) => !line.startsWith('# '))
    .filter((_, at) => part === undefined || (at % 2 === 0) === (part === 'even'))
    .flatMap((line) => {
      const made = Array.from({ length: variants }, () => line.replace(ALTERNATIVES, oneOf).replace(/ +/g, ' ').trim());
      return [...new Set(made)];
    });
}
