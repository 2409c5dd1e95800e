import type { LoggedEvent } from '../protocol/events.ts';
import type { EventStreamOptions, Frame } from './event-stream.ts';
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

/** The log's events as frames: the id is the seq, from which a client resumes. */
export async function* eventFrames(events: AsyncIterable<LoggedEvent>): AsyncGenerator<Frame> {
  for await (const event of events) yield { id: event.seq, data: event };
}
