import type Anthropic from '@anthropic-ai/sdk';

/**
 * The part of a request that is the same for every conversation of an agent: the guide's layout. The role stands in
 * `system`; the bulk (context, examples, guardrails) is the first user turn, acknowledged by the assistant.
 */
export type Prompt = {
  system: Anthropic.TextBlockParam[];
  /** One user message and the assistant's acknowledgement; the last user block carries `cache_control`. */
  opening: Anthropic.MessageParam[];
  /** SHA-256 over system, opening and tool definitions, first 16 hex digits. */
  hash: string;
  /** Size of the static part by the four-characters rule; the API's own count differs by a few per cent. */
  estimatedTokens: number;
};
