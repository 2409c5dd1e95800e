import { render } from 'preact';
import { createMemory } from './widget/access-storage.ts';
import { Chat } from './widget/chat.tsx';
import { ChatSession } from './widget/chat-session.ts';
import { createClient } from './widget/client.ts';
import { chooseLocale } from './widget/locales/index.ts';

const asked = new URLSearchParams(location.search).get('lang');
const { locale, sentences } = chooseLocale([asked, ...navigator.languages]);
document.documentElement.lang = locale;

const root = document.getElementById('chat');
if (!root) throw new Error('the page has no element #chat');

const session = new ChatSession({
  client: createClient({ baseUrl: new URL('.', document.baseURI).href }),
  memory: createMemory(() => localStorage, 'frontdesk.conversation'),
  language: asked ?? navigator.language,
});
render(
  <Chat
    session={session}
    sentences={sentences}
    onAgent={(agent) => {
      document.title = `${agent.name} · ${agent.company}`;
    }}
  />,
  root,
);
