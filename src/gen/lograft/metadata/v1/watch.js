/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars*/
import $protobuf from "protobufjs/minimal.js";

const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;

const $root = $protobuf.roots["lograft_metadata_v1_watch"] || ($protobuf.roots["lograft_metadata_v1_watch"] = {});

export const lograft = $root.lograft = (() => {

    const lograft = {};

    lograft.metadata = (function() {

        const metadata = {};

        metadata.v1 = (function() {

            const v1 = {};

            v1.WatchRequest = (function() {

                function WatchRequest(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                WatchRequest.prototype.nodeId = 0;
                WatchRequest.prototype.clusterId = null;
                WatchRequest.prototype.nextOffset = 0;
                WatchRequest.prototype.epoch = 0;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                Object.defineProperty(WatchRequest.prototype, "_clusterId", {
                    get: $util.oneOfGetter($oneOfFields = ["clusterId"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                WatchRequest.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.nodeId != null && Object.hasOwnProperty.call(message, "nodeId"))
                        writer.uint32(8).uint32(message.nodeId);
                    if (message.clusterId != null && Object.hasOwnProperty.call(message, "clusterId"))
                        writer.uint32(18).string(message.clusterId);
                    if (message.nextOffset != null && Object.hasOwnProperty.call(message, "nextOffset"))
                        writer.uint32(24).uint64(message.nextOffset);
                    if (message.epoch != null && Object.hasOwnProperty.call(message, "epoch"))
                        writer.uint32(32).uint32(message.epoch);
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
                    message = new $root.lograft.metadata.v1.WatchRequest();
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
                                message.clusterId = reader.string();
                                break;
                            }
                        case 3: {
                                message.nextOffset = reader.uint64();
                                break;
                            }
                        case 4: {
                                message.epoch = reader.uint32();
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

                WatchEvent.prototype.endOffset = 0;
                WatchEvent.prototype.leadership = null;
                WatchEvent.prototype.entries = null;
                WatchEvent.prototype.snapshot = null;

                WatchEvent.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.endOffset != null && Object.hasOwnProperty.call(message, "endOffset"))
                        writer.uint32(8).uint64(message.endOffset);
                    if (message.leadership != null && Object.hasOwnProperty.call(message, "leadership"))
                        $root.lograft.metadata.v1.WatchedLeadership.encode(message.leadership, writer.uint32(18).fork(), q + 1).ldelim();
                    if (message.entries != null && Object.hasOwnProperty.call(message, "entries"))
                        $root.lograft.metadata.v1.CommittedEntries.encode(message.entries, writer.uint32(26).fork(), q + 1).ldelim();
                    if (message.snapshot != null && Object.hasOwnProperty.call(message, "snapshot"))
                        $root.lograft.metadata.v1.SnapshotPiece.encode(message.snapshot, writer.uint32(34).fork(), q + 1).ldelim();
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
                    message = new $root.lograft.metadata.v1.WatchEvent();
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
                                message.leadership = $root.lograft.metadata.v1.WatchedLeadership.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 3: {
                                message.entries = $root.lograft.metadata.v1.CommittedEntries.decode(reader, reader.uint32(), undefined, long + 1);
                                break;
                            }
                        case 4: {
                                message.snapshot = $root.lograft.metadata.v1.SnapshotPiece.decode(reader, reader.uint32(), undefined, long + 1);
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

            v1.WatchedLeadership = (function() {

                function WatchedLeadership(properties) {
                    this.controllers = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                WatchedLeadership.prototype.epoch = 0;
                WatchedLeadership.prototype.leaderId = null;
                WatchedLeadership.prototype.isLeader = false;
                WatchedLeadership.prototype.controllers = $util.emptyArray;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                Object.defineProperty(WatchedLeadership.prototype, "_leaderId", {
                    get: $util.oneOfGetter($oneOfFields = ["leaderId"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                WatchedLeadership.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.epoch != null && Object.hasOwnProperty.call(message, "epoch"))
                        writer.uint32(8).uint32(message.epoch);
                    if (message.leaderId != null && Object.hasOwnProperty.call(message, "leaderId"))
                        writer.uint32(16).uint32(message.leaderId);
                    if (message.isLeader != null && Object.hasOwnProperty.call(message, "isLeader"))
                        writer.uint32(24).bool(message.isLeader);
                    if (message.controllers != null && message.controllers.length)
                        for (let i = 0; i < message.controllers.length; ++i)
                            $root.lograft.metadata.v1.WatchedController.encode(message.controllers[i], writer.uint32(34).fork(), q + 1).ldelim();
                    return writer;
                };

                WatchedLeadership.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.metadata.v1.WatchedLeadership();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.epoch = reader.uint32();
                                break;
                            }
                        case 2: {
                                message.leaderId = reader.uint32();
                                break;
                            }
                        case 3: {
                                message.isLeader = reader.bool();
                                break;
                            }
                        case 4: {
                                if (!(message.controllers && message.controllers.length))
                                    message.controllers = [];
                                message.controllers.push($root.lograft.metadata.v1.WatchedController.decode(reader, reader.uint32(), undefined, long + 1));
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

                return WatchedLeadership;
            })();

            v1.WatchedController = (function() {

                function WatchedController(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                WatchedController.prototype.nodeId = 0;
                WatchedController.prototype.host = "";
                WatchedController.prototype.port = 0;

                WatchedController.encode = function encode(message, writer, q) {
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
                    return writer;
                };

                WatchedController.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.metadata.v1.WatchedController();
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

                return WatchedController;
            })();

            v1.CommittedEntries = (function() {

                function CommittedEntries(properties) {
                    this.entries = [];
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                CommittedEntries.prototype.firstOffset = 0;
                CommittedEntries.prototype.entries = $util.emptyArray;

                CommittedEntries.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.firstOffset != null && Object.hasOwnProperty.call(message, "firstOffset"))
                        writer.uint32(8).uint64(message.firstOffset);
                    if (message.entries != null && message.entries.length)
                        for (let i = 0; i < message.entries.length; ++i)
                            $root.lograft.metadata.v1.StoredRecords.encode(message.entries[i], writer.uint32(18).fork(), q + 1).ldelim();
                    return writer;
                };

                CommittedEntries.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.metadata.v1.CommittedEntries();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.firstOffset = reader.uint64();
                                break;
                            }
                        case 2: {
                                if (!(message.entries && message.entries.length))
                                    message.entries = [];
                                message.entries.push($root.lograft.metadata.v1.StoredRecords.decode(reader, reader.uint32(), undefined, long + 1));
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

                return CommittedEntries;
            })();

            v1.StoredRecords = (function() {

                function StoredRecords(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                StoredRecords.prototype.epoch = 0;
                StoredRecords.prototype.records = $util.newBuffer([]);

                StoredRecords.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.epoch != null && Object.hasOwnProperty.call(message, "epoch"))
                        writer.uint32(8).uint32(message.epoch);
                    if (message.records != null && Object.hasOwnProperty.call(message, "records"))
                        writer.uint32(18).bytes(message.records);
                    return writer;
                };

                StoredRecords.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.metadata.v1.StoredRecords();
                    while (reader.pos < end) {
                        let tag = reader.uint32();
                        if (tag === error)
                            break;
                        switch (tag >>> 3) {
                        case 1: {
                                message.epoch = reader.uint32();
                                break;
                            }
                        case 2: {
                                message.records = reader.bytes();
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

                return StoredRecords;
            })();

            v1.SnapshotPiece = (function() {

                function SnapshotPiece(properties) {
                    if (properties)
                        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                }

                SnapshotPiece.prototype.endOffset = 0;
                SnapshotPiece.prototype.epoch = 0;
                SnapshotPiece.prototype.piece = 0;
                SnapshotPiece.prototype.last = false;
                SnapshotPiece.prototype.records = $util.newBuffer([]);

                SnapshotPiece.encode = function encode(message, writer, q) {
                    if (!writer)
                        writer = $Writer.create();
                    if (q === undefined)
                        q = 0;
                    if (q > $util.recursionLimit)
                        throw Error("max depth exceeded");
                    if (message.endOffset != null && Object.hasOwnProperty.call(message, "endOffset"))
                        writer.uint32(8).uint64(message.endOffset);
                    if (message.epoch != null && Object.hasOwnProperty.call(message, "epoch"))
                        writer.uint32(16).uint32(message.epoch);
                    if (message.piece != null && Object.hasOwnProperty.call(message, "piece"))
                        writer.uint32(24).uint32(message.piece);
                    if (message.last != null && Object.hasOwnProperty.call(message, "last"))
                        writer.uint32(32).bool(message.last);
                    if (message.records != null && Object.hasOwnProperty.call(message, "records"))
                        writer.uint32(42).bytes(message.records);
                    return writer;
                };

                SnapshotPiece.decode = function decode(reader, length, error, long) {
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
                    message = new $root.lograft.metadata.v1.SnapshotPiece();
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
                                message.epoch = reader.uint32();
                                break;
                            }
                        case 3: {
                                message.piece = reader.uint32();
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

                return SnapshotPiece;
            })();

            return v1;
        })();

        return metadata;
    })();

    return lograft;
})();

export { $root as default };
