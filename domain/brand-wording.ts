const ours = '(?:our|own|proprietary|unser\\p{L}*)';
const scan = '(?:scan|crawl|pen(?:etration)?[- ]?test)\\p{L}*';
const tested = '(?:tested|audited|gepruft|getestet)';
/** Up to two words that describe what follows: "our security scans", but not "our team about scans". */
const between = '(?:(?!(?:about|after|and|at|before|for|from|in|of|on|or|to|when|with)\\b)\\p{L}+ ){0,2}';

/** What a brand may not claim for a report, each with the words it is claimed by. Texts are compared without case and accents. */
const claims = [
  { claim: 'a certification', words: /\b(?:(?:certif|zertif|accredit|akkredit)\p{L}*|tuv|iso[- /]?(?:iec[- ]?)?\d{4,5}|soc[- ]?2|pci[- ]?dss)\b/gu },
  { claim: 'compliance', words: /\b(?:compliant|konform)\b/gu },
  { claim: 'a guarantee', words: /\b(?:guarant\p{L}*|garanti\p{L}*|warrant(?:y|ies|ed|s)?)\b/gu },
  { claim: 'complete security', words: /\b(?:hack[- ]?proof|unhackable|100 ?% (?:safe|secure)|(?:fully|completely) secure)\b/gu },
  {
    claim: 'own scanning',
    words: new RegExp(`\\b(?:${ours} ${between}${scan}|(?:we|wir) ${between}${scan}|${scan} ${between}(?:by|von|durch)|${tested} (?:by|von|durch))\\b`, 'gu'),
  },
] as const;

/** "This is not a certification" claims none; "not only certified" does. */
const denial = /\b(?:not(?! only)|no|nor|never|without|neither|cannot|kein\p{L}*|nicht(?! nur)|ohne)\b|n['’]t\b/u;

/**
 * Why a brand or a footer may not read so, or undefined where it may: a report is observed technical evidence of the product's scan, so whoever
 * puts a name on it claims no certification, no guarantee and no scanning of their own.
 */
export function forbiddenClaim(text: string): string | undefined {
  for (const clause of clausesOf(text)) {
    for (const { claim, words } of claims) {
      for (const { 0: said, index } of clause.matchAll(words)) {
        if (!denial.test(clause.slice(0, index))) return `must not claim ${claim} ("${said}"): a report is observed technical evidence, not a certification`;
      }
    }
  }
  return undefined;
}

/** Cyrillic and Greek letters that look like Latin ones, each with the one: a claim in them reads the same. */
const lookalikes = new Map(
  'аa еe оo іi рp сc уy хx ѕs јj кk мm тt вb αa οo ρp εe ιi κk νv τt υu χx'.split(' ').map(([letter = '', latin = '']) => [letter, latin]),
);

/** A denial holds to the end of its clause: "not a certification, guarantee or warranty". */
function clausesOf(text: string): string[] {
  const plain = text
    .normalize('NFKD')
    .replaceAll(/[\p{M}\p{Cf}]/gu, '')
    .toLowerCase()
    .replaceAll(/[\p{Script=Cyrillic}\p{Script=Greek}]/gu, (letter) => lookalikes.get(letter) ?? letter)
    .replaceAll(/\s+/g, ' ');
  return plain.split(/[.!?;:|•]| but | aber /u);
}
