import { answerPieces } from './answer-reply.ts';
import { customerTools, errandOf, offerOf, readForm } from './form.ts';
import { isForPerson } from './matters.ts';
import { agentNames, has, type Piece, spacedBefore, text, topics } from './pieces.ts';
import type { Scene } from './scene.ts';
import { isDanger, type SmallTalk } from './small-talk.ts';
import { join } from './words.ts';

/** What comes before everything else: danger, grief, anger, the wish for a person, a secret in the chat. */
export function urgentReply(scene: Scene, talk: SmallTalk, message: string): Piece[] | null {
  const hasPerson = has(scene, 'hand_off');
  const person = () => (hasPerson ? [handOff(scene, message, talk)] : []);
  if (talk === 'wants_person' && hasPerson) return person();
  if (talk === 'distress') {
    const call = isDanger(message)
      ? ' If anyone is hurt or in danger, please call 911 or your local emergency number first.'
      : '';
    return [text(`I am so sorry to hear that.${call}`), ...person()];
  }
  if (talk === 'complaint')
    return [text('I am sorry about this, and I understand that it is frustrating.'), ...person()];
  const matter = talk && FOR_PERSON[talk];
  if (matter && hasPerson && handsOver(scene, matter.rule))
    return [text(`${matter.sorry} A colleague has to look at that.`), ...person()];
  if (hasPerson && isForPerson(scene.rules, message))
    return [text('I am sorry to hear that. A colleague has to look at it.'), ...person()];
  if (talk === 'card_number')
    return [
      text(
        'For your safety, please never send card or account numbers in this chat. I do not need them. How else can I help you?',
      ),
    ];
  return null;
}

/** Whether a rule or a procedure says that a matter is for a person. */
function handsOver({ identity, rules, context }: Scene, matter: RegExp): boolean {
  const told = [identity, rules, ...context.map((block) => block.text)].join('\n');
  return told.split('\n').some((line) => matter.test(line) && TO_PERSON.test(line));
}

/** What only a person can do something about, where the agent's rules say so: what such a rule speaks of, and what is said first. */
const FOR_PERSON: Partial<Record<NonNullable<SmallTalk>, { rule: RegExp; sorry: string }>> = {
  charged_twice: {
    rule: /\b(?:charg|bill|debit|pay|paid|took|taken)\w*\b[^.]{0,30}\b(?:twice|double)\b|\b(?:double|duplicate) (?:charge|payment|bill)/i,
    sorry: 'I am sorry about the double charge.',
  },
  long_wait: {
    rule: /\b(?:wait(?:s|ed|ing)?|overdue|delays?|delayed)\b/i,
    sorry: 'I am sorry that you have been waiting so long.',
  },
};
const TO_PERSON = /\bhand(?:ed)? (?:it )?over\b|\b(?:person|human|colleague)\b/i;

const REASONS: Partial<Record<NonNullable<SmallTalk>, string>> = {
  distress: 'The customer may be in an emergency or in distress.',
  complaint: 'The customer complains and is upset.',
  charged_twice: 'The customer says that a payment was taken twice.',
  long_wait: 'The customer has waited long for something.',
};

function handOff(scene: Scene, message: string, talk: SmallTalk): Piece {
  const said = scene.exchanges.map(({ customer }) => customer);
  const form = readForm(scene).form;
  const values = form ? ` Given for ${form.tool.name}: ${JSON.stringify(form.values)}.` : '';
  return {
    kind: 'call',
    name: 'hand_off',
    input: {
      reason: (talk && REASONS[talk]) ?? 'The customer asks for a person.',
      summary: `The customer wrote: ${said.slice(-6).join(' / ').slice(0, 1_500) || message}.${values}`,
    },
  };
}

export function courtesy(scene: Scene, talk: SmallTalk, message: string): Piece[] | null {
  const [name] = agentNames(scene);
  const offered = scene.tools.find((tool) => scene.exchanges.at(-1)?.agentBefore.includes(offerOf(tool)));
  switch (talk) {
    case 'greeting':
      return [text(`Hello! ${name ? `I am ${name}, your AI assistant. ` : ''}How can I help you today?`)];
    case 'how_are_you':
      return [text('I am doing well, thank you for asking! How can I help you today?')];
    case 'thanks':
      return [text('You are welcome! Is there anything else that I can help you with?')];
    case 'goodbye':
      if (has(scene, 'resolve')) return [{ kind: 'call', name: 'resolve', input: { evidence: message.slice(0, 300) } }];
      return [text('Thank you for chatting with me. Have a great day!')];
    case 'who_are_you':
      return [
        text(
          `I am ${name ?? 'an assistant'}, an AI assistant and not a person. Right now a simple offline model answers for me. If you would like to talk to a person, just say so.`,
        ),
      ];
    case 'what_can_you_do':
      return [text(abilities(scene))];
    case 'no':
      return [
        text(
          offered
            ? 'All right. Is there anything else that I can help you with?'
            : 'All right. If anything else comes up, I am here to help.',
        ),
      ];
    case 'yes':
      return [text('All right. Is there anything that I can do for you?')];
    case 'promise':
      return [
        text('I cannot promise or guarantee anything: I can only give you information.'),
        ...spacedBefore(answerPieces(scene, message)),
      ];
    default:
      return null;
  }
}

function abilities(scene: Scene): string {
  const tools = customerTools(scene).map(errandOf);
  const help = tools.length > 0 ? ` I can also ${join(tools)} for you.` : '';
  return `I can answer ${topics(scene)}.${help} What would you like to know?`;
}
