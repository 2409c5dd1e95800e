import type { TextRole } from '../../language/embedder.ts';

/** Where an encoder is asked, and how. */
export type EmbeddingsApi = {
  /** Names the encoder and its model; see `Embedder`. */
  id: string;
  address: URL;
  /** Sent as a Bearer token; null: none is sent. */
  key: string | null;
  /** What one request may hold. */
  most: { texts: number; characters: number };
  body(texts: readonly string[], as: TextRole | undefined): object;
};

export type ApiOptions = {
  model: string;
  key: string | null;
  /** The base, such as `http://localhost:11434/v1`, or the whole address of the endpoint. */
  url: string;
};

/** 120,000 tokens are the least that a request may hold anywhere; hardly a character is more than one. */
const CHARACTERS = 100_000;

/**
 * The Voyage API as https://docs.voyageai.com/reference/embeddings-api describes it: at most 1,000 texts a request, and
 * 120,000 tokens for its larger models. It cuts what is too long for its 32,000 tokens, and is told what a text is.
 */
export function voyageApi({ model, key, url }: ApiOptions): EmbeddingsApi {
  return {
    id: `voyage ${model}`,
    address: endpointOf(url),
    key,
    most: { texts: 1_000, characters: CHARACTERS },
    body: (input, as) => ({
      ...{ input, model, input_type: as ?? null, truncation: true },
      ...{ output_dtype: 'float', encoding_format: 'base64' },
    }),
  };
}

/** What the cards of open models want before a text; the API of OpenAI's style has no field for it. */
const PREFIXES: readonly (readonly [model: RegExp, query: string, document: string])[] = [
  [/nomic-embed-text/i, 'search_query: ', 'search_document: '],
  [/(^|[/-])e5-(small|base|large)/i, 'query: ', 'passage: '],
  [/mxbai-embed|bge-(small|base|large)-en/i, 'Represent this sentence for searching relevant passages: ', ''],
];

/**
 * Any endpoint of OpenAI's style: OpenAI itself, Ollama, vLLM, llama.cpp, LM Studio. `base64` is what OpenAI's own
 * library asks for; a server that does not know it answers with numbers, which are read as well. Servers at home take
 * few texts at a time.
 */
export function openAiApi({ model, key, url }: ApiOptions): EmbeddingsApi {
  const address = endpointOf(url);
  const [, query = '', document = ''] = PREFIXES.find(([named]) => named.test(model)) ?? [];
  const prefixes = { query, document };
  return {
    id: `openai ${address.host}${address.pathname} ${model}`,
    address,
    key,
    most: { texts: 64, characters: CHARACTERS },
    body: (texts, as) => ({
      input: as && prefixes[as] ? texts.map((text) => prefixes[as] + text) : texts,
      ...{ model, encoding_format: 'base64' },
    }),
  };
}

/** People give the host, the base or the whole address. */
function endpointOf(url: string): URL {
  const address = new URL(url);
  const path = address.pathname.replace(/\/+$/, '');
  if (!path.endsWith('/embeddings')) address.pathname = `${path || '/v1'}/embeddings`;
  return address;
}
