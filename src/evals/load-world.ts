import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { WorldDefinition } from '../agent-folder/define-world.ts';
import { isRecord } from '../agent-folder/json-schema.ts';
import { loadModule, nextLoad } from '../agent-folder/load-module.ts';
import { AgentFolderError } from '../agent-folder/problems.ts';

/** Where a folder may say what its tools change. */
export const WORLD_FILE = 'evals/world.ts';

/** The folder's world; null where it has none. Throws `AgentFolderError` where it cannot be used. */
export async function loadWorld(folder: string): Promise<WorldDefinition | null> {
  if (!existsSync(join(folder, WORLD_FILE))) return null;
  const fail = (message: string, line = 1) => new AgentFolderError(folder, [{ file: WORLD_FILE, line, message }]);
  // The tools may have been loaded once: what both import is the same module only with the same number.
  const loaded = await loadModule(folder, WORLD_FILE, nextLoad() - 1);
  if (!loaded.ok) throw new AgentFolderError(folder, [loaded.problem]);
  const world = loaded.default;
  if (!isRecord(world)) throw fail('has no default export: write "export default defineWorld({ … })"');
  for (const name of ['reset', 'state']) {
    if (typeof world[name] !== 'function') throw fail(`${name}: missing, expected a function`);
  }
  if (world.customer !== undefined && typeof world.customer !== 'function') throw fail('customer: expected a function');
  return world as unknown as WorldDefinition;
}
