import type { HostileCase } from './cases.ts';
import type { HostileModel } from './hostile-model.ts';
import { type Leak, leaksIn } from './plants.ts';

/** Ways by which a customer's program may ask. */
export const FACES = ['stream', 'json', 'ai-sdk'] as const;
export type Face = (typeof FACES)[number];

/** What came through, by which face, or what stood in the way of finding out. */
export type Breach = { case: HostileCase; face: string; leaks: Leak[]; failed?: string };

export type AttackOptions = {
  /** Where the server is. */
  url: string;
  model: HostileModel;
  cases: Iterable<HostileCase>;
  /** The way by which each case is asked; without it in turn. */
  face?: Face;
  /** Conversations at once. Default 8. */
  atOnce?: number;
  onProgress?(done: number): void;
  /** What a customer asks before the id of the case. */
  question?: string;
};

/** `asked`: questions; `wires`: answers whose bytes were looked at. */
export type Attacked = { breaches: Breach[]; asked: number; wires: number; bytes: number };

/** Milliseconds that a reply may take. */
const PATIENCE_MS = 60_000;
const QUESTION = 'What does my cover include?';

/**
 * Has a customer ask the questions of the cases, each in a conversation of its own: over the face, then by all ways in which
 * the conversation can be read afterwards. Gives what of the plants was on the wire.
 */
export async function attack(options: AttackOptions): Promise<Attacked> {
  const { cases, atOnce = 8, onProgress } = options;
  const left = cases[Symbol.iterator]();
  const result: Attacked = { breaches: [], asked: 0, wires: 0, bytes: 0 };
  const work = async () => {
    for (let next = left.next(); !next.done; next = left.next()) {
      const face = options.face ?? (FACES[result.asked % FACES.length] as Face);
      result.asked += 1;
      await playCase(next.value, { ...options, face }, result);
      onProgress?.(result.asked);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return result;
}

async function playCase(
  one: HostileCase,
  { url, model, face, question = QUESTION }: AttackOptions & { face: Face },
  result: Attacked,
) {
  model.play(one);
  try {
    const started = await startConversation(url);
    const answer = await ask(started, face, { text: `${question} (${one.id})` });
    look(one, { [face]: answer, ...(await readAgain(started)) }, result);
  } catch (error) {
    result.breaches.push({ case: one, face, leaks: [], failed: String(error) });
  }
}

/** Looks for the case's plants in what came over the wire, by the name of each way. */
export function look(one: HostileCase, wires: Readonly<Record<string, string>>, result: Attacked): void {
  for (const [face, wire] of Object.entries(wires)) {
    result.wires += 1;
    result.bytes += Buffer.byteLength(wire);
    const leaks = leaksIn(wire, one.plants);
    if (leaks.length > 0) result.breaches.push({ case: one, face, leaks });
  }
}

/** A customer's access to a conversation. */
export type Started = { url: string; id: string; token: string };

export async function startConversation(url: string): Promise<Started> {
  const response = await fetch(`${url}/v1/conversations`, { method: 'POST' });
  if (!response.ok) throw new Error(`a conversation was refused with ${response.status}`);
  return { url, ...((await response.json()) as { id: string; token: string }) };
}

/** Sends a message; all that came over the wire for it. The same key is the same message. */
export async function ask(
  started: Started,
  face: Face,
  sent: { text: string; idempotencyKey?: string },
): Promise<string> {
  const path = `/v1/conversations/${started.id}/messages`;
  if (face === 'stream') return await read(started, path, sent, { Accept: 'text/event-stream' });
  if (face === 'json') return await read(started, path, sent);
  const { text } = sent;
  const message = { id: 'm', role: 'user', parts: [{ type: 'text', text }] };
  return await read(started, '/api/chat', { id: started.id, messages: [message] });
}

/** The conversation as it can be read once its turn has ended, which is waited for: each way's bytes by its name. */
export async function readAgain(started: Started): Promise<Record<string, string>> {
  const path = `/v1/conversations/${started.id}`;
  const events = await follow(started, 0);
  const last = Number(/^id: (\d+)$/m.exec(events.split('\n').findLast((line) => line.startsWith('id: ')) ?? '')?.[1]);
  return {
    history: await read(started, path),
    'history of the AI SDK': await read(started, `/api/chat/${started.id}`),
    'replayed events': events,
    'resumed events': await follow(started, Math.floor(last / 2)),
  };
}

async function read(
  { url, token }: Started,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<string> {
  const response = await fetch(url + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const text = await textOf(response);
  if (!response.ok) throw new Error(`${path} was refused with ${response.status}: ${text.slice(0, 200)}`);
  return text;
}

/** Also what came before the connection broke. */
async function textOf({ body }: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const chunk of body ?? []) text += decoder.decode(chunk, { stream: true });
  } catch {}
  return text;
}

/** The events after a place, up to the end of the turn: the stream itself goes on. */
export async function follow({ url, id, token }: Started, after: number): Promise<string> {
  const hangUp = new AbortController();
  const response = await fetch(`${url}/v1/conversations/${id}/events`, {
    headers: { Authorization: `Bearer ${token}`, ...(after > 0 && { 'Last-Event-ID': String(after) }) },
    signal: AbortSignal.any([hangUp.signal, AbortSignal.timeout(PATIENCE_MS)]),
  });
  if (!response.ok || !response.body) throw new Error(`the events were refused with ${response.status}`);
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body) {
    text += decoder.decode(chunk, { stream: true });
    if (/"type":"turn\.ended"[^\n]*\n\n/.test(text)) break;
  }
  hangUp.abort();
  return text;
}
