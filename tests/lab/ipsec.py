"""charon in the gateways of the lab: ESP in user space (kernel-libipsec), so that no kernel ESP is needed."""

from tests.exports.bundles import Pair
from tests.lab.lab import Gateway, Running, until
from tests.real import need

PLUGINS = (
    "random drbg nonce x509 revocation constraints pubkey pkcs1 pem openssl pkcs8 hmac kdf gcm "
    "kernel-libipsec kernel-netlink socket-default vici"
)


class Charon:
    """One strongSwan gateway."""

    def __init__(self, gateway: Gateway) -> None:
        self.gateway = gateway
        self.vici = f"unix://{gateway.root}/vici"
        need("swanctl", "charon-systemd")
        settings = (
            f"charon-systemd {{\n load = {PLUGINS}\n plugins {{ vici {{ socket = {self.vici} }} }}\n"
            f" journal {{ default = -1 }}\n syslog {{ daemon {{ default = -1 }} }}\n"
            f" filelog {{ log {{ path = {gateway.root}/charon.log\n flush_line = yes\n default = 1\n }} }}\n}}\n"
        )
        conf = gateway.root / "strongswan.conf"
        conf.write_text(settings)
        for name in ("conf.d", "pubkey", "private", "x509", "x509ca"):
            (gateway.root / "etc/swanctl" / name).mkdir(parents=True, exist_ok=True)
        gateway.put("swanctl/swanctl.conf", b"include conf.d/*.conf\n")
        self.running: Running = gateway.start(*need("charon-systemd"), environment={"STRONGSWAN_CONF": str(conf)})
        until("charon's socket", (gateway.root / "vici").exists)

    def holds(self, name: str, pair: Pair) -> None:
        """The private key, where strongSwan looks for it."""
        self.gateway.put(f"swanctl/private/{name}.pem", pair.private)

    def swanctl(self, *arguments: str) -> str:
        return self.gateway.run(*need("swanctl"), *arguments, "--uri", self.vici)

    def initiate(self, child: str) -> tuple[bool, str]:
        """Whether the link came up, and the log as swanctl shows it."""
        code, said = self.gateway.attempt(
            *need("swanctl"), "--initiate", "--child", child, "--timeout", "5", "--uri", self.vici
        )
        return code == 0, said

    def says(self, *texts: str) -> None:
        """Wait until every text stands in its log: the command that asked may have returned before."""
        Running(self.running.process, self.gateway.root / "charon.log").says(*texts)
