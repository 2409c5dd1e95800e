import { connect, type Socket } from 'node:net';

/**
 * Sends one HTTP request over a socket of its own and gives the `data:` of each server-sent event of the answer as it
 * comes. `onEnd` is called once: with null when the answer ended, or with what was wrong with it.
 */
export function openEventStream(
  port: number,
  request: string,
  { onData, onEnd }: { onData(data: string): void; onEnd(problem: string | null): void },
): Socket {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  let over = false;
  const end = (problem: string | null) => {
    if (over) return;
    over = true;
    socket.destroy();
    onEnd(problem);
  };
  const frames = frameReader(onData);
  const body = chunkReader(frames, () => end(null));
  let head: string | null = '';
  // Every text here is ASCII: a byte is a character.
  socket.setEncoding('latin1');
  socket.on('data', (text: string) => {
    if (head === null) return body(text);
    head += text;
    const at = head.indexOf('\r\n\r\n');
    if (at < 0) return;
    const rest = head.slice(at + 4);
    if (!/^HTTP\/1\.1 200 /.test(head)) return end(head.slice(0, 1_000));
    head = null;
    if (rest !== '') body(rest);
  });
  socket.on('error', (error) => end(error.message));
  socket.on('close', () => end('the connection was closed in the middle of the answer'));
  socket.write(request);
  return socket;
}

/** The parts of a chunked body, without their frames of sizes. */
function chunkReader(onText: (text: string) => void, onEnd: () => void): (text: string) => void {
  let held = '';
  return (text) => {
    held = held === '' ? text : held + text;
    let at = 0;
    for (;;) {
      const line = held.indexOf('\r\n', at);
      if (line < 0) break;
      const size = Number.parseInt(held.slice(at, line), 16);
      if (size === 0) return onEnd();
      if (held.length < line + 2 + size + 2) break;
      onText(held.slice(line + 2, line + 2 + size));
      at = line + 2 + size + 2;
    }
    held = held.slice(at);
  };
}

/** The `data:` of each server-sent event; none of those read here has more than one. */
function frameReader(onData: (data: string) => void): (text: string) => void {
  let held = '';
  return (text) => {
    held = held === '' ? text : held + text;
    let at = 0;
    for (;;) {
      const end = held.indexOf('\n\n', at);
      if (end < 0) break;
      const line = held.slice(at, end).match(/^data: (.*)$/m);
      if (line?.[1] !== undefined) onData(line[1]);
      at = end + 2;
    }
    held = held.slice(at);
  };
}
