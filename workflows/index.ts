export { assignProject } from './assign-project.ts';
export { createProject } from './create-project.ts';
export { deliverReport } from './deliver-report.ts';
export { onboardClient } from './onboard-client.ts';
export { updateClient } from './update-client.ts';
