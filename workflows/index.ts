export { archiveClient } from './archive-client.ts';
export { assignProject } from './assign-project.ts';
export { createProject } from './create-project.ts';
export { deliverReport } from './deliver-report.ts';
export { editClient } from './edit-client.ts';
export { onboardClient } from './onboard-client.ts';
export { restoreClient } from './restore-client.ts';
export { updateClient } from './update-client.ts';
