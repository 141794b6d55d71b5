"""Where vCenter HA is, below the prefix; queries as the vendor writes them."""

from __future__ import annotations

CLUSTER = "/vcenter/vcha/cluster?action=get"
FAILOVER = "/vcenter/vcha/cluster?action=failover&vmw-task=true"
MODE = "/vcenter/vcha/cluster/mode"
SET_MODE = "/vcenter/vcha/cluster/mode?vmw-task=true"
OPERATIONS = "/vcenter/vcha/operations"
