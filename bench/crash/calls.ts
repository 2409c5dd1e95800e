import { setTimeout as sleep } from 'node:timers/promises';
import { createParser } from 'eventsource-parser';
import type { Decision, ProposedAction } from '../../src/protocol/conversation.ts';
import type { Access } from './line.ts';
import type { Moments } from './moments.ts';
import type { Nodes } from './nodes.ts';

export type Answer = { status: number; code: string | null; node: number };

/** A request is given up after so long and sent again, to another server where there is one. */
const PATIENCE_MS = 5_000;
const AGAIN_MS = 40;

type Call = { path: string; body: unknown; token?: string; accept?: string };

/** A client's requests: sent again, the same in every word, until a server gives an answer that is final. */
export class Calls {
  readonly #nodes: Nodes;
  readonly #moments: Moments;
  #preferred: number;

  constructor({ nodes, moments, preferred }: { nodes: Nodes; moments: Moments; preferred: number }) {
    this.#nodes = nodes;
    this.#moments = moments;
    this.#preferred = preferred;
  }

  /** A new conversation. An answer that was lost leaves one behind that nobody knows. */
  async start(customerToken: string): Promise<Access> {
    const call = { path: '/v1/conversations', body: { customerToken } };
    return this.#finally(call, async (response) => {
      if (response.status !== 201) throw new Error(`a conversation was refused: ${await response.text()}`);
      return (await response.json()) as Access;
    });
  }

  /** Sends a message; resolves when it is acknowledged, to what was refused with otherwise. */
  async send({ id, token }: Access, message: { text: string; idempotencyKey: string }): Promise<Answer> {
    const path = `/v1/conversations/${id}/messages`;
    const call = { path, token, body: message, accept: 'text/event-stream' };
    return this.#finally(call, async (response, node) => {
      if (response.status !== 200) return answerOf(response, node);
      if (!(await hasFirstEvent(response))) throw new Error('the answer ended before it acknowledged anything');
      this.#moments.happened('acknowledged', node);
      return { status: 200, code: null, node };
    });
  }

  /** Decides; a proposal and a decision come back in every word. */
  async decide(
    { id, token }: Access,
    action: Pick<ProposedAction, 'id' | 'hash'>,
    decision: Decision,
  ): Promise<Answer> {
    const path = `/v1/conversations/${id}/actions/${action.id}`;
    const call = { path, token, body: { decision, hash: action.hash } };
    const answered = this.#finally(call, async (response, node) => {
      const answer = await answerOf(response, node);
      if (answer.status === 200) this.#moments.happened('decided', node);
      return answer;
    });
    setTimeout(() => this.#moments.happened('deciding', null), 1);
    return answered;
  }

  async #finally<Value>(
    { path, body, token, accept }: Call,
    read: (response: Response, node: number) => Promise<Value>,
  ): Promise<Value> {
    const headers: Record<string, string> = { 'Content-Type': 'application/json' };
    if (token) headers.Authorization = `Bearer ${token}`;
    if (accept) headers.Accept = accept;
    for (;;) {
      const { url, node } = await this.#nodes.reach(this.#preferred);
      const given = new AbortController();
      const late = setTimeout(() => given.abort(), PATIENCE_MS);
      try {
        const request = { method: 'POST', headers, body: JSON.stringify(body), signal: given.signal };
        const response = await fetch(url + path, request);
        if (response.status < 500) return await read(response, node);
        await response.text();
      } catch (error) {
        if (error instanceof Error && error.message.startsWith('a conversation was refused')) throw error;
        // It was killed, or is silent.
      } finally {
        clearTimeout(late);
        given.abort();
      }
      this.#preferred = node + 1;
      await sleep(AGAIN_MS);
    }
  }
}

async function answerOf(response: Response, node: number): Promise<Answer> {
  const text = await response.text();
  const code = response.ok ? null : ((JSON.parse(text) as { error?: { code?: string } }).error?.code ?? text);
  return { status: response.status, code, node };
}

async function hasFirstEvent(response: Response): Promise<boolean> {
  let isThere = false;
  const parser = createParser({
    onEvent: ({ data }) => {
      isThere ||= (JSON.parse(data) as { type?: string }).type === 'message.received';
    },
  });
  const decoder = new TextDecoder();
  for await (const bytes of response.body ?? []) {
    parser.feed(decoder.decode(bytes, { stream: true }));
    if (isThere) return true;
  }
  return false;
}
