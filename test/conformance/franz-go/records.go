package main

import (
	"context"
	"encoding/base64"
	"fmt"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"
)

type message struct {
	Partition   int32    `json:"partition"`
	Key         []byte   `json:"key"`
	Value       []byte   `json:"value"`
	TimestampMs int64    `json:"timestampMs"`
	Headers     []header `json:"headers"`
}

// header is a pair [name, value]: names may repeat, and their order counts.
type header [2]any

type production struct {
	Topic      string    `json:"topic"`
	Messages   []message `json:"messages"`
	Acks       *int      `json:"acks"`
	Codec      string    `json:"codec"`
	Idempotent bool      `json:"idempotent"`
}

var codecs = map[string]kgo.CompressionCodec{
	"":       kgo.NoCompression(),
	"none":   kgo.NoCompression(),
	"gzip":   kgo.GzipCompression(),
	"snappy": kgo.SnappyCompression(),
	"lz4":    kgo.Lz4Compression(),
	"zstd":   kgo.ZstdCompression(),
}

func (p production) options() []kgo.Opt {
	options := []kgo.Opt{
		kgo.RecordPartitioner(kgo.ManualPartitioner()),
		kgo.ProducerBatchCompression(codecs[p.Codec]),
		kgo.ProducerLinger(20 * time.Millisecond),
		kgo.AllowAutoTopicCreation(),
	}
	// An idempotent producer is franz-go's default, and always waits for all replicas.
	if p.Idempotent {
		return options
	}
	acks := kgo.AllISRAcks()
	if p.Acks != nil && *p.Acks == 0 {
		acks = kgo.NoAck()
	} else if p.Acks != nil && *p.Acks == 1 {
		acks = kgo.LeaderAck()
	}
	return append(options, kgo.DisableIdempotentWrite(), kgo.RequiredAcks(acks))
}

type report struct {
	Error     any   `json:"error"`
	Partition int32 `json:"partition"`
	Offset    int64 `json:"offset"`
}

func produce(ctx context.Context, bootstrap string, request production) (any, error) {
	client, err := connect(bootstrap, request.options()...)
	if err != nil {
		return nil, err
	}
	defer client.Close()
	reports := make([]report, len(request.Messages))
	for index, message := range request.Messages {
		record := &kgo.Record{
			Topic:     request.Topic,
			Partition: message.Partition,
			Key:       message.Key,
			Value:     message.Value,
		}
		if message.TimestampMs != 0 {
			record.Timestamp = time.UnixMilli(message.TimestampMs)
		}
		for _, pair := range message.Headers {
			decoded, err := pair.decode()
			if err != nil {
				return nil, err
			}
			record.Headers = append(record.Headers, decoded)
		}
		client.Produce(ctx, record, func(produced *kgo.Record, err error) {
			reports[index] = report{Error: errorOf(err), Partition: produced.Partition, Offset: produced.Offset}
		})
	}
	return reports, client.Flush(ctx)
}

type position struct {
	Topic     string `json:"topic"`
	Partition int32  `json:"partition"`
	Offset    int64  `json:"offset"`
}

type consumption struct {
	Partitions    []position `json:"partitions"`
	Count         int        `json:"count"`
	ReadCommitted bool       `json:"readCommitted"`
}

type record struct {
	Topic       string   `json:"topic"`
	Partition   int32    `json:"partition"`
	Offset      int64    `json:"offset"`
	LeaderEpoch int32    `json:"leaderEpoch"`
	TimestampMs int64    `json:"timestampMs"`
	Key         []byte   `json:"key"`
	Value       []byte   `json:"value"`
	Headers     []header `json:"headers"`
}

type consumed struct {
	Error   any      `json:"error"`
	Records []record `json:"records"`
}

// consume reads partitions by name, without a group, until Count records have come. Its fetches ask
// for topics by id, and for changes of a session.
func consume(ctx context.Context, bootstrap string, request consumption) (any, error) {
	isolation := kgo.ReadUncommitted()
	if request.ReadCommitted {
		isolation = kgo.ReadCommitted()
	}
	partitions := make(map[string]map[int32]kgo.Offset)
	for _, at := range request.Partitions {
		if partitions[at.Topic] == nil {
			partitions[at.Topic] = make(map[int32]kgo.Offset)
		}
		partitions[at.Topic][at.Partition] = kgo.NewOffset().At(at.Offset)
	}
	client, err := connect(bootstrap,
		kgo.ConsumePartitions(partitions),
		kgo.ConsumeResetOffset(kgo.NoResetOffset()),
		kgo.FetchIsolationLevel(isolation),
	)
	if err != nil {
		return nil, err
	}
	defer client.Close()
	answer := consumed{Records: []record{}}
	for len(answer.Records) < request.Count {
		fetches := client.PollRecords(ctx, request.Count-len(answer.Records))
		if ctx.Err() != nil {
			return nil, fmt.Errorf("only %d of %d records came", len(answer.Records), request.Count)
		}
		if err := fetches.Err(); err != nil {
			answer.Error = errorOf(err)
			return answer, nil
		}
		for _, one := range fetches.Records() {
			answer.Records = append(answer.Records, asRecord(one))
		}
	}
	return answer, nil
}

func asRecord(from *kgo.Record) record {
	headers := []header{}
	for _, pair := range from.Headers {
		headers = append(headers, header{pair.Key, pair.Value})
	}
	return record{
		Topic:       from.Topic,
		Partition:   from.Partition,
		Offset:      from.Offset,
		LeaderEpoch: from.LeaderEpoch,
		TimestampMs: from.Timestamp.UnixMilli(),
		Key:         from.Key,
		Value:       from.Value,
		Headers:     headers,
	}
}

func (h header) decode() (kgo.RecordHeader, error) {
	name, isText := h[0].(string)
	encoded, _ := h[1].(string)
	if !isText {
		return kgo.RecordHeader{}, fmt.Errorf("a header's name is text: %v", h[0])
	}
	value, err := base64.StdEncoding.DecodeString(encoded)
	if h[1] == nil {
		value = nil
	}
	return kgo.RecordHeader{Key: name, Value: value}, err
}
