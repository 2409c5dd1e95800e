import { createHmac } from 'node:crypto';
import type { Delivery } from '../conversations/log.ts';

const TIMEOUT_MS = 10_000;

/**
 * Sends a delivery as the Standard Webhooks specification says: headers `webhook-id`, `webhook-timestamp` (seconds)
 * and `webhook-signature` (`v1,` and the base64 HMAC-SHA256 of `id.timestamp.body` under the secret).
 * Rejects with a short reason unless the receiver answers 2xx within ten seconds. Redirects are not followed.
 */
export function webhookSender({ url, secret }: { url: string; secret: string }): (delivery: Delivery) => Promise<void> {
  // A secret of the specification's own form carries its key in base64; any other is the key itself.
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice('whsec_'.length), 'base64') : secret;
  return async ({ id, body }) => {
    const timestamp = Math.floor(Date.now() / 1000);
    const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(timestamp),
        'webhook-signature': `v1,${signature}`,
      },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch((error: Error) => {
      throw new Error(error.name === 'TimeoutError' ? 'no answer in time' : 'the receiver cannot be reached');
    });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`the receiver answered ${response.status}`);
  };
}
