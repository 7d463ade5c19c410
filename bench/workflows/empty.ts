/** The floor: what any workflow costs. */
export async function empty(): Promise<void> {}
