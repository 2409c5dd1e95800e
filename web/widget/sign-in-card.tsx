import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { CardContext } from './action-card.tsx';
import type { ViewSignIn } from './action-view.ts';
import { safeUrl } from './link-target.ts';

/** Something was asked for that needs a signed-in customer; once they are, they ask again by one tap. */
export function SignInCard({ signIn, context }: { signIn: ViewSignIn; context: CardContext }): JSX.Element {
  const { words, session, closed } = context;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form's fields.
    <div class="fd-card" role="group" aria-label={words.signInTitle} data-sign-in={signIn.signedIn ? 'done' : 'needed'}>
      <h3 class="fd-card-title">{words.signInTitle}</h3>
      <p class="fd-card-state" role="status">
        {signIn.signedIn ? words.signedIn : words.signInWhy}
      </p>
      {!signIn.signedIn && <SignIn {...context} />}
      {signIn.signedIn && signIn.question !== '' && !closed && (
        <div class="fd-card-buttons">
          <button type="button" class="fd-button fd-primary" onClick={() => session.send(signIn.question)}>
            {words.askAgain}
          </button>
        </div>
      )}
    </div>
  );
}

/** The site signs its customer in: by its own code, which hears `frontdesk:sign-in`, or on the page that it has named. */
export function SignIn({ words, host }: Pick<CardContext, 'words' | 'host'>): JSX.Element {
  const [unheard, setUnheard] = useState(false);
  const page = pageFor(host.dataset.signInUrl);
  const ask = (event: Event) => {
    const signIn = new CustomEvent('frontdesk:sign-in', { bubbles: true, composed: true, cancelable: true });
    if (!host.dispatchEvent(signIn)) event.preventDefault();
    else setUnheard(!page);
  };
  return (
    <>
      <div class="fd-card-buttons">
        {page ? (
          <a class="fd-button fd-primary" href={page} onClick={ask}>
            {words.signIn}
          </a>
        ) : (
          <button type="button" class="fd-button fd-primary" onClick={ask}>
            {words.signIn}
          </button>
        )}
      </div>
      {unheard && (
        <p class="fd-card-time" role="alert">
          {words.signInOnSite}
        </p>
      )}
    </>
  );
}

/** The address where it is a web page, as a link of the site's own pages would have it; otherwise null. */
function pageFor(address: string | undefined): string | null {
  if (!address || !URL.canParse(address, document.baseURI)) return null;
  const url = safeUrl(new URL(address, document.baseURI).href);
  return url?.startsWith('http') ? url : null;
}
