package main

import (
	"context"
	"fmt"
	"strconv"

	"github.com/twmb/franz-go/pkg/kadm"
)

type resource struct {
	Type string `json:"type"`
	Name string `json:"name"`
}

// broker gives the ids of the brokers meant: none is the default of all.
func (r resource) brokers() ([]int32, error) {
	if r.Name == "" {
		return nil, nil
	}
	id, err := strconv.ParseInt(r.Name, 10, 32)
	return []int32{int32(id)}, err
}

type config struct {
	Value       *string `json:"value"`
	Source      string  `json:"source"`
	IsSensitive bool    `json:"isSensitive"`
}

func describeConfigs(ctx context.Context, a *admin, request struct {
	Resources []resource `json:"resources"`
}) (any, error) {
	answer := make(map[string]outcome)
	for _, wanted := range request.Resources {
		described, err := wanted.describe(ctx, a)
		if err != nil {
			return nil, err
		}
		found, err := described.On(wanted.Name, nil)
		if err != nil {
			return nil, err
		}
		configs := make(map[string]config)
		for _, one := range found.Configs {
			configs[one.Key] = config{one.Value, one.Source.String(), one.Sensitive}
		}
		answer[wanted.Name] = outcomeOf(configs, found.Err)
	}
	return answer, nil
}

func (r resource) describe(ctx context.Context, a *admin) (kadm.ResourceConfigs, error) {
	if r.Type == "topic" {
		return a.DescribeTopicConfigs(ctx, r.Name)
	}
	brokers, err := r.brokers()
	if err != nil {
		return nil, err
	}
	return a.DescribeBrokerConfigs(ctx, brokers...)
}

var operations = map[string]kadm.IncrementalOp{
	"SET":      kadm.SetConfig,
	"DELETE":   kadm.DeleteConfig,
	"APPEND":   kadm.AppendConfig,
	"SUBTRACT": kadm.SubtractConfig,
}

// alterConfigs alters incrementally (KIP-339).
func alterConfigs(ctx context.Context, a *admin, request struct {
	resource
	Changes []struct {
		Operation string  `json:"operation"`
		Name      string  `json:"name"`
		Value     *string `json:"value"`
	} `json:"changes"`
	ValidateOnly bool `json:"validateOnly"`
}) (any, error) {
	changes := []kadm.AlterConfig{}
	for _, change := range request.Changes {
		changes = append(changes, kadm.AlterConfig{
			Op: operations[change.Operation], Name: change.Name, Value: change.Value,
		})
	}
	ofTopics, ofBrokers := a.AlterTopicConfigs, a.AlterBrokerConfigs
	if request.ValidateOnly {
		ofTopics, ofBrokers = a.ValidateAlterTopicConfigs, a.ValidateAlterBrokerConfigs
	}
	return request.alter(ctx, changes, ofTopics, ofBrokers)
}

// replaceConfigs alters with AlterConfigs: what is not named goes back to its default.
func replaceConfigs(ctx context.Context, a *admin, request struct {
	resource
	Configs      map[string]string `json:"configs"`
	ValidateOnly bool              `json:"validateOnly"`
}) (any, error) {
	configs := []kadm.AlterConfig{}
	for name, value := range request.Configs {
		configs = append(configs, kadm.AlterConfig{Name: name, Value: &value})
	}
	ofTopics, ofBrokers := a.AlterTopicConfigsState, a.AlterBrokerConfigsState
	if request.ValidateOnly {
		ofTopics, ofBrokers = a.ValidateAlterTopicConfigsState, a.ValidateAlterBrokerConfigsState
	}
	return request.alter(ctx, configs, ofTopics, ofBrokers)
}

func (r resource) alter(
	ctx context.Context,
	configs []kadm.AlterConfig,
	ofTopics func(context.Context, []kadm.AlterConfig, ...string) (kadm.AlterConfigsResponses, error),
	ofBrokers func(context.Context, []kadm.AlterConfig, ...int32) (kadm.AlterConfigsResponses, error),
) (any, error) {
	responses, err := func() (kadm.AlterConfigsResponses, error) {
		if r.Type == "topic" {
			return ofTopics(ctx, configs, r.Name)
		}
		brokers, err := r.brokers()
		if err != nil {
			return nil, err
		}
		return ofBrokers(ctx, configs, brokers...)
	}()
	if err != nil {
		return nil, err
	}
	if len(responses) != 1 {
		return nil, fmt.Errorf("%d answers for one resource", len(responses))
	}
	return outcomeOf(nil, responses[0].Err), nil
}
