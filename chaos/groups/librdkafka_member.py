"""librdkafka, unmodified, as a member of a group that rebalances cooperatively and commits by hand.

A process of its own: takes HOST:PORT,... TOPIC GROUP NAME SESSION; ends when its standard input
does; prints what `members.ts` reads.
"""

import sys
import threading

from confluent_kafka import Consumer, KafkaException, TopicPartition

MESSAGES_AT_ONCE = 500
WAIT_S = 0.1

brokers, topic, group, name, session = sys.argv[1:]
stopping = threading.Event()
mine = set()


def say(line):
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def wait_for_the_end():
    sys.stdin.read()
    stopping.set()


def assigned(_consumer, partitions):
    mine.update(each.partition for each in partitions)


def taken(_consumer, partitions):
    mine.difference_update(each.partition for each in partitions)


consumer = Consumer(
    {
        "bootstrap.servers": brokers,
        "client.id": name,
        "group.id": group,
        "session.timeout.ms": int(session),
        "heartbeat.interval.ms": 100,
        "partition.assignment.strategy": "cooperative-sticky",
        "enable.auto.commit": False,
        "auto.offset.reset": "earliest",
        "fetch.wait.max.ms": 100,
        "error_cb": lambda error: say(f"log {error.name()} {error.str()}"),
    }
)
consumer.subscribe([topic], on_assign=assigned, on_revoke=taken, on_lost=taken)
threading.Thread(target=wait_for_the_end, daemon=True).start()

number = 0
while not stopping.is_set():
    rows = {}
    for message in consumer.consume(MESSAGES_AT_ONCE, WAIT_S):
        if message.error() is not None:
            say(f"log {message.error().name()}")
        elif message.partition() in rows and rows[message.partition()][1] + 1 == message.offset():
            rows[message.partition()][1] = message.offset()
        elif message.partition() in rows:
            say(f"log a gap in {message.partition()} from {message.offset()}")
        else:
            rows[message.partition()] = [message.offset(), message.offset()]
    commits = []
    for partition, (first, last) in rows.items():
        say(f"read {partition} {first} {last}")
        if partition in mine:
            number += 1
            metadata = f"{name}:{number}"
            commits.append(TopicPartition(topic, partition, last + 1, metadata=metadata))
    if commits:
        try:
            consumer.commit(offsets=commits, asynchronous=False)
        except KafkaException as refused:
            say(f"log commit: {refused.args[0].name()}")
consumer.close()
