import * as $protobuf from "protobufjs";
/** Namespace lograft. */
export namespace lograft {

    /** Namespace metadata. */
    namespace metadata {

        /** Namespace v1. */
        namespace v1 {

            /** Properties of an Entry. */
            interface IEntry {

                /** Must equal the batch's base offset. */
                index?: (number|undefined);

                /** Must equal the batch's partition leader epoch. */
                term?: (number|undefined);

                /** Term of the entry at index - 1; 0 for the first entry of all. */
                previousTerm?: (number|undefined);

                /**
                 * Everything below this offset was known to be on disk when the entry was written. Damage below
                 * the largest of these is bit rot, damage above it a torn tail.
                 */
                flushedOffset?: (number|undefined);

                /**
                 * A RecordList, serialised. Apart, so that the fields above can be checked without reading it.
                 * Empty in the first entry of a leader's term, which changes nothing, and where `configuration`
                 * is present.
                 */
                records?: (Uint8Array|undefined);

                /**
                 * Everything below this offset, as far as this log goes, was known to be committed when the entry
                 * was written. A hint: a restart may begin with it.
                 */
                commitOffset?: (number|undefined);

                /** Who votes from this entry on. */
                configuration?: (lograft.metadata.v1.IConfiguration|undefined);
            }

            /**
             * What surrounds the records of one log entry. A batch's CRC covers neither its offset nor its
             * epoch, so both are repeated here, where it does; they are compared on recovery and on every read.
             */
            class Entry implements IEntry {

                /**
                 * Constructs a new Entry.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.metadata.v1.IEntry);

                /** Must equal the batch's base offset. */
                public index: number;

                /** Must equal the batch's partition leader epoch. */
                public term: number;

                /** Term of the entry at index - 1; 0 for the first entry of all. */
                public previousTerm: number;

                /**
                 * Everything below this offset was known to be on disk when the entry was written. Damage below
                 * the largest of these is bit rot, damage above it a torn tail.
                 */
                public flushedOffset: number;

                /**
                 * A RecordList, serialised. Apart, so that the fields above can be checked without reading it.
                 * Empty in the first entry of a leader's term, which changes nothing, and where `configuration`
                 * is present.
                 */
                public records: Uint8Array;

                /**
                 * Everything below this offset, as far as this log goes, was known to be committed when the entry
                 * was written. A hint: a restart may begin with it.
                 */
                public commitOffset: number;

                /** Who votes from this entry on. */
                public configuration: lograft.metadata.v1.Configuration;

                /**
                 * Encodes the specified Entry message. Does not implicitly {@link lograft.metadata.v1.Entry.verify|verify} messages.
                 * @param message Entry message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.metadata.v1.IEntry, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Entry message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns Entry
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.metadata.v1.Entry;
            }

            /** Properties of a Configuration. */
            interface IConfiguration {

                /** Configuration voters */
                voters?: (lograft.metadata.v1.IReplica[]|undefined);

                /** The voters before the change that is under way; empty when none is. */
                outgoing?: (lograft.metadata.v1.IReplica[]|undefined);

                /** Receive the log and are not counted. */
                learners?: (lograft.metadata.v1.IReplica[]|undefined);
            }

            /**
             * Who agrees on the metadata log. While it changes, two sets of voters are in force, and both must
             * agree.
             */
            class Configuration implements IConfiguration {

                /**
                 * Constructs a new Configuration.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.metadata.v1.IConfiguration);

                /** Configuration voters. */
                public voters: lograft.metadata.v1.Replica[];

                /** The voters before the change that is under way; empty when none is. */
                public outgoing: lograft.metadata.v1.Replica[];

                /** Receive the log and are not counted. */
                public learners: lograft.metadata.v1.Replica[];

                /**
                 * Encodes the specified Configuration message. Does not implicitly {@link lograft.metadata.v1.Configuration.verify|verify} messages.
                 * @param message Configuration message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.metadata.v1.IConfiguration, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Configuration message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns Configuration
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.metadata.v1.Configuration;
            }

            /** Properties of a Replica. */
            interface IReplica {

                /** Replica nodeId */
                nodeId?: (number|undefined);

                /** A uuid. */
                directoryId?: (Uint8Array|undefined);
            }

            /** A node on a disk: when its disk is wiped, it is another replica. */
            class Replica implements IReplica {

                /**
                 * Constructs a new Replica.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.metadata.v1.IReplica);

                /** Replica nodeId. */
                public nodeId: number;

                /** A uuid. */
                public directoryId: Uint8Array;

                /**
                 * Encodes the specified Replica message. Does not implicitly {@link lograft.metadata.v1.Replica.verify|verify} messages.
                 * @param message Replica message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.metadata.v1.IReplica, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Replica message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns Replica
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.metadata.v1.Replica;
            }

            /** Properties of a SnapshotPart. */
            interface ISnapshotPart {

                /** The first offset that is not contained. */
                endOffset?: (number|undefined);

                /** Term of the entry at end_offset - 1. */
                term?: (number|undefined);

                /** SnapshotPart part */
                part?: (number|undefined);

                /** SnapshotPart last */
                last?: (boolean|undefined);

                /** A RecordList, serialised. */
                records?: (Uint8Array|undefined);

                /** In the first part: who votes at the end of the snapshot. */
                configuration?: (lograft.metadata.v1.IConfiguration|undefined);
            }

            /**
             * One piece of a snapshot. The pieces of a file are numbered from 0 and the last one says so, which
             * is how a file that lost its end is told from a whole one.
             */
            class SnapshotPart implements ISnapshotPart {

                /**
                 * Constructs a new SnapshotPart.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.metadata.v1.ISnapshotPart);

                /** The first offset that is not contained. */
                public endOffset: number;

                /** Term of the entry at end_offset - 1. */
                public term: number;

                /** SnapshotPart part. */
                public part: number;

                /** SnapshotPart last. */
                public last: boolean;

                /** A RecordList, serialised. */
                public records: Uint8Array;

                /** In the first part: who votes at the end of the snapshot. */
                public configuration: lograft.metadata.v1.Configuration;

                /**
                 * Encodes the specified SnapshotPart message. Does not implicitly {@link lograft.metadata.v1.SnapshotPart.verify|verify} messages.
                 * @param message SnapshotPart message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.metadata.v1.ISnapshotPart, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SnapshotPart message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns SnapshotPart
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.metadata.v1.SnapshotPart;
            }

            /** Properties of a RecordList. */
            interface IRecordList {

                /** 1. A higher number is refused. */
                formatVersion?: (number|undefined);

                /** RecordList records */
                records?: (lograft.metadata.v1.IRecord[]|undefined);
            }

            /** An atomic list of records. */
            class RecordList implements IRecordList {

                /**
                 * Constructs a new RecordList.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.metadata.v1.IRecordList);

                /** 1. A higher number is refused. */
                public formatVersion: number;

                /** RecordList records. */
                public records: lograft.metadata.v1.Record[];

                /**
                 * Encodes the specified RecordList message. Does not implicitly {@link lograft.metadata.v1.RecordList.verify|verify} messages.
                 * @param message RecordList message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.metadata.v1.IRecordList, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a RecordList message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns RecordList
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.metadata.v1.RecordList;
            }

            /** Properties of a Record. */
            interface IRecord {

                /** Record clusterId */
                clusterId?: (lograft.metadata.v1.IClusterIdRecord|null|undefined);

                /** Record featureLevel */
                featureLevel?: (lograft.metadata.v1.IFeatureLevelRecord|null|undefined);

                /** Record registerBroker */
                registerBroker?: (lograft.metadata.v1.IRegisterBrokerRecord|null|undefined);

                /** Record unregisterBroker */
                unregisterBroker?: (lograft.metadata.v1.IUnregisterBrokerRecord|null|undefined);

                /** Record brokerRegistrationChange */
                brokerRegistrationChange?: (lograft.metadata.v1.IBrokerRegistrationChangeRecord|null|undefined);

                /** Record topic */
                topic?: (lograft.metadata.v1.ITopicRecord|null|undefined);

                /** Record partition */
                partition?: (lograft.metadata.v1.IPartitionRecord|null|undefined);

                /** Record partitionChange */
                partitionChange?: (lograft.metadata.v1.IPartitionChangeRecord|null|undefined);

                /** Record removeTopic */
                removeTopic?: (lograft.metadata.v1.IRemoveTopicRecord|null|undefined);

                /** Record config */
                config?: (lograft.metadata.v1.IConfigRecord|null|undefined);

                /** Record producerIds */
                producerIds?: (lograft.metadata.v1.IProducerIdsRecord|null|undefined);

                /** Record noOp */
                noOp?: (lograft.metadata.v1.INoOpRecord|null|undefined);

                /** Record registerController */
                registerController?: (lograft.metadata.v1.IRegisterControllerRecord|null|undefined);

                /** Record requestKey */
                requestKey?: (lograft.metadata.v1.IRequestKeyRecord|null|undefined);
            }

            /** Represents a Record. */
            class Record implements IRecord {

                /**
                 * Constructs a new Record.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.metadata.v1.IRecord);

                /** Record clusterId. */
                public clusterId: (lograft.metadata.v1.ClusterIdRecord|null);

                /** Record featureLevel. */
                public featureLevel: (lograft.metadata.v1.FeatureLevelRecord|null);

                /** Record registerBroker. */
                public registerBroker: (lograft.metadata.v1.RegisterBrokerRecord|null);

                /** Record unregisterBroker. */
                public unregisterBroker: (lograft.metadata.v1.UnregisterBrokerRecord|null);

                /** Record brokerRegistrationChange. */
                public brokerRegistrationChange: (lograft.metadata.v1.BrokerRegistrationChangeRecord|null);

                /** Record topic. */
                public topic: (lograft.metadata.v1.TopicRecord|null);

                /** Record partition. */
                public partition: (lograft.metadata.v1.PartitionRecord|null);

                /** Record partitionChange. */
                public partitionChange: (lograft.metadata.v1.PartitionChangeRecord|null);

                /** Record removeTopic. */
                public removeTopic: (lograft.metadata.v1.RemoveTopicRecord|null);

                /** Record config. */
                public config: (lograft.metadata.v1.ConfigRecord|null);

                /** Record producerIds. */
                public producerIds: (lograft.metadata.v1.ProducerIdsRecord|null);

                /** Record noOp. */
                public noOp: (lograft.metadata.v1.NoOpRecord|null);

                /** Record registerController. */
                public registerController: (lograft.metadata.v1.RegisterControllerRecord|null);

                /** Record requestKey. */
                public requestKey: (lograft.metadata.v1.RequestKeyRecord|null);

                /** Record kind. */
                public kind?: ("clusterId"|"featureLevel"|"registerBroker"|"unregisterBroker"|"brokerRegistrationChange"|"topic"|"partition"|"partitionChange"|"removeTopic"|"config"|"producerIds"|"noOp"|"registerController"|"requestKey");

                /**
                 * Encodes the specified Record message. Does not implicitly {@link lograft.metadata.v1.Record.verify|verify} messages.
                 * @param message Record message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.metadata.v1.IRecord, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Record message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns Record
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.metadata.v1.Record;
            }

            /** Properties of a ClusterIdRecord. */
            interface IClusterIdRecord {

                /** 22 characters of base64url. */
                clusterId?: (string|undefined);
            }

            /** Names the cluster. The first record of every log and every snapshot. */
            class ClusterIdRecord implements IClusterIdRecord {

                /**
                 * Constructs a new ClusterIdRecord.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.metadata.v1.IClusterIdRecord);

                /** 22 characters of base64url. */
                public clusterId: string;

                /**
                 * Encodes the specified ClusterIdRecord message. Does not implicitly {@link lograft.metadata.v1.ClusterIdRecord.verify|verify} messages.
                 * @param message ClusterIdRecord message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.metadata.v1.IClusterIdRecord, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ClusterIdRecord message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ClusterIdRecord
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.metadata.v1.ClusterIdRecord;
            }

            /** Properties of a FeatureLevelRecord. */
            interface IFeatureLevelRecord {

                /** FeatureLevelRecord name */
                name?: (string|undefined);

                /** FeatureLevelRecord level */
                level?: (number|undefined);
            }

            /** A feature level that all nodes agree to use; 0 turns the feature off. */
            class FeatureLevelRecord implements IFeatureLevelRecord {

                /**
                 * Constructs a new FeatureLevelRecord.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.metadata.v1.IFeatureLevelRecord);

                /** FeatureLevelRecord name. */
                public name: string;

                /** FeatureLevelRecord level. */
                public level: number;

                /**
                 * Encodes the specified FeatureLevelRecord message. Does not implicitly {@link lograft.metadata.v1.FeatureLevelRecord.verify|verify} messages.
                 * @param message FeatureLevelRecord message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.metadata.v1.IFeatureLevelRecord, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a FeatureLevelRecord message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns FeatureLevelRecord
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.metadata.v1.FeatureLevelRecord;
            }

            /** Properties of a RegisterBrokerRecord. */
            interface IRegisterBrokerRecord {

                /** RegisterBrokerRecord nodeId */
                nodeId?: (number|undefined);

                /** A uuid; another one for every process. */
                incarnationId?: (Uint8Array|undefined);

                /** A uuid; of the disk's contents. */
                directoryId?: (Uint8Array|undefined);

                /** Not above the offset of the entry in which this incarnation first registered. */
                brokerEpoch?: (number|undefined);

                /** What clients and other brokers connect to. */
                host?: (string|undefined);

                /** RegisterBrokerRecord port */
                port?: (number|undefined);

                /** Absent: in no rack. */
                rack?: (string|null|undefined);

                /** Registered, but may not lead or serve. */
                fenced?: (boolean|undefined);

                /** Moving its leaders away before it stops. */
                inControlledShutdown?: (boolean|undefined);
            }

            /** A broker registers; replaces what was known of it. */
            class RegisterBrokerRecord implements IRegisterBrokerRecord {

                /**
                 * Constructs a new RegisterBrokerRecord.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.metadata.v1.IRegisterBrokerRecord);

                /** RegisterBrokerRecord nodeId. */
                public nodeId: number;

                /** A uuid; another one for every process. */
                public incarnationId: Uint8Array;

                /** A uuid; of the disk's contents. */
                public directoryId: Uint8Array;

                /** Not above the offset of the entry in which this incarnation first registered. */
                public brokerEpoch: number;

                /** What clients and other brokers connect to. */
                public host: string;

                /** RegisterBrokerRecord port. */
                public port: number;

                /** Absent: in no rack. */
                public rack: (string|null);

                /** Registered, but may not lead or serve. */
                public fenced: boolean;

                /** Moving its leaders away before it stops. */
                public inControlledShutdown: boolean;

                /**
                 * Encodes the specified RegisterBrokerRecord message. Does not implicitly {@link lograft.metadata.v1.RegisterBrokerRecord.verify|verify} messages.
                 * @param message RegisterBrokerRecord message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.metadata.v1.IRegisterBrokerRecord, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a RegisterBrokerRecord message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns RegisterBrokerRecord
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.metadata.v1.RegisterBrokerRecord;
            }

            /** Properties of an UnregisterBrokerRecord. */
            interface IUnregisterBrokerRecord {

                /** UnregisterBrokerRecord nodeId */
                nodeId?: (number|undefined);

                /** Must be the present one. */
                brokerEpoch?: (number|undefined);
            }

            /** Forgets a broker. */
            class UnregisterBrokerRecord implements IUnregisterBrokerRecord {

                /**
                 * Constructs a new UnregisterBrokerRecord.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.metadata.v1.IUnregisterBrokerRecord);

                /** UnregisterBrokerRecord nodeId. */
                public nodeId: number;

                /** Must be the present one. */
                public brokerEpoch: number;

                /**
                 * Encodes the specified UnregisterBrokerRecord message. Does not implicitly {@link lograft.metadata.v1.UnregisterBrokerRecord.verify|verify} messages.
                 * @param message UnregisterBrokerRecord message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.metadata.v1.IUnregisterBrokerRecord, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an UnregisterBrokerRecord message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns UnregisterBrokerRecord
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.metadata.v1.UnregisterBrokerRecord;
            }

            /** Properties of a BrokerRegistrationChangeRecord. */
            interface IBrokerRegistrationChangeRecord {

                /** BrokerRegistrationChangeRecord nodeId */
                nodeId?: (number|undefined);

                /** Must be the present one. */
                brokerEpoch?: (number|undefined);

                /** BrokerRegistrationChangeRecord fenced */
                fenced?: (boolean|null|undefined);

                /** BrokerRegistrationChangeRecord inControlledShutdown */
                inControlledShutdown?: (boolean|null|undefined);
            }

            /** Changes what a registered broker may do. */
            class BrokerRegistrationChangeRecord implements IBrokerRegistrationChangeRecord {

                /**
                 * Constructs a new BrokerRegistrationChangeRecord.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.metadata.v1.IBrokerRegistrationChangeRecord);

                /** BrokerRegistrationChangeRecord nodeId. */
                public nodeId: number;

                /** Must be the present one. */
                public brokerEpoch: number;

                /** BrokerRegistrationChangeRecord fenced. */
                public fenced: (boolean|null);

                /** BrokerRegistrationChangeRecord inControlledShutdown. */
                public inControlledShutdown: (boolean|null);

                /**
                 * Encodes the specified BrokerRegistrationChangeRecord message. Does not implicitly {@link lograft.metadata.v1.BrokerRegistrationChangeRecord.verify|verify} messages.
                 * @param message BrokerRegistrationChangeRecord message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.metadata.v1.IBrokerRegistrationChangeRecord, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a BrokerRegistrationChangeRecord message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns BrokerRegistrationChangeRecord
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.metadata.v1.BrokerRegistrationChangeRecord;
            }

            /** Properties of a TopicRecord. */
            interface ITopicRecord {

                /** TopicRecord name */
                name?: (string|undefined);

                /** A uuid; never used again. */
                topicId?: (Uint8Array|undefined);
            }

            /** A topic exists. Its configs and its partitions follow in the same entry. */
            class TopicRecord implements ITopicRecord {

                /**
                 * Constructs a new TopicRecord.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.metadata.v1.ITopicRecord);

                /** TopicRecord name. */
                public name: string;

                /** A uuid; never used again. */
                public topicId: Uint8Array;

                /**
                 * Encodes the specified TopicRecord message. Does not implicitly {@link lograft.metadata.v1.TopicRecord.verify|verify} messages.
                 * @param message TopicRecord message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.metadata.v1.ITopicRecord, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a TopicRecord message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns TopicRecord
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.metadata.v1.TopicRecord;
            }

            /** Properties of a PartitionRecord. */
            interface IPartitionRecord {

                /** A uuid. */
                topicId?: (Uint8Array|undefined);

                /** Counted from 0, without gaps. */
                partition?: (number|undefined);

                /** In order of preference. */
                replicas?: (number[]|undefined);

                /** In-sync replicas. */
                isr?: (number[]|undefined);

                /** Eligible leader replicas: may be elected when the ISR is empty. */
                elr?: (number[]|undefined);

                /** A member of the ISR; -1 for nobody. */
                leader?: (number|undefined);

                /** PartitionRecord leaderEpoch */
                leaderEpoch?: (number|undefined);

                /** PartitionRecord partitionEpoch */
                partitionEpoch?: (number|undefined);

                /** Replicas that a reassignment is adding, and removing. */
                addingReplicas?: (number[]|undefined);

                /** PartitionRecord removingReplicas */
                removingReplicas?: (number[]|undefined);

                /**
                 * Last known eligible leader replicas: were in ISR or ELR, and came back with a disk that may lack
                 * what it held.
                 */
                lastKnownElr?: (number[]|undefined);
            }

            /** The whole state of a partition. */
            class PartitionRecord implements IPartitionRecord {

                /**
                 * Constructs a new PartitionRecord.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.metadata.v1.IPartitionRecord);

                /** A uuid. */
                public topicId: Uint8Array;

                /** Counted from 0, without gaps. */
                public partition: number;

                /** In order of preference. */
                public replicas: number[];

                /** In-sync replicas. */
                public isr: number[];

                /** Eligible leader replicas: may be elected when the ISR is empty. */
                public elr: number[];

                /** A member of the ISR; -1 for nobody. */
                public leader: number;

                /** PartitionRecord leaderEpoch. */
                public leaderEpoch: number;

                /** PartitionRecord partitionEpoch. */
                public partitionEpoch: number;

                /** Replicas that a reassignment is adding, and removing. */
                public addingReplicas: number[];

                /** PartitionRecord removingReplicas. */
                public removingReplicas: number[];

                /**
                 * Last known eligible leader replicas: were in ISR or ELR, and came back with a disk that may lack
                 * what it held.
                 */
                public lastKnownElr: number[];

                /**
                 * Encodes the specified PartitionRecord message. Does not implicitly {@link lograft.metadata.v1.PartitionRecord.verify|verify} messages.
                 * @param message PartitionRecord message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.metadata.v1.IPartitionRecord, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a PartitionRecord message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns PartitionRecord
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.metadata.v1.PartitionRecord;
            }

            /** Properties of a PartitionChangeRecord. */
            interface IPartitionChangeRecord {

                /** A uuid. */
                topicId?: (Uint8Array|undefined);

                /** PartitionChangeRecord partition */
                partition?: (number|undefined);

                /** PartitionChangeRecord replicas */
                replicas?: (lograft.metadata.v1.INodeIds|undefined);

                /** PartitionChangeRecord isr */
                isr?: (lograft.metadata.v1.INodeIds|undefined);

                /** PartitionChangeRecord elr */
                elr?: (lograft.metadata.v1.INodeIds|undefined);

                /**
                 * 1 for nobody. Its presence raises the leader epoch by one, even when it names the present
                 * leader.
                 */
                leader?: (number|null|undefined);

                /** PartitionChangeRecord addingReplicas */
                addingReplicas?: (lograft.metadata.v1.INodeIds|undefined);

                /** PartitionChangeRecord removingReplicas */
                removingReplicas?: (lograft.metadata.v1.INodeIds|undefined);

                /** PartitionChangeRecord lastKnownElr */
                lastKnownElr?: (lograft.metadata.v1.INodeIds|undefined);

                /**
                 * The leader it names may lack records that were acknowledged: it was elected although nobody was
                 * known to have them all. For whoever reads the log; it changes nothing.
                 */
                mayLoseRecords?: (boolean|undefined);
            }

            /** Changes a partition; raises its partition epoch by one. */
            class PartitionChangeRecord implements IPartitionChangeRecord {

                /**
                 * Constructs a new PartitionChangeRecord.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.metadata.v1.IPartitionChangeRecord);

                /** A uuid. */
                public topicId: Uint8Array;

                /** PartitionChangeRecord partition. */
                public partition: number;

                /** PartitionChangeRecord replicas. */
                public replicas: lograft.metadata.v1.NodeIds;

                /** PartitionChangeRecord isr. */
                public isr: lograft.metadata.v1.NodeIds;

                /** PartitionChangeRecord elr. */
                public elr: lograft.metadata.v1.NodeIds;

                /**
                 * -1 for nobody. Its presence raises the leader epoch by one, even when it names the present
                 * leader.
                 */
                public leader: (number|null);

                /** PartitionChangeRecord addingReplicas. */
                public addingReplicas: lograft.metadata.v1.NodeIds;

                /** PartitionChangeRecord removingReplicas. */
                public removingReplicas: lograft.metadata.v1.NodeIds;

                /** PartitionChangeRecord lastKnownElr. */
                public lastKnownElr: lograft.metadata.v1.NodeIds;

                /**
                 * The leader it names may lack records that were acknowledged: it was elected although nobody was
                 * known to have them all. For whoever reads the log; it changes nothing.
                 */
                public mayLoseRecords: boolean;

                /**
                 * Encodes the specified PartitionChangeRecord message. Does not implicitly {@link lograft.metadata.v1.PartitionChangeRecord.verify|verify} messages.
                 * @param message PartitionChangeRecord message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.metadata.v1.IPartitionChangeRecord, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a PartitionChangeRecord message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns PartitionChangeRecord
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.metadata.v1.PartitionChangeRecord;
            }

            /** Properties of a NodeIds. */
            interface INodeIds {

                /** NodeIds ids */
                ids?: (number[]|undefined);
            }

            /** A list whose absence differs from its being empty. */
            class NodeIds implements INodeIds {

                /**
                 * Constructs a new NodeIds.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.metadata.v1.INodeIds);

                /** NodeIds ids. */
                public ids: number[];

                /**
                 * Encodes the specified NodeIds message. Does not implicitly {@link lograft.metadata.v1.NodeIds.verify|verify} messages.
                 * @param message NodeIds message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.metadata.v1.INodeIds, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a NodeIds message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns NodeIds
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.metadata.v1.NodeIds;
            }

            /** Properties of a RemoveTopicRecord. */
            interface IRemoveTopicRecord {

                /** A uuid. */
                topicId?: (Uint8Array|undefined);
            }

            /** Deletes a topic, its partitions and its configs. */
            class RemoveTopicRecord implements IRemoveTopicRecord {

                /**
                 * Constructs a new RemoveTopicRecord.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.metadata.v1.IRemoveTopicRecord);

                /** A uuid. */
                public topicId: Uint8Array;

                /**
                 * Encodes the specified RemoveTopicRecord message. Does not implicitly {@link lograft.metadata.v1.RemoveTopicRecord.verify|verify} messages.
                 * @param message RemoveTopicRecord message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.metadata.v1.IRemoveTopicRecord, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a RemoveTopicRecord message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns RemoveTopicRecord
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.metadata.v1.RemoveTopicRecord;
            }

            /** ConfigResourceType enum. */
            enum ConfigResourceType {
                CONFIG_RESOURCE_TYPE_UNSPECIFIED = 0,
                CONFIG_RESOURCE_TYPE_TOPIC = 1,
                CONFIG_RESOURCE_TYPE_BROKER = 2
            }

            /** Properties of a ConfigRecord. */
            interface IConfigRecord {

                /** ConfigRecord resourceType */
                resourceType?: (lograft.metadata.v1.ConfigResourceType|undefined);

                /** Topic name, or node id as text; empty for all brokers, the cluster-wide level. */
                resourceName?: (string|undefined);

                /** ConfigRecord key */
                key?: (string|undefined);

                /** Absent: the override is removed. */
                value?: (string|null|undefined);
            }

            /** Sets or removes one override. */
            class ConfigRecord implements IConfigRecord {

                /**
                 * Constructs a new ConfigRecord.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.metadata.v1.IConfigRecord);

                /** ConfigRecord resourceType. */
                public resourceType: lograft.metadata.v1.ConfigResourceType;

                /** Topic name, or node id as text; empty for all brokers, the cluster-wide level. */
                public resourceName: string;

                /** ConfigRecord key. */
                public key: string;

                /** Absent: the override is removed. */
                public value: (string|null);

                /**
                 * Encodes the specified ConfigRecord message. Does not implicitly {@link lograft.metadata.v1.ConfigRecord.verify|verify} messages.
                 * @param message ConfigRecord message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.metadata.v1.IConfigRecord, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ConfigRecord message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ConfigRecord
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.metadata.v1.ConfigRecord;
            }

            /** Properties of a ProducerIdsRecord. */
            interface IProducerIdsRecord {

                /** ProducerIdsRecord nodeId */
                nodeId?: (number|undefined);

                /** ProducerIdsRecord brokerEpoch */
                brokerEpoch?: (number|undefined);

                /** The first id of the next block; only ever rises. */
                nextProducerId?: (number|undefined);
            }

            /** A block of producer ids was given to a broker. */
            class ProducerIdsRecord implements IProducerIdsRecord {

                /**
                 * Constructs a new ProducerIdsRecord.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.metadata.v1.IProducerIdsRecord);

                /** ProducerIdsRecord nodeId. */
                public nodeId: number;

                /** ProducerIdsRecord brokerEpoch. */
                public brokerEpoch: number;

                /** The first id of the next block; only ever rises. */
                public nextProducerId: number;

                /**
                 * Encodes the specified ProducerIdsRecord message. Does not implicitly {@link lograft.metadata.v1.ProducerIdsRecord.verify|verify} messages.
                 * @param message ProducerIdsRecord message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.metadata.v1.IProducerIdsRecord, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ProducerIdsRecord message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ProducerIdsRecord
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.metadata.v1.ProducerIdsRecord;
            }

            /** Properties of a RequestKeyRecord. */
            interface IRequestKeyRecord {

                /** RequestKeyRecord key */
                key?: (string|undefined);

                /** Of the request's content. */
                digest?: (string|undefined);

                /** Of the entry. */
                metadataOffset?: (number|undefined);
            }

            /**
             * A request with an idempotency key was carried out, by the entry that this is in. The newest 10,000
             * are state; replaying one more removes the oldest.
             */
            class RequestKeyRecord implements IRequestKeyRecord {

                /**
                 * Constructs a new RequestKeyRecord.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.metadata.v1.IRequestKeyRecord);

                /** RequestKeyRecord key. */
                public key: string;

                /** Of the request's content. */
                public digest: string;

                /** Of the entry. */
                public metadataOffset: number;

                /**
                 * Encodes the specified RequestKeyRecord message. Does not implicitly {@link lograft.metadata.v1.RequestKeyRecord.verify|verify} messages.
                 * @param message RequestKeyRecord message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.metadata.v1.IRequestKeyRecord, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a RequestKeyRecord message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns RequestKeyRecord
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.metadata.v1.RequestKeyRecord;
            }

            /** Properties of a NoOpRecord. */
            interface INoOpRecord {
            }

            /** Changes nothing. */
            class NoOpRecord implements INoOpRecord {

                /**
                 * Constructs a new NoOpRecord.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.metadata.v1.INoOpRecord);

                /**
                 * Encodes the specified NoOpRecord message. Does not implicitly {@link lograft.metadata.v1.NoOpRecord.verify|verify} messages.
                 * @param message NoOpRecord message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.metadata.v1.INoOpRecord, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a NoOpRecord message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns NoOpRecord
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.metadata.v1.NoOpRecord;
            }

            /** Properties of a RegisterControllerRecord. */
            interface IRegisterControllerRecord {

                /** RegisterControllerRecord nodeId */
                nodeId?: (number|undefined);

                /** A uuid; of the disk's contents. */
                directoryId?: (Uint8Array|undefined);

                /** A uuid; another one for every process. */
                incarnationId?: (Uint8Array|undefined);

                /** Of its gRPC listener. */
                host?: (string|undefined);

                /** RegisterControllerRecord port */
                port?: (number|undefined);
            }

            /** Where a controller is found; replaces what was known of it. */
            class RegisterControllerRecord implements IRegisterControllerRecord {

                /**
                 * Constructs a new RegisterControllerRecord.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.metadata.v1.IRegisterControllerRecord);

                /** RegisterControllerRecord nodeId. */
                public nodeId: number;

                /** A uuid; of the disk's contents. */
                public directoryId: Uint8Array;

                /** A uuid; another one for every process. */
                public incarnationId: Uint8Array;

                /** Of its gRPC listener. */
                public host: string;

                /** RegisterControllerRecord port. */
                public port: number;

                /**
                 * Encodes the specified RegisterControllerRecord message. Does not implicitly {@link lograft.metadata.v1.RegisterControllerRecord.verify|verify} messages.
                 * @param message RegisterControllerRecord message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.metadata.v1.IRegisterControllerRecord, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a RegisterControllerRecord message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns RegisterControllerRecord
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.metadata.v1.RegisterControllerRecord;
            }
        }
    }
}
