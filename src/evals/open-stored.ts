import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { FolderInUseError } from '../adapters/sql/folder-lock.ts';
import { openStore } from '../adapters/sql/open-store.ts';
import type { Config } from '../config.ts';

/**
 * The store of conversations, as it is; none is made. Throws, with a sentence, where there is none and where a server has it.
 * Whoever opens it closes it.
 */
export async function openStored(config: Config): ReturnType<typeof openStore> {
  const isEmpty = config.databaseUrl === null && !existsSync(join(config.dataFolder, 'frontdesk.db'));
  if (isEmpty) {
    throw new Error(`There are no conversations in ${config.dataFolder}. FRONTDESK_DATA says where they are.`);
  }
  return openStore(config, (trouble) => process.stderr.write(`${trouble}\n`)).catch((error: unknown) => {
    throw error instanceof FolderInUseError ? new Error(busy(error)) : error;
  });
}

function busy({ folder, pid }: FolderInUseError): string {
  const holder = pid === null ? 'another process' : `the process with pid ${pid}`;
  return `The data folder ${folder} is in use by ${holder}. Stop it for a moment, or set FRONTDESK_DATA to a copy of the folder.`;
}
