import assert from 'node:assert/strict';
import jwt from 'jsonwebtoken';
import { identityError } from '../../src/identity/errors.js';
import { openPracticeEdge, type PracticeEdge, type Shown, scopes, type Work } from './practice-edge.js';

const c1 = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}';

/** What Graph would see of the token that the verb has in its hand. */
const hasC1 = (token: string): boolean => (jwt.decode(token, { json: true })?.acrs ?? []).includes('c1');
const demandC1 = (): never => {
  throw identityError('identity.step-up-needed', undefined, { claims: c1 });
};
const plain: Work = async ({ actor }, tokens) => void (await tokens.tokenFor(actor, scopes));

interface Shape {
  readonly what: string;
  readonly work: Work;
  /** The sign-in service itself demands it. */
  readonly always: boolean;
}

const shapes: readonly Shape[] = [
  {
    what: 'a 401 with claims in its header, which the token at hand cannot meet',
    always: false,
    work: async ({ actor }, tokens) => {
      if (hasC1(await tokens.tokenFor(actor, scopes))) return;
      assert.ok(hasC1(await tokens.tokenFor(actor, scopes, { claims: c1 })));
    },
  },
  {
    what: 'a 400 of role activation with claims in its message',
    always: false,
    work: async ({ actor }, tokens) => {
      if (!hasC1(await tokens.tokenFor(actor, scopes))) demandC1();
    },
  },
  { what: 'an answer of on-behalf-of itself', always: true, work: plain },
  {
    what: 'a rule of our own about the sign-in',
    always: false,
    work: async ({ actor }, tokens) => {
      await tokens.tokenFor(actor, scopes);
      if (!tokens.contexts(actor).includes('c1')) demandC1();
    },
  },
];

describe('a stronger sign-in, from the demand to the action that goes on', () => {
  let stage: PracticeEdge;
  afterEach(() => stage.close());

  const title = ({ card }: Shown) => card?.body[0]?.text;
  const signIn = async (card: string, body: object = {}): Promise<Shown> => {
    await stage.remote(`/people/engineer/cards/${card}/sign-in`, body);
    return stage.newest('engineer');
  };
  /** A card whose button has just been answered with the demand. */
  async function demanded({ work, always }: Shape, pages = 'together'): Promise<string> {
    stage = await openPracticeEdge({ pages });
    if (always) await stage.remote('/people/engineer/step-up', { require: 'c1' });
    const card = await stage.ask('engineer');
    stage.works(work);
    assert.match((await stage.press('engineer', card)).prompt?.text ?? '', /stronger sign-in/);
    return card;
  }
  const [, pim] = shapes;

  for (const shape of shapes) {
    it(`meets ${shape.what}`, async () => {
      const card = await demanded(shape);
      const shown = await signIn(card);
      assert.deepEqual([title(shown), shown.prompt, shown.notice], ['Here you are', undefined, undefined]);
      const again = await stage.press('engineer', card);
      assert.equal(again.prompt, undefined, 'and is not asked for again');
    });
  }

  it('is redeemed by another instance than the one that served the window', async () => {
    const card = await demanded(pim ?? assert.fail(), 'apart');
    assert.equal(title(await signIn(card)), 'Here you are');
    assert.equal((await stage.press('engineer', card)).prompt, undefined);
  });

  it('is not met by a token of Teams, however often it hands one over', async () => {
    const card = await demanded(pim ?? assert.fail());
    const { prompt } = await signIn(card, { grant: false });
    assert.match(prompt?.text ?? '', /stronger sign-in/);
  });

  it('goes on where the window was used and nothing was handed over', async () => {
    const card = await demanded(pim ?? assert.fail());
    await walked(await stage.newest('engineer'));
    assert.equal(title(await stage.press('engineer', card)), 'Here you are');
    assert.equal((await stage.newest('engineer')).prompt, undefined);
  });

  it('is used once', async () => {
    const card = await demanded(pim ?? assert.fail());
    const state = await walked(await stage.newest('engineer'));
    assert.equal((await signIn(card, { state })).prompt, undefined);
    stage.works(() => {
      throw identityError('identity.consent-needed');
    });
    assert.ok((await stage.press('engineer', card)).prompt);
    assert.match((await signIn(card, { state })).notice?.text ?? '', /used already.*press the button again/);
  });

  it('ends with an explanation where it does not help', async () => {
    const card = await demanded({ what: 'always', always: false, work: async () => demandC1() });
    const { notice, prompt } = await signIn(card);
    assert.equal(prompt, undefined);
    assert.match(notice?.text ?? '', /You signed in as asked, but Entra still wants a stronger sign-in/);
  });

  it('is of no use when somebody else went through the window', async () => {
    const card = await demanded(pim ?? assert.fail());
    const state = await walked(await stage.newest('engineer'), 'finance');
    const { prompt } = await signIn(card, { state });
    assert.ok(prompt, 'asked again');
    assert.ok(!stage.house.ran.some(({ actor }) => actor.name.includes('finance')));
  });

  it('agrees to what the verb needs, in the same window', async () => {
    stage = await openPracticeEdge();
    await stage.remote('/people/engineer/consent', { withdraw: scopes });
    const card = await stage.ask('engineer');
    const { prompt } = await stage.press('engineer', card);
    const start = await fetch(prompt?.url ?? '', { redirect: 'manual' });
    const consent = new URL(start.headers.get('location') ?? '');
    assert.equal(consent.searchParams.get('prompt'), 'consent');
    assert.equal(title(await signIn(card)), 'Here you are');
  });

  it('leaves no code, no state and no token in the log', async () => {
    const card = await demanded(pim ?? assert.fail());
    const state = await walked(await stage.newest('engineer'));
    await signIn(card, { state });
    const log = JSON.stringify(stage.log.lines);
    for (const secret of [state, 'eyJ', 'code=']) assert.ok(!log.includes(secret), secret);
  });

  /** Through the window by hand; answers what its last page hands over. */
  async function walked({ prompt }: Shown, person = 'engineer'): Promise<string> {
    const start = await fetch(prompt?.url ?? '', { redirect: 'manual' });
    const consent = new URL(start.headers.get('location') ?? '');
    const form = { request: consent.search.slice(1), person, answer: 'accept' };
    const accepted = await fetch(consent, {
      method: 'POST',
      body: new URLSearchParams(form),
      redirect: 'manual',
    });
    const page = await (await fetch(accepted.headers.get('location') ?? '')).text();
    return / data-state="([\w-]+)"/.exec(page)?.[1] ?? assert.fail(page);
  }
});
