/**
 * UnregisterBroker (KIP-631): the cluster forgets a broker. As in Kafka, one that is in service or
 * holds replicas, too; what becomes of it and of them is said in `controller/cluster-control.ts`.
 */
import { asNodeId } from '../../base/ids.ts'
import { unregisterBroker } from '../../wire/apis/64-unregister-broker.ts'
import { errors } from '../../wire/errors.ts'
import { handler } from '../handler.ts'
import { logRefusals } from '../refusals.ts'

export const handleUnregisterBroker = handler(
  unregisterBroker,
  async ({ brokerId }, { controller, logger }, { peer }) => {
    const outcome =
      brokerId < 0
        ? {
            errorCode: errors.BROKER_ID_NOT_REGISTERED,
            errorMessage: `broker ${brokerId} is not registered`,
          }
        : await controller.unregisterBroker(asNodeId(brokerId))
    logRefusals({ logger, peer, phrase: 'broker not unregistered' }, [outcome], () => ({
      broker: brokerId,
    }))
    return outcome
  },
)
