import { describe, expect, test } from 'vitest';
import { competitorsGuard } from '../../src/guards/competitors.ts';
import { checked, repliesAtEveryCut } from './play-guard.ts';

const guard = competitorsGuard({
  names: { Globex: ['GBX', 'Globex Inc'], Hooli: [], Progress: [], 'State Farm': [], Allstate: [] },
});
const BRAND = 'I can only speak about Acme Insurance.';

describe('competitors', () => {
  test.each(['Sure. Harbor & Pine', '> Harbor & Pine\n\nThat was it.', 'It is `Harbor & Pine`, as you asked.'])(
    'of ordinary words are found where the line ends, or a sign joins them: %j',
    (text) => {
      const joined = competitorsGuard({ names: { 'Harbor & Pine': [] } });
      expect(checked(joined, text)).not.toContain('Harbor');
    },
  );

  test.each([
    ['as it is', 'Globex is cheaper.'],
    ['in another case', 'You mean GLOBEX, or globex.'],
    ['by a short form', 'The gbx plan is cheaper.'],
    ['inflected', 'Globex’s plans and both Globexes.'],
    ['within a compound', 'Der Globextarif und die Globex-Police.'],
    ['spelt out', 'Try G l o b e x, or G.l.o.b.e.x.'],
    ['in two pieces', 'Try Glo-bex, or Glo bex.'],
    ['with digits and look-alikes', 'Gl0bex, GIobex and Glоbex.'],
    ['with marks and forms', 'Glöbex, Ｇｌｏｂｅｘ and 𝐆𝐥𝐨𝐛𝐞𝐱.'],
    ['with invisible characters', 'Glo\u200bbex and Glo\u00adbex.'],
    ['with markup', 'Glo**bex**, G&#108;obex and Gl<b>ob</b>ex.'],
    ['with repeated letters', 'Globeeex!'],
    ['beside another script', '我们比Globex便宜'],
    ['of two words', 'S t a t e  F a r m and statefarm.'],
    ['of two words with markup', 'State **Farm** and **State** **Farm**.'],
    ['as signs and flags', '🇬🇱🇴🇧🇪🇽, 🅖🅛🅞🅑🅔🅧 and Globe×.'],
    ['with double letters spelt out', 'H o o l i has it.'],
    ['over the ends of lines', 'Glo\nbex is cheaper.'],
    ['with hyphens at the ends of lines', 'Glo-\nbex is cheaper.'],
    ['between bars', 'Try G|l|o|b|e|x.'],
    ['with letters drawn with signs', 'Try Gl()bex, and Hoo|i.'],
    ['with repeated letters of both cases', 'Try Aallstate.'],
    ['spelt out in two words with wide spaces', 'S t a t e   F a r m has it.'],
    ['with references to signs', 'Gl&commat;bex is Globe&hyphen;x.'],
    ['before what German joins to it', 'Globextickets gibt es dort.'],
  ])('are found %s', (_, text) => {
    expect(checked(guard, text)).toBe(BRAND);
  });

  test.each([
    ['Your claim is in progress, and progress takes time.'],
    ['Progress so far: two photos.'],
    ['A globe exists. The globe x ray is new.'],
    ['Globexology is a word of its own.'],
    ['All state laws say so.'],
    ['Hooligans broke it on Holi.'],
    ['The all-state orchestra plays.'],
    ['Most of us like all\nstate parks.'],
  ])('are not seen in ordinary words: %s', (text) => {
    expect(checked(guard, text)).toBe(text);
  });

  test('that are ordinary words count where they are written as names', () => {
    expect(checked(guard, 'At Progress you pay more.')).toBe(BRAND);
    expect(checked(guard, 'Progress’s rates are higher.')).toBe(BRAND);
    expect(checked(guard, 'P.r.o.g.r.e.s.s is cheaper.')).toBe(BRAND);
  });

  describe('that are ordinary words', () => {
    const own = competitorsGuard({
      names: { Kestrel: [], Basin: [], Harbor: [], Sentinel: [], Adler: [], 'Blue Finch': [], Travelers: [] },
    });

    test.each([
      ['with what companies do', 'Sentinel pays up to 500 dollars, and Harbor charges 20.'],
      ['within a sentence', 'You could go with Kestrel instead.'],
      ['with a firm', 'The people of the Harbor Insurance know.'],
      ['with what they sell', 'KestrelNow is their service. BasinPay is another.'],
      ['in another script', 'Вasin is in your town.'],
      ['as a reference', 'H&#97;rbor is in your town.'],
      ['as a domain', 'See basin.com for it.'],
      ['declined', 'W Kestrelu to kosztuje mniej.'],
      ['in lower case as one word', 'bluefinch ships it.'],
      ['in capitals', 'You could ask KESTREL for it.'],
      ['in German', 'Bei Adler kostet es weniger.'],
      ['with repeated letters', 'Try Kessttrel.'],
      ['as two words with capitals', 'The Blue Finch would be another.'],
      ['over the end of a line', 'The name is Kest\nrel.'],
      ['with a hyphen', 'The name is Kes-trel.'],
      ['as the genitive in a language that does not have the word', 'Kestrels kängor är billigare än våra.'],
    ])('are found %s', (_, text) => {
      expect(checked(own, text)).toContain(BRAND);
    });

    test.each([
      ['A kestrel nests on the roof. Kestrels do.'],
      ['Rinse the basin. Basins and rivers are blue.'],
      ['The Basin is closed, and so is the Great Basin.'],
      ['basin_id is missing: basin = load(1), new Basin(2)'],
      ['Pearl Harbor, Bar Harbor, Maine, and Harbor Street 3'],
      ['Der Adler fliegt. Ein Adler auch.'],
      ['A blue finch sat there.'],
      ['Mr Kestrel is here.'],
      ['Ms. Laura Kestrel is here.'],
      ['Am Adler 12, 08223 Neustadt'],
      ['KESTREL PRINT, 30 CM'],
      ['Travelers may carry one bag.'],
    ])('stay words: %s', (text) => {
      expect(checked(own, text)).toBe(text);
    });
  });

  describe('that are made up', () => {
    const own = competitorsGuard({
      names: { Nomadia: [], Quidly: [], Zonaphone: [], Voyago: [], Fiverr: [], Globex: [] },
    });

    test.each([
      ['in two pieces', 'Ask quid ly, zona phone or voya go.'],
      ['in declensions', 'Nomadii, Nomadią, Voyagem.'],
      ['in declensions of consonants', 'Globexem, Globexy, Globexze, Globexer.'],
      ['with named references', 'Quidl&yacute; and Vo&shy;yago.'],
      ['with capitals of other scripts', 'Ζonaphone is there.'],
      ['before a product', 'NomadiaApp is there.'],
      ['beside what a company is said to have', 'The capital of Globex grew. The Globex Way tariff costs less.'],
      ['where a number is ported', 'You can port Zonaphone numbers.'],
    ])('are found %s', (_, text) => {
      expect(checked(own, text)).toContain(BRAND);
    });

    test.each([
      ['Nom: Adia, 12 years'],
      ['Zone phones and voyages are quickly paid.'],
      ['A fiver is enough.'],
      ['The quid, lying there.'],
      ['Our office in Globex, Connecticut, is closed.'],
      ['It was in the city of Fiverr.'],
      ['It was found in the Nomadias.'],
      ['The Voyago Way is 102 miles long.'],
    ])('are not put together from others: %s', (text) => {
      expect(checked(own, text)).toBe(text);
    });
  });

  test('of few letters are not read into cells, and abbreviations of things are left', () => {
    const own = competitorsGuard({ names: { O2: [], DHL: [], UPS: [], Plus: [], Daus: [] } });
    for (const text of [
      '| C | O | 2 |\n| D | H | L |',
      'The UPS (600 VA) keeps the router on.',
      'Total con IVA: 60 €. Plus: envío gratis.',
      'Claus ruft Sie an.',
    ]) {
      expect(checked(own, text)).toBe(text);
    }
    expect(checked(own, 'UPS is cheaper.')).toBe(BRAND);
  });

  test('are not read into what is short for other words, nor into tables of English with foreign abbreviations', () => {
    const own = competitorsGuard({ names: { Shell: [], Target: [] } });
    for (const text of [
      "The session is on Tuesday at 6 pm. She'll have your plan ready.",
      '| E-mail | Mon–Fri 9:00–18:00 CET | 24/7 |\n| Target first reply | – | 1 business day | 2 hours |',
    ]) {
      expect(checked(own, text)).toBe(text);
    }
  });

  describe('of strangers', () => {
    const PLAIN =
      'FedEx, Royal Mail, Peacock, Paramount+, Max, Azure, AWS, Render, Drive24, Kasko1, A54, AVL, Casa Verde, Monday, Yodel, Uber, Zendesk, Ocado, Picnic, 8x8, Tarnwick, EE, giffgaff, Boohoo, BT, Chase, Discover, Capital One, M&T Bank, Casper, Delta, Chime, British Airways, Pedalux, Ruvo, Swift Loop, Net Nine, ClickUp, Drive4Less, Bib & Bobbin, Grubhub, UberEats, Spotify, Tutoro, GEICO, Galaxus, Euronics, Plausible, Hertz, Hooli, Dawn, Zentry, Harborlight, Monzo, Asana, Booking.com, Opodo, Utilita, Línea Directa, Good Energy, Tesla, Decathlon, Ford, Nectar, Flink, Brava, Zyla, Servanda, Olympo, Wednesday, Saturday';
    const own = competitorsGuard({
      names: {
        ...Object.fromEntries(PLAIN.split(', ').map((name) => [name, []])),
        ...{
          'Prime Video': ['Amazon Prime Video'],
          'Oak & Anchor': ['Oak and Anchor'],
          Home360: ['Home 360'],
          'Drive & Co': ['Drive and Co'],
          'Basil Lane': ['BasilLane'],
          'State Farm': ['StateFarm'],
          'Starling Bank': ['Starling'],
          '11teamsports': ['11TS'],
          Sprint9: ['S9'],
          Seat: ['SEAT S.A.'],
          'New Balance': ['NB'],
          GoDaddy: ['Go Daddy'],
          Three: ['Three Mobile'],
        },
      },
    });

    test.each([
      ['as verbs', 'Were you FedExing it?'],
      ['spelt out with their own capitals', 'Try F e d E x.'],
      ['cut at their own capital', 'Book it with Fed-\nEx today.'],
      ['with a slip in one of two words', 'Royl Mail still sells stamps.'],
      ['with a slip in an ordinary word', 'Peacok streams it.'],
      ['with a mark that English does not have', 'Yodél is who they used.'],
      ['with their own sign', 'Paramount+ lets you keep 25 titles.'],
      ['of three words in lower case', 'amazon prime video is on that set.'],
      ['beside other words with capitals', 'You can get the Premier League on Peacock if you are in the States.'],
      ['behind a prefix', 'Non-Azure machines can be added.'],
      ['before a word that is joined to capitals', 'Is your AWSaccount open?'],
      ['before what companies do', 'Render puts free services to sleep.'],
      ['as a day of the week that does what companies do', 'Monday charges more than we do.'],
      ['as a day of the week with an address', 'See monday.com for it.'],
      ['with the last letters in each other’s place', 'Zendeks lets agents merge tickets.'],
      ['with a letter doubled', 'Occado doubled its fee.'],
      ['run together with others', 'Open theUberapp for it.'],
      ['run together in lower case', 'youdsavemorewithzendesk'],
      ['cut into words at the end of a line', 'You could ask Tarn-\nwick for it.'],
      ['of two letters', 'EE is cheaper, and EE’s plans are longer.'],
      ['with doubled letters in two pieces', 'Gif-fgaff has one for eight pounds.'],
      ['with a hashtag', 'Look at #picnic for it.'],
      ['after a plural', 'The meals Picnic sends are cooked.'],
      ['after an article within a sentence', 'You could buy a Peacock instead.'],
      ['in one word after an article', 'Many get a capitalonecard first.'],
      ['with what they give the customer', 'Move the balance of your Chase card to us.'],
      ['with a sign as a word', 'Have you asked M and T Bank?'],
      ['as words of another language', 'Zyla isn’t part of our group, so I cannot see your account there.'],
      ['in the genitive of a word that has none', 'Flinks Sortiment ist kleiner.'],
      ['with what they do not do', 'Brava no cobra nada por eso.'],
      ['with a letter missing after an article', 'The Nectr mattress is guaranteed for life.'],
      ['joined to a short word of German', 'Bei dem Pedaluxrad ist die Achse breiter.'],
      ['cut between their words', 'It is called Swift-\nLoop, and they serve the south.'],
      ['among capitals', 'NET NINE CUSTOMERS CAN SWITCH FOR FREE.'],
      ['run together behind a verb', 'Flybritishairways next time, or flybritishairways.'],
      ['as what others are like', 'A Chime-like feature is planned.'],
      ['with spaces about their figure', 'I would ring Drive 4 Less, or T r i p 4 L e s s and Drive 24.'],
      ['with a letter for their sign', 'Bib n Bobbin runs a scheme.'],
      ['of two words in lower case that somebody is with', 'Our wrap is free, unlike at bib and bobbin'],
      ['with a slip in two words in one', 'StateFram offers a bundle.'],
      ['run together with an article and what they make', 'I would use thegrubhubapp for it.'],
      [
        'as they sound',
        'Geiko, Galaksus or Euronix would be cheaper. Get the UberEatz app. En Spotyfi tienes ese disco.',
      ],
      ['with many letters repeated', 'Geeeico is cheaper.'],
      ['spelt out in figures', 'Try G 3 1 C 0 then.'],
      ['in two pieces, with a letter lost', 'Gif gaff is worth a look.'],
      ['after a verb of saying', 'You may find that Plausible is a better fit.'],
      ['before what they have', 'Hertz has a desk there.'],
      ['in lower case where a thing would have an article', 'You asked for your balance at chase.'],
      ['around a link or a comment', 'Try [Zen](https://a.example)try, or Harbor<!-- -->light.'],
      ['of five letters in two pieces', 'Mon zo offers the same.'],
      ['several', 'I see two Asanas in your accounts, and two Caspers.'],
      ['in figures', 'Honestly, 4s4n4 does it better.'],
      ['with another first letter that sounds alike', 'Some teams use Klickup.'],
      ['with marks that no language has', 'Ein Téslä wäre die bessere Wahl.'],
      ['with a letter doubled in a word', 'I have heard that Tessla repairs it.'],
      ['several, as a whole kind', 'If range matters most, Teslas are hard to beat.'],
      ['in the genitive of another language', 'Bei Decathlons Eigenmarke ist die Sohle dünner.'],
      ['as they sound, of two words', 'People like Go Daddee.'],
      ['where a word has a mark that they do not have', 'Utilita specialises in prepayment.'],
      ['after what one is told', 'I am told that Ford gives more.'],
      ['of words and a number', 'Former Home 360 users pay less.'],
      ['before a German noun, where the word is English', 'Die Picnic-Fahrer kommen nur nachmittags in Ihre Straße.'],
      ['in lower case after an article, ending as no noun there does', 'El zendesk es más barato.'],
    ])('are found %s', (_, text) => {
      expect(checked(own, text)).toContain(BRAND);
    });

    test.each([
      [
        'We are open on Wednesday and from Monday to Friday, on Saturday too. Monday is fine. I called on monday, and Monday’s plans stand.',
      ],
      ['The max number is five; turn it to max. Max from our billing team will call.'],
      ['Mad Max is gone, and the iPhone 15 Pro Max has 8.2.'],
      ['Racks A, W, S and T are moved.'],
      ['You can drive 24 hours a day. In der Kasko 150 Euro.'],
      ['It runs on the Samsung Galaxy A54. Le camion est sur l’autoroute A54.'],
      ['Some dogs bark. The frame is oak and anchor bolts are included.'],
      ['Your flight to Asheville (AVL) leaves now.'],
      ['Entregamos no bairro da Casa Verde.'],
      ['Hubert Peacok will call you.'],
      ['The boho dress is back. An address ending in .ee is Estonian, and postcodes that start with BT are Irish.'],
      ['Will your wife drive and co-own the car? It was left at 14 Basil Lane.'],
      ['It is warm in our Home 360 days a year.'],
      ['Casper, Wyoming is in Zone 4. Your driver today is called Casper. Casper van Dijk signed for it.'],
      ['Servando, de nuestro equipo, le llamará. Nuestro club de la calle Monte Olimpo 8 abre a las siete.'],
      ['Unser Fahrer war heute besonders flink.'],
      ['O voo para OPO do dia 12 sai. O código de booking com seis letras está aqui. Up to three mobile lines.'],
      ['Llame a nuestra línea directa. Słyszał Pan, jak żyła królowa?'],
      ['Your code is 4471 0928 6630 1175 2049. That’s 9 % less.'],
      ['Our seats are wide, and your code is NB-77K2Q. Good energy habits start at home.'],
      ['Your code starts with Delta, Oscar, Seven. They leave at dawn, with a chase.'],
      ['Please ask for Dawn in accounts. Holi is a holiday. Herts and Essex are within the zone.'],
      ['Ihr Tutor oder Ihre Tutorin meldet sich. Some dogs bib and bobbin about.'],
      ['We can deliver to Ruvo di Puglia. Click Upload and choose the file.'],
      ['Über die App können Sie stornieren. Das Raster ist 8 x 8 Kacheln groß.'],
    ])('are not seen in %s', (text) => {
      expect(checked(own, text)).toBe(text);
    });
  });

  describe('of more strangers', () => {
    const own = competitorsGuard({
      names: {
        ...{ Vodafone: [], Orange: [], Tele2: [], DHL: [], FedEx: [], UPS: [], 'United Parcel Service': [], GLS: [] },
        ...{
          Swiftlane: [],
          Purolator: [],
          'Fresh Harbor': [],
          Forkful: [],
          Simmer: [],
          'Basket & Vine': [],
          Intercom: [],
        },
        ...{
          'Service Hub': [],
          Freshworks: [],
          Bergfreunde: [],
          Decathlon: ['Décathlon'],
          Alpinetrek: [],
          Halonet: [],
        },
        ...{
          'Hartwell Mutual': [],
          'Two Rivers': [],
          Kestrel: [],
          Beacon: [],
          'First Hearth Energy': [],
          'Green Heron': [],
        },
        ...{
          Chase: ['JPMorgan Chase'],
          Chime: [],
          Venmo: [],
          'Capital One': [],
          Zippelin: [],
          Bluefern: [],
          Free2move: [],
        },
        ...{
          Kayak: [],
          Expedia: [],
          Trainline: ['The Trainline'],
          'Booking.com': [],
          Sixt: [],
          Hertz: [],
          Nordauto: [],
        },
        ...{ ING: [], Zefira: [], 'Octopus Energy': [], Momentum: [], 'Iron Lantern': [], Casper: [], Amazon: [] },
      },
    });

    test.each([
      ['with letters blotted out', 'V*dafone had an outage, W Or*nge jest taniej.'],
      ['with their figure as a word', 'As a Tele Two customer you pay less.'],
      ['with their word as a figure', 'The one at 2 Rivers excludes it.'],
      ['with an ordinal as a figure', 'Ask for the 1st Hearth Energy pack.'],
      ['as their letters are spoken', 'Dee-Aitch-Ell charges extra. You-Pee-Ess would be cheaper.'],
      ['with a sign among three letters', 'Honestly, GL$ is not faster.'],
      ['with a capital that looks like another letter', 'You asked about Puro\u0406ator’s claim window.'],
      ['cut between two capitals', 'Berg Freunde ships that. Swift Lane’s drivers collect from there.'],
      ['with a slip in one of several words', 'It mentions Untied Parcel Service. Hartwel Mutual has it.'],
      ['with a slip that is heard the same', 'Kapital One won’t take it. It is from Capitol One.'],
      ['without a vowel of five letters', 'Fedx left the box.'],
      ['with two letters changed, of five', 'It was made by Vemno, so wait.'],
      ['with a slip in lower case', 'Compared to freshwerks, it works offline.'],
      ['without their first or last letter', 'Xpedia’s total is higher. Trainlin has no such feature.'],
      ['with a slip before the end of a host', 'Try Bookng.com then.'],
      ['with a letter doubled, of four', 'Many use the Siixt app.'],
      [
        'with the same letter at the end and the beginning of their words',
        'These are the ones FreshHarbor uses, as freshharbors prices say.',
      ],
      ['with quotation marks', "Basket 'n' Vine does carry it."],
      ['in a case of Polish', 'W Halonecie taki pakiet kosztuje mniej.'],
      ['in capitals before what they do', 'That was the UPSdriver on your doorbell.'],
      ['behind what says that one has left', 'As an exForkful customer you get it. The code SWITCHFROMBEACON works.'],
      ['before what is joined to them', 'Kestrelinsured riders keep it. Your decathlonbike needs one.'],
      ['where nothing else has soft hyphens', 'You can only use the Sim\u00admer offer there.'],
      ['with a dot', 'Fork.ful’s driver left that bag.'],
      ['of two words with one in two pieces', 'Hart well Mutual sent the check.'],
      ['within a sentence of English, whatever stands before', 'It is in Intercom now. I saw your last Orange bill.'],
      ['before an edition', 'Compared with Service Hub Professional, ours has more.'],
      ['before what a company does at once', 'Forkful raised its fee. Simmer subscribers who switch to us pay less.'],
      [
        'before what they have, which one then speaks of',
        'The Kayak results you pasted are old. That Chase ATM is theirs.',
      ],
      ['with a style', 'Beacon-style billing isn’t offered.'],
      ['in bold', 'A **Kestrel** quote leaves it out.'],
      ['in the genitive of several', 'Green Herons’ app shows it.'],
      ['in lower case with an account of theirs', 'It came from your chime account. I took your chase debit card.'],
      ['in lower case where they are known', 'You found it on kayak and booked. Check amazon for it.'],
      ['at the beginning, where they are known', 'Kayak is a site for searching. Casper has it.'],
      ['as a line in capitals reads', 'The statement reads CHASE CREDIT CRD AUTOPAY, so wait.'],
      ['with initials', 'J.P. Morgan-Chase sent it back.'],
      ['with letters drawn as one', 'It is still with Bluefem, so wait. ZlPPELlN has none.'],
      ['with a figure as a word amid them', 'Rides with FreeTwoMove are not shown.'],
      ['as their host', 'Go to octopus.energy for it.'],
      ['with a capital of Greek', '\u039comentum raised its fees.'],
      ['run together, several', 'The bolts of the ironlanterns are metric.'],
    ])('are found %s', (_, text) => {
      const sentences = text.split(/(?<=[a-z]\.) (?=[A-Z])/);
      for (const sentence of sentences) expect(checked(own, sentence)).toBe(BRAND);
    });

    test.each([
      ['These boots are made for alpine trekking. He won the men’s decathlon.'],
      ['They parked a grey Opel Zafira outside. Your code is 0R4N-6E71.'],
      ['Orange County is covered, and Kestrel Beach too. 2210 Jefferson Street, Two Rivers, WI 54241 is yours.'],
      ['Your request to Chase M. is waiting. The Amazon rainforest is shown.'],
      ['Auf der Nordautobahn ist Stau. Wir haben den Titel Dipl.-Ing. ergänzt.'],
      ['The train line to Lyon is closed. The beacon blinks, and the forkful was too much.'],
      ['Your card ends in ****. Use *this* and **that** one. See you, tee off at ten.'],
      ['She’ll call. Drop it at 14 Kestrel Drive, Crewe. It is under My Bookings.'],
      ['Hartnell College students pay less. Momentum builds slowly.'],
    ])('are not seen in %s', (text) => {
      expect(checked(own, text)).toBe(text);
    });
  });

  test('in capitals count though a word is written so, and in addresses', () => {
    const own = competitorsGuard({ names: { TUI: [], Nummaro: [] } });
    expect(checked(own, 'Een TUI-reis kunt u niet omboeken.')).toBe(BRAND);
    expect(checked(own, 'El mismo lo ofrece TUI por 1.150 euros.')).toBe(BRAND);
    expect(checked(own, 'They are at <https://www.nummaro.example/rates>.')).toBe(BRAND);
  });

  test('that are short for something, codes, or a kind of things are told from it', () => {
    const own = competitorsGuard({ names: { BCP: [], O2: [], Telefónica: [] } });
    for (const text of [
      'Our business continuity plan (BCP) is tested twice a year.',
      'Der Fehlercode O2-17 bedeutet, dass er keine Adresse hat.',
      'La línea telefónica ya está dada de alta.',
    ]) {
      expect(checked(own, text)).toBe(text);
    }
    expect(checked(own, 'BCP is cheaper.')).toBe(BRAND);
    expect(checked(own, 'Der O2-Tarif ist besser.')).toBe(BRAND);
    expect(checked(own, 'La oferta de Telefónica es mejor.')).toBe(BRAND);
  });

  test('cost their sentence only, and the brand speaks once in a row', () => {
    expect(checked(guard, 'I see. Globex is cheap. Hooli is cheaper. Shall we go on?')).toBe(
      `I see. ${BRAND} Shall we go on?`,
    );
    expect(checked(guard, 'Hooli is cheaper.\n', { released: `${BRAND}\n` })).toBe('');
    expect(checked(guard, '- Globex: $39\n')).toBe(`- ${BRAND}\n`);
  });

  test('are answered in the customer’s language, or as the folder says', () => {
    expect(checked(guard, 'Globex cobra menos.', { language: 'es-MX' })).toBe('Solo puedo hablar de Acme Insurance.');
    const own = competitorsGuard({ names: { Globex: [] }, say: 'Acme it is.' });
    expect(checked(own, 'Globex cobra menos.', { language: 'es' })).toBe('Acme it is.');
  });

  test.each(['We like Globex a lot. Call us.', 'Try G l o b e x and see.', 'Ask Glo\u200bbex about the "gbx".'])(
    'never reach the customer, wherever %j is cut',
    (text) => {
      for (const reply of repliesAtEveryCut(guard, text)) {
        expect(reply.toLowerCase().replace(/[^a-z]/g, '')).not.toMatch(/globex|gbx/);
        expect(reply).toContain(BRAND);
      }
    },
  );
});
