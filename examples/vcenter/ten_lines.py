import os
import sys

from vcenter import VCenter

with VCenter(sys.argv[1], username="administrator@vsphere.local", password=os.environ["VC_PASSWORD"]) as vc:
    for vm in vc.vcenter.vm.list():
        vc.vcenter.vm.power.start(vm=vm.vm)
        print(vm.vm, vm.power_state, "->", vc.vcenter.vm.power.get(vm=vm.vm).state)
    vc.appliance.support_bundle.create(description="before the failover").wait(timeout=600, on_progress=print)
    vc.vcenter.vcha.cluster.failover(planned=True).wait(timeout=900, on_progress=print)
    print("node1 is", vc.vcenter.vcha.cluster.get().node1.runtime.role)
