import type { Embedder } from '../language/embedder.ts';
import type { Passage } from './documents.ts';
import type { TextUnit } from './store.ts';

/** What an encoder of sentences reads of a passage: its headings, then each of its sentences and each way to ask for it. */
export function sentenceTexts({ title, headings, sentences, asked }: Passage): string[] {
  return [headingText(title, headings), ...sentences.map((sentence) => sentence.trim()), ...asked];
}

/** What an encoder of passages reads of one: all of it at once. */
export function passageText({ title, headings, sentences, asked }: Passage): string {
  return [headingText(title, headings), sentences.join('').trim(), ...asked].join('\n');
}

function headingText(title: string, headings: readonly string[]): string {
  return [title, ...headings].join(' – ');
}

/** More passages than this are read by an encoder as a whole each: all their sentences would be too many. */
const SMALL = 1_000;

export function isSmall(size: number): boolean {
  return size <= SMALL;
}

/** What an encoder reads each passage by, in a knowledge of `size` passages. */
export function unitRead({ unit = 'sentence' }: Pick<Embedder, 'unit'>, size: number): TextUnit {
  return isSmall(size) ? unit : 'passage';
}

export function encoderTexts(passage: Passage, unit: TextUnit): string[] {
  return unit === 'sentence' ? sentenceTexts(passage) : [passageText(passage)];
}
