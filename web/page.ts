/** What only a page of its own has: a title, a language, and `?lang=` in its address. */
const chat = document.querySelector('frontdesk-chat');
const language = new URLSearchParams(location.search).get('lang');
if (language) chat?.setAttribute('data-locale', language);

chat?.addEventListener('frontdesk:agent', (event) => {
  const { name, company } = (event as CustomEvent<{ name: string; company: string }>).detail;
  document.title = `${name} · ${company}`;
});
chat?.addEventListener('frontdesk:locale', (event) => {
  document.documentElement.lang = (event as CustomEvent<string>).detail;
});
