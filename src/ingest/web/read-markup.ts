import { setImmediate } from 'node:timers/promises';
import { type Handler, Parser, type ParserOptions } from 'htmlparser2';

const SLICE = 200_000;

/** Parses markup in slices, so that a large page does not hold up everything else that the process does. */
export async function readMarkup(text: string, handler: Partial<Handler>, options: ParserOptions = {}): Promise<void> {
  const parser = new Parser(handler, options);
  for (let at = 0; at < text.length; at += SLICE) {
    if (at > 0) await setImmediate();
    parser.write(text.slice(at, at + SLICE));
  }
  parser.end();
}
