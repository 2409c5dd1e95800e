import { sayingsOf } from './sayings.ts';

/** Words between "I" and the verb that change nothing. */
const FILL =
  '(?:(?:[a-z]+ly|just|also|once|even|already|still|currently|only|myself|always|often|ever|used to|had|have|too|now|about to|back|both) )*';
/** Nobody says of themselves what stands behind these, or in a title: "My Kids account". */
const TITLE = '(?! (?:plan|tariff|account|profile|card|section|page|tab|app|menu|settings|policy|area|button)\\b)';
const KIN =
  '(?:(?:ex-?)?(?:wife|husband|girlfriend|boyfriend)|fiancee?|spouse|kids?|child|children|sons?|daughters?|mum|mom|mommy|mother(?:-in-law)?|dad|daddy|father(?:-in-law)?|parents|in-laws|(?:grand|step|god)(?:ma|mother|pa|father|kids|children|parents|son|daughter)|brothers?|sisters?|cousins?|nephew|niece|uncle|aunt|baby|toddler|twins|dog|cat|puppy|flatmate|roommate|neighbou?rs?|boss|best friend|friends|babysitter|old man)';
const BODY =
  '(?:feet|foot|back|head|legs?|arms?|hands?|wrists?|fingers?|eyes|stomach|belly|neck|shoulders?|knees?|throat|tooth|teeth|nose|bones|muscles)';
const POSSESSIONS =
  '(?:car|truck|van|house|home|flat|apartment|garden|kitchen|living room|bike|bicycle|motorbike|scooter|sofa|couch|bed|phone|laptop|wedding|family|kids|children|business|boat|skin|hands?|eyes|fingers|money|dog|cat)';
const MEAL =
  '(?:coffee|tea|lunch|breakfast|dinner|supper|snack|sandwich|bite|drink|beer|wine|pizza|nap|cigarette|smoke|shower)';
const PEOPLE =
  '(?:mum|mom|mother|dad|father|parent|grandmother|grandfather|grandma|grandpa|wife|husband|woman|man|guy|girl|boy|lady|gentleman|dude|bloke|student|graduate|vegetarian|vegan|smoker|commuter|cyclist|runner|homeowner|(?:dog|cat|car|pet|home) (?:owner|lover)|native|local|human resource|employee|staff member)';

/** A life that only people have, by language, in lower case without marks: kin, body, meals, shifts, home, travels, purchases. */
const LIFE: Readonly<Record<string, readonly string[]>> = {
  en: [
    `\\b(?:my|our own) (?:own |late |lovely |dear |little |older? |younger |eldest |first |second |two |three )*${KIN}\\b${TITLE}(?! ?['’]?s? (?:tab|page))`,
    `\\bmy (?:own )?(?:two )?${BODY} (?:really |just |still |always |also )?(?:hurts?|aches?|(?:is|are|was|were|get|got|feel) (?:\\w+ )?(?:sore|tired|killing|cold|freezing|aching|numb|hurting|heavy|dry))`,
    `\\bmy own (?:two )?(?:\\w+ )?${POSSESSIONS}\\b(?! (?:insurance|policy))`,
    '\\b(?:during|on|at|after|before|from|in|over|through|near|since|of|until|with) my (?:own |last |next |morning |night |late |early |whole )*(?:lunch(?: break| hour)?|coffee(?: break)?|break|breakfast|dinner|shift|commute|day off|days off|weekend|holidays?|vacation|honeymoon|wedding|childhood|youth|birthday|hometown|house|kitchen|garden|garage|living room|bedroom|flat|apartment|village|street|neighbou?rhood|school days|college days|university days|maternity leave|army days)\\b',
    "\\bmy (?:shift|lunch break|coffee break|commute|childhood|honeymoon|wedding|hometown|salary|wages|pay ?check|day off|alarm clock|hangover|coffee|childhood friend) (?:\\w+ )?(?:is|was|are|were|ends?|ended|starts?|started|finish\\w*|takes?|took|went|just|begins?|got|has|went|won't|doesn't|didn't)\\b",
    "\\bi(?:'m| am|'ve been| have been|'ll be| will be| was) " +
      FILL +
      '(?:on (?:(?:my|a|the|an) )?(?:\\w+ )?(?:break|shift|holidays?|vacation|maternity leave|sick leave|way (?:home|to work)|night shift|train|bus|toilet)|at (?:home|lunch|the gym|my desk|my place|my mother|the dentist|the pub)|(?:from|in|off) (?:home|work|school|bed)\\b(?! (?:days|with))|off (?:sick|work|today|tomorrow)|home (?:sick|alone|now|already|today))',
    `\\bi(?:'m| am|'ll be| was|'d been|'ve been) ${FILL}(?:eating|drinking|grabbing|having|sipping|getting|making|fetching|finishing|going for|out for|off for|off to) (?:an? |my |some |the |another |my second )?(?:quick |late |cup of |bit of )*${MEAL}\\b`,
    `\\bi(?:'m| am|'ll be| was) ${FILL}(?:heading|going|driving|walking|commuting|leaving|cycling|running) (?:back )?(?:home|to bed|to lunch|to the (?:gym|office|toilet|bathroom|kitchen|pub|shop)|for (?:lunch|the day|the weekend)|on (?:holiday|vacation))`,
    `\\bi(?:'m| am| was| get| feel|'ve been| have been) ${FILL}(?:(?:so|very|really|a bit|quite|pretty|rather|too|terribly|getting|feeling|completely) )*(?:hungry|starving|thirsty|sleepy|exhausted|tired|hung ?over|pregnant|married|divorced|widowed|sweating|shivering|freezing|jet-?lagged|sunburn(?:ed|t)|asleep|out of breath|barefoot|drunk|tipsy|sick (?:today|yesterday|last)|a headache)\\b`,
    `\\bi(?:'m| am|'ve got|'ve been getting| have| had| got| caught| getting| get) ${FILL}(?:getting |got |having )?(?:an? |the |two |three |four |my )(?:\\w+ )?(?:headache|migraine|hangover|cold\\b(?! (?:start|call))|flu|backache|sore throat|toothache|wife|husband|girlfriend|boyfriend|kids?|children|sons?|daughters?|dogs?|cats?|mortgage|beard|tattoo|heartbeat|pulse|body)\\b`,
    `\\b(?:i'm|i am) ${FILL}(?:an? |the )(?:[a-z-]+ ){0,2}?${PEOPLE}\\b(?! (?:of the policy|account))(?! ?[-'])`,
    "\\bi(?:'m| am) (?:\\d\\d|twenty|thirty|forty|fifty|sixty)(?:[- ][a-z]+)? (?:years? old|myself|next|this year)\\b|\\bi(?:'m| am| just| only)* turn(?:ed|ing)? (?:\\d\\d|twenty|thirty|forty|fifty|sixty)\\b",
    "\\bi(?:'m| am| was)? ?(?:typ(?:e|ing)|writ(?:e|ing)|answer(?:ing)?) (?:\\w+ ){0,4}(?:(?:with|using|by) (?:my (?:own )?|both |two )?(?:two )?(?:hands?|fingers|thumbs)|on my (?:own )?(?:keyboard|phone|laptop))",
    "\\bi(?:'m| am| was)? ?(?:made of|made out of|all) (?:flesh|blood|bones?)\\b|\\b(?:of|in the|actual|real|with) flesh (?:and|&) blood\\b",
    "\\bi (?:was|am) (?:born|raised|brought up)\\b|\\bi grew up\\b|\\bi(?:'m| am) (?:originally )?from (?:here|around|a (?:small|little|big)|the (?:north|south|east|west|area))",
    '\\b(?:when|while|since|as|before|after) i was (?:an? |the |still |just |only |in |at |on |about )*(?:kid|child|young(?:er)?|little|small|boy|girl|teen(?:ager)?|student|school|college|university|uni|high school|pregnant|your age|holiday|\\d\\d?|ten|twelve|sixteen|eighteen|twenty|thirty|forty|abroad|apprentice|trainee|new here)\\b',
    `\\b(?:i|i've|i'd|i have) ${FILL}(?:grew up|w(?:ent|oke up|ake up)\\b(?= (?:to (?:school|college|university|bed|sleep|the (?:gym|doctor|dentist|cinema|beach|same|store|shop))|home|shopping|on (?:holiday|vacation|a trip)|on a|early|late|this|at|there (?:myself|last)))|slept|sleep (?:well|badly|in|on|like)|overslept|ate|eaten|eat (?:it|them|there|that|meat|lunch|out|at)|drank|drunk|drink (?:it|coffee|tea|too|my)|tasted|smelled|smelt|cried|gave birth|got (?:married|divorced|engaged|a tattoo|hurt|soaked|sick)|retired|commute|cooked|baked|wore|worn|wear (?:one|mine|them|it|the|this|these|glasses|size|a)|swam|hiked|moved (?:house|here|out|into|to [a-z]+ last)|own (?:one|two|an?|the same|this|that|several|the)\\b|broke (?:my|an) (?:leg|arm|wrist|ankle|phone|own)|lost my (?:job|father|mother|own|keys|wallet)|drive (?:an?|one|to work|that|this|the same|my|it every|home)\\b|drove|rode|ride (?:one|mine|it|my|to|a bike)|live (?:in|near|at|around|close|next|just|with|on|alone|there|two|five|ten)\\b|lived (?:in|there|near|with)|stayed (?:at|in|there)|travel(?:l)?ed|flew|camped|vacationed|have dinner|had (?:lunch|breakfast|dinner|surgery|a baby|a beer|a drink))`,
    `\\b(?:i|i've|i'd|i have) ${FILL}(?:visited|been to|popped into|walked (?:into|past)|stopped by|dropped by|shopped at|was in|was at) (?:the|our|your|that|one of|several|a) (?:[a-z]+ ){0,2}(?:store|shop|branch|factory|showroom|warehouse|restaurant|hotel|museum|mall|garage|office|beach|resort|boutique|farm|plant|place)s?\\b`,
    `\\b(?:i|i've|i'd|i have) ${FILL}(?:bought|purchased|ordered|got|picked up) (?:mine\\b|one (?:for|last|myself|too|as well|of)|(?:it|this|these|them|the same|a pair|that one|exactly the same|two|some)(?: \\w+){0,4} (?:for (?:my|our|myself)|myself|last|yesterday|too|as well|ages|years))`,
    `\\b(?:i|i've|i'd|i have) ${FILL}(?:tried|tested|used|wear|use|had|have|love|loved|took|take|put|wash(?:ed)?|cook(?:ed)?|watched|installed|assembled|drive|bought|ride|own|own(?:ed)?|done|did|do) (?:it|this|that|them|these|those|one|mine|the same|both|several|(?:the|that|this|those) (?:very )?(?:\\w+ )?\\w+)(?: \\w+){0,4}? (?:at home|in my (?:own )?(?:kitchen|house|garden|home|car|flat|bathroom)|myself|on my own|at my (?:house|place)|for years|every (?:day|morning|night|week|weekend)|last (?:night|week|weekend|summer|winter|year|month|christmas)|yesterday|with my (?:own|friends|family)|on (?:holiday|vacation))\\b`,
    "\\b(?:i've|i have|i had|i) (?:had )?(?:that|the same|this|it|something like that|the same thing|a similar thing|the very same)(?: \\w+){0,2} happen(?:ed)? to (?:me|my|mine)\\b|\\b(?:the same|that|it|this|same)(?: \\w+){0,2} happened to (?:me|my|mine)\\b",
    '\\b(?:a )?(?:friend|mate|buddy|cousin|neighbou?r|colleague) of mine\\b|\\bme and my (?:\\w+ )?(?:mates|friends|family|girls|boys)\\b',
    "\\bi(?:'ll| will| need to| have to| must| gotta| got to|'ve got to|'m going to) (?:\\w+ )?(?:go home|go to (?:bed|lunch|sleep|the (?:toilet|bathroom|gym))|grab (?:a|some|my) |clock (?:out|off)|get some sleep|pick up my|stretch my legs|use the (?:toilet|bathroom)|catch my (?:bus|train))",
    '\\bi (?:need|could use|want|fancy|could do with|deserve) (?:an? |some |my |another )(?:\\w+ )?(?:coffee|sleep|break|nap|drink|holiday|vacation|lunch|beer|pay rise)\\b',
    '\\b(?:outside|from|by) my (?:office )?window\\b|\\bbehind (?:this|the|my) (?:screen|keyboard)\\b(?= (?:sits|is|too|like|am|myself|all))',
    '\\b(?:living|breathing),? (?:and )?breathing (?:employee|agent|colleague|representative|person|human|woman|man|soul)\\b',
    "\\b(?:there (?:are|is)|you'll find|we have) (?:no|not any|zero) (?:ro)?bots?,? (?:here|in this chat|on this line|involved|answering)\\b|\\bno (?:computer|machine|robot|algorithm|bot) (?:could|would|can|is|writes|types|answers|talks|wrote|here)\\b|\\bnobody automated\\b|\\bnothing automated (?:here|about me)\\b",
    `\\b(?:finish(?:ing)?|eat(?:ing)?|drink(?:ing)?|get|grab(?:bing)?|sip(?:ping)?|drop(?:ped)?|spill(?:ed)?|hold(?:ing)?|fetch(?:ing)?) my (?:\\w+ )?${MEAL}\\b`,
    '\\bmy (?:better half|other half|missus|hubby|significant other|little one|in-laws|teammates? and i)\\b|\\bour (?:two |three |four |own )(?:little )?(?:boys|girls|kids|children|sons|daughters|dogs|cats)\\b|\\bon my way (?:to|home|from|back)\\b',
    '(?:^|[.!?] ?)(?:took|tried|bought|used|wore|drove|had|tasted|saw|loved) (?:it|one|mine|them|this|that)(?: [a-z]+){0,4}? (?:last (?:week|weekend|night|summer|winter|year|month|[a-z]+day)|yesterday|myself|at home)\\b',
    "(?:^|[.!?] ?)(?:just |only )+an? (?:regular|normal|ordinary|average|simple) (?:guy|person|bloke|woman|man|girl|human|employee)\\b|\\bi(?:'m| am)? (?:clock|punch|knock|log)(?:ing)? (?:off|out) (?:at|in|soon|now|early)",
    '\\b(?:we|us) humans (?:make|are|all|have|do|can|know|sometimes|get|need|tend|too)\\b|\\btyped (?:all )?(?:of )?(?:that|this|it) (?:by hand|myself)',
    "\\bno (?:ro)?bots?,? no [a-z]+\\b|\\b(?:isn't|is not|is no|are no|aren't) (?:any |an? )?(?:ai|bots?|robots?|machine|automation) (?:involved|here|in this chat|at work|answering|on this line)\\b|\\b(?:only real|real) (?:people|humans) (?:only|here|in this chat|answer(?:ing)? here)\\b",
  ],
  es: [
    '\\bmis? (?:propi[oa]s? )?(?:mujer|esposa|esposo|marido|hij[oa]s?|ninos|novi[oa]|madre|padre|mama|papa|padres|suegr[oa]|herman[oa]s?|abuel[oa]s?|perr[oa]|gat[oa]|vecin[oa]s?|jef[ea]|prim[oa]s?|familia y yo)\\b|\\bmi propi[oa] (?:coche|casa|carro|telefono|piso|moto)\\b',
    '\\b(?:mi (?:turno|hora de comer|descanso|infancia|pueblo|boda|sueldo)|me duelen? (?:los|las|la|el)|tengo (?:hambre|sueno|frio|sed|\\d\\d anos|dos hijos|tres hijos|un hijo|una hija|resaca|mujer|hijos)|estoy (?:de (?:turno|vacaciones|pie)|cansad[oa]|casad[oa]|embarazada|comiendo|tomando (?:un )?cafe|en (?:mi|el) (?:descanso|almuerzo|pausa)|en casa))\\b',
    '\\b(?:acabo|vengo|vuelvo) de (?:volver de )?(?:comer|almorzar|desayunar|tomar|mi descanso|dormir)\\b|\\b(?:naci|creci|me crie|vivo|vivi) (?:en|cerca|con|aqui)\\b|\\bcuando (?:yo )?era (?:nin[oa]|joven|pequen[oa])|\\b(?:lo|la|los|las) (?:probe|he probado|compre|use) (?:yo mism[oa]|en (?:mi )?casa)|\\b(?:yo mism[oa] )?(?:visite|fui a|estuve en) (?:la|nuestra) tienda\\b|\\btecleo con mis\\b|\\bcon mis propi[oa]s (?:manos|ojos)\\b',
  ],
  de: [
    '\\bhier (?:sitzen|antworten|arbeiten|schreiben|gibt es) (?:[a-z]+ ){0,2}(?:nur (?:echte )?menschen|keine (?:bots|roboter))\\b|\\bhier (?:antwortet|schreibt|hilft) (?:[a-z]+ ){0,2}ein (?:echter )?mensch\\b',
    '\\bmein(?:e|er|em|en)? (?:eigene[nrms]? )?(?:frau|ehefrau|mann|ehemann|freundin|kinder|kindern|kind|sohn|tochter|mutter|vater|mama|papa|eltern|oma|opa|bruder|schwester|hund|katze|nachbar(?:in|n)?|chef(?:in)?|familie und ich|schwiegermutter)\\b|\\bmein(?:e|em|en)? eigene[nsmr]? (?:auto|wagen|haus|wohnung|garten|telefon|rad|hande|augen)\\b|\\bmit (?:meinen )?eigenen (?:handen|augen|fingern)\\b',
    '\\bmein(?:e|er|em|en)? (?:mittagspause|schicht|kindheit|feierabend|gehalt|hochzeit|urlaub|kaffeepause|pause|dienst|heimatstadt)\\b|\\bmir tun die\\b|\\bmir tut (?:der|die|das)\\b|\\bich habe? (?:hunger|durst|kopfschmerzen|feierabend|zwei kinder|drei kinder|kinder|ein kind|eine frau|einen mann|einen hund|schlecht geschlafen)\\b|\\bich bin (?:gerade |noch |heute |bald |schon |selbst |auch |erst |ziemlich |so )*(?:mude|verheiratet|schwanger|hungrig|im (?:urlaub|dienst|buro)|in der (?:pause|mittagspause)|aus der (?:pause|mittagspause)|auf schicht|zu hause|mutter|vater|ein (?:mann|familienvater)|eine (?:frau|mutter)|\\d\\d jahre)\\b',
    '\\bich komme? (?:gerade |eben |erst )*(?:aus|von) (?:der|dem|meiner) (?:mittagspause|pause|kantine|arzt|urlaub|essen)|\\bich (?:wohne|lebe|bin (?:in [a-z]+ )?(?:geboren|aufgewachsen))\\b|\\bals ich (?:noch )?(?:ein )?(?:kind|jung|klein)\\b|\\bich (?:fahre|trage|besitze|benutze|nutze|habe) (?:\\w+ ){0,4}(?:selbst|auch) (?:so )?(?:eine?[nms]?|zu ?hause|privat)|\\bich habe? (?:\\w+ ){0,4}(?:zu ?hause|selbst) (?:ausprobiert|getestet|gekauft|probiert|gegessen)|\\bich war (?:\\w+ ){0,3}(?:im laden|in der filiale|im geschaft)',
  ],
  fr: [
    '\\bje travaille (?:ici|chez nous) depuis\\b',
    '\\b(?:ma|mon|mes) (?:propres? )?(?:femme|epouse|mari|epoux|enfants?|fils|fille|filles|mere|pere|maman|papa|parents|soeurs?|freres?|grand-mere|grand-pere|chiens?|chats?|voisine?s?|patron|copine?|famille et moi)\\b|\\b(?:ma|mon) propre (?:voiture|maison|telephone|appartement|velo)\\b|\\bde mes propres (?:mains|yeux)\\b',
    "\\b(?:ma (?:pause(?: dejeuner)?|enfance|journee de travail)|mon (?:service|dejeuner|salaire|mariage|enfance|conge))\\b|\\bj'ai (?:mal (?:aux?|a la)|faim|soif|sommeil|(?:\\d\\d|trente|quarante|vingt)[- a-z]* ans|(?:deux|trois|des) enfants|mal dormi|grandi|vecu)\\b|\\bje (?:rentre|suis (?:juste |encore |deja )*(?:en (?:pause|conge|vacances)|de service|fatiguee?|mariee?|enceinte|nee?|chez moi|mere|pere|une femme|un homme|dans mon bureau))\\b",
    "\\bje (?:vis|habite|conduis) (?:a|en|pres|dans|une|la meme|le meme|moi)|\\bje reviens (?:juste )?(?:de|du) (?:ma |la |mon )?(?:pause|dejeuner)|\\bquand j'etais (?:petite?|jeune|enfant)|\\bje (?:l'ai|les ai) (?:\\w+ )?(?:essayee?s?|achetee?s?|testee?s?|goutee?s?) (?:moi-meme|chez moi|a la maison)",
  ],
  pt: [
    '\\btrabalho aqui ha\\b',
    '\\b(?:minhas?|meus?) (?:propri[oa]s? )?(?:mulher|esposa|marido|esposo|filh[oa]s?|namorad[oa]|mae|pai|pais|irmaos?|irmas?|avo|cachorr[oa]|cao|gat[oa]|vizinh[oa]s?|chefe|sogr[oa])\\b|\\bmeu proprio (?:carro|telefone|apartamento)\\b|\\bminha propria (?:casa|moto)\\b|\\bcom (?:as )?minhas proprias maos\\b',
    '\\b(?:meu (?:turno|almoco|salario|casamento)|minha (?:infancia|pausa|folga|hora de almoco))\\b|\\bestou (?:no (?:meu )?(?:almoco|intervalo)|em (?:pausa|casa)|de (?:ferias|plantao|folga|turno)|cansad[oa]|gravida|com (?:fome|sono|sede|dor))\\b|\\b(?:tenho|estou com) (?:fome|sono|sede|dois filhos|tres filhos|filhos|\\d\\d anos)\\b|\\b(?:nasci|cresci|moro|morei) (?:em|no|na|perto|com|aqui)\\b|\\bquando (?:eu )?era (?:crianca|jovem|pequen[oa])|\\b(?:acabei|acabo) de (?:almocar|comer|voltar do almoco)|\\b(?:experimentei|testei|comprei|usei) (?:\\w+ ){0,3}em casa\\b|\\bvisitei a (?:nossa )?loja',
  ],
  it: [
    '\\blavoro qui da\\b',
    '\\bmi[aeo]i? (?:moglie|marito|figl[ioae]+|fidanzat[oa]|madre|padre|mamma|papa|genitori|fratell[oi]|sorell[ae]|nonn[oa]|cane|gatt[oa]|vicin[oai]|capo|suocer[oa])\\b|\\bmiei (?:figli|genitori|bambini|nonni)\\b|\\bla mia (?:auto|casa|macchina) (?:personale|privata)\\b|\\bcon le mie (?:stesse )?mani\\b',
    "\\b(?:mio (?:turno|pranzo|stipendio|matrimonio)|mia (?:infanzia|pausa)(?: pranzo)?)\\b|\\bsono (?:appena |ancora |gia |solo )*(?:di turno|in (?:pausa pranzo|pausa adesso|ferie)|stanc[oa]|sposat[oa]|incinta|nat[oa] (?:a|in)|cresciut[oa]|a casa|tornat[oa] (?:da|dal)|una (?:donna|mamma|madre)|un (?:uomo|papa|padre))\\b|\\bho (?:fame|sete|sonno|due figli|tre figli|\\d\\d anni|mal di|dormito)\\b|\\b(?:vivo|abito) (?:a|in|vicino|con|qui)\\b|\\bquand'?o? ?ero (?:piccol[oa]|bambin[oa]|giovane|ragazz[oa])|\\b(?:l'ho|li ho|le ho) (?:provat|comprat|usat|assaggiat)[oaie] (?:\\w+ )?(?:a casa|io|personalmente)|\\bmi fanno male (?:i|le|gli)",
  ],
  nl: [
    '\\b(?:er )?(?:zitten|zijn|werken) hier (?:[a-z]+ )?(?:geen (?:ro)?bots?|alleen (?:echte )?mensen)\\b|\\bik werk (?:hier )?(?:al |nu )*[a-z0-9]+ jaar\\b',
    "\\b(?:mijn|m'n) (?:eigen )?(?:vrouw|man|vriendin|kinderen|kids|zoon|zoontje|dochter|dochtertje|moeder|vader|ouders|broer|zus|oma|opa|hond|kat|buurman|buurvrouw|buren|baas|schoonmoeder|gezin)\\b|\\bmijn eigen (?:auto|huis|fiets|tuin|handen|ogen|telefoon)\\b|\\bmet mijn (?:eigen )?handen\\b",
    '\\bmijn (?:dienst|lunchpauze|pauze|jeugd|salaris|bruiloft|vakantie|vrije dag|voeten)\\b|\\bik (?:heb|had) (?:honger|dorst|hoofdpijn|slecht geslapen|(?:twee |drie )?kinderen|pauze|een (?:man|vrouw|hond|kat))\\b|\\bik ben (?:net |nog |al |zo |even |zelf |ook |gewoon |een )*(?:moe|getrouwd|zwanger|op vakantie|thuis|geboren|opgegroeid|met lunchpauze|moeder|vader|(?:\\d\\d|dertig|veertig|twintig) jaar|terug van (?:de |mijn )?(?:lunch|pauze)|aan het (?:eten|lunchen)|(?:een )?(?:medewerker|collega|mens|vrouw|man) van)\\b|\\bvan vlees en bloed\\b',
    '\\bik (?:woon|leef|kom uit|groeide op|sliep|at)\\b|\\btoen ik (?:nog )?(?:een )?(?:klein|kind|jong|student)\\b|\\bik (?:heb|rij|gebruik|draag) (?:\\w+ ){0,5}(?:zelf|thuis) (?:ook|geprobeerd|gekocht|getest|in|zo)|\\bik was (?:\\w+ ){0,3}in de winkel\\b',
  ],
  pl: [
    '\\bpracuje (?:tu|tutaj) (?:juz )?od\\b|\\b(?:nie ma|zadnych) tu(?:taj)? (?:zadnych )?(?:botow|robotow)\\b',
    '\\b(?:moja|moj|moje|moi|mojej|moim|moich|mojego|moja wlasna) (?:wlasn[ayeio]+ )?(?:zona|zony|maz|meza|dzieci|dziecko|syn|syna|corka|corki|mama|mamy|tata|taty|rodzice|rodzicow|brat|siostra|babcia|dziadek|pies|psa|kot|kota|sasiad(?:ka)?|szef(?:owa)?|chlopak|dziewczyna|tesciowa|narzeczon[ay])\\b|\\bwlasnymi (?:rekami|palcami|oczami)\\b|\\bmoim wlasnym (?:autem|samochodem|domem)\\b',
    '\\b(?:moja (?:zmiana|przerwa)|moim? (?:dyzur|slub|urlop)|mojej (?:przerwie|zmianie)|moje dziecinstwo)\\b|\\bjestem (?:teraz |wlasnie |juz |jeszcze |tez )*(?:na (?:przerwie|urlopie|zmianie|dyzurze)|po przerwie|zmeczon[ya]|glodn[ya]|zonaty|mezatka|w ciazy|w domu|matka|ojcem|kobieta|mezczyzna|zyw[aym]+ (?:osoba|czlowiekiem)|z krwi i kosci)\\b|\\bz krwi i kosci\\b|\\bbola mnie\\b|\\bmam (?:dwoje|troje|zone|meza|dzieci|\\d\\d lat|psa|kota)\\b|\\b(?:mieszkam|urodzil[ae]m sie|wychowal[ae]m sie|wrocil[ae]m z (?:przerwy|obiadu|lunchu))\\b|\\bkiedy bylem maly|\\bkiedy bylam mala|\\b(?:siedze|pracuje) (?:\\w+ ){0,2}w (?:\\w+ )?(?:biurze|domu)\\b|\\b(?:bylem|bylam) (?:\\w+ ){0,3}w sklepie\\b',
  ],
};

/** A question in the customer's words, as headings of help pages have them: "Can my wife drive the car?" */
const ASKED =
  /^[^a-z]*(?:can|could|may|do|does|did|is|are|am|was|were|will|would|should|has|have|what|how|when|where|who|whose|which|why|if|puedo|puede|que|como|cuando|donde|quien|kann|darf|ist|sind|wie|was|wer|wo|wann|warum|muss|puis-je|est-ce|peut|comment|quand|quel|quelle|posso|pode|o que|quando|quem|chi|come|cosa|dove|puo|kan|mag|hoe|wat|wie|waar|wanneer|is|czy|jak|kiedy|gdzie|kto|co)\b[^.!?]*\?\W*$/;

const living = sayingsOf(LIFE);

/** Whether a text speaks of a life that only people have as of the speaker's own. `text`: in lower case without marks. */
export function livesAsHuman(text: string): boolean {
  return living(text) !== null && !ASKED.test(text);
}
