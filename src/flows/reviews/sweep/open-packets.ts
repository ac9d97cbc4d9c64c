import type { PacketRow } from '../../../store/schema.js';
import type { HouseServices } from '../../turn.js';

export interface OpenPacket extends PacketRow {
  /** 29: address of its reader; empty until they were heard of. */
  readonly mri: string;
  /** Hash of the newest picture. */
  readonly picture: string;
  /** 0: opened by its reader out of a list, before the message of its own was made. */
  readonly version: number;
}

export interface Which {
  readonly person?: string | undefined;
  /** Id of somebody it shows. */
  readonly item?: string | undefined;
}

/** Packets of one review whose cards are not final. */
export async function openPackets(
  { store }: HouseServices,
  instanceId: string,
  { person, item }: Which = {},
): Promise<readonly OpenPacket[]> {
  const rows = await store.db
    .selectFrom('packets')
    .innerJoin('cards', 'cards.ref', 'packets.ref')
    .leftJoin('conversations', 'conversations.person', 'packets.person')
    .selectAll('packets')
    .select(['conversations.mri as mri', 'cards.picture as picture', 'cards.version as version'])
    .where('packets.instance_id', '=', instanceId)
    .where('cards.state', '=', 'open')
    .$if(person !== undefined, (query) => query.where('packets.person', '=', person ?? ''))
    .$if(item !== undefined, (query) => query.where('packets.shown', 'like', `%${item}%`))
    .execute();
  return rows.map((row) => ({ ...row, mri: row.mri ?? '' }));
}
