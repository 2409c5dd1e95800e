import { resolve, sep } from 'node:path';
import { AgentFolderError } from '../agent-folder/problems.ts';
import type { Config } from '../config.ts';

/** What the system says of a folder that is somebody else's, read-only, full, or a file. */
const UNWRITABLE = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'ENOTDIR', 'EEXIST']);

/** What kept the server from starting, in a sentence that says what to do. */
export function explainStart(error: unknown, config: Config): string {
  if (error instanceof AgentFolderError) return error.message;
  const { code, path } = (error ?? {}) as NodeJS.ErrnoException;
  if (UNWRITABLE.has(code ?? '') && path !== undefined && isWithin(path, config.dataFolder)) {
    return `Nothing can be written to the data folder ${config.dataFolder} (${code}). Make it writable, or choose another FRONTDESK_DATA.`;
  }
  const at = `${config.host}:${config.port}`;
  if (code === 'EADDRINUSE') return `Another program already listens on ${at}. Stop it, or choose another PORT.`;
  if (code === 'EACCES') return `This user may not listen on ${at}. Choose a PORT above 1023.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `${config.host} is not an address of this machine. Change HOST.`;
  return error instanceof Error ? error.message : String(error);
}

function isWithin(path: string, folder: string): boolean {
  return `${resolve(path)}${sep}`.startsWith(`${resolve(folder)}${sep}`);
}
