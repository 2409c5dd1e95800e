/** The floor: the least that a relay can do. Reads the model's events, parses each, gives it an id, writes it on. */
import { Agent, request } from 'node:http';
import { EVENT_STREAM, requestFor, serve } from './serve.ts';

const upstream = `${process.env.ANTHROPIC_BASE_URL}/v1/messages`;
const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });

serve((stream, response) => {
  response.writeHead(200, EVENT_STREAM);
  const body = JSON.stringify({ ...requestFor(stream), stream: true });
  const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
  const call = request(upstream, { method: 'POST', agent, headers }, (answer) => {
    let held = '';
    let id = 0;
    answer.setEncoding('utf8');
    answer.on('data', (text: string) => {
      held += text;
      let at = 0;
      for (;;) {
        const end = held.indexOf('\n\n', at);
        if (end < 0) break;
        const data = held.indexOf('data: ', at);
        const event: unknown = JSON.parse(held.slice(data + 6, end));
        id += 1;
        response.write(`id: ${id}\ndata: ${JSON.stringify(event)}\n\n`);
        at = end + 2;
      }
      held = held.slice(at);
    });
    answer.on('end', () => response.end());
  });
  call.on('error', () => response.destroy());
  call.end(body);
});
