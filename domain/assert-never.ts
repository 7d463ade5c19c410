/** Marks the branch that a complete `switch` never reaches; a union that grew fails to compile there. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`);
}
