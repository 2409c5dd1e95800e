import type Anthropic from '@anthropic-ai/sdk';
import { splitSentences } from '../language/sentences.ts';
import type { Seen, Source } from './guard.ts';
import { colleagueIn, isBrief } from './notes.ts';
import type { Prompt } from './prompt.ts';
import { SWITCH_ROUTE } from './switch-desk.ts';
import type { Tool } from './tool.ts';
import { withoutDataLine } from './tool-outcome.ts';
import { blocksOf } from './transcript.ts';

/** What does not change while a turn runs. */
export type Known = Pick<Seen, 'question' | 'said' | 'contact' | 'customer' | 'company' | 'language'> & {
  prompt: Prompt;
  knowledgeVersion: string;
  tools: readonly Tool[];
};

/**
 * What the guards of a step see: what the model is shown with it (`messages`, the prompt's opening left out), and `released`
 * as it grows. Nothing of it is worked out before a guard asks.
 */
export class Evidence implements Seen {
  readonly question: string;
  readonly said: readonly string[];
  readonly contact: Seen['contact'];
  readonly customer: Seen['customer'];
  readonly company: string;
  readonly language: string | null;
  readonly #known: Known;
  readonly #messages: readonly Anthropic.MessageParam[];
  readonly #released: () => string;
  #sources: readonly Source[] | null = null;
  #prompt: readonly string[] | null = null;

  constructor(known: Known, messages: readonly Anthropic.MessageParam[], released: () => string) {
    this.question = known.question;
    this.said = known.said;
    this.contact = known.contact;
    this.customer = known.customer;
    this.company = known.company;
    this.language = known.language;
    this.#known = known;
    this.#messages = messages;
    this.#released = released;
  }

  get released(): string {
    return this.#released();
  }

  get sources(): readonly Source[] {
    this.#sources ??= [...promptParts(this.#known).sources, ...shownSources(this.#messages, this.#known)];
    return this.#sources;
  }

  get descriptions(): readonly string[] {
    return promptParts(this.#known).descriptions;
  }

  get prompt(): readonly string[] {
    if (this.#prompt) return this.#prompt;
    const { sentences } = promptParts(this.#known);
    const rules = briefs(this.#messages).flatMap((brief) => partsOf(brief, '').sentences);
    this.#prompt = rules.length === 0 ? sentences : [...sentences, ...rules];
    return this.#prompt;
  }
}

type Parts = { sources: readonly Source[]; sentences: readonly string[] };

const PARTS = new WeakMap<Prompt, Parts & { descriptions: readonly string[] }>();
/** By block, so that a source is the same object in every step of a turn. */
const SOURCES = new WeakMap<object, readonly Source[]>();

/** The agent's own prompt is the same for every turn. */
function promptParts({ prompt, tools }: Known): Parts & { descriptions: readonly string[] } {
  const known = PARTS.get(prompt);
  if (known) return known;
  const opening = prompt.opening.filter(({ role }) => role === 'user').flatMap(blocksOf);
  const texts = [...prompt.system, ...opening].map((block) =>
    partsOf(block.type === 'text' ? block.text : '', prompt.hash),
  );
  const parts = {
    sources: texts.flatMap(({ sources }) => sources),
    sentences: texts.flatMap((text) => text.sentences),
    descriptions: tools.flatMap(({ description }) => split(description)),
  };
  PARTS.set(prompt, parts);
  return parts;
}

const CONTEXT = /<context name="([^"]*)">\n([\s\S]*?)\n<\/context>/g;
const EXAMPLES = /<examples>[\s\S]*?<\/examples>/g;
const TAGS = /<\/?(?:guardrails|how_to_work|route)\b[^>]*>/g;

/** Context is for customers; examples are neither evidence nor secret. The rest is rules. */
function partsOf(text: string, version: string): Parts {
  const sources: Source[] = [];
  const rules = text
    .replace(CONTEXT, (_, from: string, context: string) => {
      sources.push({ kind: 'context', from, version, text: context });
      return '';
    })
    .replace(EXAMPLES, '')
    .replace(TAGS, '');
  return { sources, sentences: split(rules) };
}

function split(text: string): string[] {
  return splitSentences(text)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
}

function* blocksWithTools(
  messages: readonly Anthropic.MessageParam[],
): Generator<{ block: Anthropic.ContentBlockParam; tool: string; input: unknown }> {
  const calls = new Map<string, Anthropic.ToolUseBlockParam>();
  for (const message of messages) {
    for (const block of blocksOf(message)) {
      if (block.type === 'tool_use') calls.set(block.id, block);
      if (message.role !== 'user') continue;
      const call = block.type === 'tool_result' ? calls.get(block.tool_use_id) : undefined;
      yield { block, tool: call?.name ?? '', input: call?.input };
    }
  }
}

type Versions = Pick<Known, 'knowledgeVersion' | 'prompt'>;

function shownSources(messages: readonly Anthropic.MessageParam[], versions: Versions): Source[] {
  const found: Source[] = [];
  for (const { block, tool, input } of blocksWithTools(messages)) {
    const sources = SOURCES.get(block) ?? sourcesIn(block, { tool, input }, versions);
    SOURCES.set(block, sources);
    found.push(...sources);
  }
  return found;
}

/**
 * The text blocks on the customer's side are theirs, or notes of ours, of which a colleague's words count and a brief's context.
 * Of what a tool says when it fails, the words that the model gave it are no evidence.
 */
function sourcesIn(
  block: Anthropic.ContentBlockParam,
  { tool, input }: { tool: string; input: unknown },
  versions: Versions,
): readonly Source[] {
  const { knowledgeVersion, prompt } = versions;
  if (block.type === 'search_result') return [passageOf(block, knowledgeVersion)];
  if (block.type === 'text') {
    if (isBrief(block.text)) return partsOf(block.text, prompt.hash).sources;
    const colleague = colleagueIn(block.text);
    return colleague === null ? [] : [{ kind: 'colleague', from: '', version: '', text: colleague }];
  }
  if (block.type !== 'tool_result' || block.content === undefined) return [];
  const version = block.tool_use_id;
  if (block.is_error) {
    if (typeof block.content !== 'string' || input === undefined) return [];
    return [{ kind: 'tool', from: tool, version, text: withoutGiven(block.content, input) }];
  }
  if (typeof block.content === 'string') {
    if (tool === SWITCH_ROUTE) return partsOf(block.content, prompt.hash).sources;
    return [{ kind: 'tool', from: tool, version, text: withoutDataLine(block.content) }];
  }
  return block.content.flatMap((part): Source[] => {
    if (part.type === 'search_result') return [passageOf(part, knowledgeVersion)];
    return part.type === 'text' ? [{ kind: 'tool', from: tool, version, text: withoutDataLine(part.text) }] : [];
  });
}

/** The text without figures, codes and addresses of `input`: any word with a run of digits or a sign that stands there too. */
function withoutGiven(text: string, input: unknown): string {
  const given = JSON.stringify(input).toLowerCase();
  const runs = new Set(given.match(/\d+/g));
  return text.replace(/\S+/g, (word) => {
    const bare = word.toLowerCase().replace(/^\W+|\W+$/g, '');
    const isGiven = bare.match(/\d+/g)?.some((run) => runs.has(run)) || (/[\W_]/.test(bare) && given.includes(bare));
    return isGiven ? '' : word;
  });
}

function passageOf({ source, title, content }: Anthropic.SearchResultBlockParam, version: string): Source {
  return { kind: 'passage', from: source, version, text: [title, ...content.map(({ text }) => text)].join('\n') };
}

function briefs(messages: readonly Anthropic.MessageParam[]): string[] {
  return [...blocksWithTools(messages)].flatMap(({ block, tool }) => {
    if (block.type === 'text' && isBrief(block.text)) return [block.text];
    const switched = block.type === 'tool_result' && tool === SWITCH_ROUTE && typeof block.content === 'string';
    return switched && isBrief(block.content as string) ? [block.content as string] : [];
  });
}
