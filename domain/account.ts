import { z } from 'zod';
import { planDefaults, planStates } from './plan.ts';
import { emailAddress, line } from './text.ts';

export const accountKinds = ['agency', 'direct'] as const;

const quantity = z.int().min(0).max(1_000_000);

/** Body of `PUT /v1/operator/accounts/{accountId}/plan`. */
export const planRequest = z.object({
  state: z.enum(planStates),
  clientLimit: quantity,
  scansPerPeriod: quantity,
  monitoredProjects: quantity,
  whiteLabel: z.boolean(),
  overageClients: quantity,
});
export type PlanRequest = z.infer<typeof planRequest>;

/** Body of `POST /v1/operator/accounts`; what the plan leaves out is the default. */
export const createAccountRequest = z.object({
  kind: z.enum(accountKinds),
  name: line(200),
  billingEmail: emailAddress,
  ownerEmail: emailAddress,
  plan: planRequest.partial().optional(),
});

/** Body of `POST /v1/accounts`; bills go to the person who opens it, unless it says where. */
export const openAccountRequest = z.object({ kind: z.enum(accountKinds), name: line(200), billingEmail: emailAddress.optional() });

/** How many accounts one person may open in a day. */
export const accountsADay = { max: 10, windowSeconds: 86_400 } as const;

/** Body of `PUT /v1/me/current-account`. */
export const switchAccountRequest = z.object({ accountId: z.uuid() });

/** Body of `PATCH /v1/accounts/{accountId}`. */
export const updateAccountRequest = z
  .object({ name: line(200).optional(), billingEmail: emailAddress.optional() })
  .refine((change) => Object.values(change).some((value) => value !== undefined), 'must name a field to change');

/** The plan of a new agency account. */
export function initialPlan(chosen: Partial<{ [Field in keyof PlanRequest]: PlanRequest[Field] | undefined }> = {}): PlanRequest {
  const { periodDays: _, ...defaults } = planDefaults;
  const given = Object.entries(chosen).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(given) };
}
