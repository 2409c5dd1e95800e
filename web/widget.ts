import { FrontdeskChat } from './widget/element.ts';

/**
 * What a host page loads. It defines the element and, where the host has written none, makes one of its own
 * attributes. Everything else is loaded when the chat is opened.
 */
const script = document.currentScript instanceof HTMLScriptElement ? document.currentScript : null;

if (!customElements.get(FrontdeskChat.tag)) {
  if (script) FrontdeskChat.home = new URL('.', script.src).href;
  customElements.define(FrontdeskChat.tag, FrontdeskChat);
  if (script && script.dataset.manual === undefined) whenParsed(() => addElement(script));
}

function whenParsed(then: () => void): void {
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', then, { once: true });
  else then();
}

function addElement({ dataset }: HTMLScriptElement): void {
  if (document.querySelector(FrontdeskChat.tag)) return;
  const element = document.createElement(FrontdeskChat.tag);
  Object.assign(element.dataset, dataset);
  document.body.append(element);
}
