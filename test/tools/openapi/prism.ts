import { createRequire } from 'node:module';
import { onTestFinished } from 'vitest';

const require = createRequire(import.meta.url);

type Server = { listen(port: number, host: string): Promise<string>; close(): Promise<void> };

/** Prism, the mock that answers as an OpenAPI description says and refuses what it does not allow. Gives its address. */
export async function servePrism(description: object): Promise<string> {
  const { createServer } = require('@stoplight/prism-http-server');
  const { getHttpOperationsFromSpec } = require('@stoplight/prism-http');
  const { createLogger } = require('@stoplight/prism-core');
  const operations: unknown = await getHttpOperationsFromSpec(description);
  const config = { checkSecurity: true, validateRequest: true, validateResponse: false, errors: true };
  const server: Server = createServer(operations, {
    components: { logger: createLogger('mock', { level: 'silent' }) },
    cors: false,
    config: { ...config, mock: { dynamic: false }, isProxy: false },
  });
  const address = await server.listen(0, '127.0.0.1');
  onTestFinished(() => server.close());
  return address;
}
