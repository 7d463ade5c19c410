import { Connection, type ConnectionOptions } from '@temporalio/client';
import type { SearchAttributeType } from '@temporalio/common';
import { loadClientConnectConfig } from '@temporalio/envconfig';

/** The numbers of `temporal.api.enums.v1.IndexedValueType`. */
const indexedValueTypes = {
  TEXT: 1,
  KEYWORD: 2,
  INT: 3,
  DOUBLE: 4,
  BOOL: 5,
  DATETIME: 6,
  KEYWORD_LIST: 7,
} as const satisfies Record<SearchAttributeType, number>;

export interface ExistingTemporal {
  namespace: string;
  connectionOptions: ConnectionOptions;
}

/**
 * Gets a Temporal server that somebody else runs, found by the standard `TEMPORAL_*` settings, ready for Foyer: the namespace has to be
 * there, search attributes that it lacks are registered.
 *
 * Rejects with one sentence for people when the server cannot be reached or the attributes cannot be registered.
 */
export async function useExistingTemporal(
  address: string,
  searchAttributes: readonly { name: string; type: SearchAttributeType }[],
): Promise<ExistingTemporal> {
  const { connectionOptions: options, namespace = 'default' } = loadClientConnectConfig();
  const connectionOptions = { ...options, address };
  const connection = await Connection.connect({ ...connectionOptions, connectTimeout: '10s' }).catch((error: unknown) => {
    throw new Error(`The Temporal server at ${address} (TEMPORAL_ADDRESS) cannot be reached: ${messageOf(error)}`);
  });
  try {
    await connection.workflowService.describeNamespace({ namespace });
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    const missing = searchAttributes.filter(({ name }) => !(name in customAttributes));
    if (missing.length > 0) {
      const types = Object.fromEntries(missing.map(({ name, type }) => [name, indexedValueTypes[type]]));
      await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: types });
    }
  } catch (error) {
    throw new Error(
      `The namespace ${namespace} (TEMPORAL_NAMESPACE) of ${address} is not ready: ${messageOf(error)}. ` +
        `It has to exist and have the search attributes ${searchAttributes.map(({ name }) => name).join(', ')}.`,
    );
  } finally {
    await connection.close();
  }
  return { namespace, connectionOptions };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
