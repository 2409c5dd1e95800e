import { setImmediate } from 'node:timers/promises';
import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2';

export type MarkupHandler = {
  /** Names are in lower case in HTML, and as written in XML. Of two attributes with one name the first counts. */
  open: (name: string, attributes: Readonly<Record<string, string>>) => void;
  close?: (name: string) => void;
  text?: (text: string) => void;
};

const SLICE = 200_000;
const MOST_ATTRIBUTES = 100;

/**
 * Tells the tags and texts of HTML or XML in order. Only the tokenizer is used: a tree, or even a list of the elements that
 * are open, costs quadratic time on pages that were made for it. Entities that the text declares are never expanded. In
 * slices, so that a large page does not hold up everything else that the process does.
 */
export async function readMarkup(text: string, syntax: 'html' | 'xml', handler: MarkupHandler): Promise<void> {
  const tokenizer = new Tokenizer(
    { xmlMode: syntax === 'xml', decodeEntities: true },
    new Tokens(text, syntax, handler),
  );
  for (let at = 0; at < text.length; at += SLICE) {
    if (at > 0) await setImmediate();
    tokenizer.write(text.slice(at, at + SLICE));
  }
  tokenizer.end();
}

class Tokens implements TokenizerCallbacks {
  private readonly source: string;
  private readonly handler: MarkupHandler;
  private readonly isXml: boolean;
  private tag = '';
  private attribute = '';
  private value = '';
  private attributes: Record<string, string> = {};
  private count = 0;

  constructor(source: string, syntax: 'html' | 'xml', handler: MarkupHandler) {
    this.source = source;
    this.isXml = syntax === 'xml';
    this.handler = handler;
  }

  onopentagname(start: number, end: number): void {
    this.tag = this.name(start, end);
    this.attributes = Object.create(null) as Record<string, string>;
    this.count = 0;
  }

  onattribname(start: number, end: number): void {
    this.attribute = this.name(start, end);
    this.value = '';
  }

  onattribdata(start: number, end: number): void {
    this.value += this.source.slice(start, end);
  }

  onattribentity(codePoint: number): void {
    this.value += String.fromCodePoint(codePoint);
  }

  onattribend(): void {
    if (this.attribute in this.attributes || ++this.count > MOST_ATTRIBUTES) return;
    this.attributes[this.attribute] = this.value;
  }

  onopentagend(): void {
    this.handler.open(this.tag, this.attributes);
  }

  onselfclosingtag(): void {
    this.onopentagend();
    if (this.isXml) this.handler.close?.(this.tag);
  }

  onclosetag(start: number, end: number): void {
    this.handler.close?.(this.name(start, end));
  }

  ontext(start: number, end: number): void {
    this.handler.text?.(this.source.slice(start, end));
  }

  ontextentity(codePoint: number): void {
    this.handler.text?.(String.fromCodePoint(codePoint));
  }

  oncdata(start: number, end: number, endOffset: number): void {
    if (this.isXml) this.ontext(start, end - endOffset);
  }

  oncomment(): void {}

  ondeclaration(): void {}

  onprocessinginstruction(): void {}

  onend(): void {}

  private name(start: number, end: number): string {
    const name = this.source.slice(start, end);
    return this.isXml ? name : name.toLowerCase();
  }
}
