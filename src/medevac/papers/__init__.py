"""Papers: what people read of a plan, as a page for screens and as manifests for flights. Decides nothing.

Imports of medevac only `planner`. The library in two calls::

    Path("plan.html").write_bytes(make_page(document, plan, language="nb"))
    for manifest in make_manifests(document, plan, language="uk"):
        Path(manifest.file_name).write_bytes(manifest.pdf)
"""

from medevac.papers.languages import MANIFEST_LANGUAGES, PAGE_LANGUAGES
from medevac.papers.manifest import Manifest, make_manifests
from medevac.papers.page import make_page

__all__ = ["MANIFEST_LANGUAGES", "PAGE_LANGUAGES", "Manifest", "make_manifests", "make_page"]
