import assert from 'node:assert/strict';
import { findingsText } from '../../../scripts/roles/text.js';
import { day } from '../../../src/base/clock.js';
import type { AppError } from '../../../src/base/errors.js';
import { projectRoot } from '../../../src/base/project-root.js';
import { createRenderer } from '../../../src/cards/render.js';
import { collectFindings, type Findings, knownActivations } from '../../../src/flows/pim/findings/collect.js';
import { findings } from '../../../src/flows/pim/findings.js';
import { knownSince } from '../../../src/flows/pim/lately.js';
import { graphError } from '../../../src/graph/errors.js';
import type { GraphReader } from '../../../src/graph/graph.js';
import { actorOf } from '../../graph/practice-graph.js';
import { cardText } from '../../support/card-text.js';
import { aiAdmin, type LookBackStage, openLookBackStage } from './look-back-stage.js';

describe('findings about roles', () => {
  let stage: LookBackStage;
  beforeEach(async () => {
    stage = await openLookBackStage();
  });
  afterEach(() => stage.close());

  const collect = async (lists: GraphReader = stage.graph.reader): Promise<Findings> => {
    const now = new Date(stage.now());
    return collectFindings({
      readers: { lists, rules: stage.graph.reader },
      policy: stage.services.policy,
      known: await knownActivations(stage.services.store.db, now),
      now,
      log: stage.services.log,
    });
  };
  /** The bot has known of activations for so long. */
  const knownFor = (ms: number) =>
    stage.services.store.write((tx) =>
      tx
        .insertInto('marks')
        .values({ name: knownSince, at: stage.now() - ms })
        .execute(),
    );
  const unusedBy = ({ unused }: Findings) => unused.map(({ person, name }) => `${person}: ${name}`).sort();

  it('say who could activate what and has not, as far back as the bot knows', async () => {
    await knownFor(40 * day);
    const found = await collect();
    assert.equal(found.knownDays, 40);
    assert.ok(
      unusedBy(found).some((each) => /: AI Administrator$/.test(each)),
      unusedBy(found).join('\n'),
    );
    assert.ok(
      unusedBy(found).some((each) => /: AI Platform Admins$/.test(each)),
      'a group of the policy file',
    );
    assert.ok(
      !unusedBy(found).some((each) => /: Security Administrator$/.test(each)),
      'kept for emergencies',
    );
    assert.ok(
      !unusedBy(found).some((each) => /: Exchange Administrator$/.test(each)),
      'a group is no person',
    );
    await stage.ended({ target: aiAdmin, starts_at: stage.now() - 20 * day });
    assert.ok(!unusedBy(await collect()).some((each) => /: AI Administrator$/.test(each)));
  });

  it('do not count what was asked for and never came', async () => {
    await knownFor(40 * day);
    await stage.ended({ target: aiAdmin, state: 'denied', starts_at: 0 });
    assert.ok(unusedBy(await collect()).some((each) => /: AI Administrator$/.test(each)));
  });

  it('say nothing about use before the bot has known of it for a day, and never look further back than the policy', async () => {
    assert.deepEqual((await collect()).unused, []);
    await knownFor(400 * day);
    assert.equal((await collect()).knownDays, 90);
  });

  it('say who has a role all the time: people, and only where it matters', async () => {
    const { standing } = await collect();
    assert.ok(standing.length > 0);
    const names = new Set(standing.map(({ name }) => name));
    assert.ok(names.has('Security Administrator'), [...names].join());
    assert.ok(standing.every(({ tier, activated, ends }) => tier !== 'standard' && !activated && !ends));
    assert.ok(
      standing.every(({ person }) => person !== '' && !/-/.test(person.slice(0, 9))),
      'names, no ids',
    );
  });

  it('say which rules ask for too little', async () => {
    const weak = (await collect()).weak.map(({ target, ...rest }) => ({ name: target.name, ...rest }));
    const admin = weak.find(({ name }) => name === 'AI Administrator');
    assert.deepEqual(admin, {
      name: 'AI Administrator',
      noApproval: false,
      noReason: false,
      window: 240,
      tierWindow: 120,
    });
    assert.ok(
      !weak.some(({ name }) => name === 'Security Administrator'),
      'for emergencies: no approval is meant',
    );
    assert.ok(!weak.some(({ name }) => name === 'Power Platform Administrator'), 'of the standard tier');
  });

  it('leave out what cannot be read just now, and say so', async () => {
    const broken: GraphReader = {
      ...stage.graph.reader,
      pages: (path, options) => {
        if (path.includes('privilegedAccess/group')) throw graphError('graph.unavailable');
        return stage.graph.reader.pages(path, options);
      },
    };
    const { missing, standing } = await collect(broken);
    assert.deepEqual(missing, { role: false, group: true });
    assert.ok(standing.every(({ kind }) => kind === 'role'));
  });

  it('are for those whom Entra lets look', async () => {
    const forbidden: GraphReader = {
      ...stage.graph.reader,
      pages: () => {
        throw graphError('graph.forbidden');
      },
    };
    await assert.rejects(collect(forbidden), (error: AppError) => error.code === 'pim.findings-closed');
  });

  describe('as a card', () => {
    const run = async (key: string) => {
      const graph = await stage.graph.as(key, ...findings.scopes);
      const { services } = stage;
      const place = { conversationId: 'chat', serviceUrl: 'https://teams.example' };
      const turn = {
        services,
        actor: actorOf(key),
        verb: findings.name,
        place,
        graph,
        reference: 'r',
        language: '',
        answerBy: 9e15,
      };
      const outcome = await findings.run(turn, {});
      assert.ok(outcome.kind === 'card');
      return cardText(createRenderer({ root: projectRoot() }).render(outcome.card).content);
    };

    it('shows an administrator what to put right, with their own rights', async () => {
      await knownFor(40 * day);
      const text = await run('security');
      assert.match(text, /things to put right about roles/);
      assert.match(text, /They could, and have not in the 40 days I know of/);
      assert.match(text, /Active all the time/);
      assert.match(text, /Up to 4 hours/);
      assert.doesNotMatch(text, /\(\d{4}[^,)]*\.\d+Z/, 'no time that a card cannot show');
    });

    it('tells everybody else kindly whom to ask', async () => {
      assert.match(await run('engineer'), /Entra lets only administrators see who has which role/);
      assert.deepEqual(await stage.refusals(), ['pim.findings-closed']);
    });
  });

  it('are told as text, one line each', async () => {
    await knownFor(40 * day);
    const text = findingsText(await collect());
    assert.match(text, /Eligible, and not activated in 40 days that the bot knows of:\n- /);
    assert.match(text, /- AI Administrator \(privileged\): up to 4 hours, its tier allows 2 hours/);
    assert.match(text, /Found: \d+ unused, \d+ standing, \d+ with weak rules\.$/);
  });
});
