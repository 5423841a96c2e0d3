package kernel

import (
	"os"
	"strings"
)

// ReadCounters reads the counters of the network namespace from
// /proc/net/snmp and /proc/net/netstat, those that this kernel has, in the order
// in which they are told.
func ReadCounters() ([]Counter, error) {
	if observers.Load() == int32(NoObservers) {
		return nil, ErrUnsupported
	}
	all := map[string]uint64{}
	for _, name := range []string{"/proc/net/snmp", "/proc/net/netstat"} {
		f, err := os.Open(name)
		if err != nil {
			return nil, ErrUnsupported
		}
		for k, v := range parseCounters(f) {
			all[k] = v
		}
		_ = f.Close()
	}
	var list []Counter
	for _, name := range counterNames {
		if v, ok := all[name]; ok {
			list = append(list, Counter{name, v})
		}
	}
	return list, nil
}

// ReadLimits reads the settings that the lessons speak of.
func ReadLimits() ([]Limit, error) {
	if observers.Load() == int32(NoObservers) {
		return nil, ErrUnsupported
	}
	var list []Limit
	for _, name := range limitNames {
		p, _ := os.ReadFile("/proc/sys/" + strings.ReplaceAll(name, ".", "/"))
		list = append(list, Limit{name, strings.Join(strings.Fields(string(p)), " ")})
	}
	return list, nil
}
