import { useLayoutEffect } from 'preact/hooks';

/** To where the customer writes; with a finger that would bring up the keyboard over the greeting. */
export function focusIn(place: Element): void {
  const field = matchMedia('(hover: hover)').matches && place.querySelector<HTMLElement>(FIELD);
  (field || place.querySelector<HTMLElement>('.fd'))?.focus();
}

export const FIELD = '.fd-field textarea:enabled';

/** Where a button that had the focus is gone or disabled once all is drawn, the focus goes back to where one writes. */
export function useKeptFocus(chat: { current: HTMLElement | null }): void {
  const active = () => (chat.current?.getRootNode() as ShadowRoot | undefined)?.activeElement;
  const before = active();
  const held = before && chat.current?.contains(before);
  useLayoutEffect(() => {
    const now = active();
    const kept = now && chat.current?.contains(now) && !now.matches(':disabled');
    if (held && !kept && chat.current?.parentElement) focusIn(chat.current.parentElement);
  });
}
