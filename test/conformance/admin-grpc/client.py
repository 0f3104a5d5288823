"""The admin API from Python: `client.py KIND PROTO`.

Reads a request as a line of JSON and writes its answer as one, until its input ends. KIND says where
the messages come from: `generated` (stubs that protoc makes of the files below PROTO) or `reflection`
(what the server tells of itself; nothing below PROTO is looked at).

  {"to": "host:port", "method": "package.Service/Method", "request": {…}, "timeout": seconds,
   "replies": how many of a stream are wanted}
  {"to": …, "method": …, "raw": base64 of the bytes of a request, whatever they are}
  {"to": …, "command": "descriptors"}: whether the server describes its files as protoc does
"""

import base64
import importlib
import json
import os
import subprocess
import sys
import tempfile

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory
from google.rpc import error_details_pb2
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import (
    ProtoReflectionDescriptorDatabase,
)
from grpc_status import rpc_status

channels = {}


def channel_to(address):
    return channels.setdefault(address, grpc.insecure_channel(address))


class Generated:
    """Stubs as a program would use them: `TopicsStub(channel).Create(request)`."""

    def __init__(self, proto):
        out = tempfile.mkdtemp()
        files = files_below(os.path.join(proto, "lograft", "admin", "v1"), proto)
        files += ["grpc/health/v1/health.proto"]
        protoc(["-I", proto, "--python_out", out, "--grpc_python_out", out, *files])
        # The generated package and grpcio's own are both called `grpc`.
        grpc.__path__.append(os.path.join(out, "grpc"))
        sys.path.insert(0, out)
        self.stubs, self.requests = {}, {}
        for file in files:
            name = file.removesuffix(".proto").replace("/", ".")
            messages = importlib.import_module(f"{name}_pb2")
            stubs = importlib.import_module(f"{name}_pb2_grpc")
            for service in messages.DESCRIPTOR.services_by_name.values():
                self.stubs[service.full_name] = getattr(stubs, f"{service.name}Stub")
                for method in service.methods:
                    made = message_factory.GetMessageClass(method.input_type)
                    self.requests[f"{service.full_name}/{method.name}"] = made

    def call(self, to, path, request, timeout):
        service, method = path.split("/")
        stub = self.stubs[service](channel_to(to))
        message = json_format.ParseDict(request, self.requests[path]())
        return getattr(stub, method)(message, timeout=timeout)


class Reflected:
    """What a client without files can do: it asks the server what there is."""

    def __init__(self):
        self.pools = {}

    def call(self, to, path, request, timeout):
        channel = channel_to(to)
        if to not in self.pools:
            database = ProtoReflectionDescriptorDatabase(channel)
            self.pools[to] = (database, descriptor_pool.DescriptorPool(database))
        service, name = path.split("/")
        method = self.pools[to][1].FindServiceByName(service).FindMethodByName(name)
        asked = message_factory.GetMessageClass(method.input_type)
        told = message_factory.GetMessageClass(method.output_type)
        kind = channel.unary_stream if method.server_streaming else channel.unary_unary
        ask = kind(f"/{path}", asked.SerializeToString, told.FromString)
        return ask(json_format.ParseDict(request, asked()), timeout=timeout)


def files_below(folder, root):
    return sorted(os.path.relpath(os.path.join(folder, name), root) for name in os.listdir(folder))


def protoc(args):
    subprocess.run([sys.executable, "-m", "grpc_tools.protoc", *args], check=True)


def raw(to, path, data):
    ask = channel_to(to).unary_stream(f"/{path}", lambda bytes: bytes, lambda bytes: bytes)
    list(ask(base64.b64decode(data), timeout=20))
    return {"replies": []}


def descriptors(to, proto):
    """The files that differ, and all that were compared."""
    database = ProtoReflectionDescriptorDatabase(channel_to(to))
    services = database.get_services()
    told = {}

    def add(file):
        if file.name in told:
            return
        told[file.name] = file
        for name in file.dependency:
            add(database.FindFileByName(name))

    for service in services:
        add(database.FindFileContainingSymbol(service))
    ours = [name for name in told if os.path.exists(os.path.join(proto, name))]
    with tempfile.NamedTemporaryFile() as out:
        protoc(["-I", proto, "--include_imports", "--descriptor_set_out", out.name, *ours])
        made = descriptor_pb2.FileDescriptorSet.FromString(out.read())
    for file in made.file:
        file.ClearField("options")
    differ = [file.name for file in made.file if told.get(file.name) != file]
    return {"services": sorted(services), "compared": sorted(ours), "differ": differ}


def plain(message):
    return json_format.MessageToDict(message)


def answer(client, asked, proto):
    if asked.get("command") == "descriptors":
        return descriptors(asked["to"], proto)
    if "raw" in asked:
        return raw(asked["to"], asked["method"], asked["raw"])
    timeout = asked.get("timeout", 30)
    call = client.call(asked["to"], asked["method"], asked.get("request", {}), timeout)
    if not hasattr(call, "__next__"):
        return {"replies": [plain(call)]}
    replies = []
    for reply in call:
        replies.append(plain(reply))
        if len(replies) == asked.get("replies"):
            call.cancel()
            break
    return {"replies": replies}


def failure(error):
    trailers = {key: value for key, value in error.trailing_metadata() or ()}
    told = {"reason": None, "field": None, "hint": None}
    status = rpc_status.from_call(error)
    for detail in status.details if status else ():
        info, bad = error_details_pb2.ErrorInfo(), error_details_pb2.BadRequest()
        if detail.Unpack(info):
            told |= {"reason": info.reason, "hint": info.metadata.get("hint")}
        if detail.Unpack(bad):
            told["field"] = bad.field_violations[0].field
    # The details and the trailers say the same.
    for name, key in (("reason", "code"), ("field", "field")):
        assert told[name] == trailers.get(f"lograft-{key}"), (told, trailers)
    return {"error": {"code": error.code().name, "message": error.details(), **told}}


def main(kind, proto):
    client = Generated(proto) if kind == "generated" else Reflected()
    for line in sys.stdin:
        try:
            answered = answer(client, json.loads(line), proto)
        except grpc.RpcError as error:
            answered = failure(error)
        print(json.dumps(answered), flush=True)


main(*sys.argv[1:])
