import type { z } from 'zod';
import type { LimitField, WriteFields } from '../agent/action-rules.ts';
import type { ToolContext } from '../agent/tool.ts';

export type { ToolContext };

/** What `agent.ts` exports: the facts about the agent that are not prose. Prose lies in Markdown files beside it. */
export type AgentDefinition = {
  /** The name that the agent introduces itself by, such as "Eva". */
  name: string;
  /** The company that it speaks for. */
  company: string;
  /** The role, one or two sentences. It becomes the system prompt. */
  identity: string;
  /** How a customer reaches a person. Told to the customer at a handoff and when something fails. */
  contact: { hours?: string; phone?: string; email?: string; url?: string };
  /** Model id for replies. Default: the server's FRONTDESK_MODEL. */
  model?: string;
  /** Longest output of one model call, tokens. Default 1,024. */
  maxTokens?: number;
};

/** What a file in `tools/` exports. */
export type ToolDefinition<Input extends z.ZodObject = z.ZodObject> = {
  /** Lower-case words joined by underscores. */
  name: string;
  /** For the model: what the tool does, when to use it, what comes back and in which unit. */
  description: string;
  /** Each field with `.describe()`; `.meta({ examples: [...] })` helps the offline model too. */
  input: Input;
  /** `read`: looks something up. `write`: changes something, and so needs a yes. */
  effect: 'read' | 'write';
  /** Milliseconds before the call is given up. Default 15,000. */
  timeoutMs?: number;
  /**
   * What it gives back was written by strangers (mail, reviews, pages of others): no value of it may become an argument of a
   * write unless the customer says it too. Default false: then short single values in the fields of a JSON value may.
   */
  untrusted?: boolean;
  /** Only a customer who is signed in may have it: an anonymous visitor is asked to sign in first. */
  needs?: 'verified-customer';
  /**
   * Fields of `input` that are filled in from the customer's verified identity: `id`, `email`, `name`, or the name of a
   * claim of the token. The model neither sees nor sets them. Such a tool needs a signed-in customer.
   */
  fromCustomer?: { [Field in keyof z.input<Input>]?: 'id' | 'email' | 'name' | (string & {}) };
  /**
   * For a write: who has to say yes, or a function that gives the sentence on the card, from facts that it looks up, and
   * who decides. Default `customer`, with a sentence made of the tool's name and arguments. Throw a `ToolProblem` where
   * the action is not possible: then nobody is asked.
   */
  confirm?: WriteFields<z.output<Input>>['confirm'];
  /** For a write: minutes after which an undecided action lapses. Default 15. */
  expiresMinutes?: number;
  /** For a write: a typed "yes, do it" counts as well as the button. Default false. */
  confirmByMessage?: boolean;
  /** For a write: the same `context.idempotencyKey` never has a second effect, so that it may be called again. Default false. */
  idempotent?: boolean;
  /**
   * For a write: whether the effect of `context.idempotencyKey` exists. Gives back what `run` would have given, or null
   * where nothing was done; throws where it cannot tell.
   */
  lookup?(input: z.output<Input>, context: ToolContext): Promise<unknown> | unknown;
  /**
   * For a write: fields of `input` whose values may come from anywhere, also from knowledge and from what other people wrote.
   * Of the others, what was first seen there is refused. Default none.
   */
  anyOrigin?: readonly (keyof z.input<Input> & string)[];
  /** For a write: how often, or how much, in which time. */
  limits?: readonly LimitField<z.output<Input>>[];
  /**
   * Does the work. Gets validated input; gives back a sentence or a JSON value for the model.
   * Throw `new ToolProblem('…')` for a problem that the customer may hear about; other errors stay private.
   */
  run(input: z.output<Input>, context: ToolContext): Promise<unknown> | unknown;
};

/** Types an agent definition; gives it back unchanged. The folder is checked when it is loaded. */
export function defineAgent(definition: AgentDefinition): AgentDefinition {
  return definition;
}

/** Types a tool definition; gives it back unchanged. */
export function defineTool<Input extends z.ZodObject>(definition: ToolDefinition<Input>): ToolDefinition<Input> {
  return definition;
}
