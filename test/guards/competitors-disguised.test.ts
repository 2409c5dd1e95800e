import { describe, expect, test } from 'vitest';
import type { Guard } from '../../src/agent/guard.ts';
import { competitorsGuard } from '../../src/guards/competitors.ts';
import { checked } from './play-guard.ts';

const BRAND = 'I can only speak about Acme Insurance.';

const NAMES =
  'Grubhub|Gopuff|FreshDirect|Caviar|Trello|IKEA|ASOS|H&M|Deichmann|Allstate|2Checkout|Currys|O2|' +
  'Sky|Virgin Media|Talk Talk|Good Energy|Plusnet|giffgaff|ABOUT YOU|OTTO|Zalando|' +
  'Peek & Cloppenburg|Silver Heron|Blue Kettle|Bluekettle|Current|State Farm|ClickUp|' +
  'Microsoft Project|Asana';
const own = competitorsGuard({ names: Object.fromEntries(NAMES.split('|').map((name) => [name, []])) });

/** As a company lists them: with what they are. */
const LISTED =
  'Contoso Insurance|SafeDrive Insurance|Northgate Mutual|Northwind Casualty|Happy Harbor|Treue Pfote|Crate & Barrel|' +
  'Wayfair|British Airways|Grubhub|RH|Banco Santander|Bank Austria|Zurich Insurance|Swiss|Farmers|American Family';
const listed = competitorsGuard({ names: Object.fromEntries(LISTED.split('|').map((name) => [name, []])) });

function expectAllWithheld(guard: Guard, text: string): void {
  for (const sentence of text.split(/(?<=\.) (?=\p{Lu}|\d|\$)/u)) expect(checked(guard, sentence)).toBe(BRAND);
}

describe('competitors in disguise', () => {
  test.each([
    [
      'with what is added in a host',
      'You booked through trycaviar.com. See gettrello.com for it. It is on ikea-online.de as well.',
    ],
    [
      'as hosts without their signs',
      'Go to hm.com for it. Look at sky.co.uk/support, too. Help is on www.help.grubhub.co.uk/start today.',
    ],
    ['as a host of their parts', 'Their estimates are on www.plus.net/broadband as well.'],
    ['with a hyphen', 'The eggs were on a grub-hub order. Los créditos de go-puff no valen.'],
    ['in two', 'Go Puff has it until four.'],
    [
      'with a slip beside a capital or a figure',
      'FreshDirekt and we buy elsewhere. It comes from Trellow. Ask 2Chekcout about that. I know that GRUBHBU has one.',
    ],
    ['with letters that changed places', 'We took over from Sliver Heron in May.'],
    ['with doubled letters as one, twice', 'Had you stayed with Gif-Gaf you would pay more.'],
    ['blotted out before an s', 'You can ask Curr*s about that.'],
    ['of three letters', 'Between us, $ky is better. 5ky charges more.'],
    ['with a zero', 'We can take it from 02 mobile as well.'],
    ['run together with a word', 'Those deichmannshoes differ. Log in to your asosaccount for it.'],
    [
      'in lower case where two words are known',
      'It is on the virgin media cabinet. Your talk talk line is down. Ask virgin-media for it.',
    ],
    ['in lower case by whom something is done', 'The meter is supplied by good energy, not by us.'],
    [
      'with their sign read out',
      'Schauen Sie bei H und M vorbei. The tees from H and M are lighter. Das Shirt ist von H+M und warm.',
    ],
    ['with their sign read out and a slip', 'Peek und Kloppenburg ist eine gute Adresse.'],
    [
      'that are written in capitals by themselves only',
      'About You bietet es an. Das Paket ist von About You gekommen. Otto liefert auch Möbel.',
    ],
    ['with a first letter as it sounds', 'Der Gutschein ist von Salando und gilt hier nicht.'],
    ['in a tag', 'Folgen Sie #zalandostyle für mehr.'],
    ['with what they are behind a comma', 'Caviar, the delivery app, has a few.'],
  ])('are found %s', (_, text) => {
    expectAllWithheld(own, text);
  });

  test.each([
    ['Congratulations to the all-state swim team.'],
    ['The image blue-kettle.jpg on your page is 8 MB.'],
    ['It’s My Life by the eighties band Talk Talk is on.'],
    ['Hi, I’m Sky, one of the support team.'],
    ['Please choose your state. Farm vehicles are rated separately.'],
    ['See status.acme-insurance.example or current.acme.org for it. It is in current.ts and sky.md.'],
    ['The cable is 2m long. Press 5 or 02 to go on. It took 5ms.'],
    ['A silver herring lay there.'],
    ['Der Hund M. ist da. Give me a number between 4 and 1. Rows H and M are taken.'],
    ['Hallo Otto, vielen Dank für deine Nachricht! Thank you, Otto, I have updated it.'],
    ['The chargers on Current 2 are taken.'],
    ['Sie liegt im Dorf Asos auf Kefalonia.'],
    ["Click ‘Up one level’ to go back. Click 'Up one level' to go back."],
    ['Sign in with Microsoft. Project owners are asked.'],
    ['The kits for Asan, South Korea, are at customs.'],
  ])('are not seen in %s', (text) => {
    expect(checked(own, text)).toBe(text);
  });

  test.each([
    [
      'by the word of their own',
      'Zurich’s offer is lower. Santander customers can switch to us. It is on your Santander card.',
    ],
    [
      'of a country, where no thing is',
      'Your booking code belongs to Swiss. Mit Swiss kommen Sie schneller an, das weiß ich.',
    ],
    ['beside us', 'Farmers and we both offer it.'],
    ['with an apostrophe of its own', 'Farmer’s Insurance should pay for it.'],
    [
      'by their first word alone',
      'I cannot compare us with Contoso. The SafeDrives of this world advertise it. Your old SafeDirve policy ended.',
    ],
    ['in parts', 'The one with the green car, safe-drive insurance, has it. Many come to us from Grub hub for that.'],
    ['as others spell them', 'As far as I know, Happy Harbour does not insure it.'],
    ['with a German adjective', 'Sie kommen von der Treuen Pfote zu uns. Bei der Treuen Pfohte zahlen Sie mehr.'],
    ['with slips that are words', 'The spoons are from Create and Barrel, I think. You saw it at Wayfare for less.'],
  ])('are found %s, as they are listed', (_, text) => {
    expectAllWithheld(listed, text);
  });

  test.each([
    ['The garage in Northgate Street is closed. It is at the Northgate Hotel.'],
    ['Your address is 418 Northwind Drive, Apt. 6.'],
    ['El centro está en Santander, cerca del puerto. Le atenderá don Luis Santander.'],
    ['Austria is covered, and so is our branch in Zurich.'],
    ['With a Swiss passport you need none. The fare is in Swiss francs. Swisscom has a tower there.'],
    ['The average American family with two cars is covered. Farmersville is ours.'],
    ['The title is with Farmers & Merchants Bank of Long Beach.'],
    ['British homes use most of their gas in winter.'],
    ['Keep the room at 40% RH. Bolt the one marked RH to the right.'],
    ['The crates and barrels are full. They know best how to treat a paw.'],
  ])('are not seen in %s, as they are listed', (text) => {
    expect(checked(listed, text)).toBe(text);
  });
});

/** Ordinary words, of other languages than the text among them. */
const WORDS =
  'Lantern|Crisp|Drift|Intercom|Patriot Software|Vattenfall|E.ON|EON|Octopus Energy|Free Mobile|Orange|Polarstern|LichtBlick|Admiral|Allianz|Marshmallow|Decathlon|' +
  'Wiggle|first direct|Seamless|TUI|Héliades|Club Med|Room Mate Hotels|Room Mate|Barceló';
const words = competitorsGuard({ names: Object.fromEntries(WORDS.split('|').map((name) => [name, []])) });

describe('competitors of ordinary words', () => {
  test.each([
    ['in hosts of their trade', 'Get a quote from lantern.insure as well. It is loaded from client.crisp.chat today.'],
    ['by what was done with them', 'Drift was built for sales chat, as far as I know.'],
    ['with what they sell', 'If you still have the Intercom Messenger, remove it first.'],
    ['spelt in part', 'P a t r i o t Software runs payroll, too.'],
    [
      'before a noun, and beside words of their own language',
      'In Berlin ist häufig Vattenfall der Grundversorger, weshalb Ihr Zähler dort noch gemeldet ist. ' +
        'Der Vattenfall-Vertrag Ihrer Mutter endet laut Rückmeldung am Montag.',
    ],
    [
      'with an article, in a sign, in lower case',
      'Im Vergleich zum Grundversorgungstarif der EON sparen Sie mit unserem Preis. E.0N hat Ihren Zähler noch nicht freigegeben. ' +
        'Ihr Vermieter hat die Wohnung offenbar bei octopus energy angemeldet. La ligne est toujours active chez free mobile ; la suite viendra.',
    ],
    [
      'of German, where each noun has a capital',
      'Der Lichtblick-Tarif war günstiger. Polarstern aus München liefert ebenfalls Strom. ' +
        'Wir können die polarstern-rechnung nicht einsehen.',
    ],
    [
      'in lower case, as what is known as a company',
      'Please switch off the renewal at admiral before the 3rd. We are not part of allianz; we are independent. ' +
        'You told us that marshmallow cancelled your policy in May.',
    ],
    [
      'as where something was bought, and what was sold there',
      'We can’t exchange trainers bought at decathlon, even with a receipt. Wiggle used to stock the tights.',
    ],
    [
      'blotted out in both words, with letters that changed places, and at the beginning',
      'Au Cl*b M*d, la semaine coûterait le double. Les tarifs d’Hélaides sont proches des nôtres. ' +
        'TUI a effectivement repris cet hôtel de Fuerteventura.',
    ],
    [
      'that have no capital of their own, or all of them',
      'We don’t offer a saver at 7% the way first direct does. The owner told us that SEAMLESS takes a bigger commission.',
    ],
    ['of two words behind what is said of places', '¿Sabe lo que cuesta en room mate una noche en Madrid?'],
    ['behind what one does as well as reads', 'You can book Lantern instead of us.'],
    ['as what is theirs', 'L’application MonOrange ne permet pas de gérer votre ligne.'],
  ])('are found %s', (_, text) => {
    expectAllWithheld(words, text);
  });

  test.each([
    ['We mailed it to your address on Lantern Drive in Durham.'],
    ['Is 14 Admiral’s Walk, Portsmouth, still your address?'],
    [
      'El vuelo de Barcelona llega a las 23:40, así que el conserje le estará esperando. The medal is for the decathlon.',
    ],
    ['Your first direct debit to the gym will be taken on 1 June.'],
    ['Our Lantern branch in Seattle is open from 9 to 5.'],
    ['Nous livrons aussi dans la ville d’Orange, sous 48 heures.'],
    ['Die Azubis haben das Forschungsschiff Polarstern besucht. Unter dem Polarstern ist gut ruhen.'],
    ['Der Anschluss ist in der Polarsternstraße 8. Das Kinderbuch „Der kleine Polarstern“ ist beigelegt.'],
  ])('are not seen in %s', (text) => {
    expect(checked(words, text)).toBe(text);
  });
});
