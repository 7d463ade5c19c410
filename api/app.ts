import { OpenAPIHono } from '@hono/zod-openapi';
import { importLimits } from '../domain/import-state.ts';
import { authenticate } from './auth/authenticate.ts';
import { identityEndpoints } from './auth/identity-endpoints.ts';
import { devMailPages } from './dev-mail.ts';
import { docsSite } from './docs/docs-site.ts';
import type { AppEnv, Deps } from './environment.ts';
import { fieldErrors } from './field-errors.ts';
import { largestLogoBytes } from './logo/fetch-logo.ts';
import { limitBody } from './middleware/limit-body.ts';
import { recordRefusals } from './middleware/record-refusals.ts';
import { requestScope } from './middleware/request-scope.ts';
import { securityHeaders } from './middleware/security-headers.ts';
import { answerError, answerNotFound } from './problem.ts';
import { referencePages } from './reference.ts';
import { refused } from './refused.ts';
import { acceptInvitation } from './routes/accept-invitation.ts';
import { acceptOwnership } from './routes/accept-ownership.ts';
import { archiveClient } from './routes/archive-client.ts';
import { assignProject } from './routes/assign-project.ts';
import { cancelImport } from './routes/cancel-import.ts';
import { cancelOffboarding } from './routes/cancel-offboarding.ts';
import { cancelOnboarding } from './routes/cancel-onboarding.ts';
import { changeMember } from './routes/change-member.ts';
import { createAccount } from './routes/create-account.ts';
import { createApiKey } from './routes/create-api-key.ts';
import { createCrmConnection } from './routes/create-crm-connection.ts';
import { createInvitation } from './routes/create-invitation.ts';
import { createProject } from './routes/create-project.ts';
import { deleteClientBrand } from './routes/delete-client-brand.ts';
import { deleteCrmConnection } from './routes/delete-crm-connection.ts';
import { deleteMe } from './routes/delete-me.ts';
import { deliverReport } from './routes/deliver-report.ts';
import { downloadExportPack } from './routes/download-export-pack.ts';
import { downloadReport } from './routes/download-report.ts';
import { editClient } from './routes/edit-client.ts';
import { eraseClient } from './routes/erase-client.ts';
import { exportHistory } from './routes/export-history.ts';
import { findDuplicates } from './routes/find-duplicates.ts';
import { healthz, metrics, readyz } from './routes/health.ts';
import { importClients } from './routes/import-clients.ts';
import { leaveAccount } from './routes/leave-account.ts';
import { listAgencies } from './routes/list-agencies.ts';
import { listApiKeys } from './routes/list-api-keys.ts';
import { listClientHistory } from './routes/list-client-history.ts';
import { listClients } from './routes/list-clients.ts';
import { listCrmConnections } from './routes/list-crm-connections.ts';
import { listCrmDeliveries } from './routes/list-crm-deliveries.ts';
import { listDocsFeedback } from './routes/list-docs-feedback.ts';
import { listDuplicates } from './routes/list-duplicates.ts';
import { listEvents } from './routes/list-events.ts';
import { listHistory } from './routes/list-history.ts';
import { listImports } from './routes/list-imports.ts';
import { listInvitations } from './routes/list-invitations.ts';
import { listMembers } from './routes/list-members.ts';
import { listOnboardings } from './routes/list-onboardings.ts';
import { listProjects } from './routes/list-projects.ts';
import { makeApiKey } from './routes/make-api-key.ts';
import { mergeClients } from './routes/merge-clients.ts';
import { offboardClient } from './routes/offboard-client.ts';
import { offerOwnership } from './routes/offer-ownership.ts';
import { onboardClient } from './routes/onboard-client.ts';
import { openAccount } from './routes/open-account.ts';
import { previewBrand } from './routes/preview-brand.ts';
import { previewClientBrand } from './routes/preview-client-brand.ts';
import { previewMerge } from './routes/preview-merge.ts';
import { previewMove } from './routes/preview-move.ts';
import { previewReport } from './routes/preview-report.ts';
import { printReport } from './routes/print-report.ts';
import { readAccount } from './routes/read-account.ts';
import { readAgency } from './routes/read-agency.ts';
import { readBrand } from './routes/read-brand.ts';
import { readClient } from './routes/read-client.ts';
import { readClientBrand } from './routes/read-client-brand.ts';
import { readImport } from './routes/read-import.ts';
import { readLogo } from './routes/read-logo.ts';
import { readMe } from './routes/read-me.ts';
import { readNotifications } from './routes/read-notifications.ts';
import { readOffboarding } from './routes/read-offboarding.ts';
import { readOnboarding } from './routes/read-onboarding.ts';
import { readOwnershipOffer } from './routes/read-ownership-offer.ts';
import { readProject } from './routes/read-project.ts';
import { readReadiness } from './routes/read-readiness.ts';
import { readSharing } from './routes/read-sharing.ts';
import { receiveCrmWebhook } from './routes/receive-crm-webhook.ts';
import { removeMember } from './routes/remove-member.ts';
import { reportBadge } from './routes/report-badge.ts';
import { resendInvitation } from './routes/resend-invitation.ts';
import { restoreClient } from './routes/restore-client.ts';
import { reviewDocsFeedback } from './routes/review-docs-feedback.ts';
import { revokeApiKey } from './routes/revoke-api-key.ts';
import { revokeInvitation } from './routes/revoke-invitation.ts';
import { rotateApiKey } from './routes/rotate-api-key.ts';
import { rotateCrmConnection } from './routes/rotate-crm-connection.ts';
import { rotateSharing } from './routes/rotate-sharing.ts';
import { sendDocsFeedback } from './routes/send-docs-feedback.ts';
import { setBrand } from './routes/set-brand.ts';
import { setClientBrand } from './routes/set-client-brand.ts';
import { setNotifications } from './routes/set-notifications.ts';
import { setPlan } from './routes/set-plan.ts';
import { setShareWhenReady } from './routes/set-share-when-ready.ts';
import { setSharing } from './routes/set-sharing.ts';
import { showPortalLogo, showReportLogo } from './routes/show-logo.ts';
import { showPortal } from './routes/show-portal.ts';
import { showReport } from './routes/show-report.ts';
import { streamEvents } from './routes/stream-events.ts';
import { streamOnboarding } from './routes/stream-onboarding.ts';
import { switchAccount } from './routes/switch-account.ts';
import { testCrmConnection } from './routes/test-crm-connection.ts';
import { updateAccount } from './routes/update-account.ts';
import { uploadBrandLogo } from './routes/upload-brand-logo.ts';
import { uploadClientLogo } from './routes/upload-client-logo.ts';
import { withdrawOwnershipOffer } from './routes/withdraw-ownership-offer.ts';
import { webAppPages } from './web-app.ts';

const largestBodyBytes = 1024 * 1024;
/** Credentials, and what readers say of the documentation. */
const largestFormBytes = 16 * 1024;
/** What is larger than other bodies, or refused by another code, by how its path ends. A report of a thousand findings with evidence is the largest. */
const largeBodies = [
  { ending: '/report', limit: limitBody(16 * 1024 * 1024) },
  { ending: '/imports', limit: limitBody(importLimits.bytes) },
  { ending: '/logo', limit: limitBody(largestLogoBytes, (size) => refused('LOGO_UNSAFE', { detail: `The logo is larger than ${size}.` })) },
] as const;

/** The API as an application that answers requests; it listens nowhere. */
export function createApp(deps: Deps) {
  const app = new OpenAPIHono<AppEnv>({
    // A path that names no id leads nowhere; everything else that does not fit is told field by field.
    defaultHook: (result) => {
      if (result.success) return;
      if (result.target === 'param') throw refused('NOT_FOUND');
      throw refused('VALIDATION_FAILED', {
        errors: fieldErrors(result.error, result.target === 'json' ? '' : `/${result.target === 'header' ? 'headers' : result.target}`),
      });
    },
  });
  app.onError(answerError);
  app.notFound(answerNotFound);
  app.use(requestScope(deps));
  app.use(securityHeaders);
  const others = limitBody(largestBodyBytes);
  app.use('/v1/*', (c, next) => (largeBodies.find(({ ending }) => c.req.path.endsWith(ending))?.limit ?? others)(c, next));
  for (const form of ['/api/auth/*', '/docs/*']) app.use(form, limitBody(largestFormBytes));
  app.use('/v1/*', recordRefusals);
  app.use('/v1/*', async (c, next) => (isOpen(c.req.path) ? next() : authenticate(c, next)));

  app.openAPIRegistry.registerComponent('securitySchemes', 'apiKey', { type: 'http', scheme: 'bearer', description: 'A key of one account, with scopes.' });
  app.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: deps.identity.sessionCookie.name,
    description: 'The session of a person who signed in under `/api/auth`.',
  });
  app.doc31('/openapi.json', {
    openapi: '3.1.0',
    info: { title: 'Foyer', version: '1', description: "Durable onboarding of an agency's clients." },
    servers: [{ url: deps.publicUrl }],
    security: [{ apiKey: [] }, { session: [] }],
  });
  app.route('/api/auth', identityEndpoints);
  if (deps.devMailDirectory) app.route('/dev/mail', devMailPages(deps.devMailDirectory));
  app.route('/reference', referencePages());
  app.route('/docs', docsSite);
  if (deps.webAppDirectory) app.route('/', webAppPages(deps.webAppDirectory));

  return app.openapiRoutes([
    healthz,
    readyz,
    metrics,
    createAccount,
    setPlan,
    createApiKey,
    readMe,
    deleteMe,
    switchAccount,
    openAccount,
    readAccount,
    updateAccount,
    listMembers,
    changeMember,
    removeMember,
    leaveAccount,
    createInvitation,
    listInvitations,
    resendInvitation,
    revokeInvitation,
    acceptInvitation,
    readOwnershipOffer,
    offerOwnership,
    withdrawOwnershipOffer,
    acceptOwnership,
    readNotifications,
    setNotifications,
    listAgencies,
    readAgency,
    onboardClient,
    listClients,
    // Before what takes any text in their place for an id.
    findDuplicates,
    listDuplicates,
    readClient,
    editClient,
    archiveClient,
    restoreClient,
    mergeClients,
    previewMerge,
    offboardClient,
    readOffboarding,
    cancelOffboarding,
    downloadExportPack,
    eraseClient,
    importClients,
    listImports,
    readImport,
    cancelImport,
    listOnboardings,
    readOnboarding,
    streamOnboarding,
    cancelOnboarding,
    setShareWhenReady,
    createProject,
    listProjects,
    readProject,
    assignProject,
    previewMove,
    reportBadge,
    deliverReport,
    readReadiness,
    readSharing,
    setSharing,
    rotateSharing,
    showReport,
    printReport,
    downloadReport,
    showReportLogo,
    showPortal,
    showPortalLogo,
    listEvents,
    streamEvents,
    listClientHistory,
    listHistory,
    exportHistory,
    makeApiKey,
    listApiKeys,
    rotateApiKey,
    revokeApiKey,
    createCrmConnection,
    listCrmConnections,
    deleteCrmConnection,
    rotateCrmConnection,
    testCrmConnection,
    listCrmDeliveries,
    receiveCrmWebhook,
    readBrand,
    setBrand,
    uploadBrandLogo,
    readClientBrand,
    setClientBrand,
    uploadClientLogo,
    deleteClientBrand,
    readLogo,
    previewBrand,
    previewClientBrand,
    previewReport,
    sendDocsFeedback,
    listDocsFeedback,
    reviewDocsFeedback,
  ] as const);
}

/** Webhooks are signed, and the documentation is for everyone. */
function isOpen(path: string): boolean {
  return path.startsWith('/v1/webhooks/') || path.startsWith('/v1/docs/');
}

/** The API's own types, for Hono's client in the web app and in tests. */
export type AppType = ReturnType<typeof createApp>;
export type { Problem } from './problem.ts';
