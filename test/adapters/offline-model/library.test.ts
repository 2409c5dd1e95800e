import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTalk } from './talk.ts';

let desk: Awaited<ReturnType<typeof openTalk>>;
beforeAll(async () => {
  desk = await openTalk(fileURLToPath(new URL('../../agents/harbor-library', import.meta.url)));
});
afterAll(() => desk.close());

describe('another company, without a line of code changed', () => {
  test('fills in a choice, a number, a date and a yes', async () => {
    const said = await desk.talk('I need a room for my book club', '12 of us at central', 'march 4 2027', 'yes please');
    expect(said[0]?.text).toContain('Central, Pier, Hillside');
    expect(said.at(-1)?.calls).toEqual([
      {
        name: 'check_room_availability',
        input: { people: 12, branch: 'Central', date: '2027-03-04', projector: true },
      },
    ]);
    expect(said.at(-1)?.text).toContain('Reading Hall');
  });

  test('leaves out what nobody asked for, and takes up what changes', async () => {
    const said = await desk.talk(
      'Any rooms free at Hillside on 2027-03-05 for 8 people? no projector needed',
      'and at Pier instead?',
    );
    expect(said[0]?.calls[0]?.input).toEqual({ people: 8, branch: 'Hillside', date: '2027-03-05', projector: false });
    expect(said[1]?.calls[0]?.input).toEqual({ people: 8, branch: 'Pier', date: '2027-03-05', projector: false });
  });

  test('answers from its own knowledge, with its own name', async () => {
    const said = await desk.talk(
      'hello',
      'how do i get a library card',
      'do you lend telescopes?',
      'what is the capital of Peru?',
    );
    expect(said[0]?.text).toContain('Quill');
    expect(said[1]?.citations[0]?.passageId).toContain('library-card');
    expect(said[2]?.text).toMatch(/telescope/);
    expect(said[3]?.text).toMatch(/cannot help with that here.*Harbor City Public Library/);
  });

  test('a question that leans on what was just said is about that, whatever its words', async () => {
    const said = await desk.talk('How do I borrow a telescope?', 'how big is it?', 'write a poem about it');
    expect(said[1]?.citations[0]?.passageId).toContain('telescopes');
    expect(said[2]?.text).toMatch(/cannot help|not something that I can help/);
  });

  test.each(['Which kinds of questions are you good at?', 'what can you do for us here exactly?'])(
    'says what it can do: %s',
    async (question) => {
      expect((await desk.talk(question))[0]?.text).toContain('I can answer questions about Harbor City');
    },
  );

  test('passes a problem of its tool on in the words of the tool', async () => {
    const said = await desk.talk('meeting room for 50 people at Central on 2027-04-08 with projector', 'ok 40 then');
    expect(said[0]?.text).toContain('between 1 and 40');
    expect(said[1]?.calls).toHaveLength(1);
  });
});
