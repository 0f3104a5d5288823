import * as $protobuf from "protobufjs";
/** Namespace lograft. */
export namespace lograft {

    /** Namespace metadata. */
    namespace metadata {

        /** Namespace v1. */
        namespace v1 {

            /** Properties of a WatchRequest. */
            interface IWatchRequest {

                /** Who asks. */
                nodeId?: (number|undefined);

                /** Absent when it is not known yet; otherwise only a controller of this cluster answers. */
                clusterId?: (string|null|undefined);

                /** The first entry wanted; 0 when nothing is held. */
                nextOffset?: (number|undefined);

                /** Epoch of the entry before it; 0 when nothing is held. */
                epoch?: (number|undefined);
            }

            /** Represents a WatchRequest. */
            class WatchRequest implements IWatchRequest {

                /**
                 * Constructs a new WatchRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.metadata.v1.IWatchRequest);

                /** Who asks. */
                public nodeId: number;

                /** Absent when it is not known yet; otherwise only a controller of this cluster answers. */
                public clusterId: (string|null);

                /** The first entry wanted; 0 when nothing is held. */
                public nextOffset: number;

                /** Epoch of the entry before it; 0 when nothing is held. */
                public epoch: number;

                /**
                 * Encodes the specified WatchRequest message. Does not implicitly {@link lograft.metadata.v1.WatchRequest.verify|verify} messages.
                 * @param message WatchRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.metadata.v1.IWatchRequest, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a WatchRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns WatchRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.metadata.v1.WatchRequest;
            }

            /** Properties of a WatchEvent. */
            interface IWatchEvent {

                /** Everything below this offset is committed, as far as this controller has come. */
                endOffset?: (number|undefined);

                /** In the first event, and when it changes. */
                leadership?: (lograft.metadata.v1.IWatchedLeadership|undefined);

                /** At most one of the two. */
                entries?: (lograft.metadata.v1.ICommittedEntries|undefined);

                /** WatchEvent snapshot */
                snapshot?: (lograft.metadata.v1.ISnapshotPiece|undefined);
            }

            /** All fields that are present hold together. An event without any of the parts is a sign of life. */
            class WatchEvent implements IWatchEvent {

                /**
                 * Constructs a new WatchEvent.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.metadata.v1.IWatchEvent);

                /** Everything below this offset is committed, as far as this controller has come. */
                public endOffset: number;

                /** In the first event, and when it changes. */
                public leadership: lograft.metadata.v1.WatchedLeadership;

                /** At most one of the two. */
                public entries: lograft.metadata.v1.CommittedEntries;

                /** WatchEvent snapshot. */
                public snapshot: lograft.metadata.v1.SnapshotPiece;

                /**
                 * Encodes the specified WatchEvent message. Does not implicitly {@link lograft.metadata.v1.WatchEvent.verify|verify} messages.
                 * @param message WatchEvent message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.metadata.v1.IWatchEvent, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a WatchEvent message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns WatchEvent
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.metadata.v1.WatchEvent;
            }

            /** Properties of a WatchedLeadership. */
            interface IWatchedLeadership {

                /** WatchedLeadership epoch */
                epoch?: (number|undefined);

                /** Absent while nobody is known to lead. */
                leaderId?: (number|null|undefined);

                /** This controller leads: it has committed an entry of this epoch. */
                isLeader?: (boolean|undefined);

                /** WatchedLeadership controllers */
                controllers?: (lograft.metadata.v1.IWatchedController[]|undefined);
            }

            /** Who leads the quorum, and where controllers are found, as this controller knows it. */
            class WatchedLeadership implements IWatchedLeadership {

                /**
                 * Constructs a new WatchedLeadership.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.metadata.v1.IWatchedLeadership);

                /** WatchedLeadership epoch. */
                public epoch: number;

                /** Absent while nobody is known to lead. */
                public leaderId: (number|null);

                /** This controller leads: it has committed an entry of this epoch. */
                public isLeader: boolean;

                /** WatchedLeadership controllers. */
                public controllers: lograft.metadata.v1.WatchedController[];

                /**
                 * Encodes the specified WatchedLeadership message. Does not implicitly {@link lograft.metadata.v1.WatchedLeadership.verify|verify} messages.
                 * @param message WatchedLeadership message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.metadata.v1.IWatchedLeadership, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a WatchedLeadership message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns WatchedLeadership
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.metadata.v1.WatchedLeadership;
            }

            /** Properties of a WatchedController. */
            interface IWatchedController {

                /** WatchedController nodeId */
                nodeId?: (number|undefined);

                /** Of its gRPC listener. */
                host?: (string|undefined);

                /** WatchedController port */
                port?: (number|undefined);
            }

            /** Represents a WatchedController. */
            class WatchedController implements IWatchedController {

                /**
                 * Constructs a new WatchedController.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.metadata.v1.IWatchedController);

                /** WatchedController nodeId. */
                public nodeId: number;

                /** Of its gRPC listener. */
                public host: string;

                /** WatchedController port. */
                public port: number;

                /**
                 * Encodes the specified WatchedController message. Does not implicitly {@link lograft.metadata.v1.WatchedController.verify|verify} messages.
                 * @param message WatchedController message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.metadata.v1.IWatchedController, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a WatchedController message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns WatchedController
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.metadata.v1.WatchedController;
            }

            /** Properties of a CommittedEntries. */
            interface ICommittedEntries {

                /** CommittedEntries firstOffset */
                firstOffset?: (number|undefined);

                /** CommittedEntries entries */
                entries?: (lograft.metadata.v1.IStoredRecords[]|undefined);
            }

            /** Consecutive entries, from the one that comes next. */
            class CommittedEntries implements ICommittedEntries {

                /**
                 * Constructs a new CommittedEntries.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.metadata.v1.ICommittedEntries);

                /** CommittedEntries firstOffset. */
                public firstOffset: number;

                /** CommittedEntries entries. */
                public entries: lograft.metadata.v1.StoredRecords[];

                /**
                 * Encodes the specified CommittedEntries message. Does not implicitly {@link lograft.metadata.v1.CommittedEntries.verify|verify} messages.
                 * @param message CommittedEntries message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.metadata.v1.ICommittedEntries, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a CommittedEntries message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns CommittedEntries
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.metadata.v1.CommittedEntries;
            }

            /** Properties of a StoredRecords. */
            interface IStoredRecords {

                /** StoredRecords epoch */
                epoch?: (number|undefined);

                /** A RecordList, serialised; empty for an entry that concerns the quorum alone. */
                records?: (Uint8Array|undefined);
            }

            /** Represents a StoredRecords. */
            class StoredRecords implements IStoredRecords {

                /**
                 * Constructs a new StoredRecords.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.metadata.v1.IStoredRecords);

                /** StoredRecords epoch. */
                public epoch: number;

                /** A RecordList, serialised; empty for an entry that concerns the quorum alone. */
                public records: Uint8Array;

                /**
                 * Encodes the specified StoredRecords message. Does not implicitly {@link lograft.metadata.v1.StoredRecords.verify|verify} messages.
                 * @param message StoredRecords message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.metadata.v1.IStoredRecords, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a StoredRecords message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns StoredRecords
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.metadata.v1.StoredRecords;
            }

            /** Properties of a SnapshotPiece. */
            interface ISnapshotPiece {

                /** The first offset that is not contained. */
                endOffset?: (number|undefined);

                /** Epoch of the entry before it. */
                epoch?: (number|undefined);

                /** SnapshotPiece piece */
                piece?: (number|undefined);

                /** SnapshotPiece last */
                last?: (boolean|undefined);

                /** A RecordList, serialised. */
                records?: (Uint8Array|undefined);
            }

            /**
             * One piece of a snapshot. Pieces are numbered from 0, follow each other, and the last one says so;
             * only then the whole holds.
             */
            class SnapshotPiece implements ISnapshotPiece {

                /**
                 * Constructs a new SnapshotPiece.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.metadata.v1.ISnapshotPiece);

                /** The first offset that is not contained. */
                public endOffset: number;

                /** Epoch of the entry before it. */
                public epoch: number;

                /** SnapshotPiece piece. */
                public piece: number;

                /** SnapshotPiece last. */
                public last: boolean;

                /** A RecordList, serialised. */
                public records: Uint8Array;

                /**
                 * Encodes the specified SnapshotPiece message. Does not implicitly {@link lograft.metadata.v1.SnapshotPiece.verify|verify} messages.
                 * @param message SnapshotPiece message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.metadata.v1.ISnapshotPiece, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SnapshotPiece message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns SnapshotPiece
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.metadata.v1.SnapshotPiece;
            }
        }
    }
}
