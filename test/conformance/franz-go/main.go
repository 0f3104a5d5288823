// Command franz-go is franz-go, as the conformance tests call it.
//
// `franz-go HOST:PORT COMMAND` reads a JSON object from standard input, does what the command says
// and writes JSON to standard output. The commands and their shapes are those of ../dialect.ts,
// which the programs in ../confluent speak too. Keys and values travel as base64. The command
// `member` speaks line by line: ../group-member.ts. A refusal by the broker is part of the answer,
// as Kafka's code; anything unexpected is a message and a bad exit status. It judges nothing: the tests
// do.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kgo"
)

const timeout = 30 * time.Second

// A command decodes its request and gives an answer that can be written as JSON.
type command func(ctx context.Context, bootstrap string, request []byte) (any, error)

var commands = map[string]command{
	"version":            version,
	"produce":            plain(produce),
	"consume":            plain(consume),
	"createTopics":       withAdmin(createTopics),
	"deleteTopics":       withAdmin(deleteTopics),
	"createPartitions":   withAdmin(createPartitions),
	"describeTopics":     withAdmin(describeTopics),
	"listTopics":         withAdmin(listTopics),
	"describeCluster":    withAdmin(describeCluster),
	"describeConfigs":    withAdmin(describeConfigs),
	"alterConfigs":       withAdmin(alterConfigs),
	"replaceConfigs":     withAdmin(replaceConfigs),
	"listOffsets":        withAdmin(listOffsets),
	"deleteRecords":      withAdmin(deleteRecords),
	"describeLogDirs":    withAdmin(describeLogDirs),
	"offsetForEpoch":     withAdmin(offsetForEpoch),
	"describePartitions": withAdmin(describePartitions),
	"describeClusterApi": withAdmin(describeClusterAPI),
	"listGroups":         withAdmin(listGroups),
	"describeGroups":     withAdmin(describeGroups),
	"deleteGroups":       withAdmin(deleteGroups),
	"groupOffsets":       withAdmin(groupOffsets),
	"setGroupOffsets":    withAdmin(setGroupOffsets),
	"deleteGroupOffsets": withAdmin(deleteGroupOffsets),
}

func main() {
	if len(os.Args) != 3 {
		fail(errors.New("usage: franz-go HOST:PORT COMMAND < request.json"))
	}
	if os.Args[2] == "member" {
		if err := runMember(os.Args[1]); err != nil {
			fail(err)
		}
		return
	}
	run, known := commands[os.Args[2]]
	if !known {
		fail(fmt.Errorf("no such command: %s", os.Args[2]))
	}
	var request json.RawMessage
	if err := json.NewDecoder(os.Stdin).Decode(&request); err != nil {
		fail(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	answer, err := run(ctx, os.Args[1], request)
	if err != nil {
		fail(err)
	}
	if err := json.NewEncoder(os.Stdout).Encode(answer); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

func connect(bootstrap string, more ...kgo.Opt) (*kgo.Client, error) {
	return kgo.NewClient(append([]kgo.Opt{
		kgo.SeedBrokers(strings.Split(bootstrap, ",")...),
		kgo.ClientID("conformance"),
	}, more...)...)
}

// plain makes a command of a function that takes its request decoded.
func plain[Request any](work func(context.Context, string, Request) (any, error)) command {
	return func(ctx context.Context, bootstrap string, body []byte) (any, error) {
		var request Request
		if err := json.Unmarshal(body, &request); err != nil {
			return nil, err
		}
		return work(ctx, bootstrap, request)
	}
}

// withAdmin makes a command of a function that needs an admin client.
func withAdmin[Request any](work func(context.Context, *admin, Request) (any, error)) command {
	return plain(func(ctx context.Context, bootstrap string, request Request) (any, error) {
		client, err := connect(bootstrap)
		if err != nil {
			return nil, err
		}
		defer client.Close()
		return work(ctx, &admin{Client: kadm.NewClient(client), raw: client}, request)
	})
}

// admin is kadm's client, and the one below it for requests that kadm has no call for.
type admin struct {
	*kadm.Client
	raw *kgo.Client
}

// outcome is what became of one thing that was asked for: an error or a value.
type outcome struct {
	Error any `json:"error"`
	Value any `json:"value"`
}

func outcomeOf(value any, err error) outcome {
	if err != nil {
		return outcome{Error: errorOf(err)}
	}
	return outcome{Value: value}
}

// errorOf gives Kafka's code of an error; of an error that is not Kafka's, what it says.
func errorOf(err error) any {
	var kafka *kerr.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &kafka):
		return kafka.Code
	}
	return err.Error()
}

func version(context.Context, string, []byte) (any, error) {
	build, _ := debug.ReadBuildInfo()
	for _, module := range build.Deps {
		if module.Path == "github.com/twmb/franz-go" {
			return "franz-go " + module.Version, nil
		}
	}
	return nil, errors.New("the build says nothing of franz-go")
}
