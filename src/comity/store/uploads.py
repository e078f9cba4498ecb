"""What arrives with a form, bounded before anybody looks at it."""

from django.core.files.uploadhandler import TemporaryFileUploadHandler

from comity.store.services import MOST_BYTES

# Forms take several files; a request as a whole fills no more of the disk than this.
MOST_BYTES_A_REQUEST = 4 * MOST_BYTES


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Write no more of a file to the disk than the store could take.

    The rest is read and dropped, so that the page can answer with a sentence. The file says the
    size that was sent: ``keep_file`` refuses what is not whole.
    """

    _written = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write the chunk, unless the file or the request is too large already."""
        if start <= MOST_BYTES and self._written <= MOST_BYTES_A_REQUEST:
            self.file.write(raw_data)
            self._written += len(raw_data)
