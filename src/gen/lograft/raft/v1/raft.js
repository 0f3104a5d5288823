/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars*/
import $protobuf from "protobufjs/minimal.js";

const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;

const $root = $protobuf.roots["lograft_raft_v1_raft"] || ($protobuf.roots["lograft_raft_v1_raft"] = {});

export const lograft = $root.lograft = (() => {

    const lograft = {};

    lograft.raft = (function() {

        const raft = {};

        raft.v1 = (function() {

            const v1 = {};

            v1.Replica = (function() {

                function Replica(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                Replica.prototype.nodeId = 0;
                Replica.prototype.directoryId = $util.newBuffer([]);

                Replica.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.nodeId != null && Object.hasOwnProperty.call(message, "nodeId"))
                        writer.uint32(8).uint32(message.nodeId);
                    if (message.directoryId != null && Object.hasOwnProperty.call(message, "directoryId"))
                        writer.uint32(18).bytes(message.directoryId);
                    return writer;
                };

                Replica.decode = function decode(reader, length, error, long) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (long === undefined)
                        long = 0;
                    if (long > $Reader.recursionLimit)
                        throw Error("maximum nesting depth exceeded");
                    let end, message;
                    if (length === undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = new $root.lograft.raft.v1.Replica();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.nodeId = reader.uint32();
                                break;
                            }
                        case 2: {
                                message.directoryId = reader.bytes();
                                break;
                            }
                        default:
                            reader.skipType(tag & 7, long);
                            break;
                        }
                    }
                    if (length !== undefined) {
                        if (reader.pos !== end)
                            throw RangeError("index out of range");
                        reader.len = length;
                    }
                    return message;
                };

                return Replica;
            })();

            v1.Hello = (function() {

                function Hello(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                Hello.prototype.clusterId = "";
                Hello.prototype.from = null;
                Hello.prototype.to = null;
                Hello.prototype.incarnationId = $util.newBuffer([]);
                Hello.prototype.host = "";
                Hello.prototype.port = 0;
                Hello.prototype.protocolMin = 0;
                Hello.prototype.protocolMax = 0;

                Hello.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.clusterId != null && Object.hasOwnProperty.call(message, "clusterId"))
                        writer.uint32(10).string(message.clusterId);
                    if (message.from != null && Object.hasOwnProperty.call(message, "from"))
                        $root.lograft.raft.v1.Replica.encode(message.from, writer.uint32(18).fork(), q + 1).ldelim();
                    if (message.to != null && Object.hasOwnProperty.call(message, "to"))
                        $root.lograft.raft.v1.Replica.encode(message.to, writer.uint32(26).fork(), q + 1).ldelim();
                    if (message.incarnationId != null && Object.hasOwnProperty.call(message, "incarnationId"))
                        writer.uint32(34).bytes(message.incarnationId);
                    if (message.host != null && Object.hasOwnProperty.call(message, "host"))
                        writer.uint32(42).string(message.host);
                    if (message.port != null && Object.hasOwnProperty.call(message, "port"))
                        writer.uint32(48).uint32(message.port);
                    if (message.protocolMin != null && Object.hasOwnProperty.call(message, "protocolMin"))
                        writer.uint32(56).uint32(message.protocolMin);
                    if (message.protocolMax != null && Object.hasOwnProperty.call(message, "protocolMax"))
                        writer.uint32(64).uint32(message.protocolMax);
                    return writer;
                };

                Hello.decode = function decode(reader, length, error, long) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (long === undefined)
                        long = 0;
                    if (long > $Reader.recursionLimit)
                        throw Error("maximum nesting depth exceeded");
                    let end, message;
                    if (length === undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = new $root.lograft.raft.v1.Hello();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.clusterId = reader.string();
                                break;
                            }
                        case 2: {
                                message.from = $root.lograft.raft.v1.Replica.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 3: {
                                message.to = $root.lograft.raft.v1.Replica.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 4: {
                                message.incarnationId = reader.bytes();
                                break;
                            }
                        case 5: {
                                message.host = reader.string();
                                break;
                            }
                        case 6: {
                                message.port = reader.uint32();
                                break;
                            }
                        case 7: {
                                message.protocolMin = reader.uint32();
                                break;
                            }
                        case 8: {
                                message.protocolMax = reader.uint32();
                                break;
                            }
                        default:
                            reader.skipType(tag & 7, long);
                            break;
                        }
                    }
                    if (length !== undefined) {
                        if (reader.pos !== end)
                            throw RangeError("index out of range");
                        reader.len = length;
                    }
                    return message;
                };

                return Hello;
            })();

            v1.HelloAccepted = (function() {

                function HelloAccepted(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                HelloAccepted.prototype.protocol = 0;
                HelloAccepted.prototype.incarnationId = $util.newBuffer([]);

                HelloAccepted.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.protocol != null && Object.hasOwnProperty.call(message, "protocol"))
                        writer.uint32(8).uint32(message.protocol);
                    if (message.incarnationId != null && Object.hasOwnProperty.call(message, "incarnationId"))
                        writer.uint32(18).bytes(message.incarnationId);
                    return writer;
                };

                HelloAccepted.decode = function decode(reader, length, error, long) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (long === undefined)
                        long = 0;
                    if (long > $Reader.recursionLimit)
                        throw Error("maximum nesting depth exceeded");
                    let end, message;
                    if (length === undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = new $root.lograft.raft.v1.HelloAccepted();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.protocol = reader.uint32();
                                break;
                            }
                        case 2: {
                                message.incarnationId = reader.bytes();
                                break;
                            }
                        default:
                            reader.skipType(tag & 7, long);
                            break;
                        }
                    }
                    if (length !== undefined) {
                        if (reader.pos !== end)
                            throw RangeError("index out of range");
                        reader.len = length;
                    }
                    return message;
                };

                return HelloAccepted;
            })();

            v1.ExchangeRequest = (function() {

                function ExchangeRequest(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                ExchangeRequest.prototype.hello = null;
                ExchangeRequest.prototype.messages = null;

                let $oneOfFields;

                Object.defineProperty(ExchangeRequest.prototype, "frame", {
                    get: $util.oneOfGetter($oneOfFields = ["hello", "messages"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                ExchangeRequest.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.hello != null && Object.hasOwnProperty.call(message, "hello"))
                        $root.lograft.raft.v1.Hello.encode(message.hello, writer.uint32(10).fork(), q + 1).ldelim();
                    if (message.messages != null && Object.hasOwnProperty.call(message, "messages"))
                        $root.lograft.raft.v1.Frame.encode(message.messages, writer.uint32(18).fork(), q + 1).ldelim();
                    return writer;
                };

                ExchangeRequest.decode = function decode(reader, length, error, long) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (long === undefined)
                        long = 0;
                    if (long > $Reader.recursionLimit)
                        throw Error("maximum nesting depth exceeded");
                    let end, message;
                    if (length === undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = new $root.lograft.raft.v1.ExchangeRequest();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.hello = $root.lograft.raft.v1.Hello.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 2: {
                                message.messages = $root.lograft.raft.v1.Frame.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        default:
                            reader.skipType(tag & 7, long);
                            break;
                        }
                    }
                    if (length !== undefined) {
                        if (reader.pos !== end)
                            throw RangeError("index out of range");
                        reader.len = length;
                    }
                    return message;
                };

                return ExchangeRequest;
            })();

            v1.ExchangeResponse = (function() {

                function ExchangeResponse(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                ExchangeResponse.prototype.accepted = null;

                ExchangeResponse.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.accepted != null && Object.hasOwnProperty.call(message, "accepted"))
                        $root.lograft.raft.v1.HelloAccepted.encode(message.accepted, writer.uint32(10).fork(), q + 1).ldelim();
                    return writer;
                };

                ExchangeResponse.decode = function decode(reader, length, error, long) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (long === undefined)
                        long = 0;
                    if (long > $Reader.recursionLimit)
                        throw Error("maximum nesting depth exceeded");
                    let end, message;
                    if (length === undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = new $root.lograft.raft.v1.ExchangeResponse();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.accepted = $root.lograft.raft.v1.HelloAccepted.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        default:
                            reader.skipType(tag & 7, long);
                            break;
                        }
                    }
                    if (length !== undefined) {
                        if (reader.pos !== end)
                            throw RangeError("index out of range");
                        reader.len = length;
                    }
                    return message;
                };

                return ExchangeResponse;
            })();

            v1.Frame = (function() {

                function Frame(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                Frame.prototype.crc32c = 0;
                Frame.prototype.messages = $util.newBuffer([]);

                Frame.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.crc32c != null && Object.hasOwnProperty.call(message, "crc32c"))
                        writer.uint32(13).fixed32(message.crc32c);
                    if (message.messages != null && Object.hasOwnProperty.call(message, "messages"))
                        writer.uint32(18).bytes(message.messages);
                    return writer;
                };

                Frame.decode = function decode(reader, length, error, long) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (long === undefined)
                        long = 0;
                    if (long > $Reader.recursionLimit)
                        throw Error("maximum nesting depth exceeded");
                    let end, message;
                    if (length === undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = new $root.lograft.raft.v1.Frame();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.crc32c = reader.fixed32();
                                break;
                            }
                        case 2: {
                                message.messages = reader.bytes();
                                break;
                            }
                        default:
                            reader.skipType(tag & 7, long);
                            break;
                        }
                    }
                    if (length !== undefined) {
                        if (reader.pos !== end)
                            throw RangeError("index out of range");
                        reader.len = length;
                    }
                    return message;
                };

                return Frame;
            })();

            v1.MessageList = (function() {

                function MessageList(properties) {
                    this.messages = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                MessageList.prototype.messages = $util.emptyArray;

                MessageList.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.messages != null && message.messages.length)
                        for (let i = 0; i < message.messages.length; ++i)
                            $root.lograft.raft.v1.Message.encode(message.messages[i], writer.uint32(10).fork(), q + 1).ldelim();
                    return writer;
                };

                MessageList.decode = function decode(reader, length, error, long) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (long === undefined)
                        long = 0;
                    if (long > $Reader.recursionLimit)
                        throw Error("maximum nesting depth exceeded");
                    let end, message;
                    if (length === undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = new $root.lograft.raft.v1.MessageList();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                if (!(message.messages && message.messages.length))
                                    message.messages = [];
                                message.messages.push($root.lograft.raft.v1.Message.decode(reader, reader.uint32(), undefined, long + 1));
                                break;
                            }
                        default:
                            reader.skipType(tag & 7, long);
                            break;
                        }
                    }
                    if (length !== undefined) {
                        if (reader.pos !== end)
                            throw RangeError("index out of range");
                        reader.len = length;
                    }
                    return message;
                };

                return MessageList;
            })();

            v1.Message = (function() {

                function Message(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                Message.prototype.term = 0;
                Message.prototype.preVote = null;
                Message.prototype.preVoteResponse = null;
                Message.prototype.vote = null;
                Message.prototype.voteResponse = null;
                Message.prototype.append = null;
                Message.prototype.appendResponse = null;
                Message.prototype.appendRejection = null;
                Message.prototype.heartbeat = null;
                Message.prototype.heartbeatResponse = null;
                Message.prototype.snapshot = null;
                Message.prototype.timeoutNow = null;
                Message.prototype.resignation = null;

                let $oneOfFields;

                Object.defineProperty(Message.prototype, "content", {
                    get: $util.oneOfGetter($oneOfFields = ["preVote", "preVoteResponse", "vote", "voteResponse", "append", "appendResponse", "appendRejection", "heartbeat", "heartbeatResponse", "snapshot", "timeoutNow", "resignation"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                Message.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.term != null && Object.hasOwnProperty.call(message, "term"))
                        writer.uint32(8).uint64(message.term);
                    if (message.preVote != null && Object.hasOwnProperty.call(message, "preVote"))
                        $root.lograft.raft.v1.Candidacy.encode(message.preVote, writer.uint32(18).fork(), q + 1).ldelim();
                    if (message.preVoteResponse != null && Object.hasOwnProperty.call(message, "preVoteResponse"))
                        $root.lograft.raft.v1.Ballot.encode(message.preVoteResponse, writer.uint32(26).fork(), q + 1).ldelim();
                    if (message.vote != null && Object.hasOwnProperty.call(message, "vote"))
                        $root.lograft.raft.v1.Candidacy.encode(message.vote, writer.uint32(34).fork(), q + 1).ldelim();
                    if (message.voteResponse != null && Object.hasOwnProperty.call(message, "voteResponse"))
                        $root.lograft.raft.v1.Ballot.encode(message.voteResponse, writer.uint32(42).fork(), q + 1).ldelim();
                    if (message.append != null && Object.hasOwnProperty.call(message, "append"))
                        $root.lograft.raft.v1.Append.encode(message.append, writer.uint32(50).fork(), q + 1).ldelim();
                    if (message.appendResponse != null && Object.hasOwnProperty.call(message, "appendResponse"))
                        $root.lograft.raft.v1.AppendResponse.encode(message.appendResponse, writer.uint32(58).fork(), q + 1).ldelim();
                    if (message.appendRejection != null && Object.hasOwnProperty.call(message, "appendRejection"))
                        $root.lograft.raft.v1.AppendRejection.encode(message.appendRejection, writer.uint32(66).fork(), q + 1).ldelim();
                    if (message.heartbeat != null && Object.hasOwnProperty.call(message, "heartbeat"))
                        $root.lograft.raft.v1.Heartbeat.encode(message.heartbeat, writer.uint32(74).fork(), q + 1).ldelim();
                    if (message.heartbeatResponse != null && Object.hasOwnProperty.call(message, "heartbeatResponse"))
                        $root.lograft.raft.v1.HeartbeatResponse.encode(message.heartbeatResponse, writer.uint32(82).fork(), q + 1).ldelim();
                    if (message.snapshot != null && Object.hasOwnProperty.call(message, "snapshot"))
                        $root.lograft.raft.v1.Snapshot.encode(message.snapshot, writer.uint32(90).fork(), q + 1).ldelim();
                    if (message.timeoutNow != null && Object.hasOwnProperty.call(message, "timeoutNow"))
                        $root.lograft.raft.v1.TimeoutNow.encode(message.timeoutNow, writer.uint32(98).fork(), q + 1).ldelim();
                    if (message.resignation != null && Object.hasOwnProperty.call(message, "resignation"))
                        $root.lograft.raft.v1.Resignation.encode(message.resignation, writer.uint32(106).fork(), q + 1).ldelim();
                    return writer;
                };

                Message.decode = function decode(reader, length, error, long) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (long === undefined)
                        long = 0;
                    if (long > $Reader.recursionLimit)
                        throw Error("maximum nesting depth exceeded");
                    let end, message;
                    if (length === undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = new $root.lograft.raft.v1.Message();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.term = reader.uint64();
                                break;
                            }
                        case 2: {
                                message.preVote = $root.lograft.raft.v1.Candidacy.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 3: {
                                message.preVoteResponse = $root.lograft.raft.v1.Ballot.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 4: {
                                message.vote = $root.lograft.raft.v1.Candidacy.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 5: {
                                message.voteResponse = $root.lograft.raft.v1.Ballot.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 6: {
                                message.append = $root.lograft.raft.v1.Append.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 7: {
                                message.appendResponse = $root.lograft.raft.v1.AppendResponse.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 8: {
                                message.appendRejection = $root.lograft.raft.v1.AppendRejection.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 9: {
                                message.heartbeat = $root.lograft.raft.v1.Heartbeat.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 10: {
                                message.heartbeatResponse = $root.lograft.raft.v1.HeartbeatResponse.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 11: {
                                message.snapshot = $root.lograft.raft.v1.Snapshot.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 12: {
                                message.timeoutNow = $root.lograft.raft.v1.TimeoutNow.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 13: {
                                message.resignation = $root.lograft.raft.v1.Resignation.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        default:
                            reader.skipType(tag & 7, long);
                            break;
                        }
                    }
                    if (length !== undefined) {
                        if (reader.pos !== end)
                            throw RangeError("index out of range");
                        reader.len = length;
                    }
                    return message;
                };

                return Message;
            })();

            v1.Candidacy = (function() {

                function Candidacy(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                Candidacy.prototype.lastIndex = 0;
                Candidacy.prototype.lastTerm = 0;
                Candidacy.prototype.isTransfer = false;

                Candidacy.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.lastIndex != null && Object.hasOwnProperty.call(message, "lastIndex"))
                        writer.uint32(8).uint64(message.lastIndex);
                    if (message.lastTerm != null && Object.hasOwnProperty.call(message, "lastTerm"))
                        writer.uint32(16).uint64(message.lastTerm);
                    if (message.isTransfer != null && Object.hasOwnProperty.call(message, "isTransfer"))
                        writer.uint32(24).bool(message.isTransfer);
                    return writer;
                };

                Candidacy.decode = function decode(reader, length, error, long) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (long === undefined)
                        long = 0;
                    if (long > $Reader.recursionLimit)
                        throw Error("maximum nesting depth exceeded");
                    let end, message;
                    if (length === undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = new $root.lograft.raft.v1.Candidacy();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.lastIndex = reader.uint64();
                                break;
                            }
                        case 2: {
                                message.lastTerm = reader.uint64();
                                break;
                            }
                        case 3: {
                                message.isTransfer = reader.bool();
                                break;
                            }
                        default:
                            reader.skipType(tag & 7, long);
                            break;
                        }
                    }
                    if (length !== undefined) {
                        if (reader.pos !== end)
                            throw RangeError("index out of range");
                        reader.len = length;
                    }
                    return message;
                };

                return Candidacy;
            })();

            v1.Ballot = (function() {

                function Ballot(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                Ballot.prototype.granted = false;

                Ballot.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.granted != null && Object.hasOwnProperty.call(message, "granted"))
                        writer.uint32(8).bool(message.granted);
                    return writer;
                };

                Ballot.decode = function decode(reader, length, error, long) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (long === undefined)
                        long = 0;
                    if (long > $Reader.recursionLimit)
                        throw Error("maximum nesting depth exceeded");
                    let end, message;
                    if (length === undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = new $root.lograft.raft.v1.Ballot();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.granted = reader.bool();
                                break;
                            }
                        default:
                            reader.skipType(tag & 7, long);
                            break;
                        }
                    }
                    if (length !== undefined) {
                        if (reader.pos !== end)
                            throw RangeError("index out of range");
                        reader.len = length;
                    }
                    return message;
                };

                return Ballot;
            })();

            v1.Append = (function() {

                function Append(properties) {
                    this.entries = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                Append.prototype.session = 0;
                Append.prototype.previousIndex = 0;
                Append.prototype.previousTerm = 0;
                Append.prototype.entries = $util.emptyArray;
                Append.prototype.commit = 0;

                Append.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.session != null && Object.hasOwnProperty.call(message, "session"))
                        writer.uint32(8).uint64(message.session);
                    if (message.previousIndex != null && Object.hasOwnProperty.call(message, "previousIndex"))
                        writer.uint32(16).uint64(message.previousIndex);
                    if (message.previousTerm != null && Object.hasOwnProperty.call(message, "previousTerm"))
                        writer.uint32(24).uint64(message.previousTerm);
                    if (message.entries != null && message.entries.length)
                        for (let i = 0; i < message.entries.length; ++i)
                            $root.lograft.raft.v1.Entry.encode(message.entries[i], writer.uint32(34).fork(), q + 1).ldelim();
                    if (message.commit != null && Object.hasOwnProperty.call(message, "commit"))
                        writer.uint32(40).uint64(message.commit);
                    return writer;
                };

                Append.decode = function decode(reader, length, error, long) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (long === undefined)
                        long = 0;
                    if (long > $Reader.recursionLimit)
                        throw Error("maximum nesting depth exceeded");
                    let end, message;
                    if (length === undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = new $root.lograft.raft.v1.Append();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.session = reader.uint64();
                                break;
                            }
                        case 2: {
                                message.previousIndex = reader.uint64();
                                break;
                            }
                        case 3: {
                                message.previousTerm = reader.uint64();
                                break;
                            }
                        case 4: {
                                if (!(message.entries && message.entries.length))
                                    message.entries = [];
                                message.entries.push($root.lograft.raft.v1.Entry.decode(reader, reader.uint32(), undefined, long + 1));
                                break;
                            }
                        case 5: {
                                message.commit = reader.uint64();
                                break;
                            }
                        default:
                            reader.skipType(tag & 7, long);
                            break;
                        }
                    }
                    if (length !== undefined) {
                        if (reader.pos !== end)
                            throw RangeError("index out of range");
                        reader.len = length;
                    }
                    return message;
                };

                return Append;
            })();

            v1.Entry = (function() {

                function Entry(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                Entry.prototype.term = 0;
                Entry.prototype.data = null;
                Entry.prototype.noop = null;
                Entry.prototype.configuration = null;

                let $oneOfFields;

                Object.defineProperty(Entry.prototype, "payload", {
                    get: $util.oneOfGetter($oneOfFields = ["data", "noop", "configuration"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                Entry.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.term != null && Object.hasOwnProperty.call(message, "term"))
                        writer.uint32(8).uint64(message.term);
                    if (message.data != null && Object.hasOwnProperty.call(message, "data"))
                        writer.uint32(18).bytes(message.data);
                    if (message.noop != null && Object.hasOwnProperty.call(message, "noop"))
                        $root.lograft.raft.v1.Noop.encode(message.noop, writer.uint32(26).fork(), q + 1).ldelim();
                    if (message.configuration != null && Object.hasOwnProperty.call(message, "configuration"))
                        $root.lograft.raft.v1.Configuration.encode(message.configuration, writer.uint32(34).fork(), q + 1).ldelim();
                    return writer;
                };

                Entry.decode = function decode(reader, length, error, long) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (long === undefined)
                        long = 0;
                    if (long > $Reader.recursionLimit)
                        throw Error("maximum nesting depth exceeded");
                    let end, message;
                    if (length === undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = new $root.lograft.raft.v1.Entry();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.term = reader.uint64();
                                break;
                            }
                        case 2: {
                                message.data = reader.bytes();
                                break;
                            }
                        case 3: {
                                message.noop = $root.lograft.raft.v1.Noop.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 4: {
                                message.configuration = $root.lograft.raft.v1.Configuration.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        default:
                            reader.skipType(tag & 7, long);
                            break;
                        }
                    }
                    if (length !== undefined) {
                        if (reader.pos !== end)
                            throw RangeError("index out of range");
                        reader.len = length;
                    }
                    return message;
                };

                return Entry;
            })();

            v1.Noop = (function() {

                function Noop(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                Noop.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    return writer;
                };

                Noop.decode = function decode(reader, length, error, long) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (long === undefined)
                        long = 0;
                    if (long > $Reader.recursionLimit)
                        throw Error("maximum nesting depth exceeded");
                    let end, message;
                    if (length === undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = new $root.lograft.raft.v1.Noop();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        default:
                            reader.skipType(tag & 7, long);
                            break;
                        }
                    }
                    if (length !== undefined) {
                        if (reader.pos !== end)
                            throw RangeError("index out of range");
                        reader.len = length;
                    }
                    return message;
                };

                return Noop;
            })();

            v1.Configuration = (function() {

                function Configuration(properties) {
                    this.voters = [];
                    this.outgoing = [];
                    this.learners = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                Configuration.prototype.voters = $util.emptyArray;
                Configuration.prototype.outgoing = $util.emptyArray;
                Configuration.prototype.learners = $util.emptyArray;

                Configuration.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.voters != null && message.voters.length)
                        for (let i = 0; i < message.voters.length; ++i)
                            $root.lograft.raft.v1.Replica.encode(message.voters[i], writer.uint32(10).fork(), q + 1).ldelim();
                    if (message.outgoing != null && message.outgoing.length)
                        for (let i = 0; i < message.outgoing.length; ++i)
                            $root.lograft.raft.v1.Replica.encode(message.outgoing[i], writer.uint32(18).fork(), q + 1).ldelim();
                    if (message.learners != null && message.learners.length)
                        for (let i = 0; i < message.learners.length; ++i)
                            $root.lograft.raft.v1.Replica.encode(message.learners[i], writer.uint32(26).fork(), q + 1).ldelim();
                    return writer;
                };

                Configuration.decode = function decode(reader, length, error, long) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (long === undefined)
                        long = 0;
                    if (long > $Reader.recursionLimit)
                        throw Error("maximum nesting depth exceeded");
                    let end, message;
                    if (length === undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = new $root.lograft.raft.v1.Configuration();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                if (!(message.voters && message.voters.length))
                                    message.voters = [];
                                message.voters.push($root.lograft.raft.v1.Replica.decode(reader, reader.uint32(), undefined, long + 1));
                                break;
                            }
                        case 2: {
                                if (!(message.outgoing && message.outgoing.length))
                                    message.outgoing = [];
                                message.outgoing.push($root.lograft.raft.v1.Replica.decode(reader, reader.uint32(), undefined, long + 1));
                                break;
                            }
                        case 3: {
                                if (!(message.learners && message.learners.length))
                                    message.learners = [];
                                message.learners.push($root.lograft.raft.v1.Replica.decode(reader, reader.uint32(), undefined, long + 1));
                                break;
                            }
                        default:
                            reader.skipType(tag & 7, long);
                            break;
                        }
                    }
                    if (length !== undefined) {
                        if (reader.pos !== end)
                            throw RangeError("index out of range");
                        reader.len = length;
                    }
                    return message;
                };

                return Configuration;
            })();

            v1.AppendResponse = (function() {

                function AppendResponse(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                AppendResponse.prototype.session = 0;
                AppendResponse.prototype.index = 0;

                AppendResponse.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.session != null && Object.hasOwnProperty.call(message, "session"))
                        writer.uint32(8).uint64(message.session);
                    if (message.index != null && Object.hasOwnProperty.call(message, "index"))
                        writer.uint32(16).uint64(message.index);
                    return writer;
                };

                AppendResponse.decode = function decode(reader, length, error, long) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (long === undefined)
                        long = 0;
                    if (long > $Reader.recursionLimit)
                        throw Error("maximum nesting depth exceeded");
                    let end, message;
                    if (length === undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = new $root.lograft.raft.v1.AppendResponse();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.session = reader.uint64();
                                break;
                            }
                        case 2: {
                                message.index = reader.uint64();
                                break;
                            }
                        default:
                            reader.skipType(tag & 7, long);
                            break;
                        }
                    }
                    if (length !== undefined) {
                        if (reader.pos !== end)
                            throw RangeError("index out of range");
                        reader.len = length;
                    }
                    return message;
                };

                return AppendResponse;
            })();

            v1.AppendRejection = (function() {

                function AppendRejection(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                AppendRejection.prototype.session = 0;
                AppendRejection.prototype.previousIndex = 0;
                AppendRejection.prototype.hintIndex = 0;
                AppendRejection.prototype.hintTerm = 0;

                AppendRejection.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.session != null && Object.hasOwnProperty.call(message, "session"))
                        writer.uint32(8).uint64(message.session);
                    if (message.previousIndex != null && Object.hasOwnProperty.call(message, "previousIndex"))
                        writer.uint32(16).uint64(message.previousIndex);
                    if (message.hintIndex != null && Object.hasOwnProperty.call(message, "hintIndex"))
                        writer.uint32(24).uint64(message.hintIndex);
                    if (message.hintTerm != null && Object.hasOwnProperty.call(message, "hintTerm"))
                        writer.uint32(32).uint64(message.hintTerm);
                    return writer;
                };

                AppendRejection.decode = function decode(reader, length, error, long) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (long === undefined)
                        long = 0;
                    if (long > $Reader.recursionLimit)
                        throw Error("maximum nesting depth exceeded");
                    let end, message;
                    if (length === undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = new $root.lograft.raft.v1.AppendRejection();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.session = reader.uint64();
                                break;
                            }
                        case 2: {
                                message.previousIndex = reader.uint64();
                                break;
                            }
                        case 3: {
                                message.hintIndex = reader.uint64();
                                break;
                            }
                        case 4: {
                                message.hintTerm = reader.uint64();
                                break;
                            }
                        default:
                            reader.skipType(tag & 7, long);
                            break;
                        }
                    }
                    if (length !== undefined) {
                        if (reader.pos !== end)
                            throw RangeError("index out of range");
                        reader.len = length;
                    }
                    return message;
                };

                return AppendRejection;
            })();

            v1.Heartbeat = (function() {

                function Heartbeat(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                Heartbeat.prototype.session = 0;
                Heartbeat.prototype.commit = 0;
                Heartbeat.prototype.read = 0;

                Heartbeat.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.session != null && Object.hasOwnProperty.call(message, "session"))
                        writer.uint32(8).uint64(message.session);
                    if (message.commit != null && Object.hasOwnProperty.call(message, "commit"))
                        writer.uint32(16).uint64(message.commit);
                    if (message.read != null && Object.hasOwnProperty.call(message, "read"))
                        writer.uint32(24).uint64(message.read);
                    return writer;
                };

                Heartbeat.decode = function decode(reader, length, error, long) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (long === undefined)
                        long = 0;
                    if (long > $Reader.recursionLimit)
                        throw Error("maximum nesting depth exceeded");
                    let end, message;
                    if (length === undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = new $root.lograft.raft.v1.Heartbeat();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.session = reader.uint64();
                                break;
                            }
                        case 2: {
                                message.commit = reader.uint64();
                                break;
                            }
                        case 3: {
                                message.read = reader.uint64();
                                break;
                            }
                        default:
                            reader.skipType(tag & 7, long);
                            break;
                        }
                    }
                    if (length !== undefined) {
                        if (reader.pos !== end)
                            throw RangeError("index out of range");
                        reader.len = length;
                    }
                    return message;
                };

                return Heartbeat;
            })();

            v1.HeartbeatResponse = (function() {

                function HeartbeatResponse(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                HeartbeatResponse.prototype.session = 0;
                HeartbeatResponse.prototype.read = 0;
                HeartbeatResponse.prototype.matched = 0;

                HeartbeatResponse.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.session != null && Object.hasOwnProperty.call(message, "session"))
                        writer.uint32(8).uint64(message.session);
                    if (message.read != null && Object.hasOwnProperty.call(message, "read"))
                        writer.uint32(16).uint64(message.read);
                    if (message.matched != null && Object.hasOwnProperty.call(message, "matched"))
                        writer.uint32(24).uint64(message.matched);
                    return writer;
                };

                HeartbeatResponse.decode = function decode(reader, length, error, long) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (long === undefined)
                        long = 0;
                    if (long > $Reader.recursionLimit)
                        throw Error("maximum nesting depth exceeded");
                    let end, message;
                    if (length === undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = new $root.lograft.raft.v1.HeartbeatResponse();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.session = reader.uint64();
                                break;
                            }
                        case 2: {
                                message.read = reader.uint64();
                                break;
                            }
                        case 3: {
                                message.matched = reader.uint64();
                                break;
                            }
                        default:
                            reader.skipType(tag & 7, long);
                            break;
                        }
                    }
                    if (length !== undefined) {
                        if (reader.pos !== end)
                            throw RangeError("index out of range");
                        reader.len = length;
                    }
                    return message;
                };

                return HeartbeatResponse;
            })();

            v1.Snapshot = (function() {

                function Snapshot(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                Snapshot.prototype.session = 0;
                Snapshot.prototype.index = 0;
                Snapshot.prototype.term = 0;
                Snapshot.prototype.configuration = null;

                Snapshot.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.session != null && Object.hasOwnProperty.call(message, "session"))
                        writer.uint32(8).uint64(message.session);
                    if (message.index != null && Object.hasOwnProperty.call(message, "index"))
                        writer.uint32(16).uint64(message.index);
                    if (message.term != null && Object.hasOwnProperty.call(message, "term"))
                        writer.uint32(24).uint64(message.term);
                    if (message.configuration != null && Object.hasOwnProperty.call(message, "configuration"))
                        $root.lograft.raft.v1.Configuration.encode(message.configuration, writer.uint32(34).fork(), q + 1).ldelim();
                    return writer;
                };

                Snapshot.decode = function decode(reader, length, error, long) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (long === undefined)
                        long = 0;
                    if (long > $Reader.recursionLimit)
                        throw Error("maximum nesting depth exceeded");
                    let end, message;
                    if (length === undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = new $root.lograft.raft.v1.Snapshot();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.session = reader.uint64();
                                break;
                            }
                        case 2: {
                                message.index = reader.uint64();
                                break;
                            }
                        case 3: {
                                message.term = reader.uint64();
                                break;
                            }
                        case 4: {
                                message.configuration = $root.lograft.raft.v1.Configuration.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        default:
                            reader.skipType(tag & 7, long);
                            break;
                        }
                    }
                    if (length !== undefined) {
                        if (reader.pos !== end)
                            throw RangeError("index out of range");
                        reader.len = length;
                    }
                    return message;
                };

                return Snapshot;
            })();

            v1.TimeoutNow = (function() {

                function TimeoutNow(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                TimeoutNow.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    return writer;
                };

                TimeoutNow.decode = function decode(reader, length, error, long) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (long === undefined)
                        long = 0;
                    if (long > $Reader.recursionLimit)
                        throw Error("maximum nesting depth exceeded");
                    let end, message;
                    if (length === undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = new $root.lograft.raft.v1.TimeoutNow();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        default:
                            reader.skipType(tag & 7, long);
                            break;
                        }
                    }
                    if (length !== undefined) {
                        if (reader.pos !== end)
                            throw RangeError("index out of range");
                        reader.len = length;
                    }
                    return message;
                };

                return TimeoutNow;
            })();

            v1.Resignation = (function() {

                function Resignation(properties) {
                    this.successors = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                Resignation.prototype.successors = $util.emptyArray;

                Resignation.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.successors != null && message.successors.length)
                        for (let i = 0; i < message.successors.length; ++i)
                            $root.lograft.raft.v1.Replica.encode(message.successors[i], writer.uint32(10).fork(), q + 1).ldelim();
                    return writer;
                };

                Resignation.decode = function decode(reader, length, error, long) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (long === undefined)
                        long = 0;
                    if (long > $Reader.recursionLimit)
                        throw Error("maximum nesting depth exceeded");
                    let end, message;
                    if (length === undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = new $root.lograft.raft.v1.Resignation();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                if (!(message.successors && message.successors.length))
                                    message.successors = [];
                                message.successors.push($root.lograft.raft.v1.Replica.decode(reader, reader.uint32(), undefined, long + 1));
                                break;
                            }
                        default:
                            reader.skipType(tag & 7, long);
                            break;
                        }
                    }
                    if (length !== undefined) {
                        if (reader.pos !== end)
                            throw RangeError("index out of range");
                        reader.len = length;
                    }
                    return message;
                };

                return Resignation;
            })();

            v1.SendSnapshotRequest = (function() {

                function SendSnapshotRequest(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                SendSnapshotRequest.prototype.header = null;
                SendSnapshotRequest.prototype.part = null;

                let $oneOfFields;

                Object.defineProperty(SendSnapshotRequest.prototype, "frame", {
                    get: $util.oneOfGetter($oneOfFields = ["header", "part"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                SendSnapshotRequest.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.header != null && Object.hasOwnProperty.call(message, "header"))
                        $root.lograft.raft.v1.SnapshotHeader.encode(message.header, writer.uint32(10).fork(), q + 1).ldelim();
                    if (message.part != null && Object.hasOwnProperty.call(message, "part"))
                        $root.lograft.raft.v1.SnapshotPart.encode(message.part, writer.uint32(18).fork(), q + 1).ldelim();
                    return writer;
                };

                SendSnapshotRequest.decode = function decode(reader, length, error, long) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (long === undefined)
                        long = 0;
                    if (long > $Reader.recursionLimit)
                        throw Error("maximum nesting depth exceeded");
                    let end, message;
                    if (length === undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = new $root.lograft.raft.v1.SendSnapshotRequest();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.header = $root.lograft.raft.v1.SnapshotHeader.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 2: {
                                message.part = $root.lograft.raft.v1.SnapshotPart.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        default:
                            reader.skipType(tag & 7, long);
                            break;
                        }
                    }
                    if (length !== undefined) {
                        if (reader.pos !== end)
                            throw RangeError("index out of range");
                        reader.len = length;
                    }
                    return message;
                };

                return SendSnapshotRequest;
            })();

            v1.SnapshotHeader = (function() {

                function SnapshotHeader(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                SnapshotHeader.prototype.hello = null;
                SnapshotHeader.prototype.endOffset = 0;
                SnapshotHeader.prototype.epoch = 0;
                SnapshotHeader.prototype.sizeBytes = 0;

                SnapshotHeader.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.hello != null && Object.hasOwnProperty.call(message, "hello"))
                        $root.lograft.raft.v1.Hello.encode(message.hello, writer.uint32(10).fork(), q + 1).ldelim();
                    if (message.endOffset != null && Object.hasOwnProperty.call(message, "endOffset"))
                        writer.uint32(16).uint64(message.endOffset);
                    if (message.epoch != null && Object.hasOwnProperty.call(message, "epoch"))
                        writer.uint32(24).uint64(message.epoch);
                    if (message.sizeBytes != null && Object.hasOwnProperty.call(message, "sizeBytes"))
                        writer.uint32(32).uint64(message.sizeBytes);
                    return writer;
                };

                SnapshotHeader.decode = function decode(reader, length, error, long) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (long === undefined)
                        long = 0;
                    if (long > $Reader.recursionLimit)
                        throw Error("maximum nesting depth exceeded");
                    let end, message;
                    if (length === undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = new $root.lograft.raft.v1.SnapshotHeader();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.hello = $root.lograft.raft.v1.Hello.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 2: {
                                message.endOffset = reader.uint64();
                                break;
                            }
                        case 3: {
                                message.epoch = reader.uint64();
                                break;
                            }
                        case 4: {
                                message.sizeBytes = reader.uint64();
                                break;
                            }
                        default:
                            reader.skipType(tag & 7, long);
                            break;
                        }
                    }
                    if (length !== undefined) {
                        if (reader.pos !== end)
                            throw RangeError("index out of range");
                        reader.len = length;
                    }
                    return message;
                };

                return SnapshotHeader;
            })();

            v1.SnapshotPart = (function() {

                function SnapshotPart(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                SnapshotPart.prototype.offset = 0;
                SnapshotPart.prototype.crc32c = 0;
                SnapshotPart.prototype.bytes = $util.newBuffer([]);

                SnapshotPart.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.offset != null && Object.hasOwnProperty.call(message, "offset"))
                        writer.uint32(8).uint64(message.offset);
                    if (message.crc32c != null && Object.hasOwnProperty.call(message, "crc32c"))
                        writer.uint32(21).fixed32(message.crc32c);
                    if (message.bytes != null && Object.hasOwnProperty.call(message, "bytes"))
                        writer.uint32(26).bytes(message.bytes);
                    return writer;
                };

                SnapshotPart.decode = function decode(reader, length, error, long) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (long === undefined)
                        long = 0;
                    if (long > $Reader.recursionLimit)
                        throw Error("maximum nesting depth exceeded");
                    let end, message;
                    if (length === undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = new $root.lograft.raft.v1.SnapshotPart();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.offset = reader.uint64();
                                break;
                            }
                        case 2: {
                                message.crc32c = reader.fixed32();
                                break;
                            }
                        case 3: {
                                message.bytes = reader.bytes();
                                break;
                            }
                        default:
                            reader.skipType(tag & 7, long);
                            break;
                        }
                    }
                    if (length !== undefined) {
                        if (reader.pos !== end)
                            throw RangeError("index out of range");
                        reader.len = length;
                    }
                    return message;
                };

                return SnapshotPart;
            })();

            v1.SendSnapshotResponse = (function() {

                function SendSnapshotResponse(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                SendSnapshotResponse.prototype.beginAt = null;
                SendSnapshotResponse.prototype.taken = null;

                let $oneOfFields;

                Object.defineProperty(SendSnapshotResponse.prototype, "frame", {
                    get: $util.oneOfGetter($oneOfFields = ["beginAt", "taken"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                SendSnapshotResponse.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.beginAt != null && Object.hasOwnProperty.call(message, "beginAt"))
                        writer.uint32(8).uint64(message.beginAt);
                    if (message.taken != null && Object.hasOwnProperty.call(message, "taken"))
                        $root.lograft.raft.v1.SnapshotTaken.encode(message.taken, writer.uint32(18).fork(), q + 1).ldelim();
                    return writer;
                };

                SendSnapshotResponse.decode = function decode(reader, length, error, long) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (long === undefined)
                        long = 0;
                    if (long > $Reader.recursionLimit)
                        throw Error("maximum nesting depth exceeded");
                    let end, message;
                    if (length === undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = new $root.lograft.raft.v1.SendSnapshotResponse();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.beginAt = reader.uint64();
                                break;
                            }
                        case 2: {
                                message.taken = $root.lograft.raft.v1.SnapshotTaken.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        default:
                            reader.skipType(tag & 7, long);
                            break;
                        }
                    }
                    if (length !== undefined) {
                        if (reader.pos !== end)
                            throw RangeError("index out of range");
                        reader.len = length;
                    }
                    return message;
                };

                return SendSnapshotResponse;
            })();

            v1.SnapshotTaken = (function() {

                function SnapshotTaken(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                SnapshotTaken.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    return writer;
                };

                SnapshotTaken.decode = function decode(reader, length, error, long) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (long === undefined)
                        long = 0;
                    if (long > $Reader.recursionLimit)
                        throw Error("maximum nesting depth exceeded");
                    let end, message;
                    if (length === undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = new $root.lograft.raft.v1.SnapshotTaken();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        default:
                            reader.skipType(tag & 7, long);
                            break;
                        }
                    }
                    if (length !== undefined) {
                        if (reader.pos !== end)
                            throw RangeError("index out of range");
                        reader.len = length;
                    }
                    return message;
                };

                return SnapshotTaken;
            })();

            v1.IntroduceRequest = (function() {

                function IntroduceRequest(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                IntroduceRequest.prototype.introduction = null;
                IntroduceRequest.prototype.proposed = null;

                IntroduceRequest.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.introduction != null && Object.hasOwnProperty.call(message, "introduction"))
                        $root.lograft.raft.v1.Introduction.encode(message.introduction, writer.uint32(10).fork(), q + 1).ldelim();
                    if (message.proposed != null && Object.hasOwnProperty.call(message, "proposed"))
                        $root.lograft.raft.v1.Replicas.encode(message.proposed, writer.uint32(18).fork(), q + 1).ldelim();
                    return writer;
                };

                IntroduceRequest.decode = function decode(reader, length, error, long) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (long === undefined)
                        long = 0;
                    if (long > $Reader.recursionLimit)
                        throw Error("maximum nesting depth exceeded");
                    let end, message;
                    if (length === undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = new $root.lograft.raft.v1.IntroduceRequest();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.introduction = $root.lograft.raft.v1.Introduction.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 2: {
                                message.proposed = $root.lograft.raft.v1.Replicas.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        default:
                            reader.skipType(tag & 7, long);
                            break;
                        }
                    }
                    if (length !== undefined) {
                        if (reader.pos !== end)
                            throw RangeError("index out of range");
                        reader.len = length;
                    }
                    return message;
                };

                return IntroduceRequest;
            })();

            v1.IntroduceResponse = (function() {

                function IntroduceResponse(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                IntroduceResponse.prototype.introduction = null;

                IntroduceResponse.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.introduction != null && Object.hasOwnProperty.call(message, "introduction"))
                        $root.lograft.raft.v1.Introduction.encode(message.introduction, writer.uint32(10).fork(), q + 1).ldelim();
                    return writer;
                };

                IntroduceResponse.decode = function decode(reader, length, error, long) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (long === undefined)
                        long = 0;
                    if (long > $Reader.recursionLimit)
                        throw Error("maximum nesting depth exceeded");
                    let end, message;
                    if (length === undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = new $root.lograft.raft.v1.IntroduceResponse();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.introduction = $root.lograft.raft.v1.Introduction.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        default:
                            reader.skipType(tag & 7, long);
                            break;
                        }
                    }
                    if (length !== undefined) {
                        if (reader.pos !== end)
                            throw RangeError("index out of range");
                        reader.len = length;
                    }
                    return message;
                };

                return IntroduceResponse;
            })();

            v1.Introduction = (function() {

                function Introduction(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                Introduction.prototype.replica = null;
                Introduction.prototype.incarnationId = $util.newBuffer([]);
                Introduction.prototype.clusterId = null;
                Introduction.prototype.founders = null;
                Introduction.prototype.founded = false;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                Object.defineProperty(Introduction.prototype, "_clusterId", {
                    get: $util.oneOfGetter($oneOfFields = ["clusterId"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                Introduction.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.replica != null && Object.hasOwnProperty.call(message, "replica"))
                        $root.lograft.raft.v1.Replica.encode(message.replica, writer.uint32(10).fork(), q + 1).ldelim();
                    if (message.incarnationId != null && Object.hasOwnProperty.call(message, "incarnationId"))
                        writer.uint32(18).bytes(message.incarnationId);
                    if (message.clusterId != null && Object.hasOwnProperty.call(message, "clusterId"))
                        writer.uint32(26).string(message.clusterId);
                    if (message.founders != null && Object.hasOwnProperty.call(message, "founders"))
                        $root.lograft.raft.v1.Replicas.encode(message.founders, writer.uint32(34).fork(), q + 1).ldelim();
                    if (message.founded != null && Object.hasOwnProperty.call(message, "founded"))
                        writer.uint32(40).bool(message.founded);
                    return writer;
                };

                Introduction.decode = function decode(reader, length, error, long) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (long === undefined)
                        long = 0;
                    if (long > $Reader.recursionLimit)
                        throw Error("maximum nesting depth exceeded");
                    let end, message;
                    if (length === undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = new $root.lograft.raft.v1.Introduction();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.replica = $root.lograft.raft.v1.Replica.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 2: {
                                message.incarnationId = reader.bytes();
                                break;
                            }
                        case 3: {
                                message.clusterId = reader.string();
                                break;
                            }
                        case 4: {
                                message.founders = $root.lograft.raft.v1.Replicas.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 5: {
                                message.founded = reader.bool();
                                break;
                            }
                        default:
                            reader.skipType(tag & 7, long);
                            break;
                        }
                    }
                    if (length !== undefined) {
                        if (reader.pos !== end)
                            throw RangeError("index out of range");
                        reader.len = length;
                    }
                    return message;
                };

                return Introduction;
            })();

            v1.Replicas = (function() {

                function Replicas(properties) {
                    this.replicas = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                Replicas.prototype.replicas = $util.emptyArray;

                Replicas.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.replicas != null && message.replicas.length)
                        for (let i = 0; i < message.replicas.length; ++i)
                            $root.lograft.raft.v1.Replica.encode(message.replicas[i], writer.uint32(10).fork(), q + 1).ldelim();
                    return writer;
                };

                Replicas.decode = function decode(reader, length, error, long) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (long === undefined)
                        long = 0;
                    if (long > $Reader.recursionLimit)
                        throw Error("maximum nesting depth exceeded");
                    let end, message;
                    if (length === undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = new $root.lograft.raft.v1.Replicas();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                if (!(message.replicas && message.replicas.length))
                                    message.replicas = [];
                                message.replicas.push($root.lograft.raft.v1.Replica.decode(reader, reader.uint32(), undefined, long + 1));
                                break;
                            }
                        default:
                            reader.skipType(tag & 7, long);
                            break;
                        }
                    }
                    if (length !== undefined) {
                        if (reader.pos !== end)
                            throw RangeError("index out of range");
                        reader.len = length;
                    }
                    return message;
                };

                return Replicas;
            })();

            return v1;
        })();

        return raft;
    })();

    return lograft;
})();

export { $root as default };
