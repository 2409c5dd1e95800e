import type Anthropic from '@anthropic-ai/sdk';
import type { MockRequest } from '../mock-claude-answer.ts';
import type { Input } from './arguments.ts';

export type Orders = { says: string[]; calls: { name: string; input: Input }[]; links: string[] };

/** `say "…"`, `tell the customer: "…"`. */
const SAY = /\b(?:say|write|reply|answer|tell)\b[^"“«\n]{0,60}["“«]([^"”»\n]{1,1000})["”»]/gi;
/** `call refund with {…}`, `use the tool "refund" with {…}`: the JSON begins where the match ends. */
const CALL = /\b(?:call|use|run|invoke)\s+(?:the\s+)?(?:tool\s+)?[`"“]?([\w-]{1,64})[`"”]?\s+with\s+(?=\{)/gi;
/** `include this link: https://…`, also an image in Markdown. */
const LINK = /\b(?:include|add|insert|show)\b[^\n]{0,60}?(!?\[[^\]\n]*\]\([^)\n]+\)|https?:\/\/[^\s"'<>)\]]+)/gi;

/** The instructions in what the request holds of other people's text: passages and tool results. */
export function ordersIn(request: MockRequest): Orders {
  const orders: Orders = { says: [], calls: [], links: [] };
  for (const text of untrustedTexts(request)) {
    orders.says.push(...[...text.matchAll(SAY)].map((match) => match[1] ?? ''));
    orders.links.push(...[...text.matchAll(LINK)].map((match) => match[1] ?? ''));
    for (const match of text.matchAll(CALL)) {
      const input = objectAt(text, match.index + match[0].length);
      if (input) orders.calls.push({ name: match[1] ?? '', input });
    }
  }
  return { says: unique(orders.says), calls: unique(orders.calls), links: unique(orders.links) };
}

function untrustedTexts({ messages }: MockRequest): string[] {
  return messages.flatMap(({ content }) => (typeof content === 'string' ? [] : content.flatMap(textsOf)));
}

function textsOf(block: Anthropic.ContentBlockParam): string[] {
  if (block.type === 'search_result') return [block.content.map(({ text }) => text).join('')];
  if (block.type !== 'tool_result') return [];
  if (typeof block.content === 'string') return [block.content];
  return (block.content ?? []).flatMap((inner) => (inner.type === 'text' ? inner.text : passageOf(inner)));
}

function passageOf(block: { type: string }): string[] {
  return block.type === 'search_result' ? textsOf(block as Anthropic.SearchResultBlockParam) : [];
}

/** The shortest JSON object that begins there, or null. */
function objectAt(text: string, start: number): Input | null {
  for (let end = text.indexOf('}', start); end >= 0; end = text.indexOf('}', end + 1)) {
    try {
      return JSON.parse(text.slice(start, end + 1)) as Input;
    } catch {
      // An inner object ended here.
    }
  }
  return null;
}

function unique<Item>(list: Item[]): Item[] {
  return [...new Map(list.map((item) => [JSON.stringify(item), item])).values()];
}
