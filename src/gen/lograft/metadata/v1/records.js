/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars*/
import $protobuf from "protobufjs/minimal.js";

const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;

const $root = $protobuf.roots["lograft_metadata_v1_records"] || ($protobuf.roots["lograft_metadata_v1_records"] = {});

export const lograft = $root.lograft = (() => {

    const lograft = {};

    lograft.metadata = (function() {

        const metadata = {};

        metadata.v1 = (function() {

            const v1 = {};

            v1.Entry = (function() {

                function Entry(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                Entry.prototype.index = 0;
                Entry.prototype.term = 0;
                Entry.prototype.previousTerm = 0;
                Entry.prototype.flushedOffset = 0;
                Entry.prototype.records = $util.newBuffer([]);
                Entry.prototype.commitOffset = 0;
                Entry.prototype.configuration = null;

                Entry.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.index != null && Object.hasOwnProperty.call(message, "index"))
                        writer.uint32(8).uint64(message.index);
                    if (message.term != null && Object.hasOwnProperty.call(message, "term"))
                        writer.uint32(16).uint32(message.term);
                    if (message.previousTerm != null && Object.hasOwnProperty.call(message, "previousTerm"))
                        writer.uint32(24).uint32(message.previousTerm);
                    if (message.flushedOffset != null && Object.hasOwnProperty.call(message, "flushedOffset"))
                        writer.uint32(32).uint64(message.flushedOffset);
                    if (message.records != null && Object.hasOwnProperty.call(message, "records"))
                        writer.uint32(42).bytes(message.records);
                    if (message.commitOffset != null && Object.hasOwnProperty.call(message, "commitOffset"))
                        writer.uint32(48).uint64(message.commitOffset);
                    if (message.configuration != null && Object.hasOwnProperty.call(message, "configuration"))
                        $root.lograft.metadata.v1.Configuration.encode(message.configuration, writer.uint32(58).fork(), q + 1).ldelim();
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
                    message = new $root.lograft.metadata.v1.Entry();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.index = reader.uint64();
                                break;
                            }
                        case 2: {
                                message.term = reader.uint32();
                                break;
                            }
                        case 3: {
                                message.previousTerm = reader.uint32();
                                break;
                            }
                        case 4: {
                                message.flushedOffset = reader.uint64();
                                break;
                            }
                        case 5: {
                                message.records = reader.bytes();
                                break;
                            }
                        case 6: {
                                message.commitOffset = reader.uint64();
                                break;
                            }
                        case 7: {
                                message.configuration = $root.lograft.metadata.v1.Configuration.decode(reader, reader.uint32(), undefined, long + 1);
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
                            $root.lograft.metadata.v1.Replica.encode(message.voters[i], writer.uint32(10).fork(), q + 1).ldelim();
                    if (message.outgoing != null && message.outgoing.length)
                        for (let i = 0; i < message.outgoing.length; ++i)
                            $root.lograft.metadata.v1.Replica.encode(message.outgoing[i], writer.uint32(18).fork(), q + 1).ldelim();
                    if (message.learners != null && message.learners.length)
                        for (let i = 0; i < message.learners.length; ++i)
                            $root.lograft.metadata.v1.Replica.encode(message.learners[i], writer.uint32(26).fork(), q + 1).ldelim();
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
                    message = new $root.lograft.metadata.v1.Configuration();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                if (!(message.voters && message.voters.length))
                                    message.voters = [];
                                message.voters.push($root.lograft.metadata.v1.Replica.decode(reader, reader.uint32(), undefined, long + 1));
                                break;
                            }
                        case 2: {
                                if (!(message.outgoing && message.outgoing.length))
                                    message.outgoing = [];
                                message.outgoing.push($root.lograft.metadata.v1.Replica.decode(reader, reader.uint32(), undefined, long + 1));
                                break;
                            }
                        case 3: {
                                if (!(message.learners && message.learners.length))
                                    message.learners = [];
                                message.learners.push($root.lograft.metadata.v1.Replica.decode(reader, reader.uint32(), undefined, long + 1));
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
                    message = new $root.lograft.metadata.v1.Replica();
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

            v1.SnapshotPart = (function() {

                function SnapshotPart(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                SnapshotPart.prototype.endOffset = 0;
                SnapshotPart.prototype.term = 0;
                SnapshotPart.prototype.part = 0;
                SnapshotPart.prototype.last = false;
                SnapshotPart.prototype.records = $util.newBuffer([]);
                SnapshotPart.prototype.configuration = null;

                SnapshotPart.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.endOffset != null && Object.hasOwnProperty.call(message, "endOffset"))
                        writer.uint32(8).uint64(message.endOffset);
                    if (message.term != null && Object.hasOwnProperty.call(message, "term"))
                        writer.uint32(16).uint32(message.term);
                    if (message.part != null && Object.hasOwnProperty.call(message, "part"))
                        writer.uint32(24).uint32(message.part);
                    if (message.last != null && Object.hasOwnProperty.call(message, "last"))
                        writer.uint32(32).bool(message.last);
                    if (message.records != null && Object.hasOwnProperty.call(message, "records"))
                        writer.uint32(42).bytes(message.records);
                    if (message.configuration != null && Object.hasOwnProperty.call(message, "configuration"))
                        $root.lograft.metadata.v1.Configuration.encode(message.configuration, writer.uint32(50).fork(), q + 1).ldelim();
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
                    message = new $root.lograft.metadata.v1.SnapshotPart();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.endOffset = reader.uint64();
                                break;
                            }
                        case 2: {
                                message.term = reader.uint32();
                                break;
                            }
                        case 3: {
                                message.part = reader.uint32();
                                break;
                            }
                        case 4: {
                                message.last = reader.bool();
                                break;
                            }
                        case 5: {
                                message.records = reader.bytes();
                                break;
                            }
                        case 6: {
                                message.configuration = $root.lograft.metadata.v1.Configuration.decode(reader, reader.uint32(), undefined, long + 1);
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

            v1.RecordList = (function() {

                function RecordList(properties) {
                    this.records = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                RecordList.prototype.formatVersion = 0;
                RecordList.prototype.records = $util.emptyArray;

                RecordList.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.formatVersion != null && Object.hasOwnProperty.call(message, "formatVersion"))
                        writer.uint32(8).uint32(message.formatVersion);
                    if (message.records != null && message.records.length)
                        for (let i = 0; i < message.records.length; ++i)
                            $root.lograft.metadata.v1.Record.encode(message.records[i], writer.uint32(18).fork(), q + 1).ldelim();
                    return writer;
                };

                RecordList.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.metadata.v1.RecordList();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.formatVersion = reader.uint32();
                                break;
                            }
                        case 2: {
                                if (!(message.records && message.records.length))
                                    message.records = [];
                                message.records.push($root.lograft.metadata.v1.Record.decode(reader, reader.uint32(), undefined, long + 1));
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

                return RecordList;
            })();

            v1.Record = (function() {

                function Record(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                Record.prototype.clusterId = null;
                Record.prototype.featureLevel = null;
                Record.prototype.registerBroker = null;
                Record.prototype.unregisterBroker = null;
                Record.prototype.brokerRegistrationChange = null;
                Record.prototype.topic = null;
                Record.prototype.partition = null;
                Record.prototype.partitionChange = null;
                Record.prototype.removeTopic = null;
                Record.prototype.config = null;
                Record.prototype.producerIds = null;
                Record.prototype.noOp = null;
                Record.prototype.registerController = null;
                Record.prototype.requestKey = null;

                let $oneOfFields;

                Object.defineProperty(Record.prototype, "kind", {
                    get: $util.oneOfGetter($oneOfFields = ["clusterId", "featureLevel", "registerBroker", "unregisterBroker", "brokerRegistrationChange", "topic", "partition", "partitionChange", "removeTopic", "config", "producerIds", "noOp", "registerController", "requestKey"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                Record.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.clusterId != null && Object.hasOwnProperty.call(message, "clusterId"))
                        $root.lograft.metadata.v1.ClusterIdRecord.encode(message.clusterId, writer.uint32(10).fork(), q + 1).ldelim();
                    if (message.featureLevel != null && Object.hasOwnProperty.call(message, "featureLevel"))
                        $root.lograft.metadata.v1.FeatureLevelRecord.encode(message.featureLevel, writer.uint32(18).fork(), q + 1).ldelim();
                    if (message.registerBroker != null && Object.hasOwnProperty.call(message, "registerBroker"))
                        $root.lograft.metadata.v1.RegisterBrokerRecord.encode(message.registerBroker, writer.uint32(26).fork(), q + 1).ldelim();
                    if (message.unregisterBroker != null && Object.hasOwnProperty.call(message, "unregisterBroker"))
                        $root.lograft.metadata.v1.UnregisterBrokerRecord.encode(message.unregisterBroker, writer.uint32(34).fork(), q + 1).ldelim();
                    if (message.brokerRegistrationChange != null && Object.hasOwnProperty.call(message, "brokerRegistrationChange"))
                        $root.lograft.metadata.v1.BrokerRegistrationChangeRecord.encode(message.brokerRegistrationChange, writer.uint32(42).fork(), q + 1).ldelim();
                    if (message.topic != null && Object.hasOwnProperty.call(message, "topic"))
                        $root.lograft.metadata.v1.TopicRecord.encode(message.topic, writer.uint32(50).fork(), q + 1).ldelim();
                    if (message.partition != null && Object.hasOwnProperty.call(message, "partition"))
                        $root.lograft.metadata.v1.PartitionRecord.encode(message.partition, writer.uint32(58).fork(), q + 1).ldelim();
                    if (message.partitionChange != null && Object.hasOwnProperty.call(message, "partitionChange"))
                        $root.lograft.metadata.v1.PartitionChangeRecord.encode(message.partitionChange, writer.uint32(66).fork(), q + 1).ldelim();
                    if (message.removeTopic != null && Object.hasOwnProperty.call(message, "removeTopic"))
                        $root.lograft.metadata.v1.RemoveTopicRecord.encode(message.removeTopic, writer.uint32(74).fork(), q + 1).ldelim();
                    if (message.config != null && Object.hasOwnProperty.call(message, "config"))
                        $root.lograft.metadata.v1.ConfigRecord.encode(message.config, writer.uint32(82).fork(), q + 1).ldelim();
                    if (message.producerIds != null && Object.hasOwnProperty.call(message, "producerIds"))
                        $root.lograft.metadata.v1.ProducerIdsRecord.encode(message.producerIds, writer.uint32(90).fork(), q + 1).ldelim();
                    if (message.noOp != null && Object.hasOwnProperty.call(message, "noOp"))
                        $root.lograft.metadata.v1.NoOpRecord.encode(message.noOp, writer.uint32(98).fork(), q + 1).ldelim();
                    if (message.registerController != null && Object.hasOwnProperty.call(message, "registerController"))
                        $root.lograft.metadata.v1.RegisterControllerRecord.encode(message.registerController, writer.uint32(106).fork(), q + 1).ldelim();
                    if (message.requestKey != null && Object.hasOwnProperty.call(message, "requestKey"))
                        $root.lograft.metadata.v1.RequestKeyRecord.encode(message.requestKey, writer.uint32(114).fork(), q + 1).ldelim();
                    return writer;
                };

                Record.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.metadata.v1.Record();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.clusterId = $root.lograft.metadata.v1.ClusterIdRecord.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 2: {
                                message.featureLevel = $root.lograft.metadata.v1.FeatureLevelRecord.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 3: {
                                message.registerBroker = $root.lograft.metadata.v1.RegisterBrokerRecord.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 4: {
                                message.unregisterBroker = $root.lograft.metadata.v1.UnregisterBrokerRecord.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 5: {
                                message.brokerRegistrationChange = $root.lograft.metadata.v1.BrokerRegistrationChangeRecord.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 6: {
                                message.topic = $root.lograft.metadata.v1.TopicRecord.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 7: {
                                message.partition = $root.lograft.metadata.v1.PartitionRecord.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 8: {
                                message.partitionChange = $root.lograft.metadata.v1.PartitionChangeRecord.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 9: {
                                message.removeTopic = $root.lograft.metadata.v1.RemoveTopicRecord.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 10: {
                                message.config = $root.lograft.metadata.v1.ConfigRecord.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 11: {
                                message.producerIds = $root.lograft.metadata.v1.ProducerIdsRecord.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 12: {
                                message.noOp = $root.lograft.metadata.v1.NoOpRecord.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 13: {
                                message.registerController = $root.lograft.metadata.v1.RegisterControllerRecord.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 14: {
                                message.requestKey = $root.lograft.metadata.v1.RequestKeyRecord.decode(reader, reader.uint32(), undefined, long + 1);
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

                return Record;
            })();

            v1.ClusterIdRecord = (function() {

                function ClusterIdRecord(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                ClusterIdRecord.prototype.clusterId = "";

                ClusterIdRecord.encode = function encode(message, writer, q) {
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

                ClusterIdRecord.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.metadata.v1.ClusterIdRecord();
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

                return ClusterIdRecord;
            })();

            v1.FeatureLevelRecord = (function() {

                function FeatureLevelRecord(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                FeatureLevelRecord.prototype.name = "";
                FeatureLevelRecord.prototype.level = 0;

                FeatureLevelRecord.encode = function encode(message, writer, q) {
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

                FeatureLevelRecord.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.metadata.v1.FeatureLevelRecord();
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

                return FeatureLevelRecord;
            })();

            v1.RegisterBrokerRecord = (function() {

                function RegisterBrokerRecord(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                RegisterBrokerRecord.prototype.nodeId = 0;
                RegisterBrokerRecord.prototype.incarnationId = $util.newBuffer([]);
                RegisterBrokerRecord.prototype.directoryId = $util.newBuffer([]);
                RegisterBrokerRecord.prototype.brokerEpoch = 0;
                RegisterBrokerRecord.prototype.host = "";
                RegisterBrokerRecord.prototype.port = 0;
                RegisterBrokerRecord.prototype.rack = null;
                RegisterBrokerRecord.prototype.fenced = false;
                RegisterBrokerRecord.prototype.inControlledShutdown = false;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                Object.defineProperty(RegisterBrokerRecord.prototype, "_rack", {
                    get: $util.oneOfGetter($oneOfFields = ["rack"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                RegisterBrokerRecord.encode = function encode(message, writer, q) {
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
                    if (message.brokerEpoch != null && Object.hasOwnProperty.call(message, "brokerEpoch"))
                        writer.uint32(32).uint64(message.brokerEpoch);
                    if (message.host != null && Object.hasOwnProperty.call(message, "host"))
                        writer.uint32(42).string(message.host);
                    if (message.port != null && Object.hasOwnProperty.call(message, "port"))
                        writer.uint32(48).uint32(message.port);
                    if (message.rack != null && Object.hasOwnProperty.call(message, "rack"))
                        writer.uint32(58).string(message.rack);
                    if (message.fenced != null && Object.hasOwnProperty.call(message, "fenced"))
                        writer.uint32(64).bool(message.fenced);
                    if (message.inControlledShutdown != null && Object.hasOwnProperty.call(message, "inControlledShutdown"))
                        writer.uint32(72).bool(message.inControlledShutdown);
                    return writer;
                };

                RegisterBrokerRecord.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.metadata.v1.RegisterBrokerRecord();
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
                                message.brokerEpoch = reader.uint64();
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
                                message.rack = reader.string();
                                break;
                            }
                        case 8: {
                                message.fenced = reader.bool();
                                break;
                            }
                        case 9: {
                                message.inControlledShutdown = reader.bool();
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

                return RegisterBrokerRecord;
            })();

            v1.UnregisterBrokerRecord = (function() {

                function UnregisterBrokerRecord(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                UnregisterBrokerRecord.prototype.nodeId = 0;
                UnregisterBrokerRecord.prototype.brokerEpoch = 0;

                UnregisterBrokerRecord.encode = function encode(message, writer, q) {
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

                UnregisterBrokerRecord.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.metadata.v1.UnregisterBrokerRecord();
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

                return UnregisterBrokerRecord;
            })();

            v1.BrokerRegistrationChangeRecord = (function() {

                function BrokerRegistrationChangeRecord(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                BrokerRegistrationChangeRecord.prototype.nodeId = 0;
                BrokerRegistrationChangeRecord.prototype.brokerEpoch = 0;
                BrokerRegistrationChangeRecord.prototype.fenced = null;
                BrokerRegistrationChangeRecord.prototype.inControlledShutdown = null;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                Object.defineProperty(BrokerRegistrationChangeRecord.prototype, "_fenced", {
                    get: $util.oneOfGetter($oneOfFields = ["fenced"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                Object.defineProperty(BrokerRegistrationChangeRecord.prototype, "_inControlledShutdown", {
                    get: $util.oneOfGetter($oneOfFields = ["inControlledShutdown"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                BrokerRegistrationChangeRecord.encode = function encode(message, writer, q) {
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
                    if (message.fenced != null && Object.hasOwnProperty.call(message, "fenced"))
                        writer.uint32(24).bool(message.fenced);
                    if (message.inControlledShutdown != null && Object.hasOwnProperty.call(message, "inControlledShutdown"))
                        writer.uint32(32).bool(message.inControlledShutdown);
                    return writer;
                };

                BrokerRegistrationChangeRecord.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.metadata.v1.BrokerRegistrationChangeRecord();
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
                                message.fenced = reader.bool();
                                break;
                            }
                        case 4: {
                                message.inControlledShutdown = reader.bool();
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

                return BrokerRegistrationChangeRecord;
            })();

            v1.TopicRecord = (function() {

                function TopicRecord(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                TopicRecord.prototype.name = "";
                TopicRecord.prototype.topicId = $util.newBuffer([]);

                TopicRecord.encode = function encode(message, writer, q) {
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

                TopicRecord.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.metadata.v1.TopicRecord();
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

                return TopicRecord;
            })();

            v1.PartitionRecord = (function() {

                function PartitionRecord(properties) {
                    this.replicas = [];
                    this.isr = [];
                    this.elr = [];
                    this.addingReplicas = [];
                    this.removingReplicas = [];
                    this.lastKnownElr = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                PartitionRecord.prototype.topicId = $util.newBuffer([]);
                PartitionRecord.prototype.partition = 0;
                PartitionRecord.prototype.replicas = $util.emptyArray;
                PartitionRecord.prototype.isr = $util.emptyArray;
                PartitionRecord.prototype.elr = $util.emptyArray;
                PartitionRecord.prototype.leader = 0;
                PartitionRecord.prototype.leaderEpoch = 0;
                PartitionRecord.prototype.partitionEpoch = 0;
                PartitionRecord.prototype.addingReplicas = $util.emptyArray;
                PartitionRecord.prototype.removingReplicas = $util.emptyArray;
                PartitionRecord.prototype.lastKnownElr = $util.emptyArray;

                PartitionRecord.encode = function encode(message, writer, q) {
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
                    if (message.replicas != null && message.replicas.length) {
                        writer.uint32(26).fork();
                        for (let i = 0; i < message.replicas.length; ++i)
                            writer.uint32(message.replicas[i]);
                        writer.ldelim();
                    }
                    if (message.isr != null && message.isr.length) {
                        writer.uint32(34).fork();
                        for (let i = 0; i < message.isr.length; ++i)
                            writer.uint32(message.isr[i]);
                        writer.ldelim();
                    }
                    if (message.elr != null && message.elr.length) {
                        writer.uint32(42).fork();
                        for (let i = 0; i < message.elr.length; ++i)
                            writer.uint32(message.elr[i]);
                        writer.ldelim();
                    }
                    if (message.leader != null && Object.hasOwnProperty.call(message, "leader"))
                        writer.uint32(48).sint32(message.leader);
                    if (message.leaderEpoch != null && Object.hasOwnProperty.call(message, "leaderEpoch"))
                        writer.uint32(56).uint32(message.leaderEpoch);
                    if (message.partitionEpoch != null && Object.hasOwnProperty.call(message, "partitionEpoch"))
                        writer.uint32(64).uint32(message.partitionEpoch);
                    if (message.addingReplicas != null && message.addingReplicas.length) {
                        writer.uint32(74).fork();
                        for (let i = 0; i < message.addingReplicas.length; ++i)
                            writer.uint32(message.addingReplicas[i]);
                        writer.ldelim();
                    }
                    if (message.removingReplicas != null && message.removingReplicas.length) {
                        writer.uint32(82).fork();
                        for (let i = 0; i < message.removingReplicas.length; ++i)
                            writer.uint32(message.removingReplicas[i]);
                        writer.ldelim();
                    }
                    if (message.lastKnownElr != null && message.lastKnownElr.length) {
                        writer.uint32(90).fork();
                        for (let i = 0; i < message.lastKnownElr.length; ++i)
                            writer.uint32(message.lastKnownElr[i]);
                        writer.ldelim();
                    }
                    return writer;
                };

                PartitionRecord.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.metadata.v1.PartitionRecord();
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
                        case 5: {
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
                        case 6: {
                                message.leader = reader.sint32();
                                break;
                            }
                        case 7: {
                                message.leaderEpoch = reader.uint32();
                                break;
                            }
                        case 8: {
                                message.partitionEpoch = reader.uint32();
                                break;
                            }
                        case 9: {
                                if (!(message.addingReplicas && message.addingReplicas.length))
                                    message.addingReplicas = [];
                                if ((tag & 7) === 2) {
                                    let end2 = reader.uint32() + reader.pos;
                                    if (end2 > reader.len)
                                        throw RangeError("index out of range");
                                    reader.len = end2;
                                    while (reader.pos < end2)
                                        message.addingReplicas.push(reader.uint32());
                                    if (reader.pos !== end2)
                                        throw RangeError("index out of range");
                                    reader.len = end;
                                } else
                                    message.addingReplicas.push(reader.uint32());
                                break;
                            }
                        case 10: {
                                if (!(message.removingReplicas && message.removingReplicas.length))
                                    message.removingReplicas = [];
                                if ((tag & 7) === 2) {
                                    let end2 = reader.uint32() + reader.pos;
                                    if (end2 > reader.len)
                                        throw RangeError("index out of range");
                                    reader.len = end2;
                                    while (reader.pos < end2)
                                        message.removingReplicas.push(reader.uint32());
                                    if (reader.pos !== end2)
                                        throw RangeError("index out of range");
                                    reader.len = end;
                                } else
                                    message.removingReplicas.push(reader.uint32());
                                break;
                            }
                        case 11: {
                                if (!(message.lastKnownElr && message.lastKnownElr.length))
                                    message.lastKnownElr = [];
                                if ((tag & 7) === 2) {
                                    let end2 = reader.uint32() + reader.pos;
                                    if (end2 > reader.len)
                                        throw RangeError("index out of range");
                                    reader.len = end2;
                                    while (reader.pos < end2)
                                        message.lastKnownElr.push(reader.uint32());
                                    if (reader.pos !== end2)
                                        throw RangeError("index out of range");
                                    reader.len = end;
                                } else
                                    message.lastKnownElr.push(reader.uint32());
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

                return PartitionRecord;
            })();

            v1.PartitionChangeRecord = (function() {

                function PartitionChangeRecord(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                PartitionChangeRecord.prototype.topicId = $util.newBuffer([]);
                PartitionChangeRecord.prototype.partition = 0;
                PartitionChangeRecord.prototype.replicas = null;
                PartitionChangeRecord.prototype.isr = null;
                PartitionChangeRecord.prototype.elr = null;
                PartitionChangeRecord.prototype.leader = null;
                PartitionChangeRecord.prototype.addingReplicas = null;
                PartitionChangeRecord.prototype.removingReplicas = null;
                PartitionChangeRecord.prototype.lastKnownElr = null;
                PartitionChangeRecord.prototype.mayLoseRecords = false;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                Object.defineProperty(PartitionChangeRecord.prototype, "_leader", {
                    get: $util.oneOfGetter($oneOfFields = ["leader"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                PartitionChangeRecord.encode = function encode(message, writer, q) {
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
                    if (message.replicas != null && Object.hasOwnProperty.call(message, "replicas"))
                        $root.lograft.metadata.v1.NodeIds.encode(message.replicas, writer.uint32(26).fork(), q + 1).ldelim();
                    if (message.isr != null && Object.hasOwnProperty.call(message, "isr"))
                        $root.lograft.metadata.v1.NodeIds.encode(message.isr, writer.uint32(34).fork(), q + 1).ldelim();
                    if (message.elr != null && Object.hasOwnProperty.call(message, "elr"))
                        $root.lograft.metadata.v1.NodeIds.encode(message.elr, writer.uint32(42).fork(), q + 1).ldelim();
                    if (message.leader != null && Object.hasOwnProperty.call(message, "leader"))
                        writer.uint32(48).sint32(message.leader);
                    if (message.addingReplicas != null && Object.hasOwnProperty.call(message, "addingReplicas"))
                        $root.lograft.metadata.v1.NodeIds.encode(message.addingReplicas, writer.uint32(58).fork(), q + 1).ldelim();
                    if (message.removingReplicas != null && Object.hasOwnProperty.call(message, "removingReplicas"))
                        $root.lograft.metadata.v1.NodeIds.encode(message.removingReplicas, writer.uint32(66).fork(), q + 1).ldelim();
                    if (message.lastKnownElr != null && Object.hasOwnProperty.call(message, "lastKnownElr"))
                        $root.lograft.metadata.v1.NodeIds.encode(message.lastKnownElr, writer.uint32(74).fork(), q + 1).ldelim();
                    if (message.mayLoseRecords != null && Object.hasOwnProperty.call(message, "mayLoseRecords"))
                        writer.uint32(80).bool(message.mayLoseRecords);
                    return writer;
                };

                PartitionChangeRecord.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.metadata.v1.PartitionChangeRecord();
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
                                message.replicas = $root.lograft.metadata.v1.NodeIds.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 4: {
                                message.isr = $root.lograft.metadata.v1.NodeIds.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 5: {
                                message.elr = $root.lograft.metadata.v1.NodeIds.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 6: {
                                message.leader = reader.sint32();
                                break;
                            }
                        case 7: {
                                message.addingReplicas = $root.lograft.metadata.v1.NodeIds.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 8: {
                                message.removingReplicas = $root.lograft.metadata.v1.NodeIds.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 9: {
                                message.lastKnownElr = $root.lograft.metadata.v1.NodeIds.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 10: {
                                message.mayLoseRecords = reader.bool();
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

                return PartitionChangeRecord;
            })();

            v1.NodeIds = (function() {

                function NodeIds(properties) {
                    this.ids = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                NodeIds.prototype.ids = $util.emptyArray;

                NodeIds.encode = function encode(message, writer, q) {
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

                NodeIds.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.metadata.v1.NodeIds();
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

                return NodeIds;
            })();

            v1.RemoveTopicRecord = (function() {

                function RemoveTopicRecord(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                RemoveTopicRecord.prototype.topicId = $util.newBuffer([]);

                RemoveTopicRecord.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.topicId != null && Object.hasOwnProperty.call(message, "topicId"))
                        writer.uint32(10).bytes(message.topicId);
                    return writer;
                };

                RemoveTopicRecord.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.metadata.v1.RemoveTopicRecord();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
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

                return RemoveTopicRecord;
            })();

            v1.ConfigResourceType = (function() {
                const valuesById = {}, values = Object.create(valuesById);
                values[valuesById[0] = "CONFIG_RESOURCE_TYPE_UNSPECIFIED"] = 0;
                values[valuesById[1] = "CONFIG_RESOURCE_TYPE_TOPIC"] = 1;
                values[valuesById[2] = "CONFIG_RESOURCE_TYPE_BROKER"] = 2;
                return values;
            })();

            v1.ConfigRecord = (function() {

                function ConfigRecord(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                ConfigRecord.prototype.resourceType = 0;
                ConfigRecord.prototype.resourceName = "";
                ConfigRecord.prototype.key = "";
                ConfigRecord.prototype.value = null;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                Object.defineProperty(ConfigRecord.prototype, "_value", {
                    get: $util.oneOfGetter($oneOfFields = ["value"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                ConfigRecord.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.resourceType != null && Object.hasOwnProperty.call(message, "resourceType"))
                        writer.uint32(8).int32(message.resourceType);
                    if (message.resourceName != null && Object.hasOwnProperty.call(message, "resourceName"))
                        writer.uint32(18).string(message.resourceName);
                    if (message.key != null && Object.hasOwnProperty.call(message, "key"))
                        writer.uint32(26).string(message.key);
                    if (message.value != null && Object.hasOwnProperty.call(message, "value"))
                        writer.uint32(34).string(message.value);
                    return writer;
                };

                ConfigRecord.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.metadata.v1.ConfigRecord();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.resourceType = reader.int32();
                                break;
                            }
                        case 2: {
                                message.resourceName = reader.string();
                                break;
                            }
                        case 3: {
                                message.key = reader.string();
                                break;
                            }
                        case 4: {
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

                return ConfigRecord;
            })();

            v1.ProducerIdsRecord = (function() {

                function ProducerIdsRecord(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                ProducerIdsRecord.prototype.nodeId = 0;
                ProducerIdsRecord.prototype.brokerEpoch = 0;
                ProducerIdsRecord.prototype.nextProducerId = 0;

                ProducerIdsRecord.encode = function encode(message, writer, q) {
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
                    if (message.nextProducerId != null && Object.hasOwnProperty.call(message, "nextProducerId"))
                        writer.uint32(24).uint64(message.nextProducerId);
                    return writer;
                };

                ProducerIdsRecord.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.metadata.v1.ProducerIdsRecord();
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
                                message.nextProducerId = reader.uint64();
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

                return ProducerIdsRecord;
            })();

            v1.RequestKeyRecord = (function() {

                function RequestKeyRecord(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                RequestKeyRecord.prototype.key = "";
                RequestKeyRecord.prototype.digest = "";
                RequestKeyRecord.prototype.metadataOffset = 0;

                RequestKeyRecord.encode = function encode(message, writer, q) {
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
                    if (message.metadataOffset != null && Object.hasOwnProperty.call(message, "metadataOffset"))
                        writer.uint32(24).uint64(message.metadataOffset);
                    return writer;
                };

                RequestKeyRecord.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.metadata.v1.RequestKeyRecord();
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
                        case 3: {
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

                return RequestKeyRecord;
            })();

            v1.NoOpRecord = (function() {

                function NoOpRecord(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                NoOpRecord.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    return writer;
                };

                NoOpRecord.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.metadata.v1.NoOpRecord();
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

                return NoOpRecord;
            })();

            v1.RegisterControllerRecord = (function() {

                function RegisterControllerRecord(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                RegisterControllerRecord.prototype.nodeId = 0;
                RegisterControllerRecord.prototype.directoryId = $util.newBuffer([]);
                RegisterControllerRecord.prototype.incarnationId = $util.newBuffer([]);
                RegisterControllerRecord.prototype.host = "";
                RegisterControllerRecord.prototype.port = 0;

                RegisterControllerRecord.encode = function encode(message, writer, q) {
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

                RegisterControllerRecord.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.metadata.v1.RegisterControllerRecord();
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

                return RegisterControllerRecord;
            })();

            return v1;
        })();

        return metadata;
    })();

    return lograft;
})();

export { $root as default };
