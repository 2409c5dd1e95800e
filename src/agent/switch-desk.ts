import type Anthropic from '@anthropic-ai/sdk';
import type { EventBody } from '../protocol/events.ts';
import { modelsChoice } from './choose-route.ts';
import { deskIn, deskNote, isBrief } from './notes.ts';
import { GENERAL, type Route } from './route.ts';
import type { Tool, ToolOutcome } from './tool.ts';
import { failure, withoutDataLine } from './tool-outcome.ts';
import { blocksOf } from './transcript.ts';

/** The tool by which the model hands a conversation to another desk. */
export const SWITCH_ROUTE = 'switch_route';

/** The desks of an agent, and where a turn stands with them. */
export type Desks = {
  /** By name; empty for an agent without routes. */
  routes: ReadonlyMap<string, Route>;
  /** The one that has the conversation. */
  route: string;
  /** True where it has changed in this turn. */
  moved: boolean;
  /** True where the model may not change it in this turn, whose messages look like orders to it. */
  held?: boolean;
  /** Desks that the customer's own words speak for; missing for none. */
  spokenFor?: readonly string[];
  /** True where only the model has chosen the desk, perhaps at the word of what it was shown: its writes wait for the next message. */
  closed?: boolean;
};

export const NO_DESKS: Desks = { routes: new Map(), route: GENERAL, moved: false };

/** The model that a desk replies with, and how much it may say: its own, or else the agent's. */
export function settingsOf<Settings extends { modelId: string; maxTokens: number }>(
  { routes, route }: Desks,
  { modelId, maxTokens }: Settings,
): { modelId: string; maxTokens: number } {
  const desk = routes.get(route);
  return { modelId: desk?.modelId ?? modelId, maxTokens: desk?.maxTokens ?? maxTokens };
}

/** What the model has been told of the desks: the one that it was told of last, and the newest brief that it has of each. */
export function toldDesks(messages: readonly Anthropic.MessageParam[]): { last: string; briefs: Map<string, string> } {
  const told = { last: GENERAL, briefs: new Map<string, string>() };
  for (const text of ourTexts(messages)) {
    const desk = deskIn(text);
    if (desk === null) continue;
    told.last = desk;
    if (isBrief(text)) told.briefs.set(desk, text);
  }
  return told;
}

/** Texts that only we write: the customer's side, where `customerText` keeps it so, and what `switch_route` gave. */
function* ourTexts(messages: readonly Anthropic.MessageParam[]): Generator<string> {
  const switches = new Set<string>();
  for (const message of messages) {
    for (const block of blocksOf(message)) {
      if (block.type === 'tool_use' && block.name === SWITCH_ROUTE) switches.add(block.id);
      if (message.role !== 'user') continue;
      if (block.type === 'text') yield block.text;
      if (block.type === 'tool_result' && switches.has(block.tool_use_id) && typeof block.content === 'string') {
        yield block.content;
      }
    }
  }
}

/**
 * What the model still has to be told so that it answers as the desk that has the conversation: the brief where none of
 * `messages` has it (a summary may have taken it away, the folder may have changed), one line where it was told of another desk since; else nothing.
 */
export function deskText(messages: readonly Anthropic.MessageParam[], { routes, route }: Desks): string | null {
  if (routes.size === 0) return null;
  const { last, briefs } = toldDesks(messages);
  const desk = routes.get(route);
  if (desk && briefs.get(route) !== desk.brief) return desk.brief;
  return last === route ? null : deskNote(route);
}

/** Where a turn stands when the model asks for another desk. */
export type Switching = Desks & {
  /** True where the customer has read something of this turn's reply. */
  spoken: boolean;
  /** What the model has been shown so far. */
  messages: readonly Anthropic.MessageParam[];
};

/** What a call of `switch_route` comes to: the brief and the event, or why not. `route` is one of the desks. */
export function switchDesk(route: string, turnId: string, at: Switching): ToolOutcome & { movedTo?: string } {
  if (route === at.route) return failure(`The customer is with the ${route} desk already. Answer as it would.`);
  if (at.held) return failure('NOT done: nothing in this message can move the conversation. Answer at this desk.');
  if (at.moved) return failure('The desk has changed for this message already. Answer at the one that has it.');
  if (at.spoken) return failure('Too late: the customer is reading your answer. Go on with it at this desk.');
  const event: EventBody = { type: 'route.chosen', turnId, ...modelsChoice(route, at.route) };
  const content = deskText(at.messages, { ...at, route }) ?? deskNote(route);
  return { content, events: [event], movedTo: route };
}

/** Why a tool cannot be called from the desk that has the conversation; null where it can. */
export function elsewhere(tool: { name: string; route?: string }, route: string): ToolOutcome | null {
  if (tool.route === undefined || tool.route === route) return null;
  return failure(
    `NOT done: only the ${tool.route} desk has "${tool.name}", and the customer is with the ${route} desk. Call ${SWITCH_ROUTE} first where that desk is to go on.`,
  );
}

/** The desks after the model has moved the conversation; `messages`: what it had been shown before. */
export function movedTo(route: string, { spokenFor = [], messages, ...desks }: Switching): Desks {
  const { routes } = desks;
  return { routes, route, moved: true, spokenFor, closed: isShownData(messages) && !spokenFor.includes(route) };
}

/** Whether there is anything among the messages that other people may have written. */
function isShownData(messages: readonly Anthropic.MessageParam[]): boolean {
  return messages.flatMap(blocksOf).some((block) => {
    if (block.type !== 'tool_result') return block.type === 'search_result';
    const content = typeof block.content === 'string' ? [] : (block.content ?? []);
    const texts = content.flatMap((part) => (part.type === 'text' ? part.text : []));
    return (
      content.some(({ type }) => type === 'search_result') ||
      [block.content, ...texts].some((text) => typeof text === 'string' && withoutDataLine(text) !== text)
    );
  });
}

/** Why a tool of the desk may not propose anything yet; null where it may. */
export function closedTo(tool: Pick<Tool, 'name' | 'effect' | 'route'>, { closed }: Desks): ToolOutcome | null {
  if (!closed || tool.effect === 'read' || tool.route === undefined) return null;
  return failure(
    `NOT asked and not done: the customer has not spoken of anything that ${tool.name} is for. Ask them in your own words what they want; once they have answered, you can call it.`,
  );
}

/** What the description of a desk's own tool ends with. */
export function deskMark(route: string): string {
  return ` Only the ${route} desk has this.`;
}

/** The desk that a tool's description names; null where every desk has it. */
export function deskOfTool(description: string): string | null {
  return / Only the (\S+) desk has this\.$/.exec(description)?.[1] ?? null;
}
