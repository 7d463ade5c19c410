/** An activity that costs what any activity costs. */
export async function doNothing(): Promise<void> {}
