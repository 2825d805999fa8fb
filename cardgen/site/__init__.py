"""The site: a folder of static pages with all cards to read and all files to download."""

from cardgen.site.publish import SiteRequest, publish

__all__ = ["SiteRequest", "publish"]
