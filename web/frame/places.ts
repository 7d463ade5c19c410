import type { WebPath } from '../../domain/web-path.ts';
import type { Account } from '../data/me.ts';
import { texts } from '../texts/texts.ts';
import type { IconName } from './icons.tsx';

interface Place {
  to: WebPath;
  label: string;
  /** Only an agency has it. */
  ofAgency: boolean;
}

const { navigation, settings } = texts;

const mainPlaces = [
  { to: '/agency', label: navigation.agency, icon: 'agency', ofAgency: true },
  { to: '/clients', label: navigation.clients, icon: 'clients', ofAgency: true },
  { to: '/projects', label: navigation.projects, icon: 'projects', ofAgency: true },
  { to: '/onboardings', label: navigation.onboardings, icon: 'onboardings', ofAgency: true },
  { to: '/imports', label: navigation.imports, icon: 'imports', ofAgency: true },
  { to: '/settings', label: navigation.settings, icon: 'settings', ofAgency: false },
] as const satisfies (Place & { icon: IconName })[];

const settingsPlaces = [
  { to: '/settings/account', label: settings.account, ofAgency: false },
  { to: '/settings/people', label: settings.people, ofAgency: false },
  { to: '/settings/plan', label: settings.plan, ofAgency: false },
  { to: '/settings/brand', label: settings.brand, ofAgency: true },
  { to: '/settings/crm', label: settings.crm, ofAgency: true },
  { to: '/settings/keys', label: settings.keys, ofAgency: false },
  { to: '/settings/history', label: settings.history, ofAgency: false },
  { to: '/settings/notifications', label: settings.notifications, ofAgency: true },
  { to: '/settings/sessions', label: settings.sessions, ofAgency: false },
] as const satisfies Place[];

/** Where an account of this kind has something: the main places, and the pages of its settings. */
export function placesOf(kind: Account['kind']) {
  const has = ({ ofAgency }: Place) => kind === 'agency' || !ofAgency;
  return { main: mainPlaces.filter(has), settings: settingsPlaces.filter(has) };
}
