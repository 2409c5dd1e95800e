import { afterEach, describe, expect, test } from 'vitest';
import { apiEmbedder } from '../../../src/adapters/embeddings/api-embedder.ts';
import type { AskOptions } from '../../../src/adapters/embeddings/ask-embeddings.ts';
import { openAiApi, voyageApi } from '../../../src/adapters/embeddings/embeddings-api.ts';
import { type Answering, type Asked, embeddingsOf, send, serveEmbeddings, vectorOf } from './embeddings-server.ts';

const KEY = 'pa-canary-0123456789';
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

type Kind = typeof voyageApi;

async function start(answering: Answering, options: AskOptions & { kind?: Kind; model?: string; path?: string } = {}) {
  const { kind = voyageApi, model = 'voyage-4', path = '/v1', ...rest } = options;
  const server = await serveEmbeddings(answering);
  const troubles: string[] = [];
  const embedder = apiEmbedder(kind({ model, key: KEY, url: server.url + path }), {
    ...{ backoffMs: 2, questionMs: 300, onTrouble: (sentence: string) => troubles.push(sentence) },
    ...rest,
  });
  closers.push(embedder.close, server.close);
  return { server, embedder, troubles };
}

const answerWell: Answering = (asked, _n, response) => send(response, embeddingsOf(asked));

function unit(vector: number[]): number[] {
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

describe('the Voyage API', () => {
  test('is asked as its documentation says', async () => {
    const { server, embedder } = await start(answerWell);
    await embedder.embed(['What is covered?'], 'query');
    await embedder.embed(['Theft is covered.'], 'document');
    await embedder.embed(['What is covered?']);
    const common = { model: 'voyage-4', truncation: true, output_dtype: 'float', encoding_format: 'base64' };
    expect(server.requests.map(({ body }) => body)).toEqual([
      { input: ['What is covered?'], input_type: 'query', ...common },
      { input: ['Theft is covered.'], input_type: 'document', ...common },
      { input: ['What is covered?'], input_type: null, ...common },
    ]);
    expect(server.requests[0]).toMatchObject({ path: '/v1/embeddings', headers: { authorization: `Bearer ${KEY}` } });
    expect(embedder.spent()).toEqual({ requests: 3, tokens: 9 });
    expect(embedder).toMatchObject({ id: 'voyage voyage-4', unit: 'passage' });
  });

  test('gives vectors of unit length in the order of the texts, whatever the order of the answer', async () => {
    const { embedder } = await start(answerWell);
    const texts = ['one', 'twenty', 'three hundred', 'one'];
    const found = await embedder.embed(texts, 'document');
    for (const [at, text] of texts.entries())
      for (const [place, value] of unit(vectorOf(text)).entries()) expect(found[at]?.[place]).toBeCloseTo(value, 6);
  });

  test('gets at most 1,000 texts and 100,000 characters at a time, one request after the other', async () => {
    let open = 0;
    let most = 0;
    const { server, embedder } = await start((asked, _n, response) => {
      most = Math.max(most, ++open);
      setTimeout(() => {
        open--;
        send(response, embeddingsOf(asked));
      }, 5);
    });
    const short = Array.from({ length: 2_100 }, (_, n) => `text ${n}`);
    const long = Array.from({ length: 30 }, (_, n) => `${n} ${'long '.repeat(2_000)}`);
    expect(await embedder.embed([...short, ...long], 'document')).toHaveLength(2_130);
    const sizes = server.requests.map(({ body }) => body.input.join('').length);
    expect(Math.max(...server.requests.map(({ body }) => body.input.length))).toBe(1_000);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(100_000);
    expect(server.requests.flatMap(({ body }) => body.input)).toHaveLength(2_130);
    expect(most).toBe(1);
  });

  test('is not asked twice for the same text, but for a question and a document of the same wording', async () => {
    const { server, embedder } = await start(answerWell);
    await embedder.embed(['same', 'same'], 'query');
    await Promise.all([embedder.embed(['same'], 'query'), embedder.embed(['same'], 'document')]);
    await embedder.embed(['same'], 'document');
    expect(server.requests.map(({ body }) => [body.input, body.input_type])).toEqual([
      [['same'], 'query'],
      [['same'], 'document'],
    ]);
  });

  test('takes any text: empty, endless, half a character', async () => {
    const { server, embedder } = await start(answerWell);
    const odd = ['', ' \n', 'x'.repeat(50_000), `${'y'.repeat(7_999)}🙂`, '\uD800'];
    expect(await embedder.embed(odd, 'document')).toHaveLength(5);
    const sent = server.requests.flatMap(({ body }) => body.input);
    expect(sent.every((text) => text.trim() !== '' && text.length <= 8_000 && text.isWellFormed())).toBe(true);
  });
});

describe("an endpoint of OpenAI's style", () => {
  test.each([
    ['', '/v1/embeddings'],
    ['/', '/v1/embeddings'],
    ['/v1', '/v1/embeddings'],
    ['/v1/', '/v1/embeddings'],
    ['/api/openai/v1', '/api/openai/v1/embeddings'],
    ['/v1/embeddings', '/v1/embeddings'],
  ])('the address %j means %s', async (path, expected) => {
    const { server, embedder } = await start(answerWell, { kind: openAiApi, path });
    await embedder.embed(['hello'], 'query');
    expect(server.requests[0]?.path).toBe(expected);
    expect(server.requests[0]?.body).toEqual({ input: ['hello'], model: 'voyage-4', encoding_format: 'base64' });
  });

  test('may answer with numbers where base64 was asked for, and without numbering or usage', async () => {
    const { embedder } = await start(
      ({ body }, _n, response) => send(response, { data: body.input.map((text) => ({ embedding: vectorOf(text) })) }),
      { kind: openAiApi },
    );
    const [vector] = await embedder.embed(['hello'], 'query');
    expect(Math.hypot(...(vector ?? []))).toBeCloseTo(1, 6);
    expect(embedder.spent()).toEqual({ requests: 1, tokens: 0 });
  });

  test('needs no key', async () => {
    const server = await serveEmbeddings(answerWell);
    closers.push(server.close);
    const embedder = apiEmbedder(openAiApi({ model: 'm', key: null, url: server.url }));
    await embedder.embed(['hello']);
    expect(server.requests[0]?.headers).not.toHaveProperty('authorization');
  });

  test.each([
    ['nomic-embed-text:v1.5', 'search_query: q', 'search_document: d'],
    ['intfloat/multilingual-e5-large', 'query: q', 'passage: d'],
    ['mxbai-embed-large', 'Represent this sentence for searching relevant passages: q', 'd'],
    ['text-embedding-3-small', 'q', 'd'],
  ])('the model %s is told what a text is as its card says', async (model, query, document) => {
    const { server, embedder } = await start(answerWell, { kind: openAiApi, model });
    await embedder.embed(['q'], 'query');
    await embedder.embed(['d'], 'document');
    await embedder.embed(['alike']);
    expect(server.requests.map(({ body }) => body.input[0])).toEqual([query, document, 'alike']);
  });

  test('a batch that is too large for the server is sent in halves', async () => {
    const { server, embedder } = await start(
      (asked, _n, response) => {
        if (asked.body.input.length > 3) send(response, { error: { message: 'too many tokens in the batch' } }, 400);
        else send(response, embeddingsOf(asked));
      },
      { kind: openAiApi },
    );
    const texts = Array.from({ length: 10 }, (_, n) => `text ${'x'.repeat(n)}`);
    const found = await embedder.embed(texts, 'document');
    expect(found[9]?.[0]).toBeCloseTo(unit(vectorOf(texts[9] ?? ''))[0] ?? 0, 6);
    expect(server.requests.map(({ body }) => body.input.length)).toEqual([10, 5, 3, 2, 5, 3, 2]);
  });
});

/** Answers that no vector may come out of. */
const GARBAGE: [what: string, answer: (asked: Asked) => unknown][] = [
  ['no JSON', () => '<html>gateway</html>'],
  ['nothing', () => ''],
  ['no data', () => ({ error: 'none' })],
  ['too few vectors', (asked) => ({ data: embeddingsOf(asked).data.slice(1) })],
  [
    'NaN in base64',
    () => ({ data: [{ embedding: Buffer.from(Float32Array.of(1, Number.NaN).buffer).toString('base64') }] }),
  ],
  ['null among the numbers', () => ({ data: [{ embedding: [1, null] }] })],
  ['numbers beyond any', () => '{"data":[{"embedding":[1e999,1]}]}'],
  ['a vector of nothing', () => ({ data: [{ embedding: [0, 0, 0] }] })],
  ['an empty vector', () => ({ data: [{ embedding: [] }] })],
  ['half a number in base64', () => ({ data: [{ embedding: 'AAAAAAA=' }] })],
  ['a wrong number', (asked) => ({ data: [{ index: 7, embedding: vectorOf(asked.body.input[0] ?? 'x') }] })],
];

describe('what goes wrong', () => {
  test.each(GARBAGE)('%s in answer to a question: it rejects, without the key', async (_what, answer) => {
    const { embedder, troubles } = await start((asked, _n, response) => send(response, answer(asked)));
    await expect(embedder.embed(['q'], 'query')).rejects.toThrow(/did not read a question: /);
    expect(troubles).toHaveLength(1);
    expect(troubles.join()).not.toContain(KEY);
  });

  test('vectors of two lengths, or of the same number twice, are refused', async () => {
    const bad = [
      { data: [{ embedding: [1] }, { embedding: [1, 2] }] },
      { data: [0, 0].map((index) => ({ index, embedding: [1] })) },
    ];
    const { embedder } = await start((_asked, n, response) => send(response, bad[n]));
    await expect(embedder.embed(['a', 'b'], 'query')).rejects.toThrow(/differ in length/);
    await expect(embedder.embed(['a', 'b'], 'query')).rejects.toThrow(/numbers its vectors wrongly/);
  });

  test('documents are tried again: after 429 when the server says, after 5xx, garbage and a broken connection', async () => {
    const at: number[] = [];
    const { server, embedder, troubles } = await start((asked, n, response) => {
      at.push(performance.now());
      if (n === 0) send(response, { detail: 'slow down' }, 429, { 'retry-after': '0.2' });
      else if (n === 1) send(response, 'bad gateway', 502);
      else if (n === 2) response.destroy();
      else if (n === 3) send(response, '{"data":');
      else send(response, embeddingsOf(asked));
    });
    expect(await embedder.embed(['d'], 'document')).toHaveLength(1);
    expect(server.requests).toHaveLength(5);
    expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThanOrEqual(190);
    expect(troubles).toHaveLength(4);
  });

  test.each([
    [401, { detail: `no such key: ${KEY}` }],
    [400, { error: { message: 'model is required' } }],
    [404, 'page not found'],
  ])('%d is not tried again, and what it says comes without the key', async (status, body) => {
    const { server, embedder } = await start((_asked, _n, response) => send(response, body, status));
    const error = await embedder.embed(['a', 'b'], 'document').catch((thrown: Error) => thrown);
    expect(String(error)).toMatch(new RegExp(`did not read 2 texts: ${status} `));
    expect(String(error)).not.toContain(KEY);
    expect(server.requests).toHaveLength(1);
  });

  test('documents are given up after the last attempt, or at once when the server wants too long a pause', async () => {
    const { server, embedder } = await start(
      (_asked, n, response) => send(response, 'busy', n < 3 ? 503 : 429, n < 3 ? {} : { 'retry-after': '3600' }),
      { attempts: 3 },
    );
    await expect(embedder.embed(['a'], 'document')).rejects.toThrow(/503 busy/);
    expect(server.requests).toHaveLength(3);
    await expect(embedder.embed(['a'], 'document')).rejects.toThrow(/429 busy/);
    expect(server.requests).toHaveLength(4);
  });

  test('batches after one that failed are not sent', async () => {
    const { server, embedder } = await start((_asked, _n, response) => send(response, 'no', 403));
    await expect(
      embedder.embed(
        Array.from({ length: 3_000 }, (_, n) => `${n}`),
        'document',
      ),
    ).rejects.toThrow(/403/);
    expect(server.requests).toHaveLength(1);
  });

  test('a question waits no longer than it may; a server that has failed three is left alone, then tried again', async () => {
    let silent = true;
    const { server, embedder, troubles } = await start(
      (asked, _n, response) => {
        if (!silent) send(response, embeddingsOf(asked));
      },
      { questionMs: 60, restMs: 120 },
    );
    for (const question of ['one', 'two', 'three'])
      await expect(embedder.embed([question], 'query')).rejects.toThrow(/took too long/);
    await expect(embedder.embed(['four'], 'query')).rejects.toThrow(/left alone/);
    expect(server.requests).toHaveLength(3);
    silent = false;
    await new Promise((resolve) => setTimeout(resolve, 130));
    expect(await embedder.embed(['five'], 'query')).toHaveLength(1);
    expect(await embedder.embed(['four'], 'query')).toHaveLength(1);
    expect(troubles.filter((sentence) => /left alone|reads again/.test(sentence))).toEqual([
      'the encoder is left alone for a while: words must do',
      'the encoder reads again',
    ]);
  });

  test('vectors that become longer are another encoder: refused', async () => {
    const { embedder } = await start((asked, n, response) => send(response, embeddingsOf(asked, n === 0 ? 4 : 8)));
    expect((await embedder.embed(['a'], 'query'))[0]).toHaveLength(4);
    await expect(embedder.embed(['b'], 'query')).rejects.toThrow(/8 numbers now, not 4/);
    await expect(embedder.embed(['c'], 'document')).rejects.toThrow(/8 numbers now, not 4/);
  });

  test('a redirect is not followed, so that the key goes nowhere else', async () => {
    const { server, embedder, troubles } = await start((_asked, _n, response) => {
      response.writeHead(307, { location: '/elsewhere' }).end();
    });
    await expect(embedder.embed(['q'], 'query')).rejects.toThrow(/redirect/);
    expect(server.requests).toHaveLength(1);
    expect(troubles.join()).not.toContain(KEY);
  });

  test('closing ends what is under way', async () => {
    const { embedder, troubles } = await start(() => {});
    const waiting = expect(embedder.embed(['d'], 'document')).rejects.toThrow();
    await new Promise((resolve) => setTimeout(resolve, 30));
    await embedder.close();
    await waiting;
    expect(troubles).toEqual([]);
  });
});
