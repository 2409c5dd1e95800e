import { createHash } from 'node:crypto';
import type { ReportedCase } from '../graded.ts';
import { failedRuns } from './failures.ts';
import { counted } from './format.ts';
import { type Html, html } from './html.ts';

/** A piece of what stood before the model. `hash`: of its text, so that the same piece is known again. */
export type PromptPart = { hash: string; title: string; text: string };

const LONGEST = 6_000;

/** Prompt parts on a page: what more than one trace has is there once, at the end, and linked. */
export class PartsOfPage {
  readonly #used = new Map<string, number>();
  readonly #shared = new Map<string, PromptPart>();

  constructor(cases: readonly ReportedCase[], prompt: PromptPart | null) {
    const all = cases.flatMap(failedRuns).flatMap(({ run }) => run.steps.flatMap((step) => step.input.map(partOf)));
    for (const { hash } of all) this.#used.set(hash, (this.#used.get(hash) ?? 0) + 1);
    if (prompt) this.#shared.set(prompt.hash, prompt);
  }

  /** A part as it stands in a trace. */
  show(part: PromptPart): Html {
    if ((this.#used.get(part.hash) ?? 0) <= 1) return foldedPart(part, null);
    this.#shared.set(part.hash, part);
    return html`<p class="part"><a href="#part-${part.hash}">${part.title}</a> <span class="dim">${about(part)}</span></p>`;
  }

  /** How many characters the linked parts have so far. */
  get size(): number {
    return [...this.#shared.values()].reduce((sum, { text }) => sum + Math.min(text.length, LONGEST), 0);
  }

  /** The linked parts. */
  shared(): Html[] {
    return [...this.#shared.values()].map((part) => foldedPart(part, `part-${part.hash}`));
  }
}

/** A block of a model's input, read. */
export function partOf(block: { type: string }): PromptPart {
  const said = read(block);
  return part(said.title, said.text);
}

export function part(title: string, text: string): PromptPart {
  return { hash: createHash('sha256').update(`${title}\n${text}`).digest('hex').slice(0, 10), title, text };
}

/** At most `longest` characters, and how many more there are. */
export function shortened(text: string, longest: number = LONGEST): string {
  if (text.length <= longest) return text;
  return `${text.slice(0, longest).toWellFormed()}\n… ${counted(text.length - longest, 'more character')} in the JSON report`;
}

function foldedPart(one: PromptPart, id: string | null): Html {
  const inner = html`<pre${id === null ? null : html` id="${id}"`}>${shortened(one.text)}</pre>`;
  return html`<details class="part"><summary>${one.title} <span class="dim">${about(one)}</span></summary>${inner}</details>`;
}

function about({ text, hash }: PromptPart): string {
  return `${counted(text.length, 'character')}, ${hash}`;
}

function read(block: { type: string }): { title: string; text: string } {
  const fields = block as { type: string; text?: unknown; title?: unknown; source?: unknown; content?: unknown };
  if (block.type === 'text' && typeof fields.text === 'string') {
    return { title: firstWords(fields.text), text: fields.text };
  }
  const title = typeof fields.title === 'string' ? fields.title : block.type;
  const source = typeof fields.source === 'string' ? ` (${fields.source})` : '';
  const texts = Array.isArray(fields.content) ? fields.content.map(textOf).filter((text) => text !== null) : [];
  const isText = texts.length > 0;
  return { title: `${title}${source}`, text: isText ? texts.join('\n') : JSON.stringify(block, null, 2) };
}

function firstWords(text: string): string {
  const line = text.trim().split('\n', 1)[0] ?? '';
  return line.length <= 70 ? line || 'Text' : `${line.slice(0, 69).toWellFormed()}…`;
}

function textOf(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || !('text' in value)) return null;
  return typeof value.text === 'string' ? value.text : null;
}
