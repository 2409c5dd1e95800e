import type Anthropic from '@anthropic-ai/sdk';
import { type Answer, answerFrom } from './answer.ts';
import { contentStems, subjects, widened } from './concepts.ts';
import { closedFact, contactFact } from './contact.ts';
import { customerTools, offerOf } from './form.ts';
import { notSold } from './not-sold.ts';
import { has, type Piece, spacedBefore, statementPieces, text, topics } from './pieces.ts';
import { clauses, companyOf, type Scene, safeJson } from './scene.ts';
import { otherWords } from './synonyms.ts';
import { asksForLink, type Topic, topicOf } from './topic.ts';
import { keysOf } from './wish.ts';

/** The share of a question that the sources must speak of for their sentences to count as an answer. */
const ANSWERED = 0.46;

/** Below this the question is not about anything that the company writes of. */
const ON_TOPIC = 0.34;

export function answerOrTurnBack(
  scene: Scene,
  message: string,
  { searched = false, offer = true }: { searched?: boolean; offer?: boolean } = {},
): Piece[] {
  if (CREATIVE.test(message)) return [text(turnBack(scene, { statements: [], coverage: 0 }))];
  const { question, aside, told } = parts(message);
  const tool = subjects(question).length <= 2 ? justRun(scene) : null;
  const topic = pointsBack(question) && !tool ? topicOf(scene) : null;
  if (topic && asksForLink(message)) return readMore(topic);
  const earlier = earlierWords(scene, { question, aside, spoken: topic?.title ?? (tool ? aboutTool(tool) : '') });
  const answer = answerFrom(scene, question, { earlier, told, topic, afterTool: tool !== null });
  const next = nextStep(scene, message);
  if (next) return [text(next), ...spacedBefore(answer.coverage >= 0.6 ? statementPieces(answer.statements) : [])];
  const refusal = notSold(scene, message);
  if (refusal)
    return [...statementPieces([refusal]), text(` Here is what I can help you with: ${topics(scene, false)}.`)];
  const fact = contactFact(scene, question);
  const closed = fact && closedFact(scene, question);
  if (fact) return statementPieces(closed ? [fact, closed] : [fact]);
  // "What is included?" right after a price is about the price, which no search has looked for yet.
  if (tool && !searched && has(scene, 'search_knowledge')) return [search(`${question} ${aboutTool(tool)}`)];
  if (answer.coverage >= ANSWERED) {
    const pieces = statementPieces(answer.statements);
    return offer ? withOffer(scene, message, pieces) : pieces;
  }
  const query = topic ? `${question} ${topic.title}` : widened(question);
  const worthwhile =
    topic !== null || (contentStems(message).length > 0 && (scene.passages.length === 0 || query !== question));
  if (!searched && worthwhile && has(scene, 'search_knowledge')) {
    return [search(query)];
  }
  return [text(turnBack(scene, answer))];
}

function search(query: string): Piece {
  return { kind: 'call', name: 'search_knowledge', input: { query: query.slice(0, 1_000) } };
}

/** The customer's tool that gave the last answer, if one did. */
function justRun(scene: Scene): Anthropic.Tool | null {
  const calls = scene.exchanges.at(-2)?.calls.filter(({ failed }) => !failed) ?? [];
  return customerTools(scene).find(({ name }) => calls.some((call) => call.name === name)) ?? null;
}

/** What a tool is about, in everyday words: "quote price". */
function aboutTool(tool: Anthropic.Tool): string {
  const keys = keysOf(tool);
  return [...keys, ...keys.flatMap(otherWords).slice(0, 3)].join(' ');
}

/** True where a message speaks of what was just said, or of nothing by name. */
function pointsBack(message: string): boolean {
  return contentStems(message).length === 0 || LEANING.test(message);
}

/** What was said before the question, as far as the question leans on it. */
function earlierWords(
  scene: Scene,
  { question, aside, spoken }: { question: string; aside: string; spoken: string },
): string {
  return leans(question) || spoken ? `${aside} ${spoken} ${scene.exchanges.at(-2)?.customer ?? ''}` : aside;
}

/** Names the article that was spoken of; its citation is the link. */
function readMore({ title, passages }: Topic): Piece[] {
  const [passage] = passages;
  const statement = { text: passage?.sentences[0] ?? '', passage: passage ?? null, at: 0 };
  return [{ kind: 'text', text: `You can read more in our article "${title}".`, statements: [statement] }];
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
function parts(message: string): { question: string; aside: string; told: string } {
  const sentences = clauses(message);
  const questions = sentences.filter(looksLikeQuestion);
  // "Still there? What is …": the question is the one that asks for something.
  const telling = questions.filter((part) => contentStems(part).length > 0);
  const asked = telling.length > 0 ? telling : questions;
  if (asked.length === 0 || asked.length === sentences.length) return { question: message, aside: '', told: '' };
  const question = asked.join(' ');
  // "I bought a car. Can you insure it?": the rest names what is asked about.
  const rest = sentences.filter((part) => !asked.includes(part)).join(' ');
  if (subjects(question).length <= 1) return { question: message, aside: '', told: rest };
  return { question, aside: rest, told: '' };
}

const LEANING = /^\s*(?:and|what about|how about|but|or|so)\b|\b(?:it|its|that|this|these|those|they|them)\b/i;

/** True where a message cannot be understood without what was said before it. */
function leans(message: string): boolean {
  return contentStems(message).length <= 1 || LEANING.test(message);
}

export function looksLikeQuestion(message: string): boolean {
  return /\?|^\s*(?:(?:and|so|but|ok|okay|also|hi|hello|hey),?\s)?(?:what|how|why|when|where|who|which|can|could|do|does|did|is|are|will|would|should|tell|explain)\b/i.test(
    message,
  );
}

/** The answer to a side question, or nothing where there is none to give. */
export function answerPieces(scene: Scene, question: string): Piece[] {
  const topic = pointsBack(question) ? topicOf(scene) : null;
  const answer = answerFrom(scene, question, { topic });
  return answer.coverage >= ANSWERED ? statementPieces(answer.statements) : [];
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
