import * as $protobuf from "protobufjs";
/** Namespace lograft. */
export namespace lograft {

    /** Namespace raft. */
    namespace raft {

        /** Namespace v1. */
        namespace v1 {

            /** Properties of a Replica. */
            interface IReplica {

                /** Replica nodeId */
                nodeId?: (number|undefined);

                /** A uuid. */
                directoryId?: (Uint8Array|undefined);
            }

            /** A node on a disk. */
            class Replica implements IReplica {

                /**
                 * Constructs a new Replica.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.raft.v1.IReplica);

                /** Replica nodeId. */
                public nodeId: number;

                /** A uuid. */
                public directoryId: Uint8Array;

                /**
                 * Encodes the specified Replica message. Does not implicitly {@link lograft.raft.v1.Replica.verify|verify} messages.
                 * @param message Replica message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.raft.v1.IReplica, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Replica message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns Replica
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.raft.v1.Replica;
            }

            /** Properties of a Hello. */
            interface IHello {

                /** Empty before the cluster is founded; two that are not empty must be equal. */
                clusterId?: (string|undefined);

                /** Hello from */
                from?: (lograft.raft.v1.IReplica|undefined);

                /** Hello to */
                to?: (lograft.raft.v1.IReplica|undefined);

                /** A uuid; another one for every process. */
                incarnationId?: (Uint8Array|undefined);

                /** Where the caller's own gRPC listener is reached. */
                host?: (string|undefined);

                /** Hello port */
                port?: (number|undefined);

                /** The versions of this protocol that the caller speaks; the highest that both speak is used. */
                protocolMin?: (number|undefined);

                /** Hello protocolMax */
                protocolMax?: (number|undefined);
            }

            /** Who calls, and whom it means. */
            class Hello implements IHello {

                /**
                 * Constructs a new Hello.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.raft.v1.IHello);

                /** Empty before the cluster is founded; two that are not empty must be equal. */
                public clusterId: string;

                /** Hello from. */
                public from: lograft.raft.v1.Replica;

                /** Hello to. */
                public to: lograft.raft.v1.Replica;

                /** A uuid; another one for every process. */
                public incarnationId: Uint8Array;

                /** Where the caller's own gRPC listener is reached. */
                public host: string;

                /** Hello port. */
                public port: number;

                /** The versions of this protocol that the caller speaks; the highest that both speak is used. */
                public protocolMin: number;

                /** Hello protocolMax. */
                public protocolMax: number;

                /**
                 * Encodes the specified Hello message. Does not implicitly {@link lograft.raft.v1.Hello.verify|verify} messages.
                 * @param message Hello message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.raft.v1.IHello, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Hello message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns Hello
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.raft.v1.Hello;
            }

            /** Properties of a HelloAccepted. */
            interface IHelloAccepted {

                /** The version that is used. */
                protocol?: (number|undefined);

                /** A uuid; of the process that answers. */
                incarnationId?: (Uint8Array|undefined);
            }

            /** Represents a HelloAccepted. */
            class HelloAccepted implements IHelloAccepted {

                /**
                 * Constructs a new HelloAccepted.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.raft.v1.IHelloAccepted);

                /** The version that is used. */
                public protocol: number;

                /** A uuid; of the process that answers. */
                public incarnationId: Uint8Array;

                /**
                 * Encodes the specified HelloAccepted message. Does not implicitly {@link lograft.raft.v1.HelloAccepted.verify|verify} messages.
                 * @param message HelloAccepted message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.raft.v1.IHelloAccepted, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a HelloAccepted message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns HelloAccepted
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.raft.v1.HelloAccepted;
            }

            /** Properties of an ExchangeRequest. */
            interface IExchangeRequest {

                /** First, and only then. */
                hello?: (lograft.raft.v1.IHello|null|undefined);

                /** ExchangeRequest messages */
                messages?: (lograft.raft.v1.IFrame|null|undefined);
            }

            /** Represents an ExchangeRequest. */
            class ExchangeRequest implements IExchangeRequest {

                /**
                 * Constructs a new ExchangeRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.raft.v1.IExchangeRequest);

                /** First, and only then. */
                public hello: (lograft.raft.v1.Hello|null);

                /** ExchangeRequest messages. */
                public messages: (lograft.raft.v1.Frame|null);

                /** ExchangeRequest frame. */
                public frame?: ("hello"|"messages");

                /**
                 * Encodes the specified ExchangeRequest message. Does not implicitly {@link lograft.raft.v1.ExchangeRequest.verify|verify} messages.
                 * @param message ExchangeRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.raft.v1.IExchangeRequest, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an ExchangeRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ExchangeRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.raft.v1.ExchangeRequest;
            }

            /** Properties of an ExchangeResponse. */
            interface IExchangeResponse {

                /** ExchangeResponse accepted */
                accepted?: (lograft.raft.v1.IHelloAccepted|undefined);
            }

            /** Represents an ExchangeResponse. */
            class ExchangeResponse implements IExchangeResponse {

                /**
                 * Constructs a new ExchangeResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.raft.v1.IExchangeResponse);

                /** ExchangeResponse accepted. */
                public accepted: lograft.raft.v1.HelloAccepted;

                /**
                 * Encodes the specified ExchangeResponse message. Does not implicitly {@link lograft.raft.v1.ExchangeResponse.verify|verify} messages.
                 * @param message ExchangeResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.raft.v1.IExchangeResponse, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an ExchangeResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ExchangeResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.raft.v1.ExchangeResponse;
            }

            /** Properties of a Frame. */
            interface IFrame {

                /** CRC-32C of `messages`. */
                crc32c?: (number|undefined);

                /** A MessageList, serialised. */
                messages?: (Uint8Array|undefined);
            }

            /** Messages in their order. TCP's checksum is weak, and what arrives here is written to a log. */
            class Frame implements IFrame {

                /**
                 * Constructs a new Frame.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.raft.v1.IFrame);

                /** CRC-32C of `messages`. */
                public crc32c: number;

                /** A MessageList, serialised. */
                public messages: Uint8Array;

                /**
                 * Encodes the specified Frame message. Does not implicitly {@link lograft.raft.v1.Frame.verify|verify} messages.
                 * @param message Frame message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.raft.v1.IFrame, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Frame message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns Frame
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.raft.v1.Frame;
            }

            /** Properties of a MessageList. */
            interface IMessageList {

                /** MessageList messages */
                messages?: (lograft.raft.v1.IMessage[]|undefined);
            }

            /** Represents a MessageList. */
            class MessageList implements IMessageList {

                /**
                 * Constructs a new MessageList.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.raft.v1.IMessageList);

                /** MessageList messages. */
                public messages: lograft.raft.v1.Message[];

                /**
                 * Encodes the specified MessageList message. Does not implicitly {@link lograft.raft.v1.MessageList.verify|verify} messages.
                 * @param message MessageList message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.raft.v1.IMessageList, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a MessageList message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns MessageList
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.raft.v1.MessageList;
            }

            /** Properties of a Message. */
            interface IMessage {

                /** The sender's; a pre-vote, and its grant, carry the term that would be campaigned in. */
                term?: (number|undefined);

                /** Message preVote */
                preVote?: (lograft.raft.v1.ICandidacy|null|undefined);

                /** Message preVoteResponse */
                preVoteResponse?: (lograft.raft.v1.IBallot|null|undefined);

                /** Message vote */
                vote?: (lograft.raft.v1.ICandidacy|null|undefined);

                /** Message voteResponse */
                voteResponse?: (lograft.raft.v1.IBallot|null|undefined);

                /** Message append */
                append?: (lograft.raft.v1.IAppend|null|undefined);

                /** Message appendResponse */
                appendResponse?: (lograft.raft.v1.IAppendResponse|null|undefined);

                /** Message appendRejection */
                appendRejection?: (lograft.raft.v1.IAppendRejection|null|undefined);

                /** Message heartbeat */
                heartbeat?: (lograft.raft.v1.IHeartbeat|null|undefined);

                /** Message heartbeatResponse */
                heartbeatResponse?: (lograft.raft.v1.IHeartbeatResponse|null|undefined);

                /** Message snapshot */
                snapshot?: (lograft.raft.v1.ISnapshot|null|undefined);

                /** Message timeoutNow */
                timeoutNow?: (lograft.raft.v1.ITimeoutNow|null|undefined);

                /** Message resignation */
                resignation?: (lograft.raft.v1.IResignation|null|undefined);
            }

            /** From the stream's `from` to its `to`. */
            class Message implements IMessage {

                /**
                 * Constructs a new Message.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.raft.v1.IMessage);

                /** The sender's; a pre-vote, and its grant, carry the term that would be campaigned in. */
                public term: number;

                /** Message preVote. */
                public preVote: (lograft.raft.v1.Candidacy|null);

                /** Message preVoteResponse. */
                public preVoteResponse: (lograft.raft.v1.Ballot|null);

                /** Message vote. */
                public vote: (lograft.raft.v1.Candidacy|null);

                /** Message voteResponse. */
                public voteResponse: (lograft.raft.v1.Ballot|null);

                /** Message append. */
                public append: (lograft.raft.v1.Append|null);

                /** Message appendResponse. */
                public appendResponse: (lograft.raft.v1.AppendResponse|null);

                /** Message appendRejection. */
                public appendRejection: (lograft.raft.v1.AppendRejection|null);

                /** Message heartbeat. */
                public heartbeat: (lograft.raft.v1.Heartbeat|null);

                /** Message heartbeatResponse. */
                public heartbeatResponse: (lograft.raft.v1.HeartbeatResponse|null);

                /** Message snapshot. */
                public snapshot: (lograft.raft.v1.Snapshot|null);

                /** Message timeoutNow. */
                public timeoutNow: (lograft.raft.v1.TimeoutNow|null);

                /** Message resignation. */
                public resignation: (lograft.raft.v1.Resignation|null);

                /** Message content. */
                public content?: ("preVote"|"preVoteResponse"|"vote"|"voteResponse"|"append"|"appendResponse"|"appendRejection"|"heartbeat"|"heartbeatResponse"|"snapshot"|"timeoutNow"|"resignation");

                /**
                 * Encodes the specified Message message. Does not implicitly {@link lograft.raft.v1.Message.verify|verify} messages.
                 * @param message Message message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.raft.v1.IMessage, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Message message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns Message
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.raft.v1.Message;
            }

            /** Properties of a Candidacy. */
            interface ICandidacy {

                /** Candidacy lastIndex */
                lastIndex?: (number|undefined);

                /** Candidacy lastTerm */
                lastTerm?: (number|undefined);

                /** The leader itself asked for this election. Never in a pre-vote. */
                isTransfer?: (boolean|undefined);
            }

            /** The end of the candidate's log. */
            class Candidacy implements ICandidacy {

                /**
                 * Constructs a new Candidacy.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.raft.v1.ICandidacy);

                /** Candidacy lastIndex. */
                public lastIndex: number;

                /** Candidacy lastTerm. */
                public lastTerm: number;

                /** The leader itself asked for this election. Never in a pre-vote. */
                public isTransfer: boolean;

                /**
                 * Encodes the specified Candidacy message. Does not implicitly {@link lograft.raft.v1.Candidacy.verify|verify} messages.
                 * @param message Candidacy message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.raft.v1.ICandidacy, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Candidacy message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns Candidacy
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.raft.v1.Candidacy;
            }

            /** Properties of a Ballot. */
            interface IBallot {

                /** Ballot granted */
                granted?: (boolean|undefined);
            }

            /** Represents a Ballot. */
            class Ballot implements IBallot {

                /**
                 * Constructs a new Ballot.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.raft.v1.IBallot);

                /** Ballot granted. */
                public granted: boolean;

                /**
                 * Encodes the specified Ballot message. Does not implicitly {@link lograft.raft.v1.Ballot.verify|verify} messages.
                 * @param message Ballot message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.raft.v1.IBallot, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Ballot message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns Ballot
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.raft.v1.Ballot;
            }

            /** Properties of an Append. */
            interface IAppend {

                /** Changes whenever the leader forgets what the receiver has; answers repeat it. */
                session?: (number|undefined);

                /** Append previousIndex */
                previousIndex?: (number|undefined);

                /** Append previousTerm */
                previousTerm?: (number|undefined);

                /** The first has index previous_index + 1, and there is no gap. */
                entries?: (lograft.raft.v1.IEntry[]|undefined);

                /** Append commit */
                commit?: (number|undefined);
            }

            /** Represents an Append. */
            class Append implements IAppend {

                /**
                 * Constructs a new Append.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.raft.v1.IAppend);

                /** Changes whenever the leader forgets what the receiver has; answers repeat it. */
                public session: number;

                /** Append previousIndex. */
                public previousIndex: number;

                /** Append previousTerm. */
                public previousTerm: number;

                /** The first has index previous_index + 1, and there is no gap. */
                public entries: lograft.raft.v1.Entry[];

                /** Append commit. */
                public commit: number;

                /**
                 * Encodes the specified Append message. Does not implicitly {@link lograft.raft.v1.Append.verify|verify} messages.
                 * @param message Append message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.raft.v1.IAppend, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Append message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns Append
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.raft.v1.Append;
            }

            /** Properties of an Entry. */
            interface IEntry {

                /** Entry term */
                term?: (number|undefined);

                /** Entry data */
                data?: (Uint8Array|null|undefined);

                /** Entry noop */
                noop?: (lograft.raft.v1.INoop|null|undefined);

                /** Entry configuration */
                configuration?: (lograft.raft.v1.IConfiguration|null|undefined);
            }

            /** Represents an Entry. */
            class Entry implements IEntry {

                /**
                 * Constructs a new Entry.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.raft.v1.IEntry);

                /** Entry term. */
                public term: number;

                /** Entry data. */
                public data: (Uint8Array|null);

                /** Entry noop. */
                public noop: (lograft.raft.v1.Noop|null);

                /** Entry configuration. */
                public configuration: (lograft.raft.v1.Configuration|null);

                /** Entry payload. */
                public payload?: ("data"|"noop"|"configuration");

                /**
                 * Encodes the specified Entry message. Does not implicitly {@link lograft.raft.v1.Entry.verify|verify} messages.
                 * @param message Entry message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.raft.v1.IEntry, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Entry message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns Entry
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.raft.v1.Entry;
            }

            /** Properties of a Noop. */
            interface INoop {
            }

            /** What a leader appends first. */
            class Noop implements INoop {

                /**
                 * Constructs a new Noop.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.raft.v1.INoop);

                /**
                 * Encodes the specified Noop message. Does not implicitly {@link lograft.raft.v1.Noop.verify|verify} messages.
                 * @param message Noop message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.raft.v1.INoop, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Noop message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns Noop
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.raft.v1.Noop;
            }

            /** Properties of a Configuration. */
            interface IConfiguration {

                /** Configuration voters */
                voters?: (lograft.raft.v1.IReplica[]|undefined);

                /** Those before the change that is under way. */
                outgoing?: (lograft.raft.v1.IReplica[]|undefined);

                /** Configuration learners */
                learners?: (lograft.raft.v1.IReplica[]|undefined);
            }

            /** Who votes. Two sets must agree while they change. */
            class Configuration implements IConfiguration {

                /**
                 * Constructs a new Configuration.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.raft.v1.IConfiguration);

                /** Configuration voters. */
                public voters: lograft.raft.v1.Replica[];

                /** Those before the change that is under way. */
                public outgoing: lograft.raft.v1.Replica[];

                /** Configuration learners. */
                public learners: lograft.raft.v1.Replica[];

                /**
                 * Encodes the specified Configuration message. Does not implicitly {@link lograft.raft.v1.Configuration.verify|verify} messages.
                 * @param message Configuration message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.raft.v1.IConfiguration, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Configuration message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns Configuration
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.raft.v1.Configuration;
            }

            /** Properties of an AppendResponse. */
            interface IAppendResponse {

                /** AppendResponse session */
                session?: (number|undefined);

                /** AppendResponse index */
                index?: (number|undefined);
            }

            /** The receiver's log equals the leader's up to `index`, durably. */
            class AppendResponse implements IAppendResponse {

                /**
                 * Constructs a new AppendResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.raft.v1.IAppendResponse);

                /** AppendResponse session. */
                public session: number;

                /** AppendResponse index. */
                public index: number;

                /**
                 * Encodes the specified AppendResponse message. Does not implicitly {@link lograft.raft.v1.AppendResponse.verify|verify} messages.
                 * @param message AppendResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.raft.v1.IAppendResponse, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an AppendResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns AppendResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.raft.v1.AppendResponse;
            }

            /** Properties of an AppendRejection. */
            interface IAppendRejection {

                /** AppendRejection session */
                session?: (number|undefined);

                /** The append's. */
                previousIndex?: (number|undefined);

                /** The receiver's log agrees at this index at the latest: its term there is hint_term. */
                hintIndex?: (number|undefined);

                /** AppendRejection hintTerm */
                hintTerm?: (number|undefined);
            }

            /** Represents an AppendRejection. */
            class AppendRejection implements IAppendRejection {

                /**
                 * Constructs a new AppendRejection.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.raft.v1.IAppendRejection);

                /** AppendRejection session. */
                public session: number;

                /** The append's. */
                public previousIndex: number;

                /** The receiver's log agrees at this index at the latest: its term there is hint_term. */
                public hintIndex: number;

                /** AppendRejection hintTerm. */
                public hintTerm: number;

                /**
                 * Encodes the specified AppendRejection message. Does not implicitly {@link lograft.raft.v1.AppendRejection.verify|verify} messages.
                 * @param message AppendRejection message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.raft.v1.IAppendRejection, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an AppendRejection message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns AppendRejection
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.raft.v1.AppendRejection;
            }

            /** Properties of a Heartbeat. */
            interface IHeartbeat {

                /** Heartbeat session */
                session?: (number|undefined);

                /** Never above what the receiver is known to have. */
                commit?: (number|undefined);

                /** The newest read that waits for a quorum; 0 for none. */
                read?: (number|undefined);
            }

            /** Represents a Heartbeat. */
            class Heartbeat implements IHeartbeat {

                /**
                 * Constructs a new Heartbeat.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.raft.v1.IHeartbeat);

                /** Heartbeat session. */
                public session: number;

                /** Never above what the receiver is known to have. */
                public commit: number;

                /** The newest read that waits for a quorum; 0 for none. */
                public read: number;

                /**
                 * Encodes the specified Heartbeat message. Does not implicitly {@link lograft.raft.v1.Heartbeat.verify|verify} messages.
                 * @param message Heartbeat message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.raft.v1.IHeartbeat, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Heartbeat message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns Heartbeat
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.raft.v1.Heartbeat;
            }

            /** Properties of a HeartbeatResponse. */
            interface IHeartbeatResponse {

                /** HeartbeatResponse session */
                session?: (number|undefined);

                /** HeartbeatResponse read */
                read?: (number|undefined);

                /** Up to here the receiver has compared its log with this leader's. */
                matched?: (number|undefined);
            }

            /** Represents a HeartbeatResponse. */
            class HeartbeatResponse implements IHeartbeatResponse {

                /**
                 * Constructs a new HeartbeatResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.raft.v1.IHeartbeatResponse);

                /** HeartbeatResponse session. */
                public session: number;

                /** HeartbeatResponse read. */
                public read: number;

                /** Up to here the receiver has compared its log with this leader's. */
                public matched: number;

                /**
                 * Encodes the specified HeartbeatResponse message. Does not implicitly {@link lograft.raft.v1.HeartbeatResponse.verify|verify} messages.
                 * @param message HeartbeatResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.raft.v1.IHeartbeatResponse, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a HeartbeatResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns HeartbeatResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.raft.v1.HeartbeatResponse;
            }

            /** Properties of a Snapshot. */
            interface ISnapshot {

                /** Snapshot session */
                session?: (number|undefined);

                /** Snapshot index */
                index?: (number|undefined);

                /** Snapshot term */
                term?: (number|undefined);

                /** In force at `index`. */
                configuration?: (lograft.raft.v1.IConfiguration|undefined);
            }

            /** A snapshot that was sent before, by SendSnapshot: everything up to `index` is in it. */
            class Snapshot implements ISnapshot {

                /**
                 * Constructs a new Snapshot.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.raft.v1.ISnapshot);

                /** Snapshot session. */
                public session: number;

                /** Snapshot index. */
                public index: number;

                /** Snapshot term. */
                public term: number;

                /** In force at `index`. */
                public configuration: lograft.raft.v1.Configuration;

                /**
                 * Encodes the specified Snapshot message. Does not implicitly {@link lograft.raft.v1.Snapshot.verify|verify} messages.
                 * @param message Snapshot message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.raft.v1.ISnapshot, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Snapshot message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns Snapshot
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.raft.v1.Snapshot;
            }

            /** Properties of a TimeoutNow. */
            interface ITimeoutNow {
            }

            /** Campaign at once. */
            class TimeoutNow implements ITimeoutNow {

                /**
                 * Constructs a new TimeoutNow.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.raft.v1.ITimeoutNow);

                /**
                 * Encodes the specified TimeoutNow message. Does not implicitly {@link lograft.raft.v1.TimeoutNow.verify|verify} messages.
                 * @param message TimeoutNow message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.raft.v1.ITimeoutNow, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a TimeoutNow message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns TimeoutNow
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.raft.v1.TimeoutNow;
            }

            /** Properties of a Resignation. */
            interface IResignation {

                /** Resignation successors */
                successors?: (lograft.raft.v1.IReplica[]|undefined);
            }

            /** The leader gives up; who is to follow it, the best first. */
            class Resignation implements IResignation {

                /**
                 * Constructs a new Resignation.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.raft.v1.IResignation);

                /** Resignation successors. */
                public successors: lograft.raft.v1.Replica[];

                /**
                 * Encodes the specified Resignation message. Does not implicitly {@link lograft.raft.v1.Resignation.verify|verify} messages.
                 * @param message Resignation message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.raft.v1.IResignation, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Resignation message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns Resignation
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.raft.v1.Resignation;
            }

            /** Properties of a SendSnapshotRequest. */
            interface ISendSnapshotRequest {

                /** First, and only then. */
                header?: (lograft.raft.v1.ISnapshotHeader|null|undefined);

                /** SendSnapshotRequest part */
                part?: (lograft.raft.v1.ISnapshotPart|null|undefined);
            }

            /** Represents a SendSnapshotRequest. */
            class SendSnapshotRequest implements ISendSnapshotRequest {

                /**
                 * Constructs a new SendSnapshotRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.raft.v1.ISendSnapshotRequest);

                /** First, and only then. */
                public header: (lograft.raft.v1.SnapshotHeader|null);

                /** SendSnapshotRequest part. */
                public part: (lograft.raft.v1.SnapshotPart|null);

                /** SendSnapshotRequest frame. */
                public frame?: ("header"|"part");

                /**
                 * Encodes the specified SendSnapshotRequest message. Does not implicitly {@link lograft.raft.v1.SendSnapshotRequest.verify|verify} messages.
                 * @param message SendSnapshotRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.raft.v1.ISendSnapshotRequest, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SendSnapshotRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns SendSnapshotRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.raft.v1.SendSnapshotRequest;
            }

            /** Properties of a SnapshotHeader. */
            interface ISnapshotHeader {

                /** SnapshotHeader hello */
                hello?: (lograft.raft.v1.IHello|undefined);

                /** The first offset that is not contained. */
                endOffset?: (number|undefined);

                /** Of the entry before it. */
                epoch?: (number|undefined);

                /** SnapshotHeader sizeBytes */
                sizeBytes?: (number|undefined);
            }

            /** Represents a SnapshotHeader. */
            class SnapshotHeader implements ISnapshotHeader {

                /**
                 * Constructs a new SnapshotHeader.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.raft.v1.ISnapshotHeader);

                /** SnapshotHeader hello. */
                public hello: lograft.raft.v1.Hello;

                /** The first offset that is not contained. */
                public endOffset: number;

                /** Of the entry before it. */
                public epoch: number;

                /** SnapshotHeader sizeBytes. */
                public sizeBytes: number;

                /**
                 * Encodes the specified SnapshotHeader message. Does not implicitly {@link lograft.raft.v1.SnapshotHeader.verify|verify} messages.
                 * @param message SnapshotHeader message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.raft.v1.ISnapshotHeader, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SnapshotHeader message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns SnapshotHeader
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.raft.v1.SnapshotHeader;
            }

            /** Properties of a SnapshotPart. */
            interface ISnapshotPart {

                /** Of the first byte, in the whole snapshot. */
                offset?: (number|undefined);

                /** Of `bytes`. */
                crc32c?: (number|undefined);

                /** SnapshotPart bytes */
                bytes?: (Uint8Array|undefined);
            }

            /** At most 1 MiB, in order and without a gap. */
            class SnapshotPart implements ISnapshotPart {

                /**
                 * Constructs a new SnapshotPart.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.raft.v1.ISnapshotPart);

                /** Of the first byte, in the whole snapshot. */
                public offset: number;

                /** Of `bytes`. */
                public crc32c: number;

                /** SnapshotPart bytes. */
                public bytes: Uint8Array;

                /**
                 * Encodes the specified SnapshotPart message. Does not implicitly {@link lograft.raft.v1.SnapshotPart.verify|verify} messages.
                 * @param message SnapshotPart message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.raft.v1.ISnapshotPart, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SnapshotPart message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns SnapshotPart
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.raft.v1.SnapshotPart;
            }

            /** Properties of a SendSnapshotResponse. */
            interface ISendSnapshotResponse {

                /** The offset of the first part that is wanted. */
                beginAt?: (number|null|undefined);

                /** Everything is checked and durable. */
                taken?: (lograft.raft.v1.ISnapshotTaken|null|undefined);
            }

            /** Represents a SendSnapshotResponse. */
            class SendSnapshotResponse implements ISendSnapshotResponse {

                /**
                 * Constructs a new SendSnapshotResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.raft.v1.ISendSnapshotResponse);

                /** The offset of the first part that is wanted. */
                public beginAt: (number|null);

                /** Everything is checked and durable. */
                public taken: (lograft.raft.v1.SnapshotTaken|null);

                /** SendSnapshotResponse frame. */
                public frame?: ("beginAt"|"taken");

                /**
                 * Encodes the specified SendSnapshotResponse message. Does not implicitly {@link lograft.raft.v1.SendSnapshotResponse.verify|verify} messages.
                 * @param message SendSnapshotResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.raft.v1.ISendSnapshotResponse, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SendSnapshotResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns SendSnapshotResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.raft.v1.SendSnapshotResponse;
            }

            /** Properties of a SnapshotTaken. */
            interface ISnapshotTaken {
            }

            /** Represents a SnapshotTaken. */
            class SnapshotTaken implements ISnapshotTaken {

                /**
                 * Constructs a new SnapshotTaken.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.raft.v1.ISnapshotTaken);

                /**
                 * Encodes the specified SnapshotTaken message. Does not implicitly {@link lograft.raft.v1.SnapshotTaken.verify|verify} messages.
                 * @param message SnapshotTaken message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.raft.v1.ISnapshotTaken, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SnapshotTaken message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns SnapshotTaken
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.raft.v1.SnapshotTaken;
            }

            /** Properties of an IntroduceRequest. */
            interface IIntroduceRequest {

                /** IntroduceRequest introduction */
                introduction?: (lograft.raft.v1.IIntroduction|undefined);

                /** Asks the other end to be bound to these founders. */
                proposed?: (lograft.raft.v1.IReplicas|undefined);
            }

            /** Represents an IntroduceRequest. */
            class IntroduceRequest implements IIntroduceRequest {

                /**
                 * Constructs a new IntroduceRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.raft.v1.IIntroduceRequest);

                /** IntroduceRequest introduction. */
                public introduction: lograft.raft.v1.Introduction;

                /** Asks the other end to be bound to these founders. */
                public proposed: lograft.raft.v1.Replicas;

                /**
                 * Encodes the specified IntroduceRequest message. Does not implicitly {@link lograft.raft.v1.IntroduceRequest.verify|verify} messages.
                 * @param message IntroduceRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.raft.v1.IIntroduceRequest, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an IntroduceRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns IntroduceRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.raft.v1.IntroduceRequest;
            }

            /** Properties of an IntroduceResponse. */
            interface IIntroduceResponse {

                /** IntroduceResponse introduction */
                introduction?: (lograft.raft.v1.IIntroduction|undefined);
            }

            /** Represents an IntroduceResponse. */
            class IntroduceResponse implements IIntroduceResponse {

                /**
                 * Constructs a new IntroduceResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.raft.v1.IIntroduceResponse);

                /** IntroduceResponse introduction. */
                public introduction: lograft.raft.v1.Introduction;

                /**
                 * Encodes the specified IntroduceResponse message. Does not implicitly {@link lograft.raft.v1.IntroduceResponse.verify|verify} messages.
                 * @param message IntroduceResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.raft.v1.IIntroduceResponse, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an IntroduceResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns IntroduceResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.raft.v1.IntroduceResponse;
            }

            /** Properties of an Introduction. */
            interface IIntroduction {

                /** Introduction replica */
                replica?: (lograft.raft.v1.IReplica|undefined);

                /** A uuid; another one for every process. */
                incarnationId?: (Uint8Array|undefined);

                /** Absent before the first committed record named it. */
                clusterId?: (string|null|undefined);

                /** Whom this node is bound, durably, to found the quorum with. Absent: its directory is empty. */
                founders?: (lograft.raft.v1.IReplicas|undefined);

                /** It knows that all founders are bound. */
                founded?: (boolean|undefined);
            }

            /** What a node says of itself. */
            class Introduction implements IIntroduction {

                /**
                 * Constructs a new Introduction.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.raft.v1.IIntroduction);

                /** Introduction replica. */
                public replica: lograft.raft.v1.Replica;

                /** A uuid; another one for every process. */
                public incarnationId: Uint8Array;

                /** Absent before the first committed record named it. */
                public clusterId: (string|null);

                /** Whom this node is bound, durably, to found the quorum with. Absent: its directory is empty. */
                public founders: lograft.raft.v1.Replicas;

                /** It knows that all founders are bound. */
                public founded: boolean;

                /**
                 * Encodes the specified Introduction message. Does not implicitly {@link lograft.raft.v1.Introduction.verify|verify} messages.
                 * @param message Introduction message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.raft.v1.IIntroduction, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Introduction message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns Introduction
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.raft.v1.Introduction;
            }

            /** Properties of a Replicas. */
            interface IReplicas {

                /** Replicas replicas */
                replicas?: (lograft.raft.v1.IReplica[]|undefined);
            }

            /** A list whose absence differs from its being empty. */
            class Replicas implements IReplicas {

                /**
                 * Constructs a new Replicas.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: lograft.raft.v1.IReplicas);

                /** Replicas replicas. */
                public replicas: lograft.raft.v1.Replica[];

                /**
                 * Encodes the specified Replicas message. Does not implicitly {@link lograft.raft.v1.Replicas.verify|verify} messages.
                 * @param message Replicas message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: lograft.raft.v1.IReplicas, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Replicas message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns Replicas
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lograft.raft.v1.Replicas;
            }
        }
    }
}
