/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars*/
import $protobuf from "protobufjs/minimal.js";

const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;

const $root = $protobuf.roots["lograft_controller_v1_controller"] || ($protobuf.roots["lograft_controller_v1_controller"] = {});

export const lograft = $root.lograft = (() => {

    const lograft = {};

    lograft.controller = (function() {

        const controller = {};

        controller.v1 = (function() {

            const v1 = {};

            v1.Reply = (function() {

                function Reply(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                Reply.prototype.metadataOffset = 0;

                Reply.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.metadataOffset != null && Object.hasOwnProperty.call(message, "metadataOffset"))
                        writer.uint32(8).uint64(message.metadataOffset);
                    return writer;
                };

                Reply.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.Reply();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.metadataOffset = reader.uint64();
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

                return Reply;
            })();

            v1.BrokerRequest = (function() {

                function BrokerRequest(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                BrokerRequest.prototype.nodeId = 0;
                BrokerRequest.prototype.brokerEpoch = 0;

                BrokerRequest.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.nodeId != null && Object.hasOwnProperty.call(message, "nodeId"))
                        writer.uint32(8).uint32(message.nodeId);
                    if (message.brokerEpoch != null && Object.hasOwnProperty.call(message, "brokerEpoch"))
                        writer.uint32(16).uint64(message.brokerEpoch);
                    return writer;
                };

                BrokerRequest.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.BrokerRequest();
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
                                message.brokerEpoch = reader.uint64();
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

                return BrokerRequest;
            })();

            v1.RestartKind = (function() {
                const valuesById = {}, values = Object.create(valuesById);
                values[valuesById[0] = "RESTART_KIND_UNSPECIFIED"] = 0;
                values[valuesById[1] = "RESTART_KIND_CLEAN"] = 1;
                values[valuesById[2] = "RESTART_KIND_KILLED"] = 2;
                values[valuesById[3] = "RESTART_KIND_UNCLEAN"] = 3;
                return values;
            })();

            v1.RegisterBrokerRequest = (function() {

                function RegisterBrokerRequest(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                RegisterBrokerRequest.prototype.nodeId = 0;
                RegisterBrokerRequest.prototype.incarnationId = $util.newBuffer([]);
                RegisterBrokerRequest.prototype.directoryId = $util.newBuffer([]);
                RegisterBrokerRequest.prototype.host = "";
                RegisterBrokerRequest.prototype.port = 0;
                RegisterBrokerRequest.prototype.rack = null;
                RegisterBrokerRequest.prototype.restart = 0;
                RegisterBrokerRequest.prototype.previousBrokerEpoch = null;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                Object.defineProperty(RegisterBrokerRequest.prototype, "_rack", {
                    get: $util.oneOfGetter($oneOfFields = ["rack"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                Object.defineProperty(RegisterBrokerRequest.prototype, "_previousBrokerEpoch", {
                    get: $util.oneOfGetter($oneOfFields = ["previousBrokerEpoch"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                RegisterBrokerRequest.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.nodeId != null && Object.hasOwnProperty.call(message, "nodeId"))
                        writer.uint32(8).uint32(message.nodeId);
                    if (message.incarnationId != null && Object.hasOwnProperty.call(message, "incarnationId"))
                        writer.uint32(18).bytes(message.incarnationId);
                    if (message.directoryId != null && Object.hasOwnProperty.call(message, "directoryId"))
                        writer.uint32(26).bytes(message.directoryId);
                    if (message.host != null && Object.hasOwnProperty.call(message, "host"))
                        writer.uint32(34).string(message.host);
                    if (message.port != null && Object.hasOwnProperty.call(message, "port"))
                        writer.uint32(40).uint32(message.port);
                    if (message.rack != null && Object.hasOwnProperty.call(message, "rack"))
                        writer.uint32(50).string(message.rack);
                    if (message.restart != null && Object.hasOwnProperty.call(message, "restart"))
                        writer.uint32(56).int32(message.restart);
                    if (message.previousBrokerEpoch != null && Object.hasOwnProperty.call(message, "previousBrokerEpoch"))
                        writer.uint32(64).uint64(message.previousBrokerEpoch);
                    return writer;
                };

                RegisterBrokerRequest.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.RegisterBrokerRequest();
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
                                message.incarnationId = reader.bytes();
                                break;
                            }
                        case 3: {
                                message.directoryId = reader.bytes();
                                break;
                            }
                        case 4: {
                                message.host = reader.string();
                                break;
                            }
                        case 5: {
                                message.port = reader.uint32();
                                break;
                            }
                        case 6: {
                                message.rack = reader.string();
                                break;
                            }
                        case 7: {
                                message.restart = reader.int32();
                                break;
                            }
                        case 8: {
                                message.previousBrokerEpoch = reader.uint64();
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

                return RegisterBrokerRequest;
            })();

            v1.RegisterBrokerReply = (function() {

                function RegisterBrokerReply(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                RegisterBrokerReply.prototype.metadataOffset = 0;
                RegisterBrokerReply.prototype.brokerEpoch = 0;

                RegisterBrokerReply.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.metadataOffset != null && Object.hasOwnProperty.call(message, "metadataOffset"))
                        writer.uint32(8).uint64(message.metadataOffset);
                    if (message.brokerEpoch != null && Object.hasOwnProperty.call(message, "brokerEpoch"))
                        writer.uint32(16).uint64(message.brokerEpoch);
                    return writer;
                };

                RegisterBrokerReply.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.RegisterBrokerReply();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.metadataOffset = reader.uint64();
                                break;
                            }
                        case 2: {
                                message.brokerEpoch = reader.uint64();
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

                return RegisterBrokerReply;
            })();

            v1.Heartbeat = (function() {

                function Heartbeat(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                Heartbeat.prototype.nodeId = 0;
                Heartbeat.prototype.brokerEpoch = 0;
                Heartbeat.prototype.incarnationId = $util.newBuffer([]);
                Heartbeat.prototype.metadataOffset = 0;
                Heartbeat.prototype.wantsShutdown = false;
                Heartbeat.prototype.kafkaListener = null;
                Heartbeat.prototype.grpcListener = null;

                Heartbeat.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.nodeId != null && Object.hasOwnProperty.call(message, "nodeId"))
                        writer.uint32(8).uint32(message.nodeId);
                    if (message.brokerEpoch != null && Object.hasOwnProperty.call(message, "brokerEpoch"))
                        writer.uint32(16).uint64(message.brokerEpoch);
                    if (message.incarnationId != null && Object.hasOwnProperty.call(message, "incarnationId"))
                        writer.uint32(26).bytes(message.incarnationId);
                    if (message.metadataOffset != null && Object.hasOwnProperty.call(message, "metadataOffset"))
                        writer.uint32(32).uint64(message.metadataOffset);
                    if (message.wantsShutdown != null && Object.hasOwnProperty.call(message, "wantsShutdown"))
                        writer.uint32(40).bool(message.wantsShutdown);
                    if (message.kafkaListener != null && Object.hasOwnProperty.call(message, "kafkaListener"))
                        $root.lograft.controller.v1.Listener.encode(message.kafkaListener, writer.uint32(50).fork(), q + 1).ldelim();
                    if (message.grpcListener != null && Object.hasOwnProperty.call(message, "grpcListener"))
                        $root.lograft.controller.v1.Listener.encode(message.grpcListener, writer.uint32(58).fork(), q + 1).ldelim();
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
                    message = new $root.lograft.controller.v1.Heartbeat();
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
                                message.brokerEpoch = reader.uint64();
                                break;
                            }
                        case 3: {
                                message.incarnationId = reader.bytes();
                                break;
                            }
                        case 4: {
                                message.metadataOffset = reader.uint64();
                                break;
                            }
                        case 5: {
                                message.wantsShutdown = reader.bool();
                                break;
                            }
                        case 6: {
                                message.kafkaListener = $root.lograft.controller.v1.Listener.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 7: {
                                message.grpcListener = $root.lograft.controller.v1.Listener.decode(reader, reader.uint32(), undefined, long + 1);
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

            v1.Listener = (function() {

                function Listener(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                Listener.prototype.host = "";
                Listener.prototype.port = 0;

                Listener.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.host != null && Object.hasOwnProperty.call(message, "host"))
                        writer.uint32(10).string(message.host);
                    if (message.port != null && Object.hasOwnProperty.call(message, "port"))
                        writer.uint32(16).uint32(message.port);
                    return writer;
                };

                Listener.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.Listener();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.host = reader.string();
                                break;
                            }
                        case 2: {
                                message.port = reader.uint32();
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

                return Listener;
            })();

            v1.HeartbeatReply = (function() {

                function HeartbeatReply(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                HeartbeatReply.prototype.fenced = false;
                HeartbeatReply.prototype.caughtUp = false;
                HeartbeatReply.prototype.shouldShutDown = false;
                HeartbeatReply.prototype.committedOffset = 0;
                HeartbeatReply.prototype.controllerEpoch = 0;
                HeartbeatReply.prototype.mustBeginShutdown = false;

                HeartbeatReply.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.fenced != null && Object.hasOwnProperty.call(message, "fenced"))
                        writer.uint32(8).bool(message.fenced);
                    if (message.caughtUp != null && Object.hasOwnProperty.call(message, "caughtUp"))
                        writer.uint32(16).bool(message.caughtUp);
                    if (message.shouldShutDown != null && Object.hasOwnProperty.call(message, "shouldShutDown"))
                        writer.uint32(24).bool(message.shouldShutDown);
                    if (message.committedOffset != null && Object.hasOwnProperty.call(message, "committedOffset"))
                        writer.uint32(32).uint64(message.committedOffset);
                    if (message.controllerEpoch != null && Object.hasOwnProperty.call(message, "controllerEpoch"))
                        writer.uint32(40).uint64(message.controllerEpoch);
                    if (message.mustBeginShutdown != null && Object.hasOwnProperty.call(message, "mustBeginShutdown"))
                        writer.uint32(48).bool(message.mustBeginShutdown);
                    return writer;
                };

                HeartbeatReply.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.HeartbeatReply();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.fenced = reader.bool();
                                break;
                            }
                        case 2: {
                                message.caughtUp = reader.bool();
                                break;
                            }
                        case 3: {
                                message.shouldShutDown = reader.bool();
                                break;
                            }
                        case 4: {
                                message.committedOffset = reader.uint64();
                                break;
                            }
                        case 5: {
                                message.controllerEpoch = reader.uint64();
                                break;
                            }
                        case 6: {
                                message.mustBeginShutdown = reader.bool();
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

                return HeartbeatReply;
            })();

            v1.BrokerId = (function() {

                function BrokerId(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                BrokerId.prototype.nodeId = 0;

                BrokerId.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.nodeId != null && Object.hasOwnProperty.call(message, "nodeId"))
                        writer.uint32(8).uint32(message.nodeId);
                    return writer;
                };

                BrokerId.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.BrokerId();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.nodeId = reader.uint32();
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

                return BrokerId;
            })();

            v1.RegisterControllerRequest = (function() {

                function RegisterControllerRequest(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                RegisterControllerRequest.prototype.nodeId = 0;
                RegisterControllerRequest.prototype.directoryId = $util.newBuffer([]);
                RegisterControllerRequest.prototype.incarnationId = $util.newBuffer([]);
                RegisterControllerRequest.prototype.host = "";
                RegisterControllerRequest.prototype.port = 0;

                RegisterControllerRequest.encode = function encode(message, writer, q) {
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
                    if (message.incarnationId != null && Object.hasOwnProperty.call(message, "incarnationId"))
                        writer.uint32(26).bytes(message.incarnationId);
                    if (message.host != null && Object.hasOwnProperty.call(message, "host"))
                        writer.uint32(34).string(message.host);
                    if (message.port != null && Object.hasOwnProperty.call(message, "port"))
                        writer.uint32(40).uint32(message.port);
                    return writer;
                };

                RegisterControllerRequest.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.RegisterControllerRequest();
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
                        case 3: {
                                message.incarnationId = reader.bytes();
                                break;
                            }
                        case 4: {
                                message.host = reader.string();
                                break;
                            }
                        case 5: {
                                message.port = reader.uint32();
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

                return RegisterControllerRequest;
            })();

            v1.CreateTopicsRequest = (function() {

                function CreateTopicsRequest(properties) {
                    this.topics = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                CreateTopicsRequest.prototype.topics = $util.emptyArray;
                CreateTopicsRequest.prototype.validateOnly = false;

                CreateTopicsRequest.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.topics != null && message.topics.length)
                        for (let i = 0; i < message.topics.length; ++i)
                            $root.lograft.controller.v1.CreatableTopic.encode(message.topics[i], writer.uint32(10).fork(), q + 1).ldelim();
                    if (message.validateOnly != null && Object.hasOwnProperty.call(message, "validateOnly"))
                        writer.uint32(16).bool(message.validateOnly);
                    return writer;
                };

                CreateTopicsRequest.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.CreateTopicsRequest();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                if (!(message.topics && message.topics.length))
                                    message.topics = [];
                                message.topics.push($root.lograft.controller.v1.CreatableTopic.decode(reader, reader.uint32(), undefined, long + 1));
                                break;
                            }
                        case 2: {
                                message.validateOnly = reader.bool();
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

                return CreateTopicsRequest;
            })();

            v1.CreatableTopic = (function() {

                function CreatableTopic(properties) {
                    this.assignments = [];
                    this.configs = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                CreatableTopic.prototype.name = "";
                CreatableTopic.prototype.partitions = 0;
                CreatableTopic.prototype.replicationFactor = 0;
                CreatableTopic.prototype.assignments = $util.emptyArray;
                CreatableTopic.prototype.configs = $util.emptyArray;

                CreatableTopic.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.name != null && Object.hasOwnProperty.call(message, "name"))
                        writer.uint32(10).string(message.name);
                    if (message.partitions != null && Object.hasOwnProperty.call(message, "partitions"))
                        writer.uint32(16).sint32(message.partitions);
                    if (message.replicationFactor != null && Object.hasOwnProperty.call(message, "replicationFactor"))
                        writer.uint32(24).sint32(message.replicationFactor);
                    if (message.assignments != null && message.assignments.length)
                        for (let i = 0; i < message.assignments.length; ++i)
                            $root.lograft.controller.v1.Assignment.encode(message.assignments[i], writer.uint32(34).fork(), q + 1).ldelim();
                    if (message.configs != null && message.configs.length)
                        for (let i = 0; i < message.configs.length; ++i)
                            $root.lograft.controller.v1.TopicConfig.encode(message.configs[i], writer.uint32(42).fork(), q + 1).ldelim();
                    return writer;
                };

                CreatableTopic.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.CreatableTopic();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.name = reader.string();
                                break;
                            }
                        case 2: {
                                message.partitions = reader.sint32();
                                break;
                            }
                        case 3: {
                                message.replicationFactor = reader.sint32();
                                break;
                            }
                        case 4: {
                                if (!(message.assignments && message.assignments.length))
                                    message.assignments = [];
                                message.assignments.push($root.lograft.controller.v1.Assignment.decode(reader, reader.uint32(), undefined, long + 1));
                                break;
                            }
                        case 5: {
                                if (!(message.configs && message.configs.length))
                                    message.configs = [];
                                message.configs.push($root.lograft.controller.v1.TopicConfig.decode(reader, reader.uint32(), undefined, long + 1));
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

                return CreatableTopic;
            })();

            v1.Assignment = (function() {

                function Assignment(properties) {
                    this.brokerIds = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                Assignment.prototype.partition = 0;
                Assignment.prototype.brokerIds = $util.emptyArray;

                Assignment.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.partition != null && Object.hasOwnProperty.call(message, "partition"))
                        writer.uint32(8).sint32(message.partition);
                    if (message.brokerIds != null && message.brokerIds.length) {
                        writer.uint32(18).fork();
                        for (let i = 0; i < message.brokerIds.length; ++i)
                            writer.sint32(message.brokerIds[i]);
                        writer.ldelim();
                    }
                    return writer;
                };

                Assignment.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.Assignment();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.partition = reader.sint32();
                                break;
                            }
                        case 2: {
                                if (!(message.brokerIds && message.brokerIds.length))
                                    message.brokerIds = [];
                                if ((tag & 7) === 2) {
                                    let end2 = reader.uint32() + reader.pos;
                                    if (end2 > reader.len)
                                        throw RangeError("index out of range");
                                    reader.len = end2;
                                    while (reader.pos < end2)
                                        message.brokerIds.push(reader.sint32());
                                    if (reader.pos !== end2)
                                        throw RangeError("index out of range");
                                    reader.len = end;
                                } else
                                    message.brokerIds.push(reader.sint32());
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

                return Assignment;
            })();

            v1.TopicConfig = (function() {

                function TopicConfig(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                TopicConfig.prototype.name = "";
                TopicConfig.prototype.value = null;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                Object.defineProperty(TopicConfig.prototype, "_value", {
                    get: $util.oneOfGetter($oneOfFields = ["value"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                TopicConfig.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.name != null && Object.hasOwnProperty.call(message, "name"))
                        writer.uint32(10).string(message.name);
                    if (message.value != null && Object.hasOwnProperty.call(message, "value"))
                        writer.uint32(18).string(message.value);
                    return writer;
                };

                TopicConfig.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.TopicConfig();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.name = reader.string();
                                break;
                            }
                        case 2: {
                                message.value = reader.string();
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

                return TopicConfig;
            })();

            v1.CreateTopicsReply = (function() {

                function CreateTopicsReply(properties) {
                    this.topics = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                CreateTopicsReply.prototype.metadataOffset = 0;
                CreateTopicsReply.prototype.topics = $util.emptyArray;

                CreateTopicsReply.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.metadataOffset != null && Object.hasOwnProperty.call(message, "metadataOffset"))
                        writer.uint32(8).uint64(message.metadataOffset);
                    if (message.topics != null && message.topics.length)
                        for (let i = 0; i < message.topics.length; ++i)
                            $root.lograft.controller.v1.CreatedTopic.encode(message.topics[i], writer.uint32(18).fork(), q + 1).ldelim();
                    return writer;
                };

                CreateTopicsReply.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.CreateTopicsReply();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.metadataOffset = reader.uint64();
                                break;
                            }
                        case 2: {
                                if (!(message.topics && message.topics.length))
                                    message.topics = [];
                                message.topics.push($root.lograft.controller.v1.CreatedTopic.decode(reader, reader.uint32(), undefined, long + 1));
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

                return CreateTopicsReply;
            })();

            v1.CreatedTopic = (function() {

                function CreatedTopic(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                CreatedTopic.prototype.created = null;
                CreatedTopic.prototype.failed = null;

                let $oneOfFields;

                Object.defineProperty(CreatedTopic.prototype, "outcome", {
                    get: $util.oneOfGetter($oneOfFields = ["created", "failed"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                CreatedTopic.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.created != null && Object.hasOwnProperty.call(message, "created"))
                        $root.lograft.controller.v1.NewTopic.encode(message.created, writer.uint32(10).fork(), q + 1).ldelim();
                    if (message.failed != null && Object.hasOwnProperty.call(message, "failed"))
                        $root.lograft.controller.v1.FailedTopic.encode(message.failed, writer.uint32(18).fork(), q + 1).ldelim();
                    return writer;
                };

                CreatedTopic.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.CreatedTopic();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.created = $root.lograft.controller.v1.NewTopic.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 2: {
                                message.failed = $root.lograft.controller.v1.FailedTopic.decode(reader, reader.uint32(), undefined, long + 1);
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

                return CreatedTopic;
            })();

            v1.NewTopic = (function() {

                function NewTopic(properties) {
                    this.configs = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                NewTopic.prototype.name = "";
                NewTopic.prototype.topicId = $util.newBuffer([]);
                NewTopic.prototype.partitions = 0;
                NewTopic.prototype.replicationFactor = 0;
                NewTopic.prototype.configs = $util.emptyArray;

                NewTopic.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.name != null && Object.hasOwnProperty.call(message, "name"))
                        writer.uint32(10).string(message.name);
                    if (message.topicId != null && Object.hasOwnProperty.call(message, "topicId"))
                        writer.uint32(18).bytes(message.topicId);
                    if (message.partitions != null && Object.hasOwnProperty.call(message, "partitions"))
                        writer.uint32(24).sint32(message.partitions);
                    if (message.replicationFactor != null && Object.hasOwnProperty.call(message, "replicationFactor"))
                        writer.uint32(32).sint32(message.replicationFactor);
                    if (message.configs != null && message.configs.length)
                        for (let i = 0; i < message.configs.length; ++i)
                            $root.lograft.controller.v1.EffectiveConfig.encode(message.configs[i], writer.uint32(42).fork(), q + 1).ldelim();
                    return writer;
                };

                NewTopic.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.NewTopic();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.name = reader.string();
                                break;
                            }
                        case 2: {
                                message.topicId = reader.bytes();
                                break;
                            }
                        case 3: {
                                message.partitions = reader.sint32();
                                break;
                            }
                        case 4: {
                                message.replicationFactor = reader.sint32();
                                break;
                            }
                        case 5: {
                                if (!(message.configs && message.configs.length))
                                    message.configs = [];
                                message.configs.push($root.lograft.controller.v1.EffectiveConfig.decode(reader, reader.uint32(), undefined, long + 1));
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

                return NewTopic;
            })();

            v1.EffectiveConfig = (function() {

                function EffectiveConfig(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                EffectiveConfig.prototype.name = "";
                EffectiveConfig.prototype.value = null;
                EffectiveConfig.prototype.readOnly = false;
                EffectiveConfig.prototype.source = 0;
                EffectiveConfig.prototype.isSensitive = false;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                Object.defineProperty(EffectiveConfig.prototype, "_value", {
                    get: $util.oneOfGetter($oneOfFields = ["value"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                EffectiveConfig.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.name != null && Object.hasOwnProperty.call(message, "name"))
                        writer.uint32(10).string(message.name);
                    if (message.value != null && Object.hasOwnProperty.call(message, "value"))
                        writer.uint32(18).string(message.value);
                    if (message.readOnly != null && Object.hasOwnProperty.call(message, "readOnly"))
                        writer.uint32(24).bool(message.readOnly);
                    if (message.source != null && Object.hasOwnProperty.call(message, "source"))
                        writer.uint32(32).sint32(message.source);
                    if (message.isSensitive != null && Object.hasOwnProperty.call(message, "isSensitive"))
                        writer.uint32(40).bool(message.isSensitive);
                    return writer;
                };

                EffectiveConfig.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.EffectiveConfig();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.name = reader.string();
                                break;
                            }
                        case 2: {
                                message.value = reader.string();
                                break;
                            }
                        case 3: {
                                message.readOnly = reader.bool();
                                break;
                            }
                        case 4: {
                                message.source = reader.sint32();
                                break;
                            }
                        case 5: {
                                message.isSensitive = reader.bool();
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

                return EffectiveConfig;
            })();

            v1.FailedTopic = (function() {

                function FailedTopic(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                FailedTopic.prototype.errorCode = 0;
                FailedTopic.prototype.errorMessage = "";
                FailedTopic.prototype.name = null;
                FailedTopic.prototype.topicId = null;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                Object.defineProperty(FailedTopic.prototype, "_name", {
                    get: $util.oneOfGetter($oneOfFields = ["name"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                Object.defineProperty(FailedTopic.prototype, "_topicId", {
                    get: $util.oneOfGetter($oneOfFields = ["topicId"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                FailedTopic.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.errorCode != null && Object.hasOwnProperty.call(message, "errorCode"))
                        writer.uint32(8).sint32(message.errorCode);
                    if (message.errorMessage != null && Object.hasOwnProperty.call(message, "errorMessage"))
                        writer.uint32(18).string(message.errorMessage);
                    if (message.name != null && Object.hasOwnProperty.call(message, "name"))
                        writer.uint32(26).string(message.name);
                    if (message.topicId != null && Object.hasOwnProperty.call(message, "topicId"))
                        writer.uint32(34).bytes(message.topicId);
                    return writer;
                };

                FailedTopic.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.FailedTopic();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.errorCode = reader.sint32();
                                break;
                            }
                        case 2: {
                                message.errorMessage = reader.string();
                                break;
                            }
                        case 3: {
                                message.name = reader.string();
                                break;
                            }
                        case 4: {
                                message.topicId = reader.bytes();
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

                return FailedTopic;
            })();

            v1.CreatePartitionsRequest = (function() {

                function CreatePartitionsRequest(properties) {
                    this.topics = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                CreatePartitionsRequest.prototype.topics = $util.emptyArray;
                CreatePartitionsRequest.prototype.validateOnly = false;

                CreatePartitionsRequest.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.topics != null && message.topics.length)
                        for (let i = 0; i < message.topics.length; ++i)
                            $root.lograft.controller.v1.GrownTopic.encode(message.topics[i], writer.uint32(10).fork(), q + 1).ldelim();
                    if (message.validateOnly != null && Object.hasOwnProperty.call(message, "validateOnly"))
                        writer.uint32(16).bool(message.validateOnly);
                    return writer;
                };

                CreatePartitionsRequest.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.CreatePartitionsRequest();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                if (!(message.topics && message.topics.length))
                                    message.topics = [];
                                message.topics.push($root.lograft.controller.v1.GrownTopic.decode(reader, reader.uint32(), undefined, long + 1));
                                break;
                            }
                        case 2: {
                                message.validateOnly = reader.bool();
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

                return CreatePartitionsRequest;
            })();

            v1.GrownTopic = (function() {

                function GrownTopic(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                GrownTopic.prototype.name = "";
                GrownTopic.prototype.count = 0;
                GrownTopic.prototype.assignments = null;

                GrownTopic.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.name != null && Object.hasOwnProperty.call(message, "name"))
                        writer.uint32(10).string(message.name);
                    if (message.count != null && Object.hasOwnProperty.call(message, "count"))
                        writer.uint32(16).sint32(message.count);
                    if (message.assignments != null && Object.hasOwnProperty.call(message, "assignments"))
                        $root.lograft.controller.v1.NewPartitions.encode(message.assignments, writer.uint32(26).fork(), q + 1).ldelim();
                    return writer;
                };

                GrownTopic.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.GrownTopic();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.name = reader.string();
                                break;
                            }
                        case 2: {
                                message.count = reader.sint32();
                                break;
                            }
                        case 3: {
                                message.assignments = $root.lograft.controller.v1.NewPartitions.decode(reader, reader.uint32(), undefined, long + 1);
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

                return GrownTopic;
            })();

            v1.NewPartitions = (function() {

                function NewPartitions(properties) {
                    this.partitions = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                NewPartitions.prototype.partitions = $util.emptyArray;

                NewPartitions.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.partitions != null && message.partitions.length)
                        for (let i = 0; i < message.partitions.length; ++i)
                            $root.lograft.controller.v1.Replicas.encode(message.partitions[i], writer.uint32(10).fork(), q + 1).ldelim();
                    return writer;
                };

                NewPartitions.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.NewPartitions();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                if (!(message.partitions && message.partitions.length))
                                    message.partitions = [];
                                message.partitions.push($root.lograft.controller.v1.Replicas.decode(reader, reader.uint32(), undefined, long + 1));
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

                return NewPartitions;
            })();

            v1.Replicas = (function() {

                function Replicas(properties) {
                    this.brokerIds = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                Replicas.prototype.brokerIds = $util.emptyArray;

                Replicas.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.brokerIds != null && message.brokerIds.length) {
                        writer.uint32(10).fork();
                        for (let i = 0; i < message.brokerIds.length; ++i)
                            writer.sint32(message.brokerIds[i]);
                        writer.ldelim();
                    }
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
                    message = new $root.lograft.controller.v1.Replicas();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                if (!(message.brokerIds && message.brokerIds.length))
                                    message.brokerIds = [];
                                if ((tag & 7) === 2) {
                                    let end2 = reader.uint32() + reader.pos;
                                    if (end2 > reader.len)
                                        throw RangeError("index out of range");
                                    reader.len = end2;
                                    while (reader.pos < end2)
                                        message.brokerIds.push(reader.sint32());
                                    if (reader.pos !== end2)
                                        throw RangeError("index out of range");
                                    reader.len = end;
                                } else
                                    message.brokerIds.push(reader.sint32());
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

            v1.CreatePartitionsReply = (function() {

                function CreatePartitionsReply(properties) {
                    this.topics = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                CreatePartitionsReply.prototype.metadataOffset = 0;
                CreatePartitionsReply.prototype.topics = $util.emptyArray;

                CreatePartitionsReply.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.metadataOffset != null && Object.hasOwnProperty.call(message, "metadataOffset"))
                        writer.uint32(8).uint64(message.metadataOffset);
                    if (message.topics != null && message.topics.length)
                        for (let i = 0; i < message.topics.length; ++i)
                            $root.lograft.controller.v1.GrowthResult.encode(message.topics[i], writer.uint32(18).fork(), q + 1).ldelim();
                    return writer;
                };

                CreatePartitionsReply.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.CreatePartitionsReply();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.metadataOffset = reader.uint64();
                                break;
                            }
                        case 2: {
                                if (!(message.topics && message.topics.length))
                                    message.topics = [];
                                message.topics.push($root.lograft.controller.v1.GrowthResult.decode(reader, reader.uint32(), undefined, long + 1));
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

                return CreatePartitionsReply;
            })();

            v1.GrowthResult = (function() {

                function GrowthResult(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                GrowthResult.prototype.name = "";
                GrowthResult.prototype.errorCode = 0;
                GrowthResult.prototype.errorMessage = null;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                Object.defineProperty(GrowthResult.prototype, "_errorMessage", {
                    get: $util.oneOfGetter($oneOfFields = ["errorMessage"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                GrowthResult.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.name != null && Object.hasOwnProperty.call(message, "name"))
                        writer.uint32(10).string(message.name);
                    if (message.errorCode != null && Object.hasOwnProperty.call(message, "errorCode"))
                        writer.uint32(16).sint32(message.errorCode);
                    if (message.errorMessage != null && Object.hasOwnProperty.call(message, "errorMessage"))
                        writer.uint32(26).string(message.errorMessage);
                    return writer;
                };

                GrowthResult.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.GrowthResult();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.name = reader.string();
                                break;
                            }
                        case 2: {
                                message.errorCode = reader.sint32();
                                break;
                            }
                        case 3: {
                                message.errorMessage = reader.string();
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

                return GrowthResult;
            })();

            v1.DeleteTopicsRequest = (function() {

                function DeleteTopicsRequest(properties) {
                    this.topics = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                DeleteTopicsRequest.prototype.topics = $util.emptyArray;

                DeleteTopicsRequest.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.topics != null && message.topics.length)
                        for (let i = 0; i < message.topics.length; ++i)
                            $root.lograft.controller.v1.DeletableTopic.encode(message.topics[i], writer.uint32(10).fork(), q + 1).ldelim();
                    return writer;
                };

                DeleteTopicsRequest.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.DeleteTopicsRequest();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                if (!(message.topics && message.topics.length))
                                    message.topics = [];
                                message.topics.push($root.lograft.controller.v1.DeletableTopic.decode(reader, reader.uint32(), undefined, long + 1));
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

                return DeleteTopicsRequest;
            })();

            v1.DeletableTopic = (function() {

                function DeletableTopic(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                DeletableTopic.prototype.name = null;
                DeletableTopic.prototype.topicId = null;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                Object.defineProperty(DeletableTopic.prototype, "_name", {
                    get: $util.oneOfGetter($oneOfFields = ["name"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                Object.defineProperty(DeletableTopic.prototype, "_topicId", {
                    get: $util.oneOfGetter($oneOfFields = ["topicId"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                DeletableTopic.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.name != null && Object.hasOwnProperty.call(message, "name"))
                        writer.uint32(10).string(message.name);
                    if (message.topicId != null && Object.hasOwnProperty.call(message, "topicId"))
                        writer.uint32(18).bytes(message.topicId);
                    return writer;
                };

                DeletableTopic.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.DeletableTopic();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.name = reader.string();
                                break;
                            }
                        case 2: {
                                message.topicId = reader.bytes();
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

                return DeletableTopic;
            })();

            v1.DeleteTopicsReply = (function() {

                function DeleteTopicsReply(properties) {
                    this.topics = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                DeleteTopicsReply.prototype.metadataOffset = 0;
                DeleteTopicsReply.prototype.topics = $util.emptyArray;

                DeleteTopicsReply.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.metadataOffset != null && Object.hasOwnProperty.call(message, "metadataOffset"))
                        writer.uint32(8).uint64(message.metadataOffset);
                    if (message.topics != null && message.topics.length)
                        for (let i = 0; i < message.topics.length; ++i)
                            $root.lograft.controller.v1.DeletedTopic.encode(message.topics[i], writer.uint32(18).fork(), q + 1).ldelim();
                    return writer;
                };

                DeleteTopicsReply.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.DeleteTopicsReply();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.metadataOffset = reader.uint64();
                                break;
                            }
                        case 2: {
                                if (!(message.topics && message.topics.length))
                                    message.topics = [];
                                message.topics.push($root.lograft.controller.v1.DeletedTopic.decode(reader, reader.uint32(), undefined, long + 1));
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

                return DeleteTopicsReply;
            })();

            v1.DeletedTopic = (function() {

                function DeletedTopic(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                DeletedTopic.prototype.gone = null;
                DeletedTopic.prototype.failed = null;

                let $oneOfFields;

                Object.defineProperty(DeletedTopic.prototype, "outcome", {
                    get: $util.oneOfGetter($oneOfFields = ["gone", "failed"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                DeletedTopic.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.gone != null && Object.hasOwnProperty.call(message, "gone"))
                        $root.lograft.controller.v1.GoneTopic.encode(message.gone, writer.uint32(10).fork(), q + 1).ldelim();
                    if (message.failed != null && Object.hasOwnProperty.call(message, "failed"))
                        $root.lograft.controller.v1.FailedTopic.encode(message.failed, writer.uint32(18).fork(), q + 1).ldelim();
                    return writer;
                };

                DeletedTopic.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.DeletedTopic();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.gone = $root.lograft.controller.v1.GoneTopic.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 2: {
                                message.failed = $root.lograft.controller.v1.FailedTopic.decode(reader, reader.uint32(), undefined, long + 1);
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

                return DeletedTopic;
            })();

            v1.GoneTopic = (function() {

                function GoneTopic(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                GoneTopic.prototype.name = "";
                GoneTopic.prototype.topicId = $util.newBuffer([]);

                GoneTopic.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.name != null && Object.hasOwnProperty.call(message, "name"))
                        writer.uint32(10).string(message.name);
                    if (message.topicId != null && Object.hasOwnProperty.call(message, "topicId"))
                        writer.uint32(18).bytes(message.topicId);
                    return writer;
                };

                GoneTopic.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.GoneTopic();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.name = reader.string();
                                break;
                            }
                        case 2: {
                                message.topicId = reader.bytes();
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

                return GoneTopic;
            })();

            v1.ResourceType = (function() {
                const valuesById = {}, values = Object.create(valuesById);
                values[valuesById[0] = "RESOURCE_TYPE_UNSPECIFIED"] = 0;
                values[valuesById[1] = "RESOURCE_TYPE_TOPIC"] = 1;
                values[valuesById[2] = "RESOURCE_TYPE_BROKER"] = 2;
                return values;
            })();

            v1.Resource = (function() {

                function Resource(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                Resource.prototype.type = 0;
                Resource.prototype.name = "";

                Resource.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.type != null && Object.hasOwnProperty.call(message, "type"))
                        writer.uint32(8).int32(message.type);
                    if (message.name != null && Object.hasOwnProperty.call(message, "name"))
                        writer.uint32(18).string(message.name);
                    return writer;
                };

                Resource.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.Resource();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.type = reader.int32();
                                break;
                            }
                        case 2: {
                                message.name = reader.string();
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

                return Resource;
            })();

            v1.AlterConfigsRequest = (function() {

                function AlterConfigsRequest(properties) {
                    this.changes = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                AlterConfigsRequest.prototype.changes = $util.emptyArray;
                AlterConfigsRequest.prototype.validateOnly = false;

                AlterConfigsRequest.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.changes != null && message.changes.length)
                        for (let i = 0; i < message.changes.length; ++i)
                            $root.lograft.controller.v1.ConfigChange.encode(message.changes[i], writer.uint32(10).fork(), q + 1).ldelim();
                    if (message.validateOnly != null && Object.hasOwnProperty.call(message, "validateOnly"))
                        writer.uint32(16).bool(message.validateOnly);
                    return writer;
                };

                AlterConfigsRequest.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.AlterConfigsRequest();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                if (!(message.changes && message.changes.length))
                                    message.changes = [];
                                message.changes.push($root.lograft.controller.v1.ConfigChange.decode(reader, reader.uint32(), undefined, long + 1));
                                break;
                            }
                        case 2: {
                                message.validateOnly = reader.bool();
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

                return AlterConfigsRequest;
            })();

            v1.ConfigChange = (function() {

                function ConfigChange(properties) {
                    this.operations = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                ConfigChange.prototype.resource = null;
                ConfigChange.prototype.operations = $util.emptyArray;
                ConfigChange.prototype.replacesAll = false;

                ConfigChange.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.resource != null && Object.hasOwnProperty.call(message, "resource"))
                        $root.lograft.controller.v1.Resource.encode(message.resource, writer.uint32(10).fork(), q + 1).ldelim();
                    if (message.operations != null && message.operations.length)
                        for (let i = 0; i < message.operations.length; ++i)
                            $root.lograft.controller.v1.ConfigOperation.encode(message.operations[i], writer.uint32(18).fork(), q + 1).ldelim();
                    if (message.replacesAll != null && Object.hasOwnProperty.call(message, "replacesAll"))
                        writer.uint32(24).bool(message.replacesAll);
                    return writer;
                };

                ConfigChange.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.ConfigChange();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.resource = $root.lograft.controller.v1.Resource.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 2: {
                                if (!(message.operations && message.operations.length))
                                    message.operations = [];
                                message.operations.push($root.lograft.controller.v1.ConfigOperation.decode(reader, reader.uint32(), undefined, long + 1));
                                break;
                            }
                        case 3: {
                                message.replacesAll = reader.bool();
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

                return ConfigChange;
            })();

            v1.OperationType = (function() {
                const valuesById = {}, values = Object.create(valuesById);
                values[valuesById[0] = "OPERATION_TYPE_UNSPECIFIED"] = 0;
                values[valuesById[1] = "OPERATION_TYPE_SET"] = 1;
                values[valuesById[2] = "OPERATION_TYPE_DELETE"] = 2;
                values[valuesById[3] = "OPERATION_TYPE_APPEND"] = 3;
                values[valuesById[4] = "OPERATION_TYPE_SUBTRACT"] = 4;
                return values;
            })();

            v1.ConfigOperation = (function() {

                function ConfigOperation(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                ConfigOperation.prototype.type = 0;
                ConfigOperation.prototype.name = "";
                ConfigOperation.prototype.value = "";

                ConfigOperation.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.type != null && Object.hasOwnProperty.call(message, "type"))
                        writer.uint32(8).int32(message.type);
                    if (message.name != null && Object.hasOwnProperty.call(message, "name"))
                        writer.uint32(18).string(message.name);
                    if (message.value != null && Object.hasOwnProperty.call(message, "value"))
                        writer.uint32(26).string(message.value);
                    return writer;
                };

                ConfigOperation.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.ConfigOperation();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.type = reader.int32();
                                break;
                            }
                        case 2: {
                                message.name = reader.string();
                                break;
                            }
                        case 3: {
                                message.value = reader.string();
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

                return ConfigOperation;
            })();

            v1.AlterConfigsReply = (function() {

                function AlterConfigsReply(properties) {
                    this.resources = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                AlterConfigsReply.prototype.metadataOffset = 0;
                AlterConfigsReply.prototype.resources = $util.emptyArray;

                AlterConfigsReply.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.metadataOffset != null && Object.hasOwnProperty.call(message, "metadataOffset"))
                        writer.uint32(8).uint64(message.metadataOffset);
                    if (message.resources != null && message.resources.length)
                        for (let i = 0; i < message.resources.length; ++i)
                            $root.lograft.controller.v1.AlterationResult.encode(message.resources[i], writer.uint32(18).fork(), q + 1).ldelim();
                    return writer;
                };

                AlterConfigsReply.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.AlterConfigsReply();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.metadataOffset = reader.uint64();
                                break;
                            }
                        case 2: {
                                if (!(message.resources && message.resources.length))
                                    message.resources = [];
                                message.resources.push($root.lograft.controller.v1.AlterationResult.decode(reader, reader.uint32(), undefined, long + 1));
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

                return AlterConfigsReply;
            })();

            v1.AlterationResult = (function() {

                function AlterationResult(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                AlterationResult.prototype.resource = null;
                AlterationResult.prototype.errorCode = 0;
                AlterationResult.prototype.errorMessage = null;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                Object.defineProperty(AlterationResult.prototype, "_errorMessage", {
                    get: $util.oneOfGetter($oneOfFields = ["errorMessage"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                AlterationResult.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.resource != null && Object.hasOwnProperty.call(message, "resource"))
                        $root.lograft.controller.v1.Resource.encode(message.resource, writer.uint32(10).fork(), q + 1).ldelim();
                    if (message.errorCode != null && Object.hasOwnProperty.call(message, "errorCode"))
                        writer.uint32(16).sint32(message.errorCode);
                    if (message.errorMessage != null && Object.hasOwnProperty.call(message, "errorMessage"))
                        writer.uint32(26).string(message.errorMessage);
                    return writer;
                };

                AlterationResult.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.AlterationResult();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.resource = $root.lograft.controller.v1.Resource.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 2: {
                                message.errorCode = reader.sint32();
                                break;
                            }
                        case 3: {
                                message.errorMessage = reader.string();
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

                return AlterationResult;
            })();

            v1.AlterReassignmentsRequest = (function() {

                function AlterReassignmentsRequest(properties) {
                    this.partitions = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                AlterReassignmentsRequest.prototype.partitions = $util.emptyArray;

                AlterReassignmentsRequest.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.partitions != null && message.partitions.length)
                        for (let i = 0; i < message.partitions.length; ++i)
                            $root.lograft.controller.v1.Reassignment.encode(message.partitions[i], writer.uint32(10).fork(), q + 1).ldelim();
                    return writer;
                };

                AlterReassignmentsRequest.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.AlterReassignmentsRequest();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                if (!(message.partitions && message.partitions.length))
                                    message.partitions = [];
                                message.partitions.push($root.lograft.controller.v1.Reassignment.decode(reader, reader.uint32(), undefined, long + 1));
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

                return AlterReassignmentsRequest;
            })();

            v1.Reassignment = (function() {

                function Reassignment(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                Reassignment.prototype.topic = "";
                Reassignment.prototype.partition = 0;
                Reassignment.prototype.replicas = null;
                Reassignment.prototype.keepsCount = false;

                Reassignment.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.topic != null && Object.hasOwnProperty.call(message, "topic"))
                        writer.uint32(10).string(message.topic);
                    if (message.partition != null && Object.hasOwnProperty.call(message, "partition"))
                        writer.uint32(16).sint32(message.partition);
                    if (message.replicas != null && Object.hasOwnProperty.call(message, "replicas"))
                        $root.lograft.controller.v1.Replicas.encode(message.replicas, writer.uint32(26).fork(), q + 1).ldelim();
                    if (message.keepsCount != null && Object.hasOwnProperty.call(message, "keepsCount"))
                        writer.uint32(32).bool(message.keepsCount);
                    return writer;
                };

                Reassignment.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.Reassignment();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.topic = reader.string();
                                break;
                            }
                        case 2: {
                                message.partition = reader.sint32();
                                break;
                            }
                        case 3: {
                                message.replicas = $root.lograft.controller.v1.Replicas.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 4: {
                                message.keepsCount = reader.bool();
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

                return Reassignment;
            })();

            v1.ElectionType = (function() {
                const valuesById = {}, values = Object.create(valuesById);
                values[valuesById[0] = "ELECTION_TYPE_UNSPECIFIED"] = 0;
                values[valuesById[1] = "ELECTION_TYPE_PREFERRED"] = 1;
                values[valuesById[2] = "ELECTION_TYPE_UNCLEAN"] = 2;
                return values;
            })();

            v1.ElectLeadersRequest = (function() {

                function ElectLeadersRequest(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                ElectLeadersRequest.prototype.type = 0;
                ElectLeadersRequest.prototype.partitions = null;

                ElectLeadersRequest.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.type != null && Object.hasOwnProperty.call(message, "type"))
                        writer.uint32(8).int32(message.type);
                    if (message.partitions != null && Object.hasOwnProperty.call(message, "partitions"))
                        $root.lograft.controller.v1.PartitionNames.encode(message.partitions, writer.uint32(18).fork(), q + 1).ldelim();
                    return writer;
                };

                ElectLeadersRequest.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.ElectLeadersRequest();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.type = reader.int32();
                                break;
                            }
                        case 2: {
                                message.partitions = $root.lograft.controller.v1.PartitionNames.decode(reader, reader.uint32(), undefined, long + 1);
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

                return ElectLeadersRequest;
            })();

            v1.PartitionNames = (function() {

                function PartitionNames(properties) {
                    this.partitions = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                PartitionNames.prototype.partitions = $util.emptyArray;

                PartitionNames.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.partitions != null && message.partitions.length)
                        for (let i = 0; i < message.partitions.length; ++i)
                            $root.lograft.controller.v1.PartitionName.encode(message.partitions[i], writer.uint32(10).fork(), q + 1).ldelim();
                    return writer;
                };

                PartitionNames.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.PartitionNames();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                if (!(message.partitions && message.partitions.length))
                                    message.partitions = [];
                                message.partitions.push($root.lograft.controller.v1.PartitionName.decode(reader, reader.uint32(), undefined, long + 1));
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

                return PartitionNames;
            })();

            v1.PartitionName = (function() {

                function PartitionName(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                PartitionName.prototype.topic = "";
                PartitionName.prototype.partition = 0;

                PartitionName.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.topic != null && Object.hasOwnProperty.call(message, "topic"))
                        writer.uint32(10).string(message.topic);
                    if (message.partition != null && Object.hasOwnProperty.call(message, "partition"))
                        writer.uint32(16).sint32(message.partition);
                    return writer;
                };

                PartitionName.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.PartitionName();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.topic = reader.string();
                                break;
                            }
                        case 2: {
                                message.partition = reader.sint32();
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

                return PartitionName;
            })();

            v1.PartitionResultsReply = (function() {

                function PartitionResultsReply(properties) {
                    this.partitions = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                PartitionResultsReply.prototype.metadataOffset = 0;
                PartitionResultsReply.prototype.partitions = $util.emptyArray;

                PartitionResultsReply.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.metadataOffset != null && Object.hasOwnProperty.call(message, "metadataOffset"))
                        writer.uint32(8).uint64(message.metadataOffset);
                    if (message.partitions != null && message.partitions.length)
                        for (let i = 0; i < message.partitions.length; ++i)
                            $root.lograft.controller.v1.PartitionResult.encode(message.partitions[i], writer.uint32(18).fork(), q + 1).ldelim();
                    return writer;
                };

                PartitionResultsReply.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.PartitionResultsReply();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.metadataOffset = reader.uint64();
                                break;
                            }
                        case 2: {
                                if (!(message.partitions && message.partitions.length))
                                    message.partitions = [];
                                message.partitions.push($root.lograft.controller.v1.PartitionResult.decode(reader, reader.uint32(), undefined, long + 1));
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

                return PartitionResultsReply;
            })();

            v1.PartitionResult = (function() {

                function PartitionResult(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                PartitionResult.prototype.topic = "";
                PartitionResult.prototype.partition = 0;
                PartitionResult.prototype.errorCode = 0;
                PartitionResult.prototype.errorMessage = null;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                Object.defineProperty(PartitionResult.prototype, "_errorMessage", {
                    get: $util.oneOfGetter($oneOfFields = ["errorMessage"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                PartitionResult.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.topic != null && Object.hasOwnProperty.call(message, "topic"))
                        writer.uint32(10).string(message.topic);
                    if (message.partition != null && Object.hasOwnProperty.call(message, "partition"))
                        writer.uint32(16).sint32(message.partition);
                    if (message.errorCode != null && Object.hasOwnProperty.call(message, "errorCode"))
                        writer.uint32(24).sint32(message.errorCode);
                    if (message.errorMessage != null && Object.hasOwnProperty.call(message, "errorMessage"))
                        writer.uint32(34).string(message.errorMessage);
                    return writer;
                };

                PartitionResult.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.PartitionResult();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.topic = reader.string();
                                break;
                            }
                        case 2: {
                                message.partition = reader.sint32();
                                break;
                            }
                        case 3: {
                                message.errorCode = reader.sint32();
                                break;
                            }
                        case 4: {
                                message.errorMessage = reader.string();
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

                return PartitionResult;
            })();

            v1.ApplyChangesRequest = (function() {

                function ApplyChangesRequest(properties) {
                    this.changes = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                ApplyChangesRequest.prototype.changes = $util.emptyArray;
                ApplyChangesRequest.prototype.validateOnly = false;
                ApplyChangesRequest.prototype.requestKey = null;

                ApplyChangesRequest.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.changes != null && message.changes.length)
                        for (let i = 0; i < message.changes.length; ++i)
                            $root.lograft.controller.v1.WantedChange.encode(message.changes[i], writer.uint32(10).fork(), q + 1).ldelim();
                    if (message.validateOnly != null && Object.hasOwnProperty.call(message, "validateOnly"))
                        writer.uint32(16).bool(message.validateOnly);
                    if (message.requestKey != null && Object.hasOwnProperty.call(message, "requestKey"))
                        $root.lograft.controller.v1.RequestKey.encode(message.requestKey, writer.uint32(26).fork(), q + 1).ldelim();
                    return writer;
                };

                ApplyChangesRequest.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.ApplyChangesRequest();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                if (!(message.changes && message.changes.length))
                                    message.changes = [];
                                message.changes.push($root.lograft.controller.v1.WantedChange.decode(reader, reader.uint32(), undefined, long + 1));
                                break;
                            }
                        case 2: {
                                message.validateOnly = reader.bool();
                                break;
                            }
                        case 3: {
                                message.requestKey = $root.lograft.controller.v1.RequestKey.decode(reader, reader.uint32(), undefined, long + 1);
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

                return ApplyChangesRequest;
            })();

            v1.RequestKey = (function() {

                function RequestKey(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                RequestKey.prototype.key = "";
                RequestKey.prototype.digest = "";

                RequestKey.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.key != null && Object.hasOwnProperty.call(message, "key"))
                        writer.uint32(10).string(message.key);
                    if (message.digest != null && Object.hasOwnProperty.call(message, "digest"))
                        writer.uint32(18).string(message.digest);
                    return writer;
                };

                RequestKey.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.RequestKey();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.key = reader.string();
                                break;
                            }
                        case 2: {
                                message.digest = reader.string();
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

                return RequestKey;
            })();

            v1.WantedChange = (function() {

                function WantedChange(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                WantedChange.prototype.createTopic = null;
                WantedChange.prototype.deleteTopic = null;
                WantedChange.prototype.addPartitions = null;
                WantedChange.prototype.alterConfigs = null;
                WantedChange.prototype.reassign = null;
                WantedChange.prototype.cancelReassignments = null;
                WantedChange.prototype.electLeaders = null;
                WantedChange.prototype.unregisterBroker = null;
                WantedChange.prototype.expects = null;

                let $oneOfFields;

                Object.defineProperty(WantedChange.prototype, "change", {
                    get: $util.oneOfGetter($oneOfFields = ["createTopic", "deleteTopic", "addPartitions", "alterConfigs", "reassign", "cancelReassignments", "electLeaders", "unregisterBroker"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                WantedChange.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.createTopic != null && Object.hasOwnProperty.call(message, "createTopic"))
                        $root.lograft.controller.v1.CreatableTopic.encode(message.createTopic, writer.uint32(10).fork(), q + 1).ldelim();
                    if (message.deleteTopic != null && Object.hasOwnProperty.call(message, "deleteTopic"))
                        $root.lograft.controller.v1.TopicIdentity.encode(message.deleteTopic, writer.uint32(18).fork(), q + 1).ldelim();
                    if (message.addPartitions != null && Object.hasOwnProperty.call(message, "addPartitions"))
                        $root.lograft.controller.v1.GrownTopic.encode(message.addPartitions, writer.uint32(26).fork(), q + 1).ldelim();
                    if (message.alterConfigs != null && Object.hasOwnProperty.call(message, "alterConfigs"))
                        $root.lograft.controller.v1.ConfigChange.encode(message.alterConfigs, writer.uint32(34).fork(), q + 1).ldelim();
                    if (message.reassign != null && Object.hasOwnProperty.call(message, "reassign"))
                        $root.lograft.controller.v1.Reassignment.encode(message.reassign, writer.uint32(42).fork(), q + 1).ldelim();
                    if (message.cancelReassignments != null && Object.hasOwnProperty.call(message, "cancelReassignments"))
                        $root.lograft.controller.v1.CancelReassignments.encode(message.cancelReassignments, writer.uint32(50).fork(), q + 1).ldelim();
                    if (message.electLeaders != null && Object.hasOwnProperty.call(message, "electLeaders"))
                        $root.lograft.controller.v1.ElectLeadersRequest.encode(message.electLeaders, writer.uint32(58).fork(), q + 1).ldelim();
                    if (message.unregisterBroker != null && Object.hasOwnProperty.call(message, "unregisterBroker"))
                        $root.lograft.controller.v1.UnregisteredBroker.encode(message.unregisterBroker, writer.uint32(66).fork(), q + 1).ldelim();
                    if (message.expects != null && Object.hasOwnProperty.call(message, "expects"))
                        $root.lograft.controller.v1.Expectation.encode(message.expects, writer.uint32(74).fork(), q + 1).ldelim();
                    return writer;
                };

                WantedChange.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.WantedChange();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.createTopic = $root.lograft.controller.v1.CreatableTopic.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 2: {
                                message.deleteTopic = $root.lograft.controller.v1.TopicIdentity.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 3: {
                                message.addPartitions = $root.lograft.controller.v1.GrownTopic.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 4: {
                                message.alterConfigs = $root.lograft.controller.v1.ConfigChange.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 5: {
                                message.reassign = $root.lograft.controller.v1.Reassignment.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 6: {
                                message.cancelReassignments = $root.lograft.controller.v1.CancelReassignments.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 7: {
                                message.electLeaders = $root.lograft.controller.v1.ElectLeadersRequest.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 8: {
                                message.unregisterBroker = $root.lograft.controller.v1.UnregisteredBroker.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 9: {
                                message.expects = $root.lograft.controller.v1.Expectation.decode(reader, reader.uint32(), undefined, long + 1);
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

                return WantedChange;
            })();

            v1.TopicIdentity = (function() {

                function TopicIdentity(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                TopicIdentity.prototype.name = "";
                TopicIdentity.prototype.topicId = null;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                Object.defineProperty(TopicIdentity.prototype, "_topicId", {
                    get: $util.oneOfGetter($oneOfFields = ["topicId"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                TopicIdentity.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.name != null && Object.hasOwnProperty.call(message, "name"))
                        writer.uint32(10).string(message.name);
                    if (message.topicId != null && Object.hasOwnProperty.call(message, "topicId"))
                        writer.uint32(18).bytes(message.topicId);
                    return writer;
                };

                TopicIdentity.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.TopicIdentity();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.name = reader.string();
                                break;
                            }
                        case 2: {
                                message.topicId = reader.bytes();
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

                return TopicIdentity;
            })();

            v1.CancelReassignments = (function() {

                function CancelReassignments(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                CancelReassignments.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    return writer;
                };

                CancelReassignments.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.CancelReassignments();
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

                return CancelReassignments;
            })();

            v1.UnregisteredBroker = (function() {

                function UnregisteredBroker(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                UnregisteredBroker.prototype.nodeId = 0;

                UnregisteredBroker.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.nodeId != null && Object.hasOwnProperty.call(message, "nodeId"))
                        writer.uint32(8).uint32(message.nodeId);
                    return writer;
                };

                UnregisteredBroker.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.UnregisteredBroker();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.nodeId = reader.uint32();
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

                return UnregisteredBroker;
            })();

            v1.Expectation = (function() {

                function Expectation(properties) {
                    this.configs = [];
                    this.replicas = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                Expectation.prototype.topic = null;
                Expectation.prototype.topicId = null;
                Expectation.prototype.partitions = null;
                Expectation.prototype.configs = $util.emptyArray;
                Expectation.prototype.replicas = $util.emptyArray;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                Object.defineProperty(Expectation.prototype, "_topic", {
                    get: $util.oneOfGetter($oneOfFields = ["topic"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                Object.defineProperty(Expectation.prototype, "_topicId", {
                    get: $util.oneOfGetter($oneOfFields = ["topicId"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                Object.defineProperty(Expectation.prototype, "_partitions", {
                    get: $util.oneOfGetter($oneOfFields = ["partitions"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                Expectation.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.topic != null && Object.hasOwnProperty.call(message, "topic"))
                        writer.uint32(10).string(message.topic);
                    if (message.topicId != null && Object.hasOwnProperty.call(message, "topicId"))
                        writer.uint32(18).bytes(message.topicId);
                    if (message.partitions != null && Object.hasOwnProperty.call(message, "partitions"))
                        writer.uint32(24).sint32(message.partitions);
                    if (message.configs != null && message.configs.length)
                        for (let i = 0; i < message.configs.length; ++i)
                            $root.lograft.controller.v1.TopicConfig.encode(message.configs[i], writer.uint32(34).fork(), q + 1).ldelim();
                    if (message.replicas != null && message.replicas.length)
                        for (let i = 0; i < message.replicas.length; ++i)
                            $root.lograft.controller.v1.ExpectedReplicas.encode(message.replicas[i], writer.uint32(42).fork(), q + 1).ldelim();
                    return writer;
                };

                Expectation.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.Expectation();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.topic = reader.string();
                                break;
                            }
                        case 2: {
                                message.topicId = reader.bytes();
                                break;
                            }
                        case 3: {
                                message.partitions = reader.sint32();
                                break;
                            }
                        case 4: {
                                if (!(message.configs && message.configs.length))
                                    message.configs = [];
                                message.configs.push($root.lograft.controller.v1.TopicConfig.decode(reader, reader.uint32(), undefined, long + 1));
                                break;
                            }
                        case 5: {
                                if (!(message.replicas && message.replicas.length))
                                    message.replicas = [];
                                message.replicas.push($root.lograft.controller.v1.ExpectedReplicas.decode(reader, reader.uint32(), undefined, long + 1));
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

                return Expectation;
            })();

            v1.ExpectedReplicas = (function() {

                function ExpectedReplicas(properties) {
                    this.brokerIds = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                ExpectedReplicas.prototype.partition = 0;
                ExpectedReplicas.prototype.brokerIds = $util.emptyArray;

                ExpectedReplicas.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.partition != null && Object.hasOwnProperty.call(message, "partition"))
                        writer.uint32(8).sint32(message.partition);
                    if (message.brokerIds != null && message.brokerIds.length) {
                        writer.uint32(18).fork();
                        for (let i = 0; i < message.brokerIds.length; ++i)
                            writer.sint32(message.brokerIds[i]);
                        writer.ldelim();
                    }
                    return writer;
                };

                ExpectedReplicas.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.ExpectedReplicas();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.partition = reader.sint32();
                                break;
                            }
                        case 2: {
                                if (!(message.brokerIds && message.brokerIds.length))
                                    message.brokerIds = [];
                                if ((tag & 7) === 2) {
                                    let end2 = reader.uint32() + reader.pos;
                                    if (end2 > reader.len)
                                        throw RangeError("index out of range");
                                    reader.len = end2;
                                    while (reader.pos < end2)
                                        message.brokerIds.push(reader.sint32());
                                    if (reader.pos !== end2)
                                        throw RangeError("index out of range");
                                    reader.len = end;
                                } else
                                    message.brokerIds.push(reader.sint32());
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

                return ExpectedReplicas;
            })();

            v1.ApplyChangesReply = (function() {

                function ApplyChangesReply(properties) {
                    this.faults = [];
                    this.created = [];
                    this.elected = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                ApplyChangesReply.prototype.metadataOffset = 0;
                ApplyChangesReply.prototype.faults = $util.emptyArray;
                ApplyChangesReply.prototype.appliedAt = null;
                ApplyChangesReply.prototype.created = $util.emptyArray;
                ApplyChangesReply.prototype.elected = $util.emptyArray;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                Object.defineProperty(ApplyChangesReply.prototype, "_appliedAt", {
                    get: $util.oneOfGetter($oneOfFields = ["appliedAt"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                ApplyChangesReply.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.metadataOffset != null && Object.hasOwnProperty.call(message, "metadataOffset"))
                        writer.uint32(8).uint64(message.metadataOffset);
                    if (message.faults != null && message.faults.length)
                        for (let i = 0; i < message.faults.length; ++i)
                            $root.lograft.controller.v1.ChangeFault.encode(message.faults[i], writer.uint32(18).fork(), q + 1).ldelim();
                    if (message.appliedAt != null && Object.hasOwnProperty.call(message, "appliedAt"))
                        writer.uint32(24).uint64(message.appliedAt);
                    if (message.created != null && message.created.length)
                        for (let i = 0; i < message.created.length; ++i)
                            $root.lograft.controller.v1.NewTopic.encode(message.created[i], writer.uint32(34).fork(), q + 1).ldelim();
                    if (message.elected != null && message.elected.length)
                        for (let i = 0; i < message.elected.length; ++i)
                            $root.lograft.controller.v1.PartitionName.encode(message.elected[i], writer.uint32(42).fork(), q + 1).ldelim();
                    return writer;
                };

                ApplyChangesReply.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.ApplyChangesReply();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.metadataOffset = reader.uint64();
                                break;
                            }
                        case 2: {
                                if (!(message.faults && message.faults.length))
                                    message.faults = [];
                                message.faults.push($root.lograft.controller.v1.ChangeFault.decode(reader, reader.uint32(), undefined, long + 1));
                                break;
                            }
                        case 3: {
                                message.appliedAt = reader.uint64();
                                break;
                            }
                        case 4: {
                                if (!(message.created && message.created.length))
                                    message.created = [];
                                message.created.push($root.lograft.controller.v1.NewTopic.decode(reader, reader.uint32(), undefined, long + 1));
                                break;
                            }
                        case 5: {
                                if (!(message.elected && message.elected.length))
                                    message.elected = [];
                                message.elected.push($root.lograft.controller.v1.PartitionName.decode(reader, reader.uint32(), undefined, long + 1));
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

                return ApplyChangesReply;
            })();

            v1.ChangeFault = (function() {

                function ChangeFault(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                ChangeFault.prototype.index = 0;
                ChangeFault.prototype.code = "";
                ChangeFault.prototype.message = "";

                ChangeFault.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.index != null && Object.hasOwnProperty.call(message, "index"))
                        writer.uint32(8).uint32(message.index);
                    if (message.code != null && Object.hasOwnProperty.call(message, "code"))
                        writer.uint32(18).string(message.code);
                    if (message.message != null && Object.hasOwnProperty.call(message, "message"))
                        writer.uint32(26).string(message.message);
                    return writer;
                };

                ChangeFault.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.ChangeFault();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.index = reader.uint32();
                                break;
                            }
                        case 2: {
                                message.code = reader.string();
                                break;
                            }
                        case 3: {
                                message.message = reader.string();
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

                return ChangeFault;
            })();

            v1.AllocateProducerIdsReply = (function() {

                function AllocateProducerIdsReply(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                AllocateProducerIdsReply.prototype.metadataOffset = 0;
                AllocateProducerIdsReply.prototype.firstProducerId = 0;
                AllocateProducerIdsReply.prototype.count = 0;

                AllocateProducerIdsReply.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.metadataOffset != null && Object.hasOwnProperty.call(message, "metadataOffset"))
                        writer.uint32(8).uint64(message.metadataOffset);
                    if (message.firstProducerId != null && Object.hasOwnProperty.call(message, "firstProducerId"))
                        writer.uint32(16).uint64(message.firstProducerId);
                    if (message.count != null && Object.hasOwnProperty.call(message, "count"))
                        writer.uint32(24).uint32(message.count);
                    return writer;
                };

                AllocateProducerIdsReply.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.AllocateProducerIdsReply();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.metadataOffset = reader.uint64();
                                break;
                            }
                        case 2: {
                                message.firstProducerId = reader.uint64();
                                break;
                            }
                        case 3: {
                                message.count = reader.uint32();
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

                return AllocateProducerIdsReply;
            })();

            v1.AlterPartitionRequest = (function() {

                function AlterPartitionRequest(properties) {
                    this.partitions = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                AlterPartitionRequest.prototype.nodeId = 0;
                AlterPartitionRequest.prototype.brokerEpoch = 0;
                AlterPartitionRequest.prototype.partitions = $util.emptyArray;

                AlterPartitionRequest.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.nodeId != null && Object.hasOwnProperty.call(message, "nodeId"))
                        writer.uint32(8).uint32(message.nodeId);
                    if (message.brokerEpoch != null && Object.hasOwnProperty.call(message, "brokerEpoch"))
                        writer.uint32(16).uint64(message.brokerEpoch);
                    if (message.partitions != null && message.partitions.length)
                        for (let i = 0; i < message.partitions.length; ++i)
                            $root.lograft.controller.v1.AlterablePartition.encode(message.partitions[i], writer.uint32(26).fork(), q + 1).ldelim();
                    return writer;
                };

                AlterPartitionRequest.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.AlterPartitionRequest();
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
                                message.brokerEpoch = reader.uint64();
                                break;
                            }
                        case 3: {
                                if (!(message.partitions && message.partitions.length))
                                    message.partitions = [];
                                message.partitions.push($root.lograft.controller.v1.AlterablePartition.decode(reader, reader.uint32(), undefined, long + 1));
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

                return AlterPartitionRequest;
            })();

            v1.AlterablePartition = (function() {

                function AlterablePartition(properties) {
                    this.isr = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                AlterablePartition.prototype.topicId = $util.newBuffer([]);
                AlterablePartition.prototype.partition = 0;
                AlterablePartition.prototype.leaderEpoch = 0;
                AlterablePartition.prototype.partitionEpoch = 0;
                AlterablePartition.prototype.isr = $util.emptyArray;
                AlterablePartition.prototype.isAskedAgain = false;

                AlterablePartition.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.topicId != null && Object.hasOwnProperty.call(message, "topicId"))
                        writer.uint32(10).bytes(message.topicId);
                    if (message.partition != null && Object.hasOwnProperty.call(message, "partition"))
                        writer.uint32(16).uint32(message.partition);
                    if (message.leaderEpoch != null && Object.hasOwnProperty.call(message, "leaderEpoch"))
                        writer.uint32(24).uint32(message.leaderEpoch);
                    if (message.partitionEpoch != null && Object.hasOwnProperty.call(message, "partitionEpoch"))
                        writer.uint32(32).uint32(message.partitionEpoch);
                    if (message.isr != null && message.isr.length)
                        for (let i = 0; i < message.isr.length; ++i)
                            $root.lograft.controller.v1.InSyncReplica.encode(message.isr[i], writer.uint32(42).fork(), q + 1).ldelim();
                    if (message.isAskedAgain != null && Object.hasOwnProperty.call(message, "isAskedAgain"))
                        writer.uint32(48).bool(message.isAskedAgain);
                    return writer;
                };

                AlterablePartition.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.AlterablePartition();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.topicId = reader.bytes();
                                break;
                            }
                        case 2: {
                                message.partition = reader.uint32();
                                break;
                            }
                        case 3: {
                                message.leaderEpoch = reader.uint32();
                                break;
                            }
                        case 4: {
                                message.partitionEpoch = reader.uint32();
                                break;
                            }
                        case 5: {
                                if (!(message.isr && message.isr.length))
                                    message.isr = [];
                                message.isr.push($root.lograft.controller.v1.InSyncReplica.decode(reader, reader.uint32(), undefined, long + 1));
                                break;
                            }
                        case 6: {
                                message.isAskedAgain = reader.bool();
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

                return AlterablePartition;
            })();

            v1.InSyncReplica = (function() {

                function InSyncReplica(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                InSyncReplica.prototype.nodeId = 0;
                InSyncReplica.prototype.brokerEpoch = null;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                Object.defineProperty(InSyncReplica.prototype, "_brokerEpoch", {
                    get: $util.oneOfGetter($oneOfFields = ["brokerEpoch"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                InSyncReplica.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.nodeId != null && Object.hasOwnProperty.call(message, "nodeId"))
                        writer.uint32(8).uint32(message.nodeId);
                    if (message.brokerEpoch != null && Object.hasOwnProperty.call(message, "brokerEpoch"))
                        writer.uint32(16).uint64(message.brokerEpoch);
                    return writer;
                };

                InSyncReplica.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.InSyncReplica();
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
                                message.brokerEpoch = reader.uint64();
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

                return InSyncReplica;
            })();

            v1.AlterPartitionReply = (function() {

                function AlterPartitionReply(properties) {
                    this.partitions = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                AlterPartitionReply.prototype.metadataOffset = 0;
                AlterPartitionReply.prototype.partitions = $util.emptyArray;

                AlterPartitionReply.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.metadataOffset != null && Object.hasOwnProperty.call(message, "metadataOffset"))
                        writer.uint32(8).uint64(message.metadataOffset);
                    if (message.partitions != null && message.partitions.length)
                        for (let i = 0; i < message.partitions.length; ++i)
                            $root.lograft.controller.v1.AlteredPartition.encode(message.partitions[i], writer.uint32(18).fork(), q + 1).ldelim();
                    return writer;
                };

                AlterPartitionReply.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.AlterPartitionReply();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.metadataOffset = reader.uint64();
                                break;
                            }
                        case 2: {
                                if (!(message.partitions && message.partitions.length))
                                    message.partitions = [];
                                message.partitions.push($root.lograft.controller.v1.AlteredPartition.decode(reader, reader.uint32(), undefined, long + 1));
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

                return AlterPartitionReply;
            })();

            v1.AlteredPartition = (function() {

                function AlteredPartition(properties) {
                    this.isr = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                AlteredPartition.prototype.topicId = $util.newBuffer([]);
                AlteredPartition.prototype.partition = 0;
                AlteredPartition.prototype.errorCode = 0;
                AlteredPartition.prototype.errorMessage = null;
                AlteredPartition.prototype.leader = 0;
                AlteredPartition.prototype.leaderEpoch = 0;
                AlteredPartition.prototype.isr = $util.emptyArray;
                AlteredPartition.prototype.partitionEpoch = 0;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                Object.defineProperty(AlteredPartition.prototype, "_errorMessage", {
                    get: $util.oneOfGetter($oneOfFields = ["errorMessage"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                AlteredPartition.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.topicId != null && Object.hasOwnProperty.call(message, "topicId"))
                        writer.uint32(10).bytes(message.topicId);
                    if (message.partition != null && Object.hasOwnProperty.call(message, "partition"))
                        writer.uint32(16).uint32(message.partition);
                    if (message.errorCode != null && Object.hasOwnProperty.call(message, "errorCode"))
                        writer.uint32(24).sint32(message.errorCode);
                    if (message.errorMessage != null && Object.hasOwnProperty.call(message, "errorMessage"))
                        writer.uint32(34).string(message.errorMessage);
                    if (message.leader != null && Object.hasOwnProperty.call(message, "leader"))
                        writer.uint32(40).sint32(message.leader);
                    if (message.leaderEpoch != null && Object.hasOwnProperty.call(message, "leaderEpoch"))
                        writer.uint32(48).uint32(message.leaderEpoch);
                    if (message.isr != null && message.isr.length) {
                        writer.uint32(58).fork();
                        for (let i = 0; i < message.isr.length; ++i)
                            writer.uint32(message.isr[i]);
                        writer.ldelim();
                    }
                    if (message.partitionEpoch != null && Object.hasOwnProperty.call(message, "partitionEpoch"))
                        writer.uint32(64).uint32(message.partitionEpoch);
                    return writer;
                };

                AlteredPartition.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.AlteredPartition();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.topicId = reader.bytes();
                                break;
                            }
                        case 2: {
                                message.partition = reader.uint32();
                                break;
                            }
                        case 3: {
                                message.errorCode = reader.sint32();
                                break;
                            }
                        case 4: {
                                message.errorMessage = reader.string();
                                break;
                            }
                        case 5: {
                                message.leader = reader.sint32();
                                break;
                            }
                        case 6: {
                                message.leaderEpoch = reader.uint32();
                                break;
                            }
                        case 7: {
                                if (!(message.isr && message.isr.length))
                                    message.isr = [];
                                if ((tag & 7) === 2) {
                                    let end2 = reader.uint32() + reader.pos;
                                    if (end2 > reader.len)
                                        throw RangeError("index out of range");
                                    reader.len = end2;
                                    while (reader.pos < end2)
                                        message.isr.push(reader.uint32());
                                    if (reader.pos !== end2)
                                        throw RangeError("index out of range");
                                    reader.len = end;
                                } else
                                    message.isr.push(reader.uint32());
                                break;
                            }
                        case 8: {
                                message.partitionEpoch = reader.uint32();
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

                return AlteredPartition;
            })();

            v1.LeaveIsrRequest = (function() {

                function LeaveIsrRequest(properties) {
                    this.partitions = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                LeaveIsrRequest.prototype.nodeId = 0;
                LeaveIsrRequest.prototype.brokerEpoch = 0;
                LeaveIsrRequest.prototype.partitions = $util.emptyArray;

                LeaveIsrRequest.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.nodeId != null && Object.hasOwnProperty.call(message, "nodeId"))
                        writer.uint32(8).uint32(message.nodeId);
                    if (message.brokerEpoch != null && Object.hasOwnProperty.call(message, "brokerEpoch"))
                        writer.uint32(16).uint64(message.brokerEpoch);
                    if (message.partitions != null && message.partitions.length)
                        for (let i = 0; i < message.partitions.length; ++i)
                            $root.lograft.controller.v1.LeavingReplica.encode(message.partitions[i], writer.uint32(26).fork(), q + 1).ldelim();
                    return writer;
                };

                LeaveIsrRequest.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.LeaveIsrRequest();
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
                                message.brokerEpoch = reader.uint64();
                                break;
                            }
                        case 3: {
                                if (!(message.partitions && message.partitions.length))
                                    message.partitions = [];
                                message.partitions.push($root.lograft.controller.v1.LeavingReplica.decode(reader, reader.uint32(), undefined, long + 1));
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

                return LeaveIsrRequest;
            })();

            v1.LeavingReplica = (function() {

                function LeavingReplica(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                LeavingReplica.prototype.topicId = $util.newBuffer([]);
                LeavingReplica.prototype.partition = 0;
                LeavingReplica.prototype.leaderEpoch = 0;
                LeavingReplica.prototype.reason = 0;

                LeavingReplica.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.topicId != null && Object.hasOwnProperty.call(message, "topicId"))
                        writer.uint32(10).bytes(message.topicId);
                    if (message.partition != null && Object.hasOwnProperty.call(message, "partition"))
                        writer.uint32(16).uint32(message.partition);
                    if (message.leaderEpoch != null && Object.hasOwnProperty.call(message, "leaderEpoch"))
                        writer.uint32(24).uint32(message.leaderEpoch);
                    if (message.reason != null && Object.hasOwnProperty.call(message, "reason"))
                        writer.uint32(32).int32(message.reason);
                    return writer;
                };

                LeavingReplica.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.LeavingReplica();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.topicId = reader.bytes();
                                break;
                            }
                        case 2: {
                                message.partition = reader.uint32();
                                break;
                            }
                        case 3: {
                                message.leaderEpoch = reader.uint32();
                                break;
                            }
                        case 4: {
                                message.reason = reader.int32();
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

                return LeavingReplica;
            })();

            v1.LeaveReason = (function() {
                const valuesById = {}, values = Object.create(valuesById);
                values[valuesById[0] = "LEAVE_REASON_UNSPECIFIED"] = 0;
                values[valuesById[1] = "CORRUPT_SEGMENT"] = 1;
                values[valuesById[2] = "FULL_DISK"] = 2;
                values[valuesById[3] = "FAILING_DIRECTORY"] = 3;
                values[valuesById[4] = "RECORDS_LOST"] = 4;
                return values;
            })();

            v1.LeaveIsrReply = (function() {

                function LeaveIsrReply(properties) {
                    this.partitions = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                LeaveIsrReply.prototype.metadataOffset = 0;
                LeaveIsrReply.prototype.partitions = $util.emptyArray;

                LeaveIsrReply.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.metadataOffset != null && Object.hasOwnProperty.call(message, "metadataOffset"))
                        writer.uint32(8).uint64(message.metadataOffset);
                    if (message.partitions != null && message.partitions.length)
                        for (let i = 0; i < message.partitions.length; ++i)
                            $root.lograft.controller.v1.LeftPartition.encode(message.partitions[i], writer.uint32(18).fork(), q + 1).ldelim();
                    return writer;
                };

                LeaveIsrReply.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.LeaveIsrReply();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.metadataOffset = reader.uint64();
                                break;
                            }
                        case 2: {
                                if (!(message.partitions && message.partitions.length))
                                    message.partitions = [];
                                message.partitions.push($root.lograft.controller.v1.LeftPartition.decode(reader, reader.uint32(), undefined, long + 1));
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

                return LeaveIsrReply;
            })();

            v1.LeftPartition = (function() {

                function LeftPartition(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                LeftPartition.prototype.topicId = $util.newBuffer([]);
                LeftPartition.prototype.partition = 0;
                LeftPartition.prototype.errorCode = 0;
                LeftPartition.prototype.errorMessage = null;
                LeftPartition.prototype.hasLeft = false;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                Object.defineProperty(LeftPartition.prototype, "_errorMessage", {
                    get: $util.oneOfGetter($oneOfFields = ["errorMessage"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                LeftPartition.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.topicId != null && Object.hasOwnProperty.call(message, "topicId"))
                        writer.uint32(10).bytes(message.topicId);
                    if (message.partition != null && Object.hasOwnProperty.call(message, "partition"))
                        writer.uint32(16).uint32(message.partition);
                    if (message.errorCode != null && Object.hasOwnProperty.call(message, "errorCode"))
                        writer.uint32(24).sint32(message.errorCode);
                    if (message.errorMessage != null && Object.hasOwnProperty.call(message, "errorMessage"))
                        writer.uint32(34).string(message.errorMessage);
                    if (message.hasLeft != null && Object.hasOwnProperty.call(message, "hasLeft"))
                        writer.uint32(40).bool(message.hasLeft);
                    return writer;
                };

                LeftPartition.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.LeftPartition();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.topicId = reader.bytes();
                                break;
                            }
                        case 2: {
                                message.partition = reader.uint32();
                                break;
                            }
                        case 3: {
                                message.errorCode = reader.sint32();
                                break;
                            }
                        case 4: {
                                message.errorMessage = reader.string();
                                break;
                            }
                        case 5: {
                                message.hasLeft = reader.bool();
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

                return LeftPartition;
            })();

            v1.LogEndsRequest = (function() {

                function LogEndsRequest(properties) {
                    this.partitions = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                LogEndsRequest.prototype.nodeId = 0;
                LogEndsRequest.prototype.brokerEpoch = 0;
                LogEndsRequest.prototype.partitions = $util.emptyArray;

                LogEndsRequest.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.nodeId != null && Object.hasOwnProperty.call(message, "nodeId"))
                        writer.uint32(8).uint32(message.nodeId);
                    if (message.brokerEpoch != null && Object.hasOwnProperty.call(message, "brokerEpoch"))
                        writer.uint32(16).uint64(message.brokerEpoch);
                    if (message.partitions != null && message.partitions.length)
                        for (let i = 0; i < message.partitions.length; ++i)
                            $root.lograft.controller.v1.LogEnd.encode(message.partitions[i], writer.uint32(26).fork(), q + 1).ldelim();
                    return writer;
                };

                LogEndsRequest.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.LogEndsRequest();
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
                                message.brokerEpoch = reader.uint64();
                                break;
                            }
                        case 3: {
                                if (!(message.partitions && message.partitions.length))
                                    message.partitions = [];
                                message.partitions.push($root.lograft.controller.v1.LogEnd.decode(reader, reader.uint32(), undefined, long + 1));
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

                return LogEndsRequest;
            })();

            v1.LogEnd = (function() {

                function LogEnd(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                LogEnd.prototype.topicId = $util.newBuffer([]);
                LogEnd.prototype.partition = 0;
                LogEnd.prototype.partitionEpoch = 0;
                LogEnd.prototype.lastEpoch = null;
                LogEnd.prototype.logEndOffset = 0;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                Object.defineProperty(LogEnd.prototype, "_lastEpoch", {
                    get: $util.oneOfGetter($oneOfFields = ["lastEpoch"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                LogEnd.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.topicId != null && Object.hasOwnProperty.call(message, "topicId"))
                        writer.uint32(10).bytes(message.topicId);
                    if (message.partition != null && Object.hasOwnProperty.call(message, "partition"))
                        writer.uint32(16).uint32(message.partition);
                    if (message.partitionEpoch != null && Object.hasOwnProperty.call(message, "partitionEpoch"))
                        writer.uint32(24).uint32(message.partitionEpoch);
                    if (message.lastEpoch != null && Object.hasOwnProperty.call(message, "lastEpoch"))
                        writer.uint32(32).uint32(message.lastEpoch);
                    if (message.logEndOffset != null && Object.hasOwnProperty.call(message, "logEndOffset"))
                        writer.uint32(40).uint64(message.logEndOffset);
                    return writer;
                };

                LogEnd.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.controller.v1.LogEnd();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.topicId = reader.bytes();
                                break;
                            }
                        case 2: {
                                message.partition = reader.uint32();
                                break;
                            }
                        case 3: {
                                message.partitionEpoch = reader.uint32();
                                break;
                            }
                        case 4: {
                                message.lastEpoch = reader.uint32();
                                break;
                            }
                        case 5: {
                                message.logEndOffset = reader.uint64();
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

                return LogEnd;
            })();

            return v1;
        })();

        return controller;
    })();

    return lograft;
})();

export { $root as default };
