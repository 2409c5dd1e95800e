import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { PlacedCitation } from './conversation-view.ts';
import { CloseIcon, LinkIcon } from './icons.tsx';
import type { Sentences } from './locale.ts';
import { safeUrl } from './markdown.tsx';

/** A source as a message cites it: all the passages that carry its number. */
export type Cited = { number: number; title: string; url: string | null; quotes: string[] };

export type OpenPassage = (cited: Cited, from: HTMLElement) => void;

export function citedAs(number: number, citations: PlacedCitation[]): Cited | null {
  const own = citations.filter((citation) => citation.number === number);
  const [first] = own;
  return first
    ? { number, title: first.title, url: first.url, quotes: [...new Set(own.map(({ quote }) => quote))] }
    : null;
}

type PassageProps = { cited: Cited; sentences: Sentences; onClose(): void };

/** What a reply rests on, in the source's own words, with the way to the source. */
export function Passage({ cited, sentences, onClose }: PassageProps): JSX.Element {
  const sheet = useRef<HTMLDivElement>(null);
  useEffect(() => sheet.current?.focus(), [cited]);
  const href = safeUrl(cited.url);
  return (
    <div class="fd-cover" onClick={(event) => event.target === event.currentTarget && onClose()}>
      <div class="fd-passage" role="dialog" aria-labelledby="fd-passage-title" tabIndex={-1} ref={sheet}>
        <header>
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
        </header>
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
