/** What can have happened, as far as words tell. What only a card can say (“that was not me”) is not among it. */
export const happenings = [
  'lost',
  'stolen',
  'broken',
  'new-phone',
  'locked-out',
  'key-lost',
  'starter',
] as const;

export type Happening = (typeof happenings)[number];

export type Whose = 'mine' | 'other';

/** What somebody said: undefined where it did not become clear, which is asked then. */
export interface Understood {
  readonly what: Happening | undefined;
  readonly whose: Whose | undefined;
  /** Of somebody else, where a name was said; else empty. */
  readonly name: string;
}

/** One language. In each table the first line that fits is meant. */
interface Language {
  readonly code: string;
  readonly what: readonly (readonly [Happening, RegExp])[];
  /** It is about signing in, and nothing says what happened. */
  readonly help: RegExp;
  /** Before words that are about something else, such as access or roles. */
  readonly notOurs: RegExp;
  readonly whose: readonly (readonly [Whose, RegExp])[];
  /** Its first group is a name. */
  readonly name: RegExp;
}

const device =
  '(?:(?:mobile |cell |smart|work )?phone|mobile|cell|handset|iphone|android|laptop|notebook|computer|pc|macbook|tablet|ipad|device|authenticator)s?';
const key =
  '(?:(?:security|hardware|usb|fido2?|sign-?in|nfc)[ -]?(?:key|token|stick|dongle)|yubi ?key|key ?fob|(?:my|his|her|their) key)s?';
const bag = '(?:bag|handbag|backpack|rucksack|wallet|purse|car|jacket|coat)';
const near = '\\W+(?:\\w+\\W+){0,4}?';
const gone = '(?:lost|gone|missing|disappeared|vanished|misplaced|mislaid|nowhere)';
const lose =
  "(?:lost|lose|losing|misplaced|mislaid|can ?not find|can't find|cant find|couldn't find|left|forgot|forgotten|missing)";
const failed =
  "(?:broke|broken|cracked|smashed|shattered|damaged|dead|died|drowned|fell|dropped|kaputt|wet|does not (?:work|turn|start|charge)|doesn't (?:work|turn|start|charge)|won't (?:work|turn|start|charge|switch)|not working|stopped working|no longer works)";
const renewed =
  '(?:new|another|different|replacement|replaced|changed|changing|switched|switching|upgraded|swapped|reset|wiped|reinstalled)';
const cannot =
  "(?:can ?not|can't|cant|could not|couldn't|unable to|not able to|no way to|(?:won't|doesn't|does not|will not|not) let \\w+|fail(?:s|ed|ing)? to|how (?:can|do|should) i)";
const signIn =
  '(?:sign|log|signing|logging) ?-?(?:in|on|into|onto|back in)\\b|login\\b|authenticate\\b|get (?:back )?(?:in(?! touch)|into (?:my|his|her|their) (?:account|laptop|computer|mail|teams))\\b';

/** Either order: “lost my phone”, “my phone is lost”. */
function either(verb: string, thing: string, after = verb): RegExp {
  return new RegExp(`\\b${verb}${near}${thing}\\b|\\b${thing}${near}${after}\\b`, 'i');
}

const english: Language = {
  code: 'en',
  what: [
    [
      'stolen',
      new RegExp(
        `${either('(?:stole|steal|stolen|snatched|nicked|took|robbed of)', `(?:${device}|${key}|${bag})`, '(?:stolen|snatched|nicked|taken|robbed)').source}|\\b(?:was|were|been|got|am) (?:just )?(?:robbed|mugged|pickpocketed|burgled)\\b|\\bthief\\b`,
        'i',
      ),
    ],
    [
      'starter',
      /^(?!.*\b(?:admin\w*|owner|hours?|minutes?)\b).*\b(new (starter|hire|joiner|employee|colleague|team ?mate|team member|staff|person|intern)s?|first day|day one|(starts|joins|starting|joining) (with us|us|next|tomorrow|on|work|today|this)|onboard\w*)\b/i,
    ],
    ['key-lost', either(lose, key, gone)],
    ['broken', either(failed, `(?:${device}|${key})`)],
    ['new-phone', either(renewed, device)],
    ['lost', either(lose, device, gone)],
    [
      'locked-out',
      new RegExp(
        `\\b${cannot}\\W+(?:\\w+\\W+){0,3}?(?:${signIn})|\\block(?:ed)? (?:me |him |her |them |myself )?out\\b|\\b(?:sign|log)[ -]?(?:in|on|ing in) (?:is |does |do |has |keeps? )?(?:not|n't|broken|fail\\w*|impossible)|\\bforgot(?:ten)? (?:my|his|her|their|the) (?:password|pin|passcode)\\b|\\b(?:no|not get(?:ting)?|don't get|never get)(?: \\w+){0,3} (?:code|prompt|notification|second factor)s?\\b`,
        'i',
      ),
    ],
  ],
  help: /\b(?:(?:account|sign-?in) recovery|recover (?:my|his|her|their|the|an?) (?:account|access|sign-?in)|temporary access pass|help (?:me )?(?:to )?sign(?:ing)? in|lost or stolen|trouble signing in|sign-?in (?:help|trouble|problems?))\b/i,
  notOurs:
    /\b(?:packages?|access to|roles?|reviews?|reviewers?|approvals?|approve|approver|activate|activation|admin rights|membership|member of|my access|extend)\b/i,
  whose: [
    ['mine', new RegExp(`\\bmy (?:\\w+ )?(?:${device}|${key})\\b`, 'i')],
    [
      'other',
      /\b(?:my|our|a|the) (?:colleague|co-?worker|employee|boss|manager|report|team ?mate|assistant|intern|team member|new (?:colleague|hire|starter|joiner))s?\b|\b(?:his|her|their) \w+|\b(?:for|of|on behalf of|about) (?:somebody|someone|one|him|her|them|a colleague|another)\b|\b(?:he|she|they|somebody|someone)(?: has| have| is| are|'s)?(?: \w+)? (?:lost|can ?not|can't|broke|locked|starts?)|\b(?:somebody|someone) else\b/i,
    ],
    ['mine', /\b(?:i|i'm|i've|me|my|myself|mine)\b/i],
  ],
  name: /^((?!(?:I|I'm|I've|My|Me|Our|We|A|An|The|He|She|They|It|His|Her|Their|Help|Please|Someone|Somebody|Phone|Laptop|Device|Hello|Hi|Hey)\b)\p{Lu}[\p{L}'-]+(?: \p{Lu}[\p{L}'-]+){0,3})(?:'s \w+| has| is| just| had| can| lost| broke| starts| joins| needs)\b/u,
};

const languages: readonly Language[] = [english];

/** Undefined: it is not about losing the way to sign in. */
export function understand(said: string): Understood | undefined {
  // Phones write ’ where keyboards write '.
  const text = said
    .normalize('NFKC')
    .replace(/[’‘`´]/g, "'")
    .replace(/\s+/g, ' ')
    .trim();
  for (const language of languages) {
    const what = language.what.find(([, words]) => words.test(text))?.[0];
    if (what === undefined && !language.help.test(text)) continue;
    if (language.notOurs.test(text)) continue;
    return { what, ...whoseIn(language, text, what) };
  }
  return undefined;
}

function whoseIn(
  language: Language,
  text: string,
  what: Happening | undefined,
): Pick<Understood, 'whose' | 'name'> {
  const name = language.name.exec(text)?.[1]?.replace(/'s$/, '') ?? '';
  // Nobody can open their own first day.
  if (name !== '' || what === 'starter') return { whose: 'other', name };
  return { whose: language.whose.find(([, words]) => words.test(text))?.[0], name };
}
