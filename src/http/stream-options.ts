import type { EventStreamOptions } from './event-stream.ts';
import type { Face, HttpContext } from './face.ts';

/** How this server streams, and where it writes down that a stream broke. */
export function streamOptions({ desk, settings }: Face, context: HttpContext): EventStreamOptions {
  const requestId = context.get('requestId');
  return {
    heartbeatMs: settings.heartbeatMs,
    closing: settings.closing,
    onTrouble: (error) => desk.logger.warn({ requestId, error: String(error) }, 'an event stream broke off'),
  };
}
