import { chooseRoute } from '../../src/agent/choose-route.ts';
import { GENERAL, type Router, type Verdict } from '../../src/agent/route.ts';
import { turnsElsewhere } from '../../src/language/question.ts';
import type { Said } from './acme-messages.ts';

export type Read = { said: Said; verdict: Verdict };

/** Shares are 0 to 1, of the messages of that kind. */
export type Figures = {
  /** The likeliest desk is a right one, whether or not the router is sure. */
  accuracy: number;
  /** The router decides alone. */
  sure: number;
  /** It does, and is right. */
  accuracySure: number;
  wrongAndSure: number;
  /** Messages of two topics that went to neither of their desks without a question. */
  mixedWrong: number;
  /** Messages of two topics that were sure of one of them. */
  mixedSure: number;
  /** Answers to a question that would have moved a conversation away from one of the desks. */
  moved: number;
  offRecall: number;
  offPrecision: number;
};

export async function readAll(router: Router, messages: readonly Said[]): Promise<Read[]> {
  const read: Read[] = [];
  for (const said of messages) read.push({ said, verdict: await router.classify(said.text) });
  return read;
}

/** What the thresholds of `choose-route.ts` make of it. */
export function figuresOf(read: readonly Read[], desks: readonly string[]): Figures {
  const routes = new Map(desks.map((desk) => [desk, null]));
  const first = (verdict: Verdict) => chooseRoute(verdict, { route: GENERAL, left: null, asked: false }, routes);
  const of = (kind: Said['kind']) => read.filter(({ said }) => said.kind === kind);
  const share = (list: readonly Read[], holds: (one: Read) => boolean) =>
    list.filter(holds).length / (list.length || 1);
  const isRight = ({ said, verdict }: Read) => said.desks.includes(verdict.route);
  const isSure = ({ verdict }: Read) => first(verdict).sure;
  const isOff = ({ verdict }: Read) => first(verdict).offTopic;
  const [clear, mixed, stay, off] = [of('clear'), of('mixed'), of('stay'), of('off')];
  return {
    accuracy: share(clear, isRight),
    sure: share(clear, isSure),
    accuracySure: share(clear.filter(isSure), isRight),
    wrongAndSure: share(clear, (one) => isSure(one) && !isRight(one)),
    mixedWrong: share(mixed, (one) => isSure(one) && !isRight(one)),
    mixedSure: share(mixed, isSure),
    moved: share(stay, ({ said, verdict }) => {
      const answers = !turnsElsewhere(said.text);
      return desks.some(
        (route) => chooseRoute(verdict, { route, left: null, asked: true, answers }, routes).route !== route,
      );
    }),
    offRecall: share(off, isOff),
    offPrecision: share([...clear, ...mixed, ...off].filter(isOff), ({ said }) => said.kind === 'off'),
  };
}
