import { texts } from '../texts/texts.ts';
import { Notice } from './notice.tsx';

/** Somebody who is signed in and belongs to no account yet. */
export function NoAccount() {
  const { title, detail } = texts.noAccount;
  return <Notice title={title} detail={detail} />;
}
