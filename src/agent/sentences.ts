import type { NoticeCode } from '../protocol/events.ts';

/** How a customer reaches a person: as the agent folder says it. */
export type Contact = { hours?: string; phone?: string; email?: string; url?: string };

/** What the runtime itself says, when the model cannot. One function a language; English where there is none. */
export type Sentences = {
  modelFailed: string;
  refused: string;
  tooManySteps: string;
  /** Where a guard ends the reply. */
  cutShort: string;
  noAnswer: string;
  /** An operator has switched the agent off. */
  paused: string;
  /** What may be spent is spent. */
  budgetSpent: string;
  /** After a person was asked for: by the customer's button, or by the agent without a word of its own. */
  handedOff: string;
  /** The same where nobody can join the chat. */
  noted: string;
  /** Where the reply ends with something to be confirmed, without a word of the agent's own. */
  askedCustomer: string;
  askedColleague: string;
  notices: Record<NoticeCode, string>;
};

/** The sentences in the customer's language (BCP 47) where there are any, with the company's ways to reach a person. */
export function sentencesFor(language: string | null, contact: Contact): Sentences {
  return language?.toLowerCase().startsWith('es') ? spanish(contact) : english(contact);
}

function english(contact: Contact): Sentences {
  const person = reach(contact, { phone: 'call', email: 'write to', url: 'visit', or: 'or', hours: 'Our hours are' });
  const human = person ? `To reach a person, ${person}` : 'Use "Talk to a person" to reach one of my colleagues.';
  return {
    modelFailed: `I am sorry, I cannot answer right now because of a technical problem. Your message is saved. ${human}`,
    refused: `I am sorry, I cannot help with that. I am happy to help with anything else about our services.`,
    tooManySteps: `I am sorry, I could not finish this. ${human}`,
    cutShort: `I am sorry, I cannot go on with this answer. ${human}`,
    noAnswer: `I am sorry, I have no answer to that. ${human}`,
    paused: `I am sorry, I have been switched off for now and cannot answer. Your message is saved. ${human}`,
    budgetSpent: `I am sorry, I have answered as much as I may for now. Your message is saved. ${human}`,
    noted: `I have noted that you would like to talk to a person, but nobody can join this chat. ${human}`,
    handedOff: `I have asked a colleague to join this conversation; they will answer here when they are free. ${person ? human : 'Meanwhile I am here for any question.'}`,
    askedCustomer: 'Please check this and confirm it. Nothing happens until you do.',
    askedColleague:
      'I have asked a colleague to approve this. Nothing happens until they have, and I will tell you here.',
    notices: {
      model_retrying: 'This is taking longer than usual. I am still trying.',
      model_slow: 'This is taking a little longer. I am still on it.',
      reply_restarted: 'My answer was interrupted. I am starting that part again.',
    },
  };
}

function spanish(contact: Contact): Sentences {
  const person = reach(contact, { phone: 'llame al', email: 'escriba a', url: 'visite', or: 'o', hours: 'Horario:' });
  const human = person
    ? `Para hablar con una persona, ${person}`
    : 'Pulse «Hablar con una persona» para llegar a mis colegas.';
  return {
    modelFailed: `Lo siento, ahora no puedo responder por un problema técnico. Su mensaje está guardado. ${human}`,
    refused: 'Lo siento, no puedo ayudar con eso. Con gusto le ayudo con cualquier otra cosa sobre nuestros servicios.',
    tooManySteps: `Lo siento, no he podido terminar esto. ${human}`,
    cutShort: `Lo siento, no puedo seguir con esta respuesta. ${human}`,
    noAnswer: `Lo siento, no tengo respuesta para eso. ${human}`,
    paused: `Lo siento, por ahora estoy desconectado y no puedo responder. Su mensaje está guardado. ${human}`,
    budgetSpent: `Lo siento, por ahora he respondido todo lo que puedo. Su mensaje está guardado. ${human}`,
    noted: `He anotado que desea hablar con una persona, pero nadie puede unirse a este chat. ${human}`,
    handedOff: `He pedido a un colega que se una a esta conversación; le responderá aquí en cuanto esté libre. ${person ? human : 'Mientras tanto sigo aquí para cualquier pregunta.'}`,
    askedCustomer: 'Por favor, revise esto y confírmelo. Hasta entonces no se hace nada.',
    askedColleague: 'He pedido a un colega que lo apruebe. Hasta entonces no se hace nada, y se lo diré aquí.',
    notices: {
      model_retrying: 'Esto tarda más de lo normal. Sigo intentándolo.',
      model_slow: 'Esto tarda un poco más. Sigo en ello.',
      reply_restarted: 'Mi respuesta se interrumpió. Empiezo esa parte de nuevo.',
    },
  };
}

type Words = { phone: string; email: string; url: string; or: string; hours: string };

function reach(contact: Contact, words: Words): string {
  const ways = [
    contact.phone && `${words.phone} ${contact.phone}`,
    contact.email && `${words.email} ${contact.email}`,
    contact.url && `${words.url} ${contact.url}`,
  ].filter((way) => way !== undefined && way !== '');
  if (ways.length === 0) return '';
  const last = ways.pop();
  const list = ways.length > 0 ? `${ways.join(', ')} ${words.or} ${last}` : last;
  return contact.hours ? `${list}. ${words.hours} ${contact.hours}.` : `${list}.`;
}
