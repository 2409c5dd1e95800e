import { primaryOf } from './languages.ts';

/** Sentences by language (BCP 47). */
type Sentences = Readonly<Record<string, string>>;

/** The folder's own wording: for all languages, or by language. */
export type Wording = string | Sentences | undefined;

/** The sentence in the customer's language (BCP 47), else in English: the folder's, where it says it. */
export function inLanguage(own: Sentences & { en: string }, language: string | null, say?: Wording): string {
  if (typeof say === 'string') return say;
  const tag = language ?? 'en';
  return (say && sentenceIn(say, tag)) ?? sentenceIn(own, tag) ?? say?.en ?? own.en;
}

function sentenceIn(sentences: Sentences, tag: string): string | undefined {
  const known = [tag, primaryOf(tag)].find((one) => Object.hasOwn(sentences, one));
  return known === undefined ? undefined : sentences[known];
}
