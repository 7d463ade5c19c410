export { empty } from './empty.ts';
export { fourSteps } from './four-steps.ts';
