import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { FakeFrontdesk, type ReplyPart } from '../web/fake-frontdesk.ts';

/** The server that the page is tested on. Nothing else in the tests knows what stands behind the address. */
export type Target = { url: string; close(): Promise<void> };

export async function startTarget(): Promise<Target> {
  const webRoot = await mkdtemp(join(tmpdir(), 'frontdesk-web-'));
  await build({ configFile: 'web/vite.config.ts', logLevel: 'warn', build: { outDir: webRoot } });
  const fake = await FakeFrontdesk.start({ webRoot, replies });
  return {
    url: fake.url,
    async close() {
      await fake.stop();
      await rm(webRoot, { recursive: true, force: true });
    },
  };
}

const COVER = 'Yes: the **electric-car cover** includes a home charger and its cable. ';
const LIST =
  'It also covers:\n\n- the battery, owned or leased\n- charging cables and adapters\n- towing to a charging point\n\n';
const MORE = 'Would you like a [quote](https://acme.example/quote)?';

function replies(text: string): ReplyPart[] {
  if (!/charger/.test(text)) return [{ pauseMs: 200 }, { text: `You are welcome. ` }, { pauseMs: 200 }, { text: MORE }];
  return [
    { pauseMs: 300 },
    { toolStarted: 'search_knowledge' },
    { pauseMs: 200 },
    { toolFinished: 'search_knowledge' },
    { step: 1 },
    { pauseMs: 200 },
    { text: COVER },
    { pauseMs: 400 },
    { text: LIST },
    { cite: { ...source(1), start: 0, end: COVER.length } },
    { pauseMs: 400 },
    { cite: { ...source(2), start: COVER.length, end: COVER.length + LIST.length } },
    { text: MORE },
    { pauseMs: 200 },
  ];
}

function source(number: number): { number: number; title: string; url: string; quote: string } {
  return {
    number,
    title: `Electric cars, part ${number}`,
    url: `https://acme.example/help/electric-${number}`,
    quote: 'Home chargers are covered.',
  };
}
