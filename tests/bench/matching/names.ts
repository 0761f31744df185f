/** Forenames and surnames as they are about in England and Wales, commoner first; combined by chance they are nobody's. */
export const FEMALE =
  `Olivia Amelia Margaret Susan Sarah Emma Fatima Jessica Elizabeth Mary Patricia Aisha Emily Claire Chloe Karen
Laura Rebecca Zainab Katherine Helen Rachel Nicola Jennifer Sophie Lucy Maryam Charlotte Hannah Deborah Julie Alison Samantha
Victoria Amina Joanna Christine Angela Jacqueline Tracey Grace Ruby Priya Freya Isabella Eleanor Natalia Oksana Siân Niamh Bronwen
Thandiwe Folasade Mei Yuki Leila Yasmin Ngozi Adaeze Catrin Marta Agnieszka Zofia Irina Gabriela Bethany Megan Rhiannon Tamsin
Philippa Beatrice Rosalind Imogen Harriet Abigail Alexandra Frances Gillian Maureen Pamela Sandra Teresa Dorothy Joyce`.split(
    /\s+/,
  );
export const MALE =
  `Mohammed David John Oliver James Michael Peter Andrew Christopher Thomas Paul Robert William Daniel Matthew Ahmed
Richard Stephen Joshua Jack George Harry Alexander Benjamin Samuel Mark Joseph Ali Jonathan Anthony Ibrahim Simon Kevin Gary Philip
Edward Nicholas Ryan Luke Nathan Callum Aaron Adam Yusuf Omar Hassan Piotr Tomasz Andrzej Marek Rhys Gareth Dylan Owain Ewan Callan
Kwame Kofi Chidi Emeka Wei Hiroshi Arjun Rohan Vikram Sanjay Ravi Dmytro Oleksandr Stefan Luca Mateo Frederick Leonard Raymond
Timothy Gregory Douglas Kenneth Ronald Gerald Malcolm Trevor Desmond Curtis Leroy Zachary Toby Rupert Hugo`.split(
    /\s+/,
  );

const COMMON =
  `Smith Jones Khan Williams Taylor Brown Patel Davies Evans Wilson Thomas Ahmed Johnson Roberts Walker Wright Hussain
Thompson White Hughes Edwards Green Hall Wood Harris Lewis Martin Singh Jackson Clarke Ali Begum Clark Turner Hill Cooper Moore Ward
Morris King Watson Baker Harrison Morgan Shah Allen Kaur James Scott Phillips Mitchell Okafor Lee Davis Parker Bennett Price Griffiths
Kelly Simpson Cook Nowak Young Bailey Carter Richardson Collins Bell Shaw Murphy Miller Cox Marshall Mohamed Anderson Wilkinson
Kowalski Adams Foster Ellis Murray Chapman Mason Gray Palmer Adeyemi Hunt Holmes Mills Osei Nguyen Chen O’Neill O’Brien Rahman`.split(
    /\s+/,
  );
const FIRST =
  `Ash Black Brack Bram Clif Cold Crow Dal Dun East Fair Fern Field Gar Grey Hal Har Hazel Hol Kes Lang Led Lin Marl
Mill Nether North Oak Pen Pres Rad Red Rock Row Shel Sher Stan Stock Thorn West Whit Wick Win Wool Yar`.split(/\s+/);
const LAST =
  `bourne bridge brook bury by cliffe combe cote croft dale den don field ford gate grove ham hurst land ley low man more
ridge shaw stead stone thorpe ton trell wall ward well wick win wood worth`.split(/\s+/);
/** Some 1,600: the commonest of England and Wales, and a long tail of made-up ones. */
export const SURNAMES = [
  ...COMMON,
  ...FIRST.flatMap((a, i) => LAST.map((b, j) => ({ name: a + b, at: (i * 7 + j * 13) % 97 })))
    .sort((a, b) => a.at - b.at)
    .map((n) => n.name),
];
/** Made-up streets. */
export const STREETS = FIRST.flatMap((a) =>
  ['Street', 'Road', 'Court', 'Lane', 'Close', 'Avenue'].map((kind) => `${a}ler ${kind}`),
);
