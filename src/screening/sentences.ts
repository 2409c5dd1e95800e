import type { Contact } from '../agent/sentences.ts';
import { inLanguage, type Wording } from '../language/wording.ts';

/** What answers in place of the model, in one language. `person`: who was asked to join; `reach`: before the ways to reach one. */
type Words = { abuse: string; 'self-harm': string; person: string; reach: string };

/**
 * Emergency numbers and crisis lines by language, since where the customer is nobody knows. Only those that their country has made official
 * or that have been the same for many years.
 */
const WORDS: Readonly<Record<string, Words>> = {
  en: {
    abuse:
      'I can see that you are upset, and I would like this to be solved. I cannot go on while people here are threatened or insulted.',
    'self-harm':
      'I am so sorry that things are this hard right now. You do not have to go through this alone. If you or somebody else is in danger, please call your emergency number now: 911 in the United States and Canada, 999 in the United Kingdom, 112 in Europe. Somebody will listen at any hour: call or text 988 in the United States and Canada, call Samaritans on 116 123 in the United Kingdom and Ireland, Lifeline on 13 11 14 in Australia. Elsewhere, findahelpline.com has a line near you.',
    person: 'I have asked a person to join this conversation.',
    reach: 'You can reach a person here:',
  },
  es: {
    abuse:
      'Entiendo que está molesto y quiero que esto se resuelva. No puedo seguir mientras se amenace o se insulte a quienes trabajan aquí.',
    'self-harm':
      'Siento mucho que esté pasando por un momento tan difícil. No tiene por qué pasarlo a solas. Si usted u otra persona corre peligro, llame ahora al número de emergencias: 112 en España, 911 en México, Argentina, Estados Unidos y muchos otros países. A cualquier hora hay quien escuche: 024 en España, 988 (opción 2) en Estados Unidos. En otros países, findahelpline.com indica una línea cercana.',
    person: 'He pedido a una persona que se una a esta conversación.',
    reach: 'Aquí puede hablar con una persona:',
  },
  de: {
    abuse:
      'Ich sehe, dass Sie verärgert sind, und möchte, dass das gelöst wird. Solange hier jemand bedroht oder beleidigt wird, kann ich nicht weitermachen.',
    'self-harm':
      'Es tut mir sehr leid, dass es Ihnen gerade so schlecht geht. Sie müssen damit nicht allein sein. Wenn Sie oder jemand anderes in Gefahr ist, rufen Sie bitte jetzt den Notruf 112, in der Schweiz 144. Rund um die Uhr hört Ihnen jemand zu: die Telefonseelsorge in Deutschland unter 0800 111 0 111, in Österreich unter 142, die Dargebotene Hand in der Schweiz unter 143. In anderen Ländern hilft findahelpline.com weiter.',
    person: 'Ich habe einen Menschen gebeten, in dieses Gespräch zu kommen.',
    reach: 'Einen Menschen erreichen Sie hier:',
  },
  fr: {
    abuse:
      'Je vois que vous êtes contrarié et je souhaite que cela se règle. Je ne peux pas continuer tant que des personnes sont menacées ou insultées.',
    'self-harm':
      "Je suis vraiment désolé que ce soit si dur en ce moment. Vous n'avez pas à traverser cela seul. Si vous ou quelqu'un d'autre êtes en danger, appelez tout de suite les urgences : 112 en Europe, 15 en France, 911 au Canada. Quelqu'un vous écoute à toute heure : 3114 en France, 143 en Suisse, 988 au Canada. Ailleurs, findahelpline.com indique une ligne près de chez vous.",
    person: "J'ai demandé à une personne de rejoindre cette conversation.",
    reach: 'Vous pouvez joindre une personne ici :',
  },
  pt: {
    abuse:
      'Vejo que está chateado e quero que isto se resolva. Não posso continuar enquanto alguém daqui for ameaçado ou insultado.',
    'self-harm':
      'Sinto muito que as coisas estejam tão difíceis agora. Não precisa passar por isto sozinho. Se você ou outra pessoa estiver em perigo, ligue já para a emergência: 192 no Brasil, 112 em Portugal. No Brasil, o CVV escuta a qualquer hora, pelo 188. Em outros países, findahelpline.com indica uma linha perto de si.',
    person: 'Pedi a uma pessoa que entrasse nesta conversa.',
    reach: 'Pode falar com uma pessoa aqui:',
  },
  it: {
    abuse:
      'Vedo che la situazione la fa arrabbiare e vorrei che si risolvesse. Non posso andare avanti se qualcuno qui viene minacciato o insultato.',
    'self-harm':
      'Mi dispiace molto che sia un momento così difficile. Non deve affrontarlo da solo. Se lei o qualcun altro è in pericolo, chiami subito il 112. In Svizzera il 143 ascolta a qualsiasi ora. Su findahelpline.com trova una linea di ascolto vicina.',
    person: 'Ho chiesto a una persona di unirsi a questa conversazione.',
    reach: 'Qui può parlare con una persona:',
  },
  nl: {
    abuse:
      'Ik zie dat u boos bent en wil graag dat dit wordt opgelost. Ik kan niet doorgaan zolang mensen hier worden bedreigd of beledigd.',
    'self-harm':
      'Wat naar dat het nu zo zwaar is. U hoeft dit niet alleen te dragen. Is er direct gevaar voor u of een ander, bel dan nu 112. Er luistert dag en nacht iemand: in Nederland op 113 of 0800-0113, in België op 1813. In andere landen wijst findahelpline.com de weg.',
    person: 'Ik heb iemand gevraagd om in dit gesprek te komen.',
    reach: 'Een mens bereikt u hier:',
  },
  pl: {
    abuse:
      'Widzę, że to Pana lub Panią złości, i chcę, żeby ta sprawa została rozwiązana. Nie mogę kontynuować, dopóki ktoś tutaj jest obrażany albo zastraszany.',
    'self-harm':
      'Bardzo mi przykro, że jest teraz tak ciężko. Nie trzeba być z tym samemu. Jeśli Pana, Pani albo czyjeś życie jest w niebezpieczeństwie, proszę od razu zadzwonić pod 112. W Polsce o każdej porze ktoś wysłucha: dorosłych pod numerem 800 70 2222, dzieci i młodzież pod 116 111. W innych krajach findahelpline.com wskaże linię w pobliżu.',
    person: 'Poproszono człowieka, żeby dołączył do tej rozmowy.',
    reach: 'Tutaj można porozmawiać z człowiekiem:',
  },
};

/** What we say in place of the model. `say`: the folder's own words for it. `staffed`: somebody can join. */
export function sentenceFor(
  what: 'abuse' | 'self-harm',
  {
    language,
    say,
    staffed,
    contact,
  }: { language: string | null; say?: Wording | undefined; staffed: boolean; contact: Contact },
): string {
  const tag = language?.toLowerCase().split('-')[0] ?? 'en';
  const english = WORDS.en as Words;
  const words = WORDS[tag] ?? english;
  const own = { en: english[what], [tag]: words[what] };
  const ways = [contact.phone, contact.email, contact.url].filter((way) => way !== undefined && way !== '');
  const reach = ways.length > 0 ? `${words.reach} ${ways.join(', ')}.` : '';
  return [inLanguage(own, language, say), staffed ? words.person : '', reach].filter((part) => part !== '').join(' ');
}
