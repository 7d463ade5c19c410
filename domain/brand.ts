import { z } from 'zod';
import { hexColor, readableOnPaper } from './accent-color.ts';
import { forbiddenClaim } from './brand-wording.ts';
import { line, text, turnsDirection } from './text.ts';

/** A stored logo: the SHA-256 of its bytes in hex, and its size in pixels. */
export interface Logo {
  hash: string;
  width: number;
  height: number;
}

/** What an agency set, as its default or for one client; null where nothing is set. */
export interface BrandSettings {
  reportBrand: string | null;
  logo: Logo | null;
  /** `#rrggbb`, as it was asked for. */
  accentColor: string | null;
  footer: string | null;
}

/** What a client surface shows; presentation only. */
export interface ReportBrand {
  reportBrand: string;
  /** Served by Foyer to whoever may see the surface. */
  logo: { url: string; width: number; height: number } | null;
  /** `#rrggbb`, readable on paper as WCAG AA has it. */
  accentColor: string;
  footer: string | null;
}

/** The accent of whoever chose none. */
export const neutralAccent = '#334155';

export const noBrand: BrandSettings = { reportBrand: null, logo: null, accentColor: null, footer: null };

/** A brand as the history tells it. */
export function brandFacts({ reportBrand, logo, accentColor, footer }: BrandSettings) {
  return { reportBrand, logo: logo?.hash ?? null, accentColor, footer };
}

/** The client's own brand over the agency's: a blank inherits, field by field. */
export function inheritBrand(client: BrandSettings, agency: BrandSettings): BrandSettings {
  return {
    reportBrand: client.reportBrand ?? agency.reportBrand,
    logo: client.logo ?? agency.logo,
    accentColor: client.accentColor ?? agency.accentColor,
    footer: client.footer ?? agency.footer,
  };
}

/** What is shown of a brand; what nobody set is the account's name and neutral. `logoUrl` says where this surface gets the logo of a hash. */
export function shownBrand({ reportBrand, logo, accentColor, footer }: BrandSettings, accountName: string, logoUrl: (hash: string) => string): ReportBrand {
  return {
    reportBrand: reportBrand ?? accountName,
    logo: logo && { url: logoUrl(logo.hash), width: logo.width, height: logo.height },
    accentColor: readableOnPaper(accentColor ?? neutralAccent),
    footer,
  };
}

/** Text that stands under the agency's name on a report, and so may not promise what no report is. */
function wording<Schema extends z.ZodType<string>>(schema: Schema) {
  return schema.superRefine((value, context) => {
    const message = forbiddenClaim(value);
    if (message) context.addIssue({ code: 'custom', message });
  });
}

export const longestFooter = 600;

/** Left out it stays as it is; a blank, or null, inherits. */
function inheritable<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value) => (typeof value === 'string' && value.trim() === '' ? null : value), schema.nullish());
}

const reportBrand = inheritable(wording(line(120)));
const accentColor = inheritable(hexColor);
const footer = inheritable(wording(text(longestFooter).refine((value) => !turnsDirection.test(value), 'must not turn the reading direction')));

/** A brand that is tried out before it is set, but for its logo. */
export const brandDraft = z.object({ reportBrand, accentColor, footer });
export type BrandDraft = z.infer<typeof brandDraft>;

/** What is set, with what is tried out in its place: what the draft leaves out stays, a blank inherits. */
export function draftOver(draft: BrandDraft, { reportBrand, logo, accentColor, footer }: BrandSettings): BrandSettings {
  return {
    reportBrand: draft.reportBrand === undefined ? reportBrand : draft.reportBrand,
    logo,
    accentColor: draft.accentColor === undefined ? accentColor : draft.accentColor,
    footer: draft.footer === undefined ? footer : draft.footer,
  };
}

/** Body of `PUT …/brand`: what is to be another from now on. */
export const brandRequest = z
  .object({ reportBrand, logoUrl: inheritable(line(2_000)), accentColor, footer })
  .refine((request) => Object.values(request).some((value) => value !== undefined), 'must set at least one of reportBrand, logoUrl, accentColor, footer');
export type BrandRequest = z.infer<typeof brandRequest>;
