import type { JSX } from 'preact';
import { ActionCard, type CardContext } from './action-card.tsx';
import { type CardsView, cardsOf } from './action-view.ts';
import { wordsIn } from './card-words.ts';
import style from './cards.css?inline';
import type { ChatSession } from './chat-session.ts';
import type { ConversationView, ViewMessage } from './conversation-view.ts';
import type { Sentences } from './locale.ts';
import { type Shown, showPassage } from './passage.tsx';
import { RatingCard } from './rating-card.tsx';
import { SignInCard } from './sign-in-card.tsx';

type Surroundings = { shadow: ShadowRoot; session: ChatSession; sentences: Sentences };

export type Cards = Awaited<ReturnType<typeof loadCards>>;

/** For this long cards wait for the server's clock. */
const CLOCK_MS = 2000;
const sheet = new CSSStyleSheet();

/** What few conversations have: actions, the wish to sign in, the rating. With its words and its style. */
export async function loadCards({ shadow, session, sentences }: Surroundings) {
  const [words, clock] = await Promise.all([wordsIn(sentences), clockOf(session.server)]);
  sheet.replaceSync(style);
  if (!shadow.adoptedStyleSheets.includes(sheet)) shadow.adoptedStyleSheets.push(sheet);
  const host = shadow.host as HTMLElement;
  const cardsIn = remembered(cardsOf);
  return {
    locale: sentences.locale,
    /** The cards below a reply; null: those that stand below none. */
    below(view: ConversationView, messageId: string | null): JSX.Element[] {
      const { actions, signIn } = cardsIn(view);
      const context: CardContext = { session, host, words, clock, closed: view.status === 'closed' };
      return [
        ...actions
          .filter((action) => action.messageId === messageId)
          .map((action) => <ActionCard key={action.id} action={action} context={context} />),
        ...(signIn?.messageId === messageId ? [<SignInCard key="sign-in" signIn={signIn} context={context} />] : []),
      ];
    },
    /** What is read out when it comes, besides the messages. */
    spoken(view: ConversationView): ViewMessage[] {
      return cardsIn(view)
        .actions.filter(({ state, by }) => state === 'proposed' && by === 'customer')
        .map(({ id, summary }) => {
          const text = `${words.askTitle}: ${summary}`;
          return { id, role: 'agent', text, at: 0, citations: [], state: 'done' };
        });
    },
    rating: (view: ConversationView): JSX.Element => (
      <RatingCard given={view.rating} words={words} onRate={(rating) => session.rate(rating)} />
    ),
  };
}

/** Milliseconds by which the server's clock is ahead of this one; 0 where it does not say. */
async function clockOf(server: string): Promise<number> {
  const signal = AbortSignal.timeout(CLOCK_MS);
  const answer = await fetch(`${server}healthz`, { cache: 'no-store', signal }).catch(() => null);
  return Date.parse(answer?.headers.get('Date') ?? '') - Date.now() || 0;
}

/** The same view is looked at for each of its messages. */
function remembered(read: (view: ConversationView) => CardsView): (view: ConversationView) => CardsView {
  let last: { view: ConversationView; cards: CardsView } | null = null;
  return (view) => {
    if (last?.view !== view) last = { view, cards: read(view) };
    return last.cards;
  };
}

/** Shows what a reply rests on. */
export async function showSource(shown: Omit<Shown, 'words'>): Promise<void> {
  showPassage({ ...shown, words: await wordsIn(shown.sentences) });
}
