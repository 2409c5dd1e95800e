import { type Answer, answerFrom, contentStems, isItem, notSold, type Statement } from './answer.ts';
import { type Form, type FormTurn, missing, offerOf, readForm } from './form.ts';
import { type PastCall, type Scene, safeJson } from './scene.ts';
import { FOREIGN, foreignLanguage, type SmallTalk, smallTalk } from './small-talk.ts';
import { handedOff, join, joinLabels, verbalise } from './words.ts';

/** A piece of the offline model's output: words, words that rest on a passage, or a tool call. */
export type Piece =
  | { kind: 'text'; text: string; statement?: Statement }
  | { kind: 'call'; name: string; input: Record<string, unknown> };

/** The share of a question that the sources must speak of for their sentences to count as an answer. */
const ANSWERED = 0.5;
/** Below this the question is not about anything that the company writes of. */
const ON_TOPIC = 0.28;

/** What to say and do next, from nothing but the request. */
export function replyTo(scene: Scene): Piece[] {
  if (scene.results.length > 0) return afterTools(scene, scene.results);
  const message = scene.exchanges.at(-1)?.customer ?? '';
  const form = readForm(scene);
  const foreign = foreignLanguage(message);
  if (foreign && form.given.length === 0) return [text(FOREIGN[foreign] ?? FOREIGN.other ?? '')];
  const talk = smallTalk(message, agentNames(scene));
  if (talk === 'wants_person' && has(scene, 'hand_off')) return [handOff(scene, message)];
  if (form.dropped) return [text('No problem, I have dropped that. What else can I do for you?')];
  const formPieces = formReply(scene, form, message, talk);
  if (formPieces) return formPieces;
  return courtesy(scene, talk, message) ?? answerOrTurnBack(scene, message);
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

function askFor(form: Form, started: boolean): string {
  const labels = missing(form).map(({ label }) => label);
  const known = Object.keys(form.values).length > 0;
  if (started && !known) return `I would be happy to help with that. To begin, please tell me ${joinLabels(labels)}.`;
  return `${started ? 'I would be happy to help with that, and thank you for the details so far.' : 'Thank you.'} I still need ${joinLabels(labels)}.`;
}

function reminder(form: Form): string {
  return `To go on with what we began, I still need ${joinLabels(missing(form).map(({ label }) => label))}.`;
}

function handOff(scene: Scene, message: string): Piece {
  const said = scene.exchanges.map(({ customer }) => customer);
  const form = readForm(scene).form;
  const values = form ? ` Given for ${form.tool.name}: ${JSON.stringify(form.values)}.` : '';
  return {
    kind: 'call',
    name: 'hand_off',
    input: {
      reason: 'The customer asks for a person.',
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
      return [text('Great. What would you like to know?')];
    default:
      return null;
  }
}

function abilities(scene: Scene): string {
  const tools = customerTools(scene).map(({ name }) => name.replaceAll('_', ' '));
  const help = tools.length > 0 ? ` I can also help you with this: ${join(tools)}.` : '';
  return `I can answer questions about ${topics(scene)}.${help} What would you like to know?`;
}

function customerTools(scene: Scene) {
  return scene.tools.filter(({ name }) => !['search_knowledge', 'hand_off', 'resolve', 'switch_route'].includes(name));
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
  return company ? `${company}: ${join(names)}` : join(names);
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
  if (next) return [text(next), ...(answer.coverage >= 0.4 ? [text(' '), ...statementPieces(answer.statements)] : [])];
  const refusal = notSold(scene, message);
  if (refusal)
    return [...statementPieces([refusal]), text(` Here is what I can help you with: ${topics(scene, false)}.`)];
  if (answer.coverage >= ANSWERED) {
    const pieces = statementPieces(answer.statements);
    return offer ? withOffer(scene, message, pieces) : pieces;
  }
  const example = likeExample(scene, message);
  if (example) return [text(example)];
  if (!searched && has(scene, 'search_knowledge') && scene.passages.length === 0 && contentStems(message).length > 0) {
    return [{ kind: 'call', name: 'search_knowledge', input: { query: message.slice(0, 500) } }];
  }
  return [text(turnBack(scene, answer))];
}

const NEXT =
  /\b(?:what(?:'s| is| happens| do i do| should i do| comes)? next|next steps?|how (?:do|can|would) i (?:buy|proceed|continue|go ahead|sign up|take it|get (?:it|this|that|started))|i(?:'ll| will| want to| would like to|'d like to) (?:take|buy|go with) (?:it|this|that))\b/i;

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
  if (coverage >= ON_TOPIC) {
    return 'I am sorry, I have no reliable information on that, so I would rather not guess. I can ask a human colleague to help you, or you can ask me something else.';
  }
  return `I am sorry, I cannot help with that here. I can only help with questions about ${topics(scene)}. Is there something about that you would like to know?`;
}

/** What a message asks, and what it tells besides. */
function parts(message: string): { question: string; aside: string } {
  const sentences = message.split(/(?<=[.!?\n])\s+/);
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

function statementPieces(statements: readonly Statement[]): Piece[] {
  return statements.map((statement, index) => {
    const words = statement.text.trim();
    const before = index === 0 ? '' : isItem(statement.text) ? '\n' : ' ';
    return { kind: 'text', text: before + words, ...(statement.passage ? { statement } : {}) };
  });
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
