import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ViewMessage } from './conversation-view.ts';

/** What is there within this time of the start is history, and is not read out. Milliseconds. */
const HISTORY_MS = 1000;
const KEPT = 6;

/**
 * Reads out what the other side says, by whole sentences: a log that grows piece by piece would be read in fragments,
 * or from its start each time.
 */
export function Announcer({ messages }: { messages: ViewMessage[] }): JSX.Element {
  const begun = useRef(Date.now());
  const said = useRef(new Map<string, number>());
  const [lines, setLines] = useState<{ key: number; text: string }[]>([]);
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
    if (added.length === 0) return;
    setLines((before) => {
      const next = (before.at(-1)?.key ?? 0) + 1;
      return [...before, ...added.map((text, index) => ({ key: next + index, text }))].slice(-KEPT);
    });
  }, [messages]);
  return (
    <div class="fd-hidden" role="log" aria-live="polite" aria-relevant="additions" data-announcer="">
      {lines.map(({ key, text }) => (
        <p key={key}>{text}</p>
      ))}
    </div>
  );
}

/** Where the last whole sentence, line or list item ends. */
function endOfSentences(text: string): number {
  const ends = [...text.matchAll(/[.!?…:](?=\s)|\n/g)];
  const last = ends.at(-1);
  return last ? last.index + 1 : 0;
}

/** Markdown as it is spoken: without its signs. */
function spoken(text: string): string {
  return text.replace(/\]\([^)]*\)|[*_`#>|~[\]]+/g, ' ').trim();
}
