/** Did they type this name? However many blanks stand where, and however an accent is put on its letter: that cannot be seen, nor typed by whoever sees the name. */
export function isTyped(typed: string, name: string): boolean {
  return asRead(typed) === asRead(name);
}

function asRead(name: string): string {
  return name.normalize('NFC').replaceAll(/\s+/g, ' ').trim();
}
