from tests.pages.conftest import loaded, paper

__all__ = ["loaded", "paper"]
