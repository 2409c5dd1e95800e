import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import type { Desk } from '../conversations/desk.ts';
import type { RunningTurns } from '../conversations/running-turns.ts';
import type { KnowledgeIndex } from '../knowledge/documents.ts';
import type { KnowledgeUpkeep } from '../knowledge/upkeep.ts';
import type { BodyRoom } from './body-room.ts';
import type { Slots } from './slots.ts';

/** What the server's owner decides about the HTTP face. */
export type HttpSettings = {
  /** Sites that may use the API from a browser, such as `https://shop.example`. The server's own origin always may. */
  origins: readonly string[];
  /** Opens the operator API; null turns it off. */
  operatorToken: string | null;
  /** Folder of the built page (`index.html`, `assets/`), or null where there is none. */
  webFolder: string | null;
  version: string;
  /** Proxies of the company's own through which every request comes: whose word on the client's address is taken. */
  proxies: number;
  /** Event streams that one address may have open at once on this node; null: any number. */
  streamsPerAddress: number | null;
  /** Milliseconds of silence after which an event stream sends a comment. Default 15,000. */
  heartbeatMs?: number;
  /** Aborts when the server shuts down: streams end, waiting requests are answered, `/readyz` says no. */
  closing?: AbortSignal;
};

/** What every route works with. */
export type Face = {
  desk: Desk;
  turns: RunningTurns;
  /** What the agent knows, as an operator may search it. */
  knowledge: KnowledgeIndex;
  settings: HttpSettings;
  /** Event streams of an address. */
  streams: Slots;
  /** Messages of a conversation that are being taken. */
  messages: Slots;
  bodies: BodyRoom;
  /** What keeps the default agent's knowledge up; null where nobody may change it. */
  upkeep: KnowledgeUpkeep | null;
  /** Metrics of the process as text; null where there are none. */
  metrics: (() => Promise<{ contentType: string; text: string }>) | null;
};

/** Nothing is bound where a request did not come over a socket. */
export type HttpEnv = { Bindings: Partial<HttpBindings>; Variables: { requestId: string } };
export type HttpContext = Context<HttpEnv>;
