import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { type ActionField, actionFields } from './action-fields.ts';
import type { ViewAction } from './action-view.ts';
import type { Problem } from './api-error.ts';
import type { CardWords } from './card-words.ts';
import type { ChatSession } from './chat-session.ts';
import { SignIn } from './sign-in-card.tsx';
import { visible } from './visible.ts';

export type CardContext = {
  session: ChatSession;
  /** The element on the site's page. */
  host: HTMLElement;
  words: CardWords;
  /** Nothing more can be decided. */
  closed: boolean;
  /** Milliseconds by which the server's clock is ahead of this one. */
  clock: number;
};

/** How a card looks: where the action stands, and what the customer's own answer has come to meanwhile. */
type Stage = ViewAction['state'] | 'waiting' | 'sending' | 'expired' | 'closed';

type Answer = { decision: 'confirm' | 'decline'; problem: Problem | null };

/** While these last somebody is asked. */
const OPEN = new Set<Stage>(['proposed', 'waiting', 'sending']);

/** After these there is nothing to press again. */
const SETTLED = new Set(['action_changed', 'action_not_found', 'action_not_yours']);

/** What somebody has to say yes to, and what has come of it. Whatever is in it is shown as plain text. */
export function ActionCard({ action, context }: { action: ViewAction; context: CardContext }): JSX.Element {
  const { session, words, clock } = context;
  const [answer, setAnswer] = useState<Answer | null>(null);
  const busy = useRef(false);
  const left = useTimeLeft(action.state === 'proposed' ? action.expiresAt - clock : 0, words);
  const stage = stageOf(action, { answer, left, closed: context.closed });
  const problem = stage === 'proposed' ? (answer?.problem ?? null) : null;
  const decide = async (decision: Answer['decision']) => {
    // The state comes a moment after a second click.
    if (busy.current) return;
    busy.current = true;
    setAnswer({ decision, problem: null });
    const said = await session.ask(`actions/${encodeURIComponent(action.id)}`, { decision, hash: action.hash });
    // Decided before, here or elsewhere: the log tells how.
    setAnswer({ decision, problem: said?.code === 'action_decided' ? null : said });
    busy.current = said !== null && said.code !== 'action_decided' ? false : busy.current;
  };
  const title = titleOf(action, stage, words);
  const signInFirst = problem?.code === 'sign_in_required';
  const canDecide = stage === 'proposed' && !SETTLED.has(problem?.code ?? '');
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form's fields.
    <div class="fd-card" role="group" aria-label={title} data-action={stage}>
      <h3 class="fd-card-title">{title}</h3>
      <p class="fd-card-summary" dir="auto">
        {visible(action.summary)}
      </p>
      <Fields fields={actionFields(action.input, words)} words={words} />
      <p class="fd-card-state" role="status">
        {stageWords(action, stage, words)}
      </p>
      {problem && (
        <p class="fd-card-problem" role="alert">
          {words.problem(problem)}
        </p>
      )}
      {signInFirst && <SignIn {...context} />}
      {canDecide && (
        <div class="fd-card-buttons">
          <button
            type="button"
            class={signInFirst ? 'fd-button' : 'fd-button fd-primary'}
            onClick={() => void decide('confirm')}
          >
            {words.confirm}
          </button>
          <button type="button" class="fd-button" onClick={() => void decide('decline')}>
            {words.decline}
          </button>
        </div>
      )}
      {stage === 'proposed' && left && <p class="fd-card-time">{left}</p>}
    </div>
  );
}

function stageOf(
  action: ViewAction,
  { answer, left, closed }: { answer: Answer | null; left: string | null; closed: boolean },
): Stage {
  if (action.state !== 'proposed') return action.state;
  if (answer && !answer.problem) return 'sending';
  const code = answer?.problem?.code;
  if (left === null || code === 'action_expired') return 'expired';
  if (closed || code === 'conversation_closed') return 'closed';
  return action.by === 'operator' ? 'waiting' : 'proposed';
}

function titleOf({ by }: ViewAction, stage: Stage, words: CardWords): string {
  if (!OPEN.has(stage)) return words.settledTitle;
  return by === 'operator' ? words.checkTitle : words.askTitle;
}

function stageWords({ by, decidedBy }: ViewAction, stage: Stage, words: CardWords): string {
  if (stage === 'proposed') return words.nothingYet;
  if (stage === 'expired' && by === 'operator') return words.notChecked;
  if (stage === 'declined' && decidedBy === 'operator') return words.refused;
  return words.stages[stage];
}

/** The first of them fit a card; the rest is there for whoever wants it. */
const SHOWN = { fields: 6, characters: 400 };

function Fields({ fields, words }: { fields: ActionField[]; words: CardWords }): JSX.Element | null {
  if (fields.length === 0) return null;
  let room = SHOWN.characters;
  const fits = fields.findIndex(({ label, value }, index) => {
    room -= label.length + value.length;
    return index >= SHOWN.fields || room < 0;
  });
  const first = fits === -1 ? fields : fields.slice(0, fits);
  const rest = fields.slice(first.length);
  return (
    <>
      {first.length > 0 && <List fields={first} />}
      {rest.length > 0 && (
        <details class="fd-card-more">
          <summary>{words.more(rest.length)}</summary>
          <List fields={rest} />
        </details>
      )}
    </>
  );
}

function List({ fields }: { fields: ActionField[] }): JSX.Element {
  return (
    <dl class="fd-card-fields">
      {fields.map(({ label, value }, index) => (
        <div key={`${index} ${label}`}>
          <dt dir="auto">{label}</dt>
          <dd dir="auto">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** How long there is, in words; null once the time (epoch ms) has passed. */
function useTimeLeft(until: number, words: CardWords): string | null {
  const say = () => (until > Date.now() ? words.timeLeft(until) : null);
  const [, draw] = useState(say());
  const now = say();
  useEffect(() => {
    if (until <= Date.now()) return;
    // What is drawn changes with the words alone.
    const timer = setInterval(() => draw(say()), 1000);
    return () => clearInterval(timer);
  }, [until, words]);
  return now;
}
