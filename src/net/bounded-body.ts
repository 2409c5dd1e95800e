import type { IncomingMessage } from 'node:http';
import type { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip } from 'node:zlib';

/** More bytes than the limit, before or after decompression. */
export class TooLargeError extends Error {}

/** A compression that was not asked for. */
export class UnknownEncodingError extends Error {}

type BodyBounds = { maxBytes: number /** The first `maxBytes` are enough. */; cut: boolean };

/**
 * The body of an answer, decompressed. At the first byte over `maxBytes` it closes the connection and rejects with a
 * `TooLargeError`, or gives what came before; nothing after that byte is decompressed.
 */
export async function readBody(message: IncomingMessage, { maxBytes, cut }: BodyBounds): Promise<Uint8Array> {
  const encoding = (message.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  const chunks: Buffer[] = [];
  const collect = async (source: AsyncIterable<Buffer>) => {
    for await (const chunk of bounded(source, maxBytes)) chunks.push(chunk);
  };
  // The raw bytes are counted too: an endless run of empty gzip members decompresses to nothing.
  const raw = (source: AsyncIterable<Buffer>) => bounded(source, maxBytes);
  const decoder = decoderFor(encoding);
  if (decoder === undefined) {
    message.destroy();
    throw new UnknownEncodingError(encoding.slice(0, 40));
  }
  try {
    await (decoder ? pipeline(message, raw, decoder, collect) : pipeline(message, collect));
  } catch (error) {
    if (!cut || !(error instanceof TooLargeError)) throw error;
  }
  return Buffer.concat(chunks);
}

/** Null for none, undefined for one that is not known. */
function decoderFor(encoding: string): Transform | null | undefined {
  if (encoding === 'identity' || encoding === '') return null;
  if (encoding === 'gzip' || encoding === 'x-gzip') return createGunzip();
  return encoding === 'br' ? createBrotliDecompress() : undefined;
}

async function* bounded(source: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<Buffer> {
  let room = maxBytes;
  for await (const chunk of source) {
    if (chunk.length > room) {
      yield chunk.subarray(0, room);
      throw new TooLargeError();
    }
    room -= chunk.length;
    yield chunk;
  }
}
