import { agencyTexts } from './agency.ts';
import { clientsTexts } from './clients.ts';
import { connectionsTexts } from './connections.ts';
import { feedbackTexts } from './feedback.ts';
import { frameTexts } from './frame.ts';
import { importsTexts } from './imports.ts';
import { onboardingsTexts } from './onboardings.ts';
import { peopleTexts } from './people.ts';
import { projectsTexts } from './projects.ts';
import { settingsTexts } from './settings.ts';
import { signInTexts } from './sign-in.ts';

/** All that the app says, in English, by subject. Refusals say themselves: their words come from the API. */
export const en = {
  ...frameTexts,
  ...signInTexts,
  ...agencyTexts,
  ...clientsTexts,
  ...importsTexts,
  ...onboardingsTexts,
  ...projectsTexts,
  ...settingsTexts,
  ...peopleTexts,
  ...connectionsTexts,
  ...feedbackTexts,
};
