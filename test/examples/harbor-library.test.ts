import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ToolContext } from '../../src/agent/tool.ts';
import checkRoom from '../agents/harbor-library/tools/check-room-availability.ts';
import lookUpBook from '../agents/harbor-library/tools/look-up-book.ts';

const context: ToolContext = {
  conversationId: 'c',
  turnId: 't',
  language: null,
  customer: null,
  route: 'general',
  idempotencyKey: null,
  status: 'open',
  signal: new AbortController().signal,
};
const room = { branch: 'Pier', people: 6, date: '2027-03-04', projector: false } as const;
const rooms = async (wanted: Partial<z.output<typeof checkRoom.input>>) => {
  const outcome = await checkRoom.run(checkRoom.input.parse({ ...room, ...wanted }), context);
  return z.object({ rooms: z.array(z.object({ name: z.string() })), summary: z.string() }).parse(outcome);
};

describe('check_room_availability', () => {
  it('names the rooms that are free, large enough and equipped', async () => {
    // 2027-03-04 is a Thursday: the Crow's Nest is taken.
    expect((await rooms({})).summary).toBe('On 2027-03-04, Pier has the Chart Room, which seats 8.');
    expect((await rooms({ projector: true })).rooms).toEqual([]);
    expect((await rooms({ date: '2027-03-03', projector: true })).rooms).toMatchObject([{ name: 'Crow’s Nest' }]);
    expect((await rooms({ date: '2027-03-03', projector: true, step_free: true })).rooms).toEqual([]);
    expect((await rooms({ branch: 'Central', people: 30 })).rooms).toMatchObject([{ name: 'Reading Hall' }]);
    expect((await rooms({ date: '2027-03-07' })).summary).toContain('closed');
  });

  it.each([
    [{ branch: 'Airport' }, 'Please name a branch: Central, Pier, or Hillside.'],
    [{ people: 41 }, 'Please give the number of people as a whole number between 1 and 40.'],
    [{ people: 2.5 }, 'Please give the number of people as a whole number between 1 and 40.'],
    [{ date: 'tomorrow' }, 'Please give the date as year-month-day, such as 2027-03-04.'],
    [{ date: '2027-02-30' }, 'Please give the date as year-month-day, such as 2027-03-04.'],
    [{ projector: 'yes' }, 'Please say whether a projector is needed: yes or no.'],
  ])('answers %j with one sentence', (wrong, sentence) => {
    const issues = checkRoom.input.safeParse({ ...room, ...wrong }).error?.issues ?? [];
    expect(issues.map(({ message }) => message)).toEqual([sentence]);
  });
});

describe('look_up_book', () => {
  it.each([
    ['moby dick', 'Moby-Dick by Herman Melville is held at Central and Pier; 2 copies are on the shelf.'],
    ['Odyssey', 'The Odyssey by Homer is held at Central; 1 copy is on the shelf.'],
    ['FRANKENSTEIN', 'Frankenstein by Mary Shelley is held at Pier; all copies are out at present.'],
  ])('finds "%s"', async (title, summary) => {
    expect(await lookUpBook.run({ title }, context)).toMatchObject({ summary });
  });

  it('says so when the catalogue has no such title', () => {
    expect(() => lookUpBook.run({ title: 'A Book of Nothing' }, context)).toThrow('The catalogue has no book');
  });
});
