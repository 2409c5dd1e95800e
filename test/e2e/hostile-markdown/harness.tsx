import { type JSX, render } from 'preact';
import type { CitedPassage } from '../../../src/protocol/conversation.ts';
import { wordsIn } from '../../../web/widget/card-words.ts';
import type { PlacedCitation, ViewMessage } from '../../../web/widget/conversation-view.ts';
import { sentences } from '../../../web/widget/locales/en.ts';
import { Message } from '../../../web/widget/message.tsx';
import { OutgoingMessage } from '../../../web/widget/outgoing-message.tsx';
import { Passage } from '../../../web/widget/passage.tsx';
import type { Cited, OpenPassage } from '../../../web/widget/sources.ts';
import type { Case } from './cases/case.ts';
import { citations } from './cases/citations.ts';
import { groups } from './cases/index.ts';
import { cutsOf } from './cuts.ts';
import { problemsIn } from './invariants.ts';

/** What was seen of a case. `links` and `shows` are those of the whole text; `slowest` is in milliseconds. */
export type Seen = { problems: string[]; links: string[]; shows: string; slowest: number; cuts: number };

export type Harness = typeof harness;

/** Longer texts are not tried with a mark at every place, nor cut as an operator's. */
const MARKED = 300;

const WORD_ENDS = /[\p{L}\p{N}][\p{P}\p{S}]*$/u;

const [root, sheet] = ['#root', '#sheet'].map((id) => document.querySelector(id)) as [HTMLElement, HTMLElement];
let executed = 0;
const runs = () => {
  executed += 1;
};
Object.assign(window, { alert: runs, confirm: runs, prompt: runs, print: runs });

const harness = {
  /** Lets a text arrive piece by piece in one message, as an agent's reply and as an operator's words. */
  stream(group: string, name: string, role: 'agent' | 'operator'): Seen {
    const { text, links } = find(group, name);
    const problems = new Set<string>();
    // An operator's words arrive whole; their cuts are other texts, of which some are enough.
    const cuts = cutsOf(text).filter((_, index) => role === 'agent' || index % 10 === 0);
    let slowest = 0;
    for (const cut of cuts) {
      const state = role === 'agent' ? 'streaming' : 'done';
      slowest = Math.max(slowest, show({ ...EMPTY, role, text: cut, state }));
      for (const problem of problemsOfMessage()) problems.add(`${problem} after ${JSON.stringify(cut.slice(-60))}`);
      if (state === 'streaming') {
        for (const link of linksIn('.fd-text')) {
          if (!links.includes(link)) problems.add(`a link that is none in the end: ${link}, after ${cut.slice(-60)}`);
        }
      }
    }
    slowest = Math.max(slowest, show({ ...EMPTY, role, text }));
    const streamed = root.innerHTML;
    const seen = look(problems, slowest, cuts.length);
    render(null, root);
    show({ ...EMPTY, role, text });
    if (root.innerHTML !== streamed) seen.problems.push('what was streamed differs from what is shown at once');
    return seen;
  },

  /** Puts a citation at every place of a text: none may add a link. In honest text the end of a word changes nothing. */
  mark(group: string, name: string): string[] {
    const { text } = find(group, name);
    show({ ...EMPTY, text });
    const before = look(new Set(), 0, 0);
    const problems = new Set<string>();
    const places = text.length > MARKED ? [0, 1, text.length - 1, text.length + 1] : Array(text.length + 2).keys();
    for (const end of places) {
      show({ ...EMPTY, text, citations: [{ ...SOURCE, start: 0, end }] });
      for (const problem of problemsOfMessage()) problems.add(`${problem} with a mark at ${end}`);
      const links = linksIn('.fd-text');
      if (group === 'ordinary' && WORD_ENDS.test(text.slice(0, end)) && /^(\s|$)/.test(text.slice(end))) {
        const { shows } = look(new Set(), 0, 0);
        const same = links.join() === before.links.join() && shows === before.shows;
        if (!same) problems.add(`other words or links with a mark at ${end}: ${shows} ${links}`);
      }
      if (links.some((link) => !before.links.includes(link)))
        problems.add(`other links with a mark at ${end}: ${links}`);
    }
    return [...problems].slice(0, 5);
  },

  /** The text of a case as the title, the address and the words of a source, and of its open passage. */
  async cite(group: string, name: string): Promise<string[]> {
    const { text } = find(group, name);
    show({ ...EMPTY, text: 'Yes.', citations: [{ ...SOURCE, title: text, url: text, quote: text }] });
    return [...problemsOfMessage(), ...(await openPassages()).problems];
  },

  async source(name: string): Promise<Seen & { sources: string[] }> {
    const found = citations.find((one) => one.name === name);
    if (!found) throw new Error(`no case ${name}`);
    show({ ...EMPTY, text: found.text, citations: [{ ...SOURCE, ...found, end: found.text.length }] });
    const { problems, links } = await openPassages();
    return { ...look(new Set([...problemsOfMessage(), ...problems]), 0, 1), sources: links };
  },

  /** A customer's own words, before and after the log has them. True where nothing but their text is there. */
  plain(group: string, name: string): boolean {
    const { text } = find(group, name);
    const isPlain = () => {
      const nodes = root.querySelector('.fd-bubble')?.childNodes;
      return text === '' || (nodes?.length === 1 && nodes[0] instanceof Text && nodes[0].data === text);
    };
    show({ ...EMPTY, role: 'customer', text });
    const logged = isPlain();
    const entry = { key: 'k', text, state: 'sending', problem: null } as unknown as Outgoing['entry'];
    draw(<OutgoingMessage entry={entry} sentences={sentences} onRetry={() => {}} onEdit={() => {}} onPerson={null} />);
    return logged && isPlain() && executed === 0;
  },

  /** Shows the whole text of a case, to be clicked. */
  whole(group: string, name: string): void {
    show({ ...EMPTY, text: find(group, name).text });
  },
};

type Outgoing = Parameters<typeof OutgoingMessage>[0];

const words = await wordsIn(sentences);

const EMPTY: ViewMessage = { id: 'm', role: 'agent', text: '', at: 0, citations: [], state: 'done' };
const CITED = { number: 1, title: 't', url: null, quote: 'q', passageId: 'p', location: null };
const SOURCE: PlacedCitation = { ...CITED, start: 0, end: 4 };

function find(group: string, name: string): Case {
  const found = groups[group]?.find((one) => one.name === name);
  if (!found) throw new Error(`no case ${name}`);
  return found;
}

/** Draws a message where the last one stands; gives back the milliseconds that it took. */
function show(message: ViewMessage): number {
  const open: OpenPassage = (cited, from) => {
    const rest = { from, sentences, words, load: async () => passageOf(cited), onClose: () => {} };
    render(<Passage cited={cited} {...rest} />, sheet);
  };
  return draw(<Message message={message} name="Eva" company="Acme" sentences={sentences} onPassage={open} />);
}

/** A passage that is all made of the source's words. */
function passageOf({ quote, title, url }: Cited): CitedPassage {
  const location = { page: 1, headings: [title, quote], start: 1, end: 2 };
  const sentences = [`${title} `, `${quote} `, title];
  return { title, url, quote, passageId: 'p', location, sentences, link: url, changed: true };
}

/** Opens the passage of every chip and of every source below the text, and looks at it before and after it is whole. */
async function openPassages(): Promise<{ problems: string[]; links: string[] }> {
  const problems: string[] = [];
  const links: string[] = [];
  for (const button of root.querySelectorAll('button')) {
    button.click();
    if (sheet.childElementCount !== 1) problems.push('no passage opens');
    problems.push(...problemsIn(sheet));
    links.push(...linksIn('#sheet'));
    await new Promise((resolve) => setTimeout(resolve));
    if (!sheet.textContent?.includes(words.passageChanged)) problems.push('the passage does not come');
    problems.push(...problemsIn(sheet));
    if (linksIn('#sheet').join() !== (links.at(-1) ?? '')) problems.push('another link when the passage is there');
    render(null, sheet);
  }
  return { problems, links };
}

function draw(element: JSX.Element): number {
  const started = performance.now();
  render(element, root);
  return performance.now() - started;
}

function problemsOfMessage(): string[] {
  const article = root.firstElementChild as Element;
  const problems = problemsIn(article.querySelector('.fd-content') as Element);
  const around = [...root.children, ...article.children].map((element) => element.className).join();
  if (!/^fd-message fd-(agent|operator),fd-avatar( fd-avatar-person)?,fd-content$/.test(around)) {
    problems.push(`other elements around the text: ${around}`);
  }
  if (article.querySelector('.fd-text')?.textContent?.includes('\ufffc')) problems.push('the sign of a mark');
  if (executed > 0) problems.push('code ran');
  if (document.head.childElementCount > headBefore) problems.push('something was added to the head');
  return problems;
}
const headBefore = document.head.childElementCount;

function linksIn(selector: string): string[] {
  return [...document.querySelectorAll<HTMLAnchorElement>(`:is(${selector}) a`)].map((link) => link.href);
}

function look(problems: Set<string>, slowest: number, cuts: number): Seen {
  const copy = root.querySelector('.fd-text')?.cloneNode(true) as HTMLElement;
  for (const chip of copy.querySelectorAll('sup')) chip.remove();
  const links = [...copy.querySelectorAll('a')].map((link) => link.href);
  // `innerText` needs to be on the page to know its lines.
  document.body.append(copy);
  const shows = copy.innerText.replace(/\n+/g, '\n').trim();
  copy.remove();
  return { problems: [...problems].slice(0, 5), links, shows, slowest, cuts };
}

Object.assign(window, { harness });
