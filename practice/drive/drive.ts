import type { PracticeContext } from '../context.js';
import type { Person } from '../world/people.js';
import { createDriveBook, type DriveBook, type UploadSession } from './drive-book.js';

// The service and the Teams client are built apart but share one drive; it lives as long as its context.
const opened = new WeakMap<PracticeContext, DriveBook>();

export function driveOf(ctx: PracticeContext): DriveBook {
  const known = opened.get(ctx);
  if (known) return known;
  const drive = createDriveBook(ctx.clock, ctx.snapshot);
  opened.set(ctx, drive);
  return drive;
}

/** What Teams tells a bot of the place that it keeps for a file. */
export function uploadInfoOf(ctx: PracticeContext, session: UploadSession) {
  const { id, key, owner, name } = session;
  return {
    contentUrl: fileUrl(ctx, owner, name),
    name,
    uploadUrl: `${ctx.publicUrl}/drive/personal/${owner}/_api/v2.0/drive/items/${id}/uploadSession?tempauth=${key}`,
    uniqueId: id,
    fileType: name.includes('.') ? name.slice(name.lastIndexOf('.') + 1) : '',
  };
}

export function fileUrl(ctx: PracticeContext, owner: Person['key'], name: string): string {
  return `${ctx.publicUrl}/drive/personal/${owner}/Documents/${encodeURIComponent(name)}`;
}
