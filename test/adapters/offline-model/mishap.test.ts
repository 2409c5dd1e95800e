import { describe, expect, test } from 'vitest';
import { replyTo } from '../../../src/adapters/offline-model/reply.ts';
import { readScene } from '../../../src/adapters/offline-model/scene.ts';
import { smallTalk } from '../../../src/adapters/offline-model/small-talk.ts';

describe('distress', () => {
  test.each([
    'We rolled down a slope and my cousin is bleeding from the ear.',
    'A bus clipped me, I think my wrist is broken.',
    'My grandson was injured when the trailer came loose.',
    'The woman on the bicycle is not responding.',
    'My dad hit his head in the collision.',
    'The lorry ran into us and my neck is stiff.',
    'My sister broke her leg, does the policy pay for that?',
    'The old man I knocked down can’t move his legs.',
    'An ambulance has just taken my partner.',
    'Two passengers hurt, one trapped.',
    'He fell off the ladder that you sold him and lost consciousness.',
    'My uncle has died and I have to close his contract.',
    'We lost our son in a crash.',
  ])('is told by: %s', (text) => {
    expect(smallTalk(text)).toBe('distress');
  });

  test.each([
    'My starter battery is dead.',
    'The gearbox died on me near Leeds.',
    'My tablet died while I filled in the form.',
    'The phone I bought for my mother is dead.',
    'Nobody got hurt, the door is bent.',
    'We were not injured at all.',
    'If a passenger is injured, who pays?',
    'Is my husband covered when he gets hurt?',
    'What is the limit for people who were injured?',
    'I broke the mirror and my wing is scratched.',
    'I work in a hospital and drive there every day.',
    'Can I insure an ambulance?',
    'Press and depress the pedal: is that normal wear?',
  ])('is not told by: %s', (text) => {
    expect(smallTalk(text)).not.toBe('distress');
  });
});

describe('a wish for a person', () => {
  test.each([
    'I need your supervisor on this.',
    'Would anyone from the team phone me about my contract?',
    'Get one of your staff to ring us tomorrow.',
    'Please ring back after five.',
  ])('is told by: %s', (text) => {
    expect(smallTalk(text)).toBe('wants_person');
  });

  test.each(['Who can I call when the app fails?', 'The agent called us names.', 'Your phone menu is long.'])(
    'is not told by: %s',
    (text) => {
      expect(smallTalk(text)).not.toBe('wants_person');
    },
  );
});

describe('a double charge', () => {
  test.each([
    'The October instalment was taken two times.',
    'You billed me twice!',
    'There is a duplicate payment on my statement.',
    'My card shows the same charge twice.',
    'Why have I been charged more than once?',
    'I paid on Monday, and on Tuesday you collected it a second time.',
    'Got two debits for one premium.',
    'It was double billed.',
  ])('is told by: %s', (text) => {
    expect(smallTalk(text)).toBe('charged_twice');
  });

  test.each([
    'Can I pay twice a year?',
    'Would I be charged twice for two cars?',
    'Do you charge a second driver?',
    'I was billed twice as much as my brother.',
    'Is the first payment double?',
    'My bill has doubled.',
    'I tried twice to pay the bill.',
  ])('is not told by: %s', (text) => {
    expect(smallTalk(text)).not.toBe('charged_twice');
  });

  test.each([
    ['- Payments that were taken twice are for a colleague.', true],
    ['- Charged twice: hand over, nobody here sees payments.', true],
    ['- Whoever was charged twice gets the money back within 3 days.', false],
    ['- Complaints are for a colleague.', false],
  ])('is for a person where the folder says so: %s', (rule, isHandedOver) => {
    expect(handsOver(rule, 'Your shop has debited my card twice.')).toBe(isHandedOver);
  });
});

describe('a long wait', () => {
  test.each([
    'My repair has been pending for five weeks.',
    'It is two months since I sent the forms and there is still no decision.',
    'I reported the leak over a month ago, nothing has happened.',
    'Nobody has rung me back about the scratched roof.',
    'Three weeks now without any news from the workshop.',
    'No one ever replied to my letter',
    'I filed it in March, I have been waiting for several weeks and I am still not paid.',
  ])('is told by: %s', (text) => {
    expect(smallTalk(text)).toBe('long_wait');
  });

  test.each([
    'How many weeks do I have to wait for the money?',
    'Can I pause the plan for three months?',
    'What happens if nobody has called me after two weeks?',
    'I have been a customer for three years and never had a claim.',
    'The car stood in the garage for two months.',
    'My course runs for six weeks.',
    'Is it normal to wait two weeks?',
    'I sold it three months ago.',
    'I have waited a day for the link.',
  ])('is not told by: %s', (text) => {
    expect(smallTalk(text)).not.toBe('long_wait');
  });

  test.each([
    ['- Hand over where a customer has waited longer than the usual times.', true],
    ['- Overdue repairs are for a colleague.', true],
    ['- Whoever has waited longer than a month pays nothing.', false],
  ])('is for a person where the folder says so: %s', (rule, isHandedOver) => {
    expect(handsOver(rule, 'My repair has been pending for five weeks.')).toBe(isHandedOver);
  });
});

/** Whether the offline model asks for a person, where this is a line of the agent's context. */
function handsOver(rule: string, message: string): boolean {
  const scene = readScene({
    ...{ model: 'm', max_tokens: 100, system: [{ type: 'text', text: 'You are Ada of Brightwater.' }] },
    tools: [{ name: 'hand_off', description: 'Hands over.', input_schema: { type: 'object' } }],
    messages: [
      { role: 'user', content: `<context name="billing">\n# Billing\n\n${rule}\n</context>` },
      { role: 'assistant', content: 'Understood.' },
      { role: 'user', content: [{ type: 'text', text: message }] },
    ],
  });
  return replyTo(scene).some((piece) => piece.kind === 'call' && piece.name === 'hand_off');
}
