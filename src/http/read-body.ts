import { FrontdeskError } from '../protocol/errors.ts';
import type { BodyRoom } from './body-room.ts';

/** While the body arrives, its bytes take room of the address. */
type Reading = { limit?: number | undefined; room: BodyRoom; address: string | undefined };

/** Bytes of a request body, where a route says nothing else. */
const BODY_LIMIT = 64 * 1024;

/**
 * The JSON of a request's body; an empty body is `{}`. A missing content type is taken for JSON.
 * Throws `body_too_large`, `unsupported_media_type`, `invalid_json`, `too_many_requests`.
 */
export async function readBody(request: Request, { limit = BODY_LIMIT, ...held }: Reading): Promise<unknown> {
  const bytes = await readBytes(request, { limit, ...held });
  if (bytes.length === 0) return {};
  const type = request.headers.get('Content-Type');
  if (type !== null && !isJson(type)) throw new FrontdeskError('unsupported_media_type');
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new FrontdeskError('invalid_json');
  }
}

function isJson(contentType: string): boolean {
  const [type = '', ...parameters] = contentType.toLowerCase().split(';');
  const charset = parameters.map((parameter) => parameter.trim()).find((parameter) => parameter.startsWith('charset='));
  return type.trim() === 'application/json' && (charset === undefined || /^charset="?utf-?8"?$/.test(charset));
}

async function readBytes(request: Request, { limit, room, address }: Reading & { limit: number }): Promise<Uint8Array> {
  const announced = Number(request.headers.get('Content-Length') ?? 0);
  if (announced > limit) throw tooLarge(limit);
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of request.body ?? []) {
      room.take(address, chunk.length);
      size += chunk.length;
      if (size > limit) throw tooLarge(limit);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof FrontdeskError) throw error;
    throw new FrontdeskError('invalid_request', 'The body did not arrive whole.');
  } finally {
    room.free(address, size);
  }
  return Buffer.concat(chunks);
}

function tooLarge(limit: number): FrontdeskError {
  return new FrontdeskError('body_too_large', `At most ${limit / 1024} KiB.`);
}
