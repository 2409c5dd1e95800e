import { FrontdeskError } from '../protocol/errors.ts';
import type { Desk } from './desk.ts';
import type { Conversation } from './log.ts';

/** The agent is switched off on every node. */
export type Pause = { since: number; reason: string | null };

const SETTING = 'pause';
/** How often a node looks while replies are being made. */
const LOOK_MS = 1_000;
/** Nobody knows when it ends: seconds after which a client may ask again. */
const RETRY_AFTER = 60;

/** The pause that holds, or null. One that the configuration holds cannot be ended by `resume`. */
export async function readPause({ store, paused }: Desk): Promise<Pause | null> {
  if (paused) return paused;
  const value = await store.settings.read(SETTING);
  return value === null ? null : (JSON.parse(value) as Pause);
}

/** Switches the agent off: no message is taken for it, and replies that are being made end within seconds. */
export async function pause(desk: Desk, reason: string | null): Promise<Pause> {
  const held = await readPause(desk);
  const wanted = { since: held?.since ?? desk.now(), reason };
  if (!desk.paused) await desk.store.settings.write(SETTING, JSON.stringify(wanted));
  return desk.paused ?? wanted;
}

/** Switches the agent on again. Gives the pause that still holds, by the configuration; null where none does. */
export async function resume(desk: Desk): Promise<Pause | null> {
  await desk.store.settings.write(SETTING, null);
  return desk.paused;
}

/** Throws `paused` where the agent is switched off; a conversation that a human has goes on. */
export async function checkPause(desk: Desk, { status }: Conversation): Promise<void> {
  if (status === 'with_human' || !(await readPause(desk))) return;
  throw new FrontdeskError('paused', undefined, { retryAfter: RETRY_AFTER });
}

const looks = new WeakMap<Desk, { at: number; held: Promise<Pause | null> }>();

/** As `readPause`, but one look serves all replies for a moment. A store that does not answer breaks them elsewhere. */
function lookForPause(desk: Desk): Promise<Pause | null> {
  const last = looks.get(desk);
  if (last && performance.now() - last.at < LOOK_MS / 2) return last.held;
  const held = readPause(desk).catch(() => null);
  looks.set(desk, { at: performance.now(), held });
  return held;
}

/** Calls `onPause` when the agent is switched off, before this resolves where it is already; until `stop`. */
export async function watchPause(desk: Desk, onPause: () => void): Promise<{ stop(): void }> {
  const look = async () => {
    if (await lookForPause(desk)) onPause();
  };
  const watch = setInterval(() => void look(), LOOK_MS);
  if (await readPause(desk)) onPause();
  return { stop: () => clearInterval(watch) };
}
