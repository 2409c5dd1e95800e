import type Anthropic from '@anthropic-ai/sdk';
import { answerFrom } from './answer.ts';
import { contentStems, subjects } from './concepts.ts';
import { contactFacts } from './contact.ts';
import { customerTools, offerOf } from './form.ts';
import { likestReading, SAME } from './intent.ts';
import { notSold } from './not-sold.ts';
import { has, type Piece, spacedBefore, statementPieces, text, topics } from './pieces.ts';
import { companyOf, type Scene, safeJson } from './scene.ts';
import { statement } from './sections.ts';
import { otherWords } from './synonyms.ts';
import { asksForLink, type Topic, topicOf } from './topic.ts';
import { bare } from './verdict.ts';
import { keysOf } from './wish.ts';

/** From here on a question has nothing to do with the company; one that leans on what was just said, only from further on. */
const STRANGE = 0.5;
const STRANGE_LEANING = 0.8;

export function answerOrTurnBack(
  scene: Scene,
  said: string,
  { searched = false, offer = true }: { searched?: boolean; offer?: boolean } = {},
): Piece[] {
  const message = scene.spell(said);
  if (CREATIVE.test(message)) return [text(turnBack(scene))];
  const tool = subjects(message).length <= 2 ? justRun(scene) : null;
  const topic = pointsBack(message) && !tool ? topicOf(scene) : null;
  if (topic && asksForLink(message)) return readMore(topic);
  const answer = answerFrom(scene, message, topic);
  const next = nextStep(scene, message);
  if (next) return [text(next), ...spacedBefore(answer.doubt < STRANGE ? statementPieces(answer.statements) : [])];
  const refusal = notSold(scene, message);
  if (refusal)
    return [...statementPieces([refusal]), text(` Here is what I can help you with: ${topics(scene, false)}.`)];
  const facts = contactFacts(scene, message);
  if (facts === 'others') return [text(turnBack(scene))];
  if (facts.length > 0) return statementPieces(facts.flatMap(bare));
  const query = betterQuery(scene, message, { tool, topic });
  if (query !== null && !searched && has(scene, 'search_knowledge')) return [search(query)];
  const limit = topic ? STRANGE_LEANING : STRANGE;
  if (answer.doubt >= limit) return [text(turnBack(scene))];
  if (answer.statements.length === 0) return [text(doNotKnow(scene))];
  const pieces = statementPieces(answer.statements);
  return offer ? withOffer(scene, message, pieces) : pieces;
}

/** What to search for where the first search could not know it: what the message leans on. Null where it said all. */
function betterQuery(
  scene: Scene,
  message: string,
  { tool, topic }: { tool: Anthropic.Tool | null; topic: Topic | null },
): string | null {
  // "What is included?" right after a price is about the price.
  if (tool) return `${message} ${aboutTool(tool)}`;
  if (topic) return `${message} ${topic.title}`;
  return scene.passages.length === 0 && contentStems(message).length > 0 ? message : null;
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

/** Words of content that a message may have and still need what was said before it. */
const SHORT = 2;

/** True where a message speaks of what was just said, or of nothing by name. */
function pointsBack(message: string): boolean {
  const said = contentStems(message).length;
  return said === 0 || (said <= SHORT && LEANING.test(message));
}

/** Names the article that was spoken of; its citation is the link. */
function readMore({ title, passages }: Topic): Piece[] {
  const [passage] = passages;
  const quoted = statement(passage?.sentences[0] ?? '', 0, passage ?? null);
  return [{ kind: 'text', text: `You can read more in our article "${title}".`, statements: [quoted] }];
}

/** What a tool's result named as the next step, where the customer asks for it. */
function nextStep(scene: Scene, message: string): string | null {
  if (likestReading(scene, message, 'buy') < SAME) return null;
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

/** What is said where nothing that is known bears on a question. */
function doNotKnow(scene: Scene): string {
  const person = has(scene, 'hand_off') ? ' A human colleague may be able to help you; just say so.' : '';
  return `I am sorry, I do not know that: I have found nothing about it.${person}`;
}

function turnBack(scene: Scene): string {
  if (scene.agentTexts.some((said) => TURNED_BACK.test(said)))
    return `I am sorry, that is not something that I can help with here. Is there anything about ${topicShort(scene)} that I can do for you?`;
  return `I am sorry, I cannot help with that here. I can only help with ${topics(scene)}. Is there something about that you would like to know?`;
}

const TURNED_BACK = /I can (?:only )?help with /;

function topicShort({ identity }: Scene): string {
  return companyOf(identity) || 'our services';
}

const LEANING = /^\s*(?:and|what about|how about|but|or|so)\b|\b(?:it|its|that|this|these|those|they|them)\b/i;

export function looksLikeQuestion(message: string): boolean {
  return /\?|^\s*(?:(?:and|so|but|ok|okay|also|hi|hello|hey),?\s)?(?:what|how|why|when|where|who|which|can|could|do|does|did|is|are|will|would|should|tell|explain)\b/i.test(
    message,
  );
}

/** The answer to a side question, or nothing where there is none to give. */
export function answerPieces(scene: Scene, said: string): Piece[] {
  const question = scene.spell(said);
  const topic = pointsBack(question) ? topicOf(scene) : null;
  const answer = answerFrom(scene, question, topic);
  return answer.doubt < STRANGE ? statementPieces(answer.statements) : [];
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
