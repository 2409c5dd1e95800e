import { FrontdeskChat } from './widget/element.ts';
import { warnOnce } from './widget/settings.ts';

/**
 * What a host page loads. It defines the element and, where the host has written none, makes one of its own
 * attributes. Everything else is loaded when the chat is opened. A module does not know its own tag and looks for it.
 */
const script = (document.currentScript ??
  document.querySelector('script[src*="widget.js"]')) as HTMLScriptElement | null;

if (!customElements.get(FrontdeskChat.tag)) {
  if (script) FrontdeskChat.home = new URL('.', script.src).href;
  customElements.define(FrontdeskChat.tag, FrontdeskChat);
}
if (!script) warnOnce('there is no script tag with widget.js in its src: it tells where the chat comes from.');
// A site that replaces its body may run the script again.
else if (script.dataset.manual === undefined) whenParsed(() => addElement(script));

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
