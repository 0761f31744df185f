import { Skewed } from './skewed';

/*
 * Names of nobody. What matters to a search is how often each occurs: in England about one person in ninety is a Smith, half
 * of all people share a few hundred surnames, and the other half has tens of thousands of rare ones. A list of uniform
 * names would make every search cheap.
 */

const FAMILY =
  `Smith Jones Williams Taylor Brown Davies Evans Wilson Thomas Johnson Roberts Robinson Thompson Wright Walker
White Edwards Hughes Green Hall Lewis Harris Clarke Patel Jackson Wood Turner Martin Cooper Hill Ward Morris Moore Clark Lee
King Baker Harrison Morgan Allen James Scott Phillips Watson Davis Parker Price Bennett Young Griffiths Mitchell Kelly Cook
Carter Richardson Bailey Collins Bell Shaw Murphy Miller Cox Richards Khan Marshall Anderson Simpson Ellis Adams Singh Begum
Wilkinson Foster Chapman Powell Webb Rogers Gray Mason Ali Hunt Hussain Campbell Matthews Owen Palmer Holmes Mills Barnes
Knight Lloyd Butler Russell Barker Fisher Stevens Jenkins Murray Dixon Harvey Graham Pearson Ahmed Fletcher Walsh Kaur Gibson
Howard Andrews Stewart Elliott Reynolds Saunders Payne Fox Ford Pearce Day Brooks West Lawrence Cole Atkinson Bradley Spencer
Gill Dawson Watts Burton Wells O'Brien Ryan O'Neill McCarthy Kowalski Nowak Nguyen Chen Okafor Mensah Łukasz Müller Šimić`
    .split(/\s+/)
    .filter(Boolean);

/** Syllables from which rare names are made: some eight thousand of them. */
const BEGIN = 'Al Bar Bel Cal Dun Ed Fen Gar Hal In Ken Lan Mar Nor Os Pen Quin Ros Shel Thor'.split(' ');
const MIDDLE = 'ber cas den el for gan hol in kel lin mer nes ow per ris sel ten ver wel yar'.split(' ');
const END = 'by cott dale den field ford ham house land ley low man mere ridge sey shaw ton wick wood worth'.split(' ');
const rare = BEGIN.flatMap((b) => MIDDLE.flatMap((m) => END.map((e) => b + m + e)));

const FEMALE =
  `Olivia Amelia Sarah Emma Sophie Charlotte Jessica Emily Laura Lauren Rebecca Hannah Amy Chloe Grace Megan Lucy
Katie Ella Lily Isla Ava Mia Poppy Fatima Aisha Zara Maryam Nadia Priya Ewa Agnieszka Siân Nerys Carys Ffion Niamh Zoë Chloë
Beatrice Winifred Ottilie`.split(/\s+/);
const MALE =
  `David James John Michael Daniel Thomas Matthew Christopher Andrew Paul Mark Ryan Adam Jack Oliver Harry George Noah
Muhammad Mohammed Joshua Samuel Luke Lewis Callum Connor Liam Kyle Jordan Aaron Hamza Imran Arjun Piotr Krzysztof Gareth Rhys
Owain Seán Kwame Barnaby Ptolemy`.split(/\s+/);

const common = new Skewed(FAMILY, 0.75);
const uncommon = new Skewed(rare, 0.35);
export const given = { female: new Skewed(FEMALE, 0.6), male: new Skewed(MALE, 0.6) };

/** Half of all people have one of the common surnames. */
export const family = { common, uncommon, shareOfCommon: 0.5 };

export const streets = new Skewed(
  'Kestrel Court,Saltmarsh Lane,Copper Beech Close,Harbour Rise,Gannet Walk,Mill Race,Orchard View,Lantern Street,Tollgate Road,Priory Mews,Ferry Steps,Chandler Row,Quarry Bank,Beacon Hill,Weir Lane,Larkfield Avenue,Cooper Yard,Drovers Way,Thimble Street,Rope Walk'.split(
    ',',
  ),
  0.4,
);
