import { Button, FileButton, Textarea } from '@mantine/core';
import { type DragEvent, useState } from 'react';
import type { ClientFile } from '../data/imports.ts';
import { ActionButton } from '../frame/action-button.tsx';
import { texts } from '../texts/texts.ts';
import classes from './choose-file.module.css';

const t = texts.imports;

interface ChooseFileProps {
  /** Why there is nothing to choose for this person. */
  whyNot: string | undefined;
  onChoose: (file: ClientFile) => void;
}

/** A file from the disk, by a button or dropped; or rows that are pasted. */
export function ChooseFile({ whyNot, onChoose }: ChooseFileProps) {
  const [over, setOver] = useState(false);
  const [pasted, setPasted] = useState('');
  const take = (file: File | null | undefined) => {
    if (file && !whyNot) onChoose({ name: file.name.slice(0, 200), content: file });
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  };
  const drag = (event: DragEvent) => {
    event.preventDefault();
    setOver(true);
  };
  return (
    <div className={classes.ways}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the button in it does the same for whoever does not drag */}
      <div className={classes.drop} data-over={over} onDragOver={drag} onDragLeave={() => setOver(false)} onDrop={drop}>
        <p className={classes.lead}>{t.drop}</p>
        {whyNot ? (
          <ActionButton whyNot={whyNot}>{t.choose}</ActionButton>
        ) : (
          <FileButton accept=".csv,.tsv,.txt,text/csv" onChange={take}>
            {(button) => <Button {...button}>{t.choose}</Button>}
          </FileButton>
        )}
        <p className={classes.hint}>
          {t.columns}{' '}
          <a download={t.sampleName} href={`data:text/csv;charset=utf-8,${encodeURIComponent(t.sample)}`}>
            {t.getSample}
          </a>
        </p>
      </div>
      <div className={classes.paste}>
        <Textarea
          label={t.paste}
          placeholder={t.sample}
          autosize
          minRows={5}
          maxRows={10}
          spellCheck={false}
          classNames={{ input: classes.pasted ?? '' }}
          value={pasted}
          onChange={({ currentTarget }) => setPasted(currentTarget.value)}
        />
        <ActionButton
          variant="default"
          whyNot={whyNot ?? (pasted.trim() === '' ? t.nothingPasted : undefined)}
          onClick={() => onChoose({ name: undefined, content: pasted })}
        >
          {t.checkPasted}
        </ActionButton>
      </div>
    </div>
  );
}
