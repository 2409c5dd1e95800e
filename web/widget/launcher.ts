import type { Sentences } from './locale.ts';

const BUBBLE =
  'M4 8.5A3.5 3.5 0 0 1 7.5 5h9A3.5 3.5 0 0 1 20 8.5v5a3.5 3.5 0 0 1-3.5 3.5H12l-4.5 3.5V17A3.5 3.5 0 0 1 4 13.5z';

/** The button that opens the chat, with a mark for what has not been read. Without Preact, which comes with the chat. */
export class Launcher {
  readonly element = make('div', 'fd-launch');
  readonly button = make('button', 'fd-launcher');
  readonly #mark = make('span', 'fd-unread');
  readonly #status = make('p', 'fd-hidden');
  readonly #trouble = make('p', 'fd-launch-trouble');

  constructor(onOpen: () => void, onNear: () => void) {
    this.button.type = 'button';
    this.button.ariaHasPopup = 'dialog';
    this.button.append(icon(), this.#mark);
    this.button.addEventListener('click', onOpen);
    for (const sign of ['pointerenter', 'focus']) this.button.addEventListener(sign, onNear, { once: true });
    this.#mark.hidden = true;
    this.#mark.ariaHidden = 'true';
    this.#status.role = 'status';
    this.#trouble.role = 'alert';
    this.element.append(this.#trouble, this.#status, this.button);
  }

  show(state: { open: boolean; unread: number; failed: boolean; sentences: Sentences }): void {
    const { open, unread, failed, sentences } = state;
    this.element.hidden = open;
    this.button.ariaExpanded = String(open);
    const news = unread > 0 ? sentences.unread(unread) : '';
    this.button.ariaLabel = [sentences.openChat, news].filter(Boolean).join(', ');
    this.#mark.hidden = unread === 0;
    this.#mark.textContent = unread > 9 ? '9+' : String(unread);
    if (this.#status.textContent !== news) this.#status.textContent = news;
    this.#trouble.textContent = failed ? sentences.startFailed : '';
  }
}

function make<Name extends 'div' | 'button' | 'span' | 'p'>(
  name: Name,
  className: string,
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  element.className = className;
  return element;
}

function icon(): SVGElement {
  const [svg, path] = ['svg', 'path'].map((name) => document.createElementNS('http://www.w3.org/2000/svg', name));
  svg?.setAttribute('viewBox', '0 0 24 24');
  svg?.setAttribute('aria-hidden', 'true');
  path?.setAttribute('d', BUBBLE);
  svg?.append(path ?? '');
  return svg as SVGElement;
}
