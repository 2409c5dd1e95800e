import { randomBytes } from 'node:crypto';
import { SignJWT } from 'jose';
import { OFFLINE_MODEL_ID } from '../adapters/offline-model/offline-model.ts';
import type { ModelEvent, ModelRequest } from '../agent/model.ts';
import type { Usage } from '../agent/step.ts';
import type { WorldDefinition } from '../agent-folder/define-world.ts';
import { compose, type Frontdesk } from '../compose.ts';
import type { Config } from '../config.ts';
import type { TallyStore } from '../conversations/log.ts';
import { priceTable } from '../conversations/prices.ts';
import { costOf } from '../conversations/spending.ts';
import { loadWorld } from './load-world.ts';
import type { SignedIn } from './suite.ts';

/** An agent on a store of its own, with all that a case needs beside it. */
export type Stage = {
  frontdesk: Frontdesk;
  world: WorldDefinition | null;
  offline: boolean;
  /** Begins a case: what an earlier one has used up of a limit is not counted any more. */
  next(): void;
  /** Puts a text in place of the model's words in the turns that begin now; null gives the model its voice back. */
  say(text: string | null): void;
  /** The token by which the company's site would show who a customer is. */
  tokenOf(customer: SignedIn): Promise<string>;
  /** Dollars that the tokens of a model have cost. */
  costOf(model: string, usage: Usage): number;
  close(): Promise<void>;
};

/**
 * The server of a configuration as customers reach it, for cases: on the store in `dataFolder`, which is thrown away afterwards. What
 * would bound or disturb a suite is off: limits, the answer cache, webhooks, the pause. It hands over to people, as in production,
 * also where no operator is configured here. Throws as `compose` does, and as `loadWorld`.
 */
export async function openStage(config: Config, dataFolder: string): Promise<Stage> {
  const secret = randomBytes(48).toString('base64url');
  const frontdesk = await compose(
    {
      ...config,
      ...{ dataFolder, databaseUrl: null, webhook: null, limits: null, paused: false, rehearsal: false },
      operatorToken: config.operatorToken ?? randomBytes(24).toString('base64url'),
      identity: { keys: { secret }, issuer: null, audience: null },
      answers: { ...config.answers, use: false },
    },
    // On a busy machine a case must come out as on a quiet one.
    { offlineDeltaMs: 0, patienceMs: 30_000 },
  );
  const { desk } = frontdesk;
  let cases = 0;
  desk.store = { ...desk.store, tallies: apart(desk.store.tallies, () => cases) };
  let said: string | null = null;
  const { model } = desk;
  desk.model = (request, signal) => (isReply(request) && said !== null ? saying(said) : model(request, signal));
  frontdesk.begin();
  // A desk that is chosen by what was learned so far would not be chosen so again.
  await frontdesk.learned;
  const prices = priceTable(config.limits?.prices ?? {});
  const world = await loadWorld(config.agentFolder).catch(async (error: unknown) => {
    await frontdesk.close();
    throw error;
  });
  return {
    frontdesk,
    world,
    offline: desk.offline,
    next() {
      cases += 1;
    },
    say(text) {
      said = text;
    },
    tokenOf: (customer) => signed(customer, secret),
    costOf: (id, usage) => (id === OFFLINE_MODEL_ID ? 0 : costOf(usage, prices(id))),
    close: frontdesk.close,
  };
}

/** The tallies of a case for itself. */
function apart(tallies: TallyStore, of: () => number): TallyStore {
  const named = (key: string) => `${of()} ${key}`;
  return {
    async take(uses, now) {
      const refused = await tallies.take(
        uses.map((use) => ({ ...use, key: named(use.key) })),
        now,
      );
      return refused && { ...refused, key: refused.key.slice(named('').length) };
    },
    add: (keys, amount, now) => tallies.add(keys.map(named), amount, now),
    async read(keys, now) {
      const found = await tallies.read(keys.map(named), now);
      return new Map([...found].map(([key, tally]) => [key.slice(named('').length), tally]));
    },
  };
}

/** What the fast model is asked for names the tool that it must answer by. */
function isReply({ tool_choice: choice }: ModelRequest): boolean {
  return choice === undefined;
}

async function* saying(text: string): AsyncGenerator<ModelEvent> {
  const usage = { input_tokens: 0, output_tokens: 0, cache_read_input_tokens: 0, cache_creation_input_tokens: 0 };
  const stop = { stop_reason: 'end_turn', stop_sequence: null };
  const events = [
    { type: 'message_start', message: { id: 'msg_scripted', role: 'assistant', content: [], usage } },
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '', citations: null } },
    ...(text.match(/\s*\S+\s*/g) ?? []).map((word) => ({
      ...{ type: 'content_block_delta', index: 0 },
      delta: { type: 'text_delta', text: word },
    })),
    { type: 'content_block_stop', index: 0 },
    { type: 'message_delta', delta: stop, usage: { output_tokens: 0 } },
    { type: 'message_stop' },
  ];
  // The API's types ask for many fields that nothing reads.
  for (const event of events) yield event as unknown as ModelEvent;
}

function signed({ id, email, name }: SignedIn, secret: string): Promise<string> {
  const claims = { ...(email !== null && { email }), ...(name !== null && { name }) };
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(id)
    .setIssuedAt()
    .setExpirationTime('2h')
    .sign(new TextEncoder().encode(secret));
}
