package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"os"
	"sort"
	"sync"
	"time"

	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kgo"
)

// joining is what a member is told first; ../group-member.ts has the rest of what it reads.
type joining struct {
	GroupID          string `json:"groupId"`
	Topic            string `json:"topic"`
	InstanceID       string `json:"instanceId"`
	ClientID         string `json:"clientId"`
	SessionTimeoutMs int64  `json:"sessionTimeoutMs"`
	Assignor         string `json:"assignor"`
}

func (j joining) options() []kgo.Opt {
	balancer := kgo.RangeBalancer()
	if j.Assignor == "cooperative" {
		balancer = kgo.CooperativeStickyBalancer()
	}
	session := 10 * time.Second
	if j.SessionTimeoutMs > 0 {
		session = time.Duration(j.SessionTimeoutMs) * time.Millisecond
	}
	options := []kgo.Opt{
		kgo.ConsumerGroup(j.GroupID),
		kgo.ConsumeTopics(j.Topic),
		kgo.Balancers(balancer),
		kgo.SessionTimeout(session),
		kgo.HeartbeatInterval(300 * time.Millisecond),
		kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()),
		kgo.DisableAutoCommit(),
		kgo.FetchMaxWait(100 * time.Millisecond),
	}
	if j.InstanceID != "" {
		options = append(options, kgo.InstanceID(j.InstanceID))
	}
	if j.ClientID != "" {
		options = append(options, kgo.ClientID(j.ClientID))
	}
	return options
}

type todo struct {
	Do         string  `json:"do"`
	Partitions []int32 `json:"partitions"`
	Partition  int32   `json:"partition"`
	Offset     int64   `json:"offset"`
}

type event map[string]any

// member tells one line at a time of what happens to it.
type member struct {
	topic string
	mutex sync.Mutex
	out   *json.Encoder
	owned map[int32]bool
}

func (m *member) tell(what event) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if err := m.out.Encode(what); err != nil {
		fail(err)
	}
}

func (m *member) now() []int32 {
	now := []int32{}
	for partition := range m.owned {
		now = append(now, partition)
	}
	sort.Slice(now, func(a, b int) bool { return now[a] < now[b] })
	return now
}

func (m *member) assigned(_ context.Context, _ *kgo.Client, partitions map[string][]int32) {
	for _, partition := range partitions[m.topic] {
		m.owned[partition] = true
	}
	m.tell(event{"event": "assigned", "now": m.now()})
}

func (m *member) revoked(_ context.Context, _ *kgo.Client, partitions map[string][]int32) {
	// It is called also when there is nothing to give up.
	if len(partitions[m.topic]) == 0 {
		return
	}
	for _, partition := range partitions[m.topic] {
		delete(m.owned, partition)
	}
	m.tell(event{"event": "revoked", "taken": partitions[m.topic], "now": m.now()})
}

func (m *member) at(partitions []int32) map[string][]int32 {
	return map[string][]int32{m.topic: partitions}
}

// do does what it is told, and says whether that was not the last thing.
func (m *member) do(ctx context.Context, client *kgo.Client, request todo) (bool, error) {
	switch request.Do {
	case "commit":
		if err := client.CommitUncommittedOffsets(ctx); err != nil {
			return false, err
		}
	case "pause":
		client.PauseFetchPartitions(m.at(request.Partitions))
	case "resume":
		client.ResumeFetchPartitions(m.at(request.Partitions))
	case "seek":
		client.SetOffsets(map[string]map[int32]kgo.EpochOffset{
			m.topic: {request.Partition: {Epoch: -1, Offset: request.Offset}},
		})
	case "leave":
		client.Close()
	}
	m.tell(event{"event": "did"})
	return request.Do != "leave", nil
}

func (m *member) poll(client *kgo.Client) {
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	fetches := client.PollFetches(ctx)
	for _, one := range fetches.Errors() {
		if !errors.Is(one.Err, context.DeadlineExceeded) {
			m.tell(event{"event": "error", "error": errorOf(one.Err)})
		}
	}
	for _, one := range fetches.Records() {
		m.tell(event{"event": "record", "partition": one.Partition, "offset": one.Offset, "value": string(one.Value)})
	}
}

// runMember is a member of a group until it is told to leave, or nobody tells it anything any more.
func runMember(bootstrap string) error {
	lines := bufio.NewScanner(os.Stdin)
	var request joining
	if !lines.Scan() {
		return errors.New("nobody says what to join")
	}
	if err := json.Unmarshal(lines.Bytes(), &request); err != nil {
		return err
	}
	m := &member{topic: request.Topic, out: json.NewEncoder(os.Stdout), owned: map[int32]bool{}}
	client, err := connect(bootstrap, append(request.options(),
		kgo.OnPartitionsAssigned(m.assigned),
		kgo.OnPartitionsRevoked(m.revoked),
		kgo.OnPartitionsLost(m.revoked),
	)...)
	if err != nil {
		return err
	}
	todos := make(chan todo)
	go func() {
		for lines.Scan() {
			var next todo
			if err := json.Unmarshal(lines.Bytes(), &next); err != nil {
				fail(err)
			}
			todos <- next
		}
		fail(errors.New("whoever started it is gone"))
	}()
	for {
		select {
		case next := <-todos:
			goesOn, err := m.do(context.Background(), client, next)
			if err != nil || !goesOn {
				return err
			}
		default:
			m.poll(client)
		}
	}
}

func listGroups(ctx context.Context, a *admin, _ struct{}) (any, error) {
	groups, err := a.ListGroups(ctx)
	return groups.Groups(), err
}

type groupsRequest struct {
	Groups []string `json:"groups"`
	Topic  string   `json:"topic"`
}

func describeGroups(ctx context.Context, a *admin, request groupsRequest) (any, error) {
	groups, err := a.DescribeGroups(ctx, request.Groups...)
	if err != nil {
		return nil, err
	}
	answer := map[string]outcome{}
	for name, group := range groups {
		members := []event{}
		for _, one := range group.Members {
			partitions := []int32{}
			if assigned, isConsumer := one.Assigned.AsConsumer(); isConsumer {
				for _, topic := range assigned.Topics {
					if topic.Topic == request.Topic {
						partitions = append(partitions, topic.Partitions...)
					}
				}
			}
			members = append(members, event{
				"instanceId": one.InstanceID, "clientId": one.ClientID, "partitions": partitions,
			})
		}
		answer[name] = outcomeOf(event{"state": group.State, "protocol": group.Protocol, "members": members}, group.Err)
	}
	return answer, nil
}

func deleteGroups(ctx context.Context, a *admin, request groupsRequest) (any, error) {
	deleted, err := a.DeleteGroups(ctx, request.Groups...)
	if err != nil {
		return nil, err
	}
	answer := map[string]outcome{}
	for name, one := range deleted {
		answer[name] = outcomeOf(nil, one.Err)
	}
	return answer, nil
}

type offsetsRequest struct {
	Group      string          `json:"group"`
	Topic      string          `json:"topic"`
	Offsets    map[int32]int64 `json:"offsets"`
	Partitions []int32         `json:"partitions"`
}

func groupOffsets(ctx context.Context, a *admin, request offsetsRequest) (any, error) {
	offsets, err := a.FetchOffsets(ctx, request.Group)
	if err != nil {
		return outcomeOf(nil, err), nil
	}
	answer := map[int32]int64{}
	for partition, one := range offsets[request.Topic] {
		answer[partition] = one.At
	}
	return outcomeOf(answer, offsets.Error()), nil
}

func setGroupOffsets(ctx context.Context, a *admin, request offsetsRequest) (any, error) {
	var offsets kadm.Offsets
	for partition, at := range request.Offsets {
		offsets.AddOffset(request.Topic, partition, at, -1)
	}
	committed, err := a.CommitOffsets(ctx, request.Group, offsets)
	if err == nil {
		err = committed.Error()
	}
	return outcomeOf(nil, err), nil
}

func deleteGroupOffsets(ctx context.Context, a *admin, request offsetsRequest) (any, error) {
	var topics kadm.TopicsSet
	topics.Add(request.Topic, request.Partitions...)
	deleted, err := a.DeleteOffsets(ctx, request.Group, topics)
	if err == nil {
		err = deleted.Error()
	}
	return outcomeOf(nil, err), nil
}
