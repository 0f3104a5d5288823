"""librdkafka, through its Python binding, as the conformance tests call it.

`client.py HOST:PORT COMMAND` reads a JSON object from standard input, does what the command says and
writes JSON to standard output. The commands and their shapes are those of ../dialect.ts, which
../franz-go/main.go speaks too. Keys and values travel as base64. A refusal by the broker is part of
the answer, as Kafka's code; anything unexpected is a traceback and a bad exit status.
It judges nothing: the tests do.
"""

import base64
import functools
import json
import sys

from confluent_kafka import (
    Consumer,
    IsolationLevel,
    Producer,
    TopicCollection,
    TopicPartition,
    libversion,
)
from confluent_kafka.admin import (
    AdminClient,
    AlterConfigOpType,
    ConfigEntry,
    ConfigResource,
    ConfigSource,
    NewPartitions,
    NewTopic,
    OffsetSpec,
)

from outcomes import TIMEOUT_S, error_of, outcome, outcomes

SPECS = {
    "earliest": OffsetSpec.earliest,
    "latest": OffsetSpec.latest,
    "maxTimestamp": OffsetSpec.max_timestamp,
}


def encode(data):
    return None if data is None else base64.b64encode(data).decode()


def decode(text):
    return None if text is None else base64.b64decode(text)


class Client:
    def __init__(self, bootstrap):
        self.common = {"bootstrap.servers": bootstrap, "client.id": "conformance"}

    @functools.cached_property
    def admin(self):
        return AdminClient(self.common)

    # ---- records ------------------------------------------------------------------------------

    def produce(self, topic, messages, acks=-1, codec="none", idempotent=False):
        producer = Producer(
            {
                **self.common,
                "acks": acks,
                "compression.type": codec,
                "enable.idempotence": idempotent,
                "linger.ms": 20,
            }
        )
        reports = [None] * len(messages)

        def report(index):
            def on_delivery(error, message):
                reports[index] = {
                    "error": error and error_of(error),
                    "partition": message.partition(),
                    "offset": message.offset(),
                }

            return on_delivery

        for index, message in enumerate(messages):
            producer.produce(
                topic,
                key=decode(message.get("key")),
                value=decode(message.get("value")),
                partition=message.get("partition", 0),
                timestamp=message.get("timestampMs", 0),
                headers=[(name, decode(value)) for name, value in message.get("headers", [])],
                on_delivery=report(index),
            )
            producer.poll(0)
        left = producer.flush(TIMEOUT_S)
        if left:
            raise RuntimeError(f"{left} messages are still without a report")
        return reports

    def consume(self, partitions, count, readCommitted=False):
        """By assignment, without a group: until `count` records have come."""
        consumer = Consumer(
            {
                **self.common,
                "group.id": "none",
                "enable.auto.commit": False,
                "auto.offset.reset": "error",
                "isolation.level": "read_committed" if readCommitted else "read_uncommitted",
                "check.crcs": True,
            }
        )
        try:
            consumer.assign(
                [TopicPartition(p["topic"], p["partition"], p["offset"]) for p in partitions]
            )
            records = []
            while len(records) < count:
                message = consumer.poll(TIMEOUT_S)
                if message is None:
                    raise RuntimeError(f"only {len(records)} of {count} records came")
                if message.error():
                    return {"error": error_of(message.error()), "records": records}
                records.append(
                    {
                        "topic": message.topic(),
                        "partition": message.partition(),
                        "offset": message.offset(),
                        "leaderEpoch": message.leader_epoch(),
                        "timestampMs": message.timestamp()[1],
                        "key": encode(message.key()),
                        "value": encode(message.value()),
                        "headers": [[k, encode(v)] for k, v in message.headers() or []],
                    }
                )
            return {"error": None, "records": records}
        finally:
            consumer.close()

    # ---- topics -------------------------------------------------------------------------------

    def createTopics(self, topics, validateOnly=False):
        new = [
            NewTopic(
                topic["name"],
                num_partitions=topic.get("partitions", 1),
                replication_factor=topic.get("replicationFactor", 1),
                config=topic.get("configs", {}),
            )
            for topic in topics
        ]
        return outcomes(self.admin.create_topics(new, validate_only=validateOnly))

    def deleteTopics(self, topics):
        return outcomes(self.admin.delete_topics(topics))

    def createPartitions(self, topic, total, validateOnly=False):
        new = [NewPartitions(topic, total)]
        return outcomes(self.admin.create_partitions(new, validate_only=validateOnly))

    def describeTopics(self, topics):
        def shape(topic):
            return {
                # Kafka prints ids in the alphabet that is safe in URLs.
                "topicId": str(topic.topic_id).replace("+", "-").replace("/", "_"),
                "isInternal": topic.is_internal,
                "partitions": [
                    {
                        "partition": partition.id,
                        "leader": partition.leader.id,
                        "replicas": [node.id for node in partition.replicas],
                        "isr": [node.id for node in partition.isr],
                    }
                    for partition in topic.partitions
                ],
            }

        return outcomes(self.admin.describe_topics(TopicCollection(topics)), shape)

    def listTopics(self):
        return sorted(self.admin.list_topics(timeout=TIMEOUT_S).topics)

    # ---- cluster ------------------------------------------------------------------------------

    def describeCluster(self):
        cluster = self.admin.describe_cluster().result(TIMEOUT_S)
        return {
            "clusterId": cluster.cluster_id,
            "controller": cluster.controller.id,
            "nodes": [
                {"id": node.id, "host": node.host, "port": node.port} for node in cluster.nodes
            ],
        }

    # ---- configuration ------------------------------------------------------------------------

    def describeConfigs(self, resources):
        def shape(entries):
            return {
                name: {
                    "value": entry.value,
                    "source": ConfigSource(entry.source).name,
                    "isReadOnly": entry.is_read_only,
                    "isSensitive": entry.is_sensitive,
                }
                for name, entry in entries.items()
            }

        asked = {ConfigResource(r["type"], r["name"]): r["name"] for r in resources}
        futures = self.admin.describe_configs(list(asked))
        return {asked[resource]: outcome(future, shape) for resource, future in futures.items()}

    def alterConfigs(self, type, name, changes, validateOnly=False):
        """Incrementally (KIP-339)."""
        resource = ConfigResource(
            type,
            name,
            incremental_configs=[
                ConfigEntry(
                    change["name"],
                    change.get("value"),
                    incremental_operation=AlterConfigOpType[change["operation"]],
                )
                for change in changes
            ],
        )
        futures = self.admin.incremental_alter_configs([resource], validate_only=validateOnly)
        return outcome(next(iter(futures.values())))

    def replaceConfigs(self, type, name, configs, validateOnly=False):
        """With AlterConfigs: what is not named goes back to its default."""
        resource = ConfigResource(type, name, set_config=configs)
        futures = self.admin.alter_configs([resource], validate_only=validateOnly)
        return outcome(next(iter(futures.values())))

    # ---- offsets ------------------------------------------------------------------------------

    def listOffsets(self, topic, partition, at):
        """`at` is earliest, latest, maxTimestamp or a time in milliseconds."""
        spec = SPECS[at]() if at in SPECS else OffsetSpec.for_timestamp(at)
        futures = self.admin.list_offsets(
            {TopicPartition(topic, partition): spec},
            isolation_level=IsolationLevel.READ_UNCOMMITTED,
        )
        return outcome(
            next(iter(futures.values())),
            lambda found: {"offset": found.offset, "timestampMs": found.timestamp},
        )

    def deleteRecords(self, topic, partition, before):
        futures = self.admin.delete_records([TopicPartition(topic, partition, before)])
        return outcome(next(iter(futures.values())), lambda deleted: deleted.low_watermark)

    def version(self):
        return f"librdkafka {libversion()[0]}"


bootstrap, command = sys.argv[1:]
json.dump(getattr(Client(bootstrap), command)(**json.load(sys.stdin)), sys.stdout)
