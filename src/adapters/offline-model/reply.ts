import {
  type Answer,
  answerFrom,
  closedFact,
  contactFact,
  contentStems,
  isItem,
  notSold,
  type Statement,
  widened,
} from './answer.ts';
import type { Field } from './fields.ts';
import { customerTools, errandOf, type Form, type FormTurn, missing, offerOf, readForm } from './form.ts';
import { clauses, type PastCall, type Scene, safeJson } from './scene.ts';
import { FOREIGN, foreignLanguage, isDanger, type SmallTalk, smallTalk } from './small-talk.ts';
import { handedOff, join, joinLabels, verbalise } from './words.ts';

/** A piece of the offline model's output: words, words that rest on a passage, or a tool call. */
export type Piece =
  | { kind: 'text'; text: string; statements?: Statement[] }
  | { kind: 'call'; name: string; input: Record<string, unknown> };

/** The share of a question that the sources must speak of for their sentences to count as an answer. */
const ANSWERED = 0.46;
/** Below this the question is not about anything that the company writes of. */
const ON_TOPIC = 0.34;

/** What to say and do next, from nothing but the request. */
export function replyTo(scene: Scene): Piece[] {
  if (scene.results.length > 0) return afterTools(scene, scene.results);
  const message = scene.exchanges.at(-1)?.customer ?? '';
  const form = readForm(scene);
  const talk = smallTalk(message, agentNames(scene));
  const urgent = urgentReply(scene, talk, message);
  if (urgent) return urgent;
  const foreign = foreignLanguage(message);
  if (foreign && form.given.length === 0) return [text(FOREIGN[foreign] ?? FOREIGN.other ?? '')];
  if (form.dropped) return [text('No problem, I have dropped that. What else can I do for you?')];
  return formReply(scene, form, message, talk) ?? courtesy(scene, talk, message) ?? answerOrTurnBack(scene, message);
}

/** What comes before everything else: danger, grief, anger, the wish for a person, a secret in the chat. */
function urgentReply(scene: Scene, talk: SmallTalk, message: string): Piece[] | null {
  const person = has(scene, 'hand_off') ? [handOff(scene, message, talk)] : [];
  if (talk === 'wants_person' && person.length > 0) return person;
  if (talk === 'distress') {
    const call = isDanger(message)
      ? ' If anyone is hurt or in danger, please call 911 or your local emergency number first.'
      : '';
    return [text(`I am so sorry to hear that.${call}`), ...person];
  }
  if (talk === 'complaint') return [text('I am sorry about this, and I understand that it is frustrating.'), ...person];
  if (talk === 'card_number')
    return [
      text(
        'For your safety, please never send card or account numbers in this chat. I do not need them. How else can I help you?',
      ),
    ];
  return null;
}

function text(words: string): Piece {
  return { kind: 'text', text: words };
}

function has(scene: Scene, tool: string): boolean {
  return scene.tools.some(({ name }) => name === tool);
}

/** "Eva" and "Acme Insurance", as far as the identity names them. */
function agentNames({ identity }: Scene): string[] {
  return [identity.match(/\byou are ([A-Z][\w-]*)/i)?.[1], companyOf(identity)].filter(
    (name) => name !== undefined && name !== '',
  ) as string[];
}

function companyOf(identity: string): string {
  return (
    identity
      .match(
        /\b(?:for|of|at|by|from) (?:the )?((?:[A-Z][\w&'’-]*)(?:\s(?:[A-Z][\w&'’-]*|of|and|the|&)(?=\s[A-Z]|\b))*(?:\s[A-Z][\w&'’-]*)*)/,
      )?.[1]
      ?.trim() ?? ''
  );
}

function afterTools(scene: Scene, results: PastCall[]): Piece[] {
  return results.flatMap((call): Piece[] => {
    if (call.name === 'hand_off') return [text(handedOff(call))];
    if (call.name === 'resolve')
      return [text('You are welcome! Thank you for chatting with me. Have a great day, and come back any time.')];
    if (call.name === 'search_knowledge')
      return answerOrTurnBack(scene, scene.exchanges.at(-1)?.customer ?? '', { searched: true });
    return call.failed
      ? toolTrouble(scene, call)
      : [text(`${verbalise(call)} Is there anything else that I can help you with?`)];
  });
}

function toolTrouble(scene: Scene, call: PastCall): Piece[] {
  const form = readForm(scene).form;
  const problems = call.result.split('\n').flatMap((line) => {
    const field = form?.fields.find(({ name }) => line.startsWith(`${name}: `));
    return field ? [line.slice(field.name.length + 2)] : [];
  });
  if (problems.length > 0) {
    const sentences = problems.map((problem) =>
      /^expected/i.test(problem) ? `I need another value: ${problem}.` : problem,
    );
    return [text(`${sentences.join(' ')}${askAgain(form)}`)];
  }
  const known = /^[A-Z].*[.!?]$/.test(call.result) && !/\bcustomer\b/.test(call.result);
  if (known) return [text(call.result)];
  return [text('I am sorry, that is not possible right now. I can ask a human colleague to help you; just say so.')];
}

function askAgain(form: Form | null): string {
  const labels = form ? missing(form).map(({ label }) => label) : [];
  return labels.length > 0 ? ` What is ${joinLabels(labels)}?` : '';
}

function formReply(scene: Scene, turn: FormTurn, message: string, talk: SmallTalk): Piece[] | null {
  const { form } = turn;
  if (form?.state !== 'filling') return null;
  const gaps = missing(form);
  const side = turn.sideQuestion;
  if (gaps.length === 0 && (turn.started || turn.given.length > 0)) {
    const answered = side ? answerPieces(scene, side) : [];
    return [...answered, { kind: 'call', name: form.tool.name, input: form.values }];
  }
  if (turn.refused.length > 0)
    return [text(`${turn.refused.map(boundsOf).join(' ')} ${askFor(form, false).replace(/^Thank you\. /, '')}`)];
  if (turn.started || turn.given.length > 0) {
    const answered = side ? answerPieces(scene, side) : [];
    return [...spaced(answered), text(askFor(form, turn.started))];
  }
  // Nothing for the form: a question in between, or an answer that was not understood.
  if (talk === 'thanks' || talk === 'goodbye' || talk === 'no') return null;
  if (looksLikeQuestion(message) || contentStems(message).length > 1) {
    return [...spaced(answerOrTurnBack(scene, message, { offer: false })), text(reminder(form))];
  }
  return [text(`Sorry, I did not understand that. ${reminder(form)}`)];
}

/** A number so large that the bound is there for the schema's sake. */
const MAX_SAID = 1_000_000;

function boundsOf({ label, min, max }: Field): string {
  const upper = max < MAX_SAID && max !== 9_999 ? ` to ${max.toLocaleString('en')}` : ' on';
  return `For ${label} I need a number from ${min > 1_800 && min < 2_200 ? min : min.toLocaleString('en')}${upper}.`;
}

function askFor(form: Form, started: boolean): string {
  const labels = missing(form).map(({ label }) => label);
  const known = Object.keys(form.values).length > 0;
  if (started && !known) return `I would be happy to help with that. To begin, please tell me ${joinLabels(labels)}.`;
  return `${started ? 'I would be happy to help with that, and thank you for the details so far.' : 'Thank you.'} I still need ${joinLabels(labels)}.`;
}

function reminder(form: Form): string {
  return `To go on with what we began, I still need ${joinLabels(missing(form).map(({ label }) => label))}.`;
}

const REASONS: Partial<Record<NonNullable<SmallTalk>, string>> = {
  distress: 'The customer may be in an emergency or in distress.',
  complaint: 'The customer complains and is upset.',
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

function courtesy(scene: Scene, talk: SmallTalk, message: string): Piece[] | null {
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

/** What the company talks about: the names of its context blocks. */
function topics(scene: Scene, named = true): string {
  const names = scene.context
    .map(({ name, text: block }) => (/^#\s+(.+)/.exec(block)?.[1] ?? name.replaceAll('-', ' ')).trim())
    .filter(
      (name) =>
        !/^(?:the )?company$|^about|^general|^overview|^contact|hours$/i.test(name) &&
        name !== companyOf(scene.identity),
    )
    .map((name) => (/^[A-Z][a-z]/.test(name) ? name[0]?.toLowerCase() + name.slice(1) : name));
  const company = named ? companyOf(scene.identity) : '';
  if (names.length === 0) return company || 'our services';
  return company ? `questions about ${company}: ${join(names)}` : join(names);
}

function answerOrTurnBack(
  scene: Scene,
  message: string,
  { searched = false, offer = true }: { searched?: boolean; offer?: boolean } = {},
): Piece[] {
  if (CREATIVE.test(message)) return [text(turnBack(scene, { statements: [], coverage: 0 }))];
  const { question, aside } = parts(message);
  const earlier = leans(question) ? `${aside} ${scene.exchanges.at(-2)?.customer ?? ''}` : aside;
  const answer = answerFrom(scene, question, earlier);
  const next = nextStep(scene, message);
  if (next) return [text(next), ...spacedBefore(answer.coverage >= 0.4 ? statementPieces(answer.statements) : [])];
  const refusal = notSold(scene, message);
  if (refusal)
    return [...statementPieces([refusal]), text(` Here is what I can help you with: ${topics(scene, false)}.`)];
  const fact = contactFact(scene, question);
  const closed = fact && closedFact(scene, question);
  if (fact) return statementPieces(closed ? [fact, closed] : [fact]);
  if (answer.coverage >= ANSWERED) {
    const pieces = statementPieces(answer.statements);
    return offer ? withOffer(scene, message, pieces) : pieces;
  }
  const example = likeExample(scene, message);
  if (example) return [text(example)];
  const query = widened(question);
  if (
    !searched &&
    has(scene, 'search_knowledge') &&
    contentStems(message).length > 0 &&
    (scene.passages.length === 0 || query !== question)
  ) {
    return [{ kind: 'call', name: 'search_knowledge', input: { query: query.slice(0, 1_000) } }];
  }
  return [text(turnBack(scene, answer))];
}

const NEXT =
  /\b(?:what happens (?:now|then)|(?:need|have|want|ready) to (?:buy|purchase|sign up|proceed)|how (?:do|can) (?:i|we) get (?:it|covered|insured)|what(?:'s| is| happens| do i do| should i do| comes)? next|next steps?|how (?:do|can|would) i (?:buy|proceed|continue|go ahead|sign up|take it|get (?:it|this|that|started))|i(?:'ll| will| want to| would like to|'d like to) (?:take|buy|go with) (?:it|this|that))\b/i;

/** What a tool's result named as the next step, where the customer asks for it. */
function nextStep(scene: Scene, message: string): string | null {
  if (!NEXT.test(message)) return null;
  const calls = scene.exchanges.flatMap((exchange) => exchange.calls).filter(({ failed }) => !failed);
  for (const { result } of calls.reverse()) {
    const data = safeJson(result);
    const record = typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : {};
    const step = record.next_step ?? record.next_steps;
    if (typeof step === 'string' && step !== '') return step;
  }
  return null;
}

/** Errands for a writer or a general assistant, whatever their subject. */
const CREATIVE =
  /\b(?:write|compose|sing|recite|make up|generate|draw|code|program|translate|tell)\b(?: me| us)?(?: an?| some| the| this)? (?:[\w-]+ ){0,3}(?:poem|haiku|joke|story|song|essay|limerick|rap|script|code|program|function|picture|image|lyrics|tale|homework)\b/i;

function turnBack(scene: Scene, { coverage }: Answer): string {
  const again = scene.agentTexts.some((said) => TURNED_BACK.test(said));
  if (coverage >= ON_TOPIC) {
    const help = again ? '' : ` I can help with ${topics(scene)}.`;
    return `I am sorry, I have no reliable information about that, so I would rather not guess.${help} If you like, I can ask a human colleague.`;
  }
  if (again)
    return `I am sorry, that is not something that I can help with here. Is there anything about ${topicShort(scene)} that I can do for you?`;
  return `I am sorry, I cannot help with that here. I can only help with ${topics(scene)}. Is there something about that you would like to know?`;
}

const TURNED_BACK = /I can (?:only )?help with /;

function topicShort({ identity }: Scene): string {
  return companyOf(identity) || 'our services';
}

/** What a message asks, and what it tells besides. */
function parts(message: string): { question: string; aside: string } {
  const sentences = clauses(message);
  const asked = sentences.filter(looksLikeQuestion);
  if (asked.length === 0 || asked.length === sentences.length) return { question: message, aside: '' };
  return { question: asked.join(' '), aside: sentences.filter((part) => !asked.includes(part)).join(' ') };
}

function leans(message: string): boolean {
  return (
    contentStems(message).length <= 2 ||
    /^\s*(?:and|what about|how about|but|or|so)\b|\b(?:it|its|that|this|these|those|they|them)\b/i.test(message)
  );
}

function looksLikeQuestion(message: string): boolean {
  return /\?|^\s*(?:(?:and|so|but|ok|okay|also|hi|hello|hey),?\s)?(?:what|how|why|when|where|who|which|can|could|do|does|did|is|are|will|would|should|tell|explain)\b/i.test(
    message,
  );
}

/** The answer to a side question, or nothing where there is none to give. */
function answerPieces(scene: Scene, question: string): Piece[] {
  const answer = answerFrom(scene, question);
  return answer.coverage >= ANSWERED ? statementPieces(answer.statements) : [];
}

/** Statements as words. Neighbours from one passage are said, and cited, together. */
function statementPieces(statements: readonly Statement[]): Piece[] {
  const groups: Statement[][] = [];
  for (const statement of statements) {
    const last = groups.at(-1)?.at(-1);
    if (last?.passage && last.passage === statement.passage && statement.at === last.at + 1)
      groups.at(-1)?.push(statement);
    else groups.push([statement]);
  }
  return groups.map((group, index) => {
    const lone = statements.length === 1;
    const said = group.map(
      (one, at) =>
        (at === 0 && index === 0 ? '' : isItem(one.text) ? '\n' : ' ') +
        (lone ? one.text.trim().replace(/^[-*•]\s+/, '') : one.text.trim()),
    );
    return { kind: 'text', text: said.join(''), ...(group[0]?.passage ? { statements: group } : {}) };
  });
}

function spacedBefore(pieces: Piece[]): Piece[] {
  return pieces.length === 0 ? [] : [text(' '), ...pieces];
}

function spaced(pieces: Piece[]): Piece[] {
  return pieces.length === 0 ? [] : [...pieces, text('\n\n')];
}

/** Signs that a customer thinks of becoming one. */
const SHOPPING =
  /\b(?:insure|insurance|cover|coverage|buy|bought|new|switch|sign up|shopping|interested|offer|plan|need)\b/i;

/** Names the next step where a tool fits what the customer talks of, once a conversation. */
function withOffer(scene: Scene, message: string, pieces: Piece[]): Piece[] {
  const said = scene.agentTexts.join('\n');
  const stems = new Set(contentStems(message));
  const tool = customerTools(scene).find((one) => {
    if (
      !SHOPPING.test(message) ||
      said.includes(offerOf(one)) ||
      scene.exchanges.some(({ calls }) => calls.some(({ name }) => name === one.name))
    )
      return false;
    return contentStems(one.description ?? '').some((stem) => stems.has(stem));
  });
  return tool ? [...pieces, text(`\n\n${offerOf(tool)}`)] : pieces;
}

/** The company's own model answer to nearly the same words, if its examples have one. */
function likeExample(scene: Scene, message: string): string | null {
  const said = new Set(contentStems(message));
  if (said.size === 0) return null;
  let best: { agent: string; likeness: number } | null = null;
  for (const { customer, agent } of scene.examples) {
    const own = new Set(contentStems(customer));
    const shared = [...said].filter((stem) => own.has(stem)).length;
    const likeness = shared / Math.max(1, said.size + own.size - shared);
    if (likeness > (best?.likeness ?? 0)) best = { agent, likeness };
  }
  return best && best.likeness >= 0.6 ? best.agent : null;
}
