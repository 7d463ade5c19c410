import { z } from 'zod';

/** As much of JSON Schema as the API's bodies and parameters use. */
export const jsonSchema = z.object({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  format: z.string().optional(),
  enum: z.array(z.unknown()).optional(),
  maxLength: z.number().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  required: z.array(z.string()).default([]),
  get properties() {
    return z.record(z.string(), jsonSchema).optional();
  },
  get items() {
    return jsonSchema.optional();
  },
});
export type JsonSchema = z.infer<typeof jsonSchema>;

const methods = ['get', 'put', 'post', 'patch', 'delete'] as const;

const described = z.object({
  operationId: z.string(),
  security: z.array(z.unknown()).optional(),
  parameters: z.array(z.object({ name: z.string(), in: z.enum(['path', 'query', 'header']), schema: jsonSchema })).default([]),
  requestBody: z.object({ required: z.boolean().default(false), content: z.record(z.string(), z.object({ schema: jsonSchema })) }).optional(),
  responses: z.record(z.string(), z.object({ description: z.string(), content: z.record(z.string(), z.unknown()).optional() })),
});

export const openApiDocument = z.object({
  openapi: z.string(),
  paths: z.record(z.string(), z.partialRecord(z.enum(methods), described)),
});
export type OpenApiDocument = z.infer<typeof openApiDocument>;

/** One operation of the document. */
export interface DocumentedOperation extends z.infer<typeof described> {
  method: (typeof methods)[number];
  /** With `{name}` where a parameter goes. */
  template: string;
}

/** Every operation of the document, in its order. */
export function operationsOf({ paths }: OpenApiDocument): DocumentedOperation[] {
  return Object.entries(paths).flatMap(([template, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      return operation ? [{ ...operation, method, template }] : [];
    }),
  );
}

/** The JSON body that an operation takes, if it takes one. */
export function bodySchemaOf({ requestBody }: DocumentedOperation): JsonSchema | undefined {
  return requestBody?.content['application/json']?.schema;
}
