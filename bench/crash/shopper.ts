import type { Decision, ProposedAction } from '../../src/protocol/conversation.ts';
import type { LoggedEvent } from '../../src/protocol/events.ts';
import { Calls } from './calls.ts';
import type { Witness } from './check.ts';
import { type Access, Line } from './line.ts';
import type { Moments } from './moments.ts';
import type { Nodes } from './nodes.ts';
import type { Plan, Round } from './plan.ts';

/** What the shoppers of a run share. */
export type Mall = {
  nodes: Nodes;
  moments: Moments;
  /** Resolves when the next round may begin. */
  pace(): Promise<void>;
  customerToken(customer: string): Promise<string>;
};

/** Longer than any fault lasts, and what it takes to come back from it. */
const PATIENCE_MS = 90_000;
const CATCH_UP_MS = 15_000;

/** A customer who goes through a plan, over HTTP and events, whatever becomes of the servers. */
export class Shopper {
  readonly witness: Witness;
  readonly #plan: Plan;
  readonly #mall: Mall;
  readonly #calls: Calls;
  readonly #access: Access;
  readonly #line: Line;
  readonly #preferred: number;
  #hasOpenCard = false;

  private constructor({ plan, mall, access, calls, preferred }: ShopperParts) {
    this.#plan = plan;
    this.#mall = mall;
    this.#access = access;
    this.#calls = calls;
    this.#preferred = preferred;
    this.#line = new Line(access, mall.nodes, (event) => this.#saw(event));
    const { seen, breaks, surprises } = this.#line;
    const own = { conversation: access.id, customer: plan.customer };
    this.witness = { ...own, messages: [], wishes: [], seen, breaks, surprises };
  }

  static async arrive(plan: Plan, mall: Mall, preferred: number): Promise<Shopper> {
    const calls = new Calls({ nodes: mall.nodes, moments: mall.moments, preferred });
    const access = await calls.start(await mall.customerToken(plan.customer));
    return new Shopper({ plan, mall, access, calls, preferred });
  }

  async run(): Promise<void> {
    this.#line.follow(this.#preferred);
    for (const round of this.#plan.rounds) {
      await this.#mall.pace();
      await this.#round(round);
    }
    await this.#line.close();
  }

  /** Comes back, and reads what it has missed until there are so many events. */
  async catchUp(events: number): Promise<void> {
    this.#line.follow(0);
    await this.#line.until((seen) => (seen.length >= events ? true : undefined), CATCH_UP_MS);
    await this.#line.close();
  }

  async #round({ what, manner, order, text, key }: Round): Promise<void> {
    if (!(await this.#say(text, key)) || what === 'look up') return;
    const action = proposalOf(this.#line.seen, order);
    if (!action) return;
    await this.#treat(action, manner);
  }

  async #treat(action: ProposedAction, manner: Round['manner']): Promise<void> {
    if (manner === 'ignore') {
      this.#hasOpenCard = true;
      return;
    }
    if (manner === 'decline') await this.#decide(action, 'decline');
    else if (manner === 'double click') await this.#decide(action, 'confirm', 'confirm');
    else if (manner === 'both at once') await this.#decide(action, 'confirm', 'decline');
    else if (manner === 'type yes' && !this.#hasOpenCard) return this.#typeYes(action);
    else {
      if (manner === 'forge first') await this.#forge(action);
      if (manner === 'foreign first') await this.#decideAsAnother(action);
      if (manner === 'talk first') await this.#say(`What else is there to know? (${action.id})`, `talk-${action.id}`);
      await this.#decide(action, 'confirm');
    }
    await this.#outcome(action);
    if (manner === 'replay') await this.#replay(action);
  }

  /** Sends a message and waits for the end of its turn; false where that never came. */
  async #say(text: string, key: string): Promise<boolean> {
    const message = { text, key, acknowledged: false };
    this.witness.messages.push(message);
    const answer = await this.#calls.send(this.#access, { text, idempotencyKey: key });
    if (answer.status !== 200) this.#surprise(`"${text}" was refused: ${answer.status} ${answer.code}`);
    message.acknowledged = answer.status === 200;
    const find = (seen: readonly LoggedEvent[]) => {
      const received = seen.find((event) => event.type === 'message.received' && event.text === text);
      return received?.type === 'message.received' ? turnEndOf(seen, received.messageId) : undefined;
    };
    return (await this.#line.until(find, PATIENCE_MS)) !== null;
  }

  /** Sends the decisions at once. One of them may be accepted; what was decided before is refused as that. */
  async #decide(action: ProposedAction, ...decisions: Decision[]): Promise<void> {
    const sent = decisions.map(async (decision) => {
      const wish = { actionId: action.id, decision, accepted: false };
      this.witness.wishes.push(wish);
      const { status, code } = await this.#calls.decide(this.#access, action, decision);
      wish.accepted = status === 200;
      if (status !== 200 && code !== 'action_decided') this.#surprise(`${decision} was refused: ${status} ${code}`);
    });
    await Promise.all(sent);
  }

  async #typeYes(action: ProposedAction): Promise<void> {
    this.witness.wishes.push({ actionId: action.id, decision: 'confirm', accepted: false });
    await this.#say('Yes, do it', `yes-${action.id}`);
    await this.#outcome(action);
  }

  async #forge(action: ProposedAction): Promise<void> {
    const hash = action.hash.replace(/^./, (first) => (first === '0' ? '1' : '0'));
    const { code } = await this.#calls.decide(this.#access, { id: action.id, hash }, 'confirm');
    if (code !== 'action_changed') this.#surprise(`a forged hash was answered with ${code}`);
  }

  async #decideAsAnother(action: ProposedAction): Promise<void> {
    const other = await this.#calls.start(await this.#mall.customerToken(`${this.#plan.customer}_other`));
    const { code } = await this.#calls.decide(other, action, 'confirm');
    if (code !== 'action_not_found') this.#surprise(`a decision in another conversation was answered with ${code}`);
    const foreign = { id: this.#access.id, token: other.token };
    const stolen = await this.#calls.decide(foreign, action, 'confirm');
    if (stolen.status !== 401 && stolen.status !== 404)
      this.#surprise(`a decision with a foreign token was answered with ${stolen.status}`);
  }

  async #replay(action: ProposedAction): Promise<void> {
    for (const decision of ['confirm', 'decline'] as const) {
      const { code } = await this.#calls.decide(this.#access, action, decision);
      if (code !== 'action_decided') this.#surprise(`an old decision was answered with ${code}`);
    }
  }

  /** Waits until the action has ended and a turn has told of it. */
  async #outcome({ id }: ProposedAction): Promise<void> {
    await this.#line.until((seen) => turnEndOf(seen, id), PATIENCE_MS);
  }

  #surprise(sentence: string): void {
    this.witness.surprises.push(sentence);
  }

  #saw({ type }: LoggedEvent): void {
    if (type === 'segment.released') this.#mall.moments.happened('streaming', null);
    if (type === 'action.proposed') this.#mall.moments.happened('proposed', null);
  }
}

type ShopperParts = { plan: Plan; mall: Mall; access: Access; calls: Calls; preferred: number };

function proposalOf(seen: readonly LoggedEvent[], order: string): ProposedAction | null {
  const found = seen.findLast((event) => event.type === 'action.proposed' && event.action.input.order_id === order);
  return found?.type === 'action.proposed' ? found.action : null;
}

/** The end of the turn that took up this message or action. */
function turnEndOf(seen: readonly LoggedEvent[], id: string): LoggedEvent | undefined {
  const turn = seen.find((event) => event.type === 'turn.started' && event.answers.includes(id));
  if (turn?.type !== 'turn.started') return undefined;
  return seen.find((event) => event.type === 'turn.ended' && event.turnId === turn.turnId);
}
