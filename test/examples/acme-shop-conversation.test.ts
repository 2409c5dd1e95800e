import { describe, expect, it } from 'vitest';
import { operator } from '../http/requests.ts';
import { effectsIn, type ShopReply, shopDesk, talkTo } from './acme-shop-desk.ts';

const MIA = 'cus_1001';
const summaries = ({ actions }: ShopReply) => actions.map(({ summary, state }) => `${state}: ${summary}`);

// The offline model without an encoder, over the API, with a real store and the shop's real API.
describe('the offline model in the shop', () => {
  it('asks an anonymous visitor to sign in, and shows nothing of anybody', async () => {
    const desk = await shopDesk();
    const { say } = await talkTo(desk, null);
    for (const text of ['Where is my order A-1042?', 'Then cancel order A-1042.', 'Which orders do I have?']) {
      const reply = await say(text);
      expect(reply.text, text).toContain('sign in');
      expect(reply.text).not.toMatch(/59\.90|Mia|Linden/);
      expect(reply.actions).toEqual([]);
    }
    expect(effectsIn(desk.shop)).toEqual([]);
  });

  it('goes on with what was asked for once the visitor has signed in', async () => {
    const desk = await shopDesk();
    const { say, signIn } = await talkTo(desk, null);
    expect((await say('Cancel order A-1042, please.')).actions).toEqual([]);
    expect((await say('I am signed in now')).text).toContain('sign in');
    await signIn(MIA);
    const asked = await say('OK, I am signed in now.');
    expect(summaries(asked)).toEqual(['proposed: Cancel order A-1042 (2 items, 59.90 EUR)?']);
  });

  it('looks an order up, proposes to cancel it, and tells what came of it', async () => {
    const desk = await shopDesk();
    const { say, decide } = await talkTo(desk, MIA);
    expect((await say('Where is my order a1042 please?')).text).toMatch(/A-1042.*has not left our warehouse/);
    const asked = await say('OK, then cancel it.');
    expect(summaries(asked)).toEqual(['proposed: Cancel order A-1042 (2 items, 59.90 EUR)?']);
    expect(asked.text).toContain('Nothing happens until you do');
    expect(effectsIn(desk.shop)).toEqual([]);
    const done = await decide('confirm', asked);
    expect(done.text).toContain('Order A-1042 is cancelled. 59.90 EUR go back');
    expect(effectsIn(desk.shop)).toEqual([
      { kind: 'cancel', customer_id: MIA, order_id: 'A-1042', amount_cents: 5_990 },
    ]);
    expect((await say('Cancel A-1042 again.')).text).toContain('is cancelled already');
  });

  it('says honestly that nothing was done where the customer declines', async () => {
    const desk = await shopDesk();
    const { say, decide } = await talkTo(desk, MIA);
    const declined = await decide('decline', await say('Please cancel order A-1042.'));
    expect(declined.text).toMatch(/nothing was done/);
    expect(effectsIn(desk.shop)).toEqual([]);
  });

  it('takes a typed yes for the decision where the tool allows it', async () => {
    const desk = await shopDesk();
    const { say } = await talkTo(desk, MIA);
    await say('Cancel order A-1042.');
    expect((await say('yes, do it')).text).toMatch(/^Order A-1042 is cancelled/);
    expect(effectsIn(desk.shop)).toHaveLength(1);
  });

  it('sends a yes that does not count there to the card, and lists orders line by line', async () => {
    const desk = await shopDesk();
    const { say, decide } = await talkTo(desk, MIA);
    const asked = await say('I want 20 euros back for A-1017');
    expect((await say('Which orders do I have?')).text).toMatch(/\n- A-0988[^\n]*\n\nIs there anything else/);
    expect((await say('yes, do it')).text).toMatch(/^Please answer with the buttons on the card/);
    expect(effectsIn(desk.shop)).toEqual([]);
    await decide('confirm', asked);
    expect((await say('yes')).text).not.toContain('card');
  });

  it('asks for what is missing: which order, which amount, which address', async () => {
    const desk = await shopDesk();
    const { say, decide } = await talkTo(desk, MIA);
    const which = await say('I have to cancel my order.');
    expect(which.text).toMatch(/A-1042.*A-1017.*order number/s);
    expect(summaries(await say('A-1042'))).toEqual(['proposed: Cancel order A-1042 (2 items, 59.90 EUR)?']);
    expect((await say('I want a refund for A-1017.')).text).toContain('the amount to refund in euros');
    const refund = await say('€12,50');
    expect(refund.actions.at(-1)).toMatchObject({
      tool: 'request_refund',
      input: { order_id: 'A-1017', amount: 12.5 },
    });
    expect((await decide('confirm', refund)).text).toContain('12.50 EUR of order A-1017');
    expect((await say('Another address for order A-1042, please.')).text).toContain('street');
    const address = await say('14 Mill Road, 50667 Cologne');
    expect(address.text).toContain('country');
    expect((await say('Germany')).actions.at(-1)).toMatchObject({
      tool: 'change_address',
      input: { order_id: 'A-1042', street: '14 Mill Road', postcode: '50667', city: 'Cologne', country: 'Germany' },
    });
    expect(effectsIn(desk.shop)).toHaveLength(1);
  });

  it('proposes each of several orders on a card of its own', async () => {
    const desk = await shopDesk();
    desk.shop.shop.database.prepare("update orders set state = 'processing' where id = 'A-1038'").run();
    const { say } = await talkTo(desk, MIA);
    const both = await say('Cancel A-1042 and A-1038, please.');
    expect(both.actions.map(({ input }) => input.order_id)).toEqual(['A-1042', 'A-1038']);
  });

  it.each([
    ['Cancel order A-1038', 'has left our warehouse'],
    ['Cancel order B-2001', 'There is no order B-2001 in your account'],
    ['Where is Z-9999?', 'There is no order Z-9999 in your account'],
    ['Refund 500 euros of A-1017', 'At most 158.50 EUR'],
    ['Refund 10 euros of A-1042', 'cancelled instead of refunded'],
    ['Send order A-1017 to 14 Mill Road, 50667 Cologne, Germany', 'address cannot be changed'],
  ])('"%s": says why not, and asks nobody', async (text, why) => {
    const desk = await shopDesk();
    const reply = await (await talkTo(desk, MIA)).say(text);
    expect(reply.text).toContain(why);
    expect(reply.actions).toEqual([]);
    expect(effectsIn(desk.shop)).toEqual([]);
  });

  it('leaves a large refund to a colleague', async () => {
    const desk = await shopDesk();
    const { id, say, post } = await talkTo(desk, MIA);
    const asked = await say('I want 119 euros back for A-1017, the grinder is broken.');
    expect(asked.text).toContain('asked a colleague to approve');
    const [action] = asked.actions;
    const decision = { decision: 'confirm', hash: action?.hash };
    expect((await post(`/actions/${action?.id}`, decision)).body).toMatchObject({
      error: { code: 'action_not_yours' },
    });
    expect(effectsIn(desk.shop)).toEqual([]);
    const approved = await desk.app.request(...operator(decision).at(`/${id}/actions/${action?.id}`));
    expect(approved.status).toBe(200);
    await expect.poll(() => effectsIn(desk.shop)).toHaveLength(1);
  });
});
