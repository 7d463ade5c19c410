import { useState } from 'react';
import type { ClientFile } from '../data/imports.ts';
import { useWhyNot } from '../frame/account.tsx';
import { Notice } from '../frame/notice.tsx';
import { PageTitle } from '../frame/page-title.tsx';
import { Panel } from '../frame/panel.tsx';
import { texts } from '../texts/texts.ts';
import { ChooseFile } from './choose-file.tsx';
import { ImportList } from './import-list.tsx';
import { ImportPreview } from './import-preview.tsx';
import classes from './imports-page.module.css';

const t = texts.imports;

/** `/imports`: many clients at once, from a file that is looked at first. */
export function ImportsPage() {
  const whyNot = useWhyNot()('clients.import');
  const [file, setFile] = useState<ClientFile>();
  return (
    <>
      <PageTitle title={texts.navigation.imports} />
      <div className={classes.page}>
        {file ? (
          <ImportPreview file={file} onLeave={() => setFile(undefined)} />
        ) : (
          <Panel title={t.newImport}>
            <p className={classes.lead}>{t.explained}</p>
            <ChooseFile whyNot={whyNot} onChoose={setFile} />
          </Panel>
        )}
        {whyNot ? <Notice title={t.forManagers} detail={whyNot} /> : <ImportList />}
      </div>
    </>
  );
}
