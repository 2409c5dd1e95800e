import { type ClientRequest, request } from 'node:http';

export type Access = { id: string; token: string };

/** Milliseconds between attempts while nobody listens. */
const AGAIN_MS = 20;

/** Follows a conversation over any number of connections, from the last event that it has seen. */
export class Follower {
  readonly access: Access;
  readonly seqs: number[] = [];
  /** When the newest connection gave its first bytes; null where there is none. */
  liveAt: number | null = null;
  /** When the newest event came. */
  newestAt = 0;
  /** Answers other than a stream. */
  refused = 0;
  readonly #port: number;
  #request: ClientRequest | null = null;
  #over = false;

  constructor(port: number, access: Access) {
    this.#port = port;
    this.access = access;
  }

  connect(): void {
    if (this.#over) return;
    const { id, token } = this.access;
    const headers = { Authorization: `Bearer ${token}`, 'Last-Event-ID': String(this.seqs.at(-1) ?? 0) };
    const path = `/v1/conversations/${id}/events`;
    const sent = request({ host: '127.0.0.1', port: this.#port, path, headers, agent: false });
    this.#request = sent;
    const again = () => setTimeout(() => this.connect(), AGAIN_MS);
    sent.on('error', again);
    sent.on('response', (answer) => {
      sent.off('error', again);
      sent.on('error', () => {});
      if (answer.statusCode !== 200) this.refused += 1;
      answer.setEncoding('utf8');
      answer.on('data', (text: string) => {
        if (answer.statusCode === 200) this.#take(text);
      });
      answer.on('error', () => {});
      answer.on('close', again);
    });
    sent.end();
  }

  /** Frames are small and come whole. */
  #take(text: string): void {
    this.liveAt ??= performance.now();
    for (const [, seq] of text.matchAll(/^id: (\d+)$/gm)) {
      this.seqs.push(Number(seq));
      this.newestAt = performance.now();
    }
  }

  close(): void {
    this.#over = true;
    this.#request?.destroy();
  }
}
