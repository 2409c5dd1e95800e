/** English words that people and companies are named after. In a text they are mostly words. */
const WORDS = `
  access ace action active acorn advance advantage agile air alert alliance alpha ample anchor apex apple arc arrow
  aspect asset assist asana atlas axis bamboo banner base basecamp basic beacon bear best beyond bird bloom blue bolt
  bold boost bounce box branch brave breeze bridge bright bubble buffer bumper canvas capital cardinal care cascade
  castle century certain chain champion choice circle citizen citizens clarity classic clear clever close clover coast
  cobalt comfort common compass complete connect constant core corner country cover craft crest cricket crown crystal
  cure current curve dash dawn deal delta dial direct discover diamond dock dove dream drift drive eagle early earth
  ease echo edge elan elephant elite ember empire encompass energy envoy epic equal essential ever every evolve expert
  express fable fair falcon family farmers fast fidelity figure first flex flow focus force forward foundation fox
  freedom fresh front frontier full future gap garage gem general giant glass glide globe gold good grain grand grace
  green ground group grove guard guardian guide hanover harbor harvest haven hawk heart help helix herald heritage
  hero home honey hope horizon hub ideal impact indigo infinity insight inspire integrity iris iron ivy jasper jet
  journey joy jump just key keystone kin kite kind lane lantern latitude launch leader leaf ledger legacy level
  liberty life lift light lime linear link lion live local loop lotus lucid lumen luna main maple mark market match
  matter maximum mercury merit metro mile mint mirror mission mobile modern monday moon motion mountain mutual native
  nature nest network next noble north now oak oasis ocean olive omega one open optimum option orange orbit orchid
  origin outlook oxford pace pacific paper paragon partner path patriot peak pearl people pilot pinnacle pioneer pivot
  plain planet platinum plus point polar port premier present pride prime principal prism pro progress progressive
  promise proof prudential pulse pure quest quick quote rain ranger rapid ready real red regal relay reliance remedy
  response ridge ring rise river robin rock root royal safe safeguard safeway sage salesforce scope sea secure select
  seen sense sentinel serve settle seven shape shell shelter shield shift sierra signal silver simple simply sky slack
  smart snap solid sonic source south spark spectrum spirit spring sprint square stable standard star state steady
  stellar sterling stone storm stream stride strive sun summit super sure surf swift switch table target team tempo
  thrive tide tiger time titan today together top torch total touch tower trace trade travelers tree trend trinity
  true trust turbo twin unity union united universal unison upstart uptown valley value vanguard vast vector venture
  verge vertex via victory view village vision visible vital vivid voyage wave way wealth wide nation nationwide farm
  land line auto car west whale wheel whole willow wind window wing wise wish wolf wonder work world yield young zen
  zoom`;

/** English words that are hardly said but of the company, or of what is counted one by one: `your chime account`. */
const COMPANIES = new Set(
  (
    'acorns admiral adobe affirm alamo alibaba allianz amazon ambrosia avis betterment bumble casper chase ' +
    'chewy chime columbia currys dell discord dropbox expedia fiverr fossil gusto hastings hertz hinge hippo ' +
    'hopper hulu indeed intercom kayak klarna lemonade lyft mango nectar notion octopus oracle oscar pandora ' +
    'patagonia peacock peloton petco pinterest plaid puma rippling robinhood rover samsara shein snowflake ' +
    'sonos sony staples starling stash stripe subway tesla thrifty timberland tinder trello twilio uber ups ' +
    'visa wayfair wix yelp yodel zappos zara zelle'
  ).split(' '),
);

/** Two words that are hardly said one after the other but of the company: `the virgin media line`. */
const PHRASES = new Set(
  (
    'air france|american airlines|american express|atom bank|british airways|british gas|burger king|charles schwab|' +
    'foot locker|general motors|google fiber|home depot|liberty mutual|pizza hut|southwest airlines|starling bank|' +
    'state farm|taco bell|turkish airlines|united airlines|virgin atlantic|virgin media|virgin mobile|wells fargo|' +
    'west elm|western union'
  ).split('|'),
);

const COMMON = new Set([...COMPANIES, ...WORDS.trim().split(/\s+/)]);

/** True for a name of one word that is an ordinary English word too. */
export function isCommonWord(name: string): boolean {
  return COMMON.has(name.toLowerCase());
}

/** True for a word that is known as a company first. */
export function isKnownCompany(name: string): boolean {
  return COMPANIES.has(name.toLowerCase());
}

/** The same of two words, or of one that is said twice, which nobody says of a thing. */
export function isKnownPhrase(name: string): boolean {
  return PHRASES.has(name.toLowerCase()) || /^(\p{L}{3,}) \1$/iu.test(name);
}

/** Where somebody or something is from: they have their capital everywhere. */
const FROM_COUNTRIES = new Set(
  (
    'american argentine australian austrian belgian brazilian british bulgarian canadian chilean chinese colombian croatian czech danish dutch ' +
    'egyptian english european finnish french german greek hungarian icelandic indian indonesian irish israeli italian japanese korean ' +
    'malaysian mexican moroccan norwegian peruvian polish portuguese romanian russian scottish serbian slovak spanish swedish swiss thai ' +
    'tunisian turkish ukrainian vietnamese welsh'
  ).split(' '),
);

/** True for an adjective of a country, which no list of ordinary words has. */
export function isOfCountry(name: string): boolean {
  return FROM_COUNTRIES.has(name.toLowerCase());
}
