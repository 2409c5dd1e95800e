import { build } from 'vite';
import { createProcesses } from './server/processes.ts';

/** The server that the page is tested on: the real one, with the offline model. */
export type Target = { url: string; close(): Promise<void> };

export async function startTarget(): Promise<Target> {
  // Where the server looks for the page.
  await build({ configFile: 'web/vite.config.ts', logLevel: 'warn' });
  const processes = createProcesses();
  const server = await processes.start({ FRONTDESK_DATA: processes.folder() });
  return { url: `${server.url}/`, close: () => processes.cleanUp() };
}
