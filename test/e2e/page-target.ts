import { build } from 'vite';
import { createProcesses, type Environment } from './server/processes.ts';

/** The server that the page is tested on: the real one, with the offline model. */
export type Target = { url: string; close(): Promise<void> };

/** Where the server looks for the page. Nothing is taken away: other tests may be using what is there. */
export async function buildWeb(): Promise<void> {
  await build({ configFile: 'web/vite.config.ts', logLevel: 'warn', build: { emptyOutDir: false } });
}

export async function startTarget(env: Environment = {}): Promise<Target> {
  await buildWeb();
  const processes = createProcesses();
  const server = await processes.start({ FRONTDESK_DATA: processes.folder(), ...env });
  return { url: `${server.url}/`, close: () => processes.cleanUp() };
}
