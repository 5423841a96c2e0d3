//go:build unix && !linux

package process

const limitProcesses = 7 // RLIMIT_NPROC of sys/resource.h on every BSD

func limitedUser() (user, error) { return user{}, ErrNoLimits }

func tasksOf(int) (int, error) { return 0, ErrNoLimits }
