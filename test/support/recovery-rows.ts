import { missing } from './missing.js';
import type { RecoveryStage, StagedPerson } from './recovery-stage.js';

/** Another world, in which nobody has ever lost anything. */
export async function newWorld(stage: RecoveryStage): Promise<void> {
  await stage.idle();
  await stage.store().write(async (tx) => {
    await tx.deleteFrom('recovery_cases').execute();
    await tx.deleteFrom('method_changes').execute();
    const kinds = ['recovery.show-case', 'recovery.look', 'recovery.escalate', 'recovery.hide'];
    await tx.deleteFrom('jobs').where('kind', 'in', kinds).execute();
  });
  await stage.reset();
  await stage.advance('PT11S');
}

/** The reference of the newest card of this kind that this person has about somebody's case. */
export async function cardRef(
  stage: RecoveryStage,
  person: string,
  kind: string,
  about: string,
): Promise<string> {
  const row = await stage
    .store()
    .db.selectFrom('cards')
    .select('ref')
    .where('person', '=', stage.idOf(person))
    .where('kind', '=', kind)
    .where('item', '=', await caseItem(stage, about))
    .orderBy('created_at', 'desc')
    .executeTakeFirst();
  return row?.ref ?? missing(`${kind} of ${person}`);
}

/** What the newest case of this person is called in the record, and on its cards. */
export async function caseItem(stage: RecoveryStage, about: string): Promise<string> {
  return `recoveryCase:${(await stage.caseOf(about)).id}`;
}

/** How everybody signs in now, as Entra has it. */
export async function everybody(stage: RecoveryStage): Promise<readonly StagedPerson[]> {
  return (await stage.get<{ readonly people: readonly StagedPerson[] }>('/recovery')).people;
}
