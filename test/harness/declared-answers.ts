import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { expect } from 'vitest';
import { z } from 'zod';
import type { Answer } from './api.ts';
import { type DocumentedOperation, openApiDocument, operationsOf } from './openapi.ts';

/** Holds every answer of a test to the API's own document. */
export interface DeclaredAnswers {
  /** Fails the test when the operation may not answer so: a status, a refusal's code, a content type or a body that the document does not declare. */
  check(method: string, path: string, answer: Answer): void;
}

/** @param json `/openapi.json` as it was answered. */
export function declaredAnswers(json: object): DeclaredAnswers {
  const described = operationsOf(openApiDocument.parse(json)).map((operation) => ({ ...operation, pattern: patternOf(operation) }));
  const operations = Map.groupBy(described, ({ method, template }) => shapeOf(method, template));
  // Each schema is made a function of its own, once, and no code is made shorter: it is compiled for a few answers, in every process.
  const cheap = { inlineRefs: false, code: { optimize: false } };
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false, validateSchema: false, ...cheap });
  ajv.addSchema(json, 'document');
  const byPlace = new Map<string, ValidateFunction>();
  const byText = new Map<string, ValidateFunction>();

  /** @param content what stands at the place: most refusals are described in the same words, and one function does for all of them. */
  function validatorOf(place: string[], content: unknown): ValidateFunction {
    const pointer = place.map(escapePointer).join('/');
    const known = byPlace.get(pointer);
    if (known) return known;
    const text = JSON.stringify(content);
    const validator = byText.get(text) ?? ajv.compile({ $ref: `document#/${pointer}/schema` });
    byText.set(text, validator);
    byPlace.set(pointer, validator);
    return validator;
  }

  // Thousands of answers are held to it in a run, and hardly one is not as declared: what says so is made only then.
  return {
    check(method, path, answer) {
      const operation = operations.get(shapeOf(method, path))?.find(({ pattern }) => pattern.test(path));
      if (!operation) return;
      const name = `${operation.operationId} answers ${answer.status}`;
      const response = operation.responses[String(answer.status)];
      if (!response) return expect.fail(`${name}, which its document does not declare: ${answer.text}`);
      const problem = problemCode.safeParse(answer.body);
      if (problem.success && answer.status !== 500 && !response.description.includes(`\`${problem.data.code}\``)) {
        expect.fail(`${name} with ${problem.data.code}, where its document declares: ${response.description}`);
      }
      const contents = response.content ?? {};
      const type = answer.headers.get('content-type')?.split(';')[0];
      if (Object.keys(contents).length === 0) {
        if (answer.text !== '') expect.fail(`${name} with a body, where its document declares none: ${answer.text}`);
        return;
      }
      if (type === undefined || !Object.hasOwn(contents, type)) return expect.fail(`${name} as ${type}, where its document declares ${Object.keys(contents)}`);
      if (!type.endsWith('json')) return;
      const validate = validatorOf(['paths', operation.template, operation.method, 'responses', String(answer.status), 'content', type], contents[type]);
      if (!validate(answer.body)) expect(validate.errors, `${name} as declared: ${answer.text}`).toEqual([]);
    },
  };
}

const problemCode = z.object({ code: z.string() });

/** What requests of one operation have in common, whatever stands in their paths. */
function shapeOf(method: string, path: string): string {
  return `${method.toLowerCase()} ${path.split('/').length}`;
}

function patternOf({ template }: DocumentedOperation): RegExp {
  return new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
}

/** RFC 6901, inside a URI fragment. */
function escapePointer(key: string): string {
  return encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'));
}
