"""What a browser loads: the reader's pages, the editor's page, and the widget for other sites."""

from service.web.pages import routes

__all__ = ["routes"]
