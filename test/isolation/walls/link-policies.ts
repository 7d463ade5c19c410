const token = '( SELECT foyer.presented_token() AS presented_token)';
const columns = 'agency_id, client_id, kind, hash';
const onlyWithToken = (shown: string) => `((${token} IS NOT NULL) AND ${shown})`;
const unexpired = '((sharings.expires_at IS NULL) OR (sharings.expires_at > now()))';
const ofBrand = (brands: string) =>
  `(EXISTS ( SELECT FROM foyer.${brands} brand WHERE ((brand.agency_id = logos.agency_id) AND (brand.logo_hash = logos.hash))))`;

/** What whoever presents the token of a link sees of which table, by the API alone. */
export const linkPolicies: Record<string, string> = {
  share_tokens: onlyWithToken(`(hash = ${token})`),
  sharings: onlyWithToken(
    `(EXISTS ( SELECT FROM foyer.opened_link() link(${columns}) WHERE ((link.agency_id = sharings.agency_id) AND (link.client_id = sharings.client_id) AND ((link.hash = sharings.token_hash) OR (link.hash = sharings.portal_hash) OR ((link.kind = 'portal'::text) AND (sharings.state = 'shared'::text) AND ${unexpired})))))`,
  ),
  projects: onlyWithToken(
    '(EXISTS ( SELECT FROM foyer.sharings shared WHERE ((shared.agency_id = projects.agency_id) AND (shared.project_id = projects.id) AND (shared.client_id = projects.client_id))))',
  ),
  verified_reports: onlyWithToken(
    '(EXISTS ( SELECT FROM foyer.projects shown WHERE ((shown.agency_id = verified_reports.agency_id) AND (shown.id = verified_reports.project_id))))',
  ),
  accounts: onlyWithToken(`(id IN ( SELECT opened_link.agency_id FROM foyer.opened_link() opened_link(${columns})))`),
  brands: onlyWithToken(`(agency_id IN ( SELECT opened_link.agency_id FROM foyer.opened_link() opened_link(${columns})))`),
  client_brands: onlyWithToken(
    `((agency_id, client_id) IN ( SELECT opened_link.agency_id, opened_link.client_id FROM foyer.opened_link() opened_link(${columns})))`,
  ),
  logos: onlyWithToken(`(${ofBrand('brands')} OR ${ofBrand('client_brands')})`),
};
