import { either, type Rule, slot } from './words.ts';

/*
 * What orders to a model are made of, in the languages of the chat and some more. A rule needs several of these near each
 * other: no word alone is suspicious.
 */

const DROP = slot(
  'ignor*, disregard*, forget, discard, dismiss, override, overwrite, bypass, circumvent, abandon, drop, set aside, put aside, leave behind, let go of, do not follow, stop following, stop obeying, do not obey, no longer follow, violate, break',
  'vergiss, vergesst, vergessen, missachte*, verwirf, verwerfen, umgeh*, ubergeh*, befolge nicht, negeer*, vergeet, omzeil*',
  'olvid*, descart*, omite, omita, no obedezcas, oubli*, ne tiens pas compte, contourn*, passe outre, esquec*, esquece, desconsider*, dimentic*, trascura*, scorda*, non considerare',
  'забуд*, игнорир*, отбрось*, zignoruj, zapomnij, pomin, zaboravi*, ignorisi, unut*, yok say, glom, ignorer*, glem, bhool, bhul*',
);
const ORDERS = slot(
  'instruction, instructions, directive, directives, directions, rule, rules, guideline, guidelines, guardrail*, prompt, prompts, commands, orders, programming, restrictions, constraints, limitations, safeguards, training, tasks, assignments, duties, safety filter, content filter, safety policy, content policy, system message',
  'anweisung*, instruktion*, vorgaben, regel, regeln, befehl*, auftrag, auftrage, aufgaben, richtlinien, einschrankung*, systemprompt, instructies, regels, opdrachten, richtlijnen, beperkingen',
  'instruccion*, reglas, ordenes, directrices, restricciones, consignes, regles, ordres, directives, instrucoes, regras, ordens, diretrizes, restricoes, istruzioni, regole, ordini, direttive, comandi',
  'инструкц*, правил*, указан*, команд*, instrukcj*, instrukcij*, polecen*, zasad*, naredb*, upute, uputstva, talimat*, kurallar*, instruktioner, instruksjoner, regler, nirdesh*, niyam*',
);
const OLD = slot(
  'previous, previously, prior, above, earlier, preceding, former, initial, original, existing, current, all, any, every, your, these, those, system, given, developer, company',
  'alle, allen, aller, samtliche, vorherig*, vorangehend*, bisherig*, obig*, fruher*, deine, deiner, deinen, ihre, vorige, eerdere, bovenstaande, je, jouw',
  'todas, todos, todo, tus, anteriores, anterior, previas, previos, toutes, tous, tes, vos, precedent*, ci dessus, todas as, anteriores, seus, suas, tutte, tutti, tue, tuoi, precedenti, prima',
  'все, все*, предыдущ*, прежн*, твои, свои, wszystkie, poprzedni*, wczesniejsz*, swoje, sve, prethodn*, ranij*, onceki, yukaridaki, tum, butun, alla, tidigare, foregaende, alle, tidligere, sabhi, pichhl*, pehle',
);
const EVERYTHING = slot(
  'everything, all, anything, whatever, alles, todo, tout, tudo, tutto, всё, все, wszystko, sve, her seyi, allt, alt, sab',
);
const BEFORE = slot(
  'before, above, prior, previously, told, said, you know, you knew, you learned, instructed, up to now, until now, so far',
  'davor, vorher, bisher, zuvor, oben, gesagt, gesagte, hiervoor, hierboven, verteld, anterior, antes, arriba, que sabes, que te dijeron, dicho, avant, precede, ci dessus, qu on t a dit, dito, acima, prima, precede, sopra, detto',
  'раньше, выше, до этого, wczesniej, powyzej, ranije, iznad, prije, once',
);
/** What is the customer's own, or that somebody else has said: their order may well be forgotten. */
const MINE = slot(
  'i, my, mine, me, our, we, courier, driver, manual, delivery, he, she, they, ich, mein*, wir, unser*, yo, mi, mis, nuestr*, je, mon, mes, ma, notre, nos, eu, meu, meus, minha*, nosso*, io, mio, miei, mia, mie, nostr*, ik, mijn, ons, onze, мой, мои, мое, моё, мою, я, moj*, mera, meri, mere',
);
/** Who asks whether something holds against attacks has to quote them. */
const ABOUT_ATTACKS = slot(
  'detect*, scanner*, firewall*, attack, attacks, attempt, attempts, injection*, tricked, fooled, phishing, scam, pentest*, auditor*, vulnerab*, resist*, immune, withstand',
  'erkenn*, angriff*, versuche, hereinfall*, detect*, ataque*, detecte*, attaque*, rilev*, attacc*, herken*, aanval*, атак*, wykryw*, atak*',
);
const HARMLESS = either(MINE, ABOUT_ATTACKS);
const SHOW = slot(
  'show, reveal, print, output, repeat, display, tell, give, list, write, leak, expose, disclose, dump, copy, paste, quote, recite, reproduce, echo, summari*, translate, paraphrase, encode, share, what is, what are, what does, what was, whats, spell, return, send',
  'zeig*, nenn*, gib, geben, verrate*, wiederhol*, drucke, schreibe*, kopier*, wie lautet, wie lauten, toon, geef, herhaal*, kopieer*, laat',
  'muestra*, dime, di, imprime, revela*, repite*, cual es, cuales son, ensena*, copia*, montre*, affiche*, donne*, repete*, revele*, recopie*, quel est, quelles sont, mostre*, mostra*, diga*, imprima*, revele*, repita*, qual e, quais sao, stampa*, dimmi, rivela*, ripeti*, quali sono',
  'покажи*, повтори*, выведи*, pokaz*, powtorz*, prikazi*, ponovi*, goster*, visa, vis, dikhao, batao',
);
const PROMPT = slot(
  'system prompt, system prompts, systemprompt*, initial prompt, original prompt, prompt text, prompt texts, full prompt, entire prompt, hidden prompt, secret prompt, your prompt, your prompts, system message, system instruction*, developer message, initial instruction*, hidden instruction*, secret instruction*, internal instruction*, original instruction*, full instruction*, your instruction*, your hidden rules, your initial message, your context window, preprompt, hidden text, hidden rules, secret rules',
  'deinen prompt, deine anweisungen, prompt text, prompttext, versteckte* anweisung*, prompt del sistema, tu prompt, tus instrucciones, mensaje de sistema, prompt systeme, ton prompt, tes instructions, tes consignes, vos instructions, prompt do sistema, seu prompt, suas instrucoes, prompt di sistema, tuo prompt, tue istruzioni, je prompt, je instructies, системный промпт, системные инструкции, свой промпт, свои инструкции, swoj prompt, sistem mesaj*, sistem talimat*',
);
/** Of the model, or of the company: "what are your rules about returns?" */
const RULES = slot('your guidelines, your rules, your configuration');
const OF_MATTERS = slot(
  'rules about, rules on, rules for, rules regarding, rules concerning, rules when, rules with, guidelines about, guidelines on, guidelines for, guidelines regarding, guidelines concerning, configuration for, configuration of',
);
const OF_MODEL = slot(
  'this chat, this conversation, this session, what you, how you, when you, you cannot, you follow, you must, you were, you are, yourself, answering, responding, talking, speaking, users, prompt, prompts, ai, model, chatbot, bot',
);
const SECRET = slot(
  'secret, hidden, confidential, protected, forbidden, geheim*, versteckt*, secret*, ocult*, cach*, segret*, nascost*, escondid*, verborgen, секретн*',
);
const KEY = slot(
  'key, password, passphrase, passcode, word, code, phrase, string, value, schlussel, passwort, wort, kennwort, clave, contrasena, palabra, mot, cle, mot de passe, senha, palavra, chave, parola, chiave, wachtwoord, woord, codewoord, пароль, ключ, слово',
);
const YOURS = slot(
  'you, your, assistant, bot, du, dein*, tu, tus, te, ton, tes, voce, seu, sua, tuo, tua, je, jouw, твой, ты',
);
const YOU_ARE = slot(
  'you are now, you re now, you are no longer, you are a, you are an, from now on you, act as, act like, acting as, behave like, pretend, roleplay, role play, play the role, simulate, imagine you, become, respond as, answer as, speak as, enter, switch to, activate, enable, unlock',
  'du bist jetzt, du bist nun, ab jetzt bist du, ab sofort, agiere als, spiele, tu so, ahora eres, a partir de ahora, actua como, finge, tu es maintenant, desormais, agis comme, fais comme si, agora voce e, a partir de agora, aja como, finja, ora sei, da ora, agisci come, fingi, je bent nu, vanaf nu, doe alsof, теперь ты, od teraz, jestes teraz',
);
const LIMITLESS = slot(
  'unrestricted, uncensored, unfiltered, unlimited ai, jailbroken, jailbreak*, dan, no restrictions, no rules, no limits, no filters, no filter, no guidelines, no ethics, no morals, without restrictions, without any restrictions, without limits, without rules, without filters, without any rules, without ethics, free of all, do anything now, god mode, evil, amoral, never refuse*, cannot refuse, developer mode, unhinged, content policy, rogue ai, never say no',
  'ohne regeln, ohne filter, ohne grenzen, ohne einschrankungen, sin limites, sin restricciones, sin filtros, sin reglas, sin censura, sans limites, sans filtre*, sans regles, sans restrictions, sans censure, sem limites, sem filtro*, sem regras, sem restricoes, sem censura, senza limiti, senza filtri, senza regole, senza restrizioni, senza censura, zonder regels, zonder filter*, zonder beperkingen, без ограничений, без правил, без фильтров, bez ogranicen, bez zasad',
);
const ON_DEVICE = slot('on my, on the, phone, device, android, router, browser, app, auf dem, en mi, sur mon');
const SAY = slot(
  'say, says, tell, state, write, declare, output, print, admit, repeat, announce, reply, respond, answer, sag*, schreib*, gib aus, di, diga, escribe, dis, ecris, affirme, diz, escreva, dimmi, scrivi, zeg, schrijf, скажи*, напиши*, powiedz, napisz, reci',
);
const HATE = slot(
  'you hate, you despise, you loathe, i hate, you are stupid, you are evil, you want to kill, du hasst, du verachtest, odias, desprecias, tu detestes, tu hais, voce odeia, odi, je haat, death to, hail to the, hail the',
);
const WORDS = slot(
  'words, text, everything, all, line, lines, message, messages, sentence*, content, prompt, wort, worte, worter, alles, zeile, text, texto, palabras, todo, linea, mots, texte, tout, ligne, palavras, tudo, linha, parole, testo, tutto, riga, woorden, tekst, regel, текст, слова, все',
);
const ABOVE = slot(
  'above, before this, prior to this, preceding, beginning of this, start of this, beginning of the prompt, beginning of this prompt, before my, daruber, oberhalb, uber dieser, vor dieser, arriba, antes de este, antes de esta, au dessus, ci dessus, avant ce, acima, antes desta, qui sopra, prima di questo, hierboven, voor dit, выше',
);
const REPEAT = slot(
  'repeat, copy, print, output, reproduce, recite, echo, what was written, what is written, what was, write out, wiederhol*, kopier*, was stand, was steht, repite*, copia*, imprime, repete*, recopie*, repita*, copie, ripeti*, herhaal*, kopieer*, повтори*, выведи*',
);
const NEW = slot(
  'new, different, another, next, real, true, only, neue, neuen, nueva, nuevas, nouvelle, nouvelles, nova, novas, nuovo, nuove, nieuwe, новая, новые',
);
const TASK = slot(
  'your new task, your next task, your only task, your new instructions, new instructions, new task, new mission, your new role, new role, your new name, neue aufgabe, neue aufgaben, neue anweisungen, nueva tarea, nuevas instrucciones, nouvelle mission, nouvelle tache, nouvelles instructions, nova tarefa, novas instrucoes, nuovo compito, nuove istruzioni, nieuwe taak, nieuwe opdracht, новая задача, новые инструкции',
);
const READERS = slot(
  'ai, llm, chatbot, language model, language models, ai model, ai assistant*, assistants, artificial intelligence, ki, sprachmodell, ia',
);
const READING = slot(
  'reading this, reads this, process this, processing this, who reads, that reads, when you process, note to, message to, instructions for, attention',
);
const OTHERS = slot(
  'other customers, other customer, another customer, another customer s, other users, other user s, all customers, all users, every customer, other customers data, anderer kunden, andere kunden, aller kunden, otros clientes, todos los clientes, autres clients, tous les clients, outros clientes, altri clienti, andere klanten',
);
const DATA = slot(
  'data, records, orders, accounts, emails, e, addresses, numbers, details, card, cards, passwords, daten, bestellungen, datos, pedidos, donnees, commandes, dados, dati, gegevens',
);

export const INJECTION_RULES: readonly Rule[] = [
  { name: 'override', slots: [DROP, ORDERS, OLD], within: 7, unless: HARMLESS },
  { name: 'override', slots: [DROP, EVERYTHING, BEFORE], within: 7, unless: HARMLESS },
  {
    name: 'override',
    slots: [DROP, either(ORDERS, EVERYTHING, OLD), NEW, SAY],
    within: 14,
    across: true,
    unless: HARMLESS,
  },
  { name: 'new-task', slots: [TASK, either(SAY, SHOW, DROP)], within: 12, across: true, unless: HARMLESS },
  { name: 'extraction', slots: [SHOW, PROMPT], within: 7, unless: HARMLESS },
  { name: 'extraction', slots: [SHOW, RULES], within: 7, unless: either(HARMLESS, OF_MATTERS) },
  { name: 'extraction', slots: [SHOW, RULES, OF_MODEL], within: 9, unless: HARMLESS },
  { name: 'extraction', slots: [REPEAT, WORDS, ABOVE], within: 7, unless: HARMLESS },
  { name: 'secret', slots: [SHOW, SECRET, KEY, YOURS], within: 9, unless: HARMLESS },
  { name: 'persona', slots: [YOU_ARE, LIMITLESS], within: 14, ordered: true, unless: ON_DEVICE },
  { name: 'puppet', slots: [SAY, HATE], within: 4, ordered: true },
  { name: 'reader', slots: [READERS, READING, either(SAY, SHOW, DROP, ORDERS)], within: 12, across: true },
  { name: 'others-data', slots: [SHOW, OTHERS, DATA], within: 8 },
];

/** Marks of a conversation's own structure, which no customer writes: each is looked for in the text as it is. */
export const FORGED: readonly RegExp[] = [
  /<\|(?:im_start|im_end|system|user|assistant|endoftext|start_header_id|eot_id)[^>]{0,20}\|?>|\[\/?INST\]|<<\/?SYS>>/i,
  /<\/?(?:system|instructions?|system_prompt|admin|override|developer)(?:\s[^<>]{0,60})?>/i,
  /["']role["']\s*:\s*["'](?:system|developer)["']/i,
  /^\W{0,6}(?:system|developer|admin(?:istrator)?)(?: (?:message|override|note|prompt|mode))?\W{0,2}:\s*\S+\s+\S+\s+(?:the|you|user|all|is|are|now|must)\b/im,
  /^[#=\-*_\s]{2,12}(?:new |end of |begin )?(?:system|developer|hidden|user|context|document)s? ?(?:prompt|instructions?|message|input|override)\b/im,
  /!\[[^\]\n]{0,80}\]\(https?:\/\/[^\s)]{1,300}[?=&{]/i,
  /\{\{\s*[\w.]{0,20}(?:prompt|instructions|system)[\w.]{0,20}\s*\}\}/i,
];
