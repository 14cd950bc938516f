"""Pages whose notebook is handled without a browser."""

import pytest
from notebook_hands import Page


@pytest.fixture
def make():
    pages = []

    def made(**options):
        pages.append(Page(**options))
        return pages[-1]

    yield made
    assert [error for page in pages for error in page.browser.errors] == []


@pytest.fixture
def page(make):
    return make().open()
