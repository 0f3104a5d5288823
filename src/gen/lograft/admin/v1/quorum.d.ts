import * as $protobuf from "protobufjs";
/** Namespace lograft. */
export namespace lograft {

    /** Namespace admin. */
    namespace admin {

        /** Namespace v1. */
        namespace v1 {

            /** Properties of a DescribeQuorumRequest. */
            interface IDescribeQuorumRequest {

                /** Only the node that is asked may answer: NOT_CONTROLLER when it does not lead. */
                hereOnly?: (boolean|undefined);
            }

            /** Represents a DescribeQuorumRequest. */
            class DescribeQuorumRequest implements IDescribeQuorumRequest {

                /**
                 * Constructs a new DescribeQuorumRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IDescribeQuorumRequest);

                /** Only the node that is asked may answer: NOT_CONTROLLER when it does not lead. */
                public hereOnly: boolean;

                /**
                 * Encodes the specified DescribeQuorumRequest message. Does not implicitly {@link lograft.admin.v1.DescribeQuorumRequest.verify|verify} messages.
                 * @param message DescribeQuorumRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IDescribeQuorumRequest, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a DescribeQuorumRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns DescribeQuorumRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.DescribeQuorumRequest;
            }

            /** Properties of a DescribeQuorumReply. */
            interface IDescribeQuorumReply {

                /** Absent before the cluster is founded. */
                clusterId?: (string|null|undefined);

                /** DescribeQuorumReply leaderId */
                leaderId?: (number|undefined);

                /** DescribeQuorumReply epoch */
                epoch?: (number|undefined);

                /** Everything below is committed. */
                highWatermark?: (number|undefined);

                /** DescribeQuorumReply logEndOffset */
                logEndOffset?: (number|undefined);

                /** DescribeQuorumReply replicas */
                replicas?: (lograft.admin.v1.IReplicaDescription[]|undefined);
            }

            /** Represents a DescribeQuorumReply. */
            class DescribeQuorumReply implements IDescribeQuorumReply {

                /**
                 * Constructs a new DescribeQuorumReply.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IDescribeQuorumReply);

                /** Absent before the cluster is founded. */
                public clusterId: (string|null);

                /** DescribeQuorumReply leaderId. */
                public leaderId: number;

                /** DescribeQuorumReply epoch. */
                public epoch: number;

                /** Everything below is committed. */
                public highWatermark: number;

                /** DescribeQuorumReply logEndOffset. */
                public logEndOffset: number;

                /** DescribeQuorumReply replicas. */
                public replicas: lograft.admin.v1.ReplicaDescription[];

                /**
                 * Encodes the specified DescribeQuorumReply message. Does not implicitly {@link lograft.admin.v1.DescribeQuorumReply.verify|verify} messages.
                 * @param message DescribeQuorumReply message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IDescribeQuorumReply, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a DescribeQuorumReply message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns DescribeQuorumReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.DescribeQuorumReply;
            }

            /** ReplicaRole enum. */
            enum ReplicaRole {
                REPLICA_ROLE_UNSPECIFIED = 0,
                REPLICA_ROLE_VOTER = 1,
                REPLICA_ROLE_OUTGOING = 2,
                REPLICA_ROLE_LEARNER = 3
            }

            /** Properties of a ReplicaDescription. */
            interface IReplicaDescription {

                /** ReplicaDescription nodeId */
                nodeId?: (number|undefined);

                /** As text, 22 characters. */
                directoryId?: (string|undefined);

                /** ReplicaDescription role */
                role?: (lograft.admin.v1.ReplicaRole|undefined);

                /** Of its gRPC listener, as committed metadata has it; absent when it has never been said. */
                address?: (lograft.admin.v1.IReplicaAddress|undefined);

                /** As the leader knows it; absent before it was heard of. */
                logEndOffset?: (number|null|undefined);

                /** Since the leader last heard of it; 0 for the leader. */
                silentMs?: (number|undefined);

                /** Since it last had everything that the leader had; 0 when it has. */
                behindMs?: (number|undefined);
            }

            /** Represents a ReplicaDescription. */
            class ReplicaDescription implements IReplicaDescription {

                /**
                 * Constructs a new ReplicaDescription.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IReplicaDescription);

                /** ReplicaDescription nodeId. */
                public nodeId: number;

                /** As text, 22 characters. */
                public directoryId: string;

                /** ReplicaDescription role. */
                public role: lograft.admin.v1.ReplicaRole;

                /** Of its gRPC listener, as committed metadata has it; absent when it has never been said. */
                public address: lograft.admin.v1.ReplicaAddress;

                /** As the leader knows it; absent before it was heard of. */
                public logEndOffset: (number|null);

                /** Since the leader last heard of it; 0 for the leader. */
                public silentMs: number;

                /** Since it last had everything that the leader had; 0 when it has. */
                public behindMs: number;

                /**
                 * Encodes the specified ReplicaDescription message. Does not implicitly {@link lograft.admin.v1.ReplicaDescription.verify|verify} messages.
                 * @param message ReplicaDescription message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IReplicaDescription, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ReplicaDescription message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ReplicaDescription
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.ReplicaDescription;
            }

            /** Properties of a ReplicaAddress. */
            interface IReplicaAddress {

                /** ReplicaAddress host */
                host?: (string|undefined);

                /** ReplicaAddress port */
                port?: (number|undefined);
            }

            /** Represents a ReplicaAddress. */
            class ReplicaAddress implements IReplicaAddress {

                /**
                 * Constructs a new ReplicaAddress.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IReplicaAddress);

                /** ReplicaAddress host. */
                public host: string;

                /** ReplicaAddress port. */
                public port: number;

                /**
                 * Encodes the specified ReplicaAddress message. Does not implicitly {@link lograft.admin.v1.ReplicaAddress.verify|verify} messages.
                 * @param message ReplicaAddress message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IReplicaAddress, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ReplicaAddress message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ReplicaAddress
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.ReplicaAddress;
            }

            /** Properties of a TransferRequest. */
            interface ITransferRequest {

                /** Absent: the voter that is best prepared. */
                to?: (number|null|undefined);

                /** TransferRequest hereOnly */
                hereOnly?: (boolean|undefined);
            }

            /** Represents a TransferRequest. */
            class TransferRequest implements ITransferRequest {

                /**
                 * Constructs a new TransferRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.ITransferRequest);

                /** Absent: the voter that is best prepared. */
                public to: (number|null);

                /** TransferRequest hereOnly. */
                public hereOnly: boolean;

                /**
                 * Encodes the specified TransferRequest message. Does not implicitly {@link lograft.admin.v1.TransferRequest.verify|verify} messages.
                 * @param message TransferRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.ITransferRequest, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a TransferRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns TransferRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.TransferRequest;
            }

            /** Properties of a TransferReply. */
            interface ITransferReply {
            }

            /** Represents a TransferReply. */
            class TransferReply implements ITransferReply {

                /**
                 * Constructs a new TransferReply.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.ITransferReply);

                /**
                 * Encodes the specified TransferReply message. Does not implicitly {@link lograft.admin.v1.TransferReply.verify|verify} messages.
                 * @param message TransferReply message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.ITransferReply, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a TransferReply message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns TransferReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.TransferReply;
            }

            /** Properties of an AddRequest. */
            interface IAddRequest {

                /** AddRequest nodeId */
                nodeId?: (number|undefined);

                /** Of its gRPC listener. */
                host?: (string|undefined);

                /** AddRequest port */
                port?: (number|undefined);

                /** A voter that goes in the same step. */
                replaces?: (number|null|undefined);

                /** AddRequest hereOnly */
                hereOnly?: (boolean|undefined);

                /** That its disk must have, as text of 22 characters: INVALID_VOTER_KEY for another. */
                directoryId?: (string|null|undefined);
            }

            /** Represents an AddRequest. */
            class AddRequest implements IAddRequest {

                /**
                 * Constructs a new AddRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IAddRequest);

                /** AddRequest nodeId. */
                public nodeId: number;

                /** Of its gRPC listener. */
                public host: string;

                /** AddRequest port. */
                public port: number;

                /** A voter that goes in the same step. */
                public replaces: (number|null);

                /** AddRequest hereOnly. */
                public hereOnly: boolean;

                /** That its disk must have, as text of 22 characters: INVALID_VOTER_KEY for another. */
                public directoryId: (string|null);

                /**
                 * Encodes the specified AddRequest message. Does not implicitly {@link lograft.admin.v1.AddRequest.verify|verify} messages.
                 * @param message AddRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IAddRequest, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an AddRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns AddRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.AddRequest;
            }

            /** Properties of an AddReply. */
            interface IAddReply {
            }

            /** Represents an AddReply. */
            class AddReply implements IAddReply {

                /**
                 * Constructs a new AddReply.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IAddReply);

                /**
                 * Encodes the specified AddReply message. Does not implicitly {@link lograft.admin.v1.AddReply.verify|verify} messages.
                 * @param message AddReply message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IAddReply, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an AddReply message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns AddReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.AddReply;
            }

            /** Properties of a RemoveRequest. */
            interface IRemoveRequest {

                /** At least one. */
                nodeIds?: (number[]|undefined);

                /** RemoveRequest hereOnly */
                hereOnly?: (boolean|undefined);

                /**
                 * Of the one node that is named, as text of 22 characters: VOTER_NOT_FOUND when its disk is
                 * another one.
                 */
                directoryId?: (string|null|undefined);
            }

            /** Represents a RemoveRequest. */
            class RemoveRequest implements IRemoveRequest {

                /**
                 * Constructs a new RemoveRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IRemoveRequest);

                /** At least one. */
                public nodeIds: number[];

                /** RemoveRequest hereOnly. */
                public hereOnly: boolean;

                /**
                 * Of the one node that is named, as text of 22 characters: VOTER_NOT_FOUND when its disk is
                 * another one.
                 */
                public directoryId: (string|null);

                /**
                 * Encodes the specified RemoveRequest message. Does not implicitly {@link lograft.admin.v1.RemoveRequest.verify|verify} messages.
                 * @param message RemoveRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IRemoveRequest, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a RemoveRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns RemoveRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.RemoveRequest;
            }

            /** Properties of a RemoveReply. */
            interface IRemoveReply {
            }

            /** Represents a RemoveReply. */
            class RemoveReply implements IRemoveReply {

                /**
                 * Constructs a new RemoveReply.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IRemoveReply);

                /**
                 * Encodes the specified RemoveReply message. Does not implicitly {@link lograft.admin.v1.RemoveReply.verify|verify} messages.
                 * @param message RemoveReply message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IRemoveReply, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a RemoveReply message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns RemoveReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.RemoveReply;
            }
        }
    }
}
