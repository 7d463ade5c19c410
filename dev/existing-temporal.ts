import { Connection } from '@temporalio/client';
import type { SearchAttributeType } from '@temporalio/common';
import { encodeSearchAttributeIndexedValueType } from '@temporalio/common/lib/search-attributes.js';
import { loadClientConnectConfig } from '@temporalio/envconfig';

export interface ExistingTemporal {
  address: string;
  namespace: string;
}

/**
 * Gets a Temporal server that somebody else runs, found by the standard `TEMPORAL_*` settings, ready for Foyer: the namespace has to be
 * there, search attributes that it lacks are registered.
 *
 * Rejects with one sentence for people when the server cannot be reached or the attributes cannot be registered.
 */
export async function useExistingTemporal(
  address: string,
  namespace: string,
  searchAttributes: readonly { name: string; type: SearchAttributeType }[],
): Promise<ExistingTemporal> {
  const { connectionOptions } = loadClientConnectConfig();
  const connection = await Connection.connect({ ...connectionOptions, address, connectTimeout: '10s' }).catch((error: unknown) => {
    throw new Error(`The Temporal server at ${address} (TEMPORAL_ADDRESS) cannot be reached: ${messageOf(error)}`);
  });
  try {
    await connection.workflowService.describeNamespace({ namespace });
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    const missing = searchAttributes.filter(({ name }) => !(name in customAttributes));
    if (missing.length > 0) {
      const types = missing.map(({ name, type }) => [name, encodeSearchAttributeIndexedValueType(type)] as const);
      await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: Object.fromEntries(types) });
    }
  } catch (error) {
    throw new Error(
      `The namespace ${namespace} (TEMPORAL_NAMESPACE) of ${address} is not ready: ${messageOf(error)}. ` +
        `It has to exist and have the search attributes ${searchAttributes.map(({ name }) => name).join(', ')}.`,
    );
  } finally {
    await connection.close();
  }
  return { address, namespace };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
