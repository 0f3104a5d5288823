/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars*/
import $protobuf from "protobufjs/minimal.js";

const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;

const $root = $protobuf.roots["lograft_admin_v1_quorum"] || ($protobuf.roots["lograft_admin_v1_quorum"] = {});

export const lograft = $root.lograft = (() => {

    const lograft = {};

    lograft.admin = (function() {

        const admin = {};

        admin.v1 = (function() {

            const v1 = {};

            v1.DescribeQuorumRequest = (function() {

                function DescribeQuorumRequest(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                DescribeQuorumRequest.prototype.hereOnly = false;

                DescribeQuorumRequest.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.hereOnly != null && Object.hasOwnProperty.call(message, "hereOnly"))
                        writer.uint32(8).bool(message.hereOnly);
                    return writer;
                };

                DescribeQuorumRequest.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.DescribeQuorumRequest();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.hereOnly = reader.bool();
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

                return DescribeQuorumRequest;
            })();

            v1.DescribeQuorumReply = (function() {

                function DescribeQuorumReply(properties) {
                    this.replicas = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                DescribeQuorumReply.prototype.clusterId = null;
                DescribeQuorumReply.prototype.leaderId = 0;
                DescribeQuorumReply.prototype.epoch = 0;
                DescribeQuorumReply.prototype.highWatermark = 0;
                DescribeQuorumReply.prototype.logEndOffset = 0;
                DescribeQuorumReply.prototype.replicas = $util.emptyArray;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                Object.defineProperty(DescribeQuorumReply.prototype, "_clusterId", {
                    get: $util.oneOfGetter($oneOfFields = ["clusterId"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                DescribeQuorumReply.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.clusterId != null && Object.hasOwnProperty.call(message, "clusterId"))
                        writer.uint32(10).string(message.clusterId);
                    if (message.leaderId != null && Object.hasOwnProperty.call(message, "leaderId"))
                        writer.uint32(16).uint32(message.leaderId);
                    if (message.epoch != null && Object.hasOwnProperty.call(message, "epoch"))
                        writer.uint32(24).uint32(message.epoch);
                    if (message.highWatermark != null && Object.hasOwnProperty.call(message, "highWatermark"))
                        writer.uint32(32).uint64(message.highWatermark);
                    if (message.logEndOffset != null && Object.hasOwnProperty.call(message, "logEndOffset"))
                        writer.uint32(40).uint64(message.logEndOffset);
                    if (message.replicas != null && message.replicas.length)
                        for (let i = 0; i < message.replicas.length; ++i)
                            $root.lograft.admin.v1.ReplicaDescription.encode(message.replicas[i], writer.uint32(50).fork(), q + 1).ldelim();
                    return writer;
                };

                DescribeQuorumReply.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.DescribeQuorumReply();
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
                                message.leaderId = reader.uint32();
                                break;
                            }
                        case 3: {
                                message.epoch = reader.uint32();
                                break;
                            }
                        case 4: {
                                message.highWatermark = reader.uint64();
                                break;
                            }
                        case 5: {
                                message.logEndOffset = reader.uint64();
                                break;
                            }
                        case 6: {
                                if (!(message.replicas && message.replicas.length))
                                    message.replicas = [];
                                message.replicas.push($root.lograft.admin.v1.ReplicaDescription.decode(reader, reader.uint32(), undefined, long + 1));
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

                return DescribeQuorumReply;
            })();

            v1.ReplicaRole = (function() {
                const valuesById = {}, values = Object.create(valuesById);
                values[valuesById[0] = "REPLICA_ROLE_UNSPECIFIED"] = 0;
                values[valuesById[1] = "REPLICA_ROLE_VOTER"] = 1;
                values[valuesById[2] = "REPLICA_ROLE_OUTGOING"] = 2;
                values[valuesById[3] = "REPLICA_ROLE_LEARNER"] = 3;
                return values;
            })();

            v1.ReplicaDescription = (function() {

                function ReplicaDescription(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                ReplicaDescription.prototype.nodeId = 0;
                ReplicaDescription.prototype.directoryId = "";
                ReplicaDescription.prototype.role = 0;
                ReplicaDescription.prototype.address = null;
                ReplicaDescription.prototype.logEndOffset = null;
                ReplicaDescription.prototype.silentMs = 0;
                ReplicaDescription.prototype.behindMs = 0;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                Object.defineProperty(ReplicaDescription.prototype, "_logEndOffset", {
                    get: $util.oneOfGetter($oneOfFields = ["logEndOffset"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                ReplicaDescription.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.nodeId != null && Object.hasOwnProperty.call(message, "nodeId"))
                        writer.uint32(8).uint32(message.nodeId);
                    if (message.directoryId != null && Object.hasOwnProperty.call(message, "directoryId"))
                        writer.uint32(18).string(message.directoryId);
                    if (message.role != null && Object.hasOwnProperty.call(message, "role"))
                        writer.uint32(24).int32(message.role);
                    if (message.address != null && Object.hasOwnProperty.call(message, "address"))
                        $root.lograft.admin.v1.ReplicaAddress.encode(message.address, writer.uint32(34).fork(), q + 1).ldelim();
                    if (message.logEndOffset != null && Object.hasOwnProperty.call(message, "logEndOffset"))
                        writer.uint32(40).uint64(message.logEndOffset);
                    if (message.silentMs != null && Object.hasOwnProperty.call(message, "silentMs"))
                        writer.uint32(48).uint64(message.silentMs);
                    if (message.behindMs != null && Object.hasOwnProperty.call(message, "behindMs"))
                        writer.uint32(56).uint64(message.behindMs);
                    return writer;
                };

                ReplicaDescription.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.ReplicaDescription();
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
                                message.directoryId = reader.string();
                                break;
                            }
                        case 3: {
                                message.role = reader.int32();
                                break;
                            }
                        case 4: {
                                message.address = $root.lograft.admin.v1.ReplicaAddress.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 5: {
                                message.logEndOffset = reader.uint64();
                                break;
                            }
                        case 6: {
                                message.silentMs = reader.uint64();
                                break;
                            }
                        case 7: {
                                message.behindMs = reader.uint64();
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

                return ReplicaDescription;
            })();

            v1.ReplicaAddress = (function() {

                function ReplicaAddress(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                ReplicaAddress.prototype.host = "";
                ReplicaAddress.prototype.port = 0;

                ReplicaAddress.encode = function encode(message, writer, q) {
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

                ReplicaAddress.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.ReplicaAddress();
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

                return ReplicaAddress;
            })();

            v1.TransferRequest = (function() {

                function TransferRequest(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                TransferRequest.prototype.to = null;
                TransferRequest.prototype.hereOnly = false;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                Object.defineProperty(TransferRequest.prototype, "_to", {
                    get: $util.oneOfGetter($oneOfFields = ["to"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                TransferRequest.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.to != null && Object.hasOwnProperty.call(message, "to"))
                        writer.uint32(8).uint32(message.to);
                    if (message.hereOnly != null && Object.hasOwnProperty.call(message, "hereOnly"))
                        writer.uint32(16).bool(message.hereOnly);
                    return writer;
                };

                TransferRequest.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.TransferRequest();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.to = reader.uint32();
                                break;
                            }
                        case 2: {
                                message.hereOnly = reader.bool();
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

                return TransferRequest;
            })();

            v1.TransferReply = (function() {

                function TransferReply(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                TransferReply.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    return writer;
                };

                TransferReply.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.TransferReply();
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

                return TransferReply;
            })();

            v1.AddRequest = (function() {

                function AddRequest(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                AddRequest.prototype.nodeId = 0;
                AddRequest.prototype.host = "";
                AddRequest.prototype.port = 0;
                AddRequest.prototype.replaces = null;
                AddRequest.prototype.hereOnly = false;
                AddRequest.prototype.directoryId = null;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                Object.defineProperty(AddRequest.prototype, "_replaces", {
                    get: $util.oneOfGetter($oneOfFields = ["replaces"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                Object.defineProperty(AddRequest.prototype, "_directoryId", {
                    get: $util.oneOfGetter($oneOfFields = ["directoryId"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                AddRequest.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.nodeId != null && Object.hasOwnProperty.call(message, "nodeId"))
                        writer.uint32(8).uint32(message.nodeId);
                    if (message.host != null && Object.hasOwnProperty.call(message, "host"))
                        writer.uint32(18).string(message.host);
                    if (message.port != null && Object.hasOwnProperty.call(message, "port"))
                        writer.uint32(24).uint32(message.port);
                    if (message.replaces != null && Object.hasOwnProperty.call(message, "replaces"))
                        writer.uint32(32).uint32(message.replaces);
                    if (message.hereOnly != null && Object.hasOwnProperty.call(message, "hereOnly"))
                        writer.uint32(40).bool(message.hereOnly);
                    if (message.directoryId != null && Object.hasOwnProperty.call(message, "directoryId"))
                        writer.uint32(50).string(message.directoryId);
                    return writer;
                };

                AddRequest.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.AddRequest();
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
                                message.host = reader.string();
                                break;
                            }
                        case 3: {
                                message.port = reader.uint32();
                                break;
                            }
                        case 4: {
                                message.replaces = reader.uint32();
                                break;
                            }
                        case 5: {
                                message.hereOnly = reader.bool();
                                break;
                            }
                        case 6: {
                                message.directoryId = reader.string();
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

                return AddRequest;
            })();

            v1.AddReply = (function() {

                function AddReply(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                AddReply.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    return writer;
                };

                AddReply.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.AddReply();
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

                return AddReply;
            })();

            v1.RemoveRequest = (function() {

                function RemoveRequest(properties) {
                    this.nodeIds = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                RemoveRequest.prototype.nodeIds = $util.emptyArray;
                RemoveRequest.prototype.hereOnly = false;
                RemoveRequest.prototype.directoryId = null;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                Object.defineProperty(RemoveRequest.prototype, "_directoryId", {
                    get: $util.oneOfGetter($oneOfFields = ["directoryId"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                RemoveRequest.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.nodeIds != null && message.nodeIds.length) {
                        writer.uint32(10).fork();
                        for (let i = 0; i < message.nodeIds.length; ++i)
                            writer.uint32(message.nodeIds[i]);
                        writer.ldelim();
                    }
                    if (message.hereOnly != null && Object.hasOwnProperty.call(message, "hereOnly"))
                        writer.uint32(16).bool(message.hereOnly);
                    if (message.directoryId != null && Object.hasOwnProperty.call(message, "directoryId"))
                        writer.uint32(26).string(message.directoryId);
                    return writer;
                };

                RemoveRequest.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.RemoveRequest();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                if (!(message.nodeIds && message.nodeIds.length))
                                    message.nodeIds = [];
                                if ((tag & 7) === 2) {
                                    let end2 = reader.uint32() + reader.pos;
                                    if (end2 > reader.len)
                                        throw RangeError("index out of range");
                                    reader.len = end2;
                                    while (reader.pos < end2)
                                        message.nodeIds.push(reader.uint32());
                                    if (reader.pos !== end2)
                                        throw RangeError("index out of range");
                                    reader.len = end;
                                } else
                                    message.nodeIds.push(reader.uint32());
                                break;
                            }
                        case 2: {
                                message.hereOnly = reader.bool();
                                break;
                            }
                        case 3: {
                                message.directoryId = reader.string();
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

                return RemoveRequest;
            })();

            v1.RemoveReply = (function() {

                function RemoveReply(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                RemoveReply.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    return writer;
                };

                RemoveReply.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.RemoveReply();
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

                return RemoveReply;
            })();

            return v1;
        })();

        return admin;
    })();

    return lograft;
})();

export { $root as default };
