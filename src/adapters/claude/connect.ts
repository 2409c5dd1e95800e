import Anthropic from '@anthropic-ai/sdk';
import { nodeFetch } from './node-fetch.ts';

const LONGEST_DETAIL = 500;

/** What may be logged of an error's text. First the key, then the cut: a cut through the key would leave half of it. */
export function cleaner(key: string | undefined): (text: string) => string {
  return (text) => (key ? text.replaceAll(key, '[key]') : text).slice(0, LONGEST_DETAIL);
}

/** The SDK's client, which reads no environment and makes one attempt. Throws on a key or an address that can never work. */
export function connect(key: string | undefined, baseUrl: string | undefined): Anthropic {
  if (!key && !baseUrl) throw new Error('Claude needs an API key, or the base URL of a Messages API.');
  if (key && !/^[\x21-\x7e]+$/.test(key)) throw new Error('The API key has characters that no API key has.');
  if (baseUrl) checkBaseUrl(baseUrl);
  const client = new Anthropic({
    // Any credential given in code keeps the SDK from looking for one in the environment and on disk.
    apiKey: key || 'none',
    webhookKey: null,
    baseURL: baseUrl ?? 'https://api.anthropic.com',
    maxRetries: 0,
    fetch: nodeFetch,
    // The SDK would print stream lines that it cannot parse: customers' conversations.
    logLevel: 'off',
    openTelemetry: {},
  });
  // The constructor merges ANTHROPIC_CUSTOM_HEADERS into the default headers and has no switch for it.
  const internals = client as unknown as { _options: { defaultHeaders: Record<string, null> } };
  internals._options.defaultHeaders = key ? {} : { Authorization: null };
  return client;
}

function checkBaseUrl(baseUrl: string): void {
  const url = URL.parse(baseUrl);
  if (!url || !/^https?:$/.test(url.protocol)) throw new Error('The base URL is not an http or https address.');
  if (url.username || url.password) throw new Error('The base URL must not hold a user name or a password.');
}
