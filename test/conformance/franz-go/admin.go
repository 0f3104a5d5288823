package main

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"sort"
	"strconv"

	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kmsg"
)

type topicNames struct {
	Topics []string `json:"topics"`
}

type newTopics struct {
	Topics []struct {
		Name              string             `json:"name"`
		Partitions        *int32             `json:"partitions"`
		ReplicationFactor *int16             `json:"replicationFactor"`
		Configs           map[string]*string `json:"configs"`
	} `json:"topics"`
	ValidateOnly bool `json:"validateOnly"`
}

func orElse[T any](value *T, otherwise T) T {
	if value == nil {
		return otherwise
	}
	return *value
}

func createTopics(ctx context.Context, a *admin, request newTopics) (any, error) {
	answer := make(map[string]outcome)
	for _, topic := range request.Topics {
		create := a.CreateTopics
		if request.ValidateOnly {
			create = a.ValidateCreateTopics
		}
		responses, err := create(
			ctx,
			orElse(topic.Partitions, 1),
			orElse(topic.ReplicationFactor, 1),
			topic.Configs,
			topic.Name,
		)
		if err != nil {
			return nil, err
		}
		answer[topic.Name] = outcomeOf(nil, responses[topic.Name].Err)
	}
	return answer, nil
}

func deleteTopics(ctx context.Context, a *admin, request topicNames) (any, error) {
	responses, err := a.DeleteTopics(ctx, request.Topics...)
	if err != nil {
		return nil, err
	}
	answer := make(map[string]outcome)
	for topic, response := range responses {
		answer[topic] = outcomeOf(nil, response.Err)
	}
	return answer, nil
}

type newPartitions struct {
	Topic        string `json:"topic"`
	Total        int    `json:"total"`
	ValidateOnly bool   `json:"validateOnly"`
}

func createPartitions(ctx context.Context, a *admin, request newPartitions) (any, error) {
	update := a.UpdatePartitions
	if request.ValidateOnly {
		update = a.ValidateUpdatePartitions
	}
	responses, err := update(ctx, request.Total, request.Topic)
	if err != nil {
		return nil, err
	}
	return map[string]outcome{request.Topic: outcomeOf(nil, responses[request.Topic].Err)}, nil
}

type partition struct {
	Partition int32   `json:"partition"`
	Leader    int32   `json:"leader"`
	Replicas  []int32 `json:"replicas"`
	ISR       []int32 `json:"isr"`
}

type topic struct {
	TopicID    string      `json:"topicId"`
	IsInternal bool        `json:"isInternal"`
	Partitions []partition `json:"partitions"`
}

func describeTopics(ctx context.Context, a *admin, request topicNames) (any, error) {
	metadata, err := a.Metadata(ctx, request.Topics...)
	if err != nil {
		return nil, err
	}
	answer := make(map[string]outcome)
	for name, detail := range metadata.Topics {
		described := topic{TopicID: base64.RawURLEncoding.EncodeToString(detail.ID[:]), IsInternal: detail.IsInternal}
		for _, p := range detail.Partitions.Sorted() {
			described.Partitions = append(described.Partitions, partition{
				Partition: p.Partition, Leader: p.Leader, Replicas: p.Replicas, ISR: p.ISR,
			})
		}
		answer[name] = outcomeOf(described, detail.Err)
	}
	return answer, nil
}

func listTopics(ctx context.Context, a *admin, _ struct{}) (any, error) {
	topics, err := a.ListTopics(ctx)
	return topics.Names(), err
}

type node struct {
	ID   int32  `json:"id"`
	Host string `json:"host"`
	Port int32  `json:"port"`
}

type cluster struct {
	ClusterID  string `json:"clusterId"`
	Controller int32  `json:"controller"`
	Nodes      []node `json:"nodes"`
}

func describeCluster(ctx context.Context, a *admin, _ struct{}) (any, error) {
	metadata, err := a.BrokerMetadata(ctx)
	if err != nil {
		return nil, err
	}
	answer := cluster{ClusterID: metadata.Cluster, Controller: metadata.Controller}
	for _, broker := range metadata.Brokers {
		answer.Nodes = append(answer.Nodes, node{ID: broker.NodeID, Host: broker.Host, Port: broker.Port})
	}
	return answer, nil
}

// describeClusterAPI asks with DescribeCluster itself, which kadm has no call for.
func describeClusterAPI(ctx context.Context, a *admin, _ struct{}) (any, error) {
	request := kmsg.NewPtrDescribeClusterRequest()
	response, err := request.RequestWith(ctx, a.raw)
	if err != nil {
		return nil, err
	}
	if err := kerr.ErrorForCode(response.ErrorCode); err != nil {
		return nil, err
	}
	answer := cluster{ClusterID: response.ClusterID, Controller: response.ControllerID}
	for _, broker := range response.Brokers {
		answer.Nodes = append(answer.Nodes, node{ID: broker.NodeID, Host: broker.Host, Port: broker.Port})
	}
	return answer, nil
}

type page struct {
	Topics []string `json:"topics"`
	Limit  int32    `json:"limit"`
}

// describePartitions walks through DescribeTopicPartitions page by page: for each topic, the number
// of partitions that each page gave.
func describePartitions(ctx context.Context, a *admin, request page) (any, error) {
	sort.Strings(request.Topics)
	pages := []map[string][]int32{}
	ask := kmsg.NewPtrDescribeTopicPartitionsRequest()
	ask.ResponsePartitionLimit = request.Limit
	for _, name := range request.Topics {
		one := kmsg.NewDescribeTopicPartitionsRequestTopic()
		one.Topic = name
		ask.Topics = append(ask.Topics, one)
	}
	for {
		response, err := ask.RequestWith(ctx, a.raw)
		if err != nil {
			return nil, err
		}
		found := make(map[string][]int32)
		for _, topic := range response.Topics {
			if err := kerr.ErrorForCode(topic.ErrorCode); err != nil {
				return nil, fmt.Errorf("%s: %w", *topic.Topic, err)
			}
			for _, p := range topic.Partitions {
				found[*topic.Topic] = append(found[*topic.Topic], p.Partition)
			}
		}
		pages = append(pages, found)
		if response.NextCursor == nil {
			return pages, nil
		}
		cursor := kmsg.NewDescribeTopicPartitionsRequestCursor()
		cursor.Topic = response.NextCursor.Topic
		cursor.Partition = response.NextCursor.Partition
		ask.Cursor = &cursor
	}
}

type offsetQuestion struct {
	Topic     string          `json:"topic"`
	Partition int32           `json:"partition"`
	At        json.RawMessage `json:"at"`
}

type foundOffset struct {
	Offset      int64 `json:"offset"`
	TimestampMs int64 `json:"timestampMs"`
}

// listOffsets takes "earliest", "latest", "maxTimestamp" or a time in milliseconds.
func listOffsets(ctx context.Context, a *admin, request offsetQuestion) (any, error) {
	ask := map[string]func(context.Context, ...string) (kadm.ListedOffsets, error){
		`"earliest"`:     a.ListStartOffsets,
		`"latest"`:       a.ListEndOffsets,
		`"maxTimestamp"`: a.ListMaxTimestampOffsets,
	}[string(request.At)]
	if ask == nil {
		milliseconds, err := strconv.ParseInt(string(request.At), 10, 64)
		if err != nil {
			return nil, err
		}
		ask = func(ctx context.Context, topics ...string) (kadm.ListedOffsets, error) {
			return a.ListOffsetsAfterMilli(ctx, milliseconds, topics...)
		}
	}
	listed, err := ask(ctx, request.Topic)
	if err != nil {
		return nil, err
	}
	found, there := listed.Lookup(request.Topic, request.Partition)
	if !there {
		return nil, fmt.Errorf("nothing is said of %s-%d", request.Topic, request.Partition)
	}
	return outcomeOf(foundOffset{found.Offset, found.Timestamp}, found.Err), nil
}

type deletion struct {
	Topic     string `json:"topic"`
	Partition int32  `json:"partition"`
	Before    int64  `json:"before"`
}

func deleteRecords(ctx context.Context, a *admin, request deletion) (any, error) {
	offsets := make(kadm.Offsets)
	offsets.AddOffset(request.Topic, request.Partition, request.Before, -1)
	responses, err := a.DeleteRecords(ctx, offsets)
	if err != nil {
		return nil, err
	}
	response, there := responses.Lookup(request.Topic, request.Partition)
	if !there {
		return nil, fmt.Errorf("nothing is said of %s-%d", request.Topic, request.Partition)
	}
	return outcomeOf(response.LowWatermark, response.Err), nil
}

type logDir struct {
	Dir         string           `json:"dir"`
	Error       any              `json:"error"`
	TotalBytes  int64            `json:"totalBytes"`
	UsableBytes int64            `json:"usableBytes"`
	Sizes       map[string]int64 `json:"sizes"`
	Lags        map[string]int64 `json:"lags"`
}

// describeLogDirs gives each directory of the first broker, with sizes by partition; of the topics
// named, or of all.
func describeLogDirs(ctx context.Context, a *admin, request topicNames) (any, error) {
	var topics kadm.TopicsSet
	if request.Topics != nil {
		listed, err := a.ListTopics(ctx, request.Topics...)
		if err != nil {
			return nil, err
		}
		topics = listed.TopicsSet()
	}
	described, err := a.DescribeAllLogDirs(ctx, topics)
	if err != nil {
		return nil, err
	}
	answer := []logDir{}
	described.Each(func(dir kadm.DescribedLogDir) {
		one := logDir{
			Dir: dir.Dir, Error: errorOf(dir.Err),
			TotalBytes: dir.TotalBytes, UsableBytes: dir.UsableBytes,
			Sizes: map[string]int64{}, Lags: map[string]int64{},
		}
		dir.Topics.Each(func(p kadm.DescribedLogDirPartition) {
			key := fmt.Sprintf("%s-%d", p.Topic, p.Partition)
			one.Sizes[key], one.Lags[key] = p.Size, p.OffsetLag
		})
		answer = append(answer, one)
	})
	return answer, nil
}

type epochQuestion struct {
	Topic     string `json:"topic"`
	Partition int32  `json:"partition"`
	Epoch     int32  `json:"epoch"`
}

// offsetForEpoch asks where a leader's epoch ended (KIP-320).
func offsetForEpoch(ctx context.Context, a *admin, request epochQuestion) (any, error) {
	var ask kadm.OffsetForLeaderEpochRequest
	ask.Add(request.Topic, request.Partition, request.Epoch)
	responses, err := a.OffsetForLeaderEpoch(ctx, ask)
	if err != nil {
		return nil, err
	}
	response, there := responses[request.Topic][request.Partition]
	if !there {
		return nil, fmt.Errorf("nothing is said of %s-%d", request.Topic, request.Partition)
	}
	return outcomeOf(map[string]int64{
		"leaderEpoch": int64(response.LeaderEpoch), "endOffset": response.EndOffset,
	}, response.Err), nil
}
