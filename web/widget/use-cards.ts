import { useEffect, useState } from 'preact/hooks';
import type { Cards } from './cards.tsx';
import type { ChatSession } from './chat-session.ts';
import type { Sentences } from './locale.ts';

const AGAIN_MS = 3000;

/** The code of cards, once there is something to put on one; null until it has come. */
export function useCards(
  chat: { current: HTMLElement | null },
  { wanted, session, sentences }: { wanted: boolean; session: ChatSession; sentences: Sentences },
): Cards | null {
  const [cards, setCards] = useState<Cards | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    if (!wanted || !chat.current) return;
    const shadow = chat.current.getRootNode() as ShadowRoot;
    const load = async () => setCards(await (await import('./cards.tsx')).loadCards({ shadow, session, sentences }));
    load().catch(() => setTimeout(() => setAttempt(attempt + 1), AGAIN_MS));
  }, [wanted, sentences, attempt]);
  return cards;
}
