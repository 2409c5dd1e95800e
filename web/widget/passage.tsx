import { type JSX, render } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { CitedPassage } from '../../src/protocol/conversation.ts';
import type { CardWords } from './card-words.ts';
import { CloseIcon, Icon } from './icons.tsx';
import { safeUrl } from './link-target.ts';
import type { Sentences } from './locale.ts';
import type { Cited } from './sources.ts';
import { visible } from './visible.ts';

export type Shown = {
  cited: Cited;
  /** What opened it. */
  from: HTMLElement;
  sentences: Sentences;
  words: CardWords;
  /** The passage whole. */
  load(): Promise<CitedPassage>;
};

/** Shows what a reply rests on, over the chat and modal: the browser keeps the focus in it and brings it back. */
export function showPassage(shown: Shown): void {
  const chat = shown.from.closest('.fd') as Element;
  const cover = document.createElement('dialog');
  // What is modal stands outside of the page's layout.
  const place = () => {
    const { left, top, width, height } = chat.getBoundingClientRect();
    const { borderRadius } = getComputedStyle(chat.parentElement as Element);
    cover.style.cssText = `left:${left}px;top:${top}px;width:${width}px;height:${height}px;border-radius:${borderRadius}`;
  };
  cover.className = 'fd-cover';
  cover.ariaLabel = `${shown.sentences.source(shown.cited.number)}: ${shown.cited.title}`;
  cover.onclick = ({ target }) => {
    if (target === cover) cover.close();
  };
  // The same key would close the chat.
  cover.onkeydown = (event) => {
    if (event.key === 'Escape') event.stopPropagation();
  };
  cover.onclose = () => {
    removeEventListener('resize', place);
    render(null, cover);
    cover.remove();
  };
  addEventListener('resize', place);
  chat.append(cover);
  place();
  render(<Passage {...shown} onClose={() => cover.close()} />, cover);
  cover.showModal();
}

/** The quote at once, and around it the passage as soon as it is there, with the way to the source. */
export function Passage({ cited, sentences, words, load, onClose }: Shown & { onClose(): void }): JSX.Element {
  const mark = useRef<HTMLElement>(null);
  const [passage, setPassage] = useState<CitedPassage | null>(null);
  const [failed, setFailed] = useState(false);
  const read = () => {
    setFailed(false);
    load().then(setPassage, () => setFailed(true));
  };
  useLayoutEffect(read, []);
  useLayoutEffect(() => mark.current?.scrollIntoView({ block: 'center' }), [passage]);
  const href = safeUrl(passage ? passage.link : cited.url);
  const { title, place } = placeOf(cited, passage, words);
  const [before, after] = passage ? around(passage) : ['', ''];
  const state = passage ? passage.changed && words.passageChanged : words.passageLoading;
  const note = failed ? words.passageFailed : state;
  return (
    <div class="fd-passage">
      <div class="fd-passage-head">
        <span class="fd-source-number" aria-hidden="true">
          {cited.number}
        </span>
        <h2>{title}</h2>
        <button type="button" class="fd-icon-button" onClick={onClose} aria-label={words.closePassage}>
          <CloseIcon />
        </button>
        {place && <p class="fd-place">{place}</p>}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: without it no key can scroll. */}
      <div class="fd-words" dir="auto" tabIndex={0}>
        {visible(before).trimStart()}
        <mark ref={mark}>{visible(cited.quote)}</mark>
        {visible(after).trimEnd()}
      </div>
      <p class={`fd-place ${passage || failed ? '' : 'fd-soon'}`} role="status">
        {note}
      </p>
      {failed && (
        <button type="button" class="fd-button" onClick={read}>
          {sentences.retry}
        </button>
      )}
      {href && (
        <a class="fd-button" href={href} target="_blank" rel="noopener noreferrer nofollow">
          {words.openSource}
          <span class="fd-hidden"> ({words.opensInNewTab})</span>
          <LinkIcon />
        </a>
      )}
    </div>
  );
}

/** What stands before and after the quote. */
function around({ sentences, quote, location }: CitedPassage): [string, string] {
  const text = sentences.join('');
  const at = text.indexOf(quote, sentences.slice(0, location.start).join('').length);
  return [text.slice(0, at), text.slice(at + quote.length)];
}

/** The title without the headings, which are in it too, and where under it the quote stands. */
function placeOf(cited: Cited, passage: CitedPassage | null, words: CardWords): { title: string; place: string } {
  const { page = null, headings = [] } = passage?.location ?? cited.location ?? {};
  const trail = headings.map((heading) => ` – ${heading}`).join('');
  const title = cited.title.endsWith(trail) ? cited.title.slice(0, cited.title.length - trail.length) : cited.title;
  const place = [headings.join(' › '), page && words.page(page)].filter(Boolean).join(' · ');
  return { title: visible(title), place: visible(place) };
}

const LinkIcon = () => (
  <Icon>
    <path d="M9 5h10v10M19 5 6 18" />
  </Icon>
);
