// Command socklab teaches sockets with real servers at a prompt.
package main

import "os"

func main() {
	os.Exit(int(run(os.Args[1:], system())))
}
