import { z } from 'zod/v4';

/** What Teams draws by itself for a file: the question whether it may be saved, and the file once it is. */
export type FileCard =
  | {
      readonly kind: 'consent';
      readonly name: string;
      readonly description: string;
      readonly sizeInBytes: number;
      /** Goes back to the bot with the answer, as it came. */
      readonly acceptContext?: unknown;
      readonly declineContext?: unknown;
    }
  | { readonly kind: 'info'; readonly name: string; readonly url: string; readonly fileType: string };

export const consentType = 'application/vnd.microsoft.teams.card.file.consent';
export const infoType = 'application/vnd.microsoft.teams.card.file.info';

const consent = z.object({
  name: z.string().min(1),
  content: z.object({
    description: z.string(),
    sizeInBytes: z.int().min(0),
    acceptContext: z.unknown(),
    declineContext: z.unknown(),
  }),
});
const info = z.object({
  name: z.string().min(1),
  contentUrl: z.url(),
  content: z.object({ uniqueId: z.string().min(1), fileType: z.string() }),
});

/** Undefined: Teams would not know what to draw. */
export function readFileCard(contentType: string, attachment: unknown): FileCard | undefined {
  if (contentType === consentType) {
    const read = consent.safeParse(attachment);
    return read.success ? { kind: 'consent', name: read.data.name, ...read.data.content } : undefined;
  }
  const read = info.safeParse(attachment);
  if (!read.success) return undefined;
  const { name, contentUrl, content } = read.data;
  return { kind: 'info', name, url: contentUrl, fileType: content.fileType };
}
