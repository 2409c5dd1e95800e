/** The Anthropic SDK's raw stream, and as little else as possible. */
import Anthropic from '@anthropic-ai/sdk';
import { EVENT_STREAM, requestFor, serve } from './serve.ts';

const client = new Anthropic({ apiKey: 'none', baseURL: process.env.ANTHROPIC_BASE_URL ?? '', maxRetries: 0 });

serve(async (stream, response) => {
  response.writeHead(200, EVENT_STREAM);
  for await (const event of await client.messages.create({ ...requestFor(stream), stream: true })) {
    response.write(`data: ${JSON.stringify(event)}\n\n`);
  }
  response.end();
});
