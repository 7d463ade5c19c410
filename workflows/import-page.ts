import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import { type ImportCounts, type ImportState, importOutcomes, noOutcomes } from '../domain/import-state.ts';
import { searchAttributes } from './contract.ts';

const headlines: Record<ImportState, string> = {
  queued: 'Its rows are being stored',
  running: 'Importing',
  done: 'Imported',
  cancelled: 'Cancelled: what had begun goes on',
};

/** As `FoyerState` has them: other states than an onboarding's, so that a filter tells them apart. */
const states: Record<ImportState, string> = { queued: 'importing', running: 'importing', done: 'imported', cancelled: 'cancelled' };

/** An import as operations see it in the Temporal UI. */
export interface ImportPage {
  enter(state: ImportState): void;
  count(counts: ImportCounts): void;
}

/** A page for one import; `enter` costs one history event, `count` none. */
export function openImportPage(): ImportPage {
  let state: ImportState = 'queued';
  let counts: ImportCounts = noOutcomes;

  const show = () => {
    const rows = importOutcomes.filter((outcome) => counts[outcome] > 0).map((outcome) => `- ${outcome}: ${counts[outcome]}`);
    setCurrentDetails([`**${headlines[state]}**`, rows.join('\n')].filter(Boolean).join('\n\n'));
  };
  return {
    enter(next) {
      state = next;
      show();
      upsertSearchAttributes([{ key: searchAttributes.state, value: states[state] }]);
    },
    count(next) {
      counts = next;
      show();
    },
  };
}
