import { attribute, element, examplesElement, type NamedText } from './compile-prompt.ts';

export type BriefParts = {
  name: string;
  title: string;
  when: string;
  /** In the order in which they stand in the brief. */
  context: NamedText[];
  examples: NamedText[];
  /** Empty where the route has none of its own. */
  guardrails: string;
};

/**
 * What a route adds to the prompt, as one text for the turn in which it takes over. Pure: the same parts give the same
 * bytes. Everything else of the agent is there already and stays in force.
 */
export function compileBrief({ name, title, when, context, examples, guardrails }: BriefParts): string {
  const parts = [
    `The customer is with this desk now: ${within(title)}. It is for: ${within(when)}`,
    ...context.map((block) => element('context', kept(block))),
    ...(examples.length > 0 ? [examplesElement(examples.map(kept))] : []),
    ...(guardrails.trim() === '' ? [] : [`<guardrails>\n${within(guardrails.trim())}\n</guardrails>`]),
  ];
  return `<route name="${attribute(name)}">\n${parts.join('\n\n')}\n</route>`;
}

function kept({ name, text }: NamedText): NamedText {
  return { name, text: within(text) };
}

/** The text with what would end or begin a part of a brief made harmless. */
function within(text: string): string {
  return text.replace(/<(?=\s*\/?\s*(?:route|context|examples?|guardrails)\b)/gi, '&lt;');
}
