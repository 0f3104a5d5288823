"""librdkafka, unmodified, by its Python binding, in every role of `protocol.ts`.

A process of its own: reads its order from the first line of its standard input, works until that
ends, and says in JSON lines what it does. Each role has a thread and a client of its own.

Refused for certain is what `refusals.ts` names. After any other failure it is open what its broker
appended: librdkafka tries again by itself, and gives a record up only when its time is over.
"""

import json
import os
import random
import re
import sys
import threading
import time

from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaException, Producer, TopicPartition

FILLER = "the quick brown fox jumps over the lazy dog. " * 8
ID = re.compile(r"([^:]+):(\d+) ")
CERTAIN = {
    "MSG_SIZE_TOO_LARGE",
    "RECORD_LIST_TOO_LARGE",
    "INVALID_RECORD",
    "INVALID_TIMESTAMP",
    "INVALID_REQUIRED_ACKS",
    "TOPIC_EXCEPTION",
    "TOPIC_AUTHORIZATION_FAILED",
    "CLUSTER_AUTHORIZATION_FAILED",
    "UNSUPPORTED_FOR_MESSAGE_FORMAT",
    "UNSUPPORTED_COMPRESSION_TYPE",
}
RECORDS_AT_ONCE = 500
# Of all lanes together: what is more stays due.
UNDER_WAY_MAX = 20_000
BACK_RECORDS = 5_000
COMMIT_EVERY_MS = 100
FLUSH_S = 28

order = json.loads(sys.stdin.readline())
bootstrap = ",".join(f"{place['host']}:{place['port']}" for place in order["bootstrap"])
stopping = threading.Event()
output = threading.Lock()


def now_ms():
    return round(time.monotonic_ns() / 1e6 - order["originMs"], 3)


def say(what, role, *rest):
    line = json.dumps([what, role, now_ms(), *rest], separators=(",", ":")) + "\n"
    with output:
        sys.stdout.write(line)
        sys.stdout.flush()


def complain(role, sentence):
    say("log", role, str(sentence)[:300])


def wait_for_the_end():
    sys.stdin.read()
    stopping.set()


def value_of(producer, number):
    """The same as `valueOf` of values.ts."""
    return f"{producer}:{number} {FILLER[: (number * 31 + len(producer) * 7) % 300]}"


def id_in(value, key):
    """The same as `idIn` of program.ts."""
    if value is None:
        return None
    text = value.decode("utf-8", "replace")
    match = ID.match(text)
    if match and value_of(match[1], int(match[2])) == text:
        return f"{match[1]}:{int(match[2])}"
    return None if key is None else "?"


class Lanes:
    """Partitions by their index."""

    def __init__(self, lanes):
        self.all = [(lane["topic"], lane["partition"]) for lane in lanes]
        self.index = {lane: index for index, lane in enumerate(self.all)}
        self.topics = sorted({topic for topic, _ in self.all})

    def of(self, message):
        return self.index[(message.topic(), message.partition())]


class OpenLoop:
    """Each record is sent when it is due, whatever became of those before."""

    def __init__(self, index, role):
        self.index = index
        self.role = role
        self.lanes = Lanes(role["lanes"])
        self.turn = 1
        self.number = 0
        self.under_way = 0
        self.producer = Producer(
            {
                "bootstrap.servers": bootstrap,
                "client.id": role["process"],
                "acks": role["acks"],
                "enable.idempotence": role["idempotent"],
                "error_cb": lambda error: complain(index, f"{error.name()} {error.str()}"),
            }
        )

    @property
    def name(self):
        return f"{self.role['process']}.{self.turn}"

    def run(self):
        start = now_ms()
        count = len(self.lanes.all)
        sent = [0] * count
        while not stopping.is_set():
            for lane in range(count):
                due = []
                while len(due) < RECORDS_AT_ONCE and self.under_way + len(due) < UNDER_WAY_MAX:
                    at = start + (sent[lane] * count + lane) * 1000 / self.role["rate"]
                    if at > now_ms():
                        break
                    due.append(round(at, 3))
                    sent[lane] += 1
                if due:
                    self.send(lane, due)
            self.producer.poll(0.005)
        self.producer.flush(FLUSH_S)

    def send(self, lane, due):
        name, first = self.name, self.number + 1
        self.number += len(due)
        keys, tombstones = None, None
        if self.role["keys"] is not None:
            # A key has one partition, as partitioners would have it.
            keys = [f"key-{lane}-{random.randrange(self.role['keys'])}" for _ in due]
            share = self.role["tombstones"]
            tombstones = [first + at for at in range(len(due)) if random.random() < share] or None
        say("sending", self.index, name, lane, first, due, keys, tombstones)
        gone = set(tombstones or ())
        topic, partition = self.lanes.all[lane]
        for at in range(len(due)):
            number = first + at
            value = None if number in gone else value_of(name, number)
            report = self.reporter(name, number)
            self.under_way += 1
            try:
                self.producer.produce(
                    topic,
                    value=value,
                    key=keys[at] if keys else None,
                    partition=partition,
                    on_delivery=report,
                )
            except (BufferError, KafkaException) as refused:
                # It was never taken.
                self.under_way -= 1
                say("sent", self.index, name, number, 1, "fail", None, str(refused)[:200])

    def reporter(self, name, number):
        def report(error, message):
            self.under_way -= 1
            if error is None:
                # None: the answer was lost, and a later one told that the record is there.
                offset = message.offset()
                known = offset if offset is not None and offset >= 0 else None
                say("sent", self.index, name, number, 1, "ok", known, None)
                return
            outcome = "fail" if error.name() in CERTAIN else "unknown"
            say("sent", self.index, name, number, 1, outcome, None, error.name())
            # Whether what it sends next comes behind this one is open.
            if name == self.name:
                self.turn += 1
                self.number = 0

        return report


def poll_lines(index, lanes, messages, tell):
    """Messages by partition, in the order in which they came."""
    by_lane = {}
    for message in messages:
        if message.error() is not None:
            complain(index, message.error().str())
        else:
            by_lane.setdefault(lanes.of(message), []).append(message)
    for lane, some in by_lane.items():
        if tell:
            keys = [None if m.key() is None else m.key().decode("utf-8", "replace") for m in some]
            ids = [id_in(m.value(), m.key()) for m in some]
            known = keys if any(key is not None for key in keys) else None
            say("poll", index, lane, [m.offset() for m in some], ids, known)
    return by_lane


def consumer_of(index, role, more):
    return Consumer(
        {
            "bootstrap.servers": bootstrap,
            "client.id": role["process"],
            "group.id": role["process"],
            "enable.auto.commit": False,
            "auto.offset.reset": "earliest",
            "fetch.wait.max.ms": 100,
            "error_cb": lambda error: complain(index, f"{error.name()} {error.str()}"),
            **more,
        }
    )


def follow(index, role):
    lanes = Lanes(role["lanes"])
    consumer = consumer_of(index, role, {})
    consumer.assign([TopicPartition(t, p, OFFSET_BEGINNING) for t, p in lanes.all])
    every = role["seekEveryMs"]
    seek_at = None if every is None else now_ms() + every
    place = {}
    while not stopping.is_set():
        messages = consumer.consume(RECORDS_AT_ONCE, 0.1)
        for lane, some in poll_lines(index, lanes, messages, True).items():
            place[lane] = some[-1].offset() + 1
        if seek_at is None or now_ms() < seek_at or not place:
            continue
        seek_at = now_ms() + every
        lane = random.choice(list(place))
        offset = max(0, place[lane] - random.randrange(BACK_RECORDS))
        topic, partition = lanes.all[lane]
        try:
            consumer.seek(TopicPartition(topic, partition, offset))
            say("position", index, "seek", lane, offset)
        except KafkaException as refused:
            complain(index, refused)
    consumer.close()


def read(index, role):
    lanes = Lanes(role["lanes"])
    left = {lane for lane in range(len(lanes.all)) if role["from"][lane] < role["to"][lane]}
    consumer = consumer_of(index, role, {})
    consumer.assign([TopicPartition(*lanes.all[lane], role["from"][lane]) for lane in left])
    while left and not stopping.is_set():
        messages = consumer.consume(RECORDS_AT_ONCE, 0.1)
        wanted = []
        for message in messages:
            if message.error() is None:
                lane, offset = lanes.of(message), message.offset()
                if offset < role["to"][lane]:
                    wanted.append(message)
                if offset + 1 >= role["to"][lane]:
                    left.discard(lane)
            else:
                wanted.append(message)
        poll_lines(index, lanes, wanted, True)
    if not left:
        say("done", index)
    consumer.close()


class Member:
    """Rebalances cooperatively and commits by hand."""

    def __init__(self, index, role):
        self.index = index
        self.role = role
        self.lanes = Lanes(role["lanes"])
        self.mine = set()
        self.notes = 0
        self.committed_ms = 0
        self.dirty = {}
        self.consumer = consumer_of(
            index,
            role,
            {
                "group.id": role["group"],
                "session.timeout.ms": role["sessionTimeoutMs"],
                "heartbeat.interval.ms": 300,
                "partition.assignment.strategy": "cooperative-sticky",
            },
        )

    def assigned(self, consumer, partitions):
        lanes = [self.lanes.index[(each.topic, each.partition)] for each in partitions]
        self.mine.update(lanes)
        for lane in lanes:
            say("position", self.index, "assigned", lane, None)
        # Its generation librdkafka keeps for itself.
        say("assigned", self.index, consumer.memberid(), -1, sorted(self.mine))

    def taken(self, _consumer, partitions):
        for each in partitions:
            lane = self.lanes.index[(each.topic, each.partition)]
            self.mine.discard(lane)
            self.dirty.pop(lane, None)
            say("position", self.index, "revoked", lane, None)

    def run(self):
        callbacks = {"on_assign": self.assigned, "on_revoke": self.taken, "on_lost": self.taken}
        self.consumer.subscribe(self.lanes.topics, **callbacks)
        tell = self.role["tellsRecords"]
        while not stopping.is_set():
            messages = self.consumer.consume(RECORDS_AT_ONCE, 0.1)
            for lane, some in poll_lines(self.index, self.lanes, messages, tell).items():
                if not tell:
                    self.processed(lane, [m.offset() for m in some])
                if lane in self.mine:
                    self.dirty[lane] = some[-1].offset() + 1
            if self.dirty and now_ms() - self.committed_ms >= COMMIT_EVERY_MS:
                self.commit()
        self.consumer.close()

    def processed(self, lane, offsets):
        first = last = offsets[0]
        for offset in offsets[1:]:
            if offset != last + 1:
                say("processed", self.index, lane, first, last)
                first = offset
            last = offset
        say("processed", self.index, lane, first, last)

    def commit(self):
        self.committed_ms = now_ms()
        commits, notes = [], []
        member = self.consumer.memberid() or ""
        for lane, offset in self.dirty.items():
            self.notes += 1
            note = f"{self.role['process']}#{self.notes}"
            notes.append(note)
            commits.append(TopicPartition(*self.lanes.all[lane], offset, metadata=note))
            say("committing", self.index, lane, offset, note, member, -1)
        self.dirty = {}
        told = {}
        try:
            for each in self.consumer.commit(offsets=commits, asynchronous=False):
                told[each.partition, each.topic] = each.error
            reason = None
        except KafkaException as refused:
            reason = refused.args[0].name()
        for note, commit in zip(notes, commits):
            error = told.get((commit.partition, commit.topic))
            why = reason or (error.name() if error is not None else None)
            say("committed", self.index, note, "ok" if why is None else "unknown", why)


ROLES = {
    "produce": lambda index, role: OpenLoop(index, role).run(),
    "follow": follow,
    "member": lambda index, role: Member(index, role).run(),
    "read": read,
}
failures = []


def play(index, role):
    try:
        ROLES[role["role"]](index, role)
    except Exception as thrown:  # Whatever it is, the harness is to hear of it.
        complain(index, f"{type(thrown).__name__}: {thrown}")
        failures.append(thrown)


threading.Thread(target=wait_for_the_end, daemon=True).start()
threads = [
    threading.Thread(target=play, args=each, daemon=True) for each in enumerate(order["roles"])
]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
sys.stdout.flush()
os._exit(1 if failures else 0)
