import { type ToolOutcome, ToolProblem } from '../../agent/tool.ts';
import { cleanText } from '../../language/invisible.ts';
import type { Redact } from '../http/redact.ts';
import { isRecord } from '../schema-words.ts';

/** A little more than the model gets to see, so that it is told that something was cut. */
const LONGEST = 21_000;
const LONGEST_PROBLEM = 1_000;
const MOST_BLOCKS = 200;

/**
 * What a server's answer to `tools/call` says, in text: its texts and structured content as they are, links and files by
 * name, pictures and sound in words. Throws `ToolProblem` with the server's sentence where it says that the call failed.
 */
export function outcomeOf(result: unknown, redact: Redact): ToolOutcome {
  const { content, structuredContent, isError } = isRecord(result) ? result : {};
  const blocks = Array.isArray(content) ? content.slice(0, MOST_BLOCKS) : [];
  const texts: string[] = [];
  let length = 0;
  for (const block of blocks) {
    if (length > LONGEST) break;
    const text = redact(textOf(block)).slice(0, LONGEST);
    if (text.trim() !== '') texts.push(text);
    length += text.length;
  }
  if (isRecord(structuredContent) && !texts.some((text) => isJsonOf(text, structuredContent))) {
    texts.push(redact(JSON.stringify(structuredContent)));
  }
  const whole = texts.join('\n\n').slice(0, LONGEST);
  if (isError !== true) return { content: whole.trim() === '' ? 'Done; nothing was given back.' : whole };
  const said = cleanText(whole).slice(0, LONGEST_PROBLEM).toWellFormed().trim();
  throw new ToolProblem(said === '' ? 'It did not work, and nothing says why.' : said);
}

function textOf(block: unknown): string {
  if (!isRecord(block)) return '';
  if (block.type === 'text') return typeof block.text === 'string' ? block.text : '';
  if (block.type === 'image' || block.type === 'audio')
    return unseen(block.type === 'image' ? 'picture' : 'recording', block);
  if (block.type === 'resource_link') {
    const about = typeof block.description === 'string' ? ` (${block.description})` : '';
    return `Link: ${nameOf(block)}: ${String(block.uri)}${about}`;
  }
  if (block.type !== 'resource' || !isRecord(block.resource)) return '';
  const { text, uri } = block.resource;
  if (typeof text === 'string') return `${String(uri)}:\n${text}`;
  return unseen('file', { ...block.resource, data: block.resource.blob });
}

/** The model sees text only, and should know that there was more. */
function unseen(what: string, { mimeType, data }: Record<string, unknown>): string {
  const kind = typeof mimeType === 'string' && /^[\w.+-]+\/[\w.+-]+$/.test(mimeType) ? mimeType : 'unknown kind';
  const bytes = typeof data === 'string' ? Math.floor((data.length * 3) / 4) : 0;
  return `[a ${what} (${kind}, ${bytes} bytes) that cannot be shown here]`;
}

function nameOf({ title, name }: Record<string, unknown>): string {
  return typeof title === 'string' ? title : typeof name === 'string' ? name : 'no name';
}

/** Servers write structured content a second time as text, for clients that know only that. */
function isJsonOf(text: string, value: unknown): boolean {
  try {
    return JSON.stringify(JSON.parse(text)) === JSON.stringify(value);
  } catch {
    return false;
  }
}
