"""How the programs beside this one tell of errors, and of what became of what was asked for."""

from confluent_kafka import KafkaError, KafkaException

TIMEOUT_S = 30


def error_of(error):
    """Kafka's code of an error; the name of an error of librdkafka's own."""
    if isinstance(error, KafkaException):
        error = error.args[0]
    if not isinstance(error, KafkaError):
        return repr(error)
    return error.code() if error.code() >= 0 else error.name()


def outcome(future, shape=lambda value: None):
    """What a future comes to: an error or the value, in the shape given."""
    try:
        return {"error": None, "value": shape(future.result(TIMEOUT_S))}
    except KafkaException as refusal:
        return {"error": error_of(refusal), "value": None}


def outcomes(futures, shape=lambda value: None):
    return {str(key): outcome(future, shape) for key, future in futures.items()}
