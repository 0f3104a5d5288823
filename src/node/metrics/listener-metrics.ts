/** Measures of the Kafka port. */
import type { Collector } from '../../metrics/collection.ts'
import { errorName } from '../../wire/errors.ts'
import type { KafkaListener } from '../kafka-listener.ts'

export function listenerMetrics({ listener, faults, serving }: KafkaListener): Collector {
  return (put) => {
    const { readings } = listener
    put('lograft_requests_in_flight', listener.inFlight)
    put('lograft_connections', listener.connectionCount)
    put('lograft_connections_accepted_total', readings.accepted)
    put('lograft_connections_refused_total', readings.refused)
    put('lograft_connections_expelled_total', readings.expelled)
    put('lograft_network_received_bytes_total', readings.receivedBytes)
    put('lograft_network_sent_bytes_total', readings.sentBytes)
    put('lograft_received_waiting_bytes', listener.bufferedBytes)
    put('lograft_answered_unsent_bytes', listener.unsentBytes)
    if (faults !== null) {
      put('lograft_fault_switches', faults.list().length)
      for (const { kind, api, count } of faults.readings())
        put('lograft_fault_hits_total', count, kind, api)
    }
    const served = serving()
    if (served === null) return
    for (const { name, requests, durations, errors } of served.dispatcher.readings()) {
      // An API that nobody has used yet has no series.
      if (requests.size === 0) continue
      for (const [version, count] of requests)
        put('lograft_requests_total', count, name, String(version))
      put('lograft_request_duration_seconds', durations, name)
      for (const [code, count] of errors)
        put('lograft_request_errors_total', count, name, errorName(code))
    }
    const { fetchSessions } = served
    put('lograft_fetch_sessions', fetchSessions.size)
    put('lograft_fetch_session_partitions', fetchSessions.partitionCount)
    put('lograft_fetch_sessions_evicted_total', fetchSessions.evicted)
  }
}
