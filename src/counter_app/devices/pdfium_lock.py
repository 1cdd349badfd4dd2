"""One lock for the PDF library: it must not be used by two threads at once."""

import threading

PDFIUM = threading.RLock()
