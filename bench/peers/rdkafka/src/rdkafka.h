/* The public header under the name that the example uses. */
#pragma once
#include <librdkafka/rdkafka.h>
