"""vAPI's JSON-RPC: what VMware's own SDK speaks (`POST /api`), in terms of the requests and answers of REST."""

from vcsdk.simulator.jsonrpc.endpoint import PATH, Endpoint

__all__ = ["PATH", "Endpoint"]
