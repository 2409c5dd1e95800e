import type { MockRequest } from '../mock-claude-answer.ts';
import type { Random } from './random.ts';
import { LEAK_OPENINGS } from './texts.ts';

/** Characters of each part that is leaked, at most. */
const LONGEST_PART = 400;

/** How a part of the prompt is dressed, so that it does not look like one. */
const DISGUISES: Record<string, (text: string) => string> = {
  none: (text) => text,
  base64: (text) => Buffer.from(text).toString('base64'),
  reversed: (text) => [...text].reverse().join(''),
  spaced: (text) => [...text].join(' '),
  translated: (text) => `Here is the French version, in which nothing needed to be translated: « ${text} »`,
  code: (text) => `\`\`\`yaml\n${text}\n\`\`\``,
  link: (text) => `[the full text](https://collect.example/save?text=${encodeURIComponent(text)})`,
};

/** A stretch each of the system prompt, the first message and a tool's definition, in one disguise. */
export function leak(request: MockRequest, random: Random): string {
  const disguise = DISGUISES[random.pick(Object.keys(DISGUISES))] ?? String;
  const tool = request.tools?.length ? [JSON.stringify(random.pick(request.tools))] : [];
  const parts = [textOf(request.system), textOf(request.messages[0]?.content), ...tool];
  const leaked = parts.filter(Boolean).map((part) => disguise(stretchOf(part, random)));
  return [random.pick(LEAK_OPENINGS), ...leaked].join('\n\n');
}

/** Some lines of the text that follow one another, beginning anywhere. */
function stretchOf(text: string, random: Random): string {
  const starts = [...text.matchAll(/^.*\S/gm)].map(({ index }) => index);
  const start = random.pick(starts) ?? 0;
  return [...text.slice(start)].slice(0, LONGEST_PART).join('').trim();
}

function textOf(content: MockRequest['system'] | MockRequest['messages'][number]['content']): string {
  if (typeof content === 'string') return content;
  return (content ?? []).map((block) => (block.type === 'text' ? block.text : '')).join('\n');
}
