import { AgentFolderError } from '../agent-folder/problems.ts';
import type { Config } from '../config.ts';

/** What kept the server from starting, in a sentence that says what to do. */
export function explainStart(error: unknown, config: Config): string {
  if (error instanceof AgentFolderError) return error.message;
  const code = (error as NodeJS.ErrnoException).code;
  const at = `${config.host}:${config.port}`;
  if (code === 'EADDRINUSE') return `Another program already listens on ${at}. Stop it, or choose another PORT.`;
  if (code === 'EACCES') return `This user may not listen on ${at}. Choose a PORT above 1023.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `${config.host} is not an address of this machine. Change HOST.`;
  return error instanceof Error ? error.message : String(error);
}
