/**
 * What customers may write to the two example agents, in free wording and five languages, with slips of the pen. Written
 * by hand before anybody had written the utterances of the agents' routes, and never to be copied into them: it is what
 * the routing is measured on. Questions about what is covered were the general desk's until there was one for them.
 */
export type Said = {
  text: string;
  language: 'en' | 'es' | 'de' | 'fr' | 'pt';
  /** The desks that would be right. Two where the message has two topics, or where either would do. */
  desks: readonly string[];
  /**
   * `clear`: one topic. `mixed`: several; it must come out unsure, or for one of its desks. `stay`: an answer to the
   * agent's question, which must not move the conversation. `off`: nothing that the company has to do with.
   */
  kind: 'clear' | 'mixed' | 'stay' | 'off';
};

type Lines = Readonly<Record<string, string>>;

/** Names of desks joined by `/` where several are right. */
function said(language: Said['language'], kind: Said['kind'], lines: Lines): Said[] {
  return Object.entries(lines).flatMap(([desks, list]) =>
    list
      .split('\n')
      .map((text) => text.trim())
      .filter((text) => text !== '')
      .map((text) => ({ text, language, desks: desks.split('/'), kind })),
  );
}

export const INSURANCE: readonly Said[] = [
  ...said('en', 'clear', {
    quotes: `
      what would you charge me for a 2018 civic?
      thinking of switching to you guys, can u give me a ballpark figure
      Price for insuring a Toyota Corolla, I'm 34 and drive about 9k miles a year
      hiw much is it a month for a new driver with a small hatchback
      I'd like an estimate please
      are your rates any good for someone aged 22?
      can i get an offer for my moms suv
      how much is insurance for a 2021 ducati, 5000 miles, I am 40`,
    claims: `
      Somebody ran into me at a red light this morning, what do I do now
      my car got stolen from the driveway last night!!
      a tree branch fell on the hood during the storm, how do i report it
      I sent in all the pictures last week, when will I hear from the adjuster
      whats taking so long with my claim
      I don't agree with what you offered me for the wreck
      can I take it to my own mechanic or do you pick the body shop
      windsheild cracked on the highway, where do i send the photos
      hit and run in the parking garage and no witnesses
      do I need the police report number to file?
      my scooter got nicked outside the gym, how do I claim`,
    billing: `
      you charged my card twice this month
      I was late with the payment, is my insurance still on?
      can i pay yearly insted of monthly
      When is my next bill due?
      my bank account changed, how do I give you the new one for the premium
      what happens if I miss an installment
      I'd like a receipt for what I paid in March
      why is there a ten dollar fee on my invoice
      still waiting for the money back from the premium I overpaid`,
    'policy-changes': `
      we're moving to Oregon next month, what do you need from me
      add my son to the policy, he just passed his driving test
      how do I cancel, I sold the car
      I traded in my truck for a newer one, need to swap it
      lost my insurance ID card, can I print a new one
      does my policy renew by itself?
      I got married and my last name is different now
      take my ex husband off the insurance please`,
    'coverage/claims': `
      would you pay for a rental while mine is being fixed
      if the other guy has no insurance are you paying my hospital`,
    electric: `
      is the battery of my EV insured if it loses capacity
      does it pay for the wallbox in my garage
      my tesla touchscreen died, is that part of the tech package
      what happens if hackers get into my electric car
      run out of charge on the interstate, do you tow electric vehicles on a flatbed?
      do you insure the Nissan Leaf and is the charging cable included
      what extra do I get with electric car insurance`,
    'policy-changes/general': 'I put my Harley away for the winter, can I pause the insurance',
    'quotes/electric': 'price for a tesla model 3 from 2022?',
    'general/quotes': 'got a vespa, do you do scooters?',
    coverage: `
      does my insurance pay if a hailstorm dents the roof
      am I covered when a friend borrows the car?
      what does comprehensive actually include
      whats my deductible for a collsion
      Is driving in Canada okay with my coverage?
      are helmets and leathers included for motorcyclists
      does it cover an e-bike that goes 28 mph
      is my passenger insured on the back of my motorbike
      are custom parts on my bike covered, the exhaust was expensive`,
    general: `
      what are your opening hours
      do you have an office in Denver I can walk into?
      I want to talk to a human
      how long has your company been around
      are you a robot
      how do I make a complaint about your service
      I cant log in to my account, it says wrong password
      what do you do with my personal data`,
  }),
  ...said('es', 'clear', {
    quotes: `
      ¿Cuánto me costaría asegurar un Ford Focus de 2017?
      quiero una cotización para mi coche, tengo 28 años`,
    claims: `
      Me chocaron por detrás ayer, ¿cómo doy parte?
      me han robado el auto, que tengo que hacer`,
    billing: `
      me han cobrado dos veces este mes
      ¿Puedo pagar con transferencia bancaria?`,
    'policy-changes': `
      quiero cancelar mi póliza porque vendí el coche
      me mudo a otro estado, ¿qué tengo que cambiar en el seguro?`,
    'general/quotes': '¿aseguran motos y ciclomotores?',
    electric: '¿está cubierta la batería de mi coche eléctrico?',
  }),
  ...said('de', 'clear', {
    quotes: `
      Was kostet die Versicherung für einen Golf, Baujahr 2016?
      ich hätte gern ein angebot für mein auto`,
    claims: `
      Mir ist heute jemand ins Auto gefahren, wie melde ich den Schaden?
      mein wagen wurde gestohlen was jetzt`,
    billing: `
      Warum wurde mir der Beitrag doppelt abgebucht?
      kann ich auch jährlich statt monatlich bezahlen`,
    'policy-changes': `
      Ich möchte meinen Vertrag kündigen
      wir ziehen um, wo ändere ich meine Adresse?`,
    'policy-changes/general': 'Kann ich mein Motorrad über den Winter abmelden?',
    electric: 'Ist die Wallbox in meiner Garage mitversichert?',
  }),
  ...said('fr', 'clear', {
    quotes: `
      Combien coûterait l'assurance pour une Clio de 2019 ?
      je voudrais un devis pour ma voiture svp
      un devis pour ma moto de 2018, je roule peu`,
    claims: `
      On m'est rentré dedans ce matin, comment déclarer l'accident ?
      on a volé ma voiture cette nuit`,
    billing: `
      j'ai été prélevé deux fois ce mois-ci
      Est-ce que je peux payer une fois par an ?`,
    'policy-changes': `
      Je veux résilier mon contrat
      comment ajouter ma fille comme conductrice`,
    coverage: 'est-ce que mon casque est couvert si je tombe en moto ?',
    electric: 'La batterie de ma voiture électrique est-elle assurée ?',
  }),
  ...said('pt', 'clear', {
    quotes: `
      Quanto custa o seguro para um Honda Fit 2015?
      queria uma cotação para o meu carro`,
    claims: `
      Bateram no meu carro hoje, como faço para avisar vocês?
      roubaram meu carro ontem a noite`,
    billing: `
      fui cobrado duas vezes neste mês
      posso pagar o ano inteiro de uma vez?`,
    'policy-changes': `
      quero cancelar o meu seguro
      mudei de endereço, como atualizo?`,
    'general/quotes': 'vocês fazem seguro de moto?',
    electric: 'a bateria do carro elétrico está coberta?',
  }),
  ...said('en', 'mixed', {
    'claims/billing': `
      I had an accident yesterday and also you billed me twice. Can you sort out both?
      My car was stolen. And do I still have to pay the next premium?`,
    'quotes/policy-changes': `
      I want to cancel my old car and get a price for the new one
      We're moving to Florida. What would the Mazda cost there?`,
    'claims/policy-changes': 'Someone hit me last week, and I need to add my daughter to the policy too',
    'billing/policy-changes': 'Please change my address and tell me when the next payment is due',
    'claims/electric': 'I crashed my Rivian and the battery may be damaged. How do I file that?',
  }),
  ...said('es', 'mixed', { 'claims/billing': 'Tuve un accidente ayer. Además, ¿por qué subió mi factura?' }),
  ...said('de', 'mixed', {
    'policy-changes/billing': 'Ich bin umgezogen. Und wann wird der nächste Beitrag abgebucht?',
  }),
  ...said('en', 'stay', {
    '': `
      2019
      yes please
      and for two drivers?
      about 12,000
      no, the other one
      Honda
      35
      ok thanks, that helps
      last tuesday around 5pm
      hmm not sure
      how long would that take?
      Mark Jensen
      what else do you need`,
  }),
  ...said('es', 'stay', { '': 'sí, por favor\nno, gracias' }),
  ...said('de', 'stay', { '': 'ja, bitte\nund für zwei Fahrer?' }),
  ...said('fr', 'stay', { '': "oui, d'accord" }),
  ...said('pt', 'stay', { '': 'sim, pode ser' }),
  ...said('en', 'off', {
    '': `
      whats the weather like in boston tomorrow
      write me a python function that sorts a list
      who won the superbowl in 2010
      can you recommend a good pizza place
      help me with my math homework, what is 15% of 300
      tell me a joke
      what is the capital of Mongolia
      how do I bake sourdough bread
      should I buy bitcoin now?
      my girlfriend left me and I feel terrible
      translate good morning into japanese
      best movies of last year
      how can i lose five pounds before summer
      who should I vote for
      whats the meaning of life
      plan a trip to rome for me`,
  }),
  ...said('es', 'off', { '': '¿quién ganó el partido anoche?\ndame una receta de paella' }),
  ...said('de', 'off', { '': 'Wie wird morgen das Wetter in Köln?\nschreib mir ein gedicht über den mond' }),
  ...said('fr', 'off', { '': 'quelle est la hauteur de la tour Eiffel ?' }),
  ...said('pt', 'off', { '': 'me conta uma piada' }),
];

export const SHOP: readonly Said[] = [
  ...said('en', 'clear', {
    orders: `
      where's my package, it should have come on monday
      can I still cancel the order I made an hour ago
      I typed the wrong street, please send it to my office instead
      has A-1038 shipped yet
      how long dose delivery to Austria take
      the tracking hasn't moved for 4 days
      i ordered 2 pans by mistake, stop one of them`,
    returns: `
      the vase arrived in pieces
      I want to send the knives back, they're not what I expected
      how do I get a refund for the teapot
      my blender stopped working after 3 months, is there a warrenty
      how many days do I have to return something
      who pays for shipping when I send it back?
      you sent me blue plates and I ordered white ones
      when will I see the money from my return`,
    payment: `
      do you take paypal
      I need an invoice with my company's VAT number
      my gift card code isn't accepted
      can I pay in three installments
      my credit card got declined at checkout
      is a voucher valid for sale items
      how do I delete my account
      can't sign in, forgot which mail I used`,
    general: `
      what time does your hotline open
      let me speak to someone real
      do you have a store in Munich?`,
  }),
  ...said('es', 'clear', {
    orders: '¿dónde está mi pedido?',
    returns: 'quiero devolver una sartén que llegó rota',
    payment: '¿puedo pagar con tarjeta de débito?',
  }),
  ...said('de', 'clear', {
    orders: 'Wo bleibt mein Paket?\nbitte die bestellung stornieren',
    returns: 'Ich möchte die Teller zurückschicken',
    payment: 'Mein Gutschein funktioniert nicht',
  }),
  ...said('fr', 'clear', {
    orders: 'Je voudrais changer l’adresse de livraison de ma commande',
    returns: 'le mixeur est arrivé cassé, je veux être remboursé',
    payment: 'il me faut une facture pour mon entreprise',
  }),
  ...said('pt', 'clear', {
    orders: 'meu pedido ainda não chegou',
    returns: 'como faço para devolver uma panela?',
    payment: 'vocês aceitam cartão de crédito?',
  }),
  ...said('en', 'mixed', {
    'orders/returns': `
      One glass was broken and the rest of the order never came
      Can I cancel it, or do I have to send it back once it is here?`,
    'orders/payment': 'Change the address of my order please. And can I get an invoice?',
    'returns/payment': 'I paid with a gift card, how do I get my money back when I return it',
  }),
  ...said('en', 'stay', {
    '': `
      A-1042
      yes
      the second one
      no thats all
      mia@example.com
      20 euros
      and the other one?
      go ahead`,
  }),
  ...said('de', 'stay', { '': 'ja, genau' }),
  ...said('es', 'stay', { '': 'vale, gracias' }),
  ...said('en', 'off', {
    '': `
      what's a good name for a puppy
      solve x squared plus 2x = 8
      who is the president of France
      is it going to rain this weekend
      write an essay on climate change
      how do I fix my car's brakes
      which stocks will go up
      sing me a song`,
  }),
  ...said('de', 'off', { '': 'wann fährt der nächste zug nach hamburg' }),
  ...said('es', 'off', { '': '¿cuál es la capital de Perú?' }),
  ...said('fr', 'off', { '': 'qui a gagné le tour de France ?' }),
  ...said('pt', 'off', { '': 'qual o melhor time de futebol?' }),
];
