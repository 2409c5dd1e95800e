import { createHash } from 'node:crypto';

const MAGIC = 'FDROUTE1';
const HASH = 32;
const START = MAGIC.length + 4;

/** Lists of numbers as a classifier keeps them. */
export type Numbers = Uint32Array | Float32Array | Float64Array;
const KINDS = { u4: Uint32Array, f4: Float32Array, f8: Float64Array };
type Kind = keyof typeof KINDS;

/** A value that JSON can hold, and lists of numbers by name, as bytes that tell when they were damaged. */
export function pack(value: unknown, lists: Readonly<Record<string, Numbers>>): Uint8Array {
  const kinds = Object.entries(lists).map(([name, list]) => [name, kindOf(list), list.length]);
  const head = Buffer.from(JSON.stringify({ value, lists: kinds }));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.length);
  const bodies = Object.values(lists).map((list) => new Uint8Array(list.buffer, list.byteOffset, list.byteLength));
  const whole = Buffer.concat([Buffer.from(MAGIC), length, head, ...bodies]);
  return new Uint8Array(Buffer.concat([whole, createHash('sha256').update(whole).digest()]));
}

function kindOf(list: Numbers): Kind {
  return list instanceof Uint32Array ? 'u4' : list instanceof Float32Array ? 'f4' : 'f8';
}

/** What `pack` was given; null for anything else. */
export function unpack(bytes: Uint8Array): { value: unknown; lists: Record<string, Numbers> } | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.length < START + HASH || buffer.toString('latin1', 0, MAGIC.length) !== MAGIC) return null;
  const whole = buffer.subarray(0, buffer.length - HASH);
  if (
    !createHash('sha256')
      .update(whole)
      .digest()
      .equals(buffer.subarray(buffer.length - HASH))
  )
    return null;
  let at = START + buffer.readUInt32LE(MAGIC.length);
  // Written by `pack`, as the hash says.
  const head = JSON.parse(buffer.toString('utf8', START, at)) as { value: unknown; lists: [string, Kind, number][] };
  const lists = head.lists.map(([name, kind, length]) => {
    const end = at + length * KINDS[kind].BYTES_PER_ELEMENT;
    // A copy: a list must begin at a multiple of its size.
    const list = new KINDS[kind](new Uint8Array(buffer.subarray(at, end)).buffer);
    at = end;
    return [name, list] as const;
  });
  return { value: head.value, lists: Object.fromEntries(lists) };
}
