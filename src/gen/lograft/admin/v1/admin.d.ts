import * as $protobuf from "protobufjs";
/** Namespace lograft. */
export namespace lograft {

    /** Namespace admin. */
    namespace admin {

        /** Namespace v1. */
        namespace v1 {

            /** Properties of a Mutation. */
            interface IMutation {

                /** Says what would happen, and changes nothing. */
                validateOnly?: (boolean|undefined);

                /**
                 * Chosen by the caller: up to 64 of letters, digits, `.`, `_`, `:` and `-`. A request that comes
                 * again with the same key and the same content is answered and not carried out again, whichever
                 * node and whichever controller gets it; with other content it is refused (DUPLICATE_RESOURCE).
                 * The cluster remembers the newest 10,000 keys. What has outcomes of its own (records of
                 * partitions, groups) is done when all of it is: until then asking again does the rest, and then
                 * the answer has no outcomes any more.
                 */
                idempotencyKey?: (string|undefined);
            }

            /** In every request that changes something. */
            class Mutation implements IMutation {

                /**
                 * Constructs a new Mutation.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IMutation);

                /** Says what would happen, and changes nothing. */
                public validateOnly: boolean;

                /**
                 * Chosen by the caller: up to 64 of letters, digits, `.`, `_`, `:` and `-`. A request that comes
                 * again with the same key and the same content is answered and not carried out again, whichever
                 * node and whichever controller gets it; with other content it is refused (DUPLICATE_RESOURCE).
                 * The cluster remembers the newest 10,000 keys. What has outcomes of its own (records of
                 * partitions, groups) is done when all of it is: until then asking again does the rest, and then
                 * the answer has no outcomes any more.
                 */
                public idempotencyKey: string;

                /**
                 * Encodes the specified Mutation message. Does not implicitly {@link lograft.admin.v1.Mutation.verify|verify} messages.
                 * @param message Mutation message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IMutation, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Mutation message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns Mutation
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.Mutation;
            }

            /** Properties of a Mutated. */
            interface IMutated {

                /** What the answer says holds from this offset of the metadata log on. */
                metadataOffset?: (number|undefined);

                /** An earlier request with this key did it. */
                alreadyApplied?: (boolean|undefined);
            }

            /** In every answer to one. */
            class Mutated implements IMutated {

                /**
                 * Constructs a new Mutated.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IMutated);

                /** What the answer says holds from this offset of the metadata log on. */
                public metadataOffset: number;

                /** An earlier request with this key did it. */
                public alreadyApplied: boolean;

                /**
                 * Encodes the specified Mutated message. Does not implicitly {@link lograft.admin.v1.Mutated.verify|verify} messages.
                 * @param message Mutated message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IMutated, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Mutated message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns Mutated
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.Mutated;
            }

            /** Properties of a Page. */
            interface IPage {

                /** How many at most: 1 to 1,000; 0 for 100. */
                size?: (number|undefined);

                /**
                 * `next_page_token` of the answer before; empty for the first page. Lists are in a fixed order, so
                 * what is there from the first page to the last is listed once.
                 */
                token?: (string|undefined);
            }

            /** In every request for a list. */
            class Page implements IPage {

                /**
                 * Constructs a new Page.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IPage);

                /** How many at most: 1 to 1,000; 0 for 100. */
                public size: number;

                /**
                 * `next_page_token` of the answer before; empty for the first page. Lists are in a fixed order, so
                 * what is there from the first page to the last is listed once.
                 */
                public token: string;

                /**
                 * Encodes the specified Page message. Does not implicitly {@link lograft.admin.v1.Page.verify|verify} messages.
                 * @param message Page message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IPage, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Page message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns Page
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.Page;
            }

            /** Properties of a HostPort. */
            interface IHostPort {

                /** HostPort host */
                host?: (string|undefined);

                /** HostPort port */
                port?: (number|undefined);
            }

            /** Represents a HostPort. */
            class HostPort implements IHostPort {

                /**
                 * Constructs a new HostPort.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IHostPort);

                /** HostPort host. */
                public host: string;

                /** HostPort port. */
                public port: number;

                /**
                 * Encodes the specified HostPort message. Does not implicitly {@link lograft.admin.v1.HostPort.verify|verify} messages.
                 * @param message HostPort message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IHostPort, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a HostPort message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns HostPort
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.HostPort;
            }

            /** Properties of a PartitionName. */
            interface IPartitionName {

                /** PartitionName topic */
                topic?: (string|undefined);

                /** PartitionName partition */
                partition?: (number|undefined);
            }

            /** Represents a PartitionName. */
            class PartitionName implements IPartitionName {

                /**
                 * Constructs a new PartitionName.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IPartitionName);

                /** PartitionName topic. */
                public topic: string;

                /** PartitionName partition. */
                public partition: number;

                /**
                 * Encodes the specified PartitionName message. Does not implicitly {@link lograft.admin.v1.PartitionName.verify|verify} messages.
                 * @param message PartitionName message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IPartitionName, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a PartitionName message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns PartitionName
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.PartitionName;
            }

            /** Properties of a Replicas. */
            interface IReplicas {

                /** Replicas brokerIds */
                brokerIds?: (number[]|undefined);
            }

            /** Replicas of one partition, by broker id, in the order of preference. */
            class Replicas implements IReplicas {

                /**
                 * Constructs a new Replicas.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IReplicas);

                /** Replicas brokerIds. */
                public brokerIds: number[];

                /**
                 * Encodes the specified Replicas message. Does not implicitly {@link lograft.admin.v1.Replicas.verify|verify} messages.
                 * @param message Replicas message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IReplicas, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Replicas message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns Replicas
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.Replicas;
            }

            /** Properties of a DescribeClusterRequest. */
            interface IDescribeClusterRequest {
            }

            /** Represents a DescribeClusterRequest. */
            class DescribeClusterRequest implements IDescribeClusterRequest {

                /**
                 * Constructs a new DescribeClusterRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IDescribeClusterRequest);

                /**
                 * Encodes the specified DescribeClusterRequest message. Does not implicitly {@link lograft.admin.v1.DescribeClusterRequest.verify|verify} messages.
                 * @param message DescribeClusterRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IDescribeClusterRequest, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a DescribeClusterRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns DescribeClusterRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.DescribeClusterRequest;
            }

            /** Properties of a ClusterDescription. */
            interface IClusterDescription {

                /** ClusterDescription clusterId */
                clusterId?: (string|undefined);

                /** Of the metadata that this answer is made of. */
                metadataOffset?: (number|undefined);

                /** Absent while no controller is known to lead. */
                activeControllerId?: (number|null|undefined);

                /** ClusterDescription controllerEpoch */
                controllerEpoch?: (number|undefined);

                /** ClusterDescription brokers */
                brokers?: (lograft.admin.v1.IBrokerDescription[]|undefined);

                /** ClusterDescription controllers */
                controllers?: (lograft.admin.v1.IControllerDescription[]|undefined);

                /** ClusterDescription features */
                features?: (lograft.admin.v1.IFeature[]|undefined);

                /** ClusterDescription topics */
                topics?: (number|undefined);

                /** ClusterDescription partitions */
                partitions?: (number|undefined);

                /** ClusterDescription underReplicatedPartitions */
                underReplicatedPartitions?: (number|undefined);

                /** ClusterDescription offlinePartitions */
                offlinePartitions?: (number|undefined);

                /** The node that answers, and the release it runs. */
                answeredBy?: (number|undefined);

                /** ClusterDescription version */
                version?: (string|undefined);
            }

            /** Represents a ClusterDescription. */
            class ClusterDescription implements IClusterDescription {

                /**
                 * Constructs a new ClusterDescription.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IClusterDescription);

                /** ClusterDescription clusterId. */
                public clusterId: string;

                /** Of the metadata that this answer is made of. */
                public metadataOffset: number;

                /** Absent while no controller is known to lead. */
                public activeControllerId: (number|null);

                /** ClusterDescription controllerEpoch. */
                public controllerEpoch: number;

                /** ClusterDescription brokers. */
                public brokers: lograft.admin.v1.BrokerDescription[];

                /** ClusterDescription controllers. */
                public controllers: lograft.admin.v1.ControllerDescription[];

                /** ClusterDescription features. */
                public features: lograft.admin.v1.Feature[];

                /** ClusterDescription topics. */
                public topics: number;

                /** ClusterDescription partitions. */
                public partitions: number;

                /** ClusterDescription underReplicatedPartitions. */
                public underReplicatedPartitions: number;

                /** ClusterDescription offlinePartitions. */
                public offlinePartitions: number;

                /** The node that answers, and the release it runs. */
                public answeredBy: number;

                /** ClusterDescription version. */
                public version: string;

                /**
                 * Encodes the specified ClusterDescription message. Does not implicitly {@link lograft.admin.v1.ClusterDescription.verify|verify} messages.
                 * @param message ClusterDescription message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IClusterDescription, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ClusterDescription message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ClusterDescription
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.ClusterDescription;
            }

            /** BrokerState enum. */
            enum BrokerState {
                BROKER_STATE_UNSPECIFIED = 0,
                BROKER_STATE_IN_SERVICE = 1,
                BROKER_STATE_FENCED = 2,
                BROKER_STATE_SHUTTING_DOWN = 3
            }

            /** Properties of a BrokerDescription. */
            interface IBrokerDescription {

                /** BrokerDescription brokerId */
                brokerId?: (number|undefined);

                /** BrokerDescription state */
                state?: (lograft.admin.v1.BrokerState|undefined);

                /** Where clients and other brokers connect. */
                listener?: (lograft.admin.v1.IHostPort|undefined);

                /** BrokerDescription rack */
                rack?: (string|null|undefined);

                /** BrokerDescription brokerEpoch */
                brokerEpoch?: (number|undefined);

                /** As text, 22 characters: of this process, and of its disk. */
                incarnationId?: (string|undefined);

                /** BrokerDescription directoryId */
                directoryId?: (string|undefined);

                /** BrokerDescription leaders */
                leaders?: (number|undefined);

                /** BrokerDescription replicas */
                replicas?: (number|undefined);
            }

            /** Represents a BrokerDescription. */
            class BrokerDescription implements IBrokerDescription {

                /**
                 * Constructs a new BrokerDescription.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IBrokerDescription);

                /** BrokerDescription brokerId. */
                public brokerId: number;

                /** BrokerDescription state. */
                public state: lograft.admin.v1.BrokerState;

                /** Where clients and other brokers connect. */
                public listener: lograft.admin.v1.HostPort;

                /** BrokerDescription rack. */
                public rack: (string|null);

                /** BrokerDescription brokerEpoch. */
                public brokerEpoch: number;

                /** As text, 22 characters: of this process, and of its disk. */
                public incarnationId: string;

                /** BrokerDescription directoryId. */
                public directoryId: string;

                /** BrokerDescription leaders. */
                public leaders: number;

                /** BrokerDescription replicas. */
                public replicas: number;

                /**
                 * Encodes the specified BrokerDescription message. Does not implicitly {@link lograft.admin.v1.BrokerDescription.verify|verify} messages.
                 * @param message BrokerDescription message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IBrokerDescription, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a BrokerDescription message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns BrokerDescription
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.BrokerDescription;
            }

            /** Properties of a ControllerDescription. */
            interface IControllerDescription {

                /** ControllerDescription nodeId */
                nodeId?: (number|undefined);

                /** Of its gRPC listener. */
                listener?: (lograft.admin.v1.IHostPort|undefined);

                /** ControllerDescription directoryId */
                directoryId?: (string|undefined);
            }

            /** Represents a ControllerDescription. */
            class ControllerDescription implements IControllerDescription {

                /**
                 * Constructs a new ControllerDescription.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IControllerDescription);

                /** ControllerDescription nodeId. */
                public nodeId: number;

                /** Of its gRPC listener. */
                public listener: lograft.admin.v1.HostPort;

                /** ControllerDescription directoryId. */
                public directoryId: string;

                /**
                 * Encodes the specified ControllerDescription message. Does not implicitly {@link lograft.admin.v1.ControllerDescription.verify|verify} messages.
                 * @param message ControllerDescription message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IControllerDescription, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ControllerDescription message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ControllerDescription
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.ControllerDescription;
            }

            /** Properties of a Feature. */
            interface IFeature {

                /** Feature name */
                name?: (string|undefined);

                /** In force; 0: off. */
                level?: (number|undefined);

                /** What the node that answers can do. */
                minLevel?: (number|undefined);

                /** Feature maxLevel */
                maxLevel?: (number|undefined);
            }

            /** Represents a Feature. */
            class Feature implements IFeature {

                /**
                 * Constructs a new Feature.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IFeature);

                /** Feature name. */
                public name: string;

                /** In force; 0: off. */
                public level: number;

                /** What the node that answers can do. */
                public minLevel: number;

                /** Feature maxLevel. */
                public maxLevel: number;

                /**
                 * Encodes the specified Feature message. Does not implicitly {@link lograft.admin.v1.Feature.verify|verify} messages.
                 * @param message Feature message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IFeature, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Feature message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns Feature
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.Feature;
            }

            /** Properties of a DescribeLogDirsRequest. */
            interface IDescribeLogDirsRequest {

                /** Empty: all brokers. */
                brokerIds?: (number[]|undefined);

                /** Empty: all topics. */
                topics?: (string[]|undefined);

                /** Counts replicas. */
                page?: (lograft.admin.v1.IPage|undefined);
            }

            /** Represents a DescribeLogDirsRequest. */
            class DescribeLogDirsRequest implements IDescribeLogDirsRequest {

                /**
                 * Constructs a new DescribeLogDirsRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IDescribeLogDirsRequest);

                /** Empty: all brokers. */
                public brokerIds: number[];

                /** Empty: all topics. */
                public topics: string[];

                /** Counts replicas. */
                public page: lograft.admin.v1.Page;

                /**
                 * Encodes the specified DescribeLogDirsRequest message. Does not implicitly {@link lograft.admin.v1.DescribeLogDirsRequest.verify|verify} messages.
                 * @param message DescribeLogDirsRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IDescribeLogDirsRequest, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a DescribeLogDirsRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns DescribeLogDirsRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.DescribeLogDirsRequest;
            }

            /** Properties of a LogDirsDescription. */
            interface ILogDirsDescription {

                /** In the first page. */
                logDirs?: (lograft.admin.v1.ILogDir[]|undefined);

                /** LogDirsDescription replicas */
                replicas?: (lograft.admin.v1.IReplicaSize[]|undefined);

                /** LogDirsDescription unreachable */
                unreachable?: (lograft.admin.v1.IUnreachableBroker[]|undefined);

                /** LogDirsDescription nextPageToken */
                nextPageToken?: (string|undefined);
            }

            /** Represents a LogDirsDescription. */
            class LogDirsDescription implements ILogDirsDescription {

                /**
                 * Constructs a new LogDirsDescription.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.ILogDirsDescription);

                /** In the first page. */
                public logDirs: lograft.admin.v1.LogDir[];

                /** LogDirsDescription replicas. */
                public replicas: lograft.admin.v1.ReplicaSize[];

                /** LogDirsDescription unreachable. */
                public unreachable: lograft.admin.v1.UnreachableBroker[];

                /** LogDirsDescription nextPageToken. */
                public nextPageToken: string;

                /**
                 * Encodes the specified LogDirsDescription message. Does not implicitly {@link lograft.admin.v1.LogDirsDescription.verify|verify} messages.
                 * @param message LogDirsDescription message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.ILogDirsDescription, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a LogDirsDescription message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns LogDirsDescription
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.LogDirsDescription;
            }

            /** Properties of a LogDir. */
            interface ILogDir {

                /** LogDir brokerId */
                brokerId?: (number|undefined);

                /** LogDir path */
                path?: (string|undefined);

                /** Of the volume; absent when it cannot be told. */
                totalBytes?: (number|null|undefined);

                /** LogDir usableBytes */
                usableBytes?: (number|null|undefined);

                /** Of the replicas in it, those included that were not asked for. */
                replicaBytes?: (number|undefined);
            }

            /** Represents a LogDir. */
            class LogDir implements ILogDir {

                /**
                 * Constructs a new LogDir.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.ILogDir);

                /** LogDir brokerId. */
                public brokerId: number;

                /** LogDir path. */
                public path: string;

                /** Of the volume; absent when it cannot be told. */
                public totalBytes: (number|null);

                /** LogDir usableBytes. */
                public usableBytes: (number|null);

                /** Of the replicas in it, those included that were not asked for. */
                public replicaBytes: number;

                /**
                 * Encodes the specified LogDir message. Does not implicitly {@link lograft.admin.v1.LogDir.verify|verify} messages.
                 * @param message LogDir message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.ILogDir, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a LogDir message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns LogDir
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.LogDir;
            }

            /** Properties of a ReplicaSize. */
            interface IReplicaSize {

                /** ReplicaSize brokerId */
                brokerId?: (number|undefined);

                /** ReplicaSize topic */
                topic?: (string|undefined);

                /** ReplicaSize partition */
                partition?: (number|undefined);

                /** ReplicaSize sizeBytes */
                sizeBytes?: (number|undefined);

                /** Offsets by which it is behind its leader. */
                offsetLag?: (number|undefined);
            }

            /** Represents a ReplicaSize. */
            class ReplicaSize implements IReplicaSize {

                /**
                 * Constructs a new ReplicaSize.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IReplicaSize);

                /** ReplicaSize brokerId. */
                public brokerId: number;

                /** ReplicaSize topic. */
                public topic: string;

                /** ReplicaSize partition. */
                public partition: number;

                /** ReplicaSize sizeBytes. */
                public sizeBytes: number;

                /** Offsets by which it is behind its leader. */
                public offsetLag: number;

                /**
                 * Encodes the specified ReplicaSize message. Does not implicitly {@link lograft.admin.v1.ReplicaSize.verify|verify} messages.
                 * @param message ReplicaSize message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IReplicaSize, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ReplicaSize message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ReplicaSize
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.ReplicaSize;
            }

            /** Properties of an UnreachableBroker. */
            interface IUnreachableBroker {

                /** UnreachableBroker brokerId */
                brokerId?: (number|undefined);

                /** UnreachableBroker why */
                why?: (string|undefined);
            }

            /** Represents an UnreachableBroker. */
            class UnreachableBroker implements IUnreachableBroker {

                /**
                 * Constructs a new UnreachableBroker.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IUnreachableBroker);

                /** UnreachableBroker brokerId. */
                public brokerId: number;

                /** UnreachableBroker why. */
                public why: string;

                /**
                 * Encodes the specified UnreachableBroker message. Does not implicitly {@link lograft.admin.v1.UnreachableBroker.verify|verify} messages.
                 * @param message UnreachableBroker message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IUnreachableBroker, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an UnreachableBroker message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns UnreachableBroker
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.UnreachableBroker;
            }

            /** Properties of an UpdateFeaturesRequest. */
            interface IUpdateFeaturesRequest {

                /** UpdateFeaturesRequest mutation */
                mutation?: (lograft.admin.v1.IMutation|undefined);

                /** At least one. 0 turns a feature off. */
                levels?: (lograft.admin.v1.IFeatureLevel[]|undefined);
            }

            /** Represents an UpdateFeaturesRequest. */
            class UpdateFeaturesRequest implements IUpdateFeaturesRequest {

                /**
                 * Constructs a new UpdateFeaturesRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IUpdateFeaturesRequest);

                /** UpdateFeaturesRequest mutation. */
                public mutation: lograft.admin.v1.Mutation;

                /** At least one. 0 turns a feature off. */
                public levels: lograft.admin.v1.FeatureLevel[];

                /**
                 * Encodes the specified UpdateFeaturesRequest message. Does not implicitly {@link lograft.admin.v1.UpdateFeaturesRequest.verify|verify} messages.
                 * @param message UpdateFeaturesRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IUpdateFeaturesRequest, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an UpdateFeaturesRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns UpdateFeaturesRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.UpdateFeaturesRequest;
            }

            /** Properties of a FeatureLevel. */
            interface IFeatureLevel {

                /** FeatureLevel name */
                name?: (string|undefined);

                /** FeatureLevel level */
                level?: (number|undefined);
            }

            /** Represents a FeatureLevel. */
            class FeatureLevel implements IFeatureLevel {

                /**
                 * Constructs a new FeatureLevel.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IFeatureLevel);

                /** FeatureLevel name. */
                public name: string;

                /** FeatureLevel level. */
                public level: number;

                /**
                 * Encodes the specified FeatureLevel message. Does not implicitly {@link lograft.admin.v1.FeatureLevel.verify|verify} messages.
                 * @param message FeatureLevel message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IFeatureLevel, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a FeatureLevel message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns FeatureLevel
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.FeatureLevel;
            }

            /** Properties of a ShutDownBrokerRequest. */
            interface IShutDownBrokerRequest {

                /** ShutDownBrokerRequest mutation */
                mutation?: (lograft.admin.v1.IMutation|undefined);

                /** ShutDownBrokerRequest brokerId */
                brokerId?: (number|undefined);

                /** Whatever it makes unavailable. */
                force?: (boolean|undefined);
            }

            /** Represents a ShutDownBrokerRequest. */
            class ShutDownBrokerRequest implements IShutDownBrokerRequest {

                /**
                 * Constructs a new ShutDownBrokerRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IShutDownBrokerRequest);

                /** ShutDownBrokerRequest mutation. */
                public mutation: lograft.admin.v1.Mutation;

                /** ShutDownBrokerRequest brokerId. */
                public brokerId: number;

                /** Whatever it makes unavailable. */
                public force: boolean;

                /**
                 * Encodes the specified ShutDownBrokerRequest message. Does not implicitly {@link lograft.admin.v1.ShutDownBrokerRequest.verify|verify} messages.
                 * @param message ShutDownBrokerRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IShutDownBrokerRequest, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ShutDownBrokerRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ShutDownBrokerRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.ShutDownBrokerRequest;
            }

            /** Properties of a ShutDownBrokerReply. */
            interface IShutDownBrokerReply {

                /** As in `Mutated`. */
                metadataOffset?: (number|undefined);

                /** ShutDownBrokerReply alreadyApplied */
                alreadyApplied?: (boolean|undefined);

                /** As it was found to be before; absent when an earlier request with this key did it. */
                impact?: (lograft.admin.v1.IShutDownImpact|undefined);
            }

            /** Represents a ShutDownBrokerReply. */
            class ShutDownBrokerReply implements IShutDownBrokerReply {

                /**
                 * Constructs a new ShutDownBrokerReply.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IShutDownBrokerReply);

                /** As in `Mutated`. */
                public metadataOffset: number;

                /** ShutDownBrokerReply alreadyApplied. */
                public alreadyApplied: boolean;

                /** As it was found to be before; absent when an earlier request with this key did it. */
                public impact: lograft.admin.v1.ShutDownImpact;

                /**
                 * Encodes the specified ShutDownBrokerReply message. Does not implicitly {@link lograft.admin.v1.ShutDownBrokerReply.verify|verify} messages.
                 * @param message ShutDownBrokerReply message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IShutDownBrokerReply, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ShutDownBrokerReply message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ShutDownBrokerReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.ShutDownBrokerReply;
            }

            /** Properties of a ShutDownImpact. */
            interface IShutDownImpact {

                /** That vote, whether they are heard of or not. */
                voters?: (number|undefined);

                /**
                 * Of them, that are heard of and stay. Less than `majority`: nothing can be changed any more, and
                 * no leader elected.
                 */
                votersLeft?: (number|undefined);

                /** ShutDownImpact majority */
                majority?: (number|undefined);

                /** Without a leader then: they can be neither read nor written. */
                leaderlessPartitions?: (number|undefined);

                /** Led, but with fewer replicas in sync than min.insync.replicas: acks=all is refused. */
                underMinIsrPartitions?: (number|undefined);

                /** Of both kinds, the first ten. */
                partitions?: (lograft.admin.v1.IPartitionName[]|undefined);
            }

            /** What is left when a broker's process has ended. */
            class ShutDownImpact implements IShutDownImpact {

                /**
                 * Constructs a new ShutDownImpact.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IShutDownImpact);

                /** That vote, whether they are heard of or not. */
                public voters: number;

                /**
                 * Of them, that are heard of and stay. Less than `majority`: nothing can be changed any more, and
                 * no leader elected.
                 */
                public votersLeft: number;

                /** ShutDownImpact majority. */
                public majority: number;

                /** Without a leader then: they can be neither read nor written. */
                public leaderlessPartitions: number;

                /** Led, but with fewer replicas in sync than min.insync.replicas: acks=all is refused. */
                public underMinIsrPartitions: number;

                /** Of both kinds, the first ten. */
                public partitions: lograft.admin.v1.PartitionName[];

                /**
                 * Encodes the specified ShutDownImpact message. Does not implicitly {@link lograft.admin.v1.ShutDownImpact.verify|verify} messages.
                 * @param message ShutDownImpact message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IShutDownImpact, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ShutDownImpact message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ShutDownImpact
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.ShutDownImpact;
            }

            /** Properties of an UnregisterBrokerRequest. */
            interface IUnregisterBrokerRequest {

                /** UnregisterBrokerRequest mutation */
                mutation?: (lograft.admin.v1.IMutation|undefined);

                /** UnregisterBrokerRequest brokerId */
                brokerId?: (number|undefined);
            }

            /** Represents an UnregisterBrokerRequest. */
            class UnregisterBrokerRequest implements IUnregisterBrokerRequest {

                /**
                 * Constructs a new UnregisterBrokerRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IUnregisterBrokerRequest);

                /** UnregisterBrokerRequest mutation. */
                public mutation: lograft.admin.v1.Mutation;

                /** UnregisterBrokerRequest brokerId. */
                public brokerId: number;

                /**
                 * Encodes the specified UnregisterBrokerRequest message. Does not implicitly {@link lograft.admin.v1.UnregisterBrokerRequest.verify|verify} messages.
                 * @param message UnregisterBrokerRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IUnregisterBrokerRequest, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an UnregisterBrokerRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns UnregisterBrokerRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.UnregisterBrokerRequest;
            }

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

                /**
                 * Since the leader last heard of it; 0 for the leader. Where `log_end_offset` is absent, this leader
                 * has not heard of it at all: then both times are at least so long.
                 */
                silentMs?: (number|undefined);

                /** Since it was last known to have everything that the leader had; 0 when it has. */
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

                /**
                 * Since the leader last heard of it; 0 for the leader. Where `log_end_offset` is absent, this leader
                 * has not heard of it at all: then both times are at least so long.
                 */
                public silentMs: number;

                /** Since it was last known to have everything that the leader had; 0 when it has. */
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

                /** TransferRequest mutation */
                mutation?: (lograft.admin.v1.IMutation|undefined);
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

                /** TransferRequest mutation. */
                public mutation: lograft.admin.v1.Mutation;

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

                /** TransferReply mutated */
                mutated?: (lograft.admin.v1.IMutated|undefined);
            }

            /** Represents a TransferReply. */
            class TransferReply implements ITransferReply {

                /**
                 * Constructs a new TransferReply.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.ITransferReply);

                /** TransferReply mutated. */
                public mutated: lograft.admin.v1.Mutated;

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

                /** AddRequest mutation */
                mutation?: (lograft.admin.v1.IMutation|undefined);

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

                /** AddRequest mutation. */
                public mutation: lograft.admin.v1.Mutation;

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

                /** AddReply mutated */
                mutated?: (lograft.admin.v1.IMutated|undefined);
            }

            /** Represents an AddReply. */
            class AddReply implements IAddReply {

                /**
                 * Constructs a new AddReply.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IAddReply);

                /** AddReply mutated. */
                public mutated: lograft.admin.v1.Mutated;

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

                /** RemoveRequest mutation */
                mutation?: (lograft.admin.v1.IMutation|undefined);

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

                /** RemoveRequest mutation. */
                public mutation: lograft.admin.v1.Mutation;

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

                /** RemoveReply mutated */
                mutated?: (lograft.admin.v1.IMutated|undefined);
            }

            /** Represents a RemoveReply. */
            class RemoveReply implements IRemoveReply {

                /**
                 * Constructs a new RemoveReply.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IRemoveReply);

                /** RemoveReply mutated. */
                public mutated: lograft.admin.v1.Mutated;

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

            /** Properties of a ListTopicsRequest. */
            interface IListTopicsRequest {

                /** ListTopicsRequest page */
                page?: (lograft.admin.v1.IPage|undefined);

                /** Names that begin so. */
                prefix?: (string|undefined);

                /** Those of the cluster itself too: `__consumer_offsets`. */
                includeInternal?: (boolean|undefined);
            }

            /** Represents a ListTopicsRequest. */
            class ListTopicsRequest implements IListTopicsRequest {

                /**
                 * Constructs a new ListTopicsRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IListTopicsRequest);

                /** ListTopicsRequest page. */
                public page: lograft.admin.v1.Page;

                /** Names that begin so. */
                public prefix: string;

                /** Those of the cluster itself too: `__consumer_offsets`. */
                public includeInternal: boolean;

                /**
                 * Encodes the specified ListTopicsRequest message. Does not implicitly {@link lograft.admin.v1.ListTopicsRequest.verify|verify} messages.
                 * @param message ListTopicsRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IListTopicsRequest, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ListTopicsRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ListTopicsRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.ListTopicsRequest;
            }

            /** Properties of a ListTopicsReply. */
            interface IListTopicsReply {

                /** ListTopicsReply topics */
                topics?: (lograft.admin.v1.ITopicSummary[]|undefined);

                /** ListTopicsReply nextPageToken */
                nextPageToken?: (string|undefined);
            }

            /** Represents a ListTopicsReply. */
            class ListTopicsReply implements IListTopicsReply {

                /**
                 * Constructs a new ListTopicsReply.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IListTopicsReply);

                /** ListTopicsReply topics. */
                public topics: lograft.admin.v1.TopicSummary[];

                /** ListTopicsReply nextPageToken. */
                public nextPageToken: string;

                /**
                 * Encodes the specified ListTopicsReply message. Does not implicitly {@link lograft.admin.v1.ListTopicsReply.verify|verify} messages.
                 * @param message ListTopicsReply message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IListTopicsReply, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ListTopicsReply message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ListTopicsReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.ListTopicsReply;
            }

            /** Properties of a TopicSummary. */
            interface ITopicSummary {

                /** TopicSummary name */
                name?: (string|undefined);

                /** As text, 22 characters. */
                topicId?: (string|undefined);

                /** TopicSummary partitions */
                partitions?: (number|undefined);

                /** TopicSummary replicationFactor */
                replicationFactor?: (number|undefined);

                /** TopicSummary underReplicatedPartitions */
                underReplicatedPartitions?: (number|undefined);

                /** TopicSummary offlinePartitions */
                offlinePartitions?: (number|undefined);

                /** TopicSummary internal */
                internal?: (boolean|undefined);
            }

            /** Represents a TopicSummary. */
            class TopicSummary implements ITopicSummary {

                /**
                 * Constructs a new TopicSummary.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.ITopicSummary);

                /** TopicSummary name. */
                public name: string;

                /** As text, 22 characters. */
                public topicId: string;

                /** TopicSummary partitions. */
                public partitions: number;

                /** TopicSummary replicationFactor. */
                public replicationFactor: number;

                /** TopicSummary underReplicatedPartitions. */
                public underReplicatedPartitions: number;

                /** TopicSummary offlinePartitions. */
                public offlinePartitions: number;

                /** TopicSummary internal. */
                public internal: boolean;

                /**
                 * Encodes the specified TopicSummary message. Does not implicitly {@link lograft.admin.v1.TopicSummary.verify|verify} messages.
                 * @param message TopicSummary message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.ITopicSummary, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a TopicSummary message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns TopicSummary
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.TopicSummary;
            }

            /** Properties of a DescribeTopicRequest. */
            interface IDescribeTopicRequest {

                /** DescribeTopicRequest name */
                name?: (string|undefined);

                /** Counts partitions. */
                page?: (lograft.admin.v1.IPage|undefined);
            }

            /** Represents a DescribeTopicRequest. */
            class DescribeTopicRequest implements IDescribeTopicRequest {

                /**
                 * Constructs a new DescribeTopicRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IDescribeTopicRequest);

                /** DescribeTopicRequest name. */
                public name: string;

                /** Counts partitions. */
                public page: lograft.admin.v1.Page;

                /**
                 * Encodes the specified DescribeTopicRequest message. Does not implicitly {@link lograft.admin.v1.DescribeTopicRequest.verify|verify} messages.
                 * @param message DescribeTopicRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IDescribeTopicRequest, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a DescribeTopicRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns DescribeTopicRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.DescribeTopicRequest;
            }

            /** Properties of a TopicDescription. */
            interface ITopicDescription {

                /** TopicDescription topic */
                topic?: (lograft.admin.v1.ITopicSummary|undefined);

                /** TopicDescription partitions */
                partitions?: (lograft.admin.v1.IPartitionDescription[]|undefined);

                /** What this topic has a value of its own for; Configs.Describe tells all that holds. */
                overrides?: ({ [k: string]: string }|undefined);

                /** TopicDescription nextPageToken */
                nextPageToken?: (string|undefined);
            }

            /** Represents a TopicDescription. */
            class TopicDescription implements ITopicDescription {

                /**
                 * Constructs a new TopicDescription.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.ITopicDescription);

                /** TopicDescription topic. */
                public topic: lograft.admin.v1.TopicSummary;

                /** TopicDescription partitions. */
                public partitions: lograft.admin.v1.PartitionDescription[];

                /** What this topic has a value of its own for; Configs.Describe tells all that holds. */
                public overrides: { [k: string]: string };

                /** TopicDescription nextPageToken. */
                public nextPageToken: string;

                /**
                 * Encodes the specified TopicDescription message. Does not implicitly {@link lograft.admin.v1.TopicDescription.verify|verify} messages.
                 * @param message TopicDescription message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.ITopicDescription, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a TopicDescription message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns TopicDescription
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.TopicDescription;
            }

            /** Properties of a PartitionDescription. */
            interface IPartitionDescription {

                /** PartitionDescription topic */
                topic?: (string|undefined);

                /** PartitionDescription partition */
                partition?: (number|undefined);

                /** Absent: nobody leads. */
                leader?: (number|null|undefined);

                /** PartitionDescription leaderEpoch */
                leaderEpoch?: (number|undefined);

                /** PartitionDescription partitionEpoch */
                partitionEpoch?: (number|undefined);

                /** In the order of preference. */
                replicas?: (number[]|undefined);

                /** PartitionDescription isr */
                isr?: (number[]|undefined);

                /** Eligible to lead though not in sync (KIP-966). */
                elr?: (number[]|undefined);

                /** PartitionDescription adding */
                adding?: (number[]|undefined);

                /** PartitionDescription removing */
                removing?: (number[]|undefined);
            }

            /** Represents a PartitionDescription. */
            class PartitionDescription implements IPartitionDescription {

                /**
                 * Constructs a new PartitionDescription.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IPartitionDescription);

                /** PartitionDescription topic. */
                public topic: string;

                /** PartitionDescription partition. */
                public partition: number;

                /** Absent: nobody leads. */
                public leader: (number|null);

                /** PartitionDescription leaderEpoch. */
                public leaderEpoch: number;

                /** PartitionDescription partitionEpoch. */
                public partitionEpoch: number;

                /** In the order of preference. */
                public replicas: number[];

                /** PartitionDescription isr. */
                public isr: number[];

                /** Eligible to lead though not in sync (KIP-966). */
                public elr: number[];

                /** PartitionDescription adding. */
                public adding: number[];

                /** PartitionDescription removing. */
                public removing: number[];

                /**
                 * Encodes the specified PartitionDescription message. Does not implicitly {@link lograft.admin.v1.PartitionDescription.verify|verify} messages.
                 * @param message PartitionDescription message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IPartitionDescription, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a PartitionDescription message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns PartitionDescription
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.PartitionDescription;
            }

            /** Properties of a CreateTopicsRequest. */
            interface ICreateTopicsRequest {

                /** CreateTopicsRequest mutation */
                mutation?: (lograft.admin.v1.IMutation|undefined);

                /** At least one. */
                topics?: (lograft.admin.v1.INewTopic[]|undefined);
            }

            /** Represents a CreateTopicsRequest. */
            class CreateTopicsRequest implements ICreateTopicsRequest {

                /**
                 * Constructs a new CreateTopicsRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.ICreateTopicsRequest);

                /** CreateTopicsRequest mutation. */
                public mutation: lograft.admin.v1.Mutation;

                /** At least one. */
                public topics: lograft.admin.v1.NewTopic[];

                /**
                 * Encodes the specified CreateTopicsRequest message. Does not implicitly {@link lograft.admin.v1.CreateTopicsRequest.verify|verify} messages.
                 * @param message CreateTopicsRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.ICreateTopicsRequest, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a CreateTopicsRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns CreateTopicsRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.CreateTopicsRequest;
            }

            /** Properties of a NewTopic. */
            interface INewTopic {

                /** NewTopic name */
                name?: (string|undefined);

                /** 0: the default, or with assignments. */
                partitions?: (number|undefined);

                /** 0: the default, or with assignments. */
                replicationFactor?: (number|undefined);

                /** NewTopic configs */
                configs?: ({ [k: string]: string }|undefined);

                /** Placed by hand: the replicas of each partition; empty to let the controller place. */
                assignments?: (lograft.admin.v1.IReplicas[]|undefined);
            }

            /** Represents a NewTopic. */
            class NewTopic implements INewTopic {

                /**
                 * Constructs a new NewTopic.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.INewTopic);

                /** NewTopic name. */
                public name: string;

                /** 0: the default, or with assignments. */
                public partitions: number;

                /** 0: the default, or with assignments. */
                public replicationFactor: number;

                /** NewTopic configs. */
                public configs: { [k: string]: string };

                /** Placed by hand: the replicas of each partition; empty to let the controller place. */
                public assignments: lograft.admin.v1.Replicas[];

                /**
                 * Encodes the specified NewTopic message. Does not implicitly {@link lograft.admin.v1.NewTopic.verify|verify} messages.
                 * @param message NewTopic message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.INewTopic, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a NewTopic message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns NewTopic
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.NewTopic;
            }

            /** Properties of a CreateTopicsReply. */
            interface ICreateTopicsReply {

                /** CreateTopicsReply mutated */
                mutated?: (lograft.admin.v1.IMutated|undefined);

                /**
                 * In the order of the request. With `already_applied`: as they are now, those left out that are
                 * deleted again.
                 */
                topics?: (lograft.admin.v1.ITopicSummary[]|undefined);
            }

            /** Represents a CreateTopicsReply. */
            class CreateTopicsReply implements ICreateTopicsReply {

                /**
                 * Constructs a new CreateTopicsReply.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.ICreateTopicsReply);

                /** CreateTopicsReply mutated. */
                public mutated: lograft.admin.v1.Mutated;

                /**
                 * In the order of the request. With `already_applied`: as they are now, those left out that are
                 * deleted again.
                 */
                public topics: lograft.admin.v1.TopicSummary[];

                /**
                 * Encodes the specified CreateTopicsReply message. Does not implicitly {@link lograft.admin.v1.CreateTopicsReply.verify|verify} messages.
                 * @param message CreateTopicsReply message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.ICreateTopicsReply, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a CreateTopicsReply message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns CreateTopicsReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.CreateTopicsReply;
            }

            /** Properties of a DeleteTopicsRequest. */
            interface IDeleteTopicsRequest {

                /** DeleteTopicsRequest mutation */
                mutation?: (lograft.admin.v1.IMutation|undefined);

                /** At least one. */
                topics?: (lograft.admin.v1.ITopicName[]|undefined);
            }

            /** Represents a DeleteTopicsRequest. */
            class DeleteTopicsRequest implements IDeleteTopicsRequest {

                /**
                 * Constructs a new DeleteTopicsRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IDeleteTopicsRequest);

                /** DeleteTopicsRequest mutation. */
                public mutation: lograft.admin.v1.Mutation;

                /** At least one. */
                public topics: lograft.admin.v1.TopicName[];

                /**
                 * Encodes the specified DeleteTopicsRequest message. Does not implicitly {@link lograft.admin.v1.DeleteTopicsRequest.verify|verify} messages.
                 * @param message DeleteTopicsRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IDeleteTopicsRequest, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a DeleteTopicsRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns DeleteTopicsRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.DeleteTopicsRequest;
            }

            /** Properties of a TopicName. */
            interface ITopicName {

                /** TopicName name */
                name?: (string|undefined);

                /** When given, only the topic with this id goes, and not another of the same name. */
                topicId?: (string|undefined);
            }

            /** Represents a TopicName. */
            class TopicName implements ITopicName {

                /**
                 * Constructs a new TopicName.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.ITopicName);

                /** TopicName name. */
                public name: string;

                /** When given, only the topic with this id goes, and not another of the same name. */
                public topicId: string;

                /**
                 * Encodes the specified TopicName message. Does not implicitly {@link lograft.admin.v1.TopicName.verify|verify} messages.
                 * @param message TopicName message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.ITopicName, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a TopicName message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns TopicName
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.TopicName;
            }

            /** Properties of an AddPartitionsRequest. */
            interface IAddPartitionsRequest {

                /** AddPartitionsRequest mutation */
                mutation?: (lograft.admin.v1.IMutation|undefined);

                /** AddPartitionsRequest topics */
                topics?: (lograft.admin.v1.IAddedPartitions[]|undefined);
            }

            /** Represents an AddPartitionsRequest. */
            class AddPartitionsRequest implements IAddPartitionsRequest {

                /**
                 * Constructs a new AddPartitionsRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IAddPartitionsRequest);

                /** AddPartitionsRequest mutation. */
                public mutation: lograft.admin.v1.Mutation;

                /** AddPartitionsRequest topics. */
                public topics: lograft.admin.v1.AddedPartitions[];

                /**
                 * Encodes the specified AddPartitionsRequest message. Does not implicitly {@link lograft.admin.v1.AddPartitionsRequest.verify|verify} messages.
                 * @param message AddPartitionsRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IAddPartitionsRequest, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an AddPartitionsRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns AddPartitionsRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.AddPartitionsRequest;
            }

            /** Properties of an AddedPartitions. */
            interface IAddedPartitions {

                /** AddedPartitions topic */
                topic?: (string|undefined);

                /** How many there shall be in all. */
                count?: (number|undefined);

                /** The replicas of each new partition; empty to let the controller place. */
                assignments?: (lograft.admin.v1.IReplicas[]|undefined);
            }

            /** Represents an AddedPartitions. */
            class AddedPartitions implements IAddedPartitions {

                /**
                 * Constructs a new AddedPartitions.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IAddedPartitions);

                /** AddedPartitions topic. */
                public topic: string;

                /** How many there shall be in all. */
                public count: number;

                /** The replicas of each new partition; empty to let the controller place. */
                public assignments: lograft.admin.v1.Replicas[];

                /**
                 * Encodes the specified AddedPartitions message. Does not implicitly {@link lograft.admin.v1.AddedPartitions.verify|verify} messages.
                 * @param message AddedPartitions message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IAddedPartitions, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an AddedPartitions message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns AddedPartitions
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.AddedPartitions;
            }

            /** Properties of a DeleteRecordsRequest. */
            interface IDeleteRecordsRequest {

                /** DeleteRecordsRequest mutation */
                mutation?: (lograft.admin.v1.IMutation|undefined);

                /** DeleteRecordsRequest partitions */
                partitions?: (lograft.admin.v1.IDeletedRecords[]|undefined);
            }

            /** Represents a DeleteRecordsRequest. */
            class DeleteRecordsRequest implements IDeleteRecordsRequest {

                /**
                 * Constructs a new DeleteRecordsRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IDeleteRecordsRequest);

                /** DeleteRecordsRequest mutation. */
                public mutation: lograft.admin.v1.Mutation;

                /** DeleteRecordsRequest partitions. */
                public partitions: lograft.admin.v1.DeletedRecords[];

                /**
                 * Encodes the specified DeleteRecordsRequest message. Does not implicitly {@link lograft.admin.v1.DeleteRecordsRequest.verify|verify} messages.
                 * @param message DeleteRecordsRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IDeleteRecordsRequest, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a DeleteRecordsRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns DeleteRecordsRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.DeleteRecordsRequest;
            }

            /** Properties of a DeletedRecords. */
            interface IDeletedRecords {

                /** DeletedRecords topic */
                topic?: (string|undefined);

                /** DeletedRecords partition */
                partition?: (number|undefined);

                /**
                 * The first offset that is kept; absent: everything up to the high watermark goes. With an
                 * idempotency key it must be there: a retry would take what has come since.
                 */
                beforeOffset?: (number|null|undefined);
            }

            /** Represents a DeletedRecords. */
            class DeletedRecords implements IDeletedRecords {

                /**
                 * Constructs a new DeletedRecords.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IDeletedRecords);

                /** DeletedRecords topic. */
                public topic: string;

                /** DeletedRecords partition. */
                public partition: number;

                /**
                 * The first offset that is kept; absent: everything up to the high watermark goes. With an
                 * idempotency key it must be there: a retry would take what has come since.
                 */
                public beforeOffset: (number|null);

                /**
                 * Encodes the specified DeletedRecords message. Does not implicitly {@link lograft.admin.v1.DeletedRecords.verify|verify} messages.
                 * @param message DeletedRecords message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IDeletedRecords, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a DeletedRecords message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns DeletedRecords
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.DeletedRecords;
            }

            /** Properties of a DeleteRecordsReply. */
            interface IDeleteRecordsReply {

                /** DeleteRecordsReply mutated */
                mutated?: (lograft.admin.v1.IMutated|undefined);

                /** DeleteRecordsReply partitions */
                partitions?: (lograft.admin.v1.IDeletedRecordsResult[]|undefined);
            }

            /** Represents a DeleteRecordsReply. */
            class DeleteRecordsReply implements IDeleteRecordsReply {

                /**
                 * Constructs a new DeleteRecordsReply.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IDeleteRecordsReply);

                /** DeleteRecordsReply mutated. */
                public mutated: lograft.admin.v1.Mutated;

                /** DeleteRecordsReply partitions. */
                public partitions: lograft.admin.v1.DeletedRecordsResult[];

                /**
                 * Encodes the specified DeleteRecordsReply message. Does not implicitly {@link lograft.admin.v1.DeleteRecordsReply.verify|verify} messages.
                 * @param message DeleteRecordsReply message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IDeleteRecordsReply, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a DeleteRecordsReply message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns DeleteRecordsReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.DeleteRecordsReply;
            }

            /** Properties of a DeletedRecordsResult. */
            interface IDeletedRecordsResult {

                /** DeletedRecordsResult topic */
                topic?: (string|undefined);

                /** DeletedRecordsResult partition */
                partition?: (number|undefined);

                /** Empty: done. */
                error?: (string|undefined);

                /** DeletedRecordsResult errorMessage */
                errorMessage?: (string|undefined);

                /** DeletedRecordsResult logStartOffset */
                logStartOffset?: (number|undefined);
            }

            /** Represents a DeletedRecordsResult. */
            class DeletedRecordsResult implements IDeletedRecordsResult {

                /**
                 * Constructs a new DeletedRecordsResult.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IDeletedRecordsResult);

                /** DeletedRecordsResult topic. */
                public topic: string;

                /** DeletedRecordsResult partition. */
                public partition: number;

                /** Empty: done. */
                public error: string;

                /** DeletedRecordsResult errorMessage. */
                public errorMessage: string;

                /** DeletedRecordsResult logStartOffset. */
                public logStartOffset: number;

                /**
                 * Encodes the specified DeletedRecordsResult message. Does not implicitly {@link lograft.admin.v1.DeletedRecordsResult.verify|verify} messages.
                 * @param message DeletedRecordsResult message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IDeletedRecordsResult, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a DeletedRecordsResult message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns DeletedRecordsResult
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.DeletedRecordsResult;
            }

            /** Properties of a ListOffsetsRequest. */
            interface IListOffsetsRequest {

                /** At least one, at most 1,000. */
                partitions?: (lograft.admin.v1.IPartitionName[]|undefined);

                /** ListOffsetsRequest earliest */
                earliest?: (boolean|null|undefined);

                /** ListOffsetsRequest latest */
                latest?: (boolean|null|undefined);

                /** The first record whose timestamp is not before this: milliseconds since 1970. */
                atTimestampMs?: (number|null|undefined);

                /** The record with the greatest timestamp. */
                maxTimestamp?: (boolean|null|undefined);
            }

            /** Represents a ListOffsetsRequest. */
            class ListOffsetsRequest implements IListOffsetsRequest {

                /**
                 * Constructs a new ListOffsetsRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IListOffsetsRequest);

                /** At least one, at most 1,000. */
                public partitions: lograft.admin.v1.PartitionName[];

                /** ListOffsetsRequest earliest. */
                public earliest: (boolean|null);

                /** ListOffsetsRequest latest. */
                public latest: (boolean|null);

                /** The first record whose timestamp is not before this: milliseconds since 1970. */
                public atTimestampMs: (number|null);

                /** The record with the greatest timestamp. */
                public maxTimestamp: (boolean|null);

                /** ListOffsetsRequest position. */
                public position?: ("earliest"|"latest"|"atTimestampMs"|"maxTimestamp");

                /**
                 * Encodes the specified ListOffsetsRequest message. Does not implicitly {@link lograft.admin.v1.ListOffsetsRequest.verify|verify} messages.
                 * @param message ListOffsetsRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IListOffsetsRequest, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ListOffsetsRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ListOffsetsRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.ListOffsetsRequest;
            }

            /** Properties of a ListOffsetsReply. */
            interface IListOffsetsReply {

                /** ListOffsetsReply partitions */
                partitions?: (lograft.admin.v1.IPartitionOffset[]|undefined);
            }

            /** Represents a ListOffsetsReply. */
            class ListOffsetsReply implements IListOffsetsReply {

                /**
                 * Constructs a new ListOffsetsReply.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IListOffsetsReply);

                /** ListOffsetsReply partitions. */
                public partitions: lograft.admin.v1.PartitionOffset[];

                /**
                 * Encodes the specified ListOffsetsReply message. Does not implicitly {@link lograft.admin.v1.ListOffsetsReply.verify|verify} messages.
                 * @param message ListOffsetsReply message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IListOffsetsReply, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ListOffsetsReply message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ListOffsetsReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.ListOffsetsReply;
            }

            /** Properties of a PartitionOffset. */
            interface IPartitionOffset {

                /** PartitionOffset topic */
                topic?: (string|undefined);

                /** PartitionOffset partition */
                partition?: (number|undefined);

                /** Empty: found, or there is none. */
                error?: (string|undefined);

                /** PartitionOffset errorMessage */
                errorMessage?: (string|undefined);

                /** Absent: no record is so late. */
                offset?: (number|null|undefined);

                /** PartitionOffset timestampMs */
                timestampMs?: (number|null|undefined);

                /** PartitionOffset leaderEpoch */
                leaderEpoch?: (number|null|undefined);
            }

            /** Represents a PartitionOffset. */
            class PartitionOffset implements IPartitionOffset {

                /**
                 * Constructs a new PartitionOffset.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IPartitionOffset);

                /** PartitionOffset topic. */
                public topic: string;

                /** PartitionOffset partition. */
                public partition: number;

                /** Empty: found, or there is none. */
                public error: string;

                /** PartitionOffset errorMessage. */
                public errorMessage: string;

                /** Absent: no record is so late. */
                public offset: (number|null);

                /** PartitionOffset timestampMs. */
                public timestampMs: (number|null);

                /** PartitionOffset leaderEpoch. */
                public leaderEpoch: (number|null);

                /**
                 * Encodes the specified PartitionOffset message. Does not implicitly {@link lograft.admin.v1.PartitionOffset.verify|verify} messages.
                 * @param message PartitionOffset message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IPartitionOffset, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a PartitionOffset message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns PartitionOffset
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.PartitionOffset;
            }

            /** ResourceType enum. */
            enum ResourceType {
                RESOURCE_TYPE_UNSPECIFIED = 0,
                RESOURCE_TYPE_TOPIC = 1,
                RESOURCE_TYPE_BROKER = 2,
                RESOURCE_TYPE_CLUSTER = 3
            }

            /** Properties of a Resource. */
            interface IResource {

                /** Resource type */
                type?: (lograft.admin.v1.ResourceType|undefined);

                /** Of the topic, or the id of the broker. */
                name?: (string|undefined);
            }

            /** Represents a Resource. */
            class Resource implements IResource {

                /**
                 * Constructs a new Resource.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IResource);

                /** Resource type. */
                public type: lograft.admin.v1.ResourceType;

                /** Of the topic, or the id of the broker. */
                public name: string;

                /**
                 * Encodes the specified Resource message. Does not implicitly {@link lograft.admin.v1.Resource.verify|verify} messages.
                 * @param message Resource message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IResource, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Resource message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns Resource
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.Resource;
            }

            /** Properties of a DescribeConfigsRequest. */
            interface IDescribeConfigsRequest {

                /** DescribeConfigsRequest resource */
                resource?: (lograft.admin.v1.IResource|undefined);

                /** Empty: all. */
                names?: (string[]|undefined);

                /** DescribeConfigsRequest page */
                page?: (lograft.admin.v1.IPage|undefined);
            }

            /** Represents a DescribeConfigsRequest. */
            class DescribeConfigsRequest implements IDescribeConfigsRequest {

                /**
                 * Constructs a new DescribeConfigsRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IDescribeConfigsRequest);

                /** DescribeConfigsRequest resource. */
                public resource: lograft.admin.v1.Resource;

                /** Empty: all. */
                public names: string[];

                /** DescribeConfigsRequest page. */
                public page: lograft.admin.v1.Page;

                /**
                 * Encodes the specified DescribeConfigsRequest message. Does not implicitly {@link lograft.admin.v1.DescribeConfigsRequest.verify|verify} messages.
                 * @param message DescribeConfigsRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IDescribeConfigsRequest, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a DescribeConfigsRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns DescribeConfigsRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.DescribeConfigsRequest;
            }

            /** Properties of a DescribeConfigsReply. */
            interface IDescribeConfigsReply {

                /** DescribeConfigsReply configs */
                configs?: (lograft.admin.v1.IConfig[]|undefined);

                /** DescribeConfigsReply nextPageToken */
                nextPageToken?: (string|undefined);
            }

            /** Represents a DescribeConfigsReply. */
            class DescribeConfigsReply implements IDescribeConfigsReply {

                /**
                 * Constructs a new DescribeConfigsReply.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IDescribeConfigsReply);

                /** DescribeConfigsReply configs. */
                public configs: lograft.admin.v1.Config[];

                /** DescribeConfigsReply nextPageToken. */
                public nextPageToken: string;

                /**
                 * Encodes the specified DescribeConfigsReply message. Does not implicitly {@link lograft.admin.v1.DescribeConfigsReply.verify|verify} messages.
                 * @param message DescribeConfigsReply message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IDescribeConfigsReply, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a DescribeConfigsReply message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns DescribeConfigsReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.DescribeConfigsReply;
            }

            /** ConfigSource enum. */
            enum ConfigSource {
                CONFIG_SOURCE_UNSPECIFIED = 0,
                CONFIG_SOURCE_TOPIC = 1,
                CONFIG_SOURCE_DYNAMIC_BROKER = 2,
                CONFIG_SOURCE_DYNAMIC_CLUSTER = 3,
                CONFIG_SOURCE_STATIC_BROKER = 4,
                CONFIG_SOURCE_DEFAULT = 5
            }

            /** Properties of a Config. */
            interface IConfig {

                /** Config name */
                name?: (string|undefined);

                /** Absent when it is a secret, or there is none. */
                value?: (string|null|undefined);

                /** Config source */
                source?: (lograft.admin.v1.ConfigSource|undefined);

                /** Config readOnly */
                readOnly?: (boolean|undefined);

                /** Config sensitive */
                sensitive?: (boolean|undefined);

                /** Config documentation */
                documentation?: (string|undefined);

                /** What holds, then what it overrides, down to the default. */
                synonyms?: (lograft.admin.v1.IConfigSynonym[]|undefined);
            }

            /** Represents a Config. */
            class Config implements IConfig {

                /**
                 * Constructs a new Config.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IConfig);

                /** Config name. */
                public name: string;

                /** Absent when it is a secret, or there is none. */
                public value: (string|null);

                /** Config source. */
                public source: lograft.admin.v1.ConfigSource;

                /** Config readOnly. */
                public readOnly: boolean;

                /** Config sensitive. */
                public sensitive: boolean;

                /** Config documentation. */
                public documentation: string;

                /** What holds, then what it overrides, down to the default. */
                public synonyms: lograft.admin.v1.ConfigSynonym[];

                /**
                 * Encodes the specified Config message. Does not implicitly {@link lograft.admin.v1.Config.verify|verify} messages.
                 * @param message Config message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IConfig, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Config message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns Config
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.Config;
            }

            /** Properties of a ConfigSynonym. */
            interface IConfigSynonym {

                /** ConfigSynonym name */
                name?: (string|undefined);

                /** ConfigSynonym value */
                value?: (string|null|undefined);

                /** ConfigSynonym source */
                source?: (lograft.admin.v1.ConfigSource|undefined);
            }

            /** Represents a ConfigSynonym. */
            class ConfigSynonym implements IConfigSynonym {

                /**
                 * Constructs a new ConfigSynonym.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IConfigSynonym);

                /** ConfigSynonym name. */
                public name: string;

                /** ConfigSynonym value. */
                public value: (string|null);

                /** ConfigSynonym source. */
                public source: lograft.admin.v1.ConfigSource;

                /**
                 * Encodes the specified ConfigSynonym message. Does not implicitly {@link lograft.admin.v1.ConfigSynonym.verify|verify} messages.
                 * @param message ConfigSynonym message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IConfigSynonym, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ConfigSynonym message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ConfigSynonym
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.ConfigSynonym;
            }

            /** Properties of an AlterConfigsRequest. */
            interface IAlterConfigsRequest {

                /** AlterConfigsRequest mutation */
                mutation?: (lograft.admin.v1.IMutation|undefined);

                /** At least one. */
                changes?: (lograft.admin.v1.IConfigChange[]|undefined);
            }

            /** Represents an AlterConfigsRequest. */
            class AlterConfigsRequest implements IAlterConfigsRequest {

                /**
                 * Constructs a new AlterConfigsRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IAlterConfigsRequest);

                /** AlterConfigsRequest mutation. */
                public mutation: lograft.admin.v1.Mutation;

                /** At least one. */
                public changes: lograft.admin.v1.ConfigChange[];

                /**
                 * Encodes the specified AlterConfigsRequest message. Does not implicitly {@link lograft.admin.v1.AlterConfigsRequest.verify|verify} messages.
                 * @param message AlterConfigsRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IAlterConfigsRequest, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an AlterConfigsRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns AlterConfigsRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.AlterConfigsRequest;
            }

            /** Properties of a ConfigChange. */
            interface IConfigChange {

                /** ConfigChange resource */
                resource?: (lograft.admin.v1.IResource|undefined);

                /** ConfigChange set */
                set?: ({ [k: string]: string }|undefined);

                /** What is inherited holds again. */
                unset?: (string[]|undefined);

                /** Items of a list option. */
                append?: ({ [k: string]: string }|undefined);

                /** ConfigChange subtract */
                subtract?: ({ [k: string]: string }|undefined);
            }

            /** Represents a ConfigChange. */
            class ConfigChange implements IConfigChange {

                /**
                 * Constructs a new ConfigChange.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IConfigChange);

                /** ConfigChange resource. */
                public resource: lograft.admin.v1.Resource;

                /** ConfigChange set. */
                public set: { [k: string]: string };

                /** What is inherited holds again. */
                public unset: string[];

                /** Items of a list option. */
                public append: { [k: string]: string };

                /** ConfigChange subtract. */
                public subtract: { [k: string]: string };

                /**
                 * Encodes the specified ConfigChange message. Does not implicitly {@link lograft.admin.v1.ConfigChange.verify|verify} messages.
                 * @param message ConfigChange message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IConfigChange, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ConfigChange message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ConfigChange
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.ConfigChange;
            }

            /** PartitionHealth enum. */
            enum PartitionHealth {
                PARTITION_HEALTH_UNSPECIFIED = 0,
                PARTITION_HEALTH_UNDER_REPLICATED = 1,
                PARTITION_HEALTH_UNDER_MIN_ISR = 2,
                PARTITION_HEALTH_OFFLINE = 3,
                PARTITION_HEALTH_REASSIGNING = 4,
                PARTITION_HEALTH_NOT_PREFERRED = 5
            }

            /** Properties of a ListPartitionsRequest. */
            interface IListPartitionsRequest {

                /** ListPartitionsRequest page */
                page?: (lograft.admin.v1.IPage|undefined);

                /** Empty: all topics. */
                topics?: (string[]|undefined);

                /** Only those in one of these states; empty: all. */
                health?: (lograft.admin.v1.PartitionHealth[]|undefined);

                /** Only those with a replica on this broker. */
                brokerId?: (number|null|undefined);
            }

            /** Represents a ListPartitionsRequest. */
            class ListPartitionsRequest implements IListPartitionsRequest {

                /**
                 * Constructs a new ListPartitionsRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IListPartitionsRequest);

                /** ListPartitionsRequest page. */
                public page: lograft.admin.v1.Page;

                /** Empty: all topics. */
                public topics: string[];

                /** Only those in one of these states; empty: all. */
                public health: lograft.admin.v1.PartitionHealth[];

                /** Only those with a replica on this broker. */
                public brokerId: (number|null);

                /**
                 * Encodes the specified ListPartitionsRequest message. Does not implicitly {@link lograft.admin.v1.ListPartitionsRequest.verify|verify} messages.
                 * @param message ListPartitionsRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IListPartitionsRequest, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ListPartitionsRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ListPartitionsRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.ListPartitionsRequest;
            }

            /** Properties of a ListPartitionsReply. */
            interface IListPartitionsReply {

                /** ListPartitionsReply partitions */
                partitions?: (lograft.admin.v1.IPartitionDescription[]|undefined);

                /** ListPartitionsReply nextPageToken */
                nextPageToken?: (string|undefined);
            }

            /** Represents a ListPartitionsReply. */
            class ListPartitionsReply implements IListPartitionsReply {

                /**
                 * Constructs a new ListPartitionsReply.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IListPartitionsReply);

                /** ListPartitionsReply partitions. */
                public partitions: lograft.admin.v1.PartitionDescription[];

                /** ListPartitionsReply nextPageToken. */
                public nextPageToken: string;

                /**
                 * Encodes the specified ListPartitionsReply message. Does not implicitly {@link lograft.admin.v1.ListPartitionsReply.verify|verify} messages.
                 * @param message ListPartitionsReply message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IListPartitionsReply, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ListPartitionsReply message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ListPartitionsReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.ListPartitionsReply;
            }

            /** ElectionType enum. */
            enum ElectionType {
                ELECTION_TYPE_UNSPECIFIED = 0,
                ELECTION_TYPE_PREFERRED = 1,
                ELECTION_TYPE_UNCLEAN = 2
            }

            /** Properties of an ElectLeadersRequest. */
            interface IElectLeadersRequest {

                /** ElectLeadersRequest mutation */
                mutation?: (lograft.admin.v1.IMutation|undefined);

                /** ElectLeadersRequest type */
                type?: (lograft.admin.v1.ElectionType|undefined);

                /** Empty, with `all_partitions`: all that need it. */
                partitions?: (lograft.admin.v1.IPartitionName[]|undefined);

                /** ElectLeadersRequest allPartitions */
                allPartitions?: (boolean|undefined);
            }

            /** Represents an ElectLeadersRequest. */
            class ElectLeadersRequest implements IElectLeadersRequest {

                /**
                 * Constructs a new ElectLeadersRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IElectLeadersRequest);

                /** ElectLeadersRequest mutation. */
                public mutation: lograft.admin.v1.Mutation;

                /** ElectLeadersRequest type. */
                public type: lograft.admin.v1.ElectionType;

                /** Empty, with `all_partitions`: all that need it. */
                public partitions: lograft.admin.v1.PartitionName[];

                /** ElectLeadersRequest allPartitions. */
                public allPartitions: boolean;

                /**
                 * Encodes the specified ElectLeadersRequest message. Does not implicitly {@link lograft.admin.v1.ElectLeadersRequest.verify|verify} messages.
                 * @param message ElectLeadersRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IElectLeadersRequest, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an ElectLeadersRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ElectLeadersRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.ElectLeadersRequest;
            }

            /** Properties of an ElectLeadersReply. */
            interface IElectLeadersReply {

                /** ElectLeadersReply mutated */
                mutated?: (lograft.admin.v1.IMutated|undefined);

                /** Who leads another replica than before. */
                elected?: (lograft.admin.v1.IPartitionName[]|undefined);
            }

            /** Represents an ElectLeadersReply. */
            class ElectLeadersReply implements IElectLeadersReply {

                /**
                 * Constructs a new ElectLeadersReply.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IElectLeadersReply);

                /** ElectLeadersReply mutated. */
                public mutated: lograft.admin.v1.Mutated;

                /** Who leads another replica than before. */
                public elected: lograft.admin.v1.PartitionName[];

                /**
                 * Encodes the specified ElectLeadersReply message. Does not implicitly {@link lograft.admin.v1.ElectLeadersReply.verify|verify} messages.
                 * @param message ElectLeadersReply message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IElectLeadersReply, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an ElectLeadersReply message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ElectLeadersReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.ElectLeadersReply;
            }

            /** Properties of a ReassignRequest. */
            interface IReassignRequest {

                /** ReassignRequest mutation */
                mutation?: (lograft.admin.v1.IMutation|undefined);

                /** At least one. */
                partitions?: (lograft.admin.v1.IReassignedPartition[]|undefined);
            }

            /** Represents a ReassignRequest. */
            class ReassignRequest implements IReassignRequest {

                /**
                 * Constructs a new ReassignRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IReassignRequest);

                /** ReassignRequest mutation. */
                public mutation: lograft.admin.v1.Mutation;

                /** At least one. */
                public partitions: lograft.admin.v1.ReassignedPartition[];

                /**
                 * Encodes the specified ReassignRequest message. Does not implicitly {@link lograft.admin.v1.ReassignRequest.verify|verify} messages.
                 * @param message ReassignRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IReassignRequest, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ReassignRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ReassignRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.ReassignRequest;
            }

            /** Properties of a ReassignedPartition. */
            interface IReassignedPartition {

                /** ReassignedPartition topic */
                topic?: (string|undefined);

                /** ReassignedPartition partition */
                partition?: (number|undefined);

                /** In the order of preference. */
                replicas?: (number[]|undefined);
            }

            /** Represents a ReassignedPartition. */
            class ReassignedPartition implements IReassignedPartition {

                /**
                 * Constructs a new ReassignedPartition.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IReassignedPartition);

                /** ReassignedPartition topic. */
                public topic: string;

                /** ReassignedPartition partition. */
                public partition: number;

                /** In the order of preference. */
                public replicas: number[];

                /**
                 * Encodes the specified ReassignedPartition message. Does not implicitly {@link lograft.admin.v1.ReassignedPartition.verify|verify} messages.
                 * @param message ReassignedPartition message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IReassignedPartition, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ReassignedPartition message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ReassignedPartition
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.ReassignedPartition;
            }

            /** Properties of a CancelReassignmentsRequest. */
            interface ICancelReassignmentsRequest {

                /** CancelReassignmentsRequest mutation */
                mutation?: (lograft.admin.v1.IMutation|undefined);

                /** Empty, with `all_partitions`: all that are under way. */
                partitions?: (lograft.admin.v1.IPartitionName[]|undefined);

                /** CancelReassignmentsRequest allPartitions */
                allPartitions?: (boolean|undefined);
            }

            /** Represents a CancelReassignmentsRequest. */
            class CancelReassignmentsRequest implements ICancelReassignmentsRequest {

                /**
                 * Constructs a new CancelReassignmentsRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.ICancelReassignmentsRequest);

                /** CancelReassignmentsRequest mutation. */
                public mutation: lograft.admin.v1.Mutation;

                /** Empty, with `all_partitions`: all that are under way. */
                public partitions: lograft.admin.v1.PartitionName[];

                /** CancelReassignmentsRequest allPartitions. */
                public allPartitions: boolean;

                /**
                 * Encodes the specified CancelReassignmentsRequest message. Does not implicitly {@link lograft.admin.v1.CancelReassignmentsRequest.verify|verify} messages.
                 * @param message CancelReassignmentsRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.ICancelReassignmentsRequest, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a CancelReassignmentsRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns CancelReassignmentsRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.CancelReassignmentsRequest;
            }

            /** Properties of a ListReassignmentsRequest. */
            interface IListReassignmentsRequest {

                /** ListReassignmentsRequest page */
                page?: (lograft.admin.v1.IPage|undefined);

                /** ListReassignmentsRequest partitions */
                partitions?: (lograft.admin.v1.IPartitionName[]|undefined);
            }

            /** Represents a ListReassignmentsRequest. */
            class ListReassignmentsRequest implements IListReassignmentsRequest {

                /**
                 * Constructs a new ListReassignmentsRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IListReassignmentsRequest);

                /** ListReassignmentsRequest page. */
                public page: lograft.admin.v1.Page;

                /** ListReassignmentsRequest partitions. */
                public partitions: lograft.admin.v1.PartitionName[];

                /**
                 * Encodes the specified ListReassignmentsRequest message. Does not implicitly {@link lograft.admin.v1.ListReassignmentsRequest.verify|verify} messages.
                 * @param message ListReassignmentsRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IListReassignmentsRequest, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ListReassignmentsRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ListReassignmentsRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.ListReassignmentsRequest;
            }

            /** Properties of a ListReassignmentsReply. */
            interface IListReassignmentsReply {

                /** ListReassignmentsReply reassignments */
                reassignments?: (lograft.admin.v1.IOngoingReassignment[]|undefined);

                /** ListReassignmentsReply nextPageToken */
                nextPageToken?: (string|undefined);
            }

            /** Represents a ListReassignmentsReply. */
            class ListReassignmentsReply implements IListReassignmentsReply {

                /**
                 * Constructs a new ListReassignmentsReply.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IListReassignmentsReply);

                /** ListReassignmentsReply reassignments. */
                public reassignments: lograft.admin.v1.OngoingReassignment[];

                /** ListReassignmentsReply nextPageToken. */
                public nextPageToken: string;

                /**
                 * Encodes the specified ListReassignmentsReply message. Does not implicitly {@link lograft.admin.v1.ListReassignmentsReply.verify|verify} messages.
                 * @param message ListReassignmentsReply message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IListReassignmentsReply, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ListReassignmentsReply message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ListReassignmentsReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.ListReassignmentsReply;
            }

            /** Properties of an OngoingReassignment. */
            interface IOngoingReassignment {

                /** OngoingReassignment topic */
                topic?: (string|undefined);

                /** OngoingReassignment partition */
                partition?: (number|undefined);

                /** OngoingReassignment replicas */
                replicas?: (number[]|undefined);

                /** OngoingReassignment adding */
                adding?: (number[]|undefined);

                /** OngoingReassignment removing */
                removing?: (number[]|undefined);

                /**
                 * Of those that are added, together: offsets that they lack of what is committed; absent while one
                 * of them does not answer, or has not heard of its leader yet.
                 */
                offsetsLeft?: (number|null|undefined);
            }

            /** Represents an OngoingReassignment. */
            class OngoingReassignment implements IOngoingReassignment {

                /**
                 * Constructs a new OngoingReassignment.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IOngoingReassignment);

                /** OngoingReassignment topic. */
                public topic: string;

                /** OngoingReassignment partition. */
                public partition: number;

                /** OngoingReassignment replicas. */
                public replicas: number[];

                /** OngoingReassignment adding. */
                public adding: number[];

                /** OngoingReassignment removing. */
                public removing: number[];

                /**
                 * Of those that are added, together: offsets that they lack of what is committed; absent while one
                 * of them does not answer, or has not heard of its leader yet.
                 */
                public offsetsLeft: (number|null);

                /**
                 * Encodes the specified OngoingReassignment message. Does not implicitly {@link lograft.admin.v1.OngoingReassignment.verify|verify} messages.
                 * @param message OngoingReassignment message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IOngoingReassignment, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an OngoingReassignment message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns OngoingReassignment
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.OngoingReassignment;
            }

            /** Properties of a PlanMovesRequest. */
            interface IPlanMovesRequest {

                /** Empty: all topics. */
                topics?: (string[]|undefined);

                /** Brokers that shall hold nothing. */
                emptyBrokers?: (number[]|undefined);

                /** 1 to 10,000; 0 for 1,000. */
                maxMoves?: (number|undefined);
            }

            /** Represents a PlanMovesRequest. */
            class PlanMovesRequest implements IPlanMovesRequest {

                /**
                 * Constructs a new PlanMovesRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IPlanMovesRequest);

                /** Empty: all topics. */
                public topics: string[];

                /** Brokers that shall hold nothing. */
                public emptyBrokers: number[];

                /** 1 to 10,000; 0 for 1,000. */
                public maxMoves: number;

                /**
                 * Encodes the specified PlanMovesRequest message. Does not implicitly {@link lograft.admin.v1.PlanMovesRequest.verify|verify} messages.
                 * @param message PlanMovesRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IPlanMovesRequest, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a PlanMovesRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns PlanMovesRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.PlanMovesRequest;
            }

            /** Properties of a PlanMovesReply. */
            interface IPlanMovesReply {

                /** Of the metadata that it was made of. */
                metadataOffset?: (number|undefined);

                /** PlanMovesReply moves */
                moves?: (lograft.admin.v1.IMove[]|undefined);

                /** What was left alone, and why. */
                notes?: (string[]|undefined);
            }

            /** Represents a PlanMovesReply. */
            class PlanMovesReply implements IPlanMovesReply {

                /**
                 * Constructs a new PlanMovesReply.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IPlanMovesReply);

                /** Of the metadata that it was made of. */
                public metadataOffset: number;

                /** PlanMovesReply moves. */
                public moves: lograft.admin.v1.Move[];

                /** What was left alone, and why. */
                public notes: string[];

                /**
                 * Encodes the specified PlanMovesReply message. Does not implicitly {@link lograft.admin.v1.PlanMovesReply.verify|verify} messages.
                 * @param message PlanMovesReply message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IPlanMovesReply, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a PlanMovesReply message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns PlanMovesReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.PlanMovesReply;
            }

            /** Properties of a Move. */
            interface IMove {

                /** Move topic */
                topic?: (string|undefined);

                /** Move partition */
                partition?: (number|undefined);

                /** Move from */
                from?: (number[]|undefined);

                /** Move to */
                to?: (number[]|undefined);

                /** Move why */
                why?: (string|undefined);
            }

            /** Represents a Move. */
            class Move implements IMove {

                /**
                 * Constructs a new Move.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IMove);

                /** Move topic. */
                public topic: string;

                /** Move partition. */
                public partition: number;

                /** Move from. */
                public from: number[];

                /** Move to. */
                public to: number[];

                /** Move why. */
                public why: string;

                /**
                 * Encodes the specified Move message. Does not implicitly {@link lograft.admin.v1.Move.verify|verify} messages.
                 * @param message Move message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IMove, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Move message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns Move
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.Move;
            }

            /** GroupState enum. */
            enum GroupState {
                GROUP_STATE_UNSPECIFIED = 0,
                GROUP_STATE_EMPTY = 1,
                GROUP_STATE_PREPARING_REBALANCE = 2,
                GROUP_STATE_COMPLETING_REBALANCE = 3,
                GROUP_STATE_STABLE = 4,
                GROUP_STATE_DEAD = 5
            }

            /** Properties of a ListGroupsRequest. */
            interface IListGroupsRequest {

                /** ListGroupsRequest page */
                page?: (lograft.admin.v1.IPage|undefined);

                /** ListGroupsRequest prefix */
                prefix?: (string|undefined);

                /** Empty: all. */
                states?: (lograft.admin.v1.GroupState[]|undefined);
            }

            /** Represents a ListGroupsRequest. */
            class ListGroupsRequest implements IListGroupsRequest {

                /**
                 * Constructs a new ListGroupsRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IListGroupsRequest);

                /** ListGroupsRequest page. */
                public page: lograft.admin.v1.Page;

                /** ListGroupsRequest prefix. */
                public prefix: string;

                /** Empty: all. */
                public states: lograft.admin.v1.GroupState[];

                /**
                 * Encodes the specified ListGroupsRequest message. Does not implicitly {@link lograft.admin.v1.ListGroupsRequest.verify|verify} messages.
                 * @param message ListGroupsRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IListGroupsRequest, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ListGroupsRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ListGroupsRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.ListGroupsRequest;
            }

            /** Properties of a ListGroupsReply. */
            interface IListGroupsReply {

                /** ListGroupsReply groups */
                groups?: (lograft.admin.v1.IGroupSummary[]|undefined);

                /** ListGroupsReply nextPageToken */
                nextPageToken?: (string|undefined);

                /** Brokers that did not answer: their groups are missing. */
                unreachableBrokers?: (number[]|undefined);
            }

            /** Represents a ListGroupsReply. */
            class ListGroupsReply implements IListGroupsReply {

                /**
                 * Constructs a new ListGroupsReply.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IListGroupsReply);

                /** ListGroupsReply groups. */
                public groups: lograft.admin.v1.GroupSummary[];

                /** ListGroupsReply nextPageToken. */
                public nextPageToken: string;

                /** Brokers that did not answer: their groups are missing. */
                public unreachableBrokers: number[];

                /**
                 * Encodes the specified ListGroupsReply message. Does not implicitly {@link lograft.admin.v1.ListGroupsReply.verify|verify} messages.
                 * @param message ListGroupsReply message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IListGroupsReply, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ListGroupsReply message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ListGroupsReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.ListGroupsReply;
            }

            /** Properties of a GroupSummary. */
            interface IGroupSummary {

                /** GroupSummary groupId */
                groupId?: (string|undefined);

                /** GroupSummary state */
                state?: (lograft.admin.v1.GroupState|undefined);

                /** GroupSummary protocolType */
                protocolType?: (string|undefined);
            }

            /** Represents a GroupSummary. */
            class GroupSummary implements IGroupSummary {

                /**
                 * Constructs a new GroupSummary.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IGroupSummary);

                /** GroupSummary groupId. */
                public groupId: string;

                /** GroupSummary state. */
                public state: lograft.admin.v1.GroupState;

                /** GroupSummary protocolType. */
                public protocolType: string;

                /**
                 * Encodes the specified GroupSummary message. Does not implicitly {@link lograft.admin.v1.GroupSummary.verify|verify} messages.
                 * @param message GroupSummary message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IGroupSummary, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a GroupSummary message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns GroupSummary
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.GroupSummary;
            }

            /** Properties of a DescribeGroupRequest. */
            interface IDescribeGroupRequest {

                /** DescribeGroupRequest groupId */
                groupId?: (string|undefined);

                /** Counts partitions. */
                page?: (lograft.admin.v1.IPage|undefined);
            }

            /** Represents a DescribeGroupRequest. */
            class DescribeGroupRequest implements IDescribeGroupRequest {

                /**
                 * Constructs a new DescribeGroupRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IDescribeGroupRequest);

                /** DescribeGroupRequest groupId. */
                public groupId: string;

                /** Counts partitions. */
                public page: lograft.admin.v1.Page;

                /**
                 * Encodes the specified DescribeGroupRequest message. Does not implicitly {@link lograft.admin.v1.DescribeGroupRequest.verify|verify} messages.
                 * @param message DescribeGroupRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IDescribeGroupRequest, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a DescribeGroupRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns DescribeGroupRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.DescribeGroupRequest;
            }

            /** Properties of a GroupDescription. */
            interface IGroupDescription {

                /** GroupDescription group */
                group?: (lograft.admin.v1.IGroupSummary|undefined);

                /** GroupDescription coordinatorId */
                coordinatorId?: (number|undefined);

                /** Of the assignor. */
                protocol?: (string|undefined);

                /** In the first page. */
                members?: (lograft.admin.v1.IGroupMember[]|undefined);

                /** GroupDescription offsets */
                offsets?: (lograft.admin.v1.IGroupOffset[]|undefined);

                /** GroupDescription nextPageToken */
                nextPageToken?: (string|undefined);
            }

            /** Represents a GroupDescription. */
            class GroupDescription implements IGroupDescription {

                /**
                 * Constructs a new GroupDescription.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IGroupDescription);

                /** GroupDescription group. */
                public group: lograft.admin.v1.GroupSummary;

                /** GroupDescription coordinatorId. */
                public coordinatorId: number;

                /** Of the assignor. */
                public protocol: string;

                /** In the first page. */
                public members: lograft.admin.v1.GroupMember[];

                /** GroupDescription offsets. */
                public offsets: lograft.admin.v1.GroupOffset[];

                /** GroupDescription nextPageToken. */
                public nextPageToken: string;

                /**
                 * Encodes the specified GroupDescription message. Does not implicitly {@link lograft.admin.v1.GroupDescription.verify|verify} messages.
                 * @param message GroupDescription message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IGroupDescription, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a GroupDescription message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns GroupDescription
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.GroupDescription;
            }

            /** Properties of a GroupMember. */
            interface IGroupMember {

                /** GroupMember memberId */
                memberId?: (string|undefined);

                /** GroupMember instanceId */
                instanceId?: (string|null|undefined);

                /** GroupMember clientId */
                clientId?: (string|undefined);

                /** GroupMember clientHost */
                clientHost?: (string|undefined);

                /** GroupMember assigned */
                assigned?: (lograft.admin.v1.IPartitionName[]|undefined);
            }

            /** Represents a GroupMember. */
            class GroupMember implements IGroupMember {

                /**
                 * Constructs a new GroupMember.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IGroupMember);

                /** GroupMember memberId. */
                public memberId: string;

                /** GroupMember instanceId. */
                public instanceId: (string|null);

                /** GroupMember clientId. */
                public clientId: string;

                /** GroupMember clientHost. */
                public clientHost: string;

                /** GroupMember assigned. */
                public assigned: lograft.admin.v1.PartitionName[];

                /**
                 * Encodes the specified GroupMember message. Does not implicitly {@link lograft.admin.v1.GroupMember.verify|verify} messages.
                 * @param message GroupMember message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IGroupMember, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a GroupMember message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns GroupMember
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.GroupMember;
            }

            /** Properties of a GroupOffset. */
            interface IGroupOffset {

                /** GroupOffset topic */
                topic?: (string|undefined);

                /** GroupOffset partition */
                partition?: (number|undefined);

                /** GroupOffset committedOffset */
                committedOffset?: (number|null|undefined);

                /** GroupOffset logEndOffset */
                logEndOffset?: (number|null|undefined);

                /** Absent when one of the two above is. */
                lag?: (number|null|undefined);

                /** GroupOffset metadata */
                metadata?: (string|undefined);

                /** Of the member that has it; empty: nobody. */
                memberId?: (string|undefined);
            }

            /** Represents a GroupOffset. */
            class GroupOffset implements IGroupOffset {

                /**
                 * Constructs a new GroupOffset.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IGroupOffset);

                /** GroupOffset topic. */
                public topic: string;

                /** GroupOffset partition. */
                public partition: number;

                /** GroupOffset committedOffset. */
                public committedOffset: (number|null);

                /** GroupOffset logEndOffset. */
                public logEndOffset: (number|null);

                /** Absent when one of the two above is. */
                public lag: (number|null);

                /** GroupOffset metadata. */
                public metadata: string;

                /** Of the member that has it; empty: nobody. */
                public memberId: string;

                /**
                 * Encodes the specified GroupOffset message. Does not implicitly {@link lograft.admin.v1.GroupOffset.verify|verify} messages.
                 * @param message GroupOffset message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IGroupOffset, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a GroupOffset message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns GroupOffset
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.GroupOffset;
            }

            /** Properties of a ResetOffsetsRequest. */
            interface IResetOffsetsRequest {

                /** ResetOffsetsRequest mutation */
                mutation?: (lograft.admin.v1.IMutation|undefined);

                /** ResetOffsetsRequest groupId */
                groupId?: (string|undefined);

                /** Empty: all that the group has committed for. */
                partitions?: (lograft.admin.v1.IPartitionName[]|undefined);

                /** ResetOffsetsRequest earliest */
                earliest?: (boolean|null|undefined);

                /** ResetOffsetsRequest latest */
                latest?: (boolean|null|undefined);

                /** ResetOffsetsRequest offset */
                offset?: (number|null|undefined);

                /** ResetOffsetsRequest atTimestampMs */
                atTimestampMs?: (number|null|undefined);

                /** From what is committed, forth or back. */
                shiftBy?: (number|null|undefined);
            }

            /** Represents a ResetOffsetsRequest. */
            class ResetOffsetsRequest implements IResetOffsetsRequest {

                /**
                 * Constructs a new ResetOffsetsRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IResetOffsetsRequest);

                /** ResetOffsetsRequest mutation. */
                public mutation: lograft.admin.v1.Mutation;

                /** ResetOffsetsRequest groupId. */
                public groupId: string;

                /** Empty: all that the group has committed for. */
                public partitions: lograft.admin.v1.PartitionName[];

                /** ResetOffsetsRequest earliest. */
                public earliest: (boolean|null);

                /** ResetOffsetsRequest latest. */
                public latest: (boolean|null);

                /** ResetOffsetsRequest offset. */
                public offset: (number|null);

                /** ResetOffsetsRequest atTimestampMs. */
                public atTimestampMs: (number|null);

                /** From what is committed, forth or back. */
                public shiftBy: (number|null);

                /** ResetOffsetsRequest position. */
                public position?: ("earliest"|"latest"|"offset"|"atTimestampMs"|"shiftBy");

                /**
                 * Encodes the specified ResetOffsetsRequest message. Does not implicitly {@link lograft.admin.v1.ResetOffsetsRequest.verify|verify} messages.
                 * @param message ResetOffsetsRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IResetOffsetsRequest, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ResetOffsetsRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ResetOffsetsRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.ResetOffsetsRequest;
            }

            /** Properties of a ResetOffsetsReply. */
            interface IResetOffsetsReply {

                /** ResetOffsetsReply mutated */
                mutated?: (lograft.admin.v1.IMutated|undefined);

                /** ResetOffsetsReply partitions */
                partitions?: (lograft.admin.v1.IResetOffset[]|undefined);
            }

            /** Represents a ResetOffsetsReply. */
            class ResetOffsetsReply implements IResetOffsetsReply {

                /**
                 * Constructs a new ResetOffsetsReply.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IResetOffsetsReply);

                /** ResetOffsetsReply mutated. */
                public mutated: lograft.admin.v1.Mutated;

                /** ResetOffsetsReply partitions. */
                public partitions: lograft.admin.v1.ResetOffset[];

                /**
                 * Encodes the specified ResetOffsetsReply message. Does not implicitly {@link lograft.admin.v1.ResetOffsetsReply.verify|verify} messages.
                 * @param message ResetOffsetsReply message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IResetOffsetsReply, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ResetOffsetsReply message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ResetOffsetsReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.ResetOffsetsReply;
            }

            /** Properties of a ResetOffset. */
            interface IResetOffset {

                /** ResetOffset topic */
                topic?: (string|undefined);

                /** ResetOffset partition */
                partition?: (number|undefined);

                /** ResetOffset before */
                before?: (number|null|undefined);

                /** ResetOffset after */
                after?: (number|undefined);
            }

            /** Represents a ResetOffset. */
            class ResetOffset implements IResetOffset {

                /**
                 * Constructs a new ResetOffset.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IResetOffset);

                /** ResetOffset topic. */
                public topic: string;

                /** ResetOffset partition. */
                public partition: number;

                /** ResetOffset before. */
                public before: (number|null);

                /** ResetOffset after. */
                public after: number;

                /**
                 * Encodes the specified ResetOffset message. Does not implicitly {@link lograft.admin.v1.ResetOffset.verify|verify} messages.
                 * @param message ResetOffset message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IResetOffset, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ResetOffset message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ResetOffset
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.ResetOffset;
            }

            /** Properties of a DeleteGroupsRequest. */
            interface IDeleteGroupsRequest {

                /** DeleteGroupsRequest mutation */
                mutation?: (lograft.admin.v1.IMutation|undefined);

                /** DeleteGroupsRequest groupIds */
                groupIds?: (string[]|undefined);
            }

            /** Represents a DeleteGroupsRequest. */
            class DeleteGroupsRequest implements IDeleteGroupsRequest {

                /**
                 * Constructs a new DeleteGroupsRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IDeleteGroupsRequest);

                /** DeleteGroupsRequest mutation. */
                public mutation: lograft.admin.v1.Mutation;

                /** DeleteGroupsRequest groupIds. */
                public groupIds: string[];

                /**
                 * Encodes the specified DeleteGroupsRequest message. Does not implicitly {@link lograft.admin.v1.DeleteGroupsRequest.verify|verify} messages.
                 * @param message DeleteGroupsRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IDeleteGroupsRequest, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a DeleteGroupsRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns DeleteGroupsRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.DeleteGroupsRequest;
            }

            /** Properties of a DeleteGroupsReply. */
            interface IDeleteGroupsReply {

                /** DeleteGroupsReply mutated */
                mutated?: (lograft.admin.v1.IMutated|undefined);

                /** DeleteGroupsReply groups */
                groups?: (lograft.admin.v1.IDeletedGroup[]|undefined);
            }

            /** Represents a DeleteGroupsReply. */
            class DeleteGroupsReply implements IDeleteGroupsReply {

                /**
                 * Constructs a new DeleteGroupsReply.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IDeleteGroupsReply);

                /** DeleteGroupsReply mutated. */
                public mutated: lograft.admin.v1.Mutated;

                /** DeleteGroupsReply groups. */
                public groups: lograft.admin.v1.DeletedGroup[];

                /**
                 * Encodes the specified DeleteGroupsReply message. Does not implicitly {@link lograft.admin.v1.DeleteGroupsReply.verify|verify} messages.
                 * @param message DeleteGroupsReply message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IDeleteGroupsReply, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a DeleteGroupsReply message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns DeleteGroupsReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.DeleteGroupsReply;
            }

            /** Properties of a DeletedGroup. */
            interface IDeletedGroup {

                /** DeletedGroup groupId */
                groupId?: (string|undefined);

                /** Empty: gone. */
                error?: (string|undefined);

                /** DeletedGroup errorMessage */
                errorMessage?: (string|undefined);
            }

            /** Represents a DeletedGroup. */
            class DeletedGroup implements IDeletedGroup {

                /**
                 * Constructs a new DeletedGroup.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IDeletedGroup);

                /** DeletedGroup groupId. */
                public groupId: string;

                /** Empty: gone. */
                public error: string;

                /** DeletedGroup errorMessage. */
                public errorMessage: string;

                /**
                 * Encodes the specified DeletedGroup message. Does not implicitly {@link lograft.admin.v1.DeletedGroup.verify|verify} messages.
                 * @param message DeletedGroup message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IDeletedGroup, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a DeletedGroup message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns DeletedGroup
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.DeletedGroup;
            }

            /** Properties of a DeleteOffsetsRequest. */
            interface IDeleteOffsetsRequest {

                /** DeleteOffsetsRequest mutation */
                mutation?: (lograft.admin.v1.IMutation|undefined);

                /** DeleteOffsetsRequest groupId */
                groupId?: (string|undefined);

                /** DeleteOffsetsRequest partitions */
                partitions?: (lograft.admin.v1.IPartitionName[]|undefined);
            }

            /** Represents a DeleteOffsetsRequest. */
            class DeleteOffsetsRequest implements IDeleteOffsetsRequest {

                /**
                 * Constructs a new DeleteOffsetsRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IDeleteOffsetsRequest);

                /** DeleteOffsetsRequest mutation. */
                public mutation: lograft.admin.v1.Mutation;

                /** DeleteOffsetsRequest groupId. */
                public groupId: string;

                /** DeleteOffsetsRequest partitions. */
                public partitions: lograft.admin.v1.PartitionName[];

                /**
                 * Encodes the specified DeleteOffsetsRequest message. Does not implicitly {@link lograft.admin.v1.DeleteOffsetsRequest.verify|verify} messages.
                 * @param message DeleteOffsetsRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IDeleteOffsetsRequest, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a DeleteOffsetsRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns DeleteOffsetsRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.DeleteOffsetsRequest;
            }

            /** Properties of a WatchRequest. */
            interface IWatchRequest {

                /**
                 * Absent: from now on, beginning with a snapshot. Otherwise everything up to and including this
                 * offset is held; what was committed behind it comes. A node that is behind waits until it has
                 * heard of as much: nobody is brought back to an earlier state.
                 */
                afterOffset?: (number|null|undefined);

                /**
                 * When what comes behind `after_offset` is not held any more: end with OUT_OF_RANGE instead of
                 * sending a snapshot.
                 */
                neverSnapshot?: (boolean|undefined);

                /** Of the cluster that `after_offset` was heard from; empty: any. */
                clusterId?: (string|undefined);
            }

            /** Represents a WatchRequest. */
            class WatchRequest implements IWatchRequest {

                /**
                 * Constructs a new WatchRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IWatchRequest);

                /**
                 * Absent: from now on, beginning with a snapshot. Otherwise everything up to and including this
                 * offset is held; what was committed behind it comes. A node that is behind waits until it has
                 * heard of as much: nobody is brought back to an earlier state.
                 */
                public afterOffset: (number|null);

                /**
                 * When what comes behind `after_offset` is not held any more: end with OUT_OF_RANGE instead of
                 * sending a snapshot.
                 */
                public neverSnapshot: boolean;

                /** Of the cluster that `after_offset` was heard from; empty: any. */
                public clusterId: string;

                /**
                 * Encodes the specified WatchRequest message. Does not implicitly {@link lograft.admin.v1.WatchRequest.verify|verify} messages.
                 * @param message WatchRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IWatchRequest, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a WatchRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns WatchRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.WatchRequest;
            }

            /** Properties of a WatchEvent. */
            interface IWatchEvent {

                /** Forget everything that is held: a snapshot begins. */
                snapshotBegin?: (lograft.admin.v1.ISnapshotBegin|null|undefined);

                /** Part of the snapshot, or one committed entry, whole: its changes hold together. */
                entry?: (lograft.admin.v1.IEntry|null|undefined);

                /** The snapshot is complete, and holds at this offset. */
                snapshotEnd?: (lograft.admin.v1.ISnapshotEnd|null|undefined);

                /** Nothing happened for a while; everything up to here was sent. */
                heartbeat?: (lograft.admin.v1.IHeartbeat|null|undefined);
            }

            /** Represents a WatchEvent. */
            class WatchEvent implements IWatchEvent {

                /**
                 * Constructs a new WatchEvent.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IWatchEvent);

                /** Forget everything that is held: a snapshot begins. */
                public snapshotBegin: (lograft.admin.v1.SnapshotBegin|null);

                /** Part of the snapshot, or one committed entry, whole: its changes hold together. */
                public entry: (lograft.admin.v1.Entry|null);

                /** The snapshot is complete, and holds at this offset. */
                public snapshotEnd: (lograft.admin.v1.SnapshotEnd|null);

                /** Nothing happened for a while; everything up to here was sent. */
                public heartbeat: (lograft.admin.v1.Heartbeat|null);

                /** WatchEvent event. */
                public event?: ("snapshotBegin"|"entry"|"snapshotEnd"|"heartbeat");

                /**
                 * Encodes the specified WatchEvent message. Does not implicitly {@link lograft.admin.v1.WatchEvent.verify|verify} messages.
                 * @param message WatchEvent message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IWatchEvent, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a WatchEvent message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns WatchEvent
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.WatchEvent;
            }

            /** Properties of a SnapshotBegin. */
            interface ISnapshotBegin {

                /** SnapshotBegin clusterId */
                clusterId?: (string|undefined);
            }

            /** Represents a SnapshotBegin. */
            class SnapshotBegin implements ISnapshotBegin {

                /**
                 * Constructs a new SnapshotBegin.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.ISnapshotBegin);

                /** SnapshotBegin clusterId. */
                public clusterId: string;

                /**
                 * Encodes the specified SnapshotBegin message. Does not implicitly {@link lograft.admin.v1.SnapshotBegin.verify|verify} messages.
                 * @param message SnapshotBegin message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.ISnapshotBegin, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SnapshotBegin message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns SnapshotBegin
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.SnapshotBegin;
            }

            /** Properties of a SnapshotEnd. */
            interface ISnapshotEnd {

                /** SnapshotEnd metadataOffset */
                metadataOffset?: (number|undefined);

                /** SnapshotEnd controllerEpoch */
                controllerEpoch?: (number|undefined);
            }

            /** Represents a SnapshotEnd. */
            class SnapshotEnd implements ISnapshotEnd {

                /**
                 * Constructs a new SnapshotEnd.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.ISnapshotEnd);

                /** SnapshotEnd metadataOffset. */
                public metadataOffset: number;

                /** SnapshotEnd controllerEpoch. */
                public controllerEpoch: number;

                /**
                 * Encodes the specified SnapshotEnd message. Does not implicitly {@link lograft.admin.v1.SnapshotEnd.verify|verify} messages.
                 * @param message SnapshotEnd message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.ISnapshotEnd, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SnapshotEnd message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns SnapshotEnd
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.SnapshotEnd;
            }

            /** Properties of a Heartbeat. */
            interface IHeartbeat {

                /** Heartbeat metadataOffset */
                metadataOffset?: (number|undefined);
            }

            /** Represents a Heartbeat. */
            class Heartbeat implements IHeartbeat {

                /**
                 * Constructs a new Heartbeat.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IHeartbeat);

                /** Heartbeat metadataOffset. */
                public metadataOffset: number;

                /**
                 * Encodes the specified Heartbeat message. Does not implicitly {@link lograft.admin.v1.Heartbeat.verify|verify} messages.
                 * @param message Heartbeat message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IHeartbeat, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Heartbeat message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns Heartbeat
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.Heartbeat;
            }

            /** Properties of an Entry. */
            interface IEntry {

                /** In a snapshot: of the snapshot. */
                metadataOffset?: (number|undefined);

                /** Entry controllerEpoch */
                controllerEpoch?: (number|undefined);

                /** More of the same offset comes: what is large is sent in pieces. */
                more?: (boolean|undefined);

                /** Entry changes */
                changes?: (lograft.admin.v1.IChange[]|undefined);
            }

            /** Represents an Entry. */
            class Entry implements IEntry {

                /**
                 * Constructs a new Entry.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IEntry);

                /** In a snapshot: of the snapshot. */
                public metadataOffset: number;

                /** Entry controllerEpoch. */
                public controllerEpoch: number;

                /** More of the same offset comes: what is large is sent in pieces. */
                public more: boolean;

                /** Entry changes. */
                public changes: lograft.admin.v1.Change[];

                /**
                 * Encodes the specified Entry message. Does not implicitly {@link lograft.admin.v1.Entry.verify|verify} messages.
                 * @param message Entry message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IEntry, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Entry message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns Entry
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.Entry;
            }

            /** Properties of a Change. */
            interface IChange {

                /** By broker id. */
                broker?: (lograft.admin.v1.IWatchedBroker|null|undefined);

                /** Change brokerGone */
                brokerGone?: (number|null|undefined);

                /** By node id. */
                controller?: (lograft.admin.v1.IControllerDescription|null|undefined);

                /** By name. Its partitions follow. */
                topic?: (lograft.admin.v1.IWatchedTopic|null|undefined);

                /** With all its partitions and configurations. */
                topicGone?: (lograft.admin.v1.IWatchedTopic|null|undefined);

                /** By topic id and partition. */
                partition?: (lograft.admin.v1.IWatchedPartition|null|undefined);

                /** By resource and name. */
                config?: (lograft.admin.v1.IWatchedConfig|null|undefined);

                /** Change configGone */
                configGone?: (lograft.admin.v1.IWatchedConfig|null|undefined);

                /** By name; 0: off. */
                feature?: (lograft.admin.v1.IFeatureLevel|null|undefined);
            }

            /** Represents a Change. */
            class Change implements IChange {

                /**
                 * Constructs a new Change.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IChange);

                /** By broker id. */
                public broker: (lograft.admin.v1.WatchedBroker|null);

                /** Change brokerGone. */
                public brokerGone: (number|null);

                /** By node id. */
                public controller: (lograft.admin.v1.ControllerDescription|null);

                /** By name. Its partitions follow. */
                public topic: (lograft.admin.v1.WatchedTopic|null);

                /** With all its partitions and configurations. */
                public topicGone: (lograft.admin.v1.WatchedTopic|null);

                /** By topic id and partition. */
                public partition: (lograft.admin.v1.WatchedPartition|null);

                /** By resource and name. */
                public config: (lograft.admin.v1.WatchedConfig|null);

                /** Change configGone. */
                public configGone: (lograft.admin.v1.WatchedConfig|null);

                /** By name; 0: off. */
                public feature: (lograft.admin.v1.FeatureLevel|null);

                /** Change change. */
                public change?: ("broker"|"brokerGone"|"controller"|"topic"|"topicGone"|"partition"|"config"|"configGone"|"feature");

                /**
                 * Encodes the specified Change message. Does not implicitly {@link lograft.admin.v1.Change.verify|verify} messages.
                 * @param message Change message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IChange, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Change message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns Change
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.Change;
            }

            /** Properties of a WatchedBroker. */
            interface IWatchedBroker {

                /** WatchedBroker brokerId */
                brokerId?: (number|undefined);

                /** WatchedBroker state */
                state?: (lograft.admin.v1.BrokerState|undefined);

                /** WatchedBroker listener */
                listener?: (lograft.admin.v1.IHostPort|undefined);

                /** WatchedBroker rack */
                rack?: (string|null|undefined);

                /** WatchedBroker brokerEpoch */
                brokerEpoch?: (number|undefined);

                /** WatchedBroker incarnationId */
                incarnationId?: (string|undefined);

                /** WatchedBroker directoryId */
                directoryId?: (string|undefined);
            }

            /** Represents a WatchedBroker. */
            class WatchedBroker implements IWatchedBroker {

                /**
                 * Constructs a new WatchedBroker.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IWatchedBroker);

                /** WatchedBroker brokerId. */
                public brokerId: number;

                /** WatchedBroker state. */
                public state: lograft.admin.v1.BrokerState;

                /** WatchedBroker listener. */
                public listener: lograft.admin.v1.HostPort;

                /** WatchedBroker rack. */
                public rack: (string|null);

                /** WatchedBroker brokerEpoch. */
                public brokerEpoch: number;

                /** WatchedBroker incarnationId. */
                public incarnationId: string;

                /** WatchedBroker directoryId. */
                public directoryId: string;

                /**
                 * Encodes the specified WatchedBroker message. Does not implicitly {@link lograft.admin.v1.WatchedBroker.verify|verify} messages.
                 * @param message WatchedBroker message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IWatchedBroker, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a WatchedBroker message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns WatchedBroker
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.WatchedBroker;
            }

            /** Properties of a WatchedTopic. */
            interface IWatchedTopic {

                /** WatchedTopic name */
                name?: (string|undefined);

                /** WatchedTopic topicId */
                topicId?: (string|undefined);
            }

            /** Represents a WatchedTopic. */
            class WatchedTopic implements IWatchedTopic {

                /**
                 * Constructs a new WatchedTopic.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IWatchedTopic);

                /** WatchedTopic name. */
                public name: string;

                /** WatchedTopic topicId. */
                public topicId: string;

                /**
                 * Encodes the specified WatchedTopic message. Does not implicitly {@link lograft.admin.v1.WatchedTopic.verify|verify} messages.
                 * @param message WatchedTopic message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IWatchedTopic, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a WatchedTopic message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns WatchedTopic
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.WatchedTopic;
            }

            /** Properties of a WatchedPartition. */
            interface IWatchedPartition {

                /** WatchedPartition topicId */
                topicId?: (string|undefined);

                /** Its topic's name is in `topic`. */
                state?: (lograft.admin.v1.IPartitionDescription|undefined);
            }

            /** Represents a WatchedPartition. */
            class WatchedPartition implements IWatchedPartition {

                /**
                 * Constructs a new WatchedPartition.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IWatchedPartition);

                /** WatchedPartition topicId. */
                public topicId: string;

                /** Its topic's name is in `topic`. */
                public state: lograft.admin.v1.PartitionDescription;

                /**
                 * Encodes the specified WatchedPartition message. Does not implicitly {@link lograft.admin.v1.WatchedPartition.verify|verify} messages.
                 * @param message WatchedPartition message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IWatchedPartition, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a WatchedPartition message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns WatchedPartition
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.WatchedPartition;
            }

            /** Properties of a WatchedConfig. */
            interface IWatchedConfig {

                /** WatchedConfig resource */
                resource?: (lograft.admin.v1.IResource|undefined);

                /** WatchedConfig name */
                name?: (string|undefined);

                /** Absent in `config_gone`, and when it is a secret. */
                value?: (string|null|undefined);
            }

            /** Represents a WatchedConfig. */
            class WatchedConfig implements IWatchedConfig {

                /**
                 * Constructs a new WatchedConfig.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IWatchedConfig);

                /** WatchedConfig resource. */
                public resource: lograft.admin.v1.Resource;

                /** WatchedConfig name. */
                public name: string;

                /** Absent in `config_gone`, and when it is a secret. */
                public value: (string|null);

                /**
                 * Encodes the specified WatchedConfig message. Does not implicitly {@link lograft.admin.v1.WatchedConfig.verify|verify} messages.
                 * @param message WatchedConfig message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IWatchedConfig, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a WatchedConfig message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns WatchedConfig
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.WatchedConfig;
            }

            /** Properties of a MakePlanRequest. */
            interface IMakePlanRequest {

                /** MakePlanRequest topics */
                topics?: (lograft.admin.v1.IDesiredTopic[]|undefined);

                /**
                 * Topics that are not named go, when their names begin with one of these: each at least one
                 * character, and at most 1,000. Topics of the cluster itself never go.
                 */
                deleteOthersWithPrefix?: (string[]|undefined);

                /** Overrides that hold for all brokers; others are left alone. */
                clusterConfigs?: ({ [k: string]: string }|undefined);
            }

            /** Represents a MakePlanRequest. */
            class MakePlanRequest implements IMakePlanRequest {

                /**
                 * Constructs a new MakePlanRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IMakePlanRequest);

                /** MakePlanRequest topics. */
                public topics: lograft.admin.v1.DesiredTopic[];

                /**
                 * Topics that are not named go, when their names begin with one of these: each at least one
                 * character, and at most 1,000. Topics of the cluster itself never go.
                 */
                public deleteOthersWithPrefix: string[];

                /** Overrides that hold for all brokers; others are left alone. */
                public clusterConfigs: { [k: string]: string };

                /**
                 * Encodes the specified MakePlanRequest message. Does not implicitly {@link lograft.admin.v1.MakePlanRequest.verify|verify} messages.
                 * @param message MakePlanRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IMakePlanRequest, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a MakePlanRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns MakePlanRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.MakePlanRequest;
            }

            /** Properties of a DesiredTopic. */
            interface IDesiredTopic {

                /** DesiredTopic name */
                name?: (string|undefined);

                /** 0: whatever there is, or the default. */
                partitions?: (number|undefined);

                /** 0: whatever there is, or the default. Replicas are added or taken away to reach it. */
                replicationFactor?: (number|undefined);

                /** DesiredTopic configs */
                configs?: ({ [k: string]: string }|undefined);

                /** Overrides that are not named are unset; otherwise they are left alone. */
                exactConfigs?: (boolean|undefined);
            }

            /** Represents a DesiredTopic. */
            class DesiredTopic implements IDesiredTopic {

                /**
                 * Constructs a new DesiredTopic.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IDesiredTopic);

                /** DesiredTopic name. */
                public name: string;

                /** 0: whatever there is, or the default. */
                public partitions: number;

                /** 0: whatever there is, or the default. Replicas are added or taken away to reach it. */
                public replicationFactor: number;

                /** DesiredTopic configs. */
                public configs: { [k: string]: string };

                /** Overrides that are not named are unset; otherwise they are left alone. */
                public exactConfigs: boolean;

                /**
                 * Encodes the specified DesiredTopic message. Does not implicitly {@link lograft.admin.v1.DesiredTopic.verify|verify} messages.
                 * @param message DesiredTopic message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IDesiredTopic, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a DesiredTopic message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns DesiredTopic
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.DesiredTopic;
            }

            /** Properties of a Plan. */
            interface IPlan {

                /** Of its content: a plan that was altered is refused. */
                planId?: (string|undefined);

                /** Of the metadata that it was made of. */
                metadataOffset?: (number|undefined);

                /** Plan clusterId */
                clusterId?: (string|undefined);

                /** Plan steps */
                steps?: (lograft.admin.v1.IPlanStep[]|undefined);
            }

            /** Represents a Plan. */
            class Plan implements IPlan {

                /**
                 * Constructs a new Plan.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IPlan);

                /** Of its content: a plan that was altered is refused. */
                public planId: string;

                /** Of the metadata that it was made of. */
                public metadataOffset: number;

                /** Plan clusterId. */
                public clusterId: string;

                /** Plan steps. */
                public steps: lograft.admin.v1.PlanStep[];

                /**
                 * Encodes the specified Plan message. Does not implicitly {@link lograft.admin.v1.Plan.verify|verify} messages.
                 * @param message Plan message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IPlan, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Plan message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns Plan
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.Plan;
            }

            /** Properties of a PlanStep. */
            interface IPlanStep {

                /** What it does, for people. */
                summary?: (string|undefined);

                /** Records are lost. */
                losesData?: (boolean|undefined);

                /** PlanStep createTopic */
                createTopic?: (lograft.admin.v1.INewTopic|null|undefined);

                /** PlanStep deleteTopic */
                deleteTopic?: (lograft.admin.v1.ITopicName|null|undefined);

                /** PlanStep addPartitions */
                addPartitions?: (lograft.admin.v1.IAddedPartitions|null|undefined);

                /** PlanStep alterConfigs */
                alterConfigs?: (lograft.admin.v1.IConfigChange|null|undefined);

                /** PlanStep reassign */
                reassign?: (lograft.admin.v1.IReassignRequest|null|undefined);

                /** What must be so when it is carried out. */
                expects?: (lograft.admin.v1.IExpectation|undefined);
            }

            /** Represents a PlanStep. */
            class PlanStep implements IPlanStep {

                /**
                 * Constructs a new PlanStep.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IPlanStep);

                /** What it does, for people. */
                public summary: string;

                /** Records are lost. */
                public losesData: boolean;

                /** PlanStep createTopic. */
                public createTopic: (lograft.admin.v1.NewTopic|null);

                /** PlanStep deleteTopic. */
                public deleteTopic: (lograft.admin.v1.TopicName|null);

                /** PlanStep addPartitions. */
                public addPartitions: (lograft.admin.v1.AddedPartitions|null);

                /** PlanStep alterConfigs. */
                public alterConfigs: (lograft.admin.v1.ConfigChange|null);

                /** PlanStep reassign. */
                public reassign: (lograft.admin.v1.ReassignRequest|null);

                /** What must be so when it is carried out. */
                public expects: lograft.admin.v1.Expectation;

                /** PlanStep step. */
                public step?: ("createTopic"|"deleteTopic"|"addPartitions"|"alterConfigs"|"reassign");

                /**
                 * Encodes the specified PlanStep message. Does not implicitly {@link lograft.admin.v1.PlanStep.verify|verify} messages.
                 * @param message PlanStep message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IPlanStep, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a PlanStep message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns PlanStep
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.PlanStep;
            }

            /** Properties of an Expectation. */
            interface IExpectation {

                /** The topic there is; empty: none of that name. */
                topic?: (lograft.admin.v1.ITopicName|undefined);

                /** How many partitions it has; 0: not looked at. */
                partitions?: (number|undefined);

                /** Overrides as they are; a name in `unset` has none. */
                configs?: ({ [k: string]: string }|undefined);

                /** Expectation unset */
                unset?: (string[]|undefined);

                /** The replicas there are, of the partitions that are to move. */
                replicas?: (lograft.admin.v1.IReassignedPartition[]|undefined);
            }

            /** Represents an Expectation. */
            class Expectation implements IExpectation {

                /**
                 * Constructs a new Expectation.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IExpectation);

                /** The topic there is; empty: none of that name. */
                public topic: lograft.admin.v1.TopicName;

                /** How many partitions it has; 0: not looked at. */
                public partitions: number;

                /** Overrides as they are; a name in `unset` has none. */
                public configs: { [k: string]: string };

                /** Expectation unset. */
                public unset: string[];

                /** The replicas there are, of the partitions that are to move. */
                public replicas: lograft.admin.v1.ReassignedPartition[];

                /**
                 * Encodes the specified Expectation message. Does not implicitly {@link lograft.admin.v1.Expectation.verify|verify} messages.
                 * @param message Expectation message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IExpectation, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Expectation message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns Expectation
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.Expectation;
            }

            /** Properties of an ApplyPlanRequest. */
            interface IApplyPlanRequest {

                /** ApplyPlanRequest plan */
                plan?: (lograft.admin.v1.IPlan|undefined);

                /** As in `Mutation`; required. */
                idempotencyKey?: (string|undefined);

                /** ApplyPlanRequest validateOnly */
                validateOnly?: (boolean|undefined);

                /** Without it a plan with a step that loses records is refused before anything is done. */
                allowDataLoss?: (boolean|undefined);
            }

            /** Represents an ApplyPlanRequest. */
            class ApplyPlanRequest implements IApplyPlanRequest {

                /**
                 * Constructs a new ApplyPlanRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IApplyPlanRequest);

                /** ApplyPlanRequest plan. */
                public plan: lograft.admin.v1.Plan;

                /** As in `Mutation`; required. */
                public idempotencyKey: string;

                /** ApplyPlanRequest validateOnly. */
                public validateOnly: boolean;

                /** Without it a plan with a step that loses records is refused before anything is done. */
                public allowDataLoss: boolean;

                /**
                 * Encodes the specified ApplyPlanRequest message. Does not implicitly {@link lograft.admin.v1.ApplyPlanRequest.verify|verify} messages.
                 * @param message ApplyPlanRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IApplyPlanRequest, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an ApplyPlanRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ApplyPlanRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.ApplyPlanRequest;
            }

            /** Properties of an ApplyEvent. */
            interface IApplyEvent {

                /** From 0. */
                step?: (number|undefined);

                /** ApplyEvent summary */
                summary?: (string|undefined);

                /** ApplyEvent mutated */
                mutated?: (lograft.admin.v1.IMutated|undefined);

                /** ApplyEvent steps */
                steps?: (number|undefined);
            }

            /** Represents an ApplyEvent. */
            class ApplyEvent implements IApplyEvent {

                /**
                 * Constructs a new ApplyEvent.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IApplyEvent);

                /** From 0. */
                public step: number;

                /** ApplyEvent summary. */
                public summary: string;

                /** ApplyEvent mutated. */
                public mutated: lograft.admin.v1.Mutated;

                /** ApplyEvent steps. */
                public steps: number;

                /**
                 * Encodes the specified ApplyEvent message. Does not implicitly {@link lograft.admin.v1.ApplyEvent.verify|verify} messages.
                 * @param message ApplyEvent message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IApplyEvent, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an ApplyEvent message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ApplyEvent
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.ApplyEvent;
            }

            /** FaultKind enum. */
            enum FaultKind {
                FAULT_KIND_UNSPECIFIED = 0,
                FAULT_KIND_FAIL = 1,
                FAULT_KIND_DELAY = 2,
                FAULT_KIND_LOSE_ANSWERS = 3,
                FAULT_KIND_REFUSE_CLIENT = 4
            }

            /** Properties of an InjectFaultRequest. */
            interface IInjectFaultRequest {

                /** InjectFaultRequest kind */
                kind?: (lograft.admin.v1.FaultKind|undefined);

                /** Kafka's name of a request, such as `Produce`. FAULT_KIND_REFUSE_CLIENT may do without: all. */
                api?: (string|undefined);

                /**
                 * Only requests with this client id; with `*` at its end, with all that begin so. Followers call
                 * themselves `replica-2`.
                 */
                clientId?: (string|undefined);

                /** How many requests, up to 1,000,000. 0: one, but of FAULT_KIND_REFUSE_CLIENT as many as come. */
                count?: (number|undefined);

                /** How long at most, up to an hour. 0: a minute. */
                forMs?: (number|undefined);

                /** For FAULT_KIND_FAIL: a name of Kafka's error table, such as `NOT_LEADER_OR_FOLLOWER`. */
                error?: (string|undefined);

                /** For FAULT_KIND_DELAY: up to a minute. */
                delayMs?: (number|undefined);
            }

            /** Of several switches that a request fits, the one that was set first is the one. */
            class InjectFaultRequest implements IInjectFaultRequest {

                /**
                 * Constructs a new InjectFaultRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IInjectFaultRequest);

                /** InjectFaultRequest kind. */
                public kind: lograft.admin.v1.FaultKind;

                /** Kafka's name of a request, such as `Produce`. FAULT_KIND_REFUSE_CLIENT may do without: all. */
                public api: string;

                /**
                 * Only requests with this client id; with `*` at its end, with all that begin so. Followers call
                 * themselves `replica-2`.
                 */
                public clientId: string;

                /** How many requests, up to 1,000,000. 0: one, but of FAULT_KIND_REFUSE_CLIENT as many as come. */
                public count: number;

                /** How long at most, up to an hour. 0: a minute. */
                public forMs: number;

                /** For FAULT_KIND_FAIL: a name of Kafka's error table, such as `NOT_LEADER_OR_FOLLOWER`. */
                public error: string;

                /** For FAULT_KIND_DELAY: up to a minute. */
                public delayMs: number;

                /**
                 * Encodes the specified InjectFaultRequest message. Does not implicitly {@link lograft.admin.v1.InjectFaultRequest.verify|verify} messages.
                 * @param message InjectFaultRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IInjectFaultRequest, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an InjectFaultRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns InjectFaultRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.InjectFaultRequest;
            }

            /** Properties of an InjectFaultReply. */
            interface IInjectFaultReply {

                /** InjectFaultReply fault */
                fault?: (lograft.admin.v1.IFault|undefined);
            }

            /** Represents an InjectFaultReply. */
            class InjectFaultReply implements IInjectFaultReply {

                /**
                 * Constructs a new InjectFaultReply.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IInjectFaultReply);

                /** InjectFaultReply fault. */
                public fault: lograft.admin.v1.Fault;

                /**
                 * Encodes the specified InjectFaultReply message. Does not implicitly {@link lograft.admin.v1.InjectFaultReply.verify|verify} messages.
                 * @param message InjectFaultReply message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IInjectFaultReply, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an InjectFaultReply message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns InjectFaultReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.InjectFaultReply;
            }

            /** Properties of a ListFaultsRequest. */
            interface IListFaultsRequest {
            }

            /** Represents a ListFaultsRequest. */
            class ListFaultsRequest implements IListFaultsRequest {

                /**
                 * Constructs a new ListFaultsRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IListFaultsRequest);

                /**
                 * Encodes the specified ListFaultsRequest message. Does not implicitly {@link lograft.admin.v1.ListFaultsRequest.verify|verify} messages.
                 * @param message ListFaultsRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IListFaultsRequest, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ListFaultsRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ListFaultsRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.ListFaultsRequest;
            }

            /** Properties of a ListFaultsReply. */
            interface IListFaultsReply {

                /** ListFaultsReply faults */
                faults?: (lograft.admin.v1.IFault[]|undefined);
            }

            /** Represents a ListFaultsReply. */
            class ListFaultsReply implements IListFaultsReply {

                /**
                 * Constructs a new ListFaultsReply.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IListFaultsReply);

                /** ListFaultsReply faults. */
                public faults: lograft.admin.v1.Fault[];

                /**
                 * Encodes the specified ListFaultsReply message. Does not implicitly {@link lograft.admin.v1.ListFaultsReply.verify|verify} messages.
                 * @param message ListFaultsReply message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IListFaultsReply, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ListFaultsReply message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ListFaultsReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.ListFaultsReply;
            }

            /** Properties of a ClearFaultsRequest. */
            interface IClearFaultsRequest {

                /** None: all. */
                ids?: (number[]|undefined);
            }

            /** Represents a ClearFaultsRequest. */
            class ClearFaultsRequest implements IClearFaultsRequest {

                /**
                 * Constructs a new ClearFaultsRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IClearFaultsRequest);

                /** None: all. */
                public ids: number[];

                /**
                 * Encodes the specified ClearFaultsRequest message. Does not implicitly {@link lograft.admin.v1.ClearFaultsRequest.verify|verify} messages.
                 * @param message ClearFaultsRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IClearFaultsRequest, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ClearFaultsRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ClearFaultsRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.ClearFaultsRequest;
            }

            /** Properties of a ClearFaultsReply. */
            interface IClearFaultsReply {

                /** How many of them were still set. */
                cleared?: (number|undefined);
            }

            /** Represents a ClearFaultsReply. */
            class ClearFaultsReply implements IClearFaultsReply {

                /**
                 * Constructs a new ClearFaultsReply.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IClearFaultsReply);

                /** How many of them were still set. */
                public cleared: number;

                /**
                 * Encodes the specified ClearFaultsReply message. Does not implicitly {@link lograft.admin.v1.ClearFaultsReply.verify|verify} messages.
                 * @param message ClearFaultsReply message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IClearFaultsReply, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ClearFaultsReply message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ClearFaultsReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.ClearFaultsReply;
            }

            /** Properties of a Fault. */
            interface IFault {

                /** Of this process; never given again. */
                id?: (number|undefined);

                /** Fault order */
                order?: (lograft.admin.v1.IInjectFaultRequest|undefined);

                /** Requests that it has hit. */
                hits?: (number|undefined);

                /** Fault leftMs */
                leftMs?: (number|undefined);
            }

            /** Represents a Fault. */
            class Fault implements IFault {

                /**
                 * Constructs a new Fault.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.admin.v1.IFault);

                /** Of this process; never given again. */
                public id: number;

                /** Fault order. */
                public order: lograft.admin.v1.InjectFaultRequest;

                /** Requests that it has hit. */
                public hits: number;

                /** Fault leftMs. */
                public leftMs: number;

                /**
                 * Encodes the specified Fault message. Does not implicitly {@link lograft.admin.v1.Fault.verify|verify} messages.
                 * @param message Fault message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.admin.v1.IFault, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Fault message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns Fault
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.admin.v1.Fault;
            }
        }
    }
}
