/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars*/
import $protobuf from "protobufjs/minimal.js";

const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;

const $root = $protobuf.roots["lograft_admin_v1_admin"] || ($protobuf.roots["lograft_admin_v1_admin"] = {});

export const lograft = $root.lograft = (() => {

    const lograft = {};

    lograft.admin = (function() {

        const admin = {};

        admin.v1 = (function() {

            const v1 = {};

            v1.Mutation = (function() {

                function Mutation(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                Mutation.prototype.validateOnly = false;
                Mutation.prototype.idempotencyKey = "";

                Mutation.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.validateOnly != null && Object.hasOwnProperty.call(message, "validateOnly"))
                        writer.uint32(8).bool(message.validateOnly);
                    if (message.idempotencyKey != null && Object.hasOwnProperty.call(message, "idempotencyKey"))
                        writer.uint32(18).string(message.idempotencyKey);
                    return writer;
                };

                Mutation.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.Mutation();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.validateOnly = reader.bool();
                                break;
                            }
                        case 2: {
                                message.idempotencyKey = reader.string();
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

                return Mutation;
            })();

            v1.Mutated = (function() {

                function Mutated(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                Mutated.prototype.metadataOffset = 0;
                Mutated.prototype.alreadyApplied = false;

                Mutated.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.metadataOffset != null && Object.hasOwnProperty.call(message, "metadataOffset"))
                        writer.uint32(8).uint64(message.metadataOffset);
                    if (message.alreadyApplied != null && Object.hasOwnProperty.call(message, "alreadyApplied"))
                        writer.uint32(16).bool(message.alreadyApplied);
                    return writer;
                };

                Mutated.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.Mutated();
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
                                message.alreadyApplied = reader.bool();
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

                return Mutated;
            })();

            v1.Page = (function() {

                function Page(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                Page.prototype.size = 0;
                Page.prototype.token = "";

                Page.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.size != null && Object.hasOwnProperty.call(message, "size"))
                        writer.uint32(8).uint32(message.size);
                    if (message.token != null && Object.hasOwnProperty.call(message, "token"))
                        writer.uint32(18).string(message.token);
                    return writer;
                };

                Page.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.Page();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.size = reader.uint32();
                                break;
                            }
                        case 2: {
                                message.token = reader.string();
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

                return Page;
            })();

            v1.HostPort = (function() {

                function HostPort(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                HostPort.prototype.host = "";
                HostPort.prototype.port = 0;

                HostPort.encode = function encode(message, writer, q) {
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

                HostPort.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.HostPort();
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

                return HostPort;
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
                        writer.uint32(16).uint32(message.partition);
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
                    message = new $root.lograft.admin.v1.PartitionName();
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
                                message.partition = reader.uint32();
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
                            writer.uint32(message.brokerIds[i]);
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
                    message = new $root.lograft.admin.v1.Replicas();
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
                                        message.brokerIds.push(reader.uint32());
                                    if (reader.pos !== end2)
                                        throw RangeError("index out of range");
                                    reader.len = end;
                                } else
                                    message.brokerIds.push(reader.uint32());
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

            v1.DescribeClusterRequest = (function() {

                function DescribeClusterRequest(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                DescribeClusterRequest.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    return writer;
                };

                DescribeClusterRequest.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.DescribeClusterRequest();
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

                return DescribeClusterRequest;
            })();

            v1.ClusterDescription = (function() {

                function ClusterDescription(properties) {
                    this.brokers = [];
                    this.controllers = [];
                    this.features = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                ClusterDescription.prototype.clusterId = "";
                ClusterDescription.prototype.metadataOffset = 0;
                ClusterDescription.prototype.activeControllerId = null;
                ClusterDescription.prototype.controllerEpoch = 0;
                ClusterDescription.prototype.brokers = $util.emptyArray;
                ClusterDescription.prototype.controllers = $util.emptyArray;
                ClusterDescription.prototype.features = $util.emptyArray;
                ClusterDescription.prototype.topics = 0;
                ClusterDescription.prototype.partitions = 0;
                ClusterDescription.prototype.underReplicatedPartitions = 0;
                ClusterDescription.prototype.offlinePartitions = 0;
                ClusterDescription.prototype.answeredBy = 0;
                ClusterDescription.prototype.version = "";

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                Object.defineProperty(ClusterDescription.prototype, "_activeControllerId", {
                    get: $util.oneOfGetter($oneOfFields = ["activeControllerId"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                ClusterDescription.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.clusterId != null && Object.hasOwnProperty.call(message, "clusterId"))
                        writer.uint32(10).string(message.clusterId);
                    if (message.metadataOffset != null && Object.hasOwnProperty.call(message, "metadataOffset"))
                        writer.uint32(16).uint64(message.metadataOffset);
                    if (message.activeControllerId != null && Object.hasOwnProperty.call(message, "activeControllerId"))
                        writer.uint32(24).uint32(message.activeControllerId);
                    if (message.controllerEpoch != null && Object.hasOwnProperty.call(message, "controllerEpoch"))
                        writer.uint32(32).uint32(message.controllerEpoch);
                    if (message.brokers != null && message.brokers.length)
                        for (let i = 0; i < message.brokers.length; ++i)
                            $root.lograft.admin.v1.BrokerDescription.encode(message.brokers[i], writer.uint32(42).fork(), q + 1).ldelim();
                    if (message.controllers != null && message.controllers.length)
                        for (let i = 0; i < message.controllers.length; ++i)
                            $root.lograft.admin.v1.ControllerDescription.encode(message.controllers[i], writer.uint32(50).fork(), q + 1).ldelim();
                    if (message.features != null && message.features.length)
                        for (let i = 0; i < message.features.length; ++i)
                            $root.lograft.admin.v1.Feature.encode(message.features[i], writer.uint32(58).fork(), q + 1).ldelim();
                    if (message.topics != null && Object.hasOwnProperty.call(message, "topics"))
                        writer.uint32(64).uint32(message.topics);
                    if (message.partitions != null && Object.hasOwnProperty.call(message, "partitions"))
                        writer.uint32(72).uint32(message.partitions);
                    if (message.underReplicatedPartitions != null && Object.hasOwnProperty.call(message, "underReplicatedPartitions"))
                        writer.uint32(80).uint32(message.underReplicatedPartitions);
                    if (message.offlinePartitions != null && Object.hasOwnProperty.call(message, "offlinePartitions"))
                        writer.uint32(88).uint32(message.offlinePartitions);
                    if (message.answeredBy != null && Object.hasOwnProperty.call(message, "answeredBy"))
                        writer.uint32(96).uint32(message.answeredBy);
                    if (message.version != null && Object.hasOwnProperty.call(message, "version"))
                        writer.uint32(106).string(message.version);
                    return writer;
                };

                ClusterDescription.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.ClusterDescription();
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
                                message.metadataOffset = reader.uint64();
                                break;
                            }
                        case 3: {
                                message.activeControllerId = reader.uint32();
                                break;
                            }
                        case 4: {
                                message.controllerEpoch = reader.uint32();
                                break;
                            }
                        case 5: {
                                if (!(message.brokers && message.brokers.length))
                                    message.brokers = [];
                                message.brokers.push($root.lograft.admin.v1.BrokerDescription.decode(reader, reader.uint32(), undefined, long + 1));
                                break;
                            }
                        case 6: {
                                if (!(message.controllers && message.controllers.length))
                                    message.controllers = [];
                                message.controllers.push($root.lograft.admin.v1.ControllerDescription.decode(reader, reader.uint32(), undefined, long + 1));
                                break;
                            }
                        case 7: {
                                if (!(message.features && message.features.length))
                                    message.features = [];
                                message.features.push($root.lograft.admin.v1.Feature.decode(reader, reader.uint32(), undefined, long + 1));
                                break;
                            }
                        case 8: {
                                message.topics = reader.uint32();
                                break;
                            }
                        case 9: {
                                message.partitions = reader.uint32();
                                break;
                            }
                        case 10: {
                                message.underReplicatedPartitions = reader.uint32();
                                break;
                            }
                        case 11: {
                                message.offlinePartitions = reader.uint32();
                                break;
                            }
                        case 12: {
                                message.answeredBy = reader.uint32();
                                break;
                            }
                        case 13: {
                                message.version = reader.string();
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

                return ClusterDescription;
            })();

            v1.BrokerState = (function() {
                const valuesById = {}, values = Object.create(valuesById);
                values[valuesById[0] = "BROKER_STATE_UNSPECIFIED"] = 0;
                values[valuesById[1] = "BROKER_STATE_IN_SERVICE"] = 1;
                values[valuesById[2] = "BROKER_STATE_FENCED"] = 2;
                values[valuesById[3] = "BROKER_STATE_SHUTTING_DOWN"] = 3;
                return values;
            })();

            v1.BrokerDescription = (function() {

                function BrokerDescription(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                BrokerDescription.prototype.brokerId = 0;
                BrokerDescription.prototype.state = 0;
                BrokerDescription.prototype.listener = null;
                BrokerDescription.prototype.rack = null;
                BrokerDescription.prototype.brokerEpoch = 0;
                BrokerDescription.prototype.incarnationId = "";
                BrokerDescription.prototype.directoryId = "";
                BrokerDescription.prototype.leaders = 0;
                BrokerDescription.prototype.replicas = 0;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                Object.defineProperty(BrokerDescription.prototype, "_rack", {
                    get: $util.oneOfGetter($oneOfFields = ["rack"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                BrokerDescription.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.brokerId != null && Object.hasOwnProperty.call(message, "brokerId"))
                        writer.uint32(8).uint32(message.brokerId);
                    if (message.state != null && Object.hasOwnProperty.call(message, "state"))
                        writer.uint32(16).int32(message.state);
                    if (message.listener != null && Object.hasOwnProperty.call(message, "listener"))
                        $root.lograft.admin.v1.HostPort.encode(message.listener, writer.uint32(26).fork(), q + 1).ldelim();
                    if (message.rack != null && Object.hasOwnProperty.call(message, "rack"))
                        writer.uint32(34).string(message.rack);
                    if (message.brokerEpoch != null && Object.hasOwnProperty.call(message, "brokerEpoch"))
                        writer.uint32(40).uint64(message.brokerEpoch);
                    if (message.incarnationId != null && Object.hasOwnProperty.call(message, "incarnationId"))
                        writer.uint32(50).string(message.incarnationId);
                    if (message.directoryId != null && Object.hasOwnProperty.call(message, "directoryId"))
                        writer.uint32(58).string(message.directoryId);
                    if (message.leaders != null && Object.hasOwnProperty.call(message, "leaders"))
                        writer.uint32(64).uint32(message.leaders);
                    if (message.replicas != null && Object.hasOwnProperty.call(message, "replicas"))
                        writer.uint32(72).uint32(message.replicas);
                    return writer;
                };

                BrokerDescription.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.BrokerDescription();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.brokerId = reader.uint32();
                                break;
                            }
                        case 2: {
                                message.state = reader.int32();
                                break;
                            }
                        case 3: {
                                message.listener = $root.lograft.admin.v1.HostPort.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 4: {
                                message.rack = reader.string();
                                break;
                            }
                        case 5: {
                                message.brokerEpoch = reader.uint64();
                                break;
                            }
                        case 6: {
                                message.incarnationId = reader.string();
                                break;
                            }
                        case 7: {
                                message.directoryId = reader.string();
                                break;
                            }
                        case 8: {
                                message.leaders = reader.uint32();
                                break;
                            }
                        case 9: {
                                message.replicas = reader.uint32();
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

                return BrokerDescription;
            })();

            v1.ControllerDescription = (function() {

                function ControllerDescription(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                ControllerDescription.prototype.nodeId = 0;
                ControllerDescription.prototype.listener = null;
                ControllerDescription.prototype.directoryId = "";

                ControllerDescription.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.nodeId != null && Object.hasOwnProperty.call(message, "nodeId"))
                        writer.uint32(8).uint32(message.nodeId);
                    if (message.listener != null && Object.hasOwnProperty.call(message, "listener"))
                        $root.lograft.admin.v1.HostPort.encode(message.listener, writer.uint32(18).fork(), q + 1).ldelim();
                    if (message.directoryId != null && Object.hasOwnProperty.call(message, "directoryId"))
                        writer.uint32(26).string(message.directoryId);
                    return writer;
                };

                ControllerDescription.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.ControllerDescription();
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
                                message.listener = $root.lograft.admin.v1.HostPort.decode(reader, reader.uint32(), undefined, long + 1);
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

                return ControllerDescription;
            })();

            v1.Feature = (function() {

                function Feature(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                Feature.prototype.name = "";
                Feature.prototype.level = 0;
                Feature.prototype.minLevel = 0;
                Feature.prototype.maxLevel = 0;

                Feature.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.name != null && Object.hasOwnProperty.call(message, "name"))
                        writer.uint32(10).string(message.name);
                    if (message.level != null && Object.hasOwnProperty.call(message, "level"))
                        writer.uint32(16).uint32(message.level);
                    if (message.minLevel != null && Object.hasOwnProperty.call(message, "minLevel"))
                        writer.uint32(24).uint32(message.minLevel);
                    if (message.maxLevel != null && Object.hasOwnProperty.call(message, "maxLevel"))
                        writer.uint32(32).uint32(message.maxLevel);
                    return writer;
                };

                Feature.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.Feature();
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
                                message.level = reader.uint32();
                                break;
                            }
                        case 3: {
                                message.minLevel = reader.uint32();
                                break;
                            }
                        case 4: {
                                message.maxLevel = reader.uint32();
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

                return Feature;
            })();

            v1.DescribeLogDirsRequest = (function() {

                function DescribeLogDirsRequest(properties) {
                    this.brokerIds = [];
                    this.topics = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                DescribeLogDirsRequest.prototype.brokerIds = $util.emptyArray;
                DescribeLogDirsRequest.prototype.topics = $util.emptyArray;
                DescribeLogDirsRequest.prototype.page = null;

                DescribeLogDirsRequest.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.brokerIds != null && message.brokerIds.length) {
                        writer.uint32(10).fork();
                        for (let i = 0; i < message.brokerIds.length; ++i)
                            writer.uint32(message.brokerIds[i]);
                        writer.ldelim();
                    }
                    if (message.topics != null && message.topics.length)
                        for (let i = 0; i < message.topics.length; ++i)
                            writer.uint32(18).string(message.topics[i]);
                    if (message.page != null && Object.hasOwnProperty.call(message, "page"))
                        $root.lograft.admin.v1.Page.encode(message.page, writer.uint32(26).fork(), q + 1).ldelim();
                    return writer;
                };

                DescribeLogDirsRequest.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.DescribeLogDirsRequest();
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
                                        message.brokerIds.push(reader.uint32());
                                    if (reader.pos !== end2)
                                        throw RangeError("index out of range");
                                    reader.len = end;
                                } else
                                    message.brokerIds.push(reader.uint32());
                                break;
                            }
                        case 2: {
                                if (!(message.topics && message.topics.length))
                                    message.topics = [];
                                message.topics.push(reader.string());
                                break;
                            }
                        case 3: {
                                message.page = $root.lograft.admin.v1.Page.decode(reader, reader.uint32(), undefined, long + 1);
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

                return DescribeLogDirsRequest;
            })();

            v1.LogDirsDescription = (function() {

                function LogDirsDescription(properties) {
                    this.logDirs = [];
                    this.replicas = [];
                    this.unreachable = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                LogDirsDescription.prototype.logDirs = $util.emptyArray;
                LogDirsDescription.prototype.replicas = $util.emptyArray;
                LogDirsDescription.prototype.unreachable = $util.emptyArray;
                LogDirsDescription.prototype.nextPageToken = "";

                LogDirsDescription.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.logDirs != null && message.logDirs.length)
                        for (let i = 0; i < message.logDirs.length; ++i)
                            $root.lograft.admin.v1.LogDir.encode(message.logDirs[i], writer.uint32(10).fork(), q + 1).ldelim();
                    if (message.replicas != null && message.replicas.length)
                        for (let i = 0; i < message.replicas.length; ++i)
                            $root.lograft.admin.v1.ReplicaSize.encode(message.replicas[i], writer.uint32(18).fork(), q + 1).ldelim();
                    if (message.unreachable != null && message.unreachable.length)
                        for (let i = 0; i < message.unreachable.length; ++i)
                            $root.lograft.admin.v1.UnreachableBroker.encode(message.unreachable[i], writer.uint32(26).fork(), q + 1).ldelim();
                    if (message.nextPageToken != null && Object.hasOwnProperty.call(message, "nextPageToken"))
                        writer.uint32(34).string(message.nextPageToken);
                    return writer;
                };

                LogDirsDescription.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.LogDirsDescription();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                if (!(message.logDirs && message.logDirs.length))
                                    message.logDirs = [];
                                message.logDirs.push($root.lograft.admin.v1.LogDir.decode(reader, reader.uint32(), undefined, long + 1));
                                break;
                            }
                        case 2: {
                                if (!(message.replicas && message.replicas.length))
                                    message.replicas = [];
                                message.replicas.push($root.lograft.admin.v1.ReplicaSize.decode(reader, reader.uint32(), undefined, long + 1));
                                break;
                            }
                        case 3: {
                                if (!(message.unreachable && message.unreachable.length))
                                    message.unreachable = [];
                                message.unreachable.push($root.lograft.admin.v1.UnreachableBroker.decode(reader, reader.uint32(), undefined, long + 1));
                                break;
                            }
                        case 4: {
                                message.nextPageToken = reader.string();
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

                return LogDirsDescription;
            })();

            v1.LogDir = (function() {

                function LogDir(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                LogDir.prototype.brokerId = 0;
                LogDir.prototype.path = "";
                LogDir.prototype.totalBytes = null;
                LogDir.prototype.usableBytes = null;
                LogDir.prototype.replicaBytes = 0;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                Object.defineProperty(LogDir.prototype, "_totalBytes", {
                    get: $util.oneOfGetter($oneOfFields = ["totalBytes"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                Object.defineProperty(LogDir.prototype, "_usableBytes", {
                    get: $util.oneOfGetter($oneOfFields = ["usableBytes"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                LogDir.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.brokerId != null && Object.hasOwnProperty.call(message, "brokerId"))
                        writer.uint32(8).uint32(message.brokerId);
                    if (message.path != null && Object.hasOwnProperty.call(message, "path"))
                        writer.uint32(18).string(message.path);
                    if (message.totalBytes != null && Object.hasOwnProperty.call(message, "totalBytes"))
                        writer.uint32(24).uint64(message.totalBytes);
                    if (message.usableBytes != null && Object.hasOwnProperty.call(message, "usableBytes"))
                        writer.uint32(32).uint64(message.usableBytes);
                    if (message.replicaBytes != null && Object.hasOwnProperty.call(message, "replicaBytes"))
                        writer.uint32(40).uint64(message.replicaBytes);
                    return writer;
                };

                LogDir.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.LogDir();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.brokerId = reader.uint32();
                                break;
                            }
                        case 2: {
                                message.path = reader.string();
                                break;
                            }
                        case 3: {
                                message.totalBytes = reader.uint64();
                                break;
                            }
                        case 4: {
                                message.usableBytes = reader.uint64();
                                break;
                            }
                        case 5: {
                                message.replicaBytes = reader.uint64();
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

                return LogDir;
            })();

            v1.ReplicaSize = (function() {

                function ReplicaSize(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                ReplicaSize.prototype.brokerId = 0;
                ReplicaSize.prototype.topic = "";
                ReplicaSize.prototype.partition = 0;
                ReplicaSize.prototype.sizeBytes = 0;
                ReplicaSize.prototype.offsetLag = 0;

                ReplicaSize.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.brokerId != null && Object.hasOwnProperty.call(message, "brokerId"))
                        writer.uint32(8).uint32(message.brokerId);
                    if (message.topic != null && Object.hasOwnProperty.call(message, "topic"))
                        writer.uint32(18).string(message.topic);
                    if (message.partition != null && Object.hasOwnProperty.call(message, "partition"))
                        writer.uint32(24).uint32(message.partition);
                    if (message.sizeBytes != null && Object.hasOwnProperty.call(message, "sizeBytes"))
                        writer.uint32(32).uint64(message.sizeBytes);
                    if (message.offsetLag != null && Object.hasOwnProperty.call(message, "offsetLag"))
                        writer.uint32(40).uint64(message.offsetLag);
                    return writer;
                };

                ReplicaSize.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.ReplicaSize();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.brokerId = reader.uint32();
                                break;
                            }
                        case 2: {
                                message.topic = reader.string();
                                break;
                            }
                        case 3: {
                                message.partition = reader.uint32();
                                break;
                            }
                        case 4: {
                                message.sizeBytes = reader.uint64();
                                break;
                            }
                        case 5: {
                                message.offsetLag = reader.uint64();
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

                return ReplicaSize;
            })();

            v1.UnreachableBroker = (function() {

                function UnreachableBroker(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                UnreachableBroker.prototype.brokerId = 0;
                UnreachableBroker.prototype.why = "";

                UnreachableBroker.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.brokerId != null && Object.hasOwnProperty.call(message, "brokerId"))
                        writer.uint32(8).uint32(message.brokerId);
                    if (message.why != null && Object.hasOwnProperty.call(message, "why"))
                        writer.uint32(18).string(message.why);
                    return writer;
                };

                UnreachableBroker.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.UnreachableBroker();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.brokerId = reader.uint32();
                                break;
                            }
                        case 2: {
                                message.why = reader.string();
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

                return UnreachableBroker;
            })();

            v1.UpdateFeaturesRequest = (function() {

                function UpdateFeaturesRequest(properties) {
                    this.levels = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                UpdateFeaturesRequest.prototype.mutation = null;
                UpdateFeaturesRequest.prototype.levels = $util.emptyArray;

                UpdateFeaturesRequest.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.mutation != null && Object.hasOwnProperty.call(message, "mutation"))
                        $root.lograft.admin.v1.Mutation.encode(message.mutation, writer.uint32(10).fork(), q + 1).ldelim();
                    if (message.levels != null && message.levels.length)
                        for (let i = 0; i < message.levels.length; ++i)
                            $root.lograft.admin.v1.FeatureLevel.encode(message.levels[i], writer.uint32(18).fork(), q + 1).ldelim();
                    return writer;
                };

                UpdateFeaturesRequest.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.UpdateFeaturesRequest();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.mutation = $root.lograft.admin.v1.Mutation.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 2: {
                                if (!(message.levels && message.levels.length))
                                    message.levels = [];
                                message.levels.push($root.lograft.admin.v1.FeatureLevel.decode(reader, reader.uint32(), undefined, long + 1));
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

                return UpdateFeaturesRequest;
            })();

            v1.FeatureLevel = (function() {

                function FeatureLevel(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                FeatureLevel.prototype.name = "";
                FeatureLevel.prototype.level = 0;

                FeatureLevel.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.name != null && Object.hasOwnProperty.call(message, "name"))
                        writer.uint32(10).string(message.name);
                    if (message.level != null && Object.hasOwnProperty.call(message, "level"))
                        writer.uint32(16).uint32(message.level);
                    return writer;
                };

                FeatureLevel.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.FeatureLevel();
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
                                message.level = reader.uint32();
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

                return FeatureLevel;
            })();

            v1.ShutDownBrokerRequest = (function() {

                function ShutDownBrokerRequest(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                ShutDownBrokerRequest.prototype.mutation = null;
                ShutDownBrokerRequest.prototype.brokerId = 0;
                ShutDownBrokerRequest.prototype.force = false;

                ShutDownBrokerRequest.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.mutation != null && Object.hasOwnProperty.call(message, "mutation"))
                        $root.lograft.admin.v1.Mutation.encode(message.mutation, writer.uint32(10).fork(), q + 1).ldelim();
                    if (message.brokerId != null && Object.hasOwnProperty.call(message, "brokerId"))
                        writer.uint32(16).uint32(message.brokerId);
                    if (message.force != null && Object.hasOwnProperty.call(message, "force"))
                        writer.uint32(24).bool(message.force);
                    return writer;
                };

                ShutDownBrokerRequest.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.ShutDownBrokerRequest();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.mutation = $root.lograft.admin.v1.Mutation.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 2: {
                                message.brokerId = reader.uint32();
                                break;
                            }
                        case 3: {
                                message.force = reader.bool();
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

                return ShutDownBrokerRequest;
            })();

            v1.ShutDownBrokerReply = (function() {

                function ShutDownBrokerReply(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                ShutDownBrokerReply.prototype.metadataOffset = 0;
                ShutDownBrokerReply.prototype.alreadyApplied = false;
                ShutDownBrokerReply.prototype.impact = null;

                ShutDownBrokerReply.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.metadataOffset != null && Object.hasOwnProperty.call(message, "metadataOffset"))
                        writer.uint32(8).uint64(message.metadataOffset);
                    if (message.alreadyApplied != null && Object.hasOwnProperty.call(message, "alreadyApplied"))
                        writer.uint32(16).bool(message.alreadyApplied);
                    if (message.impact != null && Object.hasOwnProperty.call(message, "impact"))
                        $root.lograft.admin.v1.ShutDownImpact.encode(message.impact, writer.uint32(26).fork(), q + 1).ldelim();
                    return writer;
                };

                ShutDownBrokerReply.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.ShutDownBrokerReply();
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
                                message.alreadyApplied = reader.bool();
                                break;
                            }
                        case 3: {
                                message.impact = $root.lograft.admin.v1.ShutDownImpact.decode(reader, reader.uint32(), undefined, long + 1);
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

                return ShutDownBrokerReply;
            })();

            v1.ShutDownImpact = (function() {

                function ShutDownImpact(properties) {
                    this.partitions = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                ShutDownImpact.prototype.voters = 0;
                ShutDownImpact.prototype.votersLeft = 0;
                ShutDownImpact.prototype.majority = 0;
                ShutDownImpact.prototype.leaderlessPartitions = 0;
                ShutDownImpact.prototype.underMinIsrPartitions = 0;
                ShutDownImpact.prototype.partitions = $util.emptyArray;

                ShutDownImpact.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.voters != null && Object.hasOwnProperty.call(message, "voters"))
                        writer.uint32(8).uint32(message.voters);
                    if (message.votersLeft != null && Object.hasOwnProperty.call(message, "votersLeft"))
                        writer.uint32(16).uint32(message.votersLeft);
                    if (message.majority != null && Object.hasOwnProperty.call(message, "majority"))
                        writer.uint32(24).uint32(message.majority);
                    if (message.leaderlessPartitions != null && Object.hasOwnProperty.call(message, "leaderlessPartitions"))
                        writer.uint32(32).uint32(message.leaderlessPartitions);
                    if (message.underMinIsrPartitions != null && Object.hasOwnProperty.call(message, "underMinIsrPartitions"))
                        writer.uint32(40).uint32(message.underMinIsrPartitions);
                    if (message.partitions != null && message.partitions.length)
                        for (let i = 0; i < message.partitions.length; ++i)
                            $root.lograft.admin.v1.PartitionName.encode(message.partitions[i], writer.uint32(50).fork(), q + 1).ldelim();
                    return writer;
                };

                ShutDownImpact.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.ShutDownImpact();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.voters = reader.uint32();
                                break;
                            }
                        case 2: {
                                message.votersLeft = reader.uint32();
                                break;
                            }
                        case 3: {
                                message.majority = reader.uint32();
                                break;
                            }
                        case 4: {
                                message.leaderlessPartitions = reader.uint32();
                                break;
                            }
                        case 5: {
                                message.underMinIsrPartitions = reader.uint32();
                                break;
                            }
                        case 6: {
                                if (!(message.partitions && message.partitions.length))
                                    message.partitions = [];
                                message.partitions.push($root.lograft.admin.v1.PartitionName.decode(reader, reader.uint32(), undefined, long + 1));
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

                return ShutDownImpact;
            })();

            v1.UnregisterBrokerRequest = (function() {

                function UnregisterBrokerRequest(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                UnregisterBrokerRequest.prototype.mutation = null;
                UnregisterBrokerRequest.prototype.brokerId = 0;

                UnregisterBrokerRequest.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.mutation != null && Object.hasOwnProperty.call(message, "mutation"))
                        $root.lograft.admin.v1.Mutation.encode(message.mutation, writer.uint32(10).fork(), q + 1).ldelim();
                    if (message.brokerId != null && Object.hasOwnProperty.call(message, "brokerId"))
                        writer.uint32(16).uint32(message.brokerId);
                    return writer;
                };

                UnregisterBrokerRequest.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.UnregisterBrokerRequest();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.mutation = $root.lograft.admin.v1.Mutation.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 2: {
                                message.brokerId = reader.uint32();
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

                return UnregisterBrokerRequest;
            })();

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
                TransferRequest.prototype.mutation = null;

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
                    if (message.mutation != null && Object.hasOwnProperty.call(message, "mutation"))
                        $root.lograft.admin.v1.Mutation.encode(message.mutation, writer.uint32(26).fork(), q + 1).ldelim();
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
                        case 3: {
                                message.mutation = $root.lograft.admin.v1.Mutation.decode(reader, reader.uint32(), undefined, long + 1);
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

                TransferReply.prototype.mutated = null;

                TransferReply.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.mutated != null && Object.hasOwnProperty.call(message, "mutated"))
                        $root.lograft.admin.v1.Mutated.encode(message.mutated, writer.uint32(10).fork(), q + 1).ldelim();
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
                        case 1: {
                                message.mutated = $root.lograft.admin.v1.Mutated.decode(reader, reader.uint32(), undefined, long + 1);
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
                AddRequest.prototype.mutation = null;
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
                    if (message.mutation != null && Object.hasOwnProperty.call(message, "mutation"))
                        $root.lograft.admin.v1.Mutation.encode(message.mutation, writer.uint32(50).fork(), q + 1).ldelim();
                    if (message.directoryId != null && Object.hasOwnProperty.call(message, "directoryId"))
                        writer.uint32(58).string(message.directoryId);
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
                                message.mutation = $root.lograft.admin.v1.Mutation.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 7: {
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

                AddReply.prototype.mutated = null;

                AddReply.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.mutated != null && Object.hasOwnProperty.call(message, "mutated"))
                        $root.lograft.admin.v1.Mutated.encode(message.mutated, writer.uint32(10).fork(), q + 1).ldelim();
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
                        case 1: {
                                message.mutated = $root.lograft.admin.v1.Mutated.decode(reader, reader.uint32(), undefined, long + 1);
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
                RemoveRequest.prototype.mutation = null;
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
                    if (message.mutation != null && Object.hasOwnProperty.call(message, "mutation"))
                        $root.lograft.admin.v1.Mutation.encode(message.mutation, writer.uint32(26).fork(), q + 1).ldelim();
                    if (message.directoryId != null && Object.hasOwnProperty.call(message, "directoryId"))
                        writer.uint32(34).string(message.directoryId);
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
                                message.mutation = $root.lograft.admin.v1.Mutation.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 4: {
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

                RemoveReply.prototype.mutated = null;

                RemoveReply.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.mutated != null && Object.hasOwnProperty.call(message, "mutated"))
                        $root.lograft.admin.v1.Mutated.encode(message.mutated, writer.uint32(10).fork(), q + 1).ldelim();
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
                        case 1: {
                                message.mutated = $root.lograft.admin.v1.Mutated.decode(reader, reader.uint32(), undefined, long + 1);
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

                return RemoveReply;
            })();

            v1.ListTopicsRequest = (function() {

                function ListTopicsRequest(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                ListTopicsRequest.prototype.page = null;
                ListTopicsRequest.prototype.prefix = "";
                ListTopicsRequest.prototype.includeInternal = false;

                ListTopicsRequest.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.page != null && Object.hasOwnProperty.call(message, "page"))
                        $root.lograft.admin.v1.Page.encode(message.page, writer.uint32(10).fork(), q + 1).ldelim();
                    if (message.prefix != null && Object.hasOwnProperty.call(message, "prefix"))
                        writer.uint32(18).string(message.prefix);
                    if (message.includeInternal != null && Object.hasOwnProperty.call(message, "includeInternal"))
                        writer.uint32(24).bool(message.includeInternal);
                    return writer;
                };

                ListTopicsRequest.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.ListTopicsRequest();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.page = $root.lograft.admin.v1.Page.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 2: {
                                message.prefix = reader.string();
                                break;
                            }
                        case 3: {
                                message.includeInternal = reader.bool();
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

                return ListTopicsRequest;
            })();

            v1.ListTopicsReply = (function() {

                function ListTopicsReply(properties) {
                    this.topics = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                ListTopicsReply.prototype.topics = $util.emptyArray;
                ListTopicsReply.prototype.nextPageToken = "";

                ListTopicsReply.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.topics != null && message.topics.length)
                        for (let i = 0; i < message.topics.length; ++i)
                            $root.lograft.admin.v1.TopicSummary.encode(message.topics[i], writer.uint32(10).fork(), q + 1).ldelim();
                    if (message.nextPageToken != null && Object.hasOwnProperty.call(message, "nextPageToken"))
                        writer.uint32(18).string(message.nextPageToken);
                    return writer;
                };

                ListTopicsReply.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.ListTopicsReply();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                if (!(message.topics && message.topics.length))
                                    message.topics = [];
                                message.topics.push($root.lograft.admin.v1.TopicSummary.decode(reader, reader.uint32(), undefined, long + 1));
                                break;
                            }
                        case 2: {
                                message.nextPageToken = reader.string();
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

                return ListTopicsReply;
            })();

            v1.TopicSummary = (function() {

                function TopicSummary(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                TopicSummary.prototype.name = "";
                TopicSummary.prototype.topicId = "";
                TopicSummary.prototype.partitions = 0;
                TopicSummary.prototype.replicationFactor = 0;
                TopicSummary.prototype.underReplicatedPartitions = 0;
                TopicSummary.prototype.offlinePartitions = 0;
                TopicSummary.prototype.internal = false;

                TopicSummary.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.name != null && Object.hasOwnProperty.call(message, "name"))
                        writer.uint32(10).string(message.name);
                    if (message.topicId != null && Object.hasOwnProperty.call(message, "topicId"))
                        writer.uint32(18).string(message.topicId);
                    if (message.partitions != null && Object.hasOwnProperty.call(message, "partitions"))
                        writer.uint32(24).uint32(message.partitions);
                    if (message.replicationFactor != null && Object.hasOwnProperty.call(message, "replicationFactor"))
                        writer.uint32(32).uint32(message.replicationFactor);
                    if (message.underReplicatedPartitions != null && Object.hasOwnProperty.call(message, "underReplicatedPartitions"))
                        writer.uint32(40).uint32(message.underReplicatedPartitions);
                    if (message.offlinePartitions != null && Object.hasOwnProperty.call(message, "offlinePartitions"))
                        writer.uint32(48).uint32(message.offlinePartitions);
                    if (message.internal != null && Object.hasOwnProperty.call(message, "internal"))
                        writer.uint32(56).bool(message.internal);
                    return writer;
                };

                TopicSummary.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.TopicSummary();
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
                                message.topicId = reader.string();
                                break;
                            }
                        case 3: {
                                message.partitions = reader.uint32();
                                break;
                            }
                        case 4: {
                                message.replicationFactor = reader.uint32();
                                break;
                            }
                        case 5: {
                                message.underReplicatedPartitions = reader.uint32();
                                break;
                            }
                        case 6: {
                                message.offlinePartitions = reader.uint32();
                                break;
                            }
                        case 7: {
                                message.internal = reader.bool();
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

                return TopicSummary;
            })();

            v1.DescribeTopicRequest = (function() {

                function DescribeTopicRequest(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                DescribeTopicRequest.prototype.name = "";
                DescribeTopicRequest.prototype.page = null;

                DescribeTopicRequest.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.name != null && Object.hasOwnProperty.call(message, "name"))
                        writer.uint32(10).string(message.name);
                    if (message.page != null && Object.hasOwnProperty.call(message, "page"))
                        $root.lograft.admin.v1.Page.encode(message.page, writer.uint32(18).fork(), q + 1).ldelim();
                    return writer;
                };

                DescribeTopicRequest.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.DescribeTopicRequest();
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
                                message.page = $root.lograft.admin.v1.Page.decode(reader, reader.uint32(), undefined, long + 1);
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

                return DescribeTopicRequest;
            })();

            v1.TopicDescription = (function() {

                function TopicDescription(properties) {
                    this.partitions = [];
                    this.overrides = {};
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                TopicDescription.prototype.topic = null;
                TopicDescription.prototype.partitions = $util.emptyArray;
                TopicDescription.prototype.overrides = $util.emptyObject;
                TopicDescription.prototype.nextPageToken = "";

                TopicDescription.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.topic != null && Object.hasOwnProperty.call(message, "topic"))
                        $root.lograft.admin.v1.TopicSummary.encode(message.topic, writer.uint32(10).fork(), q + 1).ldelim();
                    if (message.partitions != null && message.partitions.length)
                        for (let i = 0; i < message.partitions.length; ++i)
                            $root.lograft.admin.v1.PartitionDescription.encode(message.partitions[i], writer.uint32(18).fork(), q + 1).ldelim();
                    if (message.overrides != null && Object.hasOwnProperty.call(message, "overrides"))
                        for (let keys = Object.keys(message.overrides), i = 0; i < keys.length; ++i)
                            writer.uint32(26).fork().uint32(10).string(keys[i]).uint32(18).string(message.overrides[keys[i]]).ldelim();
                    if (message.nextPageToken != null && Object.hasOwnProperty.call(message, "nextPageToken"))
                        writer.uint32(34).string(message.nextPageToken);
                    return writer;
                };

                TopicDescription.decode = function decode(reader, length, error, long) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (long === undefined)
                        long = 0;
                    if (long > $Reader.recursionLimit)
                        throw Error("maximum nesting depth exceeded");
                    let end, message, key, value;
                    if (length === undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = new $root.lograft.admin.v1.TopicDescription();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.topic = $root.lograft.admin.v1.TopicSummary.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 2: {
                                if (!(message.partitions && message.partitions.length))
                                    message.partitions = [];
                                message.partitions.push($root.lograft.admin.v1.PartitionDescription.decode(reader, reader.uint32(), undefined, long + 1));
                                break;
                            }
                        case 3: {
                                if (message.overrides === $util.emptyObject)
                                    message.overrides = {};
                                let end2 = reader.uint32() + reader.pos;
                                if (end2 > reader.len)
                                    throw RangeError("index out of range");
                                reader.len = end2;
                                key = "";
                                value = "";
                                while (reader.pos < end2) {
                                    let tag2 = reader.uint32();
                                    switch (tag2 >>> 3) {
                                    case 1:
                                        key = reader.string();
                                        break;
                                    case 2:
                                        value = reader.string();
                                        break;
                                    default:
                                        reader.skipType(tag2 & 7, long);
                                        break;
                                    }
                                }
                                if (reader.pos !== end2)
                                    throw RangeError("index out of range");
                                reader.len = end;
                                if (key === "__proto__")
                                    $util.makeProp(message.overrides, key);
                                message.overrides[key] = value;
                                break;
                            }
                        case 4: {
                                message.nextPageToken = reader.string();
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

                return TopicDescription;
            })();

            v1.PartitionDescription = (function() {

                function PartitionDescription(properties) {
                    this.replicas = [];
                    this.isr = [];
                    this.elr = [];
                    this.adding = [];
                    this.removing = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                PartitionDescription.prototype.topic = "";
                PartitionDescription.prototype.partition = 0;
                PartitionDescription.prototype.leader = null;
                PartitionDescription.prototype.leaderEpoch = 0;
                PartitionDescription.prototype.partitionEpoch = 0;
                PartitionDescription.prototype.replicas = $util.emptyArray;
                PartitionDescription.prototype.isr = $util.emptyArray;
                PartitionDescription.prototype.elr = $util.emptyArray;
                PartitionDescription.prototype.adding = $util.emptyArray;
                PartitionDescription.prototype.removing = $util.emptyArray;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                Object.defineProperty(PartitionDescription.prototype, "_leader", {
                    get: $util.oneOfGetter($oneOfFields = ["leader"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                PartitionDescription.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.topic != null && Object.hasOwnProperty.call(message, "topic"))
                        writer.uint32(10).string(message.topic);
                    if (message.partition != null && Object.hasOwnProperty.call(message, "partition"))
                        writer.uint32(16).uint32(message.partition);
                    if (message.leader != null && Object.hasOwnProperty.call(message, "leader"))
                        writer.uint32(24).uint32(message.leader);
                    if (message.leaderEpoch != null && Object.hasOwnProperty.call(message, "leaderEpoch"))
                        writer.uint32(32).uint32(message.leaderEpoch);
                    if (message.partitionEpoch != null && Object.hasOwnProperty.call(message, "partitionEpoch"))
                        writer.uint32(40).uint32(message.partitionEpoch);
                    if (message.replicas != null && message.replicas.length) {
                        writer.uint32(50).fork();
                        for (let i = 0; i < message.replicas.length; ++i)
                            writer.uint32(message.replicas[i]);
                        writer.ldelim();
                    }
                    if (message.isr != null && message.isr.length) {
                        writer.uint32(58).fork();
                        for (let i = 0; i < message.isr.length; ++i)
                            writer.uint32(message.isr[i]);
                        writer.ldelim();
                    }
                    if (message.elr != null && message.elr.length) {
                        writer.uint32(66).fork();
                        for (let i = 0; i < message.elr.length; ++i)
                            writer.uint32(message.elr[i]);
                        writer.ldelim();
                    }
                    if (message.adding != null && message.adding.length) {
                        writer.uint32(74).fork();
                        for (let i = 0; i < message.adding.length; ++i)
                            writer.uint32(message.adding[i]);
                        writer.ldelim();
                    }
                    if (message.removing != null && message.removing.length) {
                        writer.uint32(82).fork();
                        for (let i = 0; i < message.removing.length; ++i)
                            writer.uint32(message.removing[i]);
                        writer.ldelim();
                    }
                    return writer;
                };

                PartitionDescription.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.PartitionDescription();
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
                                message.partition = reader.uint32();
                                break;
                            }
                        case 3: {
                                message.leader = reader.uint32();
                                break;
                            }
                        case 4: {
                                message.leaderEpoch = reader.uint32();
                                break;
                            }
                        case 5: {
                                message.partitionEpoch = reader.uint32();
                                break;
                            }
                        case 6: {
                                if (!(message.replicas && message.replicas.length))
                                    message.replicas = [];
                                if ((tag & 7) === 2) {
                                    let end2 = reader.uint32() + reader.pos;
                                    if (end2 > reader.len)
                                        throw RangeError("index out of range");
                                    reader.len = end2;
                                    while (reader.pos < end2)
                                        message.replicas.push(reader.uint32());
                                    if (reader.pos !== end2)
                                        throw RangeError("index out of range");
                                    reader.len = end;
                                } else
                                    message.replicas.push(reader.uint32());
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
                                if (!(message.elr && message.elr.length))
                                    message.elr = [];
                                if ((tag & 7) === 2) {
                                    let end2 = reader.uint32() + reader.pos;
                                    if (end2 > reader.len)
                                        throw RangeError("index out of range");
                                    reader.len = end2;
                                    while (reader.pos < end2)
                                        message.elr.push(reader.uint32());
                                    if (reader.pos !== end2)
                                        throw RangeError("index out of range");
                                    reader.len = end;
                                } else
                                    message.elr.push(reader.uint32());
                                break;
                            }
                        case 9: {
                                if (!(message.adding && message.adding.length))
                                    message.adding = [];
                                if ((tag & 7) === 2) {
                                    let end2 = reader.uint32() + reader.pos;
                                    if (end2 > reader.len)
                                        throw RangeError("index out of range");
                                    reader.len = end2;
                                    while (reader.pos < end2)
                                        message.adding.push(reader.uint32());
                                    if (reader.pos !== end2)
                                        throw RangeError("index out of range");
                                    reader.len = end;
                                } else
                                    message.adding.push(reader.uint32());
                                break;
                            }
                        case 10: {
                                if (!(message.removing && message.removing.length))
                                    message.removing = [];
                                if ((tag & 7) === 2) {
                                    let end2 = reader.uint32() + reader.pos;
                                    if (end2 > reader.len)
                                        throw RangeError("index out of range");
                                    reader.len = end2;
                                    while (reader.pos < end2)
                                        message.removing.push(reader.uint32());
                                    if (reader.pos !== end2)
                                        throw RangeError("index out of range");
                                    reader.len = end;
                                } else
                                    message.removing.push(reader.uint32());
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

                return PartitionDescription;
            })();

            v1.CreateTopicsRequest = (function() {

                function CreateTopicsRequest(properties) {
                    this.topics = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                CreateTopicsRequest.prototype.mutation = null;
                CreateTopicsRequest.prototype.topics = $util.emptyArray;

                CreateTopicsRequest.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.mutation != null && Object.hasOwnProperty.call(message, "mutation"))
                        $root.lograft.admin.v1.Mutation.encode(message.mutation, writer.uint32(10).fork(), q + 1).ldelim();
                    if (message.topics != null && message.topics.length)
                        for (let i = 0; i < message.topics.length; ++i)
                            $root.lograft.admin.v1.NewTopic.encode(message.topics[i], writer.uint32(18).fork(), q + 1).ldelim();
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
                    message = new $root.lograft.admin.v1.CreateTopicsRequest();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.mutation = $root.lograft.admin.v1.Mutation.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 2: {
                                if (!(message.topics && message.topics.length))
                                    message.topics = [];
                                message.topics.push($root.lograft.admin.v1.NewTopic.decode(reader, reader.uint32(), undefined, long + 1));
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

            v1.NewTopic = (function() {

                function NewTopic(properties) {
                    this.configs = {};
                    this.assignments = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                NewTopic.prototype.name = "";
                NewTopic.prototype.partitions = 0;
                NewTopic.prototype.replicationFactor = 0;
                NewTopic.prototype.configs = $util.emptyObject;
                NewTopic.prototype.assignments = $util.emptyArray;

                NewTopic.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.name != null && Object.hasOwnProperty.call(message, "name"))
                        writer.uint32(10).string(message.name);
                    if (message.partitions != null && Object.hasOwnProperty.call(message, "partitions"))
                        writer.uint32(16).uint32(message.partitions);
                    if (message.replicationFactor != null && Object.hasOwnProperty.call(message, "replicationFactor"))
                        writer.uint32(24).uint32(message.replicationFactor);
                    if (message.configs != null && Object.hasOwnProperty.call(message, "configs"))
                        for (let keys = Object.keys(message.configs), i = 0; i < keys.length; ++i)
                            writer.uint32(34).fork().uint32(10).string(keys[i]).uint32(18).string(message.configs[keys[i]]).ldelim();
                    if (message.assignments != null && message.assignments.length)
                        for (let i = 0; i < message.assignments.length; ++i)
                            $root.lograft.admin.v1.Replicas.encode(message.assignments[i], writer.uint32(42).fork(), q + 1).ldelim();
                    return writer;
                };

                NewTopic.decode = function decode(reader, length, error, long) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (long === undefined)
                        long = 0;
                    if (long > $Reader.recursionLimit)
                        throw Error("maximum nesting depth exceeded");
                    let end, message, key, value;
                    if (length === undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = new $root.lograft.admin.v1.NewTopic();
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
                                message.partitions = reader.uint32();
                                break;
                            }
                        case 3: {
                                message.replicationFactor = reader.uint32();
                                break;
                            }
                        case 4: {
                                if (message.configs === $util.emptyObject)
                                    message.configs = {};
                                let end2 = reader.uint32() + reader.pos;
                                if (end2 > reader.len)
                                    throw RangeError("index out of range");
                                reader.len = end2;
                                key = "";
                                value = "";
                                while (reader.pos < end2) {
                                    let tag2 = reader.uint32();
                                    switch (tag2 >>> 3) {
                                    case 1:
                                        key = reader.string();
                                        break;
                                    case 2:
                                        value = reader.string();
                                        break;
                                    default:
                                        reader.skipType(tag2 & 7, long);
                                        break;
                                    }
                                }
                                if (reader.pos !== end2)
                                    throw RangeError("index out of range");
                                reader.len = end;
                                if (key === "__proto__")
                                    $util.makeProp(message.configs, key);
                                message.configs[key] = value;
                                break;
                            }
                        case 5: {
                                if (!(message.assignments && message.assignments.length))
                                    message.assignments = [];
                                message.assignments.push($root.lograft.admin.v1.Replicas.decode(reader, reader.uint32(), undefined, long + 1));
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

            v1.CreateTopicsReply = (function() {

                function CreateTopicsReply(properties) {
                    this.topics = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                CreateTopicsReply.prototype.mutated = null;
                CreateTopicsReply.prototype.topics = $util.emptyArray;

                CreateTopicsReply.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.mutated != null && Object.hasOwnProperty.call(message, "mutated"))
                        $root.lograft.admin.v1.Mutated.encode(message.mutated, writer.uint32(10).fork(), q + 1).ldelim();
                    if (message.topics != null && message.topics.length)
                        for (let i = 0; i < message.topics.length; ++i)
                            $root.lograft.admin.v1.TopicSummary.encode(message.topics[i], writer.uint32(18).fork(), q + 1).ldelim();
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
                    message = new $root.lograft.admin.v1.CreateTopicsReply();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.mutated = $root.lograft.admin.v1.Mutated.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 2: {
                                if (!(message.topics && message.topics.length))
                                    message.topics = [];
                                message.topics.push($root.lograft.admin.v1.TopicSummary.decode(reader, reader.uint32(), undefined, long + 1));
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

            v1.DeleteTopicsRequest = (function() {

                function DeleteTopicsRequest(properties) {
                    this.topics = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                DeleteTopicsRequest.prototype.mutation = null;
                DeleteTopicsRequest.prototype.topics = $util.emptyArray;

                DeleteTopicsRequest.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.mutation != null && Object.hasOwnProperty.call(message, "mutation"))
                        $root.lograft.admin.v1.Mutation.encode(message.mutation, writer.uint32(10).fork(), q + 1).ldelim();
                    if (message.topics != null && message.topics.length)
                        for (let i = 0; i < message.topics.length; ++i)
                            $root.lograft.admin.v1.TopicName.encode(message.topics[i], writer.uint32(18).fork(), q + 1).ldelim();
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
                    message = new $root.lograft.admin.v1.DeleteTopicsRequest();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.mutation = $root.lograft.admin.v1.Mutation.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 2: {
                                if (!(message.topics && message.topics.length))
                                    message.topics = [];
                                message.topics.push($root.lograft.admin.v1.TopicName.decode(reader, reader.uint32(), undefined, long + 1));
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

            v1.TopicName = (function() {

                function TopicName(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                TopicName.prototype.name = "";
                TopicName.prototype.topicId = "";

                TopicName.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.name != null && Object.hasOwnProperty.call(message, "name"))
                        writer.uint32(10).string(message.name);
                    if (message.topicId != null && Object.hasOwnProperty.call(message, "topicId"))
                        writer.uint32(18).string(message.topicId);
                    return writer;
                };

                TopicName.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.TopicName();
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
                                message.topicId = reader.string();
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

                return TopicName;
            })();

            v1.AddPartitionsRequest = (function() {

                function AddPartitionsRequest(properties) {
                    this.topics = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                AddPartitionsRequest.prototype.mutation = null;
                AddPartitionsRequest.prototype.topics = $util.emptyArray;

                AddPartitionsRequest.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.mutation != null && Object.hasOwnProperty.call(message, "mutation"))
                        $root.lograft.admin.v1.Mutation.encode(message.mutation, writer.uint32(10).fork(), q + 1).ldelim();
                    if (message.topics != null && message.topics.length)
                        for (let i = 0; i < message.topics.length; ++i)
                            $root.lograft.admin.v1.AddedPartitions.encode(message.topics[i], writer.uint32(18).fork(), q + 1).ldelim();
                    return writer;
                };

                AddPartitionsRequest.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.AddPartitionsRequest();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.mutation = $root.lograft.admin.v1.Mutation.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 2: {
                                if (!(message.topics && message.topics.length))
                                    message.topics = [];
                                message.topics.push($root.lograft.admin.v1.AddedPartitions.decode(reader, reader.uint32(), undefined, long + 1));
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

                return AddPartitionsRequest;
            })();

            v1.AddedPartitions = (function() {

                function AddedPartitions(properties) {
                    this.assignments = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                AddedPartitions.prototype.topic = "";
                AddedPartitions.prototype.count = 0;
                AddedPartitions.prototype.assignments = $util.emptyArray;

                AddedPartitions.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.topic != null && Object.hasOwnProperty.call(message, "topic"))
                        writer.uint32(10).string(message.topic);
                    if (message.count != null && Object.hasOwnProperty.call(message, "count"))
                        writer.uint32(16).uint32(message.count);
                    if (message.assignments != null && message.assignments.length)
                        for (let i = 0; i < message.assignments.length; ++i)
                            $root.lograft.admin.v1.Replicas.encode(message.assignments[i], writer.uint32(26).fork(), q + 1).ldelim();
                    return writer;
                };

                AddedPartitions.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.AddedPartitions();
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
                                message.count = reader.uint32();
                                break;
                            }
                        case 3: {
                                if (!(message.assignments && message.assignments.length))
                                    message.assignments = [];
                                message.assignments.push($root.lograft.admin.v1.Replicas.decode(reader, reader.uint32(), undefined, long + 1));
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

                return AddedPartitions;
            })();

            v1.DeleteRecordsRequest = (function() {

                function DeleteRecordsRequest(properties) {
                    this.partitions = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                DeleteRecordsRequest.prototype.mutation = null;
                DeleteRecordsRequest.prototype.partitions = $util.emptyArray;

                DeleteRecordsRequest.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.mutation != null && Object.hasOwnProperty.call(message, "mutation"))
                        $root.lograft.admin.v1.Mutation.encode(message.mutation, writer.uint32(10).fork(), q + 1).ldelim();
                    if (message.partitions != null && message.partitions.length)
                        for (let i = 0; i < message.partitions.length; ++i)
                            $root.lograft.admin.v1.DeletedRecords.encode(message.partitions[i], writer.uint32(18).fork(), q + 1).ldelim();
                    return writer;
                };

                DeleteRecordsRequest.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.DeleteRecordsRequest();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.mutation = $root.lograft.admin.v1.Mutation.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 2: {
                                if (!(message.partitions && message.partitions.length))
                                    message.partitions = [];
                                message.partitions.push($root.lograft.admin.v1.DeletedRecords.decode(reader, reader.uint32(), undefined, long + 1));
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

                return DeleteRecordsRequest;
            })();

            v1.DeletedRecords = (function() {

                function DeletedRecords(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                DeletedRecords.prototype.topic = "";
                DeletedRecords.prototype.partition = 0;
                DeletedRecords.prototype.beforeOffset = null;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                Object.defineProperty(DeletedRecords.prototype, "_beforeOffset", {
                    get: $util.oneOfGetter($oneOfFields = ["beforeOffset"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                DeletedRecords.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.topic != null && Object.hasOwnProperty.call(message, "topic"))
                        writer.uint32(10).string(message.topic);
                    if (message.partition != null && Object.hasOwnProperty.call(message, "partition"))
                        writer.uint32(16).uint32(message.partition);
                    if (message.beforeOffset != null && Object.hasOwnProperty.call(message, "beforeOffset"))
                        writer.uint32(24).uint64(message.beforeOffset);
                    return writer;
                };

                DeletedRecords.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.DeletedRecords();
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
                                message.partition = reader.uint32();
                                break;
                            }
                        case 3: {
                                message.beforeOffset = reader.uint64();
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

                return DeletedRecords;
            })();

            v1.DeleteRecordsReply = (function() {

                function DeleteRecordsReply(properties) {
                    this.partitions = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                DeleteRecordsReply.prototype.mutated = null;
                DeleteRecordsReply.prototype.partitions = $util.emptyArray;

                DeleteRecordsReply.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.mutated != null && Object.hasOwnProperty.call(message, "mutated"))
                        $root.lograft.admin.v1.Mutated.encode(message.mutated, writer.uint32(10).fork(), q + 1).ldelim();
                    if (message.partitions != null && message.partitions.length)
                        for (let i = 0; i < message.partitions.length; ++i)
                            $root.lograft.admin.v1.DeletedRecordsResult.encode(message.partitions[i], writer.uint32(18).fork(), q + 1).ldelim();
                    return writer;
                };

                DeleteRecordsReply.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.DeleteRecordsReply();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.mutated = $root.lograft.admin.v1.Mutated.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 2: {
                                if (!(message.partitions && message.partitions.length))
                                    message.partitions = [];
                                message.partitions.push($root.lograft.admin.v1.DeletedRecordsResult.decode(reader, reader.uint32(), undefined, long + 1));
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

                return DeleteRecordsReply;
            })();

            v1.DeletedRecordsResult = (function() {

                function DeletedRecordsResult(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                DeletedRecordsResult.prototype.topic = "";
                DeletedRecordsResult.prototype.partition = 0;
                DeletedRecordsResult.prototype.error = "";
                DeletedRecordsResult.prototype.errorMessage = "";
                DeletedRecordsResult.prototype.logStartOffset = 0;

                DeletedRecordsResult.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.topic != null && Object.hasOwnProperty.call(message, "topic"))
                        writer.uint32(10).string(message.topic);
                    if (message.partition != null && Object.hasOwnProperty.call(message, "partition"))
                        writer.uint32(16).uint32(message.partition);
                    if (message.error != null && Object.hasOwnProperty.call(message, "error"))
                        writer.uint32(26).string(message.error);
                    if (message.errorMessage != null && Object.hasOwnProperty.call(message, "errorMessage"))
                        writer.uint32(34).string(message.errorMessage);
                    if (message.logStartOffset != null && Object.hasOwnProperty.call(message, "logStartOffset"))
                        writer.uint32(40).uint64(message.logStartOffset);
                    return writer;
                };

                DeletedRecordsResult.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.DeletedRecordsResult();
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
                                message.partition = reader.uint32();
                                break;
                            }
                        case 3: {
                                message.error = reader.string();
                                break;
                            }
                        case 4: {
                                message.errorMessage = reader.string();
                                break;
                            }
                        case 5: {
                                message.logStartOffset = reader.uint64();
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

                return DeletedRecordsResult;
            })();

            v1.ListOffsetsRequest = (function() {

                function ListOffsetsRequest(properties) {
                    this.partitions = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                ListOffsetsRequest.prototype.partitions = $util.emptyArray;
                ListOffsetsRequest.prototype.earliest = null;
                ListOffsetsRequest.prototype.latest = null;
                ListOffsetsRequest.prototype.atTimestampMs = null;
                ListOffsetsRequest.prototype.maxTimestamp = null;

                let $oneOfFields;

                Object.defineProperty(ListOffsetsRequest.prototype, "position", {
                    get: $util.oneOfGetter($oneOfFields = ["earliest", "latest", "atTimestampMs", "maxTimestamp"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                ListOffsetsRequest.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.partitions != null && message.partitions.length)
                        for (let i = 0; i < message.partitions.length; ++i)
                            $root.lograft.admin.v1.PartitionName.encode(message.partitions[i], writer.uint32(10).fork(), q + 1).ldelim();
                    if (message.earliest != null && Object.hasOwnProperty.call(message, "earliest"))
                        writer.uint32(16).bool(message.earliest);
                    if (message.latest != null && Object.hasOwnProperty.call(message, "latest"))
                        writer.uint32(24).bool(message.latest);
                    if (message.atTimestampMs != null && Object.hasOwnProperty.call(message, "atTimestampMs"))
                        writer.uint32(32).uint64(message.atTimestampMs);
                    if (message.maxTimestamp != null && Object.hasOwnProperty.call(message, "maxTimestamp"))
                        writer.uint32(40).bool(message.maxTimestamp);
                    return writer;
                };

                ListOffsetsRequest.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.ListOffsetsRequest();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                if (!(message.partitions && message.partitions.length))
                                    message.partitions = [];
                                message.partitions.push($root.lograft.admin.v1.PartitionName.decode(reader, reader.uint32(), undefined, long + 1));
                                break;
                            }
                        case 2: {
                                message.earliest = reader.bool();
                                break;
                            }
                        case 3: {
                                message.latest = reader.bool();
                                break;
                            }
                        case 4: {
                                message.atTimestampMs = reader.uint64();
                                break;
                            }
                        case 5: {
                                message.maxTimestamp = reader.bool();
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

                return ListOffsetsRequest;
            })();

            v1.ListOffsetsReply = (function() {

                function ListOffsetsReply(properties) {
                    this.partitions = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                ListOffsetsReply.prototype.partitions = $util.emptyArray;

                ListOffsetsReply.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.partitions != null && message.partitions.length)
                        for (let i = 0; i < message.partitions.length; ++i)
                            $root.lograft.admin.v1.PartitionOffset.encode(message.partitions[i], writer.uint32(10).fork(), q + 1).ldelim();
                    return writer;
                };

                ListOffsetsReply.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.ListOffsetsReply();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                if (!(message.partitions && message.partitions.length))
                                    message.partitions = [];
                                message.partitions.push($root.lograft.admin.v1.PartitionOffset.decode(reader, reader.uint32(), undefined, long + 1));
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

                return ListOffsetsReply;
            })();

            v1.PartitionOffset = (function() {

                function PartitionOffset(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                PartitionOffset.prototype.topic = "";
                PartitionOffset.prototype.partition = 0;
                PartitionOffset.prototype.error = "";
                PartitionOffset.prototype.errorMessage = "";
                PartitionOffset.prototype.offset = null;
                PartitionOffset.prototype.timestampMs = null;
                PartitionOffset.prototype.leaderEpoch = null;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                Object.defineProperty(PartitionOffset.prototype, "_offset", {
                    get: $util.oneOfGetter($oneOfFields = ["offset"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                Object.defineProperty(PartitionOffset.prototype, "_timestampMs", {
                    get: $util.oneOfGetter($oneOfFields = ["timestampMs"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                Object.defineProperty(PartitionOffset.prototype, "_leaderEpoch", {
                    get: $util.oneOfGetter($oneOfFields = ["leaderEpoch"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                PartitionOffset.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.topic != null && Object.hasOwnProperty.call(message, "topic"))
                        writer.uint32(10).string(message.topic);
                    if (message.partition != null && Object.hasOwnProperty.call(message, "partition"))
                        writer.uint32(16).uint32(message.partition);
                    if (message.error != null && Object.hasOwnProperty.call(message, "error"))
                        writer.uint32(26).string(message.error);
                    if (message.errorMessage != null && Object.hasOwnProperty.call(message, "errorMessage"))
                        writer.uint32(34).string(message.errorMessage);
                    if (message.offset != null && Object.hasOwnProperty.call(message, "offset"))
                        writer.uint32(40).uint64(message.offset);
                    if (message.timestampMs != null && Object.hasOwnProperty.call(message, "timestampMs"))
                        writer.uint32(48).uint64(message.timestampMs);
                    if (message.leaderEpoch != null && Object.hasOwnProperty.call(message, "leaderEpoch"))
                        writer.uint32(56).uint32(message.leaderEpoch);
                    return writer;
                };

                PartitionOffset.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.PartitionOffset();
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
                                message.partition = reader.uint32();
                                break;
                            }
                        case 3: {
                                message.error = reader.string();
                                break;
                            }
                        case 4: {
                                message.errorMessage = reader.string();
                                break;
                            }
                        case 5: {
                                message.offset = reader.uint64();
                                break;
                            }
                        case 6: {
                                message.timestampMs = reader.uint64();
                                break;
                            }
                        case 7: {
                                message.leaderEpoch = reader.uint32();
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

                return PartitionOffset;
            })();

            v1.ResourceType = (function() {
                const valuesById = {}, values = Object.create(valuesById);
                values[valuesById[0] = "RESOURCE_TYPE_UNSPECIFIED"] = 0;
                values[valuesById[1] = "RESOURCE_TYPE_TOPIC"] = 1;
                values[valuesById[2] = "RESOURCE_TYPE_BROKER"] = 2;
                values[valuesById[3] = "RESOURCE_TYPE_CLUSTER"] = 3;
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
                    message = new $root.lograft.admin.v1.Resource();
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

            v1.DescribeConfigsRequest = (function() {

                function DescribeConfigsRequest(properties) {
                    this.names = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                DescribeConfigsRequest.prototype.resource = null;
                DescribeConfigsRequest.prototype.names = $util.emptyArray;
                DescribeConfigsRequest.prototype.page = null;

                DescribeConfigsRequest.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.resource != null && Object.hasOwnProperty.call(message, "resource"))
                        $root.lograft.admin.v1.Resource.encode(message.resource, writer.uint32(10).fork(), q + 1).ldelim();
                    if (message.names != null && message.names.length)
                        for (let i = 0; i < message.names.length; ++i)
                            writer.uint32(18).string(message.names[i]);
                    if (message.page != null && Object.hasOwnProperty.call(message, "page"))
                        $root.lograft.admin.v1.Page.encode(message.page, writer.uint32(26).fork(), q + 1).ldelim();
                    return writer;
                };

                DescribeConfigsRequest.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.DescribeConfigsRequest();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.resource = $root.lograft.admin.v1.Resource.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 2: {
                                if (!(message.names && message.names.length))
                                    message.names = [];
                                message.names.push(reader.string());
                                break;
                            }
                        case 3: {
                                message.page = $root.lograft.admin.v1.Page.decode(reader, reader.uint32(), undefined, long + 1);
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

                return DescribeConfigsRequest;
            })();

            v1.DescribeConfigsReply = (function() {

                function DescribeConfigsReply(properties) {
                    this.configs = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                DescribeConfigsReply.prototype.configs = $util.emptyArray;
                DescribeConfigsReply.prototype.nextPageToken = "";

                DescribeConfigsReply.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.configs != null && message.configs.length)
                        for (let i = 0; i < message.configs.length; ++i)
                            $root.lograft.admin.v1.Config.encode(message.configs[i], writer.uint32(10).fork(), q + 1).ldelim();
                    if (message.nextPageToken != null && Object.hasOwnProperty.call(message, "nextPageToken"))
                        writer.uint32(18).string(message.nextPageToken);
                    return writer;
                };

                DescribeConfigsReply.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.DescribeConfigsReply();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                if (!(message.configs && message.configs.length))
                                    message.configs = [];
                                message.configs.push($root.lograft.admin.v1.Config.decode(reader, reader.uint32(), undefined, long + 1));
                                break;
                            }
                        case 2: {
                                message.nextPageToken = reader.string();
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

                return DescribeConfigsReply;
            })();

            v1.ConfigSource = (function() {
                const valuesById = {}, values = Object.create(valuesById);
                values[valuesById[0] = "CONFIG_SOURCE_UNSPECIFIED"] = 0;
                values[valuesById[1] = "CONFIG_SOURCE_TOPIC"] = 1;
                values[valuesById[2] = "CONFIG_SOURCE_DYNAMIC_BROKER"] = 2;
                values[valuesById[3] = "CONFIG_SOURCE_DYNAMIC_CLUSTER"] = 3;
                values[valuesById[4] = "CONFIG_SOURCE_STATIC_BROKER"] = 4;
                values[valuesById[5] = "CONFIG_SOURCE_DEFAULT"] = 5;
                return values;
            })();

            v1.Config = (function() {

                function Config(properties) {
                    this.synonyms = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                Config.prototype.name = "";
                Config.prototype.value = null;
                Config.prototype.source = 0;
                Config.prototype.readOnly = false;
                Config.prototype.sensitive = false;
                Config.prototype.documentation = "";
                Config.prototype.synonyms = $util.emptyArray;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                Object.defineProperty(Config.prototype, "_value", {
                    get: $util.oneOfGetter($oneOfFields = ["value"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                Config.encode = function encode(message, writer, q) {
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
                    if (message.source != null && Object.hasOwnProperty.call(message, "source"))
                        writer.uint32(24).int32(message.source);
                    if (message.readOnly != null && Object.hasOwnProperty.call(message, "readOnly"))
                        writer.uint32(32).bool(message.readOnly);
                    if (message.sensitive != null && Object.hasOwnProperty.call(message, "sensitive"))
                        writer.uint32(40).bool(message.sensitive);
                    if (message.documentation != null && Object.hasOwnProperty.call(message, "documentation"))
                        writer.uint32(50).string(message.documentation);
                    if (message.synonyms != null && message.synonyms.length)
                        for (let i = 0; i < message.synonyms.length; ++i)
                            $root.lograft.admin.v1.ConfigSynonym.encode(message.synonyms[i], writer.uint32(58).fork(), q + 1).ldelim();
                    return writer;
                };

                Config.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.Config();
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
                                message.source = reader.int32();
                                break;
                            }
                        case 4: {
                                message.readOnly = reader.bool();
                                break;
                            }
                        case 5: {
                                message.sensitive = reader.bool();
                                break;
                            }
                        case 6: {
                                message.documentation = reader.string();
                                break;
                            }
                        case 7: {
                                if (!(message.synonyms && message.synonyms.length))
                                    message.synonyms = [];
                                message.synonyms.push($root.lograft.admin.v1.ConfigSynonym.decode(reader, reader.uint32(), undefined, long + 1));
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

                return Config;
            })();

            v1.ConfigSynonym = (function() {

                function ConfigSynonym(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                ConfigSynonym.prototype.name = "";
                ConfigSynonym.prototype.value = null;
                ConfigSynonym.prototype.source = 0;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                Object.defineProperty(ConfigSynonym.prototype, "_value", {
                    get: $util.oneOfGetter($oneOfFields = ["value"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                ConfigSynonym.encode = function encode(message, writer, q) {
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
                    if (message.source != null && Object.hasOwnProperty.call(message, "source"))
                        writer.uint32(24).int32(message.source);
                    return writer;
                };

                ConfigSynonym.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.ConfigSynonym();
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
                                message.source = reader.int32();
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

                return ConfigSynonym;
            })();

            v1.AlterConfigsRequest = (function() {

                function AlterConfigsRequest(properties) {
                    this.changes = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                AlterConfigsRequest.prototype.mutation = null;
                AlterConfigsRequest.prototype.changes = $util.emptyArray;

                AlterConfigsRequest.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.mutation != null && Object.hasOwnProperty.call(message, "mutation"))
                        $root.lograft.admin.v1.Mutation.encode(message.mutation, writer.uint32(10).fork(), q + 1).ldelim();
                    if (message.changes != null && message.changes.length)
                        for (let i = 0; i < message.changes.length; ++i)
                            $root.lograft.admin.v1.ConfigChange.encode(message.changes[i], writer.uint32(18).fork(), q + 1).ldelim();
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
                    message = new $root.lograft.admin.v1.AlterConfigsRequest();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.mutation = $root.lograft.admin.v1.Mutation.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 2: {
                                if (!(message.changes && message.changes.length))
                                    message.changes = [];
                                message.changes.push($root.lograft.admin.v1.ConfigChange.decode(reader, reader.uint32(), undefined, long + 1));
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
                    this.set = {};
                    this.unset = [];
                    this.append = {};
                    this.subtract = {};
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                ConfigChange.prototype.resource = null;
                ConfigChange.prototype.set = $util.emptyObject;
                ConfigChange.prototype.unset = $util.emptyArray;
                ConfigChange.prototype.append = $util.emptyObject;
                ConfigChange.prototype.subtract = $util.emptyObject;

                ConfigChange.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.resource != null && Object.hasOwnProperty.call(message, "resource"))
                        $root.lograft.admin.v1.Resource.encode(message.resource, writer.uint32(10).fork(), q + 1).ldelim();
                    if (message.set != null && Object.hasOwnProperty.call(message, "set"))
                        for (let keys = Object.keys(message.set), i = 0; i < keys.length; ++i)
                            writer.uint32(18).fork().uint32(10).string(keys[i]).uint32(18).string(message.set[keys[i]]).ldelim();
                    if (message.unset != null && message.unset.length)
                        for (let i = 0; i < message.unset.length; ++i)
                            writer.uint32(26).string(message.unset[i]);
                    if (message.append != null && Object.hasOwnProperty.call(message, "append"))
                        for (let keys = Object.keys(message.append), i = 0; i < keys.length; ++i)
                            writer.uint32(34).fork().uint32(10).string(keys[i]).uint32(18).string(message.append[keys[i]]).ldelim();
                    if (message.subtract != null && Object.hasOwnProperty.call(message, "subtract"))
                        for (let keys = Object.keys(message.subtract), i = 0; i < keys.length; ++i)
                            writer.uint32(42).fork().uint32(10).string(keys[i]).uint32(18).string(message.subtract[keys[i]]).ldelim();
                    return writer;
                };

                ConfigChange.decode = function decode(reader, length, error, long) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (long === undefined)
                        long = 0;
                    if (long > $Reader.recursionLimit)
                        throw Error("maximum nesting depth exceeded");
                    let end, message, key, value;
                    if (length === undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = new $root.lograft.admin.v1.ConfigChange();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.resource = $root.lograft.admin.v1.Resource.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 2: {
                                if (message.set === $util.emptyObject)
                                    message.set = {};
                                let end2 = reader.uint32() + reader.pos;
                                if (end2 > reader.len)
                                    throw RangeError("index out of range");
                                reader.len = end2;
                                key = "";
                                value = "";
                                while (reader.pos < end2) {
                                    let tag2 = reader.uint32();
                                    switch (tag2 >>> 3) {
                                    case 1:
                                        key = reader.string();
                                        break;
                                    case 2:
                                        value = reader.string();
                                        break;
                                    default:
                                        reader.skipType(tag2 & 7, long);
                                        break;
                                    }
                                }
                                if (reader.pos !== end2)
                                    throw RangeError("index out of range");
                                reader.len = end;
                                if (key === "__proto__")
                                    $util.makeProp(message.set, key);
                                message.set[key] = value;
                                break;
                            }
                        case 3: {
                                if (!(message.unset && message.unset.length))
                                    message.unset = [];
                                message.unset.push(reader.string());
                                break;
                            }
                        case 4: {
                                if (message.append === $util.emptyObject)
                                    message.append = {};
                                let end2 = reader.uint32() + reader.pos;
                                if (end2 > reader.len)
                                    throw RangeError("index out of range");
                                reader.len = end2;
                                key = "";
                                value = "";
                                while (reader.pos < end2) {
                                    let tag2 = reader.uint32();
                                    switch (tag2 >>> 3) {
                                    case 1:
                                        key = reader.string();
                                        break;
                                    case 2:
                                        value = reader.string();
                                        break;
                                    default:
                                        reader.skipType(tag2 & 7, long);
                                        break;
                                    }
                                }
                                if (reader.pos !== end2)
                                    throw RangeError("index out of range");
                                reader.len = end;
                                if (key === "__proto__")
                                    $util.makeProp(message.append, key);
                                message.append[key] = value;
                                break;
                            }
                        case 5: {
                                if (message.subtract === $util.emptyObject)
                                    message.subtract = {};
                                let end2 = reader.uint32() + reader.pos;
                                if (end2 > reader.len)
                                    throw RangeError("index out of range");
                                reader.len = end2;
                                key = "";
                                value = "";
                                while (reader.pos < end2) {
                                    let tag2 = reader.uint32();
                                    switch (tag2 >>> 3) {
                                    case 1:
                                        key = reader.string();
                                        break;
                                    case 2:
                                        value = reader.string();
                                        break;
                                    default:
                                        reader.skipType(tag2 & 7, long);
                                        break;
                                    }
                                }
                                if (reader.pos !== end2)
                                    throw RangeError("index out of range");
                                reader.len = end;
                                if (key === "__proto__")
                                    $util.makeProp(message.subtract, key);
                                message.subtract[key] = value;
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

            v1.PartitionHealth = (function() {
                const valuesById = {}, values = Object.create(valuesById);
                values[valuesById[0] = "PARTITION_HEALTH_UNSPECIFIED"] = 0;
                values[valuesById[1] = "PARTITION_HEALTH_UNDER_REPLICATED"] = 1;
                values[valuesById[2] = "PARTITION_HEALTH_UNDER_MIN_ISR"] = 2;
                values[valuesById[3] = "PARTITION_HEALTH_OFFLINE"] = 3;
                values[valuesById[4] = "PARTITION_HEALTH_REASSIGNING"] = 4;
                values[valuesById[5] = "PARTITION_HEALTH_NOT_PREFERRED"] = 5;
                return values;
            })();

            v1.ListPartitionsRequest = (function() {

                function ListPartitionsRequest(properties) {
                    this.topics = [];
                    this.health = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                ListPartitionsRequest.prototype.page = null;
                ListPartitionsRequest.prototype.topics = $util.emptyArray;
                ListPartitionsRequest.prototype.health = $util.emptyArray;
                ListPartitionsRequest.prototype.brokerId = null;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                Object.defineProperty(ListPartitionsRequest.prototype, "_brokerId", {
                    get: $util.oneOfGetter($oneOfFields = ["brokerId"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                ListPartitionsRequest.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.page != null && Object.hasOwnProperty.call(message, "page"))
                        $root.lograft.admin.v1.Page.encode(message.page, writer.uint32(10).fork(), q + 1).ldelim();
                    if (message.topics != null && message.topics.length)
                        for (let i = 0; i < message.topics.length; ++i)
                            writer.uint32(18).string(message.topics[i]);
                    if (message.health != null && message.health.length) {
                        writer.uint32(26).fork();
                        for (let i = 0; i < message.health.length; ++i)
                            writer.int32(message.health[i]);
                        writer.ldelim();
                    }
                    if (message.brokerId != null && Object.hasOwnProperty.call(message, "brokerId"))
                        writer.uint32(32).uint32(message.brokerId);
                    return writer;
                };

                ListPartitionsRequest.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.ListPartitionsRequest();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.page = $root.lograft.admin.v1.Page.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 2: {
                                if (!(message.topics && message.topics.length))
                                    message.topics = [];
                                message.topics.push(reader.string());
                                break;
                            }
                        case 3: {
                                if (!(message.health && message.health.length))
                                    message.health = [];
                                if ((tag & 7) === 2) {
                                    let end2 = reader.uint32() + reader.pos;
                                    if (end2 > reader.len)
                                        throw RangeError("index out of range");
                                    reader.len = end2;
                                    while (reader.pos < end2)
                                        message.health.push(reader.int32());
                                    if (reader.pos !== end2)
                                        throw RangeError("index out of range");
                                    reader.len = end;
                                } else
                                    message.health.push(reader.int32());
                                break;
                            }
                        case 4: {
                                message.brokerId = reader.uint32();
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

                return ListPartitionsRequest;
            })();

            v1.ListPartitionsReply = (function() {

                function ListPartitionsReply(properties) {
                    this.partitions = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                ListPartitionsReply.prototype.partitions = $util.emptyArray;
                ListPartitionsReply.prototype.nextPageToken = "";

                ListPartitionsReply.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.partitions != null && message.partitions.length)
                        for (let i = 0; i < message.partitions.length; ++i)
                            $root.lograft.admin.v1.PartitionDescription.encode(message.partitions[i], writer.uint32(10).fork(), q + 1).ldelim();
                    if (message.nextPageToken != null && Object.hasOwnProperty.call(message, "nextPageToken"))
                        writer.uint32(18).string(message.nextPageToken);
                    return writer;
                };

                ListPartitionsReply.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.ListPartitionsReply();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                if (!(message.partitions && message.partitions.length))
                                    message.partitions = [];
                                message.partitions.push($root.lograft.admin.v1.PartitionDescription.decode(reader, reader.uint32(), undefined, long + 1));
                                break;
                            }
                        case 2: {
                                message.nextPageToken = reader.string();
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

                return ListPartitionsReply;
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
                    this.partitions = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                ElectLeadersRequest.prototype.mutation = null;
                ElectLeadersRequest.prototype.type = 0;
                ElectLeadersRequest.prototype.partitions = $util.emptyArray;
                ElectLeadersRequest.prototype.allPartitions = false;

                ElectLeadersRequest.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.mutation != null && Object.hasOwnProperty.call(message, "mutation"))
                        $root.lograft.admin.v1.Mutation.encode(message.mutation, writer.uint32(10).fork(), q + 1).ldelim();
                    if (message.type != null && Object.hasOwnProperty.call(message, "type"))
                        writer.uint32(16).int32(message.type);
                    if (message.partitions != null && message.partitions.length)
                        for (let i = 0; i < message.partitions.length; ++i)
                            $root.lograft.admin.v1.PartitionName.encode(message.partitions[i], writer.uint32(26).fork(), q + 1).ldelim();
                    if (message.allPartitions != null && Object.hasOwnProperty.call(message, "allPartitions"))
                        writer.uint32(32).bool(message.allPartitions);
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
                    message = new $root.lograft.admin.v1.ElectLeadersRequest();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.mutation = $root.lograft.admin.v1.Mutation.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 2: {
                                message.type = reader.int32();
                                break;
                            }
                        case 3: {
                                if (!(message.partitions && message.partitions.length))
                                    message.partitions = [];
                                message.partitions.push($root.lograft.admin.v1.PartitionName.decode(reader, reader.uint32(), undefined, long + 1));
                                break;
                            }
                        case 4: {
                                message.allPartitions = reader.bool();
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

            v1.ElectLeadersReply = (function() {

                function ElectLeadersReply(properties) {
                    this.elected = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                ElectLeadersReply.prototype.mutated = null;
                ElectLeadersReply.prototype.elected = $util.emptyArray;

                ElectLeadersReply.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.mutated != null && Object.hasOwnProperty.call(message, "mutated"))
                        $root.lograft.admin.v1.Mutated.encode(message.mutated, writer.uint32(10).fork(), q + 1).ldelim();
                    if (message.elected != null && message.elected.length)
                        for (let i = 0; i < message.elected.length; ++i)
                            $root.lograft.admin.v1.PartitionName.encode(message.elected[i], writer.uint32(18).fork(), q + 1).ldelim();
                    return writer;
                };

                ElectLeadersReply.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.ElectLeadersReply();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.mutated = $root.lograft.admin.v1.Mutated.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 2: {
                                if (!(message.elected && message.elected.length))
                                    message.elected = [];
                                message.elected.push($root.lograft.admin.v1.PartitionName.decode(reader, reader.uint32(), undefined, long + 1));
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

                return ElectLeadersReply;
            })();

            v1.ReassignRequest = (function() {

                function ReassignRequest(properties) {
                    this.partitions = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                ReassignRequest.prototype.mutation = null;
                ReassignRequest.prototype.partitions = $util.emptyArray;

                ReassignRequest.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.mutation != null && Object.hasOwnProperty.call(message, "mutation"))
                        $root.lograft.admin.v1.Mutation.encode(message.mutation, writer.uint32(10).fork(), q + 1).ldelim();
                    if (message.partitions != null && message.partitions.length)
                        for (let i = 0; i < message.partitions.length; ++i)
                            $root.lograft.admin.v1.ReassignedPartition.encode(message.partitions[i], writer.uint32(18).fork(), q + 1).ldelim();
                    return writer;
                };

                ReassignRequest.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.ReassignRequest();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.mutation = $root.lograft.admin.v1.Mutation.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 2: {
                                if (!(message.partitions && message.partitions.length))
                                    message.partitions = [];
                                message.partitions.push($root.lograft.admin.v1.ReassignedPartition.decode(reader, reader.uint32(), undefined, long + 1));
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

                return ReassignRequest;
            })();

            v1.ReassignedPartition = (function() {

                function ReassignedPartition(properties) {
                    this.replicas = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                ReassignedPartition.prototype.topic = "";
                ReassignedPartition.prototype.partition = 0;
                ReassignedPartition.prototype.replicas = $util.emptyArray;

                ReassignedPartition.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.topic != null && Object.hasOwnProperty.call(message, "topic"))
                        writer.uint32(10).string(message.topic);
                    if (message.partition != null && Object.hasOwnProperty.call(message, "partition"))
                        writer.uint32(16).uint32(message.partition);
                    if (message.replicas != null && message.replicas.length) {
                        writer.uint32(26).fork();
                        for (let i = 0; i < message.replicas.length; ++i)
                            writer.uint32(message.replicas[i]);
                        writer.ldelim();
                    }
                    return writer;
                };

                ReassignedPartition.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.ReassignedPartition();
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
                                message.partition = reader.uint32();
                                break;
                            }
                        case 3: {
                                if (!(message.replicas && message.replicas.length))
                                    message.replicas = [];
                                if ((tag & 7) === 2) {
                                    let end2 = reader.uint32() + reader.pos;
                                    if (end2 > reader.len)
                                        throw RangeError("index out of range");
                                    reader.len = end2;
                                    while (reader.pos < end2)
                                        message.replicas.push(reader.uint32());
                                    if (reader.pos !== end2)
                                        throw RangeError("index out of range");
                                    reader.len = end;
                                } else
                                    message.replicas.push(reader.uint32());
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

                return ReassignedPartition;
            })();

            v1.CancelReassignmentsRequest = (function() {

                function CancelReassignmentsRequest(properties) {
                    this.partitions = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                CancelReassignmentsRequest.prototype.mutation = null;
                CancelReassignmentsRequest.prototype.partitions = $util.emptyArray;
                CancelReassignmentsRequest.prototype.allPartitions = false;

                CancelReassignmentsRequest.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.mutation != null && Object.hasOwnProperty.call(message, "mutation"))
                        $root.lograft.admin.v1.Mutation.encode(message.mutation, writer.uint32(10).fork(), q + 1).ldelim();
                    if (message.partitions != null && message.partitions.length)
                        for (let i = 0; i < message.partitions.length; ++i)
                            $root.lograft.admin.v1.PartitionName.encode(message.partitions[i], writer.uint32(18).fork(), q + 1).ldelim();
                    if (message.allPartitions != null && Object.hasOwnProperty.call(message, "allPartitions"))
                        writer.uint32(24).bool(message.allPartitions);
                    return writer;
                };

                CancelReassignmentsRequest.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.CancelReassignmentsRequest();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.mutation = $root.lograft.admin.v1.Mutation.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 2: {
                                if (!(message.partitions && message.partitions.length))
                                    message.partitions = [];
                                message.partitions.push($root.lograft.admin.v1.PartitionName.decode(reader, reader.uint32(), undefined, long + 1));
                                break;
                            }
                        case 3: {
                                message.allPartitions = reader.bool();
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

                return CancelReassignmentsRequest;
            })();

            v1.ListReassignmentsRequest = (function() {

                function ListReassignmentsRequest(properties) {
                    this.partitions = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                ListReassignmentsRequest.prototype.page = null;
                ListReassignmentsRequest.prototype.partitions = $util.emptyArray;

                ListReassignmentsRequest.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.page != null && Object.hasOwnProperty.call(message, "page"))
                        $root.lograft.admin.v1.Page.encode(message.page, writer.uint32(10).fork(), q + 1).ldelim();
                    if (message.partitions != null && message.partitions.length)
                        for (let i = 0; i < message.partitions.length; ++i)
                            $root.lograft.admin.v1.PartitionName.encode(message.partitions[i], writer.uint32(18).fork(), q + 1).ldelim();
                    return writer;
                };

                ListReassignmentsRequest.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.ListReassignmentsRequest();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.page = $root.lograft.admin.v1.Page.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 2: {
                                if (!(message.partitions && message.partitions.length))
                                    message.partitions = [];
                                message.partitions.push($root.lograft.admin.v1.PartitionName.decode(reader, reader.uint32(), undefined, long + 1));
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

                return ListReassignmentsRequest;
            })();

            v1.ListReassignmentsReply = (function() {

                function ListReassignmentsReply(properties) {
                    this.reassignments = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                ListReassignmentsReply.prototype.reassignments = $util.emptyArray;
                ListReassignmentsReply.prototype.nextPageToken = "";

                ListReassignmentsReply.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.reassignments != null && message.reassignments.length)
                        for (let i = 0; i < message.reassignments.length; ++i)
                            $root.lograft.admin.v1.OngoingReassignment.encode(message.reassignments[i], writer.uint32(10).fork(), q + 1).ldelim();
                    if (message.nextPageToken != null && Object.hasOwnProperty.call(message, "nextPageToken"))
                        writer.uint32(18).string(message.nextPageToken);
                    return writer;
                };

                ListReassignmentsReply.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.ListReassignmentsReply();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                if (!(message.reassignments && message.reassignments.length))
                                    message.reassignments = [];
                                message.reassignments.push($root.lograft.admin.v1.OngoingReassignment.decode(reader, reader.uint32(), undefined, long + 1));
                                break;
                            }
                        case 2: {
                                message.nextPageToken = reader.string();
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

                return ListReassignmentsReply;
            })();

            v1.OngoingReassignment = (function() {

                function OngoingReassignment(properties) {
                    this.replicas = [];
                    this.adding = [];
                    this.removing = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                OngoingReassignment.prototype.topic = "";
                OngoingReassignment.prototype.partition = 0;
                OngoingReassignment.prototype.replicas = $util.emptyArray;
                OngoingReassignment.prototype.adding = $util.emptyArray;
                OngoingReassignment.prototype.removing = $util.emptyArray;
                OngoingReassignment.prototype.offsetsLeft = null;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                Object.defineProperty(OngoingReassignment.prototype, "_offsetsLeft", {
                    get: $util.oneOfGetter($oneOfFields = ["offsetsLeft"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                OngoingReassignment.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.topic != null && Object.hasOwnProperty.call(message, "topic"))
                        writer.uint32(10).string(message.topic);
                    if (message.partition != null && Object.hasOwnProperty.call(message, "partition"))
                        writer.uint32(16).uint32(message.partition);
                    if (message.replicas != null && message.replicas.length) {
                        writer.uint32(26).fork();
                        for (let i = 0; i < message.replicas.length; ++i)
                            writer.uint32(message.replicas[i]);
                        writer.ldelim();
                    }
                    if (message.adding != null && message.adding.length) {
                        writer.uint32(34).fork();
                        for (let i = 0; i < message.adding.length; ++i)
                            writer.uint32(message.adding[i]);
                        writer.ldelim();
                    }
                    if (message.removing != null && message.removing.length) {
                        writer.uint32(42).fork();
                        for (let i = 0; i < message.removing.length; ++i)
                            writer.uint32(message.removing[i]);
                        writer.ldelim();
                    }
                    if (message.offsetsLeft != null && Object.hasOwnProperty.call(message, "offsetsLeft"))
                        writer.uint32(48).uint64(message.offsetsLeft);
                    return writer;
                };

                OngoingReassignment.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.OngoingReassignment();
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
                                message.partition = reader.uint32();
                                break;
                            }
                        case 3: {
                                if (!(message.replicas && message.replicas.length))
                                    message.replicas = [];
                                if ((tag & 7) === 2) {
                                    let end2 = reader.uint32() + reader.pos;
                                    if (end2 > reader.len)
                                        throw RangeError("index out of range");
                                    reader.len = end2;
                                    while (reader.pos < end2)
                                        message.replicas.push(reader.uint32());
                                    if (reader.pos !== end2)
                                        throw RangeError("index out of range");
                                    reader.len = end;
                                } else
                                    message.replicas.push(reader.uint32());
                                break;
                            }
                        case 4: {
                                if (!(message.adding && message.adding.length))
                                    message.adding = [];
                                if ((tag & 7) === 2) {
                                    let end2 = reader.uint32() + reader.pos;
                                    if (end2 > reader.len)
                                        throw RangeError("index out of range");
                                    reader.len = end2;
                                    while (reader.pos < end2)
                                        message.adding.push(reader.uint32());
                                    if (reader.pos !== end2)
                                        throw RangeError("index out of range");
                                    reader.len = end;
                                } else
                                    message.adding.push(reader.uint32());
                                break;
                            }
                        case 5: {
                                if (!(message.removing && message.removing.length))
                                    message.removing = [];
                                if ((tag & 7) === 2) {
                                    let end2 = reader.uint32() + reader.pos;
                                    if (end2 > reader.len)
                                        throw RangeError("index out of range");
                                    reader.len = end2;
                                    while (reader.pos < end2)
                                        message.removing.push(reader.uint32());
                                    if (reader.pos !== end2)
                                        throw RangeError("index out of range");
                                    reader.len = end;
                                } else
                                    message.removing.push(reader.uint32());
                                break;
                            }
                        case 6: {
                                message.offsetsLeft = reader.uint64();
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

                return OngoingReassignment;
            })();

            v1.PlanMovesRequest = (function() {

                function PlanMovesRequest(properties) {
                    this.topics = [];
                    this.emptyBrokers = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                PlanMovesRequest.prototype.topics = $util.emptyArray;
                PlanMovesRequest.prototype.emptyBrokers = $util.emptyArray;
                PlanMovesRequest.prototype.maxMoves = 0;

                PlanMovesRequest.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.topics != null && message.topics.length)
                        for (let i = 0; i < message.topics.length; ++i)
                            writer.uint32(10).string(message.topics[i]);
                    if (message.emptyBrokers != null && message.emptyBrokers.length) {
                        writer.uint32(18).fork();
                        for (let i = 0; i < message.emptyBrokers.length; ++i)
                            writer.uint32(message.emptyBrokers[i]);
                        writer.ldelim();
                    }
                    if (message.maxMoves != null && Object.hasOwnProperty.call(message, "maxMoves"))
                        writer.uint32(24).uint32(message.maxMoves);
                    return writer;
                };

                PlanMovesRequest.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.PlanMovesRequest();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                if (!(message.topics && message.topics.length))
                                    message.topics = [];
                                message.topics.push(reader.string());
                                break;
                            }
                        case 2: {
                                if (!(message.emptyBrokers && message.emptyBrokers.length))
                                    message.emptyBrokers = [];
                                if ((tag & 7) === 2) {
                                    let end2 = reader.uint32() + reader.pos;
                                    if (end2 > reader.len)
                                        throw RangeError("index out of range");
                                    reader.len = end2;
                                    while (reader.pos < end2)
                                        message.emptyBrokers.push(reader.uint32());
                                    if (reader.pos !== end2)
                                        throw RangeError("index out of range");
                                    reader.len = end;
                                } else
                                    message.emptyBrokers.push(reader.uint32());
                                break;
                            }
                        case 3: {
                                message.maxMoves = reader.uint32();
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

                return PlanMovesRequest;
            })();

            v1.PlanMovesReply = (function() {

                function PlanMovesReply(properties) {
                    this.moves = [];
                    this.notes = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                PlanMovesReply.prototype.metadataOffset = 0;
                PlanMovesReply.prototype.moves = $util.emptyArray;
                PlanMovesReply.prototype.notes = $util.emptyArray;

                PlanMovesReply.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.metadataOffset != null && Object.hasOwnProperty.call(message, "metadataOffset"))
                        writer.uint32(8).uint64(message.metadataOffset);
                    if (message.moves != null && message.moves.length)
                        for (let i = 0; i < message.moves.length; ++i)
                            $root.lograft.admin.v1.Move.encode(message.moves[i], writer.uint32(18).fork(), q + 1).ldelim();
                    if (message.notes != null && message.notes.length)
                        for (let i = 0; i < message.notes.length; ++i)
                            writer.uint32(26).string(message.notes[i]);
                    return writer;
                };

                PlanMovesReply.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.PlanMovesReply();
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
                                if (!(message.moves && message.moves.length))
                                    message.moves = [];
                                message.moves.push($root.lograft.admin.v1.Move.decode(reader, reader.uint32(), undefined, long + 1));
                                break;
                            }
                        case 3: {
                                if (!(message.notes && message.notes.length))
                                    message.notes = [];
                                message.notes.push(reader.string());
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

                return PlanMovesReply;
            })();

            v1.Move = (function() {

                function Move(properties) {
                    this.from = [];
                    this.to = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                Move.prototype.topic = "";
                Move.prototype.partition = 0;
                Move.prototype.from = $util.emptyArray;
                Move.prototype.to = $util.emptyArray;
                Move.prototype.why = "";

                Move.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.topic != null && Object.hasOwnProperty.call(message, "topic"))
                        writer.uint32(10).string(message.topic);
                    if (message.partition != null && Object.hasOwnProperty.call(message, "partition"))
                        writer.uint32(16).uint32(message.partition);
                    if (message.from != null && message.from.length) {
                        writer.uint32(26).fork();
                        for (let i = 0; i < message.from.length; ++i)
                            writer.uint32(message.from[i]);
                        writer.ldelim();
                    }
                    if (message.to != null && message.to.length) {
                        writer.uint32(34).fork();
                        for (let i = 0; i < message.to.length; ++i)
                            writer.uint32(message.to[i]);
                        writer.ldelim();
                    }
                    if (message.why != null && Object.hasOwnProperty.call(message, "why"))
                        writer.uint32(42).string(message.why);
                    return writer;
                };

                Move.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.Move();
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
                                message.partition = reader.uint32();
                                break;
                            }
                        case 3: {
                                if (!(message.from && message.from.length))
                                    message.from = [];
                                if ((tag & 7) === 2) {
                                    let end2 = reader.uint32() + reader.pos;
                                    if (end2 > reader.len)
                                        throw RangeError("index out of range");
                                    reader.len = end2;
                                    while (reader.pos < end2)
                                        message.from.push(reader.uint32());
                                    if (reader.pos !== end2)
                                        throw RangeError("index out of range");
                                    reader.len = end;
                                } else
                                    message.from.push(reader.uint32());
                                break;
                            }
                        case 4: {
                                if (!(message.to && message.to.length))
                                    message.to = [];
                                if ((tag & 7) === 2) {
                                    let end2 = reader.uint32() + reader.pos;
                                    if (end2 > reader.len)
                                        throw RangeError("index out of range");
                                    reader.len = end2;
                                    while (reader.pos < end2)
                                        message.to.push(reader.uint32());
                                    if (reader.pos !== end2)
                                        throw RangeError("index out of range");
                                    reader.len = end;
                                } else
                                    message.to.push(reader.uint32());
                                break;
                            }
                        case 5: {
                                message.why = reader.string();
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

                return Move;
            })();

            v1.GroupState = (function() {
                const valuesById = {}, values = Object.create(valuesById);
                values[valuesById[0] = "GROUP_STATE_UNSPECIFIED"] = 0;
                values[valuesById[1] = "GROUP_STATE_EMPTY"] = 1;
                values[valuesById[2] = "GROUP_STATE_PREPARING_REBALANCE"] = 2;
                values[valuesById[3] = "GROUP_STATE_COMPLETING_REBALANCE"] = 3;
                values[valuesById[4] = "GROUP_STATE_STABLE"] = 4;
                values[valuesById[5] = "GROUP_STATE_DEAD"] = 5;
                return values;
            })();

            v1.ListGroupsRequest = (function() {

                function ListGroupsRequest(properties) {
                    this.states = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                ListGroupsRequest.prototype.page = null;
                ListGroupsRequest.prototype.prefix = "";
                ListGroupsRequest.prototype.states = $util.emptyArray;

                ListGroupsRequest.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.page != null && Object.hasOwnProperty.call(message, "page"))
                        $root.lograft.admin.v1.Page.encode(message.page, writer.uint32(10).fork(), q + 1).ldelim();
                    if (message.prefix != null && Object.hasOwnProperty.call(message, "prefix"))
                        writer.uint32(18).string(message.prefix);
                    if (message.states != null && message.states.length) {
                        writer.uint32(26).fork();
                        for (let i = 0; i < message.states.length; ++i)
                            writer.int32(message.states[i]);
                        writer.ldelim();
                    }
                    return writer;
                };

                ListGroupsRequest.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.ListGroupsRequest();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.page = $root.lograft.admin.v1.Page.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 2: {
                                message.prefix = reader.string();
                                break;
                            }
                        case 3: {
                                if (!(message.states && message.states.length))
                                    message.states = [];
                                if ((tag & 7) === 2) {
                                    let end2 = reader.uint32() + reader.pos;
                                    if (end2 > reader.len)
                                        throw RangeError("index out of range");
                                    reader.len = end2;
                                    while (reader.pos < end2)
                                        message.states.push(reader.int32());
                                    if (reader.pos !== end2)
                                        throw RangeError("index out of range");
                                    reader.len = end;
                                } else
                                    message.states.push(reader.int32());
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

                return ListGroupsRequest;
            })();

            v1.ListGroupsReply = (function() {

                function ListGroupsReply(properties) {
                    this.groups = [];
                    this.unreachableBrokers = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                ListGroupsReply.prototype.groups = $util.emptyArray;
                ListGroupsReply.prototype.nextPageToken = "";
                ListGroupsReply.prototype.unreachableBrokers = $util.emptyArray;

                ListGroupsReply.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.groups != null && message.groups.length)
                        for (let i = 0; i < message.groups.length; ++i)
                            $root.lograft.admin.v1.GroupSummary.encode(message.groups[i], writer.uint32(10).fork(), q + 1).ldelim();
                    if (message.nextPageToken != null && Object.hasOwnProperty.call(message, "nextPageToken"))
                        writer.uint32(18).string(message.nextPageToken);
                    if (message.unreachableBrokers != null && message.unreachableBrokers.length) {
                        writer.uint32(26).fork();
                        for (let i = 0; i < message.unreachableBrokers.length; ++i)
                            writer.uint32(message.unreachableBrokers[i]);
                        writer.ldelim();
                    }
                    return writer;
                };

                ListGroupsReply.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.ListGroupsReply();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                if (!(message.groups && message.groups.length))
                                    message.groups = [];
                                message.groups.push($root.lograft.admin.v1.GroupSummary.decode(reader, reader.uint32(), undefined, long + 1));
                                break;
                            }
                        case 2: {
                                message.nextPageToken = reader.string();
                                break;
                            }
                        case 3: {
                                if (!(message.unreachableBrokers && message.unreachableBrokers.length))
                                    message.unreachableBrokers = [];
                                if ((tag & 7) === 2) {
                                    let end2 = reader.uint32() + reader.pos;
                                    if (end2 > reader.len)
                                        throw RangeError("index out of range");
                                    reader.len = end2;
                                    while (reader.pos < end2)
                                        message.unreachableBrokers.push(reader.uint32());
                                    if (reader.pos !== end2)
                                        throw RangeError("index out of range");
                                    reader.len = end;
                                } else
                                    message.unreachableBrokers.push(reader.uint32());
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

                return ListGroupsReply;
            })();

            v1.GroupSummary = (function() {

                function GroupSummary(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                GroupSummary.prototype.groupId = "";
                GroupSummary.prototype.state = 0;
                GroupSummary.prototype.protocolType = "";

                GroupSummary.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.groupId != null && Object.hasOwnProperty.call(message, "groupId"))
                        writer.uint32(10).string(message.groupId);
                    if (message.state != null && Object.hasOwnProperty.call(message, "state"))
                        writer.uint32(16).int32(message.state);
                    if (message.protocolType != null && Object.hasOwnProperty.call(message, "protocolType"))
                        writer.uint32(26).string(message.protocolType);
                    return writer;
                };

                GroupSummary.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.GroupSummary();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.groupId = reader.string();
                                break;
                            }
                        case 2: {
                                message.state = reader.int32();
                                break;
                            }
                        case 3: {
                                message.protocolType = reader.string();
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

                return GroupSummary;
            })();

            v1.DescribeGroupRequest = (function() {

                function DescribeGroupRequest(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                DescribeGroupRequest.prototype.groupId = "";
                DescribeGroupRequest.prototype.page = null;

                DescribeGroupRequest.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.groupId != null && Object.hasOwnProperty.call(message, "groupId"))
                        writer.uint32(10).string(message.groupId);
                    if (message.page != null && Object.hasOwnProperty.call(message, "page"))
                        $root.lograft.admin.v1.Page.encode(message.page, writer.uint32(18).fork(), q + 1).ldelim();
                    return writer;
                };

                DescribeGroupRequest.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.DescribeGroupRequest();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.groupId = reader.string();
                                break;
                            }
                        case 2: {
                                message.page = $root.lograft.admin.v1.Page.decode(reader, reader.uint32(), undefined, long + 1);
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

                return DescribeGroupRequest;
            })();

            v1.GroupDescription = (function() {

                function GroupDescription(properties) {
                    this.members = [];
                    this.offsets = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                GroupDescription.prototype.group = null;
                GroupDescription.prototype.coordinatorId = 0;
                GroupDescription.prototype.protocol = "";
                GroupDescription.prototype.members = $util.emptyArray;
                GroupDescription.prototype.offsets = $util.emptyArray;
                GroupDescription.prototype.nextPageToken = "";

                GroupDescription.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.group != null && Object.hasOwnProperty.call(message, "group"))
                        $root.lograft.admin.v1.GroupSummary.encode(message.group, writer.uint32(10).fork(), q + 1).ldelim();
                    if (message.coordinatorId != null && Object.hasOwnProperty.call(message, "coordinatorId"))
                        writer.uint32(16).uint32(message.coordinatorId);
                    if (message.protocol != null && Object.hasOwnProperty.call(message, "protocol"))
                        writer.uint32(26).string(message.protocol);
                    if (message.members != null && message.members.length)
                        for (let i = 0; i < message.members.length; ++i)
                            $root.lograft.admin.v1.GroupMember.encode(message.members[i], writer.uint32(34).fork(), q + 1).ldelim();
                    if (message.offsets != null && message.offsets.length)
                        for (let i = 0; i < message.offsets.length; ++i)
                            $root.lograft.admin.v1.GroupOffset.encode(message.offsets[i], writer.uint32(42).fork(), q + 1).ldelim();
                    if (message.nextPageToken != null && Object.hasOwnProperty.call(message, "nextPageToken"))
                        writer.uint32(50).string(message.nextPageToken);
                    return writer;
                };

                GroupDescription.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.GroupDescription();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.group = $root.lograft.admin.v1.GroupSummary.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 2: {
                                message.coordinatorId = reader.uint32();
                                break;
                            }
                        case 3: {
                                message.protocol = reader.string();
                                break;
                            }
                        case 4: {
                                if (!(message.members && message.members.length))
                                    message.members = [];
                                message.members.push($root.lograft.admin.v1.GroupMember.decode(reader, reader.uint32(), undefined, long + 1));
                                break;
                            }
                        case 5: {
                                if (!(message.offsets && message.offsets.length))
                                    message.offsets = [];
                                message.offsets.push($root.lograft.admin.v1.GroupOffset.decode(reader, reader.uint32(), undefined, long + 1));
                                break;
                            }
                        case 6: {
                                message.nextPageToken = reader.string();
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

                return GroupDescription;
            })();

            v1.GroupMember = (function() {

                function GroupMember(properties) {
                    this.assigned = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                GroupMember.prototype.memberId = "";
                GroupMember.prototype.instanceId = null;
                GroupMember.prototype.clientId = "";
                GroupMember.prototype.clientHost = "";
                GroupMember.prototype.assigned = $util.emptyArray;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                Object.defineProperty(GroupMember.prototype, "_instanceId", {
                    get: $util.oneOfGetter($oneOfFields = ["instanceId"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                GroupMember.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.memberId != null && Object.hasOwnProperty.call(message, "memberId"))
                        writer.uint32(10).string(message.memberId);
                    if (message.instanceId != null && Object.hasOwnProperty.call(message, "instanceId"))
                        writer.uint32(18).string(message.instanceId);
                    if (message.clientId != null && Object.hasOwnProperty.call(message, "clientId"))
                        writer.uint32(26).string(message.clientId);
                    if (message.clientHost != null && Object.hasOwnProperty.call(message, "clientHost"))
                        writer.uint32(34).string(message.clientHost);
                    if (message.assigned != null && message.assigned.length)
                        for (let i = 0; i < message.assigned.length; ++i)
                            $root.lograft.admin.v1.PartitionName.encode(message.assigned[i], writer.uint32(42).fork(), q + 1).ldelim();
                    return writer;
                };

                GroupMember.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.GroupMember();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.memberId = reader.string();
                                break;
                            }
                        case 2: {
                                message.instanceId = reader.string();
                                break;
                            }
                        case 3: {
                                message.clientId = reader.string();
                                break;
                            }
                        case 4: {
                                message.clientHost = reader.string();
                                break;
                            }
                        case 5: {
                                if (!(message.assigned && message.assigned.length))
                                    message.assigned = [];
                                message.assigned.push($root.lograft.admin.v1.PartitionName.decode(reader, reader.uint32(), undefined, long + 1));
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

                return GroupMember;
            })();

            v1.GroupOffset = (function() {

                function GroupOffset(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                GroupOffset.prototype.topic = "";
                GroupOffset.prototype.partition = 0;
                GroupOffset.prototype.committedOffset = null;
                GroupOffset.prototype.logEndOffset = null;
                GroupOffset.prototype.lag = null;
                GroupOffset.prototype.metadata = "";
                GroupOffset.prototype.memberId = "";

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                Object.defineProperty(GroupOffset.prototype, "_committedOffset", {
                    get: $util.oneOfGetter($oneOfFields = ["committedOffset"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                Object.defineProperty(GroupOffset.prototype, "_logEndOffset", {
                    get: $util.oneOfGetter($oneOfFields = ["logEndOffset"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                Object.defineProperty(GroupOffset.prototype, "_lag", {
                    get: $util.oneOfGetter($oneOfFields = ["lag"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                GroupOffset.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.topic != null && Object.hasOwnProperty.call(message, "topic"))
                        writer.uint32(10).string(message.topic);
                    if (message.partition != null && Object.hasOwnProperty.call(message, "partition"))
                        writer.uint32(16).uint32(message.partition);
                    if (message.committedOffset != null && Object.hasOwnProperty.call(message, "committedOffset"))
                        writer.uint32(24).uint64(message.committedOffset);
                    if (message.logEndOffset != null && Object.hasOwnProperty.call(message, "logEndOffset"))
                        writer.uint32(32).uint64(message.logEndOffset);
                    if (message.lag != null && Object.hasOwnProperty.call(message, "lag"))
                        writer.uint32(40).uint64(message.lag);
                    if (message.metadata != null && Object.hasOwnProperty.call(message, "metadata"))
                        writer.uint32(50).string(message.metadata);
                    if (message.memberId != null && Object.hasOwnProperty.call(message, "memberId"))
                        writer.uint32(58).string(message.memberId);
                    return writer;
                };

                GroupOffset.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.GroupOffset();
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
                                message.partition = reader.uint32();
                                break;
                            }
                        case 3: {
                                message.committedOffset = reader.uint64();
                                break;
                            }
                        case 4: {
                                message.logEndOffset = reader.uint64();
                                break;
                            }
                        case 5: {
                                message.lag = reader.uint64();
                                break;
                            }
                        case 6: {
                                message.metadata = reader.string();
                                break;
                            }
                        case 7: {
                                message.memberId = reader.string();
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

                return GroupOffset;
            })();

            v1.ResetOffsetsRequest = (function() {

                function ResetOffsetsRequest(properties) {
                    this.partitions = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                ResetOffsetsRequest.prototype.mutation = null;
                ResetOffsetsRequest.prototype.groupId = "";
                ResetOffsetsRequest.prototype.partitions = $util.emptyArray;
                ResetOffsetsRequest.prototype.earliest = null;
                ResetOffsetsRequest.prototype.latest = null;
                ResetOffsetsRequest.prototype.offset = null;
                ResetOffsetsRequest.prototype.atTimestampMs = null;
                ResetOffsetsRequest.prototype.shiftBy = null;

                let $oneOfFields;

                Object.defineProperty(ResetOffsetsRequest.prototype, "position", {
                    get: $util.oneOfGetter($oneOfFields = ["earliest", "latest", "offset", "atTimestampMs", "shiftBy"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                ResetOffsetsRequest.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.mutation != null && Object.hasOwnProperty.call(message, "mutation"))
                        $root.lograft.admin.v1.Mutation.encode(message.mutation, writer.uint32(10).fork(), q + 1).ldelim();
                    if (message.groupId != null && Object.hasOwnProperty.call(message, "groupId"))
                        writer.uint32(18).string(message.groupId);
                    if (message.partitions != null && message.partitions.length)
                        for (let i = 0; i < message.partitions.length; ++i)
                            $root.lograft.admin.v1.PartitionName.encode(message.partitions[i], writer.uint32(26).fork(), q + 1).ldelim();
                    if (message.earliest != null && Object.hasOwnProperty.call(message, "earliest"))
                        writer.uint32(32).bool(message.earliest);
                    if (message.latest != null && Object.hasOwnProperty.call(message, "latest"))
                        writer.uint32(40).bool(message.latest);
                    if (message.offset != null && Object.hasOwnProperty.call(message, "offset"))
                        writer.uint32(48).uint64(message.offset);
                    if (message.atTimestampMs != null && Object.hasOwnProperty.call(message, "atTimestampMs"))
                        writer.uint32(56).uint64(message.atTimestampMs);
                    if (message.shiftBy != null && Object.hasOwnProperty.call(message, "shiftBy"))
                        writer.uint32(64).sint64(message.shiftBy);
                    return writer;
                };

                ResetOffsetsRequest.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.ResetOffsetsRequest();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.mutation = $root.lograft.admin.v1.Mutation.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 2: {
                                message.groupId = reader.string();
                                break;
                            }
                        case 3: {
                                if (!(message.partitions && message.partitions.length))
                                    message.partitions = [];
                                message.partitions.push($root.lograft.admin.v1.PartitionName.decode(reader, reader.uint32(), undefined, long + 1));
                                break;
                            }
                        case 4: {
                                message.earliest = reader.bool();
                                break;
                            }
                        case 5: {
                                message.latest = reader.bool();
                                break;
                            }
                        case 6: {
                                message.offset = reader.uint64();
                                break;
                            }
                        case 7: {
                                message.atTimestampMs = reader.uint64();
                                break;
                            }
                        case 8: {
                                message.shiftBy = reader.sint64();
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

                return ResetOffsetsRequest;
            })();

            v1.ResetOffsetsReply = (function() {

                function ResetOffsetsReply(properties) {
                    this.partitions = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                ResetOffsetsReply.prototype.mutated = null;
                ResetOffsetsReply.prototype.partitions = $util.emptyArray;

                ResetOffsetsReply.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.mutated != null && Object.hasOwnProperty.call(message, "mutated"))
                        $root.lograft.admin.v1.Mutated.encode(message.mutated, writer.uint32(10).fork(), q + 1).ldelim();
                    if (message.partitions != null && message.partitions.length)
                        for (let i = 0; i < message.partitions.length; ++i)
                            $root.lograft.admin.v1.ResetOffset.encode(message.partitions[i], writer.uint32(18).fork(), q + 1).ldelim();
                    return writer;
                };

                ResetOffsetsReply.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.ResetOffsetsReply();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.mutated = $root.lograft.admin.v1.Mutated.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 2: {
                                if (!(message.partitions && message.partitions.length))
                                    message.partitions = [];
                                message.partitions.push($root.lograft.admin.v1.ResetOffset.decode(reader, reader.uint32(), undefined, long + 1));
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

                return ResetOffsetsReply;
            })();

            v1.ResetOffset = (function() {

                function ResetOffset(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                ResetOffset.prototype.topic = "";
                ResetOffset.prototype.partition = 0;
                ResetOffset.prototype.before = null;
                ResetOffset.prototype.after = 0;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                Object.defineProperty(ResetOffset.prototype, "_before", {
                    get: $util.oneOfGetter($oneOfFields = ["before"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                ResetOffset.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.topic != null && Object.hasOwnProperty.call(message, "topic"))
                        writer.uint32(10).string(message.topic);
                    if (message.partition != null && Object.hasOwnProperty.call(message, "partition"))
                        writer.uint32(16).uint32(message.partition);
                    if (message.before != null && Object.hasOwnProperty.call(message, "before"))
                        writer.uint32(24).uint64(message.before);
                    if (message.after != null && Object.hasOwnProperty.call(message, "after"))
                        writer.uint32(32).uint64(message.after);
                    return writer;
                };

                ResetOffset.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.ResetOffset();
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
                                message.partition = reader.uint32();
                                break;
                            }
                        case 3: {
                                message.before = reader.uint64();
                                break;
                            }
                        case 4: {
                                message.after = reader.uint64();
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

                return ResetOffset;
            })();

            v1.DeleteGroupsRequest = (function() {

                function DeleteGroupsRequest(properties) {
                    this.groupIds = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                DeleteGroupsRequest.prototype.mutation = null;
                DeleteGroupsRequest.prototype.groupIds = $util.emptyArray;

                DeleteGroupsRequest.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.mutation != null && Object.hasOwnProperty.call(message, "mutation"))
                        $root.lograft.admin.v1.Mutation.encode(message.mutation, writer.uint32(10).fork(), q + 1).ldelim();
                    if (message.groupIds != null && message.groupIds.length)
                        for (let i = 0; i < message.groupIds.length; ++i)
                            writer.uint32(18).string(message.groupIds[i]);
                    return writer;
                };

                DeleteGroupsRequest.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.DeleteGroupsRequest();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.mutation = $root.lograft.admin.v1.Mutation.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 2: {
                                if (!(message.groupIds && message.groupIds.length))
                                    message.groupIds = [];
                                message.groupIds.push(reader.string());
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

                return DeleteGroupsRequest;
            })();

            v1.DeleteGroupsReply = (function() {

                function DeleteGroupsReply(properties) {
                    this.groups = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                DeleteGroupsReply.prototype.mutated = null;
                DeleteGroupsReply.prototype.groups = $util.emptyArray;

                DeleteGroupsReply.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.mutated != null && Object.hasOwnProperty.call(message, "mutated"))
                        $root.lograft.admin.v1.Mutated.encode(message.mutated, writer.uint32(10).fork(), q + 1).ldelim();
                    if (message.groups != null && message.groups.length)
                        for (let i = 0; i < message.groups.length; ++i)
                            $root.lograft.admin.v1.DeletedGroup.encode(message.groups[i], writer.uint32(18).fork(), q + 1).ldelim();
                    return writer;
                };

                DeleteGroupsReply.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.DeleteGroupsReply();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.mutated = $root.lograft.admin.v1.Mutated.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 2: {
                                if (!(message.groups && message.groups.length))
                                    message.groups = [];
                                message.groups.push($root.lograft.admin.v1.DeletedGroup.decode(reader, reader.uint32(), undefined, long + 1));
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

                return DeleteGroupsReply;
            })();

            v1.DeletedGroup = (function() {

                function DeletedGroup(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                DeletedGroup.prototype.groupId = "";
                DeletedGroup.prototype.error = "";
                DeletedGroup.prototype.errorMessage = "";

                DeletedGroup.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.groupId != null && Object.hasOwnProperty.call(message, "groupId"))
                        writer.uint32(10).string(message.groupId);
                    if (message.error != null && Object.hasOwnProperty.call(message, "error"))
                        writer.uint32(18).string(message.error);
                    if (message.errorMessage != null && Object.hasOwnProperty.call(message, "errorMessage"))
                        writer.uint32(26).string(message.errorMessage);
                    return writer;
                };

                DeletedGroup.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.DeletedGroup();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.groupId = reader.string();
                                break;
                            }
                        case 2: {
                                message.error = reader.string();
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

                return DeletedGroup;
            })();

            v1.DeleteOffsetsRequest = (function() {

                function DeleteOffsetsRequest(properties) {
                    this.partitions = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                DeleteOffsetsRequest.prototype.mutation = null;
                DeleteOffsetsRequest.prototype.groupId = "";
                DeleteOffsetsRequest.prototype.partitions = $util.emptyArray;

                DeleteOffsetsRequest.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.mutation != null && Object.hasOwnProperty.call(message, "mutation"))
                        $root.lograft.admin.v1.Mutation.encode(message.mutation, writer.uint32(10).fork(), q + 1).ldelim();
                    if (message.groupId != null && Object.hasOwnProperty.call(message, "groupId"))
                        writer.uint32(18).string(message.groupId);
                    if (message.partitions != null && message.partitions.length)
                        for (let i = 0; i < message.partitions.length; ++i)
                            $root.lograft.admin.v1.PartitionName.encode(message.partitions[i], writer.uint32(26).fork(), q + 1).ldelim();
                    return writer;
                };

                DeleteOffsetsRequest.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.DeleteOffsetsRequest();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.mutation = $root.lograft.admin.v1.Mutation.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 2: {
                                message.groupId = reader.string();
                                break;
                            }
                        case 3: {
                                if (!(message.partitions && message.partitions.length))
                                    message.partitions = [];
                                message.partitions.push($root.lograft.admin.v1.PartitionName.decode(reader, reader.uint32(), undefined, long + 1));
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

                return DeleteOffsetsRequest;
            })();

            v1.WatchRequest = (function() {

                function WatchRequest(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                WatchRequest.prototype.afterOffset = null;
                WatchRequest.prototype.neverSnapshot = false;
                WatchRequest.prototype.clusterId = "";

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                Object.defineProperty(WatchRequest.prototype, "_afterOffset", {
                    get: $util.oneOfGetter($oneOfFields = ["afterOffset"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                WatchRequest.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.afterOffset != null && Object.hasOwnProperty.call(message, "afterOffset"))
                        writer.uint32(8).uint64(message.afterOffset);
                    if (message.neverSnapshot != null && Object.hasOwnProperty.call(message, "neverSnapshot"))
                        writer.uint32(16).bool(message.neverSnapshot);
                    if (message.clusterId != null && Object.hasOwnProperty.call(message, "clusterId"))
                        writer.uint32(26).string(message.clusterId);
                    return writer;
                };

                WatchRequest.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.WatchRequest();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.afterOffset = reader.uint64();
                                break;
                            }
                        case 2: {
                                message.neverSnapshot = reader.bool();
                                break;
                            }
                        case 3: {
                                message.clusterId = reader.string();
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

                return WatchRequest;
            })();

            v1.WatchEvent = (function() {

                function WatchEvent(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                WatchEvent.prototype.snapshotBegin = null;
                WatchEvent.prototype.entry = null;
                WatchEvent.prototype.snapshotEnd = null;
                WatchEvent.prototype.heartbeat = null;

                let $oneOfFields;

                Object.defineProperty(WatchEvent.prototype, "event", {
                    get: $util.oneOfGetter($oneOfFields = ["snapshotBegin", "entry", "snapshotEnd", "heartbeat"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                WatchEvent.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.snapshotBegin != null && Object.hasOwnProperty.call(message, "snapshotBegin"))
                        $root.lograft.admin.v1.SnapshotBegin.encode(message.snapshotBegin, writer.uint32(10).fork(), q + 1).ldelim();
                    if (message.entry != null && Object.hasOwnProperty.call(message, "entry"))
                        $root.lograft.admin.v1.Entry.encode(message.entry, writer.uint32(18).fork(), q + 1).ldelim();
                    if (message.snapshotEnd != null && Object.hasOwnProperty.call(message, "snapshotEnd"))
                        $root.lograft.admin.v1.SnapshotEnd.encode(message.snapshotEnd, writer.uint32(26).fork(), q + 1).ldelim();
                    if (message.heartbeat != null && Object.hasOwnProperty.call(message, "heartbeat"))
                        $root.lograft.admin.v1.Heartbeat.encode(message.heartbeat, writer.uint32(34).fork(), q + 1).ldelim();
                    return writer;
                };

                WatchEvent.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.WatchEvent();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.snapshotBegin = $root.lograft.admin.v1.SnapshotBegin.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 2: {
                                message.entry = $root.lograft.admin.v1.Entry.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 3: {
                                message.snapshotEnd = $root.lograft.admin.v1.SnapshotEnd.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 4: {
                                message.heartbeat = $root.lograft.admin.v1.Heartbeat.decode(reader, reader.uint32(), undefined, long + 1);
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

                return WatchEvent;
            })();

            v1.SnapshotBegin = (function() {

                function SnapshotBegin(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                SnapshotBegin.prototype.clusterId = "";

                SnapshotBegin.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.clusterId != null && Object.hasOwnProperty.call(message, "clusterId"))
                        writer.uint32(10).string(message.clusterId);
                    return writer;
                };

                SnapshotBegin.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.SnapshotBegin();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.clusterId = reader.string();
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

                return SnapshotBegin;
            })();

            v1.SnapshotEnd = (function() {

                function SnapshotEnd(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                SnapshotEnd.prototype.metadataOffset = 0;
                SnapshotEnd.prototype.controllerEpoch = 0;

                SnapshotEnd.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.metadataOffset != null && Object.hasOwnProperty.call(message, "metadataOffset"))
                        writer.uint32(8).uint64(message.metadataOffset);
                    if (message.controllerEpoch != null && Object.hasOwnProperty.call(message, "controllerEpoch"))
                        writer.uint32(16).uint32(message.controllerEpoch);
                    return writer;
                };

                SnapshotEnd.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.SnapshotEnd();
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
                                message.controllerEpoch = reader.uint32();
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

                return SnapshotEnd;
            })();

            v1.Heartbeat = (function() {

                function Heartbeat(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                Heartbeat.prototype.metadataOffset = 0;

                Heartbeat.encode = function encode(message, writer, q) {
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
                    message = new $root.lograft.admin.v1.Heartbeat();
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

                return Heartbeat;
            })();

            v1.Entry = (function() {

                function Entry(properties) {
                    this.changes = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                Entry.prototype.metadataOffset = 0;
                Entry.prototype.controllerEpoch = 0;
                Entry.prototype.more = false;
                Entry.prototype.changes = $util.emptyArray;

                Entry.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.metadataOffset != null && Object.hasOwnProperty.call(message, "metadataOffset"))
                        writer.uint32(8).uint64(message.metadataOffset);
                    if (message.controllerEpoch != null && Object.hasOwnProperty.call(message, "controllerEpoch"))
                        writer.uint32(16).uint32(message.controllerEpoch);
                    if (message.more != null && Object.hasOwnProperty.call(message, "more"))
                        writer.uint32(24).bool(message.more);
                    if (message.changes != null && message.changes.length)
                        for (let i = 0; i < message.changes.length; ++i)
                            $root.lograft.admin.v1.Change.encode(message.changes[i], writer.uint32(34).fork(), q + 1).ldelim();
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
                    message = new $root.lograft.admin.v1.Entry();
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
                                message.controllerEpoch = reader.uint32();
                                break;
                            }
                        case 3: {
                                message.more = reader.bool();
                                break;
                            }
                        case 4: {
                                if (!(message.changes && message.changes.length))
                                    message.changes = [];
                                message.changes.push($root.lograft.admin.v1.Change.decode(reader, reader.uint32(), undefined, long + 1));
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

            v1.Change = (function() {

                function Change(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                Change.prototype.broker = null;
                Change.prototype.brokerGone = null;
                Change.prototype.controller = null;
                Change.prototype.topic = null;
                Change.prototype.topicGone = null;
                Change.prototype.partition = null;
                Change.prototype.config = null;
                Change.prototype.configGone = null;
                Change.prototype.feature = null;

                let $oneOfFields;

                Object.defineProperty(Change.prototype, "change", {
                    get: $util.oneOfGetter($oneOfFields = ["broker", "brokerGone", "controller", "topic", "topicGone", "partition", "config", "configGone", "feature"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                Change.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.broker != null && Object.hasOwnProperty.call(message, "broker"))
                        $root.lograft.admin.v1.WatchedBroker.encode(message.broker, writer.uint32(10).fork(), q + 1).ldelim();
                    if (message.brokerGone != null && Object.hasOwnProperty.call(message, "brokerGone"))
                        writer.uint32(16).uint32(message.brokerGone);
                    if (message.controller != null && Object.hasOwnProperty.call(message, "controller"))
                        $root.lograft.admin.v1.ControllerDescription.encode(message.controller, writer.uint32(26).fork(), q + 1).ldelim();
                    if (message.topic != null && Object.hasOwnProperty.call(message, "topic"))
                        $root.lograft.admin.v1.WatchedTopic.encode(message.topic, writer.uint32(34).fork(), q + 1).ldelim();
                    if (message.topicGone != null && Object.hasOwnProperty.call(message, "topicGone"))
                        $root.lograft.admin.v1.WatchedTopic.encode(message.topicGone, writer.uint32(42).fork(), q + 1).ldelim();
                    if (message.partition != null && Object.hasOwnProperty.call(message, "partition"))
                        $root.lograft.admin.v1.WatchedPartition.encode(message.partition, writer.uint32(50).fork(), q + 1).ldelim();
                    if (message.config != null && Object.hasOwnProperty.call(message, "config"))
                        $root.lograft.admin.v1.WatchedConfig.encode(message.config, writer.uint32(58).fork(), q + 1).ldelim();
                    if (message.configGone != null && Object.hasOwnProperty.call(message, "configGone"))
                        $root.lograft.admin.v1.WatchedConfig.encode(message.configGone, writer.uint32(66).fork(), q + 1).ldelim();
                    if (message.feature != null && Object.hasOwnProperty.call(message, "feature"))
                        $root.lograft.admin.v1.FeatureLevel.encode(message.feature, writer.uint32(74).fork(), q + 1).ldelim();
                    return writer;
                };

                Change.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.Change();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.broker = $root.lograft.admin.v1.WatchedBroker.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 2: {
                                message.brokerGone = reader.uint32();
                                break;
                            }
                        case 3: {
                                message.controller = $root.lograft.admin.v1.ControllerDescription.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 4: {
                                message.topic = $root.lograft.admin.v1.WatchedTopic.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 5: {
                                message.topicGone = $root.lograft.admin.v1.WatchedTopic.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 6: {
                                message.partition = $root.lograft.admin.v1.WatchedPartition.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 7: {
                                message.config = $root.lograft.admin.v1.WatchedConfig.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 8: {
                                message.configGone = $root.lograft.admin.v1.WatchedConfig.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 9: {
                                message.feature = $root.lograft.admin.v1.FeatureLevel.decode(reader, reader.uint32(), undefined, long + 1);
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

                return Change;
            })();

            v1.WatchedBroker = (function() {

                function WatchedBroker(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                WatchedBroker.prototype.brokerId = 0;
                WatchedBroker.prototype.state = 0;
                WatchedBroker.prototype.listener = null;
                WatchedBroker.prototype.rack = null;
                WatchedBroker.prototype.brokerEpoch = 0;
                WatchedBroker.prototype.incarnationId = "";
                WatchedBroker.prototype.directoryId = "";

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                Object.defineProperty(WatchedBroker.prototype, "_rack", {
                    get: $util.oneOfGetter($oneOfFields = ["rack"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                WatchedBroker.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.brokerId != null && Object.hasOwnProperty.call(message, "brokerId"))
                        writer.uint32(8).uint32(message.brokerId);
                    if (message.state != null && Object.hasOwnProperty.call(message, "state"))
                        writer.uint32(16).int32(message.state);
                    if (message.listener != null && Object.hasOwnProperty.call(message, "listener"))
                        $root.lograft.admin.v1.HostPort.encode(message.listener, writer.uint32(26).fork(), q + 1).ldelim();
                    if (message.rack != null && Object.hasOwnProperty.call(message, "rack"))
                        writer.uint32(34).string(message.rack);
                    if (message.brokerEpoch != null && Object.hasOwnProperty.call(message, "brokerEpoch"))
                        writer.uint32(40).uint64(message.brokerEpoch);
                    if (message.incarnationId != null && Object.hasOwnProperty.call(message, "incarnationId"))
                        writer.uint32(50).string(message.incarnationId);
                    if (message.directoryId != null && Object.hasOwnProperty.call(message, "directoryId"))
                        writer.uint32(58).string(message.directoryId);
                    return writer;
                };

                WatchedBroker.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.WatchedBroker();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.brokerId = reader.uint32();
                                break;
                            }
                        case 2: {
                                message.state = reader.int32();
                                break;
                            }
                        case 3: {
                                message.listener = $root.lograft.admin.v1.HostPort.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 4: {
                                message.rack = reader.string();
                                break;
                            }
                        case 5: {
                                message.brokerEpoch = reader.uint64();
                                break;
                            }
                        case 6: {
                                message.incarnationId = reader.string();
                                break;
                            }
                        case 7: {
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

                return WatchedBroker;
            })();

            v1.WatchedTopic = (function() {

                function WatchedTopic(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                WatchedTopic.prototype.name = "";
                WatchedTopic.prototype.topicId = "";

                WatchedTopic.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.name != null && Object.hasOwnProperty.call(message, "name"))
                        writer.uint32(10).string(message.name);
                    if (message.topicId != null && Object.hasOwnProperty.call(message, "topicId"))
                        writer.uint32(18).string(message.topicId);
                    return writer;
                };

                WatchedTopic.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.WatchedTopic();
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
                                message.topicId = reader.string();
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

                return WatchedTopic;
            })();

            v1.WatchedPartition = (function() {

                function WatchedPartition(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                WatchedPartition.prototype.topicId = "";
                WatchedPartition.prototype.state = null;

                WatchedPartition.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.topicId != null && Object.hasOwnProperty.call(message, "topicId"))
                        writer.uint32(10).string(message.topicId);
                    if (message.state != null && Object.hasOwnProperty.call(message, "state"))
                        $root.lograft.admin.v1.PartitionDescription.encode(message.state, writer.uint32(18).fork(), q + 1).ldelim();
                    return writer;
                };

                WatchedPartition.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.WatchedPartition();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.topicId = reader.string();
                                break;
                            }
                        case 2: {
                                message.state = $root.lograft.admin.v1.PartitionDescription.decode(reader, reader.uint32(), undefined, long + 1);
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

                return WatchedPartition;
            })();

            v1.WatchedConfig = (function() {

                function WatchedConfig(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                WatchedConfig.prototype.resource = null;
                WatchedConfig.prototype.name = "";
                WatchedConfig.prototype.value = null;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                Object.defineProperty(WatchedConfig.prototype, "_value", {
                    get: $util.oneOfGetter($oneOfFields = ["value"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                WatchedConfig.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.resource != null && Object.hasOwnProperty.call(message, "resource"))
                        $root.lograft.admin.v1.Resource.encode(message.resource, writer.uint32(10).fork(), q + 1).ldelim();
                    if (message.name != null && Object.hasOwnProperty.call(message, "name"))
                        writer.uint32(18).string(message.name);
                    if (message.value != null && Object.hasOwnProperty.call(message, "value"))
                        writer.uint32(26).string(message.value);
                    return writer;
                };

                WatchedConfig.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.WatchedConfig();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.resource = $root.lograft.admin.v1.Resource.decode(reader, reader.uint32(), undefined, long + 1);
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

                return WatchedConfig;
            })();

            v1.MakePlanRequest = (function() {

                function MakePlanRequest(properties) {
                    this.topics = [];
                    this.deleteOthersWithPrefix = [];
                    this.clusterConfigs = {};
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                MakePlanRequest.prototype.topics = $util.emptyArray;
                MakePlanRequest.prototype.deleteOthersWithPrefix = $util.emptyArray;
                MakePlanRequest.prototype.clusterConfigs = $util.emptyObject;

                MakePlanRequest.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.topics != null && message.topics.length)
                        for (let i = 0; i < message.topics.length; ++i)
                            $root.lograft.admin.v1.DesiredTopic.encode(message.topics[i], writer.uint32(10).fork(), q + 1).ldelim();
                    if (message.deleteOthersWithPrefix != null && message.deleteOthersWithPrefix.length)
                        for (let i = 0; i < message.deleteOthersWithPrefix.length; ++i)
                            writer.uint32(18).string(message.deleteOthersWithPrefix[i]);
                    if (message.clusterConfigs != null && Object.hasOwnProperty.call(message, "clusterConfigs"))
                        for (let keys = Object.keys(message.clusterConfigs), i = 0; i < keys.length; ++i)
                            writer.uint32(26).fork().uint32(10).string(keys[i]).uint32(18).string(message.clusterConfigs[keys[i]]).ldelim();
                    return writer;
                };

                MakePlanRequest.decode = function decode(reader, length, error, long) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (long === undefined)
                        long = 0;
                    if (long > $Reader.recursionLimit)
                        throw Error("maximum nesting depth exceeded");
                    let end, message, key, value;
                    if (length === undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = new $root.lograft.admin.v1.MakePlanRequest();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                if (!(message.topics && message.topics.length))
                                    message.topics = [];
                                message.topics.push($root.lograft.admin.v1.DesiredTopic.decode(reader, reader.uint32(), undefined, long + 1));
                                break;
                            }
                        case 2: {
                                if (!(message.deleteOthersWithPrefix && message.deleteOthersWithPrefix.length))
                                    message.deleteOthersWithPrefix = [];
                                message.deleteOthersWithPrefix.push(reader.string());
                                break;
                            }
                        case 3: {
                                if (message.clusterConfigs === $util.emptyObject)
                                    message.clusterConfigs = {};
                                let end2 = reader.uint32() + reader.pos;
                                if (end2 > reader.len)
                                    throw RangeError("index out of range");
                                reader.len = end2;
                                key = "";
                                value = "";
                                while (reader.pos < end2) {
                                    let tag2 = reader.uint32();
                                    switch (tag2 >>> 3) {
                                    case 1:
                                        key = reader.string();
                                        break;
                                    case 2:
                                        value = reader.string();
                                        break;
                                    default:
                                        reader.skipType(tag2 & 7, long);
                                        break;
                                    }
                                }
                                if (reader.pos !== end2)
                                    throw RangeError("index out of range");
                                reader.len = end;
                                if (key === "__proto__")
                                    $util.makeProp(message.clusterConfigs, key);
                                message.clusterConfigs[key] = value;
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

                return MakePlanRequest;
            })();

            v1.DesiredTopic = (function() {

                function DesiredTopic(properties) {
                    this.configs = {};
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                DesiredTopic.prototype.name = "";
                DesiredTopic.prototype.partitions = 0;
                DesiredTopic.prototype.replicationFactor = 0;
                DesiredTopic.prototype.configs = $util.emptyObject;
                DesiredTopic.prototype.exactConfigs = false;

                DesiredTopic.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.name != null && Object.hasOwnProperty.call(message, "name"))
                        writer.uint32(10).string(message.name);
                    if (message.partitions != null && Object.hasOwnProperty.call(message, "partitions"))
                        writer.uint32(16).uint32(message.partitions);
                    if (message.replicationFactor != null && Object.hasOwnProperty.call(message, "replicationFactor"))
                        writer.uint32(24).uint32(message.replicationFactor);
                    if (message.configs != null && Object.hasOwnProperty.call(message, "configs"))
                        for (let keys = Object.keys(message.configs), i = 0; i < keys.length; ++i)
                            writer.uint32(34).fork().uint32(10).string(keys[i]).uint32(18).string(message.configs[keys[i]]).ldelim();
                    if (message.exactConfigs != null && Object.hasOwnProperty.call(message, "exactConfigs"))
                        writer.uint32(40).bool(message.exactConfigs);
                    return writer;
                };

                DesiredTopic.decode = function decode(reader, length, error, long) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (long === undefined)
                        long = 0;
                    if (long > $Reader.recursionLimit)
                        throw Error("maximum nesting depth exceeded");
                    let end, message, key, value;
                    if (length === undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = new $root.lograft.admin.v1.DesiredTopic();
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
                                message.partitions = reader.uint32();
                                break;
                            }
                        case 3: {
                                message.replicationFactor = reader.uint32();
                                break;
                            }
                        case 4: {
                                if (message.configs === $util.emptyObject)
                                    message.configs = {};
                                let end2 = reader.uint32() + reader.pos;
                                if (end2 > reader.len)
                                    throw RangeError("index out of range");
                                reader.len = end2;
                                key = "";
                                value = "";
                                while (reader.pos < end2) {
                                    let tag2 = reader.uint32();
                                    switch (tag2 >>> 3) {
                                    case 1:
                                        key = reader.string();
                                        break;
                                    case 2:
                                        value = reader.string();
                                        break;
                                    default:
                                        reader.skipType(tag2 & 7, long);
                                        break;
                                    }
                                }
                                if (reader.pos !== end2)
                                    throw RangeError("index out of range");
                                reader.len = end;
                                if (key === "__proto__")
                                    $util.makeProp(message.configs, key);
                                message.configs[key] = value;
                                break;
                            }
                        case 5: {
                                message.exactConfigs = reader.bool();
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

                return DesiredTopic;
            })();

            v1.Plan = (function() {

                function Plan(properties) {
                    this.steps = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                Plan.prototype.planId = "";
                Plan.prototype.metadataOffset = 0;
                Plan.prototype.clusterId = "";
                Plan.prototype.steps = $util.emptyArray;

                Plan.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.planId != null && Object.hasOwnProperty.call(message, "planId"))
                        writer.uint32(10).string(message.planId);
                    if (message.metadataOffset != null && Object.hasOwnProperty.call(message, "metadataOffset"))
                        writer.uint32(16).uint64(message.metadataOffset);
                    if (message.clusterId != null && Object.hasOwnProperty.call(message, "clusterId"))
                        writer.uint32(26).string(message.clusterId);
                    if (message.steps != null && message.steps.length)
                        for (let i = 0; i < message.steps.length; ++i)
                            $root.lograft.admin.v1.PlanStep.encode(message.steps[i], writer.uint32(34).fork(), q + 1).ldelim();
                    return writer;
                };

                Plan.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.Plan();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.planId = reader.string();
                                break;
                            }
                        case 2: {
                                message.metadataOffset = reader.uint64();
                                break;
                            }
                        case 3: {
                                message.clusterId = reader.string();
                                break;
                            }
                        case 4: {
                                if (!(message.steps && message.steps.length))
                                    message.steps = [];
                                message.steps.push($root.lograft.admin.v1.PlanStep.decode(reader, reader.uint32(), undefined, long + 1));
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

                return Plan;
            })();

            v1.PlanStep = (function() {

                function PlanStep(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                PlanStep.prototype.summary = "";
                PlanStep.prototype.losesData = false;
                PlanStep.prototype.createTopic = null;
                PlanStep.prototype.deleteTopic = null;
                PlanStep.prototype.addPartitions = null;
                PlanStep.prototype.alterConfigs = null;
                PlanStep.prototype.reassign = null;
                PlanStep.prototype.expects = null;

                let $oneOfFields;

                Object.defineProperty(PlanStep.prototype, "step", {
                    get: $util.oneOfGetter($oneOfFields = ["createTopic", "deleteTopic", "addPartitions", "alterConfigs", "reassign"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                PlanStep.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.summary != null && Object.hasOwnProperty.call(message, "summary"))
                        writer.uint32(10).string(message.summary);
                    if (message.losesData != null && Object.hasOwnProperty.call(message, "losesData"))
                        writer.uint32(16).bool(message.losesData);
                    if (message.createTopic != null && Object.hasOwnProperty.call(message, "createTopic"))
                        $root.lograft.admin.v1.NewTopic.encode(message.createTopic, writer.uint32(26).fork(), q + 1).ldelim();
                    if (message.deleteTopic != null && Object.hasOwnProperty.call(message, "deleteTopic"))
                        $root.lograft.admin.v1.TopicName.encode(message.deleteTopic, writer.uint32(34).fork(), q + 1).ldelim();
                    if (message.addPartitions != null && Object.hasOwnProperty.call(message, "addPartitions"))
                        $root.lograft.admin.v1.AddedPartitions.encode(message.addPartitions, writer.uint32(42).fork(), q + 1).ldelim();
                    if (message.alterConfigs != null && Object.hasOwnProperty.call(message, "alterConfigs"))
                        $root.lograft.admin.v1.ConfigChange.encode(message.alterConfigs, writer.uint32(50).fork(), q + 1).ldelim();
                    if (message.reassign != null && Object.hasOwnProperty.call(message, "reassign"))
                        $root.lograft.admin.v1.ReassignRequest.encode(message.reassign, writer.uint32(58).fork(), q + 1).ldelim();
                    if (message.expects != null && Object.hasOwnProperty.call(message, "expects"))
                        $root.lograft.admin.v1.Expectation.encode(message.expects, writer.uint32(66).fork(), q + 1).ldelim();
                    return writer;
                };

                PlanStep.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.PlanStep();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.summary = reader.string();
                                break;
                            }
                        case 2: {
                                message.losesData = reader.bool();
                                break;
                            }
                        case 3: {
                                message.createTopic = $root.lograft.admin.v1.NewTopic.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 4: {
                                message.deleteTopic = $root.lograft.admin.v1.TopicName.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 5: {
                                message.addPartitions = $root.lograft.admin.v1.AddedPartitions.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 6: {
                                message.alterConfigs = $root.lograft.admin.v1.ConfigChange.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 7: {
                                message.reassign = $root.lograft.admin.v1.ReassignRequest.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 8: {
                                message.expects = $root.lograft.admin.v1.Expectation.decode(reader, reader.uint32(), undefined, long + 1);
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

                return PlanStep;
            })();

            v1.Expectation = (function() {

                function Expectation(properties) {
                    this.configs = {};
                    this.unset = [];
                    this.replicas = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                Expectation.prototype.topic = null;
                Expectation.prototype.partitions = 0;
                Expectation.prototype.configs = $util.emptyObject;
                Expectation.prototype.unset = $util.emptyArray;
                Expectation.prototype.replicas = $util.emptyArray;

                Expectation.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.topic != null && Object.hasOwnProperty.call(message, "topic"))
                        $root.lograft.admin.v1.TopicName.encode(message.topic, writer.uint32(10).fork(), q + 1).ldelim();
                    if (message.partitions != null && Object.hasOwnProperty.call(message, "partitions"))
                        writer.uint32(16).uint32(message.partitions);
                    if (message.configs != null && Object.hasOwnProperty.call(message, "configs"))
                        for (let keys = Object.keys(message.configs), i = 0; i < keys.length; ++i)
                            writer.uint32(26).fork().uint32(10).string(keys[i]).uint32(18).string(message.configs[keys[i]]).ldelim();
                    if (message.unset != null && message.unset.length)
                        for (let i = 0; i < message.unset.length; ++i)
                            writer.uint32(34).string(message.unset[i]);
                    if (message.replicas != null && message.replicas.length)
                        for (let i = 0; i < message.replicas.length; ++i)
                            $root.lograft.admin.v1.ReassignedPartition.encode(message.replicas[i], writer.uint32(42).fork(), q + 1).ldelim();
                    return writer;
                };

                Expectation.decode = function decode(reader, length, error, long) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (long === undefined)
                        long = 0;
                    if (long > $Reader.recursionLimit)
                        throw Error("maximum nesting depth exceeded");
                    let end, message, key, value;
                    if (length === undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = new $root.lograft.admin.v1.Expectation();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.topic = $root.lograft.admin.v1.TopicName.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 2: {
                                message.partitions = reader.uint32();
                                break;
                            }
                        case 3: {
                                if (message.configs === $util.emptyObject)
                                    message.configs = {};
                                let end2 = reader.uint32() + reader.pos;
                                if (end2 > reader.len)
                                    throw RangeError("index out of range");
                                reader.len = end2;
                                key = "";
                                value = "";
                                while (reader.pos < end2) {
                                    let tag2 = reader.uint32();
                                    switch (tag2 >>> 3) {
                                    case 1:
                                        key = reader.string();
                                        break;
                                    case 2:
                                        value = reader.string();
                                        break;
                                    default:
                                        reader.skipType(tag2 & 7, long);
                                        break;
                                    }
                                }
                                if (reader.pos !== end2)
                                    throw RangeError("index out of range");
                                reader.len = end;
                                if (key === "__proto__")
                                    $util.makeProp(message.configs, key);
                                message.configs[key] = value;
                                break;
                            }
                        case 4: {
                                if (!(message.unset && message.unset.length))
                                    message.unset = [];
                                message.unset.push(reader.string());
                                break;
                            }
                        case 5: {
                                if (!(message.replicas && message.replicas.length))
                                    message.replicas = [];
                                message.replicas.push($root.lograft.admin.v1.ReassignedPartition.decode(reader, reader.uint32(), undefined, long + 1));
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

            v1.ApplyPlanRequest = (function() {

                function ApplyPlanRequest(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                ApplyPlanRequest.prototype.plan = null;
                ApplyPlanRequest.prototype.idempotencyKey = "";
                ApplyPlanRequest.prototype.validateOnly = false;
                ApplyPlanRequest.prototype.allowDataLoss = false;

                ApplyPlanRequest.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.plan != null && Object.hasOwnProperty.call(message, "plan"))
                        $root.lograft.admin.v1.Plan.encode(message.plan, writer.uint32(10).fork(), q + 1).ldelim();
                    if (message.idempotencyKey != null && Object.hasOwnProperty.call(message, "idempotencyKey"))
                        writer.uint32(18).string(message.idempotencyKey);
                    if (message.validateOnly != null && Object.hasOwnProperty.call(message, "validateOnly"))
                        writer.uint32(24).bool(message.validateOnly);
                    if (message.allowDataLoss != null && Object.hasOwnProperty.call(message, "allowDataLoss"))
                        writer.uint32(32).bool(message.allowDataLoss);
                    return writer;
                };

                ApplyPlanRequest.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.ApplyPlanRequest();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.plan = $root.lograft.admin.v1.Plan.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 2: {
                                message.idempotencyKey = reader.string();
                                break;
                            }
                        case 3: {
                                message.validateOnly = reader.bool();
                                break;
                            }
                        case 4: {
                                message.allowDataLoss = reader.bool();
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

                return ApplyPlanRequest;
            })();

            v1.ApplyEvent = (function() {

                function ApplyEvent(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                ApplyEvent.prototype.step = 0;
                ApplyEvent.prototype.summary = "";
                ApplyEvent.prototype.mutated = null;
                ApplyEvent.prototype.steps = 0;

                ApplyEvent.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.step != null && Object.hasOwnProperty.call(message, "step"))
                        writer.uint32(8).uint32(message.step);
                    if (message.summary != null && Object.hasOwnProperty.call(message, "summary"))
                        writer.uint32(18).string(message.summary);
                    if (message.mutated != null && Object.hasOwnProperty.call(message, "mutated"))
                        $root.lograft.admin.v1.Mutated.encode(message.mutated, writer.uint32(26).fork(), q + 1).ldelim();
                    if (message.steps != null && Object.hasOwnProperty.call(message, "steps"))
                        writer.uint32(32).uint32(message.steps);
                    return writer;
                };

                ApplyEvent.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.ApplyEvent();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.step = reader.uint32();
                                break;
                            }
                        case 2: {
                                message.summary = reader.string();
                                break;
                            }
                        case 3: {
                                message.mutated = $root.lograft.admin.v1.Mutated.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 4: {
                                message.steps = reader.uint32();
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

                return ApplyEvent;
            })();

            v1.FaultKind = (function() {
                const valuesById = {}, values = Object.create(valuesById);
                values[valuesById[0] = "FAULT_KIND_UNSPECIFIED"] = 0;
                values[valuesById[1] = "FAULT_KIND_FAIL"] = 1;
                values[valuesById[2] = "FAULT_KIND_DELAY"] = 2;
                values[valuesById[3] = "FAULT_KIND_LOSE_ANSWERS"] = 3;
                values[valuesById[4] = "FAULT_KIND_REFUSE_CLIENT"] = 4;
                return values;
            })();

            v1.InjectFaultRequest = (function() {

                function InjectFaultRequest(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                InjectFaultRequest.prototype.kind = 0;
                InjectFaultRequest.prototype.api = "";
                InjectFaultRequest.prototype.clientId = "";
                InjectFaultRequest.prototype.count = 0;
                InjectFaultRequest.prototype.forMs = 0;
                InjectFaultRequest.prototype.error = "";
                InjectFaultRequest.prototype.delayMs = 0;

                InjectFaultRequest.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.kind != null && Object.hasOwnProperty.call(message, "kind"))
                        writer.uint32(8).int32(message.kind);
                    if (message.api != null && Object.hasOwnProperty.call(message, "api"))
                        writer.uint32(18).string(message.api);
                    if (message.clientId != null && Object.hasOwnProperty.call(message, "clientId"))
                        writer.uint32(26).string(message.clientId);
                    if (message.count != null && Object.hasOwnProperty.call(message, "count"))
                        writer.uint32(32).uint32(message.count);
                    if (message.forMs != null && Object.hasOwnProperty.call(message, "forMs"))
                        writer.uint32(40).uint32(message.forMs);
                    if (message.error != null && Object.hasOwnProperty.call(message, "error"))
                        writer.uint32(50).string(message.error);
                    if (message.delayMs != null && Object.hasOwnProperty.call(message, "delayMs"))
                        writer.uint32(56).uint32(message.delayMs);
                    return writer;
                };

                InjectFaultRequest.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.InjectFaultRequest();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.kind = reader.int32();
                                break;
                            }
                        case 2: {
                                message.api = reader.string();
                                break;
                            }
                        case 3: {
                                message.clientId = reader.string();
                                break;
                            }
                        case 4: {
                                message.count = reader.uint32();
                                break;
                            }
                        case 5: {
                                message.forMs = reader.uint32();
                                break;
                            }
                        case 6: {
                                message.error = reader.string();
                                break;
                            }
                        case 7: {
                                message.delayMs = reader.uint32();
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

                return InjectFaultRequest;
            })();

            v1.InjectFaultReply = (function() {

                function InjectFaultReply(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                InjectFaultReply.prototype.fault = null;

                InjectFaultReply.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.fault != null && Object.hasOwnProperty.call(message, "fault"))
                        $root.lograft.admin.v1.Fault.encode(message.fault, writer.uint32(10).fork(), q + 1).ldelim();
                    return writer;
                };

                InjectFaultReply.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.InjectFaultReply();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.fault = $root.lograft.admin.v1.Fault.decode(reader, reader.uint32(), undefined, long + 1);
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

                return InjectFaultReply;
            })();

            v1.ListFaultsRequest = (function() {

                function ListFaultsRequest(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                ListFaultsRequest.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    return writer;
                };

                ListFaultsRequest.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.ListFaultsRequest();
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

                return ListFaultsRequest;
            })();

            v1.ListFaultsReply = (function() {

                function ListFaultsReply(properties) {
                    this.faults = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                ListFaultsReply.prototype.faults = $util.emptyArray;

                ListFaultsReply.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.faults != null && message.faults.length)
                        for (let i = 0; i < message.faults.length; ++i)
                            $root.lograft.admin.v1.Fault.encode(message.faults[i], writer.uint32(10).fork(), q + 1).ldelim();
                    return writer;
                };

                ListFaultsReply.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.ListFaultsReply();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                if (!(message.faults && message.faults.length))
                                    message.faults = [];
                                message.faults.push($root.lograft.admin.v1.Fault.decode(reader, reader.uint32(), undefined, long + 1));
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

                return ListFaultsReply;
            })();

            v1.ClearFaultsRequest = (function() {

                function ClearFaultsRequest(properties) {
                    this.ids = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                ClearFaultsRequest.prototype.ids = $util.emptyArray;

                ClearFaultsRequest.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.ids != null && message.ids.length) {
                        writer.uint32(10).fork();
                        for (let i = 0; i < message.ids.length; ++i)
                            writer.uint32(message.ids[i]);
                        writer.ldelim();
                    }
                    return writer;
                };

                ClearFaultsRequest.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.ClearFaultsRequest();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                if (!(message.ids && message.ids.length))
                                    message.ids = [];
                                if ((tag & 7) === 2) {
                                    let end2 = reader.uint32() + reader.pos;
                                    if (end2 > reader.len)
                                        throw RangeError("index out of range");
                                    reader.len = end2;
                                    while (reader.pos < end2)
                                        message.ids.push(reader.uint32());
                                    if (reader.pos !== end2)
                                        throw RangeError("index out of range");
                                    reader.len = end;
                                } else
                                    message.ids.push(reader.uint32());
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

                return ClearFaultsRequest;
            })();

            v1.ClearFaultsReply = (function() {

                function ClearFaultsReply(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                ClearFaultsReply.prototype.cleared = 0;

                ClearFaultsReply.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.cleared != null && Object.hasOwnProperty.call(message, "cleared"))
                        writer.uint32(8).uint32(message.cleared);
                    return writer;
                };

                ClearFaultsReply.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.ClearFaultsReply();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.cleared = reader.uint32();
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

                return ClearFaultsReply;
            })();

            v1.Fault = (function() {

                function Fault(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                Fault.prototype.id = 0;
                Fault.prototype.order = null;
                Fault.prototype.hits = 0;
                Fault.prototype.leftMs = 0;

                Fault.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.id != null && Object.hasOwnProperty.call(message, "id"))
                        writer.uint32(8).uint32(message.id);
                    if (message.order != null && Object.hasOwnProperty.call(message, "order"))
                        $root.lograft.admin.v1.InjectFaultRequest.encode(message.order, writer.uint32(18).fork(), q + 1).ldelim();
                    if (message.hits != null && Object.hasOwnProperty.call(message, "hits"))
                        writer.uint32(24).uint32(message.hits);
                    if (message.leftMs != null && Object.hasOwnProperty.call(message, "leftMs"))
                        writer.uint32(32).uint32(message.leftMs);
                    return writer;
                };

                Fault.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.admin.v1.Fault();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.id = reader.uint32();
                                break;
                            }
                        case 2: {
                                message.order = $root.lograft.admin.v1.InjectFaultRequest.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 3: {
                                message.hits = reader.uint32();
                                break;
                            }
                        case 4: {
                                message.leftMs = reader.uint32();
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

                return Fault;
            })();

            return v1;
        })();

        return admin;
    })();

    return lograft;
})();

export { $root as default };
