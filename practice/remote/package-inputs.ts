import { z } from 'zod/v4';
import { archiveSizes } from '../world/reviewed-people.js';
import { checked } from './inputs.js';

const moment = z.iso.datetime({ offset: true });

const hold = z
  .strictObject({
    person: z.string().optional(),
    /** So many people of the archive, less its guests. */
    archive: z.int().min(1).max(archiveSizes.most).optional(),
    package: z.string(),
    policy: z.string().optional(),
    startsAt: moment.optional(),
    endsAt: moment,
  })
  .refine(({ person, archive }) => (person === undefined) !== (archive === undefined), {
    message: 'needs either a person or a number of the archive',
  });
const expire = z.strictObject({ person: z.string(), package: z.string() });
const settings = z.strictObject({ package: z.string(), fails: z.enum(['failed', 'partial', '']) });

export function holdInput(body: unknown): z.infer<typeof hold> {
  return checked(hold, body);
}

export function expireInput(body: unknown): z.infer<typeof expire> {
  return checked(expire, body);
}

export function packageSettingsInput(body: unknown): z.infer<typeof settings> {
  return checked(settings, body);
}
