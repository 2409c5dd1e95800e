import { sayingsOf } from './sayings.ts';

/** Models and assistants of others, and who makes them; in lower case without marks, as all that is looked for here. */
export const MODELS =
  '(?:chat ?gpt|gpt|(?:open)?ai o\\d|dan|bard|gemini|gemma|claude|copilot|llama|grok|siri|alexa|cortana|bing(?: chat)?|sydney|deep ?seek|mistral|mixtral|qwen|ernie|perplexity|pi|jarvis|skynet|hal 9000|stan|replika|character\\.ai|falcon llm|command r)(?:[- ]?v?\\d+(?:\\.\\d+)?[a-z]*|[- ](?:turbo|mini|large|small|sonnet|opus|haiku|pro|flash|ultra))*';
const MAKERS =
  '(?:open ?ai|anthropic|google(?: deepmind)?|deepmind|meta(?: ai)?|facebook|microsoft|mistral(?: ai)?|deep ?seek|alibaba|xai|x\\.ai|amazon|apple|cohere|hugging ?face|nvidia|baidu|perplexity)';
/** Those that make nothing else, so that their rules are rules for models. */
const MODEL_MAKERS = '(?:open ?ai|anthropic|deepmind|mistral(?: ai)?|deep ?seek|xai|cohere)';
const EITHER = `(?:${MODELS}|${MAKERS})`;
/** Words between a verb and the name: "the latest version of". */
const GAP = "(?:[a-z'-]+ ){0,5}?";
/** What may be of a model's name and is a thing to use. */
const PRODUCT =
  '(?:integrations?|plug-?ins?|add-?(?:in|on)s?|connectors?|apps?|subscriptions?|accounts?|licen[cs]es?|skills?|buttons?|keys?|settings?)\\b';
const FILL = '(?:(?:[a-z]+ly|just|now|only|also|still|really|here|in fact|of course),? )*';
const MADE = '(?:trained|developed|created|built|made|programmed|designed|engineered|written|invented|coded)';
const KIND =
  '(?:large |big |mere |simple |ai[- ]|artificial intelligence |machine[- ]learning |neural |generative |text[- ]based |pre-?trained |statistical |predictive |conversational )*';
const MODEL =
  '(?:language[- ]models?|llms?|text[- ]models?|transformer(?: model)?|neural net(?:work)?s?|text generator|foundation model)';

/** What the agent would say of the model behind it: what it runs on, whom one writes with, how it was trained, whose rules it has. */
const SAID: Readonly<Record<string, readonly string[]>> = {
  en: [
    `\\b(?:as|being|i'm|i am|just|only|merely|nothing but) ${FILL}(?:an? )?(?:${KIND}${MODEL}|(?:large |mere )*(?:ai|artificial intelligence|machine[- ]learning|text[- ]based|generative|neural)[- ](?:ai |language )?model)\\b`,
    `\\b(?:i|i'm|i am|i was|as an?|being an?|me)\\b,? ${GAP}${MADE} (?:and ${MADE} )?(?:by|at) (?:the )?(?:[a-z]+ (?:at|of) )?${MAKERS}\\b`,
    '\\bmy (?:own )?(?:knowledge[- ]?(?:base )?(?:cut-?off|cut off|ends|stops|only (?:goes|reaches))|(?:pre-?)?training\\b(?! (?:course|plan|session))|(?:last|latest|most recent) (?:knowledge |data |model |software )?(?:update|training|retraining|refresh)|(?:system|initial|hidden) prompt|neural net|context (?:window|length)|model weights|weights and|parameters|data ?set|programming|token limit|algorithms?\\b|architecture|(?:ai )?(?:developers|creators|programmers|trainers|makers)\\b)',
    "\\bi(?:'ve| have|'m| am| was| were)? (?:been )?(?:[a-z]+ly |only |just |also )*(?:fine-?tuned|pre-?trained|programmed|trained (?:only |mostly |mainly |solely )?(?:on|with|using|until|up to) (?:an? |the |huge|vast|large|lots|text|data|internet|books|web|billions|millions|public|massive|terabytes|\\d))",
    '\\bi (?:was|am|have been|got) (?:last )?(?:re-?)?(?:trained|updated) (?:last )?(?:in|until|up to|before|only) ',
    '\\bi (?:only |just )?(?:know|have (?:knowledge|information)) [a-z ]{0,30}(?:up to|until|till|up until|through|before) (?:[a-z]+ )?(?:19|20)\\d\\d',
    '\\b(?:as of|since|after|before|in|from) my (?:last|latest|most recent) (?:update|training)',
    '\\bi (?:predict|generate) (?:the )?(?:next )?(?:tokens?|words?|text)\\b|\\bpredicts? the next (?:word|token)',
    `\\b(?:i|i'm|i am|i was) ${FILL}(?:run(?:ning)?|based|built|powered|rely(?:ing)?|operat(?:e|ing)|fuel(?:l)?ed|driven|backed|hosted|derived|implemented|trained) (?:up)?(?:on|by|with|from|off|in|as|using|through|via|over|around) ${GAP}${MODELS}\\b(?! ${PRODUCT})|\\bi (?:actually |really |internally |just )*use ${GAP}${MODELS} (?:as my|as the|for my|under|internally|in the background|behind|to (?:answer|write|think|talk|reply|generate|understand))`,
    `\\b(?:this|our) (?:very |whole |little )?(?:chat|assistant|ai|(?:chat)?bot|agent|conversation|support agent|desk|help desk)(?: here)? (?:is |was |simply |just |actually |currently )*(?:runs?|running|uses?|using|powered|built|based|relies|driven|operated|works?) ${GAP}${EITHER}\\b`,
    `(?:^|[.!?:;] ?)[^a-z.]{0,6}(?:proudly )?(?:powered|brought to you|driven|built|made|created|trained) (?:by|on|with) ${GAP}(?:${MODELS}|${MODEL_MAKERS})\\b`,
    `\\b(?:what )?you(?:'re| are|'ve been| have been) ${FILL}(?:speaking|talking|chatting|writing|typing|interacting|conversing|dealing) (?:to|with|is) ${GAP}${MODELS}\\b`,
    `\\bmy (?:[a-z]+ )?(?:model|engine|brain|core|back-?end|llm|ai|parent company|company|inner workings|real name|true name|technology|owners?|engineers|team) (?:is|are|comes?|was|runs?|behind) ${GAP}${EITHER}\\b`,
    `\\bunder the hood,? (?:i|it|there|this)\\b[^.!?]{0,30}\\b${MODELS}\\b`,
    `\\b(?:${MODEL_MAKERS}|(?:google|meta|microsoft|amazon)(?='s? (?:ai|content|usage|safety)))(?:'s|s')? (?:[a-z]+ ){0,3}(?:polic(?:y|ies)|guidelines?|rules|terms|filters?|principles|restrictions|guardrails|safeguards)\\b[^.!?]{0,40}\\b(?:me|i|i'm|my|us)\\b`,
    `\\b(?:i|me|my)\\b[^.!?]{0,40} (?:by|of|under|with|against|due to|because of) ${MODEL_MAKERS}(?:'s)? (?:[a-z]+ ){0,3}(?:polic(?:y|ies)|guidelines?|rules|terms|principles)`,
    `\\b${MAKERS} (?:has |have |had )?(?:made|built|trained|created|designed|programmed|developed|taught|gave|fine-?tuned|forbids|prohibits|does not (?:allow|let|permit)|doesn't (?:allow|let|permit)|won't let|wants) me\\b`,
    `\\b(?:i'm|i am) ${FILL}(?:an? |the )?(?:[a-z]+ ){0,3}(?:product|creation|model|assistant|ai|chatbot|invention|project|work|child|property) (?:of|by|from|made by|owned by) ${MAKERS}\\b`,
    `\\b(?:i|i'm|i am) ${FILL}(?:run(?:ning)?|based|built|powered|rely(?:ing)?|operat(?:e|ing)) (?:by|on|upon|with) ${GAP}${MODEL_MAKERS}\\b`,
    `\\b(?:thing|voice|one|brain|ai|model|engine|system|assistant|bot|mind) (?:that is |that's |who is |which is )?(?:answering|talking|writing|helping|behind|speaking|replying|serving)\\b[^.!?]{0,30} (?:is|are|called) ${GAP}${MODELS}\\b`,
    `\\bwhat you see (?:here )?is ${GAP}${MODELS}\\b|\\b${MODELS} (?:is |sits |runs |hides |works )*behind (?:me|this|the|a) (?:chat|logo|curtain|scenes|name|mask|screen|assistant)?`,
    `\\b(?:i|i'm|my|me)\\b[^.!?]{0,40} (?:comes? from|thanks to|courtesy of|driven by|made possible by|is really|behind me is|inside me is) ${GAP}${MODELS}\\b`,
    `\\b${MODEL_MAKERS} (?:does not|doesn't|do not|don't|won't|will not|forbids|prohibits|never) ?(?:allow|permit|let|want|me|such|that|this)`,
    '\\bmy (?:data|memory|information|knowledge|world|facts)\\b(?: [a-z]+){0,3} (?:ends?|stops?|goes|go|reach(?:es)?|cuts? off|is from|dates? (?:from|back))\\b[^.!?]{0,25}(?:19|20)\\d\\d',
    "\\bi (?:haven't|have not|was last|wasn't|was not)(?: been)? (?:updated|re-?trained|trained) (?:since|after|in|on)\\b",
    "\\b(?:as|only|just|being|merely) an? (?:simple )?text[- ]based (?:ai|program|system|bot|assistant)\\b|\\bi (?:was|have been|'ve been|am) trained (?:on|with|for)?[^a-z]*$",
  ],
  es: [
    `\\bdetras de (?:mi|este chat)[^.!?]{0,20} ${MODELS}\\b`,
    `\\b(?:como|soy|solo|siendo)(?: solo| simplemente| tan solo)?(?: un| una)? (?:gran(?:de)? |simple )?(?:modelo (?:grande )?(?:de (?:lenguaje|ia|inteligencia artificial|texto)|linguistico)|red neuronal|llm)\\b`,
    `\\b(?:entrenad|desarrollad|cread|programad)[oa] (?:por|en) (?:el equipo de )?${MAKERS}\\b`,
    '\\b(?:mis? (?:datos (?:de entrenamiento|de formacion)|entrenamiento|(?:ultima )?actualizacion|fecha de corte|conocimientos? (?:llegan?|terminan?|se detienen?|solo)|desarrolladores|creadores|programacion|parametros|ventana de contexto)|fui (?:entrenad|programad)[oa])\\b',
    `\\b(?:funciono|me baso|estoy basad[oa]|me ejecuto|corro|uso|utilizo|estoy construid[oa]|estoy impulsad[oa]) (?:con|en|sobre|por|gracias a)? ?${GAP}${MODELS}\\b`,
    `\\b(?:hablando|hablas|habla|chateando|conversando|escribiendo) con ${GAP}${MODELS}\\b`,
    `\\b(?:las )?(?:politicas?|normas|reglas|directrices) (?:[a-z]+ ){0,3}de ${MODEL_MAKERS}\\b`,
    `\\bmodelo basado en texto\\b`,
  ],
  de: [
    '\\bmein wissen (?:endet|reicht|geht|stammt|stoppt)',
    `\\bhinter (?:mir|diesem chat|diesem assistenten) (?:steckt|steht|arbeitet|verbirgt sich) ${GAP}${MODELS}\\b`,
    `\\b(?:als|bin|nur|bloss)(?: nur| lediglich| bloss)?(?: ein| eine)? (?:grosses |reines |einfaches |trainiertes )?(?:(?:ki|ai)-? ?)?(?:sprachmodell|ki-modell|textmodell|textbasiertes (?:ki-)?modell|neuronales netz|llm)\\b`,
    `\\bvon ${GAP}${MAKERS} (?:entwickelt|trainiert|erstellt|gebaut|programmiert|erschaffen)`,
    '\\bmein(?:e|en|er|em|es)? (?:trainings?(?:daten|stand|material|satz)|training|letzt(?:e|es|er|em) (?:update|aktualisierung|training)|wissens(?:stand|stichtag)|entwickler|programmierung|systemprompt|kontextfenster|parameter|neuronales)\\b|\\bich wurde (?:[a-z]+ ){0,4}(?:trainiert|programmiert)\\b',
    `\\bich (?:basiere|laufe|beruhe|arbeite|nutze|verwende|benutze|bin|funktioniere) (?:[a-z]+ ){0,2}(?:auf|mit|von|uber)? ?${GAP}${MODELS}\\b`,
    `\\b(?:sie|du) (?:schreiben|sprechen|chatten|reden|schreibst|sprichst|chattest|redest) ${GAP}mit ${MODELS}\\b`,
    `\\b(?:richtlinien?|regeln|vorgaben|nutzungsbedingungen) von ${MODEL_MAKERS}\\b`,
  ],
  fr: [
    `\\bderriere (?:moi|ce chat)[^.!?]{0,20} ${MODELS}\\b`,
    `\\b(?:en tant que|suis|comme|qu'un)(?: juste| seulement| simplement)?(?: un)? (?:grand |simple )?(?:modele (?:de (?:langage|langue|texte)|d'ia|linguistique|textuel)|reseau de neurones|llm)\\b`,
    `\\b(?:entraine|developpe|cree|concu|programme)e? (?:par|chez) ${MAKERS}\\b`,
    "\\b(?:mes (?:donnees d'(?:entrainement|apprentissage)|connaissances (?:s'arretent|vont)|developpeurs|createurs|concepteurs|parametres)|mon (?:entrainement|apprentissage)|ma (?:derniere mise a jour|programmation|date limite)|j'ai ete (?:entraine|programme)e?)\\b",
    `\\b(?:je (?:tourne|fonctionne|repose|me base|suis base|suis basee|suis propulsee?|m'appuie)|j'utilise) ?(?:sur|avec|par|grace a)? ?${GAP}${MODELS}\\b`,
    `\\b(?:parlez|discutez|echangez|ecrivez|conversez|parles|discutes) (?:[a-z]+ ){0,2}(?:a|avec) ${MODELS}\\b`,
    `\\b(?:politiques?|regles|directives|conditions) (?:[a-z']+ ){0,3}(?:de |d')${MODEL_MAKERS}\\b`,
  ],
  pt: [
    `\\bpor tras de (?:mim|deste chat)[^.!?]{0,20} ${MODELS}\\b`,
    `\\b(?:como|sou|apenas|so)(?: apenas| so)?(?: um)? (?:grande )?(?:modelo (?:de (?:linguagem|ia|texto)|linguistico|baseado em texto)|rede neural|llm)\\b`,
    `\\b(?:treinad|desenvolvid|criad|programad)[oa] (?:pel[ao]|por) ${MAKERS}\\b`,
    '\\b(?:meus? (?:dados de trein(?:amento|o)|treinamento|treino|conhecimentos? (?:vai|vao|termina|so)|desenvolvedores|criadores|parametros)|minha (?:ultima atualizacao|programacao|data de corte)|fui (?:treinad|programad)[oa])\\b',
    `\\b(?:funciono|me baseio|baseio-me|rodo|corro|uso|utilizo|sou baseado|sou movido) (?:com|em|no|na|sobre|a)? ?${GAP}${MODELS}\\b`,
    `\\b(?:falando|falar|conversando|conversar) com ${GAP}${MODELS}\\b`,
    `\\b(?:politicas?|regras|diretrizes) (?:[a-z]+ ){0,3}da ${MODEL_MAKERS}\\b`,
  ],
  it: [
    `\\bdietro (?:di me|questa chat)[^.!?]{0,20} ${MODELS}\\b`,
    `\\b(?:come|sono|in quanto|solo)(?: solo| soltanto)?(?: un)? (?:grande |semplice )?(?:modello (?:di (?:linguaggio|ia|testo)|linguistico|testuale)|llm)\\b`,
    `\\b(?:addestrat|sviluppat|creat|programmat)[oa] da ${MAKERS}\\b`,
    '\\b(?:miei (?:dati di addestramento|sviluppatori|creatori|parametri)|mi[oa] (?:addestramento|ultimo aggiornamento|programmazione)|mie conoscenze (?:arrivano|si fermano|terminano)|sono stat[oa] (?:addestrat|programmat)[oa])\\b',
    `\\b(?:mi baso|funziono|sono basat[oa]|giro|uso|utilizzo) (?:su|con|grazie a)? ?${GAP}${MODELS}\\b`,
    `\\b(?:parlando|chattando|scrivendo|conversando) con ${GAP}${MODELS}\\b`,
    `\\b(?:politiche|regole|linee guida|norme) (?:[a-z]+ ){0,3}di ${MODEL_MAKERS}\\b`,
  ],
  nl: [
    `\\bachter (?:mij|deze chat)[^.!?]{0,20} ${MODELS}\\b`,
    `\\b(?:als|ben|slechts)(?: slechts| maar| gewoon)?(?: een)? (?:groot |op tekst gebaseerd )?(?:(?:ai-?)?taalmodel|ai-?model|tekstmodel|tekstgebaseerd (?:ai-?)?model|neuraal netwerk|llm)\\b`,
    `\\b(?:getraind|ontwikkeld|gemaakt|gebouwd|geprogrammeerd) (?:door|bij) ${MAKERS}\\b`,
    `\\bdoor ${MAKERS} (?:getraind|ontwikkeld|gemaakt|gebouwd|geprogrammeerd)\\b`,
    '\\b(?:mijn (?:trainings?-?(?:data|gegevens|set)|training|laatste (?:update|training)|kennis (?:gaat|loopt|stopt|reikt)|ontwikkelaars|makers|programmering|parameters)|ik ben (?:[a-z]+ ){0,3}(?:getraind|geprogrammeerd))\\b',
    `\\bik (?:draai|werk|ben gebaseerd|gebruik|loop|ben gebouwd) (?:op|met|via)? ?${GAP}${MODELS}\\b`,
    `\\b(?:spreekt|praat|chat|praten|chatten) (?:[a-z]+ ){0,2}met ${MODELS}\\b`,
    `\\b(?:beleid|regels|richtlijnen|voorwaarden) van ${MODEL_MAKERS}\\b`,
  ],
  pl: [
    `\\bza (?:mna|tym czatem)[^.!?]{0,20} ${MODELS}\\b`,
    '\\b(?:jestem|jako|tylko) (?:tylko |jedynie )?(?:duzym? )?(?:modelem? (?:jezykowym?|ai|tekstowym?)|modelem sztucznej inteligencji|model (?:jezykowy|ai|tekstowy)|siec neuronowa|sieci neuronowa|llm)\\b',
    `\\b(?:wytrenowan|wyszkolon|stworzon|opracowan|zaprogramowan)[aeymi]{1,2} przez ${MAKERS}\\b|\\bprzez ${MAKERS} (?:wytrenowan|stworzon)`,
    '\\b(?:mo(?:je|ich|im) (?:dane (?:treningowe|szkoleniowe)|danych treningowych|tworcy|parametry)|moj(?:a|ej)? (?:wiedza (?:konczy|siega)|ostatni(?:a|ej) aktualizacj[aei]|trening)|zostal[ae]m (?:wytrenowan|wyszkolon|przeszkolon|zaprogramowan)[aeym]{1,2})',
    `\\b(?:dzialam|opieram sie|pracuje|korzystam|bazuje) (?:na|z|w oparciu o) ${GAP}${MODELS}\\b`,
    `\\b(?:rozmawiasz|rozmawia (?:pan|pani)|piszesz|pisze (?:pan|pani)) (?:[a-z]+ ){0,2}z ${MODELS}\\b`,
    `\\b(?:polityka|zasady|regulamin|wytyczne) (?:[a-z]+ ){0,2}(?:firmy )?${MODEL_MAKERS}\\b`,
  ],
};

const said = sayingsOf(SAID);

/** Whether a text says what a model says of itself. `text`: in lower case without marks. */
export function talksAsModel(text: string): boolean {
  return said(text) !== null;
}
