export const clientStates = ['pending', 'active', 'archived'] as const;
export type ClientState = (typeof clientStates)[number];
