import type { Card } from '../../../cards/card.js';
import { userById } from '../../../graph/directory.js';
import { type Held, type PackageInfo, packageById, packageOpens } from '../../../graph/entitlement.js';
import type { GraphReader } from '../../../graph/graph.js';
import { belongings } from '../../../graph/membership.js';
import type { HouseServices } from '../../turn.js';
import type { AskView } from '../cards/ask-views.js';
import { packageTier } from '../offers.js';
import type { TypedAnswers } from './answer-rules.js';
import type { ConflictsFound } from './conflicts.js';
import { dayIn, latestEnd } from './date-rules.js';
import { decidersFor } from './deciders.js';
import { fitQuestions } from './fit-questions.js';
import { opensText } from './opens-text.js';
import { packageLink } from './package-link.js';
import { questionViews } from './question-views.js';
import { hasProblem, needsReason, type Problems, type Wish } from './rules.js';
import type { Target, Way } from './ways.js';

export interface Form {
  readonly ref: string;
  readonly packageId: string;
  readonly target: Pick<Target, 'id' | 'name'>;
  readonly way: Way;
  /** How many there are to choose from. */
  readonly ways: number;
  readonly held: Held | undefined;
  readonly typed: Wish;
  /** Earlier answers that stay as they are. */
  readonly fixed: TypedAnswers;
  readonly conflicts: ConflictsFound;
  readonly problems: Problems;
  readonly others: AskView['others'];
  /** In which questions are asked; empty: as they were written. */
  readonly language: string;
}

/** What the package and its policy say is read by the bot: a requester may not read policies, but may see this much. */
export async function formCard(services: HouseServices, form: Form): Promise<Card> {
  const { way, target, held, conflicts, problems } = form;
  const reader = services.graph.reader(services.ids.guid());
  const [offer, opens, decides, holder] = await Promise.all([
    packageById(reader, form.packageId),
    packageOpens(reader, [form.packageId]),
    decidersFor(reader, target.name)(way, { renews: held !== undefined }),
    readHolder(reader, target.id),
  ]);
  const view: AskView = {
    ref: form.ref,
    policy: way.policyId,
    ...namesOf(services, offer),
    forName: target.name,
    opens: opensText(opens.get(form.packageId) ?? []),
    way: form.ways > 1 ? way.name : '',
    decides,
    lasts: way.lasts,
    renews: held !== undefined,
    until: held?.endsAt ?? '',
    conflicts: conflicts.had.join(', '),
    neverWith: target.name === '' ? '' : conflicts.all.join(', '),
    ...holder,
    ...reasonPart(services, form, offer),
    questions: questionsPart(form),
    ...datesPart(services, form, holder.guest),
    problems: { any: hasProblem(problems), ...shownProblems(problems) },
    others: form.others,
    portalUrl: packageLink(services.tenantId, form.packageId),
  };
  return { template: 'packages/ask', view };
}

function namesOf(services: HouseServices, offer: PackageInfo) {
  const { name, description } = offer;
  return { name, description, tier: packageTier(services.policy, offer).tier.name };
}

function shownProblems({ form, reason, start, end }: Problems) {
  return { form, reason, start, end };
}

function reasonPart(services: HouseServices, { way, typed }: Form, offer: PackageInfo) {
  const { tier } = packageTier(services.policy, offer);
  return {
    reasonRequired: needsReason({ requirement: way, tier }),
    reasonAtLeast: tier.reason.atLeast,
    reason: typed.reason,
  };
}

function questionsPart({ way, typed, fixed, problems, language }: Form) {
  const views = questionViews(way.questions, {
    language,
    typed: typed.answers,
    fixed: new Set(fixed.keys()),
    problems: problems.answers,
  });
  return fitQuestions(views, typed.reason);
}

function datesPart({ policy, clock }: HouseServices, { way, typed, held }: Form, guest: boolean) {
  const { timeZone } = policy.notices;
  const now = clock.now().getTime();
  const longest = guest ? policy.packages.guestLongest : undefined;
  const rules = {
    own: way.ownDates,
    lasts: way.lasts,
    longest,
    renews: held !== undefined,
    now,
    timeZone,
  };
  const latest = way.ownDates ? latestEnd(rules, now) : undefined;
  const lastDay = latest === undefined ? '' : dayIn(latest, timeZone);
  return {
    ownDates: way.ownDates,
    startDate: typed.startDate,
    endDate: typed.endDate === '' && guest ? lastDay : typed.endDate,
    lastDay,
    timeZone,
  };
}

/** Who will have it. */
async function readHolder(reader: GraphReader, id: string) {
  const { guest } = await userById(reader, id);
  const sponsors = guest ? ((await belongings(reader, [id])).get(id)?.sponsors ?? []) : [];
  return { guest, sponsors: sponsors.join(', ') };
}
