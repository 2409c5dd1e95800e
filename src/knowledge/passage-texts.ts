import type { Passage } from './documents.ts';

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
