// VMware's vcsim, of what Debian's golang-github-vmware-govmomi-dev has of it: everything but its main package.
package main

import (
	"crypto/tls"
	"flag"
	"fmt"
	"log"

	_ "github.com/vmware/govmomi/cns/simulator"
	_ "github.com/vmware/govmomi/lookup/simulator"
	_ "github.com/vmware/govmomi/pbm/simulator"
	"github.com/vmware/govmomi/simulator"
	_ "github.com/vmware/govmomi/sts/simulator"
	_ "github.com/vmware/govmomi/vapi/cluster/simulator"
	_ "github.com/vmware/govmomi/vapi/namespace/simulator"
	_ "github.com/vmware/govmomi/vapi/simulator"
)

func main() {
	secure := flag.Bool("tls", false, "enable TLS")
	cert := flag.String("tlscert", "", "path to TLS certificate file")
	key := flag.String("tlskey", "", "path to TLS key file")
	flag.Parse()

	model := simulator.VPX()
	defer model.Remove()
	if err := model.Create(); err != nil {
		log.Fatal(err)
	}
	model.Service.RegisterEndpoints = true
	if *secure {
		model.Service.TLS = new(tls.Config)
		if *cert != "" {
			pair, err := tls.LoadX509KeyPair(*cert, *key)
			if err != nil {
				log.Fatal(err)
			}
			model.Service.TLS.Certificates = []tls.Certificate{pair}
		}
	}
	server := model.Service.NewServer()
	fmt.Printf("%s://%s\n", server.URL.Scheme, server.URL.Host)
	select {}
}
