import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ViewMessage } from './conversation-view.ts';

/** What is there within this time of the start, and before the customer writes, is history: not read out. Milliseconds. */
const HISTORY_MS = 1000;
const KEPT = 6;

/**
 * Reads out what the other side says, by whole sentences: a log that grows piece by piece would be read in fragments,
 * or from its start each time.
 */
export function Announcer({ messages, writes }: { messages: ViewMessage[]; writes: boolean }): JSX.Element {
  const begun = useRef(Date.now());
  if (writes) begun.current = 0;
  const said = useRef(new Map<string, number>());
  const [lines, setLines] = useState<string[]>([]);
  useEffect(() => {
    const history = messages.length > 1 && Date.now() - begun.current < HISTORY_MS;
    const added: string[] = [];
    for (const { id, role, text, state, at } of messages) {
      if (role === 'customer') continue;
      const end = state === 'streaming' ? endOfSentences(text) : text.length;
      // What waits for a decision (`at` 0) is none, however soon it comes.
      const from = said.current.get(id) ?? (history && at && state !== 'streaming' ? end : 0);
      said.current.set(id, Math.max(from, end));
      const whole = spoken(text.slice(from, end));
      if (whole) added.push(whole);
    }
    if (added.length > 0) setLines((before) => [...before, ...added]);
  }, [messages]);
  return (
    <div class="fd-hidden" role="log" aria-live="polite" aria-relevant="additions" data-announcer="">
      {lines.map((text, place) => <p key={place}>{text}</p>).slice(-KEPT)}
    </div>
  );
}

/** Where the last whole sentence, line or list item ends. */
function endOfSentences(text: string): number {
  return /^.*(?:[.!?…:](?=\s)|\n)/s.exec(text)?.[0].length ?? 0;
}

/** Markdown as it is spoken: without its signs. */
function spoken(text: string): string {
  return text.replace(/\]\([^)]*\)|[*_`#>|~[\]]+/g, ' ').trim();
}
