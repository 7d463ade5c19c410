import { Button, NativeSelect } from '@mantine/core';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { type ImportOutcome, importOutcomes, onDuplicateChoices } from '../../domain/import-state.ts';
import { onLimitChoices } from '../../domain/onboarding.ts';
import { type ClientFile, type ImportChoices, previewImport, startImport } from '../data/imports.ts';
import { problemOf } from '../data/problem.ts';
import { useIdempotencyKey } from '../form/use-idempotency-key.ts';
import { useAccount } from '../frame/account.tsx';
import { ActionButton } from '../frame/action-button.tsx';
import { Panel } from '../frame/panel.tsx';
import { BlockerNote, RefusalNote } from '../refusal/refusal-note.tsx';
import { Choice } from '../table/choice.tsx';
import { ListBody } from '../table/list-body.tsx';
import { texts } from '../texts/texts.ts';
import classes from './import-preview.module.css';
import { RowsOfImport } from './rows-of-import.tsx';

const t = texts.imports;

/** What would become of a file, row by row, before anything is written; and the button that has it done. */
export function ImportPreview({ file, onLeave }: { file: ClientFile; onLeave: () => void }) {
  const { id: agencyId } = useAccount();
  const navigate = useNavigate();
  const [fileKey] = useState(() => crypto.randomUUID());
  const [choices, setChoices] = useState<ImportChoices>({ onDuplicate: 'skip', onLimit: 'wait' });
  const [outcome, setOutcome] = useState<ImportOutcome>();
  const key = useIdempotencyKey();
  const preview = useQuery({
    // Not among what is read again whenever something happens in the agency: the whole file would be sent each time.
    queryKey: ['import-preview', agencyId, fileKey, choices],
    queryFn: () => previewImport(agencyId, file, choices),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
  const start = useMutation({
    mutationFn: () => startImport(agencyId, file, choices, key.of(choices)),
    onSuccess: ({ id: importId }) => navigate({ to: '/imports/$importId', params: { importId } }),
  });
  const told = preview.data;
  const found = importOutcomes.filter((known) => told?.rows.some((row) => row.outcome === known));
  const makes = told ? told.created + told.updated + told.waiting : 0;
  const tools = found.length > 1 && <Choice label={t.outcome} any={t.anyOutcome} options={found} words={t.willBe} value={outcome} onChoose={setOutcome} />;
  const actions = (
    <div className={classes.actions}>
      {!preview.error && (
        <ActionButton whyNot={told && makes === 0 ? t.nothingToImport : undefined} disabled={!told} loading={start.isPending} onClick={() => start.mutate()}>
          {t.start(makes)}
        </ActionButton>
      )}
      <Button variant="default" onClick={onLeave}>
        {t.another}
      </Button>
    </div>
  );
  if (preview.error) {
    return (
      <Panel title={t.check(file.name ?? t.pasted)}>
        <UnreadableFile error={preview.error} onRetry={() => void preview.refetch()} />
        {actions}
      </Panel>
    );
  }
  return (
    <Panel title={t.check(file.name ?? t.pasted)} tools={tools} flush>
      <div className={classes.head}>
        <Choices choices={choices} onChoose={setChoices} />
        <div aria-live="polite">
          {told && <p className={classes.summary}>{t.willSummary(told)}</p>}
          {told && told.ignoredColumns.length > 0 && <p className={classes.ignored}>{t.ignoredColumns(told.ignoredColumns)}</p>}
        </div>
        {start.error && <RefusalNote error={start.error} />}
        {actions}
      </div>
      <ListBody count={told?.rows.length} error={null} onRetry={() => undefined} none={t.none}>
        <RowsOfImport label={t.rows} words={t.willBe} rows={(told?.rows ?? []).filter((row) => !outcome || row.outcome === outcome)} onEnd={undefined} />
      </ListBody>
    </Panel>
  );
}

function Choices({ choices, onChoose }: { choices: ImportChoices; onChoose: (choices: ImportChoices) => void }) {
  return (
    <div className={classes.choices}>
      <NativeSelect
        size="xs"
        label={t.onDuplicate}
        data={onDuplicateChoices.map((value) => ({ value, label: t.onDuplicateWords[value] }))}
        value={choices.onDuplicate}
        onChange={({ currentTarget }) => onChoose({ ...choices, onDuplicate: currentTarget.value === 'create' ? 'create' : 'skip' })}
      />
      <NativeSelect
        size="xs"
        label={t.onLimit}
        data={onLimitChoices.map((value) => ({ value, label: t.onLimitWords[value] }))}
        value={choices.onLimit}
        onChange={({ currentTarget }) => onChoose({ ...choices, onLimit: currentTarget.value === 'refuse' ? 'refuse' : 'wait' })}
      />
    </div>
  );
}

/** What is wrong with a file that cannot be read as a whole, or why it could not be asked. */
function UnreadableFile({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { code, errors = [] } = problemOf(error);
  if (code !== 'VALIDATION_FAILED') return <RefusalNote error={error} onRetry={onRetry} />;
  const message = errors.map(({ message: fault }) => t.fileIs(fault)).join(' ');
  return <BlockerNote blocker={{ message, nextAction: { label: t.correctFile } }} />;
}
