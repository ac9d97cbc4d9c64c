import { z } from 'zod/v4';
import { type Outcome, verb } from '../flow.js';
import { roleInput } from './form.js';
import { rolesCard } from './roles.js';
import { readMineScopes } from './scopes.js';

const mostFavourites = 50;

/** A note for this person alone: it gives nobody anything, so it need not be theirs to activate. */
export const favourite = verb({
  name: 'pim.favourite',
  scopes: readMineScopes,
  input: z.object({ role: roleInput, on: z.boolean(), query: z.string().max(500).default('') }),
  async run(turn, { role, on, query }): Promise<Outcome> {
    const row = {
      person: turn.actor.objectId,
      kind: role.kind,
      target: role.id.toLowerCase(),
      scope: role.scope.toLowerCase(),
    };
    await turn.services.store.write(async (tx) => {
      await tx
        .deleteFrom('favourites')
        .where('person', '=', row.person)
        .where('kind', '=', row.kind)
        .where('target', '=', row.target)
        .where('scope', '=', row.scope)
        .execute();
      const { count } = await tx
        .selectFrom('favourites')
        .select((all) => all.fn.countAll<number>().as('count'))
        .where('person', '=', row.person)
        .executeTakeFirstOrThrow();
      if (on && Number(count) < mostFavourites) {
        // The same press may arrive at two instances.
        await tx
          .insertInto('favourites')
          .values(row)
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      }
    });
    return rolesCard(turn, query);
  },
});
