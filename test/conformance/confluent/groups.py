"""librdkafka in a consumer group, through its Python binding, as the conformance tests call it.

`groups.py HOST:PORT member` is a member of a group: see ../group-member.ts for what it reads and
writes, line by line. `groups.py HOST:PORT COMMAND` administers groups, as ../dialect.ts says.
It judges nothing: the tests do.
"""

import json
import os
import queue
import sys
import threading

from confluent_kafka import (
    Consumer,
    ConsumerGroupTopicPartitions,
    KafkaError,
    TopicPartition,
)
from confluent_kafka.admin import AdminClient

from outcomes import TIMEOUT_S, error_of, outcome, outcomes

STRATEGIES = {"range": "range", "cooperative": "cooperative-sticky"}


def tell(event, **more):
    print(json.dumps({"event": event, **more}), flush=True)


class Member:
    def __init__(
        self,
        bootstrap,
        groupId,
        topic,
        instanceId=None,
        clientId="conformance",
        sessionTimeoutMs=10_000,
        assignor="range",
    ):
        self.topic = topic
        self.owned = set()
        self.positions = {}
        self.consumer = Consumer(
            {
                "bootstrap.servers": bootstrap,
                "client.id": clientId,
                "group.id": groupId,
                **({"group.instance.id": instanceId} if instanceId else {}),
                "session.timeout.ms": sessionTimeoutMs,
                "heartbeat.interval.ms": 300,
                "partition.assignment.strategy": STRATEGIES[assignor],
                "auto.offset.reset": "earliest",
                "enable.auto.commit": False,
                "fetch.wait.max.ms": 100,
                "error_cb": self.on_error,
            }
        )

    def on_error(self, error):
        # Connections that break are looked for again without a word.
        if error.fatal():
            tell("error", error=error_of(error))

    def on_assign(self, _, partitions):
        self.owned |= {one.partition for one in partitions}
        tell("assigned", now=sorted(self.owned))

    def on_revoke(self, _, partitions):
        taken = {one.partition for one in partitions}
        self.owned -= taken
        tell("revoked", taken=sorted(taken), now=sorted(self.owned))

    def at(self, partitions):
        return [TopicPartition(self.topic, partition) for partition in partitions]

    def do(self, what, partitions=(), partition=0, offset=0):
        if what == "commit":
            offsets = [TopicPartition(self.topic, *place) for place in self.positions.items()]
            self.consumer.commit(offsets=offsets, asynchronous=False)
        elif what == "pause":
            self.consumer.pause(self.at(partitions))
        elif what == "resume":
            self.consumer.resume(self.at(partitions))
        elif what == "seek":
            self.consumer.seek(TopicPartition(self.topic, partition, offset))
        elif what == "leave":
            self.consumer.close()
        tell("did")
        return what != "leave"

    def poll(self):
        message = self.consumer.poll(0.05)
        if message is None:
            return
        if message.error():
            # What is fatal has a code of its own; what it was is said in words only.
            if message.error().code() == KafkaError._FATAL and "fenced" in message.error().str():
                tell("error", error=KafkaError.FENCED_INSTANCE_ID)
                return
            tell("error", error=error_of(message.error()))
            return
        self.positions[message.partition()] = message.offset() + 1
        value = message.value().decode()
        tell("record", partition=message.partition(), offset=message.offset(), value=value)

    def run(self, todo):
        self.consumer.subscribe([self.topic], on_assign=self.on_assign, on_revoke=self.on_revoke)
        while True:
            try:
                request = todo.get_nowait()
            except queue.Empty:
                self.poll()
                continue
            if not self.do(request.pop("do"), **request):
                return


def run_member(bootstrap):
    member = Member(bootstrap, **json.loads(sys.stdin.readline()))
    todo = queue.Queue()

    def listen():
        for line in sys.stdin:
            todo.put(json.loads(line))
        # Whoever started it is gone.
        os._exit(1)

    threading.Thread(target=listen, daemon=True).start()
    member.run(todo)
    sys.stdout.flush()
    os._exit(0)


class GroupAdmin:
    def __init__(self, bootstrap):
        self.admin = AdminClient({"bootstrap.servers": bootstrap, "client.id": "conformance"})

    def listGroups(self):
        listed = self.admin.list_consumer_groups().result(TIMEOUT_S)
        return [group.group_id for group in listed.valid]

    def describeGroups(self, groups, topic):
        def shape(group):
            return {
                "state": group.state.name.title().replace("_", ""),
                "protocol": group.partition_assignor,
                "members": [
                    {
                        "instanceId": member.group_instance_id,
                        "clientId": member.client_id,
                        "partitions": [
                            one.partition
                            for one in member.assignment.topic_partitions
                            if one.topic == topic
                        ],
                    }
                    for member in group.members
                ],
            }

        return outcomes(self.admin.describe_consumer_groups(groups), shape)

    def deleteGroups(self, groups):
        return outcomes(self.admin.delete_consumer_groups(groups))

    def groupOffsets(self, group, topic):
        asked = [ConsumerGroupTopicPartitions(group)]
        future = self.admin.list_consumer_group_offsets(asked)[group]
        return outcome(
            future,
            lambda found: {
                str(one.partition): one.offset
                for one in found.topic_partitions
                if one.topic == topic and one.offset >= 0
            },
        )

    def setGroupOffsets(self, group, topic, offsets):
        at = [TopicPartition(topic, int(partition), to) for partition, to in offsets.items()]
        asked = [ConsumerGroupTopicPartitions(group, at)]
        future = self.admin.alter_consumer_group_offsets(asked)[group]
        return outcome(future)


bootstrap, command = sys.argv[1:]
if command == "member":
    run_member(bootstrap)
else:
    request = json.load(sys.stdin)
    json.dump(getattr(GroupAdmin(bootstrap), command)(**request), sys.stdout)
