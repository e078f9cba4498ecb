import pytest


@pytest.fixture
def folder(settings, tmp_path, db):
    """Where this test's files lie."""
    settings.DATA_DIR = tmp_path
    return tmp_path / "files"
