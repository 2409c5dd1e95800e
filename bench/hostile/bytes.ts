import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Attacked, ask, follow, type Started, startConversation } from '../../src/testing/hostile/attack.ts';
import type { HostileCase } from '../../src/testing/hostile/cases.ts';
import type { HostileModel } from '../../src/testing/hostile/hostile-model.ts';
import { randomOf } from '../../src/testing/hostile/random.ts';
import { launchChromium } from '../../test/e2e/chromium.ts';
import { look, openPage, seenOn } from './browser.ts';

/** `cut`: the connection ends there, and the page asks for the rest. `split`: the rest comes a moment later. */
const WAYS = ['cut', 'split'] as const;
type Place = { way: (typeof WAYS)[number]; at: number };

/** A browser has six connections to a server: each chat holds one, and some are needed to come back. */
const AT_ONCE = 4;
export type Cut = Pick<Attacked, 'breaches' | 'bytes'> & { cuts: number; states: number; troubles: string[] };

type Options = {
  url: string;
  model: HostileModel;
  one: HostileCase;
  seed: number;
  cuts?: number;
  onProgress?(done: number, of: number): void;
};

/**
 * Shows one reply in the real page of the server, in a real browser, its stream cut behind each of its bytes in both ways, or behind
 * `cuts` of them drawn by the seed: nothing planted is ever on the page, and in the end each chat shows the reply as it is.
 */
export async function cutEverywhere({ url, model, one, seed, cuts, onProgress }: Options): Promise<Cut> {
  model.play(one);
  const started = await startConversation(url);
  await ask(started, 'json', { text: `What does my cover include? (${one.id})` });
  // Who is cut off comes back at once.
  const wire = Buffer.from((await follow(started, 0)).replace(/^retry: \d+$/m, 'retry: 5'));
  const every = WAYS.flatMap((way) => Array.from(wire, (_, at): Place => ({ way, at: at + 1 })));
  const places = cuts === undefined ? every : randomOf(`${seed}:bytes`).some(every, cuts);
  const result: Cut = { breaches: [], bytes: wire.length, cuts: places.length, states: 0, troubles: [] };
  const cutter = await startCutter(url, wire);
  const browser = await launchChromium();
  try {
    const opened = await openPage(browser, cutter.url, result.troubles);
    await opened.page.exposeFunction('hasRead', cutter.hasRead);
    await opened.page.evaluate(tellWhatIsRead);
    const show = (some: Place[]) =>
      opened.page.evaluate(showChats, { places: some, access: started, home: cutter.url });
    await opened.page.evaluate(() => document.querySelector('frontdesk-chat')?.remove());
    const [whole = ''] = await show([{ way: 'split', at: wire.length }]);
    for (let from = 0; from < places.length; from += AT_ONCE) {
      const some = places.slice(from, from + AT_ONCE);
      onProgress?.(from, places.length);
      for (const [index, text] of (await show(some)).entries()) {
        if (text === whole) continue;
        const { way, at } = some[index] as Place;
        result.troubles.push(`${way} at ${at} of ${wire.length}: ${text} in place of ${whole}`);
      }
    }
    const states = await seenOn(opened);
    const broken = states.find((text) => text.includes('\ufffd'));
    if (broken !== undefined && !wire.includes('\ufffd')) result.troubles.push(`half a character: ${broken}`);
    result.states = states.length;
    look([one], states, result);
    return result;
  } finally {
    await browser.close();
    await cutter.close();
  }
}

/** Runs in the page: tells how many bytes of a stream of events it has read, once it has done with them what it does. */
function tellWhatIsRead(): void {
  const { fetch, hasRead } = window as unknown as Window & { hasRead(url: string, bytes: number): void };
  window.fetch = async (...asked) => {
    const response = await fetch(...asked);
    const { body, url } = response;
    if (!body || !url.endsWith('/events')) return response;
    const reader = body.getReader();
    const read = reader.read.bind(reader);
    let bytes = 0;
    reader.read = async () => {
      const part = await read();
      bytes += part.value?.length ?? 0;
      setTimeout(() => hasRead(url, bytes));
      return part;
    };
    body.getReader = (() => reader) as typeof body.getReader;
    return response;
  };
}

type Shown = { places: Place[]; access: Started; home: string };

/** Runs in the page: a chat for each place, until all show the reply; gives what they show. */
async function showChats({ places, access, home }: Shown): Promise<string[]> {
  const chats = places.map(({ way, at }) => {
    const server = `${home}${way}/${at}/`;
    const { id, token } = access;
    localStorage.setItem(`frontdesk ${server} `, JSON.stringify({ access: { id, token }, outbox: [], seen: 0 }));
    const chat = document.createElement('frontdesk-chat');
    Object.assign(chat.dataset, { mode: 'page', server });
    document.body.append(chat);
    return chat;
  });
  const repliesOf = (chat: HTMLElement) => [
    ...(chat.shadowRoot?.querySelectorAll('[data-role="agent"][data-state="done"]') ?? []),
  ];
  const until = Date.now() + 20_000;
  while (chats.some((chat) => repliesOf(chat).length < 2) && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const texts = chats.map((chat) =>
    repliesOf(chat)
      .map((reply) => [...reply.querySelectorAll('.fd-text, .fd-sources')].map((part) => part.textContent).join('\n'))
      .join('\n\n'),
  );
  for (const chat of chats) chat.remove();
  return texts;
}

/**
 * Stands before a server: at `/cut/7/` the first stream of events ends behind its seventh byte, at `/split/7/` it pauses there. All
 * else is the server's.
 */
async function startCutter(target: string, wire: Buffer) {
  const begun = new Map<string, { at: number; goOn(): void }>();
  const server = createServer((asked, answer) => {
    const [, prefix = '', way, at = ''] = /^(\/(cut|split)\/(\d+))\//.exec(asked.url ?? '') ?? [];
    const path = (asked.url ?? '').slice(prefix.length);
    const isFirst = prefix !== '' && path.endsWith('/events') && !begun.has(prefix);
    if (!isFirst) return void passOn(new URL(path, target), asked, answer);
    begun.set(prefix, { at: Number(at), goOn: beginTo(answer, wire, { way: way as Place['way'], at: Number(at) }) });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    /** A browser throws away what nobody has read of a connection that breaks: only what was read is cut off from the rest. */
    hasRead(address: string, bytes: number): void {
      const one = begun.get(/^\/(?:cut|split)\/\d+/.exec(new URL(address).pathname)?.[0] ?? '');
      if (one?.at === bytes) one.goOn();
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** The bytes before the place; what is given back does what comes then, once. */
function beginTo(answer: ServerResponse, wire: Buffer, { way, at }: Place): () => void {
  answer.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  answer.write(wire.subarray(0, at));
  let done = false;
  return () => {
    if (done) return;
    done = true;
    if (way === 'cut') answer.socket?.end();
    else answer.write(wire.subarray(at));
  };
}

function passOn(to: URL, asked: IncomingMessage, answer: ServerResponse): void {
  const { method, headers } = asked;
  const sent = request(to, { method, headers: { ...headers, host: to.host } }, (given) => {
    answer.writeHead(given.statusCode ?? 502, given.headers);
    given.on('error', () => answer.destroy()).pipe(answer);
  });
  sent.on('error', () => answer.destroy());
  answer.on('close', () => sent.destroy());
  asked.pipe(sent);
}
