/** The AI SDK's way from a model to a page. */
import { createAnthropic } from '@ai-sdk/anthropic';
import { pipeUIMessageStreamToResponse, streamText, toUIMessageStream } from 'ai';
import { requestFor, serve } from './serve.ts';

const anthropic = createAnthropic({ apiKey: 'none', baseURL: `${process.env.ANTHROPIC_BASE_URL}/v1` });

serve((stream, response) => {
  const { messages } = requestFor(stream);
  const { stream: parts } = streamText({ model: anthropic('bench'), messages, maxOutputTokens: 1_024, maxRetries: 0 });
  return pipeUIMessageStreamToResponse({ response, stream: toUIMessageStream({ stream: parts }) });
});
