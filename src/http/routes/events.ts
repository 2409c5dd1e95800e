import { checkInput } from '../check-input.ts';
import { eventStream } from '../event-stream.ts';
import type { Face } from '../face.ts';
import { type App, addRoute } from '../route.ts';
import { EventAnswer, EventsHeaders, EventsQuery } from '../schemas.ts';
import { eventFrames, streamOptions } from '../stream-options.ts';

/** Everything that happens in a conversation, from any point on, as it happens. */
export function eventRoutes(app: App, face: Face): void {
  addRoute(
    { app, face },
    {
      method: 'get',
      path: '/v1/conversations/{id}/events',
      tag: 'Conversations',
      access: 'customer',
      summary: 'Follow the events of a conversation',
      description: 'Replays from `after` or `Last-Event-ID`, then goes on. Ids have no gap: resume from the last one.',
      query: EventsQuery,
      headers: EventsHeaders,
      answers: { 200: { description: 'Server-sent events.', content: { 'text/event-stream': EventAnswer } } },
      errors: ['too_many_streams'],
    },
    ({ context, address, id, query }) => {
      // A browser sends an empty one before it has seen an event.
      const header = context.req.header('Last-Event-ID') || undefined;
      const { 'Last-Event-ID': lastSeen } = checkInput(EventsHeaders, { 'Last-Event-ID': header });
      const after = lastSeen ?? query.after ?? 0;
      return eventStream((signal) => eventFrames(face.desk.store.log.follow(id, after, signal)), {
        ...streamOptions(face, context),
        onEnd: face.streams.take(context, address),
      });
    },
  );
}
