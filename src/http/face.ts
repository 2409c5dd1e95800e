import type { Context } from 'hono';
import type { Desk } from '../conversations/desk.ts';
import type { RunningTurns } from '../conversations/running-turns.ts';

/** What the server's owner decides about the HTTP face. */
export type HttpSettings = {
  /** Sites that may use the API from a browser, such as `https://shop.example`. The server's own origin always may. */
  origins: readonly string[];
  /** Opens the operator API; null turns it off. */
  operatorToken: string | null;
  /** Folder of the built page (`index.html`, `assets/`), or null where there is none. */
  webFolder: string | null;
  version: string;
  /** Milliseconds of silence after which an event stream sends a comment. Default 15,000. */
  heartbeatMs?: number;
  /** Aborts when the server shuts down: streams end, waiting requests are answered, `/readyz` says no. */
  closing?: AbortSignal;
};

/** What every route works with. */
export type Face = { desk: Desk; turns: RunningTurns; settings: HttpSettings };

export type HttpEnv = { Variables: { requestId: string } };
export type HttpContext = Context<HttpEnv>;
