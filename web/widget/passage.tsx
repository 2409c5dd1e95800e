import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { PlacedCitation } from './conversation-view.ts';
import { CloseIcon, LinkIcon } from './icons.tsx';
import type { Sentences } from './locale.ts';
import { safeUrl } from './markdown.tsx';

/** A source as a message cites it: all the passages that carry its number. */
export type Cited = { number: number; title: string; url: string | null; quotes: string[] };

export type OpenPassage = (cited: Cited, from: HTMLElement) => void;

/** One entry for each number, in the order of the numbers: what the list of sources shows. */
export function sourcesOf(citations: PlacedCitation[]): Cited[] {
  const sources: Cited[] = [];
  for (const { number, title, url, quote } of citations) {
    sources[number] ??= { number, title, url, quotes: [] };
    if (!sources[number].quotes.includes(quote)) sources[number].quotes.push(quote);
  }
  return sources.filter(Boolean);
}

type PassageProps = { cited: Cited; sentences: Sentences; onClose(): void };

/** What a reply rests on, in the source's own words, with the way to the source. */
export function Passage({ cited, sentences, onClose }: PassageProps): JSX.Element {
  const sheet = useRef<HTMLDivElement>(null);
  useEffect(() => sheet.current?.focus(), [cited]);
  const href = safeUrl(cited.url);
  return (
    <div class="fd-cover">
      <button type="button" class="fd-shade" tabIndex={-1} aria-hidden="true" onClick={onClose} />
      <div class="fd-passage" role="dialog" aria-labelledby="fd-passage-title" tabIndex={-1} ref={sheet}>
        <div class="fd-passage-head">
          <span class="fd-source-number" aria-hidden="true">
            {cited.number}
          </span>
          <h2 id="fd-passage-title">
            <span class="fd-hidden">{sentences.source(cited.number)}: </span>
            {cited.title}
          </h2>
          <button type="button" class="fd-icon-button" onClick={onClose} aria-label={sentences.closePassage}>
            <CloseIcon />
          </button>
        </div>
        <div class="fd-quotes">
          {cited.quotes.map((quote) => (
            <blockquote key={quote}>{quote}</blockquote>
          ))}
        </div>
        {href && (
          <a class="fd-button" href={href} target="_blank" rel="noopener noreferrer nofollow">
            {sentences.openSource}
            <span class="fd-hidden"> ({sentences.opensInNewTab})</span>
            <LinkIcon />
          </a>
        )}
      </div>
    </div>
  );
}
