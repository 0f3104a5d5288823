import * as $protobuf from "protobufjs";
/** Namespace grpc. */
export namespace grpc {

    /** Namespace reflection. */
    namespace reflection {

        /** Namespace v1. */
        namespace v1 {

            /** Properties of a ServerReflectionRequest. */
            interface IServerReflectionRequest {

                /** The name of the host that is meant; whatever it is, this server answers for itself. */
                host?: (string|undefined);

                /** A file, by its path: `lograft/admin/v1/quorum.proto`. */
                fileByFilename?: (string|null|undefined);

                /** The file that declares a name: `package.Service`, `package.Service.Method`, `package.Message`. */
                fileContainingSymbol?: (string|null|undefined);

                /** The file that extends a message by a field. There are no extensions. */
                fileContainingExtension?: (grpc.reflection.v1.IExtensionRequest|null|undefined);

                /** The numbers of all extensions of a message. There are none. */
                allExtensionNumbersOfType?: (string|null|undefined);

                /** The names of all services; the value does not matter. */
                listServices?: (string|null|undefined);
            }

            /** Represents a ServerReflectionRequest. */
            class ServerReflectionRequest implements IServerReflectionRequest {

                /**
                 * Constructs a new ServerReflectionRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: grpc.reflection.v1.IServerReflectionRequest);

                /** The name of the host that is meant; whatever it is, this server answers for itself. */
                public host: string;

                /** A file, by its path: `lograft/admin/v1/quorum.proto`. */
                public fileByFilename: (string|null);

                /** The file that declares a name: `package.Service`, `package.Service.Method`, `package.Message`. */
                public fileContainingSymbol: (string|null);

                /** The file that extends a message by a field. There are no extensions. */
                public fileContainingExtension: (grpc.reflection.v1.ExtensionRequest|null);

                /** The numbers of all extensions of a message. There are none. */
                public allExtensionNumbersOfType: (string|null);

                /** The names of all services; the value does not matter. */
                public listServices: (string|null);

                /** ServerReflectionRequest messageRequest. */
                public messageRequest?: ("fileByFilename"|"fileContainingSymbol"|"fileContainingExtension"|"allExtensionNumbersOfType"|"listServices");

                /**
                 * Encodes the specified ServerReflectionRequest message. Does not implicitly {@link grpc.reflection.v1.ServerReflectionRequest.verify|verify} messages.
                 * @param message ServerReflectionRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: grpc.reflection.v1.IServerReflectionRequest, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ServerReflectionRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ServerReflectionRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): grpc.reflection.v1.ServerReflectionRequest;
            }

            /** Properties of an ExtensionRequest. */
            interface IExtensionRequest {

                /** ExtensionRequest containingType */
                containingType?: (string|undefined);

                /** ExtensionRequest extensionNumber */
                extensionNumber?: (number|undefined);
            }

            /** Represents an ExtensionRequest. */
            class ExtensionRequest implements IExtensionRequest {

                /**
                 * Constructs a new ExtensionRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: grpc.reflection.v1.IExtensionRequest);

                /** ExtensionRequest containingType. */
                public containingType: string;

                /** ExtensionRequest extensionNumber. */
                public extensionNumber: number;

                /**
                 * Encodes the specified ExtensionRequest message. Does not implicitly {@link grpc.reflection.v1.ExtensionRequest.verify|verify} messages.
                 * @param message ExtensionRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: grpc.reflection.v1.IExtensionRequest, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an ExtensionRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ExtensionRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): grpc.reflection.v1.ExtensionRequest;
            }

            /** Properties of a ServerReflectionResponse. */
            interface IServerReflectionResponse {

                /** As in the request. */
                validHost?: (string|undefined);

                /** ServerReflectionResponse originalRequest */
                originalRequest?: (grpc.reflection.v1.IServerReflectionRequest|undefined);

                /** ServerReflectionResponse fileDescriptorResponse */
                fileDescriptorResponse?: (grpc.reflection.v1.IFileDescriptorResponse|null|undefined);

                /** ServerReflectionResponse allExtensionNumbersResponse */
                allExtensionNumbersResponse?: (grpc.reflection.v1.IExtensionNumberResponse|null|undefined);

                /** ServerReflectionResponse listServicesResponse */
                listServicesResponse?: (grpc.reflection.v1.IListServiceResponse|null|undefined);

                /** This question has no answer; the stream goes on. */
                errorResponse?: (grpc.reflection.v1.IErrorResponse|null|undefined);
            }

            /** Represents a ServerReflectionResponse. */
            class ServerReflectionResponse implements IServerReflectionResponse {

                /**
                 * Constructs a new ServerReflectionResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: grpc.reflection.v1.IServerReflectionResponse);

                /** As in the request. */
                public validHost: string;

                /** ServerReflectionResponse originalRequest. */
                public originalRequest: grpc.reflection.v1.ServerReflectionRequest;

                /** ServerReflectionResponse fileDescriptorResponse. */
                public fileDescriptorResponse: (grpc.reflection.v1.FileDescriptorResponse|null);

                /** ServerReflectionResponse allExtensionNumbersResponse. */
                public allExtensionNumbersResponse: (grpc.reflection.v1.ExtensionNumberResponse|null);

                /** ServerReflectionResponse listServicesResponse. */
                public listServicesResponse: (grpc.reflection.v1.ListServiceResponse|null);

                /** This question has no answer; the stream goes on. */
                public errorResponse: (grpc.reflection.v1.ErrorResponse|null);

                /** ServerReflectionResponse messageResponse. */
                public messageResponse?: ("fileDescriptorResponse"|"allExtensionNumbersResponse"|"listServicesResponse"|"errorResponse");

                /**
                 * Encodes the specified ServerReflectionResponse message. Does not implicitly {@link grpc.reflection.v1.ServerReflectionResponse.verify|verify} messages.
                 * @param message ServerReflectionResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: grpc.reflection.v1.IServerReflectionResponse, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ServerReflectionResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ServerReflectionResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): grpc.reflection.v1.ServerReflectionResponse;
            }

            /** Properties of a FileDescriptorResponse. */
            interface IFileDescriptorResponse {

                /** Serialized `google.protobuf.FileDescriptorProto` messages: the file, then all that it imports. */
                fileDescriptorProto?: (Uint8Array[]|undefined);
            }

            /** Represents a FileDescriptorResponse. */
            class FileDescriptorResponse implements IFileDescriptorResponse {

                /**
                 * Constructs a new FileDescriptorResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: grpc.reflection.v1.IFileDescriptorResponse);

                /** Serialized `google.protobuf.FileDescriptorProto` messages: the file, then all that it imports. */
                public fileDescriptorProto: Uint8Array[];

                /**
                 * Encodes the specified FileDescriptorResponse message. Does not implicitly {@link grpc.reflection.v1.FileDescriptorResponse.verify|verify} messages.
                 * @param message FileDescriptorResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: grpc.reflection.v1.IFileDescriptorResponse, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a FileDescriptorResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns FileDescriptorResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): grpc.reflection.v1.FileDescriptorResponse;
            }

            /** Properties of an ExtensionNumberResponse. */
            interface IExtensionNumberResponse {

                /** ExtensionNumberResponse baseTypeName */
                baseTypeName?: (string|undefined);

                /** ExtensionNumberResponse extensionNumber */
                extensionNumber?: (number[]|undefined);
            }

            /** Represents an ExtensionNumberResponse. */
            class ExtensionNumberResponse implements IExtensionNumberResponse {

                /**
                 * Constructs a new ExtensionNumberResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: grpc.reflection.v1.IExtensionNumberResponse);

                /** ExtensionNumberResponse baseTypeName. */
                public baseTypeName: string;

                /** ExtensionNumberResponse extensionNumber. */
                public extensionNumber: number[];

                /**
                 * Encodes the specified ExtensionNumberResponse message. Does not implicitly {@link grpc.reflection.v1.ExtensionNumberResponse.verify|verify} messages.
                 * @param message ExtensionNumberResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: grpc.reflection.v1.IExtensionNumberResponse, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an ExtensionNumberResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ExtensionNumberResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): grpc.reflection.v1.ExtensionNumberResponse;
            }

            /** Properties of a ListServiceResponse. */
            interface IListServiceResponse {

                /** ListServiceResponse service */
                service?: (grpc.reflection.v1.IServiceResponse[]|undefined);
            }

            /** Represents a ListServiceResponse. */
            class ListServiceResponse implements IListServiceResponse {

                /**
                 * Constructs a new ListServiceResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: grpc.reflection.v1.IListServiceResponse);

                /** ListServiceResponse service. */
                public service: grpc.reflection.v1.ServiceResponse[];

                /**
                 * Encodes the specified ListServiceResponse message. Does not implicitly {@link grpc.reflection.v1.ListServiceResponse.verify|verify} messages.
                 * @param message ListServiceResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: grpc.reflection.v1.IListServiceResponse, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ListServiceResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ListServiceResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): grpc.reflection.v1.ListServiceResponse;
            }

            /** Properties of a ServiceResponse. */
            interface IServiceResponse {

                /** With its package. */
                name?: (string|undefined);
            }

            /** Represents a ServiceResponse. */
            class ServiceResponse implements IServiceResponse {

                /**
                 * Constructs a new ServiceResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: grpc.reflection.v1.IServiceResponse);

                /** With its package. */
                public name: string;

                /**
                 * Encodes the specified ServiceResponse message. Does not implicitly {@link grpc.reflection.v1.ServiceResponse.verify|verify} messages.
                 * @param message ServiceResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: grpc.reflection.v1.IServiceResponse, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ServiceResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ServiceResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): grpc.reflection.v1.ServiceResponse;
            }

            /** Properties of an ErrorResponse. */
            interface IErrorResponse {

                /** A gRPC status code. */
                errorCode?: (number|undefined);

                /** ErrorResponse errorMessage */
                errorMessage?: (string|undefined);
            }

            /** Represents an ErrorResponse. */
            class ErrorResponse implements IErrorResponse {

                /**
                 * Constructs a new ErrorResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: grpc.reflection.v1.IErrorResponse);

                /** A gRPC status code. */
                public errorCode: number;

                /** ErrorResponse errorMessage. */
                public errorMessage: string;

                /**
                 * Encodes the specified ErrorResponse message. Does not implicitly {@link grpc.reflection.v1.ErrorResponse.verify|verify} messages.
                 * @param message ErrorResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                public static encode(message: grpc.reflection.v1.IErrorResponse, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an ErrorResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns ErrorResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                public static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): grpc.reflection.v1.ErrorResponse;
            }
        }
    }
}
