import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { CloseIcon, LinkIcon } from './icons.tsx';
import { safeUrl } from './link-target.ts';
import type { Sentences } from './locale.ts';
import type { Cited } from './sources.ts';

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
