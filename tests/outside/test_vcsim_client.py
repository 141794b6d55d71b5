"""A client of vCenter's seven files of 7.0.3 against VMware's vcsim: it signs in, makes, lists and deletes."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.generated import imported
from tests.outside.vcsim import DATASTORE, PASSWORD, USER, Running, running

Connect = Callable[[], Any]


@pytest.fixture(scope="module")
def sdk(vcenter_set: Path) -> Iterator[ModuleType]:
    with imported(vcenter_set / "vcenter" / "src", "vcenter") as module:
        yield module


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A self-signed certificate of today's strength, and its key."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed; it makes vcsim's certificate")
    folder = tmp_path_factory.mktemp("certificate")
    cert, key = folder / "cert.pem", folder / "key.pem"
    words = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=vcsim"
    names = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(cert)]
    subprocess.run(["openssl", *words.split(), *names], check=True, capture_output=True)
    return cert, key


@pytest.fixture(scope="module", params=["http", "https"])
def vcsim(
    request: pytest.FixtureRequest, vcsim_program: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Running, dict[str, Any]]]:
    """It, and how it is trusted."""
    words, trust = [], {}
    if request.param == "https":
        cert, key = request.getfixturevalue("certificate")
        words, trust = ["-tls", "-tlscert", str(cert), "-tlskey", str(key)], {"ca_bundle": cert}
    with running(vcsim_program, tmp_path_factory.mktemp("vcsim"), *words) as server:
        yield server, trust


@pytest.fixture
def connect(sdk: ModuleType, vcsim: tuple[Running, dict[str, Any]]) -> Connect:
    server, trust = vcsim
    return lambda: sdk.VCenter(server.url, username=USER, password=PASSWORD, **trust)


@pytest.fixture
def vc(connect: Connect) -> Iterator[Any]:
    with connect() as client:
        yield client


@pytest.fixture
def listed(vcsim: tuple[Running, dict[str, Any]]) -> Callable[[str], list[str]]:
    return vcsim[0].listed


def category(vc: Any, sdk: ModuleType, name: str) -> str:
    spec = sdk.models.CisTaggingCategoryCreateSpec(
        name=name, description="Who runs it", cardinality="MULTIPLE", associable_types=["VirtualMachine"]
    )
    made: str = vc.tagging.category.create(create_spec=spec)
    return made


def test_it_signs_in_and_out(sdk: ModuleType, connect: Connect) -> None:
    with connect() as vc:
        assert vc.session.get().user == USER
        vc.session.delete()
        # The session is gone, and the client signs in anew.
        assert vc.session.get().user == USER


def test_a_client_of_its_own_session_ends_no_other(connect: Connect, vc: Any) -> None:
    made = vc.session.get().created_time
    with connect() as other:
        assert other.session.get().created_time > made
    assert vc.session.get().created_time == made


def test_categories_are_made_listed_changed_and_deleted(vc: Any, sdk: ModuleType, listed: Any) -> None:
    made = [category(vc, sdk, name) for name in ("Owner", "Stage")]
    assert sorted(vc.tagging.category.list()) == listed("/cis/tagging/category") == sorted(made)
    with pytest.raises(sdk.errors.AlreadyExists) as refused:
        category(vc, sdk, "Owner")
    assert isinstance(refused.value, sdk.BadRequestError)
    vc.tagging.category.update(category_id=made[0], update_spec=sdk.models.CisTaggingCategoryUpdateSpec(name="Keeper"))
    assert category(vc, sdk, "Owner") in vc.tagging.category.list()
    for identifier in vc.tagging.category.list():
        vc.tagging.category.delete(category_id=identifier)
    assert listed("/cis/tagging/category") == []
    with pytest.raises(sdk.NotFoundError):
        vc.tagging.category.delete(category_id=made[0])


def test_what_does_not_fit_the_description_is_named_in_the_document_that_came(vc: Any, sdk: ModuleType) -> None:
    """vcsim leaves `used_by` out, and sends null for an empty list."""
    made = category(vc, sdk, "Odd")
    with pytest.raises(sdk.UnexpectedAnswer, match=r"answer\.value\.used_by: required, but missing"):
        vc.tagging.category.get(category_id=made)
    vc.tagging.category.delete(category_id=made)
    with pytest.raises(sdk.UnexpectedAnswer, match=r"answer\.value: expected array, got null"):
        vc.tagging.category.list()


def test_tags_are_made_listed_attached_and_deleted(vc: Any, sdk: ModuleType, listed: Any) -> None:
    owner = category(vc, sdk, "Owner")
    red, blue = (
        vc.tagging.tag.create(
            create_spec=sdk.models.CisTaggingTagCreateSpec(name=name, description="", category_id=owner)
        )
        for name in ("red", "blue")
    )
    assert sorted(vc.tagging.tag.list()) == listed("/cis/tagging/tag") == sorted((red, blue))
    assert sorted(vc.tagging.tag.list_tags_for_category(category_id=owner)) == sorted((red, blue))
    vm = sdk.models.VapiStdDynamicID(type="VirtualMachine", id="vm-55")
    vc.tagging.tag_association.attach(tag_id=red, object_id=vm)
    assert vc.tagging.tag_association.list_attached_tags(object_id=vm) == [red]
    # It wants a body, which the description does not have.
    with pytest.raises(sdk.BadRequestError, match="400 without a message"):
        vc.tagging.tag_association.list_attached_objects(tag_id=red)
    # It leaves out that there were no errors, and attaches them.
    with pytest.raises(sdk.UnexpectedAnswer, match=r"answer\.value\.error_messages: required, but missing"):
        vc.tagging.tag_association.attach_multiple_tags_to_object(object_id=vm, tag_ids=[red, blue])
    assert sorted(vc.tagging.tag_association.list_attached_tags(object_id=vm)) == sorted((red, blue))
    vc.tagging.tag.delete(tag_id=red)
    assert vc.tagging.tag.list() == [blue]
    # Its tags go with a category.
    vc.tagging.category.delete(category_id=owner)
    assert listed("/cis/tagging/tag") == []
    with pytest.raises(sdk.NotFoundError):
        vc.tagging.tag.get(tag_id=red)


def test_libraries_are_made_found_changed_and_deleted(vc: Any, sdk: ModuleType, listed: Any) -> None:
    models = sdk.models
    backing = models.ContentLibraryStorageBacking(type="DATASTORE", datastore_id=DATASTORE)
    made = [
        vc.content.local_library.create(
            client_token=str(uuid.uuid4()),
            create_spec=models.ContentLibraryModel(name=name, type="LOCAL", storage_backings=[backing]),
        )
        for name in ("Images", "Templates")
    ]
    assert sorted(vc.content.library.list()) == listed("/content/library") == sorted(made)
    library = vc.content.library.get(library_id=made[0])
    assert (library.id, library.name, library.type) == (made[0], "Images", "LOCAL")
    assert library.storage_backings[0].datastore_id == DATASTORE
    assert library.creation_time.tzinfo is not None
    assert vc.content.library.find(spec=models.ContentLibraryFindSpec(name="templates")) == [made[1]]
    vc.content.library.update(library_id=made[0], update_spec=models.ContentLibraryModel(description="of ISO files"))
    assert vc.content.library.get(library_id=made[0]).description == "of ISO files"
    for identifier in made:
        vc.content.local_library.delete(library_id=identifier)
    assert listed("/content/library") == []
    with pytest.raises(sdk.NotFoundError):
        vc.content.library.get(library_id=made[0])


def test_an_asynchronous_client_does_the_same(sdk: ModuleType, vcsim: tuple[Running, dict[str, Any]]) -> None:
    server, trust = vcsim

    async def main() -> str:
        async with sdk.AsyncVCenter(server.url, username=USER, password=PASSWORD, **trust) as vc:
            made: str = await vc.tagging.category.create(
                create_spec=sdk.models.CisTaggingCategoryCreateSpec(
                    name="Async", description="", cardinality="SINGLE", associable_types=[]
                )
            )
            assert await vc.tagging.category.list() == [made]
            await vc.tagging.category.delete(category_id=made)
            user: str = (await vc.session.get()).user
            return user

    assert asyncio.run(main()) == USER
    assert server.listed("/cis/tagging/category") == []


def test_what_vcsim_does_not_have_is_not_found(vc: Any, sdk: ModuleType) -> None:
    with pytest.raises(sdk.NotFoundError):
        vc.vcenter.datacenter.list()


def test_the_certificate_that_vcsim_has_of_its_own(sdk: ModuleType, vcsim_program: Path, tmp_path: Path) -> None:
    """Nobody knows its authority, so that it is refused, with OpenSSL's reason, unless it is not checked."""
    with running(vcsim_program, tmp_path, "-tls") as server:
        vc = sdk.VCenter(server.url, username=USER, password=PASSWORD)
        with vc, pytest.raises(sdk.ConnectionFailed, match="the server's certificate is not trusted: ") as refused:
            vc.session.get()
        assert refused.value.permanent
        with (
            pytest.warns(sdk.InsecureConnectionWarning),
            sdk.VCenter(server.url, username=USER, password=PASSWORD, verify=False) as unchecked,
        ):
            assert unchecked.session.get().user == USER
