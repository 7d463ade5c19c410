import type { Home } from './home.ts';
import type { ChildRegister } from './orphans.ts';
import type { Progress } from './progress.ts';
import type { RememberedPorts } from './remembered-ports.ts';
import type { Secrets } from './secrets.ts';
import type { Settings } from './settings.ts';

/** What each part of a start needs. */
export interface StartContext {
  settings: Settings;
  home: Home;
  ports: RememberedPorts;
  secrets: Secrets;
  children: ChildRegister;
  progress: Progress;
  /** Aborted when people want to stop. */
  signal: AbortSignal;
}
