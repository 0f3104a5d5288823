"""librdkafka, unmodified and with its defaults, as an idempotent producer.

A process of its own: takes HOST:PORT,... TOPIC PARTITIONS NAME; produces until its standard input
ends; prints what `program-load.ts` reads.
"""

import sys
import threading

from confluent_kafka import KafkaException, Producer

PAUSE_S = 0.04
FILLER = "the quick brown fox jumps over the lazy dog. " * 8

brokers, topic, count, name = sys.argv[1:]
stopping = threading.Event()


def say(line):
    sys.stdout.write(line + "\n")


def wait_for_the_end():
    sys.stdin.read()
    stopping.set()


def value_of(number):
    """The same as `valueOf` of history.ts."""
    length = (number * 31 + len(name) * 7) % 300
    return f"{name}:{number} {FILLER[:length]}"


def reporter(number):
    def report(error, message):
        if error is None:
            say(f"ok {number} {message.partition()} {message.offset()}")
        else:
            say(f"unknown {number} {error.name()}")

    return report


producer = Producer(
    {
        "bootstrap.servers": brokers,
        "client.id": name,
        "acks": "all",
        "enable.idempotence": True,
        "error_cb": lambda error: say(f"log {error.name()} {error.str()}"),
    }
)
threading.Thread(target=wait_for_the_end, daemon=True).start()

number = 0
while not stopping.is_set():
    for partition in range(int(count)):
        number += 1
        say(f"sent {number} {partition}")
        try:
            producer.produce(
                topic, value_of(number), partition=partition, on_delivery=reporter(number)
            )
        except (BufferError, KafkaException) as refused:
            say(f"unknown {number} {refused}")
    sys.stdout.flush()
    producer.poll(PAUSE_S)
    stopping.wait(PAUSE_S)
producer.flush()
sys.stdout.flush()
