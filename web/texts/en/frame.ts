import type { Role } from '../../../domain/permission.ts';

/** What is around every page, and what any of them may say. */
export const frameTexts = {
  /** By which times and numbers are written. */
  locale: 'en-GB',
  product: 'Foyer',
  skipToContent: 'Skip to content',
  form: {
    changedMeanwhile: (now: string) =>
      now ? `Changed meanwhile: it now is “${now}”. Saving puts yours in its place.` : 'Emptied meanwhile. Saving puts yours in its place.',
  },
  navigation: {
    label: 'Foyer',
    agency: 'Agency',
    clients: 'Clients',
    projects: 'Projects',
    onboardings: 'Onboardings',
    imports: 'Imports',
    settings: 'Settings',
    docs: 'Docs',
    needAttention: 'need attention',
  },
  frame: {
    account: 'Account',
    openAnother: 'Open another account',
    you: 'You',
    signOut: 'Sign out',
    theme: 'Theme',
    themes: { light: 'Light', dark: 'Dark', auto: 'As the system' },
    connectionLost: 'Connection lost. What you see may be old; Foyer keeps trying and catches up by itself.',
  },
  palette: {
    open: 'Search and commands',
    placeholder: 'Search clients, projects and pages',
    nothing: 'Nothing like that',
    goTo: 'Go to',
    commands: 'Commands',
  },
  problems: {
    unexpected: {
      title: 'Something went wrong',
      detail: 'Foyer gave an answer that this page does not understand.',
      nextAction: 'Reload the page; if it stays, tell support.',
    },
    unreachable: {
      title: 'Foyer cannot be reached',
      detail: 'Nothing was changed, and what you typed is kept.',
      nextAction: 'Try again once the connection is back.',
    },
    tryAgain: 'Try again',
  },
  notFound: {
    title: 'There is nothing here',
    detail: 'The page may have moved, or it belongs to another account than the one you are using.',
    nextAction: 'Go to Agency',
  },
  whyNot: {
    role: (role: Role) => `Your role here is ${role}: you can look, not change. An owner or admin can, or can give you the role.`,
    ownersAlone: (role: Role) => `Only an owner can, and your role here is ${role}.`,
    restricted: 'You see some clients of this account only, and this is about all of it. An owner or admin who sees all clients can.',
  },
  undo: { undo: 'Undo', undone: 'Undone.', close: 'Close' },
};
