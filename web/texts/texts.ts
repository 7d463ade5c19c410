import { en } from './en/index.ts';

/** Every text of the app. A second language is a folder beside `en`, held to its shape by this type. */
export type Texts = typeof en;

export const texts: Texts = en;
