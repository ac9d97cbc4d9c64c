/** A name or a time at least: who reads the record later wants to know how. */
const lettersAtLeast = 10;

/** Blanks and dots are no sentence. */
export function noteIsShort(note: string): boolean {
  return (note.match(/[\p{L}\p{N}]/gu) ?? []).length < lettersAtLeast;
}
