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

/** More passages than this are read by an encoder as a whole each: all their sentences would be too many. */
export const SMALL = 1_000;

/** What an encoder reads of a passage of a knowledge of `size` passages; the passage as a whole comes first. */
export function encoderTexts(
  passage: Passage,
  { size, unit }: { size: number; unit: 'sentence' | 'passage' },
): string[] {
  const whole = [passageText(passage)];
  return unit === 'sentence' && size <= SMALL ? [...whole, ...sentenceTexts(passage)] : whole;
}
