"""Exported folders in nginx: a stream server for each end of a link, and the snippets in a server of one's own."""

from collections.abc import Iterator

import pytest

from core.model.devices import Platform
from core.model.links import Technology
from tests.lab.lab import Gateway, Running, lab, until
from tests.lab.test_tls import carries
from tests.lab.world import World, tls_world
from tests.pki.hierarchies import make_crl
from tests.real import need

pytestmark = pytest.mark.real
MODULE = "/usr/lib/nginx/modules/ngx_stream_module.so"


@pytest.fixture
def gateways() -> Iterator[tuple[Gateway, Gateway]]:
    with lab() as both:
        yield both


def nginx(gateway: Gateway, inside: str) -> Running:
    """The machine's own nginx.conf in short; `inside` is what stands in its stream or http part."""
    conf = gateway.root / "nginx.conf"
    conf.write_text(
        f"load_module {MODULE};\ndaemon off;\nmaster_process off;\npid {gateway.root}/nginx.pid;\n"
        f"error_log stderr info;\nevents {{ }}\n{inside}\n"
    )
    assert "test is successful" in gateway.attempt(need("nginx")[0], "-t", "-c", str(conf))[1]
    running = gateway.start(need("nginx")[0], "-c", str(conf))
    until(
        "nginx to listen",
        lambda: gateway.attempt(need("ss")[0], "-Hltn")[1].strip() or running.process.poll() is not None,
    )
    return running


STREAM = "stream { include /etc/nginx/anchorhold/*.stream.conf; }"


def link(world: World, gateways: tuple[Gateway, Gateway]) -> tuple[Running, Running]:
    world.install(gateways, Platform.NGINX, Technology.TLS)
    return nginx(gateways[0], STREAM), nginx(gateways[1], STREAM)


def test_a_link_carries_a_line(gateways: tuple[Gateway, Gateway]) -> None:
    link(tls_world(), gateways)
    until("a line to come through", lambda: carries(gateways))


def test_a_revoked_client_is_refused(gateways: tuple[Gateway, Gateway]) -> None:
    world = tls_world()
    world.revoke(1)
    left, _ = link(world, gateways)
    assert not carries(gateways)
    left.says("certificate revoked")


def test_a_revoked_server_is_refused(gateways: tuple[Gateway, Gateway]) -> None:
    world = tls_world()
    world.revoke(0)
    _, right = link(world, gateways)
    assert not carries(gateways)
    right.says("certificate revoked")


def test_a_stale_list_stops_the_link(gateways: tuple[Gateway, Gateway]) -> None:
    world = tls_world()
    world.sub_crl = make_crl(world.sub, 2, age=193)
    left, _ = link(world, gateways)
    assert not carries(gateways)
    left.says("CRL has expired")


def test_a_web_server_takes_the_snippets_and_asks_for_certificates(gateways: tuple[Gateway, Gateway]) -> None:
    world = tls_world()
    world.install(gateways, Platform.NGINX, Technology.TLS)
    server = "listen 192.0.2.1:8443 ssl; include /etc/nginx/anchorhold/dc1-gw1.server.conf;"
    clients = "include /etc/nginx/anchorhold/dc1-gw1.clients.conf; location / { return 200 inside; }"
    logs = f"access_log off; client_body_temp_path {gateways[0].root}/body; proxy_temp_path {gateways[0].root}/proxy;"
    more = "".join(f"{kind}_temp_path {gateways[0].root}/{kind};" for kind in ("fastcgi", "uwsgi", "scgi"))
    nginx(gateways[0], f"http {{ {logs}{more} server {{ {server}{clients} }} }}")
    place = "/etc/nginx/anchorhold/dc2-gw1"
    ask = ["openssl", "s_client", "-connect", "192.0.2.1:8443", "-CAfile", f"{place}.ca.pem", "-verify_return_error"]
    ask += ["-verify_hostname", "dc1-gw1.example.net", "-quiet", "-no_ign_eof"]
    held = ["-cert", f"{place}.crt", "-key", f"{place}.key"]
    page = "printf 'GET / HTTP/1.0\\r\\n\\r\\n'; sleep 0.5"
    with_one = gateways[1].attempt("sh", "-c", f"({page}) | {' '.join([*ask, *held])}")[1]
    without = gateways[1].attempt("sh", "-c", f"({page}) | {' '.join(ask)}")[1]
    assert "inside" in with_one, with_one
    assert "inside" not in without
    assert "No required SSL certificate was sent" in without
