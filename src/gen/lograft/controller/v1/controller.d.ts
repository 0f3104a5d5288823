import * as $protobuf from "protobufjs";
/** Namespace lograft. */
export namespace lograft {

    /** Namespace controller. */
    namespace controller {

        /** Namespace v1. */
        namespace v1 {

            /** Properties of a Reply. */
            interface IReply {

                /** What was asked for holds from this offset of the metadata log on. */
                metadataOffset?: (number|undefined);
            }

            /** What a call tells that has nothing else to tell. */
            class Reply implements IReply {

                /**
                 * Constructs a new Reply.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.IReply);

                /** What was asked for holds from this offset of the metadata log on. */
                public metadataOffset: number;

                /**
                 * Encodes the specified Reply message. Does not implicitly {@link lograft.controller.v1.Reply.verify|verify} messages.
                 * @param message Reply message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.IReply, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Reply message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns Reply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.Reply;
            }

            /** Properties of a BrokerRequest. */
            interface IBrokerRequest {

                /** BrokerRequest nodeId */
                nodeId?: (number|undefined);

                /** BrokerRequest brokerEpoch */
                brokerEpoch?: (number|undefined);
            }

            /** A process of a registered broker. */
            class BrokerRequest implements IBrokerRequest {

                /**
                 * Constructs a new BrokerRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.IBrokerRequest);

                /** BrokerRequest nodeId. */
                public nodeId: number;

                /** BrokerRequest brokerEpoch. */
                public brokerEpoch: number;

                /**
                 * Encodes the specified BrokerRequest message. Does not implicitly {@link lograft.controller.v1.BrokerRequest.verify|verify} messages.
                 * @param message BrokerRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.IBrokerRequest, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a BrokerRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns BrokerRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.BrokerRequest;
            }

            /** How the broker's previous process ended, as far as its disk tells. */
            enum RestartKind {
                RESTART_KIND_UNSPECIFIED = 0,
                RESTART_KIND_CLEAN = 1,
                RESTART_KIND_KILLED = 2,
                RESTART_KIND_UNCLEAN = 3
            }

            /** Properties of a RegisterBrokerRequest. */
            interface IRegisterBrokerRequest {

                /** RegisterBrokerRequest nodeId */
                nodeId?: (number|undefined);

                /** A uuid, fresh for every process. */
                incarnationId?: (Uint8Array|undefined);

                /** A uuid, of the disk's contents. */
                directoryId?: (Uint8Array|undefined);

                /** Where its clients find it. */
                host?: (string|undefined);

                /** RegisterBrokerRequest port */
                port?: (number|undefined);

                /** RegisterBrokerRequest rack */
                rack?: (string|null|undefined);

                /** RegisterBrokerRequest restart */
                restart?: (lograft.controller.v1.RestartKind|undefined);

                /** What the broker's disk says its last epoch was; absent when it says nothing. */
                previousBrokerEpoch?: (number|null|undefined);
            }

            /** Represents a RegisterBrokerRequest. */
            class RegisterBrokerRequest implements IRegisterBrokerRequest {

                /**
                 * Constructs a new RegisterBrokerRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.IRegisterBrokerRequest);

                /** RegisterBrokerRequest nodeId. */
                public nodeId: number;

                /** A uuid, fresh for every process. */
                public incarnationId: Uint8Array;

                /** A uuid, of the disk's contents. */
                public directoryId: Uint8Array;

                /** Where its clients find it. */
                public host: string;

                /** RegisterBrokerRequest port. */
                public port: number;

                /** RegisterBrokerRequest rack. */
                public rack: (string|null);

                /** RegisterBrokerRequest restart. */
                public restart: lograft.controller.v1.RestartKind;

                /** What the broker's disk says its last epoch was; absent when it says nothing. */
                public previousBrokerEpoch: (number|null);

                /**
                 * Encodes the specified RegisterBrokerRequest message. Does not implicitly {@link lograft.controller.v1.RegisterBrokerRequest.verify|verify} messages.
                 * @param message RegisterBrokerRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.IRegisterBrokerRequest, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a RegisterBrokerRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns RegisterBrokerRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.RegisterBrokerRequest;
            }

            /** Properties of a RegisterBrokerReply. */
            interface IRegisterBrokerReply {

                /** RegisterBrokerReply metadataOffset */
                metadataOffset?: (number|undefined);

                /** RegisterBrokerReply brokerEpoch */
                brokerEpoch?: (number|undefined);
            }

            /** Represents a RegisterBrokerReply. */
            class RegisterBrokerReply implements IRegisterBrokerReply {

                /**
                 * Constructs a new RegisterBrokerReply.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.IRegisterBrokerReply);

                /** RegisterBrokerReply metadataOffset. */
                public metadataOffset: number;

                /** RegisterBrokerReply brokerEpoch. */
                public brokerEpoch: number;

                /**
                 * Encodes the specified RegisterBrokerReply message. Does not implicitly {@link lograft.controller.v1.RegisterBrokerReply.verify|verify} messages.
                 * @param message RegisterBrokerReply message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.IRegisterBrokerReply, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a RegisterBrokerReply message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns RegisterBrokerReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.RegisterBrokerReply;
            }

            /** Properties of a Heartbeat. */
            interface IHeartbeat {

                /** Heartbeat nodeId */
                nodeId?: (number|undefined);

                /** Heartbeat brokerEpoch */
                brokerEpoch?: (number|undefined);

                /** A uuid, of the process. */
                incarnationId?: (Uint8Array|undefined);

                /** The newest entry of the metadata log that all parts of the broker know of. */
                metadataOffset?: (number|undefined);

                /** It wants to stop, and serves until it may. */
                wantsShutdown?: (boolean|undefined);

                /**
                 * Where it listens, for whoever wants to know whether it is still there. Not where clients and
                 * other nodes are told to connect.
                 */
                kafkaListener?: (lograft.controller.v1.IListener|undefined);

                /** Heartbeat grpcListener */
                grpcListener?: (lograft.controller.v1.IListener|undefined);
            }

            /** Represents a Heartbeat. */
            class Heartbeat implements IHeartbeat {

                /**
                 * Constructs a new Heartbeat.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.IHeartbeat);

                /** Heartbeat nodeId. */
                public nodeId: number;

                /** Heartbeat brokerEpoch. */
                public brokerEpoch: number;

                /** A uuid, of the process. */
                public incarnationId: Uint8Array;

                /** The newest entry of the metadata log that all parts of the broker know of. */
                public metadataOffset: number;

                /** It wants to stop, and serves until it may. */
                public wantsShutdown: boolean;

                /**
                 * Where it listens, for whoever wants to know whether it is still there. Not where clients and
                 * other nodes are told to connect.
                 */
                public kafkaListener: lograft.controller.v1.Listener;

                /** Heartbeat grpcListener. */
                public grpcListener: lograft.controller.v1.Listener;

                /**
                 * Encodes the specified Heartbeat message. Does not implicitly {@link lograft.controller.v1.Heartbeat.verify|verify} messages.
                 * @param message Heartbeat message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.IHeartbeat, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Heartbeat message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns Heartbeat
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.Heartbeat;
            }

            /** Properties of a Listener. */
            interface IListener {

                /** As it was configured: a name, an address, or nothing for every interface. */
                host?: (string|undefined);

                /** Listener port */
                port?: (number|undefined);
            }

            /** Represents a Listener. */
            class Listener implements IListener {

                /**
                 * Constructs a new Listener.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.IListener);

                /** As it was configured: a name, an address, or nothing for every interface. */
                public host: string;

                /** Listener port. */
                public port: number;

                /**
                 * Encodes the specified Listener message. Does not implicitly {@link lograft.controller.v1.Listener.verify|verify} messages.
                 * @param message Listener message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.IListener, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Listener message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns Listener
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.Listener;
            }

            /** Properties of a HeartbeatReply. */
            interface IHeartbeatReply {

                /** It may neither lead nor serve. */
                fenced?: (boolean|undefined);

                /** It has published its own registration. */
                caughtUp?: (boolean|undefined);

                /** It asked to stop, and may. */
                shouldShutDown?: (boolean|undefined);

                /** Everything up to here is committed. */
                committedOffset?: (number|undefined);

                /** Of the controller that answers. */
                controllerEpoch?: (number|undefined);

                /** Somebody wants its process to end, in good order. */
                mustBeginShutdown?: (boolean|undefined);
            }

            /** Represents a HeartbeatReply. */
            class HeartbeatReply implements IHeartbeatReply {

                /**
                 * Constructs a new HeartbeatReply.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.IHeartbeatReply);

                /** It may neither lead nor serve. */
                public fenced: boolean;

                /** It has published its own registration. */
                public caughtUp: boolean;

                /** It asked to stop, and may. */
                public shouldShutDown: boolean;

                /** Everything up to here is committed. */
                public committedOffset: number;

                /** Of the controller that answers. */
                public controllerEpoch: number;

                /** Somebody wants its process to end, in good order. */
                public mustBeginShutdown: boolean;

                /**
                 * Encodes the specified HeartbeatReply message. Does not implicitly {@link lograft.controller.v1.HeartbeatReply.verify|verify} messages.
                 * @param message HeartbeatReply message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.IHeartbeatReply, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a HeartbeatReply message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns HeartbeatReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.HeartbeatReply;
            }

            /** Properties of a BrokerId. */
            interface IBrokerId {

                /** BrokerId nodeId */
                nodeId?: (number|undefined);
            }

            /** Represents a BrokerId. */
            class BrokerId implements IBrokerId {

                /**
                 * Constructs a new BrokerId.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.IBrokerId);

                /** BrokerId nodeId. */
                public nodeId: number;

                /**
                 * Encodes the specified BrokerId message. Does not implicitly {@link lograft.controller.v1.BrokerId.verify|verify} messages.
                 * @param message BrokerId message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.IBrokerId, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a BrokerId message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns BrokerId
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.BrokerId;
            }

            /** Properties of a RegisterControllerRequest. */
            interface IRegisterControllerRequest {

                /** RegisterControllerRequest nodeId */
                nodeId?: (number|undefined);

                /** A uuid, of the disk's contents. */
                directoryId?: (Uint8Array|undefined);

                /** A uuid, fresh for every process. */
                incarnationId?: (Uint8Array|undefined);

                /** Of its gRPC listener. */
                host?: (string|undefined);

                /** RegisterControllerRequest port */
                port?: (number|undefined);
            }

            /** Represents a RegisterControllerRequest. */
            class RegisterControllerRequest implements IRegisterControllerRequest {

                /**
                 * Constructs a new RegisterControllerRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.IRegisterControllerRequest);

                /** RegisterControllerRequest nodeId. */
                public nodeId: number;

                /** A uuid, of the disk's contents. */
                public directoryId: Uint8Array;

                /** A uuid, fresh for every process. */
                public incarnationId: Uint8Array;

                /** Of its gRPC listener. */
                public host: string;

                /** RegisterControllerRequest port. */
                public port: number;

                /**
                 * Encodes the specified RegisterControllerRequest message. Does not implicitly {@link lograft.controller.v1.RegisterControllerRequest.verify|verify} messages.
                 * @param message RegisterControllerRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.IRegisterControllerRequest, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a RegisterControllerRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns RegisterControllerRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.RegisterControllerRequest;
            }

            /** Properties of a CreateTopicsRequest. */
            interface ICreateTopicsRequest {

                /** CreateTopicsRequest topics */
                topics?: (lograft.controller.v1.ICreatableTopic[]|undefined);

                /** Says what would happen, and changes nothing. */
                validateOnly?: (boolean|undefined);
            }

            /** Represents a CreateTopicsRequest. */
            class CreateTopicsRequest implements ICreateTopicsRequest {

                /**
                 * Constructs a new CreateTopicsRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.ICreateTopicsRequest);

                /** CreateTopicsRequest topics. */
                public topics: lograft.controller.v1.CreatableTopic[];

                /** Says what would happen, and changes nothing. */
                public validateOnly: boolean;

                /**
                 * Encodes the specified CreateTopicsRequest message. Does not implicitly {@link lograft.controller.v1.CreateTopicsRequest.verify|verify} messages.
                 * @param message CreateTopicsRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.ICreateTopicsRequest, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a CreateTopicsRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns CreateTopicsRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.CreateTopicsRequest;
            }

            /** Properties of a CreatableTopic. */
            interface ICreatableTopic {

                /** CreatableTopic name */
                name?: (string|undefined);

                /** 1 for the default, or with assignments. */
                partitions?: (number|undefined);

                /** 1 for the default, or with assignments. */
                replicationFactor?: (number|undefined);

                /** Placed by hand; empty to let the controller place. */
                assignments?: (lograft.controller.v1.IAssignment[]|undefined);

                /** CreatableTopic configs */
                configs?: (lograft.controller.v1.ITopicConfig[]|undefined);
            }

            /** Represents a CreatableTopic. */
            class CreatableTopic implements ICreatableTopic {

                /**
                 * Constructs a new CreatableTopic.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.ICreatableTopic);

                /** CreatableTopic name. */
                public name: string;

                /** -1 for the default, or with assignments. */
                public partitions: number;

                /** -1 for the default, or with assignments. */
                public replicationFactor: number;

                /** Placed by hand; empty to let the controller place. */
                public assignments: lograft.controller.v1.Assignment[];

                /** CreatableTopic configs. */
                public configs: lograft.controller.v1.TopicConfig[];

                /**
                 * Encodes the specified CreatableTopic message. Does not implicitly {@link lograft.controller.v1.CreatableTopic.verify|verify} messages.
                 * @param message CreatableTopic message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.ICreatableTopic, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a CreatableTopic message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns CreatableTopic
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.CreatableTopic;
            }

            /** Properties of an Assignment. */
            interface IAssignment {

                /** Assignment partition */
                partition?: (number|undefined);

                /** Assignment brokerIds */
                brokerIds?: (number[]|undefined);
            }

            /** Represents an Assignment. */
            class Assignment implements IAssignment {

                /**
                 * Constructs a new Assignment.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.IAssignment);

                /** Assignment partition. */
                public partition: number;

                /** Assignment brokerIds. */
                public brokerIds: number[];

                /**
                 * Encodes the specified Assignment message. Does not implicitly {@link lograft.controller.v1.Assignment.verify|verify} messages.
                 * @param message Assignment message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.IAssignment, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Assignment message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns Assignment
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.Assignment;
            }

            /** Properties of a TopicConfig. */
            interface ITopicConfig {

                /** TopicConfig name */
                name?: (string|undefined);

                /** TopicConfig value */
                value?: (string|null|undefined);
            }

            /** Represents a TopicConfig. */
            class TopicConfig implements ITopicConfig {

                /**
                 * Constructs a new TopicConfig.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.ITopicConfig);

                /** TopicConfig name. */
                public name: string;

                /** TopicConfig value. */
                public value: (string|null);

                /**
                 * Encodes the specified TopicConfig message. Does not implicitly {@link lograft.controller.v1.TopicConfig.verify|verify} messages.
                 * @param message TopicConfig message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.ITopicConfig, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a TopicConfig message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns TopicConfig
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.TopicConfig;
            }

            /** Properties of a CreateTopicsReply. */
            interface ICreateTopicsReply {

                /** CreateTopicsReply metadataOffset */
                metadataOffset?: (number|undefined);

                /** CreateTopicsReply topics */
                topics?: (lograft.controller.v1.ICreatedTopic[]|undefined);
            }

            /** Represents a CreateTopicsReply. */
            class CreateTopicsReply implements ICreateTopicsReply {

                /**
                 * Constructs a new CreateTopicsReply.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.ICreateTopicsReply);

                /** CreateTopicsReply metadataOffset. */
                public metadataOffset: number;

                /** CreateTopicsReply topics. */
                public topics: lograft.controller.v1.CreatedTopic[];

                /**
                 * Encodes the specified CreateTopicsReply message. Does not implicitly {@link lograft.controller.v1.CreateTopicsReply.verify|verify} messages.
                 * @param message CreateTopicsReply message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.ICreateTopicsReply, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a CreateTopicsReply message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns CreateTopicsReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.CreateTopicsReply;
            }

            /** Properties of a CreatedTopic. */
            interface ICreatedTopic {

                /** CreatedTopic created */
                created?: (lograft.controller.v1.INewTopic|null|undefined);

                /** CreatedTopic failed */
                failed?: (lograft.controller.v1.IFailedTopic|null|undefined);
            }

            /** Represents a CreatedTopic. */
            class CreatedTopic implements ICreatedTopic {

                /**
                 * Constructs a new CreatedTopic.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.ICreatedTopic);

                /** CreatedTopic created. */
                public created: (lograft.controller.v1.NewTopic|null);

                /** CreatedTopic failed. */
                public failed: (lograft.controller.v1.FailedTopic|null);

                /** CreatedTopic outcome. */
                public outcome?: ("created"|"failed");

                /**
                 * Encodes the specified CreatedTopic message. Does not implicitly {@link lograft.controller.v1.CreatedTopic.verify|verify} messages.
                 * @param message CreatedTopic message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.ICreatedTopic, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a CreatedTopic message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns CreatedTopic
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.CreatedTopic;
            }

            /** Properties of a NewTopic. */
            interface INewTopic {

                /** NewTopic name */
                name?: (string|undefined);

                /** A uuid. */
                topicId?: (Uint8Array|undefined);

                /** NewTopic partitions */
                partitions?: (number|undefined);

                /** NewTopic replicationFactor */
                replicationFactor?: (number|undefined);

                /** What holds for the topic. */
                configs?: (lograft.controller.v1.IEffectiveConfig[]|undefined);
            }

            /** Represents a NewTopic. */
            class NewTopic implements INewTopic {

                /**
                 * Constructs a new NewTopic.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.INewTopic);

                /** NewTopic name. */
                public name: string;

                /** A uuid. */
                public topicId: Uint8Array;

                /** NewTopic partitions. */
                public partitions: number;

                /** NewTopic replicationFactor. */
                public replicationFactor: number;

                /** What holds for the topic. */
                public configs: lograft.controller.v1.EffectiveConfig[];

                /**
                 * Encodes the specified NewTopic message. Does not implicitly {@link lograft.controller.v1.NewTopic.verify|verify} messages.
                 * @param message NewTopic message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.INewTopic, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a NewTopic message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns NewTopic
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.NewTopic;
            }

            /** Properties of an EffectiveConfig. */
            interface IEffectiveConfig {

                /** EffectiveConfig name */
                name?: (string|undefined);

                /** EffectiveConfig value */
                value?: (string|null|undefined);

                /** EffectiveConfig readOnly */
                readOnly?: (boolean|undefined);

                /** As in DescribeConfigs. */
                source?: (number|undefined);

                /** EffectiveConfig isSensitive */
                isSensitive?: (boolean|undefined);
            }

            /** Represents an EffectiveConfig. */
            class EffectiveConfig implements IEffectiveConfig {

                /**
                 * Constructs a new EffectiveConfig.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.IEffectiveConfig);

                /** EffectiveConfig name. */
                public name: string;

                /** EffectiveConfig value. */
                public value: (string|null);

                /** EffectiveConfig readOnly. */
                public readOnly: boolean;

                /** As in DescribeConfigs. */
                public source: number;

                /** EffectiveConfig isSensitive. */
                public isSensitive: boolean;

                /**
                 * Encodes the specified EffectiveConfig message. Does not implicitly {@link lograft.controller.v1.EffectiveConfig.verify|verify} messages.
                 * @param message EffectiveConfig message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.IEffectiveConfig, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an EffectiveConfig message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns EffectiveConfig
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.EffectiveConfig;
            }

            /** Properties of a FailedTopic. */
            interface IFailedTopic {

                /** FailedTopic errorCode */
                errorCode?: (number|undefined);

                /** FailedTopic errorMessage */
                errorMessage?: (string|undefined);

                /** Absent when the topic was asked for by an id that is not known. */
                name?: (string|null|undefined);

                /** A uuid; absent when it is not known. */
                topicId?: (Uint8Array|null|undefined);
            }

            /** Represents a FailedTopic. */
            class FailedTopic implements IFailedTopic {

                /**
                 * Constructs a new FailedTopic.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.IFailedTopic);

                /** FailedTopic errorCode. */
                public errorCode: number;

                /** FailedTopic errorMessage. */
                public errorMessage: string;

                /** Absent when the topic was asked for by an id that is not known. */
                public name: (string|null);

                /** A uuid; absent when it is not known. */
                public topicId: (Uint8Array|null);

                /**
                 * Encodes the specified FailedTopic message. Does not implicitly {@link lograft.controller.v1.FailedTopic.verify|verify} messages.
                 * @param message FailedTopic message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.IFailedTopic, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a FailedTopic message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns FailedTopic
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.FailedTopic;
            }

            /** Properties of a CreatePartitionsRequest. */
            interface ICreatePartitionsRequest {

                /** CreatePartitionsRequest topics */
                topics?: (lograft.controller.v1.IGrownTopic[]|undefined);

                /** CreatePartitionsRequest validateOnly */
                validateOnly?: (boolean|undefined);
            }

            /** Represents a CreatePartitionsRequest. */
            class CreatePartitionsRequest implements ICreatePartitionsRequest {

                /**
                 * Constructs a new CreatePartitionsRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.ICreatePartitionsRequest);

                /** CreatePartitionsRequest topics. */
                public topics: lograft.controller.v1.GrownTopic[];

                /** CreatePartitionsRequest validateOnly. */
                public validateOnly: boolean;

                /**
                 * Encodes the specified CreatePartitionsRequest message. Does not implicitly {@link lograft.controller.v1.CreatePartitionsRequest.verify|verify} messages.
                 * @param message CreatePartitionsRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.ICreatePartitionsRequest, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a CreatePartitionsRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns CreatePartitionsRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.CreatePartitionsRequest;
            }

            /** Properties of a GrownTopic. */
            interface IGrownTopic {

                /** GrownTopic name */
                name?: (string|undefined);

                /** How many partitions there shall be in all. */
                count?: (number|undefined);

                /** The replicas of each new partition; absent to let the controller place them. */
                assignments?: (lograft.controller.v1.INewPartitions|undefined);
            }

            /** Represents a GrownTopic. */
            class GrownTopic implements IGrownTopic {

                /**
                 * Constructs a new GrownTopic.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.IGrownTopic);

                /** GrownTopic name. */
                public name: string;

                /** How many partitions there shall be in all. */
                public count: number;

                /** The replicas of each new partition; absent to let the controller place them. */
                public assignments: lograft.controller.v1.NewPartitions;

                /**
                 * Encodes the specified GrownTopic message. Does not implicitly {@link lograft.controller.v1.GrownTopic.verify|verify} messages.
                 * @param message GrownTopic message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.IGrownTopic, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a GrownTopic message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns GrownTopic
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.GrownTopic;
            }

            /** Properties of a NewPartitions. */
            interface INewPartitions {

                /** NewPartitions partitions */
                partitions?: (lograft.controller.v1.IReplicas[]|undefined);
            }

            /** Represents a NewPartitions. */
            class NewPartitions implements INewPartitions {

                /**
                 * Constructs a new NewPartitions.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.INewPartitions);

                /** NewPartitions partitions. */
                public partitions: lograft.controller.v1.Replicas[];

                /**
                 * Encodes the specified NewPartitions message. Does not implicitly {@link lograft.controller.v1.NewPartitions.verify|verify} messages.
                 * @param message NewPartitions message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.INewPartitions, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a NewPartitions message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns NewPartitions
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.NewPartitions;
            }

            /** Properties of a Replicas. */
            interface IReplicas {

                /** Replicas brokerIds */
                brokerIds?: (number[]|undefined);
            }

            /** Represents a Replicas. */
            class Replicas implements IReplicas {

                /**
                 * Constructs a new Replicas.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.IReplicas);

                /** Replicas brokerIds. */
                public brokerIds: number[];

                /**
                 * Encodes the specified Replicas message. Does not implicitly {@link lograft.controller.v1.Replicas.verify|verify} messages.
                 * @param message Replicas message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.IReplicas, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Replicas message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns Replicas
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.Replicas;
            }

            /** Properties of a CreatePartitionsReply. */
            interface ICreatePartitionsReply {

                /** CreatePartitionsReply metadataOffset */
                metadataOffset?: (number|undefined);

                /** CreatePartitionsReply topics */
                topics?: (lograft.controller.v1.IGrowthResult[]|undefined);
            }

            /** Represents a CreatePartitionsReply. */
            class CreatePartitionsReply implements ICreatePartitionsReply {

                /**
                 * Constructs a new CreatePartitionsReply.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.ICreatePartitionsReply);

                /** CreatePartitionsReply metadataOffset. */
                public metadataOffset: number;

                /** CreatePartitionsReply topics. */
                public topics: lograft.controller.v1.GrowthResult[];

                /**
                 * Encodes the specified CreatePartitionsReply message. Does not implicitly {@link lograft.controller.v1.CreatePartitionsReply.verify|verify} messages.
                 * @param message CreatePartitionsReply message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.ICreatePartitionsReply, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a CreatePartitionsReply message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns CreatePartitionsReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.CreatePartitionsReply;
            }

            /** Properties of a GrowthResult. */
            interface IGrowthResult {

                /** GrowthResult name */
                name?: (string|undefined);

                /** 0: done. */
                errorCode?: (number|undefined);

                /** GrowthResult errorMessage */
                errorMessage?: (string|null|undefined);
            }

            /** Represents a GrowthResult. */
            class GrowthResult implements IGrowthResult {

                /**
                 * Constructs a new GrowthResult.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.IGrowthResult);

                /** GrowthResult name. */
                public name: string;

                /** 0: done. */
                public errorCode: number;

                /** GrowthResult errorMessage. */
                public errorMessage: (string|null);

                /**
                 * Encodes the specified GrowthResult message. Does not implicitly {@link lograft.controller.v1.GrowthResult.verify|verify} messages.
                 * @param message GrowthResult message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.IGrowthResult, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a GrowthResult message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns GrowthResult
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.GrowthResult;
            }

            /** Properties of a DeleteTopicsRequest. */
            interface IDeleteTopicsRequest {

                /** DeleteTopicsRequest topics */
                topics?: (lograft.controller.v1.IDeletableTopic[]|undefined);
            }

            /** Represents a DeleteTopicsRequest. */
            class DeleteTopicsRequest implements IDeleteTopicsRequest {

                /**
                 * Constructs a new DeleteTopicsRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.IDeleteTopicsRequest);

                /** DeleteTopicsRequest topics. */
                public topics: lograft.controller.v1.DeletableTopic[];

                /**
                 * Encodes the specified DeleteTopicsRequest message. Does not implicitly {@link lograft.controller.v1.DeleteTopicsRequest.verify|verify} messages.
                 * @param message DeleteTopicsRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.IDeleteTopicsRequest, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a DeleteTopicsRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns DeleteTopicsRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.DeleteTopicsRequest;
            }

            /** Properties of a DeletableTopic. */
            interface IDeletableTopic {

                /** DeletableTopic name */
                name?: (string|null|undefined);

                /** A uuid. */
                topicId?: (Uint8Array|null|undefined);
            }

            /** One of the two. */
            class DeletableTopic implements IDeletableTopic {

                /**
                 * Constructs a new DeletableTopic.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.IDeletableTopic);

                /** DeletableTopic name. */
                public name: (string|null);

                /** A uuid. */
                public topicId: (Uint8Array|null);

                /**
                 * Encodes the specified DeletableTopic message. Does not implicitly {@link lograft.controller.v1.DeletableTopic.verify|verify} messages.
                 * @param message DeletableTopic message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.IDeletableTopic, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a DeletableTopic message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns DeletableTopic
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.DeletableTopic;
            }

            /** Properties of a DeleteTopicsReply. */
            interface IDeleteTopicsReply {

                /** DeleteTopicsReply metadataOffset */
                metadataOffset?: (number|undefined);

                /** DeleteTopicsReply topics */
                topics?: (lograft.controller.v1.IDeletedTopic[]|undefined);
            }

            /** Represents a DeleteTopicsReply. */
            class DeleteTopicsReply implements IDeleteTopicsReply {

                /**
                 * Constructs a new DeleteTopicsReply.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.IDeleteTopicsReply);

                /** DeleteTopicsReply metadataOffset. */
                public metadataOffset: number;

                /** DeleteTopicsReply topics. */
                public topics: lograft.controller.v1.DeletedTopic[];

                /**
                 * Encodes the specified DeleteTopicsReply message. Does not implicitly {@link lograft.controller.v1.DeleteTopicsReply.verify|verify} messages.
                 * @param message DeleteTopicsReply message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.IDeleteTopicsReply, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a DeleteTopicsReply message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns DeleteTopicsReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.DeleteTopicsReply;
            }

            /** Properties of a DeletedTopic. */
            interface IDeletedTopic {

                /** DeletedTopic gone */
                gone?: (lograft.controller.v1.IGoneTopic|null|undefined);

                /** DeletedTopic failed */
                failed?: (lograft.controller.v1.IFailedTopic|null|undefined);
            }

            /** Represents a DeletedTopic. */
            class DeletedTopic implements IDeletedTopic {

                /**
                 * Constructs a new DeletedTopic.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.IDeletedTopic);

                /** DeletedTopic gone. */
                public gone: (lograft.controller.v1.GoneTopic|null);

                /** DeletedTopic failed. */
                public failed: (lograft.controller.v1.FailedTopic|null);

                /** DeletedTopic outcome. */
                public outcome?: ("gone"|"failed");

                /**
                 * Encodes the specified DeletedTopic message. Does not implicitly {@link lograft.controller.v1.DeletedTopic.verify|verify} messages.
                 * @param message DeletedTopic message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.IDeletedTopic, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a DeletedTopic message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns DeletedTopic
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.DeletedTopic;
            }

            /** Properties of a GoneTopic. */
            interface IGoneTopic {

                /** GoneTopic name */
                name?: (string|undefined);

                /** A uuid. */
                topicId?: (Uint8Array|undefined);
            }

            /** Represents a GoneTopic. */
            class GoneTopic implements IGoneTopic {

                /**
                 * Constructs a new GoneTopic.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.IGoneTopic);

                /** GoneTopic name. */
                public name: string;

                /** A uuid. */
                public topicId: Uint8Array;

                /**
                 * Encodes the specified GoneTopic message. Does not implicitly {@link lograft.controller.v1.GoneTopic.verify|verify} messages.
                 * @param message GoneTopic message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.IGoneTopic, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a GoneTopic message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns GoneTopic
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.GoneTopic;
            }

            /** ResourceType enum. */
            enum ResourceType {
                RESOURCE_TYPE_UNSPECIFIED = 0,
                RESOURCE_TYPE_TOPIC = 1,
                RESOURCE_TYPE_BROKER = 2
            }

            /** Properties of a Resource. */
            interface IResource {

                /** Resource type */
                type?: (lograft.controller.v1.ResourceType|undefined);

                /** Resource name */
                name?: (string|undefined);
            }

            /** Represents a Resource. */
            class Resource implements IResource {

                /**
                 * Constructs a new Resource.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.IResource);

                /** Resource type. */
                public type: lograft.controller.v1.ResourceType;

                /** Resource name. */
                public name: string;

                /**
                 * Encodes the specified Resource message. Does not implicitly {@link lograft.controller.v1.Resource.verify|verify} messages.
                 * @param message Resource message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.IResource, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Resource message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns Resource
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.Resource;
            }

            /** Properties of an AlterConfigsRequest. */
            interface IAlterConfigsRequest {

                /** AlterConfigsRequest changes */
                changes?: (lograft.controller.v1.IConfigChange[]|undefined);

                /** AlterConfigsRequest validateOnly */
                validateOnly?: (boolean|undefined);
            }

            /** Represents an AlterConfigsRequest. */
            class AlterConfigsRequest implements IAlterConfigsRequest {

                /**
                 * Constructs a new AlterConfigsRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.IAlterConfigsRequest);

                /** AlterConfigsRequest changes. */
                public changes: lograft.controller.v1.ConfigChange[];

                /** AlterConfigsRequest validateOnly. */
                public validateOnly: boolean;

                /**
                 * Encodes the specified AlterConfigsRequest message. Does not implicitly {@link lograft.controller.v1.AlterConfigsRequest.verify|verify} messages.
                 * @param message AlterConfigsRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.IAlterConfigsRequest, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an AlterConfigsRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns AlterConfigsRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.AlterConfigsRequest;
            }

            /** Properties of a ConfigChange. */
            interface IConfigChange {

                /** ConfigChange resource */
                resource?: (lograft.controller.v1.IResource|undefined);

                /** ConfigChange operations */
                operations?: (lograft.controller.v1.IConfigOperation[]|undefined);

                /** What no operation names loses its override. */
                replacesAll?: (boolean|undefined);
            }

            /** Represents a ConfigChange. */
            class ConfigChange implements IConfigChange {

                /**
                 * Constructs a new ConfigChange.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.IConfigChange);

                /** ConfigChange resource. */
                public resource: lograft.controller.v1.Resource;

                /** ConfigChange operations. */
                public operations: lograft.controller.v1.ConfigOperation[];

                /** What no operation names loses its override. */
                public replacesAll: boolean;

                /**
                 * Encodes the specified ConfigChange message. Does not implicitly {@link lograft.controller.v1.ConfigChange.verify|verify} messages.
                 * @param message ConfigChange message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.IConfigChange, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ConfigChange message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ConfigChange
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.ConfigChange;
            }

            /** OperationType enum. */
            enum OperationType {
                OPERATION_TYPE_UNSPECIFIED = 0,
                OPERATION_TYPE_SET = 1,
                OPERATION_TYPE_DELETE = 2,
                OPERATION_TYPE_APPEND = 3,
                OPERATION_TYPE_SUBTRACT = 4
            }

            /** Properties of a ConfigOperation. */
            interface IConfigOperation {

                /** ConfigOperation type */
                type?: (lograft.controller.v1.OperationType|undefined);

                /** ConfigOperation name */
                name?: (string|undefined);

                /** Items are separated by commas. */
                value?: (string|undefined);
            }

            /** Represents a ConfigOperation. */
            class ConfigOperation implements IConfigOperation {

                /**
                 * Constructs a new ConfigOperation.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.IConfigOperation);

                /** ConfigOperation type. */
                public type: lograft.controller.v1.OperationType;

                /** ConfigOperation name. */
                public name: string;

                /** Items are separated by commas. */
                public value: string;

                /**
                 * Encodes the specified ConfigOperation message. Does not implicitly {@link lograft.controller.v1.ConfigOperation.verify|verify} messages.
                 * @param message ConfigOperation message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.IConfigOperation, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ConfigOperation message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ConfigOperation
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.ConfigOperation;
            }

            /** Properties of an AlterConfigsReply. */
            interface IAlterConfigsReply {

                /** AlterConfigsReply metadataOffset */
                metadataOffset?: (number|undefined);

                /** AlterConfigsReply resources */
                resources?: (lograft.controller.v1.IAlterationResult[]|undefined);
            }

            /** Represents an AlterConfigsReply. */
            class AlterConfigsReply implements IAlterConfigsReply {

                /**
                 * Constructs a new AlterConfigsReply.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.IAlterConfigsReply);

                /** AlterConfigsReply metadataOffset. */
                public metadataOffset: number;

                /** AlterConfigsReply resources. */
                public resources: lograft.controller.v1.AlterationResult[];

                /**
                 * Encodes the specified AlterConfigsReply message. Does not implicitly {@link lograft.controller.v1.AlterConfigsReply.verify|verify} messages.
                 * @param message AlterConfigsReply message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.IAlterConfigsReply, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an AlterConfigsReply message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns AlterConfigsReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.AlterConfigsReply;
            }

            /** Properties of an AlterationResult. */
            interface IAlterationResult {

                /** AlterationResult resource */
                resource?: (lograft.controller.v1.IResource|undefined);

                /** 0: done. */
                errorCode?: (number|undefined);

                /** AlterationResult errorMessage */
                errorMessage?: (string|null|undefined);
            }

            /** Represents an AlterationResult. */
            class AlterationResult implements IAlterationResult {

                /**
                 * Constructs a new AlterationResult.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.IAlterationResult);

                /** AlterationResult resource. */
                public resource: lograft.controller.v1.Resource;

                /** 0: done. */
                public errorCode: number;

                /** AlterationResult errorMessage. */
                public errorMessage: (string|null);

                /**
                 * Encodes the specified AlterationResult message. Does not implicitly {@link lograft.controller.v1.AlterationResult.verify|verify} messages.
                 * @param message AlterationResult message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.IAlterationResult, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an AlterationResult message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns AlterationResult
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.AlterationResult;
            }

            /** Properties of an AlterReassignmentsRequest. */
            interface IAlterReassignmentsRequest {

                /** AlterReassignmentsRequest partitions */
                partitions?: (lograft.controller.v1.IReassignment[]|undefined);
            }

            /** Represents an AlterReassignmentsRequest. */
            class AlterReassignmentsRequest implements IAlterReassignmentsRequest {

                /**
                 * Constructs a new AlterReassignmentsRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.IAlterReassignmentsRequest);

                /** AlterReassignmentsRequest partitions. */
                public partitions: lograft.controller.v1.Reassignment[];

                /**
                 * Encodes the specified AlterReassignmentsRequest message. Does not implicitly {@link lograft.controller.v1.AlterReassignmentsRequest.verify|verify} messages.
                 * @param message AlterReassignmentsRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.IAlterReassignmentsRequest, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an AlterReassignmentsRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns AlterReassignmentsRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.AlterReassignmentsRequest;
            }

            /** Properties of a Reassignment. */
            interface IReassignment {

                /** Reassignment topic */
                topic?: (string|undefined);

                /** Reassignment partition */
                partition?: (number|undefined);

                /** In the order of preference; absent: what is under way is taken back. */
                replicas?: (lograft.controller.v1.IReplicas|undefined);

                /** INVALID_REPLICATION_FACTOR where there would be more or fewer than now. */
                keepsCount?: (boolean|undefined);
            }

            /** Represents a Reassignment. */
            class Reassignment implements IReassignment {

                /**
                 * Constructs a new Reassignment.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.IReassignment);

                /** Reassignment topic. */
                public topic: string;

                /** Reassignment partition. */
                public partition: number;

                /** In the order of preference; absent: what is under way is taken back. */
                public replicas: lograft.controller.v1.Replicas;

                /** INVALID_REPLICATION_FACTOR where there would be more or fewer than now. */
                public keepsCount: boolean;

                /**
                 * Encodes the specified Reassignment message. Does not implicitly {@link lograft.controller.v1.Reassignment.verify|verify} messages.
                 * @param message Reassignment message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.IReassignment, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Reassignment message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns Reassignment
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.Reassignment;
            }

            /** ElectionType enum. */
            enum ElectionType {
                ELECTION_TYPE_UNSPECIFIED = 0,
                ELECTION_TYPE_PREFERRED = 1,
                ELECTION_TYPE_UNCLEAN = 2
            }

            /** Properties of an ElectLeadersRequest. */
            interface IElectLeadersRequest {

                /** ElectLeadersRequest type */
                type?: (lograft.controller.v1.ElectionType|undefined);

                /** Absent: all there are. */
                partitions?: (lograft.controller.v1.IPartitionNames|undefined);
            }

            /** Represents an ElectLeadersRequest. */
            class ElectLeadersRequest implements IElectLeadersRequest {

                /**
                 * Constructs a new ElectLeadersRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.IElectLeadersRequest);

                /** ElectLeadersRequest type. */
                public type: lograft.controller.v1.ElectionType;

                /** Absent: all there are. */
                public partitions: lograft.controller.v1.PartitionNames;

                /**
                 * Encodes the specified ElectLeadersRequest message. Does not implicitly {@link lograft.controller.v1.ElectLeadersRequest.verify|verify} messages.
                 * @param message ElectLeadersRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.IElectLeadersRequest, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an ElectLeadersRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ElectLeadersRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.ElectLeadersRequest;
            }

            /** Properties of a PartitionNames. */
            interface IPartitionNames {

                /** PartitionNames partitions */
                partitions?: (lograft.controller.v1.IPartitionName[]|undefined);
            }

            /** Represents a PartitionNames. */
            class PartitionNames implements IPartitionNames {

                /**
                 * Constructs a new PartitionNames.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.IPartitionNames);

                /** PartitionNames partitions. */
                public partitions: lograft.controller.v1.PartitionName[];

                /**
                 * Encodes the specified PartitionNames message. Does not implicitly {@link lograft.controller.v1.PartitionNames.verify|verify} messages.
                 * @param message PartitionNames message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.IPartitionNames, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a PartitionNames message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns PartitionNames
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.PartitionNames;
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
                constructor(properties?: lograft.controller.v1.IPartitionName);

                /** PartitionName topic. */
                public topic: string;

                /** PartitionName partition. */
                public partition: number;

                /**
                 * Encodes the specified PartitionName message. Does not implicitly {@link lograft.controller.v1.PartitionName.verify|verify} messages.
                 * @param message PartitionName message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.IPartitionName, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a PartitionName message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns PartitionName
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.PartitionName;
            }

            /** Properties of a PartitionResultsReply. */
            interface IPartitionResultsReply {

                /** PartitionResultsReply metadataOffset */
                metadataOffset?: (number|undefined);

                /** PartitionResultsReply partitions */
                partitions?: (lograft.controller.v1.IPartitionResult[]|undefined);
            }

            /** Represents a PartitionResultsReply. */
            class PartitionResultsReply implements IPartitionResultsReply {

                /**
                 * Constructs a new PartitionResultsReply.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.IPartitionResultsReply);

                /** PartitionResultsReply metadataOffset. */
                public metadataOffset: number;

                /** PartitionResultsReply partitions. */
                public partitions: lograft.controller.v1.PartitionResult[];

                /**
                 * Encodes the specified PartitionResultsReply message. Does not implicitly {@link lograft.controller.v1.PartitionResultsReply.verify|verify} messages.
                 * @param message PartitionResultsReply message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.IPartitionResultsReply, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a PartitionResultsReply message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns PartitionResultsReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.PartitionResultsReply;
            }

            /** Properties of a PartitionResult. */
            interface IPartitionResult {

                /** PartitionResult topic */
                topic?: (string|undefined);

                /** PartitionResult partition */
                partition?: (number|undefined);

                /** 0: done. */
                errorCode?: (number|undefined);

                /** PartitionResult errorMessage */
                errorMessage?: (string|null|undefined);
            }

            /** Represents a PartitionResult. */
            class PartitionResult implements IPartitionResult {

                /**
                 * Constructs a new PartitionResult.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.IPartitionResult);

                /** PartitionResult topic. */
                public topic: string;

                /** PartitionResult partition. */
                public partition: number;

                /** 0: done. */
                public errorCode: number;

                /** PartitionResult errorMessage. */
                public errorMessage: (string|null);

                /**
                 * Encodes the specified PartitionResult message. Does not implicitly {@link lograft.controller.v1.PartitionResult.verify|verify} messages.
                 * @param message PartitionResult message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.IPartitionResult, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a PartitionResult message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns PartitionResult
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.PartitionResult;
            }

            /** Properties of an ApplyChangesRequest. */
            interface IApplyChangesRequest {

                /** ApplyChangesRequest changes */
                changes?: (lograft.controller.v1.IWantedChange[]|undefined);

                /** ApplyChangesRequest validateOnly */
                validateOnly?: (boolean|undefined);

                /** What it is known by when it comes again. */
                requestKey?: (lograft.controller.v1.IRequestKey|undefined);
            }

            /** Represents an ApplyChangesRequest. */
            class ApplyChangesRequest implements IApplyChangesRequest {

                /**
                 * Constructs a new ApplyChangesRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.IApplyChangesRequest);

                /** ApplyChangesRequest changes. */
                public changes: lograft.controller.v1.WantedChange[];

                /** ApplyChangesRequest validateOnly. */
                public validateOnly: boolean;

                /** What it is known by when it comes again. */
                public requestKey: lograft.controller.v1.RequestKey;

                /**
                 * Encodes the specified ApplyChangesRequest message. Does not implicitly {@link lograft.controller.v1.ApplyChangesRequest.verify|verify} messages.
                 * @param message ApplyChangesRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.IApplyChangesRequest, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an ApplyChangesRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ApplyChangesRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.ApplyChangesRequest;
            }

            /** Properties of a RequestKey. */
            interface IRequestKey {

                /** RequestKey key */
                key?: (string|undefined);

                /** Of the request's content. */
                digest?: (string|undefined);
            }

            /** Represents a RequestKey. */
            class RequestKey implements IRequestKey {

                /**
                 * Constructs a new RequestKey.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.IRequestKey);

                /** RequestKey key. */
                public key: string;

                /** Of the request's content. */
                public digest: string;

                /**
                 * Encodes the specified RequestKey message. Does not implicitly {@link lograft.controller.v1.RequestKey.verify|verify} messages.
                 * @param message RequestKey message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.IRequestKey, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a RequestKey message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns RequestKey
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.RequestKey;
            }

            /** Properties of a WantedChange. */
            interface IWantedChange {

                /** WantedChange createTopic */
                createTopic?: (lograft.controller.v1.ICreatableTopic|null|undefined);

                /** WantedChange deleteTopic */
                deleteTopic?: (lograft.controller.v1.ITopicIdentity|null|undefined);

                /** WantedChange addPartitions */
                addPartitions?: (lograft.controller.v1.IGrownTopic|null|undefined);

                /** WantedChange alterConfigs */
                alterConfigs?: (lograft.controller.v1.IConfigChange|null|undefined);

                /** WantedChange reassign */
                reassign?: (lograft.controller.v1.IReassignment|null|undefined);

                /** WantedChange cancelReassignments */
                cancelReassignments?: (lograft.controller.v1.ICancelReassignments|null|undefined);

                /** WantedChange electLeaders */
                electLeaders?: (lograft.controller.v1.IElectLeadersRequest|null|undefined);

                /** WantedChange unregisterBroker */
                unregisterBroker?: (lograft.controller.v1.IUnregisteredBroker|null|undefined);

                /** What must be so before it. */
                expects?: (lograft.controller.v1.IExpectation|undefined);
            }

            /** Represents a WantedChange. */
            class WantedChange implements IWantedChange {

                /**
                 * Constructs a new WantedChange.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.IWantedChange);

                /** WantedChange createTopic. */
                public createTopic: (lograft.controller.v1.CreatableTopic|null);

                /** WantedChange deleteTopic. */
                public deleteTopic: (lograft.controller.v1.TopicIdentity|null);

                /** WantedChange addPartitions. */
                public addPartitions: (lograft.controller.v1.GrownTopic|null);

                /** WantedChange alterConfigs. */
                public alterConfigs: (lograft.controller.v1.ConfigChange|null);

                /** WantedChange reassign. */
                public reassign: (lograft.controller.v1.Reassignment|null);

                /** WantedChange cancelReassignments. */
                public cancelReassignments: (lograft.controller.v1.CancelReassignments|null);

                /** WantedChange electLeaders. */
                public electLeaders: (lograft.controller.v1.ElectLeadersRequest|null);

                /** WantedChange unregisterBroker. */
                public unregisterBroker: (lograft.controller.v1.UnregisteredBroker|null);

                /** What must be so before it. */
                public expects: lograft.controller.v1.Expectation;

                /** WantedChange change. */
                public change?: ("createTopic"|"deleteTopic"|"addPartitions"|"alterConfigs"|"reassign"|"cancelReassignments"|"electLeaders"|"unregisterBroker");

                /**
                 * Encodes the specified WantedChange message. Does not implicitly {@link lograft.controller.v1.WantedChange.verify|verify} messages.
                 * @param message WantedChange message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.IWantedChange, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a WantedChange message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns WantedChange
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.WantedChange;
            }

            /** Properties of a TopicIdentity. */
            interface ITopicIdentity {

                /** TopicIdentity name */
                name?: (string|undefined);

                /** A uuid; absent: whichever topic has that name. */
                topicId?: (Uint8Array|null|undefined);
            }

            /** Represents a TopicIdentity. */
            class TopicIdentity implements ITopicIdentity {

                /**
                 * Constructs a new TopicIdentity.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.ITopicIdentity);

                /** TopicIdentity name. */
                public name: string;

                /** A uuid; absent: whichever topic has that name. */
                public topicId: (Uint8Array|null);

                /**
                 * Encodes the specified TopicIdentity message. Does not implicitly {@link lograft.controller.v1.TopicIdentity.verify|verify} messages.
                 * @param message TopicIdentity message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.ITopicIdentity, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a TopicIdentity message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns TopicIdentity
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.TopicIdentity;
            }

            /** Properties of a CancelReassignments. */
            interface ICancelReassignments {
            }

            /** Represents a CancelReassignments. */
            class CancelReassignments implements ICancelReassignments {

                /**
                 * Constructs a new CancelReassignments.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.ICancelReassignments);

                /**
                 * Encodes the specified CancelReassignments message. Does not implicitly {@link lograft.controller.v1.CancelReassignments.verify|verify} messages.
                 * @param message CancelReassignments message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.ICancelReassignments, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a CancelReassignments message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns CancelReassignments
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.CancelReassignments;
            }

            /** Properties of an UnregisteredBroker. */
            interface IUnregisteredBroker {

                /** UnregisteredBroker nodeId */
                nodeId?: (number|undefined);
            }

            /** Represents an UnregisteredBroker. */
            class UnregisteredBroker implements IUnregisteredBroker {

                /**
                 * Constructs a new UnregisteredBroker.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.IUnregisteredBroker);

                /** UnregisteredBroker nodeId. */
                public nodeId: number;

                /**
                 * Encodes the specified UnregisteredBroker message. Does not implicitly {@link lograft.controller.v1.UnregisteredBroker.verify|verify} messages.
                 * @param message UnregisteredBroker message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.IUnregisteredBroker, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an UnregisteredBroker message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns UnregisteredBroker
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.UnregisteredBroker;
            }

            /** Properties of an Expectation. */
            interface IExpectation {

                /** Absent: what is expected are overrides for all brokers. */
                topic?: (string|null|undefined);

                /** A uuid; absent: there is no such topic. */
                topicId?: (Uint8Array|null|undefined);

                /** Expectation partitions */
                partitions?: (number|null|undefined);

                /** Expectation configs */
                configs?: (lograft.controller.v1.ITopicConfig[]|undefined);

                /** Expectation replicas */
                replicas?: (lograft.controller.v1.IExpectedReplicas[]|undefined);
            }

            /** Represents an Expectation. */
            class Expectation implements IExpectation {

                /**
                 * Constructs a new Expectation.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.IExpectation);

                /** Absent: what is expected are overrides for all brokers. */
                public topic: (string|null);

                /** A uuid; absent: there is no such topic. */
                public topicId: (Uint8Array|null);

                /** Expectation partitions. */
                public partitions: (number|null);

                /** Expectation configs. */
                public configs: lograft.controller.v1.TopicConfig[];

                /** Expectation replicas. */
                public replicas: lograft.controller.v1.ExpectedReplicas[];

                /**
                 * Encodes the specified Expectation message. Does not implicitly {@link lograft.controller.v1.Expectation.verify|verify} messages.
                 * @param message Expectation message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.IExpectation, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Expectation message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns Expectation
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.Expectation;
            }

            /** Properties of an ExpectedReplicas. */
            interface IExpectedReplicas {

                /** ExpectedReplicas partition */
                partition?: (number|undefined);

                /** ExpectedReplicas brokerIds */
                brokerIds?: (number[]|undefined);
            }

            /** Represents an ExpectedReplicas. */
            class ExpectedReplicas implements IExpectedReplicas {

                /**
                 * Constructs a new ExpectedReplicas.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.IExpectedReplicas);

                /** ExpectedReplicas partition. */
                public partition: number;

                /** ExpectedReplicas brokerIds. */
                public brokerIds: number[];

                /**
                 * Encodes the specified ExpectedReplicas message. Does not implicitly {@link lograft.controller.v1.ExpectedReplicas.verify|verify} messages.
                 * @param message ExpectedReplicas message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.IExpectedReplicas, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an ExpectedReplicas message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ExpectedReplicas
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.ExpectedReplicas;
            }

            /** Properties of an ApplyChangesReply. */
            interface IApplyChangesReply {

                /** ApplyChangesReply metadataOffset */
                metadataOffset?: (number|undefined);

                /** Nothing was changed when there are any. */
                faults?: (lograft.controller.v1.IChangeFault[]|undefined);

                /** Of the entry in which an earlier request with this key was carried out. */
                appliedAt?: (number|null|undefined);

                /** ApplyChangesReply created */
                created?: (lograft.controller.v1.INewTopic[]|undefined);

                /** ApplyChangesReply elected */
                elected?: (lograft.controller.v1.IPartitionName[]|undefined);
            }

            /** Represents an ApplyChangesReply. */
            class ApplyChangesReply implements IApplyChangesReply {

                /**
                 * Constructs a new ApplyChangesReply.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.IApplyChangesReply);

                /** ApplyChangesReply metadataOffset. */
                public metadataOffset: number;

                /** Nothing was changed when there are any. */
                public faults: lograft.controller.v1.ChangeFault[];

                /** Of the entry in which an earlier request with this key was carried out. */
                public appliedAt: (number|null);

                /** ApplyChangesReply created. */
                public created: lograft.controller.v1.NewTopic[];

                /** ApplyChangesReply elected. */
                public elected: lograft.controller.v1.PartitionName[];

                /**
                 * Encodes the specified ApplyChangesReply message. Does not implicitly {@link lograft.controller.v1.ApplyChangesReply.verify|verify} messages.
                 * @param message ApplyChangesReply message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.IApplyChangesReply, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an ApplyChangesReply message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ApplyChangesReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.ApplyChangesReply;
            }

            /** Properties of a ChangeFault. */
            interface IChangeFault {

                /** Of the change, from 0. */
                index?: (number|undefined);

                /** A name of the error table, or PLAN_OUTDATED. */
                code?: (string|undefined);

                /** ChangeFault message */
                message?: (string|undefined);
            }

            /** Represents a ChangeFault. */
            class ChangeFault implements IChangeFault {

                /**
                 * Constructs a new ChangeFault.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.IChangeFault);

                /** Of the change, from 0. */
                public index: number;

                /** A name of the error table, or PLAN_OUTDATED. */
                public code: string;

                /** ChangeFault message. */
                public message: string;

                /**
                 * Encodes the specified ChangeFault message. Does not implicitly {@link lograft.controller.v1.ChangeFault.verify|verify} messages.
                 * @param message ChangeFault message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.IChangeFault, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ChangeFault message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ChangeFault
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.ChangeFault;
            }

            /** Properties of an AllocateProducerIdsReply. */
            interface IAllocateProducerIdsReply {

                /** AllocateProducerIdsReply metadataOffset */
                metadataOffset?: (number|undefined);

                /** AllocateProducerIdsReply firstProducerId */
                firstProducerId?: (number|undefined);

                /** AllocateProducerIdsReply count */
                count?: (number|undefined);
            }

            /** Represents an AllocateProducerIdsReply. */
            class AllocateProducerIdsReply implements IAllocateProducerIdsReply {

                /**
                 * Constructs a new AllocateProducerIdsReply.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.IAllocateProducerIdsReply);

                /** AllocateProducerIdsReply metadataOffset. */
                public metadataOffset: number;

                /** AllocateProducerIdsReply firstProducerId. */
                public firstProducerId: number;

                /** AllocateProducerIdsReply count. */
                public count: number;

                /**
                 * Encodes the specified AllocateProducerIdsReply message. Does not implicitly {@link lograft.controller.v1.AllocateProducerIdsReply.verify|verify} messages.
                 * @param message AllocateProducerIdsReply message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.IAllocateProducerIdsReply, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an AllocateProducerIdsReply message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns AllocateProducerIdsReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.AllocateProducerIdsReply;
            }

            /** Properties of an AlterPartitionRequest. */
            interface IAlterPartitionRequest {

                /** AlterPartitionRequest nodeId */
                nodeId?: (number|undefined);

                /** AlterPartitionRequest brokerEpoch */
                brokerEpoch?: (number|undefined);

                /** AlterPartitionRequest partitions */
                partitions?: (lograft.controller.v1.IAlterablePartition[]|undefined);
            }

            /** Represents an AlterPartitionRequest. */
            class AlterPartitionRequest implements IAlterPartitionRequest {

                /**
                 * Constructs a new AlterPartitionRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.IAlterPartitionRequest);

                /** AlterPartitionRequest nodeId. */
                public nodeId: number;

                /** AlterPartitionRequest brokerEpoch. */
                public brokerEpoch: number;

                /** AlterPartitionRequest partitions. */
                public partitions: lograft.controller.v1.AlterablePartition[];

                /**
                 * Encodes the specified AlterPartitionRequest message. Does not implicitly {@link lograft.controller.v1.AlterPartitionRequest.verify|verify} messages.
                 * @param message AlterPartitionRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.IAlterPartitionRequest, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an AlterPartitionRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns AlterPartitionRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.AlterPartitionRequest;
            }

            /** Properties of an AlterablePartition. */
            interface IAlterablePartition {

                /** A uuid. */
                topicId?: (Uint8Array|undefined);

                /** AlterablePartition partition */
                partition?: (number|undefined);

                /** As the leader knew them when it wished. */
                leaderEpoch?: (number|undefined);

                /** AlterablePartition partitionEpoch */
                partitionEpoch?: (number|undefined);

                /** AlterablePartition isr */
                isr?: (lograft.controller.v1.IInSyncReplica[]|undefined);

                /**
                 * An earlier request with the same wish may still arrive. Should this one be refused, the
                 * partition epoch rises nevertheless, so that the earlier one cannot be granted any more.
                 */
                isAskedAgain?: (boolean|undefined);
            }

            /** Represents an AlterablePartition. */
            class AlterablePartition implements IAlterablePartition {

                /**
                 * Constructs a new AlterablePartition.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.IAlterablePartition);

                /** A uuid. */
                public topicId: Uint8Array;

                /** AlterablePartition partition. */
                public partition: number;

                /** As the leader knew them when it wished. */
                public leaderEpoch: number;

                /** AlterablePartition partitionEpoch. */
                public partitionEpoch: number;

                /** AlterablePartition isr. */
                public isr: lograft.controller.v1.InSyncReplica[];

                /**
                 * An earlier request with the same wish may still arrive. Should this one be refused, the
                 * partition epoch rises nevertheless, so that the earlier one cannot be granted any more.
                 */
                public isAskedAgain: boolean;

                /**
                 * Encodes the specified AlterablePartition message. Does not implicitly {@link lograft.controller.v1.AlterablePartition.verify|verify} messages.
                 * @param message AlterablePartition message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.IAlterablePartition, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an AlterablePartition message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns AlterablePartition
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.AlterablePartition;
            }

            /** Properties of an InSyncReplica. */
            interface IInSyncReplica {

                /** InSyncReplica nodeId */
                nodeId?: (number|undefined);

                /** In which the leader heard of it; absent when it did not, in its leader epoch. */
                brokerEpoch?: (number|null|undefined);
            }

            /** Represents an InSyncReplica. */
            class InSyncReplica implements IInSyncReplica {

                /**
                 * Constructs a new InSyncReplica.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.IInSyncReplica);

                /** InSyncReplica nodeId. */
                public nodeId: number;

                /** In which the leader heard of it; absent when it did not, in its leader epoch. */
                public brokerEpoch: (number|null);

                /**
                 * Encodes the specified InSyncReplica message. Does not implicitly {@link lograft.controller.v1.InSyncReplica.verify|verify} messages.
                 * @param message InSyncReplica message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.IInSyncReplica, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an InSyncReplica message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns InSyncReplica
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.InSyncReplica;
            }

            /** Properties of an AlterPartitionReply. */
            interface IAlterPartitionReply {

                /** AlterPartitionReply metadataOffset */
                metadataOffset?: (number|undefined);

                /** AlterPartitionReply partitions */
                partitions?: (lograft.controller.v1.IAlteredPartition[]|undefined);
            }

            /** Represents an AlterPartitionReply. */
            class AlterPartitionReply implements IAlterPartitionReply {

                /**
                 * Constructs a new AlterPartitionReply.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.IAlterPartitionReply);

                /** AlterPartitionReply metadataOffset. */
                public metadataOffset: number;

                /** AlterPartitionReply partitions. */
                public partitions: lograft.controller.v1.AlteredPartition[];

                /**
                 * Encodes the specified AlterPartitionReply message. Does not implicitly {@link lograft.controller.v1.AlterPartitionReply.verify|verify} messages.
                 * @param message AlterPartitionReply message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.IAlterPartitionReply, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an AlterPartitionReply message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns AlterPartitionReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.AlterPartitionReply;
            }

            /** Properties of an AlteredPartition. */
            interface IAlteredPartition {

                /** A uuid. */
                topicId?: (Uint8Array|undefined);

                /** AlteredPartition partition */
                partition?: (number|undefined);

                /** 0: it holds what is below; else why nothing was changed. */
                errorCode?: (number|undefined);

                /** AlteredPartition errorMessage */
                errorMessage?: (string|null|undefined);

                /** 1: nobody. */
                leader?: (number|undefined);

                /** AlteredPartition leaderEpoch */
                leaderEpoch?: (number|undefined);

                /** AlteredPartition isr */
                isr?: (number[]|undefined);

                /** AlteredPartition partitionEpoch */
                partitionEpoch?: (number|undefined);
            }

            /** Represents an AlteredPartition. */
            class AlteredPartition implements IAlteredPartition {

                /**
                 * Constructs a new AlteredPartition.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.IAlteredPartition);

                /** A uuid. */
                public topicId: Uint8Array;

                /** AlteredPartition partition. */
                public partition: number;

                /** 0: it holds what is below; else why nothing was changed. */
                public errorCode: number;

                /** AlteredPartition errorMessage. */
                public errorMessage: (string|null);

                /** -1: nobody. */
                public leader: number;

                /** AlteredPartition leaderEpoch. */
                public leaderEpoch: number;

                /** AlteredPartition isr. */
                public isr: number[];

                /** AlteredPartition partitionEpoch. */
                public partitionEpoch: number;

                /**
                 * Encodes the specified AlteredPartition message. Does not implicitly {@link lograft.controller.v1.AlteredPartition.verify|verify} messages.
                 * @param message AlteredPartition message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.IAlteredPartition, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an AlteredPartition message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns AlteredPartition
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.AlteredPartition;
            }

            /** Properties of a LeaveIsrRequest. */
            interface ILeaveIsrRequest {

                /** LeaveIsrRequest nodeId */
                nodeId?: (number|undefined);

                /** LeaveIsrRequest brokerEpoch */
                brokerEpoch?: (number|undefined);

                /** LeaveIsrRequest partitions */
                partitions?: (lograft.controller.v1.ILeavingReplica[]|undefined);
            }

            /** Represents a LeaveIsrRequest. */
            class LeaveIsrRequest implements ILeaveIsrRequest {

                /**
                 * Constructs a new LeaveIsrRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.ILeaveIsrRequest);

                /** LeaveIsrRequest nodeId. */
                public nodeId: number;

                /** LeaveIsrRequest brokerEpoch. */
                public brokerEpoch: number;

                /** LeaveIsrRequest partitions. */
                public partitions: lograft.controller.v1.LeavingReplica[];

                /**
                 * Encodes the specified LeaveIsrRequest message. Does not implicitly {@link lograft.controller.v1.LeaveIsrRequest.verify|verify} messages.
                 * @param message LeaveIsrRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.ILeaveIsrRequest, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a LeaveIsrRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns LeaveIsrRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.LeaveIsrRequest;
            }

            /** Properties of a LeavingReplica. */
            interface ILeavingReplica {

                /** A uuid. */
                topicId?: (Uint8Array|undefined);

                /** LeavingReplica partition */
                partition?: (number|undefined);

                /** The newest one in which it may have fetched, or led. */
                leaderEpoch?: (number|undefined);

                /** LeavingReplica reason */
                reason?: (lograft.controller.v1.LeaveReason|undefined);
            }

            /** Represents a LeavingReplica. */
            class LeavingReplica implements ILeavingReplica {

                /**
                 * Constructs a new LeavingReplica.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.ILeavingReplica);

                /** A uuid. */
                public topicId: Uint8Array;

                /** LeavingReplica partition. */
                public partition: number;

                /** The newest one in which it may have fetched, or led. */
                public leaderEpoch: number;

                /** LeavingReplica reason. */
                public reason: lograft.controller.v1.LeaveReason;

                /**
                 * Encodes the specified LeavingReplica message. Does not implicitly {@link lograft.controller.v1.LeavingReplica.verify|verify} messages.
                 * @param message LeavingReplica message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.ILeavingReplica, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a LeavingReplica message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns LeavingReplica
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.LeavingReplica;
            }

            /** LeaveReason enum. */
            enum LeaveReason {
                LEAVE_REASON_UNSPECIFIED = 0,
                CORRUPT_SEGMENT = 1,
                FULL_DISK = 2,
                FAILING_DIRECTORY = 3,
                RECORDS_LOST = 4
            }

            /** Properties of a LeaveIsrReply. */
            interface ILeaveIsrReply {

                /** LeaveIsrReply metadataOffset */
                metadataOffset?: (number|undefined);

                /** LeaveIsrReply partitions */
                partitions?: (lograft.controller.v1.ILeftPartition[]|undefined);
            }

            /** Represents a LeaveIsrReply. */
            class LeaveIsrReply implements ILeaveIsrReply {

                /**
                 * Constructs a new LeaveIsrReply.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.ILeaveIsrReply);

                /** LeaveIsrReply metadataOffset. */
                public metadataOffset: number;

                /** LeaveIsrReply partitions. */
                public partitions: lograft.controller.v1.LeftPartition[];

                /**
                 * Encodes the specified LeaveIsrReply message. Does not implicitly {@link lograft.controller.v1.LeaveIsrReply.verify|verify} messages.
                 * @param message LeaveIsrReply message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.ILeaveIsrReply, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a LeaveIsrReply message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns LeaveIsrReply
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.LeaveIsrReply;
            }

            /** Properties of a LeftPartition. */
            interface ILeftPartition {

                /** A uuid. */
                topicId?: (Uint8Array|undefined);

                /** LeftPartition partition */
                partition?: (number|undefined);

                /** 0: it holds what is below; else why nothing was changed. */
                errorCode?: (number|undefined);

                /** LeftPartition errorMessage */
                errorMessage?: (string|null|undefined);

                /** It is neither in sync nor eligible any more; false where nobody else could lead. */
                hasLeft?: (boolean|undefined);
            }

            /** Represents a LeftPartition. */
            class LeftPartition implements ILeftPartition {

                /**
                 * Constructs a new LeftPartition.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.ILeftPartition);

                /** A uuid. */
                public topicId: Uint8Array;

                /** LeftPartition partition. */
                public partition: number;

                /** 0: it holds what is below; else why nothing was changed. */
                public errorCode: number;

                /** LeftPartition errorMessage. */
                public errorMessage: (string|null);

                /** It is neither in sync nor eligible any more; false where nobody else could lead. */
                public hasLeft: boolean;

                /**
                 * Encodes the specified LeftPartition message. Does not implicitly {@link lograft.controller.v1.LeftPartition.verify|verify} messages.
                 * @param message LeftPartition message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.ILeftPartition, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a LeftPartition message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns LeftPartition
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.LeftPartition;
            }

            /** Properties of a LogEndsRequest. */
            interface ILogEndsRequest {

                /** LogEndsRequest nodeId */
                nodeId?: (number|undefined);

                /** LogEndsRequest brokerEpoch */
                brokerEpoch?: (number|undefined);

                /** LogEndsRequest partitions */
                partitions?: (lograft.controller.v1.ILogEnd[]|undefined);
            }

            /** Represents a LogEndsRequest. */
            class LogEndsRequest implements ILogEndsRequest {

                /**
                 * Constructs a new LogEndsRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.ILogEndsRequest);

                /** LogEndsRequest nodeId. */
                public nodeId: number;

                /** LogEndsRequest brokerEpoch. */
                public brokerEpoch: number;

                /** LogEndsRequest partitions. */
                public partitions: lograft.controller.v1.LogEnd[];

                /**
                 * Encodes the specified LogEndsRequest message. Does not implicitly {@link lograft.controller.v1.LogEndsRequest.verify|verify} messages.
                 * @param message LogEndsRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.ILogEndsRequest, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a LogEndsRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns LogEndsRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.LogEndsRequest;
            }

            /** Properties of a LogEnd. */
            interface ILogEnd {

                /** A uuid. */
                topicId?: (Uint8Array|undefined);

                /** LogEnd partition */
                partition?: (number|undefined);

                /** The state of the partition in which it was looked at. */
                partitionEpoch?: (number|undefined);

                /** Of the last record; absent when there is none. */
                lastEpoch?: (number|null|undefined);

                /** LogEnd logEndOffset */
                logEndOffset?: (number|undefined);
            }

            /** Represents a LogEnd. */
            class LogEnd implements ILogEnd {

                /**
                 * Constructs a new LogEnd.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.controller.v1.ILogEnd);

                /** A uuid. */
                public topicId: Uint8Array;

                /** LogEnd partition. */
                public partition: number;

                /** The state of the partition in which it was looked at. */
                public partitionEpoch: number;

                /** Of the last record; absent when there is none. */
                public lastEpoch: (number|null);

                /** LogEnd logEndOffset. */
                public logEndOffset: number;

                /**
                 * Encodes the specified LogEnd message. Does not implicitly {@link lograft.controller.v1.LogEnd.verify|verify} messages.
                 * @param message LogEnd message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.controller.v1.ILogEnd, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a LogEnd message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns LogEnd
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.controller.v1.LogEnd;
            }
        }
    }
}
