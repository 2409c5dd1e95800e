import type { Model } from '../agent/model.ts';
import { NO_TOKENS, type Usage } from '../agent/step.ts';

/** The model, whose tokens are told as each call comes to its end. */
export function counted(model: Model, onUsage: (usage: Usage) => void): Model {
  return async function* (request, signal) {
    let usage = NO_TOKENS;
    for await (const event of model(request, signal)) {
      if (event.type === 'message_start') {
        const told = event.message.usage;
        const cacheRead = told?.cache_read_input_tokens ?? 0;
        const cacheWrite = told?.cache_creation_input_tokens ?? 0;
        usage = { ...usage, input: told?.input_tokens ?? 0, cacheRead, cacheWrite };
      }
      if (event.type === 'message_delta') usage = { ...usage, output: event.usage?.output_tokens ?? usage.output };
      yield event;
    }
    onUsage(usage);
  };
}
