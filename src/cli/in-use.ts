import type { FolderInUseError } from '../adapters/sql/folder-lock.ts';

/** What to do where the embedded database belongs to a running server. */
export function inUse({ folder, pid }: FolderInUseError): Error {
  const holder = pid === null ? 'another process' : `the process with pid ${pid}`;
  return new Error(
    `The data folder ${folder} is in use by ${holder}. If that is your server, set FRONTDESK_URL to its address and ` +
      "FRONTDESK_OPERATOR_TOKEN to its token, and run this again: it does it then. A server reads its agent's folder when it " +
      'starts, and all the time with `frontdesk start --watch`.',
  );
}
